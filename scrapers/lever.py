"""Lever job boards: one JSON list a company, no paging needed, no sign-in.

The Postings API documents that published postings may be read by anyone. European customers are held on another host
(`base = "https://api.eu.lever.co"`). A posting's text comes in pieces: an opening, headed lists (the requirements are
in them), and a closing.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._json import Record, filled, moment, number, record, records, text, text_or, texts
from scrapers._page import believable, distinct

_REMOTE = {"remote": True, "hybrid": False, "onsite": False, "on-site": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    site: str
    """The name in `jobs.lever.co/NAME`."""
    company: str = ""
    """The name to show; empty: the site's."""
    base: str = "https://api.lever.co"


def start(o: Options) -> list[Request]:
    """The whole board in one request."""
    return [Request(f"{o.base}/v0/postings/{quote(o.site, safe='')}?mode=json")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board; `[]` is one without openings. Raises ParseError for anything else, such as `{"ok": false, …}`."""
    body = doc.json()
    if not isinstance(body, list):
        raise ParseError(doc.request.url, f"not a Lever board: {_complaint(body)}")
    page = believable(Page.of(body, lambda posting: _read(record(posting), o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _complaint(body: Any) -> str:
    if isinstance(body, dict) and "error" in body:
        return f"it answers {body['error']}"[:200]
    return "no list of postings"


def _read(posting: Record, o: Options) -> Found:
    group = record(posting.get("categories") or {}, "categories")
    places = texts(group, "allLocations") or (text_or(group, "location"),)
    return Found(
        kind="job",
        key=filled(posting, "id").strip(),
        title=filled(posting, "text").strip(),
        url=filled(posting, "hostedUrl").strip(),
        organization=o.company or o.site,
        locations=tuple(dict.fromkeys(place.strip() for place in places if place.strip())),
        remote=_REMOTE.get(text_or(posting, "workplaceType").lower()),
        posted=moment(posting, "createdAt"),
        description="\n\n".join(_texts(posting)),
        employment=text_or(group, "commitment").strip(),
        category=", ".join(filter(None, (text_or(group, "department"), text_or(group, "team")))),
        pay=_pay(record(posting.get("salaryRange") or {}, "salaryRange")),
        extra={"country": text(posting, "country")} if posting.get("country") else {},
    )


def _texts(posting: Record) -> Iterator[str]:
    """The pieces in the order in which the page shows them, each list under its heading."""
    yield from _piece(posting, "description")
    for part in records(posting, "lists"):
        heading = html.escape(text_or(part, "text"))
        if words := plain(f"<h3>{heading}</h3><ul>{text_or(part, 'content')}</ul>"):
            yield words
    yield from _piece(posting, "additional")


def _piece(posting: Record, name: str) -> Iterator[str]:
    if words := plain(text_or(posting, name)) or text_or(posting, f"{name}Plain").strip():
        yield words


def _pay(span: Record) -> str:
    """`{"min": 30, "max": 40, "currency": "EUR", "interval": "per-hour-wage"}` → '30–40 EUR per hour'."""
    ends = [number(span, name) for name in ("min", "max") if span.get(name) is not None]
    if not ends:
        return ""
    interval = text_or(span, "interval").removesuffix("-salary").removesuffix("-wage").replace("-", " ")
    return " ".join(filter(None, ("–".join(f"{end:.10g}" for end in ends), text_or(span, "currency"), interval)))


ADAPTER = Adapter(kind="lever", employer=True, options=Options, start=start, parse=parse)
