"""What is told of the life of one opening: its turns, the last look at its page, what it repeats, how long it may last.
Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from finder.checks import Checked, Turn
from finder.lifecycle import repost_of
from finder.lifespan import ApplyBy, Estimate, apply_by
from finder.model import Opening


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


def biography(
    opening: Opening,
    now: datetime,
    *,
    turns: Sequence[Turn] = (),
    checks: Iterable[Checked] = (),
    closed: Iterable[Opening] = (),
    lifespans: Mapping[tuple[str, str], Estimate] | None = None,
    system: str = "",
) -> Biography:
    """The life of an opening. `closed`: openings that it may repeat; `system`: the hiring system of its address."""
    is_due = opening.state != "closed" and opening.deadline is None
    appeared = min(filter(None, (opening.posted_at, opening.first_seen)))
    return Biography(
        turns=tuple(turns),
        check=max(checks, key=lambda look: look.at, default=None),
        repeats=repost_of(opening, closed),
        apply_by=apply_by(lifespans or {}, system, appeared, now) if is_due else None,
    )
