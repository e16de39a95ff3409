"""The monthly thread "Ask HN: Who is hiring?" of Hacker News, by its search: the newest thread, then its comments.

Each comment right below the thread is one offer, written freely. Who wrote it is not kept, nor are e-mail addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers import _headline
from scrapers._feed import between, envelope
from scrapers._html import plain, unescape
from scrapers._json import Record, filled, moment, record, text_or, whole
from scrapers._page import believable, distinct
from scrapers._table import is_address

TOLD = 1000
"""Comments that one search gives out, however many there are; the largest threads have some 900."""

THREADS_BY = "whoishiring"
"""The account that opens the threads."""

_TITLE = re.compile(r"\bwho is hiring\b", re.IGNORECASE)
_LINK = re.compile(r'<a\b[^<>]*?\bhref="([^"<>]*+)"', re.IGNORECASE)
_PERSON = re.compile(r"https?://(?:[\w-]+\.)?linkedin\.com/in/[^\s()<>\"]*", re.IGNORECASE)
"""The page of a person."""
_NO_JOB = re.compile(
    r"//(?:[\w-]+\.)*(?:linkedin\.com/in/|youtube\.com/|youtu\.be/|github\.com/|gitlab\.com/|codeberg\.org/|x\.com/"
    r"|twitter\.com/)",
    re.IGNORECASE,
)
"""Links to people, films and code: none of them is the page of a job, and a repository is an item of its own."""
_AT = r"\s?(?:@|\[at\]|\(at\)|\{at\}|<at>|\sat\s(?=[\w-]+\s?(?:\[dot\]|\(dot\)|\sdot\s)))\s?"
_DOT = r"\s?(?:\.|\[dot\]|\(dot\)|\{dot\}|<dot>|\sdot\s)\s?"
_MAILBOX = re.compile(rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """How far back to read."""

    months: Annotated[int, between(1, 12)] = 1
    """Threads, the newest first."""
    base: str = "https://hn.algolia.com"


def start(o: Options) -> list[Request]:
    """The latest threads of the account that opens them."""
    return [Request(f"{o.base}/api/v1/search_by_date?tags=story,author_{THREADS_BY}&hitsPerPage=50")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list of threads, or the comments of the one that the request's context names. Raises ParseError."""
    body, rows = envelope(doc, "hits", "an answer of the search of Hacker News")
    hits = [_unsigned(row) for row in rows]
    return _comments(doc, body, hits) if doc.request.context else _threads(doc, hits, o)


def _unsigned(row: Any) -> Any:
    """A record without its author, who would stand in the excerpt of one that does not fit."""
    if not isinstance(row, dict) or row.get("author") == THREADS_BY:
        return row
    return {name: row[name] for name in ("objectID", "parent_id", "comment_text", "created_at") if name in row}


def _threads(doc: Fetched, hits: list[Any], o: Options) -> Page:
    """The other threads of the account are for people who look for work."""
    page = Page.of(hits, lambda hit: _thread(record(hit)))
    if not page.found:
        why = f"; first misfit: {page.skipped[0].why}" if page.skipped else ""
        raise ParseError(doc.request.url, f"no thread 'Who is hiring?' among {len(hits)} stories{why}")
    newest = sorted(page.found, key=lambda thread: thread.posted, reverse=True)[: o.months]
    address = f"{o.base}/api/v1/search_by_date?tags=comment,story_"
    ask = (Request(f"{address}{thread.key}&hitsPerPage={TOLD}", context=thread.key) for thread in newest)
    return Page(skipped=page.skipped, next=tuple(ask))


def _thread(hit: Record) -> Found | None:
    title = filled(hit, "title")
    if not _TITLE.search(title) or text_or(hit, "author") != THREADS_BY:
        return None
    return Found(kind="job", key=_number(hit), title=title, url="", posted=filled(hit, "created_at"))


def _number(hit: Record) -> str:
    key = filled(hit, "objectID")
    if not re.fullmatch(r"\d{1,15}", key, re.ASCII):
        raise ValueError("objectID: is no number")
    return key


def _comments(doc: Fetched, body: Record, hits: list[Any]) -> Page:
    page = believable(Page.of(hits, lambda hit: _offer(record(hit), doc.request.context)), doc.request.url)
    total = body.get("nbHits")
    return replace(page, found=distinct(page.found), complete=isinstance(total, int) and total <= len(hits))


def _offer(hit: Record, story: str) -> Found | None:
    if str(whole(hit, "parent_id")) != story:
        return None
    key, markup = _number(hit), text_or(hit, "comment_text")
    text = _impersonal(plain(markup.replace("\n", "<br>")))
    told = _headline.read([line for line in text.split("\n") if line.strip()])
    if told is None:
        return None
    discussion = f"https://news.ycombinator.com/item?id={key}"
    return Found(
        kind="job",
        key=key,
        title=told.title,
        url=next(_links(markup), discussion),
        organization=told.organization,
        locations=told.locations,
        remote=told.remote,
        posted=moment(hit, "created_at"),
        description=text,
        employment=told.employment,
        sponsorship=told.sponsorship,
        pay=told.pay,
        closed=told.closed,
        extra={"discussion": discussion},
    )


def _impersonal(text: str) -> str:
    return _PERSON.sub("[profile]", _MAILBOX.sub("[e-mail]", text))


def _links(markup: str) -> Iterator[str]:
    for match in _LINK.finditer(markup):
        link = unescape(match[1]).strip()
        if is_address(link) and not _NO_JOB.search(link):
            yield link


ADAPTER = Adapter(kind="hn_hiring", options=Options, start=start, parse=parse, windowed=lambda o: True)
