"""Issues of a project as tasks for a newcomer: which is the best to begin with, and which is to be looked at first.

`opening.extra["issues"]` holds what a source told of them; `with_checks` lays the last look at each one's page beside
it, so that ranking and rendering see both.
Pure; whatever a source sent, nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from finder.checks import Checked
from finder.dates import iso
from finder.model import Match, Opening

BUDGET = 5
"""Issues looked at in one refresh: each costs two requests of the 60 that GitHub answers in an hour without a token."""

CHECK_AGAIN = timedelta(days=3)
"""A look older than this is taken again where the issue is still recommended."""

_ENOUGH_WORDS = 60
"""Issues that newcomers resolve say more: a median of 72 words against 59 (Xiao et al., ICSE 2022)."""

_OLD, _STALE = 365, 3 * 365
"""Days. An issue open for more than a year is harder than it looks, or nobody wants it any more."""

_EASY = re.compile(
    r"\b(?:docs?|documentation|docstrings?|typos?|readme|examples?|tutorials?|translat\w+|spelling|changelog)\b"
    r"|\b(?:add|write|more|missing|unit|improve)\s+(?:\w+\s+)?tests?\b|(?:^|· )(?:tests?|testing)(?: ·|$)",
    re.IGNORECASE,
)
"""Words of titles and labels. A title that only speaks of a test result is none of them."""
_HARD = re.compile(
    r"\b(?:difficult|hard|complex|advanced|performance|refactor\w*|redesign|architecture|research|epic|rewrite|cuda)\b",
    re.IGNORECASE,
)
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/issues/(\d+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """One issue. `assigned` as its source last told; `look` is what its own page told, if it was looked at."""

    title: str
    url: str
    labels: tuple[str, ...] = ()
    created: datetime | None = None
    assigned: bool = False
    words: int | None = None
    code: bool = False
    verdict: str = ""
    """As in `finder.checks`; '' where it was never looked at."""
    looked: datetime | None = None
    evidence: str = ""

    @property
    def taken(self) -> bool:
        """Whether it is known that nobody else can have it."""
        return self.assigned or self.verdict in ("taken", "closed")


def tasks(extra: Mapping[str, Any]) -> list[Task]:
    """The issues of a project, as they stand there. What has another form is left out."""
    rows = extra.get("issues")
    found = [_task(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, (list, tuple)) else []
    return [task for task in found if task.title and task.url]


def _task(row: Mapping[str, Any]) -> Task:
    labels, words, look = row.get("labels"), row.get("words"), row.get("look")
    seen = look if isinstance(look, Mapping) else {}
    return Task(
        title=_text(row.get("title")),
        url=_text(row.get("url")),
        labels=tuple(label for label in labels if isinstance(label, str)) if isinstance(labels, (list, tuple)) else (),
        created=iso(row.get("created_at")),
        assigned=row.get("assigned") is True,
        words=words if isinstance(words, int) and not isinstance(words, bool) else None,
        code=row.get("code") is True,
        verdict=_text(seen.get("verdict")),
        looked=iso(seen.get("at")),
        evidence=_text(seen.get("evidence")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# ------------------------------------------------------------------------------------------------ which one
def free(found: Iterable[Task], now: datetime) -> list[Task]:
    """Those that nobody is known to have, the best to begin with first; equals in the order they come in."""
    return sorted((task for task in found if not task.taken), key=lambda task: -ease(task, now))


def ease(task: Task, now: datetime) -> float:
    """How fit it is for a first contribution, in (0, 1]: what kind of work, how well described, how old."""
    return _kind(task) * _told(task) * _age(task, now)


def is_easy(task: Task) -> bool:
    """Whether it is about documentation, examples or tests: what most first contributions are."""
    return bool(_EASY.search(_named(task))) and not _HARD.search(_named(task))


def _kind(task: Task) -> float:
    if _HARD.search(_named(task)):
        return 0.3
    return 1.0 if _EASY.search(_named(task)) else 0.75


def _named(task: Task) -> str:
    return " · ".join((task.title, *task.labels))


def _told(task: Task) -> float:
    """What nobody told counts half."""
    share = 0.5 if task.words is None else min(task.words / _ENOUGH_WORDS, 1.0)
    return 0.6 + 0.3 * share + 0.1 * task.code


def _age(task: Task, now: datetime) -> float:
    days = (now - task.created).days if task.created else 0
    return 0.4 if days > _STALE else 0.7 if days > _OLD else 1.0


def median_age(found: Sequence[Task], now: datetime) -> int | None:
    """Days; None where none says when it was opened."""
    ages = sorted((now - task.created).days for task in found if task.created)
    return ages[len(ages) // 2] if ages else None


# ------------------------------------------------------------------------------------------------ looks
def addresses(openings: Iterable[Opening]) -> list[str]:
    """The issues of these projects, for the store to be asked what looking at them told."""
    return [task.url for opening in openings if opening.kind == "project" for task in tasks(opening.extra)]


def with_checks(opening: Opening, looks: Mapping[str, Checked]) -> Opening:
    """The same project, what looking at its issues told laid beside them, and its free issues counted accordingly."""
    rows = opening.extra.get("issues")
    if opening.kind != "project" or not isinstance(rows, (list, tuple)) or not looks:
        return opening
    laid = [_laid(row, looks) for row in rows]
    if laid == list(rows):
        return opening
    gone = sum(task.taken and not task.assigned for task in tasks({"issues": laid}))
    count = opening.extra.get("free_issues")
    left = {"free_issues": max(count - gone, 0)} if isinstance(count, int) else {}
    return replace(opening, extra={**opening.extra, "issues": laid, **left})


def _laid(row: Any, looks: Mapping[str, Checked]) -> Any:
    look = looks.get(_text(row.get("url"))) if isinstance(row, Mapping) else None
    return (
        {**row, "look": {"at": look.at.isoformat(), "verdict": look.verdict, "evidence": look.evidence}}
        if look
        else row
    )


def to_look_at(matches: Iterable[Match], now: datetime) -> str:
    """The address of the issue to look at next: of the best project whose best free issue was not looked at lately; ''
    where there is none. Only issues of GitHub can be looked at."""
    for match in matches:
        if match.opening.kind == "project" and match.readiness != "not eligible":
            best = next((task for task in free(tasks(match.opening.extra), now) if is_github(task.url)), None)
            if best and (best.looked is None or now - best.looked >= CHECK_AGAIN):
                return best.url
    return ""


def is_github(url: str) -> bool:
    """Whether it is the address of an issue of GitHub."""
    return bool(_GITHUB.fullmatch(url))


def api_of(url: str) -> str:
    """`https://github.com/ada/engine/issues/7` → `/repos/ada/engine/issues/7`. Raises ValueError for another one."""
    found = _GITHUB.fullmatch(url)
    if found is None:
        raise ValueError(f"not an issue of GitHub: {url}")
    return f"/repos/{found[1]}/issues/{found[2]}"
