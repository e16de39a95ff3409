"""Place strings as sources write them → city, region, country, as far as they tell. Pure, and nothing here raises.

The tokens of a piece (see `finder.pieces`) make places, each closed or opened by its region or country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from finder.cities import TOWN
from finder.gazetteer import Name, coded, well_known
from finder.model import Place
from finder.pieces import (
    MAX_WORDS,
    REMOTE,
    Piece,
    Token,
    is_addressed,
    is_name_between,
    located,
    pieces,
    quiet,
    token,
    tokens,
)

MAX_PLACES = 100
"""Places read of one string; the longest real row names 65."""
_NOT_REMOTE = re.compile(r"\b(?:not?|non)[- ]remote\b|\bno remote\b", re.I)
_WIDER = re.compile(r"\b(?:county|province|district|voivodeship|governorate|prefecture|municipality|shire)\b", re.I)
_NOT_A_NAME = re.compile(r"\b(?:the|to|if|for|your|our|with|be|is|must|none)\b", re.I)


def parse(text: str) -> tuple[Place, ...]:
    """Every place that the string names, each once, in its order; what cannot be told stands with its text alone.

    `text` of each is as written, white space and `_` aside. Pieces that say only how the work is done ("Remote",
    "Hybrid") are left out beside others. () for no text.
    """
    places: dict[tuple[str, ...], Place] = {}
    for piece in pieces(text):
        for place in _read(piece):
            told = (place.city, place.region, place.country)
            places.setdefault(told if any(told) else (place.text,), place)
    where = [place for place in places.values() if place.country or quiet(place.text)]
    return tuple((where or list(places.values()))[:MAX_PLACES])


def is_remote(text: str) -> bool:
    """True where the string says that the work can be done from elsewhere. Hybrid alone is not that."""
    return bool(REMOTE.search(text)) and not _NOT_REMOTE.search(text)


@lru_cache(maxsize=8192)
def _read(piece: Piece) -> tuple[Place, ...]:
    found = list(_found(piece.outside, piece.text))
    if not any(place.country for place in found):
        inside = [place for part in piece.inside for one in pieces(part) for place in _found(one.outside, piece.text)]
        found = inside if any(place.country for place in inside) else found
    told = [place for place in found if place.city or not any(_narrower(other, place) for other in found)] or [
        Place("")
    ]
    return (Place(piece.text, told[0].city, told[0].region, told[0].country),) if len(told) == 1 else tuple(told)


def _found(outside: str, text: str) -> Iterator[Place]:
    """The places of a piece; after the first, bare names only where they can hardly be a quarter or a building."""
    there: set[tuple[str, str]] = set()
    for group in _groups(located(tokens(outside), text), text):
        for place in _placed(group):
            if group.country or not there or (place.region, place.country) in there or well_known(place.text, TOWN):
                there.add((place.region, place.country))
                yield place


def _narrower(place: Place, wide: Place) -> bool:
    return bool(place.city) and place.country == wide.country and wide.region in ("", place.region)


# ------------------------------------------------------------------------------------------------ tokens → groups
_NONE = Token("")


@dataclass(slots=True)
class _Group:
    """One place under way: its region and country so far, and the tokens that are neither."""

    text: str
    cities: list[Token] = field(default_factory=list)
    admin: list[Token] = field(default_factory=list)
    region: str = ""
    country: str = ""
    leading: bool = False
    """The region or country came before any city: US, CA, Santa Clara."""

    def inside(self, token: Token) -> Name | None:
        """The reading of a city's name that lies where the group says."""
        for name in [*token.cities, *(token.towns if self.region else ())]:
            if self.country in ("", name.country) and (self.region in ("", name.region) or not name.region):
                return name
        return None

    def knows(self, token: Token) -> bool:
        return bool(self.region and self.inside(token))

    def slice(self, *parts: Token) -> str:
        """The stretch of the text from the first to the last of the tokens."""
        return self.text[min(part.span[0] for part in parts) : max(part.span[1] for part in parts)]


def _groups(parts: Iterable[Token], text: str) -> list[_Group]:
    """Tokens up to the region or country that closes a place; where that stands first, up to the next place."""
    groups = [_Group(text)]
    ahead = [*parts, _NONE]
    for part, after in pairwise(ahead):
        role = _role(part, after, groups[-1])
        if role and _is_local_code(part, role, after, groups[-1]):
            continue
        if not _takes(groups[-1], role, part):
            groups.append(_Group(text))
            role = _role(part, after, groups[-1])
        group = groups[-1]
        if role is None:
            group.cities.append(part)
            continue
        group.leading = group.leading or not (group.cities or group.country)
        group.admin.append(part)
        group.country, group.region = role.country, role.region or group.region
    return groups


def _is_local_code(part: Token, role: Name, after: Token, group: _Group) -> bool:
    """Codes that countries use within: the first of GB NU Cramlington is no region of Canada."""
    inner = group.leading and not group.cities and role.country != group.country and len(part.text) <= 3
    return inner and after is not _NONE and not after.admins


def _takes(group: _Group, role: Name | None, part: Token) -> bool:
    """False where the token begins the next place."""
    if role:
        if role.level == "country" and group.leading and group.cities:
            return False
        return group.country in ("", role.country) and (not role.region or group.region in ("", role.region))
    elsewhere = part.cities and not group.inside(part)
    return not group.country or (group.leading and not (group.cities and elsewhere))


def _role(part: Token, after: Token, group: _Group) -> Name | None:
    """The region or country that the token is in this company; None where it is a city."""
    countries = {group.country, *(name.country for name in after.admins if name.level == "country")}
    codes = tuple(code for code in coded(part.text) if code.country in countries)
    admins = part.admins + codes
    if not admins or (not codes and _is_city(part, after, group)):
        return None
    if len(admins) == 1:
        return admins[0]
    cities = _held(group) or [*after.cities, *(name for _, name in _parts(after, group))]

    def rank(name: Name) -> tuple[bool, bool, bool, int]:
        usual = 0 if name.level == "region" and name.country == "US" else 1 if name.level == "country" else 2
        return (
            group.country not in ("", name.country),
            bool(after.admins) and not _agree([name], after.admins),
            not any(_within(city, name) for city in cities),
            usual,
        )

    return min(admins, key=rank)


def _held(group: _Group) -> list[Name]:
    return [name for city in group.cities for name in city.cities]


def _is_city(part: Token, after: Token, group: _Group) -> bool:
    """New York before NY, Washington before DC, Ontario before CA, Lebanon before NH: cities with a larger namesake."""
    if group.leading and not group.cities and group.knows(part):
        return True
    regions = [name for name in after.admins if name.level == "region"]
    begins = not group.cities or (is_addressed(group.cities[-1].text) and not group.cities[-1].cities)
    if begins and any(_within(town, region) for town in part.towns for region in regions):
        return True
    if part.cities:
        return _is_its_own_city(part, after, group)
    if group.cities:  # Milan, MI, IT: no Michigan between a city and its country
        held = _held(group)
        return len(part.text) == 2 and _agree(held, after.admins) and not _agree(held, part.admins)
    begins = not group.country and len(part.text) > 2 and bool(regions)
    return begins and not _agree(part.admins, after.admins + coded(after.text))


def _is_its_own_city(part: Token, after: Token, group: _Group) -> bool:
    """For a name of both a well-known city and a region or country."""
    if group.cities and not (group.cities[-1].cities or group.cities[-1].admins):
        return False
    apart = not any(_within(city, admin) for city in part.cities for admin in part.admins)
    if apart and after.admins and all(name.level == "country" for name in after.admins):
        return False
    held = _held(group)
    if any(_within(name, admin) for name in (*after.cities, *held) for admin in part.admins):
        return False
    return not group.cities or len(part.text) > 2 or part.cities[0].region in {name.region for name in held}


def _agree(some: Iterable[Name], others: Iterable[Name]) -> bool:
    return bool({name.country for name in some} & {name.country for name in others})


def _within(city: Name, admin: Name) -> bool:
    return city.country == admin.country and (admin.level == "country" or city.region in ("", admin.region))


# ------------------------------------------------------------------------------------------------ groups → places
def _placed(group: _Group) -> Iterator[Place]:
    """Every known city of the group; where none is known, those within a longer text; where there are none either, what
    stands next to the region or country."""
    found = [(one, name) for one in group.cities if (name := _whole(one, group))]
    nearest = group.cities[:: 1 if group.leading else -1]
    found = found or next((parts for one in nearest if (parts := _parts(one, group))), [])
    beside = found[:1] if group.leading else found[-1:]
    for one, name in found:
        admin = group.admin if (one, name) in beside else []
        yield Place(group.slice(one, *admin), name.usual, name.region or group.region, name.country)
    if group.country and not any(name.country == group.country for _, name in found):
        left = [] if found else _unknown(group)
        city = next(filter(None, (_city(one.text, group) for one in left)), "")
        yield Place(group.slice(*left[:1], *group.admin), city, group.region, group.country)


def _unknown(group: _Group) -> list[Token]:
    """Texts that may be the city's name, the likeliest first: before a region the last, before a country the last but
    one, because a region that is not known stands between."""
    names = [one for one in group.cities if not is_addressed(one.text)] or group.cities
    towns = [one for one in names if not _WIDER.search(one.text)] or names
    if group.leading:
        return towns
    return towns[::-1] if group.region or len(towns) < 2 else [towns[-2], towns[-1]]


def _whole(part: Token, group: _Group) -> Name | None:
    """The city whose name the token is; of another state than the one that closes the list, if need be."""
    if name := group.inside(part):
        return name
    listed = part is not group.cities[-1] or len(part.text) <= 3
    return part.cities[0] if part.cities and listed and not group.leading and well_known(part.text, TOWN) else None


def _parts(part: Token, group: _Group) -> list[tuple[Token, Name]]:
    """The known city within a longer text: Toronto in "Toronto Adelaide St W", but no Hartford in "East Hartford"; more
    than one where the text is nothing but names of well-known cities.

    A street with its number is looked at only where the region or country is told.
    """
    if not group.country and re.search(r"^\d|\d{3}", part.text):
        return []
    words = part.text.split()[:MAX_WORDS]
    forward = group.leading or not group.country
    spans = sorted(
        ((start, end) for end in range(1, len(words) + 1) for start in range(max(0, end - 4), end)),
        key=lambda span: (span[0] - span[1], span[0] if forward else -span[0]),
    )
    found: dict[tuple[int, int], Name] = {}
    for start, end in spans:
        apart = all(end <= other[0] or start >= other[1] for other in found)
        if apart and (name := _part(part, words, start, end, group)):
            found[start, end] = name
    covered = sum(end - start for start, end in found) == len(words)
    chosen = sorted(found) if covered and all(well_known(name.usual) for name in found.values()) else list(found)[:1]
    return [(_cut(part, " ".join(words[start:end]), group.text), found[start, end]) for start, end in chosen]


def _cut(part: Token, text: str, whole: str) -> Token:
    start = whole.find(text, part.span[0])
    return part._replace(text=text, span=(start, start + len(text)) if start >= 0 else part.span)


def _part(part: Token, words: list[str], start: int, end: int, group: _Group) -> Name | None:
    text, head, rest = (" ".join(some) for some in (words[start:end], words[:start], words[end:]))
    if len(text) < 3 or not is_name_between(head, rest) or not (len(text) > 3 or text.isupper()):
        return None
    told = (
        group.country and len(text) > 3 and (end - start > 1 or (end == 1 if group.leading else not rest and start > 1))
    )
    if told or well_known(text) or (group.country and len(text) > 3 and is_addressed(part.text)):
        return group.inside(token(text))
    return None


def _city(text: str, group: _Group) -> str:
    """A name as it is usually written; '' for what is rather a street, a building or a phrase."""
    text = re.sub(r"\s+\d+$", "", text.strip(" ()[]"))
    if group.leading and group.country != "US":
        text = re.sub(r"^[A-Z]{2} (?=\w{3})", "", text)
    if re.search(r"\d", text) or _NOT_A_NAME.search(text):
        return ""
    return text.title() if text.isupper() and len(text) > 3 else text
