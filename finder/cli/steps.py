"""`finder steps`: the roadmap, and marking what has been done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

from db.read import StoreMissing
from finder.cli.context import Context, context, mind_person, needed
from finder.cli.out import columns, say, tell
from finder.errors import ConfigError
from finder.model import Profile, Progress, Step, StepState
from finder.render.records import iso
from finder.render.steps import MARKS, card, roadmap
from finder.steps import Curriculum, load

STATES: dict[str, StepState] = {"done": "done", "doing": "doing", "skip": "skipped", "todo": "todo"}


def steps(args: argparse.Namespace) -> int:
    """Show the roadmap, a step, or mark steps."""
    ctx, curriculum = context(args), load()
    chosen = find_steps(curriculum, args.step)
    if args.action != "show":
        if not chosen:
            raise ConfigError("steps", args.action, "names no step; `finder steps` lists them")
        mark(ctx, curriculum, chosen, STATES[args.action])
        return 0
    profile = _profile(ctx)
    if args.json:
        say(json.dumps([_record(step, profile) for step in chosen or curriculum.steps.values()], indent=2))
    elif chosen:
        cards = (card(curriculum, step, profile, ctx.now, columns(sys.stdout)) for step in chosen)
        say("\n\n".join(cards))
    else:
        say(roadmap(curriculum, profile, ctx.now, columns(sys.stdout)))
    return 0


def find_steps(curriculum: Curriculum, texts: Iterable[str]) -> list[Step]:
    """The steps that `texts` mean, each once; commas part them too, and so does "and" where nothing is called so.

    Raises ConfigError with the nearest names.
    """
    parts = [part for text in texts for part in (text.strip(" ,").split(","))]
    try:
        return list({step.id: step for part in parts for step in _meant(curriculum, part)}.values())
    except LookupError as error:
        raise ConfigError("steps", "", f"{error.args[0]} (finder steps lists all)") from error


def _meant(curriculum: Curriculum, text: str) -> list[Step]:
    try:
        return [curriculum.find(text)]
    except LookupError:
        words = text.split(" and ")
        if len(words) == 1:
            raise
        return [curriculum.find(word) for word in words]


def _profile(ctx: Context) -> Profile:
    """The person; nobody has done anything where there is no store yet."""
    name = ctx.config.profile.name
    try:
        with needed(ctx) as reader:
            mind_person(ctx, reader)
            return Profile(name=name, steps=reader.profile(name))
    except StoreMissing:
        return Profile(name=name)


def mark(ctx: Context, curriculum: Curriculum, chosen: list[Step], state: StepState) -> None:
    """Record the state of steps, and say which of their prerequisites are not marked."""
    from db.store import Store  # SQLAlchemy: only to write

    with Store.open(ctx.config.db) as store:
        store.ensure_profile(ctx.config.profile.name, ctx.now)
        for step in chosen:
            store.set_step(ctx.config.profile.name, step.id, Progress(state, ctx.now))
    done = _profile(ctx).done
    for step in chosen:
        say(f"{MARKS[state]} {step.id}: {step.title}")
        unmet = curriculum.unmet(step, done) if state == "done" else ()
        if unmet:
            tell(f"    note: it builds on {', '.join(' or '.join(group) for group in unmet)}, not marked as done")
    tell("see what moved: finder search")


def _record(step: Step, profile: Profile) -> dict[str, object]:
    progress = profile.steps.get(step.id)
    return {
        "id": step.id,
        "stage": step.stage,
        "title": step.title,
        "state": progress.state if progress else "todo",
        "at": iso(progress.at) if progress else None,
        "requires": list(step.requires),
        "grants": list(step.grants),
        "optional": step.optional,
    }
