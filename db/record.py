"""One accepted look becomes rows: sightings and facts first, then the openings they belong to.

Recording is idempotent: the same look again changes `last_seen` and nothing else, at the cost of a digest an item.
All of it runs in the one transaction of the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from db.codec import clean, digest, dumps, facts_digest, moment, pack, told
from db.dialect import upsert
from db.look import Recorded, Sighted, SourceLook
from db.merge import content
from db.openings import Fresh, adopt, doubted, ids_of, refresh_openings, touch_openings
from db.schema import fact, parted, sighting
from db.sources import batches, pages_of
from finder.model import State


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of `sighting`. Number 0: not in the store yet."""

    no: int
    source: int
    key: str
    opening: str
    page: str
    url: str
    state: State
    evidence: str
    state_at: str
    missing_since: str | None
    first_seen: str
    last_seen: str
    hidden: bool
    content: str
    also: str | None = None

    def off(self, pages: Collection[str]) -> Seen:
        """The same, without these of the pages it was on."""
        if self.page not in pages and not self.also:
            return self
        page, also = _pages([one for one in pages_of(self.page, self.also) if one not in pages])
        return replace(self, page=page, also=also)


@dataclass(frozen=True, slots=True)
class _Item:
    """A sighted item, encoded."""

    key: str
    pages: list[str]
    url: str
    identity: str
    closed: str
    hidden: bool
    listing: str
    facts: dict[str, str]
    """Part → its fields as JSON."""
    digests: dict[str, str]
    content: str


def record(connection: Connection, source: int, look: SourceLook, now: str) -> Recorded:
    """Write what an accepted look showed and concluded. `now` as `codec.stamp` writes it."""
    writer = _Writer(connection, source, now, _stored(connection, source), _parted(connection, source))
    writer.rename(look)
    for some in batches(look.items):
        writer.items([_item(one) for one in some])
    writer.others(look)
    if look.authority:
        writer.affected |= doubted(connection, writer.seen)
    counts = refresh_openings(connection, writer.affected, writer.fresh, now)
    touch_openings(connection, writer.seen - writer.affected, now)
    return counts


def _stored(connection: Connection, source: int) -> dict[str, Seen]:
    rows = connection.execute(select(sighting).where(sighting.c.source == source))
    return {row.key: Seen(*row) for row in rows}


def _parted(connection: Connection, source: int) -> dict[str, str]:
    """Key → identity of the sightings that a person took out of an opening."""
    rows = connection.execute(select(parted.c.key, parted.c.identity).where(parted.c.source == source))
    return {row.key: row.identity for row in rows}


def _item(one: Sighted) -> _Item:
    said = one.listing.found
    body = dumps(content(one.listing))
    facts = {clean(part): told(fields) for part, fields in one.parts.items()}
    digests = {part: facts_digest(fields) for part, fields in facts.items()}
    return _Item(
        key=clean(said.key),
        pages=[clean(page) for page in one.pages],
        url=clean(one.listing.url),
        identity=clean(one.listing.identity),
        closed=clean(said.closed),
        hidden=said.hidden,
        listing=body,
        facts={part: dumps(fields) for part, fields in facts.items()},
        digests=digests,
        content=digest(body, dumps(digests)),
    )


@dataclass(slots=True)
class _Writer:
    """Goes through a look batch by batch and keeps what must be done about openings at its end."""

    connection: Connection
    source: int
    now: str
    stored: dict[str, Seen]
    parted: dict[str, str]
    fresh: Fresh = field(default_factory=Fresh)
    shown: set[str] = field(default_factory=set)
    """Keys that the look showed."""
    affected: set[str] = field(default_factory=set)
    """Openings to compute anew."""
    seen: set[str] = field(default_factory=set)
    """Openings seen again."""

    def rename(self, look: SourceLook) -> None:
        """Give sightings the keys that their source now lists them under, and their openings the identities."""
        identities = {clean(item.listing.found.key): clean(item.listing.identity) for item in look.items}
        pairs = [(clean(new), clean(old)) for new, old in look.same.items()]
        moved = [(n, o) for n, o in pairs if n in identities and o in self.stored and n not in self.stored]
        for new, old in moved:
            self.stored[new] = replace(self.stored.pop(old), key=new)
        rows = [{"one": self.stored[new].no, "key": new} for new, _ in moved]
        self._execute(update(sighting).where(sighting.c.no == bindparam("one")).values(key=bindparam("key")), rows)
        self._rename_parted([(new, old) for new, old in moved if old in self.parted])
        adopt(
            self.connection, {identities[new]: self.stored[new].opening for new, _ in moved if new not in self.parted}
        )

    def _rename_parted(self, moved: Sequence[tuple[str, str]]) -> None:
        self.parted |= {new: self.parted.pop(old) for new, old in moved}
        here = (parted.c.source == self.source, parted.c.key == bindparam("old"))
        rows = [{"old": old, "new": new} for new, old in moved]
        self._execute(update(parted).where(*here).values(key=bindparam("new")), rows)

    def items(self, items: Sequence[_Item]) -> None:
        """Record items of the look; of those with one key the first counts."""
        own = {item.key: item for item in reversed(items) if item.key not in self.shown}
        new = {key: replace(item, identity=self.parted.get(key, item.identity)) for key, item in own.items()}
        ids = ids_of(self.connection, [item.identity for item in new.values()], self.fresh)
        self.shown |= new.keys()
        self._save([self._shown(self.stored.get(key), item, ids[item.identity]) for key, item in new.items()])
        changed = [
            item for key, item in new.items() if key not in self.stored or self.stored[key].content != item.content
        ]
        self._save_facts(changed)

    def _shown(self, old: Seen | None, item: _Item, opening: str) -> Seen:
        state: State = "closed" if item.closed else "open"
        page, also = _pages(item.pages)
        return Seen(
            no=old.no if old else 0,
            source=self.source,
            key=item.key,
            opening=opening,
            page=page,
            url=item.url,
            state=state,
            evidence=item.closed,
            state_at=old.state_at if old and old.state == state else self.now,
            missing_since=None,
            first_seen=old.first_seen if old else self.now,
            last_seen=max(old.last_seen, self.now) if old else self.now,
            hidden=item.hidden,
            content=item.content,
            also=also,
        )

    def others(self, look: SourceLook) -> None:
        """Record what is concluded about items that no new page of the look showed."""
        pages, anew = {clean(key) for key in look.pages}, {clean(key) for key in look.anew}
        after: dict[str, Seen] = {}
        for key, old in self.stored.items():
            if key in self.shown:
                continue
            if key in look.touched:
                after[key] = _touched(old.off(anew), self.now)
            elif key in look.closed and old.state != "closed":
                after[key] = _closed(old, clean(look.closed[key]), self.now)
            elif key in look.missing and old.state != "closed":
                after[key] = _missing(old, self.now)
            elif (left := old.off(pages)) is not old:  # was answered and does not show it: nor does a later 304 to it
                after[key] = left
        self._save(list(after.values()))

    def _save(self, rows: Sequence[Seen]) -> None:
        """Insert and update sightings, and note the openings that depend on them."""
        inserted, updated, again = [], [], []
        for row in rows:
            old = self.stored.get(row.key)
            if old is None:
                inserted.append(row)
            elif row != replace(old, last_seen=row.last_seen):
                updated.append(row)
            elif row != old:
                again.append(row)
            if old is not None and row.last_seen != old.last_seen:
                self.seen.add(row.opening)
            if old is None or _says(old) != _says(row):
                self.affected |= {row.opening} | ({old.opening} if old else set())
        self._execute(insert(sighting), [_columns(row) for row in inserted])
        by_number = update(sighting).where(sighting.c.no == bindparam("one"))
        columns: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
        self._execute(by_number.values(columns), [_columns(row) | {"one": row.no} for row in updated])
        self._execute(by_number.values(last_seen=self.now), [{"one": row.no} for row in again])

    def _execute(self, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
        for some in batches(rows):
            self.connection.execute(statement, some)

    def _save_facts(self, items: Sequence[_Item]) -> None:
        """Keep what the source said: each item's newest listing, and a version of each part that says something new."""
        numbers, newest = self._newest([item.key for item in items])
        listings = [{"sighting": numbers[item.key], "body": pack(item.listing)} for item in items]
        versions = [
            {"sighting": number, "part": part, "digest": mark, "seen_at": self.now, "body": pack(item.facts[part])}
            for item in items
            for number in [numbers[item.key]]
            for part, mark in item.digests.items()
            if newest.get((number, part)) != mark
        ]
        self._execute(text(upsert("listing", ("sighting",), ("body",))), listings)
        self._execute(insert(fact), versions)

    def _newest(self, keys: Sequence[str]) -> tuple[dict[str, int], dict[tuple[int, str], str]]:
        """The numbers of these sightings, and the digest of the newest version of each of their parts."""
        rows = self.connection.execute(
            select(sighting.c.key, sighting.c.no, fact.c.part, fact.c.digest)
            .outerjoin(fact, fact.c.sighting == sighting.c.no)
            .where(sighting.c.source == self.source, sighting.c.key.in_(keys))
            .order_by(fact.c.no)
        ).all()
        return {row.key: row.no for row in rows}, {(row.no, row.part): row.digest for row in rows}


_COLUMNS = tuple(column.name for column in sighting.c if column.name != "no")


def _columns(row: Seen) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}


def _pages(keys: Sequence[str]) -> tuple[str, str | None]:
    """The columns that name the pages of a sighting."""
    return (keys[0] if keys else ""), (dumps(keys[1:]) if len(keys) > 1 else None)


def _says(row: Seen) -> tuple[Any, ...]:
    """What an opening depends on."""
    return row.opening, row.state, row.evidence, row.hidden, row.content


def _touched(old: Seen, now: str) -> Seen:
    """Still shown, by a page that did not change. What its source marks as closed stays closed."""
    last_seen = max(old.last_seen, now)
    if old.state != "missing":
        return replace(old, last_seen=last_seen)
    return replace(old, last_seen=last_seen, state="open", evidence="", state_at=now, missing_since=None)


def _missing(old: Seen, now: str) -> Seen:
    if old.state == "missing":
        return replace(old, page="", also=None)
    evidence = f"absent from a complete look, {moment(now):%Y-%m-%d %H:%M} UTC"
    return replace(old, state="missing", evidence=evidence, state_at=now, missing_since=now, page="", also=None)


def _closed(old: Seen, evidence: str, now: str) -> Seen:
    return replace(old, state="closed", evidence=evidence, state_at=now, missing_since=None, page="", also=None)
