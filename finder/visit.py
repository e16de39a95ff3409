"""One source, carried from its first request into the store. Whatever a source does, the others go on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from db.look import SourceLook
from db.store import Store
from finder.binding import Bound
from finder.collect import Harvest, text_keys
from finder.crawl import Fetch, crawl
from finder.errors import NotYet, StoreError
from finder.fetch import Fetcher, Terms
from finder.lifecycle import Verdict, doubtful, judge
from finder.model import Fetched, Request, SourceResult, Validators
from finder.pace import next_due

T = TypeVar("T")
Clock = Callable[[], datetime]

LONGEST = 500
"""Characters of a source's problem: it is one line, whatever the source or a surprise says."""

HOUR = timedelta(hours=1)

BOARD, LIST = 1, 0
"""Authority: an employer's own board stands over a list that repeats it."""


def too_early(source: Bound, last: datetime | None, now: datetime) -> NotYet | None:
    """What speaks against asking a source now that was last asked at `last`: its terms; None if they allow it.

    A last visit further in the future than the interval was made by a clock that went wrong.
    """
    interval = source.adapter.min_interval
    if last is None or abs(now - last) >= interval:
        return None
    address = source.adapter.start(source.options)[0].url
    return NotYet(address, f"is not to be asked more often than every {interval / HOUR:g} h", last + interval)


def fetching(fetcher: Fetcher, source: Bound, timeout: float) -> Fetch:
    """How this source asks: within its own size and pace, with its own token, and for `timeout` seconds in all."""
    origin, adapter = urlsplit(source.adapter.start(source.options)[0].url), source.adapter
    terms = Terms(
        source.max_bytes,
        token=source.token,
        token_as=adapter.token_as,
        token_origin=f"{origin.scheme}://{origin.netloc}",
        agent=adapter.agent(source.options),
        pace=adapter.pace,
    )

    async def fetch(request: Request, validators: Validators) -> Fetched:
        nonlocal terms
        doc = await fetcher.fetch(request, validators, terms)
        if terms.deadline is None:  # from the first answer on: sources of one host stand in a queue before it
            terms = replace(terms, deadline=time.monotonic() + timeout)
        return doc

    return fetch


async def together(jobs: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What these bring, in their order. After an error of the store the others have nowhere to write to: they end."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Visits the sources of one run."""

    fetcher: Fetcher
    timeout: float
    store: Store
    run: int
    clock: Clock
    kept: dict[str, datetime] = field(default_factory=dict)
    """Holds as they stand in the store."""

    async def visit(self, source: Bound) -> SourceResult:
        """Carry one source down the line as far as the store."""
        harvest, error = await self.reach(source)
        return self.conclude(source, harvest, error)

    async def reach(self, source: Bound, *, afresh: bool = False) -> tuple[Harvest, Exception | None]:
        """What the source shows, and what ended the visit before its end. Records nothing of it.

        `afresh`: as if it had never been visited, so that no answer is 'unchanged'.
        """
        harvest = Harvest(self.clock())
        try:
            self._mind_interval(source, harvest.started)
            memory = {} if afresh else self.store.memory(source.name)
            async for visit in crawl(
                source.adapter, source.options, fetching(self.fetcher, source, self.timeout), memory
            ):
                harvest.add(visit)
                self.keep_holds()
        except StoreError:
            raise
        except Exception as error:
            return harvest, error
        finally:
            self.keep_holds()
        return harvest, None

    def conclude(self, source: Bound, harvest: Harvest, error: Exception | None) -> SourceResult:
        """Decide what the visit may change, and record it. A surprise on the way is a failure of the source."""
        try:
            return self._record(source, harvest, error)
        except StoreError:
            raise
        except Exception as surprise:
            return self._record(source, harvest, surprise)

    def _record(self, source: Bound, harvest: Harvest, error: Exception | None) -> SourceResult:
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
        items = harvest.items(source.name, known, parts, dates)
        told = replace(told, items=items, touched=harvest.touched(known), anew=harvest.anew)
        recorded = self.store.record(told, now)
        return replace(_result(told), added=recorded.added, changed=recorded.changed, closed=recorded.closed)

    def keep_holds(self) -> None:
        """At once, so that a run that is cut short does not forget what a host asked for."""
        if new := {host: until for host, until in self.fetcher.holds.items() if self.kept.get(host) != until}:
            self.store.save_holds(new)
            self.kept.update(new)

    def _mind_interval(self, source: Bound, now: datetime) -> None:
        """A source's own terms stand over `--all`, and over the end of a run that was cut short while it was asked."""
        if error := too_early(source, self.store.visited(source.name), now):
            raise error
        if source.adapter.min_interval:
            self.store.begin_visit(source.name, source.adapter.kind, source.source.origin, _authority(source), now)

    def _told(
        self, source: Bound, harvest: Harvest, verdict: Verdict, now: datetime, retry_at: datetime | None
    ) -> SourceLook:
        # where no host was reached at all, that is the network and not the source, unless it answered without any
        again = self._again(source, verdict, now) if self.fetcher.reached or verdict.accept else now
        return SourceLook(
            source=source.name,
            adapter=source.adapter.kind,
            origin=source.source.origin,
            authority=_authority(source),
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


def _authority(source: Bound) -> int:
    return BOARD if source.employer else LIST


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
