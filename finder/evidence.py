"""What the own page of a posting says of it: one answer → a finding with the words that say so. Pure.

    the host says it is gone · redirected to another place · closed by its own words · past its own date · shown
        gone                       gone                         closed              closed        open

Everything else is unknown and changes nothing: a login, a captcha, robots.txt, a page made by scripts alone. A finding
of `gone` is weak, since hosts answer so for an hour too: `concluded` believes it from the second look on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from finder import dates, urls
from finder.banners import absent, applies, closing
from finder.checks import Checked
from finder.errors import FetchError, Gone, ParseError
from finder.model import Fetched
from scrapers._html import plain, tree
from scrapers._jobposting import Posting, postings

AGAIN = timedelta(hours=24)
"""Between the first look that found nothing at an address and the one that is believed."""

DAY = timedelta(days=1)
BLOCKS = 2_000
"""Blocks of text looked at in one page."""

QUOTED = 200
"""Characters of a page's own words that are kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look at a page found."""

    kind: Literal["open", "closed", "gone", "unknown"]
    evidence: str


def concluded(url: str, found: Finding, now: datetime, before: Checked | None) -> Checked:
    """What to remember of a look at `url`, with the look before it. Nothing is closed by one that found nothing."""
    if found.kind == "gone":
        since = min(before.missing_since, now) if before and before.missing_since else now
        if now - since >= AGAIN or (before and before.verdict == "closed"):
            return Checked(url, now, "closed", f"{found.evidence}, on {_on(since)} and on {_on(now)}")
        return Checked(url, now, "unknown", f"{found.evidence}, on {_on(now)}", since)
    if found.kind == "unknown":
        kept = before.missing_since if before else None
        return Checked(url, now, "unknown", found.evidence, kept)
    return Checked(url, now, found.kind, f"{found.evidence}, on {_on(now)}")


def _on(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


# ------------------------------------------------------------------------------------------------ what came
def of_error(error: FetchError) -> Finding:
    """What it means that no page came."""
    if isinstance(error, Gone):
        return Finding("gone", f"its page answers {error.problem}")
    return Finding("unknown", f"its page could not be read: {error.problem}"[:QUOTED])


def of_page(url: str, doc: Fetched, title: str) -> Finding:
    """What the page at `url`, which should be that of the posting `title`, says. `doc.at` is now."""
    target = doc.location or url
    if _WALL.search(_split(target).path):
        return Finding("unknown", "its page asks for a login")
    if found := _by_system(url, doc.text):
        return found
    try:
        page = tree(url, doc.text)
        _drop_what_is_not_its_own(page)
        return _by_words(page) or _by_redirect(url, target) or _by_posting(url, doc, title, page)
    except ParseError as error:
        return Finding("unknown", f"its page could not be read: {error.problem}"[:QUOTED])


_WALL = re.compile(r"/(?:log-?in|sign-?in|sso|oauth2?|auth|captcha|challenge|checkpoint|verify)(?:[/._-]|$)", re.I)

_SYSTEMS: Mapping[str, tuple[re.Pattern[str], Literal["closed", "gone"], str]] = {
    "workday": (re.compile(r"\bpostingAvailable\s*:\s*(?:false|!1)\b"), "closed", "postingAvailable: false"),
    "ashby": (re.compile(r'"posting"\s*:\s*null\b'), "gone", '"posting": null'),
}
"""Pages made by scripts whose data say that there is no such posting. Facts of the systems' public pages."""


def _by_system(url: str, text: str) -> Finding | None:
    found = urls.posting(url)
    if found is None or not found.job_id or found.system not in _SYSTEMS:
        return None
    pattern, kind, words = _SYSTEMS[found.system]
    if not pattern.search(text):
        return None
    return Finding(kind, f"its page at {found.system} says “{words}”")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


# ------------------------------------------------------------------------------------------------ its own words
_NOT_ITS_OWN = (
    "script, style, noscript, template, svg, footer, nav, aside, dialog, select, [hidden], [aria-hidden=true]"
)
_OTHERS = re.compile(
    r"\b(?:related|similar|recommend\w*|suggest\w*|other-?jobs|more-?jobs|faq|cookie\w*|job-?alerts?)\b", re.I
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDING = frozenset(("hidden", "hide", "d-none", "is-hidden", "visually-hidden", "invisible", "ng-hide"))


def _drop_what_is_not_its_own(page: LexborHTMLParser) -> None:
    """Take out what stands on every page of a site, what is about other postings, and what is not shown."""
    for node in page.css(_NOT_ITS_OWN):
        node.decompose()
    for node in [one for one in page.css("body [class], body [id], body [style]") if _is_foreign(one)]:
        node.decompose()


def _is_foreign(node: LexborNode) -> bool:
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".replace("_", "-")
    if _OTHERS.search(names) and node.tag not in ("html", "body", "main"):
        return True
    return bool(_HIDING & set(names.split()) or _HIDDEN.search(attributes.get("style") or ""))


def _by_words(page: LexborHTMLParser) -> Finding | None:
    """A block that says as a whole that it is closed, where nobody is asked to apply; or a heading of no page."""
    blocks = list(_blocks(page))
    said = next(filter(None, map(closing, blocks)), "")
    if said and not _has_apply(page):
        return Finding("closed", f"its page says “{said[:QUOTED]}”")
    headings = (node.text(separator=" ", strip=True) for node in page.css("title, h1, h2"))
    missed = next(filter(None, map(absent, headings)), "")
    return Finding("gone", f"its page says “{missed[:QUOTED]}”") if missed else None


def _blocks(page: LexborHTMLParser) -> Iterator[str]:
    lines = plain(page.html or "").split("\n")
    return (line.removeprefix("- ") for line in lines[:BLOCKS])


def _has_apply(page: LexborHTMLParser) -> bool:
    for node in page.css("a[href], button, input[type=submit], input[type=button]"):
        label = node.text(separator=" ", strip=True) or node.attributes.get("value") or ""
        if "disabled" not in node.attributes and node.attributes.get("aria-disabled") != "true" and applies(label):
            return True
    return False


# ------------------------------------------------------------------------------------------------ somewhere else
_SEARCH = re.compile(r"/(?:job-?)?search(?:[/._-]|$)|/(?:jobs?|careers?|positions|openings|vacancies)/?$", re.I)
_ERROR = re.compile(r"(?:^|&)(?:error|not_found|notfound|expired)=(?:true|1)(?:&|$)", re.I)


def _by_redirect(url: str, target: str) -> Finding | None:
    """A posting that leads to its whole board, to a search, or to the front of a site is not there."""
    if target == url or urls.identity(target, "") == urls.identity(url, "") or urls.is_front(url):
        return None
    asked, told = urls.posting(url), urls.posting(target)
    address = _split(target)
    if asked and asked.job_id and asked.job_id.casefold() in target.casefold():
        return None
    is_elsewhere = urls.is_front(target) or bool(_SEARCH.search(address.path)) or bool(_ERROR.search(address.query))
    if told and told.job_id and not _ERROR.search(address.query):
        return None
    return Finding("gone", f"its page leads to {target[:QUOTED]}") if is_elsewhere else None


# ------------------------------------------------------------------------------------------------ its own data
def _by_posting(url: str, doc: Fetched, title: str, page: LexborHTMLParser) -> Finding:
    one = _its_own(url, doc.text, title)
    if one is not None:
        last = _last_day(one, doc.at)
        if last and last + DAY <= doc.at:
            return Finding("closed", f"its page says validThrough “{one.fields['deadline'][:40]}”, which is past")
        if _alike(str(one.fields.get("title", "")), title):
            until = f", valid through {last:%Y-%m-%d}" if last else ""
            return Finding("open", f"its page shows “{str(one.fields['title'])[:80]}”{until}")
    headings = [node.text(separator=" ", strip=True) for node in page.css("title, h1, h2")]
    if _has_apply(page) and any(_alike(heading, title) for heading in headings):
        return Finding("open", f"its page shows “{title[:80]}” and where to apply")
    return Finding("unknown", "its page does not tell")


def _its_own(url: str, text: str, title: str) -> Posting | None:
    """The JobPosting of the page that is this one: the only one, or the only one with its title."""
    try:
        told = postings(url, text)
    except ParseError:
        return None
    if len(told) > 1:
        told = tuple(one for one in told if _alike(str(one.fields.get("title", "")), title))
    return told[0] if len(told) == 1 else None


def _last_day(one: Posting, now: datetime) -> datetime | None:
    """The date that it is valid through, if it makes sense: not one before it was posted."""
    last = dates.read(str(one.fields.get("deadline", "")), now, ahead=True)
    posted = dates.read(str(one.fields.get("posted", "")), now)
    return None if last and posted and last < posted else last


def _alike(told: str, title: str) -> bool:
    """Whether one of two titles has all words of the other, and these are two at least."""
    one, other = (set(re.findall(r"\w+", text.casefold())) for text in (told, title))
    return len(one & other) >= 2 and (one <= other or other <= one)
