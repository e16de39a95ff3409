"""Personio job boards: an XML feed that Personio documents for everyone, one a company, no paging.

An account that does not exist, or one that has switched its feed off, answers with an HTML page.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._page import believable, distinct
from scrapers._xml import needed, root, rows, words


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    account: str
    """The NAME in `NAME.jobs.personio.de`."""
    domain: Literal["de", "com"] = "de"
    """Where the board is held."""
    language: str = "en"
    """Of the texts, as far as the company wrote them in it."""
    company: str = ""
    """The name to show; empty: what the postings say, else the account."""
    base: str = ""


def _origin(o: Options) -> str:
    return o.base or f"https://{o.account}.jobs.personio.{o.domain}"


def start(o: Options) -> list[Request]:
    """The whole board in one request."""
    return [Request(f"{_origin(o)}/xml?language={o.language}")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a board. Raises ParseError for anything that is not one, such as an HTML page."""
    positions = rows(root(doc, "workzag-jobs"), "position")
    page = believable(Page.of(positions, lambda row: _read(row.element, o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(position: Element, o: Options) -> Found:
    key = needed(position, "id")
    if not key.isdecimal():
        raise ValueError(f"id: not a number: {key[:40]!r}")
    return Found(
        kind="job",
        key=key,
        title=needed(position, "name"),
        url=f"{_origin(o)}/job/{key}",
        organization=o.company or words(position, "subcompany") or o.account,
        locations=_locations(position),
        posted=words(position, "createdAt"),
        description="\n\n".join(_texts(position)),
        employment=_joined(position, "employmentType", "schedule", "seniority").replace("_", " "),
        category=_joined(position, "department", "recruitingCategory"),
    )


def _joined(position: Element, *names: str) -> str:
    return ", ".join(dict.fromkeys(filter(None, (words(position, name) for name in names))))


def _locations(position: Element) -> tuple[str, ...]:
    more = position.findall("additionalOffices/office")
    told = (words(position, "office"), *("".join(office.itertext()).strip() for office in more))
    return tuple(dict.fromkeys(filter(None, told)))


def _texts(position: Element) -> Iterator[str]:
    """The parts of the text in the order of the page, each under its heading."""
    for part in position.findall("jobDescriptions/jobDescription"):
        heading = html.escape(words(part, "name"))
        if text := plain(words(part, "value")):
            yield f"{plain(heading)}\n{text}".strip()


ADAPTER = Adapter(kind="personio", employer=True, options=Options, start=start, parse=parse)
