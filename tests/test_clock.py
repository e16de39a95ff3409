"""The one clock: UTC, and stopped by FINDER_NOW."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.config import clock, now
from finder.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-08-22T12:00:00Z", datetime(2026, 8, 22, 12, tzinfo=UTC)),
        ("2026-08-22T12:00:00+02:00", datetime(2026, 8, 22, 10, tzinfo=UTC)),
        ("2026-08-22T12:00:00", datetime(2026, 8, 22, 12, tzinfo=UTC)),
        ("2026-08-22 12:00", datetime(2026, 8, 22, 12, tzinfo=UTC)),
        ("2026-08-22", datetime(2026, 8, 22, tzinfo=UTC)),
        ("  2026-08-22T23:59:59.5Z\n", datetime(2026, 8, 22, 23, 59, 59, 500_000, tzinfo=UTC)),
    ],
)
def test_it_stands_still_at_finder_now(text: str, instant: datetime) -> None:
    ask = clock({"FINDER_NOW": text})
    assert ask() == ask() == now({"FINDER_NOW": text}) == instant
    assert ask().tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2026-13-01", "22.08.2026", "1755864000", "2026-08-22T25:00", "0001-01-01T00:00+14:00", "\x00"],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    for ask in (clock, now):
        with pytest.raises(ConfigError) as caught:
            ask({"FINDER_NOW": text})
        assert str(caught.value).startswith("environment: FINDER_NOW: must be a time such as 2026-08-22T12:00:00Z")
        assert caught.value.exit_code == 2


@pytest.mark.parametrize("environ", [{}, {"FINDER_NOW": ""}, {"FINDER_NOW": "  "}])
def test_without_it_the_clock_is_the_machines(environ: dict[str, str]) -> None:
    before = datetime.now(UTC)
    told = now(environ)
    assert before <= told <= datetime.now(UTC)
    assert told.utcoffset() == timedelta(0)


def test_the_machines_clock_moves() -> None:
    ask = clock({})
    first = ask()
    assert any(ask() > first for _ in range(1_000_000))


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.timezones()))
def test_any_time_with_a_zone_is_the_same_instant_in_utc(instant: datetime) -> None:
    offset = instant.utcoffset()
    assert offset is not None
    told = now({"FINDER_NOW": instant.isoformat()})
    assert told == instant.astimezone(UTC)
    assert told.utcoffset() == timedelta(0)
