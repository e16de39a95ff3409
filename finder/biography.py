"""What is told of the life of one opening: its turns, the last look at its page, what it repeats, how long it may last.
Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from finder.checks import Checked, Turn
from finder.lifecycle import repost_of
from finder.lifespan import ApplyBy, Estimate, apply_by
from finder.model import Opening
from finder.warnings import warnings_of


@dataclass(frozen=True, slots=True)
class Biography:
    """The life of an opening, as far as the store knows it."""

    turns: tuple[Turn, ...] = ()
    """Changes of its state since it was first seen, oldest first."""
    check: Checked | None = None
    """The last look at its own page."""
    repeats: Opening | None = None
    """The closed opening that it posts again."""
    apply_by: ApplyBy | None = None
    """When an application is late, reckoned from others like it; None where its source names a date."""
    warnings: tuple[str, ...] = ()
    """What speaks against it, in words."""


def biography(
    opening: Opening,
    now: datetime,
    *,
    turns: Sequence[Turn] = (),
    checks: Iterable[Checked] = (),
    closed: Iterable[Opening] = (),
    lifespans: Mapping[tuple[str, str], Estimate] | None = None,
    system: str = "",
    employers: Collection[str] = (),
) -> Biography:
    """The life of an opening. `closed`: openings that it may repeat; `system`: the hiring system of its address;
    `employers`: names of the sources that are employers' own boards."""
    looks, earlier = tuple(checks), _earlier(opening, tuple(closed))
    is_due = opening.state != "closed" and opening.deadline is None
    appeared = min(filter(None, (opening.posted_at, opening.first_seen)))
    return Biography(
        turns=tuple(turns),
        check=max(looks, key=lambda look: look.at, default=None),
        repeats=earlier[0] if earlier else None,
        apply_by=apply_by(lifespans or {}, system, appeared, now) if is_due else None,
        warnings=warnings_of(opening, now, checks=looks, earlier=earlier, employers=employers),
    )


def _earlier(opening: Opening, closed: Sequence[Opening]) -> list[Opening]:
    """What it posts again, what that posted again, and so on: each was gone before the next appeared."""
    found: list[Opening] = []
    while (old := repost_of(found[-1] if found else opening, closed)) and old not in found:
        found.append(old)
    return found
