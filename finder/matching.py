"""The use cases that only read: what is in the store, seen by one person now. Starts without network and SQLAlchemy.

store ─▶ openings ─▶ filters ─▶ rank ─▶ families ─▶ pick
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.read import ALIVE, STATES, Reader
from finder.config import Config
from finder.errors import ConfigError
from finder.families import Family, Relations, fold
from finder.model import Kind, Match, Opening, Profile, State
from finder.query import Query, accepts, blamed, funnel, in_order, pick
from finder.rank import explained, ordered, rank
from finder.steps import load
from finder.tasks import addresses, with_checks
from finder.wishes import misread, public_kind

ASKED: Mapping[str, tuple[State, ...]] = {"open": ALIVE, "closed": ("closed",), "all": STATES}
"""What a person may ask for → the states that it means."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: the matches to show, how many there were of each kind, and why there are none."""

    matches: Sequence[Match] = ()
    totals: Mapping[Kind, int] = field(default_factory=dict)
    last_refresh: datetime | None = None
    nothing: str = ""
    """Why there are no matches."""
    families: Mapping[str, Family] = field(default_factory=dict)
    """By the id of each match."""


def profile_of(config: Config, reader: Reader) -> Profile:
    """The person: completed steps from the store, preferences from the configuration. Raises
    ConfigError for a wish to be near what is no known city."""
    wish = config.profile
    for wanted in wish.locations:
        if problem := misread(wanted):
            raise ConfigError(config.origins.get("profile.locations", "config"), "profile.locations", problem)
    return Profile(
        name=wish.name,
        steps=reader.profile(wish.name),
        locations=wish.locations,
        remote=wish.remote,
        terms=wish.terms,
    )


def answer(reader: Reader, config: Config, query: Query, now: datetime) -> Answer:
    """Find, filter, rank, show one of each family, and pick. Each opening is filtered and ranked by itself before."""
    wanted = reader.openings(kinds=query.kinds, states=ASKED[query.state], text=query.text, trace=False)
    found = _looked_at(reader, wanted)
    passed = [opening for opening in found if accepts(opening, query)]
    who = profile_of(config, reader)
    best = in_order(ordered(passed, who, now, load()), query)
    heads, families = fold(best, {} if query.each else reader.kin([match.opening.id for match in best]))
    picked = pick(heads, query)
    return Answer(
        matches=_told(reader, picked, who, now),
        totals=Counter(public_kind(match.opening) for match in heads),
        last_refresh=reader.last_refresh(),
        nothing="" if passed else _why_nothing(query, blamed(funnel(found, query)), len(found)),
        families={match.opening.id: families[match.opening.id] for match in picked},
    )


def _told(reader: Reader, matches: Sequence[Match], who: Profile, now: datetime) -> list[Match]:
    """The same, with the sightings of their openings and the reasons of their places. Both cost more than ranking does:
    only what is shown is told."""
    openings = reader.traced([match.opening for match in matches])
    traced = (replace(match, opening=opening) for match, opening in zip(matches, openings, strict=True))
    return explained(traced, who, now, load())


def _why_nothing(query: Query, filters: Sequence[str], found: int) -> str:
    if filters:
        flags = [f"--{'kind' if name == 'level' else name}" for name in filters]
        which = f"{flags[0]} lets none" if len(flags) == 1 else f"{' and '.join(flags)} together let none"
        return f"nothing found: {found:,} fit the words, {which} of them through"
    return f"nothing found for {query.text!r}; all words must occur: try fewer" if query.text else "nothing is open"


def everything(reader: Reader, config: Config, now: datetime) -> list[Match]:
    """All open internships and projects, best first and untold: what a digest chooses from."""
    found = _looked_at(reader, reader.openings(kinds=("internship", "project"), trace=False))
    return ordered(found, profile_of(config, reader), now, load())


def told(reader: Reader, config: Config, matches: Sequence[Match], now: datetime) -> list[Match]:
    """What was chosen of `everything`, with sightings and reasons."""
    return _told(reader, matches, profile_of(config, reader), now)


def one(reader: Reader, config: Config, prefix: str, now: datetime) -> Match:
    """One opening by its id or the beginning of it. Raises ConfigError if there is none, AmbiguousId if several."""
    opening = reader.opening(prefix)
    if opening is None:
        raise ConfigError("id", prefix, "no opening has it; `finder search` prints ids in brackets")
    return rank(_looked_at(reader, [opening]), profile_of(config, reader), now, load())[0]


def relations(reader: Reader, opening: str) -> Relations:
    """What an opening is kin to, with all of these openings."""
    relatives = reader.relatives(opening)
    ids = [*relatives.posting, *relatives.family]
    found = reader.openings(states=STATES, ids=ids) if ids else []
    return Relations(relatives, {one.id: one for one in found})


def _looked_at(reader: Reader, openings: Sequence[Opening]) -> list[Opening]:
    """The same, with what looking at the issues of projects told."""
    urls = addresses(openings)
    looks = reader.checks(urls) if urls else {}
    return [with_checks(opening, looks) for opening in openings]
