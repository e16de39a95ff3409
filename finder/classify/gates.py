"""What a listing plainly states of its conditions, each with its words; where they could mean two things, nothing.

Words that may begin a statement are found in one pass over the text; only the sentences around them are read further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from finder.classify.citizenship import CITIZEN_WORDS, CLEARANCE_WORDS, citizenship_of, clearance_of
from finder.classify.duration import AGE_WORDS, HOURS_WORDS, LENGTH_WORDS, age_of, duration_of, hours_of
from finder.classify.paid import PAID_WORDS, paid_of
from finder.classify.pay import PAY_WORDS, pay_of, pay_of_field
from finder.classify.rights import RIGHT_WORDS, right_of
from finder.classify.spelling import Piece, piece_at
from finder.classify.study import STUDY_WORDS, YEAR_WORDS, study_of, year_of
from finder.classify.term import TIME_WORDS, terms_named, times_of
from finder.classify.text import Outline, folded
from finder.classify.warnings import FEE_WORDS, MESSENGER, MESSENGER_WORDS, fee_of, messenger_of, other_way
from finder.model import Opening, Stated

Reader = Callable[[Piece], Iterator[tuple[str, Stated]]]

_READERS: tuple[tuple[Reader, str], ...] = (
    (right_of, RIGHT_WORDS),
    (citizenship_of, CITIZEN_WORDS),
    (clearance_of, CLEARANCE_WORDS),
    (study_of, STUDY_WORDS),
    (year_of, YEAR_WORDS),
    (times_of, TIME_WORDS),
    (duration_of, LENGTH_WORDS),
    (hours_of, HOURS_WORDS),
    (age_of, AGE_WORDS),
    (pay_of, PAY_WORDS),
    (paid_of, PAID_WORDS),
    (fee_of, FEE_WORDS),
    (messenger_of, MESSENGER_WORDS),
)
_PAY = next(number for number, (reader, _) in enumerate(_READERS) if reader is pay_of)
_SHORT = 3
"""Letters of a word that must end where it ends: MS is not in MSG."""

_DEGREE_IN_TITLE = re.compile(
    r"\b(?:ph\.?d\b\.?|(?:doctoral|master['’]?s|master(?= degree| student| level)"
    r"|bachelor['’]?s?|undergrad(?:uate)?|mba|bs/ms|ms/phd|bs|msc?)\b)"
    r"(?:\s{0,3}(?:/|or|and|,|&)\s{0,3}(?:ph\.?d\.?|master['’]?s?|ms))?",
    re.IGNORECASE,
)
_LEVEL = (("bachelor", re.compile(r"bachelor|undergrad|\bbs\b")), ("master", re.compile(r"master|mba|\bmsc?\b")))
_DOCTORAL = re.compile(r"ph\.?d|doctoral")


def stated_of(opening: Opening, layout: Outline | None) -> dict[str, Stated]:
    """Every subject that the listing states, by the vocabulary of `Facets.stated`. A source's own field speaks before
    the title, and that before the text; of a text the first words on a subject count, and a refusal to sponsor before
    an offer."""
    found = _of_fields(opening)
    for subject, said in _of_title(opening.title):
        found.setdefault(subject, said)
    if layout:
        for subject, said in _of_text(opening, layout).items():
            found.setdefault(subject, said)
        if MESSENGER in found and other_way(layout.low):
            del found[MESSENGER]
    if "pay" in found:
        found.setdefault("paid", Stated("yes", found["pay"].quote))
    return found


def _of_fields(opening: Opening) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    if told := str(opening.extra.get("sponsorship") or ""):
        piece = Piece(told, folded(told))
        found |= dict((*right_of(piece), *citizenship_of(piece)))
    degrees = [str(degree) for degree in opening.extra.get("degrees") or ()]
    if levels := _levels(" ".join(degrees)):
        found["degree"] = Stated(levels, ", ".join(degrees))
    if opening.terms:
        found["term"] = Stated("|".join(opening.terms), ", ".join(opening.terms))
    if opening.pay and (pay := pay_of_field(opening.pay, opening.places)):
        found["pay"] = pay
    return found


def _levels(words: str) -> str:
    low = words.lower()
    named = [name for name, pattern in _LEVEL if pattern.search(low)]
    return "|".join([*named, "phd"] if _DOCTORAL.search(low) else named)


def _of_title(title: str) -> Iterator[tuple[str, Stated]]:
    if match := _DEGREE_IN_TITLE.search(title):
        yield "degree", Stated(_levels(match.group()), match.group())
    if terms := terms_named(title):
        yield "term", Stated("|".join(terms), title)
    piece = Piece(title, folded(title))
    for reader, _ in _read(piece.low):
        if _READERS[reader][0] is not study_of:
            yield from _READERS[reader][0](piece)


def _of_text(opening: Opening, layout: Outline) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    done: set[tuple[int, int, int]] = set()
    for reader, index in _read(layout.low):
        start, end, section = piece_at(layout, index)
        if (reader, start, end) in done:
            continue
        done.add((reader, start, end))
        text = layout.text[start:end].rstrip()
        piece = Piece(text, layout.low[start : start + len(text)], section)
        read = partial(pay_of, places=opening.places) if reader == _PAY else _READERS[reader][0]
        for subject, said in read(piece):
            known = found.setdefault(subject, said)
            if subject == "sponsorship" and known.value == "yes" and said.value == "no":
                found[subject] = said
    return found


def _read(low: str) -> Iterator[tuple[int, int]]:
    """Which reader has something to look at, and where."""
    finder, readers, lengths = _finder()
    for which, start, end in finder.find_matches_as_indexes(low):
        if (low[start].isalnum() and low[start - 1 : start].isalnum()) or (
            lengths[which] <= _SHORT and low[end : end + 1].isalpha()
        ):
            continue
        for reader in readers[which]:
            yield reader, start


@cache
def _finder() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...], tuple[int, ...]]:
    wanted: dict[str, list[int]] = {}
    for number, (_, words) in enumerate(_READERS):
        for word in words.split(","):
            wanted.setdefault(word.strip(), []).append(number)
    names = list(wanted)
    for name, readers in wanted.items():  # a longer word hides the shorter ones that it begins with
        for other in names:
            if name != other and name.startswith(other):
                readers += [number for number in wanted[other] if number not in readers]
    finder = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return finder, tuple(map(tuple, wanted.values())), tuple(map(len, names))
