"""What speaks for a repository as a place of a first contribution, and what gives a farm away. Pure.

Each reads facts that sources told (`Opening.extra`); what nobody told counts as neither good nor bad, and what has
another form as not told. The sources of the rules: opensource.guide's list for newcomers, what goodfirstissue.dev
admits, and studies of issues for newcomers (Tan et al., FSE 2020; Xiao et al., ICSE 2022; Hoshikawa et al., 2026).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from finder.tasks import Task, median_age

ENOUGH_ISSUES = 3
STARS_LOW, STARS_HIGH = 100, 5_000
"""Projects in this band are alive and still small enough for a newcomer to be heard; lists for beginners ask for three
open issues at least."""

ENOUGH_PEOPLE = 10
"""Contributors from which lists for beginners admit a project."""

STALE_DAYS = 365
"""Median age of the issues for beginners from which nobody seems to look after them."""

FLOOD, BULK, SHARE, FEW_STARS = 20, 10, 0.6, 10
_BOUNTY = re.compile(r"stellar wave|maybe rewarded|\bbount(?:y|ies)\b|\bairdrop\b", re.IGNORECASE)
FARM = 2
"""Signs from which a repository counts as a farm: one that makes issues in order to be seen, not to have them done.
"hacktoberfest" alone means nothing and is no sign."""

CURATED = frozenset(
    {"up-for-grabs", "good-first-issue", "awesome-for-beginners", "awesome-machine-learning", "best-of-ml-python"}
)
"""Lists that people keep."""


class Sign(NamedTuple):
    """One signal: from 0 (bad) to 1 (good), and the sentence that tells it; '' where it is not worth one."""

    value: float
    told: str = ""


NOT_TOLD = Sign(0.5)


def count(extra: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is a count."""
    for name in names:
        value = extra.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def number(extra: Mapping[str, Any], name: str) -> float | None:
    """A measure that is not negative."""
    value = extra.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf:
        return float(value)
    return None


def size(stars: int | None) -> float:
    """1 inside the band, falling by 0.4 with every power of ten outside it."""
    if stars is None:
        return 0.6
    away = math.log10(max(STARS_LOW / max(stars, 1), stars / STARS_HIGH, 1.0))
    return max(1.0 - 0.4 * away, 0.0)


# ------------------------------------------------------------------------------------------------ issues
def fresh(issues: Sequence[Task], now: datetime) -> Sign:
    """Whether somebody looks after the issues for beginners: by their median age."""
    age = median_age(issues, now)
    if age is None:
        return NOT_TOLD
    if age <= STALE_DAYS:
        return Sign(1.0)
    return Sign(0.3, f"Its issues for beginners are old: half of them are open for {age // 365} years or more")


# ------------------------------------------------------------------------------------------------ people
def newcomers(extra: Mapping[str, Any]) -> Sign:
    """How pull requests fared in the past year, and how many came from people who had none merged before."""
    pulls, merged = count(extra, "pulls"), count(extra, "pulls_merged")
    if not pulls or merged is None or merged > pulls:
        return NOT_TOLD
    new = count(extra, "pulls_by_newcomers")
    value = 0.6 * merged / pulls + 0.4 * (0.5 if new is None else min(new / pulls / 0.25, 1.0))
    came = f", {new:,} came from newcomers" if new is not None else ""
    return Sign(value, f"Of {pulls:,} pull requests in a year {merged:,} were merged{came}")


def answers(extra: Mapping[str, Any]) -> Sign:
    """How soon issues and pull requests are closed; where programs open most of them, that tells nothing."""
    days = number(extra, "days_to_close_pull")
    days = number(extra, "days_to_close_issue") if days is None else days
    pulls, robots = count(extra, "pulls"), count(extra, "pulls_by_bots")
    if days is None or (pulls and robots is not None and robots > pulls / 2):
        return NOT_TOLD
    return Sign(
        2.0 ** (-days / 30.0), f"It takes {max(round(days), 1)} days to close one on average" if days > 60 else ""
    )


def people(extra: Mapping[str, Any]) -> Sign:
    """Whether enough people contribute for one more to find company."""
    known = count(extra, "contributors")
    if known is None:
        return NOT_TOLD
    alone = "it is one person's work" if known == 1 else f"only {known} people ever contributed"
    return Sign(1.0) if known >= ENOUGH_PEOPLE else Sign(0.3, "" if not known else f"{alone[0].upper()}{alone[1:]}")


def papers(extra: Mapping[str, Any]) -> Sign:
    """Whether it tells newcomers how to begin: a README, a guide for contributors, a code of conduct, a licence."""
    told = extra.get("papers")
    if not isinstance(told, (list, tuple)):
        return Sign(0.75) if extra.get("license") else NOT_TOLD
    return Sign(len(told) / 4, "" if "contributing" in told else "It has no guide for contributors")


def curated(extra: Mapping[str, Any]) -> int:
    """How many lists that people keep name it."""
    named = extra.get("lists")
    names = named if isinstance(named, (list, tuple)) else [named]
    return len(CURATED.intersection(name for name in names if isinstance(name, str)))


# ------------------------------------------------------------------------------------------------ farms
def farm(extra: Mapping[str, Any], issues: Sequence[Task]) -> str:
    """The signs that it makes issues in bulk to be seen, in words; '' where there are too few of them."""
    signs = [*_flood(extra), *_bulk(extra, issues)]
    return "; ".join(text for _, text in signs) if sum(weight for weight, _ in signs) >= FARM else ""


def _flood(extra: Mapping[str, Any]) -> list[tuple[int, str]]:
    marked, alike = count(extra, "issue_count") or 0, count(extra, "alike") or 0
    day, stars = count(extra, "most_in_a_day") or 0, count(extra, "stars")
    found = [(2, f"{day} of its issues for beginners were made on one day")] if day > FLOOD else []
    found += [(1, f"{alike} of them have the same title but for a word")] if alike >= max(BULK, marked / 2) else []
    return found + (
        [(1, f"it has {stars} stars")] if stars is not None and stars < FEW_STARS and marked >= BULK else []
    )


def _bulk(extra: Mapping[str, Any], issues: Sequence[Task]) -> list[tuple[int, str]]:
    marked, opened = count(extra, "issue_count") or 0, count(extra, "open_issues") or 0
    most = opened and marked >= BULK and marked / opened > SHARE
    found = [(1, f"{marked} of its {opened} open issues are for beginners")] if most else []
    words = next(
        (hit[0] for task in issues for text in (task.title, *task.labels) if (hit := _BOUNTY.search(text))), ""
    )
    return found + ([(1, f"it promises rewards (“{words}”)")] if words else [])
