"""How well places are read. See bench/quality.py, which asks for it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measures import Predictions, f1, table

from finder.distance import distance_km
from finder.model import Place
from finder.places import is_remote, parse

NEAR = 40
"""Kilometres between towns that people write for each other."""


def locations(data: Path) -> tuple[dict[str, Any], Predictions]:
    """The place of one posting as a list and as its employer wrote it: do the two readings share a country, a city?

    Scored are the pairs where both sides name a place: where more is written than that the work is remote. Beside the
    bare overlap of cities: the same where both sides tell a city, and counting as one what lies within `NEAR` km.
    """
    rows = table(data / "locations" / "pairs.tsv")
    texts = [(row["normalised_by_list"], row.get("as_written_by_employer", "")) for row in rows]
    parse("Berlin")  # reads the tables
    began = time.process_time()
    read = [(parse(one), parse(other)) for one, other in texts]
    spent = time.process_time() - began
    named = [pair for pair in read if all(map(_names_a_place, pair))]
    both_cities = [pair for pair in named if all(map(_cities, pair))]
    countries = sum(bool(_countries(one) & _countries(other)) for one, other in named)
    cities = sum(bool(_cities(one) & _cities(other)) for one, other in named)
    flags = [(is_remote(one), is_remote(other)) for one, other in texts if one and other]
    result = {
        "pairs": len(rows),
        "scored": len(named),
        "country": round(countries / max(1, len(named)), 4),
        "city": round(cities / max(1, len(named)), 4),
        "city_where_both_tell_one": round(cities / max(1, len(both_cities)), 4),
        "both_tell_a_city": len(both_cities),
        f"city_within_{NEAR}_km": round(sum(_is_near(*pair) for pair in named) / max(1, len(named)), 4),
        "remote_as_the_list_says": f1([ours for _, ours in flags], [theirs for theirs, _ in flags]),
        "us_per_string": round(spent / max(1, 2 * len(rows)) * 1e6, 1),
    }
    return result, [(pair, " | ".join(map(_told, sides))) for pair, sides in zip(texts, read, strict=True)]


def _names_a_place(places: Sequence[Place]) -> bool:
    return any(place.country or not is_remote(place.text) for place in places)


def _countries(places: Sequence[Place]) -> set[str]:
    return {place.country for place in places if place.country}


def _cities(places: Sequence[Place]) -> set[tuple[str, str, str]]:
    return {(place.city, place.region, place.country) for place in places if place.city}


def _told(places: Sequence[Place]) -> str:
    return "; ".join(f"{place.city}, {place.region}, {place.country}" for place in places)


def _is_near(one: Sequence[Place], other: Sequence[Place]) -> bool:
    far = (distance_km(here, there) for here in one for there in other)
    return bool(_cities(one) & _cities(other)) or any(km is not None and km <= NEAR for km in far)
