"""`finder sources test` and `sources discover`: is a source understood, and which employers' boards are there?"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime

from db.files import exists
from db.read import Reader
from db.status import SourceStatus
from db.store import Store
from finder.app import explore
from finder.binding import Bound
from finder.boards import Board, origin_of
from finder.cli.context import Context, context
from finder.cli.out import say, tell
from finder.cli.refresh import Silent, asked, known
from finder.config import clock
from finder.errors import ALL_FAILED, ConfigError, NotYet, SourceError
from finder.follow import Asked, Discovered
from finder.render.records import iso
from finder.render.trial import record, trial
from finder.render.words import counted, gave, safe
from finder.trial import Trial, attempt, named, unnamed
from finder.watch import with_boards


# ------------------------------------------------------------------------------------------------ test
def test(args: argparse.Namespace) -> int:
    """Visit one source and print what it shows. Ends with 3 where a refresh would call it failed.

    Of what it shows nothing is stored; what its host asks for, and its terms, bind the next refresh all the same.
    """
    ctx = context(args)
    with Reader.open(ctx.config.db) if exists(ctx.config.db) else nullcontext() as reader:
        boards = reader.boards() if reader else []
        holds = reader.holds() if reader else {}
        statuses = reader.sources() if reader else []
    source = _source(args, ctx, boards)
    bound = source.adapter.kind if source.adapter.min_interval else ""
    alike = [status for status in statuses if status.adapter == bound]
    stored = next((status.open for status in statuses if args.name and status.name == args.name), None)
    done = attempt(ctx.config, source, clock(ctx.environ), holds, _last(ctx, alike))
    _remember(ctx, done, {host: until for host, until in done.holds.items() if holds.get(host) != until}, alike)
    if args.json:
        told = {"source": source.name, "adapter": source.adapter.kind, "requests": done.requests}
        say(json.dumps(told | dict(record(done.harvest.found, done.skipped)) | {"problem": _problem(done)}, indent=2))
    else:
        say(f"{safe(source.name)} ({source.adapter.kind})")
        for line in trial(done.harvest.found, done.skipped, _notes(done, stored), ctx.now):
            say(line)
    if problem := _problem(done):
        tell(f"finder: {problem}")
    return SourceError.exit_code if done.failed else 0


def _source(args: argparse.Namespace, ctx: Context, boards: Sequence[Board]) -> Bound:
    if bool(args.name) == bool(args.adapter):
        raise ConfigError("sources test", "", "say which: the NAME of a source, or --adapter KIND --option KEY=VALUE")
    try:
        if args.adapter:
            return unnamed(ctx.config, args.adapter, args.option)
        return named(with_boards(ctx.config, boards), ctx.environ, args.name)
    except ConfigError as error:
        if error.where != "--source":
            raise
        raise ConfigError("sources test", error.key, error.problem) from error  # here it is no flag


def _last(ctx: Context, alike: Sequence[SourceStatus]) -> datetime | None:
    """When one of these sources was last asked, also if nothing came of it."""
    if not alike:
        return None
    with Store.open(ctx.config.db) as store:
        return max(filter(None, (store.visited(status.name) for status in alike)), default=None)


def _remember(ctx: Context, done: Trial, holds: Mapping[str, datetime], alike: Sequence[SourceStatus]) -> None:
    """Keep new holds; and that these sources, whose terms set an interval, were as good as asked."""
    asked = alike if not isinstance(done.error, NotYet) else ()
    if (holds or asked) and exists(ctx.config.db):
        with Store.open(ctx.config.db) as store:
            store.save_holds(holds)
            for status in asked:
                store.begin_visit(status.name, status.adapter, status.origin, 0, ctx.now)


def _notes(done: Trial, stored: int | None) -> list[str]:
    """`stored`: how many of its items are open in the store, to measure by what it shows now."""
    told = [counted(done.requests, "page")]
    if stored is not None:
        told.append(f"{stored:,} open in the store")
    if not done.harvest.complete:
        told.append("not all that it has")
    if not done.failed and done.source.adapter.windowed(done.source.options):
        told.append("its newest only")
    return told


def _problem(done: Trial) -> str:
    return str(done.error) if done.error else "; ".join(done.harvest.lost[:1])


# ------------------------------------------------------------------------------------------------ discover
def discover(args: argparse.Namespace) -> int:
    """Ask boards that the links collected tell of whether they are there, and say what came of it.

    One that is not there is no failure; ends with 4 where no host answered at all.
    """
    ctx = context(args)
    budget = ctx.config.discovery.budget if args.budget is None else args.budget
    found = explore(ctx.config, clock(ctx.environ), budget, Silent())
    if args.json:
        say(json.dumps([_record(one) for one in found.asked], indent=2))
    else:
        say(_known(found))
        for one in sorted(found.asked, key=lambda one: one.result is None):
            say(f"  {_line(one)}")
    if not found.reached:
        tell("finder: no board could be reached; they will be asked again. Are you online?")
        return ALL_FAILED
    return 0


def _known(found: Discovered) -> str:
    systems = ", ".join(f"{name} {number:,}" for name, number in Counter(found.known).most_common())
    return f"{known(found)}{': ' * bool(systems)}{systems}.\n{asked(found)}"


def _line(one: Asked) -> str:
    where = origin_of(one.board.candidate)
    if one.result:
        return f"{one.board.name}: followed, {gave(one.result)} ({where})"
    again = f" (not again before {one.standing.next_check:%Y-%m-%d})" if one.standing.next_check else ""
    state = "not there" if one.standing.state == "dead" else "asked again later"
    return f"{one.board.name}: {state}: {safe(one.standing.problem)}{again}"


def _record(one: Asked) -> dict[str, object]:
    told = one.board.candidate
    return {
        "name": one.board.name,
        "system": told.system,
        "board": told.board,
        "company": told.company,
        "origin": told.origin,
        "links": told.links,
        "ml_links": told.ml_links,
        "state": one.standing.state,
        "problem": one.standing.problem,
        "next_check": iso(one.standing.next_check),
        "found": one.result.found if one.result else 0,
    }
