"""Greenhouse job boards: one JSON document a company, no paging, no sign-in.

The Job Board API is public for every GET. The text of a posting is HTML whose markup is itself escaped
(`&lt;p&gt;R&amp;amp;D&lt;/p&gt;`). A posting without `internal_job_id` is a prospect post: an invitation to leave
one's name, not an opening.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain, unescape
from scrapers._json import Record, filled, record, records, text, text_or, texts, whole
from scrapers._page import believable, distinct

_EMPLOYMENT = frozenset({"employment type", "type of employment", "job type", "worker type", "commitment", "time type"})
"""What companies call the field of their own making that says 'Intern' or 'Full-time'."""


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    board: str
    """The token in `boards.greenhouse.io/TOKEN`."""
    company: str = ""
    """The name to show; empty: what the posting says, else the token."""
    base: str = "https://boards-api.greenhouse.io"


def start(o: Options) -> list[Request]:
    """The whole board in one request, texts and pay included."""
    board = quote(o.board, safe="")
    return [Request(f"{o.base}/v1/boards/{board}/jobs?content=true&pay_transparency=true")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board. Raises ParseError for anything else, such as `{"status": 404, "error": "Job not found"}`."""
    body = doc.json()
    jobs = body.get("jobs") if isinstance(body, dict) else None
    if not isinstance(jobs, list):
        raise ParseError(doc.request.url, f"not a Greenhouse board: {_complaint(body)}")
    page = Page.of(jobs, lambda job: _read(record(job), o), complete=_complete(body, len(jobs)))
    return replace(believable(page, doc.request.url), found=distinct(page.found))


def _complaint(body: Any) -> str:
    if isinstance(body, dict) and "error" in body:
        return f"it answers {body.get('status', '')} {body['error']}"[:200]
    return "no list of 'jobs'"


def _complete(body: Record, told: int) -> bool:
    meta = body.get("meta")
    total = meta.get("total") if isinstance(meta, dict) else None
    return not isinstance(total, int) or total <= told


def _read(job: Record, o: Options) -> Found | None:
    if job.get("internal_job_id", "") is None:
        return None
    return Found(
        kind="job",
        key=str(whole(job, "id")),
        title=filled(job, "title").strip(),
        url=filled(job, "absolute_url").strip(),
        organization=o.company or text_or(job, "company_name").strip() or o.board,
        locations=_locations(job),
        posted=text_or(job, "first_published"),
        updated=text_or(job, "updated_at"),
        deadline=text_or(job, "application_deadline"),
        description=_text(text_or(job, "content")),
        employment=_employment(job),
        category=", ".join(text(part, "name").strip() for part in records(job, "departments")),
        pay="; ".join(_pay(span) for span in records(job, "pay_input_ranges")),
    )


def _locations(job: Record) -> tuple[str, ...]:
    """The places of one posting, which stand in one string; its offices only where that is empty."""
    told = text_or(record(job.get("location") or {}, "location"), "name").strip()
    names = re.split(r"[;|]", told) if told else [text(office, "name") for office in records(job, "offices")]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _text(content: str) -> str:
    markup = unescape(content)
    return plain(unescape(markup) if "<" not in markup else markup)


def _employment(job: Record) -> str:
    for item in records(job, "metadata"):
        if text(item, "name").strip().lower().replace("_", " ") in _EMPLOYMENT and item.get("value"):
            value = item["value"]
            return ", ".join(texts(item, "value")) if isinstance(value, list) else text(item, "value").strip()
    return ""


def _pay(span: Record) -> str:
    """`{"min_cents": 2500, "max_cents": 4000, "currency_type": "USD", "title": "Hourly"}` → 'Hourly: 25–40 USD'."""
    low, high = whole(span, "min_cents") / 100, whole(span, "max_cents") / 100
    title, currency = text_or(span, "title").strip(), text_or(span, "currency_type")
    return f"{title}: {low:.10g}–{high:.10g} {currency}".removeprefix(": ").strip()


ADAPTER = Adapter(kind="greenhouse", employer=True, options=Options, start=start, parse=parse)
