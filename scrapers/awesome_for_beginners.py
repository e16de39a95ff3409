"""Awesome for Beginners: the JSON document from which the list of first-timers' projects is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._forge import once, owner, repository
from scrapers._json import Record, filled, record, text_or, texts
from scrapers._page import believable


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands."""

    url: str = "https://raw.githubusercontent.com/MunGell/awesome-for-beginners/main/data.json"


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for anything else."""
    body = doc.json()
    rows = body.get("repositories") if isinstance(body, dict) else None
    if not isinstance(rows, list):
        raise ParseError(doc.request.url, "not the list of Awesome for Beginners: no list of 'repositories'")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    return replace(page, found=once(page.found))


def _read(row: Record) -> Found:
    """A few projects stand outside the forges: their address is the page the list links to."""
    link = filled(row, "link").strip()
    url = repository(link)
    label = text_or(row, "label").strip()
    return Found(
        kind="project",
        key=(url or link).lower(),
        title=filled(row, "name").strip(),
        url=url or link,
        organization=owner(url),
        description=text_or(row, "description").strip(),
        skills=texts(row, "technologies"),
        extra={"lists": ["awesome-for-beginners"], **({"label": label} if label else {})},
    )


ADAPTER = Adapter(kind="awesome_for_beginners", options=Options, start=start, parse=parse)
