"""The bar of a refresh, drawn on a terminal of our own."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from finder.model import SourceResult
from finder.render.progress import Bars


def drawn(*results: SourceResult, width: int = 80) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None, legacy_windows=False)
    with Bars(console) as bars:
        bars.planned([result.name for result in results])
        for result in results:
            bars.finished(result)
    return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", out.getvalue()).replace("\r", "\n")


def result(name: str, outcome: str = "ok", **told) -> SourceResult:
    return SourceResult(name=name, outcome=outcome, **told)


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line[:1] in "✓∅✗·" and line.strip()]


def test_each_source_has_its_line_with_its_counts():
    text = drawn(
        result("list", found=1727, added=12, closed=3),
        result("a-long-name", unchanged=True),
        result("board", "empty"),
        result("broken", "failed", problem="not JSON"),
        result("halved", "held"),
        result("waiting", "not yet"),
    )
    assert lines_of(text) == [
        "✓ list         1,727 items, 12 new, 3 closed",
        "✓ a-long-name  unchanged",
        "∅ board        0 items, 0 new",
        "✗ broken       failed",
        "✗ halved       held",
        "· waiting      not yet",
    ]


def test_the_bar_counts_and_names_whom_it_waits_for():
    text = drawn(result("one"), result("two"))
    assert "waiting for two" in text or "concluding" in text


def test_no_sources_at_all():
    assert lines_of(drawn()) == []


@pytest.mark.parametrize("width", [30, 60])
def test_a_narrow_terminal_gets_one_line_a_source(width):
    text = drawn(result("a-rather-long-name-of-a-source", found=123456, added=123456, closed=1), width=width)
    assert len(lines_of(text)) == 1
    assert len(lines_of(text)[0]) <= width


def test_names_are_only_text():
    text = drawn(result("[red]x[/]"), result("y\x1b[2Jz"))
    assert "[red]x[/]" in text
    assert "y[2Jz" in text


def test_the_name_that_is_waited_for_is_only_text():
    out = io.StringIO()
    with Bars(Console(file=out, width=80, force_terminal=True, color_system=None)) as bars:
        bars.planned(["one", "[/red]"])
        bars.finished(result("one"))
        bars._progress.refresh()
    assert "waiting for [/red]" in out.getvalue()


def test_it_ends_when_the_refresh_does_not():
    console = Console(file=io.StringIO(), force_terminal=True)
    with pytest.raises(KeyboardInterrupt), Bars(console) as bars:
        bars.planned(["one"])
        raise KeyboardInterrupt
    assert not bars._progress.live.is_started


def test_messages_go_to_stderr(capsys):
    with Bars() as bars:
        bars.planned(["one"])
        bars.finished(result("one", unchanged=True))
    told = capsys.readouterr()
    assert told.out == ""
    assert "one  unchanged" in told.err
