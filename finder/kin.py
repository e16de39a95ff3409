"""Which postings are one, and which are of one role: pairs of cards → groups. Pure.

Two levels:

- *posting*: the same opening, seen under addresses that do not tell so. Only a pair of which one side's address proves
  nothing is ever compared, two that one source shows side by side are two, and a group holds only members of which each
  goes with each (complete linkage), so that no chain grows.
- *family*: postings of one role at one company (sibling requisitions, other cities, other terms). They stay openings of
  their own; a family is shown together.

What a person decided stands over both.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from finder.companies import likeness, named
from finder.duplicates import (
    MOST_MORE,
    SURE,
    Card,
    Crowd,
    contradict,
    features,
    log_odds,
    pay_odds,
    probability,
    shingles,
    text_odds,
    why,
)

RULES = "2"
"""Version of what is concluded here. Change it with every change of weights or rules."""

PROVEN = "@"
"""The link of a posting whose address names a hiring system's job id."""

MOST = 12
"""Postings of one group at most: no posting was found in more lists than this, what is larger is a mistake."""

SHARED = 1.0
"""Of the words of the shorter title, the share that the other must have for the two to be compared: of pairs that were
sure, none had less."""


def link_of(identity: str) -> str:
    """What an identity proves of a posting: PROVEN; the host of an address that no known system made; '' nothing."""
    kind, _, rest = identity.partition(":")
    if kind == "source":
        return ""
    return rest.partition("/")[0] if kind == "url" else PROVEN


def may_be_one(a: Card, b: Card) -> bool:
    """Whether text may say that two are one: not where both addresses tell, nor where one site or source shows both."""
    return not (a.link and a.link == b.link) and not a.sources & b.sources


def label_of(one: Card) -> str:
    """What all of its role have in common, and no others; '' where no company is named: each stands for itself."""
    return hashlib.blake2b("\n".join(one.role).encode(), digest_size=6).hexdigest() if one.role else ""


# ------------------------------------------------------------------------------------------------ pairs
@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two postings (`one` < `other`) that text says are one, how surely, and why in words."""

    one: str
    other: str
    score: float
    why: str = ""


def candidates(
    cards: Sequence[Card], fresh: AbstractSet[str] | None = None, shared: float = SHARED
) -> Iterator[tuple[Card, Card]]:
    """Pairs that are worth comparing, each once, one of them `fresh` (None: all are): names that can be one company's,
    and so much of the shorter title in common."""
    new = [one for one in cards if fresh is None or one.id in fresh]
    asking = [one for one in new if one.link != PROVEN]
    ids = {one.id for one in asking}
    for one, other in _met(asking, cards, shared):
        if other.id not in ids or one.id < other.id:
            yield one, other
    others = [one for one in cards if one.link != PROVEN and one.id not in ids]
    yield from _met([one for one in new if one.link == PROVEN], others, shared)


def _met(asking: Sequence[Card], cards: Sequence[Card], shared: float) -> Iterator[tuple[Card, Card]]:
    """Each of `asking` with each of `cards` that it may be one with."""
    index: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for one in cards if asking else ():
        for key in _keys(one):
            index[key].append(one)
    for one in asking if index else ():
        for other in _near(one, index, shared):
            if may_be_one(one, other) and likeness(one.company, other.company):
                yield one, other


def _keys(one: Card) -> list[tuple[str, str]]:
    return [(block, word) for block in named(one.company).blocks for word in one.title.core or ("",)]


def _near(one: Card, index: Mapping[tuple[str, str], Sequence[Card]], share: float) -> Iterator[Card]:
    shared: dict[str, int] = defaultdict(int)
    found: dict[str, Card] = {}
    seen: set[tuple[str, str]] = set()
    for key in _keys(one):
        for other in index.get(key, ()):
            if (key[1], other.id) not in seen:
                seen.add((key[1], other.id))
                shared[other.id] += 1
                found[other.id] = other
    mine = len(one.title.core)
    for id_, words in shared.items():
        if id_ != one.id and words >= share * min(mine, len(found[id_].title.core)):
            yield found[id_]


def pairs(
    cards: Sequence[Card],
    fresh: AbstractSet[str] | None,
    described: Callable[[AbstractSet[str]], Mapping[str, str]],
    least: float = SURE,
) -> list[Pair]:
    """Those of the candidates that are one with a probability of `least` or more. `cards` hold all of each role;
    `described` gives the descriptions of some, and is asked for few."""
    crowd, likely = Crowd.of(cards), list[tuple[Card, Card, float]]()
    for a, b in candidates(cards, fresh):
        if not contradict(a, b):
            odds = log_odds(features(a, b, crowd))
            if probability(odds + MOST_MORE) >= least:
                likely.append((a, b, odds))
    texts = described({one.id for a, b, _ in likely for one in (a, b)}) if likely else {}
    runs = {id_: shingles(text) for id_, text in texts.items()}
    found = [_pair(a, b, odds, runs) for a, b, odds in likely]
    return sorted(pair for pair in found if pair.score >= least)


def _pair(a: Card, b: Card, odds: float, runs: Mapping[str, frozenset[int]]) -> Pair:
    more, words = text_odds(runs.get(a.id, frozenset()), runs.get(b.id, frozenset()))
    score = probability(odds + more + pay_odds(a.pay, b.pay))
    one, other = sorted((a, b), key=lambda card: card.id)
    return Pair(one.id, other.id, round(score, 4), ", ".join(filter(None, (why(one, other), words))))


# ------------------------------------------------------------------------------------------------ groups
@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of two postings: that they are one (`joined`), or that `one` is not `other`; without `other`,
    that it stands by itself."""

    one: str
    other: str
    joined: bool


def groups(
    found: Iterable[Pair], decisions: Sequence[Decision], sources: Mapping[str, AbstractSet[str]]
) -> list[tuple[str, ...]]:
    """Groups of two and more that are one posting, each in order. What was joined by hand goes first, earliest first;
    then pairs from the surest on, as long as each of a group goes with each."""
    grown = _Grown(decisions, sources)
    for decision in decisions:
        if decision.joined:
            grown.join(decision.one, decision.other)
    grown.freeze()
    ordered = sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))
    linked = {frozenset((grown.unit(pair.one), grown.unit(pair.other))) for pair in ordered}
    for pair in ordered:
        grown.link(pair.one, pair.other, linked)
    return grown.groups()


class _Grown:
    """Groups under way. A unit is what was joined by hand; complete linkage is asked between units."""

    def __init__(self, decisions: Iterable[Decision], sources: Mapping[str, AbstractSet[str]]) -> None:
        parted = [decision for decision in decisions if not decision.joined]
        self.alone = {decision.one for decision in parted if not decision.other}
        self.apart = {frozenset((decision.one, decision.other)) for decision in parted if decision.other}
        self.sources = sources
        self.group: dict[str, frozenset[str]] = {}
        self.units: dict[str, str] = {}

    def of(self, one: str) -> frozenset[str]:
        return self.group.get(one, frozenset((one,)))

    def unit(self, one: str) -> str:
        return self.units.get(one, one)

    def join(self, one: str, other: str) -> None:
        if not self._are_parted(self.of(one), self.of(other)):
            self._merge(one, other)

    def freeze(self) -> None:
        """What is joined so far becomes units."""
        self.units = {one: min(group) for one, group in self.group.items()}

    def link(self, one: str, other: str, linked: AbstractSet[frozenset[str]]) -> None:
        mine, theirs = self.of(one), self.of(other)
        if mine != theirs and len(mine) + len(theirs) <= MOST and self._fit(mine, theirs, linked):
            self._merge(one, other)

    def _fit(self, mine: AbstractSet[str], theirs: AbstractSet[str], linked: AbstractSet[frozenset[str]]) -> bool:
        here, there = ({source for one in group for source in self.sources.get(one, ())} for group in (mine, theirs))
        return (
            not here & there
            and not (mine | theirs) & self.alone
            and not self._are_parted(mine, theirs)
            and all(frozenset((self.unit(a), self.unit(b))) in linked for a in mine for b in theirs)
        )

    def _are_parted(self, mine: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
        return any(frozenset((a, b)) in self.apart for a in mine for b in theirs)

    def _merge(self, one: str, other: str) -> None:
        whole = self.of(one) | self.of(other)
        self.group |= dict.fromkeys(whole, whole)

    def groups(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(group)) for group in set(self.group.values()) if len(group) > 1)


# ------------------------------------------------------------------------------------------------ families
def families(labels: Mapping[str, str], heads: Mapping[str, str], decisions: Iterable[Decision]) -> dict[str, str]:
    """Opening → its family: the label of its posting's head (`heads`: opening → head, itself where it is alone). One
    that a person split off has a family of its own, with all of its posting."""
    told = {one: labels[head] for one, head in heads.items()}
    for decision in decisions:
        one, other = decision.one, decision.other
        if not decision.joined and one in told and (not other or told[one] == told.get(other, "")):
            head = heads[one]
            told |= {member: f"{labels[head]}-{head}" for member, its in heads.items() if its == head}
    return told
