"""What openings are kin to, as the store keeps it. Runs in the caller's transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, text

from db.codec import dumps, moment
from db.dialect import upsert
from db.openings import Fresh, ids_of, refresh_openings
from finder.duplicates import Card, card
from finder.kin import PROVEN, Decision, Pair, families, groups, label_of, link_of
from finder.model import Place


@dataclass(frozen=True, slots=True)
class Marked:
    """A card with the mark of all that it was made from."""

    card: Card
    mark: str

    @property
    def role(self) -> str:
        """What its row is found by; an opening whose company is not named stands for itself."""
        return label_of(self.card) or self.card.id


def stale(connection: Connection, rules: str) -> dict[str, str]:
    """Openings whose kin is to be reckoned, with the role that they were last found to have ('' if never)."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_STALE, (rules,))}


def employers(connection: Connection) -> dict[str, list[str]]:
    """Name of a company → its positions."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, name in connection.exec_driver_sql(_EMPLOYERS):
        found[name].append(number)
    return found


def cards(connection: Connection, ids: Collection[str]) -> list[Marked]:
    """What of these openings is compared, in the order of their ids."""
    return [_marked(row) for row in connection.exec_driver_sql(_CARDS, (dumps(sorted(ids)),)).all()]


def _marked(row: Sequence[str | None]) -> Marked:
    number, identity, company, title, places, remote, terms, posted, pay, sources, mark = row
    made = card(
        str(number),
        str(company),
        str(title),
        _places(str(places)),
        terms=json.loads(str(terms)),
        remote=None if remote is None else bool(remote),
        day=moment(posted).toordinal() if posted else None,
        pay=str(pay),
        sources=str(sources).split(","),
        link=link_of(str(identity)),
    )
    return Marked(made, str(mark))


@lru_cache(maxsize=8192)
def _places(text: str) -> tuple[Place, ...]:
    return tuple(Place(*place) for place in json.loads(text))


def descriptions(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The descriptions of these openings."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_DESCRIPTIONS, (dumps(sorted(ids)),))}


def save(connection: Connection, rules: str, reckoned: Sequence[Marked], found: Iterable[Pair]) -> None:
    """Keep what was reckoned of these openings: their roles, and all pairs that one of them is in."""
    ids = dumps([one.card.id for one in reckoned])
    connection.exec_driver_sql(_UNPAIR, {"ids": ids})
    rows = [{"opening": o.card.id, "rules": rules, "content": o.mark, "role": o.role} for o in reckoned]
    if rows:
        connection.execute(text(_SAVE), rows)
    pairs = [{"one": pair.one, "other": pair.other, "score": pair.score, "why": pair.why} for pair in found]
    if pairs:
        connection.execute(text(_PAIR), pairs)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """How many openings belong to another posting, to another family, than before."""

    postings: int = 0
    families: int = 0


def regroup(connection: Connection) -> Regrouped:
    """Group anew what is alike, by what a person decided, and write what changed."""
    pairs = [Pair(*row) for row in connection.exec_driver_sql(_PAIRS)]
    said = decisions(connection)
    ids = {id_ for pair in pairs for id_ in (pair.one, pair.other)}.union(*((one.one, one.other) for one in said))
    there = {row[0]: _Row(*row) for row in connection.exec_driver_sql(_GROUPED, (dumps(sorted(ids)),))}
    said = [one for one in said if one.one in there and (not one.other or one.other in there)]
    found = groups(pairs, said, _sources(connection, there))
    heads = {id_: id_ for id_ in there}
    for group in found:
        heads |= dict.fromkeys(group, min(group, key=lambda id_: (link_of(there[id_].identity) != PROVEN, id_)))
    joined = {id_ for group in found for id_ in group}
    told = families({id_: row.role for id_, row in there.items()}, heads, said)
    changed = [{"opening": id_, "posting": heads[id_] if id_ in joined else "", "family": told[id_]} for id_ in there]
    postings = sum(there[row["opening"]].posting != row["posting"] for row in changed)
    kin = sum(there[row["opening"]].family != row["family"] for row in changed)
    if postings or kin:
        connection.execute(text(_REGROUP), changed)
    return Regrouped(postings, kin)


@dataclass(frozen=True, slots=True)
class _Row:
    """What is kept of one position that a pair or a decision is about."""

    id: str
    role: str
    posting: str
    family: str
    identity: str


def _sources(connection: Connection, ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    rows = connection.exec_driver_sql(_SOURCES, (dumps(sorted(ids)),))
    return {number: frozenset(told.split(",")) for number, told in rows}


def is_unconcluded(connection: Connection, facets: str, rules: str) -> bool:
    """Whether an opening has no facets or kin, or such as follow from other rules or facts."""
    return bool(connection.exec_driver_sql(_UNCONCLUDED, (facets,)).first()) or bool(stale(connection, rules))


def forget(connection: Connection) -> None:
    """Let every conclusion count as drawn by no rules."""
    for statement in ("UPDATE facets SET rules = ''", "UPDATE kin SET rules = ''"):
        connection.exec_driver_sql(statement)


# ------------------------------------------------------------------------------------------------ decisions
def decisions(connection: Connection) -> list[Decision]:
    """What a person said, the earliest first."""
    return [Decision(row[0], row[1], bool(row[2])) for row in connection.exec_driver_sql(_DECISIONS)]


def decide(connection: Connection, said: Decision, now: str) -> None:
    """Keep a decision in the place of an earlier one on the same openings."""
    undecide(connection, said.one, said.other)
    values = {"one": said.one, "other": said.other, "joined": said.joined, "at": now}
    connection.execute(text(_DECIDE), values)


def undecide(connection: Connection, one: str, other: str) -> bool:
    """Take back what was said of these two, or of one that was to stand by itself; whether anything was."""
    return bool(connection.exec_driver_sql(_UNDECIDE, {"one": one, "other": other}).rowcount)


def part(connection: Connection, opening: str, source: str, now: str) -> str:
    """Make an opening of its own of what a source showed of this one, now and whenever it shows it; its id."""
    rows = connection.exec_driver_sql(_SHOWN, (opening, source)).all()
    identity = f"split:{source}:{rows[0].key}"
    fresh = Fresh()
    number = ids_of(connection, [identity], fresh)[identity]
    for row in rows:
        connection.execute(text(_PARTED), {"source": row.source, "key": row.key, "identity": identity})
        connection.exec_driver_sql("UPDATE sighting SET opening = ? WHERE no = ?", (number, row.no))
    refresh_openings(connection, {opening, number}, fresh, now)
    return number


_POSITIONS = "o.kind IN ('internship', 'job')"
_SHOWERS = (
    "(SELECT group_concat(x.source) FROM "
    "(SELECT DISTINCT s.source FROM sighting s WHERE s.opening = o.id ORDER BY s.source) x)"
)
_MARK = f"o.content || ' ' || coalesce(substr(o.posted_at, 1, 10), '') || ' ' || coalesce({_SHOWERS}, '')"
_THESE = "(SELECT value FROM json_each(?))"

_STALE = (
    "SELECT o.id, coalesce(k.role, '') FROM opening o LEFT JOIN kin k ON k.opening = o.id "  # noqa: S608 - constants only
    f"WHERE {_POSITIONS} AND (k.opening IS NULL OR k.rules <> ? OR k.content <> {_MARK}) ORDER BY o.id"
)
_UNCONCLUDED = (
    "SELECT 1 FROM opening o LEFT JOIN facets f ON f.opening = o.id "
    "WHERE f.opening IS NULL OR f.rules <> ? OR f.content <> o.content LIMIT 1"
)
_EMPLOYERS = f"SELECT o.id, o.organization FROM opening o WHERE {_POSITIONS}"  # noqa: S608
_CARDS = (
    "SELECT o.id, o.identity, o.organization, o.title, o.places, o.remote, o.terms, o.posted_at, o.pay, "  # noqa: S608
    f"coalesce({_SHOWERS}, ''), {_MARK} FROM opening o WHERE o.id IN {_THESE} ORDER BY o.id"
)
_DESCRIPTIONS = f"SELECT opening, description FROM document WHERE description <> '' AND opening IN {_THESE}"  # noqa: S608
_UNPAIR = (
    "DELETE FROM alike WHERE one IN (SELECT value FROM json_each(:ids)) OR other IN (SELECT value FROM json_each(:ids))"
)
_SAVE = (
    "INSERT INTO kin (opening, rules, content, role, posting, family) "
    "VALUES (:opening, :rules, :content, :role, '', :role) ON CONFLICT (opening) "
    "DO UPDATE SET rules = excluded.rules, content = excluded.content, role = excluded.role"
)
_PAIR = upsert("alike", ("one", "other"), ("score", "why"))
_PAIRS = "SELECT one, other, score, why FROM alike"
_GROUPED = (
    "SELECT k.opening, k.role, k.posting, k.family, o.identity FROM kin k JOIN opening o ON o.id = k.opening "  # noqa: S608
    f"WHERE k.posting <> '' OR k.family <> k.role OR k.opening IN {_THESE}"
)
_SOURCES = (
    "SELECT s.opening, group_concat(s.source) FROM sighting s "  # noqa: S608
    f"WHERE s.opening IN {_THESE} GROUP BY s.opening"
)
_REGROUP = "UPDATE kin SET posting = :posting, family = :family WHERE opening = :opening"
_DECISIONS = "SELECT one, other, joined FROM decision ORDER BY no"
_DECIDE = "INSERT INTO decision (one, other, joined, at) VALUES (:one, :other, :joined, :at)"
_UNDECIDE = "DELETE FROM decision WHERE (one = :one AND other = :other) OR (one = :other AND other = :one)"
_SHOWN = (
    "SELECT s.no, s.source, s.key FROM sighting s JOIN source r ON r.no = s.source "
    "WHERE s.opening = ? AND r.name = ? ORDER BY s.no"
)
_PARTED = upsert("parted", ("source", "key"), ("identity",))
