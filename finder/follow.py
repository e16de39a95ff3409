"""Boards become sources by themselves: learnt from links, asked once, followed if they are what the links said.

links ─▶ candidates ─▶ (budget) ─▶ one visit by the adapter itself ─▶ followed, recorded │ dead, remembered
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import scrapers
from db.store import Store
from finder.binding import Bound, bind
from finder.boards import Board, Standing
from finder.collect import Harvest, Shown
from finder.config import Config
from finder.discovery import (
    again,
    answered,
    candidates,
    dead,
    merged,
    registered,
    speaks,
    to_ask,
    unanswered,
    unreached,
)
from finder.errors import StoreError
from finder.model import SourceResult
from finder.visit import LONGEST, Visitor, together
from finder.watch import as_source, can_be_read, is_configured

GIVE_UP = 5
"""Visits in a row that brought nothing, after which a followed board is given up: it rests like a dead one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One board that was asked whether it is there, and what came of it."""

    board: Board
    standing: Standing
    result: SourceResult | None = None
    """Of its first visit, if it is followed."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one round of discovery came to."""

    asked: tuple[Asked, ...] = ()
    new: int = 0
    """Boards that no round before knew."""
    known: Mapping[str, int] = field(default_factory=dict)
    """All boards that are known now, by their system."""
    reached: bool = True
    """Whether any host answered in this run; where none did, that may be the network."""

    @property
    def results(self) -> tuple[SourceResult, ...]:
        """First visits of the boards that are followed from now on."""
        return tuple(one.result for one in self.asked if one.result)

    def count(self, state: str) -> int:
        """How many of those asked turned out so."""
        return sum(one.standing.state == state for one in self.asked)


# ------------------------------------------------------------------------------------------------ one round
async def discover(visitor: Visitor, config: Config, budget: int, results: Sequence[SourceResult]) -> Discovered:
    """Learn boards from the links that are in the store, and ask the `budget` best of them whether they are there.

    What befalls one of them is remembered with it and costs nothing else: a board that is not there is no failure.
    `results`: of the sources visited before in this run, of which some did well.
    """
    store, now = visitor.store, visitor.clock()
    _give_up(store, results, now)
    found = merged(candidates(store.links()), registered() if config.collection.defaults else ())
    new = store.save_candidates(found, [source.name for source in config.sources], now)
    boards = store.boards()
    adapters = scrapers.load()
    free = [
        board
        for board in boards
        if not is_configured(board.candidate, config) and can_be_read(as_source(board, config), adapters)
    ]
    urls = {one.key: one.urls for one in found}
    chosen = to_ask(free, budget, config.discovery.max_boards, now)
    asked = await _ask_all(visitor, config, [(one, urls.get(one.candidate.key, ())) for one in chosen])
    reached = not asked or visitor.fetcher.reached > 0
    return Discovered(asked, new, Counter(board.candidate.system for board in boards), reached)


async def _ask_all(
    visitor: Visitor, config: Config, chosen: Sequence[tuple[Board, tuple[str, ...]]]
) -> tuple[Asked, ...]:
    """Visit each board once. What answers is recorded at once; what does not is judged when all are through."""

    async def ask(board: Board, links: tuple[str, ...]) -> Asked | Exception:
        harvest, error = await visitor.reach(_bound(board, config), afresh=True)
        try:
            return error or _answered(visitor, config, board, links, harvest)
        except StoreError:
            raise
        except Exception as surprise:  # a board costs itself, as a source does
            return surprise

    told = await together(ask(board, links) for board, links in chosen)
    return tuple(
        _in_vain(visitor, board, done) if isinstance(done, Exception) else done
        for (board, _), done in zip(chosen, told, strict=True)
    )


def _in_vain(visitor: Visitor, board: Board, error: Exception) -> Asked:
    standing = unanswered if visitor.fetcher.reached else unreached
    return _mark(visitor, board, standing(error, board.misses, visitor.clock()))


def _answered(visitor: Visitor, config: Config, board: Board, links: tuple[str, ...], harvest: Harvest) -> Asked:
    """Record what a board showed, if it is believed."""
    candidate, found = replace(board.candidate, urls=links), harvest.found
    standing = answered(candidate, found, board.misses, visitor.clock())
    if standing.state != "followed":
        return _mark(visitor, board, standing)
    board = replace(board, silent=bool(candidate.company) and not speaks(candidate, found))
    named = _named(harvest, candidate.company) if board.silent else harvest
    result = visitor.conclude(_bound(board, config), named, None)
    if result.outcome == "failed":
        return _mark(visitor, board, again(result.problem, board.misses, visitor.clock()))
    return replace(_mark(visitor, board, standing), result=result)


def _mark(visitor: Visitor, board: Board, standing: Standing) -> Asked:
    standing = replace(standing, problem=" ".join(standing.problem.split())[:LONGEST])
    visitor.store.mark_board(board.name, standing, visitor.clock(), board.silent)
    return Asked(board, standing)


def _bound(board: Board, config: Config) -> Bound:
    (bound,) = bind(replace(config, sources=(as_source(board, config),)), {})
    return bound


def _named(harvest: Harvest, company: str) -> Harvest:
    """The same under the company's name, as the adapter will give it from now on."""
    shown = {
        key: Shown(one.page, replace(one.found, organization=company), one.at) for key, one in harvest.shown.items()
    }
    details = {
        key: {
            part: {**fields, "organization": company} if "organization" in fields else fields
            for part, fields in parts.items()
        }
        for key, parts in harvest.details.items()
    }
    return replace(harvest, shown=shown, details=details)


def _give_up(store: Store, results: Sequence[SourceResult], now: datetime) -> None:
    """Let followed boards rest that brought nothing for long."""
    failed = {result.name for result in results if result.outcome == "failed"}
    for board in store.boards():
        if board.state == "followed" and board.name in failed:
            visits = [changed for _, changed in store.visits(board.name, GIVE_UP)]
            if len(visits) == GIVE_UP and all(changed is None for changed in visits):
                problem = f"given up after {GIVE_UP} visits in vain"
                store.mark_board(board.name, dead(problem, board.misses, now), now)
