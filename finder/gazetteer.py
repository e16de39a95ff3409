"""Names of places: what a word may mean, by a small table of countries, regions and well-known cities, and the large
one of `finder.cities`, which is read only for what the small one does not decide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from finder.cities import LARGE, cities

TABLE = Path(__file__).parent / "data" / "places.tsv"


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name: level `country`, `region` or `city`; ISO codes; `usual` is its usual spelling."""

    level: str
    country: str
    region: str
    usual: str


_NO_CODES = frozenset(["AS", "KM", "NA", "SO", "TD", "TO"])
"""Codes of countries that are rather a word, a unit or a bank in place strings."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the small table: `spellings` are its names, the usual one first."""

    level: str
    country: str
    region: str
    spellings: tuple[str, ...]


def rows() -> Iterator[Row]:
    """The lines of the small table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            level, country, region, spellings = line.split("\t")
            yield Row(level, country, region, tuple(spellings.split(";")))


_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
"""Letters that Unicode does not decompose, as they are typed without their key."""
_DROPPED = str.maketrans(dict.fromkeys("'’`.") | {"-": " "})
_LONE = re.compile(r"\b([do]) (?=[a-z])")
"""A letter whose apostrophe was lost: O Fallon, Coeur d Alene."""
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Spelling with case, accents, dots and apostrophes gone, and Saint, Fort, Mount written out."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_PLAIN))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = plain.translate(_DROPPED).split()
    if len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
    return _LONE.sub(r"\1", " ".join(words))


def names(text: str) -> tuple[Name, ...]:
    """Readings of a name or code, the most likely of equals first: those of the small table, else those of the large
    one; () for what is in neither."""
    spelling = key(text)
    return _table().get(spelling) or _cities(spelling)


@lru_cache(maxsize=16384)
def readings(text: str) -> tuple[Name, ...]:
    """Readings of a name or code: what the small table has where that knows it as a country or region, else every city
    of the large one, the likeliest first."""
    spelling = key(text)
    known = _table().get(spelling, ())
    return known if any(name.level != "city" for name in known) else _cities(spelling)


def towns(text: str) -> tuple[Name, ...]:
    """Every city of a name, also of one that rather means a country or region: Lebanon, Ontario."""
    return _cities(key(text))


def well_known(text: str, people: int = LARGE) -> bool:
    """True for the name of a city of so many people, and for every name in the small table."""
    spelling = key(text)
    large = len(spelling) > 3 and any(city.population >= people for city in cities(spelling)[:1])
    return large or spelling in _table()


def coded(text: str) -> tuple[Name, ...]:
    """Regions of any country by their code in capitals (ISO 3166-2): to be believed beside their country only."""
    return _codes().get(text, ()) if text.isupper() else ()


def area_of(text: str) -> str:
    """The usual name of a part of the world that is larger than a country (Europe, EMEA); '' for anything else."""
    return _areas().get(key(text), "")


def _cities(spelling: str) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(Name("city", city.country, city.region, city.name) for city in cities(spelling)))


@cache
def with_and() -> re.Pattern[str]:
    """The names with "and" in them, which separates nothing there."""
    found = {name.usual for readings in _table().values() for name in readings if " and " in name.usual}
    return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True)), re.I)


@cache
def _areas() -> dict[str, str]:
    return {key(name): row.spellings[0] for row in rows() if row.level == "area" for name in row.spellings}


@cache
def _codes() -> dict[str, tuple[Name, ...]]:
    regions = [Name(row.level, row.country, row.region, row.spellings[0]) for row in rows() if row.level == "region"]
    return {code: tuple(one for one in regions if one.region == code) for code in {one.region for one in regions}}


@cache
def _table() -> dict[str, tuple[Name, ...]]:
    table: dict[str, list[Name]] = {}
    for row in rows():
        if row.level == "area":
            continue
        usual, *others = row.spellings
        name = Name(row.level, row.country, row.region, usual)
        for spelling in (usual, *others, _code(name)):
            readings = table.setdefault(key(spelling), [])
            if spelling and name not in readings:
                readings.append(name)
    return {spelling: tuple(readings) for spelling, readings in table.items()}


def _code(name: Name) -> str:
    """The short form people write: of countries, and of the regions of three where it is the custom."""
    if name.level == "country":
        return "" if name.country in _NO_CODES else name.country
    return name.region if name.level == "region" and name.country in ("US", "CA", "AU") else ""
