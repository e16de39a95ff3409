"""`finder sources` and `status`: is what I see fresh, and if not, why?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from db.read import Reader
from db.status import Parcel, SourceStatus
from finder.boards import MANUAL, Board, origin_of
from finder.cli.context import Context, context, reading
from finder.cli.out import WIDEST, columns, say
from finder.config import SourceSettings, shipped_config
from finder.errors import DeliveryError
from finder.model import Kind, State
from finder.render.records import iso
from finder.render.words import aligned, counted, moment, near, safe, when

NOUNS: Mapping[Kind, str] = {
    "internship": "internship",
    "project": "project",
    "job": "other job",
    "course": "course",
    "dataset": "data set",
}


# ------------------------------------------------------------------------------------------------ sources
def sources(args: argparse.Namespace) -> int:
    """Each configured source, and each that the store remembers: what came of it, whence it is, when it is due."""
    if args.action:
        from finder.cli import boards  # these two visit, for which far more is loaded than for a list

        return boards.test(args) if args.action == "test" else boards.discover(args)
    ctx = context(args)
    with reading(ctx) as reader:
        known = {status.name: status for status in reader.sources()} if reader else {}
        followed = [board for board in reader.boards() if board.state == "followed"] if reader else []
    configured = _followed(followed, ctx) | {source.name: source for source in ctx.config.sources}
    names = list(dict.fromkeys([*(source.name for source in ctx.config.sources), *known, *configured]))
    if args.json:
        say(json.dumps([_record(name, configured.get(name), known.get(name)) for name in names], indent=2))
        return 0
    wide = columns(sys.stdout) in (0, WIDEST)
    rows = [HEADER, *(_row(name, configured.get(name), known.get(name), ctx.now) for name in names)]
    lines = aligned(rows if wide else [(*row[:5], row[6]) for row in rows], right=(2, 3))
    problems = ["", *(_problem(known.get(name)) for name in names)]
    for line, problem in zip(lines, problems, strict=True):
        say(line + problem)
    return 0


HEADER = ("source", "outcome", "open", "shown", "asked", "from", "due", "")
"""Where it is from, and the hour at which it is due (the last column), are left out where the terminal is narrow."""


def _row(name: str, source: SourceSettings | None, status: SourceStatus | None, now: datetime) -> tuple[str, ...]:
    outcome: str = status.outcome if status else "never asked"
    if source is None and not (status and status.adapter == MANUAL):
        outcome = "not configured"
    elif source and not source.enabled:
        outcome = "off"
    whence = _whence(source, status)
    if status is None:
        return safe(name), outcome, "", "", "", whence, "", ""
    shown = "unchanged" if status.unchanged else f"{status.found:,}"
    due = _due(status.next_due, now) if source and source.enabled else ("", "")
    return safe(name), outcome, f"{status.open:,}", shown, near(status.at, now), whence, *due


def _followed(boards: Sequence[Board], ctx: Context) -> dict[str, SourceSettings]:
    """Boards that became sources by themselves, as such."""
    if not ctx.config.discovery.enabled:
        return {}
    made = (SourceSettings(b.name, b.candidate.adapter, origin=origin_of(b.candidate)) for b in boards)
    return {source.name: source for source in made}


def _whence(source: SourceSettings | None, status: SourceStatus | None) -> str:
    """Who put it there: finder, you, or the links of another source."""
    origin = source.origin if source else status.origin if status else ""
    if origin == str(shipped_config()):
        return "shipped"
    return safe(origin.removeprefix("discovered from ")) if "/" not in origin and "\\" not in origin else "yours"


def _due(then: datetime | None, now: datetime) -> tuple[str, str]:
    return ("now", "") if then is None or then <= now else (near(then, now), moment(then))


def _problem(status: SourceStatus | None) -> str:
    if status is None or not status.problem:
        return ""
    again = f" (not before {moment(status.retry_at)})" if status.retry_at else ""
    return f"\n    {safe(status.problem)}{again}"


def _record(name: str, source: SourceSettings | None, status: SourceStatus | None) -> dict[str, Any]:
    fields: dict[str, Any] = asdict(status) if status else {"name": name, "outcome": None}
    times = ("first_seen", "next_due", "at", "last_good", "retry_at")
    return (
        fields
        | {key: iso(fields[key]) for key in times if key in fields}
        | {
            "enabled": bool(source and source.enabled),
            "adapter": source.adapter if source else fields.get("adapter", ""),
            "origin": source.origin if source else fields.get("origin", ""),
        }
    )


# ------------------------------------------------------------------------------------------------ status
def status(args: argparse.Namespace) -> int:
    """What is in the store, the last refresh, mail that waits. Ends with 6 while a mail is undelivered."""
    ctx = context(args)
    with reading(ctx) as reader:
        told = _status(reader, ctx)
    if args.json:
        say(json.dumps(told | {"last_refresh": iso(told["last_refresh"])}, indent=2))
    else:
        for label, text in _lines(told, ctx.now):
            say(f"{label:<14}{safe(text)}")
    return DeliveryError.exit_code if told["mail_waiting"] else 0


def _status(reader: Reader | None, ctx: Context) -> dict[str, Any]:
    counts = reader.counts() if reader else {}
    outcomes = [source.outcome for source in reader.sources()] if reader else []
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
        "sources": {outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)},
        "last_digest": next((parcel.period for parcel in parcels if parcel.state == "sent"), None),
        "mail_waiting": [{"period": p.period, "problem": p.last_error} for p in _waiting(parcels)],
    }


def _waiting(parcels: Sequence[Parcel]) -> list[Parcel]:
    """What will be tried again, and the newest if it was put aside: what was put aside before that is past."""
    return [parcel for parcel in parcels if parcel.state == "built" or (parcel.state, parcel) == ("parked", parcels[0])]


def _open(counts: Mapping[tuple[Kind, State], int], kind: Kind) -> int:
    return counts.get((kind, "open"), 0) + counts.get((kind, "missing"), 0)


def _lines(told: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    kinds = [counted(number, NOUNS[kind]) for kind, number in told["open"].items()]
    waiting = [f"{mail['period']}: {mail['problem'] or 'not tried yet'}" for mail in told["mail_waiting"]]
    return [
        ("store", told["store"]),
        ("profile", f"{told['profile']}, {counted(told['steps_done'], 'step')} done"),
        ("last refresh", when(told["last_refresh"], now)),
        ("open", ", ".join(kinds) or "nothing"),
        ("closed", f"{told['closed']:,}"),
        ("hidden", f"{told['hidden']:,} that their sources keep and do not show"),
        ("sources", ", ".join(f"{number} {outcome}" for outcome, number in told["sources"].items()) or "none asked"),
        ("last digest", told["last_digest"] or "none sent"),
        *(("mail waiting", text) for text in waiting or ["none"]),
    ]
