"""One opening out of all its sightings. Pure.

Everything about an opening but its id, its evidence and its dates of change follows from its sightings, so that it can
be computed anew at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

from db.codec import clean, digest, dumps, stamp, told
from db.search import searchable
from finder.checks import OWN_PAGE
from finder.model import Listing, State

_T = TypeVar("_T")

CARRIED = ("employment", "category", "degrees", "sponsorship", "skills")
"""Facts of a Found that no column holds; an opening carries them in `extra` under these names, for classify."""

SEARCHED = ("skills", "language", "topics", "label", "labels", "category", "employment")
"""What of `extra` is found by full text, besides title, organization, places, terms and description."""

_ORDER: dict[State, int] = {"open": 0, "missing": 1, "closed": 2}


class Content(TypedDict):
    """What one sighting says, or all together. Times are text, places [text, city, region, country]."""

    kind: str
    title: str
    organization: str
    url: str
    places: list[list[str]]
    remote: bool | None
    terms: list[str]
    posted_at: str | None
    updated_at: str | None
    deadline: str | None
    pay: str
    description: str
    extra: dict[str, Any]


_READ = tuple(Content.__annotations__.keys() - {"url", "posted_at", "updated_at"})


@dataclass(frozen=True, slots=True)
class View:
    """One sighting, as far as its opening depends on it."""

    number: int
    source: str
    state: State
    evidence: str
    state_at: str
    first_seen: str
    last_seen: str
    hidden: bool
    authority: int
    content: Content


@dataclass(frozen=True, slots=True)
class Seen:
    """The last look at an opening's own page, as far as it says anything of its state."""

    at: str
    verdict: str
    evidence: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """All sightings of one opening together. `evidence` is that of the last one to change its state, `source` whose
    word that was."""

    state: State
    evidence: str
    source: str
    first_seen: str
    last_seen: str
    hidden: bool
    content: Content


def content(listing: Listing) -> Content:
    """What a listing says, with what of its Found no listing has."""
    found = listing.found
    return {
        "kind": found.kind,
        "title": clean(listing.title),
        "organization": clean(listing.organization),
        "url": clean(listing.url),
        "places": [[clean(part) for part in (p.text, p.city, p.region, p.country)] for p in listing.places],
        "remote": listing.remote,
        "terms": [clean(term) for term in listing.terms],
        "posted_at": stamp(listing.posted_at),
        "updated_at": stamp(listing.updated_at),
        "deadline": stamp(listing.deadline),
        "pay": clean(found.pay),
        "description": clean(found.description),
        "extra": told({name: getattr(found, name) for name in CARRIED} | dict(found.extra)),
    }


def mark(content: Mapping[str, Any]) -> str:
    """The digest of what classify sees: all but the address, and dates that move while the text stays the same."""
    return digest(dumps({name: content[name] for name in _READ}))


def merge(views: Sequence[View], page: Seen | None = None) -> Whole:
    """The opening that these sightings (at least one) make up, and what its own page said.

    Open sightings speak before missing and closed ones, then those of more authority, then those that say more; each
    field is the first that anyone tells. Places and terms are those of all sightings in the opening's state.
    """
    ordered = sorted(views, key=_precedence)
    state = ordered[0].state
    last = max((view for view in ordered if view.state == state), key=lambda view: (view.state_at, view.number))
    told = _by_page(state, last.state_at, page) if page and not _outdone(page, views) else None
    return Whole(
        state=told or state,
        evidence=page.evidence if told and page else last.evidence,
        source=OWN_PAGE if told else last.source,
        first_seen=min(view.first_seen for view in ordered),
        last_seen=max(view.last_seen for view in ordered),
        hidden=all(view.hidden for view in ordered),
        content=_combine([view.content for view in ordered], [view.content for view in ordered if view.state == state]),
    )


def _by_page(state: State, since: str, page: Seen) -> State | None:
    """The state by the word of its own page; None where that adds nothing to what its sources say. A page that is there
    speaks for what its sources lost sight of before, and not against their own word."""
    if page.verdict == "closed" and state != "closed":
        return "closed"
    if page.missing and state == "open":
        return "missing"
    return "open" if page.verdict == "open" and state == "missing" and page.at >= since else None


def _outdone(page: Seen, views: Sequence[View]) -> bool:
    """Whether the employer's board showed it after its page was looked at. A list only repeats what it once read."""
    return any(view.authority and view.last_seen > page.at for view in views)


def _precedence(view: View) -> tuple[int, int, int, int]:
    return _ORDER[view.state], -view.authority, -len(view.content["description"]), view.number


def _combine(contents: Sequence[Content], speaking: Sequence[Content]) -> Content:
    if len(contents) == 1:
        return contents[0]
    return {
        "kind": _kind([c["kind"] for c in contents]),
        "title": _first(c["title"] for c in contents) or "",
        "organization": _first(c["organization"] for c in contents) or "",
        "url": _first(c["url"] for c in contents) or "",
        "places": _distinct((_same_place(place), place) for c in speaking for place in c["places"]),
        "remote": _first(c["remote"] for c in speaking),
        "terms": _distinct((term.casefold(), term) for c in speaking for term in c["terms"]),
        "posted_at": min((c["posted_at"] for c in contents if c["posted_at"]), default=None),
        "updated_at": max((c["updated_at"] for c in contents if c["updated_at"]), default=None),
        "deadline": _first(c["deadline"] for c in speaking),
        "pay": _first(c["pay"] for c in contents) or "",
        "description": _first(c["description"] for c in contents) or "",
        "extra": _extra([c["extra"] for c in contents]),
    }


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None and value != ""), None)


def _kind(kinds: Sequence[str]) -> str:
    """A board lists jobs of all kinds; a list that calls one of them an internship knows more."""
    return "internship" if "internship" in kinds and kinds[0] == "job" else kinds[0]


def _extra(extras: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Facts of one kind: the first that anyone tells, and of lists (skills, topics) all that is in any of them."""
    whole: dict[str, Any] = {}
    for name, value in ((name, value) for extra in extras for name, value in extra.items()):
        before = whole.setdefault(name, value)
        if isinstance(before, list) and isinstance(value, list):
            whole[name] = _distinct((dumps(one), one) for one in [*before, *value])
    return whole


def _distinct(keyed: Iterable[tuple[Any, _T]]) -> list[_T]:
    seen: dict[Any, _T] = {}
    for key, value in keyed:
        seen.setdefault(key, value)
    return list(seen.values())


def _same_place(place: list[str]) -> tuple[str, ...]:
    """Equal for two spellings of one city; a place whose city is not known is its text."""
    text, city, region, country = place
    return (city, region, country) if city else (text.casefold(),)


def words(content: Content) -> str:
    """What full text finds besides title, organization and description: places, terms, skills, topics, and the parts of
    words that are joined by + or # (see db.search)."""
    named = [content["extra"].get(name) for name in SEARCHED]
    texts = [" ".join(dict.fromkeys(filter(None, place))) for place in content["places"]] + content["terms"]
    for value in named:
        texts += [value] if isinstance(value, str) else [v for v in value or () if isinstance(v, str)]
    joined = " · ".join(text for text in texts if text)
    parts = searchable(" ".join((content["title"], content["organization"], joined, content["description"])))
    return clean(f"{joined} {parts}".strip())
