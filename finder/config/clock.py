"""The one clock. FINDER_NOW (ISO 8601) stops it, so that a recorded day can be lived again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from finder.errors import ConfigError


def now(environ: Mapping[str, str]) -> datetime:
    """The present in UTC, or the instant of FINDER_NOW. Raises ConfigError if that is none."""
    return clock(environ)()


def clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """What to ask for the present: the machine's clock in UTC, or one that stands still at FINDER_NOW.

    FINDER_NOW without a zone is UTC, a date alone its midnight; empty counts as not set. Raises ConfigError.
    """
    text = environ.get("FINDER_NOW", "").strip()
    if not text:
        return lambda: datetime.now(UTC)
    try:
        told = datetime.fromisoformat(text)
        instant = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        problem = f"must be a time such as 2026-08-22T12:00:00Z, not the text {text[:60]!r}"
        raise ConfigError("environment", "FINDER_NOW", problem) from error
    return lambda: instant
