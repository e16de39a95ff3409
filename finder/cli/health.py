"""`finder sources`, `status` and `doctor`: is what I see fresh, and if not, why?"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from db.read import Reader
from db.status import SourceStatus
from finder.cli.context import Context, context, reading
from finder.cli.out import say, tell
from finder.config import SourceSettings
from finder.errors import FinderError
from finder.render.records import iso
from finder.render.words import ago, counted, moment, safe


def sources(args: argparse.Namespace) -> int:
    """Each configured source, and each that the store remembers: what came of it, and when it is due."""
    ctx = context(args)
    with reading(ctx) as reader:
        known = {status.name: status for status in reader.sources()} if reader else {}
    enabled = {source.name: source for source in ctx.config.sources}
    names = list(dict.fromkeys([*enabled, *known]))
    if args.json:
        say(json.dumps([_record(name, enabled.get(name), known.get(name)) for name in names], indent=2))
        return 0
    width = max((len(name) for name in names), default=0)
    for name in names:
        say(f"{name:<{width}}  {_told(enabled.get(name), known.get(name), ctx)}")
    return 0


def _told(source: SourceSettings | None, status: SourceStatus | None, ctx: Context) -> str:
    if source is not None and not source.enabled:
        return "off"
    if status is None:
        return "never asked"
    parts = [
        f"{status.outcome:<7}",
        f"{status.open:>6,} open",
        f"{status.found:>6,} shown",
        f"asked {ago(status.at, ctx.now)}",
        f"due {moment(status.next_due)}",
    ]
    if source is None:
        parts.append("no longer configured")
    return "  ".join(parts) + (f"\n    {safe(status.problem)}" if status.problem else "")


def _record(name: str, source: SourceSettings | None, status: SourceStatus | None) -> dict[str, Any]:
    fields: dict[str, Any] = asdict(status) if status else {"name": name, "outcome": None}
    times = ("first_seen", "next_due", "at", "last_good", "retry_at")
    return fields | {key: iso(fields[key]) for key in times if key in fields} | {
        "enabled": bool(source and source.enabled),
        "adapter": source.adapter if source else fields.get("adapter", ""),
    }


def status(args: argparse.Namespace) -> int:
    """What is in the store, the last refresh, mail that waits. Ends with 6 while a mail is undelivered."""
    ctx = context(args)
    with reading(ctx) as reader:
        if reader is None:
            return 0
        told, waiting = _status(reader, ctx)
    if args.json:
        say(json.dumps(told, indent=2))
    else:
        for key, value in told.items():
            say(f"{key.replace('_', ' '):<15} {value}")
    return 6 if waiting else 0


def _status(reader: Reader, ctx: Context) -> tuple[dict[str, Any], bool]:
    counts = reader.counts()
    outcomes = [source.outcome for source in reader.sources()]
    parcels = reader.outbox(ctx.config.profile.name)
    waiting = [parcel for parcel in parcels if parcel.state != "sent"]
    told = {
        "store": str(ctx.config.db),
        "last_refresh": moment(reader.last_refresh()),
        "open": {kind: counts.get((kind, "open"), 0) + counts.get((kind, "missing"), 0) for kind in _kinds(counts)},
        "closed": sum(number for (_, state), number in counts.items() if state == "closed"),
        "sources": {outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)},
        "last_digest": next((p.period for p in parcels if p.state == "sent"), "none"),
        "mail_waiting": [f"{p.period}: {p.last_error}" for p in waiting] or "none",
    }
    return told, bool(waiting)


def _kinds(counts: Any) -> list[Any]:
    return sorted({kind for kind, _ in counts})


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, and if not, the cure."""

    name: str
    well: bool
    told: str
    cure: str = ""


def doctor(args: argparse.Namespace) -> int:
    """Look at everything finder needs. Offline. Ends with 0 if all is well, else with 2."""
    ctx = context(args)
    checks = list(_checks(ctx))
    if args.json:
        say(json.dumps([asdict(check) for check in checks], indent=2))
    else:
        for check in checks:
            say(f"{'ok  ' if check.well else 'BAD '} {check.name:<14} {check.told}")
            if check.cure:
                say(f"     {'':<14} → {check.cure}")
    return 0 if all(check.well for check in checks) else 2


def _checks(ctx: Context) -> Iterator[Check]:
    yield Check("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _full_text()
    yield _sources(ctx)
    yield _store(ctx)
    has_cron = shutil.which("crontab") is not None
    yield Check("cron", True, "there" if has_cron else "not there", "" if has_cron else "keep `finder serve` running")
    mail = ctx.config.mail
    cure = "" if mail.host else "set [mail] host and to; until then: finder digest --preview"
    yield Check("mail", True, f"{mail.to} by {mail.host}" if mail.host else "no server is set", cure)


def _full_text() -> Check:
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    well = "ENABLE_FTS5" in options
    return Check("sqlite", well, sqlite3.sqlite_version, "" if well else "needs a Python whose SQLite has FTS5")


def _sources(ctx: Context) -> Check:
    from finder.binding import bind

    try:
        return Check("configuration", True, counted(len(bind(ctx.config, ctx.environ)), "source"))
    except FinderError as error:
        return Check("configuration", False, str(error), "finder config path shows the files")


def _store(ctx: Context) -> Check:
    if not ctx.config.db.exists():
        return Check("store", True, f"none yet at {ctx.config.db}", "finder refresh")
    try:
        with Reader.open(ctx.config.db) as reader:
            return Check("store", True, f"{ctx.config.db}, refreshed {moment(reader.last_refresh())}")
    except FinderError as error:
        return Check("store", False, str(error), "finder db restore FILE, or move it away and refresh")
