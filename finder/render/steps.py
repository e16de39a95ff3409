"""The roadmap as plain text: stages, steps with their state, and what each step grants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from finder.model import Profile, Step, StepState
from finder.render.words import ago, listed, safe, wrapped
from finder.steps import Curriculum

MARKS: Mapping[StepState, str] = {"done": "[x]", "doing": "[~]", "skipped": "[-]", "todo": "[ ]"}
LEGEND = """\
[x] done   [~] doing   [-] skipped   ▸ can be begun now
mark one: finder steps done ID       look at one: finder steps show ID"""


def roadmap(curriculum: Curriculum, profile: Profile, now: datetime, width: int = 0) -> str:
    """Every stage with its progress and every step with its state; steps that can be begun now are marked ▸."""
    available = {step.id for step in curriculum.available(profile.done)}
    longest = max(map(len, curriculum.steps), default=0)
    blocks = []
    for number, stage in enumerate(curriculum.progress(profile), 1):
        head = f"{number}. {stage.title}: {stage.done} of {stage.total}" + (", satisfied" if stage.satisfied else "")
        steps = [step for step in curriculum.steps.values() if step.stage == stage.id]
        rows = [(_lead(s, profile, s.id in available, longest), _title(s, profile, now)) for s in steps]
        blocks.append("\n".join([head, *(wrapped(title, lead, width) for lead, title in rows)]))
    return "\n\n".join([*blocks, LEGEND])


def _lead(step: Step, profile: Profile, available: bool, longest: int) -> str:
    state = _state(step, profile)
    return f"  {'▸' if available and state == 'todo' else ' '} {MARKS[state]} {step.id:<{longest}}  "


def _title(step: Step, profile: Profile, now: datetime) -> str:
    notes = ["optional"] if step.optional else []
    if _state(step, profile) in ("done", "doing"):
        notes.append(ago(profile.steps[step.id].at, now))
    return safe(step.title) + (f" ({', '.join(notes)})" if notes else "")


def _state(step: Step, profile: Profile) -> StepState:
    return profile.steps[step.id].state if step.id in profile.steps else "todo"


def card(curriculum: Curriculum, step: Step, profile: Profile, now: datetime, width: int = 0) -> str:
    """One step: its state, what it needs, what builds on it, what it grants, and where to learn it."""
    progress = profile.steps.get(step.id)
    state = f"{progress.state}, {ago(progress.at, now)}" if progress else "todo"
    after = [*((id_,) for id_ in step.requires), *step.requires_any]
    builds = [other.id for other in curriculum.steps.values() if step.id in _needed(other)]
    rows = [
        ("state", state),
        *(("after", " or ".join(group) + (" (done)" if profile.done & {*group} else "")) for group in after),
        ("grants", listed(step.grants, most=20)),
        ("opens", listed(builds, most=20)),
        *(("learn", _resource(resource)) for resource in step.resources),
    ]
    head = f"{step.id}: {step.title}" + (" (optional)" if step.optional else "")
    return "\n".join([safe(head), *(wrapped(safe(text), f"  {label:<6}  ", width) for label, text in rows if text)])


def _needed(step: Step) -> frozenset[str]:
    return frozenset(step.requires).union(*step.requires_any)


def _resource(resource: Mapping[str, str]) -> str:
    """`Name (free, listed 2026-11-22): address`."""
    status = " ".join(resource[key] for key in ("status", "as_of") if resource.get(key))
    notes = ", ".join(note for note in (resource.get("cost", ""), status) if note)
    return f"{resource['name']} ({notes}): {resource['url']}" if notes else f"{resource['name']}: {resource['url']}"
