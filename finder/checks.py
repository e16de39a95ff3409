"""The life of an opening as the store keeps it: looks at its own page, and the turns that it took. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from finder.model import State

Verdict = Literal["open", "closed", "taken", "unknown"]
"""`closed`: its own page says so. `taken`: somebody works on it already. `unknown`: the page told nothing of it."""

OWN_PAGE = "its own page"
"""By whose word an opening changed, where that was no source."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The last look at `url`, with the words that say so."""

    url: str
    at: datetime
    verdict: Verdict
    evidence: str = ""
    missing_since: datetime | None = None
    """Since when its page has not been there; not for long enough yet to say that it is closed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An opening whose page should be looked at."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of an opening's state: when, why, and by whose word."""

    at: datetime
    state: State
    evidence: str
    source: str
    """Name of the source, or OWN_PAGE; '' where nobody said so."""
