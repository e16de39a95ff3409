"""What makes a repository a good place for a first contribution. Pure; every signal may be absent or malformed.

    friendly = 0.30 + 0.30 issues + 0.12 size + 0.08 lists + 0.20 signals
    signals  = mean of: age of the issues, merged pull requests, answers, contributors, papers

What a farm shows counts a tenth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from finder.dates import iso
from finder.model import Opening
from finder.policies import policy_of
from finder.rank import signals
from finder.rank.fit import Fit, Person
from finder.rank.parts import Part, ago, days_between, shortened
from finder.rank.signals import ENOUGH_ISSUES, Sign, count
from finder.rank.weights import Weights
from finder.tasks import Task, free, is_easy, tasks

_LISTS = 2
"""Lists that people keep, from which a project counts as well known among newcomers: one in ten is in as many."""


def friendly(opening: Opening, now: datetime, weights: Weights) -> Part:
    """How welcome a beginner is: issues marked for beginners, a size at which one is heard, lists and signs of care."""
    extra, known = opening.extra, tasks(opening.extra)
    issues = count(extra, "free_issues", "good_first_issues", "issue_count")
    share = 0.5 if issues is None else 0.1 if not issues else 0.6 if issues < ENOUGH_ISSUES else 1.0
    signs = _signs(extra, known, now)
    value = 0.30 + 0.30 * share + 0.12 * signals.size(count(extra, "stars"))
    value += 0.08 * (signals.curated(extra) >= _LISTS) + 0.20 * sum(sign.value for sign in signs) / len(signs)
    if signals.farm(extra, known):
        return Part(value * weights.farm)
    return Part(value, _welcome(extra, issues))


def _signs(extra: Mapping[str, Any], known: Sequence[Task], now: datetime) -> list[Sign]:
    told = [signals.newcomers(extra), signals.answers(extra), signals.people(extra), signals.papers(extra)]
    return [signals.fresh(known, now), *told]


def warning(opening: Opening) -> str:
    """What makes all else void: that it is a farm, and what shows it; '' else."""
    signs = signals.farm(opening.extra, tasks(opening.extra))
    return f"Looks like a farm of issues, not a place to learn: {signs}" if signs else ""


def about(opening: Opening, now: datetime) -> list[str]:
    """What to begin with, what the signs of care say, and what the project asks of contributions made by programs."""
    known = tasks(opening.extra)
    lines = [_begin(free(known, now)), *(sign.told for sign in _signs(opening.extra, known, now))]
    policy = policy_of(opening)
    return [*filter(None, lines), *([f"Its rules: {policy.text} ({policy.where})"] if policy else [])]


def _begin(left: Sequence[Task]) -> str:
    if not left:
        return ""
    task = left[0]
    kind = ", which is about documentation or tests" if is_easy(task) else ""
    seen = f": free when seen {task.looked:%Y-%m-%d}" if task.verdict == "open" and task.looked else ""
    return f"Begin with “{shortened(task.title)}”{kind}{seen} ({task.url})"


def _welcome(extra: Mapping[str, Any], issues: int | None) -> str:
    label = extra.get("label")
    named = isinstance(label, str) and label != ""
    marked = f"marked “{label}”" if named else "marked for beginners"
    if issues is None:
        return f"Its issues for beginners are {marked}" if named else ""
    if not issues:
        return f"No open issue is {marked} at present"
    unassigned = " and free" if count(extra, "free_issues") is not None else ""
    return f"{issues:,} issue{'s are' if issues > 1 else ' is'} {marked}{unassigned}"


def archived(opening: Opening, person: Person) -> bool:
    """Whether it takes no contribution any more: its forge says so, or the curriculum lists it for reading only."""
    address = opening.url.casefold().removesuffix("/").removesuffix(".git")
    return opening.extra.get("archived") is True or address in person.curriculum.read_only


def alive(opening: Opening, person: Person, now: datetime, weights: Weights) -> Part:
    """Whether anybody will answer: archived or not, and how long ago something was last pushed."""
    if archived(opening, person):
        return Part(weights.archived, "Archived: read-only, takes no contribution; good for reading")
    pushed = iso(opening.extra.get("pushed_at")) or opening.updated_at
    if pushed is None:
        return Part(weights.unknown_push)
    days = days_between(pushed, now)
    quiet = max(days - weights.quiet_after, 0.0)
    value = weights.quiet + (1.0 - weights.quiet) * 2.0 ** (-quiet / weights.quiet_half_life)
    return Part(value, f"Last worked on {ago(days)}" + (": it has gone quiet" if quiet else ""))


def shows(fit: Fit, person: Person) -> str:
    """What a merged contribution would be evidence of: the contribution step while it is not done, and its skills."""
    step = person.curriculum.steps.get(person.curriculum.contribution)
    skills = list(dict.fromkeys(demand.best for demand in fit.asked))[:4]
    told = [f"the step “{step.title}”"] if step and step.id not in person.profile.done else []
    told += [f"work with {', '.join(skills)}"] if skills else []
    return f"Contributing here would evidence {' and '.join(told)}" if told else ""
