"""Small phrases shared by every rendering: ages, counts, places, and text that is safe to show."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `--help` and a slip need no vocabulary
    from finder.model import Opening, SourceResult

DAY = timedelta(days=1)
_UNITS = ((timedelta(hours=1), timedelta(minutes=1), "minute"), (2 * DAY, timedelta(hours=1), "hour"))
"""Up to which distance a time is told in which unit; beyond, in days."""


def safe(text: str) -> str:
    """`text` as one line of printable characters, so that it can only be read.

    Terminal escapes begin with a control character; bidi and zero-width characters reorder or hide text. All of them
    are what Unicode calls not printable, and so are the characters that this Python does not know.
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "" for letter in text)


def wrapped(text: str, first: str, width: int) -> str:
    """`text` in lines of at most `width` columns (0: in one line), the first led by `first`, the others by spaces."""
    if not width:
        return first + text
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Rows as lines with their columns under each other, those numbered in `right` flush to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [f"{c:>{w}}" if i in right else f"{c:<{w}}" for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append("  ".join(cells).rstrip())
    return lines


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 opening`, `2,310 openings`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def ago(then: datetime | None, now: datetime) -> str:
    """`today`, `3 days ago`, `5 weeks ago`; '' when unknown; a time to come is `today` (clocks differ)."""
    if then is None:
        return ""
    days = (now.astimezone(UTC).date() - then.astimezone(UTC).date()).days  # as the score counts them
    if days < 1:
        return "today"
    if days < 14:
        return f"{counted(days, 'day')} ago"
    if days < 70:
        return f"{counted(days // 7, 'week')} ago"
    return f"{counted(days // 30, 'month')} ago"


def near(then: datetime, now: datetime) -> str:
    """`just now`, `12 minutes ago`, `in 3 hours`, `in 5 days`: for what finder does itself, to the hour."""
    distance = abs(then - now)
    if distance < timedelta(minutes=1):
        return "just now" if then <= now else "now"
    unit, noun = next(((unit, noun) for most, unit, noun in _UNITS if distance < most), (DAY, "day"))
    told = counted(distance // unit, noun)
    return f"{told} ago" if then < now else f"in {told}"


def moment(then: datetime | None) -> str:
    """`2026-08-23 07:15 UTC`, or `never`."""
    return f"{then:%Y-%m-%d %H:%M} UTC" if then else "never"


def when(then: datetime | None, now: datetime) -> str:
    """`2026-08-23 07:15 UTC, 2 hours ago`, or `never`."""
    return f"{moment(then)}, {near(then, now)}" if then else "never"


def where(opening: Opening, most: int = 3) -> str:
    """Its places as their sources wrote them, `+2` for what is left out; `Remote` first where it is."""
    names = list(dict.fromkeys(place.text for place in opening.places if place.text))
    if opening.remote and not any("remote" in name.lower() for name in names):
        names.insert(0, "Remote")
    more = f" +{len(names) - most}" if len(names) > most else ""
    return safe("; ".join(names[:most]) + more)


def credited(opening: Opening) -> dict[str, str]:
    """What the terms of its sources ask to be shown beside it, in words such as `via Remotive`, and the address that
    each of them links back to."""
    told = opening.extra.get("attribution")
    return {safe(one["text"]): safe(one["url"]) for one in told} if isinstance(told, list) else {}


def listed(items: Sequence[str], most: int = 8, last: str = "and") -> str:
    """`Python, SQL and pandas`; what passes `most` is counted."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(f"{len(items) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}" if shown else ""


def gave(result: SourceResult) -> str:
    """What a source that answered gave: `unchanged`, or `1,727 items, 12 new, 3 closed`."""
    if result.unchanged:
        return "unchanged"
    others = ((result.closed, "closed"), (result.skipped, "unreadable"))
    counts = [f"{counted(result.found, 'item')}, {result.added:,} new"]
    return ", ".join(counts + [f"{number:,} {what}" for number, what in others if number])
