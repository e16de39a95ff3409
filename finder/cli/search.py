"""`finder search`, `show` and `why`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import datetime

from finder.cli.context import Context, context, reading, warn_if_old
from finder.cli.out import is_terminal, say, tell, wants_colour
from finder.errors import ConfigError
from finder.matching import Answer, answer, one
from finder.query import Query, parse_since
from finder.render import records
from finder.render.search import REASONS, listing, page

ALL_REASONS = 99


def search(args: argparse.Namespace) -> int:
    """Rank what the store holds and print the best of each kind. Nothing found is no error."""
    ctx = context(args)
    with reading(ctx) as reader:
        if reader is None:
            return _print(args, ctx, Answer())
        found = answer(reader, ctx.config, _query(args, ctx, reader.last_refresh()), ctx.now)
    warn_if_old(found.last_refresh, ctx.now)
    return _print(args, ctx, found)


def _query(args: argparse.Namespace, ctx: Context, last: datetime | None) -> Query:
    return Query(
        text=" ".join(args.query),
        kinds=(args.kind,) if args.kind else (),
        location=args.location or "",
        remote=True if args.remote else None,
        term=args.term or "",
        since=_since(args.since, ctx.now, last),
        company=args.company or "",
        limit=args.limit,
        sort=args.sort,
        state=args.state,
        level=args.level,
    )


def _since(text: str | None, now: datetime, last: datetime | None) -> datetime | None:
    try:
        return parse_since(text, now, last) if text else None
    except ValueError as error:
        raise ConfigError("--since", "", str(error)) from error


def _print(args: argparse.Namespace, ctx: Context, found: Answer) -> int:
    if args.json:
        say(records.as_json(found.matches))
    elif args.nl:
        if found.matches:
            say(records.as_lines(found.matches))
    elif args.csv:
        say(records.as_csv(found.matches))
    elif found.matches:
        show_answer(found, ctx.now, ctx.environ, ALL_REASONS if args.why else REASONS)
        tell("more: finder show ID · finder why ID · finder search --help")
    if found.nothing:
        tell(f"finder: {found.nothing}")
    return 0


def show_answer(found: Answer, now: datetime, environ: Mapping[str, str], reasons: int) -> None:
    """Print matches for a person: tables on a terminal, plain blocks elsewhere."""
    if is_terminal(sys.stdout):
        from finder.render.table import search_table  # rich: only where a person looks

        search_table(found.matches, found.totals, now, reasons, colour=wants_colour(environ, sys.stdout))
    else:
        say(listing(found.matches, found.totals, now, reasons))


def show(args: argparse.Namespace) -> int:
    """Everything about one opening."""
    return _one(args, full=True)


def why(args: argparse.Namespace) -> int:
    """The parts of its score and every reason."""
    return _one(args, full=False)


def _one(args: argparse.Namespace, *, full: bool) -> int:
    ctx = context(args)
    with reading(ctx) as reader:
        if reader is None:
            return 2
        match = one(reader, ctx.config, args.id, ctx.now)
    if getattr(args, "json", False):
        say(json.dumps(records.record(match) | {"description": match.opening.description}, indent=2))
    else:
        say(page(match, ctx.now, full=full))
    return 0
