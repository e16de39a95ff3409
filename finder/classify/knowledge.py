"""Words that name knowledge: every skill of the list, and also subjects, tools and practices that are no skills of it.

A text names far more than it asks for: "Senior Java Developer", "our agile team", "leader in cloud services". A small
linear model over the words around a candidate tells apart what somebody is to know or to work with. Where the
candidates come from, and what was learnt on which texts:

    skills.toml     the skills, as `mentions` finds them
    knowledge.toml  further words, listed by hand
    learnt.tsv      words, how far each spelling is to be trusted, the weight of every sign: `bench/learn_skills.py`
    (none)          a capitalised name in one list with any of these

What is no skill of the list never becomes a need: no step could grant it. It is shown as "also named".
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from finder.classify.mentions import Mention, mentions
from finder.classify.text import Outline
from finder.skills import skills

_DATA = Path(__file__).parents[1] / "data"
LISTED_FILE, LEARNT_FILE = _DATA / "knowledge.toml", _DATA / "learnt.tsv"

Origin = Literal["skill", "listed", "learnt", "name"]
"""Of the list of skills; listed by hand; learnt from labelled ads; a name beside one of the others."""

LEAST = 0.1
"""Rating (log odds) from which a candidate is taken: more likely knowledge than not, and rather missed than made up."""

NO_KNOWLEDGE = ("people",)
"""Groups of skills that name manners, no subject or tool."""

CUES = (
    *"""experience experienced knowledge familiar familiarity understanding background skill skills skilled expertise
    proficient proficiency fluent fluency exposure competence competent competency ability able degree plus bonus
    required preferred desirable must advantage passion passionate interest interested strong solid using use technology
    technologies tool tools stack language languages including like qualifications requirements""".split(),  # noqa: SIM905
    "nice to have",
    "such as",
    "e.g",
)
"""Words after which knowledge is often named."""

ROLES = frozenset(
    """developer developers engineer engineers scientist scientists analyst analysts administrator administrators
    architect architects lead leads manager managers designer designers specialist consultant professional professionals
    expert experts intern owner coach master team teams group department staff hub organization organisation company
    startup community environment practice practices space market""".split()  # noqa: SIM905
)
"""What a word before one of these names: a job, a team, a market."""


class Candidate(NamedTuple):
    """Words at start..end that may name knowledge; `skill` is '' where they are no skill of the list."""

    start: int
    end: int
    origin: Origin
    skill: str = ""


SIGNS = ("opens", "length", "origin", "list", "case", "before", "after", "next", "role", "cue", "cue at")
"""What is seen around a candidate: the first word and the length of its sentence, where it comes from, whether others
are close by, its first letter, the words on either side, how what follows begins, whether that names a job or a team,
the last cue before it and how far that is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of words: where to find them, how far a spelling is trusted, what each sign around it weighs."""

    words: AhoCorasick
    """Cues first, each phrase between two blanks."""
    origins: tuple[Origin | None, ...]
    """None for a cue that is nothing else."""
    trust: Mapping[str, float]
    weights: tuple[dict[str, float], ...]
    """For each of SIGNS what a value adds."""


@cache
def shipped() -> Reader:
    """The reader as shipped."""
    learnt: dict[str, dict[str, float]] = {"term": {}, "trust": {}, "sign": {}}
    for line in LEARNT_FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words, number = line.split("\t")
            learnt[kind][words] = float(number)
    return reader(learnt["term"], learnt["trust"], learnt["sign"])


def reader(terms: Iterable[str], trust: Mapping[str, float], weights: Mapping[str, float]) -> Reader:
    """A reader of the words listed by hand and of `terms`; `weights` are by sign, as `before=our`."""
    origins: dict[str, Origin | None] = dict.fromkeys(CUES)
    origins |= {**dict.fromkeys(terms, "learnt"), **dict.fromkeys(listed(), "listed")}
    tables: dict[str, dict[str, float]] = {}
    for sign, weight in weights.items():
        name, _, value = sign.partition("=")
        tables.setdefault(name, {})[value] = weight
    automaton = AhoCorasick([f" {words} " for words in origins], implementation=Implementation.DFA)
    return Reader(automaton, tuple(origins.values()), trust, tuple(tables.get(name, {}) for name in SIGNS))


@cache
def listed() -> Mapping[str, str]:
    """The words of knowledge.toml, each with the table it stands in."""
    tables = tomllib.loads(LISTED_FILE.read_text("utf-8"))
    return MappingProxyType({words: name for name, phrases in tables.items() for words in phrases})


def knowledge(layout: Outline, read: Reader | None = None) -> list[Candidate]:
    """The words of a text that are believed to name knowledge, left to right."""
    using = read or shipped()
    return [one for one, signs in seen_around(layout, using) if _rating(layout.low, one, signs, using) >= LEAST]


def _rating(low: str, one: Candidate, signs: Sequence[str], read: Reader) -> float:
    trust = read.trust.get(low[one.start : one.end])
    if trust is None:
        trust = read.trust.get(f"({one.origin})", 0.0)
    return sum(map(dict.get, read.weights, signs, repeat(0.0)), trust)


UNTELLING = ("degrees", "vague")
"""Tables of words that help to read a text and tell a learner nothing."""


def also_named(layout: Outline) -> tuple[str, ...]:
    """Words for knowledge that are no skills of the list, as the text writes them, each once, in its order."""
    found: dict[str, str] = {}
    for one in knowledge(layout):
        words = _unmarked(layout.low[one.start : one.end])
        if one.origin == "listed" and listed()[words] not in UNTELLING:
            found.setdefault(words, layout.text[one.start : one.end])
    return tuple(found.values())


# ------------------------------------------------------------------------------------------------ candidates
_APART = '.,;:!?()[]/|•*"\n\t'
"""Marks between words. A full stop is one before a blank only: "node.js"."""


def _unmarked(low: str) -> str:
    """The text with blanks for marks, letter by letter in its place."""
    for mark in _APART:
        low = low.replace(". " if mark == "." else mark, "  " if mark == "." else " ")
    return low


def _whole_words(low: str, read: Reader) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of each phrase that stands in a folded text as whole words."""
    for which, start, end in read.words.find_matches_as_indexes(_unmarked(f" {low} "), overlapping=True):
        yield start, end - 2, which


def candidates(layout: Outline, read: Reader) -> tuple[list[Candidate], list[tuple[int, str]]]:
    """All words that may name knowledge, left to right, no two overlapping, the longest first; and where cues begin."""
    known = skills()
    rows = [_of_skill(one) for one in mentions(layout) if known[one.skill].group not in NO_KNOWLEDGE]
    cues: list[tuple[int, str]] = []
    for start, end, which in _whole_words(layout.low, read):
        if which < len(CUES):
            cues.append((start, CUES[which]))
        if origin := read.origins[which]:
            rows.append(Candidate(start, end, origin))
    kept = _apart(rows)
    names = [name for name in _names(layout, kept) if layout.low[name.start : name.end] not in _NO_NAME]
    return _apart([*kept, *names]), cues


def _of_skill(one: Mention) -> Candidate:
    return Candidate(one.start, one.end, "skill", one.skill)


def _apart(rows: list[Candidate]) -> list[Candidate]:
    rows.sort(key=lambda row: (row.start, -row.end, row.skill == ""))
    kept: list[Candidate] = []
    free = 0
    for row in rows:
        if row.start >= free:
            kept.append(row)
            free = row.end
    return kept


_NAME = r"[A-Z][\w.+#-]{0,30}[A-Za-z0-9+#]"
_NAME_AFTER = re.compile(rf"(?: ?[,/|(•&] ?(?:and |or )?\(?| and | or | )({_NAME})")
_NAME_BEFORE = re.compile(rf"(?:^|[ ,/|(•])({_NAME})(?: ?[,/|(•&] ?(?:and |or )?\(?| and | or | )$")
_NO_NAME = frozenset(
    """you we our your the and or experience knowledge strong good senior junior job role full new an as in at for with
    must nice bonus about what who why this all team engineer developer responsibilities requirements benefits plus
    qualifications skills company location organization industry technologies year years other ability""".split()  # noqa: SIM905
)


def _names(layout: Outline, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Capitalised names beside a candidate in the same list."""
    text, low = layout.text, layout.low
    free = 0
    for one in known:
        left, right = max(free, one.start - 36), one.end + 7
        if text[left : one.start] != low[left : one.start] and (name := _NAME_BEFORE.search(text, left, one.start)):
            yield Candidate(*name.span(1), "name")
        if text[one.end : right] != low[one.end : right] and (name := _NAME_AFTER.match(text, one.end)):
            yield Candidate(*name.span(1), "name")
        free = one.end


# ------------------------------------------------------------------------------------------------ signs
_REACH = 30
"""Characters to either side of a candidate in which its neighbours are read."""


def seen_around(layout: Outline, read: Reader) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Each candidate with the value of each of SIGNS. Nothing beyond its sentence is looked at."""
    low, text = layout.low, layout.text
    found, cues = candidates(layout, read)
    right = close = 0
    opening = length = ""
    for place, one in enumerate(found):
        if one.start >= right:
            left, right = _span(layout, one.start)
            opening = low[left : min(right, left + _REACH)].lstrip(_MARKS).partition(" ")[0].rstrip(_MARKS)
            length = str(min(5, low.count(" ", left, right) // 6))
            close = False
        follows = place + 1 < len(found) and _close(low, one.end, found[place + 1].start)
        beside = ("-+" if follows else "--") if not close else ("++" if follows else "+-")
        case = "A" if text[one.start].isupper() else "a"
        yield (
            one,
            (
                opening,
                length,
                one.origin,
                beside,
                case,
                *_words(layout, left, right, one),
                *_cue(cues, left, one.start),
            ),
        )
        close = follows


def _span(layout: Outline, index: int) -> tuple[int, int]:
    place = bisect_right(layout.cuts, index)
    return layout.cuts[place - 1], layout.cuts[place] if place < len(layout.cuts) else len(layout.text)


_MARKS = " .:!?*\"'–,;()/|•&"


def _close(low: str, left: int, right: int) -> bool:
    return right - left < 8 and len(low[left:right].strip(" ,/()")) < 4


def _words(layout: Outline, left: int, right: int, one: Candidate) -> tuple[str, str, str, str]:
    """The word before, the one after and how it begins, and how near the name of a job or team follows."""
    low = layout.low
    ahead = low[max(left, one.start - _REACH) : one.start].rstrip(_MARKS)
    before = ahead[ahead.rfind(" ") + 1 :].lstrip(_MARKS)
    rest = layout.text[one.end : min(right, one.end + _REACH)].lstrip(" ,")
    words = rest.lower().lstrip(_MARKS).split(None, 3)[:3]
    if not words:
        return before, "", "", ""
    after = words[0].rstrip(_MARKS)
    near = "1" if after in ROLES else "" if ROLES.isdisjoint([word.strip(_MARKS) for word in words[1:]]) else "2"
    return before, after, "a" if rest[0].islower() else "A" if rest[0].isalnum() else ".", near


def _cue(cues: Sequence[tuple[int, str]], left: int, start: int) -> tuple[str, str]:
    """The last cue of the sentence before a candidate, and how far it is."""
    place = bisect_left(cues, (start, ""))
    if place and cues[place - 1][0] >= left:
        return cues[place - 1][1], str(min(6, (start - cues[place - 1][0]) // 20))
    return "", ""
