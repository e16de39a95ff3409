"""The level of a position from its title, in seven languages.

Internship, co-op, working student, apprenticeship, fellowship, new grad or other. Look-alikes (Internal Auditor, Stage
Manager, Internship Coordinator) are taken out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from finder.classify.level_words import LEVELS, LOOKALIKES

STUDENT_LEVELS = frozenset({"internship", "co-op", "working student", "apprenticeship"})
"""Levels that make a board's job an internship; a fellowship does where it is for students."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the words that say so."""

    name: str
    words: str
    student: bool


OTHER = Level("other", "", False)

_LOOKALIKES = re.compile("|".join(LOOKALIKES), re.IGNORECASE)
_FINDER = tuple((name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in LEVELS.items())
_FOR_STUDENTS = re.compile(
    r"\b(?:student|summer|undergrad\w*|graduate|intern\w*|ph\.?d|master'?s?|bachelor'?s?|mba|college"
    r"|university|pre-?doc\w*|residency|campus|fellows? program)\b"
    r"|\b(?:spring|fall|winter|autumn)\b|20\d\d",
    re.IGNORECASE,
)
_POSTDOC = re.compile(r"\bpost-?\s?doc\w*|\bpost-?graduate\b|\bclinical\b|\bphysician\b|\bfaculty\b", re.IGNORECASE)
SENIOR = re.compile(
    r"\b(?:senior|sr\.?|staff|principal|lead|leader|manager|director|head of|vp"
    r"|vice president|chief|distinguished|experienced)\b",
    re.IGNORECASE,
)
"""Words of a title that is plainly no student's."""


def level_of(title: str) -> Level:
    """The level that a title (or a source's employment type) names; the one named first where there are several."""
    plain = _LOOKALIKES.sub(lambda match: "~" * len(match.group()), title)
    found: list[tuple[int, str, str]] = []
    for name, pattern in _FINDER:
        if match := pattern.search(plain):
            found.append((match.start(), name, match.group()))
    certain = (
        [row for row in found if row[1] in STUDENT_LEVELS] or [row for row in found if row[1] == "fellowship"] or found
    )
    if not certain:
        return OTHER
    at, name, words = min(certain)
    return Level(name, title[at : at + len(words)].strip(" -–—|:/(),"), _student(name, title))


def _student(name: str, title: str) -> bool:
    if name == "fellowship":
        return _FOR_STUDENTS.search(title) is not None and _POSTDOC.search(title) is None
    return name in STUDENT_LEVELS
