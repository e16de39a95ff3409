"""The use cases that change the store, and in `refresh` and `Visitor.visit` the line:

    config ─▶ fetch ─▶ parse ─▶ normalise ─▶ record ─▶ classify ─▶ rank ─▶ render / deliver

Stages never call each other: what one hands out is carried to the next here. The last two begin where a person asks
(`finder.matching`), because a score depends on the person and on now and is never stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from db.files import exists
from db.store import Store
from finder.binding import Bound, bind, check
from finder.conclusions import conclude
from finder.config import Config
from finder.errors import ALL_FAILED, ConfigError, SourceError
from finder.fetch import Fetcher
from finder.follow import Discovered, discover
from finder.issues import check_best
from finder.lock import locked
from finder.model import Outcome, SourceResult
from finder.pace import is_due
from finder.verify import Verified, verify
from finder.visit import Clock, Visitor, together
from finder.watch import with_boards


class Watcher(Protocol):
    """Who wants to hear how a refresh goes."""

    def planned(self, names: list[str]) -> None:
        """These sources will be visited."""

    def finished(self, result: SourceResult) -> None:
        """One of them has been."""

    def discovering(self) -> None:
        """All have been; boards that links tell of are asked whether they are there, and openings' own pages."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sources to visit: those that are due, all (`everything`), or those named."""

    everything: bool = False
    only: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh did: a result for each source visited."""

    results: tuple[SourceResult, ...]
    resting: int = 0
    """Sources that were not visited because they are not due."""
    discovered: Discovered = field(default_factory=Discovered)
    verified: Verified = field(default_factory=Verified)
    local: tuple[str, ...] = ()
    """Sources that ship with finder: they never fail, and tell nothing of the network."""

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """What came of the sources that are asked of a host."""
        return frozenset(result.outcome for result in self.results if result.name not in self.local)

    @property
    def exit_code(self) -> int:
        """0 all well · 3 some sources failed or were held, the rest is saved · 4 every source failed.

        A source that rests did well before, or failed within the hour: that it is not due is no failure.
        """
        asked = self.outcomes - {"not yet"}
        if asked == {"failed"} and not self.resting:
            return ALL_FAILED
        return SourceError.exit_code if {"failed", "held"} & asked else 0


def refresh(config: Config, environ: Mapping[str, str], clock: Clock, plan: Plan, watcher: Watcher) -> Report:
    """Visit what is due, record it, and conclude what follows from it.

    Raises ConfigError before the first request, StoreError, and Busy; what befalls a source is in its result.
    """
    if exists(config.db):
        check(config)
    else:  # no board is known by name yet
        bind(config, environ, plan.only)
    with locked(config.db), Store.open(config.db) as store:
        sources = bind(with_boards(config, store.boards()), environ, plan.only)
        due, now = store.due(), clock()
        chosen = [s for s in sources if plan.everything or plan.only or is_due(due.get(s.name), s.every, now)]
        watcher.planned([source.name for source in chosen])
        run = store.begin_run(clock())
        if not plan.only:
            store.watch([source.name for source in sources], clock())
        budgets = _budgets(config, sources) if chosen and not plan.only else Budgets()
        report = asyncio.run(_visit_all(chosen, config, store, run, clock, watcher, budgets))
        conclude(store)
        store.reckon()
        store.end_run(run, clock())
    return replace(report, resting=len(sources) - len(chosen))


@dataclass(frozen=True, slots=True)
class Budgets:
    """What may be asked besides the sources."""

    boards: int = 0
    pages: int = 0
    """Own pages of doubtful openings. Where it is 0 no issue of a project is looked at either."""
    github: str = field(default="", repr=False)
    """The token by which GitHub is asked for issues; '' for none."""


def _budgets(config: Config, sources: Iterable[Bound]) -> Budgets:
    """GitHub's token is that of any source of GitHub, due or not: issues are asked of the same service."""
    token = next((source.token for source in sources if source.adapter.kind == "github_repos" and source.token), "")
    return Budgets(config.discovery.budget if config.discovery.enabled else 0, config.verify.budget, token)


def explore(config: Config, clock: Clock, budget: int, watcher: Watcher) -> Discovered:
    """Ask so many boards that links told of whether they are there, now, and visit nothing else.

    Raises ConfigError where discovery is switched off, StoreError, and Busy.
    """
    if not config.discovery.enabled:
        where = config.origins.get("discovery.enabled", "config.toml")
        raise ConfigError(where, "discovery.enabled", "is false: no board becomes a source by itself")
    with locked(config.db), Store.open(config.db) as store:
        run = store.begin_run(clock())
        report = asyncio.run(_visit_all([], config, store, run, clock, watcher, Budgets(boards=budget)))
        conclude(store)
        store.end_run(run, clock())
    return report.discovered


async def _visit_all(
    chosen: list[Bound], config: Config, store: Store, run: int, clock: Clock, watcher: Watcher, budgets: Budgets
) -> Report:
    """Visit these sources; then ask boards that the links collected so far tell of, and doubtful openings' pages."""
    async with Fetcher(config.fetch, now=clock, holds=store.holds()) as fetcher:
        visitor = Visitor(fetcher, config.fetch.source_timeout, store, run, clock)

        async def one(source: Bound) -> SourceResult:
            result = await visitor.visit(source)
            watcher.finished(result)
            return result

        report = Report(
            tuple(await together(one(source) for source in chosen)),
            local=tuple(source.name for source in chosen if source.is_local),
        )
        if not (budgets.boards or budgets.pages) or (report.outcomes and not report.outcomes & {"ok", "empty"}):
            return report  # where nothing answers, nothing else would
        watcher.discovering()
        conclude(store)  # which links lead to internships in machine learning is for it to say
        found = await discover(visitor, config, budgets.boards, report.results) if budgets.boards else Discovered()
        pages = await verify(fetcher, store, clock, budgets.pages) if budgets.pages else Verified()
        if budgets.pages:
            await check_best(fetcher, store, config, clock(), token=budgets.github)
            visitor.keep_holds()
    return replace(report, results=report.results + found.results, discovered=found, verified=pages)
