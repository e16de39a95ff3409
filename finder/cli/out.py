"""Where text leaves the program: stdout carries data, stderr carries messages, and neither can crash a command."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

from finder.errors import StoreError
from finder.render.words import safe

WIDEST = 100
"""Columns of running text at most: longer lines are hard to read, however wide the terminal is."""


def prepare() -> None:
    """Make both streams able to say anything: what the terminal's encoding lacks is written as a backslash escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the descriptor was closed before start-up, as some schedulers do
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - lives as long as we do
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Data, to stdout."""
    with _told():
        sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """A message of one line, to stderr; control characters that came with scraped text are dropped.

    Who closes stderr (`2>&1 | head`) loses messages: that must not end a refresh half-way.
    """
    with suppress(OSError):
        sys.stderr.write(safe(text) + "\n")


def flush() -> None:
    """Push out what is buffered."""
    with _told():
        sys.stdout.flush()


@contextmanager
def _told() -> Iterator[None]:
    """Raises BrokenPipeError when the reader went away, StoreError when the output has no room."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        hang_up()
        raise StoreError(f"the output could not be written: {error.strerror}") from error


def hang_up() -> None:
    """Nobody reads stdout any more (`| head`): let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is looking."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def draws(environ: Mapping[str, str], stream: TextIO) -> bool:
    """Whether bars can be drawn: on a terminal that is more than dumb."""
    return is_terminal(stream) and environ.get("TERM") != "dumb"


def is_rich(environ: Mapping[str, str], stream: TextIO) -> bool:
    """Whether to print tables: where a person looks, or where FORCE_COLOR says that one will (`| less -R`)."""
    return bool(environ.get("FORCE_COLOR")) or draws(environ, stream)


def wants_colour(environ: Mapping[str, str], stream: TextIO) -> bool:
    """The usual rules: NO_COLOR wins over FORCE_COLOR, which wins over what the stream is (no-color.org)."""
    return not environ.get("NO_COLOR") and is_rich(environ, stream)


def columns(stream: TextIO) -> int:
    """Where to wrap running text: at the terminal's width; 0, never, on a pipe, whose reader wants whole lines."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal(stream) else 0
