"""The SQL of `read`: text that is never built from input, with `?` for every value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from db import _rows, dialect
from db.codec import dumps
from finder.model import Kind, State

LOOKALIKES = str.maketrans("oil", "011")
"""What ids do not contain, and what is meant by it (Crockford's base 32)."""

_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `Reader.openings` was asked for; `found` is an expression of db.search, `since` a stamp."""

    kinds: Collection[Kind]
    states: Collection[State]
    found: str
    company: str
    since: str | None
    ids: Collection[str] | None


def openings(wanted: Wanted, describe: bool) -> tuple[str, list[Any]]:
    """The statement, and its values, for the columns that `_rows.opening` reads."""
    conditions = [
        (dialect.MATCHES, wanted.found),
        (f"coalesce(f.kind, o.kind) {_IN}", dumps(sorted(wanted.kinds)) if wanted.kinds else ""),
        (f"o.state {_IN}", dumps(sorted(wanted.states))),
        ("instr(fold(o.organization), ?)", wanted.company.strip().casefold()),
        ("o.first_seen >= ?", wanted.since),
        (f"o.id {_IN}", None if wanted.ids is None else dumps(sorted(wanted.ids))),
    ]
    asked = [(condition, value) for condition, value in conditions if value]
    where = " AND ".join(condition for condition, _ in asked) + ("" if wanted.ids is not None else " AND NOT o.hidden")
    joined = dialect.JOIN_SEARCH if wanted.found else ""
    order = f"{dialect.DISTANCE}, o.first_seen DESC, o.id" if wanted.found else "o.first_seen DESC, o.id"
    statement = (
        f"SELECT {_rows.OPENING}, {'d.description' if describe else _UNDESCRIBED}, {_rows.FACETS} "  # noqa: S608
        f"FROM opening o LEFT JOIN facets f ON f.opening = o.id "
        f"{_DOCUMENT if describe or wanted.found else ''} {joined} WHERE {where} ORDER BY {order}"
    )
    return statement, [value for _, value in asked]


_UNDESCRIBED = "''"
_DOCUMENT = "JOIN document d ON d.opening = o.id"

SIGHTINGS = (
    f"SELECT {_rows.SIGHTING} FROM sighting s JOIN source r ON r.no = s.source "  # noqa: S608 - constants only
    f"WHERE s.opening {_IN} ORDER BY s.no"
)

PREFIX = "SELECT id, title FROM opening WHERE id >= ? AND id < ? ORDER BY id LIMIT 100"

FIND = "SELECT s.opening FROM sighting s JOIN source r ON r.no = s.source WHERE r.name = ? AND s.key = ?"

HISTORY = (
    "SELECT r.name, s.key, v.part, v.seen_at, v.body FROM sighting s JOIN source r ON r.no = s.source "
    "JOIN fact v ON v.sighting = s.no WHERE s.opening = ? ORDER BY v.no"
)

COUNTS = (
    "SELECT coalesce(f.kind, o.kind) AS public, o.state, count(*) FROM opening o "
    "LEFT JOIN facets f ON f.opening = o.id WHERE NOT o.hidden GROUP BY public, o.state"
)

HIDDEN = "SELECT state, count(*) FROM opening WHERE hidden GROUP BY state"

STEPS = (
    "SELECT t.step, t.state, t.at, t.evidence FROM profile p JOIN profile_step t ON t.profile = p.no "
    "WHERE p.name = ? ORDER BY t.step"
)

OUTBOX = (
    "SELECT b.no, p.name, b.period, b.message_id, b.subject, b.body, b.created_at, b.state, b.attempts, b.last_error, "
    "b.sent_at FROM outbox b JOIN profile p ON p.no = b.profile WHERE p.name = ? ORDER BY b.no DESC"
)

LISTED = "SELECT opening FROM outbox_item WHERE outbox = ?"

SOURCES = (
    "SELECT r.name, r.adapter, r.origin, r.first_seen, r.next_due, r.failures, "
    "(SELECT count(*) FROM sighting s WHERE s.source = r.no AND s.state = 'open'), l.outcome, l.finished_at, "
    "(SELECT max(g.finished_at) FROM source_run g WHERE g.source = r.no AND g.outcome IN ('ok', 'empty')), "
    "l.found, l.skipped, l.added, l.changed, l.closed, l.reopened, l.unchanged, l.problem, l.retry_at "
    "FROM source r JOIN source_run l ON l.no = "
    "(SELECT x.no FROM source_run x WHERE x.source = r.no ORDER BY x.outcome = 'not yet', x.no DESC LIMIT 1) "
    "ORDER BY r.name"
)

BOARDS = (
    "SELECT name, system, token, adapter, options, company, origin, links, ml_links, state, silent, misses, "
    "checked_at, next_check, problem FROM board ORDER BY name"
)

LOOKS = (
    "SELECT g.finished_at, g.outcome, g.found, g.added + g.changed + g.closed + g.reopened, g.problem, g.fills "
    "FROM source r JOIN source_run g ON g.source = r.no WHERE r.name = ? AND g.outcome <> 'not yet' AND "
    "(g.no >= coalesce((SELECT x.no FROM source_run x WHERE x.source = r.no AND x.outcome IN ('ok', 'empty') "
    "ORDER BY x.no DESC LIMIT 1 OFFSET ?), 0) OR g.no IN (SELECT y.no FROM source_run y WHERE y.source = r.no "
    "AND y.fills IS NOT NULL ORDER BY y.no DESC LIMIT ?)) ORDER BY g.no"
)

TURNS = "SELECT at, state, evidence, source FROM turn WHERE opening = ? ORDER BY no"

EMPLOYERS = "SELECT name FROM source WHERE authority > 0"

LIFESPANS = "SELECT system, season, n, closed, curve FROM lifespan"

CHECKS = f"SELECT url, checked_at, verdict, evidence, missing_since FROM checked WHERE url {_IN}"  # noqa: S608 - constants only

HOLDS = "SELECT host, not_before FROM hold"

RUNS = "SELECT no, started_at, finished_at FROM run ORDER BY no DESC LIMIT ?"

OUTCOMES = f"SELECT run, outcome, count(*) FROM source_run WHERE run {_IN} GROUP BY run, outcome"  # noqa: S608

LAST_REFRESH = (
    "SELECT max(l.finished_at) FROM source_run l JOIN source r ON r.no = l.source "
    "WHERE l.outcome IN ('ok', 'empty') AND r.adapter <> 'manual'"
)
"""What was added by hand makes nothing else fresh."""

KIN = f"SELECT opening, posting, family FROM kin WHERE opening {_IN}"  # noqa: S608 - constants only

KIN_OF = (
    "SELECT k.opening, k.posting, k.family FROM kin m JOIN kin k ON k.family = m.family "
    "OR (m.posting <> '' AND k.posting = m.posting) WHERE m.opening = ? ORDER BY k.opening"
)

ALIKE = f"SELECT one, other, score, why FROM alike WHERE one {_IN} AND other {_IN} ORDER BY score DESC, one, other"  # noqa: S608

DECISIONS = "SELECT one, other, joined, at FROM decision ORDER BY no"
