"""`finder search`, `show` and `why`."""

from __future__ import annotations

import argparse
import json
import sys

from finder.cli.context import Context, context, reading, warn_if_old
from finder.cli.out import is_terminal, say, tell, wants_colour
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
            return _print(args, ctx, Answer.nothing())
        found = answer(reader, ctx.config, _query(args, ctx, reader.last_refresh()), ctx.now)
    if found.stored:
        warn_if_old(found.last_refresh, ctx.now)
    return _print(args, ctx, found)


def _query(args: argparse.Namespace, ctx: Context, last: object) -> Query:
    return Query(
        text=" ".join(args.query),
        kinds=(args.kind,) if args.kind else (),
        location=args.location or "",
        remote=True if args.remote else None,
        term=args.term or "",
        since=parse_since(args.since, ctx.now, last) if args.since else None,
        company=args.company or "",
        limit=args.limit,
        sort=args.sort,
        state=args.state,
        level=args.level,
    )


def _print(args: argparse.Namespace, ctx: Context, found: Answer) -> int:
    if args.json:
        say(records.as_json(found.matches))
    elif args.nl:
        if found.matches:
            say(records.as_lines(found.matches))
    elif args.csv:
        say(records.as_csv(found.matches))
    elif not found.matches:
        tell(found.explain())
    else:
        _for_people(args, ctx, found)
    return 0


def _for_people(args: argparse.Namespace, ctx: Context, found: Answer) -> None:
    reasons = ALL_REASONS if args.why else REASONS
    if is_terminal(sys.stdout):
        from finder.render.table import search_table  # rich: only where a person looks

        search_table(found.matches, found.totals, ctx.now, reasons, colour=wants_colour(ctx.environ, sys.stdout))
    else:
        say(listing(found.matches, found.totals, ctx.now, reasons))
    tell("more: finder show ID · finder why ID · finder search --help")


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
