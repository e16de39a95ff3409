"""The roadmap as plain text: stages, steps with their state, and what each step grants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from finder.model import Profile, Step, StepState
from finder.render.words import ago, listed, safe, wrapped
from finder.steps import Curriculum

MARKS: Mapping[StepState, str] = {"done": "[x]", "doing": "[~]", "skipped": "[-]", "todo": "[ ]"}
LEGEND = "[x] done   [~] doing   [-] skipped   ▸ can be begun now      mark one: finder steps done ID"


def roadmap(curriculum: Curriculum, profile: Profile, now: datetime) -> str:
    """Every stage with its progress and every step with its state; steps that can be begun now are marked ▸."""
    available = {step.id for step in curriculum.available(profile.done)}
    width = max(map(len, curriculum.steps), default=0)
    blocks = []
    for number, stage in enumerate(curriculum.progress(profile), 1):
        head = f"{number}. {stage.title}: {stage.done} of {stage.total}" + (", satisfied" if stage.satisfied else "")
        steps = [step for step in curriculum.steps.values() if step.stage == stage.id]
        blocks.append("\n".join([head, *(_row(step, profile, step.id in available, width, now) for step in steps)]))
    return "\n\n".join([*blocks, LEGEND])


def _row(step: Step, profile: Profile, available: bool, width: int, now: datetime) -> str:
    progress = profile.steps.get(step.id)
    state = progress.state if progress else "todo"
    lead = "▸" if available and state == "todo" else " "
    notes = ["optional"] if step.optional else []
    if progress and state in ("done", "doing"):
        notes.append(ago(progress.at, now))
    note = f" ({', '.join(notes)})" if notes else ""
    return f"  {lead} {MARKS[state]} {step.id:<{width}}  {safe(step.title)}{note}"


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
