"""What the words of a title weigh as evidence of work with machine learning or data: a small linear model.

Learnt by bench/learn_titles.py, kept as plain numbers in finder/data/role_weights.tsv, read when first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from finder.classify.text import folded

WEIGHTS_FILE = Path(__file__).resolve().parents[1] / "data" / "role_weights.tsv"

BIAS = "(any title)"
"""The row of the log odds before any word is read."""

_WORD = re.compile(r"[^\W_]+[+#]*")


def words_of(title: str) -> list[str]:
    """The words of a title in small letters, numbers left out."""
    return [word for word in _WORD.findall(folded(title)) if not word.isdigit()]


def features(title: str) -> Iterator[str]:
    """Each word of a title and each pair of neighbours, once."""
    words = words_of(title)
    yield from dict.fromkeys([*words, *(f"{one} {other}" for one, other in pairwise(words))])


@cache
def weights() -> Mapping[str, float]:
    """Log odds by word and by pair of words, and under BIAS those of any title."""
    rows = (line.split("\t") for line in WEIGHTS_FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return MappingProxyType({words: float(number) for words, number in rows})


def odds(title: str) -> float:
    """Log odds that the known words of a title add: positive for machine learning or data, 0 where none is known."""
    known = weights()
    return sum(known.get(feature, 0.0) for feature in features(title))
