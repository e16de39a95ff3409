"""Jobicy: the newest remote jobs, six hours late, at most 100 in one answer. Its terms: ask no more than once an hour,
link back to its page of the job, do not pass the jobs on to other job sites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, credit, envelope, kind_of, pay
from scrapers._html import plain, unescape
from scrapers._json import Record, filled, moment, record, text_or, texts, whole
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    count: Annotated[int, between(1, 100)] = 100
    industry: str = ""
    """As the source names it, such as "data-science"; empty: any."""
    region: str = ""
    """As the source names it, such as "europe"; empty: any."""
    tag: str = ""
    """A word that the title or text must have."""
    base: str = "https://jobicy.com"


def start(o: Options) -> list[Request]:
    """All it shows, in one request."""
    asked = {"count": str(o.count), "geo": o.region, "industry": o.industry, "tag": o.tag}
    return [Request(f"{o.base}/api/v2/remote-jobs?{urlencode({name: word for name, word in asked.items() if word})}")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the answer. Raises ParseError for anything else."""
    _, rows = envelope(doc, "jobs", "the feed of Jobicy")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(job: Record) -> Found:
    types = texts(job, "jobType")
    place = unescape(text_or(job, "jobGeo")).strip()
    url = filled(job, "url").strip()
    return Found(
        kind=kind_of(types),
        key=str(whole(job, "id")),
        title=unescape(filled(job, "jobTitle")).strip(),
        url=url,
        organization=unescape(filled(job, "companyName")).strip(),
        locations=(place,) if place else (),
        remote=True,
        posted=moment(job, "pubDate"),
        description=plain(text_or(job, "jobDescription") or text_or(job, "jobExcerpt")),
        employment=", ".join(types),
        category=", ".join(unescape(name) for name in texts(job, "jobIndustry")),
        pay=pay(job, ("salaryMin", "salaryMax"), text_or(job, "salaryCurrency"), text_or(job, "salaryPeriod")),
        extra={**credit("via Jobicy", url), "seniority": text_or(job, "jobLevel")},
    )


ADAPTER = Adapter(
    kind="jobicy",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
    min_interval=timedelta(hours=1),
)
