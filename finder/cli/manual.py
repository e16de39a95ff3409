"""`finder add` and `finder import`: listings from anywhere, by hand."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from db.files import exists
from db.read import Reader
from finder import urls
from finder.boards import MANUAL, Board
from finder.cli.context import Context, context
from finder.cli.out import is_terminal, say, tell
from finder.config import clock
from finder.errors import ConfigError
from finder.manual import add as add_listings
from finder.manual import told_by
from finder.model import Found
from finder.render.words import counted, safe
from finder.table import Table, listing, read

FORMS = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""End of a file's name → its form."""

TOLD = 20
"""Bad rows told one by one; the others are counted."""


def add(args: argparse.Namespace) -> int:
    """Add one listing. What is not given is taken from the address, or asked at a terminal."""
    ctx = context(args)
    tick = clock(ctx.environ)
    found = _listing(args, ctx)
    recorded = add_listings(ctx.config, tick, [found])
    known = "" if recorded.added else " (known before)"
    with Reader.open(ctx.config.db) as reader:
        number = reader.find(MANUAL, found.key)
    say(f"added {number}: {safe(found.title)}, {safe(found.organization)}{known}")
    tell(f"finder show {number} tells all that is known of it")
    return 0


def _listing(args: argparse.Namespace, ctx: Context) -> Found:
    if not urls.canonical(args.url):  # before anything is asked
        raise ConfigError("add", "url", f"not a usable http or https address: {args.url[:60]!r}")
    told = told_by(args.url, _boards(ctx))
    fields = {
        "url": args.url,
        "title": args.title or _asked("title", told.title),
        "organization": args.organization or _asked("organization", told.organization),
        "locations": args.location,
        "terms": args.term,
        "deadline": args.deadline,
        "description": sys.stdin.read() if args.description == "-" else args.description,
    }
    try:
        return listing(fields, ctx.now)
    except ValueError as error:
        name, _, problem = str(error).partition(": ")
        if problem == "missing":
            problem += ", and the address does not tell it"
        raise ConfigError("add", f"--{name}", problem) from error


def _boards(ctx: Context) -> list[Board]:
    if not exists(ctx.config.db):
        return []
    with Reader.open(ctx.config.db) as reader:
        return reader.boards()


def _asked(name: str, told: str) -> str:
    """What the address tells, confirmed or corrected at a terminal."""
    if not is_terminal(sys.stdin):
        return told
    sys.stderr.write(f"{name.capitalize()}{f' [{safe(told)}]' if told else ''}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or told


# ------------------------------------------------------------------------------------------------ import
def bring(args: argparse.Namespace) -> int:
    """Add the listings of a file. Ends with 2 where none of its rows fits."""
    ctx = context(args)
    tick = clock(ctx.environ)
    table = _table(args.file, ctx)
    for bad in table.bad[:TOLD]:
        tell(f"row {bad.number}: {bad.why}")
    if len(table.bad) > TOLD:
        tell(f"and {len(table.bad) - TOLD:,} more rows that do not fit")
    if table.unknown:
        tell(f"columns that mean nothing here: {', '.join(table.unknown)}")
    if not table.found:
        raise ConfigError(args.file, "", f"no listing to add: none of {counted(len(table.bad), 'row')} fits")
    recorded = add_listings(ctx.config, tick, table.found)
    others = len({found.key for found in table.found}) - recorded.added
    left = f", {counted(len(table.bad), 'row')} left out" if table.bad else ""
    say(f"{counted(len(table.found), 'listing')}: {recorded.added:,} new, {others:,} known before{left}")
    return 0


def _table(name: str, ctx: Context) -> Table:
    path = Path(name)
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise ConfigError(name, "", f"its name must end in {', '.join(FORMS)}, so that its form is known")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return read(text, form, ctx.now)
    except OSError as error:
        raise ConfigError(name, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(name, "", f"is not UTF-8 (byte {error.start + 1})") from error
    except ValueError as error:
        raise ConfigError(name, "", str(error)) from error
