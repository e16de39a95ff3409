"""Eightfold career sites: a search of ten postings a page, and one more document for the text of each.

Eightfold has no public terms for these documents and counts requests strictly, so no such source is switched on by
default, and each host's robots.txt decides whether one is asked at all. The shape is that of public descriptions; no
recording was at hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, Candidate, led_on
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, text_or, texts, whole
from scrapers._page import believable

LIMIT = 10
"""Postings a page, whatever is asked for."""
MAX_LISTS = 60
"""With the details, half of what these sites let one address ask for before they refuse."""
_REMOTE = {"remote": True, "remote_local": True, "remote_global": True, "hybrid": False, "onsite": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One site."""

    host: str
    """A whole host name, such as `acme.eightfold.ai`."""
    domain: str
    """The company's own, such as `acme.com`: the site tells its customers by it."""
    company: str = ""
    """The name to show; empty: the domain."""
    search: str = "intern"
    """Words that the site searches for; empty: the whole board."""
    details: Budget = 40
    """Postings a run whose own document is read."""
    base: str = ""


def _origin(o: Options) -> str:
    return o.base or f"https://{o.host}"


def start(o: Options) -> list[Request]:
    """The first page of the search, newest first."""
    return [_list(o, 0, [])]


def _list(o: Options, start: int, best: list[Candidate]) -> Request:
    asked = {"domain": o.domain, "query": o.search, "location": "", "start": start, "sort_by": "timestamp"}
    plan = json.dumps({"start": start, "best": best})
    return Request(f"{_origin(o)}/api/pcsx/search?{urlencode(asked)}", context=plan)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the search, or one posting's document. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    body = doc.json()
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, dict):
        raise ParseError(doc.request.url, "not an Eightfold site: no 'data'")
    return _posting(doc, data, plan["key"]) if "key" in plan else _page(doc, data, o, plan)


# ------------------------------------------------------------------------------------------------ a page of the list
def _page(doc: Fetched, data: Record, o: Options, plan: Mapping[str, Any]) -> Page:
    rows, total = data.get("positions"), data.get("count")
    if not isinstance(rows, list) or not isinstance(total, int):
        raise ParseError(doc.request.url, "not an Eightfold search: no list of 'positions' with its 'count'")
    page = believable(Page.of(rows, lambda row: _read(record(row), o)), doc.request.url)
    end = plan.get("start", 0) + len(rows)
    more = partial(_list, o, end) if rows and end < min(total, LIMIT * MAX_LISTS) else None
    return led_on(page, plan.get("best", ()), o.details, more, partial(_detail, o), complete=end >= total)


def _read(row: Record, o: Options) -> Found:
    key = str(whole(row, "id"))
    places = texts(row, "locations") or texts(row, "standardizedLocations")
    return Found(
        kind="job",
        key=key,
        title=filled(row, "name").strip(),
        url=_address(o, text_or(row, "positionUrl"), key),
        organization=o.company or o.domain,
        locations=tuple(dict.fromkeys(place.strip() for place in places if place.strip())),
        remote=_REMOTE.get(text_or(row, "workLocationOption").lower()),
        posted=moment(row, "postedTs") or moment(row, "creationTs"),
        category=text_or(row, "department").strip(),
    )


def _address(o: Options, path: str, key: str) -> str:
    """The posting's page on this very site."""
    address = urljoin(f"{_origin(o)}/", path or f"/careers/job/{key}")
    return address if address.startswith(f"{_origin(o)}/") else f"{_origin(o)}/careers/job/{key}"


# ------------------------------------------------------------------------------------------------ one posting
def _detail(o: Options, key: str) -> Request:
    asked = urlencode({"position_id": key, "domain": o.domain})
    return Request(f"{_origin(o)}/api/pcsx/position_details?{asked}", context=json.dumps({"key": key}), optional=True)


def _posting(doc: Fetched, data: Record, key: str) -> Page:
    description = data.get("jobDescription")
    if not isinstance(description, str):
        raise ParseError(doc.request.url, "not an Eightfold posting: no 'jobDescription'")
    return Page(details=(Detail(key, "posting", {"description": plain(description)}),))


ADAPTER = Adapter(kind="eightfold", employer=True, options=Options, start=start, parse=parse)
