"""From where the work can be done, as a listing's places, its title or its text say (see `finder.remote`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from finder.classify.spelling import Piece
from finder.classify.text import Outline, folded
from finder.model import Opening, Place, Stated
from finder.pieces import REMOTE
from finder.remote import Remoteness, of_place, of_text
from finder.remote_words import SENTENCE_END

REMOTE_WORDS = (
    "remot, hybrid, híbrid, ibrid, on site, onsite, in person, inperson, office, from home, télétravail, presencia, "
    "présentiel, vor ort, from anywhere, teletrab, kantoor, büro, au bureau, oficina, ufficio, thuis, à distanc, "
    "a distanc, à distânc, a distânc, präsenz, ortsunab, mobile arb, mobiles arb, mobilen arb, presenza, sede, "
    "smart work, smartwork, sur site, afstand"
)
"""The words of `finder.remote_words.TRIGGER` as they stand in a folded text: found in one pass, where the pattern takes
as long as a third of all that is read."""


def remote_of(opening: Opening, layout: Outline | None) -> dict[str, Stated]:
    """`remote`: "anywhere", "country:CA|US", "region:EMEA" or "region:US-CO" (larger or smaller than a country), "near"
    (from home within reach of a place), "yes" (not said from where), "hybrid", "hybrid:3 days" on site a week, "no".
    A place string speaks before the title, and that before the text."""
    said = _of_places(opening.places) or _of_words(opening.title, folded(opening.title))
    if not said and layout:
        said = _of_words(layout.text, layout.low)
    return {"remote": said} if said else {}


def _of_places(places: Iterable[Place]) -> Stated | None:
    """Of several places the one that leaves most freedom."""
    texts = [place.text for place in places]
    read = {text: of_place(text).scope for text in texts if REMOTE.search(text) or _holds_words(folded(text))}
    if not any(scope != "unknown" for scope in read.values()):
        return None
    told = of_place("\n".join(texts))
    quote = next((text for text, scope in read.items() if scope == told.scope), "")
    return Stated(value_of(told), quote) if quote else None


def _of_words(text: str, low: str) -> Stated | None:
    """The sentence that decides is quoted, or the words around where it is long."""
    sentences = _sentences(text, low)
    told = of_text("\n".join(sentences)) if sentences else None
    if told is None or told.scope == "unknown":
        return None
    word = told.words[0]
    for sentence in sentences:
        start = sentence.find(word)
        if start >= 0 and word in of_text(sentence).words:
            return Stated(value_of(told), Piece(sentence, sentence).quote(start, start + len(word)))
    return None


def value_of(told: Remoteness) -> str:
    """What a listing says of remote work, in the vocabulary of `Facets.stated`."""
    countries = {place.country for place in told.places}
    match told.scope:
        case "area":
            return f"region:{'|'.join((*sorted(set(told.areas)), *sorted(countries)))}"
        case "country":
            return f"country:{'|'.join(sorted(countries))}"
        case "region":
            return f"region:{'|'.join(sorted({f'{place.country}-{place.region}' for place in told.places}))}"
        case "hybrid":
            days = f"{told.days} day{'s' if told.days > 1 else ''}" if told.days else ""
            return f"hybrid:{days}" if days else "hybrid"
    return {"unstated": "yes", "on site": "no"}.get(told.scope, told.scope)


@cache
def _finder() -> AhoCorasick:
    return AhoCorasick([word.strip() for word in REMOTE_WORDS.split(",")], implementation=Implementation.DFA)


def _holds_words(low: str) -> bool:
    return bool(_finder().find_matches_as_indexes(low))


def _sentences(text: str, low: str) -> list[str]:
    """The sentences that may speak of it, as `finder.remote` parts them."""
    hits = _finder().find_matches_as_indexes(low)
    if not hits:
        return []
    ends = [found.span() for found in SENTENCE_END.finditer(text)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)]
    which = dict.fromkeys(bisect_right(starts, start) - 1 for _, start, _ in hits)
    return [text[starts[at] : stops[at]] for at in which]
