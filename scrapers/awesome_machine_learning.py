"""Awesome Machine Learning: one Markdown page. A heading of the second level is a language, one below it a field of
work, and each bullet that begins with a link is an entry. Only links into code forges are projects: the others are web
sites, packages and books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._forge import once, owner, repository
from scrapers._html import plain
from scrapers._page import believable

_HEADING = re.compile(r"(#{2,6})\s+(.*)")
_BULLET = re.compile(r"\s*-?[*-]\s+(?:[*-]\s+)?(\[.*)")
"""Typing slips included: `* * [name]` and `-* [name]`."""
_BLOCK = re.compile(r"\s*(?:[*-]|#{1,6}\s|<)")
"""What ends the paragraph before it, as a blank line does."""
_LINK = re.compile(r"\[([^\[\]]*+)\]\(\s*+([^()\s]*+)[^()]*+\)")
_SEPARATOR = re.compile(r"\A(?:[.,:](?!\w))?\s*(?:->|[-–—:])?\s*")
"""Between the link and the words about it: ` - `, ` -> `, ` – `, `: ` or nothing."""
_DEPRECATED = re.compile(r"\[deprecated\]", re.IGNORECASE)

_NO_PROJECTS = frozenset({"table of contents", "books", "credits"})
_NO_LANGUAGES = frozenset({"tools", "opencv", "tensorflow"})
_NO_SKILLS = frozenset({"tools", "misc", "extra"})


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands."""

    url: str = "https://raw.githubusercontent.com/josephmisiti/awesome-machine-learning/master/README.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """One bullet, its continuation lines joined, and the headings it stands under."""

    section: str
    field: str
    text: str


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for a page without its headings and entries, EmptyAnswer for an empty one."""
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    entries = list(_entries(doc.text))
    if not entries:
        raise ParseError(doc.request.url, "not the list of Awesome Machine Learning: no linked bullet under a heading")
    page = believable(Page.of(entries, _read), doc.request.url)
    return replace(page, found=once(page.found))


def _entries(markdown: str) -> Iterator[Entry]:
    section = field = ""
    for first, lines in _paragraphs(markdown):
        if heading := _HEADING.match(first):
            section, field = (_words(heading[2]), "") if len(heading[1]) == 2 else (section, _words(heading[2]))
        elif section and section.lower() not in _NO_PROJECTS and (bullet := _BULLET.match(first)):
            yield Entry(section, field, " ".join((bullet[1], *lines)))


def _paragraphs(markdown: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading, bullet or text: its first line as it is, and the lines that go on with it, stripped."""
    first, more = "", list[str]()
    for line in [*markdown.splitlines(), ""]:
        if first and line.strip() and not _BLOCK.match(line):
            more.append(line.strip())
        else:
            yield first, more
            first, more = line.rstrip(), []


def _read(entry: Entry) -> Found | None:
    link = _LINK.match(entry.text)
    if link is None:
        raise ValueError("a bullet that begins with '[' but not with a link")
    url = repository(link[2])
    if not url:
        return None
    rest = entry.text[link.end() :]
    language = "" if entry.section.lower() in _NO_LANGUAGES else entry.section
    return Found(
        kind="project",
        key=url.lower(),
        title=_words(link[1]) or url.rpartition("/")[2],
        url=url,
        organization=owner(url),
        description=_SEPARATOR.sub("", _words(plain(_DEPRECATED.sub("", rest)))),
        category=entry.field,
        skills=_skills(entry),
        closed="the list marks it deprecated" if _DEPRECATED.search(rest) else "",
        extra={"lists": ["awesome-machine-learning"], "language": language},
    )


def _skills(entry: Entry) -> tuple[str, ...]:
    """The headings, and what the whole list is about: the names of many entries do not tell."""
    named = (name for name in (entry.section, entry.field) if name and name.lower() not in _NO_SKILLS)
    return tuple(dict.fromkeys((*named, "machine learning")))


def _words(markdown: str) -> str:
    """Markdown as one line of plain text: links by their text, emphasis and code marks dropped."""
    return " ".join(re.sub(r"[*`]+", "", _LINK.sub(r"\1", markdown)).split())


ADAPTER = Adapter(kind="awesome_machine_learning", options=Options, start=start, parse=parse)
