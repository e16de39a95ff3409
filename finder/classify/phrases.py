"""Finding the phrases of a word list in a title, all in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from finder.classify.text import folded

Key = TypeVar("Key")

_PUNCTUATION = re.compile(r"[^\w+#]|_")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """A phrase at text[start:end], and what its list says of it."""

    key: Key
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[Key]):
    """Phrases ready to be found. Each: its key, whether letters may stand before and after it in the same word."""

    automaton: AhoCorasick
    facts: tuple[tuple[Key, bool, bool], ...]


def lexicon(tables: Iterable[tuple[Key, str]]) -> Lexicon[Key]:
    """Phrases separated by commas; `*` at an end also takes longer words."""
    words: list[str] = []
    facts: list[tuple[Key, bool, bool]] = []
    for key, table in tables:
        for phrase in (" ".join(part.split()) for part in table.split(",")):
            bare = phrase.strip("*")
            words.append(bare if phrase.startswith("*") else f" {bare}")
            facts.append((key, phrase.startswith("*"), phrase.endswith("*")))
    return Lexicon(AhoCorasick(words), tuple(facts))


def plain(text: str) -> str:
    """The text folded, marks as blanks; a character stands one place later than in the text."""
    return f" {_PUNCTUATION.sub(' ', folded(text))} "


def hits(words: Lexicon[Key], folded_text: str) -> list[Hit[Key]]:
    """The phrases in a text made `plain`, left to right; of overlapping ones the first and longest."""
    spans: list[tuple[int, int, int]] = []
    for which, start, end in words.automaton.find_matches_as_indexes(folded_text, overlapping=True):
        _, begins_open, ends_open = words.facts[which]
        if ends_open or folded_text[end] == " ":
            spans.append((folded_text.rfind(" ", 0, start) if begins_open else start, -end, which))
    found: list[Hit[Key]] = []
    free = 0
    for start, minus_end, which in sorted(spans):
        if start >= free:
            end = folded_text.find(" ", -minus_end) if words.facts[which][2] else -minus_end
            found.append(Hit(words.facts[which][0], start, end - 1))
            free = end
    return found
