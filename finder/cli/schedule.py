"""`finder run`, `serve` and `schedule`: what keeps the store fresh and the mail going."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from finder import crontab
from finder.app import Plan, refresh
from finder.cli.context import Context, context
from finder.cli.out import flush, say, tell
from finder.cli.refresh import Silent, problem_lines, summary
from finder.config import clock, files
from finder.config.paths import home
from finder.delivery import deliver, due
from finder.errors import FinderError


def run(args: argparse.Namespace) -> int:
    """Do what is due: visit the sources that are, then send what waits and, if its time has come, this week's digest.

    Ends as the refresh does; if that went well, as the mail does.
    """
    ctx = context(args)
    tick = clock(ctx.environ)
    report = refresh(ctx.config, ctx.environ, tick, Plan(), Silent())
    for line in problem_lines(report, tick(), quiet=True):
        tell(line)
    if not args.quiet:
        say(summary(report))
    mailed = _mail(ctx, quiet=args.quiet)
    return report.exit_code or mailed


def _mail(ctx: Context, *, quiet: bool) -> int:
    """What is due of the mail, where [mail] is set; its failure is told and leaves what was refreshed as it is."""
    mail, now = ctx.config.mail, clock(ctx.environ)()
    if not (mail.host and mail.to):
        return 0
    try:
        todo = due(ctx.config, now)
        if not (todo.waiting or todo.digest):
            return 0
        sent = deliver(ctx.config, ctx.environ, now, build_now=todo.digest)
    except FinderError as error:
        tell(f"finder: {error}")
        return error.exit_code
    for parcel in () if quiet else sent:
        say(f"sent to {mail.to}: {parcel.subject}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """`run` now and then every hour, until interrupted. What fails is told and tried again an hour later."""
    from finder.schedule import serve as serve_hours  # APScheduler: for nobody else

    context(args)  # a mistake in the configuration ends it here and not once an hour

    def tick() -> None:
        try:
            run(args)
        except FinderError as error:
            tell(f"finder: {error}")
        except Exception as error:  # a bug must not end the hours that come after it
            tell(f"finder: a bug: {type(error).__name__}: {error}; `finder run --debug` shows where")
        flush()  # whoever reads a log does not wait for the buffer

    serve_hours(tick)
    return 0


def schedule(args: argparse.Namespace) -> int:
    """Show the line that cron runs, put it into the crontab, or take it away."""
    ctx = context(args)
    if args.action == "remove":
        before = crontab.read(ctx.environ)
        return _change(ctx, before, crontab.without_block(before), f"removed: {crontab.installed(before)}")
    entry = _entry(args, ctx)
    _warn(ctx)
    if args.action == "show":
        say(entry)
        tell(_compared(ctx, entry))
        return 0
    before = crontab.read(ctx.environ)
    return _change(ctx, before, crontab.with_block(before, entry), f"installed: {entry}")


def _change(ctx: Context, before: str | None, after: str | None, told: str) -> int:
    if after == before:
        say("nothing to change")
    else:
        crontab.write(ctx.environ, after)
        say(told)
    return 0


def _entry(args: argparse.Namespace, ctx: Context) -> str:
    """The line, told everything that cron's empty environment and other folder would hide from it."""
    here, named = Path.cwd() / "config.toml", getattr(args, "config", None) or ctx.environ.get("FINDER_CONFIG")
    own = [path for path in files(ctx.environ, Path.cwd(), getattr(args, "config", None))[1:] if path.exists()]
    told = crontab.carried(ctx.environ)
    told |= {"FINDER_DB": str(ctx.config.db.absolute()), "FINDER_PROFILE": ctx.config.profile.name}
    if users := own[:1] if named else [path for path in own if path != here]:
        told["FINDER_CONFIG"] = str(users[0].absolute())
    if (mine := home(ctx.environ)) and mine != home({}):  # `~/` in a setting is this home, and not the one of cron
        told["HOME"] = str(mine.absolute())
    # cron starts in the home folder: a config.toml that happens to lie there was not meant
    return crontab.line(crontab.program(sys.argv[0]), here.parent if here in own else Path("/"), told)


def _warn(ctx: Context) -> None:
    """Secrets are not written into a crontab; say which ones the run will have to do without."""
    for name in crontab.withheld(ctx.environ):
        tell(f"finder: {name} holds a password and is left out of the line")
    mail = ctx.config.mail
    secrets = {source.token_env: "token_file" for source in ctx.config.sources if not source.token_file}
    if not (mail.password_file or mail.password_keyring):
        secrets[mail.password_env] = "password_file"
    for name, instead in secrets.items():
        if name and ctx.environ.get(name):
            tell(f"finder: cron does not know {name}: keep it in a file (chmod 600) and name that by {instead}")


def _compared(ctx: Context, entry: str) -> str:
    try:
        there = crontab.installed(crontab.read(ctx.environ))
    except FinderError as error:
        return f"finder: {error}"
    if not there:
        return "not installed: finder schedule install"
    return "installed" if there == entry else f"installed, but as it was told before: {there}"
