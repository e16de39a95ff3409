"""Looks at the own pages of openings: politely, within a budget, and nothing but what they say is believed.

doubts ─▶ fetch ─▶ evidence ─▶ the store, where a page may close an opening, or make it missing

No page is a source: one that cannot be read fails nobody, and changes nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.look import Recorded
from db.store import Store
from finder.checks import Checked, Doubt
from finder.config.settings import FetchSettings
from finder.errors import FetchError, NotYet, Refused
from finder.evidence import Finding, concluded, of_error, of_page
from finder.fetch import Fetcher, Terms
from finder.model import Request, Validators
from finder.visit import Clock, together

SECONDS = 60.0
"""For all pages of one run together."""

OLD = timedelta(days=60)
"""From this age on what only lists show is doubtful: half of what they call open is older (2,030 links of 2026-08)."""

REST = timedelta(days=7)
"""Between two looks at a page that told of nothing missing."""

SPARE = 3
"""Pages considered for each of the budget: what robots.txt forbids is not asked and costs none of it."""

PAGE = 4 * 2**20
"""Bytes of one page."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a round of looks came to. `looks`: by address, what was found; what was not asked is not in it."""

    looks: Mapping[str, Checked] = field(default_factory=dict)
    asked: int = 0
    """Pages that answered, or failed to."""
    closed: int = 0
    """Openings that closed by the word of their pages."""
    reopened: int = 0

    @property
    def missing(self) -> int:
        """Pages that were not there, and not for long enough yet to close anything."""
        return sum(look.missing_since is not None for look in self.looks.values())


async def verify(fetcher: Fetcher, store: Store, clock: Clock, budget: int, seconds: float = SECONDS) -> Verified:
    """Look at the most doubtful openings' pages, `budget` of them at most, and record what they say."""
    doubts = store.doubts(clock(), OLD, REST, budget * SPARE)
    looks: dict[str, Checked] = {}
    asked, deadline = 0, time.monotonic() + seconds
    while doubts and asked < budget and time.monotonic() < deadline:
        some, doubts = doubts[: budget - asked], doubts[budget - asked :]
        told = await _look(fetcher, store, clock, some, deadline)
        asked += sum(one.asked for one in told)
        looks |= {one.checked.url: one.checked for one in told if one.checked}
    return _saved(fetcher, store, looks, asked)


async def look_at(
    fetcher: Fetcher, store: Store, clock: Clock, pages: Iterable[Doubt], seconds: float = SECONDS
) -> Verified:
    """Look at these pages now, however short ago they were looked at, and record what they say."""
    told = await _look(fetcher, store, clock, list(pages), time.monotonic() + seconds)
    looks = {one.checked.url: one.checked for one in told if one.checked}
    return _saved(fetcher, store, looks, sum(one.asked for one in told))


def look_now(
    settings: FetchSettings, store: Store, clock: Clock, pages: Iterable[Doubt], seconds: float = SECONDS
) -> Verified:
    """The same for whoever fetches nothing else. Hold the refresh lock. Raises StoreError."""

    async def look() -> Verified:
        async with Fetcher(settings, now=clock, holds=store.holds()) as fetcher:
            return await look_at(fetcher, store, clock, pages, seconds)

    return asyncio.run(look())


# ------------------------------------------------------------------------------------------------ one page
@dataclass(frozen=True, slots=True)
class _Told:
    """What came of one page; `checked` is None where nothing is to be remembered."""

    checked: Checked | None
    asked: bool = True


async def _look(fetcher: Fetcher, store: Store, clock: Clock, pages: Sequence[Doubt], deadline: float) -> list[_Told]:
    before = store.checks([page.url for page in pages])
    terms = Terms(PAGE, deadline=deadline)

    async def one(page: Doubt) -> _Told:
        try:
            doc = await fetcher.fetch(Request(page.url), Validators(), terms)
        except NotYet:
            return _Told(None, asked=False)
        except FetchError as error:
            if time.monotonic() >= deadline or not fetcher.reached:  # our time, or our network
                return _Told(None)
            found, asked = of_error(error), not isinstance(error, Refused)
        else:
            found, asked = of_page(page.url, doc, page.title), True
        return _Told(_remembered(page.url, found, clock(), before.get(page.url)), asked)

    return await together(one(page) for page in pages)


def _remembered(url: str, found: Finding, now: datetime, before: Checked | None) -> Checked | None:
    """A page that told of its closing is not forgotten because it tells nothing today."""
    if before and before.verdict == "closed" and found.kind == "unknown":
        return None
    return concluded(url, found, now, before)


def _saved(fetcher: Fetcher, store: Store, looks: Mapping[str, Checked], asked: int) -> Verified:
    if fetcher.holds:
        store.save_holds(fetcher.holds)
    recorded = store.save_checks(looks.values()) if looks else Recorded()
    return Verified(looks, asked, recorded.closed, recorded.reopened)
