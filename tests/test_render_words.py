"""Small phrases: text that is safe to show, ages and distances, counts, columns."""

from __future__ import annotations

import sys
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import NOW, at, opening

from finder.model import SourceResult
from finder.render.words import ago, aligned, counted, gave, listed, moment, near, safe, when, where, wrapped

ESCAPES = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x07",
    "\x1bPdcs\x1b\\",
    "\x9b31m c1",
    "over\rwrite",
    "back\x08space",
    "bell\x07",
    "line\u2028separator\u2029",
    "\u202egnp.exe",
    "\u2066isolate\u2069",
    "zero\u200bwidth\ufeff",
    "tag\U000e0041",
    "nul\x00",
    "lone \ud800 surrogate",
]
"""What a title can hold that would act on a terminal, or hide."""


def is_clean(text: str) -> bool:
    """Whether text can only be read."""
    return all(unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in text)


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
def test_nothing_that_acts_is_left(text):
    assert not is_clean(text)
    assert is_clean(safe(text))


def test_no_character_of_unicode_gets_past():
    for start in range(0, sys.maxunicode + 1, 4096):
        assert is_clean(safe("".join(map(chr, range(start, min(start + 4096, sys.maxunicode + 1))))))


@pytest.mark.parametrize("text", ["Größe — naïve “AI/ML” R&D 50 %", "東京", "Łódź", "C++", "", " two  spaces "])
def test_what_can_be_read_stays_as_it_is(text):
    assert safe(text) == text


def test_any_white_space_is_a_space():
    assert safe("a\tb\nc\r\nd\u00a0e\u3000f") == "a b c  d e f"


@given(st.text())
def test_safe_text_is_safe_again_and_never_longer(text):
    once = safe(text)
    assert safe(once) == once
    assert len(once) <= len(text)
    assert "\n" not in once


# ------------------------------------------------------------------------------------------------ time
@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, "today"),
        (0, "today"),
        (0.3, "today"),
        (1, "1 day ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (69, "9 weeks ago"),
        (70, "2 months ago"),
        (400, "13 months ago"),
    ],
)
def test_ages(days, told):
    assert ago(NOW - timedelta(days=days), NOW) == told


def test_an_unknown_age_is_nothing():
    assert ago(None, NOW) == ""
    assert moment(None) == when(None, NOW) == "never"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "just now"),
        (-0.5, "just now"),
        (0.5, "now"),
        (1, "in 1 minute"),
        (-59, "59 minutes ago"),
        (60, "in 1 hour"),
        (-90, "1 hour ago"),
        (47 * 60, "in 47 hours"),
        (48 * 60, "in 2 days"),
        (-20 * 24 * 60, "20 days ago"),
    ],
)
def test_distances(minutes, told):
    assert near(NOW + timedelta(minutes=minutes), NOW) == told


def test_a_time_is_told_both_ways():
    assert when(NOW - timedelta(hours=2), NOW) == "2026-08-23 06:00 UTC, 2 hours ago"


@given(st.floats(-1e6, 1e6))
def test_a_distance_never_turns_around(minutes):
    told = near(NOW + timedelta(minutes=minutes), NOW)
    assert told.startswith("in ") == (minutes >= 1)
    assert told.endswith("ago") == (minutes <= -1)


# ------------------------------------------------------------------------------------------------ counts and lists
@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 openings"), (1, "1 opening"), (2, "2 openings"), (2308, "2,308 openings")]
)
def test_counts(number, told):
    assert counted(number, "opening") == told


def test_an_odd_plural():
    assert counted(2, "repository", "repositories") == "2 repositories"


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([], ""),
        (["Python"], "Python"),
        (["Python", "SQL"], "Python and SQL"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and 1 more"),
    ],
)
def test_lists(items, told):
    assert listed(items, most=3) == told


def test_alternatives():
    assert listed(("a", "b", "c"), last="or") == "a, b or c"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"unchanged": True, "found": 3}, "unchanged"),
        ({"found": 1727, "added": 12}, "1,727 items, 12 new"),
        ({"found": 1, "added": 0, "closed": 3, "skipped": 1}, "1 item, 0 new, 3 closed, 1 unreadable"),
    ],
)
def test_what_a_source_gave(told, words):
    assert gave(SourceResult(name="a", outcome="ok", **told)) == words


# ------------------------------------------------------------------------------------------------ places
@pytest.mark.parametrize(
    ("places", "remote", "told"),
    [
        ((), None, ""),
        ((), True, "Remote"),
        (("Berlin",), None, "Berlin"),
        (("Berlin",), True, "Remote; Berlin"),
        (("Remote in USA",), True, "Remote in USA"),
        (("Berlin", "Berlin", "Oslo"), False, "Berlin; Oslo"),
        (("A", "B", "C", "D", "E"), None, "A; B; C +2"),
        (("Ber\x1b[1mlin",), None, "Ber[1mlin"),
    ],
)
def test_places(places, remote, told):
    assert where(opening(places=tuple(at(text) for text in places), remote=remote)) == told


# ------------------------------------------------------------------------------------------------ lines
def test_a_pipe_gets_whole_lines():
    assert wrapped("a " * 300, "- ", 0) == "- " + "a " * 300


def test_a_terminal_gets_lines_that_fit():
    lines = wrapped("some words to be wrapped on a narrow screen", "  - ", 20).splitlines()
    assert lines[0].startswith("  - some")
    assert all(len(line) <= 20 for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_an_address_is_never_broken():
    address = "https://jobs.example/" + "a-long-path-" * 9
    assert address in wrapped(f"see {address} now", "", 40)


def test_columns_stand_under_each_other():
    rows = [("name", "open"), ("a", "1,727"), ("long-name", "3")]
    assert aligned(rows, right=(1,)) == ["name        open", "a          1,727", "long-name      3"]
    assert aligned(rows) == ["name       open", "a          1,727", "long-name  3"]


@given(
    st.lists(st.tuples(st.text("abc", max_size=5), st.text("xyz", max_size=5), st.text("q", min_size=1)), min_size=1)
)
def test_every_column_begins_where_its_header_does(rows):
    lines = aligned(rows)
    starts = [
        max(len(row[0]) for row in rows) + 2,
        max(len(row[0]) for row in rows) + max(len(row[1]) for row in rows) + 4,
    ]
    for line, row in zip(lines, rows, strict=True):
        assert line[starts[0] :].startswith(row[1])
        assert line[starts[1] :] == row[2]
