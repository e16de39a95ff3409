"""The table of a search on terminals of several widths and abilities."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from _matches import PLAIN, REPOSITORY, match, ranked
from making import NOW, at, need, opening
from rich.cells import cell_len
from rich.console import Console

from finder.model import Match
from finder.render.search import ALL_REASONS, REASONS
from finder.render.table import COLOURS, CUT_REASONS, show_table, terminal

WIDTHS = (40, 60, 80, 100, 140)

LONG = replace(
    PLAIN,
    id="long2345",
    title="Research Engineer Intern, " + "very particular " * 12,
    organization="An Organization of Many Words and Branches",
    places=tuple(at(f"Some Far Town {n}, Some Region") for n in range(9)),
)
WIDE = replace(PLAIN, id="wide2345", title="機械学習インターンシップ " * 5, organization="東京の会社")
"""Letters two columns wide."""


def drawn(matches: list[Match], width: int, reasons: int = REASONS, **abilities: object) -> str:
    out = io.StringIO()
    settings = {"force_terminal": True, "color_system": "truecolor", "legacy_windows": False, **abilities}
    show_table(Console(file=out, width=width, highlight=False, **settings), matches, {"internship": 2308}, NOW, reasons)
    return out.getvalue()


def plain(text: str) -> str:
    """What is left to read when styles and links are taken away."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width):
    lines = plain(drawn(ranked(PLAIN, LONG, WIDE, REPOSITORY), width)).splitlines()
    assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_ids_and_scores_are_never_cut(width):
    matches = ranked(PLAIN, LONG, WIDE, REPOSITORY)
    text = plain(drawn(matches, width))
    for told in matches:
        line = next(line for line in text.splitlines() if told.opening.id in line)
        assert line.split()[0] == f"{told.score * 100:.0f}"


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_match_is_a_few_lines(width):
    text = plain(drawn([match()], width))
    body = [line for line in text.partition("── \n")[2].splitlines() if line.strip()]
    assert len(body) <= 2 + CUT_REASONS
    assert sum(line.strip().startswith("·") for line in body) == CUT_REASONS


def test_a_reason_that_does_not_fit_is_cut_with_dots():
    text = plain(drawn([match()], 60))
    cut = [line for line in text.splitlines() if line.strip().startswith("·")]
    assert any(line.rstrip().endswith("…") for line in cut)
    assert all(line.count("\n") == 0 for line in cut)


def test_all_reasons_are_whole():
    told = match()
    text = " ".join(plain(drawn([told], 80, ALL_REASONS)).split())
    for reason in told.reasons:
        assert f"· {reason}" in text


def test_totals_and_kinds():
    text = plain(drawn(ranked(PLAIN, REPOSITORY), 100))
    assert "Internships: 1 of 2,308" in text
    assert "Projects to contribute to: 1 of 1" in text


def test_facts_stand_under_the_title():
    lines = plain(drawn([match()], 120)).splitlines()
    at_title = next(n for n, line in enumerate(lines) if "Computer Vision Intern" in line)
    told = match()
    assert lines[at_title + 1].strip() == (
        f"{told.readiness} · Quillmark Robotics · Berlin, Germany; Remote in EU · posted 5 days ago"
    )


def test_a_closed_one_says_so_next_to_its_readiness():
    text = plain(drawn([match(state="closed", evidence="active: false")], 120))
    assert "· CLOSED: active: false ·" in text


# ------------------------------------------------------------------------------------------------ abilities
def test_a_terminal_gets_a_link_on_the_title():
    text = drawn([match()], 80)
    assert re.search(r"\x1b\]8;[^;]*;https://jobs\.quillmark\.example/abc23xyz\x1b\\", text)


def test_a_dull_output_gets_neither_links_nor_colours():
    assert "\x1b" not in drawn([match()], 80, force_terminal=False, color_system=None)


def test_no_colour_means_none():
    text = drawn([match()], 80, no_color=True)
    codes = {code for group in re.findall(r"\x1b\[([0-9;]*)m", text) for code in group.split(";") if code}
    assert not any(30 <= int(code) <= 49 or 90 <= int(code) <= 107 for code in codes)


def test_a_terminal_without_unicode_gets_plain_lines():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    show_table(Console(file=out, width=80, force_terminal=True, color_system=None), [match()], {}, NOW, REASONS)
    out.flush()
    assert b"---" in out.buffer.getvalue()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "", "  https://spaced.example", "data:text/html,x"],
)
def test_only_web_addresses_become_links(url):
    assert "\x1b]8" not in drawn([match(url=url)], 80)


@pytest.mark.parametrize("bad", ["\x1b\\", "\x07", "\x9c", "\n", "\x1b]8;;https://evil.example\x1b\\"])
def test_an_address_cannot_break_out_of_its_link(bad):
    text = drawn([match(url=f"https://good.example/{bad}x")], 80)
    targets = {target for target in re.findall(r"\x1b\]8;[^;]*;([^\x1b\x07\n]*)", text) if target}
    assert all(target.startswith("https://good.example/") for target in targets)
    assert not re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize(
    "title", ["[bold red]Intern[/]", "[link=https://evil.example]x[/link]", ":smile: Intern", "[/]"]
)
def test_markup_in_a_title_is_only_text(title):
    assert title in plain(drawn([match(title=title)], 120))
    assert "evil.example" not in "".join(re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)", drawn([match(title=title)], 120)))


def test_every_readiness_has_a_colour():
    from typing import get_args

    from finder.model import Readiness

    assert COLOURS.keys() == set(get_args(Readiness))


def test_nothing_draws_nothing():
    assert drawn([], 80) == ""


def test_no_facts_at_all():
    bare = ranked(opening("bare2345", need("CUDA"), organization="", url="", title=""))
    assert "bare2345" in plain(drawn(bare, 60))


def test_the_terminal_is_stdout(capsys):
    terminal(colour=True).print("here")
    assert capsys.readouterr().out == "here\n"
    assert terminal(colour=False).no_color is True
