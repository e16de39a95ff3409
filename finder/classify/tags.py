"""What a source itself says in fields of its own: skills as tags, and the category it put a row into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from finder.classify.mentions import mentions
from finder.classify.needs import Ask
from finder.classify.text import outline
from finder.skills import canonical

_ML_CATEGORY = re.compile(r"\b(?:ai|ml|machine learning|data science|artificial intelligence)\b", re.IGNORECASE)


def asks_of_tags(extra: Mapping[str, Any]) -> list[Ask]:
    """Skills that the source names: it has read the ad, but does not say how firmly each is asked for. So all count as
    required, or somebody who holds none of them would be called ready."""
    return [
        Ask(skill, "must", f"named by the list: {tag}")
        for tag in map(str, extra.get("skills") or ())
        for skill in _skills_of(tag)
    ]


def _skills_of(tag: str) -> list[str]:
    if (skill := canonical(tag)) and (len(tag) > 1 or tag.isupper()):
        return [skill]
    return [] if len(tag) == 1 else [found.skill for found in mentions(outline(tag))]


def in_ml_category(category: str) -> bool:
    """Whether a list's category claims machine learning or data science."""
    return _ML_CATEGORY.search(category) is not None
