"""What looking at one page told of one opening or one task: whether it is still there to be had. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["open", "closed", "taken", "unknown"]
"""`closed`: its own page says so. `taken`: somebody works on it already. `unknown`: the page told nothing of it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The last look at `url`, with the words that say so."""

    url: str
    at: datetime
    verdict: Verdict
    evidence: str = ""
    missing_since: datetime | None = None
    """Since when its page has not been there; not for long enough yet to say that it is closed."""
