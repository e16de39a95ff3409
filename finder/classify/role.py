"""How far a position is machine-learning work: a relevance in [0, 1] with a role, from weighed words of the title.

Parts are kept apart (`parts_of`) and joined in one place (`_joined`), so that another estimate can join them there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from finder.classify.role_terms import TERMS, Sort
from finder.classify.text import folded

Role = Literal["core", "data", "adjacent", "none"]

RELEVANT = 0.4
"""From this relevance on a position is at least next to machine learning."""

CORE = frozenset({"job", "field", "topic"})


@dataclass(frozen=True, slots=True)
class Term:
    """A weighed term found at title[start:end], in which of the title's segments."""

    sort: Sort
    weight: float
    start: int
    end: int
    segment: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A role, its relevance in [0, 1] and the words that say so ('' where none do)."""

    role: Role
    relevance: float
    words: str


_PUNCTUATION = re.compile(r"[^\w+#]|_")
_SEPARATOR = re.compile(r"\s[-–—]+\s|[-–—]\s|[–—,()\[\]|:;•]|\s@\s|\b(?:for|in)\b", re.IGNORECASE)


@cache
def _finder() -> tuple[AhoCorasick, tuple[tuple[Sort, float, bool], ...]]:
    words: list[str] = []
    facts: list[tuple[Sort, float, bool]] = []
    for sort, shelves in TERMS.items():
        for weight, table in shelves.items():
            for term in (" ".join(part.split()) for part in table.split(",")):
                words.append(" " + term.rstrip("*"))
                facts.append((sort, weight, term.endswith("*")))
    return AhoCorasick(words), tuple(facts)


def terms_of(title: str) -> list[Term]:
    """The weighed terms of a title, left to right; of overlapping ones the first and longest."""
    plain = f" {_PUNCTUATION.sub(' ', folded(title))} "
    finder, facts = _finder()
    hits = [
        (start, end, which)
        for which, start, end in finder.find_matches_as_indexes(plain, overlapping=True)
        if (facts[which][2] or plain[end] == " ") and not _is_iowa(title, start, end)
    ]
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    borders = [match.start() for match in _SEPARATOR.finditer(title)]
    found: list[Term] = []
    free = 0
    for start, end, which in hits:
        if start >= free:
            sort, weight, open_ended = facts[which]
            end = plain.find(" ", end) if open_ended else end
            found.append(Term(sort, weight, start, end - 1, bisect_right(borders, start)))
            free = end
    return found


def _is_iowa(title: str, start: int, end: int) -> bool:
    """ "Ames, IA" is a place, where "Data Scientist IA" is French."""
    return title[start : end - 1] == "IA" and title[:start].rstrip(" ").endswith(",")


def read_title(title: str, organization: str = "") -> Reading:
    """Role and relevance of a position by its title. A firm's own name in it ("Together AI") tells nothing."""
    if len(organization) > 3 and organization in title:
        title = title.replace(organization, " " * len(organization))
    terms = [term for term in terms_of(title) if term.sort != "void"]
    readings = (_core(title, terms), _data(title, terms), _near(title, terms))
    best = max(readings, key=lambda reading: reading.relevance)
    return best if best.relevance > 0 else Reading("none", _vague(title), "")


def _core(title: str, terms: Sequence[Term]) -> Reading:
    named = [term for term in terms if term.sort in CORE]
    foreign = any(term.sort in ("trade", "hardware") for term in terms)
    scientists = [term for term in terms if term.sort == "research" and term.weight > 0.5]
    free = [term for term in named if not _serves(term, terms)]
    if free:
        bonus = 0.02 * (len(named) - 1)
        return Reading("core", min(0.99, max(term.weight for term in free) + bonus), _span(title, free))
    if scientists and not foreign:
        return Reading("core", scientists[0].weight, _span(title, scientists))
    if not named:
        return Reading("none", 0.0, "")
    device = any(term.sort == "hardware" for term in terms)
    strong = any(term.sort == "field" for term in named)
    mixed = any(term.sort == "data" for term in terms)
    return Reading("data" if mixed else "adjacent", 0.5 + 0.12 * strong - 0.14 * device, _span(title, named))


def _serves(term: Term, terms: Sequence[Term]) -> bool:
    """Whether another function or a device stands with the term or leads the title: the field is only its subject."""
    if term.sort == "job":
        return False
    researches = any(other.sort == "research" for other in terms)
    against = [other for other in terms if other.sort == "hardware" or (other.sort == "task" and not researches)]
    head = min(other.segment for other in terms)
    leads = any(other.segment == head for other in against) and not any(
        other.segment == head for other in terms if other.sort in CORE
    )
    return leads or any(other.segment == term.segment for other in against)


_PROGRAMMER = re.compile(r"\b(?:software|backend|back end|developer|programmer|application)", re.IGNORECASE)


def _data(title: str, terms: Sequence[Term]) -> Reading:
    reading = _strongest("data", title, [term for term in terms if term.sort == "data"])
    if reading.relevance < 0.55 and _PROGRAMMER.search(title):  # software that stores data is not yet work with data
        return Reading(reading.role, reading.relevance * 0.75, reading.words)
    return reading


def _near(title: str, terms: Sequence[Term]) -> Reading:
    return _strongest("adjacent", title, [term for term in terms if term.sort == "near"])


def _strongest(role: Role, title: str, terms: Sequence[Term]) -> Reading:
    if not terms:
        return Reading("none", 0.0, "")
    weight = max(term.weight for term in terms)
    return Reading(role, weight + 0.01 * (len(terms) - 1), _span(title, terms))


def _span(title: str, terms: Sequence[Term]) -> str:
    return title[min(term.start for term in terms) : max(term.end for term in terms)]


_VAGUE = (
    (re.compile(r"\b(?:research|scientist|analyst|computer science)", re.IGNORECASE), 0.2),
    (re.compile(r"\b(?:software|developer|programm|engineer|technolog|comput|student)", re.IGNORECASE), 0.1),
)


def _vague(title: str) -> float:
    """A title that says nothing of the field: how often such work is machine learning after all, roughly."""
    return next((chance for pattern, chance in _VAGUE if pattern.search(title)), 0.02)


def is_open(reading: Reading, title: str) -> bool:
    """Whether a title leaves the field open ("Software Engineer Intern"), so that a description may tell it."""
    named = {term.sort for term in terms_of(title)}
    return reading.relevance < RELEVANT and not named & {"task", "trade", "hardware"}
