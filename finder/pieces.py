"""Place strings → the words of each place: pieces at separators that never stand inside a place, cut into tokens.

A token is a comma part, or the like, with country and region words taken off its ends. Pure, and nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from finder.gazetteer import Name, area_of, names, readings, towns, with_and

MAX_TEXT = 20_000
"""Characters read of one string."""

MAX_WORDS = 12
"""Words of one token that are looked at: longer ones are street addresses or sentences."""

_ELSEWHERE = (
    r"remote(?:ly)?|wfh|home[- ]?based|work(?:ing)?[- ]?(?:from|at|@)[- ]?home|tele(?:work|commut)\w*|virtual|"
    r"anywhere|worldwide|distributed|home[- ]?office|t[eé]l[eé]travail|teletrabajo|teletrabalho|telelavoro|"
    r"thuiswerk\w*|remoto|remota|fernarbeit|ortsunabh[aä]ngig"
)
REMOTE = re.compile(rf"\b(?=\w\w)(?:{_ELSEWHERE})\b", re.I)
"""Words of place strings that say that the work can be done from elsewhere."""

_NOISE = re.compile(
    rf"\b(?=\w\w)(?:{_ELSEWHERE}|"
    r"h[yí]br(?:id\w*|ido)|(?:on|off)[- ]?site|in[- ](?:office|person)|vor ort|présentiel|presencial|offices?|"
    r"hq|head ?quarters?|corporate|corp|locations?|multiple|various|several|flexible|any|all|greater|metro(?:politan)?|"
    r"area|region|fully|only|based|campus|more|within|across|throughout|continental|contiguous|site|teleworkers?|work|"
    r"nationwide|unavailable|building|bldg|main(?! st)|(?-i:[ECMP][SD]?T|CES?T|GMT|UTC))\b"
    r"|^\s*(?-i:in|from|or)\s+|(?:\b|(?<=\b[A-Z]{2}))\d{5}(?:-\d{4})?\b|\+\s*\d+\b.*|\.{3,}|…|[#*<>]|\(\s*\)|"
    r"^(?:\w+ )?(?:republic|state|province) of(?: china)?$",
    re.I,
)
_LEFT = re.compile(r"(?:(?:in|from|or|of|the|to|für|en|dans)\s+)+", re.I)
_BETWEEN = re.compile(
    r" ?(?:[;|•·]|<br ?/?>| [/&] |(?<=\w)/(?=[A-Z])| (?:or|oder|ou|oppure) (?!USA?\b|United\b|\d)|"
    r" (?:and|und|et|y) ) ?",
    re.I,
)
_DASHES = re.compile(r" [-–—~]+ ?| ?(?<![–—~:])[–—~:]+ ")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_STREET_END = re.compile(r"\b(?:st|street|ave|avenue|dr|drive|rd|road|blvd|way|ln|lane|pl|place)\.? (?:NE|SE)$", re.I)
_NAME_GOES_ON = re.compile(
    r"(?:city|beach|springs?|county|courts?|parks?(?! ave)|heights|township|state|university|tech|falls|island|hills?|"
    r"lake|valley|center|junction|house|ranch|institute|area|gardens|lakes|grove|village|bay)\b",
    re.I,
)
_NAME_BEGAN = re.compile(r"(?:^|\s)(?:port|fort|lake|mount|new|old|university|of|the|north|south|east|west)$", re.I)
_STREET = re.compile(
    r"(?:st|street|ave|avenue|dr|drive|rd|road|blvd|boulevard|way|ln|lane|pl|place|plaza|sq|square|pkwy|parkway|quay|"
    r"wharf|towers?|crossing|circle|court|ct|terrace|suite|floor|fl|stra(?:ss|ß)e|str|allee|platz)\b",
    re.I,
)
_STREET_BEGINS = re.compile(r"(?:rue|via|viale|calle|avenida|rua|praça|place|quai)\b", re.I)
_BLANKS = str.maketrans("_\x00", "  ")
_ALSO_WORDS = frozenset(["AL", "DE", "EL", "IN", "LA", "MT", "OR", "SO", "ST"])


class Token(NamedTuple):
    """`admins` and `cities`: the countries or regions, and the cities, that it may mean; `towns`: cities called like a
    country or region; `span`: where in the text of the piece it stands."""

    text: str
    admins: tuple[Name, ...] = ()
    cities: tuple[Name, ...] = ()
    towns: tuple[Name, ...] = ()
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the string for itself: as written, without what stands in parentheses, and that."""

    text: str
    outside: str
    inside: tuple[str, ...] = ()


def pieces(text: str) -> Iterator[Piece]:
    """The parts of the string that are read for themselves, in order."""
    for line in text[:MAX_TEXT].splitlines():
        whole = " ".join(line.translate(_BLANKS).split())
        if " and " in whole.lower():
            whole = with_and().sub(lambda found: found[0].replace(" ", "\x00"), whole)
        for piece in _split(whole):
            text, outside = (part.replace("\x00", " ").strip(" ,") for part in (piece.text, piece.outside))
            tidy = Piece(text, outside, piece.inside)
            if tidy.text.strip(".-"):
                yield tidy


def _split(line: str) -> Iterator[Piece]:
    """Cut at separators outside of parentheses."""
    text, outside, inside = "", "", list[str]()
    for index, part in enumerate(_PARENTHESES.split(line)):
        if index % 2:
            text += f"({part})"
            outside += f", {part}, " if _closes(part, outside) else " "
            inside.append(part)
            continue
        first, *others = _BETWEEN.split(part)
        text, outside = text + first, outside + first
        for other in others:
            yield Piece(text, outside, tuple(inside))
            text, outside, inside = other, other, []
    yield Piece(text, outside, tuple(inside))


def _closes(part: str, outside: str) -> bool:
    """True for Aurora (IL) and Cambridge (UK), not for a code after a whole address."""
    regions = (name.level == "region" for name in readings(part))
    return is_admin(part) and (any(regions) or not re.search("[,-]", outside))


@lru_cache(maxsize=8192)
def tokens(piece: str) -> tuple[Token, ...]:
    """The tokens of a piece without parentheses, in order."""
    texts = (
        text
        for part in piece.split(",")
        for bit in _DASHES.split(part)
        for word in _hyphens(bit.strip())
        for text in _ends(quiet(word))
    )
    return tuple(token(text) for text in texts if text)


@lru_cache(maxsize=8192)
def token(text: str) -> Token:
    """What a text may mean."""
    found = () if area_of(text) else readings(text)
    admins = tuple(name for name in found if name.level != "city")
    cities = tuple(name for name in found if name.level == "city")
    return Token(text, admins, cities, towns(text) if admins and len(text) > 3 else ())


def located(parts: Iterable[Token], text: str) -> Iterator[Token]:
    """The tokens with the stretch of the text that each is; other words may have stood between its own."""
    start = end = 0
    for part in parts:
        words = part.text.split()
        begins = text.find(words[0], end)
        ends = text.find(words[-1], begins)
        if begins >= 0 and ends >= 0:
            start, end = begins, ends + len(words[-1])
        yield part._replace(span=(start, end))


def _hyphens(bit: str) -> list[str]:
    """Parts of US-CA-Fresno and of Erie-Meadville, not of Winston-Salem."""
    parts = [part.strip() for part in bit.split("-")]
    if len(parts) == 1 or readings(bit):
        return [bit]
    if any(map(is_admin, parts)):
        return parts
    heads = [found[0] if (found := readings(quiet(part))) else None for part in parts]
    near = {(head.region, head.country) if head else None for head in heads}
    return parts if len(near) == 1 and None not in near else [bit]


@lru_cache(maxsize=8192)
def quiet(word: str) -> str:
    """The word without what says how, not where, the work is done."""
    if readings(word):
        return word
    left = _NOISE.sub(" ", word)
    if left != word:
        left = _LEFT.sub("", left.lstrip(), count=1) if _LEFT.match(left.lstrip()) else left
    return " ".join(left.split()).strip(" -:()[].&/")


def is_admin(text: str) -> bool:
    """True for a country or region within running words, where codes count in capitals only."""
    return (len(text) > 3 or text.isupper()) and any(name.level != "city" for name in readings(text))


def is_addressed(text: str) -> bool:
    """True for what looks like an address or a building rather than like a name."""
    words = text.split()
    streets = (_STREET.match(word) or _STREET_BEGINS.match(word) for word in words)
    return len(words) > 3 or any(letter.isdigit() for letter in text) or any(streets)


def is_name_between(head: str, rest: str) -> bool:
    """False where the words around a name show that it is part of a longer one: East Hartford, Bristol Street."""
    return not (_NAME_BEGAN.search(head) or _NAME_GOES_ON.match(rest) or _STREET.match(rest))


def _ends(word: str) -> list[str]:
    """The word with country and region names taken off both of its ends."""
    words = word.split()
    if not 1 < len(words) <= MAX_WORDS or readings(word):
        return [word]
    for count in range(min(4, len(words) - 1), 0, -1):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        if is_admin(tail) and not _STREET_END.search(word) and not (len(tail) > 3 and _NAME_BEGAN.search(head)):
            return [*_ends(head), tail]
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        if is_admin(head) and not _goes_on(head, tail):
            return [head, *_ends(tail)]
    return [word]


def _goes_on(head: str, tail: str) -> bool:
    if len(head) > 3:
        return bool(_NAME_GOES_ON.match(tail)) and not names(tail)
    return head in _ALSO_WORDS and tail.isupper()
