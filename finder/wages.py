"""A figure of pay: range, currency and unit, and what that makes an hour and a month. Pure.

Written as "USD 30..40 hour": either end may be left out ("USD ..60 hour"), one figure stands alone ("EUR 1200 month").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["hour", "day", "week", "month", "year", "total"]
UNITS: tuple[Unit, ...] = ("hour", "day", "week", "month", "year", "total")

HOURS_A_WEEK = 40.0
"""Taken where a listing does not say: a full-time week."""
DAYS_A_WEEK = 5.0
WEEKS_A_YEAR = 52.0
MONTHS_A_YEAR = 12.0

_WRITTEN = re.compile(
    r"(?P<currency>[A-Z]{3}) (?P<low>\d+(?:\.\d+)?)?(?P<range>\.\.)?(?P<high>\d+(?:\.\d+)?)? (?P<unit>[a-z]+)"
)


@dataclass(frozen=True, slots=True)
class Wage:
    """From `low` to `high` (None: open) in `currency` (ISO 4217) for each `unit`; `total` is paid once."""

    currency: str
    low: float | None
    high: float | None
    unit: Unit

    def __str__(self) -> str:
        ends = "" if self.low is None else f"{self.low:.10g}"
        if self.low != self.high:
            ends += ".." + ("" if self.high is None else f"{self.high:.10g}")
        return f"{self.currency} {ends} {self.unit}"


def wage(text: str) -> Wage | None:
    """The figure that `str(wage)` wrote; None for any other text."""
    match = _WRITTEN.fullmatch(text)
    if not match or match["unit"] not in UNITS or not (match["low"] or match["high"]):
        return None
    low = float(match["low"]) if match["low"] else None
    high = (float(match["high"]) if match["high"] else None) if match["range"] else low
    unit: Unit = match["unit"]
    return Wage(match["currency"], low, high, unit)


def hourly(pay: Wage, hours: float = HOURS_A_WEEK) -> Wage | None:
    """The same for an hour of a week of `hours`; None for what is paid once."""
    month, year = MONTHS_A_YEAR / WEEKS_A_YEAR, 1.0 / WEEKS_A_YEAR
    weekly = {"hour": hours, "day": DAYS_A_WEEK, "week": 1.0, "month": month, "year": year}
    if pay.unit == "total" or hours <= 0:
        return None
    return _times(pay, weekly[pay.unit] / hours, "hour")


def monthly(pay: Wage, hours: float = HOURS_A_WEEK) -> Wage | None:
    """The same for a month, a twelfth of 52 weeks of `hours`; None for what is paid once."""
    an_hour = hourly(pay, hours)
    return _times(an_hour, hours * WEEKS_A_YEAR / MONTHS_A_YEAR, "month") if an_hour else None


def _times(pay: Wage, factor: float, unit: Unit) -> Wage:
    low, high = (None if end is None else round(end * factor, 2) for end in (pay.low, pay.high))
    return Wage(pay.currency, low, high, unit)
