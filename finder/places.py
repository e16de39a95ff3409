"""Place strings as sources write them → city, region, country, as far as they tell. Pure, and nothing here raises.

A string is cut into pieces at separators that never stand inside a place; a piece into tokens (its comma parts, with
country and state words taken off their ends); the tokens into places, each closed by its region or country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from finder.gazetteer import CALIFORNIA, Name, key, names, with_and
from finder.model import Place

MAX_PLACES = 100
"""Places read of one string; the longest real row names 65."""

MAX_TEXT = 20_000
"""Characters read of one string."""

MAX_WORDS = 12
"""Words of one token that are looked at: longer ones are street addresses or sentences."""

_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|wfh|home[- ]?based|work(?:ing)?[- ](?:from|at)[- ]home|tele(?:work|commut)\w*|virtual|"
    r"anywhere|distributed|home[- ]office)\b",
    re.I,
)
_NOT_REMOTE = re.compile(r"\b(?:not?|non)[- ]remote\b|\bno remote\b", re.I)
_NOISE = re.compile(
    _REMOTE.pattern
    + r"|\b(?:hybrid|on-?site|in[- ]office|offices?|hq|head ?quarters?|corporate|corp|locations?|multiple|various|"
    r"several|flexible|any|all|greater|metro(?:politan)?|area|region|fully|only|based|campus|more|within|site|teleworkers?|"
    r"work|nationwide|unavailable)\b"
    r"|^\s*(?-i:in|from|or)\s+|(?:\b|(?<=\b[A-Z]{2}))\d{5}(?:-\d{4})?\b|\+\s*\d+\b.*|\.{3,}|…|[#*<>]|\(\s*\)|"
    r"^(?:\w+ )?(?:republic|state|province) of(?: china)?$",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*(?:[;|\n\r•·]|<br\s*/?>|\s[/&]\s|(?<=\w)/(?=[A-Z])|\sor\s(?!USA?\b|United\b|\d)|\sand\s|\s&\s)\s*", re.I
)
_DASHES = re.compile(r"\s+[-–—~]+\s*|\s*(?<![–—~:])[–—~:]+\s+")
_NOT_STATE = re.compile(
    r"(?:city|beach|springs?|county|courts?|parks?|heights|township|state|university|tech|falls|island|hills?|lake|"
    r"valley|center|junction|house|ranch|institute|area|gardens|lakes|grove|village|bay)\b",
    re.I,
)
_NOT_BEFORE = re.compile(r"(?:^|\s)(?:port|fort|lake|mount|new|old|university|of|the|north|south|east|west)$", re.I)
_STREET = re.compile(r"\b(?:st|street|ave|avenue|dr|drive|rd|road|blvd|way|ln|lane|pl|place)\.? (?:NE|SE)$", re.I)
_ALSO_WORDS = frozenset(["AL", "DE", "EL", "IN", "LA", "MT", "OR", "SO", "ST"])
_PARENTHESES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    names: tuple[Name, ...]

    def all(self, *levels: str) -> list[Name]:
        return [name for name in self.names if name.level in levels]


def parse(text: str) -> tuple[Place, ...]:
    """Every place that the string names, each once, in its order; what cannot be told stands with its text alone.

    Pieces that say only how the work is done ("Remote", "Hybrid") are left out beside others. () for no text.
    """
    places: dict[tuple[str, ...], Place] = {}
    for piece in _pieces(text):
        for place in _read(piece):
            told = (place.city, place.region, place.country)
            places.setdefault(told if any(told) else (place.text,), place)
    where = [place for place in places.values() if place.country or _quiet(place.text)]
    return tuple((where or list(places.values()))[:MAX_PLACES])


def is_remote(text: str) -> bool:
    """True where the string says that the work can be done from elsewhere. Hybrid alone is not that."""
    return bool(_REMOTE.search(text)) and not _NOT_REMOTE.search(text)


# ------------------------------------------------------------------------------------------------ text → tokens
def _pieces(text: str) -> Iterator[str]:
    for line in text[:MAX_TEXT].splitlines():
        whole = with_and().sub(lambda found: found[0].replace(" ", "\x00"), " ".join(line.replace("_", " ").split()))
        for piece in _BETWEEN.split(whole):
            piece = piece.replace("\x00", " ").strip(" ,")
            if piece.strip(".-"):
                yield piece


def _tokens(piece: str) -> list[_Token]:
    texts = [
        text
        for part in piece.split(",")
        for bit in _DASHES.split(part)
        for word in _hyphens(bit.strip())
        for text in _ends(_quiet(word))
    ]
    return [_Token(text, names(text)) for text in texts if text]


def _hyphens(bit: str) -> list[str]:
    parts = bit.split("-")
    return parts if len(parts) > 1 and not names(bit) and any(_admin(part.strip()) for part in parts) else [bit]


def _quiet(word: str) -> str:
    """The word without what says how, not where, the work is done."""
    if names(word):
        return word
    quiet = _NOISE.sub(" ", word)
    if quiet != word:
        quiet = re.sub(r"^\s*(?:in|from|or|of|the)\s", "", quiet)
    return " ".join(quiet.split()).strip(" -:()[].&/")


def _admin(text: str) -> bool:
    """True for a country or region within running words, where codes count in capitals only."""
    return any(name.level != "city" for name in names(text)) and (len(text) > 3 or text.isupper())


def _ends(word: str) -> list[str]:
    """The word with country and region names taken off both of its ends."""
    words = word.split()
    if not 1 < len(words) <= MAX_WORDS or names(word):
        return [word]
    for count in range(min(4, len(words) - 1), 0, -1):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        if _admin(tail) and not _STREET.search(f"{head} {tail}") and not (len(tail) > 3 and _NOT_BEFORE.search(head)):
            return [*_ends(head), tail]
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        if _admin(head) and not (_NOT_STATE.match(tail) if len(head) > 3 else head in _ALSO_WORDS and tail.isupper()):
            return [head, *_ends(tail)]
    return [word]


# ------------------------------------------------------------------------------------------------ tokens → places
@lru_cache(maxsize=8192)
def _read(piece: str) -> tuple[Place, ...]:
    tokens = _tokens(_PARENTHESES.sub(" ", piece))
    if not any(token.names for token in tokens):
        tokens = _tokens(", ".join(_PARENTHESES.findall(piece))) or tokens
    found = [place for group in _groups(tokens) for place in _placed(group)]
    told = [place for place in found if place.city or not any(_narrower(other, place) for other in found)]
    return (replace(told[0], text=piece),) if len(told) == 1 else tuple(told) or (Place(piece),)


def _narrower(place: Place, wide: Place) -> bool:
    return bool(place.city) and place.country == wide.country and wide.region in ("", place.region)


@dataclass(slots=True)
class _Group:
    """One place under way: its region and country so far, and the tokens that are neither."""

    cities: list[_Token] = field(default_factory=list)
    admin: list[str] = field(default_factory=list)
    region: str = ""
    country: str = ""
    leading: bool = False
    """The region or country came before any city: US, CA, Santa Clara."""

    def inside(self, token: _Token) -> Name | None:
        """The reading of a city's name that lies where the group says."""
        for name in token.all("city"):
            if self.country in ("", name.country) and (self.region in ("", name.region) or not name.region):
                return name
        return None

    def text(self, city: str) -> str:
        return ", ".join(filter(None, [*self.admin, city] if self.leading else [city, *self.admin]))


def _groups(tokens: list[_Token]) -> list[_Group]:
    """Tokens up to the region or country that closes a place; where that stands first, up to the next place."""
    groups = [_Group()]
    for index, token in enumerate(tokens):
        role = _role(token, tokens[index + 1 : index + 2], groups[-1])
        if not _takes(groups[-1], role, token):
            groups.append(_Group())
            role = _role(token, tokens[index + 1 : index + 2], groups[-1])
        group = groups[-1]
        if role is None:
            group.cities.append(token)
            continue
        group.leading = group.leading or not (group.cities or group.country)
        group.admin.append(token.text)
        group.country, group.region = role.country, role.region or group.region
    return groups


def _takes(group: _Group, role: Name | None, token: _Token) -> bool:
    """False where the token begins the next place."""
    if role:
        if role.level == "country" and group.leading and group.cities:
            return False
        return group.country in ("", role.country) and (not role.region or group.region in ("", role.region))
    elsewhere = token.all("city") and not group.inside(token)
    return not group.country or (group.leading and not (group.cities and elsewhere))


def _role(token: _Token, after: list[_Token], group: _Group) -> Name | None:
    """The region or country that the token is in this company; None where it is a city."""
    admins = token.all("country", "region")
    following = [name for other in after for name in other.names]
    above = [name for name in following if name.level != "city"]
    if not admins or _is_city(token, following, above, group):
        return None
    beside = group.cities or [_part(other, group) for other in after]
    cities = [name for city in beside for name in city.all("city")]

    def rank(name: Name) -> tuple[bool, bool, bool, int]:
        usual = 0 if name.level == "region" and name.country == "US" else 1 if name.level == "country" else 2
        return (
            group.country not in ("", name.country),
            bool(above) and all(name.country != other.country for other in above),
            not any(_within(city, name) for city in cities),
            usual,
        )

    return min(admins, key=rank)


def _is_city(token: _Token, following: list[Name], above: list[Name], group: _Group) -> bool:
    """New York before NY, Washington before DC, Ontario before CA, Lebanon before NH: cities with a larger namesake."""
    admins = token.all("country", "region")
    held = [name for city in group.cities for name in city.all("city")]
    if cities := token.all("city"):
        if group.cities and not group.cities[-1].names:
            return False
        apart = not any(_within(city, admin) for city in cities for admin in admins)
        if apart and above and all(name.level == "country" for name in above):
            return False
        return not any(
            name.level == "city" and _within(name, admin) for name in [*following, *held] for admin in admins
        )
    if group.cities:  # Stuttgart, BW, DE: no Botswana between a city and its country
        return len(token.text) == 2 and _agree(held, above) and not _agree(held, admins)
    if group.country or len(token.text) < 3:
        return False
    states = any(name.level == "region" for name in above) and not _agree(admins, above)
    return states or (key(token.text) == "ontario" and CALIFORNIA in following)


def _agree(some: list[Name], others: list[Name]) -> bool:
    return bool({name.country for name in some} & {name.country for name in others})


def _within(city: Name, admin: Name) -> bool:
    return city.country == admin.country and (admin.level == "country" or city.region in ("", admin.region))


def _placed(group: _Group) -> Iterator[Place]:
    """Every known city of the group; where none is known, the one next to the region or country; else that alone."""
    known = False
    for token in group.cities:
        name = group.inside(token) or group.inside(_part(token, group))
        if name is None and token.all("city") and token is not group.cities[-1]:
            name = token.all("city")[0]  # of another state than the one that closes the list
        if name:
            known = True
            yield Place(group.text(token.text), name.usual, name.region, name.country)
    if group.country and not known:
        nearest = group.cities[:1] if group.leading else group.cities[-1:]
        city = next((_city(token.text) for token in nearest), "")
        yield Place(group.text(city), city, group.region, group.country)


def _part(token: _Token, group: _Group) -> _Token:
    """The known city within a longer text: Toronto in "Toronto Adelaide St W", but no Hartford in "East Hartford".

    A street with its number is looked at only where the region or country is told.
    """
    if not group.country and re.search(r"^\d|\d{3}", token.text):
        return token
    words = token.text.split()[:MAX_WORDS]
    for count in range(min(4, len(words) - 1), 0, -1):
        for start in range(len(words) - count + 1):
            text, head, rest = (
                " ".join(part) for part in (words[start : start + count], words[:start], words[start + count :])
            )
            part = _Token(text, names(text))
            if len(text) > 3 and group.inside(part) and not _NOT_BEFORE.search(head) and not _NOT_STATE.match(rest):
                return part
    return token


def _city(text: str) -> str:
    """A name as it is usually written; '' for what is rather a street or a building."""
    text = re.sub(r"\s+\d+$", "", text)
    if re.search(r"\d", text):
        return ""
    return text.title() if text.isupper() and len(text) > 3 else text
