"""Rows of a query become the types of finder.model. Used by both ways into the store; no SQLAlchemy here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from db.codec import moment
from finder.model import Facets, Need, Opening, Place, Sighting

OPENING = (
    "o.id, o.kind, o.title, o.organization, o.url, o.places, o.remote, o.terms, o.posted_at, o.updated_at, o.deadline, "
    "o.first_seen, o.last_seen, o.state, o.evidence, o.state_at, o.pay, o.extra"
)
FACETS = "f.rules, f.kind, f.role, f.relevance, f.level, f.described, f.needs, f.evidence"
SIGHTING = "s.opening, r.name, s.url, s.state, s.first_seen, s.last_seen, s.evidence"


def opening(row: Sequence[Any], sightings: tuple[Sighting, ...] = ()) -> Opening:
    """An opening from the columns OPENING, the description, and FACETS."""
    (number, kind, title, organization, url, where, remote, terms, posted, updated, deadline) = row[:11]
    (first_seen, last_seen, state, evidence, state_at, pay, extra, description) = row[11:19]
    return Opening(
        id=number,
        kind=kind,
        title=title,
        organization=organization,
        url=url,
        places=_places(where),
        remote=None if remote is None else bool(remote),
        terms=_terms(terms),
        posted_at=moment(posted),
        updated_at=moment(updated),
        deadline=moment(deadline),
        first_seen=moment(first_seen),
        last_seen=moment(last_seen),
        state=state,
        evidence=evidence,
        state_at=moment(state_at),
        description=description,
        pay=pay,
        extra=json.loads(extra),
        sightings=sightings,
        facets=None if row[19] is None else _facets(row[19:]),
    )


def _facets(row: Sequence[Any]) -> Facets:
    rules, kind, role, relevance, level, described, needs, evidence = row
    return Facets(
        rules=rules,
        kind=kind,
        role=role,
        relevance=relevance,
        level=level,
        needs=_needs(needs),
        described=bool(described),
        evidence=_evidence(evidence),
    )


def sighting(row: Sequence[Any]) -> tuple[str, Sighting]:
    """The opening's id and the sighting, from the columns SIGHTING."""
    number, source, url, state, first_seen, last_seen, evidence = row
    return number, Sighting(source, url, state, moment(first_seen), moment(last_seen), evidence)


# Thousands of rows share few values of these, and what is decoded is never changed: decode each text once.
@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[Place, ...]:
    return tuple(Place(*place) for place in json.loads(text))


@lru_cache(maxsize=1024)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def _needs(text: str) -> tuple[Need, ...]:
    return tuple(Need(*need) for need in json.loads(text))


def _evidence(text: str) -> Mapping[str, str]:
    evidence: dict[str, str] = json.loads(text)
    return evidence
