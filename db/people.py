"""The person in the store: profile and steps, and the outbox that keeps each digest until a server has taken it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from db import _rows
from db.codec import clean, stamp
from db.dialect import upsert
from db.schema import outbox, outbox_item, profile
from db.status import Parcel
from finder.model import Progress


def ensure_profile(connection: Connection, name: str, now: datetime) -> int:
    """The number of the profile, which is made if it is not there."""
    number = connection.execute(select(profile.c.no).where(profile.c.name == clean(name))).scalar()
    if number is None:
        made = insert(profile).values(name=clean(name), created_at=stamp(now)).returning(profile.c.no)
        number = connection.execute(made).scalar_one()
    return int(number)


def set_step(connection: Connection, name: str, step: str, progress: Progress) -> None:
    """Set what the person has done about one step; the profile is made if it is not there."""
    row = {
        "profile": ensure_profile(connection, name, progress.at),
        "step": clean(step),
        "state": progress.state,
        "at": stamp(progress.at),
        "evidence": clean(progress.evidence),
    }
    connection.execute(text(upsert("profile_step", ("profile", "step"), ("state", "at", "evidence"))), row)


_PARCEL = select(*(profile.c.name if column.name == "profile" else column for column in outbox.c)).join(
    profile, profile.c.no == outbox.c.profile
)
"""The columns that `_rows.parcel` reads."""


def put(connection: Connection, parcel: Parcel, openings: Collection[str]) -> Parcel:
    """Keep a digest. One a person and period: what is already there stands and is handed back instead."""
    number = ensure_profile(connection, parcel.profile, parcel.created_at)
    same = (outbox.c.profile == number) & (outbox.c.period == parcel.period)
    there = connection.execute(_PARCEL.where(same)).first()
    if there is None:
        made = connection.execute(
            insert(outbox)
            .values(
                profile=number,
                period=parcel.period,
                message_id=clean(parcel.message_id),
                subject=clean(parcel.subject),
                body=parcel.body,
                created_at=stamp(parcel.created_at),
                state="built",
                attempts=0,
                last_error="",
                sent_at=None,
            )
            .returning(outbox.c.no)
        ).scalar_one()
        rows = [{"outbox": made, "opening": opening} for opening in sorted(set(openings))]
        if rows:
            connection.execute(insert(outbox_item), rows)
        there = connection.execute(_PARCEL.where(same)).one()
    return _rows.parcel(there)


def pending(connection: Connection, name: str) -> list[Parcel]:
    """Digests of a person that no server has taken yet and that are to be tried again, oldest first."""
    rows = connection.execute(_PARCEL.where(profile.c.name == name, outbox.c.state == "built").order_by(outbox.c.no))
    return [_rows.parcel(row) for row in rows]


def mark_sent(connection: Connection, number: int, now: datetime) -> None:
    """A server has taken it."""
    values: dict[str, Any] = {
        "state": "sent",
        "sent_at": stamp(now),
        "last_error": "",
        "attempts": outbox.c.attempts + 1,
    }
    connection.execute(update(outbox).where(outbox.c.no == number).values(values))


def mark_failed(connection: Connection, number: int, problem: str, park: bool) -> None:
    """It was not taken. `park`: it never will be, and is not tried again by itself."""
    state = "parked" if park else "built"
    values: dict[str, Any] = {"state": state, "last_error": clean(problem), "attempts": outbox.c.attempts + 1}
    connection.execute(update(outbox).where(outbox.c.no == number).values(values))
