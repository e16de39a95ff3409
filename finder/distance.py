"""How far places are from each other, and wishes such as "within 50 km of Berlin". Pure; coordinates are to 0.01°."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from finder.cities import City, cities, every_city
from finder.gazetteer import key, readings
from finder.model import Place

EARTH_KM = 6371.0
"""Mean radius (IUGG): what treating the Earth as a sphere errs by is below 0.6 %, less than the size of a city."""

KM_A_MILE = 1.609344
MARGIN_KM = 100.0
"""How far a place of a region may lie beyond the region's cities that are in the table."""

MAX_KM = 20_038.0
"""Half the circumference: nothing is farther away."""

_WISH = re.compile(
    r"(?:(?:within|in a radius of|less than|up to|<=?|im umkreis von|dans un rayon de|a menos de) ?)?"
    r"(?P<number>\d{1,5}(?:[.,]\d{1,2})?) ?(?P<unit>km|kms|kilomet(?:er|re)s?|mi|miles?)\b\.? "
    r"?(?:(?:of|from|around|to|um|von|de) )?(?P<centre>(?!(?:of|from|to)$)\S.{0,99})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A wish for places within `km` kilometres of `centre`, a city whose coordinates are known."""

    km: float
    centre: Place


def coordinates(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude of the place's city in degrees; None for no city, or one that is in no table."""
    city = _city(place)
    return (city.latitude, city.longitude) if city else None


def _city(place: Place) -> City | None:
    if not place.city:
        return None
    for city in cities(key(place.city)):
        if place.country in ("", city.country) and (not place.region or place.region == city.region):
            return city
    return None


def distance_km(one: Place, other: Place) -> float | None:
    """Kilometres along a great circle between the cities of two places; None where one of them is not known."""
    here, there = coordinates(one), coordinates(other)
    if here is None or there is None:
        return None
    return _arc_km(here, there)


def _arc_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    (south, west), (north, east) = ((math.radians(degree) for degree in point) for point in (here, there))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def is_near(place: Place, wish: Nearby) -> bool | None:
    """Whether the place's city lies within the wish. Of a place whose city is not known: False where its whole region
    or country lies elsewhere, else None."""
    distance = distance_km(place, wish.centre)
    if distance is not None:
        return distance <= wish.km
    return False if place.country and (place.country, place.region) not in _around(wish) else None


@lru_cache(maxsize=32)
def _around(wish: Nearby) -> frozenset[tuple[str, str]]:
    """Countries (with an empty region) and regions with a city within the wish, or little beyond."""
    centre, reach = coordinates(wish.centre), wish.km + MARGIN_KM
    if centre is None:
        return frozenset()
    near = [city for city in every_city() if _arc_km(centre, (city.latitude, city.longitude)) <= reach]
    return frozenset((city.country, region) for city in near for region in ("", city.region))


def nearby(text: str) -> Nearby | None:
    """The wish that a text is: "within 50 km of Berlin", "25 miles from Boston, MA"; None for any other text, and for a
    city that no table has. A region or country after a comma tells which city is meant; else it is the likeliest."""
    found = _WISH.fullmatch(" ".join(text[:200].split()))
    if found is None:
        return None
    centre = centre_of(found["centre"])
    number = float(found["number"].replace(",", "."))
    km = number * KM_A_MILE if found["unit"].lower().startswith("mi") else number
    return Nearby(min(km, MAX_KM), centre) if centre else None


def unknown_centre(text: str) -> str:
    """Of a text that is written like such a wish, what it names as its centre where that is no known city; else ''."""
    found = _WISH.fullmatch(" ".join(text[:200].split()))
    return found["centre"] if found and not centre_of(found["centre"]) else ""


def centre_of(text: str) -> Place | None:
    """The city that a person names, with its coordinates known; None for what is not one."""
    name, *wider = (part.strip() for part in text.split(","))
    for city in cities(key(name)):
        above = [readings(part) for part in wider]
        if all(any(_holds(reading.country, reading.region, city) for reading in some) for some in above):
            return Place(text.strip(), city.name, city.region, city.country)
    return None


def _holds(country: str, region: str, city: City) -> bool:
    return country == city.country and region in ("", city.region)
