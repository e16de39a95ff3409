"""The use case that reads the life of one opening. Apart from those that search, which need nothing of it."""

from __future__ import annotations

from datetime import datetime

from db.read import Reader
from finder import urls
from finder.biography import Biography, biography
from finder.model import Opening, State

CLOSED: tuple[State, ...] = ("closed",)


def life_of(reader: Reader, opening: Opening, now: datetime) -> Biography:
    """All that the store knows of an opening's life."""
    pages = {opening.url, *(sighting.url for sighting in opening.sightings)}
    if opening.kind not in ("internship", "job"):  # a project does not close, and nobody posts it again
        return biography(opening, now, turns=reader.turns(opening.id))
    posting = urls.posting(opening.url)
    return biography(
        opening,
        now,
        turns=reader.turns(opening.id),
        checks=reader.checks(pages).values(),
        closed=reader.openings(states=CLOSED, text=opening.title, company=opening.organization),
        lifespans=reader.lifespans(),
        system=posting.system if posting else "",
        employers=reader.employers(),
    )
