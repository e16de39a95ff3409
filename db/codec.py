"""How values stand in the store: the same on every database, and readable without this program.

Times are text, ISO 8601 in UTC to the second, always 20 characters: their order as text is their order in time.
Lists and mappings are JSON in ASCII, so that half a surrogate pair from somewhere on the net survives as an escape and
never reaches the driver, which would refuse it. Large JSON is compressed.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, overload

_EMPTY: tuple[Any, ...] = (None, "", (), [], {})

_DATES = ("posted", "updated")
_UNIT = r"(?:m|min|minutes?|h|hours?|d|days?|w|wk|weeks?|mo|months?|y|years?)"
_SPAN = rf"\d{{1,4}}\s?\+?\s?{_UNIT}(?: (?:ago|old))?"
_AGE = re.compile(rf"(?:posted )?(?:today|yesterday|just now|{_SPAN})", re.IGNORECASE)
"""Words that say how long ago, and so differ every day."""

_FIRST = "abcdefghjkmnpqrstvwxyz"
_ALPHABET = "0123456789" + _FIRST
"""Crockford's base 32: without i, l, o, u, which are mistaken for others. The first place is a letter, so that no
spreadsheet takes an id for a number."""
ID_LENGTH = 8


@overload
def stamp(moment: datetime) -> str: ...
@overload
def stamp(moment: None) -> None: ...
def stamp(moment: datetime | None) -> str | None:
    """A time as text. Raises ValueError for one without a zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@overload
def moment(text: str) -> datetime: ...
@overload
def moment(text: None) -> None: ...
def moment(text: str | None) -> datetime | None:
    """A time from its text."""
    return None if text is None else datetime.fromisoformat(text)


def clean(text: str) -> str:
    """Text that every database takes: no NUL, and a replacement mark for half a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def dumps(value: Any) -> str:
    """JSON in ASCII, the same for equal values. Raises TypeError for what JSON cannot say."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def told(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something: a field that is new and empty must not make old facts look changed."""
    return {name: value for name, value in fields.items() if value not in _EMPTY}


def facts_digest(fields: Mapping[str, Any]) -> str:
    """The digest of what a source said, without ages ("12d", "3 days ago"): they differ every day and say nothing."""
    steady = {
        name: value for name, value in told(fields).items() if not (name in _DATES and _AGE.fullmatch(str(value)))
    }
    return digest(dumps(steady))


def pack(text: str) -> bytes:
    """ASCII text, compressed. Level 1: 4 kB of JSON take 50 µs and a third of the room."""
    return zlib.compress(text.encode("ascii"), 1)


def unpack(data: bytes) -> str:
    """The text that was packed. Raises ValueError for damaged data."""
    try:
        return zlib.decompress(data).decode("ascii")
    except zlib.error as error:
        raise ValueError(str(error)) from error


def fields_of(body: bytes) -> dict[str, Any]:
    """The fields of one stored part; lists become tuples, as Found has them."""
    fields = json.loads(unpack(body))
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def digest(*texts: str) -> str:
    """128 bits over texts in their order, as 32 hexadecimal digits: to see a change, not to keep a secret."""
    sums = hashlib.blake2b(digest_size=16)
    for text in texts:
        sums.update(b"%d:" % len(text))
        sums.update(text.encode("utf-8", "surrogatepass"))
    return sums.hexdigest()


def opening_id(identity: str, length: int = ID_LENGTH) -> str:
    """A short id that follows from the identity alone. A longer one, for where two collide, begins with the shorter."""
    number = int.from_bytes(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest(), "big")
    number, first = divmod(number, len(_FIRST))
    letters = [_FIRST[first]]
    for _ in range(length - 1):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "".join(letters)
