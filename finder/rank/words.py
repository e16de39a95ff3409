"""How a fit is told to somebody who knows nothing of the code: plain sentences, most telling first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from finder.model import Kind
from finder.rank.fit import Demand, Fit, Person
from finder.rank.parts import shortened

_MOST = 12
"""Skills listed in one sentence; `finder show` has them all."""


def listed(items: Sequence[str]) -> str:
    """`Python, SQL and pandas`."""
    shown = [*items[:_MOST], *([f"{len(items) - _MOST} more"] if len(items) > _MOST else [])]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"


def about_skills(fit: Fit, told: bool, kind: Kind, hint: Callable[[str], str], person: Person) -> list[str]:
    """What it asks for and what of it the person has; then, for each lack, who asks and which step helps."""
    asked = [demand for demand in fit.demands if demand.asked]
    lines = [_summary(asked, told, kind)]
    if fit.readiness == "one step away":
        lines.append(f"One step away: “{person.open_steps[fit.step].title}” ({fit.step}) brings all that it requires")
    lines += [_lack(demand, hint(demand.best)) for demand in asked if demand.credit < 1.0]
    return lines


def _summary(asked: Sequence[Demand], told: bool, kind: Kind) -> str:
    if not told:
        named = f"; its title names {listed([demand.label for demand in asked])}" if asked else ""
        return f"No description could be read: what it requires is unknown{named}"
    if not asked:
        return "Its text names no skill that it requires: whether you are ready cannot be told"
    held = [_held(demand) for demand in asked if demand.credit == 1.0]
    missing = [demand.label for demand in asked if demand.credit < 1.0]
    uses = "it uses" if kind == "project" else "it asks for"
    if not missing:
        return f"You hold {_all(len(held))} {uses}: {listed(held)}"
    if not held:
        return f"You hold none of the {_counted(len(missing))} {uses}: {listed(missing)}"
    return f"You hold {len(held)} of the {len(asked)} skills {uses}: {listed(held)}; missing {listed(missing)}"


def _held(demand: Demand) -> str:
    return demand.best


def _all(count: int) -> str:
    return "the one skill" if count == 1 else f"all {count} skills"


def _counted(count: int) -> str:
    return "1 skill" if count == 1 else f"{count} skills"


def _lack(demand: Demand, hint: str) -> str:
    verb = "asked for" if demand.strength == "must" else "preferred"
    quote = f" ({verb}: “{shortened(demand.quote)}”)" if demand.quote else ""
    return f"{demand.label}: {hint}{quote}"


def hint_for(skill: str, person: Person) -> str:
    """How to come to a skill that is not held: what is close to it, which step teaches it, and what that step waits for."""
    near = f"close to {person.through[skill]}, which you hold; " if skill in person.through else ""
    steps = sorted(person.curriculum.granting(skill), key=lambda step: (step.id not in person.open_steps, step.level))
    if not steps:
        return f"{near}no step here teaches it"
    step = steps[0]
    after = _titles(group[0] for group in person.curriculum.unmet(step, person.profile.done))
    wait = f", after {after}" if after else ""
    return f"{near}the step “{step.title}” teaches it{wait}"


def _titles(ids: Iterable[str]) -> str:
    return listed([str(id_) for id_ in ids]) if (ids := list(ids)) else ""
