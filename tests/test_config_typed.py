"""The typed reader: from a TOML table to a dataclass, or a ConfigError that names the key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.config import bind_options, build, duration
from finder.config.checks import (
    LONGEST,
    a_contact,
    a_label,
    a_mailbox,
    a_variable,
    a_zone,
    meant,
    one_line,
    one_of,
    or_empty,
    or_zero,
    shown,
    within,
)
from finder.errors import ConfigError


@dataclass(frozen=True)
class Inner:
    depth: int = 1


def even(number: int) -> str:
    return "" if number % 2 == 0 else "must be even"


@dataclass(frozen=True)
class Everything:
    text: str = ""
    whole: int = 0
    real: float = 0.0
    flag: bool = False
    texts: tuple[str, ...] = ()
    pair: tuple[str, int] = ("", 0)
    table: Mapping[str, int] = field(default_factory=dict)
    anything: Any = None
    word: Literal["red", "green", 3] = "red"
    maybe: int | None = None
    either: int | str = 0
    both: Annotated[int, even, within(0, 10)] = 0
    evens: tuple[Annotated[int, even], ...] = ()
    inner: Inner = field(default_factory=Inner)


@dataclass(frozen=True)
class Strange:
    path: Path


@dataclass(frozen=True)
class Demanding:
    board: str
    company: str


def read(text: str) -> Everything:
    return build(Everything, tomllib.loads(text), "here.toml", "top")


GOOD: list[tuple[str, str, Any]] = [
    ('text = "x"', "text", "x"),
    ("whole = 7", "whole", 7),
    ("real = 7.5", "real", 7.5),
    ("real = 7", "real", 7.0),
    ("flag = true", "flag", True),
    ('texts = ["a", "b"]', "texts", ("a", "b")),
    ("texts = []", "texts", ()),
    ('pair = ["a", 1]', "pair", ("a", 1)),
    ("table = {a = 1, b = 2}", "table", {"a": 1, "b": 2}),
    ("anything = [1, 'x', {}]", "anything", [1, "x", {}]),
    ('word = "green"', "word", "green"),
    ("word = 3", "word", 3),
    ("maybe = 4", "maybe", 4),
    ('either = "x"', "either", "x"),
    ("either = 2", "either", 2),
    ("both = 4", "both", 4),
    ("evens = [2, 4]", "evens", (2, 4)),
    ("inner = {depth = 3}", "inner", Inner(3)),
]


@pytest.mark.parametrize(("text", "name", "value"), GOOD)
def test_what_fits_is_read(text: str, name: str, value: Any) -> None:
    got = getattr(read(text), name)
    assert got == value
    assert type(got) is type(value)


BAD: list[tuple[str, str, str]] = [
    ("text = 1", "text", "must be a text, not the whole number 1"),
    ("text = 1.5", "text", "must be a text, not the number 1.5"),
    ("text = true", "text", "must be a text, not true"),
    ("text = []", "text", "must be a text, not a list"),
    ("text = {}", "text", "must be a text, not a table"),
    ("text = 2026-08-22", "text", "must be a text, not a date or time"),
    ('whole = "10"', "whole", "must be a whole number, not the text '10'"),
    ("whole = true", "whole", "must be a whole number, not true"),
    ("whole = 1.0", "whole", "must be a whole number, not the number 1.0"),
    ("whole = 0xffffffffffffffffffff", "whole", "must be a whole number, not a number of more than 64 bits"),
    ("real = true", "real", "must be a number, not true"),
    ('real = "1"', "real", "must be a number, not the text '1'"),
    ("real = 0xffffffffffffffffffff", "real", "must be a number, not a number of more than 64 bits"),
    ("flag = 1", "flag", "must be true or false, not the whole number 1"),
    ('flag = "true"', "flag", "must be true or false, not the text 'true'"),
    ('texts = "a"', "texts", "must be a list, not the text 'a'"),
    ('texts = ["a", 2]', "texts[2]", "must be a text, not the whole number 2"),
    ('pair = ["a"]', "pair", "must be a list of 2, not of 1"),
    ('pair = ["a", "b"]', "pair[2]", "must be a whole number, not the text 'b'"),
    ("table = 3", "table", "must be a table, not the whole number 3"),
    ('table = {a = "x"}', "table.a", "must be a whole number, not the text 'x'"),
    ('word = "greem"', "word", "must be one of red, green, 3, not the text 'greem'; did you mean 'green'?"),
    ("word = 4", "word", "must be one of red, green, 3, not the whole number 4"),
    ("word = true", "word", "must be one of red, green, 3, not true"),
    ('maybe = "x"', "maybe", "must be a whole number, not the text 'x'"),
    ("either = 1.5", "either", "must be a whole number, not the number 1.5 or must be a text, not the number 1.5"),
    ("both = 3", "both", "must be even"),
    ("both = 12", "both", "must be between 0 and 10, not the whole number 12"),
    ("evens = [2, 3]", "evens[2]", "must be even"),
    ("inner = 3", "inner", "must be a table, not the whole number 3"),
    ("inner = {dept = 3}", "inner.dept", "unknown; did you mean 'depth'?"),
    ("inner = {depth = []}", "inner.depth", "must be a whole number, not a list"),
    ("tex = 1", "tex", "unknown; did you mean 'text'?"),
    ("TEXT = 1", "TEXT", "unknown; did you mean 'text'?"),
]


@pytest.mark.parametrize(("text", "key", "problem"), BAD)
def test_what_does_not_fit_is_named(text: str, key: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    error = caught.value
    assert (error.where, error.key, error.problem) == ("here.toml", f"top.{key}", problem)
    assert str(error) == f"here.toml: top.{key}: {problem}"


def test_without_a_near_name_all_are_told() -> None:
    with pytest.raises(ConfigError, match=r"unknown; known here: depth$"):
        build(Inner, {"zzz": 1}, "here.toml")


def test_a_path_may_be_left_out() -> None:
    with pytest.raises(ConfigError) as caught:
        build(Inner, {"depth": "x"}, "here.toml")
    assert caught.value.key == "depth"


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(ConfigError) as caught:
        build(Demanding, {"board": "x"}, "here.toml", "top")
    assert (caught.value.key, caught.value.problem) == ("top.company", "missing")


def test_a_type_that_no_file_can_hold_is_a_bug_and_no_mistake() -> None:
    with pytest.raises(TypeError, match="cannot be a <class 'pathlib"):
        build(Strange, {"path": "x"}, "here.toml")


def test_origins_name_the_file_of_each_key() -> None:
    origins = {'source "x".board': "user.toml"}
    with pytest.raises(ConfigError) as caught:
        bind_options(Demanding, {"board": 1, "company": "c"}, "shipped.toml", 'source "x"', origins)
    assert caught.value.where == "user.toml"
    with pytest.raises(ConfigError) as caught:
        bind_options(Demanding, {"board": "b", "company": 1}, "shipped.toml", 'source "x"', origins)
    assert caught.value.where == "shipped.toml"


TOML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Everything.__annotations__]) | st.text(max_size=6), TOML_VALUES, max_size=4))
def test_any_table_is_read_or_refused_by_name(table: dict[str, Any]) -> None:
    try:
        got = build(Everything, table, "here.toml", "top")
    except ConfigError as error:
        assert error.key.startswith("top.")
        assert error.problem
    else:
        assert set(table) <= set(Everything.__annotations__)
        assert type(got.whole) is int
        assert type(got.flag) is bool
        assert type(got.real) is float
        assert all(type(text) is str for text in got.texts)


# ------------------------------------------------------------------------------------------------ checks
@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        (" 12h ", timedelta(hours=12)),
        ("3660d", LONGEST),
    ],
)
def test_durations(text: str, span: timedelta) -> None:
    assert duration(text) == span


@pytest.mark.parametrize(
    "text",
    ["", "12", "h", "12 h", "1.5h", "-1h", "+1h", "0h", "0s", "12H", "12hours", "1h30m", "٣h", "3661d", "999999999w"],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        duration(text)


@given(st.text(max_size=12))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    try:
        assert timedelta(0) < duration(text) <= LONGEST
    except ValueError as error:
        assert str(error).startswith("must be")


@given(st.integers(1, 3660), st.sampled_from("smhd"))
def test_a_duration_is_its_number_times_its_unit(number: int, unit: str) -> None:
    assert duration(f"{number}{unit}") == number * duration(f"1{unit}")


CHECKED = [
    (within(1, 3), [1, 2, 3, 1.5], [0, 4, float("nan"), float("inf")]),
    (one_of("a", "b"), ["a", "b"], ["", "A", "c"]),
    (or_zero(within(5, 9)), [0, 5, 9], [1, 10, -1]),
    (or_empty(a_label), ["", "x"], [" ", "X"]),
    (a_label, ["a", "a.b-c_d", "0"], ["", "A", "-a", ".a", "a b", "a\n", "ä", "x" * 65]),
    (one_line, ["a", "ä b", "日本"], ["", " ", "a\nb", "a\x00", "\u202ex", "a\u2028b"]),
    (a_contact, ["https://x.example", "me@x.example", "+1 555"], ["", "a\nb", "ä", "a(b", "a)b", "a\\b", " "]),
    (
        a_mailbox,
        ["me@x.example", "Me Too <me@x.example>", "Zoë <z@x.example>"],
        ["", "me", "me@", "@x", "a@b, c@d", "a@b\nBcc: c@d", "a b@c", "Me <me>", "<a@b> x", "a@b@c"],
    ),
    (a_variable, ["X", "GITHUB_TOKEN", "_A1"], ["", "1A", "a", "ghp_abc", "A B", "A-B", "A\n", "Ä"]),
    (a_zone, ["Europe/Berlin", "UTC"], ["Europe/Berln", "Europe", "../UTC", "/etc/passwd", "a\0b", "."]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "good", "bad"), CHECKED)
def test_checks(check: Any, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if check(value)] == []
    problems = [check(value) for value in bad]
    assert all(problem.startswith("must be") and "\n" not in problem for problem in problems)


@pytest.mark.parametrize(("word", "near"), [("boad", "board"), ("Board", "board"), ("baord", "board"), ("xyz", "")])
def test_the_nearest_word(word: str, near: str) -> None:
    assert meant(word, ["board", "lists"]) == (f"; did you mean '{near}'?" if near else "")


def test_a_long_value_is_shown_short() -> None:
    assert len(shown("x" * 10_000)) < 80
    assert shown("a\nb\x1b[0m") == r"the text 'a\nb\x1b[0m'"
