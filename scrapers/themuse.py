"""The Muse: jobs of many employers, narrowed to internships by the source itself. Needs no key within 500 requests an
hour; with one (token_env or token_file of its [[source]]) 3,600 are allowed. The pages of one search are numbered from
1; the answer tells how many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from finder.model import Adapter, Fetched, Found, Page, Request, TokenAs
from scrapers._feed import between, credit, envelope, kind_of, numbered, page_number
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, records, text_or, whole
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    levels: tuple[str, ...] = ("Internship",)
    """As the source names them; empty: any."""
    categories: tuple[str, ...] = ()
    """As the source names them, such as "Data Science"; empty: any."""
    locations: tuple[str, ...] = ()
    """As the source names them, such as "Berlin, Germany"; empty: any."""
    pages: Annotated[int, between(1, 99)] = 40
    """Of 20 jobs each, at most."""
    base: str = "https://www.themuse.com"


def start(o: Options) -> list[Request]:
    """The first page."""
    return [_page(1, o)]


def _page(number: int, o: Options) -> Request:
    query = [("level", level) for level in o.levels]
    query += [("category", category) for category in o.categories]
    query += [("location", location) for location in o.locations]
    return numbered(f"{o.base}/api/public/jobs", number, query)


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else, such as `{"code": 403, "error": …}` past the hourly limit."""
    body, rows = envelope(doc, "results", "a page of The Muse")
    number, count = page_number(doc.request), body.get("page_count")
    last = count if isinstance(count, int) else number
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    more = (_page(number + 1, o),) if number < min(last, o.pages) else ()
    return replace(page, found=distinct(page.found), next=more, complete=last <= o.pages)


def _read(job: Record) -> Found:
    company = record(job["company"], "company")
    places = _names(job, "locations")
    levels = _names(job, "levels")
    url = filled(record(job["refs"], "refs"), "landing_page").strip()
    return Found(
        kind=kind_of(levels),
        key=str(whole(job, "id")),
        title=filled(job, "name").strip(),
        url=url,
        organization=filled(company, "name").strip(),
        locations=places,
        remote=True if any("remote" in place.lower() for place in places) else None,
        posted=moment(job, "publication_date"),
        description=plain(text_or(job, "contents")),
        employment=", ".join(levels),
        category=", ".join(_names(job, "categories")),
        extra=credit("via The Muse", url),
    )


def _names(job: Record, name: str) -> tuple[str, ...]:
    """`[{"name": "Oslo"}, …]` → `("Oslo", …)`."""
    return tuple(dict.fromkeys(filled(item, "name").strip() for item in records(job, name)))


ADAPTER = Adapter(
    kind="themuse",
    options=Options,
    start=start,
    parse=parse,
    min_interval=timedelta(hours=1),
    token_as=TokenAs("query", "api_key", "{}"),
)
