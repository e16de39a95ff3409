"""Whether a source is well, measured by its own history: quiet is not broken, and broken is not quiet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import takewhile

from finder.model import Found, Outcome

USUAL = 30
"""Looks that make up what is usual: a week or more of most sources."""

ENOUGH_LOOKS = 3
ENOUGH_ROWS = 10
"""Below so many earlier looks, and rows of a look, nothing is called unusual."""

TOLD, UNTOLD = 0.80, 0.20
"""A field that at least `TOLD` of the rows had, and at most `UNTOLD` have now, was lost: a field that was renamed, or a
table that was redrawn, loses nearly all."""

FEWER, MORE = 0.5, 3.0
"""Counts below and above so many times the usual one are told. Vanished items are held before (`lifecycle`); what comes
here shrank step by step."""

_FIELDS = tuple(field.name for field in fields(Found) if field.name not in ("kind", "key", "closed", "hidden"))
_NOTHING: tuple[object, ...] = (None, "", (), {})


@dataclass(frozen=True, slots=True)
class Fills:
    """Of the rows of a look, which share told each field; fields that none told are left out."""

    rows: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Past:
    """One look of the history of a source."""

    at: datetime
    outcome: Outcome
    found: int = 0
    changed: bool = False
    """Whether it brought anything new, changed, closed or reopened."""
    problem: str = ""
    fills: Fills | None = None

    @property
    def good(self) -> bool:
        """Whether it was believed."""
        return self.outcome in ("ok", "empty")


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is: its last outcome, for how many looks in a row and since when, and what is unusual, in words."""

    outcome: Outcome
    streak: int
    since: datetime
    last_good: datetime | None
    findings: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether somebody should look: it is not believed, or it does not tell what it told."""
        return self.outcome in ("failed", "held") or bool(self.findings)


def fills(items: Iterable[Found]) -> Fills:
    """Which share of the items tells each field, to the hundredth."""
    rows, told = 0, dict.fromkeys(_FIELDS, 0)
    for item in items:
        rows += 1
        for name in _FIELDS:
            told[name] += getattr(item, name) not in _NOTHING
    return Fills(rows, {name: round(number / rows, 2) for name, number in told.items() if number})


def schema(history: Iterable[Past]) -> frozenset[str]:
    """The fields that a source tells of at least one row in a hundred: the fingerprint of what it is made of."""
    return frozenset(name for past in history if past.fills for name, share in past.fills.shares.items() if share)


def health(history: Sequence[Past]) -> Health | None:
    """How a source is, from its looks, oldest first; None if it was never asked. A look that was 'not yet' due says
    nothing."""
    looks = [past for past in history if past.outcome != "not yet"]
    if not looks:
        return None
    last = looks[-1]
    row = list(takewhile(lambda past: past.outcome == last.outcome, reversed(looks)))
    good = [past for past in looks if past.good]
    found = _findings(good[:-1][-USUAL:], last) if last.good else ()
    return Health(last.outcome, len(row), row[-1].at, good[-1].at if good else None, found)


def _findings(usual: Sequence[Past], last: Past) -> tuple[str, ...]:
    if len(usual) < ENOUGH_LOOKS:
        return ()
    return (
        *_counts([past.found for past in usual], last.found),
        *_lost([p.fills for p in usual if p.fills], last.fills),
    )


def _counts(usual: Sequence[int], now: int) -> Iterable[str]:
    middle = _median(usual)
    if middle >= ENOUGH_ROWS and not FEWER * middle <= now <= MORE * middle:
        yield f"{now} items, where {middle:.0f} are usual (median of {len(usual)} looks)"


def _lost(usual: Sequence[Fills], now: Fills | None) -> Iterable[str]:
    """A finding for each field that was told and is not any more."""
    before = [one for one in usual if one.rows >= ENOUGH_ROWS]
    if now is None or now.rows < ENOUGH_ROWS or len(before) < ENOUGH_LOOKS:
        return
    for name in _FIELDS:
        share, left = _median([one.shares.get(name, 0.0) for one in before]), now.shares.get(name, 0.0)
        if share >= TOLD and left <= UNTOLD:
            yield f"{name}: told for {100 * share:.0f} % of the rows before, for {100 * left:.0f} % now"


def _median(values: Sequence[float]) -> float:
    """The median of at least one value; `statistics` costs more to import than a reading command may take for it."""
    ordered, half = sorted(values), len(values) // 2
    return (ordered[half] + ordered[-half - 1]) / 2
