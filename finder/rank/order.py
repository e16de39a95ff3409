"""The ranking itself: openings and a person in, matches with their reasons out. Pure: the same input, the same order.

    score = product of the parts
    match = 0.65 coverage + 0.15 if ready or one step away + 0.20 level

Every part is in (0, 1], so that a reason can lower an opening but never hide it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from finder.model import Kind, Match, Opening, Profile
from finder.rank import parts, projects, words
from finder.rank.fit import Fit, Person, fit, person_of
from finder.rank.parts import Part
from finder.rank.weights import DEFAULTS, Weights
from finder.steps import Curriculum
from finder.wishes import public_kind

Hint = Callable[[str], str]


def rank(
    openings: Iterable[Opening], profile: Profile, now: datetime, curriculum: Curriculum, weights: Weights = DEFAULTS
) -> list[Match]:
    """Every opening once, best first, with its reasons. `now` must know its time zone."""
    return explained(ordered(openings, profile, now, curriculum, weights), profile, now, curriculum, weights)


def ordered(
    openings: Iterable[Opening], profile: Profile, now: datetime, curriculum: Curriculum, weights: Weights = DEFAULTS
) -> list[Match]:
    """Every opening once, best first; ties by the newest, then by id. Without skills and reasons: see `explained`."""
    person = person_of(profile, curriculum)
    matches = [_match(opening, person, now, weights) for opening in _once(openings)]
    matches.sort(key=_order)
    return matches


def explained(
    matches: Iterable[Match], profile: Profile, now: datetime, curriculum: Curriculum, weights: Weights = DEFAULTS
) -> list[Match]:
    """The same matches, each with the skills it asks for and its reasons. Telling takes longer than ranking, so only
    what is shown is told."""
    person = person_of(profile, curriculum)

    @cache
    def hint(skill: str) -> str:
        return words.hint_for(skill, person)

    return [_explained(match, person, now, weights, hint) for match in matches]


def _once(openings: Iterable[Opening]) -> Iterable[Opening]:
    """One opening an id, whatever the order they come in."""
    kept: dict[str, Opening] = {}
    for opening in openings:
        other = kept.setdefault(opening.id, opening)
        if other is not opening and other != opening:
            kept[opening.id] = max(opening, other, key=lambda one: (one.last_seen, repr(one)))
    return kept.values()


def _order(match: Match) -> tuple[float, float, str]:
    opening = match.opening
    return -match.score, -(opening.posted_at or opening.first_seen).timestamp(), opening.id


def _match(opening: Opening, person: Person, now: datetime, weights: Weights) -> Match:
    met = _fit(opening, person, weights)
    values = {name: part.value for name, part in _parts(opening, met, person, now, weights).items()}
    return Match(opening=opening, score=math.prod(values.values()), parts=values, readiness=met.readiness)


def _fit(opening: Opening, person: Person, weights: Weights) -> Fit:
    facets = opening.facets
    met = fit(facets.needs if facets else (), _is_told(opening), person, weights)
    if public_kind(opening) == "project" and projects.archived(opening, person):
        return met._replace(readiness="not eligible")
    return met


def _is_told(opening: Opening) -> bool:
    return opening.facets is not None and opening.facets.described


def _parts(opening: Opening, met: Fit, person: Person, now: datetime, weights: Weights) -> dict[str, Part]:
    return {
        "relevance": parts.relevance(opening, weights),
        "match": _matching(opening, met, weights),
        **_factors(opening, public_kind(opening), person, now, weights),
        "state": parts.state(opening, now, weights),
    }


def _explained(match: Match, person: Person, now: datetime, weights: Weights, hint: Hint) -> Match:
    opening, kind = match.opening, public_kind(match.opening)
    met = _fit(opening, person, weights)
    about = [
        *(projects.about(opening, now) if kind == "project" and met.readiness != "not eligible" else ()),
        _about_kind(opening, kind, met, person, weights),
        *words.about_skills(met, _is_told(opening), kind, hint, person),
        *parts.conditions(opening),
    ]
    return replace(
        match,
        required=tuple(demand.label for demand in met.asked),
        held=tuple(demand.label for demand in met.asked if demand.credit == 1.0),
        missing=tuple(demand.label for demand in met.asked if demand.credit < 1.0),
        reasons=_reasons(opening, _parts(opening, met, person, now, weights), about, person, now),
    )


def _factors(opening: Opening, kind: Kind, person: Person, now: datetime, weights: Weights) -> dict[str, Part]:
    """The factors that hang on the kind: whether one can still get in, and wants to."""
    if kind == "project":
        return {
            "friendly": projects.friendly(opening, now, weights),
            "alive": projects.alive(opening, person, now, weights),
        }
    if kind in ("course", "dataset"):
        return {}
    return {
        "freshness": parts.freshness(opening, now, weights),
        "place": parts.place(opening, person.profile, weights),
        "term": parts.term(opening, person.profile, weights),
    }


def _matching(opening: Opening, met: Fit, weights: Weights) -> Part:
    skills, level = weights.ready * met.coverage, weights.level * parts.level(opening, weights).value
    within_reach = weights.one_step * met.within_reach
    return Part(skills + within_reach + level, words.about_match(skills, within_reach, level))


def _about_kind(opening: Opening, kind: Kind, met: Fit, person: Person, weights: Weights) -> str:
    if met.readiness == "not eligible":
        return ""
    return projects.shows(met, person) if kind == "project" else parts.level(opening, weights).reason


def _reasons(
    opening: Opening, found: Mapping[str, Part], about: Sequence[str], person: Person, now: datetime
) -> tuple[str, ...]:
    """What may make all else void first, then what it is, what it asks for, the circumstances, and the sum."""
    said = {name: part.reason for name, part in found.items()}
    if "freshness" in said:  # the head of an entry says it already
        said["freshness"] = said.pop("freshness")
    sum_of_match, first = said.pop("match"), [said.pop("state"), *parts.warnings(opening)]
    if "alive" in said and projects.archived(opening, person):
        first.append(said.pop("alive"))
        said.pop("friendly")
    elif "alive" in said:
        first.append(projects.warning(opening))
    lines = [*first, said.pop("relevance"), said.pop("friendly", ""), *about, *said.values()]
    lines += [parts.deadline(opening, now), sum_of_match]
    return tuple(line for line in lines if line)
