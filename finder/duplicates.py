"""Two postings → how likely they are the same one, from what is written alone. Pure.

Of use where no address tells: two addresses of one posting in a hiring system have one identity (`finder.urls`), and
two postings of such systems are two. The weights were learned by `bench/learn_duplicates.py` from pairs of lists that
carry the same job id: `data/duplicates.tsv` holds decision trees whose sum is a log-odds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from finder.companies import likeness, named
from finder.model import Place
from finder.wording import Wording, folded, wording

WEIGHTS = Path(__file__).with_name("data") / "duplicates.tsv"

LIKELY = 0.5
"""The best balance of precision and recall, 0.86 and 0.75, in cross-validation by company."""
SURE = 0.95
"""From here on 99 of 100 pairs of lists were one posting, 45 % of all that were, in cross-validation by company."""

UNKNOWN = math.nan
SAME_TEXT, OTHER_TEXT = 0.8, 0.2
"""Share of runs of words in common from which on two descriptions are one text, and up to which they are two. Of one
posting on several boards, texts share 80 % and more; between these bounds a text says nothing."""
SHINGLE = 5
"""Words of a run."""
_SHORT = 40  # a description of fewer runs says nothing
_TEXT_ODDS = {"same": 2.0, "other": -4.0}
"""What a description adds to the log-odds, and pay: no pair that was learned from has either, so these are set by hand:
one text is no proof, siblings share theirs too; two texts all but rule it out."""
_PAY_ODDS = -4.0
MOST_MORE = _TEXT_ODDS["same"]
"""The most that is ever added to the log-odds of the features."""
_MAX_GAP, _APART = 400, 120
"""Days: further apart than the first is no different, further than the second is another round of hiring."""


@dataclass(frozen=True, slots=True)
class Card:
    """What of a posting is compared."""

    id: str
    company: str
    title: Wording
    cities: frozenset[tuple[str, str, str]] = frozenset()
    regions: frozenset[tuple[str, str]] = frozenset()
    countries: frozenset[str] = frozenset()
    where: str = ""
    """Its places as written, folded."""
    remote: bool | None = None
    seasons: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    day: int | None = None
    """When it was posted, as a number of days."""
    pay: str = ""
    sources: frozenset[str] = frozenset()
    link: str = ""
    """What its address proves; see `finder.kin`."""

    role: tuple[str, ...] = ()
    """What siblings have in common: the company, the work, the degrees. () where the company is not named."""


def card(
    id_: str,
    company: str,
    title: str,
    places: Sequence[Place],
    *,
    terms: Iterable[str] = (),
    remote: bool | None = None,
    day: int | None = None,
    pay: str = "",
    sources: Iterable[str] = (),
    link: str = "",
) -> Card:
    """The card of a posting; terms that its list states count like those of the title."""
    told, stated, key = wording(title), wording(" ".join(terms)), named(company).key
    where, cities, regions, countries = _located(tuple(places))
    return Card(
        id=id_,
        company=company,
        title=told,
        cities=cities,
        regions=regions,
        countries=countries,
        where=where,
        remote=remote,
        seasons=told.seasons or stated.seasons,
        years=told.years or stated.years,
        day=day,
        pay=folded(pay),
        sources=frozenset(sources),
        link=link,
        role=(key, *sorted(told.core), "", *sorted(told.degrees), told.student) if key else (),
    )


@lru_cache(maxsize=8192)
def _located(
    places: tuple[Place, ...],
) -> tuple[str, frozenset[tuple[str, str, str]], frozenset[tuple[str, str]], frozenset[str]]:
    return (
        " ".join(sorted(folded(place.text) for place in places)),
        frozenset((place.city, place.region, place.country) for place in places if place.city),
        frozenset((place.region, place.country) for place in places if place.region),
        frozenset(place.country for place in places if place.country),
    )


# ------------------------------------------------------------------------------------------------ siblings
@dataclass(frozen=True, slots=True)
class Crowd:
    """How many postings of one role each source shows: among many alike it is hard to say which is which."""

    roles: Mapping[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    places: Mapping[tuple[str, tuple[str, ...], str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, cards: Iterable[Card]) -> Crowd:
        """Count these, which must hold all of each role that is asked about."""
        roles: dict[tuple[str, tuple[str, ...]], int] = {}
        places: dict[tuple[str, tuple[str, ...], str], int] = {}
        for one in cards:
            role = one.role
            for source in one.sources:
                roles[source, role] = roles.get((source, role), 0) + 1
                places[source, role, one.where] = places.get((source, role, one.where), 0) + 1
        return cls(roles, places)

    def beside(self, one: Card, sources: Set[str]) -> int:
        """Postings of its role at the source, of these, that shows most."""
        role = one.role
        return max((self.roles.get((source, role), 0) for source in sources), default=0)

    def there(self, one: Card) -> int:
        """The same at its own sources, of those at its place."""
        role, where = one.role, one.where
        return max((self.places.get((source, role, where), 0) for source in one.sources), default=0)


# ------------------------------------------------------------------------------------------------ features
FEATURES = (
    "days", "company", "core", "sorted", "missing_least", "missing_most", "letters", "whole", "same_core",
    "years", "seasons", "numbers", "degrees", "ranks", "student",
    "place", "cities", "city", "region", "country", "words_of_place", "cities_most", "remote",
    "alike_least", "alike_most", "across_least", "across_most", "there_least", "there_most",
)  # fmt: skip
"""Names of what `features` gives, in its order."""


def features(a: Card, b: Card, crowd: Crowd) -> tuple[float, ...]:
    """What two cards have in common, in numbers; the same whichever comes first."""
    one, other = a.title, b.title
    lacks = sorted((len(one.core - other.core), len(other.core - one.core)))
    alike = sorted((crowd.beside(a, a.sources), crowd.beside(b, b.sources)))
    across = sorted((crowd.beside(a, b.sources), crowd.beside(b, a.sources)))
    there = sorted((crowd.there(a), crowd.there(b)))
    return (
        UNKNOWN if a.day is None or b.day is None else min(abs(a.day - b.day), _MAX_GAP),
        likeness(a.company, b.company),
        _jaccard(one.core, other.core),
        fuzz.token_sort_ratio(one.line, other.line) / 100,
        *lacks,
        fuzz.ratio(*sorted((" ".join(one.words), " ".join(other.words)))) / 100,
        one.words == other.words,
        one.core == other.core,
        _clash(a.years, b.years),
        _clash(a.seasons, b.seasons),
        _clash(one.numbers, other.numbers),
        _clash(one.degrees, other.degrees),
        _clash(one.ranks, other.ranks),
        _clash({one.student} - {""}, {other.student} - {""}),
        a.where == b.where,
        _jaccard(a.cities, b.cities) if a.cities and b.cities else UNKNOWN,
        _clash(a.cities, b.cities),
        _clash(a.regions, b.regions),
        _clash(a.countries, b.countries),
        _jaccard(set(a.where.split()), set(b.where.split())),
        max(len(a.cities), len(b.cities)),
        bool(a.remote) + bool(b.remote),
        *alike,
        *across,
        *there,
    )


def contradict(a: Card, b: Card) -> bool:
    """Whether the two say what cannot be true of one posting: other cities, other terms, other degrees. Lists err about
    all of these, so that they are no proof; but who could have the one posting would not see it in the other."""
    if a.day and b.day and abs(a.day - b.day) > _APART:
        return True
    stated = ((a.cities, b.cities), (a.years, b.years), (a.seasons, b.seasons), (a.title.degrees, b.title.degrees))
    return any(one and other and not one & other for one, other in stated)


def _jaccard(one: Set[object], other: Set[object]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _clash(one: Set[object], other: Set[object]) -> float:
    """0 the same, 1 more on one side, 2 nothing in common."""
    if one == other:
        return 0.0
    return 2.0 if one and other and not one & other else 1.0


# ------------------------------------------------------------------------------------------------ the model
_Tree = float | tuple[int, float, bool, "_Tree", "_Tree"]
"""A leaf's log-odds, or: feature, bound, whether what is unknown goes below; the tree for up to it; the rest."""


def log_odds(values: Sequence[float]) -> float:
    """What the learned trees say of two cards with these features."""
    odds = 0.0
    for tree in trees():
        odds += _leaf(tree, values)
    return odds


def probability(odds: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-odds)) if odds > -50 else 0.0


def _leaf(tree: _Tree, values: Sequence[float]) -> float:
    while isinstance(tree, tuple):
        feature, bound, unknown, below, above = tree
        value = values[feature]
        tree = below if value <= bound or (unknown and value != value) else above
    return tree


@cache
def trees() -> tuple[_Tree, ...]:
    """The learned trees: one a line, `name<bound` or `name?bound` (what is unknown goes below) before what is below and
    what is above."""
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    return tuple(_tree(iter(line.split())) for line in lines if line and not line.startswith("#"))


def _tree(words: Iterator[str]) -> _Tree:
    word = next(words)
    mark = "?" if "?" in word else "<"
    name, found, bound = word.partition(mark)
    if not found:
        return float(word)
    return FEATURES.index(name), float(bound), mark == "?", _tree(words), _tree(words)


# ------------------------------------------------------------------------------------------------ texts
def shingles(text: str) -> frozenset[int]:
    """Every run of SHINGLE words of a text, as numbers that mean something within one run of the program."""
    words = folded(text).split()
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))


def text_odds(one: frozenset[int], other: frozenset[int]) -> tuple[float, str]:
    """What two descriptions add to the log-odds, and in words; nothing where one of them is short."""
    if min(len(one), len(other)) < _SHORT:
        return 0.0, ""
    share = _jaccard(one, other)
    if share >= SAME_TEXT:
        return _TEXT_ODDS["same"], "same description"
    return (_TEXT_ODDS["other"], "another description") if share <= OTHER_TEXT else (0.0, "")


def pay_odds(one: str, other: str) -> float:
    """Two figures of pay that share no number are hardly one posting's."""
    mine, theirs = (frozenset(re.findall(r"\d+(?:[.,]\d+)?", text)) for text in (one, other))
    return _PAY_ODDS if mine and theirs and not mine & theirs else 0.0


def why(a: Card, b: Card) -> str:
    """What speaks for it, in words."""
    told = [
        "same title" if a.title.words == b.title.words else "same words of the title" * (a.title.core == b.title.core),
        "" if named(a.company).key == named(b.company).key else f"{a.company} and {b.company} can be one",
        _same_place(a, b),
        "" if a.day is None or b.day is None else _apart(abs(a.day - b.day)),
    ]
    return ", ".join(filter(None, told)) or "alike in title and place"


def _same_place(a: Card, b: Card) -> str:
    cities = sorted(city for city, _, _ in a.cities & b.cities)
    return "same place" if a.where and a.where == b.where else f"both in {' and '.join(cities[:2])}" if cities else ""


def _apart(days: int) -> str:
    return "posted the same day" if not days else f"posted {days} day{'s' * (days > 1)} apart"
