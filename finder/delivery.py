"""The weekly digest as a use case: chosen, built, kept, sent; once a person and week.

    matches ─▶ choose ─▶ text + HTML ─▶ message ─▶ outbox ─▶ server
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db.read import Reader
from db.store import Parcel, Store
from finder.config import Config, secret
from finder.digest import Digest, Room, choose, iso_week
from finder.errors import DeliveryError
from finder.mail import build, send
from finder.matching import everything
from finder.render.digest import html, text

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Written:
    """A digest and its two renderings."""

    digest: Digest
    text: str
    html: str


def local(now: datetime, zone: str) -> datetime:
    """`now` on the person's own clock: [digest] zone, else the machine's."""
    return now.astimezone(ZoneInfo(zone)) if zone else now.astimezone()


def write(config: Config, now: datetime, mailed: Collection[str]) -> Written:
    """This week's digest of what the store holds. `mailed`: ids that earlier digests showed."""
    settings = config.digest
    with Reader.open(config.db) as reader:
        digest = choose(
            everything(reader, config, now),
            mailed,
            profile=config.profile.name,
            week=iso_week(local(now, settings.zone)),
            now=now,
            room=Room(settings.internships, settings.projects),
            refreshed=reader.last_refresh(),
            troubles=[f"{s.name} {s.outcome}: {s.problem}" for s in reader.sources() if s.outcome in ("failed", "held")],
        )
    return Written(digest, text(digest), html(digest))


def preview(config: Config, now: datetime) -> Written:
    """What `deliver` would build now; nothing is kept."""
    with Store.open(config.db) as store:
        return write(config, now, store.listed_before(config.profile.name))


def deliver(config: Config, environ: Mapping[str, str], now: datetime) -> Parcel | None:
    """Send what waits in the outbox, then this week's digest unless it was sent; None if there was nothing to send.

    The mail is in the store before a server hears of it, and stays until one has taken it. Raises DeliveryError (it is
    kept, and the next call sends the same bytes) and ConfigError.
    """
    name, week = config.profile.name, iso_week(local(now, config.digest.zone))
    with Store.open(config.db) as store:
        sent = [_hand_over(store, parcel, config, environ, now) for parcel in store.pending(name)]
        if week in {parcel.period for parcel in sent} or week in _periods(config):
            return sent[-1] if sent else None
        written = write(config, now, store.listed_before(name))
        message = build(written.digest, written.text, written.html, config.mail)
        parcel = Parcel(
            profile=name,
            period=week,
            message_id=message["Message-ID"],
            subject=message["Subject"],
            body=message.as_bytes(),
            created_at=now,
        )
        kept = store.put(parcel, [match.opening.id for match in written.digest.shown])
        return _hand_over(store, kept, config, environ, now)


def _periods(config: Config) -> frozenset[str]:
    with Reader.open(config.db) as reader:
        return frozenset(parcel.period for parcel in reader.outbox(config.profile.name))


def _hand_over(store: Store, parcel: Parcel, config: Config, environ: Mapping[str, str], now: datetime) -> Parcel:
    mail = config.mail
    try:
        send(parcel.body, mail, secret(mail.password_env, mail.password_file, mail.password_keyring, environ))
    except DeliveryError as error:
        store.mark_failed(parcel.number, str(error))
        raise
    store.mark_sent(parcel.number, now)
    return parcel


def digest_due(config: Config, now: datetime) -> bool:
    """Whether a digest waits, or this week's should have gone out by now and did not: once, however late."""
    here, settings = local(now, config.digest.zone), config.digest
    with Reader.open(config.db) as reader:
        parcels = reader.outbox(config.profile.name)
    if any(parcel.state == "built" for parcel in parcels):
        return True
    in_time = (here.weekday(), here.hour) >= (DAYS.index(settings.day), settings.hour)
    return in_time and iso_week(here) not in {parcel.period for parcel in parcels}
