"""What a sentence says about the skills in it: asked for, wished for, merely named, or expressly not needed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from finder.classify.text import Outline, Section, Sentence
from finder.model import Strength

Reading = Strength | Literal["not needed"]
Points = Literal["ahead", "back"]


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in table.split(","))


_FIRM = product(
    _phrases("strong, solid, excellent, advanced, proven, demonstrated, working, good, deep, thorough"),
    _phrases(
        "knowledge, understanding, experience, background, command, foundation, grasp, programming, coding, skills"
    ),
)
CUES: Mapping[tuple[Points, Strength], tuple[str, ...]] = {
    ("ahead", "must"): (
        *(" ".join(words) for words in _FIRM),
        *_phrases(
            """
        must, need to have, needs to have, need to know, need to be, needs to be, proficiency in, proficiency with,
        proficient in, proficient with, proficient using, fluent in, fluency in, fluency with, require, requires,
        required:, kenntnisse in, maîtrise de, maîtrise du, dominio de
        """
        ),
    ),
    ("back", "must"): _phrases(
        """
        required, is a must, are a must, a must, must have, mandatory, essential, is needed, are needed, is
        necessary, are necessary, is expected, are expected, erforderlich, vorausgesetzt, exigé, exigée, requis,
        requise, imprescindible, imprescindibles, indispensable, vereist, indispensabile, obrigatório,
        obrigatória
        """
    ),
    ("ahead", "should"): _phrases(
        """
        ideally, preferably, we prefer, we would like, we'd like, preferred:, bonus, bonus points, nice to have,
        extra credit, we'd love, we would love, even better, idealerweise, idéalement, idealmente, preferibilmente,
        preferentemente, bij voorkeur
        """
    ),
    ("back", "should"): _phrases(
        """
        preferred, a plus, is plus, are plus, big plus, huge plus, strong plus, definite plus, plus), : plus, an
        advantage, a strong advantage, an asset, a strong asset, a bonus, is advantageous, advantageous,
        beneficial, helpful, desired, desirable, would be great, would be nice, would be good, would be ideal,
        would be useful, optional, is welcome, are welcome, von vorteil,
        ein vorteil, wünschenswert, un plus, un atout, deseable, deseables, se valora, se valorará, een pré, een pre,
        gradito, gradita, un diferencial, desejável
        """
    ),
}
"""Folded phrases. One that points ahead speaks of what follows it ("proficiency in …"), one that points back of what it
follows ("… is a plus")."""


REACH, WITHIN = 240, 40
"""Characters before a skill, and after it, in which a word such as "experience" asks for it."""

NEIGHBOURS = 4
"""Cues on either side of a skill that may speak of it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at low[start:end]."""

    start: int
    end: int
    points: Points
    strength: Strength


@cache
def _finder() -> tuple[AhoCorasick, tuple[tuple[Points, Strength], ...]]:
    rows = [(phrase, kind) for kind, phrases in CUES.items() for phrase in phrases]
    return AhoCorasick(
        [phrase for phrase, _ in rows], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    ), tuple(kind for _, kind in rows)


def cues_of(layout: Outline) -> tuple[Cue, ...]:
    """Every cue of a text, in its order."""
    finder, kinds = _finder()
    low = layout.low
    return tuple(
        Cue(start, end, *kinds[which])
        for which, start, end in finder.find_matches_as_indexes(low)
        if not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum())
    )


def readings(
    layout: Outline, cues: Sequence[Cue], sentence: Sentence, spans: Iterable[tuple[int, int]]
) -> list[Reading]:
    """How strongly each skill at the given places of one sentence is asked for."""
    low = layout.low[sentence.start : sentence.end]
    if _WISH_AFTER_ALL.search(low):
        return ["should" for _ in spans]
    clauses = _clauses(layout, cues, sentence, low)
    ends = [right for _, right in clauses]
    stances: dict[tuple[int, int], _Stance] = {}
    found: list[Reading] = []
    for start, end in spans:
        clause = clauses[min(bisect_right(ends, start), len(clauses) - 1)]
        if clause not in stances:
            stances[clause] = _stance(layout, cues, clause, sentence.section)
        found.append(_reading(stances[clause], start, end))
    return found


def _clauses(layout: Outline, cues: Sequence[Cue], sentence: Sentence, low: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence begin and end."""
    splits = sorted(
        [split.span() for split in _CLAUSE.finditer(low)]
        + [split.span() for split in _NEW_SUBJECT.finditer(low) if _says_something(cues, sentence, low, split.start())]
    )
    borders = [0, *(place for split in splits for place in split), len(low)]
    return [
        (left + sentence.start, right + sentence.start)
        for left, right in zip(borders[::2], borders[1::2], strict=True)
        if left <= right
    ]


def _says_something(cues: Sequence[Cue], sentence: Sentence, low: str, end: int) -> bool:
    """Whether what stands before `end` is a statement of its own."""
    first = bisect_left(cues, sentence.start, key=lambda cue: cue.start)
    return (first < len(cues) and cues[first].start < sentence.start + end) or bool(_VERB.search(low, 0, end))


@dataclass(frozen=True, slots=True)
class _Stance:
    """What holds for a clause: its cues; of skills behind `learns_from` that they are learnt here; else the default."""

    cues: tuple[Cue, ...]
    subjects: tuple[int, int]
    """Where subjects of study are listed ("a degree in …"): fields, not skills asked for."""
    learns_from: int
    default: Reading
    asks: tuple[int, ...] = ()
    """Where words stand that ask for what is close to them, if the default is only what is mentioned."""


def _stance(layout: Outline, cues: Sequence[Cue], clause: tuple[int, int], section: Section) -> _Stance:
    left, right = clause
    low = layout.low[left:right]
    if _NEGATION.search(low):
        return _Stance((), (right, right), right, "not needed")
    first = bisect_left(cues, left, key=lambda cue: cue.start)
    last = bisect_left(cues, right, key=lambda cue: cue.start)
    learns = _LEARN.search(low)
    return _Stance(
        tuple(cues[first:last]),
        _subjects(low, left),
        left + learns.start() if learns else right,
        _default(low, section),
        _asking(low, left, section),
    )


def _subjects(low: str, left: int) -> tuple[int, int]:
    study = _STUDY.search(low)
    if study is None or _ASKS.search(low, study.start(), study.end()):
        return left, left
    asks = _ASKS.search(low, study.end())
    return left + study.end(), left + (asks.start() if asks else len(low))


def _default(low: str, section: Section) -> Strength:
    """Without a cue the heading tells; where it does not, a sentence of the form "Experience with …" still asks."""
    if section in ("must", "should"):
        return section
    return "must" if _OPENS.search(low) and not _ABOUT_US.search(low) else "mentioned"


def _asking(low: str, left: int, section: Section) -> tuple[int, ...]:
    """Where no heading tells: the words that ask in the middle of a sentence."""
    if section != "none" or _ABOUT_US.search(low):
        return ()
    return tuple(left + ask.start() for ask in _ASKS.finditer(low))


def _reading(stance: _Stance, start: int, end: int) -> Reading:
    if stance.subjects[0] <= start < stance.subjects[1]:
        return "mentioned"
    if stance.cues:
        place = bisect_left(stance.cues, start, key=lambda cue: cue.start)
        around = stance.cues[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]
        return min(around, key=lambda cue: _distance(cue, start, end)).strength
    if start > stance.learns_from:
        return "mentioned"
    asked = any(-REACH <= ask - end <= WITHIN for ask in stance.asks)
    return "must" if asked else stance.default


def _distance(cue: Cue, start: int, end: int) -> int:
    """In characters; a cue that points the other way counts only where there is no better one."""
    behind = cue.start >= end
    gap = cue.start - end if behind else start - cue.end
    return gap + 10_000 * ((cue.points == "ahead") == behind)


_LEARN = re.compile(
    r"\b(?:you(?:'ll| will|'re going to)? (?:also )?(?:learn|gain|develop|get|acquire|be exposed|be trained|pick up"
    r"|build your)\b"
    r"|(?:willing|willingness|eager|eagerness|desire|opportunity|ability|able|excited|keen|interest(?:ed)?|want)"
    r" (?:to|in) learn"
    r"|(?:gain|get|receive|provide|offers?|give you)\b[^.;]{0,30}\b(?:experience|exposure|training|hands on)\b"
    r"|will be trained\b|\bto learn about\b|we(?:'ll| will) teach)"
)
_ASKS = re.compile(
    r"\b(?:experienced?|knowledge|familiar(?:ity)?|understanding|background|skills?(?! to\b)|skilled|expertise(?! to\b)"
    r"|exposure|competen(?:t|cy|ce)"
    r"|comfortable|coursework|ability to|able to|looking for|kenntnisse"
    r"|erfahrung|connaissances?|expérience|conocimientos?"
    r"|experiencia|kennis|ervaring|conoscenza|esperienza|conhecimentos?|experiência)\b"
)
_OPENS = re.compile(
    r"^\W*(?:\d+\+? years?|experienced?(?: \w+)? (?:with|in|using|of|working|building|developing|designing)"
    r"|familiar(?:ity)?|proficien(?:t|cy)"
    r"|knowledge|understanding|(?:strong|solid|excellent|demonstrated|basic|good|sound|working|prior|previous"
    r"|hands on|some|relevant)\b"
    r"[^.;]{0,40}\b(?:experience|knowledge|skills?|understanding|background|ability)|background in"
    r"|comfortable with|fluen(?:t|cy)"
    r"|exposure to|expertise|coursework)\b"
)
_STUDY = re.compile(
    r"\b(?:degrees?|bachelor's?|master's?|ph\.? ?d|b\.?sc?\.?|m\.?sc?\.?|majors?|majoring|pursuing|enrolled"
    r"|studying|students?|studies)\b"
    r"[^.;]{0,50}?\b(?:in|of)\b"
)
_VERB = re.compile(r"\b(?:we|our|us|is|are|isn't|aren't|no|not|don't)\b")
_ABOUT_US = re.compile(
    r"^(?!.{0,60}\b(?:looking for|seek|seeking)\b).{0,400}?"
    r"\b(?:we|our|us|company|founders?|clients?|customers?|partners?)\b"
)
_NEGATION = re.compile(
    r"\b(?:no|zero|without)\b(?! (?:no|less|fewer|more|later|matter|doubt|problem))[^.;]{0,45}?"
    r"\b(?:experience|knowledge|background|skills?|expertise|coursework|exposure|familiarity|degree)\b"
    r"|\b(?:not|never|cannot|needn't|don't|doesn't|isn't|aren't) "
    r"(?:be |have |strictly |an? |in any way |absolutely |even ){0,2}"
    r"(?:need|needed|require|required|necessary|mandatory|expect|expected|must|requirement|prerequisite|essential"
    r"|to know|know|looking for)\b"
    r"|\b(?:need|do) not (?:have|know|need|require|be)\b|\bno need (?:to|for)\b|\bthis is not an?\b"
    r"|^(?:rather than|instead of|not (?!only|just|limited|necessarily))\b|\b(?:is|are) not\W{0,3}$"
    r"|\b(?:aucune?|sans|nessuna?|senza|nenhuma?|sem|sin|ningun[ao]?|geen|zonder|ohne)\b[^.;]{0,40}?(?:connaissances?"
    r"|expériences?|conoscenz[ae]|esperienz[ae]|conhecimentos?|experiências?|experiencia|conocimientos?|kennis"
    r"|ervaring|kenntnisse|erfahrung)\b"
    r"|\bkeine?(?:rlei)?\b[^.;]{0,60}?(?:kenntnisse|erfahrung)|\bnicht (?:erforderlich|nötig|notwendig)\b"
    r"|\bpas (?:nécessaire|requise?s?|obligatoire)\b|\bno (?:es necesari[oa]|se requiere)\b|\bnão é necessári[oa]\b"
    r"|\bniet (?:vereist|nodig)\b|\bnon (?:è richiest[oa]|necessari[oa])\b"
)
_WISH_AFTER_ALL = re.compile(
    r"(?:\bnot|n't)\b[^.;]{0,30}\b(?:required|necessary|mandatory|needed|must)\b[^.;]{0,40}"
    r"\b(?:plus|preferred|helpful|bonus|nice|advantage|desirable|beneficial|welcome)\b"
)
_CLAUSE = re.compile(
    r";|,?\s{1,3}but\s{1,3}(?!not limited|also)|,\s{1,3}(?:however|though|although)\b"
    r"|\s{1,3}(?=(?:rather than|instead of)\b)"
    r"|,\s{1,3}(?=not (?!only|just|limited|necessarily)[^,;.]{1,40}(?:,|\W{0,3}$))"
    r"|(?:(?<=needed)|(?<=required)|(?<=necessary)|(?<=nötig)|(?<=erforderlich)|(?<=nécessaire)),\s{1,3}"
    r"|(?:(?<=skills)|(?<=experience)|(?<=knowledge)),\s{1,3}"
    r"(?=[^,;]{0,40}\b(?:plus|preferred|bonus|advantage|desired|desirable|nice to have)\b)"
)
_NEW_SUBJECT = re.compile(r",\s{1,3}(?!or\b|and\b)(?=[^,;]{0,60}\b(?:is|are|must|should)\b)")
"""In "A is required, B is a plus" a clause begins; in "experience with A, B is a plus" none does."""
