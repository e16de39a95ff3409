"""The answer of `finder search`, `show` and `why` as plain text: one block a match, nothing cut, no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime

from finder.model import Kind, Match, Need
from finder.render.words import ago, counted, moment, safe, where
from finder.wishes import public_kind, terms_of

HEADINGS: Mapping[Kind, str] = {
    "internship": "Internships",
    "job": "Other jobs",
    "project": "Projects to contribute to",
    "course": "Courses",
    "dataset": "Data sets",
}
REASONS = 3
"""Reason lines under each match of a search; `finder why ID` tells them all."""


def grouped(matches: Sequence[Match]) -> dict[Kind, list[Match]]:
    """Matches by public kind, kinds in the order of HEADINGS, each in the order given."""
    groups: dict[Kind, list[Match]] = {kind: [] for kind in HEADINGS}
    for match in matches:
        groups[public_kind(match.opening)].append(match)
    return {kind: members for kind, members in groups.items() if members}


def listing(matches: Sequence[Match], totals: Mapping[Kind, int], now: datetime, reasons: int = REASONS) -> str:
    """All matches under a heading for each kind with how many there are in all."""
    blocks = []
    for kind, members in grouped(matches).items():
        total = totals.get(kind, len(members))
        blocks.append(f"{HEADINGS[kind]}: {len(members)} of {total:,}")
        blocks += [entry(number, match, now, reasons) for number, match in enumerate(members, 1)]
    return "\n\n".join(blocks)


def entry(number: int, match: Match, now: datetime, reasons: int = REASONS) -> str:
    """One match: what it is, how far the person is from it, why, and where to apply."""
    opening = match.opening
    head = f"{number:>2}. {safe(opening.title)}"
    if opening.organization:
        head += f" — {safe(opening.organization)}"
    facts = [f"score {match.score * 100:.0f}", match.readiness, where(opening), dated(match, now), state_words(match)]
    lines = [head, "    " + " · ".join(fact for fact in facts if fact)]
    lines += [wrapped(safe(reason), "    - ") for reason in match.reasons[:reasons]]
    lines.append(f"    {safe(opening.url) or '(no address given)'}   [{opening.id}]")
    return "\n".join(lines)


def dated(match: Match, now: datetime) -> str:
    """When it was posted; where no source tells, since when we have seen it; for a project, its last push."""
    opening = match.opening
    if public_kind(match.opening) == "project":
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


def wrapped(text: str, first: str, width: int = 100) -> str:
    """`text` in lines of at most `width`, the first led by `first`, the others by as many spaces."""
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False)


def page(match: Match, now: datetime, *, full: bool) -> str:
    """One match as a page: the score and its parts, every reason; with `full` the facts, needs and sightings too."""
    blocks = [entry(1, match, now, reasons=0).lstrip(" 1.")]
    if full:
        blocks += [_facts(match)]
    blocks.append(_score(match))
    if match.reasons:
        blocks.append("\n".join(["Why", *(wrapped(safe(reason), "  - ") for reason in match.reasons)]))
    if full:
        blocks += [_needs(match), _sightings(match), _description(match)]
    return "\n\n".join(block for block in blocks if block)


def _facts(match: Match) -> str:
    opening, facets = match.opening, match.opening.facets
    rows = {
        "kind": public_kind(match.opening),
        "level": facets.level if facets else "",
        "places": "; ".join(place.text for place in opening.places),
        "remote": {True: "yes", False: "no", None: ""}[opening.remote],
        "terms": ", ".join(terms_of(opening)),
        "pay": opening.pay,
        "posted": moment(opening.posted_at) if opening.posted_at else "",
        "deadline": moment(opening.deadline) if opening.deadline else "",
        "first seen": moment(opening.first_seen),
        "last seen": moment(opening.last_seen),
        "state": f"{opening.state} since {moment(opening.state_at)}" if opening.state_at else opening.state,
        "evidence": opening.evidence,
    }
    return "\n".join(wrapped(safe(value), f"{name:<11}") for name, value in rows.items() if value)


def _score(match: Match) -> str:
    parts = " × ".join(f"{name} {value:.2f}" for name, value in match.parts.items())
    return wrapped(f"score {match.score * 100:.0f} = 100 × {parts}", "")


def _needs(match: Match) -> str:
    needs = match.opening.facets.needs if match.opening.facets else ()
    if not needs:
        return ""
    held = set(match.held)
    return "\n".join(["What it asks for", *(_need(need, held) for need in needs)])


def _need(need: Need, held: set[str]) -> str:
    mark = "✓" if need.skill in held else "·"
    return wrapped(safe(f"{need.skill} ({need.strength}): “{need.quote}”"), f"  {mark} ")


def _sightings(match: Match) -> str:
    rows = [f"Seen at {counted(len(match.opening.sightings), 'source')}"]
    for sighting in match.opening.sightings:
        rows.append(
            f"  {sighting.source}: {sighting.state}, {moment(sighting.first_seen)} to {moment(sighting.last_seen)}"
        )
        rows += [f"    {safe(text)}" for text in (sighting.url, sighting.evidence) if text]
    return "\n".join(rows)


def _description(match: Match) -> str:
    text = safe(match.opening.description).strip()
    return (
        "Description\n" + "\n".join(wrapped(line, "  ") for line in text.splitlines() if line.strip()) if text else ""
    )
