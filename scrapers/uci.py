"""The UCI Machine Learning Repository: the list of its data sets, which tells only their names, and the page of each of
the first ones. Whether a question was answered stands in the answer: `{"status": 200, "data": …}`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._feed import between, complaint
from scrapers._html import plain
from scrapers._json import Record, filled, record, text_or, texts, whole
from scrapers._page import believable, distinct

_COUNTS = {"num_instances": "rows", "num_features": "features", "year_of_dataset_creation": "year"}


@dataclass(frozen=True, slots=True)
class Options:
    """Which data sets."""

    area: str = ""
    """As the site names it, such as "Health and Medicine"; empty: any."""
    search: str = ""
    """Words that the name must have."""
    importable: bool = True
    """Only those that its Python package can load."""
    details: Annotated[int, between(0, 150)] = 50
    """Data sets a run whose own page is read, the oldest first."""
    base: str = "https://archive.ics.uci.edu"


def start(o: Options) -> list[Request]:
    """The list."""
    asked = {"filter": "python" if o.importable else "", "search": o.search, "area": o.area}
    query = urlencode({name: word for name, word in asked.items() if word})
    return [Request(f"{o.base}/api/datasets/list" + (f"?{query}" if query else ""))]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list, or the page of the data set that the request's context names. Raises ParseError for anything
    else, and for an answer whose own status is not 200."""
    body = doc.json()
    if not isinstance(body, dict) or "data" not in body or body.get("status") != 200:
        raise ParseError(doc.request.url, f"not an answer of the UCI repository with status 200{complaint(body)}")
    return _detail(doc, body["data"]) if doc.request.context else _list(doc, body["data"], o)


def _list(doc: Fetched, rows: Any, o: Options) -> Page:
    if not isinstance(rows, list):
        raise ParseError(doc.request.url, "not the list of the UCI repository: 'data' is no list")
    page = believable(Page.of(rows, lambda row: _read(record(row), o)), doc.request.url)
    found = distinct(page.found)
    first = sorted((item.key for item in found if item.key.isdigit()), key=int)[: o.details]
    ask = (Request(f"{o.base}/api/dataset?id={key}", context=key, optional=True) for key in first)
    return replace(page, found=found, next=tuple(ask))


def _read(row: Record, o: Options) -> Found:
    key = whole(row, "id")
    return Found(
        kind="dataset",
        key=str(key),
        title=filled(row, "name").strip(),
        url=f"{o.base}/dataset/{key}",
        organization="UCI Machine Learning Repository",
    )


def _detail(doc: Fetched, data: Any) -> Page:
    """Raises ParseError where the page is of another data set, or does not fit."""
    key = doc.request.context
    try:
        told = _told(record(data, "data"), key)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise ParseError(doc.request.url, f"not the page of data set {key}: {error}") from error
    return Page(details=(Detail(key, "page", told),))


def _told(row: Record, key: str) -> dict[str, Any]:
    if str(whole(row, "uci_id")) != key:
        raise ValueError(f"it is of number {row['uci_id']}")
    tasks = texts(row, "tasks")
    extra = {
        **{name: whole(row, field) for field, name in _COUNTS.items() if row.get(field) is not None},
        "task": list(tasks),
        "modality": list(texts(row, "characteristics")),
        "doi": text_or(row, "dataset_doi"),
        "importable": bool(row.get("data_url")),
    }
    told = {
        "description": plain(text_or(row, "abstract")),
        "category": text_or(row, "area"),
        "skills": tuple(task.lower() for task in tasks),
        "updated": text_or(row, "last_updated"),
    }
    return {"extra": extra, **{name: value for name, value in told.items() if value}}


ADAPTER = Adapter(kind="uci", options=Options, start=start, parse=parse)
