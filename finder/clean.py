"""Text hygiene: what a source sends becomes text that any terminal, mail and database takes. Pure; raises nothing."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

MAX_TITLE = 300
MAX_ORGANIZATION = 200
MAX_PLACE = 200
MAX_PLACES = 100
MAX_DESCRIPTION = 60_000
"""Characters kept. Real advertisements stay far below; what is longer is a page gone wrong."""

MAX_DEPTH = 12
"""Levels of nested lists and tables kept of a source's extra facts."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, but for white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # soft hyphen, zero width, direction, fillers, variation selectors
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"  # lone surrogates, non-characters, tags
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ABSENT = re.compile(
    r"n/?a|none|null|nil|undefined|unknown|tbd|not (?:specified|stated|available|disclosed)|[\W_]*", re.I
)


def text(value: str, limit: int = MAX_DESCRIPTION) -> str:
    """Composed (NFC) text without unseen characters, lines kept, at most one empty line in a row."""
    if value.isascii() and value.isprintable():  # nearly every short field: nothing but spaces to look at
        return " ".join(value.split())[:limit].rstrip()
    value = unicodedata.normalize("NFC", _UNSEEN.sub("", value))
    lines = [" ".join(line.split()) for line in _LINE_END.sub("\n", value).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:limit].rstrip()


def line(value: str, limit: int = MAX_TITLE) -> str:
    """The same on one line."""
    return " ".join(text(value, MAX_DESCRIPTION).split())[:limit].rstrip()


def title(value: str) -> str:
    """A one-line title, its HTML entities decoded once: sources that escape do so for a page they were shown on."""
    return line(html.unescape(line(value)) if "&" in value else value)


def organization(value: str) -> str:
    """A one-line name; '' for the words and signs that sources write where they know none."""
    name = title(value)[:MAX_ORGANIZATION].rstrip()
    return "" if _ABSENT.fullmatch(name) else name


def lines(values: Iterable[str], limit: int = MAX_PLACE, most: int = MAX_PLACES) -> tuple[str, ...]:
    """Each distinct value on one line, in order, empty ones left out."""
    cleaned = dict.fromkeys(line(value, limit) for value in values)
    return tuple(value for value in cleaned if value)[:most]


def facts(value: Any, depth: int = MAX_DEPTH) -> Any:
    """What JSON and a database both take: integers beyond 64 bits as text, None for what is no number or no JSON."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value) if value.bit_length() < 1024 else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return text(value)
    return _nested(value, depth - 1) if depth else None


def _nested(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {line(str(key)): facts(inner, depth) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [facts(inner, depth) for inner in value]
    return None
