"""Remotive: remote jobs, a day late, in one answer. Its terms: link back to its page of the job, name Remotive, ask no
more than four times a day and not over twice a minute, do not pass the jobs on to other job sites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import credit, envelope, kind_of
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, text_or, texts, whole
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    category: str = ""
    """As the source names it, such as "artificial-intelligence"; empty: any."""
    search: str = ""
    """Words that the title or text must have."""
    base: str = "https://remotive.com"


def start(o: Options) -> list[Request]:
    """All it shows, in one request."""
    asked = {name: value for name, value in (("category", o.category), ("search", o.search)) if value}
    return [Request(f"{o.base}/api/remote-jobs" + (f"?{urlencode(asked)}" if asked else ""))]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the answer. Raises ParseError for anything else."""
    _, rows = envelope(doc, "jobs", "the feed of Remotive")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(job: Record) -> Found:
    employment = text_or(job, "job_type").replace("_", " ").strip()
    place, salary = text_or(job, "candidate_required_location").strip(), text_or(job, "salary").strip(" -–")
    url = filled(job, "url").strip()
    return Found(
        kind=kind_of([employment]),
        key=str(whole(job, "id")),
        title=filled(job, "title").strip(),
        url=url,
        organization=filled(job, "company_name").strip(),
        locations=(place,) if place else (),
        remote=True,
        posted=moment(job, "publication_date"),
        description=plain(text_or(job, "description")),
        employment=employment,
        category=text_or(job, "category").strip(),
        pay=salary,
        skills=tuple(dict.fromkeys(tag.strip() for tag in texts(job, "tags") if tag.strip())),
        extra=credit("via Remotive", url),
    )


ADAPTER = Adapter(
    kind="remotive",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
    min_interval=timedelta(hours=6),
    pace=30.0,
)
