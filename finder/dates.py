"""Dates as sources write them → UTC, read against the time of the fetch. Pure, and nothing here raises.

A date without a time is midnight UTC; a time without a zone is UTC. A bound ("30+ days ago") is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
FURTHEST = timedelta(days=366)
"""What lies before, or further ahead of the fetch, is a mistake: year 1 or 9999, seconds taken for milliseconds."""

SLACK = timedelta(days=2)
"""How far after the fetch a date without a year may lie and still mean this year: zones and clocks differ."""

_MAX_LENGTH = 80
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    "|dec(ember)?"
)
_ZONES = {
    **dict.fromkeys(("", "z", "ut", "utc", "gmt"), 0),
    **dict(
        zip(("est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt"), (-5, -4, -6, -5, -7, -6, -8, -7), strict=True)
    ),
    **dict(zip(("cet", "cest"), (1, 2), strict=True)),
}
"""Hours ahead of UTC; the American ones as RFC 2822 §4.3 has them."""

_SECONDS = {
    **dict.fromkeys(("s", "sec", "second"), 1),
    **dict.fromkeys(("m", "min", "minute"), 60),
    **dict.fromkeys(("h", "hr", "hour"), 3600),
    **dict.fromkeys(("d", "day"), 86_400),
    **dict.fromkeys(("w", "wk", "week"), 7 * 86_400),
    **dict.fromkeys(("mo", "month"), 30 * 86_400),
    **dict.fromkeys(("y", "yr", "year"), 365 * 86_400),
}
"""Ages are told in whole units, and "1mo" is 30 days: the lists divide days by thirty."""

_PREFIX = re.compile(r"^(?:(?:posted|published|updated|created|date|closes?|closing|deadline|apply by|on)\b:?\s*)+")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?)?\s?([a-z]*|[+-]\d\d:?(?:\d\d)?)", re.A
)
_DIGITS = re.compile(r"(\d{8,16})(?:\.\d{1,9})?", re.A)
_AGO = re.compile(r"(\d{1,4}|an?|one)\s?([a-z]+?)s?(?:\sago)?", re.A)
_BOUND = re.compile(
    r"(?:(?P<more>\d{1,3})\s?\+|(?:over|more than)\s(?P<over>\d{1,3}))\s?(?P<unit>[a-z]+?)s?(?:\sago)?", re.A
)
_NAMED = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s)?(?:(?P<month>[a-z]{3,9})\.?\s(?P<day>\d\d?)|(?P<day_>\d\d?)(?:\.|\b)?(?:st|nd|rd|th)?[\s-]"
    r"(?P<month_>[a-z]{3,9})\.?)(?:st|nd|rd"
    r"|th)?(?:,?[\s-](?P<year>\d{4}))?(?:,?\s(?:at\s)?(?P<clock>\d\d?:\d\d(?::\d\d)?))?"
    r"(?:\s(?P<zone>[a-z]+|[+-]\d\d:?\d\d))?(?:\s(?P<year_>\d{4}))?",
    re.A,
)
_NUMBERS = re.compile(r"(\d{1,4})([./])(\d\d?)\2(\d{1,4})", re.A)


def iso(text: object) -> datetime | None:
    """The moment that a program wrote (ISO 8601), in UTC where it names no zone; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read(text: str, at: datetime, *, ahead: bool = False) -> datetime | None:
    """The moment that the text names, in UTC; None where it names none or an impossible one.

    `at` is when the source was asked, aware. A date without a year is the latest before it, or, with `ahead` (as for
    deadlines), the first after it.
    """
    words = " ".join(text[: 2 * _MAX_LENGTH].casefold().split())
    words = _PREFIX.sub("", words).strip(" .")
    if not words or len(words) > _MAX_LENGTH:
        return None
    at = at.astimezone(UTC)
    try:
        found = _iso(words) or _digits(words) or _relative(words, at) or _named(words, at, ahead) or _numbers(words)
        moment = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):  # month 13, a zone of 99 hours, before year 1 once in UTC
        return None
    return moment if moment and EARLIEST <= moment <= at + FURTHEST else None


def bound(text: str, at: datetime) -> datetime | None:
    """The day (UTC) on or before which it was, where the text only says that: "30+ days ago", read at `at`, aware."""
    words = _PREFIX.sub("", " ".join(text[: 2 * _MAX_LENGTH].casefold().split())).strip(" .")
    found = _BOUND.fullmatch(words)
    seconds = _SECONDS.get(found["unit"]) if found else None
    if not found or seconds is None:
        return None
    latest = at.astimezone(UTC) - timedelta(seconds=seconds * int(found["more"] or found["over"]))
    return _midnight(latest.date())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _zone(name: str) -> timezone:
    """Raises ValueError for a zone that is not known."""
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    sign, digits = name[:1], name[1:].replace(":", "").ljust(4, "0")
    if sign not in "+-":
        raise ValueError(name)
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if sign == "-" else size)


def _iso(words: str) -> datetime | None:
    found = _ISO.fullmatch(words.split("[")[0])
    if not found:
        return None
    day, clock, zone = found.groups()
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock or "00:00"), _zone(zone))


def _digits(words: str) -> datetime | None:
    """Seconds, milliseconds or microseconds since 1970, or YYYYMMDD."""
    found = _DIGITS.fullmatch(words)
    if not found:
        return None
    number = int(found[1])
    if len(found[1]) == 8:
        return _midnight(date(number // 10_000, number // 100 % 100, number % 100))
    while number >= 10**11:
        number //= 1000
    return datetime.fromtimestamp(number, UTC)


def _relative(words: str, at: datetime) -> datetime | None:
    """An age: whole days and more give a day, hours and minutes a moment."""
    if words in ("today", "just now", "just posted", "yesterday"):
        return _midnight(at.date() - timedelta(days=words == "yesterday"))
    found = _AGO.fullmatch(words)
    seconds = _SECONDS.get(found[2]) if found else None
    if not found or seconds is None:
        return None
    age = timedelta(seconds=seconds * (int(found[1]) if found[1].isdigit() else 1))
    return _midnight((at - age).date()) if seconds >= 86_400 else (at - age).replace(microsecond=0)


def _named(words: str, at: datetime, ahead: bool) -> datetime | None:
    """Aug 22 · 22 Aug 2026 · Sat, 22 Aug 2026 10:00:00 +0200 (RFC 2822) · Wed Sep 02 02:00:00 UTC 2026 (Java)."""
    found = _NAMED.fullmatch(words)
    name = (found["month"] or found["month_"]) if found else ""
    if not found or not _MONTH.fullmatch(name):
        return None
    month, day = _MONTHS.index(name[:3]) + 1, int(found["day"] or found["day_"])
    year = found["year"] or found["year_"]
    if not year:
        return _nearest(month, day, at, ahead)
    clock = (found["clock"] or "00:00").zfill(5)
    if clock[1] == ":":
        clock = f"0{clock}"
    return datetime.combine(date(int(year), month, day), time.fromisoformat(clock), _zone(found["zone"] or ""))


def _nearest(month: int, day: int, at: datetime, ahead: bool) -> datetime | None:
    """The year is the one that brings the date nearest to the fetch on the right side of it; 29 February waits."""
    years = range(at.year, at.year + 2) if ahead else range(at.year + 1, at.year - 9, -1)
    for year in years:
        try:
            moment = datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            continue
        if (moment >= at - SLACK) if ahead else (moment <= at + SLACK):
            return moment
    return None


def _numbers(words: str) -> datetime | None:
    """2026/08/22, 22.08.2026, and with strokes only what can be read in one way: 08/22/2026, not 08/07/2026."""
    found = _NUMBERS.fullmatch(words)
    if not found:
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if first > 31:
        return _midnight(date(first, second, third))
    if found[2] == "." or first > 12:
        return _midnight(date(third, second, first))
    return _midnight(date(third, first, second)) if second > 12 or first == second else None
