"""Rows of a query become the types of finder.model. Used by both ways into the store; no SQLAlchemy here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from db.codec import fields_of, moment
from db.status import FactVersion, Parcel, RunStatus, SourceStatus
from finder.model import Facets, Need, Opening, Place, Progress, Sighting, Stated

OPENING = (
    "o.id, o.kind, o.title, o.organization, o.url, o.places, o.remote, o.terms, o.posted_at, o.updated_at, o.deadline, "
    "o.first_seen, o.last_seen, o.state, o.evidence, o.state_at, o.pay, o.extra"
)
FACETS = "f.rules, f.kind, f.role, f.relevance, f.level, f.described, f.needs, f.evidence, f.stated"
SIGHTING = "s.opening, r.name, s.url, s.state, s.first_seen, s.last_seen, s.evidence"


def opening(row: Sequence[Any]) -> Opening:
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
        facets=None if row[19] is None else _facets(row[19:]),
    )


def _facets(row: Sequence[Any]) -> Facets:
    rules, kind, role, relevance, level, described, needs, evidence, stated = row
    return Facets(
        rules=rules,
        kind=kind,
        role=role,
        relevance=relevance,
        level=level,
        needs=_needs(needs),
        described=bool(described),
        evidence=_evidence(evidence),
        stated=_stated(stated or "{}"),
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


@lru_cache(maxsize=4096)
def _needs(text: str) -> tuple[Need, ...]:
    return tuple(Need(*need) for need in json.loads(text))


@lru_cache(maxsize=4096)
def _evidence(text: str) -> Mapping[str, str]:
    evidence: dict[str, str] = json.loads(text)
    return evidence


@lru_cache(maxsize=4096)
def _stated(text: str) -> Mapping[str, Stated]:
    said: dict[str, list[str]] = json.loads(text)
    return {subject: Stated(*words) for subject, words in said.items()}


def version(row: Sequence[Any]) -> FactVersion:
    """A version of a fact from the columns of queries.HISTORY."""
    name, key, part, seen_at, body = row
    return FactVersion(name, key, part, moment(seen_at), fields_of(body))


def step(row: Sequence[Any]) -> tuple[str, Progress]:
    """A step's id and its progress from the columns of queries.STEPS."""
    number, state, at, evidence = row
    return number, Progress(state, moment(at), evidence)


def parcel(row: Sequence[Any]) -> Parcel:
    """A digest from the columns of queries.OUTBOX."""
    number, profile, period, message_id, subject, body, created_at, state, attempts, problem, sent_at = row
    return Parcel(
        number=number,
        profile=profile,
        period=period,
        message_id=message_id,
        subject=subject,
        body=body,
        created_at=moment(created_at),
        state=state,
        attempts=attempts,
        last_error=problem,
        sent_at=moment(sent_at),
    )


def run(row: Sequence[Any]) -> RunStatus:
    """A refresh from the columns of queries.RUNS, without its outcomes."""
    number, started_at, finished_at = row
    return RunStatus(number, moment(started_at), moment(finished_at), {})


def time(row: Sequence[Any]) -> datetime | None:
    """The only column, a time."""
    text: str | None = row[0]
    return moment(text)


def source(row: Sequence[Any]) -> SourceStatus:
    """A source from the columns of queries.SOURCES."""
    (name, adapter, origin, first_seen, next_due, failures, alive, outcome, at, last_good) = row[:10]
    (found, skipped, added, changed, closed, reopened, unchanged, problem, retry_at) = row[10:]
    return SourceStatus(
        name=name,
        adapter=adapter,
        origin=origin,
        first_seen=moment(first_seen),
        next_due=moment(next_due),
        failures=failures,
        open=alive,
        outcome=outcome,
        at=moment(at),
        last_good=moment(last_good),
        found=found,
        skipped=skipped,
        added=added,
        changed=changed,
        closed=closed,
        reopened=reopened,
        unchanged=bool(unchanged),
        problem=problem,
        retry_at=moment(retry_at),
    )
