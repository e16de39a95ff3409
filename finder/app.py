"""The use cases that change the store, and in `refresh` and `_Visitor.visit` the line:

    config ─▶ fetch ─▶ parse ─▶ normalise ─▶ record ─▶ classify ─▶ rank ─▶ render / deliver

Stages never call each other: what one hands out is carried to the next here. The last two begin where a person asks
(`finder.matching`), because a score depends on the person and on now and is never stored.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from db.store import Store

from db.look import SourceLook
from finder.binding import Bound, bind
from finder.classify import RULES, classify
from finder.collect import Harvest
from finder.config import Config
from finder.crawl import Fetch, crawl
from finder.errors import NotYet
from finder.fetch import Fetcher, Terms
from finder.lifecycle import Verdict, judge
from finder.lock import locked
from finder.model import Fetched, Request, SourceResult, Validators

Clock = Callable[[], datetime]

RETRY_FAILED = timedelta(hours=1)
"""A source that failed or was held is due again after this, or after its own interval if that is shorter."""

BOARD, LIST = 1, 0
"""Authority: an employer's own board stands over a list that repeats it."""


class Watcher(Protocol):
    """Who wants to hear how a refresh goes."""

    def planned(self, names: list[str]) -> None:
        """These sources will be visited."""

    def finished(self, result: SourceResult) -> None:
        """One of them has been."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sources to visit: those that are due, all (`everything`), or those named."""

    everything: bool = False
    only: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh did: a result for each source visited."""

    results: tuple[SourceResult, ...]
    reached: bool
    """Whether any host answered at all."""

    @property
    def exit_code(self) -> int:
        """0 all well · 3 some sources failed or were held, the rest is saved · 4 every source failed."""
        asked = [result.outcome for result in self.results if result.outcome != "not yet"]
        if asked and all(outcome == "failed" for outcome in asked):
            return 4
        return 3 if {"failed", "held"} & set(asked) else 0


def refresh(config: Config, environ: Mapping[str, str], clock: Clock, plan: Plan, watcher: Watcher) -> Report:
    """Visit what is due, record it, and conclude what follows from it.

    Raises ConfigError before the first request, StoreError, and Busy; what befalls a source is in its result.
    """
    sources = bind(config, environ, plan.only)
    with locked(config.db), Store.open(config.db) as store:
        chosen = [s for s in sources if plan.everything or plan.only or _is_due(store.due(s.name), clock())]
        watcher.planned([source.name for source in chosen])
        run = store.begin_run(clock())
        report = asyncio.run(_visit_all(chosen, config, store, run, clock, watcher))
        store.save_facets((id_, classify(opening)) for id_, opening in store.unclassified(RULES))
        store.end_run(run, clock())
    return report


def _is_due(due: datetime | None, now: datetime) -> bool:
    return due is None or due <= now


async def _visit_all(
    chosen: list[Bound], config: Config, store: Store, run: int, clock: Clock, watcher: Watcher
) -> Report:
    async with Fetcher(config.fetch, now=clock, holds=store.holds()) as fetcher:
        visitor = _Visitor(fetcher, config.fetch.source_timeout, store, run, clock)

        async def one(source: Bound) -> SourceResult:
            result = await visitor.visit(source)
            watcher.finished(result)
            return result

        results = await asyncio.gather(*(one(source) for source in chosen))
        store.save_holds(fetcher.holds)
        return Report(tuple(results), fetcher.reached > 0)


@dataclass(frozen=True, slots=True)
class _Visitor:
    fetcher: Fetcher
    timeout: float
    store: Store
    run: int
    clock: Clock

    async def visit(self, source: Bound) -> SourceResult:
        """Carry one source down the line as far as the store. Whatever it does, the others go on."""
        name, started = source.name, self.clock()
        known, memory = self.store.known(name), self.store.memory(name)
        harvest, error = Harvest(), None
        try:
            self._mind_interval(source, started)
            async for visit in crawl(source.adapter, source.options, self._fetch(source), memory):
                harvest.add(visit)
            items = harvest.items(name, self.store.parts(name, harvest.told_more(known)), known)
        except Exception as surprise:
            error, items = surprise, []
        now = self.clock()
        look = harvest.look(known, source.adapter.windowed(source.options), error)
        verdict = judge(known, look, now)
        told = self._told(source, harvest, verdict, started, now, error)
        if not verdict.accept:
            self.store.fail(told, now)
            return _result(told)
        recorded = self.store.record(replace(told, items=items, touched=harvest.touched(known)), now)
        return replace(_result(told), added=recorded.added, changed=recorded.changed, closed=recorded.closed)

    def _fetch(self, source: Bound) -> Fetch:
        origin = urlsplit(source.adapter.start(source.options)[0].url)
        terms = Terms(source.max_bytes, token=source.token, token_origin=f"{origin.scheme}://{origin.netloc}")

        async def fetch(request: Request, validators: Validators) -> Fetched:
            nonlocal terms
            doc = await self.fetcher.fetch(request, validators, terms)
            if terms.deadline is None:  # from the first answer on: sources of one host stand in a queue before it
                terms = replace(terms, deadline=time.monotonic() + self.timeout)
            return doc

        return fetch

    def _mind_interval(self, source: Bound, now: datetime) -> None:
        """A source's own terms stand over `--all`."""
        last = self.store.visited(source.name)
        if last and (due := last + source.adapter.min_interval) > now:
            raise NotYet(source.name, f"asks not to be read more often than every {source.adapter.min_interval}", due)

    def _told(
        self,
        source: Bound,
        harvest: Harvest,
        verdict: Verdict,
        started: datetime,
        now: datetime,
        error: Exception | None,
    ) -> SourceLook:
        retry_at = getattr(error, "retry_at", None)
        pause = source.every if verdict.accept else min(source.every, RETRY_FAILED)
        again = now + pause if self.fetcher.reached else now  # no host at all: that is the network, not the source
        return SourceLook(
            source=source.name,
            adapter=source.adapter.kind,
            origin=source.source.origin,
            authority=BOARD if source.adapter.employer else LIST,
            run=self.run,
            started=started,
            outcome=verdict.outcome,
            missing=verdict.missing,
            closed=verdict.closed,
            pages=harvest.pages,
            found=len(harvest.shown),
            skipped=harvest.skipped,
            unchanged=harvest.all_unchanged,
            problem=verdict.problem or "; ".join(harvest.notes[:3]),
            next_due=max(again, retry_at) if retry_at else again,
            retry_at=retry_at,
        )


def _result(told: SourceLook) -> SourceResult:
    return SourceResult(
        name=told.source,
        outcome=told.outcome,
        found=told.found,
        skipped=told.skipped,
        unchanged=told.unchanged,
        problem=told.problem,
        retry_at=told.retry_at,
    )
