"""Curricula of the Open Source Society University: one Markdown page each, with a table of courses under each heading.
Their column of prerequisites is kept word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from urllib.parse import urljoin

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import credit
from scrapers._forge import once
from scrapers._page import believable
from scrapers._table import Table, is_address, read, tables

HOME = "https://github.com/ossu"
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_TITLE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\]\(\s*+((?:[^()\s]|\([^()\s]*+\))*+)[^()]*+\)")
_RAW, _SHOWN = re.compile(r"^https://raw\.githubusercontent\.com/([^/]+/[^/]+)/"), r"https://github.com/\1/blob/"
"""Where the page is fetched, and where people read what it links to beside it."""
_NOTHING = frozenset({"", "-", "–", "none"})
_UNKNOWN = re.compile(r"-\s*(?:weeks?|hours?/week|months?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """Which curriculum."""

    url: str = "https://raw.githubusercontent.com/ossu/computer-science/master/README.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by the names of their columns in lower case, and the heading above."""

    heading: str
    cells: Mapping[str, str]


def start(o: Options) -> list[Request]:
    """The whole page in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the tables of courses. Raises ParseError for a page without any, EmptyAnswer for an empty one."""
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    rows = list(_rows(doc))
    if not rows:
        raise ParseError(doc.request.url, "not a curriculum: no table with the columns Courses, Duration and Effort")
    page = believable(Page.of(rows, lambda row: _read(row, o)), doc.request.url)
    return replace(page, found=once(page.found))


def _rows(doc: Fetched) -> Iterator[Row]:
    for heading, text in _chapters(doc.text):
        for table in tables(doc.request.url, text):
            names = [read(cell).text.lower() for cell in table.header]
            if {"courses", "duration", "effort"} <= set(names):
                yield from _cells(table, names, heading)


def _chapters(markdown: str) -> Iterator[tuple[str, str]]:
    """Each heading and the text up to the next one."""
    heads = [*_HEADING.finditer(markdown)]
    for head, following in zip_longest(heads, heads[1:]):
        yield read(head[1]).text, markdown[head.end() : following.start() if following else len(markdown)]


def _cells(table: Table, names: list[str], heading: str) -> Iterator[Row]:
    """Cells at the end of a row may be left out: the forge shows such rows all the same."""
    for cells in table.rows:
        yield Row(heading, dict(zip(names, cells, strict=False)))


def _read(row: Row, o: Options) -> Found:
    course = _TITLE.match(row.cells["courses"])
    if course is None:
        raise ValueError("courses: does not begin with a link")
    title, url = read(course[1]).text, urljoin(_RAW.sub(_SHOWN, o.url), course[2])
    if not title or not is_address(url):
        raise ValueError("courses: a link without a title or web address")
    told = {name: read(row.cells.get(name, "")).text for name in ("duration", "effort", "prerequisites")}
    required = "" if told["prerequisites"].lower() in _NOTHING else told["prerequisites"]
    known = {name: told[name] for name in ("duration", "effort") if not _UNKNOWN.fullmatch(told[name]) and told[name]}
    return Found(
        kind="course",
        key=url,
        title=title,
        url=url,
        description=f"Prerequisites: {required}." if required else "",
        category=row.heading,
        skills=(row.heading,),
        extra={**credit("via OSSU", HOME), "lists": ["ossu"], "cost": "free", **known, "prerequisites": required},
    )


ADAPTER = Adapter(kind="ossu", options=Options, start=start, parse=parse)
