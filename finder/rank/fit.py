"""How a person's skills meet what an opening asks for: credit, coverage, readiness. Pure.

Credit for a skill is 1 when held, one half when a held skill implies it or is an alternative to it, else 0. It can only
grow with a step done, so neither coverage nor readiness ever falls by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from finder.model import Need, Profile, Readiness, Step, Strength
from finder.rank.weights import HALF, Weights
from finder.skills import implied
from finder.steps import Curriculum

_BY_STRENGTH: Mapping[Strength, int] = {"must": 0, "should": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class Person:
    """A profile seen through the curriculum: what is held, half held, and one step away."""

    profile: Profile
    curriculum: Curriculum
    held: frozenset[str]
    through: Mapping[str, str]
    """Skill not held → a held one that gives half of it."""
    lifts: Mapping[str, frozenset[str]]
    """Skill → ids of the steps that can be begun now and would bring its credit to one half at least."""
    open_steps: Mapping[str, Step]
    """The steps that can be begun now; those the person chose to skip left out."""

    def credit(self, skill: str) -> float:
        """1, one half or 0."""
        return 1.0 if skill in self.held else HALF if skill in self.through else 0.0


class Demand(NamedTuple):
    """One thing asked for: a skill, or alternatives of which one is enough."""

    skills: tuple[str, ...]
    strength: Strength
    soft: bool
    quote: str
    best: str
    """The alternative the person comes nearest to."""
    credit: float

    @property
    def label(self) -> str:
        """`Python or R`."""
        return " or ".join(self.skills)

    @property
    def asked(self) -> bool:
        """Required or preferred, not merely mentioned, and something to learn."""
        return self.strength != "mentioned" and not self.soft

    @property
    def gates(self) -> bool:
        """Whether readiness hangs on it."""
        return self.strength == "must" and not self.soft


class Fit(NamedTuple):
    """What came of the comparison. `step` is the id of the one step that would make the person ready, '' if none."""

    asked: tuple[Demand, ...]
    """What is required or preferred, strongest first, each told once."""
    coverage: float
    within_reach: bool
    readiness: Readiness
    step: str


def person_of(profile: Profile, curriculum: Curriculum) -> Person:
    """What the ranking needs to know of a person, worked out once."""
    done = profile.done
    held = curriculum.skills(done)
    skipped = {id_ for id_, progress in profile.steps.items() if progress.state == "skipped"}
    steps = {step.id: step for step in curriculum.available(done) if step.id not in skipped}
    through: dict[str, str] = {}
    for holder in sorted(held):
        for skill in _half_of(holder, curriculum) - held:
            through.setdefault(skill, holder)
    return Person(profile, curriculum, held, through, _lifts(steps.values(), curriculum), steps)


def _half_of(holder: str, curriculum: Curriculum) -> frozenset[str]:
    """The skills of which who holds `holder` has half."""
    return implied(holder).union(*(family for family in curriculum.alike if holder in family))


def _lifts(steps: Iterable[Step], curriculum: Curriculum) -> dict[str, frozenset[str]]:
    lifts: dict[str, set[str]] = {}
    for step in steps:
        for skill in frozenset(step.grants).union(*(_half_of(granted, curriculum) for granted in step.grants)):
            lifts.setdefault(skill, set()).add(step.id)
    return {skill: frozenset(ids) for skill, ids in lifts.items()}


def by_effort(step: Step) -> tuple[bool, int, str]:
    """Orders steps by what they cost: those of the main path first, then the easier ones."""
    return step.optional, step.level, step.id


def fit(needs: Sequence[Need], told: bool, person: Person, weights: Weights) -> Fit:
    """Compare. `told` says whether requirements could be read at all: a title alone leaves them unknown."""
    demands = demands_of(needs, person)
    failing = [demand for demand in demands if demand.gates and demand.credit < HALF]
    steps = _one_step(failing, person)
    asked = _asked(demands)
    readiness: Readiness = "one step away" if steps else "stretch"
    if not told or not asked:
        readiness = "unknown"
    elif not failing:
        readiness = "ready"
    step = min((person.open_steps[id_] for id_ in steps), key=by_effort, default=None)
    return Fit(
        asked,
        _coverage(demands, told, weights),
        told and (not failing or bool(steps)),
        readiness,
        step.id if step else "",
    )


def demands_of(needs: Sequence[Need], person: Person) -> tuple[Demand, ...]:
    """Needs as demands, strongest first: a skill named twice counts once, alternatives together."""
    if not needs:
        return ()
    by_group: dict[int | str, list[Need]] = {}
    for need in needs:
        by_group.setdefault(need.group or need.skill, []).append(need)
    demands = [_demand(group, person) for group in by_group.values()]
    demands.sort(key=lambda demand: _BY_STRENGTH[demand.strength])
    return tuple(demands)


def _asked(demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """What is required or preferred, told once: alternatives say nothing new where one of them is asked for by itself
    as strongly. (They keep their weight, or one more must-have could lighten the sum.)"""
    asked = [demand for demand in demands if demand.asked]
    alone = {demand.best: _BY_STRENGTH[demand.strength] for demand in reversed(asked) if len(demand.skills) == 1}
    return tuple(
        demand
        for demand in asked
        if len(demand.skills) == 1
        or all(alone.get(skill, len(_BY_STRENGTH)) > _BY_STRENGTH[demand.strength] for skill in demand.skills)
    )


def _demand(needs: Sequence[Need], person: Person) -> Demand:
    first = needs[0]
    if len(needs) > 1:
        first = min(needs, key=lambda need: _BY_STRENGTH[need.strength])
    skills = tuple(dict.fromkeys(need.skill for need in needs))
    best = max(skills, key=person.credit) if len(skills) > 1 else skills[0]
    soft = person.curriculum.soft.issuperset(skills)
    return Demand(skills, first.strength, soft, first.quote, best, person.credit(best))


def _one_step(failing: Sequence[Demand], person: Person) -> frozenset[str]:
    """The steps each of which alone brings every failing demand to one half; none if nothing fails."""
    lifting = [frozenset[str]().union(*(person.lifts.get(skill, ()) for skill in demand.skills)) for demand in failing]
    return lifting[0].intersection(*lifting[1:]) if lifting else frozenset()


def _coverage(demands: Iterable[Demand], told: bool, weights: Weights) -> float:
    """The weighted share of the demands that is met, drawn towards the neutral value by what is not told."""
    total = weights.doubt_told if told else weights.doubt
    met = total * weights.neutral
    for demand in demands:
        weight = weights.strength["mentioned" if demand.soft else demand.strength]
        total += weight
        met += weight * demand.credit
    return met / total
