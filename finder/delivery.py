"""The weekly digest as a use case: chosen, built, kept, sent; once a person and week.

matches ─▶ choose ─▶ text + HTML ─▶ message ─▶ outbox ─▶ server
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from db.read import Reader, StoreMissing
from db.store import Parcel, Store
from finder.config import Config
from finder.digest import Collected, Digest, Earlier, Room, choose, iso_week
from finder.errors import Busy, DeliveryError
from finder.lock import locked
from finder.mail import Rejected, Route, build, route, send
from finder.matching import everything, told
from finder.render.digest import html, text
from finder.render.health import streak
from finder.watch import Watched, watched

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MOST_BYTES = 70_000
"""Of the HTML part: Gmail cuts a mail at about 102 kB, and its foot with it."""

TRIES = 3
"""Attempts after which a mail that the server refuses for good is put aside."""


@dataclass(frozen=True, slots=True)
class Written:
    """A digest and its two renderings."""

    digest: Digest
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to do about mail now."""

    waiting: bool
    """A digest is built that no server has taken yet."""
    digest: bool
    """The time of this week's has come, and it is not built."""


def local(now: datetime, zone: str) -> datetime:
    """`now` on the person's own clock: [digest] zone, else the machine's."""
    return now.astimezone(ZoneInfo(zone)) if zone else now.astimezone()


def write(config: Config, now: datetime, earlier: Sequence[Earlier]) -> Written:
    """This week's digest of what the store holds, cut to MOST_BYTES. `earlier`: the person's digests until now.

    Raises StoreMissing and StoreError.
    """
    with Reader.open(config.db) as reader:
        return _written(reader, config, now, earlier)


def preview(config: Config, now: datetime) -> Written:
    """This week's digest as it would be built now, whether it was sent or not; nothing is kept.

    Raises StoreMissing and StoreError.
    """
    with Reader.open(config.db) as reader:
        return _written(reader, config, now, _earlier(reader, config, now))


def _written(reader: Reader, config: Config, now: datetime, earlier: Sequence[Earlier]) -> Written:
    matches, collected = everything(reader, config, now), _collected(reader, config)
    room = Room(config.digest.internships, config.digest.projects)
    while True:
        digest = choose(
            matches,
            earlier,
            profile=config.profile.name,
            week=_week(config, now),
            now=now,
            room=room,
            collected=collected,
        )
        digest = _told(reader, config, digest)
        written = Written(digest, text(digest), html(digest))
        if len(written.html.encode("utf-8", "replace")) <= MOST_BYTES or room == room.smaller():
            return written
        room = room.smaller()


def _told(reader: Reader, config: Config, digest: Digest) -> Digest:
    """The same, each match with its reasons."""
    sections = (
        replace(section, matches=tuple(told(reader, config, section.matches, digest.at))) for section in digest.sections
    )
    return replace(digest, sections=tuple(sections))


def _collected(reader: Reader, config: Config) -> Collected:
    """Of the sources that count now: one that was taken out is nobody's trouble any more."""
    asked = [one for one in watched(reader, config) if one.health]
    own, boards = ([one for one in asked if one.is_board == which] for which in (False, True))
    return Collected(
        refreshed=reader.last_refresh(),
        asked=len(own),
        troubles=tuple((one.name, cause) for one in own if (cause := _cause(one))),
        findings=tuple((one.name, finding) for one in own if one.health for finding in one.health.findings),
        boards=len(boards),
        boards_down=sum(one.is_down for one in boards),
    )


def _cause(one: Watched) -> str:
    """`failed 3 times since 2026-08-20 09:00 UTC: 404 Not Found (…)`; '' of one that is not down."""
    told = streak(one.health) if one.health else ""
    return f"{told}: {one.status.problem}" if told and one.status else told


def _week(config: Config, now: datetime) -> str:
    return iso_week(local(now, config.digest.zone))


def _earlier(reader: Reader, config: Config, now: datetime) -> list[Earlier]:
    """Digests of other weeks, sent or waiting. One put aside reached nobody: what it told is news yet."""
    week = _week(config, now)
    return [
        Earlier(parcel.created_at, reader.listed(parcel.number))
        for parcel in reader.outbox(config.profile.name)
        if parcel.state != "parked" and parcel.period != week
    ]


def due(config: Config, now: datetime) -> Due:
    """Whether mail waits, and whether this week's should have been built by now and was not: once, however late.

    Before anything was ever collected there is nothing to tell. Raises StoreMissing and StoreError.
    """
    here, settings = local(now, config.digest.zone), config.digest
    with Reader.open(config.db) as reader:
        parcels, refreshed = reader.outbox(config.profile.name), reader.last_refresh()
    in_time = (here.weekday(), here.hour) >= (DAYS.index(settings.day), settings.hour)
    return Due(
        waiting=any(parcel.state == "built" for parcel in parcels),
        digest=in_time and refreshed is not None and iso_week(here) not in {parcel.period for parcel in parcels},
    )


def deliver(config: Config, environ: Mapping[str, str], now: datetime, *, build_now: bool = True) -> list[Parcel]:
    """Send what waits in the outbox and, with `build_now`, this week's digest unless it was sent; what was sent.

    A mail is in the store before a server hears of it, and stays until one has taken it: the next call sends the same
    bytes. Raises ConfigError before anything is built, StoreError, Busy while another process sends, and DeliveryError
    when all was tried and something was not taken.
    """
    way, name = route(config.mail, environ), config.profile.name
    with _alone(config.db), Store.open(config.db) as store:
        with Reader.open(config.db) as reader:
            there = next((parcel for parcel in reader.outbox(name) if parcel.period == _week(config, now)), None)
        waiting = store.pending(name)
        if build_now and there is None:
            waiting.append(_keep(store, config, way, now))
        sent = _send_all(store, waiting, way, now)
    if build_now and there and there.state == "parked":
        raise DeliveryError(f"the mail of {there.period} was refused for good and put aside: {there.last_error}")
    return sent


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """One sender at a time: two that find the same mail waiting would both send it."""
    if not store.exists():
        raise StoreMissing(store)
    try:
        with locked(store.with_name(f"{store.name}.mail")):
            yield
    except Busy as error:
        raise Busy("another finder is sending the mail of this store; nothing was done") from error


def _keep(store: Store, config: Config, way: Route, now: datetime) -> Parcel:
    """This week's digest, built and in the outbox."""
    written = preview(config, now)
    mail = build(written.digest, written.text, written.html, way)
    parcel = Parcel(
        profile=config.profile.name,
        period=written.digest.week,
        message_id=mail.message_id,
        subject=mail.subject,
        body=mail.data,
        created_at=now,
    )
    return store.put(parcel, [match.opening.id for match in written.digest.shown])


def _send_all(store: Store, parcels: Sequence[Parcel], way: Route, now: datetime) -> list[Parcel]:
    """Each by itself: one that is refused does not hold up the others."""
    sent: list[Parcel] = []
    problems: list[str] = []
    for parcel in parcels:
        try:
            send(parcel.body, way)
        except DeliveryError as error:
            aside = isinstance(error, Rejected) and parcel.attempts + 1 >= TRIES
            store.mark_failed(parcel.number, str(error), aside)
            problems.append(f"mail of {parcel.period} not delivered, {'put aside' if aside else 'kept'}: {error}")
        else:
            store.mark_sent(parcel.number, now)
            sent.append(parcel)
    if problems:
        raise DeliveryError("; ".join(problems))
    return sent
