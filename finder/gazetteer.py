"""Names of places: what a word may mean, by a small table of countries, their regions and well-known cities."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "places.tsv"


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name: level `country`, `region` or `city`; ISO codes; `usual` is its usual spelling."""

    level: str
    country: str
    region: str
    usual: str


CALIFORNIA = Name("region", "US", "CA", "California")


def key(text: str) -> str:
    """Spelling with case, accents, dots and apostrophes gone, and Saint, Fort, Mount written out."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    words = re.sub(r"['’`.]", "", plain).replace("-", " ").split()
    if len(words) > 1:
        words[0] = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}.get(words[0], words[0])
    return " ".join(words)


def names(text: str) -> tuple[Name, ...]:
    """Every reading of a name or code, the most likely of equals first; () for what is in no table."""
    return _table().get(key(text), ())


@cache
def with_and() -> re.Pattern[str]:
    """The names with "and" in them, which separates nothing there."""
    found = {name.usual for readings in _table().values() for name in readings if " and " in name.usual}
    return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True)), re.I)


@cache
def _table() -> dict[str, tuple[Name, ...]]:
    table: dict[str, list[Name]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        level, country, region, spellings = line.split("\t")
        usual, *others = spellings.split(";")
        name = Name(level, country, region, usual)
        for spelling in (usual, *others, _code(name)):
            readings = table.setdefault(key(spelling), [])
            if spelling and name not in readings:
                readings.append(name)
    return {spelling: tuple(readings) for spelling, readings in table.items()}


def _code(name: Name) -> str:
    """The short form people write: of every country, and of the regions of three countries where it is the custom."""
    if name.level == "country":
        return name.country
    return name.region if name.level == "region" and name.country in ("US", "CA", "AU") else ""
