"""The store for reading, by the driver alone: a command that only reads starts without SQLAlchemy (half a second).

A Reader never waits for a writer, and sees the store as it was when it was opened. All its SQL stands in `queries`; a
test holds it against the tables of `schema`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, get_args

from db import _rows, dialect, files, search
from db import queries as q
from db.codec import dumps, moment, stamp
from db.files import StoreMissing
from db.migrations import CURRENT
from db.status import FactVersion, Parcel, RunStatus, SourceStatus
from finder.errors import FinderError, StoreError
from finder.model import Kind, Opening, Outcome, Progress, Sighting, State

if TYPE_CHECKING:
    from finder.boards import Board
    from finder.checks import Checked, Turn
    from finder.families import Kin, Relatives, Said
    from finder.health import Past
    from finder.lifespan import Estimate

_T = TypeVar("_T")

__all__ = ["AmbiguousId", "Reader", "StoreMissing"]

ALIVE: tuple[State, ...] = ("open", "missing")
STATES: tuple[State, ...] = get_args(State)


class AmbiguousId(FinderError):
    """The beginning of an id fits several openings; `candidates` are their ids and titles."""

    exit_code = 2

    def __init__(self, prefix: str, candidates: Sequence[tuple[str, str]]) -> None:
        some = ", ".join(f"{number} ({title})" for number, title in candidates[:5])
        more = f" and {len(candidates) - 5} more" if len(candidates) > 5 else ""
        super().__init__(f"{prefix}: the beginning of several ids: {some}{more}")
        self.candidates = tuple(candidates)


class Reader(files.Opened):
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

    def _all(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with files.translated(self._path), closing(self._connection.execute(statement, values)) as rows:
            return rows.fetchall()

    def _read(self, make: Callable[[Any], _T], statement: str, values: Sequence[Any] = ()) -> list[_T]:
        """What `make` makes of each row. Raises StoreError for a row that cannot have been written by us."""
        return self._made(make, self._all(statement, values))

    def _made(self, make: Callable[[Any], _T], rows: Sequence[Any]) -> list[_T]:
        try:
            return [make(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise files.damaged(self._path) from error

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
        trace: bool = True,
    ) -> list[Opening]:
        """Openings that fit all that is asked; nothing asked is every one that is not closed and not hidden.

        `kinds` are public kinds (none: all); `text`: all its words occur; `company`: part of the organization's name;
        `since`: first seen then or later; `ids`: only these, hidden ones too. Best match first if there is a text, else
        newest first. Descriptions, which are long, come only if `describe` asks for them, sightings unless `trace` is
        false.
        """
        found = search.expression(text)
        if text.strip() and not found:
            return []
        wanted = q.Wanted(kinds, states, found, company, stamp(since), ids)
        rows = self._all(*q.openings(wanted, describe))
        made = self._made(_rows.opening, rows)
        return self.traced(made) if trace else made

    def traced(self, openings: Sequence[Opening]) -> list[Opening]:
        """The same openings, each with all its sightings."""
        sightings: dict[str, tuple[Sighting, ...]] = defaultdict(tuple)
        for number, one in self._read(_rows.sighting, q.SIGHTINGS, (dumps([opening.id for opening in openings]),)):
            sightings[number] += (one,)
        return [replace(opening, sightings=sightings[opening.id]) for opening in openings]

    def opening(self, prefix: str) -> Opening | None:
        """The opening whose id is or begins with `prefix` (case does not matter, nor o for 0), with all there is.

        Raises AmbiguousId if several ids begin so.
        """
        start = prefix.strip().lower().translate(q.LOOKALIKES)
        rows = self._all(q.PREFIX, (start, f"{start}~")) if start else []
        if len(rows) > 1 and rows[0][0] != start:
            raise AmbiguousId(prefix, rows)
        return self.openings(states=STATES, ids=[rows[0][0]], describe=True)[0] if rows else None

    def find(self, source: str, key: str) -> str:
        """The id of the opening that a source knows by this key; '' if it showed none."""
        return next((number for (number,) in self._all(q.FIND, (source, key))), "")

    def history(self, opening: str) -> list[FactVersion]:
        """Every version of what each source said of an opening, oldest first."""
        return self._read(_rows.version, q.HISTORY, (opening,))

    def turns(self, opening: str) -> list[Turn]:
        """Every change of an opening's state, oldest first."""
        from db import _life

        return self._read(_life.turn, q.TURNS, (opening,))

    def lifespans(self) -> dict[tuple[str, str], Estimate]:
        """(system, season) → how long openings last, as reckoned at the end of the last refresh."""
        from db import _life

        return dict(self._read(_life.lifespan, q.LIFESPANS))

    def counts(self) -> dict[tuple[Kind, State], int]:
        """How many openings there are of each public kind and state, hidden ones left out."""
        return {(kind, state): number for kind, state, number in self._all(q.COUNTS)}

    def hidden(self) -> dict[State, int]:
        """How many openings there are of each state that every source of them keeps but does not show."""
        return dict(self._all(q.HIDDEN))

    def kin(self, ids: Collection[str]) -> dict[str, Kin]:
        """Opening → what it is kin to; those that were never compared with others are left out."""
        from db import _kin

        return dict(self._read(_kin.kin, q.KIN, (dumps(sorted(ids)),)))

    def relatives(self, opening: str) -> Relatives:
        """Everything that one opening is kin to, and why."""
        from db import _kin
        from finder.families import Relatives

        kin = dict(self._read(_kin.kin, q.KIN_OF, (opening,)))
        if opening not in kin:
            return Relatives(said=tuple(one for one in self.decisions() if opening in (one.one, one.other)))
        mine = kin.pop(opening)
        posting = tuple(number for number, its in kin.items() if its.posting == mine.posting)
        ids = dumps([opening, *posting])
        return Relatives(
            posting=posting,
            family=tuple(number for number in kin if number not in posting),
            pairs=tuple(self._read(_kin.alike, q.ALIKE, (ids, ids))),
            said=tuple(one for one in self.decisions() if opening in (one.one, one.other)),
            label=mine.family,
        )

    def decisions(self) -> list[Said]:
        """What a person said of openings that are one posting or not, the earliest first."""
        from db import _kin

        return self._read(_kin.said, q.DECISIONS)

    # -------------------------------------------------------------------------------------------- the person
    def profile(self, name: str) -> dict[str, Progress]:
        """What the person has done about each step that was ever set; empty for an unknown person."""
        return dict(self._read(_rows.step, q.STEPS, (name,)))

    def outbox(self, profile: str) -> list[Parcel]:
        """All digests of a person, newest first."""
        return self._read(_rows.parcel, q.OUTBOX, (profile,))

    def listed(self, parcel: int) -> frozenset[str]:
        """Ids of the openings that a digest lists."""
        return frozenset(opening for (opening,) in self._all(q.LISTED, (parcel,)))

    # -------------------------------------------------------------------------------------------- the machinery
    def sources(self) -> list[SourceStatus]:
        """Every source that was ever looked at, by name."""
        return self._read(_rows.source, q.SOURCES)

    def employers(self) -> frozenset[str]:
        """Names of the sources that are employers' own boards."""
        return frozenset(name for (name,) in self._all(q.EMPLOYERS))

    def boards(self) -> list[Board]:
        """Every board that links told of or that was known from the start, by name."""
        from db import _boards  # few ask for them, and those who search pay for every import

        return self._read(_boards.board, q.BOARDS)

    def checks(self, urls: Iterable[str]) -> dict[str, Checked]:
        """The last look at each of these pages, by its address as it was saved; those never looked at are left out."""
        from db import _life

        return {one.url: one for one in self._read(_life.checked, q.CHECKS, (dumps(list(urls)),))}

    def looks(self, source: str) -> list[Past]:
        """The looks at a source, oldest first, that `finder.health` measures it by: the last good ones with all from
        the first of these on, and the last ones at new pages."""
        from db import _looks

        return self._read(_looks.past, q.LOOKS, (source, _looks.ENOUGH - 1, _looks.ENOUGH))

    def holds(self) -> dict[str, datetime]:
        """Host → time before which it is not to be asked; times that are over included."""
        return {host: moment(time) for host, time in self._all(q.HOLDS)}

    def runs(self, limit: int = 20) -> list[RunStatus]:
        """The latest refreshes, newest first."""
        runs = self._read(_rows.run, q.RUNS, (limit,))
        outcomes: dict[int, dict[Outcome, int]] = defaultdict(dict)
        for number, outcome, count in self._all(q.OUTCOMES, (dumps([run.number for run in runs]),)):
            outcomes[number][outcome] = count
        return [replace(run, outcomes=outcomes[run.number]) for run in runs]

    def last_refresh(self) -> datetime | None:
        """When a look at any source was last accepted; None if none ever was."""
        return self._read(_rows.time, q.LAST_REFRESH)[0]


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
