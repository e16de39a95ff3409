"""The factors of a score that do not hang on skills: each its value in (0, 1] and the sentence that tells it. Pure.

A sentence is '' where there is nothing to say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from finder.conditions import conditions as words_of
from finder.conditions import warnings_stated
from finder.model import Opening, Profile
from finder.rank.weights import Weights
from finder.wishes import deadline_of, is_remote, lies_in, may_be_of_term, near_wish, of_term, public_kind, terms_of

INTERN_LEVELS = frozenset({"internship", "co-op", "working student", "apprenticeship", "fellowship"})

_ROLES = {
    "core": "Machine-learning work",
    "data": "Data work, close to machine learning",
    "adjacent": "Next to machine learning",
    "none": "Not machine-learning work, as far as can be told",
}


class Part(NamedTuple):
    """One factor and the sentence that goes with it."""

    value: float
    reason: str = ""


def relevance(opening: Opening, weights: Weights) -> Part:
    """How far it is machine-learning work."""
    facets = opening.facets
    if facets is None:
        return Part(weights.irrelevant, "Not classified yet: whether it is machine-learning work is not known")
    share = min(max(facets.relevance, 0.0), 1.0)
    value = weights.irrelevant + (1.0 - weights.irrelevant) * share
    return Part(value, _ROLES[facets.role] + _said(opening, facets.evidence.get("role", "")))


def _said(opening: Opening, quote: str) -> str:
    if not quote:
        return ""
    text = "its page" if public_kind(opening) == "project" else "its text"
    where = "the title" if quote.casefold() in opening.title.casefold() else text
    return f": {where} says “{shortened(quote)}”"


def shortened(text: str, width: int = 120) -> str:
    """`text` on one line, cut at a blank with … where it is longer than `width`."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[:width].rpartition(" ")[0].rstrip(",;:") + " …"


def level(opening: Opening, weights: Weights) -> Part:
    """How well its level suits a learner: a share of the match, not a factor of its own."""
    facets, kind = opening.facets, public_kind(opening)
    said = facets.level if facets else ""
    if kind == "project":
        return Part(1.0 if said == "beginner" else weights.not_beginner)
    if kind != "job" or said in INTERN_LEVELS:
        return Part(1.0)
    if said == "new grad":
        return Part(weights.new_grad, "A first job after a degree, not an internship")
    return Part(weights.other_level, "A job, not an internship")


def conditions(opening: Opening) -> list[str]:
    """What the listing plainly says about who may apply, with its own words. Whether the person may is not known here,
    so it is told and costs nothing."""
    stated = opening.facets.stated if opening.facets else {}
    return [f"{told}: “{shortened(quote)}”" for quote, told in words_of(stated).items()]


def warnings(opening: Opening) -> list[str]:
    """What its own text warns of. Told, and costs nothing either."""
    stated = opening.facets.stated if opening.facets else {}
    return [f"Warning: {told}: “{shortened(quote)}”" for told, quote in warnings_stated(stated)]


def freshness(opening: Opening, now: datetime, weights: Weights) -> Part:
    """How likely it is to be open still: falls with the days since it was posted, or since it was first seen."""
    since = opening.posted_at or opening.first_seen
    days = days_between(since, now)
    value = weights.stale + (1.0 - weights.stale) * 2.0 ** (-days / weights.half_life)
    if opening.posted_at:
        return Part(value, f"Posted {ago(days)}")
    return Part(value, f"First seen {ago(days)}; no source says when it was posted")


def days_between(then: datetime, now: datetime) -> int:
    """Days of the calendar (UTC), so that a score stays the same all day; a time to come counts as now."""
    return max((now.astimezone(UTC).date() - then.astimezone(UTC).date()).days, 0)


def ago(days: int) -> str:
    """`today`, `1 day ago`, `12 days ago`."""
    return "today" if days < 1 else f"{days} day{'s' if days > 1 else ''} ago"


def deadline(opening: Opening, now: datetime) -> str:
    """A sentence on the last day to apply; '' where none is known, or where it is past: `state` tells that."""
    days = _days_left(opening, now)
    if days is None or days < 0:
        return ""
    left = f"{days} day{'s' if days > 1 else ''} left" if days else "today is the last day"
    return f"Apply by {_last_day(opening)}: {left}"


def _days_left(opening: Opening, now: datetime) -> int | None:
    """Days of the calendar (UTC) until the last day to apply, which counts whole; None where none is known."""
    last = deadline_of(opening)
    return (last.astimezone(UTC).date() - now.astimezone(UTC).date()).days if last else None


def _last_day(opening: Opening) -> str:
    last = deadline_of(opening)
    return f"{last.astimezone(UTC):%Y-%m-%d}" if last else ""


def place(opening: Opening, profile: Profile, weights: Weights) -> Part:
    """How its places suit the person. Without a preference nothing speaks against any of them."""
    if is_remote(opening) and profile.remote:
        return Part(1.0, "Remote, as you prefer")
    answers = {wanted: lies_in(opening, wanted) for wanted in profile.locations}
    hits = [wanted for wanted, there in answers.items() if there]
    if hits:
        return Part(1.0, f"{_capital(_where(hits[0]))}, where you look")
    there = "; ".join(place.text for place in opening.places if place.text)
    if is_remote(opening):
        return Part(weights.elsewhere, "Remote, and you prefer to work on site")
    if not profile.locations:
        return Part(1.0)
    if not there:
        return Part(weights.nowhere, "Where it is could not be read")
    looks = _either(tuple(map(_where, profile.locations)))
    if None in answers.values():
        return Part(
            weights.nowhere, f"In {shortened(there, 60)}; whether that is {looks}, where you look, is not known"
        )
    return Part(weights.elsewhere, f"In {shortened(there, 60)}, not {looks}, where you look")


def _where(wanted: str) -> str:
    wish = near_wish(wanted)
    return f"within {wish.km:.0f} km of {wish.centre.text}" if wish else f"in {wanted}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def term(opening: Opening, profile: Profile, weights: Weights) -> Part:
    """How its terms suit the person."""
    if not profile.terms:
        return Part(1.0)
    hits = [wanted for wanted in profile.terms if of_term(opening, wanted)]
    if hits:
        return Part(1.0, f"For {hits[0]}, as you prefer")
    terms = terms_of(opening)
    if not terms or any(may_be_of_term(opening, wanted) for wanted in profile.terms):
        return Part(weights.no_term, f"Whether it is for {_either(profile.terms)} could not be read")
    return Part(weights.other_term, f"For {_either(terms)}, not for {_either(profile.terms)}")


def _either(items: tuple[str, ...]) -> str:
    return " or ".join(items)


def state(opening: Opening, now: datetime, weights: Weights) -> Part:
    """Whether it is open still, as far as its sources tell."""
    days = _days_left(opening, now)
    if opening.state != "closed" and days is not None and days < 0:
        return Part(weights.overdue, f"The last day to apply was {_last_day(opening)}")
    if opening.state == "open":
        return Part(1.0)
    told = f": {shortened(opening.evidence)}" if opening.evidence else ""
    if opening.state == "missing":
        return Part(weights.missing, f"Its source does not show it at present; it may be closed{told}")
    return Part(weights.closed, f"Closed{told}")
