"""The part of the store for writing that is about kin: every method one transaction (see `db.store`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection

from db import kin
from db.codec import stamp
from db.kin import Marked, Regrouped
from finder.kin import Decision, Pair


class Kinship:
    """What `Store` can do about postings that are one, and about families."""

    def _transaction(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def unrelated(self, rules: str) -> dict[str, str]:
        """Positions whose kin was reckoned by other rules, from other facts, or never → the role they had ('' none)."""
        with self._transaction() as connection:
            return kin.stale(connection, rules)

    def employers(self) -> dict[str, list[str]]:
        """Name of a company → ids of its positions."""
        with self._transaction() as connection:
            return kin.employers(connection)

    def cards(self, ids: Collection[str]) -> list[Marked]:
        """What of these openings is compared with others, in the order of their ids."""
        with self._transaction() as connection:
            return kin.cards(connection, ids)

    def descriptions(self, ids: Collection[str]) -> dict[str, str]:
        """The descriptions of these openings, where there are any."""
        with self._transaction() as connection:
            return kin.descriptions(connection, ids)

    def save_kin(self, rules: str, reckoned: Sequence[Marked], found: Iterable[Pair]) -> None:
        """Keep the roles of these positions, and every pair that one of them is in, in the place of earlier ones."""
        with self._transaction() as connection:
            kin.save(connection, rules, reckoned, found)

    def regroup(self) -> Regrouped:
        """Group anew what is alike, by what a person decided; how many belong elsewhere than before."""
        with self._transaction() as connection:
            return kin.regroup(connection)

    def decide(self, said: Decision, now: datetime) -> Regrouped:
        """Keep what a person said of openings, in the place of what was said of the same before, and group anew."""
        with self._transaction() as connection:
            kin.decide(connection, said, stamp(now))
            return kin.regroup(connection)

    def undecide(self, one: str, other: str) -> bool:
        """Take back what a person said of these openings; False where nothing was."""
        with self._transaction() as connection:
            found = kin.undecide(connection, one, other)
            kin.regroup(connection)
            return found

    def part(self, opening: str, source: str, now: datetime) -> str:
        """Make an opening of its own of what a source showed of this one, now and whenever it shows it; its id."""
        with self._transaction() as connection:
            return kin.part(connection, opening, source, stamp(now))

    def is_unconcluded(self, facets: str, kin_rules: str) -> bool:
        """Whether anything was concluded by other rules than these, or from other facts, or not at all."""
        with self._transaction() as connection:
            return kin.is_unconcluded(connection, facets, kin_rules)

    def forget_conclusions(self) -> None:
        """Let every conclusion be drawn anew; they stay as they are until then."""
        with self._transaction() as connection:
            kin.forget(connection)
