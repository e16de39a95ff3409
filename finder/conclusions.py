"""What follows from the facts of the store, drawn anew where facts or rules changed: facets, then kin.

Opinions carry the version of the rules that they follow from: what an interruption leaves undone is found again.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from db.store import Store
from finder.classify import RULES as FACET_RULES
from finder.classify import classify
from finder.companies import named
from finder.config import Config
from finder.kin import RULES as KIN_RULES
from finder.kin import pairs
from finder.lock import locked
from finder.model import Facets

Tell = Callable[[int, int], None]
"""Hears how many openings are done, of how many."""

BATCH = 2000
"""Positions whose kin is reckoned at a time, and the room that takes: their whole blocks are in memory together."""

_SUBJECTS = ("kind", "role", "level", "needs", "described", "relevance")


@dataclass(frozen=True, slots=True)
class Summary:
    """What drawing conclusions anew came to."""

    openings: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)
    """Subject → how many openings are concluded otherwise about it than before; all that is new left out."""


def conclude(store: Store, tell: Tell = lambda _done, _all: None) -> Summary:
    """Classify what is new or changed, or was classified by other rules, and find what is kin to what."""
    changed: Counter[str] = Counter()
    done = 0

    def facets() -> Iterator[tuple[str, Facets]]:
        nonlocal done
        for id_, opening in store.unclassified(FACET_RULES):
            made = classify(opening)
            changed.update(_differences(opening.facets, made))
            done += 1
            tell(done, 0)
            yield id_, made

    store.save_facets(facets())
    changed.update(relate(store, tell))
    return Summary(done, {subject: count for subject, count in changed.most_common() if count})


def _differences(old: Facets | None, new: Facets) -> Iterable[str]:
    if old is None:
        return []
    told = [subject for subject in _SUBJECTS if getattr(old, subject) != getattr(new, subject)]
    subjects = sorted(old.stated.keys() | new.stated.keys())
    return told + [one for one in subjects if old.stated.get(one) != new.stated.get(one)]


# ------------------------------------------------------------------------------------------------ kin
def relate(store: Store, tell: Tell = lambda _done, _all: None) -> dict[str, int]:
    """Compare what is new or changed with all that can be the same, and group it; how many belong elsewhere now."""
    with _uncollected():
        roles = store.unrelated(KIN_RULES)
        if roles:
            staff = _Staff.of(store.employers())
            order = sorted(roles, key=lambda id_: (staff.block_of(id_), id_))
            for start in range(0, len(order), BATCH):
                some = order[start : start + BATCH]
                _reckon(store, frozenset(some), frozenset(roles[id_] for id_ in some), staff)
                tell(start + len(some), len(order))
        moved = store.regroup()
    return {"posting": moved.postings, "family": moved.families}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: cards are in none, and looking through them was a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Staff:
    """Which positions are of whom."""

    positions: Mapping[str, Collection[str]]
    """Name of a company → its positions."""
    names: Mapping[str, str]
    """Position → the name of its company."""
    blocks: Mapping[str, Collection[str]]
    """Block → the names in it."""

    @classmethod
    def of(cls, positions: Mapping[str, Collection[str]]) -> _Staff:
        blocks: dict[str, list[str]] = defaultdict(list)
        for name in positions:
            for block in named(name).blocks:
                blocks[block].append(name)
        return cls(positions, {id_: name for name, ids in positions.items() for id_ in ids}, blocks)

    def block_of(self, position: str) -> str:
        return named(self.names[position]).block

    def around(self, positions: Iterable[str]) -> set[str]:
        """These positions, all that share a block with one of them, and all of the roles that any of these is of."""
        here = set(positions)
        names = {self.names[id_] for id_ in here}
        near = {other for name in names for block in named(name).blocks for other in self.blocks[block]}
        whole = {other for name in near if named(name).key for other in self.blocks[named(name).block]}
        return here | {id_ for name in whole for id_ in self.positions[name]}


def _reckon(store: Store, ids: Collection[str], roles: Collection[str], staff: _Staff) -> None:
    """The kin of these positions, and of their siblings: the more there are, the harder it is to say which is which.
    `roles`: those that they had, whose others are fewer now."""
    around = store.cards(staff.around(ids))
    affected = {one.role for one in around if one.card.id in ids}.union(roles)
    fresh = [one for one in around if one.role in affected]
    found = pairs([one.card for one in around], {one.card.id for one in fresh}, store.descriptions)
    store.save_kin(KIN_RULES, fresh, found)


# ------------------------------------------------------------------------------------------------ all anew
def reclassify(config: Config, tell: Tell) -> Summary:
    """Draw every conclusion anew from the stored facts, without network. One that was interrupted goes on.

    Raises StoreError, and Busy while a refresh is running.
    """
    with locked(config.db), Store.open(config.db) as store:
        if not store.is_unconcluded(FACET_RULES, KIN_RULES):
            store.forget_conclusions()
        return conclude(store, tell)
