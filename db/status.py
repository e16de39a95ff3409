"""What the store tells about itself: sources, runs, versions of facts, digests. Plain data, imports no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from finder.model import Outcome

ParcelState = Literal["built", "sent", "parked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A digest in the outbox: built once, kept until a server has taken it, then kept as the record of that."""

    profile: str
    period: str
    """ISO week, such as 2027-W05: one digest a person and week."""
    message_id: str
    subject: str
    body: bytes
    """The whole message as it goes out, at every attempt the same."""
    created_at: datetime
    number: int = 0
    state: ParcelState = "built"
    attempts: int = 0
    last_error: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source as the store knows it: how its last look ended, and since when."""

    name: str
    adapter: str
    origin: str
    first_seen: datetime
    next_due: datetime | None
    failures: int
    """Failed or held looks in a row."""
    open: int
    """Sightings of it that are open now."""
    outcome: Outcome
    at: datetime
    """End of the last look that was more than 'not yet' (or of the last one, if there is no other)."""
    last_good: datetime | None
    """End of the last look that was accepted."""
    found: int
    skipped: int
    added: int
    changed: int
    closed: int
    reopened: int
    unchanged: bool
    problem: str
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One refresh: when, and how many sources ended how."""

    number: int
    started_at: datetime
    finished_at: datetime | None
    """None: it was interrupted, or still runs."""
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class FactVersion:
    """What one source said of an opening from `seen_at` on, until its next version of the same part."""

    source: str
    key: str
    part: str
    seen_at: datetime
    fields: Mapping[str, Any]
