"""Whether, and from where, the work can be done from elsewhere, by a place string or by a description. Pure.

Three-valued: what a text does not say is `unknown`, never "on site". Patterns are of English, German, French, Spanish,
Italian, Dutch and Portuguese. A description counts only where it speaks of the work: a remote-first company, remote
teams, remote sensing and experience with remote work say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from finder.gazetteer import area_of
from finder.model import Place
from finder.pieces import REMOTE, Piece, pieces
from finder.places import parse
from finder.remote_words import (
    ANYWHERE,
    COUNTS,
    FOR_NOW,
    HOME_DAYS,
    HYBRID,
    IF,
    LABEL,
    NEAR,
    OFFICE_DAYS,
    ON_SITE,
    RATHER,
    REMOTE_WORK,
    SENTENCE_END,
    SITE,
    TRIGGER,
    WHERE,
    WIDE,
)

Scope = Literal["anywhere", "area", "country", "region", "unstated", "near", "hybrid", "on site", "unknown"]
"""`area`: a part of the world larger than a country. `region`: a state. `unstated`: remote, and it is not said from
where. `near`: remote within reach of a place. `hybrid`: a part of the week on site."""

WIDEST: tuple[Scope, ...] = (
    "anywhere",
    "area",
    "country",
    "region",
    "unstated",
    "near",
    "hybrid",
    "on site",
    "unknown",
)
WORKDAYS = 5
MAX_SENTENCE = 400
MAX_LABELLED = 80
MAX_SENTENCES = 200
"""Sentences of a description that may speak of it; real ones have below ten."""


@dataclass(frozen=True, slots=True)
class Remoteness:
    """`places`: from where it may be done (no city: the whole country or region); `areas`: the same, larger; `days` on
    site a week, where told; `words`: what was read, as written."""

    scope: Scope = "unknown"
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    days: int | None = None
    words: tuple[str, ...] = ()

    @property
    def remote(self) -> bool | None:
        """True for work from elsewhere, False for a hybrid week or work on site, None where it is not told."""
        return None if self.scope == "unknown" else self.scope not in ("hybrid", "on site")


UNKNOWN = Remoteness()


# ------------------------------------------------------------------------------------------------ place strings
def of_place(text: str) -> Remoteness:
    """What a place string says: "Remote (US)", "Hybrid, 3 days in office", "Austin, TX; Remote - EMEA".

    Of several pieces the one that leaves most freedom counts.
    """
    parts = list(pieces(text))
    read = [_of_piece(piece) for piece in parts]
    best = min(read, key=lambda one: WIDEST.index(one.scope), default=UNKNOWN)
    if best.scope not in ("country", "region"):
        return best
    beside = [piece for piece, one in zip(parts, read, strict=True) if one.scope in ("unknown", best.scope)]
    whole = (place for piece in beside for place in _told(piece.text) if not place.city)  # Remote - US or Canada
    return replace(best, places=tuple(dict.fromkeys((*best.places, *whole))))


def _of_piece(piece: Piece) -> Remoteness:
    text = piece.text
    if (found := ON_SITE.search(text)) and not HYBRID.search(text):
        return Remoteness("on site", words=(found[0],))
    told = REMOTE.search(text)
    if found := re.search(r"\bh[íy]brid\w*|\bibrid[oa]\b", text, re.I) or OFFICE_DAYS.search(text):
        return _week(_days(text), found[0])
    if told:
        return _remote(text, told[0], NEAR.search(text))
    found = re.search(rf"\b{SITE}\b|\bvor ort\b|\ben présentiel\b|\bpresencial\b|\bin presenza\b", text, re.I)
    return Remoteness("on site", words=(found[0],)) if found else UNKNOWN


def _remote(text: str, word: str, near: re.Match[str] | None) -> Remoteness:
    """A text that says remote, with the places it names beside."""
    if near:
        return Remoteness("near", _told(text), words=(word, near[0]))
    return _from(word, _told(text), _areas(text), bool(ANYWHERE.search(text)))


def _from(word: str, places: tuple[Place, ...], areas: tuple[str, ...], anywhere: bool) -> Remoteness:
    words = (word,)
    if areas:
        return Remoteness("area", places, areas, words=words)
    if any(place.city for place in places):
        return Remoteness("unstated", places, words=words)
    if places:
        return Remoteness("region" if all(place.region for place in places) else "country", places, words=words)
    return Remoteness("anywhere" if anywhere else "unstated", words=words)


def _told(text: str) -> tuple[Place, ...]:
    return tuple(place for place in parse(text) if place.country)


def _areas(text: str) -> tuple[str, ...]:
    words = re.findall(r"\w[\w.]*", text)[:40]
    spans = (" ".join(words[at : at + size]) for at in range(len(words)) for size in (3, 2, 1))
    return tuple(dict.fromkeys(area for span in spans if (area := area_of(span)) and span[0].isupper()))


def _days(text: str) -> int | None:
    """Days on site a week; those at home taken from the five. Of a range the first."""
    if found := OFFICE_DAYS.search(text):
        return COUNTS.get((found["days"] or found["days_after"]).lower())
    if found := HOME_DAYS.search(text):
        return WORKDAYS - COUNTS.get(found["days"].lower(), WORKDAYS)
    return None


def _week(days: int | None, word: str) -> Remoteness:
    scope: Scope = "on site" if days == WORKDAYS else "unstated" if days == 0 else "hybrid"
    return Remoteness(scope, days=days, words=(word,))


# ------------------------------------------------------------------------------------------------ descriptions
def of_text(text: str) -> Remoteness:
    """What a description says of where this work is done. Remote in one sentence and on site in another is unknown, a
    hybrid week stands over both."""
    found = list(_statements(text))
    scopes = {one.scope for one in found}
    days = next((one.days for one in found if one.days is not None), None)
    if "hybrid" in scopes:
        return Remoteness("hybrid", days=days, words=_words(found, "hybrid"))
    if "on site" in scopes:
        sure = scopes == {"on site"}
        return Remoteness("on site" if sure else "unknown", days=days if sure else None, words=_words(found, "on site"))
    if not found:
        return UNKNOWN
    near = any(one.scope == "near" for one in found)
    told = [one for one in found if one.scope != "unstated"] or found
    best = min(told, key=lambda one: (near and one.scope != "near", -WIDEST.index(one.scope)))
    return Remoteness(best.scope, best.places, best.areas, words=_words(found, best.scope))


def _words(found: Iterable[Remoteness], scope: Scope) -> tuple[str, ...]:
    """What was read, that which decides first."""
    order = sorted(found, key=lambda one: one.scope != scope)
    return tuple(dict.fromkeys(word for one in order for word in one.words))


def _statements(text: str) -> Iterator[Remoteness]:
    for sentence in _sentences(text):
        remote = REMOTE_WORK.search(sentence)
        site = ON_SITE.search(sentence)
        if mixed := HYBRID.search(sentence) or OFFICE_DAYS.search(sentence) or HOME_DAYS.search(sentence):
            yield _week(_days(sentence), mixed[0])
        elif site and not (remote and (" or " in remote[0] or not _overlap(remote, site))):
            if not IF.search(sentence[: site.start()]):
                yield Remoteness("on site", words=(site[0],))
        elif (remote and not site) or (remote and " or " in remote[0]):
            if not FOR_NOW.search(sentence):
                yield _from_sentence(sentence, remote)
        elif label := LABEL.search(sentence):
            yield from (one for one in [of_place(_value(sentence[label.end() :]))] if one.scope != "unknown")


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _value(text: str) -> str:
    """What stands after a label, up to the next."""
    value, colon, _ = text[:MAX_LABELLED].partition(":")
    return value.rpartition(" ")[0] if colon else value


def _sentences(text: str) -> Iterable[str]:
    whole = (part[start : start + MAX_SENTENCE] for part in SENTENCE_END.split(text) for start in _starts(part))
    some = (sentence for sentence in whole if TRIGGER.search(sentence))
    return (sentence for sentence, _ in zip(some, range(MAX_SENTENCES), strict=False))


def _starts(part: str) -> range:
    return range(0, len(part), MAX_SENTENCE)


def _from_sentence(sentence: str, remote: re.Match[str]) -> Remoteness:
    after = sentence[remote.start() :]
    if near := NEAR.search(sentence):
        return Remoteness("near", words=(_quote(remote), near[0]))
    wheres = (found for found in WHERE.finditer(after) if not RATHER.search(after[: found.start()]))
    named = [found["named"] or found["beside"] for found in wheres]
    named += [country for word, country in WIDE.items() if word in sentence.casefold()]
    places = tuple(dict.fromkeys(place for name in named for place in _told(name) if not place.city))
    areas = tuple(dict.fromkeys(area for name in named for area in _areas(name)))
    return _from(_quote(remote), places, areas, bool(ANYWHERE.search(after)))


def _quote(found: re.Match[str]) -> str:
    return found[0].rstrip(" (")
