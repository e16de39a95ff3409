"""The level of a position from its title, in seven languages.

Internship, co-op, working student, apprenticeship, fellowship, new grad or other. Who looks after such people is not
one of them (Internship Coordinator, Responsable des stages), nor is what only shares the letters (Internal Auditor,
Stage Manager).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from finder.classify.level_words import AROUND, LEVELS, Sort
from finder.classify.phrases import Hit, Lexicon, hits, lexicon, plain

STUDENT_LEVELS = frozenset({"internship", "co-op", "working student", "apprenticeship"})
"""Levels that make a board's job an internship; a fellowship does where it is for students."""

LONGEST = 400
"""Characters of a title that are read."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the words that say so."""

    name: str
    words: str
    student: bool


OTHER = Level("other", "", False)

Word = Hit[tuple[str, Sort]]

_FOR_STUDENTS = re.compile(
    r"\b(?:student|summer|undergrad\w*|graduate|intern\w*|ph\.?d|master'?s?|bachelor'?s?|mba|college"
    r"|university|pre-?doc\w*|residency|campus|fellows? program)\b"
    r"|\b(?:spring|fall|winter|autumn)\b|20\d\d",
    re.IGNORECASE,
)
SENIOR = re.compile(
    r"\b(?:senior|sr\.?|staff|principal|lead|leader|manager|director|head of|vp"
    r"|vice president|chief|distinguished|experienced)\b",
    re.IGNORECASE,
)
"""Words of a title that is plainly no student's."""

_DIGIT = re.compile(r"\d")
_KEEPERS = ("keeper", "helper")
_SEPARATOR = re.compile(r"\s[-–—]+\s|[–—,()\[\]|:;•/@]|\s-|-\s")
_FRENCH = re.compile(r"\b(?:[hf]\s?/\s?[fh]|\d+ ?(?:mois|mesi|maanden|semaines)|mois)\b", re.IGNORECASE)


LINKS = frozenset(
    "of for to de des du d di dei degli delle del do da dos das der des für fuer von vom zum zur voor van".split()  # noqa: SIM905
)
"""The word after a keeper that makes the level what is kept."""

BESIDE = frozenset(
    """the our your l la le les los las el die den dem al university campus student students global summer clinical
    programa programas programme program programs programmi profili new young""".split()  # noqa: SIM905
)
"""What else may stand between them then."""

INSIDE = frozenset("en in em im als comme como as".split())  # noqa: SIM905
"""The word before a level that makes the keeper the level's own trade: "Responsable de secteur en alternance"."""

JOINERS = frozenset("and or y e et und en ou o & +".split())  # noqa: SIM905
"""Words between two levels, or a level and its programme."""


@cache
def _lexicon() -> Lexicon[tuple[str, Sort]]:
    around = ((("", sort), table) for sort, table in AROUND.items())
    return lexicon([*LEVELS.items(), *around])


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its words of interest and its separators."""

    text: str
    low: str
    words: Sequence[Word]
    borders: Sequence[tuple[int, int]]

    def between(self, one: int, other: int) -> tuple[list[str], int]:
        """The words between two places, and how many separators stand there."""
        first = bisect_right(self.borders, (one - 1, 0))
        last = bisect_right(self.borders, (other, 0))
        return self.low[one + 1 : other + 1].split(), last - first

    def opens(self, start: int) -> bool:
        """Whether a segment begins here."""
        before = self.text[:start].rstrip()
        return not before or any(end >= len(before) for begin, end in self.borders if begin < start)

    def closes(self, end: int) -> bool:
        """Whether a segment ends here."""
        after = len(self.text) - len(self.text[end:].lstrip())
        return after == len(self.text) or any(begin <= after for begin, stop in self.borders if stop >= end)


def level_of(title: str) -> Level:
    """The level that a title (or a source's employment type) names; the one named first where there are several."""
    text = title[:LONGEST]
    low = _DIGIT.sub("0", plain(text))
    read = Title(text, low, hits(_lexicon(), low), [match.span() for match in _SEPARATOR.finditer(text)])
    found = _named(read)
    for group in (STUDENT_LEVELS, {"fellowship"}, {"new grad"}):
        if named := [word for word in found if word.key[0] in group]:
            return _level(min(named, key=lambda word: word.start), text)
    student = next((word for word in read.words if _is_student(read, word)), None)
    return _level(student, text) if student else OTHER


def _is_student(title: Title, word: Word) -> bool:
    """Whether a title that names no level calls the position itself a student: "Software Engineer (Student)"."""
    if word.key[1] != "student" or _has_keeper(title):
        return False
    return title.opens(word.start) or title.closes(word.end)


def _level(word: Word, text: str) -> Level:
    name = word.key[0]
    student = name in STUDENT_LEVELS or (name == "fellowship" and _FOR_STUDENTS.search(text) is not None)
    return Level(name, text[word.start : word.end], student)


def _named(title: Title) -> list[Word]:
    """The levels that the position itself has."""
    found: list[Word] = []
    kept: Word | None = None
    doctor = any(word.key[1] == "doctor" for word in title.words)
    for place, word in enumerate(title.words):
        level, sort = word.key
        if not level or sort == "student":
            continue
        joined = kept is not None and set(title.between(kept.end, word.start)[0]) <= JOINERS | LINKS | BESIDE
        if joined or _is_kept(title, place):
            kept = word
        elif not (doctor and level == "fellowship") and (sort != "stage" or _stands_apart(title, word)):
            found.append(word)
    return found


def _is_kept(title: Title, place: int) -> bool:
    return _before(title, place) or _after(title, place)


def _before(title: Title, place: int) -> bool:
    """Whether a keeper stands before a level, which is then what is kept: "Coordinator of Internships"."""
    word = title.words[place]
    keeper = next((one for one in reversed(title.words[:place]) if one.key[1] in _KEEPERS), None)
    if keeper is None:
        return False
    gap, separators = title.between(keeper.end, word.start)
    many = word.key[1] == "many" or _has(title, place, "programme") or _said(title, word) == "stages"
    if gap and gap[-1] in INSIDE and not many:
        return False
    firm = keeper.key[1] == "keeper"
    if separators:
        return separators == 1 and set(gap) <= BESIDE and many and (firm or word.key[0] != "new grad")
    if gap and (gap[-1] in LINKS or (gap[0] in LINKS and (many or gap[-1] in BESIDE | JOINERS))):
        return True
    return firm and ((many and len(gap) <= 5) or (not gap and word.key[1] in ("thing", "stage")))


def _said(title: Title, word: Word) -> str:
    return title.low[word.start + 1 : word.end + 1]


def _has(title: Title, place: int, sort: Sort) -> bool:
    following = title.words[place + 1 : place + 2]
    return any(one.key[1] == sort and title.between(title.words[place].end, one.start) == ([], 0) for one in following)


def _has_keeper(title: Title) -> bool:
    return any(one.key[1] in _KEEPERS for one in title.words)


_ENGLISH = frozenset({"intern", "interns", "co op", "apprentice", "apprentices"})
_KEEPS_TRAINEES = ("coordinator", "supervisor", "liaison")


def _after(title: Title, place: int) -> bool:
    """Whether a keeper or the programme follows a level: "Internship Coordinator", "Intern Program Recruiter"."""
    word = title.words[place]
    if word.key[1] not in ("person", "post", "many") and _said(title, word) != "placement":
        return False
    programme = False
    end = word.end
    for one in title.words[place + 1 :]:
        gap, separators = title.between(end, one.start)
        if separators or not set(gap) <= JOINERS:
            return False
        if one.key[1] == "hiring":
            return word.key[1] != "person" or _has_keeper(title)
        if one.key[1] in _KEEPERS:
            return programme or _keeps(title, word, one)
        programme |= one.key[1] in ("programme", "stage")
        end = one.end
    return False


def _keeps(title: Title, word: Word, keeper: Word) -> bool:
    """Whether a keeper right after a level runs it; a trainee recruiter is one in training."""
    said, trade = _said(title, word), _said(title, keeper)
    if word.key[0] == "new grad":
        return said.startswith("early") or trade in _KEEPS_TRAINEES
    return word.key[1] in ("post", "stage") or (said in _ENGLISH and keeper.key[1] == "keeper")


def _stands_apart(title: Title, word: Word) -> bool:
    """Whether a word that also means something else is a level: at the head or end of a part, or with a sign of it."""
    before = title.low[: word.start + 1].split()[-1:]
    return (
        title.opens(word.start)
        or title.closes(word.end)
        or before in (["en"], ["de"], ["un"], ["als"], ["je"], ["in"], ["student"])
        or _FRENCH.search(title.text) is not None
    )
