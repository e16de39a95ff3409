"""How the command line is read, and how a mistake in it is told: one line, the nearest right word, exit code 2.

Nothing is guessed: a shortened or mistyped flag is refused, never run as another question than was meant.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from finder.cli.out import tell

USAGE = 2
"""Exit code of a command line that cannot be read."""


class Parser(argparse.ArgumentParser):
    """argparse with our words for mistakes. `spare`: the list that takes words which follow a flag; '' for none."""

    def __init__(self, *, spare: str = "", **settings: Any) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)
        self.spare = spare

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong: the whole usage above it would drown it."""
        if message.startswith("the following arguments are required"):
            message = self._lacking()
        tell(f"{self.prog}: {message.removeprefix('argument ')} ({self.prog} --help)")
        raise SystemExit(USAGE)

    def _lacking(self) -> str:
        """Which word has to follow: one of a few, or what its name tells."""
        action = next(action for action in self._actions if action.required and not action.option_strings)
        few = ", ".join(map(str, action.choices or ()))
        return f"say which: {few}" if few else f"needs {action.metavar or action.dest}"

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = [str(choice) for choice in action.choices or ()]
        if not choices or value in choices:
            return
        if isinstance(action, argparse._SubParsersAction):
            self.error(f"there is no command {value!r}{_meant(value, choices)}")
        name = "".join(f"{flag}: " for flag in action.option_strings[:1])
        meant = _meant(value, choices)
        if not meant and not name and self.spare:
            meant = f"; as in: {self.prog} {choices[0]} {value}"
        self.error(f"{name}{value!r} is none of {', '.join(choices)}{meant}")

    def flags(self) -> list[str]:
        """Every flag it knows."""
        return [flag for action in self._actions for flag in action.option_strings]

    def choices(self) -> dict[str, list[str]]:
        """Flag → the words it takes, where these are given; '' for those that stand without a flag."""
        told: dict[str, list[str]] = {}
        for action in self._actions:
            for flag in action.option_strings or [""]:
                told.setdefault(flag, []).extend(str(choice) for choice in action.choices or ())
        return {flag: words for flag, words in told.items() if words}

    def commands(self) -> dict[str, Parser]:
        """The parser of each command; empty for one that has none."""
        subs = (action for action in self._actions if isinstance(action, argparse._SubParsersAction))
        return next((dict(action.choices) for action in subs), {})


def parse(top: Parser, argv: Sequence[str] | None) -> argparse.Namespace:
    """Read a command line. Raises SystemExit: 0 after help or version, 2 after a mistake, which is then told."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0].startswith("-") and argv[0].partition("=")[0] not in top.flags():
        top.error(_unknown(argv[0], top))  # else the word after it would be taken for the command
    args, rest = top.parse_known_args(argv)
    if args.command is None:
        top.print_help(sys.stderr)
        raise SystemExit(USAGE)
    sub = top.commands()[args.command]
    end = rest.index("--") if "--" in rest else len(rest)  # what follows it is no flag, whatever it looks like
    if unknown := [word for word in rest[:end] if word.startswith("-")]:
        sub.error(_unknown(unknown[0], sub))
    words = [*rest[:end], *rest[end + 1 :]]
    if words and not sub.spare:
        sub.error(f"{words[0]!r} is one word too many")
    if words:
        getattr(args, sub.spare).extend(words)
    return args


def _unknown(word: str, sub: Parser) -> str:
    flag = word.partition("=")[0]
    meant = _meant(flag, sub.flags())
    if not meant and sub.spare:
        meant = f"; a word that begins with '-' goes after --, as in: {sub.prog} -- {word}"
    return f"there is no flag {flag!r}{meant}"


def _meant(word: str, known: Iterable[str]) -> str:
    """'; did you mean 'search'?' or ''; a beginning means the first that it begins."""
    from finder.config.checks import meant  # only where a word was not understood

    words = list(known)
    return meant(next((other for other in words if word[2:] and other.startswith(word)), word), words)
