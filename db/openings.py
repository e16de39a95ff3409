"""Openings computed anew from their sightings, full text kept in step. Runs in the caller's transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, text, update

from db import checks, dialect
from db.codec import dumps, opening_id, unpack
from db.look import Recorded
from db.merge import View, Whole, mark, merge, words
from db.schema import alias, document, facets, kin, listing, opening, outbox_item, sighting, source, turn
from db.sources import batches
from finder.model import State

MOVED = "its source lists it under another address now"
"""Evidence of an opening whose only sighting turned out to be of another one."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Ids given in this transaction to identities that the store did not know."""

    ids: dict[str, str] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)

    def give(self, number: str, identity: str) -> None:
        self.ids[identity], self.identities[number] = number, identity


def ids_of(connection: Connection, identities: Collection[str], fresh: Fresh) -> dict[str, str]:
    """Identity → opening id; what is unknown gets the id that follows from its identity, longer where that is taken."""
    wanted = dict.fromkeys(identities)
    ids = _stored_ids(connection, wanted)
    unknown = [identity for identity in wanted if identity not in ids and identity not in fresh.ids]
    taken = _taken(connection, [opening_id(identity) for identity in unknown])
    for identity in unknown:
        number = opening_id(identity)
        while number in taken or number in fresh.identities:
            number = opening_id(identity, len(number) + 1)
            taken |= _taken(connection, [number])
        fresh.give(number, identity)
    return {identity: ids.get(identity) or fresh.ids[identity] for identity in wanted}


def _stored_ids(connection: Connection, identities: Collection[str]) -> dict[str, str]:
    """Identity → id of the openings that the store knows by their first identity or by a further one."""
    further = select(alias.c.identity, alias.c.opening).where(alias.c.identity.in_(identities))
    first = select(opening.c.identity, opening.c.id).where(opening.c.identity.in_(identities))
    return {identity: number for rows in (further, first) for identity, number in connection.execute(rows)}


def adopt(connection: Connection, identities: Mapping[str, str]) -> None:
    """Let identities stand for openings too (identity → id); those that stand for one already keep it."""
    for some in batches(sorted(identities)):
        there = _stored_ids(connection, some)
        rows = [{"identity": one, "opening": identities[one]} for one in some if one not in there]
        if rows:
            connection.execute(insert(alias), rows)


def _taken(connection: Connection, ids: Collection[str]) -> set[str]:
    return set(connection.execute(select(opening.c.id).where(opening.c.id.in_(ids))).scalars())


def doubted(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these openings that are not open: a board that shows them may outdo what their own pages said."""
    found: set[str] = set()
    for some in batches(sorted(ids)):
        asked = select(opening.c.id).where(opening.c.id.in_(some), opening.c.state != "open")
        found |= set(connection.execute(asked).scalars())
    return found


def touch_openings(connection: Connection, ids: Collection[str], now: str) -> None:
    """Openings that were seen again and are otherwise as they were."""
    statement = update(opening).where(opening.c.id == bindparam("one"), opening.c.last_seen < now).values(last_seen=now)
    for some in batches(sorted(ids)):
        connection.execute(statement, [{"one": number} for number in some])


def refresh_openings(connection: Connection, ids: Collection[str], fresh: Fresh, now: str) -> Recorded:
    """Compute these openings from their sightings and write what changed.

    One that is left without sightings is removed, or closed if a digest listed it.
    """
    total = Recorded()
    for some in batches(sorted(ids)):
        views, before, pages = _views(connection, some), _before(connection, some), checks.of_openings(connection, some)
        batch = _Batch(now)
        for number in some:
            old = before.get(number)
            if number in views:
                identity = old.identity if old else fresh.identities[number]
                batch.take(number, identity, old, merge(views[number], pages.get(number)))
        _write(connection, batch)
        left = _leave(connection, [old for number, old in before.items() if number not in views], now)
        total = _sum(total, batch.counts(), Recorded(closed=left))
    return total


def _sum(*counts: Recorded) -> Recorded:
    return Recorded(*(sum(getattr(one, f.name) for one in counts) for f in fields(Recorded)))


def _views(connection: Connection, ids: Sequence[str]) -> dict[str, list[View]]:
    s = sighting.c
    rows = connection.execute(
        select(s.opening, s.no.label("number"), s.state, s.evidence, s.state_at, s.first_seen, s.last_seen, s.hidden)
        .add_columns(source.c.name.label("source"), source.c.authority, listing.c.body)
        .join(source, source.c.no == s.source)
        .join(listing, listing.c.sighting == s.no)
        .where(s.opening.in_(ids))
    )
    views = defaultdict(list)
    for row in rows:
        view = {name: value for name, value in row._mapping.items() if name not in ("opening", "body")}
        views[row.opening].append(View(**view, content=json.loads(unpack(row.body))))
    return views


def _before(connection: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    rows = connection.execute(select(opening).where(opening.c.id.in_(ids)))
    return {row.id: row for row in rows}


@dataclass(slots=True)
class _Batch:
    """What some openings come to: rows to insert, rows to update, documents to index, changes of state."""

    now: str
    inserted: list[dict[str, Any]] = field(default_factory=list)
    updated: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0
    closed: int = 0
    reopened: int = 0

    def take(self, number: str, identity: str, old: Row[Any] | None, whole: Whole) -> None:
        """One opening: its row from its sightings, compared with the row that is there."""
        row = _row(number, identity, old, whole, self.now)
        if old is None:
            self.inserted.append(row)
            self.added += whole.first_seen == self.now
        elif row != old._asdict():
            self.updated.append(row | {"one": number})
            self.closed += row["state"] == "closed" != old.state
            self.reopened += row["state"] != "closed" == old.state
            if row["state"] != old.state:
                self.turns.append(_turn(number, whole.state, whole.evidence, whole.source, self.now))
        if old is None or row["content"] != old.content:
            self.documents.append(_document(number, whole))

    def counts(self) -> Recorded:
        changed = len(self.documents) - len(self.inserted)
        return Recorded(self.added, changed, self.closed, self.reopened)


def _row(number: str, identity: str, old: Row[Any] | None, whole: Whole, now: str) -> dict[str, Any]:
    said = whole.content
    same = old is not None and old.state == whole.state
    return {
        "id": number,
        "identity": identity,
        "kind": said["kind"],
        "title": said["title"],
        "organization": said["organization"],
        "url": said["url"],
        "places": dumps(said["places"]),
        "remote": said["remote"],
        "terms": dumps(said["terms"]),
        "posted_at": said["posted_at"],
        "updated_at": said["updated_at"],
        "deadline": said["deadline"],
        "pay": said["pay"],
        "extra": dumps(said["extra"]),
        "content": mark(said),
        "first_seen": min(old.first_seen, whole.first_seen) if old else whole.first_seen,
        "last_seen": max(old.last_seen, whole.last_seen) if old else whole.last_seen,
        "state": whole.state,
        "evidence": old.evidence if old and same and whole.state != "open" else whole.evidence,
        "state_at": old.state_at if old and same else now,
        "hidden": whole.hidden,
    }


def _turn(number: str, state: State, evidence: str, source: str, now: str) -> dict[str, Any]:
    return {"opening": number, "at": now, "state": state, "evidence": evidence, "source": source}


def _document(number: str, whole: Whole) -> dict[str, Any]:
    said = whole.content
    return {
        "opening": number,
        "title": said["title"],
        "organization": said["organization"],
        "words": words(said),
        "description": said["description"],
    }


def _write(connection: Connection, batch: _Batch) -> None:
    if batch.inserted:
        connection.execute(insert(opening), batch.inserted)
    if batch.updated:
        columns: dict[str, Any] = {column.name: bindparam(column.name) for column in opening.c if column.name != "id"}
        connection.execute(update(opening).where(opening.c.id == bindparam("one")).values(columns), batch.updated)
    if batch.turns:
        connection.execute(insert(turn), batch.turns)
    if batch.documents:
        names = (dumps([one["opening"] for one in batch.documents]),)
        connection.exec_driver_sql(dialect.UNINDEX, names)
        connection.execute(text(dialect.upsert("document", ("opening",), dialect.INDEXED)), batch.documents)
        connection.exec_driver_sql(dialect.INDEX, names)


def _leave(connection: Connection, orphans: Sequence[Row[Any]], now: str) -> int:
    """Openings without sightings: close those that a digest listed, remove the others. How many were closed."""
    ids = [row.id for row in orphans]
    mailed = set(connection.execute(select(outbox_item.c.opening).where(outbox_item.c.opening.in_(ids))).scalars())
    closing = [row.id for row in orphans if row.id in mailed and row.state != "closed"]
    values = {"state": "closed", "evidence": MOVED, "state_at": now}
    connection.execute(update(opening).where(opening.c.id.in_(closing)).values(values))
    if closing:
        connection.execute(insert(turn), [_turn(number, "closed", MOVED, "", now) for number in closing])
    gone = [number for number in ids if number not in mailed]
    connection.exec_driver_sql(dialect.UNINDEX, (dumps(gone),))
    for statement in _PART:
        connection.exec_driver_sql(statement, {"gone": dumps(gone)})
    for table, column in (
        (alias, "opening"),
        (document, "opening"),
        (facets, "opening"),
        (kin, "opening"),
        (turn, "opening"),
        (opening, "id"),
    ):
        connection.execute(delete(table).where(table.c[column].in_(gone)))
    return len(closing)


_GONE = "(SELECT value FROM json_each(:gone))"
_PART = (
    f"DELETE FROM alike WHERE one IN {_GONE} OR other IN {_GONE}",  # noqa: S608 - constants only
    f"UPDATE kin SET rules = '' WHERE role IN (SELECT k.role FROM kin k WHERE k.opening IN {_GONE})",  # noqa: S608
)
"""Openings that go are kin to nobody; the chances of their siblings to be told apart are to be reckoned anew."""
