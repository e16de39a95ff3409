"""Text hygiene."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder import clean

BAD = {
    "NUL": "\x00",
    "bell": "\x07",
    "escape": "\x1b",
    "delete": "\x7f",
    "C1 control": "\x9b",
    "soft hyphen": "\u00ad",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "word joiner": "\u2060",
    "byte-order mark": "\ufeff",
    "Arabic letter mark": "\u061c",
    "Hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "variation selector supplement": "\U000e0100",
    "tag letter": "\U000e0041",
    "lone surrogate": "\ud800",
    "non-character": "\ufffe",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_unseen_characters_go(bad: str) -> None:
    assert clean.text(f"ma{bad}chine") == "machine"
    assert clean.line(f"{bad}machine {bad} learning{bad}") == "machine learning"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("  two   words ", "two words"),
        ("a\tb", "a b"),
        ("a\u00a0b\u3000c", "a b c"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("one \n \n \n two", "one\n\ntwo"),
        ("\n\none\n\n", "one"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("\u212b", "\u00c5"),
        ("日本語 C++ & R — 50 %", "日本語 C++ & R — 50 %"),
        ("x < y && y > z", "x < y && y > z"),
        ("🤖 robots", "🤖 robots"),
    ],
)
def test_text(value: str, expected: str) -> None:
    assert clean.text(value) == expected
    assert clean.line(value) == " ".join(expected.split())


def test_limits() -> None:
    assert clean.text("a" * 100, 10) == "a" * 10
    assert clean.text("abc def", 4) == "abc"
    assert clean.line("é" * 1000) == "é" * clean.MAX_TITLE
    assert len(clean.text("word " * 50_000)) <= clean.MAX_DESCRIPTION
    assert len(clean.text("wörd\n" * 50_000)) <= clean.MAX_DESCRIPTION
    assert len(clean.title("x" * 500)) == clean.MAX_TITLE
    assert len(clean.organization("x" * 500)) == clean.MAX_ORGANIZATION


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ML &amp; AI Intern", "ML & AI Intern"),
        ("R&D Intern", "R&D Intern"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("Intern &#8211; Vision", "Intern – Vision"),
        ("Intern&nbsp;&nbsp;(NLP)", "Intern (NLP)"),
        ("a&#8203;b&#0;c&#x202e;", "ab\ufffdc"),
        ("&lt;b&gt;Intern&lt;/b&gt;", "<b>Intern</b>"),
        ("Intern\n  Data", "Intern Data"),
        ("&", "&"),
    ],
)
def test_title(value: str, expected: str) -> None:
    assert clean.title(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "-", "--", "—", ".", "?", "***", "_", "&mdash;", "\u200b"),
        *("N/A", "n/a", "NA", "None", "null", "NULL", "undefined", "Unknown", "TBD", "Not specified", "not available"),
    ],
)
def test_no_organization(value: str) -> None:
    assert clean.organization(value) == ""


@pytest.mark.parametrize(
    "value", ["Nabla", "Null Island Labs", "X", "42", "日本", "None of the Above Inc", "T-Orbit", "Nil & Co"]
)
def test_an_organization(value: str) -> None:
    assert clean.organization(f" {value} ") == value


def test_lines() -> None:
    assert clean.lines(["Berlin", " Berlin ", "", "\u200b", "Paris\n"]) == ("Berlin", "Paris")
    assert clean.lines([str(n) for n in range(300)]) == tuple(str(n) for n in range(clean.MAX_PLACES))
    assert clean.lines(["x" * 500]) == ("x" * clean.MAX_PLACE,)


# ------------------------------------------------------------------------------------------------ facts
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (0, 0),
        (2**63 - 1, 2**63 - 1),
        (-(2**63), -(2**63)),
        (2**63, "9223372036854775808"),
        (-(2**63) - 1, "-9223372036854775809"),
        (10**5000, None),
        (1.5, 1.5),
        (math.nan, None),
        (-math.inf, None),
        ("a\x00b", "ab"),
        (b"bytes", None),
        (object, None),
        ([1, "x\u202e", [None]], [1, "x", [None]]),
        ((1, 2), [1, 2]),
        ({"a": {"b\x00": 2**70}}, {"a": {"b": str(2**70)}}),
        ({1: 2}, {"1": 2}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_facts(value: object, expected: object) -> None:
    assert clean.facts(value) == expected


def test_facts_end_in_the_depth() -> None:
    value: Any = "bottom"
    for _ in range(clean.MAX_DEPTH + 500):
        value = [value]
    found, levels = clean.facts(value), 0
    while isinstance(found, list):
        found, levels = found[0], levels + 1
    assert (found, levels) == (None, clean.MAX_DEPTH)


# ------------------------------------------------------------------------------------------------ properties
TEXTS = st.text(st.characters() | st.sampled_from(["\ud800", *BAD.values(), "\n", "\r", " ", "&", ";"]), max_size=60)


@given(TEXTS)
@example("e\u200d\u0301")
@example("\u1100\u200b\u1161")
@example("a\u0315\u0300")
@settings(max_examples=300)
def test_clean_text_is_fit_for_everything_and_stays_so(value: str) -> None:
    text, line = clean.text(value), clean.line(value)
    assert clean.text(text) == text
    assert clean.line(line) == line
    assert unicodedata.is_normalized("NFC", text)
    text.encode("utf-8")
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text.replace("\n", ""))
    assert "\n" not in line
    assert line == line.strip()
    assert "  " not in line
    assert len(clean.title(value)) <= clean.MAX_TITLE
    assert clean.organization(value) in ("", clean.title(value))


@given(TEXTS, st.integers(0, 20))
@settings(max_examples=100)
def test_a_limit_holds_and_changes_only_the_end(value: str, limit: int) -> None:
    short = clean.text(value, limit)
    assert len(short) <= limit
    assert clean.text(value).startswith(short)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=150)
def test_facts_are_json_and_stay_so(value: object) -> None:
    facts = clean.facts(value)
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts
    assert clean.facts(facts) == facts


@pytest.mark.parametrize("worst", ["\n", " \n", "\u200b", "&", "&#", "e\u0301", "\r", "-", "\t "])
def test_long_texts_take_no_time(worst: str) -> None:
    value = worst * 50_000
    for read in (clean.text, clean.line, clean.title, clean.organization):
        assert len(read(value)) <= clean.MAX_DESCRIPTION
