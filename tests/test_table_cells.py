"""Tables and their cells in all their dresses, and patterns that stay linear on the worst of input."""

from __future__ import annotations

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import ParseError
from scrapers._table import Cell, is_address, read, split, tables

URL = "https://raw.example.net/list/README.md"
HEADER = "| Company | Role | Location | Application | Age |\n|---|---|---|---|---|\n"


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("|a||b||", ["a", "", "b", ""]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("| [a](https://x.example/?q=1|2) | b |", ["[a](https://x.example/?q=1|2)", "b"]),
        ("| [a | b](https://x.example) | c |", ["[a | b](https://x.example)", "c"]),
        ('| <a href="https://x.example/1|2">a</a> | b |', ['<a href="https://x.example/1|2">a</a>', "b"]),
        ("| [![i](b.png)](https://x.example/1|2) | c |", ["[![i](b.png)](https://x.example/1|2)", "c"]),
        ("| a < b | c > d |", ["a < b", "c > d"]),
        ("| [x] | (y) |", ["[x]", "(y)"]),
        ("|", []),
    ],
)
def test_a_pipe_within_a_link_or_a_tag_is_part_of_its_cell(line: str, cells: list[str]) -> None:
    assert split(line) == cells


@given(st.lists(st.text("abc [](){}<>*`~-", max_size=8), min_size=1, max_size=6))
def test_cells_come_back_from_a_row_with_their_pipes_escaped(cells: list[str]) -> None:
    wanted = [cell.strip() for cell in cells]
    if not any("<" in cell or "](" in cell for cell in wanted):
        assert split("| " + " | ".join(wanted) + " |") == wanted


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("**[Quillon](https://q.example)**", ("Quillon",)),
        ('<a href="https://q.example"><strong>Q &amp; A</strong></a>', ("Q & A",)),
        ("NYC</br>LA<br>SF<br/>Reno", ("NYC", "LA", "SF", "Reno")),
        ("<details><summary>**2 locations**</summary>NYC</br>LA</details>", ("NYC", "LA")),
        ("<details><summary><strong>2</strong> locations</summary>NYC<br>LA</details>", ("NYC", "LA")),
        ("[Intern [2027] x](https://q.example)", ("Intern [2027] x",)),
        (r"a \| b \* c", ("a | b * c",)),
        ("snake_case * 2", ("snake_case * 2",)),
        ("~~old~~ `code` __new__", ("old code new",)),
        ("[Apply](<https://q.example/a b>) now", ("Apply now",)),
        ("see https://q.example/a, please", ("see please",)),
        ("![badge](https://img.example/x.svg) text <img src='https://i.example/y.png'>", ("text",)),
        ("  ", ()),
    ],
)
def test_the_text_of_a_cell(markup: str, lines: tuple[str, ...]) -> None:
    assert read(markup).lines == lines


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ("[![Apply](https://img.example/b.svg?style=x)](https://q.example/1)", ["https://q.example/1"]),
        ("[<img src='i.png' alt='x'>](https://q.example/1)", ["https://q.example/1"]),
        ("[a](<https://q.example/c++-(x)>)", ["https://q.example/c++-(x)"]),
        ("[a](https://q.example/c_(x)_y)", ["https://q.example/c_(x)_y"]),
        ('[a](https://q.example/1 "Title (here)")', ["https://q.example/1"]),
        ("<https://q.example/1>", ["https://q.example/1"]),
        ("https://q.example/1", ["https://q.example/1"]),
        ('<a class="x" href="https://q.example/?a=1&amp;b=2">x</a>', ["https://q.example/?a=1&b=2"]),
        (
            "<a href='https://q.example/1'>x</a> <a href=https://q.example/2>y</a>",
            ["https://q.example/1", "https://q.example/2"],
        ),
        ("[a](https://q.example/1) [b](https://q.example/1)", ["https://q.example/1"]),
        ("[a](mailto:x@q.example) [b](javascript:alert(1)) [c](/d) [e](#f) [g](//h.example)", []),
        ("[a](https://[broken)", []),
        ("[a](HTTPS://Q.example/1)", ["HTTPS://Q.example/1"]),
    ],
)
def test_the_links_of_a_cell(markup: str, links: list[str]) -> None:
    assert list(read(markup).links) == links


@pytest.mark.parametrize("markup", ['<a href="https://q.example/jo', "[a](https://q.example/jo", "NYC</b", "<div"])
def test_a_cell_that_breaks_off_says_so(markup: str) -> None:
    assert read(markup).cut


@pytest.mark.parametrize("markup", ["a < b", "5 <6", "[a](https://q.example)", "(a", "[a]", "<b>x</b>", "f(x"])
def test_a_whole_cell_is_not_taken_for_a_broken_one(markup: str) -> None:
    assert not read(markup).cut


@pytest.mark.parametrize(
    "text", ["", "q.example", "ftp://q.example", "https://", "https:///x", "https://[::1", "data:x"]
)
def test_only_absolute_web_addresses_are_links(text: str) -> None:
    assert not is_address(text)
    assert is_address("http://q.example")


HOSTILE = (
    *("|", "\\", "<a", "<a ", "[", "](", "](a(", "]( ", "](<", "![a](", "![", "[a[b]", "[[a]", "<summary>", "<summary"),
    *(
        'href="',
        "href  ",
        "http://",
        "https://a ",
        "**",
        "\\|",
        "&",
        "&#1",
        "<br",
        "<!--",
        ']("',
        '](x "',
        "((",
        "[x](<",
    ),
    *("<table>", "<table", "|-", "|-|\n|a|\n", "```\n", "🔥", " ", "[a](b) ", "<img ", "<details><summary>", "x"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_pattern_takes_more_than_linear_time(piece: str) -> None:
    """A quadratic pattern takes minutes on this input; the bound leaves room for a slow machine."""
    worst = piece * (100_000 // len(piece))
    started = process_time()
    read(worst)
    split(worst)
    with suppress(ParseError):  # nested too deep
        list(tables(URL, HEADER + worst + "\n| " + worst + " | x |\n"))
    assert process_time() - started < 3


def test_an_empty_cell_says_nothing() -> None:
    assert read("") == Cell()
    assert Cell().text == ""
