"""Whether an opening is where, when and how somebody wishes: places, remote work, terms, in words as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from finder.model import Opening, Place

_TOKEN = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not decompose, as they are typed without their key."""

_REMOTE = frozenset({"remote", "anywhere", "worldwide", "telecommute", "homeoffice"})

_SEASONS: Mapping[str, str] = {"autumn": "fall"}


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return tuple(_TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c))))


def says(text: str, wanted: str) -> bool:
    """Whether whole words of `text` in a row spell `wanted`: York is in New York, not in Yorkshire; `jp morgan` is in
    J.P. Morgan Chase."""
    spelt = "".join(words(wanted))
    there = words(text)
    return bool(spelt) and any(_begins(there[start:], spelt) for start in range(len(there)))


def _begins(there: tuple[str, ...], spelt: str) -> bool:
    for word in there:
        if not spelt.startswith(word):
            return False
        spelt = spelt[len(word) :]
        if not spelt:
            return True
    return False


def is_remote(opening: Opening) -> bool:
    """What the source says; where it does not say, whether one of its places is called remote."""
    if opening.remote is not None:
        return opening.remote
    return any(not _REMOTE.isdisjoint(words(place.text)) for place in opening.places)


def terms_of(opening: Opening) -> tuple[str, ...]:
    """The terms its source names, else those that were read out of its text."""
    if opening.terms or opening.facets is None:
        return opening.terms
    return tuple(term for term in opening.facets.evidence.get("term", "").split("; ") if term)


def of_term(opening: Opening, wanted: str) -> bool:
    """Whether one of its terms has every word of `wanted`: `2027` is met by Summer 2027. False where no term is known."""
    asked = _season_words(wanted)
    return bool(asked) and any(asked <= _season_words(term) for term in terms_of(opening))


@lru_cache(maxsize=1024)
def _season_words(term: str) -> frozenset[str]:
    return frozenset(_SEASONS.get(word, word) for word in words(term))
