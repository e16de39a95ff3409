"""What makes a repository a good place for a first contribution. Pure; every signal may be absent or malformed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from finder.model import Opening
from finder.rank.fit import Fit, Person
from finder.rank.parts import Part, ago, days_between
from finder.rank.weights import Weights

_ENOUGH_ISSUES = 3
_STARS_LOW, _STARS_HIGH = 100, 5_000
"""Projects in this band are alive and still small enough for a newcomer to be heard; lists for beginners ask for three
open issues at least."""


def friendly(opening: Opening) -> Part:
    """How welcome a beginner is: issues marked for beginners, a size at which one is heard, several lists naming it."""
    issues = _count(opening.extra, "free_issues", "good_first_issues", "issue_count")
    share = 0.5 if issues is None else 0.1 if not issues else 0.6 if issues < _ENOUGH_ISSUES else 1.0
    listed = len({sighting.source for sighting in opening.sightings}) > 1
    value = 0.4 + 0.35 * share + 0.15 * _hump(_count(opening.extra, "stars")) + 0.10 * listed
    return Part(value, _welcome(opening.extra, issues))


def _welcome(extra: Mapping[str, Any], issues: int | None) -> str:
    label = extra.get("label")
    named = isinstance(label, str) and label != ""
    marked = f"marked “{label}”" if named else "marked for beginners"
    if issues is None:
        return f"Its issues for beginners are {marked}" if named else ""
    if not issues:
        return f"No open issue is {marked} at present"
    free = " and free" if _count(extra, "free_issues") is not None else ""
    return f"{issues:,} issue{'s are' if issues > 1 else ' is'} {marked}{free}"


def _hump(stars: int | None) -> float:
    """1 inside the band, falling by 0.4 with every power of ten outside it."""
    if stars is None:
        return 0.6
    away = math.log10(max(_STARS_LOW / max(stars, 1), stars / _STARS_HIGH, 1.0))
    return max(1.0 - 0.4 * away, 0.0)


def _count(extra: Mapping[str, Any], *names: str) -> int | None:
    for name in names:
        value = extra.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def archived(opening: Opening, person: Person) -> bool:
    """Whether it takes no contribution any more: its forge says so, or the curriculum lists it for reading only."""
    address = opening.url.casefold().removesuffix("/").removesuffix(".git")
    return opening.extra.get("archived") is True or address in person.curriculum.read_only


def alive(opening: Opening, person: Person, now: datetime, weights: Weights) -> Part:
    """Whether anybody will answer: archived or not, and how long ago something was last pushed."""
    if archived(opening, person):
        return Part(weights.archived, "Archived: read-only, takes no contribution; good for reading")
    pushed = _moment(opening.extra.get("pushed_at")) or opening.updated_at
    if pushed is None:
        return Part(weights.unknown_push)
    days = days_between(pushed, now)
    quiet = max(days - weights.quiet_after, 0.0)
    value = weights.quiet + (1.0 - weights.quiet) * 2.0 ** (-quiet / weights.quiet_half_life)
    return Part(value, f"Last worked on {ago(days)}" + (": it has gone quiet" if quiet else ""))


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def shows(fit: Fit, person: Person) -> str:
    """What a merged contribution would be evidence of: the contribution step while it is not done, and its skills."""
    step = person.curriculum.steps.get(person.curriculum.contribution)
    skills = list(dict.fromkeys(demand.best for demand in fit.asked))[:4]
    told = [f"the step “{step.title}”"] if step and step.id not in person.profile.done else []
    told += [f"work with {', '.join(skills)}"] if skills else []
    return f"Contributing here would evidence {' and '.join(told)}" if told else ""
