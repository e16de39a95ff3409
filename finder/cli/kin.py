"""`finder split`, `join` and `reclassify`: what a person knows better than the rules, and the rules applied anew."""

from __future__ import annotations

import argparse
import sys

from db.files import exists
from db.read import Reader
from db.store import Store
from finder.cli.context import Context, context, needed
from finder.cli.out import draws, is_terminal, say, tell
from finder.conclusions import Summary, conclude
from finder.conclusions import reclassify as draw_anew
from finder.config import clock
from finder.errors import ConfigError
from finder.kin import Decision
from finder.lock import locked
from finder.model import Opening
from finder.render.words import counted, moment, safe


# ------------------------------------------------------------------------------------------------ split, join
def split(args: argparse.Namespace) -> int:
    """Keep an opening apart: from another, from what one source showed of it, or from all."""
    ctx = context(args)
    if not args.id:
        return _listed(ctx)
    with needed(ctx) as reader:
        one = _opening(reader, args.id)
        sources = {sighting.source for sighting in one.sightings}
        other = None if not args.other or args.other in sources else _opening(reader, args.other)
    if args.undo:
        return _undo(ctx, one.id, other.id if other else "")
    if args.other in sources:
        return _part(ctx, one, args.other)
    if other and other.id == one.id:
        raise ConfigError("split", args.other, "is the same opening; name another, or one of its sources")
    said = Decision(one.id, other.id if other else "", joined=False)
    _decide(ctx, said)
    say(f"{_named(one)} is kept apart from {_named(other)}" if other else f"{_named(one)} stands by itself")
    return _how_to_undo("split", said)


def _part(ctx: Context, one: Opening, source: str) -> int:
    """What a source showed of it becomes an opening of its own."""
    if len({sighting.source for sighting in one.sightings}) == 1:
        raise ConfigError("split", source, f"is the only source of {one.id}: there is nothing to split off")
    now = clock(ctx.environ)()
    with locked(ctx.config.db), Store.open(ctx.config.db) as store:
        number = store.part(one.id, source, now)
        said = Decision(number, one.id, joined=False)
        store.decide(said, now)
        conclude(store)
    say(f"{_named(one)}: what {source} shows of it is {number} now")
    return _how_to_undo("join", said, undo="")


def join(args: argparse.Namespace) -> int:
    """Say that two openings are one posting."""
    ctx = context(args)
    if not args.id:
        return _listed(ctx)
    if not args.other:
        raise ConfigError("join", "", "name two openings")
    with needed(ctx) as reader:
        one, other = _opening(reader, args.id), _opening(reader, args.other)
    if one.id == other.id:
        raise ConfigError("join", args.other, "is the same opening")
    if args.undo:
        return _undo(ctx, one.id, other.id)
    said = Decision(min(one.id, other.id), max(one.id, other.id), joined=True)
    _decide(ctx, said)
    say(f"{_named(one)} and {_named(other)} are one posting")
    return _how_to_undo("join", said)


def _opening(reader: Reader, id_: str) -> Opening:
    found = reader.opening(id_)
    if found is None:
        raise ConfigError("id", id_, "no opening has it; `finder search` prints ids in brackets")
    return found


def _named(one: Opening) -> str:
    return safe(f"{one.id} ({one.title})")


def _decide(ctx: Context, said: Decision) -> None:
    with locked(ctx.config.db), Store.open(ctx.config.db) as store:
        store.decide(said, clock(ctx.environ)())


def _undo(ctx: Context, one: str, other: str) -> int:
    with locked(ctx.config.db), Store.open(ctx.config.db) as store:
        if not store.undecide(one, other):
            raise ConfigError("undo", " ".join(filter(None, (one, other))), "nothing was decided of this by hand")
    say(f"taken back: {one} and {other} are what the rules make of them" if other else f"taken back: {one}")
    return 0


def _how_to_undo(verb: str, said: Decision, undo: str = "--undo") -> int:
    if is_terminal(sys.stdout):
        tell(f"{' '.join(filter(None, ('finder', verb, undo, said.one, said.other)))} takes it back")
    return 0


def _listed(ctx: Context) -> int:
    """Every decision, the earliest first."""
    if not exists(ctx.config.db):
        return 0
    with Reader.open(ctx.config.db) as reader:
        for one in reader.decisions():
            what = f"{one.one} and {one.other}" if one.joined else " from ".join(filter(None, (one.one, one.other)))
            say(f"{moment(one.at)}  {'join ' if one.joined else 'split'} {what}")
    return 0


# ------------------------------------------------------------------------------------------------ reclassify
def reclassify(args: argparse.Namespace) -> int:
    """Draw every conclusion anew from what is stored. Asks nobody, and goes on where it was interrupted."""
    ctx = context(args)
    with needed(ctx):
        pass
    shown = draws(ctx.environ, sys.stderr) and not args.quiet
    summary = draw_anew(ctx.config, _Progress() if shown else _silent)
    if shown:
        sys.stderr.write("\r\033[K")
    if not args.quiet:
        say(told(summary))
    return 0


def told(summary: Summary) -> str:
    """What came of it, in one line and one for each subject of which conclusions changed."""
    lines = [f"{counted(summary.openings, 'opening')} read anew"]
    lines += [f"  {subject:<14} {counted(count, 'conclusion')} changed" for subject, count in summary.changed.items()]
    return "\n".join(lines if summary.changed else [f"{lines[0]}; no conclusion changed"])


def _silent(_done: int, _all: int) -> None:
    """Nobody looks."""


class _Progress:
    """One line on a terminal, written again at every hundredth opening."""

    def __call__(self, done: int, whole: int) -> None:
        if done % 100 == 0 or done == whole:
            what = f"comparing openings: {done:,} of {whole:,}" if whole else f"reading openings: {done:,}"
            sys.stderr.write(f"\r\033[K{what}")
            sys.stderr.flush()
