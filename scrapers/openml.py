"""OpenML: data sets that carry a tag, by default those of the benchmark OpenML-CC18, which are of a size to learn with.
Reading needs no key. A question without an answer gets HTTP 412, so the page after the last one is never asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, complaint
from scrapers._json import Record, filled, record, records, text, text_or
from scrapers._page import believable, distinct

PER_PAGE = 200

_KEPT = {
    "NumberOfInstances": "rows",
    "NumberOfFeatures": "features",
    "NumberOfClasses": "classes",
    "NumberOfMissingValues": "missing",
}
"""Measured qualities and under which names they are kept."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which data sets."""

    tag: str = "OpenML-CC18"
    """Empty: any, the oldest first."""
    pages: Annotated[int, between(1, 50)] = 1
    """Of 200 data sets each, at most."""
    base: str = "https://www.openml.org"


def start(o: Options) -> list[Request]:
    """The first page."""
    return [_page(1, o)]


def _page(number: int, o: Options) -> Request:
    tagged = f"tag/{quote(o.tag, safe='')}/" if o.tag else ""
    path = f"{tagged}status/active/limit/{PER_PAGE}/offset/{(number - 1) * PER_PAGE}"
    return Request(f"{o.base}/api/v1/json/data/list/{path}", context=str(number))


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else, such as `{"error": {"code": …, "message": …}}`."""
    body = doc.json()
    data = body.get("data") if isinstance(body, dict) else None
    rows = data.get("dataset") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise ParseError(doc.request.url, f"not a list of data sets of OpenML: no 'data.dataset'{complaint(body)}")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, ended = int(doc.request.context or 1), len(rows) < PER_PAGE
    more = () if ended or number >= o.pages else (_page(number + 1, o),)
    return replace(page, found=distinct(page.found), next=more, complete=ended or bool(more))


def _read(row: Record) -> Found:
    key = _number(row, "did")
    qualities = {text(quality, "name"): text_or(quality, "value") for quality in records(row, "quality")}
    counted = {name: _count(qualities[quality]) for quality, name in _KEPT.items() if qualities.get(quality)}
    return Found(
        kind="dataset",
        key=key,
        title=filled(row, "name").strip(),
        url=f"https://www.openml.org/d/{key}",
        organization="OpenML",
        skills=_task(counted),
        closed="" if text_or(row, "status", "active") == "active" else f"its status is {text(row, 'status')}",
        extra={**counted, "version": _number(row, "version"), "format": text_or(row, "format")},
    )


def _number(row: Record, name: str) -> str:
    """A number that is sent as a number or as its digits."""
    value: Any = row[name]
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return value
    raise TypeError(f"{name}: expected a number, found {type(value).__name__}")


def _count(value: str) -> int:
    """`"24720.0"` → 24720. Raises ValueError, OverflowError."""
    return int(float(value))


def _task(counted: dict[str, int]) -> tuple[str, ...]:
    """Data with classes is for classification; without any, nothing can be told."""
    return ("classification",) if counted.get("classes", 0) > 1 else ()


ADAPTER = Adapter(kind="openml", options=Options, start=start, parse=parse, windowed=lambda o: not o.tag)
