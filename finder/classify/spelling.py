"""Sentences written with one letter a word, so that rules speak of words and distances and read alike in any language.

    "We do not currently offer visa sponsorship."   →   "..N.OVS"

A lexicon says which words and phrases have a letter; every other word is `.`, and signs that part clauses stay. Rules
are patterns over the letters. Nothing is searched for twice, so spelling takes time linear in the text, and so do the
rules: their gaps are bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finder.classify.moments import MONTH
from finder.classify.text import Outline, Section, Sentence, quoted

LONGEST = 600
"""Characters of one sentence that are read; more is a list without signs, whose ends have nothing to do with each"
" other."""

Lexicon = Mapping[str, re.Pattern[str]]
"""By the initial of what it finds."""

_TOKEN = re.compile(r"\w+(?:'\w+)*|[,;:!|…?()\[\]/]")
_PARTING = frozenset(",;:!|…?()[]/")
_SIGNS = {**dict.fromkeys(":!|…", ";"), "[": "(", "]": ")"}
_ABBREVIATED = re.compile(
    r"\b(?:approx|ca|min|max|inkl|incl|bzw|sept?|oct|nov|dec|jan|feb|mar|apr|aug|st|no|dr|est|e\.g|i\.e|z\.b|u\.s"
    r"|ph\.d|b\.s|m\.s|\d{1,2})\.\s{0,2}$"
)
_GLUED = re.compile(r"(?:required|preferred|mandatory|only|must)\b[ .!]{0,3}")
_LED_BY = 24
"""Characters of a line before the word that makes it a heading."""
_NOT_ENDED = re.compile(r"[\w)'\"+]\s{0,2}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a listing that is read by itself. `low` is its folded copy (see `finder.classify.text.folded`)."""

    text: str
    low: str
    section: Section = "none"

    def quote(self, start: int, end: int) -> str:
        """The piece, or a window around start..end where it is long: always found in the listing."""
        return quoted(self.text, Sentence(0, len(self.text), self.section, False), start, end)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A piece in letters; `spans` are the places of the letters in it."""

    letters: str
    spans: tuple[tuple[int, int], ...]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where in the piece the letters of a match stand."""
        last = max(match.end() - 1, match.start())
        return self.spans[match.start()][0], self.spans[last][1]


def lexicon(**classes: str) -> Lexicon:
    """Words and phrases by their letter; earlier letters and phrases win. Phrases are patterns over folded text,
    divided by blanks; `_` stands for the blanks within one. Each begins with a letter or digit, or with a group of
    such: a word is only compared with the phrases of its own initial. Raises ValueError for others."""
    by_initial: dict[str, dict[str, list[str]]] = {}
    for letter, words in classes.items():
        for phrase in (whole for word in words.split() for whole in _alternatives(word)):
            if not phrase[0].isalnum():
                raise ValueError(f"begins with no letter: {phrase!r}")
            spelt = phrase.replace("_?", r"\s?").replace("_", r"\s+")
            by_initial.setdefault(phrase[0], {}).setdefault(letter, []).append(spelt)
    return {initial: _pattern(group) for initial, group in by_initial.items()}


def _pattern(group: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    named = "|".join(f"(?P<{letter}>{'|'.join(phrases)})" for letter, phrases in group.items())
    return re.compile(rf"\b(?:{named})(?!\w)")


def _alternatives(phrase: str) -> list[str]:
    """The phrase, one for each alternative of a group that it begins with."""
    if not phrase.startswith("(?:"):
        return [phrase]
    depth, parts, end = 1, [""], len("(?:")
    while depth:
        sign = phrase[end]
        depth += (sign == "(") - (sign == ")")
        end += 1
        if sign == "|" and depth == 1:
            parts.append("")
        elif depth:
            parts[-1] += sign
    rest = phrase[end:]
    if rest.startswith("?"):
        parts, rest = [*parts, ""], rest[1:]
    return [whole for part in parts for whole in _alternatives(part + rest)]


def spell(words: Lexicon, low: str) -> Spelt:
    """Folded text in the letters of a lexicon."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    read = 0
    for token in _TOKEN.finditer(low):
        start, end = token.span()
        if start < read:
            continue
        initial = low[start]
        pattern = words.get(initial)
        if pattern and (found := pattern.match(low, start)):
            letters.append(found.lastgroup or "")
            read = found.end()
            spans.append((start, read))
            continue
        letters.append(_SIGNS.get(initial, initial) if initial in _PARTING else ".")
        spans.append((start, end))
    return Spelt("".join(letters), tuple(spans))


def piece_at(layout: Outline, index: int) -> tuple[int, int, Section]:
    """The stretch around a character: its sentence, with the heading that names its subject ("Duration: 12 weeks"), and
    with what was cut off it at a capital ("U.S. Citizenship Required") or after an abbreviation."""
    sentence = layout.at(index)
    start, end = _with_heading(layout, sentence.start), _with_rest(layout, sentence.end)
    if end - start > LONGEST:  # in steps, so that a text without signs is read twice, not once for every word
        start += max((index - start) // (LONGEST // 2) * (LONGEST // 2) - LONGEST // 4, 0)
        end = min(end, start + LONGEST)
    return start, end, sentence.section


def _with_heading(layout: Outline, start: int) -> int:
    before = layout.low[max(0, start - 12) : start]
    if start and "\n" not in before[-2:] and _ABBREVIATED.search(before):
        start = layout.at(start - 1).start
    place = bisect_right(layout.sections, start, key=lambda row: row[1]) - 1
    if place < 0:
        return start
    heading, content, kind = layout.sections[place]
    between = layout.text[content:start]
    if kind != "other" or len(between) >= 8 or between.strip(" \t\n:*#-–•"):
        return start
    line = layout.at(heading - 1).start if heading and layout.text[heading - 1] == " " else heading
    return line if heading - line < _LED_BY else heading  # "Hourly pay: $30"


_DASHED = re.compile(r"(?:\d|\b[A-Z][a-z]{2,8})\s[–-]\s$")
_GOES_ON = re.compile(rf"(?:{MONTH})\b")


def _dashed(layout: Outline, end: int) -> bool:
    """Whether a dash before a capital is no bullet: "June 2027 - August 2027"."""
    return (
        _DASHED.search(layout.text, max(0, end - 12), end) is not None and _GOES_ON.match(layout.low, end) is not None
    )


def _with_rest(layout: Outline, end: int) -> int:
    for _ in range(3):
        place = bisect_right(layout.cuts, end)
        after = layout.cuts[place] if place < len(layout.cuts) else len(layout.text)
        before = layout.low[max(0, end - 12) : end]
        rest = layout.low[end:after]
        joined = _NOT_ENDED.search(before) and "\n" not in before[-2:] and _GLUED.fullmatch(rest.strip())
        if not (joined or _dashed(layout, end) or (_ABBREVIATED.search(before) and "\n" not in before[-2:])):
            return end
        end = after
    return end
