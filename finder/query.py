"""What a search lets through, in which order, and how much of it. Pure; its words are looked up by the store."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from finder.model import Kind, Match, Opening
from finder.wishes import in_place, is_remote, of_term, public_kind, says

__all__ = [
    "KINDS",
    "Query",
    "accepts",
    "blamed",
    "funnel",
    "in_order",
    "parse_since",
    "pick",
    "public_kind",
    "refused_by",
    "spread",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order they are shown."""

_SPAN = re.compile(r"(\d{1,6})\s*([hdwm])")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24}

_TEN, _OF_ONE = 10, 2
"""Places of a ten, and how many of them one organization may take: a single one held up to 9 of the 20 newest rows of a
real list."""
_SPREAD = 100
"""So many of each kind are spread; further down nobody compares neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for. An empty field asks for nothing."""

    text: str = ""
    kinds: tuple[Kind, ...] = ()
    location: str = ""
    remote: bool | None = None
    term: str = ""
    since: datetime | None = None
    """Only what was first seen then (UTC) or later."""
    company: str = ""
    state: Literal["open", "closed", "all"] = "open"
    """`open` includes what is missing from its source at present."""
    level: Literal["internship", "all"] = "internship"
    """`internship` leaves ordinary jobs out, unless `kinds` asks for them."""
    sort: Literal["match", "date"] = "match"
    limit: int = 10
    """So many of each kind."""
    each: bool = False
    """Every opening by itself; else one of each family stands for it."""
    offset: int = 0
    """So many of each kind are passed over first."""


def _state(opening: Opening, query: Query) -> bool:
    return query.state == "all" or (opening.state == "closed") == (query.state == "closed")


def _kind(opening: Opening, query: Query) -> bool:
    return not query.kinds or public_kind(opening) in query.kinds


def _level(opening: Opening, query: Query) -> bool:
    return query.level == "all" or public_kind(opening) != "job" or "job" in query.kinds


def _since(opening: Opening, query: Query) -> bool:
    return query.since is None or opening.first_seen >= query.since


def _term(opening: Opening, query: Query) -> bool:
    return not query.term.strip() or of_term(opening, query.term)


def _company(opening: Opening, query: Query) -> bool:
    return not query.company.strip() or says(opening.organization, query.company)


def _remote(opening: Opening, query: Query) -> bool:
    """A project, a course or a data set can be worked on from anywhere."""
    anywhere = public_kind(opening) not in ("internship", "job")
    return query.remote is None or (anywhere or is_remote(opening)) == query.remote


def _location(opening: Opening, query: Query) -> bool:
    return not query.location.strip() or in_place(opening, query.location)


_FILTERS: Mapping[str, Callable[[Opening, Query], bool]] = {
    "state": _state,
    "kind": _kind,
    "level": _level,
    "since": _since,
    "term": _term,
    "company": _company,
    "remote": _remote,
    "location": _location,
}
"""By the name of the option; what is cheap to ask comes first."""


def refused_by(opening: Opening, query: Query) -> str:
    """The first filter that does not let the opening through; '' if all do."""
    return next((name for name, passes in _FILTERS.items() if not passes(opening, query)), "")


def accepts(opening: Opening, query: Query) -> bool:
    """Whether every filter lets the opening through. What is not known does not meet a filter that asks for it: an
    opening without a term is no answer to --term, one without a place none to --location. A place of which it is not
    known how far it is from a city passes."""
    return not refused_by(opening, query)


def funnel(openings: Iterable[Opening], query: Query) -> dict[str, int]:
    """How many openings each filter took, in the order they are asked; what passed all is counted under ''."""
    taken = dict.fromkeys((*_FILTERS, ""), 0)
    for opening in openings:
        taken[refused_by(opening, query)] += 1
    return taken


def blamed(taken: Mapping[str, int]) -> tuple[str, ...]:
    """The filters of a funnel that together took all that came in; none if something passed."""
    return () if taken.get("", 0) else tuple(name for name in _FILTERS if taken.get(name))


def pick(matches: Sequence[Match], query: Query) -> list[Match]:
    """The best (or, by date, the newest) of each kind, kinds in a fixed order. `matches` come ranked; among the best of
    a kind no organization takes more than two places in ten while others wait."""
    by_date = query.sort == "date"
    by_kind: dict[Kind, list[Match]] = {kind: [] for kind in KINDS}
    for match in in_order(matches, query):
        by_kind[public_kind(match.opening)].append(match)
    shown = slice(query.offset, query.offset + query.limit)
    return [match for members in by_kind.values() for match in (members if by_date else spread(members))[shown]]


def in_order(matches: Sequence[Match], query: Query) -> Sequence[Match]:
    """Matches, which come ranked, in the order that is asked for."""
    if query.sort == "match":
        return matches
    return sorted(matches, key=lambda match: _newest(match.opening), reverse=True)


def spread(matches: Sequence[Match]) -> list[Match]:
    """The ranking with each organization's third and further places of a ten put off to the next ten. Where nobody else
    waits it keeps them, and what stands far down is left as it is."""
    waiting, placed = list(matches), list[Match]()
    while waiting and len(placed) < _SPREAD:
        places: Counter[str] = Counter()
        ten: list[Match] = []
        put_off: list[Match] = []
        while waiting and len(ten) < _TEN:
            match = waiting.pop(0)
            name = match.opening.organization.casefold()
            places[name] += bool(name)
            (put_off if places[name] > _OF_ONE else ten).append(match)
        free = _TEN - len(ten)
        placed += ten + put_off[:free]
        waiting = put_off[free:] + waiting
    return placed + waiting


def _newest(opening: Opening) -> datetime:
    """When it was posted; a project, when it was last worked on; else when it was first seen."""
    moment = opening.updated_at if public_kind(opening) == "project" else opening.posted_at
    return moment or opening.first_seen


def parse_since(text: str, now: datetime, last: datetime | None = None) -> datetime:
    """The moment meant by `12h`, `14d`, `2w`, `3m` before `now`, an ISO date or time (UTC unless it says otherwise), or
    `last`: the time of the last refresh (before the first one everything is new). Raises ValueError for all else."""
    wanted = text.strip().lower()
    if wanted == "last":
        return last or datetime.min.replace(tzinfo=UTC)
    try:
        if span := _SPAN.fullmatch(wanted):
            return now - timedelta(hours=int(span[1]) * _HOURS[span[2]])
        moment = datetime.fromisoformat(wanted.upper())
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no time: write 14d, 2w, 2026-08-01 or last") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
