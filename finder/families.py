"""Openings of one role shown once: the best of each family, and what else there is of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from finder.model import Match, Opening
from finder.wishes import public_kind


@dataclass(frozen=True, slots=True)
class Kin:
    """What an opening is kin to: equal `posting`, and it is the same one; equal `family`, and it is of one role."""

    posting: str
    family: str


@dataclass(frozen=True, slots=True)
class Family:
    """The family of an opening that is shown, and the others of it that passed the same filters, best first."""

    label: str
    others: tuple[Opening, ...] = ()
    """Of each further posting one."""


ALONE: Mapping[str, Family] = MappingProxyType({})
"""Every opening stands for itself."""


def fold(matches: Iterable[Match], kin: Mapping[str, Kin]) -> tuple[list[Match], dict[str, Family]]:
    """The first match of each family, in order, and by its id its family. Every match was filtered and ranked before;
    what has no family is one by itself."""
    members: dict[tuple[str, str], dict[str, Match]] = {}
    for match in matches:
        id_ = match.opening.id
        its = kin.get(id_, Kin(id_, id_))
        members.setdefault((public_kind(match.opening), its.family), {}).setdefault(its.posting, match)
    heads = [next(iter(postings.values())) for postings in members.values()]
    told = {
        head.opening.id: Family(label, tuple(match.opening for match in list(postings.values())[1:]))
        for head, ((_, label), postings) in zip(heads, members.items(), strict=True)
    }
    return heads, told


def places_of(openings: Sequence[Opening]) -> tuple[str, ...]:
    """Where these are, each place once."""
    return tuple(dict.fromkeys(place.city or place.text for one in openings for place in one.places))


# ------------------------------------------------------------------------------------------------ one opening's kin
@dataclass(frozen=True, slots=True)
class Alike:
    """Two openings that text says are one posting, how surely, and why in words."""

    one: str
    other: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """A decision of a person: `one` and `other` are one posting (`joined`) or not; without `other`, `one` is by
    itself."""

    one: str
    other: str
    joined: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Relatives:
    """What one opening is kin to: ids of the others of its posting and of its family, without those of its posting;
    the pairs that made the posting; and what a person said of any of these."""

    posting: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    pairs: tuple[Alike, ...] = ()
    said: tuple[Said, ...] = ()
    label: str = ""
    """Of its family."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What an opening is kin to, and the openings that this names, by id."""

    relatives: Relatives
    openings: Mapping[str, Opening]

    def of(self, ids: Sequence[str]) -> list[Opening]:
        """Those of these that are in the store."""
        return [self.openings[id_] for id_ in ids if id_ in self.openings]
