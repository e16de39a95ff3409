"""Workable job boards: the document that employers put into their own pages, one a company, no paging, no sign-in.

Workable counts requests strictly: more than two at a time are answered with 429, one at a time are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._json import Record, filled, flag, moment, record, records, text_or
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    account: str
    """The name in `apply.workable.com/NAME`."""
    company: str = ""
    """The name to show; empty: what the board calls itself, else the account."""
    base: str = "https://apply.workable.com"


def start(o: Options) -> list[Request]:
    """The whole board in one request, texts included."""
    return [Request(f"{o.base}/api/v1/widget/accounts/{quote(o.account, safe='')}?details=true")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board. Raises ParseError for anything that is not one."""
    body = doc.json()
    jobs = body.get("jobs") if isinstance(body, dict) else None
    if not isinstance(jobs, list):
        raise ParseError(doc.request.url, f"not a Workable board: {_complaint(body)}")
    name = body.get("name")
    company = o.company or (name.strip() if isinstance(name, str) else "") or o.account
    page = believable(Page.of(jobs, lambda job: _read(record(job), company)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _complaint(body: Any) -> str:
    told = body.get("error") or body.get("message") if isinstance(body, dict) else None
    return f"it answers {told}"[:200] if told else "no list of 'jobs'"


def _read(job: Record, company: str) -> Found:
    return Found(
        kind="job",
        key=filled(job, "shortcode").strip(),
        title=filled(job, "title").strip(),
        url=filled(job, "url").strip(),
        organization=company,
        locations=_locations(job),
        remote=None if job.get("telecommuting") is None else flag(job, "telecommuting", False),
        posted=moment(job, "published_on") or moment(job, "created_at"),
        description=plain(text_or(job, "description")),
        employment=text_or(job, "employment_type").strip(),
        category=", ".join(
            dict.fromkeys(filter(None, (text_or(job, name).strip() for name in ("department", "function"))))
        ),
    )


def _locations(job: Record) -> tuple[str, ...]:
    """The places that the board shows; the posting's own fields where it lists none."""
    listed = records(job, "locations")
    told = [_place(place, "region") for place in listed if not flag(place, "hidden", False)]
    return tuple(dict.fromkeys(filter(None, told if listed else [_place(job, "state")])))


def _place(place: Record, region: str) -> str:
    parts = (text_or(place, name).strip() for name in ("city", region, "country"))
    return ", ".join(dict.fromkeys(filter(None, parts)))


ADAPTER = Adapter(kind="workable", employer=True, options=Options, start=start, parse=parse)
