"""Whether a source is well, measured by its own history: quiet is not broken, and broken is not quiet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import takewhile

from finder.model import Found, Outcome

USUAL = 30
"""Looks that make up what is usual: a week or more of most sources."""

DOWN: tuple[Outcome, ...] = ("failed", "held")

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
        return self.outcome not in DOWN and self.outcome != "not yet"


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is: its last outcome, for how many looks in a row and since when, and what is unusual, in words."""

    outcome: Outcome
    streak: int
    """Of looks that failed or were held, all; of good ones, at most USUAL + 1."""
    since: datetime
    last_good: datetime | None
    ways: tuple[Outcome, ...] = ()
    """How the looks of the streak ended, each once, oldest first: a source may be down in two ways by turns."""
    findings: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    """Fields that it tells and never told before: good to know, no trouble."""
    fills: Fills | None = None
    """Of its last look at new pages that was believed."""

    @property
    def is_down(self) -> bool:
        """Whether its last look was not believed."""
        return self.outcome in DOWN

    @property
    def is_broken(self) -> bool:
        """Whether somebody should look: it is not believed, or it does not tell what it told."""
        return self.is_down or bool(self.findings)


def fills(items: Iterable[Found]) -> Fills:
    """Which share of the items tells each field, to the hundredth."""
    rows, told = 0, dict.fromkeys(_FIELDS, 0)
    for item in items:
        rows += 1
        for name in _FIELDS:
            told[name] += getattr(item, name) not in _NOTHING
    return Fills(rows, {name: round(number / rows, 2) for name, number in told.items() if number})


def schema(told: Iterable[Fills]) -> frozenset[str]:
    """The fields that a source tells of at least one row in a hundred: the fingerprint of what it is made of."""
    return frozenset(name for one in told for name, share in one.shares.items() if share)


def health(history: Sequence[Past]) -> Health | None:
    """How a source is, from its looks, oldest first; None if it was never asked.

    The last USUAL + 1 good ones and all from the first of these on are needed, and as many at new pages. A look that
    was 'not yet' due says nothing.
    """
    looks = [past for past in history if past.outcome != "not yet"]
    if not looks:
        return None
    last, good = looks[-1], [past for past in looks if past.good]
    alike = (last.outcome,) if last.good else DOWN
    row = list(takewhile(lambda past: past.outcome in alike, reversed(looks)))[: USUAL + 1 if last.good else None]
    told = [past.fills for past in good if past.fills and past.fills.rows >= ENOUGH_ROWS][-USUAL - 1 :]
    return Health(
        outcome=last.outcome,
        streak=len(row),
        since=row[-1].at,
        last_good=good[-1].at if good else None,
        ways=tuple(dict.fromkeys(past.outcome for past in reversed(row))),
        findings=(*_counts([past.found for past in good[-USUAL - 1 :]]), *_lost(told)) if last.good else (),
        news=tuple(_new(told)) if last.good else (),
        fills=next((past.fills for past in reversed(good) if past.fills), None),
    )


def _counts(found: Sequence[int]) -> Iterator[str]:
    """A finding where the last look showed far more or fewer items than the ones before."""
    *usual, now = found
    if len(usual) < ENOUGH_LOOKS:
        return
    middle = _median(usual)
    if middle >= ENOUGH_ROWS and not FEWER * middle <= now <= MORE * middle:
        yield f"{now} items, where {middle:.0f} are usual (median of {len(usual)} looks)"


def _lost(told: Sequence[Fills]) -> Iterator[str]:
    """A finding for each field that was told and is not any more. A look at unchanged pages has no fills and does not
    end it: what was lost stays lost."""
    if len(told) <= ENOUGH_LOOKS:
        return
    *before, now = told
    for name in _FIELDS:
        share, left = _median([one.shares.get(name, 0.0) for one in before]), now.shares.get(name, 0.0)
        if share >= TOLD and left <= UNTOLD:
            yield f"{name}: told for {100 * share:.0f} % of the rows before, for {100 * left:.0f} % now"


def _new(told: Sequence[Fills]) -> Iterator[str]:
    """What to say of each field that most rows tell now and that no look told before."""
    if len(told) <= ENOUGH_LOOKS:
        return
    *before, now = told
    for name in _FIELDS:
        if now.shares.get(name, 0.0) >= TOLD and name not in schema(before):
            yield f"{name}: told for {100 * now.shares[name]:.0f} % of the rows now, never before"


def _median(values: Sequence[float]) -> float:
    """The median of at least one value; `statistics` costs more to import than a reading command may take for it."""
    ordered, half = sorted(values), len(values) // 2
    return (ordered[half] + ordered[-half - 1]) / 2
