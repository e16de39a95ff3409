"""What goes into this week's mail: pure; one computed object that subject, text and HTML all come from.

New is what was first seen after the person's first digest and stood in none since: what there was no room for last week
is still news. The first digest is a baseline: the best of what is open, no flood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from finder.model import Match, Readiness
from finder.wishes import public_kind

MOST_OF_ONE = 2
"""Openings of one organization in one section: lists of the newest hold up to nine rows of one company in twenty."""

STALE = timedelta(hours=24)
"""A digest of older data says how old it is: one opening in forty closes in a day."""

BANDS: tuple[tuple[str, tuple[Readiness, ...]], ...] = (
    ("Ready", ("ready",)),
    ("One step away", ("one step away",)),
    ("Worth a look", ("unknown", "stretch")),
)
"""Sections of internships, most wanted first, by readiness. Who is not eligible is not told."""
PROJECTS = "Projects"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A digest of the same person that was sent, or still will be: when it was made and what it lists."""

    at: datetime
    listed: Collection[str]


@dataclass(frozen=True, slots=True)
class Room:
    """How many matches a digest holds at most."""

    internships: int = 10
    projects: int = 3

    def smaller(self) -> Room:
        """A fifth less of each; nothing at last."""
        return Room(self.internships * 4 // 5, self.projects * 4 // 5)


@dataclass(frozen=True, slots=True)
class Collected:
    """How fresh and how whole the data is that a digest is made of."""

    refreshed: datetime | None = None
    """When a look at any source was last accepted."""
    asked: int = 0
    """Sources that are configured, switched on and were ever asked."""
    troubles: tuple[tuple[str, str], ...] = ()
    """Those of them that failed or were held at their last look: name and cause."""
    findings: tuple[tuple[str, str], ...] = ()
    """What is unusual of those that answered: name and finding."""
    boards: int = 0
    """Boards that became sources by themselves and were ever asked."""
    boards_down: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it. `total` counts all that is new and belongs here, shown or not."""

    title: str
    matches: tuple[Match, ...]
    total: int

    @property
    def count(self) -> str:
        """`4 ready`, `1 project`."""
        noun = self.title.lower()
        return f"{len(self.matches)} {noun.removesuffix('s') if len(self.matches) == 1 else noun}"


@dataclass(frozen=True, slots=True)
class Digest:
    """One person's mail of one week."""

    profile: str
    week: str
    """ISO week of the person's own calendar, such as 2026-W34."""
    at: datetime
    since: datetime | None
    """When the last digest was made; None: this is the first."""
    sections: tuple[Section, ...]
    still_open: int
    """Internships for this person that are open and not named in this mail."""
    collected: Collected

    @property
    def shown(self) -> tuple[Match, ...]:
        """Every match that the mail names, once each."""
        return tuple(match for section in self.sections for match in section.matches)

    @property
    def headline(self) -> str:
        """The news in one line, numbers first: `4 ready, 3 one step away (week 34)`. The mail's subject."""
        counts = ", ".join(section.count for section in self.sections if section.matches)
        return f"{counts or 'Nothing new'} (week {int(self.week.rpartition('W')[2])})"

    @property
    def is_stale(self) -> bool:
        """Whether the data is so old that the reader has to be told."""
        return self.collected.refreshed is None or self.at - self.collected.refreshed > STALE


def iso_week(day: datetime) -> str:
    """The ISO 8601 week of a local day, such as 2026-W34."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def choose(
    matches: Sequence[Match],
    earlier: Sequence[Earlier],
    *,
    profile: str,
    week: str,
    now: datetime,
    room: Room,
    collected: Collected,
) -> Digest:
    """Pick this week's out of `matches`, which are ranked, best first. `earlier`: this person's digests until now."""
    wanted = [match for match in matches if _is_wanted(match)]
    internships, projects = ([m for m in wanted if public_kind(m.opening) == k] for k in ("internship", "project"))
    found = [*_internships(_news(internships, earlier), room.internships), *_projects(_news(projects, earlier), room)]
    named = {match.opening.id for section in found for match in section.matches}
    return Digest(
        profile=profile,
        week=week,
        at=now,
        since=max((digest.at for digest in earlier), default=None),
        sections=tuple(found),
        still_open=sum(match.opening.id not in named for match in internships),
        collected=collected,
    )


def _is_wanted(match: Match) -> bool:
    """Machine-learning work or near it, that this person may do. Ranking puts the rest last; a mail leaves it out."""
    facets = match.opening.facets
    return facets is not None and facets.role != "none" and match.readiness != "not eligible"


def _news(matches: Sequence[Match], earlier: Sequence[Earlier]) -> list[Match]:
    if not earlier:
        return list(matches)
    baseline = min(digest.at for digest in earlier)
    listed = frozenset[str]().union(*(digest.listed for digest in earlier))
    return [m for m in matches if m.opening.first_seen > baseline and m.opening.id not in listed]


def _internships(news: Sequence[Match], room: int) -> Iterator[Section]:
    """By priority, but each band keeps a place for each later one: a long list of one kind would hide the others."""
    bands = [(title, [match for match in news if match.readiness in kinds]) for title, kinds in BANDS]
    bands = [(title, members) for title, members in bands if members and room]
    for later, (title, members) in zip(reversed(range(len(bands))), bands, strict=True):
        picked = _spread(members, max(room - later, min(room, 1)))
        room -= len(picked)
        yield Section(title, picked, len(members))


def _projects(news: Sequence[Match], room: Room) -> Iterator[Section]:
    if news and room.projects:
        yield Section(PROJECTS, _spread(news, room.projects), len(news))


def _spread(matches: Sequence[Match], most: int) -> tuple[Match, ...]:
    """The first `most`, at most two of one organization; an unnamed organization is never the same as another."""
    counts: dict[str, int] = {}
    picked: list[Match] = []
    for match in matches:
        name = match.opening.organization.casefold()
        if len(picked) < most and (not name or counts.get(name, 0) < MOST_OF_ONE):
            counts[name] = counts.get(name, 0) + 1
            picked.append(match)
    return tuple(picked)
