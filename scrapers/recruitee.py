"""Recruitee job boards: one JSON document a company, no paging.

From 10 February 2027 Recruitee wants a token of the employer's in the header X-Careers-Sites-Token and answers 401
without. Who was given one names it by token_env or token_file; before that day it may be left out. A board that fails
without one can be followed by its careers page instead. The document names mailboxes of people; nothing of them is
read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request, TokenAs
from scrapers._html import plain
from scrapers._json import Record, filled, flag, moment, record, records, text_or, texts, whole
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    subdomain: str
    """The NAME in `NAME.recruitee.com`."""
    company: str = ""
    """The name to show; empty: what the postings say, else the sub-domain."""
    base: str = ""


def start(o: Options) -> list[Request]:
    """The whole board in one request, texts and pay included."""
    return [Request(f"{o.base or f'https://{o.subdomain}.recruitee.com'}/api/offers/")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board. Raises ParseError for anything that is not one."""
    body = doc.json()
    offers = body.get("offers") if isinstance(body, dict) else None
    if not isinstance(offers, list):
        raise ParseError(doc.request.url, f"not a Recruitee board: {_complaint(body)}")
    page = believable(Page.of(offers, lambda offer: _read(record(offer), o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _complaint(body: Any) -> str:
    told = body.get("error") if isinstance(body, dict) else None
    return f"it answers {told}"[:200] if told else "no list of 'offers'"


def _read(offer: Record, o: Options) -> Found | None:
    if text_or(offer, "status", "published") != "published":
        return None
    return Found(
        kind="job",
        key=str(whole(offer, "id")),
        title=filled(offer, "title").strip(),
        url=filled(offer, "careers_url").strip(),
        organization=o.company or text_or(offer, "company_name").strip() or o.subdomain,
        locations=_locations(offer),
        remote=_remote(offer),
        posted=moment(offer, "published_at"),
        updated=moment(offer, "updated_at"),
        deadline=moment(offer, "close_at"),
        description="\n\n".join(
            filter(None, (plain(text_or(offer, name)) for name in ("description", "requirements")))
        ),
        employment=text_or(offer, "employment_type_code").replace("_", " "),
        category=text_or(offer, "department").strip(),
        pay=_pay(record(offer.get("salary") or {}, "salary")),
        skills=texts(offer, "tags"),
    )


def _locations(offer: Record) -> tuple[str, ...]:
    told = [_place(place) for place in records(offer, "locations")] or [text_or(offer, "location").strip()]
    return tuple(dict.fromkeys(filter(None, told)))


def _place(place: Record) -> str:
    parts = (text_or(place, name).strip() for name in ("city", "state", "country"))
    return ", ".join(dict.fromkeys(filter(None, parts))) or text_or(place, "name").strip()


def _remote(offer: Record) -> bool | None:
    """Three ticks that do not exclude each other: remote wins; nothing ticked says nothing."""
    if flag(offer, "remote", False):
        return True
    return False if flag(offer, "hybrid", False) or flag(offer, "on_site", False) else None


def _pay(salary: Record) -> str:
    """`{"min": "20", "max": "25", "period": "hour", "currency": "EUR"}` → '20–25 EUR per hour'."""
    ends = "–".join(dict.fromkeys(filter(None, (moment(salary, name).strip() for name in ("min", "max")))))
    period = text_or(salary, "period").strip()
    return " ".join(filter(None, (ends, text_or(salary, "currency"), period and f"per {period}"))) if ends else ""


ADAPTER = Adapter(
    kind="recruitee",
    employer=True,
    options=Options,
    start=start,
    parse=parse,
    token_as=TokenAs("header", "x-careers-sites-token", "{}"),
)
