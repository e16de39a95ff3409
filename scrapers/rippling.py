"""Rippling job boards: a list of titles and places, and one more document for the text of each posting.

The list has a row for each place of a posting. Rippling allows 100 requests in ten minutes, hence few `details`.
The shape is that of public descriptions; no recording was at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, Candidate, led_on
from scrapers._html import plain
from scrapers._json import Record, filled, moment, number, record, records, text_or, texts
from scrapers._page import believable

PER_PAGE = 1000
_REMOTE = {"remote": True, "hybrid": False, "on_site": False, "onsite": False, "on-site": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    board: str
    """The NAME in `ats.rippling.com/NAME/jobs`."""
    company: str = ""
    """The name to show; empty: what a posting's own document says, else the board's."""
    details: Budget = 30
    """Postings a run whose own document is read."""
    base: str = "https://api.rippling.com"


def _address(o: Options) -> str:
    return f"{o.base}/platform/api/ats/v2/board/{quote(o.board, safe='')}/jobs"


def start(o: Options) -> list[Request]:
    """The first page of the list, which is the only one but for very large boards."""
    return [_list(o, 0, [])]


def _list(o: Options, page: int, best: list[Candidate]) -> Request:
    return Request(f"{_address(o)}?page={page}&pageSize={PER_PAGE}", context=json.dumps({"page": page, "best": best}))


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the list, or one posting's document. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    body = doc.json()
    if not isinstance(body, dict):
        raise ParseError(doc.request.url, "not a Rippling board: no object")
    if "key" in plan:
        return Page(details=(_posting(doc, body, o, plan["key"]),))
    items, pages = body.get("items"), body.get("totalPages")
    if not isinstance(items, list) or not isinstance(pages, int):
        raise ParseError(doc.request.url, "not a Rippling board: no list of 'items' with its 'totalPages'")
    page = believable(Page.of(items, lambda item: _read(record(item), o)), doc.request.url)
    page, end = replace(page, found=tuple(_merged(page.found))), plan.get("page", 0) + 1
    more = partial(_list, o, end) if items and end < pages else None
    return led_on(page, plan.get("best", ()), o.details, more, partial(_detail, o), complete=end >= pages)


def _read(item: Record, o: Options) -> Found:
    places = records(item, "locations")
    kinds = {_REMOTE.get(text_or(place, "workplaceType").lower()) for place in places}
    return Found(
        kind="job",
        key=filled(item, "id").strip(),
        title=filled(item, "name").strip(),
        url=filled(item, "url").strip(),
        organization=o.company or o.board,
        locations=tuple(dict.fromkeys(filter(None, map(_place, places)))),
        remote=next(iter(kinds)) if len(kinds) == 1 else None,
        category=text_or(record(item.get("department") or {}, "department"), "name").strip(),
    )


def _place(place: Record) -> str:
    parts = (text_or(place, name).strip() for name in ("city", "state", "country"))
    return text_or(place, "name").strip() or ", ".join(filter(None, parts))


def _merged(found: Iterable[Found]) -> list[Found]:
    """One posting for the rows of its places."""
    items: dict[str, Found] = {}
    for row in found:
        item = items.get(row.key)
        if item is None or (item.title, item.url) != (row.title, row.url):
            items[row.key if item is None else f"{row.key} {row.url} {row.title}"] = row
        else:
            places = tuple(dict.fromkeys((*item.locations, *row.locations)))
            items[row.key] = replace(item, locations=places, remote=item.remote if item.remote == row.remote else None)
    return list(items.values())


# ------------------------------------------------------------------------------------------------ one posting
def _detail(o: Options, key: str) -> Request:
    return Request(f"{_address(o)}/{quote(key, safe='')}", context=json.dumps({"key": key}), optional=True)


def _posting(doc: Fetched, body: Record, o: Options, key: str) -> Detail:
    if "name" not in body:
        raise ParseError(doc.request.url, "not a Rippling posting: no 'name'")
    try:
        fields = _fields(body, o)
    except (LookupError, TypeError, ValueError) as error:
        raise ParseError(doc.request.url, f"not a Rippling posting: {error}"[:200]) from error
    return Detail(key, "posting", fields)


def _fields(body: Record, o: Options) -> dict[str, Any]:
    employment = record(body.get("employmentType") or {}, "employmentType")
    told: dict[str, Any] = {
        "organization": "" if o.company else text_or(body, "companyName").strip(),
        "description": "\n\n".join(_texts(body.get("description") or {})),
        "locations": tuple(dict.fromkeys(filter(None, (place.strip() for place in texts(body, "workLocations"))))),
        "posted": moment(body, "createdOn"),
        "employment": (text_or(employment, "id") or text_or(employment, "label")).strip(),
        "pay": "; ".join(dict.fromkeys(filter(None, (_pay(span) for span in records(body, "payRangeDetails"))))),
    }
    return {name: value for name, value in told.items() if value}


def _texts(description: Any) -> list[str]:
    """The pieces of a description, what the work is before who the company is."""
    if isinstance(description, str):
        return [plain(description)]
    pieces = record(description, "description")
    names = [*("role",), *(name for name in pieces if name != "role")]
    return list(filter(None, (plain(text_or(pieces, name)) for name in names)))


def _pay(span: Record) -> str:
    """`{"rangeStart": 20, "rangeEnd": 25, "currency": "USD", "frequency": "HOUR"}` → '20–25 USD per hour'."""
    ends = [f"{number(span, name):.10g}" for name in ("rangeStart", "rangeEnd") if span.get(name) is not None]
    unit = text_or(span, "frequency").lower()
    parts = ("–".join(dict.fromkeys(ends)), text_or(span, "currency"), unit and f"per {unit}")
    return " ".join(filter(None, parts)) if ends else ""


ADAPTER = Adapter(kind="rippling", employer=True, options=Options, start=start, parse=parse)
