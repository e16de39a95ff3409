"""Small phrases shared by every rendering: ages, counts, places, and text that is safe to show."""

from __future__ import annotations

import re
from datetime import datetime

from finder.model import Opening

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Terminal escapes begin with a control character; bidi and zero-width characters reorder or hide text."""


def safe(text: str) -> str:
    """`text` with no control, bidi or zero-width character left, so that it can only be read."""
    return _CONTROL.sub("", text).replace("\t", " ")


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 opening`, `2,310 openings`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def ago(then: datetime | None, now: datetime) -> str:
    """`today`, `3 days ago`, `5 weeks ago`; '' when unknown; a time to come is `today` (clocks differ)."""
    if then is None:
        return ""
    days = (now - then).days
    if days < 1:
        return "today"
    if days < 14:
        return f"{counted(days, 'day')} ago"
    if days < 70:
        return f"{counted(days // 7, 'week')} ago"
    return f"{counted(days // 30, 'month')} ago"


def age(then: datetime | None, now: datetime) -> str:
    """The short form for a table column: `0d`, `12d`, `3mo`."""
    if then is None:
        return ""
    days = max((now - then).days, 0)
    return f"{days}d" if days < 70 else f"{days // 30}mo"


def moment(then: datetime | None) -> str:
    """`2026-08-23 07:15 UTC`, or `never`."""
    return f"{then:%Y-%m-%d %H:%M} UTC" if then else "never"


def where(opening: Opening, most: int = 3) -> str:
    """Its places as their sources wrote them, `+2` for what is left out; `remote` first where it is."""
    names = list(dict.fromkeys(place.text for place in opening.places if place.text))
    if opening.remote and not any("remote" in name.lower() for name in names):
        names.insert(0, "Remote")
    more = f" +{len(names) - most}" if len(names) > most else ""
    return safe("; ".join(names[:most]) + more)


def listed(items: tuple[str, ...] | list[str], most: int = 8) -> str:
    """`Python, SQL and pandas`; what passes `most` is counted."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(f"{len(items) - most} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1] if shown else ""
