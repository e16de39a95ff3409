"""`finder run`, `serve` and `schedule`: what keeps the store fresh and the mail going."""

from __future__ import annotations

import argparse
from pathlib import Path

from finder import crontab
from finder.app import Plan, refresh
from finder.cli.context import Context, context
from finder.cli.out import say, tell
from finder.cli.refresh import Silent, problem_line
from finder.config import clock, files
from finder.delivery import deliver, digest_due
from finder.errors import FinderError


def run(args: argparse.Namespace) -> int:
    """Do what is due: visit the sources that are, then send this week's digest if its time has come."""
    ctx = context(args)
    report = refresh(ctx.config, ctx.environ, clock(ctx.environ), Plan(), Silent())
    for result in report.results:
        if result.outcome in ("failed", "held"):
            tell(problem_line(result))
    if ctx.config.mail.host and digest_due(ctx.config, ctx.now):
        sent = deliver(ctx.config, ctx.environ, ctx.now)
        if sent and not args.quiet:
            say(f"sent to {ctx.config.mail.to}: {sent.subject}")
    if not args.quiet:
        say(f"{len(report.results)} sources were due")
    return report.exit_code


def serve(args: argparse.Namespace) -> int:
    """`run` now and then every hour, until interrupted. What fails is told and tried again an hour later."""
    from finder.schedule import serve as serve_hours

    def tick() -> None:
        try:
            run(args)
        except FinderError as error:
            tell(f"finder: {error}")

    serve_hours(tick)
    return 0


def schedule(args: argparse.Namespace) -> int:
    """Show the line that cron runs, put it into the crontab, or take it away."""
    ctx = context(args)
    _shipped, *own = [path for path in files(ctx.environ, Path.cwd(), getattr(args, "config", None)) if path.exists()]
    entry = _entry(ctx, own)
    before = crontab.read()
    if args.action == "show":
        say(entry)
        tell(_compared(crontab.installed(before), entry))
        return 0
    after = crontab.with_block(before, entry) if args.action == "install" else crontab.without_block(before)
    if after == before:
        say("nothing to change")
    else:
        crontab.write(after)
        say(f"{args.action}{'d' if args.action == 'remove' else 'ed'}: {entry}")
    return 0


def _entry(ctx: Context, own: list[Path]) -> str:
    """The line, told everything that cron's empty environment and other folder would hide from it."""
    here = Path.cwd()
    told = {"FINDER_DB": str(ctx.config.db.absolute()), "FINDER_PROFILE": ctx.config.profile.name}
    folder = here if here / "config.toml" in own else None
    if users := [path for path in own if path != here / "config.toml"]:
        told["FINDER_CONFIG"] = str(users[0].absolute())
    return crontab.line(told, ctx.environ, folder)


def _compared(there: str, entry: str) -> str:
    if not there:
        return "not installed: finder schedule install"
    return "installed" if there == entry else f"installed, but as it was told before: {there}"
