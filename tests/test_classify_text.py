"""Sentences, sections and quotes of plain text, and titles that take long to read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.classify.headings import HEADINGS
from finder.classify.term import terms_named
from finder.classify.text import QUOTE_LIMIT, folded, outline, quoted


def sentences(text: str) -> list[str]:
    layout = outline(text)
    ends = [*layout.cuts[1:], len(text)]
    parts = [text[start:end].strip(" \n•-") for start, end in zip(layout.cuts, ends, strict=True)]
    return [part for part in parts if part]


def section_of(text: str, word: str) -> str:
    return outline(text).at(text.index(word)).section


@given(st.text(max_size=80))
def test_folding_moves_no_index(text: str) -> None:
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Fine-Tuning", "fine tuning"),
        ("What you’ll NEED", "what you'll need"),
        ("a\u00a0b", "a b"),
        ("İSTANBUL Ω", "istanbul ω"),
        ("Straße", "straße"),
    ],
)
def test_folding(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("You draw. You paint!", ["You draw.", "You paint!"]),
        ("First line\nsecond line", ["First line", "second line"]),
        ("Tools: • saw • plane", ["Tools:", "saw", "plane"]),
        ("Know saws; know planes", ["Know saws;", "know planes"]),
        ("A B.S. or M.S. in wood", ["A B.S. or M.S. in wood"]),
        ("Tools, e.g. Saws or i.e. Planes", ["Tools, e.g. Saws or i.e. Planes"]),
        ("carve wood Experience with saws Strong arms", ["carve wood", "Experience with saws", "Strong arms"]),
        ("No Experience with saws", ["No Experience with saws"]),
        ("No Prior Experience with saws", ["No Prior Experience with saws"]),
        ("costs 3.5 euros", ["costs 3.5 euros"]),
        ('He said "go." Then left.', ['He said "go."', "Then left."]),
        ("- Saws - Planes", ["Saws", "Planes"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet="Ab. \n;•:-Requirmnts", max_size=120), st.integers(0, 119))
def test_sentences_cover_the_text_and_hold_their_place(text: str, index: int) -> None:
    layout = outline(text)
    assert layout.cuts[0] == 0
    assert list(layout.cuts) == sorted(set(layout.cuts))
    if index < len(text):
        sentence = layout.at(index)
        assert sentence.start <= index < sentence.end


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("We carve. x", "none"),
        ("Requirements: x", "must"),
        ("requirements:\nx", "must"),
        ("## What you'll need\nx", "must"),
        ("Requirements\n\nx", "must"),
        ("We carve. Requirements Currently carving x", "must"),
        ("from scratch Minimum Qualifications Currently x", "must"),
        ("Preferred Qualifications: x", "should"),
        ("Additional, optional skills: x", "should"),
        ("Requirements: saws. Nice to have: x", "should"),
        ("Requirements: saws. Benefits: x", "other"),
        ("Requirements: saws. We are an equal opportunity employer. x", "other"),
        ("Who are you? x", "none"),
        ("Who you are? x", "must"),
        ("The following skills: x", "must"),
        ("We carve many things that you like, and the skills: x", "none"),
        ("Your skills matter and x", "none"),
        ("Technical Skills x", "none"),
        ("Python experience\nx", "none"),
        ("- Experience\nx", "none"),
    ],
)
def test_section_under_a_heading(text: str, section: str) -> None:
    assert section_of(text, "x") == section


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, table in HEADINGS.items() for phrase in table])
def test_every_heading_is_found_over_its_text(kind: str, phrase: str) -> None:
    assert phrase == folded(phrase)
    assert section_of(f"We carve.\n\n{phrase.capitalize()}:\n§", "§") == kind


def test_paragraph_of_its_own_is_apart_unless_a_heading_announces_it() -> None:
    text = "Requirements:\n\nfirst\n\nsecond\nthird"
    layout = outline(text)
    assert [layout.at(text.index(word)).apart for word in ("first", "second", "third")] == [False, True, False]


@given(st.text(alphabet="ab .", min_size=1, max_size=600), st.integers(0, 599), st.integers(1, 12))
def test_quote_is_short_and_found_in_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text) - 1)
    end = min(start + length, len(text))
    layout = outline(text)
    sentence = layout.at(start)
    quote = quoted(text, sentence, start, min(end, sentence.end))
    assert len(quote) <= QUOTE_LIMIT
    assert quote in text


HOSTILE = [
    "summer " * 2000,
    "summer" + " -" * 5000 + "x",
    "summer" + "-" * 10_000,
    "jan " * 2500,
    "intern " * 1500,
    "manager of the " * 700,
    "stage " * 1700,
    "a" * 10_000,
    " " * 10_000,
    "\n" * 10_000,
    "praktik" * 1500,
    "(" * 10_000,
    "machine learning " * 600,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_titles_of_ten_thousand_characters_are_read_in_time(text: str) -> None:
    from finder.classify.level import level_of
    from finder.classify.role import read_title

    began = time.process_time()
    terms_named(text)
    level_of(text)
    read_title(text)
    assert time.process_time() - began < 0.5
