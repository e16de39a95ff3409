"""Arbeitnow: jobs in Germany and around, newest first, and remote ones. Needs no key; asks for a link back. Each page
links the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, credit, envelope, kind_of, numbered, page_number
from scrapers._html import plain
from scrapers._json import Record, filled, flag, moment, record, text_or, texts
from scrapers._page import believable, distinct

PATH = "/api/job-board-api"


@dataclass(frozen=True, slots=True)
class Options:
    """How far back to read."""

    pages: Annotated[int, between(1, 100)] = 5
    """Of 100 jobs each, at most."""
    base: str = "https://www.arbeitnow.com"


def start(o: Options) -> list[Request]:
    """The newest page."""
    return [numbered(f"{o.base}{PATH}", 1)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page; one without a link to the next is the last. Raises ParseError for anything else."""
    body, rows = envelope(doc, "data", "a page of Arbeitnow")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number = page_number(doc.request)
    links = body.get("links")
    linked = isinstance(links, dict) and bool(links.get("next")) and bool(rows)
    more = (numbered(f"{o.base}{PATH}", number + 1),) if linked and number < o.pages else ()
    return replace(page, found=distinct(page.found), next=more, complete=bool(more) or not linked)


def _read(job: Record) -> Found:
    types = texts(job, "job_types")
    url = filled(job, "url").strip()
    return Found(
        kind=kind_of(types),
        key=filled(job, "slug").strip(),
        title=filled(job, "title").strip(),
        url=url,
        organization=filled(job, "company_name").strip(),
        locations=(place,) if (place := text_or(job, "location").strip()) else (),
        remote=flag(job, "remote", False) or None,
        posted=moment(job, "created_at"),
        description=plain(text_or(job, "description")),
        employment=", ".join(types),
        category=", ".join(texts(job, "tags")),
        extra=credit("via Arbeitnow", url),
    )


ADAPTER = Adapter(kind="arbeitnow", options=Options, start=start, parse=parse, windowed=lambda o: True)
