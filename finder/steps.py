"""The curriculum: stages, steps, what each requires and teaches. The data stands in `data/curriculum.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from finder.model import Profile, Step

_DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SUGGESTIONS = 5

BEYOND = "learn"
"""Stage of the steps outside the roadmap: each teaches a skill that openings ask for and the path does not."""

_ACCEPT, _MARGIN = 0.75, 0.1
"""A misspelt name means the step whose likeness (difflib's ratio) reaches the first, and leads by the second."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five stages. `need` > 0: so many of its steps satisfy it; 0: every step that is not optional."""

    id: str
    title: str
    note: str = ""
    need: int = 0


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far a person is in a stage. Optional and skipped steps are counted in neither number."""

    id: str
    title: str
    done: int
    total: int

    @property
    def satisfied(self) -> bool:
        """True when nothing of the stage is left to do."""
        return self.done >= self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """All stages and steps in reading order, and what their author says of the skills they teach."""

    version: int
    stages: tuple[Stage, ...]
    steps: Mapping[str, Step]
    contribution: str = ""
    """Id of the step that any merged contribution to a repository shows; '' for none."""
    soft: frozenset[str] = frozenset()
    """Skills that keep nobody from an opening (teamwork, communication): they count like a mention."""
    alike: tuple[frozenset[str], ...] = ()
    """Sets of tools for one purpose: who knows one of them has half of each other."""
    unlisted: frozenset[str] = frozenset()
    """Skills that no step teaches, because no free course is listed."""
    read_only: frozenset[str] = frozenset()
    """Addresses of repositories that have ended and take no contribution."""

    @property
    def path(self) -> tuple[Step, ...]:
        """The steps of the five stages, without those that teach one more skill each."""
        return tuple(step for step in self.steps.values() if step.stage != BEYOND)

    def find(self, text: str) -> Step:
        """The step meant by an id, a name, title words, a skill it teaches, or a misspelling of one of these.

        Raises LookupError naming up to five candidates when none or several are meant.
        """
        wanted = " ".join(text.split()).casefold()
        for tier in (_by_name, _by_words, _by_prefixes, _by_skill):
            found = _path_first(tier(self, wanted))
            if len(found) == 1:
                return found[0]
            if found:
                raise LookupError(f"{text!r} could be {_any_of(step.id for step in found)}")
        return self._guess(text, wanted)

    def _guess(self, text: str, wanted: str) -> Step:
        near = _by_spelling(self.path, wanted)
        if not near or near[0][0] < _ACCEPT:
            near = _by_spelling(tuple(self.steps.values()), wanted)
        if near and near[0][0] >= _ACCEPT and (len(near) == 1 or near[0][0] - near[1][0] >= _MARGIN):
            return near[0][1]
        hint = f"; did you mean {_any_of(step.id for _, step in near)}?" if near else ""
        raise LookupError(f"no step is called {text!r}{hint}")

    def skills(self, done: Collection[str]) -> frozenset[str]:
        """What someone holds who has done these steps. Unknown ids (a step of an older curriculum) grant nothing."""
        return frozenset(skill for id_ in done if id_ in self.steps for skill in self.steps[id_].grants)

    def available(self, done: Collection[str]) -> tuple[Step, ...]:
        """Steps not done that can be begun now: all they require is done."""
        return tuple(step for step in self.steps.values() if step.id not in done and not self.unmet(step, done))

    def unmet(self, step: Step, done: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """What `step` requires and is not marked done: for each lack, the ids of which one would do."""
        wanted = (*((id_,) for id_ in step.requires), *step.requires_any)
        return tuple(group for group in wanted if not any(id_ in done for id_ in group))

    def granting(self, skill: str) -> tuple[Step, ...]:
        """Steps that teach a skill, in the order of the curriculum."""
        return tuple(step for step in self.steps.values() if skill in step.grants)

    def progress(self, profile: Profile) -> tuple[StageProgress, ...]:
        """How far the person is in each stage."""
        return tuple(self._progress(stage, profile) for stage in self.stages)

    def _progress(self, stage: Stage, profile: Profile) -> StageProgress:
        states = {id_: progress.state for id_, progress in profile.steps.items()}
        members = [s for s in self.steps.values() if s.stage == stage.id and states.get(s.id) != "skipped"]
        if not stage.need:
            members = [step for step in members if not step.optional]
        done = sum(states.get(step.id) == "done" for step in members)
        total = min(stage.need or len(members), len(members))
        return StageProgress(stage.id, stage.title, min(done, total), total)


def _any_of(ids: Iterable[str]) -> str:
    shown = list(ids)[:_SUGGESTIONS]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _name(step: Step) -> str:
    return step.id.partition(".")[2]


def _words(step: Step) -> frozenset[str]:
    return frozenset(_WORD.findall(f"{step.id} {step.title}".casefold()))


def _by_name(curriculum: Curriculum, wanted: str) -> list[Step]:
    if wanted in curriculum.steps:
        return [curriculum.steps[wanted]]
    return [step for step in curriculum.steps.values() if wanted in (_name(step), step.title.casefold())]


def _by_words(curriculum: Curriculum, wanted: str) -> list[Step]:
    words = frozenset(_WORD.findall(wanted))
    return [step for step in curriculum.steps.values() if words and words <= _words(step)]


def _by_prefixes(curriculum: Curriculum, wanted: str) -> list[Step]:
    """At least three letters, so that a slip such as `c` names nothing."""
    parts = _WORD.findall(wanted) if len(wanted) >= 3 else []
    return [
        step
        for step in curriculum.steps.values()
        if parts and all(any(word.startswith(part) for word in _words(step)) for part in parts)
    ]


def _by_skill(curriculum: Curriculum, wanted: str) -> list[Step]:
    return [s for s in curriculum.steps.values() if any(wanted == skill.casefold() for skill in s.grants)]


def _path_first(found: list[Step]) -> list[Step]:
    return [step for step in found if step.stage != BEYOND] or found


def _by_spelling(steps: Sequence[Step], wanted: str) -> list[tuple[float, Step]]:
    """The nearest steps, each with the likeness of its nearest name, best first."""
    from difflib import SequenceMatcher, get_close_matches

    names: dict[str, list[int]] = {}
    for place, step in enumerate(steps):
        for name in {step.id, _name(step), step.title.casefold(), *(w for w in _words(step) if len(w) > 3)}:
            names.setdefault(name, []).append(place)
    best: dict[int, float] = {}
    for name in get_close_matches(wanted, names, 2 * _SUGGESTIONS):
        ratio = SequenceMatcher(None, name, wanted).ratio()
        for place in names[name]:
            best[place] = max(best.get(place, 0.0), ratio)
    ranked = sorted(best, key=lambda place: (-best[place], place))
    return [(best[place], steps[place]) for place in ranked[:_SUGGESTIONS]]


# ------------------------------------------------------------------------------------------------ reading the data
@cache
def load() -> Curriculum:
    """The curriculum as shipped, read once."""
    return build(tomllib.loads((_DATA / "curriculum.toml").read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Curriculum:
    """A curriculum from the tables of its file."""
    beyond = [{"stage": BEYOND, "optional": True, **table} for table in data.get("learn", ())]
    steps = {table["id"]: _step(table) for table in (*data["step"], *beyond)}
    of_skills = data.get("skills", {})
    return Curriculum(
        version=data["meta"]["version"],
        stages=tuple(Stage(**table) for table in data["stage"]),
        steps=steps,
        contribution=data["meta"].get("contribution", ""),
        soft=frozenset(of_skills.get("soft", ())),
        alike=tuple(frozenset(family) for family in of_skills.get("alike", ())),
        unlisted=frozenset(of_skills.get("unlisted", ())),
        read_only=frozenset(
            resource["url"].casefold()
            for step in steps.values()
            for resource in step.resources
            if resource["kind"] == "repository" and resource["status"] == "retired"
        ),
    )


def _step(table: Mapping[str, Any]) -> Step:
    lists = {key: tuple(table.get(key, ())) for key in ("requires", "grants", "resources")}
    return Step(**{**table, **lists, "requires_any": tuple(tuple(group) for group in table.get("requires_any", ()))})
