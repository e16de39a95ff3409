"""SmartRecruiters job boards by their public pages: the careers page, what its button for more loads, each posting.

The API is not asked: its robots.txt is closed to programs like this. The site says neither how many postings there are
nor which page is the last: a page without any ends the list, and absence from it says nothing. Postings hold
schema.org microdata. The shape is that of public descriptions; no recording was at hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, best
from scrapers._html import tree
from scrapers._jobposting import postings
from scrapers._page import believable, distinct

MAX_LISTS = 100
"""Pages of the list in one run; with the details they stay within the bound of a crawl."""

_JOB = re.compile(r"/[^/]+/(\d{6,20}|[0-9a-f]{8}-[0-9a-f-]{27})(?:-[^/]*)?")
_REMOTE = {"remote": True, "hybrid": False, "onsite": False, "on-site": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    board: str
    """The NAME in `careers.smartrecruiters.com/NAME`, in its own letter case."""
    company: str = ""
    """The name to show; empty: what the postings say, else the board's."""
    search: str = "intern"
    """Words that the board is searched for, loosely; empty: the whole board."""
    details: Budget = 60
    """Postings a run whose own page is read."""
    base: str = "https://careers.smartrecruiters.com"


def start(o: Options) -> list[Request]:
    """The careers page, searched."""
    query = f"?{urlencode({'search': o.search})}" if o.search else ""
    return [Request(f"{o.base}/{quote(o.board, safe='')}{query}", context=json.dumps({"page": 0}))]


def _list(o: Options, **plan: Any) -> Request:
    asked = {**({"search": o.search} if o.search else {}), "page": plan["page"]}
    address = f"{o.base}/{quote(o.board, safe='')}/api/more?{urlencode(asked)}"
    return Request(address, context=json.dumps(plan), optional=True)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the list, or the page of one posting. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    return _posting(doc, o, plan["key"]) if "key" in plan else _page(doc, o, plan)


# ------------------------------------------------------------------------------------------------ a page of the list
def _page(doc: Fetched, o: Options, plan: Mapping[str, Any]) -> Page:
    page = tree(doc.request.url, doc.text)
    rows = [_row(item) for item in page.css("li.opening-job")]
    if not rows:
        if plan.get("page", 0) or page.css_first('[class*="opening"]') is None:
            raise ParseError(doc.request.url, "no postings, and not the page of a board without any")
        return Page()
    told = believable(Page.of(rows, lambda row: _read(row, doc.request.url, o)), doc.request.url)
    found = distinct(told.found)
    known, left = set(plan.get("known", ())), plan.get("left", o.details)
    new = [item for item in found if item.key not in known]
    chosen = {key for _, _, key in best((), new, left)}
    asked = tuple(_detail(item) for item in new if item.key in chosen)
    return replace(told, found=found, next=(*_more(o, plan, found, new, left - len(asked)), *asked))


def _more(
    o: Options, plan: Mapping[str, Any], found: tuple[Found, ...], new: list[Found], left: int
) -> tuple[Request, ...]:
    """The next page, unless this one brought nothing that the one before had not."""
    number = plan.get("page", 0) + 1
    if not new or number >= MAX_LISTS:
        return ()
    return (_list(o, page=number, left=left, known=[item.key for item in found]),)


def _row(item: LexborNode) -> dict[str, str]:
    """The words of a posting: its address, title and place."""
    link, title = item.css_first("a[href]"), item.css_first(".job-title, h4")
    place = item.css_first(".job-location, .job-desc, .location")
    words = {"title": title, "place": place}
    told = {name: " ".join(node.text(separator=" ").split()) if node else "" for name, node in words.items()}
    return {**told, "url": (link.attributes["href"] or "").strip() if link else ""}


def _read(row: Mapping[str, str], page: str, o: Options) -> Found:
    address = urlsplit(urljoin(page, row["url"]))
    job = _JOB.fullmatch(address.path)
    if not job or not f".{address.hostname}".endswith(".smartrecruiters.com"):
        raise ValueError(f"url: not of a posting: {row['url'][:60]!r}")
    if not row["title"]:
        raise ValueError("title: is blank")
    return Found(
        kind="job",
        key=job[1],
        title=row["title"],
        url=f"https://{address.hostname}{address.path}",
        organization=o.company or o.board,
        locations=(row["place"],) if row["place"] else (),
    )


# ------------------------------------------------------------------------------------------------ one posting
def _detail(item: Found) -> Request:
    return Request(item.url, context=json.dumps({"key": item.key}), optional=True)


def _posting(doc: Fetched, o: Options, key: str) -> Page:
    told = dict(postings(doc.request.url, doc.text)[0].fields)
    if o.company:
        told.pop("organization", None)
    where = tree(doc.request.url, doc.text).css_first("spl-job-location")
    if where is not None:
        told |= _place(where.attributes)
    return Page(details=(Detail(key, "posting", told),))


def _place(told: Mapping[str, str | None]) -> dict[str, Any]:
    place = (told.get("formattedaddress") or "").strip()
    remote = _REMOTE.get((told.get("workplacetype") or "").lower())
    return {**({"locations": (place,)} if place else {}), **({} if remote is None else {"remote": remote})}


ADAPTER = Adapter(
    kind="smartrecruiters", employer=True, options=Options, start=start, parse=parse, windowed=lambda _options: True
)
