"""Himalayas: remote jobs, newest first. Needs no key; asks for a link back and to be named. Twenty a page, some 100,000
in all: only the newest are read, or those of one kind of employment by the site's search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, credit, envelope, kind_of, numbered, page_number, pay
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, text_or, texts
from scrapers._page import believable, distinct

PER_PAGE = 20
"""More is not given, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to read."""

    employment: str = ""
    """One kind of employment as the site names it, such as "Intern"; empty: the newest jobs of every kind."""
    pages: Annotated[int, between(1, 50)] = 5
    """Of 20 jobs each, at most."""
    base: str = "https://himalayas.app"


def start(o: Options) -> list[Request]:
    """The newest page."""
    return [_page(1, o)]


def _page(number: int, o: Options) -> Request:
    """The feed counts jobs, the search counts pages."""
    if o.employment:
        return numbered(f"{o.base}/jobs/api/search", number, [("employment_type", o.employment)])
    query = urlencode({"limit": PER_PAGE, "offset": (number - 1) * PER_PAGE})
    return Request(f"{o.base}/jobs/api?{query}", context=str(number))


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else."""
    body, rows = envelope(doc, "jobs", "a page of Himalayas")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, total = page_number(doc.request), body.get("totalCount")
    told = number * PER_PAGE
    ended = not rows or (told >= total if isinstance(total, int) else len(rows) < PER_PAGE)
    more = () if ended or number >= o.pages else (_page(number + 1, o),)
    return replace(page, found=distinct(page.found), next=more, complete=ended or bool(more))


def _read(job: Record) -> Found:
    employment = text_or(job, "employmentType").strip()
    guid, link = filled(job, "guid").strip(), text_or(job, "applicationLink").strip()
    url = link if link and not guid.startswith("https://") else guid  # its own page of the job, as its terms ask
    return Found(
        kind=kind_of([employment]),
        key=guid,
        title=filled(job, "title").strip(),
        url=url,
        organization=filled(job, "companyName").strip(),
        locations=texts(job, "locationRestrictions"),
        remote=True,
        posted=moment(job, "pubDate"),
        deadline=moment(job, "expiryDate"),
        description=plain(text_or(job, "description")),
        employment=employment,
        category=", ".join(texts(job, "parentCategories")),
        pay=pay(job, ("minSalary", "maxSalary"), text_or(job, "currency"), text_or(job, "salaryPeriod")),
        extra={**credit("via Himalayas", url), "seniority": list(texts(job, "seniority"))},
    )


ADAPTER = Adapter(kind="himalayas", options=Options, start=start, parse=parse, windowed=lambda o: True)
