"""Short ways to make openings and people for the tests of steps, ranking and search. All names are invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from finder.model import Facets, Kind, Need, Opening, Place, Profile, Progress, StepState, Strength

NOW = datetime(2026, 8, 23, 8, 0, tzinfo=UTC)

BEGUN = ("code.shell-git", "code.python", "code.sql")
"""What somebody has done who can program and ask a database."""
TRAINED = (*BEGUN, "code.numpy-pandas", "course.descriptive-statistics", "course.ml-foundations")
BEFORE_NETS = (*TRAINED, "code.linear-algebra", "code.calculus")
"""One step before neural networks."""


def days(number: float) -> timedelta:
    return timedelta(days=number)


def need(skill: str, strength: Strength = "must", group: int = 0, quote: str = "") -> Need:
    return Need(skill, strength, quote or f"You know {skill}", group)


def facets(**changes: Any) -> Facets:
    """A described core machine-learning internship that asks for nothing."""
    told: dict[str, Any] = {
        "rules": "1",
        "kind": "internship",
        "role": "core",
        "relevance": 1.0,
        "level": "internship",
        "described": True,
    }
    return Facets(**{**told, **changes})


def opening(id_: str = "a1", /, *needs: Need, read: Mapping[str, Any] | None = None, **changes: Any) -> Opening:
    """An open internship posted now; `read` changes its facets, `facets=None` leaves it unclassified."""
    told: dict[str, Any] = {
        "kind": "internship",
        "title": "Machine Learning Intern",
        "organization": "Quillmark Robotics",
        "url": f"https://jobs.quillmark.example/{id_}",
        "posted_at": NOW,
        "first_seen": NOW,
        "last_seen": NOW,
        "facets": facets(needs=needs, **(read or {})),
    }
    return Opening(id=id_, **{**told, **changes})


def project(id_: str = "p1", /, *needs: Need, read: Mapping[str, Any] | None = None, **changes: Any) -> Opening:
    """A beginners' repository."""
    as_read = {"kind": "project", "level": "beginner", **(read or {})}
    told = {"kind": "project", "title": "gradient-garden", "posted_at": None, **changes}
    return opening(id_, *needs, read=as_read, **told)


def person(done: Iterable[str] = (), /, states: Mapping[str, StepState] | None = None, **wishes: Any) -> Profile:
    """Somebody who has done these steps."""
    steps = dict.fromkeys(done, Progress("done", NOW))
    steps |= {id_: Progress(state, NOW) for id_, state in (states or {}).items()}
    return Profile(steps=steps, **wishes)


def at(text: str, city: str = "", region: str = "", country: str = "") -> Place:
    return Place(text, city, region, country)


def of_kind(kind: Kind, id_: str = "k1", **changes: Any) -> Opening:
    """Something of a public kind."""
    return opening(id_, read={"kind": kind, "level": "other"}, kind=kind, **changes)
