"""The life of an opening in words, and as a public record: what `finder show` tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from finder.model import Opening
from finder.render.words import moment, when

if TYPE_CHECKING:  # a search, which tells of no life, need not import it
    from finder.biography import Biography
    from finder.checks import Turn
    from finder.lifespan import ApplyBy


def rows(life: Biography, now: datetime) -> dict[str, str]:
    """Label → what there is to tell, '' where there is nothing."""
    look, old = life.check, life.repeats
    return {
        "its page": f"{look.verdict}, looked at {when(look.at, now)}: {look.evidence}" if look else "",
        "repost": f"posted again: first seen {old.first_seen:%Y-%m-%d} as {old.id}" if old else "",
        "apply by": _apply_by(life.apply_by) if life.apply_by else "",
    }


def _apply_by(told: ApplyBy) -> str:
    like = " ".join(filter(None, (told.season, told.system)))
    of = f"{told.n:,} {like} ones" if like else f"{told.n:,}"
    return f"{told.by:%Y-%m-%d}, when a quarter of those still open at its age were closed (of {of} on record)"


def turns(opening: Opening, life: Biography) -> list[str]:
    """A line for when it was first seen and for each turn since; none where there was no turn."""
    if not life.turns:
        return []
    first = min(opening.sightings, key=lambda one: one.first_seen, default=None)
    begin = f"{moment(opening.first_seen)}  first seen" + (f", at {first.source}" if first else "")
    return [begin, *(f"{moment(turn.at)}  {_turn(turn)}" for turn in life.turns)]


def _turn(turn: Turn) -> str:
    by = f" (by {turn.source})" if turn.source else ""
    why = turn.evidence or ("shown again" if turn.state == "open" else "")
    return f"{turn.state}{by}" + (f": {why}" if why else "")


def record(life: Biography, iso: Any) -> dict[str, Any]:
    """The same for programs. `iso` writes a time."""
    look, old, late = life.check, life.repeats, life.apply_by
    return {
        "warnings": list(life.warnings),
        "turns": [
            {"at": iso(turn.at), "state": turn.state, "evidence": turn.evidence, "source": turn.source}
            for turn in life.turns
        ],
        "page_check": look
        and {"url": look.url, "at": iso(look.at), "verdict": look.verdict, "evidence": look.evidence},
        "posted_again": old and {"id": old.id, "first_seen": iso(old.first_seen), "last_seen": iso(old.last_seen)},
        "apply_by": late
        and {
            "date": f"{late.by:%Y-%m-%d}",
            "n": late.n,
            "closed": late.closed,
            "system": late.system,
            "season": late.season,
        },
    }
