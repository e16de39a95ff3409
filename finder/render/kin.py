"""What an opening is kin to: the other addresses of its posting, its siblings, and what a person said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from finder.families import Alike, Relations, Relatives, Said
from finder.model import Opening
from finder.render.words import counted, moment, safe, when, where, wrapped
from finder.wishes import terms_of

SIBLINGS = 30
"""Siblings told one by one; a family of a large company has more."""


def posting(one: Opening, told: Relations, now: datetime, width: int) -> list[str]:
    """Lines for each other opening that is the same posting: where it was seen, and why they were joined."""
    lines: list[str] = []
    for other in told.of(told.relatives.posting):
        lines.append(wrapped(_named(other), "  - ", width))
        lines += [wrapped(safe(line), "    ", width) for line in _joined_by(one, other, told.relatives)]
        for sighting in other.sightings:
            since, last = moment(sighting.first_seen), when(sighting.last_seen, now)
            lines.append(wrapped(safe(f"{sighting.source}: {sighting.state}, {since} to {last}"), "    ", width))
            lines += [f"      {safe(text)}" for text in (sighting.url, sighting.evidence) if text]
    return lines


def siblings(told: Relations, width: int) -> list[str]:
    """Lines for each other posting of its role, what is open first."""
    family = sorted(told.of(told.relatives.family), key=lambda other: (other.state == "closed", other.id))
    shown = family[:SIBLINGS]
    lines = [wrapped(_named(other), "  - ", width) for other in shown]
    left = len(family) - len(shown)
    return lines + ([f"  … {counted(left, 'more', 'more')}"] if left else [])


def said(one: Opening, told: Relations, width: int) -> list[str]:
    """Lines for what a person decided about it."""
    return [wrapped(safe(_decided(decision, one.id)), "  - ", width) for decision in told.relatives.said]


def _decided(decision: Said, asked: str) -> str:
    if not decision.other:
        return f"stands by itself, by hand since {moment(decision.at)}"
    other = decision.other if decision.one == asked else decision.one
    return f"{'one with' if decision.joined else 'not the same as'} {other}, by hand since {moment(decision.at)}"


def _named(other: Opening) -> str:
    told = (where(other), ", ".join(terms_of(other)), "" if other.state == "open" else other.state)
    return safe(" · ".join(filter(None, (f"{other.title} [{other.id}]", *told))))


def _joined_by(one: Opening, other: Opening, relatives: Relatives) -> list[str]:
    """Why the two are one: the pair itself, or by way of which others."""
    ends = {one.id, other.id}
    if any(decision.joined and {decision.one, decision.other} == ends for decision in relatives.said):
        return ["joined by hand"]
    direct = [pair for pair in relatives.pairs if {pair.one, pair.other} == ends]
    others = [pair for pair in relatives.pairs if other.id in (pair.one, pair.other)]
    return [_pair(pair, other.id) for pair in direct or others[:1]]


def _pair(pair: Alike, asked: str) -> str:
    with_whom = pair.other if pair.one == asked else pair.one
    return f"joined with {with_whom}, {pair.score * 100:.0f} % sure: {pair.why}"


def record(one: Opening, told: Relations, iso: Callable[[datetime | None], str | None]) -> dict[str, Any]:
    """The same as JSON-able values."""
    relatives = told.relatives
    return {
        "family": relatives.label,
        "same_posting": [
            {
                "id": other.id,
                "title": other.title,
                "url": other.url,
                "state": other.state,
                "sightings": [{"source": s.source, "url": s.url, "state": s.state} for s in other.sightings],
                "joined_by": _joined_by(one, other, relatives),
            }
            for other in told.of(relatives.posting)
        ],
        "same_role": [
            {
                "id": other.id,
                "title": other.title,
                "locations": [place.text for place in other.places],
                "terms": list(terms_of(other)),
                "state": other.state,
            }
            for other in told.of(relatives.family)
        ],
        "decisions": [{"one": s.one, "other": s.other, "joined": s.joined, "at": iso(s.at)} for s in relatives.said],
    }
