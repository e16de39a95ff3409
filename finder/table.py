"""A file of listings somebody kept by hand, CSV or JSON Lines → what it says, row by row. Pure.

A row that does not fit is told by its number and costs itself, never the file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from finder import clean, dates, urls
from finder.model import Found, Kind

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "role", "position", "job title"),
    "organization": ("organization", "organisation", "company", "employer"),
    "url": ("url", "link"),
    "kind": ("kind",),
    "locations": ("locations", "location"),
    "remote": ("remote",),
    "terms": ("terms", "term"),
    "posted": ("posted_at", "posted", "date_posted"),
    "deadline": ("deadline", "closes_at", "apply_by"),
    "description": ("description",),
    "employment": ("employment",),
    "category": ("category",),
    "degrees": ("degrees",),
    "sponsorship": ("sponsorship",),
    "pay": ("pay", "salary"),
    "skills": ("skills",),
}
"""Field → the columns that may hold it; letter case does not matter."""

NEEDED = ("title", "organization", "url")
"""Without these there is nothing to show, or nowhere to apply."""

SEPARATORS = ",;\t"
LARGEST = 10_000_000
"""Characters of one cell; Python's own bound of 131,072 would cut long descriptions."""

_NAMES = {name: field for field, names in COLUMNS.items() for name in names}
_YES, _NO = ("true", "yes", "y", "1"), ("false", "no", "n", "0")
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that does not fit, by its number as the file counts (lines of JSON, rows of a sheet), and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says: rows that fit, in their order, those that do not, and columns that mean nothing here."""

    found: tuple[Found, ...] = ()
    bad: tuple[Bad, ...] = ()
    unknown: tuple[str, ...] = ()


def read(text: str, form: str, at: datetime) -> Table:
    """The rows of a file of the form 'csv' or 'jsonl', read at `at`. Raises ValueError where the file as a whole is
    none, such as CSV without a column for the title."""
    rows = _csv(text) if form == "csv" else _lines(text)
    found, bad, unknown = [], [], dict[str, None]()
    for number, row in rows:
        if isinstance(row, str):
            bad.append(Bad(number, row))
            continue
        told, others = _named(row)
        unknown |= dict.fromkeys(others)
        try:
            found.append(listing(told, at))
        except ValueError as error:
            bad.append(Bad(number, str(error)))
    return Table(tuple(found), tuple(bad), tuple(unknown))


def listing(told: _Row, at: datetime) -> Found:
    """One listing from its fields, as COLUMNS names them. Raises ValueError with the first thing that does not fit."""
    for name in NEEDED:
        if not _text(told, name):
            raise ValueError(f"{name}: missing")
    url = _text(told, "url")
    if not urls.canonical(url):
        raise ValueError(f"url: not a usable http or https address: {url[:60]!r}")
    values = {name: _READERS.get(name, _text)(told, name) for name in COLUMNS if name in told}
    for name in ("posted", "deadline"):
        if values.get(name) and dates.read(values[name], at, ahead=name == "deadline") is None:
            raise ValueError(f"{name}: not a date: {values[name][:30]!r}")
    return Found(**({"kind": "internship"} | values), key=key(url, values["title"]))


def key(url: str, title: str) -> str:
    """Equal for the same listing: its address; with the title where that is a whole careers page."""
    canonical = urls.canonical(url)
    return f"{canonical} {clean.title(title)}" if urls.is_front(canonical) else urls.identity(canonical, canonical)


# ------------------------------------------------------------------------------------------------ fields
def _text(told: _Row, name: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"{name}: expected text, found {_kind(value)}")


def _texts(told: _Row, name: str) -> tuple[str, ...]:
    """A list of texts, or one text with ';' or '|' between."""
    value = told.get(name)
    if isinstance(value, list):
        if odd := next((one for one in value if not isinstance(one, str)), None):
            raise ValueError(f"{name}: expected a list of texts, found {_kind(odd)} in it")
        parts = value
    else:
        parts = _text(told, name).replace("|", ";").replace("\n", ";").split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _flag(told: _Row, name: str) -> bool | None:
    value = told.get(name)
    if value is None or isinstance(value, bool):
        return value
    word = _text(told, name).lower()
    if word and word not in _YES + _NO:
        raise ValueError(f"{name}: must be true or false, not {word[:20]!r}")
    return (word in _YES) if word else None


def _kind_of(told: _Row, name: str) -> Kind:
    match _text(told, name).lower():
        case "" | "internship":
            return "internship"
        case "job":
            return "job"
        case other:
            raise ValueError(f"{name}: must be internship or job, not {other[:20]!r}")


_READERS: Mapping[str, Callable[[_Row, str], Any]] = {
    "kind": _kind_of,
    "remote": _flag,
    "locations": _texts,
    "terms": _texts,
    "degrees": _texts,
    "skills": _texts,
}


def _kind(value: Any) -> str:
    return {bool: "true or false", list: "a list", dict: "an object"}.get(type(value), type(value).__name__)


def _named(row: _Row) -> tuple[dict[str, Any], list[str]]:
    """The row by field, and the names of columns that are none. Of several columns for one field the first filled."""
    told: dict[str, Any] = {}
    unknown = []
    for column, value in row.items():
        field = _NAMES.get(column.strip().lower())
        if field is None:
            unknown.append(column.strip())
        elif told.get(field) in (None, "", []):
            told[field] = value
    return told, unknown


# ------------------------------------------------------------------------------------------------ forms
def _csv(text: str) -> Iterator[tuple[int, _Row | str]]:
    """Rows by the number that a sheet gives them (the header is 1), or why one cannot be read."""
    header = text.lstrip("\ufeff").partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
    columns = next(_records(reader), [])
    if isinstance(columns, str) or not {"title", "url"} <= {_NAMES.get(name.strip().lower()) for name in columns}:
        raise ValueError("its first row must name the columns, title and url among them")
    for number, cells in enumerate(_records(reader), 2):
        if isinstance(cells, str):
            yield number, cells
        elif len(cells) > len(columns):
            yield number, f"{len(cells)} cells, but {len(columns)} columns"
        elif any(cell.strip() for cell in cells):
            yield number, dict(zip(columns, cells, strict=False))


def _records(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not CSV: {error}"


def _lines(text: str) -> Iterator[tuple[int, _Row | str]]:
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if line.strip():
            yield number, _object(line)


def _object(line: str) -> _Row | str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"[:200]
    return value if isinstance(value, dict) else f"expected an object, found {_kind(value)}"
