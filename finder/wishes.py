"""Whether an opening is where, when and how somebody wishes: places, remote work and terms as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from finder.gazetteer import Name, names
from finder.model import Kind, Opening, Place

if TYPE_CHECKING:
    from finder.distance import Nearby

_TOKEN = re.compile(r"[^\W_]+")
_CODE = 2
"""Letters of a code of a country or region: words of that length say nothing in the middle of a text."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not decompose, as they are typed without their key."""

_REMOTE = frozenset({"remote", "anywhere", "worldwide", "telecommute", "homeoffice"})
_ON_SITE = ("no", "hybrid")
"""What is stated of `remote` that leaves a part of the week on site."""

_SEASONS: Mapping[str, str] = {"autumn": "fall"}


def public_kind(opening: Opening) -> Kind:
    """What the rules concluded, else what the source said."""
    return opening.facets.kind if opening.facets else opening.kind


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return tuple(_TOKEN.findall(text.casefold()))


def says(text: str, wanted: str) -> bool:
    """Whether whole words of `text` in a row spell `wanted`: York is in New York, not in Yorkshire; `jpmorgan` is in
    J.P. Morgan Chase."""
    spelt = "".join(words(wanted))
    there = words(text)
    return bool(spelt) and any(_begins(there[start:], spelt) for start in range(len(there)))


def _begins(there: tuple[str, ...], spelt: str) -> bool:
    for word in there:
        if not spelt.startswith(word):
            return False
        spelt = spelt[len(word) :]
        if not spelt:
            return True
    return False


# ------------------------------------------------------------------------------------------------ places
def in_place(opening: Opening, wanted: str) -> bool:
    """Whether one of its places is `wanted`: a city, region or country by name, nickname or code, in any case, with or
    without accents; parts after a comma must all hold (`Paris, TX`). `remote` asks for remote work, `within 50 km of
    Berlin` for a city no farther away; a place of which that is not known counts as there."""
    return lies_in(opening, wanted) is not False


def lies_in(opening: Opening, wanted: str) -> bool | None:
    """The same, and None where one of its places may be within the distance that is asked for, and none is known to."""
    if wish := near_wish(wanted):
        return _is_near(opening.places, wish)
    parts = tuple(part for part in wanted.split(",") if words(part))
    if len(parts) == 1 and words(parts[0])[0] in _REMOTE:
        return is_remote(opening)
    return bool(parts) and any(all(_is_in(place, part) for part in parts) for place in opening.places)


@lru_cache(maxsize=64)
def near_wish(wanted: str) -> Nearby | None:
    """The wish for places near a city that `wanted` is, such as `within 50 km of Berlin`; None for any other."""
    if not any(map(str.isdecimal, wanted)):
        return None
    from finder.distance import nearby  # with it the table of cities, which most searches never need

    return nearby(wanted)


def misread(wanted: str) -> str:
    """What is wrong with a wish for places near a city, in words; '' for nothing."""
    if not any(map(str.isdecimal, wanted)):
        return ""
    from finder.distance import unknown_centre

    centre = unknown_centre(wanted)
    return f"{centre!r} is no city that is known: write such as 'within 50 km of Berlin, Germany'" if centre else ""


def _is_near(places: Iterable[Place], wish: Nearby) -> bool | None:
    """A place that says only that the work is remote is nowhere."""
    where = [
        place for place in places if place.country or (words(place.text) and _REMOTE.isdisjoint(words(place.text)))
    ]
    answers = {_within(place, wish) for place in where}
    return True if True in answers else None if None in answers else False


@lru_cache(maxsize=8192)
def _within(place: Place, wish: Nearby) -> bool | None:
    from finder.distance import is_near

    return is_near(place, wish)


@lru_cache(maxsize=8192)
def _is_in(place: Place, part: str) -> bool:
    """By what the part may mean; where that decides nothing, by the words of the place."""
    readings = names(part)
    if any(_is(place, reading) for reading in readings):
        return True
    short = len("".join(words(part))) <= _CODE
    told = place.country and readings and all(reading.level != "city" for reading in readings)
    return not short and not told and (says(place.city, part) or says(place.text, part))


def _is(place: Place, reading: Name) -> bool:
    if place.country and place.country != reading.country:
        return False
    if reading.level == "country":
        return bool(place.country)
    if reading.level == "region":
        return place.region == reading.region
    return place.region in ("", reading.region) and words(place.city) == words(reading.usual)


def is_remote(opening: Opening) -> bool:
    """What the source says; where it does not say, what its places or its text state (hybrid is not remote); where
    nothing is stated, whether one of its places is called remote."""
    if opening.remote is not None:
        return opening.remote
    if said := opening.facets.stated.get("remote") if opening.facets else None:
        return said.value.partition(":")[0] not in _ON_SITE
    return any(not _REMOTE.isdisjoint(words(place.text)) for place in opening.places)


# ------------------------------------------------------------------------------------------------ terms
def terms_of(opening: Opening) -> tuple[str, ...]:
    """The terms its source names, else those that were read out of its text."""
    if opening.terms or opening.facets is None:
        return opening.terms
    said = opening.facets.stated.get("term")
    return tuple(said.value.split("|")) if said else ()


def of_term(opening: Opening, wanted: str) -> bool:
    """Whether a term of it has every word of `wanted`: `2027` is met by Summer 2027. False where no term is known."""
    asked = _season_words(wanted)
    return bool(asked) and any(asked <= _season_words(term) for term in terms_of(opening))


def may_be_of_term(opening: Opening, wanted: str) -> bool:
    """Whether a term of it, told without its year, may be `wanted`: "Summer" leaves open whether it is Summer 2027."""
    asked = _season_words(wanted)
    return any(_season_words(term) < asked for term in terms_of(opening))


@lru_cache(maxsize=1024)
def _season_words(term: str) -> frozenset[str]:
    return frozenset(_SEASONS.get(word, word) for word in words(term))


# ------------------------------------------------------------------------------------------------ deadline
def deadline_of(opening: Opening) -> datetime | None:
    """The last day to apply (UTC): of its source's own field, else what the text says. A day without a year is the
    first such day after it was posted, or first seen."""
    said = opening.facets.stated.get("deadline") if opening.facets else None
    if opening.deadline or said is None:
        return opening.deadline
    since = opening.posted_at or opening.first_seen
    years = range(since.year, since.year + 2) if said.value.startswith("--") else (int(said.value[:4]),)
    for year in years:
        try:
            day = datetime.fromisoformat(f"{year}-{said.value[-5:]}").replace(tzinfo=UTC)
        except ValueError:  # 29 February
            continue
        if len(years) == 1 or day.date() >= since.astimezone(UTC).date():
            return day
    return None
