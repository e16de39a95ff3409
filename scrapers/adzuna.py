"""Adzuna: a search over many job boards of one country. Needs the user's own application id, an option, and its key
(token_env or token_file of its [[source]]). For personal research; "Jobs by Adzuna" is to be shown beside a job.

25 requests a minute, 250 a day, 1,000 a week, 2,500 a month: ten pages every six hours keep within all of these, twice.
Texts are cut short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from finder.model import Adapter, Fetched, Found, Page, Request, TokenAs
from scrapers._feed import between, credit, envelope, kind_of, page_number, pay
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, text_or
from scrapers._page import believable, distinct

PER_PAGE = 50
_COUNTRY = re.compile(r"[a-z]{2}")
_WHOSE = re.compile(r"(?<=[?&])utm_source=[^&#]*&?")
"""The links carry the name of the account that asked."""


def _country(code: str) -> str:
    return "" if _COUNTRY.fullmatch(code) else 'must be two small letters such as "gb"'


@dataclass(frozen=True, slots=True)
class Options:
    """What to search for."""

    country: Annotated[str, _country]
    app_id: str
    """What the service calls the application that the key was made for; no secret."""
    words: str = "machine learning intern"
    place: str = ""
    """Empty: the whole country."""
    days: Annotated[int, between(1, 365)] = 30
    """How old a job may be."""
    pages: Annotated[int, between(1, 10)] = 2
    """Of 50 jobs each, at most."""
    base: str = "https://api.adzuna.com"


def start(o: Options) -> list[Request]:
    """The first page."""
    return [_page(1, o)]


def _page(number: int, o: Options) -> Request:
    asked = {"app_id": o.app_id, "what": o.words, "where": o.place, "max_days_old": o.days}
    asked |= {"results_per_page": PER_PAGE, "sort_by": "date"}
    query = urlencode({name: value for name, value in asked.items() if value})
    return Request(f"{o.base}/v1/api/jobs/{o.country}/search/{number}?{query}", context=str(number))


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else, such as `{"exception": "AUTH_FAIL", …}`."""
    body, rows = envelope(doc, "results", "a page of Adzuna")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, total = page_number(doc.request), body.get("count")
    ended = number * PER_PAGE >= total if isinstance(total, int) else len(rows) < PER_PAGE
    more = () if ended or number >= o.pages else (_page(number + 1, o),)
    return replace(page, found=distinct(page.found), next=more, complete=ended or bool(more))


def _read(job: Record) -> Found:
    employment = [text_or(job, name).replace("_", " ") for name in ("contract_type", "contract_time")]
    place = text_or(record(job.get("location") or {}, "location"), "display_name").strip()
    url = _WHOSE.sub("", filled(job, "redirect_url").strip()).rstrip("?&")
    guessed = text_or(job, "salary_is_predicted") == "1"
    return Found(
        kind=kind_of(employment),
        key=filled(job, "id").strip(),
        title=plain(filled(job, "title")),
        url=url,
        organization=text_or(record(job.get("company") or {}, "company"), "display_name").strip(),
        locations=(place,) if place else (),
        posted=moment(job, "created"),
        description=plain(text_or(job, "description")),
        employment=", ".join(filter(None, employment)),
        category=text_or(record(job.get("category") or {}, "category"), "label"),
        pay="" if guessed else pay(job, ("salary_min", "salary_max")),
        extra=credit("Jobs by Adzuna", url),
    )


ADAPTER = Adapter(
    kind="adzuna",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
    min_interval=timedelta(hours=6),
    pace=2.5,
    token_as=TokenAs("query", "app_key", "{}", ask_at="https://developer.adzuna.com"),
)
