"""What every verb begins with: the configuration, the clock, and the store to read."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.read import Reader, StoreMissing
from finder.cli.out import tell
from finder.config import Config, environment, load, now

STALE_DAYS = 3
"""A store older than this says so on every search: half of the openings on lists are gone within four weeks."""


@dataclass(frozen=True, slots=True)
class Context:
    """One run of the command."""

    config: Config
    environ: Mapping[str, str]
    now: datetime


def context(args: argparse.Namespace) -> Context:
    """Read configuration and clock once. Raises ConfigError."""
    environ = environment()
    flags = {name: getattr(args, name, None) for name in ("db", "profile", "config")}
    config = load(environ, Path.cwd(), **flags)
    return Context(config, environ, now(environ))


@contextmanager
def reading(ctx: Context) -> Iterator[Reader | None]:
    """The store; None, and a hint on stderr, where there is none yet and the question has an answer without one."""
    try:
        reader = needed(ctx)
    except StoreMissing:
        tell("finder: nothing collected yet: run `finder refresh` (or `finder demo` for a sample)")
        yield None
        return
    with reader:
        yield reader


def needed(ctx: Context) -> Reader:
    """The store, for a question that has no answer without one. Raises StoreMissing, and StoreError."""
    return Reader.open(ctx.config.db)


def mind_person(ctx: Context, reader: Reader) -> None:
    """Say on stderr when the profile that was asked for by name has no steps: it may be mistyped."""
    name, said_by = ctx.config.profile.name, ctx.config.origins.get("profile.name")
    if said_by in ("--profile", "FINDER_PROFILE") and not reader.profile(name):
        tell(f"finder: the profile {name!r} has no steps marked (mistyped? else: finder steps done ID)")


def warn_if_old(last_refresh: datetime | None, now: datetime) -> None:
    """Say on stderr that what is shown is old."""
    if last_refresh is None:
        tell("finder: no refresh has finished yet: run `finder refresh`")
    elif (days := (now - last_refresh).days) >= STALE_DAYS:
        tell(f"finder: refreshed {days} days ago: run `finder refresh`")
