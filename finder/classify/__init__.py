"""Opening → Facets: what a listing is, who it is for and what it asks for, each with the words that say so.

    title ──────▶ level, role and its field, term
    description ▶ skills with strength and alternatives, role of a vague title, conditions
    source ─────▶ skills, employment type, category (weak), degrees, sponsorship, terms, pay

Pure: no clock, no network, no store. Facts stay; what is concluded from them is recomputed whenever RULES changes.
"""

from __future__ import annotations

from finder.classify.elsewhere import remote_of
from finder.classify.fields import field_of
from finder.classify.gates import stated_of
from finder.classify.knowledge import also_named
from finder.classify.level import OTHER, SENIOR, Level, level_of
from finder.classify.needs import Ask, asks_of_text, asks_of_title, merged
from finder.classify.project import asks_of_project, beginner_words, of_dataset, read_project
from finder.classify.prose import raised
from finder.classify.role import Reading, read_title
from finder.classify.tags import asks_of_tags, in_ml_category
from finder.classify.text import Outline, outline
from finder.model import Facets, Kind, Opening, Stated

RULES = "2027.9"
"""Version of the rules and word lists. Change it with every change of what they conclude."""

LISTED = "listed among internships"
"""Evidence for a level that only the kind of list tells."""

CATEGORY_RELEVANCE = 0.35
"""A list's own machine-learning category was right in 45 % of the rows read: worth a second look, not relevance."""


def classify(opening: Opening) -> Facets:
    """What we conclude from the facts of one opening."""
    return _project(opening) if opening.kind == "project" else _position(opening)


def _position(opening: Opening) -> Facets:
    layout = outline(opening.description) if opening.description.strip() else None
    reading = of_dataset(_role(opening, layout), opening) if opening.kind == "dataset" else _role(opening, layout)
    level = _level(opening)
    employer = opening.organization if opening.kind in ("internship", "job") else ""
    asks, stated = asks_of_text(layout, employer) if layout else ([], False)
    named = [] if stated else asks_of_tags(opening.extra)  # the ad's own words say how firmly
    also = "; ".join(also_named(layout)) if layout else ""
    evidence = {"role": reading.words, "level": level.words, "also named": also}
    return Facets(
        rules=RULES,
        kind=_kind(opening.kind, level),
        role=reading.role,
        relevance=round(reading.relevance, 3),
        level=level.name,
        needs=merged([*asks_of_title(opening.title, employer), *asks, *named]),
        described=stated or bool(named),
        evidence={key: words for key, words in evidence.items() if words},
        stated=_stated(opening, layout) | _field(opening, reading),
    )


def _role(opening: Opening, layout: Outline | None) -> Reading:
    reading = read_title(opening.title, opening.organization)
    if layout:
        reading = raised(reading, opening.title, layout)
    category = str(opening.extra.get("category") or "")
    if reading.relevance < CATEGORY_RELEVANCE and in_ml_category(category):
        return Reading(reading.role, CATEGORY_RELEVANCE, reading.words or category)
    return reading


def _stated(opening: Opening, layout: Outline | None) -> dict[str, Stated]:
    if opening.kind not in ("internship", "job"):
        return {}
    return stated_of(opening, layout) | remote_of(opening, layout)


def _field(opening: Opening, reading: Reading) -> dict[str, Stated]:
    field = field_of(opening.title, reading) if opening.kind != "dataset" else None
    return {"field": field} if field else {}


def _level(opening: Opening) -> Level:
    if opening.kind not in ("internship", "job"):
        return OTHER
    level = level_of(opening.title)
    if level is OTHER:
        level = level_of(str(opening.extra.get("employment") or ""))
    if level is OTHER and opening.kind == "internship" and not SENIOR.search(opening.title):
        return Level("internship", LISTED, student=True)
    return level


def _kind(kind: Kind, level: Level) -> Kind:
    return "internship" if kind == "job" and level.student else kind


def _project(opening: Opening) -> Facets:
    reading = read_project(opening)
    words = beginner_words(opening.extra)
    asks: list[Ask] = asks_of_project(opening)
    return Facets(
        rules=RULES,
        kind=opening.kind,
        role=reading.role,
        relevance=round(reading.relevance, 3),
        level="beginner" if words else "other",
        needs=merged(asks),
        described=any(ask.strength == "must" for ask in asks),
        evidence={key: value for key, value in (("role", reading.words), ("level", words)) if value},
    )
