"""What the store concludes about the life of openings, beside looks at sources. Runs in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete, insert

from db.codec import dumps, moment, stamp
from db.look import Recorded
from db.openings import MOVED, Fresh, refresh_openings
from db.schema import lifespan
from finder.boards import MANUAL
from finder.lifespan import Duration, Life, estimates
from finder.systems import SYSTEMS


def watch(connection: Connection, names: Collection[str], now: datetime) -> Recorded:
    """What only sources showed that are not among `names`, and that nobody watches any more, goes missing; what did so
    because of that is as it was before, once its source is watched again. What people added by hand stays."""
    watched = dumps(sorted(names))
    affected: set[str] = set()
    back = connection.exec_driver_sql(_WATCHED_AGAIN, (stamp(now), watched))
    affected |= {number for (number,) in back}
    for number, name, last in connection.exec_driver_sql(_UNWATCHED, (watched, MANUAL)).all():
        evidence = f"{name} is not watched since {moment(last):%Y-%m-%d}"
        gone = connection.exec_driver_sql(_LOSE, (evidence, stamp(now), number))
        affected |= {opening for (opening,) in gone}
    return refresh_openings(connection, affected, Fresh(), stamp(now))


_WATCHED_AGAIN = (
    "UPDATE sighting SET state = 'open', evidence = '', state_at = ? WHERE state = 'missing' AND missing_since IS NULL "
    "AND source IN (SELECT no FROM source WHERE name IN (SELECT value FROM json_each(?))) RETURNING opening"
)
"""Only a source that is not watched leaves a sighting missing that no look has missed."""

_UNWATCHED = (
    "SELECT r.no, r.name, (SELECT max(l.finished_at) FROM source_run l WHERE l.source = r.no) FROM source r "
    "WHERE r.name NOT IN (SELECT value FROM json_each(?)) AND r.adapter <> ? "
    "AND EXISTS (SELECT 1 FROM sighting s WHERE s.source = r.no AND s.state = 'open')"
)

_LOSE = (
    "UPDATE sighting SET state = 'missing', evidence = ?, state_at = ? WHERE source = ? AND state = 'open' "
    "RETURNING opening"
)


def lives(connection: Connection) -> list[Life]:
    """Every internship that appeared while a source that showed it was watched already. Lengths are whole days: sources
    are looked at every few hours, and fewer lengths make a shorter curve."""
    read = cache(moment)  # few looks saw thousands of openings
    return [
        Life(_system(identity), read(first), Duration(float((read(last) - read(first)).days), state == "closed"))
        for identity, first, last, state in connection.exec_driver_sql(_LIVES, (MOVED,))
    ]


def _system(identity: str) -> str:
    """The hiring system that an identity begins with (see `finder.urls.identity`); '' for any other address."""
    name = identity.partition(":")[0]
    return name if name in _SYSTEMS else ""


_SYSTEMS = frozenset(system.name for system in SYSTEMS)


_UNTIL = "CASE WHEN o.state = 'closed' THEN min(o.last_seen, o.state_at) ELSE o.last_seen END"

_LIVES = (
    f"SELECT o.identity, o.first_seen, {_UNTIL}, o.state "  # noqa: S608 - constants only
    "FROM opening o JOIN facets f ON f.opening = o.id WHERE f.kind = 'internship' AND NOT o.hidden "
    "AND (o.state <> 'closed' OR o.state_at > o.first_seen) AND o.evidence <> ? AND EXISTS (SELECT 1 FROM sighting s "
    "JOIN source r ON r.no = s.source WHERE s.opening = o.id AND r.first_seen < o.first_seen AND r.adapter <> 'manual' "
    "AND s.first_seen = o.first_seen)"
)
"""Open until last seen; closed when that was noticed, or when last seen if that was earlier. What was closed when first
seen had no life of ours."""


def reckon(connection: Connection) -> None:
    """Put estimates of how long openings last in the place of those before."""
    connection.execute(delete(lifespan))
    rows = [
        {"system": system, "season": part, "n": one.n, "closed": one.closed, "curve": dumps(one.curve)}
        for (system, part), one in estimates(lives(connection)).items()
    ]
    if rows:
        connection.execute(insert(lifespan), rows)
