"""How long openings stay open: our own record of them, by hiring system and season, for "apply by". Pure.

Counted are openings that appeared while their source was watched already: of others nobody knows for how long they had
been open. Those that are open still count too, as having lasted at least so long (Kaplan and Meier, Nonparametric
estimation from incomplete observations, 1958).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

ENOUGH = 30
"""Closings below which nothing is estimated."""

HURRY = 0.25
"""By when this share of its like has closed, an application is late: what "apply by" means."""

_SEASONS = ("winter", "spring", "summer", "fall")


@dataclass(frozen=True, slots=True)
class Duration:
    """How long an opening was open, in days, and whether it has closed since (else it is open still)."""

    days: float
    closed: bool


@dataclass(frozen=True, slots=True)
class Life:
    """One opening of the record: its hiring system ('' if unknown), when it appeared, and how long it has lasted."""

    system: str
    opened: datetime
    duration: Duration


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share that is open still after so many days, falling from 1; from `n` openings, `closed` of them closed."""

    n: int
    closed: int
    curve: tuple[tuple[float, float], ...]
    """(days, share open after them), at each length after which any closed."""

    def open_after(self, days: float) -> float:
        """The share that is open after so many days."""
        return next((share for length, share in reversed(self.curve) if length <= days), 1.0)

    def closes_by(self, share: float = HURRY, age: float | None = None) -> float | None:
        """Days after appearing by which this share has closed of all, or of those open at `age` days; None if that was
        never seen."""
        since, at_risk = (-1.0, 1.0) if age is None else (age, self.open_after(age))
        limit = (1 - share) * at_risk + 1e-9  # a share of 0.75 reckoned in many steps may miss it by the last digit
        return next((length for length, left in self.curve if length > since and at_risk and left <= limit), None)

    @property
    def median(self) -> float | None:
        """Days after which half have closed; None while more than half of them stay open."""
        return self.closes_by(0.5)


def estimate(durations: Iterable[Duration]) -> Estimate | None:
    """The Kaplan-Meier estimate; None below `ENOUGH` closings. Lengths below zero count as zero."""
    told = [Duration(max(one.days, 0.0), one.closed) for one in durations]
    closings = Counter(one.days for one in told if one.closed)
    if closings.total() < ENOUGH:
        return None
    leaving = Counter(one.days for one in told)
    at_risk, share, curve = len(told), 1.0, []
    for days in sorted(leaving):
        if closed := closings[days]:
            share *= 1 - closed / at_risk
            curve.append((days, share))
        at_risk -= leaving[days]
    return Estimate(len(told), closings.total(), tuple(curve))


def season(when: datetime) -> str:
    """The season of the northern year in which something appeared: December to February is winter."""
    return _SEASONS[when.month % 12 // 3]


def estimates(lives: Iterable[Life]) -> Mapping[tuple[str, str], Estimate]:
    """(system, season) → estimate, where there is enough; '' stands for all systems, and for the whole year."""
    groups: defaultdict[tuple[str, str], list[Duration]] = defaultdict(list)
    for life in lives:
        for system in {life.system, ""}:
            for part in (season(life.opened), ""):
                groups[system, part].append(life.duration)
    found = ((group, estimate(durations)) for group, durations in groups.items())
    return {group: one for group, one in found if one}


@dataclass(frozen=True, slots=True)
class ApplyBy:
    """When an application is late: by then `HURRY` of those like it that were still open at its age had closed."""

    by: datetime
    n: int
    """Openings it is reckoned from."""
    closed: int
    system: str
    """Of these, '' for all systems; and so with the season."""
    season: str


def apply_by(known: Mapping[tuple[str, str], Estimate], system: str, opened: datetime, now: datetime) -> ApplyBy | None:
    """When to have applied to what appeared at `opened` and is open now, by the estimate that fits it best: of its
    system and season, of its system, of its season, of all. None where that tells nothing of its age."""
    part = season(opened)
    fitting = ((system, part), (system, ""), ("", part), ("", ""))
    group = next((group for group in fitting if group in known), None)
    if group is None:
        return None
    told = known[group]
    days = told.closes_by(age=max((now - opened) / timedelta(days=1), 0.0))
    return None if days is None else ApplyBy(opened + timedelta(days=days), told.n, told.closed, *group)
