"""Matches for the tests of renderings: ranked as the program ranks them, over openings of our own making."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from making import NOW, TRAINED, at, days, need, opening, person, project

from finder.model import Match, Opening, Sighting
from finder.rank import rank
from finder.steps import load

CURRICULUM = load()

PLAIN = opening(
    "abc23xyz",
    need("Python", quote="Good Python"),
    need("PyTorch", "should", quote="PyTorch is a plus"),
    title="Computer Vision Intern",
    places=(at("Berlin, Germany", "Berlin", "BE", "DE"), at("Remote in EU")),
    posted_at=NOW - days(5),
    first_seen=NOW - days(4),
    pay="€20 an hour",
    terms=("Summer 2027",),
    description="We look at leaves.\n\n  You know Python.\n",
    sightings=(
        Sighting("quill-board", "https://jobs.quillmark.example/abc", "open", NOW - days(4), NOW),
        Sighting("a-list", "https://list.example/abc", "closed", NOW - days(3), NOW - days(1), "active: false"),
    ),
)
"""An internship with everything told."""

REPOSITORY = project(
    "repo2345",
    need("Python", "should", quote="main language: Python"),
    organization="fernbank",
    url="https://git.example/fernbank/gradient-garden",
    updated_at=NOW - days(3),
    extra={"language": "Python", "stars": 12_345, "forks": 7, "issues_url": "https://git.example/i", "archived": False},
)


def ranked(*openings: Opening, **wishes: Any) -> list[Match]:
    """These openings for somebody who has had a first training."""
    return rank(openings, person(TRAINED, **wishes), NOW, CURRICULUM)


def match(**changes: Any) -> Match:
    """One match of an opening with everything told, but for `changes`."""
    return ranked(replace(PLAIN, **changes))[0]
