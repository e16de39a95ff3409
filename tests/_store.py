"""Looks at invented sources, and ways to see what the store made of them."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from db import backup
from db.look import Recorded, Sighted, SourceLook
from db.read import STATES, Reader
from db.store import Store
from finder.crawl import Remembered
from finder.model import Facets, Found, Kind, Listing, Need, Opening, Place, Validators

NOW = datetime(2026, 8, 22, 10, tzinfo=UTC)
LIST_PAGE = "GET https://list.example/data.json"
BERLIN = Place("Berlin, Germany", "Berlin", "BE", "DE")
OSLO = Place("Oslo", "Oslo", "", "NO")


def at(hours: float) -> datetime:
    """Some hours after the beginning of every test."""
    return NOW + timedelta(hours=hours)


@contextmanager
def new_store(folder: Path, quick: bool = True) -> Iterator[Store]:
    """A store as `Store.open` makes one; `quick`: a copy of one made before, which does not wait for the disk."""
    path = folder / "finder.db"
    if quick:
        shutil.copyfile(_template(), path)
        path.chmod(0o600)
    with Store.open(path) as store:
        if quick:
            driver = store._connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA synchronous = OFF")
            store._connection.rollback()
        yield store


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="finder-tests-"))
    atexit.register(shutil.rmtree, folder)
    Store.open(folder / "template.db").close()
    return folder / "template.db"


def item(
    key: str = "1",
    *,
    identity: str = "",
    page: str = LIST_PAGE,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
    places: Sequence[Place] = (BERLIN,),
    posted_at: datetime | None = None,
    updated_at: datetime | None = None,
    deadline: datetime | None = None,
    kind: Kind = "internship",
    title: str = "Machine Learning Intern",
    organization: str = "Blue Heron Labs",
    **others: Any,
) -> Sighted:
    """One item; by default its identity is its address and its facts are what its Found says."""
    url = others.pop("url", f"https://jobs.example/{key}")
    found = Found(kind=kind, key=key, title=title, url=url, organization=organization, **others)
    listing = Listing(
        found=found,
        identity=identity or f"url:{url}",
        url=url,
        title=title,
        organization=organization,
        places=tuple(places),
        remote=found.remote,
        terms=found.terms,
        posted_at=posted_at,
        updated_at=updated_at,
        deadline=deadline,
    )
    told = {"key": key, "title": title, "url": url, "organization": organization, **others}
    return Sighted((page,), listing, parts or {"": told})


def look(*items: Sighted, source: str = "list", run: int = 1, **others: Any) -> SourceLook:
    """An accepted look that showed these items."""
    values: dict[str, Any] = {"adapter": "json_list", "started": NOW, "outcome": "ok", "found": len(items)}
    return SourceLook(source=source, run=run, items=items, **(values | others))


def record(store: Store, *items: Sighted, hours: float = 0, **others: Any) -> Recorded:
    """Record a look at that time, as one of a run of its own if there is none yet."""
    return store.record(look(*items, run=the_run(store), **others), at(hours))


def the_run(store: Store) -> int:
    """The number of a run to record looks of."""
    with reader(store) as reading:
        runs = reading.runs(1)
    return runs[0].number if runs else store.begin_run(NOW)


def reader(store: Store) -> Reader:
    """A fresh look into a store that is open for writing."""
    return Reader.open(path_of(store))


def path_of(store: Store) -> Path:
    return store._path


def everything(store: Store) -> dict[str, Opening]:
    """Every opening by its address, closed and hidden ones too, with descriptions."""
    with reader(store) as reading:
        ids = [number for (number,) in rows(store, "SELECT id FROM opening")]
        found = reading.openings(states=STATES, ids=ids, describe=True)
    return {opening.url: opening for opening in found}


def the_opening(store: Store) -> Opening:
    """The one opening of the store."""
    (opening,) = everything(store).values()
    return opening


def problems(store: Store) -> list[str]:
    """What is wrong with the store; empty if nothing is."""
    return backup.check(path_of(store))


def rows(store: Store | Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the driver says, past all code of ours."""
    path = store if isinstance(store, Path) else path_of(store)
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(statement, values).fetchall()


def dump(store: Store, *leave_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the history of runs and those named, to be compared."""
    names = [name for (name,) in rows(store, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    skip = {"source_run", "run", *leave_out}
    kept = [name for name in names if name not in skip and not name.startswith(("search", "sqlite_"))]
    return {name: sorted(rows(store, f"SELECT * FROM {name}"), key=repr) for name in kept}


def remembered(etag: str = '"v1"', **others: Any) -> Remembered:
    return Remembered(Validators(etag, "Fri, 21 Aug 2026 08:00:00 GMT"), **others)


def facets(rules: str = "1", kind: Kind = "internship", **others: Any) -> Facets:
    values: dict[str, Any] = {
        "role": "core",
        "relevance": 0.9,
        "level": "internship",
        "needs": (Need("python", "must", "solid Python", 0), Need("r", "should", "or R", 1)),
        "described": True,
        "evidence": {"role": "Machine Learning"},
    }
    return Facets(rules=rules, kind=kind, **(values | others))
