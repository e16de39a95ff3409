"""`finder refresh`: progress while it runs, one line for each source that failed or was held."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from datetime import datetime
from typing import Any

from finder.app import Plan, Report, Watcher
from finder.app import refresh as run_refresh
from finder.cli.context import Context, context
from finder.cli.out import draws, say, tell
from finder.config import clock
from finder.errors import ALL_FAILED
from finder.follow import Discovered
from finder.model import SourceResult
from finder.render.records import iso
from finder.render.words import counted, gave, moment, when
from finder.verify import Verified


def refresh(args: argparse.Namespace) -> int:
    """Visit the sources that are due; exit 0, 3 or 4 as `Report.exit_code` says."""
    ctx = context(args)
    plan = Plan(everything=args.all, only=tuple(args.source))
    tick = clock(ctx.environ)
    with _watcher(ctx, quiet=args.quiet or args.json) as watcher:
        report = run_refresh(ctx.config, ctx.environ, tick, plan, watcher)
    if args.json:
        say(json.dumps([_record(result) for result in report.results], indent=2))
    for line in problem_lines(report, tick(), quiet=args.quiet):
        tell(line)
    if not args.quiet and not args.json:
        say(summary(report))
    return report.exit_code


def problem_lines(report: Report, now: datetime, *, quiet: bool) -> list[str]:
    """A line for each fault; one for all where every source failed for the same cause: that is the network."""
    troubled = [r for r in report.results if r.problem and not (quiet and r.outcome in ("ok", "empty", "not yet"))]
    causes = {result.problem.partition(" (http")[0].rpartition(": ")[2] for result in troubled}
    if report.exit_code == ALL_FAILED and len(troubled) > 1 and len(causes) == 1:
        return [f"no source could be reached: {causes.pop()} ({len(troubled)} of {len(troubled)}). Are you online?"]
    return [problem_line(result, now) for result in troubled]


def problem_line(result: SourceResult, now: datetime | None = None) -> str:
    """`source NAME: failed: cause (not before …)`: the one line that a fault is worth."""
    again = ""
    if result.retry_at:
        again = f" (not before {when(result.retry_at, now) if now else moment(result.retry_at)})"
    label = "note" if result.outcome in ("ok", "empty") else result.outcome
    return f"source {result.name}: {label}: {result.problem}{again}"


def summary(report: Report) -> str:
    """What changed, in one line, and in another what discovery came to, if it did anything."""
    if not report.results:
        return "Nothing is due. `finder refresh --all` asks every source now; `finder sources` shows when each is due."
    added, closed = (sum(getattr(r, name) for r in report.results) for name in ("added", "closed"))
    outcomes = [r.outcome for r in report.results]
    told = ", ".join(f"{outcomes.count(o)} {o}" for o in dict.fromkeys(outcomes))
    told += f" ({report.resting} more not due)" if report.resting else ""
    found = report.discovered
    boards = f"\n{known(found)}. {asked(found)}" if found.asked or found.new else ""
    pages = f"\n{looked(report.verified)}" if report.verified.asked else ""
    news = f"{counted(added, 'new opening')}, {closed:,} closed."
    return f"{counted(len(outcomes), 'source')}: {told}. {news}{boards}{pages}"


def looked(pages: Verified) -> str:
    """What came of looking at openings' own pages, in one line."""
    spoke = sum(look.verdict != "unknown" or look.missing_since is not None for look in pages.looks.values())
    told = (
        (pages.closed, "closed"),
        (pages.missing, "not there"),
        (pages.reopened, "open again"),
        (max(pages.asked - spoke, 0), "told nothing"),
    )
    counts = [f"{number:,} {what}" for number, what in told if number]
    return f"{counted(pages.asked, 'page')} of openings looked at{': ' * bool(counts)}{', '.join(counts)}."


def known(found: Discovered) -> str:
    """How many boards are known now."""
    return f"{counted(sum(found.known.values()), 'board')} known, {found.new:,} new"


def asked(found: Discovered) -> str:
    """What came of asking boards that links told of, in one line."""
    told = ((found.count("followed"), "followed from now on"), (found.count("dead"), "not there"))
    counts = [
        f"{number:,} {what}" for number, what in (*told, (found.count("candidate"), "to be asked again")) if number
    ]
    return f"{counted(len(found.asked), 'board')} asked{': ' * bool(counts)}{', '.join(counts)}."


def _record(result: SourceResult) -> dict[str, Any]:
    return dataclasses.asdict(result) | {"retry_at": iso(result.retry_at)}


def _watcher(ctx: Context, *, quiet: bool) -> Any:
    if quiet:
        return Silent()
    if draws(ctx.environ, sys.stderr):
        from finder.render.progress import Bars  # rich: only where a person looks

        return Bars()
    return _Lines()


class Silent(Watcher):
    """Says nothing."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def planned(self, names: list[str]) -> None:
        return None

    def finished(self, result: SourceResult) -> None:
        return None

    def discovering(self) -> None:
        return None


class _Lines(Silent):
    """Plain progress for a pipe or a log: one line a source, as each ends."""

    def finished(self, result: SourceResult) -> None:
        if result.outcome in ("ok", "empty"):  # what went wrong is told once, when all is over
            tell(f"{result.name}: {result.outcome}, {gave(result)}")
