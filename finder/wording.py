"""What the title of a position says, word by word, so that two titles can be compared. Pure.

What tells two positions apart (numbers, years, seasons, degrees, ranks) stands apart from what the work is (`core`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
_STUDENTS = {
    **dict.fromkeys(("intern", "interns", "internship", "internships"), "intern"),
    **dict.fromkeys(("coop", "coops"), "coop"),
    **dict.fromkeys(("newgrad", "newgrads"), "newgrad"),
}
_DEGREES = {
    **dict.fromkeys(("bachelor", "bachelors", "bs", "ba", "bsc", "undergraduate", "undergrad"), "bachelor"),
    **dict.fromkeys(("master", "masters", "ms", "msc", "meng"), "master"),
    **dict.fromkeys(("phd", "doctoral", "doctorate"), "phd"),
    **dict.fromkeys(("graduate", "grad"), "graduate"),
    "mba": "mba",
}
_RANKS = frozenset(
    re.findall(
        r"[a-z]+",
        "senior sr junior jr staff principal lead i ii iii iv entry new early associate apprentice apprenticeship "
        "fellow fellowship trainee",
    )
)
_SAME = {
    **dict.fromkeys(("engineering", "engineers"), "engineer"),
    **dict.fromkeys(("developer", "developers", "development", "dev"), "develop"),
    **dict.fromkeys(("scientist", "scientists"), "science"),
    **dict.fromkeys(("analytics", "analysis"), "analyst"),
    **dict.fromkeys(("operations", "ops"), "operation"),
    **dict.fromkeys(("technologies", "tech", "technical"), "technology"),
    "swe": "software engineer",
    "ml": "machine learning",
    "ai": "artificial intelligence",
    "quant": "quantitative",
    "researcher": "research",
    "trader": "trading",
    "systems": "system",
    "sr": "senior",
    "jr": "junior",
}
"""Spellings of one word; two words where it is an abbreviation."""

_QUIET = frozenset(
    re.findall(
        r"[a-z]+",
        "student program programme university campus career careers role position opportunity job the of for in and a "
        "to at us usa remote hybrid onsite start starting term month months time full part off cycle team paid na",
    )
)
"""What says nothing about the work; lists leave it out or put it in."""

_JOINED = (
    (re.compile(r"\b(?:jr|req|r|id|job)[\s#:_-]{0,2}(?=\d{3})"), " "),
    (re.compile(r"\bco[\s-]?op\b"), "coop"),
    (re.compile(r"\bph\.?\s?d\b\.?"), "phd"),
    (re.compile(r"\bb\.s\b\.?"), "bs"),
    (re.compile(r"\bm\.s\b\.?"), "ms"),
    (re.compile(r"\bc\+\+"), "cpp"),
    (re.compile(r"\bc#"), "csharp"),
    (re.compile(r"\b(full|back|front)[\s-](stack|end)\b"), r"\1\2"),
    (re.compile(r"\bnew[\s-]?grad(?:s|uates?)?\b"), "newgrad"),
)
_YEAR = re.compile(r"20[12]\d")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A title in parts. `words`: all of it, folded; `core`: the words that say what the work is."""

    words: tuple[str, ...]
    core: frozenset[str]
    line: str
    """The core in the order of the title."""
    years: frozenset[str]
    seasons: frozenset[str]
    numbers: frozenset[str]
    degrees: frozenset[str]
    ranks: frozenset[str]
    student: str
    """intern, coop, newgrad or ''."""


def folded(text: str) -> str:
    """In small letters, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter not in "'’" and not unicodedata.combining(letter))


@lru_cache(maxsize=16384)
def wording(title: str) -> Wording:
    """The parts of a title."""
    text = folded(title)
    for pattern, plain in _JOINED:
        text = pattern.sub(plain, text)
    words = tuple(_WORD.findall(text))
    years = frozenset(word for word in words if _YEAR.fullmatch(word))
    numbers = frozenset(word for word in words if any(map(str.isdigit, word))) - years
    line = [
        part
        for word in words
        if word not in years and word not in numbers and word not in _SEASONS and word not in _STUDENTS
        for part in _SAME.get(word, word).split()
        if part not in _QUIET and part not in _DEGREES
    ]
    return Wording(
        words=words,
        core=frozenset(line),
        line=" ".join(line),
        years=years,
        seasons=frozenset(_SEASONS[word] for word in words if word in _SEASONS),
        numbers=numbers,
        degrees=frozenset(_DEGREES[word] for word in words if word in _DEGREES),
        ranks=frozenset(_SAME.get(word, word) for word in words if word in _RANKS),
        student=next((_STUDENTS[word] for word in words if word in _STUDENTS), ""),
    )
