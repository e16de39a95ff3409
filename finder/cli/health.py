"""`finder sources` and `status`: is what I see fresh, and if not, why?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, get_args

from db.read import Reader
from db.status import Parcel, SourceStatus
from finder.boards import MANUAL
from finder.cli.context import Context, context, reading
from finder.cli.out import WIDEST, columns, say
from finder.config import SourceSettings, shipped_config
from finder.errors import DeliveryError
from finder.health import Health
from finder.model import Kind, Outcome, State
from finder.render.health import down, unusual
from finder.render.records import iso
from finder.render.words import aligned, counted, listed, moment, near, safe, when, wrapped
from finder.watch import watched

NOUNS: Mapping[Kind, str] = {
    "internship": "internship",
    "project": "project",
    "job": "other job",
    "course": "course",
    "dataset": "data set",
}

OUTCOMES = (*get_args(Outcome), "never asked")
"""Of sources that count, in the order in which `status` counts them."""


# ------------------------------------------------------------------------------------------------ sources
@dataclass(frozen=True, slots=True)
class _Row:
    """A source as the list shows it: one that counts, one that is off, or one that the store alone remembers."""

    name: str
    source: SourceSettings | None
    status: SourceStatus | None
    health: Health | None = None
    """Of one that counts: what befell the others is nobody's trouble."""


def sources(args: argparse.Namespace) -> int:
    """Each source that counts, and each that the store remembers: how it is, since when, whence, when it is due."""
    if args.action:
        from finder.cli import boards  # these two visit, for which far more is loaded than for a list

        return boards.test(args) if args.action == "test" else boards.discover(args)
    ctx = context(args)
    with reading(ctx) as reader:
        rows = _rows(reader, ctx)
    if args.json:
        say(json.dumps([_record(row) for row in rows], indent=2))
        return 0
    wide = columns(sys.stdout) in (0, WIDEST)
    cells = [HEADER, *(_cells(row, ctx.now) for row in rows)]
    lines = aligned(cells if wide else [(*row[:5], row[6]) for row in cells], right=(2, 3))
    say(lines[0])
    for line, row in zip(lines[1:], rows, strict=True):
        say(line)
        for told in _under(row):
            say(f"    {safe(told)}")
    return 0


def _rows(reader: Reader | None, ctx: Context) -> list[_Row]:
    """Those of the configuration in their order, then those that only the store knows, then boards."""
    counting = {one.name: one for one in watched(reader, ctx.config)}
    known = {status.name: status for status in reader.sources()} if reader else {}
    own = {source.name: source for source in ctx.config.sources}
    return [
        _Row(name, one.source, one.status, one.health)
        if (one := counting.get(name))
        else _Row(name, own.get(name), known.get(name))
        for name in dict.fromkeys([*own, *known, *counting])
    ]


HEADER = ("source", "outcome", "open", "shown", "asked", "from", "due", "")
"""Where it is from, and the hour at which it is due (the last column), are left out where the terminal is narrow."""


def _cells(row: _Row, now: datetime) -> tuple[str, ...]:
    source, status = row.source, row.status
    outcome: str = status.outcome if status else "never asked"
    if source is None and not (status and status.adapter == MANUAL):
        outcome = "not configured"
    elif source and not source.enabled:
        outcome = "off"
    whence = _whence(source, status)
    if status is None:
        return safe(row.name), outcome, "", "", "", whence, "", ""
    looked = outcome not in ("failed", "not yet") and status.adapter != MANUAL
    shown = "" if not looked else "unchanged" if status.unchanged else f"{status.found:,}"
    due = _due(status.next_due, now) if source and source.enabled else ("", "")
    return safe(row.name), outcome, f"{status.open:,}", shown, near(status.at, now), whence, *due


def _whence(source: SourceSettings | None, status: SourceStatus | None) -> str:
    """Who put it there: finder, you, or the links of another source."""
    origin = source.origin if source else status.origin if status else ""
    if origin == str(shipped_config()):
        return "shipped"
    return safe(origin.removeprefix("discovered from ")) if "/" not in origin and "\\" not in origin else "yours"


def _due(then: datetime | None, now: datetime) -> tuple[str, str]:
    return ("now", "") if then is None or then <= now else (near(then, now), moment(then))


def _under(row: _Row) -> Iterator[str]:
    """What there is to say of one that counts: since when it is down and why, what is unusual, what is new."""
    status, health = row.status, row.health
    if status is None or health is None:
        return
    if health.is_down:
        yield down(health)
    if status.problem:
        yield status.problem + (f" (not before {moment(status.retry_at)})" if status.retry_at else "")
    yield from unusual(health)


def _record(row: _Row) -> dict[str, Any]:
    source, status, health = row.source, row.status, row.health
    fields: dict[str, Any] = asdict(status) if status else {"name": row.name, "outcome": None}
    times = ("first_seen", "next_due", "at", "last_good", "retry_at")
    return (
        fields
        | {key: iso(fields[key]) for key in times if key in fields}
        | {
            "enabled": bool(source and source.enabled),
            "adapter": source.adapter if source else fields.get("adapter", ""),
            "origin": source.origin if source else fields.get("origin", ""),
        }
        | (_how(health) if health else {})
    )


def _how(health: Health) -> dict[str, Any]:
    return {
        "broken": health.is_broken,
        "streak": health.streak,
        "since": iso(health.since),
        "findings": list(health.findings),
        "new_fields": list(health.news),
        "fields": dict(health.fills.shares) if health.fills else {},
    }


# ------------------------------------------------------------------------------------------------ status
def status(args: argparse.Namespace) -> int:
    """What is in the store, the last refresh, mail that waits. Ends with 6 while a mail is undelivered."""
    ctx = context(args)
    with reading(ctx) as reader:
        told = _status(reader, ctx)
    if args.json:
        say(json.dumps(told | {name: iso(told[name]) for name in ("last_refresh", "last_digest_at")}, indent=2))
    else:
        for label, text in _lines(told, ctx.now):
            say(wrapped(safe(text), f"{label:<14}", columns(sys.stdout)))
    return DeliveryError.exit_code if told["mail_waiting"] else 0


def _status(reader: Reader | None, ctx: Context) -> dict[str, Any]:
    counts = reader.counts() if reader else {}
    counting = watched(reader, ctx.config)
    outcomes = [one.status.outcome if one.status else "never asked" for one in counting]
    hidden = reader.hidden() if reader else {}
    parcels = reader.outbox(ctx.config.profile.name) if reader else []
    done = [p for p in (reader.profile(ctx.config.profile.name) if reader else {}).values() if p.state == "done"]
    return {
        "store": str(ctx.config.db),
        "profile": ctx.config.profile.name,
        "steps_done": len(done),
        "last_refresh": reader.last_refresh() if reader else None,
        "open": {kind: number for kind in NOUNS if (number := _open(counts, kind))},
        "closed": sum(number for (_, state), number in counts.items() if state == "closed") + hidden.get("closed", 0),
        "hidden": sum(hidden.values()),
        "sources": {outcome: outcomes.count(outcome) for outcome in OUTCOMES if outcome in outcomes},
        "broken": [one.name for one in counting if one.is_broken and not one.is_board],
        "boards": sum(one.is_board for one in counting),
        "boards_broken": sum(one.is_broken for one in counting if one.is_board),
        "last_digest": next((p.period for p in parcels if p.state == "sent"), None),
        "last_digest_at": next((p.sent_at for p in parcels if p.state == "sent"), None),
        "mail_waiting": [{"period": p.period, "problem": p.last_error} for p in waiting(parcels)],
    }


def waiting(parcels: Sequence[Parcel]) -> list[Parcel]:
    """What will be tried again, and the newest if it was put aside: what was put aside before that is past."""
    return [parcel for parcel in parcels if parcel.state == "built" or (parcel.state, parcel) == ("parked", parcels[0])]


def _open(counts: Mapping[tuple[Kind, State], int], kind: Kind) -> int:
    return counts.get((kind, "open"), 0) + counts.get((kind, "missing"), 0)


def _digest(told: Mapping[str, Any], now: datetime) -> str:
    return f"{told['last_digest']}, {when(told['last_digest_at'], now)}" if told["last_digest"] else "none sent"


def _lines(told: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    kinds = [counted(number, NOUNS[kind]) for kind, number in told["open"].items()]
    mails = [f"{mail['period']}: {mail['problem'] or 'not tried yet'}" for mail in told["mail_waiting"]]
    return [
        ("store", told["store"]),
        ("profile", f"{told['profile']}, {counted(told['steps_done'], 'step')} done"),
        ("last refresh", when(told["last_refresh"], now)),
        ("open", ", ".join(kinds) or "nothing"),
        ("closed", f"{told['closed']:,}"),
        ("hidden", f"{told['hidden']:,} that their sources keep and do not show"),
        ("sources", ", ".join(f"{number:,} {outcome}" for outcome, number in told["sources"].items()) or "none"),
        ("broken", _broken(told)),
        ("last digest", _digest(told, now)),
        *(("mail waiting", text) for text in mails or ["none"]),
    ]


def _broken(told: Mapping[str, Any]) -> str:
    """Sources by name; boards, of which some are always down, by their number."""
    boards = f"{told['boards_broken']} of {counted(told['boards'], 'followed board')}" if told["boards_broken"] else ""
    broken = [*told["broken"], *([boards] if boards else [])]
    return f"{listed(broken)}: finder sources" if broken else "none"
