"""What goes into this week's mail: pure; one computed object that text, HTML and subject all come from.

New is what no digest that was sent has shown before. The first digest is a baseline: the best of what is open, not a flood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from finder.model import Match
from finder.render.search import kind_of

MOST_OF_ONE = 2
"""Openings of one organization in one section: lists of the newest hold up to nine rows of one company in twenty."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it. `total` counts what belongs here, shown or not."""

    title: str
    matches: tuple[Match, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One person's mail of one week."""

    profile: str
    week: str
    """ISO week of the person's own calendar, such as 2026-W34."""
    at: datetime
    baseline: bool
    sections: tuple[Section, ...]
    still_open: int
    """Internships that are open and not named in this mail."""
    refreshed: datetime | None
    troubles: tuple[str, ...]
    """Sources that failed or were held at the last look, in words."""

    @property
    def shown(self) -> tuple[Match, ...]:
        """Every match that the mail names, once each."""
        return tuple(match for section in self.sections for match in section.matches)

    @property
    def headline(self) -> str:
        """The news in one line, numbers first: `4 ready, 3 one step away – week 34`. The mail's subject."""
        counts = [f"{len(section.matches)} {section.title.lower()}" for section in self.sections]
        number = int(self.week.rpartition("W")[2])
        return f"{', '.join(counts) or 'Nothing new'} – week {number}"


def iso_week(day: datetime) -> str:
    """The ISO 8601 week of a local day, such as 2026-W34."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class Room:
    """How many matches a digest holds."""

    internships: int = 10
    projects: int = 3


def choose(
    matches: Sequence[Match],
    mailed: Collection[str],
    *,
    profile: str,
    week: str,
    now: datetime,
    room: Room,
    refreshed: datetime | None,
    troubles: Sequence[str] = (),
) -> Digest:
    """Pick this week's out of `matches`, which are ranked, best first. `mailed`: ids that were sent before."""
    internships = [match for match in matches if kind_of(match) == "internship"]
    projects = [match for match in matches if kind_of(match) == "project"]
    sections = list(_sections(internships, projects, frozenset(mailed), room))
    named = sum(len(section.matches) for section in sections if section.title != PROJECTS)
    return Digest(
        profile=profile,
        week=week,
        at=now,
        baseline=not mailed,
        sections=tuple(sections),
        still_open=len(internships) - named,
        refreshed=refreshed,
        troubles=tuple(troubles),
    )


READY, NEAR, LOOK, PROJECTS = "Ready", "One step away", "Worth a look", "Projects for this week"


def _sections(
    internships: Sequence[Match], projects: Sequence[Match], mailed: frozenset[str], room: Room
) -> Iterator[Section]:
    left = room.internships
    for title, bands in ((READY, ("ready",)), (NEAR, ("one step away",)), (LOOK, ("unknown", "stretch"))):
        fresh = [m for m in internships if m.readiness in bands and m.opening.id not in mailed]
        picked = _spread(fresh, left)
        left -= len(picked)
        if picked:
            yield Section(title, picked, len(fresh))
    fresh = [match for match in projects if match.opening.id not in mailed]
    if picked := _spread(fresh, room.projects):
        yield Section(PROJECTS, picked, len(fresh))


def _spread(matches: Sequence[Match], most: int) -> tuple[Match, ...]:
    """The first `most`, at most two of one organization; an unnamed organization is never the same as another."""
    counts: dict[str, int] = {}
    picked: list[Match] = []
    for match in matches:
        name = match.opening.organization.casefold()
        counts[name] = counts.get(name, 0) + 1
        if len(picked) < most and (not name or counts[name] <= MOST_OF_ONE):
            picked.append(match)
    return tuple(picked)
