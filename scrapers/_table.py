"""Tables of a Markdown document, pipe and HTML alike, and what stands in their cells. Every pattern is linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from scrapers._html import tree, unescape


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows, each a list of cells as they are written."""

    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, line by line, and the web addresses that it leads to."""

    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    cut: bool = False
    """Whether it ends within a tag or an address: the document broke off, and what stands there is not to be used."""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


# --------------------------------------------------------------------------------------------- tables
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TABLE = re.compile(r"<table(?=[\s>])", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*+>", re.IGNORECASE)
_FENCES = ("```", "~~~")
_WHOLE = re.compile(
    r"\\."  # an escaped sign
    r"|<[a-zA-Z/][^<>]*+>"  # a tag or <address>
    r"|\[[^\[\]]*+\]\([^()\s]*+\)"  # a link
    r"|\]\([^()\s]*+\)"  # the end of a link round an image
    r"|\|",
    re.DOTALL,
)


def tables(url: str, text: str) -> Iterator[Table]:
    """Every table of the document, in order. Raises ParseError where HTML would stop the parser."""
    text, at = _COMMENT.sub("", text), 0
    for start in _TABLE.finditer(text):
        if start.start() < at:
            continue
        yield from _pipe_tables(text[at : start.start()])
        end = _TABLE_END.search(text, start.end())
        at = end.end() if end else len(text)
        yield from _html_table(url, text[start.start() : at])
    yield from _pipe_tables(text[at:])


def _html_table(url: str, markup: str) -> Iterator[Table]:
    rows = [[cell.inner_html or "" for cell in _cells(row)] for row in tree(url, markup).css("tr")]
    if rows:
        yield Table(rows[0], [row for row in rows[1:] if row])


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag in ("td", "th")]


def _pipe_tables(text: str) -> Iterator[Table]:
    """A table ends at other text; an empty line does not end it, for lists that lose rows to one are common."""
    table, before = None, ""
    for line in _outside_fences(text):
        if _is_rule(line) and "|" in before:
            if table:
                yield Table(table.header, table.rows[:-1])
            table = Table(split(before), [])
        elif table and "|" in line:
            table.rows.append(split(line))
        elif table and line:
            yield table
            table = None
        before = line or before
    if table:
        yield table


def _outside_fences(text: str) -> Iterator[str]:
    fence = ""
    for line in map(str.strip, text.split("\n")):
        if fence or line.startswith(_FENCES):
            fence = "" if fence and line.startswith(fence) else fence or line[:3]
        else:
            yield line


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip("|-: \t")


def split(line: str) -> list[str]:
    """The cells of a row. A pipe that is escaped, in a tag or in a link is part of its cell."""
    cells, at = [], 0
    for part in _WHOLE.finditer(line):
        if part[0] == "|":
            cells.append(line[at : part.start()])
            at = part.end()
    cells.append(line[at:])
    first = 1 if line.startswith("|") else 0
    return [cell.strip() for cell in (cells[first:-1] if not cells[-1].strip() else cells[first:])]


# --------------------------------------------------------------------------------------------- cells
_TARGET = r"(?:\s*+<[^<>]*+>|(?:[^()\s<>]|\([^()\s]*+\))*+)[^()]*+"
_IMAGE = re.compile(rf"!\[[^\[\]]*+\]\({_TARGET}\)|<(?:img|source)\b[^<>]*+>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^<>]*>[^<]*(?:<(?!/?summary)[^<]*)*</summary>", re.IGNORECASE)
"""Unrolled: Python before 3.11.5 misreads a possessive group that begins with a lookahead."""
_ADDRESS = re.compile(
    r"\]\(\s*+<([^<>]*+)>"
    r"|\]\(((?:[^()\s<>]|\([^()\s]*+\))++)"
    r"|\bhref\s*+=\s*+[\"']([^\"'<>]*+)[\"']"
    r"|(https?://[^\s<>\"'|)\]]++)",
    re.IGNORECASE,
)
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\]\({_TARGET}\)")
_BARE = re.compile(r"<?https?://[^\s<>\"'|)\]]++>?", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|details)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_EMPHASIS = re.compile(r"\*\*|__|~~|`")
_CUT = re.compile(r"(?:<[a-zA-Z/]|\]\()[^<>()]*+\Z")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(markup: str) -> Cell:
    """Text and addresses of a cell. Images, the summary of <details> and all formatting are left out."""
    shown = _SUMMARY.sub("", _IMAGE.sub("", markup))
    found = (next(filter(None, match.groups()), "") for match in _ADDRESS.finditer(shown))
    links = dict.fromkeys(link for raw in found if is_address(link := unescape(raw).strip()))
    text = _TAG.sub("", _BREAK.sub("\n", _BARE.sub("", _LINK.sub(r"\1", shown))))
    text = unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return Cell(tuple(line for line in lines if line), tuple(links), bool(_CUT.search(markup)))


def is_address(text: str) -> bool:
    """Whether it is an absolute http or https address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
