"""When a source is to be visited next: as often as it changes, within bounds that its `every` sets. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise, takewhile
from math import log

Visit = tuple[datetime, bool | None]
"""When a source was visited, and whether it had changed since; None where that visit failed or was held."""

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=7)
"""No pace is found outside these; an `every` outside them is obeyed all the same."""

FASTER, SLOWER = 0.5, 7.0
"""Bounds of the pace, in times `every`."""

STEP = 2.0
"""An interval is at most so many times longer or shorter than the one before: one quiet week is no habit."""

ENOUGH = 3
"""Below so many intervals between accepted visits `every` stands as it is."""

RECENT = 10
"""Visits that the pace follows from: habits change with the season."""

FIRST_RETRY, LAST_RETRY = timedelta(hours=1), timedelta(hours=24)
"""After a failure a source is asked again after the first (or `every`, if shorter), doubled with each one in a row."""

SKEW = timedelta(days=1)
"""By how much a clock may be set back before what is due by it counts as wrong."""

JITTER = 0.10
"""Installations are spread by so much to both sides, so that one schedule does not send them all at once."""


def is_due(due: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether to visit now. A time further off than any that is ever set is of a clock that went wrong."""
    furthest = max(LONGEST, every * (1 + JITTER)) + SKEW
    return due is None or due <= now or due > now + furthest


def next_due(every: timedelta, history: Sequence[Visit], now: datetime, seed: str) -> datetime:
    """When to visit next after the visits of `history`, oldest first, the last of them just made.

    `seed` names the installation and the source: the same one is always spread the same way.
    """
    failures = sum(1 for _ in takewhile(lambda visit: visit[1] is None, reversed(history)))
    if failures:
        return now + _retry(every, failures)
    shortest = min(max(FASTER * every, SHORTEST), every)
    longest = max(min(SLOWER * every, LONGEST), every * (1 + JITTER))
    wanted = _pace(every, [(at, changed) for at, changed in history if changed is not None][-RECENT:])
    within = min(max(wanted, shortest / (1 - JITTER)), longest / (1 + JITTER))
    return now + within * _spread(seed)


def _retry(every: timedelta, failures: int) -> timedelta:
    doubled = min(every, FIRST_RETRY) * 2.0 ** min(failures - 1, 30)
    return min(doubled, LAST_RETRY)


def _pace(every: timedelta, visits: Sequence[tuple[datetime, bool]]) -> timedelta:
    """The mean time between changes, estimated from how many intervals brought one. Each hides all changes but the
    last, hence the logarithm (Cho and Garcia-Molina, Estimating frequency of change, 2003)."""
    intervals = len(visits) - 1
    if intervals < ENOUGH:
        return every
    gaps = [after - before for (before, _), (after, _) in pairwise(visits)]
    mean, last = sum(gaps, timedelta(0)) / intervals, max(gaps[-1], timedelta(0))
    changes = sum(changed for _, changed in visits[1:])
    if not changes:
        return STEP * last
    between = mean / log((intervals + 0.5) / (intervals - changes + 0.5))
    return min(max(between, last / STEP), STEP * last)


def _spread(seed: str) -> float:
    """A factor between 1 - JITTER and 1 + JITTER that follows from the seed."""
    number = int.from_bytes(blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return 1 - JITTER + 2 * JITTER * number / 2**64
