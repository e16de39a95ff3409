"""Ashby job boards: one JSON document a company, no paging, no sign-in.

The name of a board is case-sensitive and may hold dots and spaces. `publishedAt` is when it was last published, not
first. A board that never existed answers 404, or 200 with no jobs: the two cannot be told apart here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._json import Record, filled, flag, record, records, text_or
from scrapers._page import believable, distinct

_REMOTE = {"remote": True, "hybrid": False, "onsite": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    org: str
    """The name in `jobs.ashbyhq.com/NAME`, in its own letter case, not percent-encoded."""
    company: str = ""
    """The name to show; empty: the board's."""
    base: str = "https://api.ashbyhq.com"


def start(o: Options) -> list[Request]:
    """The whole board in one request, pay included."""
    return [Request(f"{o.base}/posting-api/job-board/{quote(o.org, safe='')}?includeCompensation=true")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board. Raises ParseError for anything that is not one."""
    body = doc.json()
    jobs = body.get("jobs") if isinstance(body, dict) else None
    if not isinstance(jobs, list):
        raise ParseError(doc.request.url, "not an Ashby board: no list of 'jobs'")
    page = believable(Page.of(jobs, lambda job: _read(record(job), o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(job: Record, o: Options) -> Found | None:
    if not flag(job, "isListed", True):
        return None
    pay = record(job.get("compensation") or {}, "compensation")
    return Found(
        kind="job",
        key=filled(job, "id").strip(),
        title=filled(job, "title").strip(),
        url=filled(job, "jobUrl").strip(),
        organization=o.company or o.org,
        locations=_locations(job),
        remote=_remote(job),
        posted=text_or(job, "publishedAt"),
        description=plain(text_or(job, "descriptionHtml")) or text_or(job, "descriptionPlain").strip(),
        employment=text_or(job, "employmentType"),
        category=", ".join(dict.fromkeys(filter(None, (text_or(job, "department"), text_or(job, "team"))))),
        pay=text_or(pay, "compensationTierSummary") or text_or(pay, "scrapeableCompensationSalarySummary"),
    )


def _locations(job: Record) -> tuple[str, ...]:
    names = (text_or(place, "location").strip() for place in (job, *records(job, "secondaryLocations")))
    return tuple(dict.fromkeys(filter(None, names)))


def _remote(job: Record) -> bool | None:
    """What `workplaceType` says; `isRemote` is true of hybrid jobs too, so it only fills the gap."""
    told = _REMOTE.get(text_or(job, "workplaceType").lower())
    return told if told is not None or job.get("isRemote") is None else flag(job, "isRemote", False)


ADAPTER = Adapter(kind="ashby", employer=True, options=Options, start=start, parse=parse)
