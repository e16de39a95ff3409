"""Boards in the store: those learnt from links and from the registry, and what came of asking them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, update

from db import _boards
from db import queries as q
from db.codec import clean, dumps, stamp
from db.schema import board
from db.sources import batches
from finder.boards import Board, Candidate, Link, Standing
from finder.doors import labels


def links(connection: Connection) -> list[Link]:
    """Every address that a source gave which is not an employer's own board."""
    return [_boards.link(row) for row in connection.exec_driver_sql(_LINKS)]


def boards(connection: Connection) -> list[Board]:
    """Every board that is known, by name."""
    return [_boards.board(row) for row in connection.exec_driver_sql(q.BOARDS)]


def save_candidates(connection: Connection, found: Iterable[Candidate], taken: Collection[str], now: datetime) -> int:
    """Remember boards: how many new ones. Of one known already, what links say of it is brought up to date; where and
    how it is asked, only while it is no source. One that is asked in another way now (another spelling, another host)
    need not rest longer for what came of the old one.

    A new one gets a name that no other board has and that is not `taken`.
    """
    known = {one.candidate.key: one for one in boards(connection)}
    names = {one.name for one in known.values()} | set(taken)
    fresh: list[dict[str, Any]] = []
    for one in found:
        old = known.get(one.key)
        if old is None:
            name = next(name for name in _names(one) if name not in names)
            names.add(name)
            fresh.append(_told(one) | {"key": one.key, "name": name, "found_at": stamp(now)} | _NEW)
        elif changed := _changed(old, one):
            connection.execute(update(board).where(board.c.key == one.key).values(changed))
    for rows in batches(fresh):
        connection.execute(insert(board), rows)
    return len(fresh)


def mark(connection: Connection, name: str, standing: Standing, now: datetime, silent: bool) -> None:
    """Remember what came of asking a board."""
    values: dict[str, Any] = {
        "state": standing.state,
        "problem": clean(standing.problem),
        "checked_at": stamp(now),
        "next_check": stamp(standing.next_check),
        "silent": silent,
        "misses": standing.misses,
    }
    connection.execute(update(board).where(board.c.name == name).values(values))


_NEW: dict[str, Any] = {"state": "candidate", "silent": False, "misses": 0, "problem": ""}


def _names(one: Candidate) -> Iterator[str]:
    """Names for it, the nicest first."""
    told = labels(one.system, one.board)
    yield from told
    yield from (f"{told[-1][:56]}-{number}" for number in count(2))


def _told(one: Candidate) -> dict[str, Any]:
    return {
        "system": one.system,
        "token": clean(one.board),
        "adapter": one.adapter,
        "options": dumps(dict(one.options)),
        "company": clean(one.company),
        "origin": one.origin,
        "links": one.links,
        "ml_links": one.ml_links,
    }


def _changed(old: Board, new: Candidate) -> dict[str, Any]:
    before = _told(old.candidate)
    fixed = _HOW if old.state == "followed" else frozenset()
    changed = {name: value for name, value in _told(new).items() if value != before[name] and name not in fixed}
    return changed | ({"next_check": None} if changed.keys() & {"adapter", "options"} else {})


_HOW = frozenset({"system", "token", "adapter", "options", "company", "origin"})
"""What a source is made of."""

_LINKS = (
    "SELECT s.url, o.organization, r.name, coalesce(f.kind, o.kind) = 'internship' AND f.role IN ('core', 'data') "
    "FROM sighting s JOIN source r ON r.no = s.source JOIN opening o ON o.id = s.opening "
    "LEFT JOIN facets f ON f.opening = o.id WHERE r.authority = 0 AND o.kind IN ('internship', 'job') ORDER BY s.no"
)
