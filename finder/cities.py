"""The cities of the world with where they lie: a table made of GeoNames' by `bench/build_cities.py`, read on first use.

The data are © GeoNames (https://www.geonames.org), licensed under CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/), and were changed: fewer cities, columns and spellings.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "data" / "cities.tsv.gz"
"""Five parts, parted by empty lines: a header; the keys of the cities' usual names, sorted; for each the rest (name, or
`=` for the key with capitals, country, region, latitude and longitude in hundredths of a degree, population in
hundreds); other keys, sorted; for each the numbers of its cities. The likeliest of a name stands first. A key is what
`finder.gazetteer.key` makes of a spelling."""

_GZIP = 31
"""zlib's `wbits` for a gzip header and the largest window."""

LARGE = 200_000
"""People of a city whose name is known as such within other words."""

TOWN = 50_000
"""People of a city whose bare name is believed beside other places."""


class City(NamedTuple):
    """`country` and `region` as in a Place; latitude and longitude in degrees to 0.01, population to two figures."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int


@lru_cache(maxsize=16384)
def cities(key: str) -> tuple[City, ...]:
    """The cities of a spelling, given as its key; of several the one that the bare name means stands first."""
    keys, rest, others, numbers = _table()
    other = bisect_left(others, key)
    if other < len(others) and others[other] == key:
        return tuple(_city(keys[number], rest[number]) for number in map(int, numbers[other].split()))
    run = range(bisect_left(keys, key), bisect_right(keys, key))
    return tuple(_city(keys[number], rest[number]) for number in run)


def every_city() -> Iterator[City]:
    """All of the table, in no order."""
    keys, rest, _, _ = _table()
    return map(_city, keys, rest)


def _city(key: str, rest: str) -> City:
    name, country, region, latitude, longitude, hundreds = rest.split("\t")
    usual = key.title() if name == "=" else name
    return City(usual, country, region, int(latitude) / 100, int(longitude) / 100, 100 * int(hundreds))


@cache
def _table() -> tuple[list[str], ...]:
    _, *parts = zlib.decompress(TABLE.read_bytes(), _GZIP).decode().split("\n\n")
    return tuple(part.split("\n") for part in parts)
