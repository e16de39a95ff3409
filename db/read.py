"""The store for reading, by the driver alone: a command that only reads starts without SQLAlchemy (half a second).

A Reader never waits for a writer, and sees the store as it was when it was opened. All its SQL stands in `queries`; a
test holds it against the tables of `schema`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from db import _rows, dialect, files, search
from db import queries as q
from db.codec import dumps, fields_of, moment, stamp
from db.files import StoreMissing
from db.migrations import CURRENT
from db.status import FactVersion, Parcel, RunStatus, SourceStatus
from finder.errors import FinderError, StoreError
from finder.model import Kind, Opening, Outcome, Progress, Sighting, State

__all__ = ["AmbiguousId", "Reader", "StoreMissing"]

ALIVE: tuple[State, ...] = ("open", "missing")


class AmbiguousId(FinderError):
    """The beginning of an id fits several openings; `candidates` are their ids and titles."""

    exit_code = 2

    def __init__(self, prefix: str, candidates: Sequence[tuple[str, str]]) -> None:
        some = ", ".join(f"{number} ({title})" for number, title in candidates[:5])
        more = f" and {len(candidates) - 5} more" if len(candidates) > 5 else ""
        super().__init__(f"{prefix}: the beginning of several ids: {some}{more}")
        self.candidates = tuple(candidates)


class Reader:
    """One look into one store; use it in the thread that opened it. Open with `Reader.open`, close by `with`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store at `path`, which is not written to.

        Raises StoreMissing if nothing is there, StoreError for what is no store, is damaged, or is of another version.
        """
        if not files.exists(path):
            raise StoreMissing(path)
        with files.translated(path):
            try:
                return cls(path, _opened(path, "ro"))
            except sqlite3.OperationalError:
                # a folder that cannot be written has no room for the log's index: read the file as it stands
                return cls(path, _opened(path, "immutable"))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _all(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with files.translated(self._path), closing(self._connection.execute(statement, values)) as rows:
            return rows.fetchall()

    # -------------------------------------------------------------------------------------------- openings
    def openings(
        self,
        *,
        kinds: Collection[Kind] = (),
        states: Collection[State] = ALIVE,
        text: str = "",
        company: str = "",
        since: datetime | None = None,
        ids: Collection[str] | None = None,
        describe: bool = False,
    ) -> list[Opening]:
        """Openings that fit all that is asked; nothing asked is every one that is not closed and not hidden.

        `kinds` are public kinds (none: all); `text`: all its words occur; `company`: part of the organization's name;
        `since`: first seen then or later; `ids`: only these, hidden ones too. Best match first if there is a text, else
        newest first. Descriptions, which are long, only come if `describe` asks for them.
        """
        found = search.expression(text)
        if text.strip() and not found:
            return []
        wanted = q.Wanted(kinds, states, found, company, stamp(since), ids)
        rows = self._all(*q.openings(wanted, describe))
        sightings = self._sightings([row[0] for row in rows])
        return [_rows.opening(row, sightings.get(row[0], ())) for row in rows]

    def _sightings(self, ids: Sequence[str]) -> Mapping[str, tuple[Sighting, ...]]:
        grouped: dict[str, tuple[Sighting, ...]] = defaultdict(tuple)
        for number, one in map(_rows.sighting, self._all(q.SIGHTINGS, (dumps(ids),))):
            grouped[number] += (one,)
        return grouped

    def opening(self, prefix: str) -> Opening | None:
        """The opening whose id is or begins with `prefix` (case does not matter, nor o for 0), with all there is.

        Raises AmbiguousId if several ids begin so.
        """
        start = prefix.strip().lower().translate(q.LOOKALIKES)
        rows = self._all(q.PREFIX, (start, f"{start}~")) if start else []
        if len(rows) > 1 and rows[0][0] != start:
            raise AmbiguousId(prefix, rows)
        return self.openings(states=("open", "missing", "closed"), ids=[rows[0][0]], describe=True)[0] if rows else None

    def history(self, opening: str) -> list[FactVersion]:
        """Every version of what each source said of an opening, oldest first."""
        return [
            FactVersion(source, key, part, moment(seen_at), fields_of(body))
            for source, key, part, seen_at, body in self._all(q.HISTORY, (opening,))
        ]

    def counts(self) -> dict[tuple[Kind, State], int]:
        """How many openings there are of each public kind and state, hidden ones left out."""
        return {(kind, state): number for kind, state, number in self._all(q.COUNTS)}

    # -------------------------------------------------------------------------------------------- the person
    def profile(self, name: str) -> dict[str, Progress]:
        """What the person has done about each step that was ever set; empty for an unknown person."""
        return {step: Progress(state, moment(at), said) for step, state, at, said in self._all(q.STEPS, (name,))}

    def outbox(self, profile: str) -> list[Parcel]:
        """All digests of a person, newest first."""
        return [
            Parcel(
                number=number,
                profile=profile,
                period=period,
                message_id=message_id,
                subject=subject,
                body=body,
                created_at=moment(created_at),
                state=state,
                attempts=attempts,
                last_error=problem,
                sent_at=moment(sent_at),
            )
            for number, period, message_id, subject, body, created_at, state, attempts, problem, sent_at in self._all(
                q.OUTBOX, (profile,)
            )
        ]

    def listed(self, parcel: int) -> frozenset[str]:
        """Ids of the openings that a digest lists."""
        return frozenset(opening for (opening,) in self._all(q.LISTED, (parcel,)))

    # -------------------------------------------------------------------------------------------- the machinery
    def sources(self) -> list[SourceStatus]:
        """Every source that was ever looked at, by name."""
        return [_source(row) for row in self._all(q.SOURCES)]

    def runs(self, limit: int = 20) -> list[RunStatus]:
        """The latest refreshes, newest first."""
        runs = self._all(q.RUNS, (limit,))
        outcomes: dict[int, dict[Outcome, int]] = defaultdict(dict)
        for number, outcome, count in self._all(q.OUTCOMES, (dumps([run[0] for run in runs]),)):
            outcomes[number][outcome] = count
        return [RunStatus(number, moment(start), moment(end), outcomes[number]) for number, start, end in runs]

    def last_refresh(self) -> datetime | None:
        """When a look at any source was last accepted; None if none ever was."""
        last: str | None = self._all(q.LAST_REFRESH)[0][0]
        return moment(last)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(files.uri(path, mode), uri=True, isolation_level=None, timeout=dialect.BUSY_TIMEOUT)
    try:
        for statement in dialect.ON_READ:
            connection.execute(statement)
        connection.create_function("fold", 1, str.casefold, deterministic=True)
        connection.execute("BEGIN")  # one snapshot for all that this reader is asked
        if files.check_version(connection, path) < CURRENT:
            raise StoreError(f"{path}: made by an older finder; `finder refresh` brings it up to date")
    except BaseException:
        connection.close()
        raise
    return connection


def _source(row: Sequence[Any]) -> SourceStatus:
    (name, adapter, origin, first_seen, next_due, failures, alive, outcome, at, last_good) = row[:10]
    (found, skipped, added, changed, closed, reopened, unchanged, problem, retry_at) = row[10:]
    return SourceStatus(
        name=name,
        adapter=adapter,
        origin=origin,
        first_seen=moment(first_seen),
        next_due=moment(next_due),
        failures=failures,
        open=alive,
        outcome=outcome,
        at=moment(at),
        last_good=moment(last_good),
        found=found,
        skipped=skipped,
        added=added,
        changed=changed,
        closed=closed,
        reopened=reopened,
        unchanged=bool(unchanged),
        problem=problem,
        retry_at=moment(retry_at),
    )
