"""Best of ML Python: its file of projects, written by a program and therefore in one regular form of YAML, of which
exactly this is read:

    categories:
      - category: "nlp"
        title: "Text Data"
    projects:
      - name: Heather
        github_id: moor/heather
        labels: ["pytorch"]
        description: Words that may go on
          in a deeper line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import credit
from scrapers._forge import once, owner, repository
from scrapers._json import filled, flag, text_or, texts
from scrapers._page import believable

HOME = "https://github.com/ml-tooling/best-of-ml-python"
_SECTION = re.compile(r"([a-z_]+):\s*")
_FIRST = re.compile(r" {2}- ([a-z_]+):(?: (.*))?")
_KEY = re.compile(r" {4}([a-z_]+):(?: (.*))?")
_MORE = re.compile(r" {6,}(\S.*)")
_FLOW = re.compile(r"\[\s*(?:\"[^\"\\]*\"\s*(?:,\s*\"[^\"\\]*\"\s*)*)?\]")
_SINGLE = re.compile(r"'((?:[^']|'')*+)'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"')
_NOT_PLAIN = re.compile(r"[\[\]{},&*!|>'\"%@`#?-]|.*?(?:: | #|:$)")


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands."""

    url: str = "https://raw.githubusercontent.com/ml-tooling/best-of-ml-python/main/projects.yaml"


@dataclass(slots=True)
class Item:
    """The lines of one item, and the first line that is of no known form."""

    values: dict[str, str] = field(default_factory=dict)
    last: str = ""
    odd: str = ""


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for a file without its sections, EmptyAnswer for an empty one."""
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    sections = _sections(doc.text)
    for name in ("categories", "projects"):
        if not sections.get(name):
            raise ParseError(doc.request.url, f"not the list of Best of ML Python: no items under '{name}:'")
    titles = dict(_titles(sections["categories"]))
    page = believable(Page.of(sections["projects"], lambda item: _read(_record(item), titles)), doc.request.url)
    return replace(page, found=once(page.found))


# --------------------------------------------------------------------------------------------- the form
def _sections(text: str) -> dict[str, list[Item]]:
    """The items of each section. Sections that are no list of items are lists of nothing."""
    sections: dict[str, list[Item]] = {}
    items: list[Item] = []
    for line in text.splitlines():
        if section := _SECTION.fullmatch(line):
            items = sections.setdefault(section[1], [])
        elif first := _FIRST.fullmatch(line):
            items.append(Item({first[1]: (first[2] or "").strip()}, first[1]))
        elif items and line.strip():
            _add(items[-1], line)
    return sections


def _add(item: Item, line: str) -> None:
    key, more = _KEY.fullmatch(line), _MORE.fullmatch(line)
    if key and key[1] not in item.values:
        item.values[key[1]], item.last = (key[2] or "").strip(), key[1]
    elif more and not key:
        item.values[item.last] = f"{item.values[item.last]} {more[1].strip()}".strip()
    else:
        item.odd = item.odd or line


def _record(item: Item) -> Mapping[str, Any]:
    """The values of an item. Raises ValueError for what is not of the one form."""
    if item.odd:
        raise ValueError(f"a line of another form: {item.odd.strip()[:80]!r}")
    return {name: _value(written) for name, written in item.values.items()}


def _value(written: str) -> Any:
    """A list of quoted texts, a quoted or plain text, true or false."""
    if _FLOW.fullmatch(written) or _DOUBLE.fullmatch(written):
        return json.loads(written)
    if single := _SINGLE.fullmatch(written):
        return single[1].replace("''", "'")
    if written in ("true", "false"):
        return written == "true"
    if _NOT_PLAIN.match(written):
        raise ValueError(f"a value of another form: {written[:80]!r}")
    return written


def _titles(items: list[Item]) -> Iterator[tuple[str, str]]:
    """The title of each category by its name; one that does not fit keeps its name."""
    for item in items:
        try:
            values = _record(item)
            yield filled(values, "category"), filled(values, "title")
        except (KeyError, TypeError, ValueError):
            continue


# --------------------------------------------------------------------------------------------- the projects
def _read(row: Mapping[str, Any], titles: Mapping[str, str]) -> Found:
    name = filled(row, "name").strip()
    url = repository(f"https://github.com/{filled(row, 'github_id').strip()}")
    if not url:
        raise ValueError("github_id: is no owner/name")
    category = text_or(row, "category")
    title = titles.get(category, category)
    labels = texts(row, "labels") if isinstance(row.get("labels"), list) else (text_or(row, "labels"),)
    return Found(
        kind="project",
        key=url.lower(),
        title=name,
        url=url,
        organization=owner(url),
        description=text_or(row, "description"),
        category=title,
        skills=tuple(dict.fromkeys(filter(None, (*labels, title, "machine learning")))),
        hidden=not flag(row, "show", True),
        extra={
            **credit("via Best of ML Python (CC BY-SA 4.0)", HOME),
            "lists": ["best-of-ml-python"],
            "language": "Python",
            **({"license": text_or(row, "license")} if row.get("license") else {}),
        },
    )


ADAPTER = Adapter(kind="best_of_ml", options=Options, start=start, parse=parse)
