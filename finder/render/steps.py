"""The roadmap as plain text: stages, steps with their state, and what each step grants."""

from __future__ import annotations

from datetime import datetime

from finder.model import Profile, Step
from finder.render.words import ago, listed, safe
from finder.steps import Curriculum

MARKS = {"done": "[x]", "doing": "[~]", "skipped": "[-]", "todo": "[ ]"}


def roadmap(curriculum: Curriculum, profile: Profile, now: datetime) -> str:
    """Every stage with its progress and every step with its state; steps that can be begun now are marked ▸."""
    available = {step.id for step in curriculum.available(profile.done)}
    blocks = []
    for number, stage in enumerate(curriculum.progress(profile), 1):
        head = f"{number}. {stage.title} — {stage.done} of {stage.total}" + (", satisfied" if stage.satisfied else "")
        rows = [
            _row(step, profile, step.id in available, now)
            for step in curriculum.steps.values()
            if step.stage == stage.id
        ]
        blocks.append("\n".join([head, *rows]))
    blocks.append("[x] done  [~] doing  [-] skipped  ▸ can be begun now       finder steps done ID…")
    return "\n\n".join(blocks)


def _row(step: Step, profile: Profile, available: bool, now: datetime) -> str:
    progress = profile.steps.get(step.id)
    state = progress.state if progress else "todo"
    lead = "▸" if available and state == "todo" else " "
    since = f" ({state} {ago(progress.at, now)})" if progress and state in ("done", "doing") else ""
    optional = " (optional)" if step.optional else ""
    return f"  {lead} {MARKS[state]} {step.id:<28} {safe(step.title)}{optional}{since}"


def card(curriculum: Curriculum, step: Step, profile: Profile) -> str:
    """One step: what it needs, what it grants, and where to learn it."""
    rows = [f"{step.id} — {step.title}"]
    needs = [*step.requires, *(" or ".join(group) for group in step.requires_any)]
    if needs:
        rows.append(f"  after     {listed(needs)}")
    if step.grants:
        rows.append(f"  grants    {listed(list(step.grants), most=20)}")
    rows += [
        f"  learn     {r['name']} ({r.get('cost', '?')}, {r.get('status', '?')}): {r['url']}" for r in step.resources
    ]
    return "\n".join(rows)
