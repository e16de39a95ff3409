"""The store for writing. Every method is one transaction, whole or not at all; every failure of it is a StoreError.

Reading for the command line is `db.read`, which starts without SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, func, insert, select, text, update

from db import _rows, boards, checks, life, people, sources
from db.codec import dumps, moment, stamp
from db.dialect import upsert
from db.engine import connect, translated
from db.files import Opened
from db.kinship import Kinship
from db.look import Recorded, Sighted, SourceLook
from db.openings import Fresh, refresh_openings
from db.record import record
from db.schema import run
from db.status import Parcel
from finder.boards import Board, Candidate, Link, Standing
from finder.checks import Checked, Doubt
from finder.crawl import Remembered
from finder.lifecycle import Hold, Known
from finder.model import Facets, Opening, Progress

__all__ = ["Parcel", "Recorded", "Sighted", "SourceLook", "Store"]


class Store(Opened, Kinship):
    """One connection to one store; use it in the thread that opened it. Open with `Store.open`, close by `with`."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store at `path`, made (mode 0600) if nothing is there, and upgraded if an older finder made it.

        Raises StoreError, and leaves the file alone, if that is not a store, damaged, of a newer finder, or read-only.
        """
        return cls(path, connect(path))

    def close(self) -> None:
        """Let go of the file. Nothing is lost by not closing."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._path), self._connection.begin():
            yield self._connection

    # -------------------------------------------------------------------------------------------- runs and sources
    def begin_run(self, now: datetime) -> int:
        """The number of a new refresh."""
        with self._transaction() as connection:
            return int(connection.execute(insert(run).values(started_at=stamp(now)).returning(run.c.no)).scalar_one())

    def end_run(self, number: int, now: datetime) -> None:
        """This refresh went through to its end, whatever its sources did."""
        with self._transaction() as connection:
            connection.execute(update(run).where(run.c.no == number).values(finished_at=stamp(now)))

    def due(self) -> dict[str, datetime]:
        """When each source is next due, by its name; those that were never asked are left out."""
        with self._transaction() as connection:
            return sources.due(connection)

    def visited(self, source: str) -> datetime | None:
        """When the source was last asked, whatever came of it; None if it never was."""
        with self._transaction() as connection:
            return sources.visited(connection, source)

    def begin_visit(self, source: str, adapter: str, origin: str, authority: int, now: datetime) -> None:
        """The source is about to be asked: it counts as asked now, also if nothing is ever recorded of the visit."""
        with self._transaction() as connection:
            sources.begin_visit(connection, source, adapter, origin, authority, now)

    def visits(self, source: str, limit: int = 20) -> list[tuple[datetime, bool | None]]:
        """The latest looks, oldest first: when each ended, and whether it changed any opening; None if not accepted."""
        with self._transaction() as connection:
            return sources.visits(connection, source, limit)

    def began(self) -> datetime | None:
        """When this store was first refreshed: no two installations began together. None if it never was."""
        with self._transaction() as connection:
            return moment(connection.execute(select(func.min(run.c.started_at))).scalar())

    def known(self, source: str) -> dict[str, Known]:
        """Every item the source ever showed, by its key, in whatever state."""
        with self._transaction() as connection:
            return sources.known(connection, source)

    def hold(self, source: str) -> Hold | None:
        """What is remembered of looks at the source that were held; None while it is believed."""
        with self._transaction() as connection:
            return sources.hold_of(connection, source)

    def memory(self, source: str) -> dict[str, Remembered]:
        """What is remembered of the source's pages, by Request.key."""
        with self._transaction() as connection:
            return sources.memory(connection, source)

    def parts(self, source: str, keys: Collection[str]) -> dict[str, dict[str, Mapping[str, Any]]]:
        """The newest raw facts of items: key → part → fields, '' being the item's Found."""
        with self._transaction() as connection:
            return sources.parts(connection, source, keys)

    def posted(self, source: str, keys: Collection[str]) -> dict[str, datetime]:
        """When items were posted, as recorded: by key, those without a date left out."""
        with self._transaction() as connection:
            return sources.posted(connection, source, keys)

    def holds(self) -> dict[str, datetime]:
        """Host → time before which it is not to be asked; times that are over included."""
        with self._transaction() as connection:
            return sources.holds(connection)

    def save_holds(self, holds: Mapping[str, datetime]) -> None:
        """Add to the holds, or move them; hosts that are not named keep theirs."""
        with self._transaction() as connection:
            sources.save_holds(connection, holds)

    # -------------------------------------------------------------------------------------------- boards
    def links(self) -> list[Link]:
        """Every address of a position that a source gave which is not an employer's own board."""
        with self._transaction() as connection:
            return boards.links(connection)

    def boards(self) -> list[Board]:
        """Every board that links told of or that was known from the start, by name."""
        with self._transaction() as connection:
            return boards.boards(connection)

    def save_candidates(self, found: Iterable[Candidate], taken: Collection[str], now: datetime) -> int:
        """Remember boards, each under a name that is not `taken`; how many of them are new."""
        with self._transaction() as connection:
            return boards.save_candidates(connection, found, taken, now)

    def mark_board(self, name: str, standing: Standing, now: datetime, silent: bool = False) -> None:
        """Remember what came of asking a board; `silent`: it does not say its company's name."""
        with self._transaction() as connection:
            boards.mark(connection, name, standing, now, silent)

    # -------------------------------------------------------------------------------------------- single pages
    def checks(self, urls: Iterable[str]) -> dict[str, Checked]:
        """The last look at each of these pages, by its address as it was saved; those never looked at are left out."""
        with self._transaction() as connection:
            return checks.of(connection, urls)

    def save_checks(self, looks: Iterable[Checked]) -> Recorded:
        """Remember looks at single pages, each in place of the one before it at the same address, and compute the
        openings of these pages anew; what that changed."""
        some = list(looks)
        if not some:
            return Recorded()
        with self._transaction() as connection:
            ids = checks.save(connection, some)
            return refresh_openings(connection, ids, Fresh(), stamp(max(one.at for one in some)))

    def doubts(self, now: datetime, age: timedelta, rest: timedelta, limit: int) -> list[Doubt]:
        """Internships whose own pages should be looked at, the most doubtful first; see `db.checks.doubts`."""
        with self._transaction() as connection:
            return checks.doubts(connection, now, age, rest, limit)

    # -------------------------------------------------------------------------------------------- lives
    def watch(self, names: Collection[str], now: datetime) -> Recorded:
        """Only these sources are watched now: openings of others go missing, or come back. What that changed."""
        with self._transaction() as connection:
            return life.watch(connection, names, now)

    def reckon(self) -> None:
        """Estimate anew how long openings last, from all that did."""
        with self._transaction() as connection:
            life.reckon(connection)

    # -------------------------------------------------------------------------------------------- openings
    def record(self, look: SourceLook, now: datetime) -> Recorded:
        """Write an accepted look: sightings, facts, openings, full text, page memory, outcome, all or nothing."""
        with self._transaction() as connection:
            number = sources.save_source(connection, look, now)
            sources.save_hold(connection, number, look.hold)
            recorded = record(connection, number, look, stamp(now))
            sources.save_pages(connection, number, look.pages)
            sources.save_outcome(connection, number, look, recorded, now)
            return recorded

    def fail(self, look: SourceLook, now: datetime) -> None:
        """Write how a look ended that was not accepted (failed, held, not yet). Its items and pages do not count."""
        with self._transaction() as connection:
            number = sources.save_source(connection, look, now)
            sources.save_hold(connection, number, look.hold)
            sources.save_outcome(connection, number, look, Recorded(), now)

    def unclassified(self, rules: str, batch: int = sources.BATCH) -> Iterator[tuple[str, Opening]]:
        """Openings with no facets, facets by other rules than these, or facets of facts that changed since.

        Holds no lock between batches, so that `save_facets` can take this as its input.
        """
        after = ""
        while True:
            with self._transaction() as connection:
                rows = connection.exec_driver_sql(_UNCLASSIFIED, (after, rules, batch)).all()
            for row in rows:
                yield row[0], _rows.opening(row)
            if len(rows) < batch:
                return
            after = rows[-1][0]

    def save_facets(self, facets: Iterable[tuple[str, Facets]]) -> int:
        """Keep conclusions about openings; how many. Facts must not change in between: hold the refresh lock.

        Batch by batch, a transaction each: what an interruption leaves undone is unclassified still.
        """
        saved, rest = 0, iter(facets)
        while some := [_facets_row(opening, one) for opening, one in islice(rest, sources.BATCH)]:
            with self._transaction() as connection:
                connection.execute(text(_SAVE_FACETS), some)
            saved += len(some)
        return saved

    # -------------------------------------------------------------------------------------------- the person
    def ensure_profile(self, name: str, now: datetime) -> None:
        """Make the profile if it is not there."""
        with self._transaction() as connection:
            people.ensure_profile(connection, name, now)

    def set_step(self, profile: str, step: str, progress: Progress) -> None:
        """Set what the person has done about a step."""
        with self._transaction() as connection:
            people.set_step(connection, profile, step, progress)

    def put(self, parcel: Parcel, openings: Collection[str]) -> Parcel:
        """Keep a digest and which openings it lists. One a person and period: the one already there is handed back."""
        with self._transaction() as connection:
            return people.put(connection, parcel, openings)

    def pending(self, profile: str) -> list[Parcel]:
        """Digests built and not yet taken by a server, oldest first; parked ones are left out."""
        with self._transaction() as connection:
            return people.pending(connection, profile)

    def mark_sent(self, number: int, now: datetime) -> None:
        """A server has taken this digest."""
        with self._transaction() as connection:
            people.mark_sent(connection, number, now)

    def mark_failed(self, number: int, problem: str, park: bool = False) -> None:
        """This digest was not taken; `park` it if it never will be."""
        with self._transaction() as connection:
            people.mark_failed(connection, number, problem, park)


_UNCLASSIFIED = (
    f"SELECT {_rows.OPENING}, d.description, {_rows.FACETS} "  # noqa: S608 - constants only
    "FROM opening o JOIN document d ON d.opening = o.id LEFT JOIN facets f ON f.opening = o.id "
    "WHERE o.id > ? AND (f.opening IS NULL OR f.rules <> ? OR f.content <> o.content) ORDER BY o.id LIMIT ?"
)

_SAVED = ("rules", "content", "kind", "role", "relevance", "level", "described", "needs", "evidence", "stated")
_SAVE_FACETS = upsert(
    "facets",
    ("opening",),
    _SAVED,
    "SELECT o.id, :rules, o.content, :kind, :role, :relevance, :level, :described, :needs, :evidence, :stated "
    "FROM opening o WHERE o.id = :opening",
)


def _facets_row(opening: str, facets: Facets) -> dict[str, Any]:
    return {
        "opening": opening,
        "rules": facets.rules,
        "kind": facets.kind,
        "role": facets.role,
        "relevance": facets.relevance,
        "level": facets.level,
        "described": facets.described,
        "needs": dumps([[need.skill, need.strength, need.quote, need.group] for need in facets.needs]),
        "evidence": dumps(dict(facets.evidence)),
        "stated": dumps({subject: [said.value, said.quote] for subject, said in facets.stated.items()}),
    }
