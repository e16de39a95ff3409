"""Where text leaves the program, and for whom it is drawn."""

from __future__ import annotations

import io
import os
import sys

import pytest

from finder.cli import out
from finder.errors import StoreError


class Stream(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Broken(io.StringIO):
    """A stream whose writes fail as told."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _text: str) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("environ", "terminal", "draws", "rich", "colour"),
    [
        ({}, True, True, True, True),
        ({}, False, False, False, False),
        ({"TERM": "dumb"}, True, False, False, False),
        ({"TERM": "xterm"}, False, False, False, False),
        ({"NO_COLOR": "1"}, True, True, True, False),
        ({"NO_COLOR": ""}, True, True, True, True),
        ({"FORCE_COLOR": "1"}, False, False, True, True),
        ({"FORCE_COLOR": ""}, False, False, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, False, True, True),
    ],
)
def test_who_gets_what(environ, terminal, draws, rich, colour):
    stream = Stream(terminal)
    assert out.draws(environ, stream) is draws
    assert out.is_rich(environ, stream) is rich
    assert out.wants_colour(environ, stream) is colour


def test_a_closed_stream_is_no_terminal():
    stream = Stream(True)
    stream.close()
    assert not out.is_terminal(io.StringIO())
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    assert not out.is_terminal(closed)


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("100", 100), ("250", out.WIDEST)])
def test_running_text_is_as_wide_as_the_terminal_and_no_wider_than_reads_well(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert out.columns(Stream(True)) == width
    assert out.columns(Stream(False)) == 0


@pytest.mark.parametrize("error", [BrokenPipeError(32, "Broken pipe"), OSError(28, "No space left on device")])
def test_a_message_that_cannot_be_said_is_lost(monkeypatch, error):
    monkeypatch.setattr(sys, "stderr", Broken(error))
    out.tell("anybody there?")


def test_data_that_cannot_be_said_is_an_error(monkeypatch):
    hung_up = []
    monkeypatch.setattr(out, "hang_up", lambda: hung_up.append(True))
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device")))
    with pytest.raises(StoreError, match="No space left"):
        out.say("data")
    assert hung_up


def test_a_reader_that_left_is_told_apart_from_a_full_disk(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError(32, "Broken pipe")))
    with pytest.raises(BrokenPipeError):
        out.say("data")


def test_a_message_is_one_line(capsys):
    out.tell("one\ntwo\r\x1b[31mthree")
    assert capsys.readouterr().err == "one two [31mthree\n"


def test_streams_that_are_not_there_are_replaced(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    out.prepare()
    with sys.stdout, sys.stderr:
        assert sys.stdout.name == os.devnull
        out.say("into nothing")
        out.tell("into nothing")
        out.flush()


def test_letters_that_the_encoding_lacks_are_escaped(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    out.prepare()
    out.say("Größe ▸ \ud800")
    out.flush()
    assert raw.getvalue() == b"Gr\\xf6\\xdfe \\u25b8 \\ud800\n"
