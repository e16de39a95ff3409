"""Free Programming Books: its page of free courses. A heading of the third level is a subject, one below it a part of
the subject, and each bullet that begins with a web link is a course:

    * [title](address) - authors (provider) *(note)*
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import credit
from scrapers._forge import once
from scrapers._page import believable
from scrapers._table import is_address

HOME = "https://github.com/EbookFoundation/free-programming-books"
_HEADING = re.compile(r"(#{3,6})\s+(.*)")
_BULLET = re.compile(r"\s*+[*-]\s+(\[.*)")
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\]|\[[^\[\]]*+\])*+)\]\(\s*+((?:[^()\s]|\([^()\s]*+\))*+)[^()]*+\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOTES = re.compile(r"\*+\(([^()]*)\)\*+|\*\*([^*]*)\*\*")
_GROUP = re.compile(r"\(([^()]*)\)\s*$")
_NO_PROVIDER = re.compile(
    r"(?:html|pdf|epub|mobi|videos?|playlist)(?:, (?:html|pdf|epub|mobi))*|.*\brequired\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands, and what of it to read."""

    url: str = (
        "https://raw.githubusercontent.com/EbookFoundation/free-programming-books/main/courses/free-courses-en.md"
    )
    subjects: tuple[str, ...] = ()
    """Headings of the list, such as "Machine Learning", with all below them; empty: the whole list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One bullet and the headings it stands under, the subject first."""

    subjects: tuple[str, ...]
    text: str


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for a page without its headings and entries, or without a subject asked for,
    EmptyAnswer for an empty one."""
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    entries = list(_entries(doc.text))
    if not entries:
        raise ParseError(doc.request.url, "not the list of free courses: no linked bullet under a heading")
    named = {subject.lower() for entry in entries for subject in entry.subjects}
    if lost := [subject for subject in o.subjects if subject.lower() not in named]:
        raise ParseError(doc.request.url, f"the list of free courses has no subject {lost[0]!r}")
    page = believable(Page.of((entry for entry in entries if _asked(entry, o)), _read), doc.request.url)
    return replace(page, found=once(page.found))


def _entries(markdown: str) -> Iterator[Entry]:
    """The bullets, those of the index left out: their links lead to headings."""
    path: list[str] = []
    for line in markdown.splitlines():
        if heading := _HEADING.match(line):
            path = [*path[: len(heading[1]) - 3], _words(heading[2])]
        elif path and (bullet := _BULLET.match(line)) and "](#" not in bullet[1]:
            yield Entry(tuple(filter(None, path)), bullet[1])


def _asked(entry: Entry, o: Options) -> bool:
    wanted = {subject.lower() for subject in o.subjects}
    return not wanted or any(subject.lower() in wanted for subject in entry.subjects)


def _read(entry: Entry) -> Found:
    link = _LINK.match(entry.text)
    if link is None:
        raise ValueError("a bullet that begins with '[' but not with a link")
    url, title = link[2], _words(link[1])
    if not is_address(url) or not title:
        raise ValueError("a link without a title or web address")
    rest = entry.text[link.end() :]
    notes = ", ".join(_words(note[1] or note[2]) for note in _NOTES.finditer(rest))
    authors, provider = _makers(_words(_NOTES.sub("", rest)))
    return Found(
        kind="course",
        key=url,
        title=title,
        url=url,
        organization=provider,
        description=f"By {authors}." if authors else "",
        category=" / ".join(entry.subjects),
        skills=entry.subjects,
        extra={
            **credit("via free-programming-books (CC BY 4.0)", HOME),
            "cost": "free",
            "authors": authors,
            "notes": notes,
        },
    )


def _makers(words: str) -> tuple[str, str]:
    """`- Ada, Bea (Provider)` → `("Ada, Bea", "Provider")`; a format such as (HTML) or what is required is neither."""
    words = words.replace("*", "").removeprefix("-").strip()
    provider = ""
    while group := _GROUP.search(words):
        words = words[: group.start()].strip()
        provider = provider or ("" if _NO_PROVIDER.fullmatch(group[1].strip()) else group[1].strip())
    return words, provider


def _words(markdown: str) -> str:
    return " ".join(_ESCAPED.sub(r"\1", markdown).replace("`", "").split())


ADAPTER = Adapter(kind="free_programming_books", options=Options, start=start, parse=parse)
