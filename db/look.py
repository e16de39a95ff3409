"""What the line hands to the store after visiting a source, and what it answers. Plain data, imports no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from finder.crawl import Remembered
from finder.lifecycle import Hold
from finder.model import Listing, Outcome


@dataclass(frozen=True, slots=True)
class Sighted:
    """One item that a look showed."""

    pages: tuple[str, ...]
    """Keys of the requests whose last answers list it, the one that these facts are from first."""
    listing: Listing
    parts: Mapping[str, Mapping[str, Any]]
    """The raw facts: '' → fields of its Found, other parts → fields of its Details. JSON-able."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLook:
    """One visit to a source and what is concluded from it. Only an accepted look (`Store.record`) changes openings."""

    source: str
    adapter: str
    run: int
    started: datetime
    outcome: Outcome
    origin: str = ""
    """The file that names the source."""
    authority: int = 0
    """How far this source's word stands over another's on the same opening: an employer's own board over a list."""
    items: Sequence[Sighted] = ()
    touched: Collection[str] = ()
    """Keys of items that are still shown, because a page that showed them answered 304."""
    anew: Collection[str] = ()
    """Keys of pages that were answered in full: what they do not show, a later 304 to them does not show either."""
    missing: Collection[str] = ()
    closed: Mapping[str, str] = field(default_factory=dict)
    """Key → evidence, for what is closed by absence. What the source itself marks as closed stands in its Found."""
    same: Mapping[str, str] = field(default_factory=dict)
    """New key → the old key of the same posting: it keeps its history and its opening."""
    hold: Hold | None = None
    """What to remember of looks that were held; None ends a hold."""
    pages: Mapping[str, Remembered] = field(default_factory=dict)
    """By Request.key: every page that was answered, so that the next look can ask whether it changed."""
    found: int = 0
    """Items shown in all, those of unchanged pages included; for the record of the run."""
    skipped: int = 0
    unchanged: bool = False
    """Every answer was 304."""
    problem: str = ""
    next_due: datetime | None = None
    retry_at: datetime | None = None
    """The host named this time before which it does not want to be asked."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a look changed, counted in openings over all sources, not in sightings of this one."""

    added: int = 0
    """Not known before from any source."""
    changed: int = 0
    """Say something else than before; a change of state alone does not count."""
    closed: int = 0
    """Were open or missing before; what was already closed when first seen does not count."""
    reopened: int = 0
