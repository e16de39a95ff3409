"""Sources in the store: when they are due, how each look at them ended, and what is remembered of their pages."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, text, update

from db.codec import clean, dumps, fields_of, moment, stamp
from db.dialect import upsert
from db.look import Recorded, SourceLook
from db.schema import fact, held, hold, listing, page, sighting, source, source_run
from finder.crawl import Remembered
from finder.health import fills
from finder.lifecycle import Hold, Known
from finder.model import Request, Validators

BATCH = 500
"""Rows of one statement or one step: keeps memory bounded, and far below any database's limit of parameters."""

_T = TypeVar("_T")


def batches(items: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    """The items in their order, `size` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


# ------------------------------------------------------------------------------------------------ sources and runs
def save_source(connection: Connection, look: SourceLook, now: datetime) -> int:
    """The number of the source, its row brought up to date.

    A look that failed or was held is one more failure in a row; one that was not due is none."""
    row = connection.execute(select(source.c.no, source.c.failures).where(source.c.name == look.source)).first()
    failures = row.failures if row else 0
    values = {
        "adapter": look.adapter,
        "origin": look.origin,
        "authority": look.authority,
        "next_due": stamp(max(filter(None, (look.next_due, look.retry_at)), default=None)),
        "failures": {"failed": failures + 1, "held": failures + 1, "not yet": failures}.get(look.outcome, 0),
        **({} if look.outcome == "not yet" else {"asked_at": None}),  # what was not asked ends no visit
    }
    if row:
        connection.execute(update(source).where(source.c.no == row.no).values(values))
        return int(row.no)
    fresh = insert(source).values(name=look.source, first_seen=stamp(now), **values).returning(source.c.no)
    return int(connection.execute(fresh).scalar_one())


def begin_visit(connection: Connection, name: str, adapter: str, origin: str, authority: int, now: datetime) -> None:
    """Note when a visit begins, in case that it never ends."""
    at = stamp(now)
    if not connection.execute(update(source).where(source.c.name == name).values(asked_at=at)).rowcount:
        values = {"name": name, "adapter": adapter, "origin": origin, "authority": authority, "first_seen": at}
        connection.execute(insert(source).values(failures=0, asked_at=at, **values))


def save_outcome(connection: Connection, number: int, look: SourceLook, recorded: Recorded, now: datetime) -> None:
    """One line of the source's history."""
    connection.execute(
        insert(source_run).values(
            source=number,
            run=look.run,
            started_at=stamp(look.started),
            finished_at=stamp(now),
            outcome=look.outcome,
            found=look.found,
            skipped=look.skipped,
            added=recorded.added,
            changed=recorded.changed,
            closed=recorded.closed,
            reopened=recorded.reopened,
            unchanged=look.unchanged,
            problem=clean(look.problem),
            retry_at=stamp(look.retry_at),
            fills=_fills(look),
        )
    )


def _fills(look: SourceLook) -> str | None:
    told = fills(item.listing.found for item in look.items)
    return dumps([told.rows, dict(told.shares)]) if told.rows and look.outcome == "ok" else None


def save_hold(connection: Connection, number: int, kept: Hold | None) -> None:
    """Remember what was held, or that nothing is."""
    connection.execute(delete(held).where(held.c.source == number))
    if kept:
        connection.execute(insert(held).values(source=number, since=stamp(kept.since), marks=dumps(kept.marks)))


def hold_of(connection: Connection, name: str) -> Hold | None:
    """What is remembered of looks at the source that were held; None while it is believed."""
    asked = select(held.c.since, held.c.marks).join(source, source.c.no == held.c.source).where(source.c.name == name)
    row = connection.execute(asked).first()
    return Hold(moment(row.since), tuple(json.loads(row.marks))) if row else None


def due(connection: Connection) -> dict[str, datetime]:
    """When each source is next due, by its name; those that were never asked are left out."""
    rows = connection.execute(select(source.c.name, source.c.next_due).where(source.c.next_due.is_not(None)))
    return {name: moment(at) for name, at in rows}


def visited(connection: Connection, name: str) -> datetime | None:
    """When the source was last asked, whatever came of it; None if it never was."""
    asked = (source.c.name == name) & (source_run.c.outcome != "not yet")
    last = select(func.max(source_run.c.finished_at)).join(source, source.c.no == source_run.c.source).where(asked)
    begun = select(source.c.asked_at).where(source.c.name == name)
    return moment(max(filter(None, (connection.execute(one).scalar() for one in (last, begun))), default=None))


def visits(connection: Connection, name: str, limit: int) -> list[tuple[datetime, bool | None]]:
    """The latest looks, oldest first: when each ended, and whether it changed any opening; None if not accepted."""
    run = source_run.c
    rows = connection.execute(
        select(run.finished_at, run.outcome, run.added + run.changed + run.closed + run.reopened)
        .join(source, source.c.no == run.source)
        .where(source.c.name == name, run.outcome != "not yet")
        .order_by(run.no.desc())
        .limit(limit)
    ).all()
    return [(moment(at), bool(changes) if end in ("ok", "empty") else None) for at, end, changes in reversed(rows)]


def known(connection: Connection, name: str) -> dict[str, Known]:
    """Every sighting of the source, in whatever state, by the source's own key."""
    rows = connection.execute(
        select(
            sighting.c.key,
            sighting.c.state,
            sighting.c.missing_since,
            sighting.c.page,
            sighting.c.also,
            sighting.c.last_seen,
        )
        .join(source, source.c.no == sighting.c.source)
        .where(source.c.name == name)
    )
    times: dict[str | None, datetime | None] = {}  # few looks saw thousands of items: read each time once
    shown_by: dict[tuple[str, str | None], tuple[str, ...]] = {}  # and few pages
    known = {}
    for key, state, since, first, also, seen in rows:
        for stamped in (since, seen):
            if stamped not in times:
                times[stamped] = moment(stamped)
        if (first, also) not in shown_by:
            shown_by[first, also] = pages_of(first, also)
        known[key] = Known(state, times[since], shown_by[first, also], times[seen])
    return known


def pages_of(first: str, also: str | None) -> tuple[str, ...]:
    """The pages that a sighting is on, from its two columns."""
    return (first, *(json.loads(also) if also else ())) if first else ()


def parts(connection: Connection, name: str, keys: Collection[str]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """The newest raw facts of these items: key → part → fields. Lists come back as tuples, as Found has them."""
    stored: dict[str, dict[str, Mapping[str, Any]]] = {}
    for some in batches(sorted(keys)):
        rows = connection.execute(
            select(sighting.c.key, fact.c.part, fact.c.body)
            .join(source, source.c.no == sighting.c.source)
            .join(fact, fact.c.sighting == sighting.c.no)
            .where(source.c.name == name, sighting.c.key.in_(some))
            .order_by(fact.c.no)
        )
        newest = {(key, part): body for key, part, body in rows}
        for (key, part), body in newest.items():
            stored.setdefault(key, {})[part] = fields_of(body)
    return stored


def posted(connection: Connection, name: str, keys: Collection[str]) -> dict[str, datetime]:
    """When these items were posted, as recorded; those without a date are left out."""
    dates: dict[str, datetime] = {}
    for some in batches(sorted(keys)):
        rows = connection.execute(
            select(sighting.c.key, listing.c.body)
            .join(source, source.c.no == sighting.c.source)
            .join(listing, listing.c.sighting == sighting.c.no)
            .where(source.c.name == name, sighting.c.key.in_(some))
        )
        told = ((key, fields_of(body)["posted_at"]) for key, body in rows)
        dates |= {key: moment(text) for key, text in told if text}
    return dates


# ------------------------------------------------------------------------------------------------ pages and holds
def save_pages(connection: Connection, number: int, pages: Mapping[str, Remembered]) -> None:
    """Remember pages, in the transaction of the rows they showed: a 304 must never stand for rows not saved."""
    rows = [
        {
            "source": number,
            "key": clean(key),
            "etag": clean(memory.validators.etag),
            "last_modified": clean(memory.validators.last_modified),
            "next": dumps([_request_fields(request) for request in memory.next]),
            "complete": memory.complete,
        }
        for key, memory in pages.items()
    ]
    if rows:
        statement = upsert("page", ("source", "key"), ("etag", "last_modified", "next", "complete"))
        connection.execute(text(statement), rows)


def memory(connection: Connection, name: str) -> dict[str, Remembered]:
    """What is remembered of the source's pages, by Request.key."""
    rows = connection.execute(
        select(page.c.key, page.c.etag, page.c.last_modified, page.c.next, page.c.complete)
        .join(source, source.c.no == page.c.source)
        .where(source.c.name == name)
    )
    return {
        key: Remembered(
            Validators(etag, modified), tuple(_request(fields) for fields in json.loads(after)), bool(complete)
        )
        for key, etag, modified, after, complete in rows
    }


def _request_fields(request: Request) -> list[Any]:
    body = request.body.decode("latin-1")  # any bytes, and back
    return [request.url, request.method, body, request.headers, request.context, request.optional, request.stands_for]


def _request(fields: list[Any]) -> Request:
    url, method, body, headers, *others = fields  # what was remembered before requests had more fields has fewer
    pairs = tuple((name, value) for name, value in headers)
    return Request(url, method, body.encode("latin-1"), pairs, *others)


def save_holds(connection: Connection, holds: Mapping[str, datetime]) -> None:
    """Remember that these hosts do not want to be asked before a time."""
    rows = [{"host": clean(host), "not_before": stamp(time)} for host, time in holds.items()]
    if rows:
        connection.execute(text(upsert("hold", ("host",), ("not_before",))), rows)


def holds(connection: Connection) -> dict[str, datetime]:
    """Host → the time before which it is not to be asked; times that are over included."""
    return {host: moment(time) for host, time in connection.execute(select(hold.c.host, hold.c.not_before))}
