"""Internship lists kept as tables of a Markdown document: pipe tables, HTML tables, HTML inside pipe tables.

Columns are told by the words of the header, so lists that order them differently are read alike, and tables that are
no listings (legends, indexes) are passed over. A row without a link has a key made from its words: the lists take the
link away when they close a row.

A list of programs names no companies, only programs and whether each is open. Their names stay whole, since which word
of them is the company is not told; a program of which the list does not say whether it is open is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._page import believable, digest, distinct
from scrapers._table import Cell, Table, read, tables


@dataclass(frozen=True, slots=True)
class Options:
    """One document."""

    url: str
    lists: Literal["internship", "job"] = "internship"
    """What its rows are."""
    windowed: bool = False
    """Whether it shows only its newest rows, so that absence from it says nothing."""


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "company": ("company", "company name", "employer", "organization", "organisation", "firm"),
    "title": ("title", "job title", "position", "role", "internship", "program"),
    "location": ("location", "locations", "location(s)", "job location", "city", "place"),
    "link": ("apply", "application", "application/link", "application link", "apply link", "posting", "link", "url"),
    "posted": ("date posted", "posted", "date added", "added", "date", "age"),
    "term": ("terms", "term", "season"),
    "pay": ("salary", "pay", "compensation"),
    "model": ("work model", "work mode", "work type", "remote"),
    "details": ("details",),
    "deadline": ("deadline", "application deadline", "closing date", "apply by"),
    "sponsorship": ("sponsorship", "visa sponsorship", "visa"),
    "category": ("category", "field"),
}
"""What each column is called, in lower case; the first word that the header has is taken."""

PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "title": ("name", "program", "program name"),
    "status": ("status", "status/open date", "open date"),
    "years": ("year", "years", "eligibility"),
    "note": ("note", "notes"),
}
"""The same for a list of programs."""

_CLOSED = re.compile("🔒|❌|\\bclosed\\b", re.IGNORECASE)
_OPEN = re.compile("✅|^open(?: now| year-round)?$", re.IGNORECASE)
_SAME = frozenset("↳⤷")
"""Stands for the company of the row above."""
_MARKS = {"🛂": "does not offer sponsorship", "🇺🇸": "requires U.S. citizenship"}
_ADVANCED = "🎓"
"""What the legend of the Simplify lists says of the signs behind a title; the last one asks for an advanced degree."""
_TERM = re.compile(r"(?:spring|summer|fall|autumn|winter)\s20\d\d", re.IGNORECASE)
_PAY = re.compile(r"[$€£]\s?\d")
_REMOTE = {"remote": True, "on site": False, "on-site": False, "onsite": False, "in person": False}
_AGGREGATORS = frozenset({"simplify.jobs", "www.simplify.jobs"})
"""Hosts whose link stands beside the employer's own."""
_TRACKING = frozenset({"ref", "source", "src"})


def start(o: Options) -> list[Request]:
    """The one document."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read every listing table. Raises ParseError for a document without one; a listing table may be empty."""
    url = doc.request.url
    _check(doc)
    listings = [(table, columns) for table in tables(url, doc.text) if (columns := _columns(table))]
    if not listings:
        raise _no_listing(doc)
    rows = [row for table, columns in listings for row in _rows(table, columns)]
    page = Page.of(rows, lambda row: _program(row, o) if "status" in row else _read(row, o))
    return replace(believable(page, url), found=distinct(page.found))


def _check(doc: Fetched) -> None:
    """Refuse what is no Markdown document at all."""
    start = doc.text.lstrip()[:14].lower()
    if not start:
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    if start.startswith(("<!doctype html", "<html")):
        raise ParseError(doc.request.url, "looks like an HTML page, not a list")


def _no_listing(doc: Fetched) -> ParseError:
    headers = [", ".join(_names(table)) for table in tables(doc.request.url, doc.text)]
    seen = f"there are tables of {'; '.join(headers)[:200]!a}" if headers else "there is no table at all"
    return ParseError(doc.request.url, f"no table with columns for company and title; {seen}")


# --------------------------------------------------------------------------------------------- columns and rows
def _names(table: Table) -> list[str]:
    return [_unsigned(read(cell).text).lower() for cell in table.header]


def _columns(table: Table) -> dict[str, int]:
    """Column → its place in the table; {} if it is neither a listing nor a list of programs."""
    names = _names(table)
    columns = _placed(names, COLUMNS)
    if columns.keys() >= {"company", "title"}:
        return columns
    columns = _placed(names, PROGRAMS)
    return columns if columns.keys() >= {"title", "status"} and _says_of_any(table, columns["status"]) else {}


def _says_of_any(table: Table, at: int) -> bool:
    """Whether it says of any of its programs that it is open or closed: tables with names and states are many."""
    told = (read(cells[at]).text for cells in table.rows if at < len(cells))
    return any(_CLOSED.search(text) or _OPEN.search(text) for text in told)


def _placed(names: list[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    return {column: names.index(word) for column, words in known.items() for word in words[::-1] if word in names}


def _rows(table: Table, columns: Mapping[str, int]) -> Iterator[dict[str, Cell]]:
    above = Cell()
    for cells in table.rows:
        if any(cells):
            row = {name: read(cells[at]) if at < len(cells) else Cell() for name, at in columns.items()}
            if "company" in row:
                if row["company"].lines and _SAME.issuperset(row["company"].text):
                    row["company"] = above
                above = row["company"]
            yield row


def _program(row: Mapping[str, Cell], o: Options) -> Found | None:
    """None for a program of which the list itself does not say whether it is open."""
    title, status = _stated(row, "title"), row["status"].text
    closed = _CLOSED.search(status)
    if not closed and not _OPEN.search(status):
        return None
    url = _link(row)
    return Found(
        kind=o.lists,
        key=_key(url) if url else f"text:{digest(title)}",
        title=title,
        url=url,
        closed=f"marked closed ({status})" if closed else "",
        description="\n".join(_cell(row, "note").lines),
        extra={"for": years} if (years := _cell(row, "years").text) else {},
    )


def _stated(row: Mapping[str, Cell], name: str) -> str:
    """What a cell says, which it must. Raises ValueError; so does any cell of the row that was cut off."""
    if cut := [column for column, cell in row.items() if cell.cut]:
        raise ValueError(f"{cut[0]}: is cut off")
    if not (value := _unsigned(row[name].text)):
        raise ValueError(f"{name}: is blank")
    return value


def _read(row: Mapping[str, Cell], o: Options) -> Found:
    title, company, url = _stated(row, "title"), _stated(row, "company"), _link(row)
    locations = tuple(part.strip() for line in _cell(row, "location").lines for part in line.split(" / "))
    return Found(
        kind=o.lists,
        key=_key(url) if url else f"text:{digest(company, title, *locations)}",
        title=title,
        url=url,
        organization=company,
        locations=locations,
        remote=_remote(row),
        closed=_closed(row),
        posted=_cell(row, "posted").text,
        deadline=_cell(row, "deadline").text,
        category=_cell(row, "category").text,
        terms=_terms(row),
        pay=_cell(row, "pay").text or next((part for part in _details(row) if _PAY.search(part)), ""),
        employment=_details(row)[0],
        sponsorship=_sponsorship(row),
        degrees=("advanced degree",) if _ADVANCED in row["title"].text else (),
    )


# --------------------------------------------------------------------------------------------- one row
def _cell(row: Mapping[str, Cell], name: str) -> Cell:
    return row.get(name) or Cell()


def _details(row: Mapping[str, Cell]) -> list[str]:
    """A column that holds several things: 'Co-op · 8mo · $20/hr · Fall 2026'."""
    return [part.strip() for part in _cell(row, "details").text.split("·")]


def _terms(row: Mapping[str, Cell]) -> tuple[str, ...]:
    told = [part.strip() for part in _cell(row, "term").text.split(",")]
    terms = told if any(told) else [part for part in _details(row) if _TERM.fullmatch(part)]
    return tuple(term for term in terms if term and term.upper() != "N/A")


def _sponsorship(row: Mapping[str, Cell]) -> str:
    marked = (words for sign, words in _MARKS.items() if sign in row["title"].text)
    return "; ".join(filter(None, (_unsigned(_cell(row, "sponsorship").text), *marked)))


def _remote(row: Mapping[str, Cell]) -> bool | None:
    """Only where a cell says so plainly: a column of its own, the whole location, or '(Onsite)' behind it."""
    place = _cell(row, "location").text
    said = _cell(row, "model").text or place[place.rfind("(") + 1 :].rstrip(")")
    return _REMOTE.get(said.lower())


def _closed(row: Mapping[str, Cell]) -> str:
    """The list's own words for a closed row, from the column of the link; a lock counts anywhere."""
    told = _cell(row, "link").text
    if _CLOSED.search(told) or any("🔒" in cell.text for cell in row.values()):
        return f"marked closed ({told or '🔒'})"
    return ""


def _link(row: Mapping[str, Cell]) -> str:
    """The employer's link where there are several; without a column for it, the title's or else the company's."""
    links = _cell(row, "link").links or row["title"].links or (() if "link" in row else _cell(row, "company").links)
    own = (link for link in links if urlsplit(link).netloc.lower() not in _AGGREGATORS)
    return next(own, links[0] if links else "")


def _key(url: str) -> str:
    """The address without what only tells where the visitor came from."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0].lower())]
    tail = (f"?{urlencode(query)}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{tail}"


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKING


def _unsigned(text: str) -> str:
    """Without the emoji at either end, by which lists mark rows as hot, new or closed."""
    start, end = 0, len(text)
    while start < end and _is_sign(text[start]):
        start += 1
    while end > start and _is_sign(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_sign(char: str) -> bool:
    return char in " \ufe0f\u200d" or (unicodedata.category(char) == "So" and char not in "®©™")


ADAPTER = Adapter(kind="table_list", options=Options, start=start, parse=parse, windowed=lambda o: bool(o.windowed))
