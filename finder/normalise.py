"""Found → Listing: what one source said, made comparable with what the others say. Pure.

The parts of an item (its Found and what other pages of the source add) are combined here as well, so that the store may
keep each part as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from finder import clean, dates, places, urls
from finder.model import Found, Listing, Place

_TUPLES = frozenset(("locations", "terms", "degrees", "skills"))
_EMPTY: Mapping[str, Any] = {
    field.name: field.default for field in fields(Found) if field.name not in ("kind", "key", "title", "url", "extra")
} | {"extra": {}}

_LINES = ("posted", "updated", "deadline", "employment", "category", "sponsorship", "pay", "closed")
_MAX_URL = 2 * urls.MAX_LENGTH

_SEASONS = {"autumn": "Fall", "fall": "Fall", "winter": "Winter", "spring": "Spring", "summer": "Summer"}
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|fall|autumn|winter)(?![a-z])(?:[\s,_'’/-]*(?P<year>20\d\d|(?<!\d)\d\d)(?!\d))?",
    re.I | re.A,
)
_YEAR_FIRST = re.compile(r"\b(?P<year>20\d\d)[\s_-]+(?P<season>spring|summer|fall|autumn|winter)\b", re.I | re.A)
_NO_TERM = re.compile(r"n/?a|none|not (?:specified|stated)|unknown|any|tbd|-*", re.I)


# ------------------------------------------------------------------------------------------------ parts
def to_facts(found: Found) -> dict[str, Any]:
    """The Found as JSON-able facts, empty fields left out. `combine({"": to_facts(found)})` gives it back."""
    facts: dict[str, Any] = {}
    for field in fields(Found):
        value = getattr(found, field.name)
        if field.name not in _EMPTY or value != _EMPTY[field.name]:
            facts[field.name] = list(value) if isinstance(value, tuple) else value
    return facts


def combine(parts: Mapping[str, Mapping[str, Any]]) -> Found:
    """The Found of part "" with the fields of the other parts, in the order of their names, standing over its own.

    `extra` is merged key by key. Raises KeyError where part "" is missing, TypeError where it lacks a needed field.
    """
    facts: dict[str, Any] = dict(parts[""])
    extra: dict[str, Any] = dict(facts.pop("extra", {}))
    for name in sorted(set(parts) - {""}):
        added = dict(parts[name])
        extra |= added.pop("extra", {})
        facts |= added
    values: dict[str, Any] = {name: tuple(value) if name in _TUPLES else value for name, value in facts.items()}
    return Found(**values, extra=extra)


# ------------------------------------------------------------------------------------------------ the listing
def listing(source: str, found: Found, at: datetime) -> Listing:
    """The Found of `source`, fetched `at` (aware), with clean text, dates in UTC, places, canonical URL and identity.

    Raises nothing on odd values: what cannot be read is empty or None. Its `found` says the same in clean text; what
    the source sent, letter by letter, is in `to_facts`.
    """
    tidy = _tidy(found)
    url = urls.canonical(tidy.url)
    return Listing(
        found=tidy,
        identity=_identity(source, tidy, url),
        url=url,
        title=tidy.title,
        organization=tidy.organization,
        places=_places(tidy.locations),
        remote=tidy.remote if tidy.remote is not None else any(map(places.is_remote, tidy.locations)) or None,
        terms=terms(tidy.terms),
        posted_at=dates.read(tidy.posted, at),
        updated_at=dates.read(tidy.updated, at),
        deadline=dates.read(tidy.deadline, at, ahead=True),
    )


def terms(values: Iterable[str]) -> tuple[str, ...]:
    """Terms as "Summer 2027", each once: "summer '27" and "2027 Summer" too, Autumn as Fall, a season without a year
    alone ("Spring"), other words as they are; what says only that none is known is left out."""
    found = [term for value in values for term in _seasons(clean.line(value))]
    return tuple(dict.fromkeys(found))


def _seasons(value: str) -> list[str]:
    if _NO_TERM.fullmatch(value):
        return []
    turned = _YEAR_FIRST.sub(r"\g<season> \g<year>", value)
    named = [(_SEASONS[match["season"].lower()], match["year"] or "") for match in _SEASON.finditer(turned)]
    years = {year for _, year in named if year}
    shared = next(iter(years)) if len(years) == 1 else ""  # Fall/Winter 2026
    return [f"{season} {_year(year or shared)}".strip() for season, year in named] or [value]


def _year(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year


def _identity(source: str, found: Found, url: str) -> str:
    """Jobs that share the address of a whole careers page are told apart by the source's own key."""
    fallback = f"source:{source}:{found.key}"
    if found.kind in ("internship", "job") and urls.is_front(url):
        return fallback
    return urls.identity(url, fallback)


def _places(locations: Iterable[str]) -> tuple[Place, ...]:
    return places.parse("\n".join(locations))


def _tidy(found: Found) -> Found:
    """The same words without what harms a terminal, a mail or a database, and within bounds."""
    lines: dict[str, Any] = {name: clean.line(getattr(found, name)) for name in _LINES}
    return replace(
        found,
        title=clean.title(found.title),
        url=clean.line(found.url, _MAX_URL),
        organization=clean.organization(found.organization),
        locations=clean.lines(found.locations),
        terms=clean.lines(found.terms),
        description=clean.text(found.description),
        degrees=clean.lines(found.degrees),
        skills=clean.lines(found.skills),
        extra=clean.facts(dict(found.extra)),
        **lines,
    )
