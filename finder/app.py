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
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from db.look import SourceLook
from db.store import Store
from finder.binding import Bound, bind
from finder.classify import RULES, classify
from finder.collect import Harvest, text_keys
from finder.config import Config
from finder.crawl import Fetch, crawl
from finder.errors import NotYet, StoreError
from finder.fetch import Fetcher, Terms
from finder.lifecycle import Verdict, doubtful, judge
from finder.lock import locked
from finder.model import Fetched, Request, SourceResult, Validators
from finder.pace import next_due

Clock = Callable[[], datetime]

LONGEST = 500
"""Characters of a source's problem: it is one line, whatever the source or a surprise says."""

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
    resting: int = 0
    """Sources that were not visited because they are not due."""

    @property
    def exit_code(self) -> int:
        """0 all well · 3 some sources failed or were held, the rest is saved · 4 every source failed.

        A source that rests did well before, or failed within the hour: that it is not due is no failure.
        """
        asked = {result.outcome for result in self.results} - {"not yet"}
        if asked == {"failed"} and not self.resting:
            return 4
        return 3 if {"failed", "held"} & asked else 0


def refresh(config: Config, environ: Mapping[str, str], clock: Clock, plan: Plan, watcher: Watcher) -> Report:
    """Visit what is due, record it, and conclude what follows from it.

    Raises ConfigError before the first request, StoreError, and Busy; what befalls a source is in its result.
    """
    sources = bind(config, environ, plan.only)
    with locked(config.db), Store.open(config.db) as store:
        chosen = [s for s in sources if plan.everything or plan.only or _is_due(store.due(s.name), clock())]
        watcher.planned([source.name for source in chosen])
        run = store.begin_run(clock())
        results = asyncio.run(_visit_all(chosen, config, store, run, clock, watcher))
        store.save_facets((id_, classify(opening)) for id_, opening in store.unclassified(RULES))
        store.end_run(run, clock())
    return Report(results, resting=len(sources) - len(chosen))


def _is_due(due: datetime | None, now: datetime) -> bool:
    return due is None or due <= now


async def _visit_all(
    chosen: list[Bound], config: Config, store: Store, run: int, clock: Clock, watcher: Watcher
) -> tuple[SourceResult, ...]:
    async with Fetcher(config.fetch, now=clock, holds=store.holds()) as fetcher:
        visitor = _Visitor(fetcher, config.fetch.source_timeout, store, run, clock)

        async def one(source: Bound) -> SourceResult:
            result = await visitor.visit(source)
            watcher.finished(result)
            return result

        tasks = [asyncio.create_task(one(source)) for source in chosen]
        try:
            return tuple(await asyncio.gather(*tasks))
        finally:  # after an error of the store the others have nowhere to write to
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class _Visitor:
    fetcher: Fetcher
    timeout: float
    store: Store
    run: int
    clock: Clock

    async def visit(self, source: Bound) -> SourceResult:
        """Carry one source down the line as far as the store. Whatever it does, the others go on."""
        harvest = Harvest(self.clock())
        try:
            self._mind_interval(source, harvest.started)
            memory = self.store.memory(source.name)
            async for visit in crawl(source.adapter, source.options, self._fetch(source), memory):
                harvest.add(visit)
            return self._conclude(source, harvest, None)
        except StoreError:
            raise
        except Exception as error:
            return self._conclude(source, harvest, error)
        finally:
            self._keep_holds()

    def _conclude(self, source: Bound, harvest: Harvest, error: Exception | None) -> SourceResult:
        """Decide what the visit may change, and record it."""
        known, now = self.store.known(source.name), self.clock()
        look = harvest.look(known, source.adapter.windowed(source.options), error)
        texts = text_keys(self.store.parts(source.name, doubtful(known, look)))
        verdict = judge(known, look, now, self.store.hold(source.name), texts)
        told = self._told(source, harvest, verdict, now, getattr(error, "retry_at", None))
        told = replace(told, found=len(look.shown))
        if not verdict.accept:
            self.store.fail(told, now)
            return _result(told)
        parts = self.store.parts(source.name, harvest.told_in_parts(known))
        dates = self.store.posted(source.name, harvest.told_by_age(known))
        told = replace(told, items=harvest.items(source.name, known, parts, dates), touched=harvest.touched(known))
        recorded = self.store.record(told, now)
        return replace(_result(told), added=recorded.added, changed=recorded.changed, closed=recorded.closed)

    def _keep_holds(self) -> None:
        """At once, so that a run that is cut short does not forget what a host asked for."""
        if holds := self.fetcher.holds:
            self.store.save_holds(holds)

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
        """A source's own terms stand over `--all`. A last visit in the future was made by a clock that went wrong."""
        last, interval = self.store.visited(source.name), source.adapter.min_interval
        if last and last <= now < last + interval:
            address = source.adapter.start(source.options)[0].url
            raise NotYet(address, f"is not to be asked more often than every {interval}", last + interval)

    def _told(
        self, source: Bound, harvest: Harvest, verdict: Verdict, now: datetime, retry_at: datetime | None
    ) -> SourceLook:
        # where no host was reached at all, that is the network and not the source
        again = self._again(source, verdict, now) if self.fetcher.reached else now
        return SourceLook(
            source=source.name,
            adapter=source.adapter.kind,
            origin=source.source.origin,
            authority=BOARD if source.adapter.employer else LIST,
            run=self.run,
            started=harvest.started,
            outcome=verdict.outcome,
            hold=verdict.hold,
            same=verdict.same,
            missing=verdict.missing,
            closed=verdict.closed,
            pages=harvest.pages,
            skipped=harvest.skipped,
            unchanged=harvest.all_unchanged,
            problem=" ".join((verdict.problem or harvest.note).split())[:LONGEST],
            next_due=again,
            retry_at=retry_at,
        )

    def _again(self, source: Bound, verdict: Verdict, now: datetime) -> datetime:
        """When the source is due again, by how often it changed so far."""
        visits = [*self.store.visits(source.name), (now, verdict.changed if verdict.accept else None)]
        return next_due(source.every, visits, now, f"{self.store.began()} {source.name}")


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
