"""Up For Grabs: projects with tasks for newcomers, one JSON document of all its project files by slug."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._forge import once, owner, repository
from scrapers._json import Record, filled, moment, record, text_or, texts, whole
from scrapers._page import believable


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands."""

    url: str = "https://up-for-grabs.net/javascripts/projects.json"


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for anything else."""
    body = doc.json()
    if not isinstance(body, dict) or not any(isinstance(row, dict) and "upforgrabs" in row for row in body.values()):
        raise ParseError(doc.request.url, "not the list of Up For Grabs: no entry has 'upforgrabs'")
    page = believable(Page.of(body.items(), _read), doc.request.url)
    return replace(page, found=once(page.found))


def _read(entry: tuple[str, Any]) -> Found:
    slug, row = entry[0].strip(), record(entry[1])
    if not slug:
        raise ValueError("an entry without a slug")
    tasks = record(row["upforgrabs"], "upforgrabs")
    link, site = filled(tasks, "link").strip(), text_or(row, "site").strip()
    url = repository(link) or repository(site)
    return Found(
        kind="project",
        key=slug,
        title=filled(row, "name").strip(),
        url=url or site or link,
        organization=owner(url),
        description=text_or(row, "desc").strip(),
        skills=texts(row, "tags"),
        extra={
            "label": unquote(text_or(tasks, "name")).strip(),
            "issues_url": link,
            "lists": ["up-for-grabs"],
            **_counts(record(row.get("stats") or {}, "stats")),
        },
    )


def _counts(stats: Record) -> dict[str, Any]:
    """What the list counted itself, and when: its figures may be years old."""
    told: dict[str, Any] = {}
    if stats.get("issue-count") is not None:
        told["issue_count"] = whole(stats, "issue-count")
    if stats.get("last-updated") is not None:
        told["stats_at"] = moment(stats, "last-updated")
    return told


ADAPTER = Adapter(kind="up_for_grabs", options=Options, start=start, parse=parse)
