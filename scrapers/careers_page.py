"""Any careers site: robots.txt → sitemaps → pages that look like jobs → the JobPosting in each; or one page to begin
with, its postings and the jobs that it links to.

What search engines are told is read, nothing else: a page that tells them of no job is skipped with the reason. Only
so many pages are read, the newest first, and a page may fail: absence says nothing here, so no job is closed by it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request, Skipped
from scrapers._html import plain, tree
from scrapers._jobposting import NO_POSTING, Posting, postings
from scrapers._page import distinct
from scrapers._xml import local, root, words

MAX_SITEMAPS = 20
MAX_PAGES = 170
"""Pages of one run; with robots.txt and the sitemaps they stay within the bound of a crawl."""
UNPACKED = 32 * 1024 * 1024
"""Bytes of a packed sitemap; the protocol allows 50 MB, for 50,000 addresses."""

_DIRECTIVE = re.compile(
    r"^[ \t]*(user-agent|allow|disallow|sitemap|crawl-delay|host|clean-param)[ \t]*:(.*)$", re.I | re.M
)
_JOBS = (
    r"/(?:jobs?|careers?|positions?|vacanc(?:y|ies)|openings?|internships?|stellen\w*|emplois?|offres?|empleos?)[/_-]"
)
_FORM = re.compile(r"(?<![a-z])(?:apply|login|sign-?in|register)(?![a-z])", re.I)
"""Addresses of forms to fill in: no page of a job."""
_JOB_SITEMAP = re.compile(r"job|career|position|vacanc|opening|intern|stelle|emploi|offre|empleo", re.I)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        return f"must be a regular expression: {error}"
    return ""


def _address(url: str) -> str:
    return "" if _site(url) else "must be an address that starts with https:// or http://"


def _pages(count: int) -> str:
    return "" if 1 <= count <= MAX_PAGES else f"must be between 1 and {MAX_PAGES}"


@dataclass(frozen=True, slots=True)
class Options:
    """One site."""

    url: Annotated[str, _address]
    """Its front page (its robots.txt is asked for sitemaps), the address of a sitemap (`….xml`, `….xml.gz`), or any
    other page of it: then that one is read, and the jobs that it links to."""
    employer: bool = True
    """Whether the site is the employer's own. False for one that repeats the jobs of others: its word does not stand
    over that of a list."""
    company: str = ""
    """The name to show; empty: what the postings say, else the host's."""
    match: Annotated[str, _pattern] = _JOBS
    """A regular expression that the addresses of jobs hold; where letter case does not matter."""
    pages: Annotated[int, _pages] = 100
    """Job pages read in one run."""


def start(o: Options) -> list[Request]:
    """The sitemap, the page, or robots.txt, which names the sitemaps."""
    address = urlsplit(o.url)
    if address.path.endswith((".xml", ".xml.gz")):
        return [_sitemap(o.url, o.pages)]
    if address.path.strip("/"):
        return [Request(o.url, context=json.dumps({"is": "page"}))]
    return [Request(f"{address.scheme}://{address.netloc}/robots.txt", context=json.dumps({"is": "robots"}))]


def _sitemap(url: str, share: int) -> Request:
    return Request(url, context=json.dumps({"is": "sitemap", "share": share}))


def parse(doc: Fetched, o: Options) -> Page:
    """Read whichever of the four this is. Raises ParseError for anything else."""
    if not doc.body.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    plan = json.loads(doc.request.context or "{}")
    if plan.get("is") == "robots":
        return _robots(doc, o)
    if plan.get("is") == "page":
        return _first(doc, o)
    return _listed(doc, o, plan) if plan.get("is") == "sitemap" else _job(doc, o)


# ------------------------------------------------------------------------------------------------ robots.txt
def _robots(doc: Fetched, o: Options) -> Page:
    """The sitemaps that robots.txt names; without any, the usual place."""
    told = _DIRECTIVE.findall(doc.text[:500_000])
    if not told:
        raise ParseError(doc.request.url, "not a robots.txt; the address of a sitemap may be given instead")
    named = [value.strip() for name, value in told if name.lower() == "sitemap"]
    usual = doc.request.url.removesuffix("robots.txt") + "sitemap.xml"
    return _sitemaps([url for url in named if _same_site(url, doc.request.url)] or [usual], o.pages)


def _sitemaps(urls: Iterable[str], share: int) -> Page:
    """Those that are of jobs by their names, where any is; the pages shared out among them."""
    every = list(dict.fromkeys(urls))
    chosen = [url for url in every if _JOB_SITEMAP.search(urlsplit(url).path)] or every
    asked = chosen[: min(MAX_SITEMAPS, share)]
    shares = [share // len(asked) + (place < share % len(asked)) for place in range(len(asked))]
    following = tuple(_sitemap(url, part) for url, part in zip(asked, shares, strict=True))
    return Page(next=following, complete=len(asked) == len(chosen))


def _same_site(url: str, other: str) -> bool:
    """Whether both are of one domain. A sitemap that lists other sites is not followed there."""
    here, there = (_site(address) for address in (url, other))
    return here == there != ""


def _site(url: str) -> str:
    try:
        address = urlsplit(url)
        host = address.hostname or ""
    except ValueError:
        return ""
    return ".".join(host.rsplit(".", 2)[-2:]) if address.scheme in ("http", "https") else ""


# ------------------------------------------------------------------------------------------------ a sitemap
def _listed(doc: Fetched, o: Options, plan: Mapping[str, Any]) -> Page:
    """An index of sitemaps, or the pages of one that look like jobs, the last changed first."""
    top = root(_unpacked(doc), "urlset", "sitemapindex")
    entries = [{local(part): words(part) for part in entry} for entry in top]
    listed = [entry for entry in entries if _same_site(entry.get("loc", ""), doc.request.url)]
    share = plan.get("share", o.pages)
    if local(top) == "sitemapindex":
        return _sitemaps([entry["loc"] for entry in listed], share) if listed else Page()
    jobs = [entry for entry in listed if re.search(o.match, entry["loc"], re.IGNORECASE)]
    jobs.sort(key=lambda entry: entry.get("lastmod", ""), reverse=True)
    urls = list(dict.fromkeys(entry["loc"] for entry in jobs))
    return Page(next=tuple(Request(url, optional=True) for url in urls[:share]), complete=len(urls) <= share)


def _unpacked(doc: Fetched) -> Fetched:
    """A sitemap may be a gzip file; of one that is too large the beginning would be no XML."""
    if not doc.body.startswith(b"\x1f\x8b"):
        return doc
    gzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = gzip.decompress(doc.body, UNPACKED)
    except zlib.error as error:
        raise ParseError(doc.request.url, f"not gzip: {error}"[:200]) from error
    if not gzip.eof:
        raise ParseError(doc.request.url, f"cut short, or larger than {UNPACKED // 2**20} MiB unpacked")
    return replace(doc, body=body)


# ------------------------------------------------------------------------------------------------ a page
def _first(doc: Fetched, o: Options) -> Page:
    """The page to begin with: its postings, and the jobs that it links to. Raises ParseError where it has neither."""
    page = _job(doc, o)
    urls = list(dict.fromkeys(_links(doc, o)))
    if not urls and not page.found:
        raise ParseError(doc.request.url, f"{page.skipped[0].why if page.skipped else NO_POSTING}; nor a link to a job")
    more = tuple(Request(url, optional=True) for url in urls[: o.pages])
    skipped = tuple(one for one in page.skipped if one.why != NO_POSTING)  # a list of jobs need not be one itself
    return replace(page, skipped=skipped, next=more, complete=len(urls) <= o.pages)


def _links(doc: Fetched, o: Options) -> Iterator[str]:
    """Where the page links to, of the same site and with an address that looks like a job and not like a form."""
    here = urlsplit(doc.request.url)
    for link in tree(doc.request.url, doc.text).css("a[href]"):
        if "nofollow" in (link.attributes.get("rel") or "").lower():
            continue
        try:
            address = urlsplit(urljoin(doc.request.url, (link.attributes["href"] or "").strip()))
        except ValueError:
            continue
        url = address._replace(fragment="").geturl()
        elsewhere = (address.path, address.query) != (here.path, here.query)
        of_a_job = re.search(o.match, url, re.IGNORECASE) and not _FORM.search(f"{address.path}?{address.query}")
        if elsewhere and of_a_job and _same_site(url, doc.request.url):
            yield url


def _job(doc: Fetched, o: Options) -> Page:
    """The postings of a page. One without any is skipped, if it is a page at all."""
    url = doc.request.url
    try:
        told = postings(url, doc.text)
    except ParseError as error:
        if not doc.text.lstrip().startswith("<") or not plain(doc.text):
            raise
        return Page(skipped=(Skipped(error.problem, url),))
    page = Page.of(told, lambda posting: _read(posting, url, o, alone=len(told) == 1))
    return replace(page, found=distinct(page.found))


def _read(posting: Posting, url: str, o: Options, *, alone: bool) -> Found:
    """A posting that shares its page with others is known by its own address."""
    fields = dict(posting.fields)
    title = fields.pop("title", "")
    if not title:
        raise ValueError("title: is missing")
    address = url if alone else posting.url
    if not alone and not _same_site(address, url):
        raise ValueError(f"url: of several postings one without an address here: {title[:60]!r}")
    fields["organization"] = o.company or fields.get("organization") or (urlsplit(url).hostname or "")
    return Found(kind="job", key=address, title=title, url=address, **fields)


ADAPTER = Adapter(
    kind="careers_page", employer=True, options=Options, start=start, parse=parse, windowed=lambda _options: True
)
