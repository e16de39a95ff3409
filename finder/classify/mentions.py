"""Where a text names a skill: one pass of an Aho-Corasick automaton, then checks that the word means the skill.

Java is not JavaScript, C is not C++, "Spring 2027" is a season and "R&D" no language. Words that are everyday words,
too (Go, Excel, Swift), count only beside another skill or a word such as "programming" in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from finder.classify.text import Outline
from finder.skills import skills

AMBIGUOUS = frozenset(
    """R C Go Rust Swift Ruby Julia Scheme Spring Excel React Unity Oracle Ray Hive Helm Chef Torch Spark REST SAS CI
    DOE GIS SAP BI TS D3 S3 RAG SLAM Angular Vue CAD""".split()  # noqa: SIM905 (a list of forty quoted words reads worse)
)
"""Exact spellings that are also ordinary words, names or other abbreviations."""

NEAR = 60
"""Characters within which a neighbouring skill vouches for an ambiguous word: about one list of eight."""


class Mention(NamedTuple):
    """The skill named at text[start:end]."""

    start: int
    end: int
    skill: str


Trust = Literal["sure", "ambiguous", "listed"]
"""listed: an ambiguous word in lower case, believed only right beside another skill ("python, go, rust")."""

_Row = tuple[int, int, str, Trust]
"""Start, end, skill, how far the word alone is to be believed."""


def mentions(layout: Outline) -> list[Mention]:
    """Skills named in a text, left to right, no two overlapping."""
    text = layout.text
    rows = _longest([*_any_case(layout.low, text), *_exact(text)])
    found: list[Mention] = []
    for place, (start, end, skill, trust) in enumerate(rows):
        if trust == "sure" or _meant(layout, rows, place):
            found.append(Mention(start, end, skill))
    return found


@cache
def _any_case_finder() -> tuple[AhoCorasick, tuple[tuple[str, Trust], ...]]:
    known = skills().values()
    rows: dict[str, tuple[str, Trust]] = {
        word.lower(): (skill.name, "listed") for skill in known for word in skill.cased if len(word) > 1
    }
    rows |= {alias: (skill.name, "sure") for skill in known for alias in skill.aliases}
    return AhoCorasick(list(rows), implementation=Implementation.DFA), tuple(rows.values())


@cache
def _exact_finder() -> tuple[AhoCorasick, tuple[tuple[str, Trust], ...]]:
    rows: list[tuple[str, str]] = [(word, skill.name) for skill in skills().values() for word in skill.cased]
    trusts: list[tuple[str, Trust]] = [(name, "ambiguous" if word in AMBIGUOUS else "sure") for word, name in rows]
    return AhoCorasick([word for word, _ in rows], implementation=Implementation.DFA), tuple(trusts)


def _any_case(low: str, text: str) -> list[_Row]:
    finder, facts = _any_case_finder()
    hits = finder.find_matches_as_indexes(low, overlapping=True)
    return [(start, end, *facts[which]) for which, start, end in hits if _bounded(text, start, end)]


def _exact(text: str) -> list[_Row]:
    finder, facts = _exact_finder()
    hits = finder.find_matches_as_indexes(text, overlapping=True)
    return [(start, end, *facts[which]) for which, start, end in hits if _bounded(text, start, end)]


def _bounded(text: str, start: int, end: int) -> bool:
    """Whole words only, and no part of an address: `python.org`, `C++` for C, `asp.net` for .NET."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before.isalnum() or after.isalnum() or before in ("_", "@", "#", "°") or after in ("_", "+", "#"):
        return False
    if before in (".", "&") and text[start - 2 : start - 1].isalnum() and not _sentence_begins(text, start):
        return False
    return not (after == "." and text[end + 1 : end + 2].islower())


def _sentence_begins(text: str, start: int) -> bool:
    """A sentence that lost the blank before it ("… teams.Python …"), which "D.C" is not."""
    return text[start - 1] == "." and text[start].isupper() and text[start - 2].islower()


def _longest(rows: list[_Row]) -> list[_Row]:
    rows.sort(key=lambda row: (row[0], -row[1], row[3] == "listed"))
    kept: list[_Row] = []
    free = 0
    for row in rows:
        if row[0] >= free:
            kept.append(row)
            free = row[1]
    return kept


_NOT_BEFORE = re.compile(
    r"(?:\b(?:series|vitamin|hepatitis|class|type|section|grade|appendix|schedule|level|option|part|tier|plan|group|usb|"
    r"phase|item|exhibit|round|fund|early|late|next|this|last|each|in the|of|toys)|[&$°]|\bto"
    r"|\b(?:summer|fall|autumn|winter)(?: and| or|,|/)?)[ -]?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s?&|\sUs\b|,?\s?(?:and |or |/|,)?\s?(?:[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)\b"
    r"|-(?!\w{0,20}\s?(?:programming|based|language))|\.[A-Z]|'[a-z]|\s(?:in|at|as|to|on|for|of|beyond|into|through|under|by|up|"
    r"corp|suite|level|20\d\d|semester|term|quarter|break|internship|co-?op|season|class|\d)\b"
)
_LANGUAGE_AFTER = re.compile(
    r"\s?(?:programming|language|developer|development|code|coding|scripts?|scripting|packages?|framework"
    r"|(?:is |are )?(?:an? )?(?:plus|preferred|required|desired|desirable|must|advantage|asset))\b"
)
_SKILL_BEFORE = re.compile(
    r"\b(?:experience|experienced|proficien\w{1,3}|knowledge|skills?|skilled|fluen\w{1,3}|familiar\w{0,3}|program\w{0,5}|cod(?:e|ing)|written|"
    r"develop\w{0,4}|expertise|background|advanced|services?|software|programs?|tools?|app(?:lication)?s?|microsoft|ms|know|knows|use|uses|using|learn)\s{1,3}(?:(?:in|with|using|of)\s{1,3})?$",
    re.IGNORECASE,
)


_CARRIES_ON = re.compile(r"\s{1,3}[a-z]")


def _opens(layout: Outline, start: int) -> bool:
    """The first word of a sentence has its capital from there: "Swift answers", "React fast"."""
    return not layout.text[layout.at(start).start : start].strip(" \n\t•*-–")


def _meant(layout: Outline, rows: list[_Row], place: int) -> bool:
    text = layout.text
    start, end, _, trust = rows[place]
    if trust == "listed":
        return _beside(layout, rows, place)
    before, after = text[max(0, start - 30) : start], text[end : end + 20]
    if _LANGUAGE_AFTER.match(after):
        return True
    if _SKILL_BEFORE.search(before):
        return _NOT_AFTER.match(after) is None or text[start:end] not in ("C", "Go", "R")
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return False
    if _beside(layout, rows, place):
        return True
    return not (_CARRIES_ON.match(after) and _opens(layout, start)) and _near(layout, rows, place)


_LIST_GAP = re.compile(r"\s{0,3}(?:[,/|()•]|and|or|&|\s)\s{0,2}(?:and|or|&)?\s?\(?")


def _beside(layout: Outline, rows: list[_Row], place: int) -> bool:
    """The next word of the same list is a skill as well."""
    return any(
        other[2] != rows[place][2] and _LIST_GAP.fullmatch(layout.text[gap[0] : gap[1]]) is not None
        for other, gap in _neighbours(layout, rows, place, 1)
    )


def _near(layout: Outline, rows: list[_Row], place: int) -> bool:
    """A sure skill stands near in the same sentence."""
    return any(
        other[3] == "sure" and other[2] != rows[place][2] and gap[1] - gap[0] <= NEAR
        for other, gap in _neighbours(layout, rows, place, 4)
    )


def _neighbours(layout: Outline, rows: list[_Row], place: int, reach: int) -> Iterator[tuple[_Row, tuple[int, int]]]:
    """Up to `reach` rows on either side within the sentence, each with the gap between."""
    start, end, _, _ = rows[place]
    sentence = layout.at(start)
    for other in rows[max(0, place - reach) : place]:
        if sentence.start <= other[0]:
            yield other, (other[1], start)
    for other in rows[place + 1 : place + 1 + reach]:
        if other[1] <= sentence.end:
            yield other, (end, other[0])
