"""Looks at single pages in the store, and what they say of openings. Runs in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from db import _life
from db import queries as q
from db.codec import clean, dumps, stamp
from db.dialect import upsert
from db.merge import Seen
from db.sources import batches
from finder.checks import Checked, Doubt


def of(connection: Connection, urls: Iterable[str]) -> dict[str, Checked]:
    """The last look at each of these addresses, as far as there was one."""
    rows = connection.exec_driver_sql(q.CHECKS, (dumps(list(urls)),))
    return {one.url: one for one in map(_life.checked, rows)}


def save(connection: Connection, looks: Sequence[Checked]) -> set[str]:
    """Remember looks, each in place of the one before it at the same address; the openings that have these pages."""
    for some in batches(looks):
        connection.execute(text(_SAVE), [_row(one) for one in some])
    return {number for (number,) in connection.exec_driver_sql(_OPENINGS, (dumps([one.url for one in looks]),))}


def of_openings(connection: Connection, ids: Sequence[str]) -> dict[str, Seen]:
    """The last look at a page of each of these openings, as far as it tells of its state."""
    rows = connection.exec_driver_sql(_SEEN, (dumps(list(ids)),))
    return {row.opening: Seen(row.checked_at, row.verdict, row.evidence, bool(row.missing_since)) for row in rows}


def doubts(connection: Connection, now: datetime, age: timedelta, rest: timedelta, limit: int) -> list[Doubt]:
    """Internships whose pages should be looked at, the most doubtful first, those in machine learning before others.

    First those that are missing, then those that lists alone show and whose newest date is older than `age`. None that
    was looked at within `rest`; but a page that was not there is due again after a day.
    """
    times = {"old": stamp(now - age), "rested": stamp(now - rest), "day": stamp(now - timedelta(days=1))}
    return [Doubt(row.url, row.title) for row in connection.execute(text(_DOUBTS), times | {"most": limit})]


def _row(one: Checked) -> dict[str, str | None]:
    return {
        "url": clean(one.url),
        "checked_at": stamp(one.at),
        "verdict": one.verdict,
        "evidence": clean(one.evidence),
        "missing_since": stamp(one.missing_since),
    }


_SAVE = upsert("checked", ("url",), ("checked_at", "verdict", "evidence", "missing_since"))

_OPENINGS = "SELECT DISTINCT opening FROM sighting WHERE url IN (SELECT value FROM json_each(?))"

_SEEN = (
    "SELECT s.opening, c.checked_at, c.verdict, c.evidence, c.missing_since FROM sighting s "
    "JOIN checked c ON c.url = s.url WHERE s.opening IN (SELECT value FROM json_each(?)) "
    "AND (c.verdict IN ('open', 'closed') OR c.missing_since IS NOT NULL) ORDER BY c.checked_at"
)

_NEWEST = (
    "CASE WHEN o.updated_at > coalesce(o.posted_at, '') THEN o.updated_at ELSE coalesce(o.posted_at, o.first_seen) END"
)

_DOUBTS = (
    "SELECT o.url, o.title FROM opening o JOIN facets f ON f.opening = o.id LEFT JOIN checked c ON c.url = o.url "  # noqa: S608
    "WHERE o.state <> 'closed' AND NOT o.hidden AND f.kind = 'internship' AND o.url <> '' "
    "AND (c.url IS NULL OR c.checked_at <= :rested OR (c.missing_since IS NOT NULL AND c.checked_at <= :day)) "
    f"AND (o.state = 'missing' OR ({_NEWEST} <= :old AND NOT EXISTS (SELECT 1 FROM sighting s "
    "JOIN source r ON r.no = s.source WHERE s.opening = o.id AND r.authority > 0 AND s.state = 'open'))) "
    "ORDER BY o.state = 'missing' DESC, f.role = 'core' DESC, f.role = 'data' DESC, f.role = 'adjacent' DESC, "
    "coalesce(c.checked_at, ''), o.first_seen DESC, o.id LIMIT :most"
)
