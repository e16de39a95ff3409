"""The line in tests: an origin on loopback that can be changed between refreshes, and short ways to refresh from it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from _origin import Asked, Origin, Reply, Script, broken, reply, serving
from _store import rows

from db.read import STATES, Reader
from finder.app import Plan, Report, refresh
from finder.cli.refresh import Silent
from finder.config import Config, FetchSettings, SourceSettings, SourcesSettings, VerifySettings
from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Opening, Page, Request, SourceResult

START = datetime(2026, 8, 22, 10, tzinfo=UTC)
Document = str | Reply


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


# ------------------------------------------------------------------------------------------------ the origin
@contextmanager
def in_thread(script: Script, host: str = "127.0.0.1") -> Iterator[Origin]:
    """Serve a script while the test itself is not asynchronous."""
    ready, origins, stop = threading.Event(), [], []

    async def main() -> None:
        stop.append((asyncio.get_running_loop(), asyncio.Event()))
        async with serving(script, host=host) as origin:
            origins.append(origin)
            ready.set()
            await stop[0][1].wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield origins[0]
    finally:
        loop, event = stop[0]
        loop.call_soon_threadsafe(event.set)
        thread.join(10)


@dataclass
class Site:
    """Documents by path. Text is served as a careful host would: with an ETag, and 304 to whoever knows it."""

    origin: Origin
    documents: dict[str, Document]

    def __setitem__(self, path: str, document: Document) -> None:
        self.documents[path] = document

    def url(self, path: str) -> str:
        return self.origin.url + path

    @property
    def asked(self) -> list[Asked]:
        """Requests for pages since the last `forget`."""
        return [asked for asked in self.origin.asked if asked.path != "/robots.txt"]

    @property
    def paths(self) -> list[str]:
        return [asked.path.partition("?")[0] for asked in self.asked]

    def forget(self) -> None:
        self.origin.asked.clear()


@contextmanager
def site(host: str = "127.0.0.1", **documents: Document) -> Iterator[Site]:
    """A site with these documents: `site(a="…")` has /a."""
    held = {f"/{name}": document for name, document in documents.items()}

    def script(asked: Asked) -> Reply:
        document = held.get(asked.path.partition("?")[0], reply(404))
        return document if not isinstance(document, str) else _careful(document.encode(), asked)

    with in_thread(script, host) as origin:
        yield Site(origin, held)


def _careful(body: bytes, asked: Asked) -> bytes:
    mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return reply(304, etag=mark) if asked.headers.get("if-none-match") == mark else reply(200, body, etag=mark)


DROP = broken(b"")
HTML = "<!doctype html><title>Just a moment</title><body>Are you human?"


# ------------------------------------------------------------------------------------------------ documents
def row(number: int, **others: Any) -> dict[str, Any]:
    """A row of a JSON list."""
    return {
        "id": f"row-{number}",
        "company_name": f"Company {number % 7}",
        "title": f"Machine Learning Intern {number}",
        "url": f"https://company{number % 7}.example/jobs/{number}",
        "locations": ["Oslo"],
        "active": True,
        "date_posted": 1_780_000_000,
    } | others


def listed(numbers: Iterable[int], **others: Any) -> str:
    """A JSON list with these rows."""
    return json.dumps([row(number, **others) for number in numbers])


def board(numbers: Iterable[int]) -> str:
    """A Lever board with these postings."""
    return json.dumps(
        [
            {
                "id": f"posting-{n}",
                "text": f"Data Science Intern {n}",
                "hostedUrl": f"https://jobs.lever.co/acme/posting-{n}",
                "createdAt": 1_780_000_000_000,
                "categories": {"location": "Oslo"},
            }
            for n in numbers
        ]
    )


def table(*ages: str) -> str:
    """A README with a row for each age."""
    lines = [f"| Acme | Intern {n} | Oslo | [Apply](https://acme.example/{n}) | {age} |" for n, age in enumerate(ages)]
    return "\n".join(["| Company | Role | Location | Link | Age |", "|---|---|---|---|---|", *lines, ""])


# ------------------------------------------------------------------------------------------------ sources
def a_list(name: str, url: str, **others: Any) -> SourceSettings:
    return source(name, "json_list", url=url, **others)


def source(name: str, adapter: str, every: str = "12h", enabled: bool = True, **options: Any) -> SourceSettings:
    return SourceSettings(name, adapter, enabled=enabled, every=every, options=options, origin="test.toml")


@dataclass(frozen=True)
class Start:
    url: str


def lines(doc: Fetched, _options: Any) -> Page:
    """A page of few words: `key` or `key=title` is an item, `>path` leads on, `?path` leads to details that the source
    can do without, `key+words` is such a detail, `!` is a bug of ours, `partial` says that it is not all."""
    found, follow, details, complete = [], [], [], True
    base = doc.request.url[: doc.request.url.index("/", 8)]
    for word in doc.text.split():
        if word == "!":
            raise ZeroDivisionError("a surprise\nin two lines")
        if word == "junk":
            raise ParseError(doc.request.url, "not a page of ours")
        if word[0] in ">?":
            follow.append(Request(base + word[1:], optional=word[0] == "?"))
        elif "+" in word:
            key, _, told = word.partition("+")
            details.append(Detail(key, "more", {"description": told}))
        elif word == "partial":
            complete = False
        else:
            key, _, title = word.partition("=")
            found.append(Found(kind="job", key=key, title=title or key, url=f"https://acme.example/jobs/{key}"))
    return Page(tuple(found), next=tuple(follow), details=tuple(details), complete=complete)


def lines_adapter(**others: Any) -> Adapter:
    return Adapter(kind="lines", options=Start, start=lambda o: [Request(o.url)], parse=lines, **others)


# ------------------------------------------------------------------------------------------------ refreshing
@dataclass
class Watch(Silent):
    """Notes what it is told."""

    names: list[str] = field(default_factory=list)
    results: list[SourceResult] = field(default_factory=list)

    def planned(self, names: list[str]) -> None:
        self.names += names

    def finished(self, result: SourceResult) -> None:
        self.results.append(result)


@dataclass
class Line:
    """A store, its sources, and refreshes of it."""

    db: Path
    sources: list[SourceSettings]
    settings: dict[str, Any] = field(default_factory=dict)
    pages: int = 0
    """Openings' own pages looked at in a refresh."""
    environ: dict[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=lambda: Report(()))

    @property
    def config(self) -> Config:
        fetch = {"pace": 0.0, "allow_private": True, "retries": 0, "timeout": 5.0} | self.settings
        return Config(
            db=self.db,
            sources=tuple(self.sources),
            fetch=FetchSettings(**fetch),
            collection=SourcesSettings(defaults=False),
            verify=VerifySettings(self.pages),
        )

    def refresh(self, hours: float = 0, *only: str, everything: bool = True) -> dict[str, SourceResult]:
        """What each source did, so many hours after START."""
        plan = Plan(everything, only)
        self.report = refresh(self.config, self.environ, lambda: after(hours), plan, Silent())
        return {result.name: result for result in self.report.results}

    def one(self, hours: float = 0, **plan: Any) -> SourceResult:
        """The same where there is one source."""
        (result,) = self.refresh(hours, **plan).values()
        return result

    def openings(self, *states: str) -> dict[str, Opening]:
        """Openings in these states (all) by their title."""
        with Reader.open(self.db) as reader:
            ids = [number for (number,) in rows(self.db, "SELECT id FROM opening")]
            found = reader.openings(states=states or STATES, ids=ids, describe=True)
        return {opening.title: opening for opening in found}

    def states(self) -> dict[str, str]:
        return {title: opening.state for title, opening in sorted(self.openings().items())}

    def content(self) -> list[Any]:
        """All the store says of openings, but when they were last seen."""
        tables = {
            "opening": "id, title, url, posted_at, state, state_at, content, first_seen",
            "sighting": "key, state, page, url, content, missing_since",
            "fact": "sighting, part, digest, seen_at",
        }
        return [sorted(rows(self.db, f"SELECT {columns} FROM {name}")) for name, columns in tables.items()]

    def memory(self) -> dict[str, str]:
        """Path of each page that is remembered, and its ETag."""
        pages = rows(self.db, "SELECT key, etag FROM page")
        return {key.partition(" ")[2].split("/", 3)[3].partition("?")[0]: mark for key, mark in pages}
