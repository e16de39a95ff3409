"""Figures of pay: written, read back, and brought to an hour and a month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.wages import UNITS, Wage, hourly, monthly, wage

ends = st.integers(1, 10**7).map(lambda cents: cents / 100)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Wage("USD", 30, 40, "hour"), "USD 30..40 hour"),
        (Wage("EUR", 12.5, 12.5, "hour"), "EUR 12.5 hour"),
        (Wage("USD", None, 60, "hour"), "USD ..60 hour"),
        (Wage("USD", 20, None, "hour"), "USD 20.. hour"),
        (Wage("USD", 5000, 5000, "total"), "USD 5000 total"),
    ],
)
def test_written_and_read(figure: Wage, text: str) -> None:
    assert str(figure) == text
    assert wage(text) == figure


@given(ends, ends, st.sampled_from(UNITS))
def test_what_is_written_is_read_back(first: float, second: float, unit: str) -> None:
    figure = Wage("USD", min(first, second), max(first, second), unit)  # type: ignore[arg-type]
    assert wage(str(figure)) == figure


@pytest.mark.parametrize(
    "text", ["", "30 USD hour", "USD hour", "USD .. hour", "USD 30 minute", "USD 3x hour", "$30 hour"]
)
def test_other_text_is_no_figure(text: str) -> None:
    assert wage(text) is None


@pytest.mark.parametrize(
    ("text", "an_hour", "a_month"),
    [
        ("USD 30..40 hour", "USD 30..40 hour", "USD 5200..6933.33 month"),
        ("USD 240 day", "USD 30 hour", "USD 5200 month"),
        ("USD 1200 week", "USD 30 hour", "USD 5200 month"),
        ("USD 5200 month", "USD 30 hour", "USD 5200 month"),
        ("USD 62400 year", "USD 30 hour", "USD 5200 month"),
        ("USD ..60 hour", "USD ..60 hour", "USD ..10400 month"),
        ("USD 20.. hour", "USD 20.. hour", "USD 3466.67.. month"),
    ],
)
def test_brought_to_an_hour_and_a_month_of_full_time(text: str, an_hour: str, a_month: str) -> None:
    figure = wage(text)
    assert figure is not None
    assert (str(hourly(figure)), str(monthly(figure))) == (an_hour, a_month)


def test_hours_a_week_count() -> None:
    figure = Wage("EUR", 1040, 1040, "month")
    assert str(hourly(figure, 20)) == "EUR 12 hour"
    assert str(monthly(Wage("EUR", 12, 12, "hour"), 20)) == "EUR 1040 month"


@pytest.mark.parametrize(("text", "hours"), [("USD 5000 total", 40.0), ("USD 30 hour", 0.0)])
def test_what_cannot_be_brought_to_an_hour(text: str, hours: float) -> None:
    figure = wage(text)
    assert figure is not None
    assert (hourly(figure, hours), monthly(figure, hours)) == (None, None)
