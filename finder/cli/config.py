"""`finder config`, `finder db` and `finder completion`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from finder.binding import bind
from finder.cli.args import verbs_of
from finder.cli.context import context
from finder.cli.out import say, tell
from finder.config import describe, files
from finder.errors import ConfigError, StoreError
from finder.lock import locked


def config(args: argparse.Namespace) -> int:
    """Every setting with its value and origin; the files; or a check of all of it, adapters' options included."""
    ctx = context(args)
    if args.action == "path":
        for path in files(ctx.environ, Path.cwd(), getattr(args, "config", None)):
            say(f"{path}" if path.exists() else f"{path} (not there)")
        return 0
    if args.action == "validate":
        bound = bind(ctx.config, ctx.environ)
        say(f"all settings are good; {len(bound)} sources are enabled")
        return 0
    rows = describe(ctx.config)
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        say(f"{key:<{width}}  {value}  # {origin}")
    return 0


def db(args: argparse.Namespace) -> int:
    """Where the store is; a verified copy of it; a copy put back in its place; or what is wrong with it."""
    ctx = context(args)
    store = ctx.config.db
    if args.action == "path":
        say(str(store))
        return 0
    if args.action in ("backup", "restore") and not args.file:
        raise ConfigError("finder db", args.action, "needs a FILE")
    return {"backup": _backup, "restore": _restore, "check": _check}[args.action](store, args.file)


def _backup(store: Path, file: str) -> int:
    from db.store import Store

    with Store.open(store) as opened:
        opened.backup(Path(file))
    say(f"wrote {file}")
    return 0


def _check(store: Path, file: str | None) -> int:
    from db.store import Store

    path = Path(file) if file else store
    with Store.open(path) as opened:
        problems = opened.check()
    for problem in problems:
        tell(f"finder: {path}: {problem}")
    if problems:
        raise StoreError(f"{path}: damaged; restore a backup with `finder db restore FILE`")
    say(f"{path}: sound")
    return 0


def _restore(store: Path, file: str) -> int:
    """Verify the copy, keep today's store beside it, then swap in one step."""
    _check(store, file)
    with locked(store):
        fresh, old = store.with_name(store.name + ".new"), store.with_name(store.name + ".before-restore")
        shutil.copyfile(file, fresh)
        fresh.chmod(0o600)
        if store.exists():
            store.replace(old)
        for tail in ("-wal", "-shm"):
            store.with_name(store.name + tail).unlink(missing_ok=True)
        fresh.replace(store)
    say(f"restored {store}; the one before is {old}")
    return 0


def completion(args: argparse.Namespace) -> int:
    """A script for `eval "$(finder completion bash)"`: verbs and their flags."""
    table = verbs_of()
    cases = "\n".join(f"    {name}) choices='{' '.join(flags)}' ;;" for name, flags in table.items())
    say(_SCRIPTS[args.shell].format(verbs=" ".join(table), cases=cases))
    return 0


_SCRIPTS = {
    "bash": """_finder() {{
  local choices word=${{COMP_WORDS[COMP_CWORD]}}
  case ${{COMP_WORDS[1]}} in
{cases}
    *) choices='{verbs}' ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && choices='{verbs}'
  COMPREPLY=($(compgen -W "$choices" -- "$word"))
}}
complete -F _finder finder""",
    "zsh": """#compdef finder
_finder() {{
  local choices
  case $words[2] in
{cases}
    *) choices='{verbs}' ;;
  esac
  [ "$CURRENT" -eq 2 ] && choices='{verbs}'
  compadd -- ${{=choices}}
}}
compdef _finder finder""",
}
