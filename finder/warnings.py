"""What speaks against an opening: shown wherever it is told of, never a reason to hide it or to rank it lower. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from finder.checks import Checked
from finder.companies import named
from finder.conditions import warnings_stated
from finder.model import Opening

UNVERIFIED = timedelta(days=60)
"""After so long without a date, a page or an employer's board that speaks for it, a list may just have forgotten it."""

REPOSTS, REPOSTED = 2, timedelta(days=90)
"""So often and for so long the same words are posted by whoever does not mean to fill one place."""


def warnings_of(
    opening: Opening,
    now: datetime,
    *,
    checks: Iterable[Checked] = (),
    earlier: Sequence[Opening] = (),
    employers: Collection[str] = (),
) -> tuple[str, ...]:
    """All of them in words. `checks`: looks at its pages; `earlier`: what it posts again, the last first; `employers`:
    names of the sources that are employers' own boards. Only a position is warned of."""
    if opening.kind not in ("internship", "job"):
        return ()
    looks = tuple(checks)
    stated = opening.facets.stated if opening.facets else {}
    told = (
        *(f"{words}: “{quote}”" for words, quote in warnings_stated(stated)),
        "" if named(opening.organization).key else "no company named",
        _contradicted(opening, looks),
        _unverified(opening, now, looks, employers),
        _reposted(opening, earlier),
    )
    return tuple(words for words in told if words)


def _contradicted(opening: Opening, looks: Sequence[Checked]) -> str:
    last = max(looks, key=lambda look: look.at, default=None)
    shown = any(sighting.state == "open" for sighting in opening.sightings)
    return "its own page says it is closed" if shown and last and last.verdict == "closed" else ""


def _unverified(opening: Opening, now: datetime, looks: Sequence[Checked], employers: Collection[str]) -> str:
    live = [sighting.source for sighting in opening.sightings if sighting.state != "closed"]
    if opening.state == "closed" or any(source in employers for source in live):
        return ""
    dates = [date for date in (opening.posted_at, opening.updated_at) if date] or [opening.first_seen]
    age = now - max([*dates, *(look.at for look in looks if look.verdict == "open")])
    return f"unverified for {age.days} days" if age > UNVERIFIED else ""


def _reposted(opening: Opening, earlier: Sequence[Opening]) -> str:
    if len(earlier) < REPOSTS:
        return ""
    first = min(one.first_seen for one in earlier)
    return f"reposted since {first:%Y-%m-%d}" if opening.last_seen - first > REPOSTED else ""
