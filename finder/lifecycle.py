"""What one look at a source may change: pure, no clock, no store.

A source is believed when its answer is complete and plausible. Only then may what it no longer shows go missing, and
only what is still absent from a second such look at least a day later is closed. A row that the source itself marks as
closed is closed at once: that is evidence, not absence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from finder.errors import EmptyAnswer, NotYet, SourceError
from finder.model import Outcome, State

HOLD_KNOWN = 20
HOLD_SHARE = 0.40
"""Hold when at least 40 % of at least 20 known open items vanish at once. Over 8,064 updates of a real hourly list the
share that vanished was below 0.30 in 99 % of them; the glitches (an empty file, half a list) lie far above."""

CLOSE_AFTER = timedelta(hours=24)
"""Between the complete look that first missed an item and the one that closes it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A sighting as the store has it before this look."""

    state: State
    missing_since: datetime | None = None
    page: str = ""
    """Key of the request whose answer last showed it: a 304 to that request shows it again."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of visiting a source once. `shown`: key of each item → the source's closing words ('' = open)."""

    shown: Mapping[str, str]
    complete: bool = True
    windowed: bool = False
    skipped: int = 0
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with a look. When `accept` is false nothing of the look is recorded but the outcome itself."""

    outcome: Outcome
    accept: bool
    missing: frozenset[str] = frozenset()
    closed: Mapping[str, str] = field(default_factory=dict)
    """Key → evidence, for what is closed by absence."""
    problem: str = ""


def judge(known: Mapping[str, Known], look: Look, now: datetime) -> Verdict:
    """Decide on one look. `now` (UTC) must not run backwards past `missing_since`, else nothing closes."""
    alive = frozenset(key for key, item in known.items() if item.state != "closed")
    opened = frozenset(key for key in alive if known[key].state == "open")
    if look.error is not None:
        return _after_error(look, opened)
    tells_all = look.complete and not look.windowed and not look.skipped  # a record that did not fit may be any of them
    gone = alive - look.shown.keys() if tells_all else frozenset()
    if len(opened) >= HOLD_KNOWN and _vanished(look, opened) >= HOLD_SHARE * len(opened):
        left = len(opened) - _vanished(look, opened)
        return Verdict("held", False, problem=f"only {left} of {len(opened)} known open items are still there")
    if not look.shown and look.skipped:
        return Verdict("failed", False, problem=f"none of {look.skipped} records fit")
    closed = {key: _absence(since, now) for key in gone if (since := known[key].missing_since) and _due(since, now)}
    outcome: Outcome = "ok" if look.shown else "empty"
    return Verdict(outcome, True, gone - closed.keys(), closed)


def _vanished(look: Look, opened: frozenset[str]) -> int:
    """How many open items are not shown any more. A windowed source may drop them all, but not to an empty page;
    an incomplete look proves nothing."""
    if not look.complete or (look.windowed and look.shown):
        return 0
    return len(opened - look.shown.keys())


def _after_error(look: Look, opened: frozenset[str]) -> Verdict:
    error = look.error
    if isinstance(error, NotYet):
        return Verdict("not yet", False, problem=str(error))
    problem = str(error) if isinstance(error, SourceError) else f"{type(error).__name__}: {error}"
    if isinstance(error, EmptyAnswer) and len(opened) >= HOLD_KNOWN:
        return Verdict("held", False, problem=f"{problem}: none of {len(opened)} known open items is there")
    return Verdict("failed", False, problem=problem)


def _due(since: datetime, now: datetime) -> bool:
    return now - since >= CLOSE_AFTER


def _absence(since: datetime, now: datetime) -> str:
    return f"absent from two complete looks, {since:%Y-%m-%d %H:%M} and {now:%Y-%m-%d %H:%M} UTC"
