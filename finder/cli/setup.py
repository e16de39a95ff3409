"""`finder init`: a configuration to begin with, and the steps already done."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from finder.cli.context import Context, context
from finder.cli.out import is_terminal, say, tell
from finder.cli.steps import find_steps, mark
from finder.config import load as load_config
from finder.config import user_config
from finder.errors import ConfigError
from finder.model import Step
from finder.steps import load

TEMPLATE = """\
# Settings of finder. `finder config show` lists every key with its value and where it comes from.

[profile]
# Where you would work: cities, regions or countries. Empty: anywhere.
locations = {locations}
# Whether remote work suits you.
remote = true
# When, such as "Summer 2027". Empty: any time.
terms = {terms}

[mail]
# Where the weekly digest goes. Without a host it can be previewed only (finder digest --preview).
to = {to}
# host = "smtp.example.org"
# username = "you@example.org"
# password_env = "FINDER_SMTP_PASSWORD"    # or password_file, a file that only you can read
"""


def init(args: argparse.Namespace) -> int:
    """Write the user's configuration and mark completed steps. Asks only on a terminal and without --yes."""
    ctx = context(args)
    path = _target(user_config(ctx.environ))
    asks = is_terminal(sys.stdin) and not args.yes
    places = _list(args.location, asks, "Where would you work? (comma between, empty: anywhere)")
    terms = _list(args.term, asks, "Which terms, such as Summer 2027? (empty: any)")
    mail = args.mail if args.mail is not None else _ask(asks, "Mail address for the weekly digest? (empty: none)")
    steps = _steps(args.done, asks)
    _write(path, TEMPLATE.format(locations=_toml(places), terms=_toml(terms), to=_toml(mail)), ctx)
    say(f"wrote {path}")
    if steps:
        mark(ctx, load(), steps, "done")
    tell("next: finder refresh, then finder search; finder schedule install keeps it fresh")
    return 0


def _write(path: Path, text: str, ctx: Context) -> None:
    """Readable by its owner alone, and gone again if finder would not take it. Raises ConfigError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(str(path), "", f"cannot be written: {error.strerror}") from error
    try:
        load_config(ctx.environ, Path.cwd())
    except ConfigError:
        path.unlink()
        raise


def _steps(given: list[str] | None, asks: bool) -> list[Step]:
    """The steps already done. A slip at the terminal is asked again, one in a flag raises ConfigError."""
    while True:
        try:
            return find_steps(
                load(), _list(given, asks, "Which steps have you done, such as python, git? (empty: none yet)")
            )
        except ConfigError as error:
            if given is not None or not asks:
                raise
            tell(f"finder: {error}")


def _target(path: Path | None) -> Path:
    if path is None:
        raise ConfigError(
            "environment", "HOME", "not set, so there is no place for a configuration: set XDG_CONFIG_HOME"
        )
    if path.exists():
        raise ConfigError(str(path), "", "exists already; edit it, or move it away first")
    return path


def _list(given: list[str] | None, asks: bool, question: str) -> list[str]:
    if given is not None:
        return given
    return [part for word in _ask(asks, question).split(",") if (part := word.strip())]


def _ask(asks: bool, question: str) -> str:
    if not asks:
        return ""
    sys.stderr.write(question + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _toml(value: str | list[str]) -> str:
    """A TOML basic string of one printable line, or an array of them: JSON's escapes are a subset of TOML's."""
    line = [_line(one) for one in value] if isinstance(value, list) else _line(value)
    return json.dumps(line, ensure_ascii=False)


def _line(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
