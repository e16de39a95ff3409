"""Organizations of Google Summer of Code, one JSON document a year, made by gsocorganizations.dev from the official
archive. Which keys an organization has differs from year to year. Addresses to write to are not kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, credit, envelope
from scrapers._json import Record, filled, record, text_or, texts, whole
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """Which year."""

    year: Annotated[int, between(2016, 2100)] = 2026
    base: str = "https://api.gsocorganizations.dev"


def start(o: Options) -> list[Request]:
    """All organizations of the year in one request."""
    return [Request(f"{o.base}/{o.year}.json")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list; an empty one is of a year whose organizations are not announced. Raises ParseError for anything
    else."""
    _, rows = envelope(doc, "organizations", "the list of Summer of Code")
    page = believable(Page.of(rows, lambda row: _read(record(row), o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(row: Record, o: Options) -> Found:
    name, home = filled(row, "name").strip(), filled(row, "url").strip()
    topics, technologies = _each(row, "topics"), _each(row, "technologies")
    links = {link: text_or(row, link).strip() for link in ("ideas_url", "guide_url")}
    return Found(
        kind="project",
        key=name.lower(),
        title=name,
        url=text_or(row, "projects_url").strip() or home,
        organization=name,
        description=text_or(row, "description").strip(),
        category=text_or(row, "category").strip(),
        skills=tuple(dict.fromkeys((*technologies, *topics))),
        extra={
            **credit("via gsocorganizations.dev", "https://www.gsocorganizations.dev"),
            "lists": [f"gsoc-{o.year}"],
            "year": o.year,
            "home": home,
            "topics": list(topics),
            **{link: address for link, address in links.items() if address},
            **({"projects": whole(row, "num_projects")} if row.get("num_projects") else {}),
        },
    )


def _each(row: Record, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in texts(row, name) if word.strip()))


ADAPTER = Adapter(kind="gsoc", options=Options, start=start, parse=parse)
