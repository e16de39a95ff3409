"""`finder config` and `finder db`."""

from __future__ import annotations

import argparse
from pathlib import Path

from db import backup
from finder.cli.context import context
from finder.cli.out import say, tell
from finder.config import describe, files
from finder.errors import ConfigError, StoreError
from finder.lock import locked
from finder.render.settings import as_toml


def config(args: argparse.Namespace) -> int:
    """Every setting with its value and origin; the files; or a check of all of it, adapters' options included."""
    ctx = context(args)
    if args.action == "path":
        for path in files(ctx.environ, Path.cwd(), getattr(args, "config", None)):
            say(f"{path}" if path.exists() else f"{path} (not there)")
    elif args.action == "validate":
        from finder.binding import bind  # every adapter: only to check their options

        say(f"all settings are good; {len(bind(ctx.config, ctx.environ))} sources are enabled")
    else:
        shipped = str(files(ctx.environ, Path.cwd())[0])
        say(as_toml(describe(ctx.config), shipped))
    return 0


def db(args: argparse.Namespace) -> int:
    """Where the store is; a checked copy of it; a copy put in its place; or what is wrong with it."""
    store = context(args).config.db
    if args.action in ("backup", "restore") and not args.file:
        raise ConfigError("db", args.action, f"name a file: finder db {args.action} FILE")
    if args.action == "path":
        say(str(store))
    elif args.action == "backup":
        backup.backup(store, Path(args.file))
        say(f"wrote {args.file}, a checked copy of {store}")
    elif args.action == "restore":
        with locked(store):
            kept = backup.restore(Path(args.file), store)
        say(f"restored {store} from {args.file}" + (f"; what was there before is {kept}" if kept else ""))
    else:
        _check(Path(args.file) if args.file else store)
    return 0


def _check(path: Path) -> None:
    problems = backup.check(path)
    for problem in problems:
        tell(f"finder: {path}: {problem}")
    if problems:
        raise StoreError(f"{path}: damaged; put a backup in its place with `finder db restore FILE`")
    say(f"{path}: sound")
