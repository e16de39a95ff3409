"""Data sets to begin with that ship with finder: those that scikit-learn itself brings or fetches. Asks no host."""

from __future__ import annotations

from dataclasses import dataclass, replace

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._json import Record, filled, record, texts, whole
from scrapers._page import believable, distinct
from scrapers._toml import document

_COUNTS = ("rows", "features", "classes")


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to choose."""


def start(o: Options) -> list[Request]:
    """The file, which is a part of finder."""
    return [Request("package:datasets.toml")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the file. Raises ParseError for another one."""
    body = document(doc)
    rows = body.get("dataset")
    if not isinstance(rows, list) or not all(isinstance(body.get(name), str) for name in ("base", "organization")):
        raise ParseError(doc.request.url, "not the list of data sets: no 'base', 'organization' and 'dataset'")
    page = believable(Page.of(rows, lambda row: _read(record(row), body)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(row: Record, body: Record) -> Found:
    load = filled(row, "load").strip()
    return Found(
        kind="dataset",
        key=load,
        title=filled(row, "title").strip(),
        url=f"{body['base']}{load}.html",
        organization=body["organization"],
        description=filled(row, "description"),
        skills=texts(row, "skills"),
        extra={"task": [filled(row, "task")], **{name: whole(row, name) for name in _COUNTS if name in row}},
    )


ADAPTER = Adapter(kind="own_datasets", options=Options, start=start, parse=parse)
