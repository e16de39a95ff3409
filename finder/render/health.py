"""How a source is, in words: for `finder sources`, `status`, `doctor` and the foot of the digest."""

from __future__ import annotations

from collections.abc import Iterator

from finder.health import Health
from finder.render.words import counted, moment


def streak(health: Health) -> str:
    """`failed 3 times since 2026-08-20 09:00 UTC`, `held since …` for the first time; '' for one that is well."""
    if not health.is_down:
        return ""
    times = f" {health.streak:,} times" if health.streak > 1 else ""
    return f"{' or '.join(health.ways)}{times} since {moment(health.since)}"


def down(health: Health) -> str:
    """The same, with its last good look."""
    return f"{told}; last good look {moment(health.last_good)}" if (told := streak(health)) else ""


def unusual(health: Health) -> Iterator[str]:
    """What is not as it was: findings, then fields that are new."""
    yield from (f"unusual: {one}" for one in health.findings)
    yield from (f"new: {one}" for one in health.news)


def boards_down(number: int, boards: int) -> str:
    """`3 of 41 followed boards did not answer well`: of so many some are always down."""
    return f"{number:,} of {counted(boards, 'followed board')} did not answer well"


def brief(name: str, health: Health) -> str:
    """`acme (failed 3 times)`, `acme (unusual)`: for a line that names several."""
    told = streak(health).partition(" since ")[0] or "unusual"
    return f"{name} ({told})"
