"""How a fit is told to somebody who knows nothing of the code: plain sentences, most telling first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from finder.model import Kind, Step
from finder.rank.fit import Demand, Fit, Person, by_effort
from finder.rank.parts import shortened

_MOST = 12
"""Skills listed in one sentence; `finder show` has them all."""

_USES: Mapping[Kind, str] = {"project": "it uses", "course": "it is about", "dataset": "it is good to practise"}
_UNTOLD: Mapping[Kind, str] = {
    "project": "What it is written in is not known",
    "course": "Which skills it is about could not be read",
    "dataset": "Which skills it is good to practise could not be read",
}
"""What has no requirements is spoken of otherwise than a job."""


def listed(items: Sequence[str]) -> str:
    """`Python, SQL and pandas`."""
    shown = [*items[:_MOST], *([f"{len(items) - _MOST} more"] if len(items) > _MOST else [])]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"


def about_skills(fit: Fit, told: bool, kind: Kind, hint: Callable[[str], str], person: Person) -> list[str]:
    """What it asks for and what of it the person has; then, for each lack, who asks and which step helps."""
    lines = [_summary(fit.asked, told, kind)]
    if fit.readiness == "one step away":
        lines.append(f"One step away: {_step(person.open_steps[fit.step])} would make you ready")
    if fit.readiness != "not eligible":
        lines += [_lack(demand, hint(demand.best), kind, told) for demand in fit.asked if demand.credit < 1.0]
    return lines


def _summary(asked: Sequence[Demand], told: bool, kind: Kind) -> str:
    if not told and kind in _UNTOLD:
        return _UNTOLD[kind]
    if not told:
        named = f"; its title names {listed([demand.label for demand in asked])}" if asked else ""
        return f"No requirements could be read: what it asks for is unknown{named}"
    if not asked:
        return "Its text names no skill that it requires: whether you are ready cannot be told"
    held = [demand.best for demand in asked if demand.credit == 1.0]
    missing = [demand.label for demand in asked if demand.credit < 1.0]
    uses = _USES.get(kind, "it asks for")
    if not missing:
        return f"You hold {_all(len(held))} {uses}: {listed(held)}"
    if not held:
        return f"You {_none(len(missing))} {uses}: {listed(missing)}"
    return f"You hold {len(held)} of the {len(asked)} skills {uses}: {listed(held)}; missing {listed(missing)}"


def _all(count: int) -> str:
    return {1: "the one skill", 2: "both skills"}.get(count, f"all {count} skills")


def _none(count: int) -> str:
    return "do not hold the one skill" if count == 1 else f"hold none of the {count} skills"


def _lack(demand: Demand, hint: str, kind: Kind, told: bool) -> str:
    verb = "" if kind in _USES else "asked for: " if demand.strength == "must" else "preferred: "
    quote = f" ({verb}“{shortened(demand.quote)}”)" if told and demand.quote else ""
    return f"{demand.label}: {hint}{quote}"


def hint_for(skill: str, person: Person) -> str:
    """How to come by a skill that is not held: what is close to it, which step teaches it, what that step waits for."""
    near = f"close to {person.through[skill]}, which you hold; " if skill in person.through else ""
    steps = person.curriculum.granting(skill)
    if not steps:
        return f"{near}no step here teaches it"
    step = min(steps, key=lambda step: (step.id not in person.open_steps, by_effort(step)))
    unmet = person.curriculum.unmet(step, person.profile.done)
    if not unmet:
        return f"{near}{_step(step)} teaches it"
    first = f"“{person.curriculum.steps[unmet[0][0]].title}”" if len(unmet) == 1 else f"{len(unmet)} others"
    return f"{near}{_step(step)} teaches it, after {first}"


def _step(step: Step) -> str:
    return f"the step “{step.title}” ({step.id})"


def about_match(coverage: float, within_reach: float, level: float) -> str:
    """What the match is the sum of."""
    total = coverage + within_reach + level
    reach = f"{within_reach:.2f} for being ready or one step away"
    return f"The match of {total:.2f} is {coverage:.2f} for your skills, {reach} and {level:.2f} for its level"
