"""The skill list: canonical names, how texts write them, and which skill brings which others along.

The data stands in `data/skills.toml` and is read once. Finding skills in running text is the classifier's business;
here is only what ranking and the steps need as well, so that nothing heavy is loaded for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

SKILLS_FILE = Path(__file__).with_name("data") / "skills.toml"


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill. `aliases` are found in any case (a blank also stands for a hyphen), `cased` in exactly this one."""

    name: str
    group: str
    aliases: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


@cache
def skills() -> Mapping[str, Skill]:
    """Every skill by its canonical name, in the order of the file."""
    with SKILLS_FILE.open("rb") as file:
        rows = tomllib.load(file)["skill"]
    return MappingProxyType({row["name"]: _skill(row) for row in rows})


def _skill(row: Mapping[str, Any]) -> Skill:
    listed = {key: tuple(row.get(key, ())) for key in ("aliases", "cased", "implies")}
    return Skill(row["name"], row["group"], **listed)


def canonical(tag: str) -> str | None:
    """The skill that a whole tag, topic or language name stands for, in any case; None if unknown."""
    return _by_tag().get(_folded(tag))


def _folded(tag: str) -> str:
    return " ".join(tag.casefold().replace("-", " ").replace("_", " ").split())


@cache
def _by_tag() -> Mapping[str, str]:
    tags: dict[str, str] = {}
    for skill in skills().values():
        for word in (skill.name, *skill.aliases, *skill.cased):
            tags.setdefault(_folded(word), skill.name)
    return tags


@cache
def implied(name: str) -> frozenset[str]:
    """All skills that whoever holds `name` holds too, over every step of implication, without `name` itself."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        skill = skills().get(ahead.pop())
        fresh = set(skill.implies) - found if skill else set()
        found |= fresh
        ahead += fresh
    return frozenset(found - {name})
