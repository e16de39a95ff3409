"""The answer of `finder search` as plain text: one block a match, nothing cut, no colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from finder.families import ALONE, Family, places_of
from finder.model import Kind, Match
from finder.render.words import ago, credited, safe, where, wrapped
from finder.wishes import public_kind

HEADINGS: Mapping[Kind, str] = {
    "internship": "Internships",
    "job": "Other jobs",
    "project": "Projects to contribute to",
    "course": "Courses",
    "dataset": "Data sets",
}
REASONS = 3
"""Reason lines under each match of a search; `finder why ID` tells them all."""
ALL_REASONS = 99
PLACES = 4
"""Places told of others like it."""


def grouped(matches: Sequence[Match]) -> dict[Kind, list[Match]]:
    """Matches by public kind, kinds in the order of HEADINGS, each in the order given."""
    groups: dict[Kind, list[Match]] = {kind: [] for kind in HEADINGS}
    for match in matches:
        groups[public_kind(match.opening)].append(match)
    return {kind: members for kind, members in groups.items() if members}


def heading(kind: Kind, members: Sequence[Match], totals: Mapping[Kind, int]) -> str:
    """`Internships: 10 of 2,308`."""
    return f"{HEADINGS[kind]}: {len(members)} of {totals.get(kind, len(members)):,}"


def listing(
    matches: Sequence[Match],
    totals: Mapping[Kind, int],
    now: datetime,
    reasons: int = REASONS,
    width: int = 0,
    families: Mapping[str, Family] = ALONE,
) -> str:
    """All matches, under a heading for each kind with how many there are in all."""
    blocks = []
    for kind, members in grouped(matches).items():
        blocks.append(heading(kind, members, totals))
        for number, match in enumerate(members, 1):
            blocks.append(entry(number, match, now, reasons, width, families.get(match.opening.id)))
    return "\n\n".join(blocks)


def entry(
    number: int,
    match: Match,
    now: datetime,
    reasons: int = REASONS,
    width: int = 0,
    family: Family | None = None,
) -> str:
    """One match: what it is, how far the person is from it, why, what else there is like it, and where to apply."""
    lines = [wrapped(name(match), f"{number:>2}. ", width), wrapped(facts(match, now), "    ", width)]
    lines += [wrapped(safe(reason), "    - ", width) for reason in match.reasons[:reasons]]
    if family and family.others:
        lines.append(wrapped(more(match, family), "    + ", width))
    lines.append(f"    {address(match)}   [{match.opening.id}]")
    return "\n".join(lines)


def more(match: Match, family: Family) -> str:
    """What else of its role passed the same filters: `3 more like it (Berlin; Oslo): finder show m3k9d2xa`."""
    where = places_of(family.others)
    cut = [*where[:PLACES], *(["…"] if len(where) > PLACES else [])]
    told = f" ({'; '.join(cut)})" if where else ""
    return safe(f"{len(family.others)} more like it{told}: finder show {match.opening.id}")


def name(match: Match) -> str:
    """Title and organization."""
    opening = match.opening
    return safe(f"{opening.title} — {opening.organization}" if opening.organization else opening.title)


def facts(match: Match, now: datetime) -> str:
    """Score, readiness, places, date, where it is not open its state, and whom to thank for it."""
    one = match.opening
    told = (
        f"score {points(match)}",
        match.readiness,
        where(one),
        dated(match, now),
        state_words(match),
        *credited(one),
    )
    return " · ".join(fact for fact in told if fact)


def points(match: Match) -> str:
    """The score out of 100."""
    return f"{match.score * 100:.0f}"


def address(match: Match) -> str:
    """Where to apply or contribute."""
    return safe(match.opening.url) or "(no address given)"


def dated(match: Match, now: datetime) -> str:
    """When it was posted; where no source tells, since when we have seen it; for a project, its last push."""
    opening = match.opening
    if public_kind(opening) == "project":
        return f"active {ago(opening.updated_at, now)}" if opening.updated_at else ""
    if opening.posted_at:
        return f"posted {ago(opening.posted_at, now)}"
    return f"seen since {opening.first_seen:%Y-%m-%d}"


def state_words(match: Match) -> str:
    """'' for an open one, else its state with the evidence."""
    opening = match.opening
    if opening.state == "open":
        return ""
    return safe(f"{opening.state.upper()}: {opening.evidence}" if opening.evidence else opening.state.upper())
