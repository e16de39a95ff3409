"""`finder doctor`: looks at everything finder needs, offline; each finding with its cure."""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from db import backup
from db.read import Reader, StoreMissing
from finder import crontab
from finder.cli.context import STALE_DAYS, Context, context
from finder.cli.out import say
from finder.config import secret
from finder.errors import ConfigError, FinderError, StoreError
from finder.render.words import counted, near, safe

TROUBLED = 3
"""Failed or held looks in a row from which on a source is worth a word: one or two pass by themselves."""


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
    """Look at everything finder needs. Ends with 0 if all is well, 5 if the store is not, else 2."""
    ctx = context(args)
    checks = list(_checks(ctx))
    if args.json:
        say(json.dumps([_record(check) for check in checks], indent=2))
    else:
        for check in checks:
            say(f"{'ok ' if check.well else 'BAD'}  {check.name:<14}{safe(check.told)}")
            if check.cure:
                say(f"{'':<19}→ {safe(check.cure)}")
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
            yield _sources(reader)
    except StoreMissing:
        yield Check("store", True, f"none yet at {path}", "finder refresh")
    except StoreError as error:
        yield Check("store", False, str(error), "", StoreError.exit_code)


def _freshness(reader: Reader, ctx: Context) -> Check:
    last = reader.last_refresh()
    fresh = last is not None and (ctx.now - last).days < STALE_DAYS
    told = f"last refresh {near(last, ctx.now)}" if last else "no refresh has finished yet"
    return Check("freshness", True, told, "" if fresh else "finder refresh; finder schedule install keeps it fresh")


def _sources(reader: Reader) -> Check:
    troubled = [source for source in reader.sources() if source.failures >= TROUBLED]
    if not troubled:
        return Check("sources", True, f"{counted(len(reader.sources()), 'source')} known, none failing again and again")
    told = ", ".join(f"{source.name} ({source.outcome} {source.failures} times in a row)" for source in troubled)
    return Check("sources", True, told, "finder sources says why; enabled = false in its [[source]] turns one off")


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
        there = crontab.installed(crontab.read(ctx.environ))
    except FinderError as error:
        return Check("schedule", True, str(error), "keep `finder serve` running")
    return Check("schedule", True, "by cron" if there else "not installed", "" if there else "finder schedule install")
