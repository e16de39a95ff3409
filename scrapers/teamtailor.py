"""Teamtailor career sites: a JSON Feed (jsonfeed.org) with a schema.org JobPosting in each item.

Teamtailor says that the data of its sites is public. A feed may name the address of its next page; one of 100 items
that names none may have left some out, and is taken for incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._jobposting import posting
from scrapers._json import Record, filled, moment, record, text_or
from scrapers._jsonld import named
from scrapers._page import believable, distinct

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Options:
    """One career site."""

    subdomain: str
    """The NAME in `NAME.teamtailor.com`; a whole host name where the site has its own."""
    company: str = ""
    """The name to show; empty: what the postings or the feed say."""
    base: str = ""


def _origin(o: Options) -> str:
    return o.base or f"https://{o.subdomain if '.' in o.subdomain else f'{o.subdomain}.teamtailor.com'}"


def start(o: Options) -> list[Request]:
    """The first page of the feed."""
    return [Request(f"{_origin(o)}/jobs.json")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the feed. Raises ParseError for anything that is not one."""
    body = doc.json()
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list):
        raise ParseError(doc.request.url, "not a Teamtailor feed: no list of 'items'")
    page = believable(Page.of(items, lambda item: _read(record(item), _name(body, o), o)), doc.request.url)
    following = _next(body, o)
    return replace(page, found=distinct(page.found), next=following, complete=bool(following) or len(items) < PER_PAGE)


def _name(body: Mapping[str, Any], o: Options) -> str:
    title = body.get("title")
    return o.company or (title.strip() if isinstance(title, str) else "") or o.subdomain


def _next(body: Mapping[str, Any], o: Options) -> tuple[Request, ...]:
    """The next page as the feed links it. A link elsewhere is not followed."""
    url = body.get("next_url")
    return (Request(url),) if isinstance(url, str) and url.startswith(f"{_origin(o)}/") else ()


def _read(item: Record, name: str, o: Options) -> Found:
    told = dict(posting(named(dict(record(item.get("_jobposting") or {}, "_jobposting")))).fields)
    organization = o.company or told.pop("organization", "") or name
    told |= {
        "title": filled(item, "title").strip(),
        "organization": organization,
        "posted": moment(item, "date_published") or told.get("posted", ""),
        "updated": moment(item, "date_modified") or told.get("updated", ""),
        "description": plain(text_or(item, "content_html")) or told.get("description", ""),
    }
    return Found(kind="job", key=filled(item, "id").strip(), url=filled(item, "url").strip(), **told)


ADAPTER = Adapter(kind="teamtailor", employer=True, options=Options, start=start, parse=parse)
