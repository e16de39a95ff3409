"""Reading plain text: a folded copy of equal length, sentences, and the section each of them stands in.

Job texts often come without line breaks, so sentences also end before a bullet sign or before a capitalised word that
opens a requirement ("… from scratch Experience with …"), and headings are found inside a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from finder.classify.headings import BOILERPLATE, HEADINGS, SHOULD_WORDS

Section = Literal["must", "should", "other", "none"]

QUOTE_LIMIT = 240
"""Characters; longer sentences are quoted around the words that matter."""

_PLAIN = {**dict.fromkeys("-‐‑‒\u00a0\u2009\u202f", " "), "’": "'", "‘": "'", "ʼ": "'"}

_REQUIREMENT_OPENERS = (
    "Ability|Able|Advanced|Background|Basic|Bonus|Coursework|Currently|Demonstrated|Enrolled|Excellent|Experienced?|"
    "Exposure|Familiar|Familiarity|Fluency|Fluent|Hands|Interest|Interested|Knowledge|Minimum|Must|Nice|Passion|"
    "Preferred|Prior|Proficiency|Proficient|Proven|Pursuing|Required|Skilled|Solid|Strong|Understanding|Working"
)
_DUTY_OPENERS = (
    "Analy[sz]e|Apply|Assist|Build|Collaborate|Communicate|Complete|Conduct|Contribute|Create|Deliver|Deploy|Design|Develop"
    "|Drive|Ensure|Evaluate|Execute|Explore|Gather|Help|Identify|Implement|Improve|Integrate|Interact|Investigate|Lead"
    "|Maintain|Manage|Mentor|Monitor|Optimi[sz]e|Participate|Partner|Perform|Prepare|Present|Produce|Prototype|Provide"
    "|Recommend|Refine|Report|Research|Review|Support|Test|Track|Train|Translate|Troubleshoot|Validate|Work|Write"
)
_BULLETS = "•▪●◦‣·∙■✓✔✅►▶➢➤❖◆👉🔹"
_BREAK = re.compile(
    rf"[\n{_BULLETS}]\s*"
    # most blanks stand before a small letter: nothing below begins there
    rf"|\s(?=[\s{_BULLETS}A-ZÀ-Þ0-9\"'(\[*–-]|(?<=;\s))(?:"
    r"(?:(?<=[.!?;]\s)|(?<=[.!?;][\"')\]]\s))(?<![A-Z]\.[A-Z]\.\s)(?<!e\.g\.\s)(?<!i\.e\.\s)(?<!Ph\.D\.\s)\s*"
    r"(?=[\"'(\[]?[A-ZÀ-Þ0-9])"
    r"|(?<=;\s)|[*–-]\s+(?=[A-Z])"
    rf"|(?<=[\w)\]+#,]\s)(?<!\bNo\s)(?<!\b[Nn]ot\s)(?<!ithout\s)(?<!rior\s)(?<!revious\s)(?=(?:{_REQUIREMENT_OPENERS})\b)"
    rf"|(?<=[a-z)]\s)(?=(?:{_DUTY_OPENERS})\s[a-z]))"
)


def folded(text: str) -> str:
    """The text in lower case, hyphens as blanks, apostrophes straight; every index stays where it was."""
    low = text.lower()
    if len(low) != len(text):  # some capitals grow: İ becomes i and a dot
        low = "".join(letter.lower()[0] for letter in text)
    for letter, plain in _PLAIN.items():  # str.translate takes twenty times as long
        low = low.replace(letter, plain)
    return low


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text that is read by itself. `apart`: its own paragraph that no heading announces."""

    start: int
    end: int
    section: Section
    apart: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sentences and sections of a text begin."""

    text: str
    low: str
    """The folded copy."""
    cuts: tuple[int, ...]
    sections: tuple[tuple[int, int, Section], ...]
    """Start of the heading, where its content begins, what the content is."""

    def at(self, index: int) -> Sentence:
        """The sentence around a character."""
        place = bisect_right(self.cuts, index)
        start = self.cuts[place - 1]
        end = self.cuts[place] if place < len(self.cuts) else len(self.text)
        heading, content, section = self._section(start)
        announced = heading >= 0 and not self.text[content : min(start, content + 40)].strip(" \n\t:*#-–•")
        apart = not announced and self.text[max(0, start - 20) : start].rstrip(" \t").endswith("\n\n")
        return Sentence(start, end, section, apart)

    def _section(self, index: int) -> tuple[int, int, Section]:
        place = bisect_right(self.sections, index, key=lambda row: row[0])
        return self.sections[place - 1] if place else (-1, 0, "none")


def outline(text: str) -> Outline:
    """Sentences and sections of a text."""
    low = folded(text)
    sections = tuple(_sections(text, low))
    heads = chain.from_iterable((start, content) for start, content, _ in sections)
    cuts = sorted({0, *(match.end() for match in _BREAK.finditer(text)), *heads})
    return Outline(text, low, tuple(cuts), sections)


def quoted(text: str, sentence: Sentence, start: int, end: int) -> str:
    """The sentence, or a window of whole words around start..end where it is long. Always found in the text."""
    left, right = sentence.start, sentence.end
    if right - left > QUOTE_LIMIT:
        spare = max(QUOTE_LIMIT - (end - start), 0)
        left = max(left, start - spare // 2)
        right = min(right, left + QUOTE_LIMIT)
        left = left if left == sentence.start else text.find(" ", left, start) + 1 or start
        right = right if right == sentence.end else max(text.rfind(" ", end, right), end)
    return text[left:right].strip(" \t\n*•-–:;,")


@cache
def _heading_finder() -> tuple[AhoCorasick, tuple[Section, ...]]:
    rows: list[tuple[str, Section]] = [(phrase, kind) for kind, phrases in HEADINGS.items() for phrase in phrases]
    finder = AhoCorasick(
        [phrase for phrase, _ in rows], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    return finder, tuple(kind for _, kind in rows)


@cache
def _boilerplate_finder() -> AhoCorasick:
    return AhoCorasick(BOILERPLATE)


def _sections(text: str, low: str) -> list[tuple[int, int, Section]]:
    finder, kinds = _heading_finder()
    found: list[tuple[int, int, Section]] = []
    for which, start, end in finder.find_matches_as_indexes(low):
        if not _whole(low, start, end):
            continue
        if _is_heading(text, start, end):
            opens = _line_start(text, start)
            mild = kinds[which] == "must" and SHOULD_WORDS.search(low, opens, start)
            found.append((start, end, "should" if mild else kinds[which]))
    for _, start, end in _boilerplate_finder().find_matches_as_indexes(low):
        found.append((start, end, "other"))
    return sorted(found)


def _whole(low: str, start: int, end: int) -> bool:
    return not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum())


def _line_start(text: str, start: int) -> int:
    return max(text.rfind("\n", max(0, start - 40), start), start - 40, 0)


def _is_heading(text: str, start: int, end: int) -> bool:
    after = text[end : end + 4].lstrip(" *)")[:1]
    if after == ":" or (after == "?" and text[start].isupper()):
        return text[start].isupper() or _begins_before(text, start)
    return _own_line(text, start, end) or _inline_heading(text, start, end)


def _begins_before(text: str, start: int) -> bool:
    """A sentence or line begins a few words before: "The following skills:"."""
    words = text[max(0, start - 31) : start]
    return len(words) < 31 or any(mark in words for mark in ("\n", ". ", "! ", "? "))


def _own_line(text: str, start: int, end: int) -> bool:
    """A short line, mostly the heading's words: "What we look for in you"."""
    left = text.rfind("\n", max(0, start - 60), start) + 1
    right = text.find("\n", end, end + 60)
    right = len(text) if right < 0 else right
    if (left == 0 and start > 60) or right - left > 80 or (left == 0 and right == len(text)):
        return False
    line = text[left:right].strip(" *#\t:")
    return line[:1] not in "-–•▪●·" and (end - start) >= 0.6 * len(line)


_BEGIN_SENTENCES = ("You", "You'll", "You’ll", "We", "We're", "We’re", "It's", "It’s")
"""Before a capital these go on: "You will learn Python"."""


def _inline_heading(text: str, start: int, end: int) -> bool:
    """Capitalised words before a capital: "… scratch Preferred Qualifications Currently enrolled …"."""
    words = text[start:end].split()
    following = text[end : end + 4].strip(f" -–*{_BULLETS}")[:1]
    if not (text[start].isupper() and (following.isupper() or following.isdigit() or following == "\n")):
        return False
    if text[end : end + 2].strip()[:1] in _BULLETS and len(text) > end + 1:
        return end - start > 7
    opens = text[max(0, start - 3) : start].rstrip()[-1:] in ("", ".", "!", "?", ":", ")", "•")
    if len(words) == 1 or following == "\n":
        return opens and end - start > 7
    if all(word[0].isupper() or len(word) <= 3 for word in words):
        return True
    return opens and len(words) > 2 and words[0] not in _BEGIN_SENTENCES
