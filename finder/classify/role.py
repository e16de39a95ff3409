"""How far a position is machine-learning work: a relevance in [0, 1] with a role, from the words of its title.

Two readings are joined: rules over terms weighed by hand (`ruled`), and the weights of words learnt from lists
(`finder.classify.role_weights`). The rules name the role; the words learnt only shift the odds (`_joined`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Literal

from finder.classify.phrases import Lexicon, hits, lexicon, plain
from finder.classify.role_terms import TERMS, Sort
from finder.classify.role_weights import odds

Role = Literal["core", "data", "adjacent", "none"]

RELEVANT = 0.4
"""From this relevance on a position is at least next to machine learning."""

LONGEST = 400
"""Characters of a title that are read."""

SHARE, MOST = 0.3, 1.5
"""How much the log odds learnt count beside the rules, and how far they may shift them. Of titles over which the two
disagree, read blind, the rules were right in 89 of 100: so they lead."""

CALIBRATION = ((0.0, 0.0), (0.1, 0.02), (0.3, 0.12), (0.4, 0.4), (0.75, 0.55), (0.85, 0.82), (0.97, 0.97), (1.0, 1.0))
"""What the readings joined come to → half the mean grade found there, on titles read blind."""

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
    """A role, its relevance and the words that say so ('' where none do).

    Relevance is calibrated: half the grade that a careful reader gives on average, who gives 2 for work on machine
    learning itself, 1 for data work and neighbouring fields, 0 for anything else (docs/understanding.md).
    """

    role: Role
    relevance: float
    words: str


_SEPARATOR = re.compile(r"\s[-–—]+\s|[-–—]\s|[–—,()\[\]|:;•]|\s@\s|\b(?:for|in)\b", re.IGNORECASE)


@cache
def _lexicon() -> Lexicon[tuple[Sort, float]]:
    return lexicon(((sort, weight), table) for sort, shelves in TERMS.items() for weight, table in shelves.items())


def terms_of(title: str) -> list[Term]:
    """The weighed terms of a title, left to right; of overlapping ones the first and longest."""
    title = title[:LONGEST]
    borders = [match.start() for match in _SEPARATOR.finditer(title)]
    return [
        Term(*hit.key, hit.start, hit.end, bisect_right(borders, hit.start))
        for hit in hits(_lexicon(), plain(title))
        if not _is_iowa(title, hit.start, hit.end)
    ]


def _is_iowa(title: str, start: int, end: int) -> bool:
    """ "Ames, IA" is a place, where "Data Scientist IA" is French."""
    return title[start:end] == "IA" and title[max(0, start - 9) : start].rstrip(" ").endswith(",")


def read_title(title: str, organization: str = "") -> Reading:
    """Role and relevance of a position by its title. A firm's own name in it ("Together AI") tells nothing."""
    if len(organization) > 3 and organization in title:
        title = title.replace(organization, " " * len(organization))
    return _joined(ruled(title), odds(title[:LONGEST]))


def _joined(reading: Reading, learnt: float) -> Reading:
    """The rules' reading with its odds shifted by what was learnt; a title that names nothing stays below the line."""
    chance = min(max(reading.relevance, 0.01), 0.99)
    shifted = log(chance / (1 - chance)) + min(max(SHARE * learnt, -MOST), MOST)
    relevance = _calibrated(1 / (1 + exp(-shifted)))
    if reading.role == "none":
        relevance = min(relevance, RELEVANT - 0.01)
    return Reading(reading.role, relevance, reading.words)


def _calibrated(chance: float) -> float:
    """Straight lines between the knots."""
    place = next(number for number, (end, _) in enumerate(CALIBRATION[1:], 1) if chance <= end)
    (start, low), (end, high) = CALIBRATION[place - 1], CALIBRATION[place]
    return low + (chance - start) / (end - start) * (high - low)


def ruled(title: str) -> Reading:
    """What the rules alone say of a title, or of any short text."""
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
        return Reading(reading.role, reading.relevance * 0.65, reading.words)
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
