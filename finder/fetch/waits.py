"""How long a host asks us to stay away, and how long we do so unasked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LEAST, MOST = 1.0, 7 * 86_400.0
"""Seconds; every wait that a host names is brought into these bounds."""

PATIENCE = 5.0
"""Seconds that are waited out within a run; a longer wait ends the source's run instead."""

SEARCH_PATIENCE = 60.0
"""The same for GitHub's search, whose quota is one of a minute."""

_FIRST, _LAST = 1.0, 30.0
"""Seconds before the first retry; doubled for each further one, up to the last."""


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the answer asks to wait: by Retry-After (RFC 9110 §10.2.3), else by a spent quota. None: it does not say.

    403 is among them because GitHub answers it for its limits.
    """
    if status not in (403, 429) and status < 500:
        return None
    wait = retry_after(headers.get("retry-after", ""), now)
    return spent_quota(headers, now) if wait is None else wait


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds of a Retry-After value: ASCII digits or an HTTP date. None if it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return _bounded(float(value[:20]))
    if not value.isascii() or not value[:3].isalpha() or len(value) > 40:
        return None
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _bounded((then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


def spent_quota(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until x-ratelimit-reset where x-ratelimit-remaining is 0; None where there is quota left.

    GitHub tells an epoch, The Muse the seconds that are left: no epoch of our time is as small as MOST. An instant in
    the past or more than MOST away is not an epoch of this host's clock and says nothing.
    """
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining", "").strip() != "0" or not (reset.isascii() and reset.isdigit()):
        return None
    told = float(reset[:20])
    left = told if told <= MOST else told - now.timestamp()
    return _bounded(left) if 0 < left <= MOST else None


def transient(status: int, wait: float | None) -> bool:
    """Whether the same request may be answered later in this run: 5xx, 429, or a 403 that names a time."""
    return status == 429 or status >= 500 or (status == 403 and wait is not None)


def back_off(attempt: int, jitter: float) -> float:
    """Seconds before retry `attempt` (0 is the first): exponential; `jitter` in [0, 1) takes up to half of it away."""
    return min(_LAST, _FIRST * 2.0**attempt) * (1.0 - jitter / 2)


def _bounded(seconds: float) -> float:
    return min(max(seconds, LEAST), MOST)
