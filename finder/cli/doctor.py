"""`finder doctor`: looks at everything finder needs, offline; each finding with its cure."""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from db import backup
from db.read import Reader, StoreMissing
from finder import crontab
from finder.cli.context import STALE_DAYS, Context, context
from finder.cli.health import waiting
from finder.cli.out import columns, say
from finder.config import secret
from finder.errors import ConfigError, DeliveryError, FinderError, SourceError, StoreError
from finder.render.health import boards_down, brief
from finder.render.words import counted, listed, near, safe, wrapped
from finder.watch import Watched, watched

TROUBLED = 3
"""Failed or held looks in a row from which on a source is not well: one or two pass by themselves."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, what was seen, and what would make it better."""

    name: str
    well: bool
    told: str
    cure: str = ""
    code: int = ConfigError.exit_code
    """With what the command ends if it is not well."""


def doctor(args: argparse.Namespace) -> int:
    """Look at everything finder needs. Ends with 0 if all is well, else with the highest code of what is not: 6 mail, 5
    store, 3 sources, 2 all else."""
    ctx = context(args)
    checks = list(_checks(ctx))
    width = columns(sys.stdout)
    if args.json:
        say(json.dumps([_record(check) for check in checks], indent=2))
    else:
        for check in checks:
            say(wrapped(safe(check.told), f"{'ok ' if check.well else 'BAD'}  {check.name:<14}", width))
            if check.cure:
                say(wrapped(safe(check.cure), f"{'':<19}→ ", width))
    return max((check.code for check in checks if not check.well), default=0)


def _record(check: Check) -> dict[str, object]:
    return {name: value for name, value in asdict(check).items() if name != "code"}


def _checks(ctx: Context) -> Iterator[Check]:
    version = sys.version.split()[0]
    yield Check("python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "3.11 or newer")
    yield _full_text()
    yield _clock(ctx)
    yield _configuration(ctx)
    yield from _store(ctx)
    yield _mail(ctx)
    yield _schedule(ctx)


def _full_text() -> Check:
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    well = "ENABLE_FTS5" in options
    return Check("sqlite", well, sqlite3.sqlite_version, "" if well else "use a Python whose SQLite has FTS5")


def _clock(ctx: Context) -> Check:
    stopped = bool(ctx.environ.get("FINDER_NOW"))
    told = f"{ctx.now:%Y-%m-%d %H:%M} UTC" + (", stopped by FINDER_NOW" if stopped else "")
    return Check("clock", True, told, "unset FINDER_NOW to live in the present" if stopped else "")


def _configuration(ctx: Context) -> Check:
    from finder.binding import bind  # every adapter

    try:
        bound = bind(ctx.config, ctx.environ)
    except FinderError as error:
        return Check("configuration", False, str(error), "finder config path names the files")
    cure = "" if bound else "set [sources] defaults = true, or write a [[source]] of your own"
    return Check("configuration", bool(bound), f"{counted(len(bound), 'source')} enabled", cure)


def _store(ctx: Context) -> Iterator[Check]:
    path = ctx.config.db
    try:
        problems = backup.check(path)
        if problems:
            cure = "finder db restore FILE, or move it away and refresh"
            yield Check("store", False, f"{path}: {problems[0]} ({len(problems)} in all)", cure, StoreError.exit_code)
            return
        yield Check("store", True, f"{path}, sound")
        with Reader.open(path) as reader:
            yield _freshness(reader, ctx)
            yield _sources(watched(reader, ctx.config))
            yield _outbox(reader, ctx)
    except StoreMissing:
        yield Check("store", True, f"none yet at {path}", "finder refresh")
    except StoreError as error:
        yield Check("store", False, str(error), "", StoreError.exit_code)


def _freshness(reader: Reader, ctx: Context) -> Check:
    last = reader.last_refresh()
    if last is None:
        return Check("freshness", True, "no refresh has finished yet", "finder refresh")
    fresh = (ctx.now - last).days < STALE_DAYS
    cure = "" if fresh else "finder refresh; finder schedule install keeps it fresh"
    return Check("freshness", fresh, f"last refresh {near(last, ctx.now)}", cure)


def _sources(counting: Sequence[Watched]) -> Check:
    """Boards are told by their number: they came by themselves, and go by themselves."""
    own = [(one.name, one.health) for one in counting if one.health and one.is_broken and not one.is_board]
    boards = [one for one in counting if one.is_board]
    silent = sum(one.is_down for one in boards)
    told = [brief(name, health) for name, health in own] + ([boards_down(silent, len(boards))] if silent else [])
    if not told:
        return Check("sources", True, f"{counted(len(counting), 'source')}, none broken")
    well = not any(health.is_down and health.streak >= TROUBLED for _, health in own)
    cure = "finder sources says why; enabled = false in its [[source]] turns one off"
    return Check("sources", well, f"{counted(len(counting), 'source')}: {listed(told)}", cure, SourceError.exit_code)


def _outbox(reader: Reader, ctx: Context) -> Check:
    lost = [parcel for parcel in waiting(reader.outbox(ctx.config.profile.name)) if parcel.last_error]
    if not lost:
        return Check("outbox", True, "no mail undelivered")
    told = listed([f"{parcel.period} ({parcel.last_error})" for parcel in lost])
    return Check("outbox", False, f"not delivered: {told}", "finder digest --send", DeliveryError.exit_code)


def _mail(ctx: Context) -> Check:
    mail = ctx.config.mail
    if not (mail.host and mail.to):
        lacking = " and ".join(key for key, value in (("to", mail.to), ("host", mail.host)) if not value)
        return Check("mail", True, "not set up", f"set {lacking} in [mail]; until then: finder digest --preview")
    try:
        if mail.username:
            secret(mail.password_env, mail.password_file, mail.password_keyring, ctx.environ, required=True)
    except ConfigError as error:
        return Check("mail", False, f"no password for {mail.username}: {error}", "set password_env or password_file")
    return Check("mail", True, f"to {mail.to} by {mail.host}")


def _schedule(ctx: Context) -> Check:
    if shutil.which("crontab", path=ctx.environ.get("PATH")) is None:
        return Check("schedule", True, "no cron on this machine", "keep `finder serve` running")
    try:
        text = crontab.read(ctx.environ)
    except FinderError as error:  # who may not use cron has another way
        return Check("schedule", True, str(error), "keep `finder serve` running")
    try:
        there = crontab.installed(text)
    except FinderError as error:
        return Check("schedule", False, str(error), "crontab -e; then finder schedule install")
    if not there:
        return Check("schedule", True, "not installed", "finder schedule install")
    problem = _line_problem(there, ctx)
    return Check("schedule", not problem, problem or "by cron", "finder schedule install" if problem else "")


def _line_problem(entry: str, ctx: Context) -> str:
    """Why the line between our marks does not keep this store fresh; '' if it does."""
    try:
        words = shlex.split(entry.replace("\\%", "%"))
    except ValueError:
        words = []
    if len(words) < 3 or words[-2:] != ["run", "--quiet"] or "\n" in entry:
        return f"the line in the crontab is not one of ours: {entry}"
    told = dict(word.split("=", 1) for word in words[:-3] if "=" in word)
    needed = [words[-3], *(told[name] for name in ("FINDER_CONFIG", "SSL_CERT_FILE") if name in told)]
    if gone := [path for path in needed if not Path(path).is_file()]:
        return f"the line in the crontab needs what is not there any more: {gone[0]}"
    if (store := told.get("FINDER_DB", "")) != str(ctx.config.db.absolute()):
        return f"the line in the crontab is for another store: {store or 'none is named'}"
    return ""
