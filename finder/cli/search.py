"""`finder search`, `show` and `why`."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Mapping
from datetime import datetime

from db.read import Reader
from finder.cli.context import Context, context, mind_person, needed, reading, warn_if_old
from finder.cli.out import columns, is_rich, is_terminal, say, tell, wants_colour
from finder.errors import ConfigError
from finder.matching import Answer, answer, one, relations
from finder.model import Match
from finder.query import Query, parse_since
from finder.render import records
from finder.render.page import page
from finder.render.page import why as why_text
from finder.render.search import ALL_REASONS, REASONS, listing
from finder.wishes import misread

RUNS = 1000
"""Refreshes looked through for the latest that brought something: at one an hour, six weeks."""


def search(args: argparse.Namespace) -> int:
    """Rank what the store holds and print the best of each kind. Nothing found is no error."""
    ctx = context(args)
    with reading(ctx) as reader:
        if reader is None:
            return _print(args, ctx, Answer())
        mind_person(ctx, reader)
        gc.disable()  # thousands of openings, none of them garbage: looking for some is a tenth of a search
        try:
            found = answer(reader, ctx.config, _query(args, ctx, reader), ctx.now)
        finally:
            gc.enable()
    warn_if_old(found.last_refresh, ctx.now)
    return _print(args, ctx, found)


def _query(args: argparse.Namespace, ctx: Context, reader: Reader) -> Query:
    return Query(
        text=" ".join(args.query),
        kinds=(args.kind,) if args.kind else (),
        location=_place(args.location or ""),
        remote=True if args.remote else None,
        term=args.term or "",
        since=_since(args.since, ctx.now, reader),
        company=args.company or "",
        limit=args.limit,
        sort=args.sort,
        state=args.state,
        level=args.level,
        each=args.each,
    )


def _place(wanted: str) -> str:
    if problem := misread(wanted):
        raise ConfigError("--location", "", problem)
    return wanted


def _since(text: str | None, now: datetime, reader: Reader) -> datetime | None:
    if not text:
        return None
    try:
        return parse_since(text, now, last_start(reader))
    except ValueError as error:
        raise ConfigError("--since", "", str(error)) from error


def last_start(reader: Reader) -> datetime | None:
    """When the latest refresh began that brought an answer: what it added was first seen from then on. Runs in which
    nothing was due, or nobody answered, added nothing and do not count."""
    accepted = {"ok", "empty"}
    return next(
        (run.started_at for run in reader.runs(RUNS) if run.finished_at and accepted & run.outcomes.keys()), None
    )


def _print(args: argparse.Namespace, ctx: Context, found: Answer) -> int:
    if args.json:
        say(records.as_json(found.matches, found.families))
    elif args.nl:
        if found.matches:
            say(records.as_lines(found.matches, found.families))
    elif args.csv:
        say(records.as_csv(found.matches))
    elif found.matches:
        show_answer(found, ctx.now, ctx.environ, ALL_REASONS if args.why else REASONS)
        if is_terminal(sys.stdout):
            tell("more: finder show ID · finder why ID · finder search --help")
    if found.nothing:
        tell(f"finder: {found.nothing}")
    return 0


def show_answer(found: Answer, now: datetime, environ: Mapping[str, str], reasons: int) -> None:
    """Print matches for a person: tables on a terminal, plain blocks elsewhere."""
    if is_rich(environ, sys.stdout):
        from finder.render.table import show_table, terminal  # rich: only where a person looks

        console = terminal(colour=wants_colour(environ, sys.stdout))
        show_table(console, found.matches, found.totals, now, reasons, found.families)
    else:
        say(listing(found.matches, found.totals, now, reasons, columns(sys.stdout), found.families))


def show(args: argparse.Namespace) -> int:
    """Everything about one opening."""
    from finder.life import life_of  # and with it what every hiring system's addresses look like

    ctx = context(args)
    with needed(ctx) as reader:
        match = _one(reader, ctx, args.id)
        versions, life = reader.history(match.opening.id), life_of(reader, match.opening, ctx.now)
        kin = relations(reader, match.opening.id)
    if args.json:
        say(json.dumps(records.detail(match, versions, life, kin), indent=2))
    else:
        say(page(match, versions, ctx.now, columns(sys.stdout), life, kin))
    return 0


def why(args: argparse.Namespace) -> int:
    """The parts of its score and every reason."""
    ctx = context(args)
    with needed(ctx) as reader:
        match = _one(reader, ctx, args.id)
    say(why_text(match, ctx.now, columns(sys.stdout)))
    return 0


def _one(reader: Reader, ctx: Context, id_: str) -> Match:
    mind_person(ctx, reader)
    return one(reader, ctx.config, id_, ctx.now)
