"""Dates as written, read against the time of a fetch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder.dates import EARLIEST, FURTHEST, SLACK, read

AT = datetime(2026, 8, 22, 12, 30, 15, 250_000, tzinfo=UTC)

READ = [
    # ISO 8601, with and without time and zone
    ("2026-08-22", "2026-08-22 00:00:00"),
    ("20260822", "2026-08-22 00:00:00"),
    ("2026-08-22T10:00", "2026-08-22 10:00:00"),
    ("2026-08-22 10:00:05", "2026-08-22 10:00:05"),
    ("2026-08-22T10:00:00Z", "2026-08-22 10:00:00"),
    ("2026-08-22t10:00:00z", "2026-08-22 10:00:00"),
    ("2026-08-22T10:00:00.030Z", "2026-08-22 10:00:00"),
    ("2026-08-22T10:00:00.5Z", "2026-08-22 10:00:00"),
    ("2026-08-21T19:35:46.030123+00:00", "2026-08-21 19:35:46"),
    ("2026-08-22T10:00:00-04:00", "2026-08-22 14:00:00"),
    ("2026-08-22T10:00:00+0530", "2026-08-22 04:30:00"),
    ("2026-08-22T10:00:00+02", "2026-08-22 08:00:00"),
    ("2026-08-22 10:00:00 UTC", "2026-08-22 10:00:00"),
    ("2026-08-22 10:00:00 +0200", "2026-08-22 08:00:00"),
    ("2026-08-22 10:00:00 EST", "2026-08-22 15:00:00"),
    ("2026-08-22T01:00:00+02:00", "2026-08-21 23:00:00"),
    ("2026-08-22T10:00:00[Europe/Berlin]", "2026-08-22 10:00:00"),
    ("2026-08-22T10:00:00+02:00[Europe/Berlin]", "2026-08-22 08:00:00"),
    # seconds, milliseconds, microseconds since 1970
    ("1787400000", "2026-08-22 12:00:00"),
    ("1787400000.75", "2026-08-22 12:00:00"),
    ("1787400000999", "2026-08-22 12:00:00"),
    ("1787400000000000", "2026-08-22 12:00:00"),
    ("946684800", "2000-01-01 00:00:00"),
    # month names
    ("Aug 22, 2026", "2026-08-22 00:00:00"),
    ("August 22, 2026", "2026-08-22 00:00:00"),
    ("august 22nd, 2026", "2026-08-22 00:00:00"),
    ("Aug. 3 2026", "2026-08-03 00:00:00"),
    ("22 Aug 2026", "2026-08-22 00:00:00"),
    ("22nd August 2026", "2026-08-22 00:00:00"),
    ("22. August 2026", "2026-08-22 00:00:00"),
    ("22-Aug-2026", "2026-08-22 00:00:00"),
    ("Sat, 22 Aug 2026 10:00:00 +0200", "2026-08-22 08:00:00"),
    ("Sat, 22 Aug 2026 10:00:00 GMT", "2026-08-22 10:00:00"),
    ("Sat, 22 Aug 2026 10:00 PDT", "2026-08-22 17:00:00"),
    ("Wed Sep 02 02:00:00 UTC 2026", "2026-09-02 02:00:00"),
    ("August 22, 2026 at 9:05", "2026-08-22 09:05:00"),
    ("Sept 5, 2025", "2025-09-05 00:00:00"),
    ("May 1, 2026", "2026-05-01 00:00:00"),
    # no year: the latest such date not after the fetch (and two days)
    ("Aug 22", "2026-08-22 00:00:00"),
    ("Aug 24", "2026-08-24 00:00:00"),
    ("Aug 25", "2025-08-25 00:00:00"),
    ("Feb 24", "2026-02-24 00:00:00"),
    ("24 Feb", "2026-02-24 00:00:00"),
    ("December 31", "2025-12-31 00:00:00"),
    ("Feb 29", "2024-02-29 00:00:00"),
    # ages
    ("0d", "2026-08-22 00:00:00"),
    ("12d", "2026-08-10 00:00:00"),
    ("12 d", "2026-08-10 00:00:00"),
    ("3w", "2026-08-01 00:00:00"),
    ("1mo", "2026-07-23 00:00:00"),
    ("2 months ago", "2026-06-23 00:00:00"),
    ("1y", "2025-08-22 00:00:00"),
    ("2h", "2026-08-22 10:30:15"),
    ("2 hours ago", "2026-08-22 10:30:15"),
    ("11m", "2026-08-22 12:19:15"),
    ("5 mins ago", "2026-08-22 12:25:15"),
    ("30 sec ago", "2026-08-22 12:29:45"),
    ("a day ago", "2026-08-21 00:00:00"),
    ("an hour ago", "2026-08-22 11:30:15"),
    ("Today", "2026-08-22 00:00:00"),
    ("Just posted", "2026-08-22 00:00:00"),
    ("YESTERDAY", "2026-08-21 00:00:00"),
    ("Posted Today", "2026-08-22 00:00:00"),
    ("Posted Yesterday", "2026-08-21 00:00:00"),
    ("Posted 3 Days Ago", "2026-08-19 00:00:00"),
    ("Posted on: Aug 3", "2026-08-03 00:00:00"),
    ("Date: 2026-08-01", "2026-08-01 00:00:00"),
    ("Updated 2w ago", "2026-08-08 00:00:00"),
    # numbers between strokes or dots
    ("2026/08/22", "2026-08-22 00:00:00"),
    ("22.08.2026", "2026-08-22 00:00:00"),
    ("2.8.2026", "2026-08-02 00:00:00"),
    ("08/22/2026", "2026-08-22 00:00:00"),
    ("22/08/2026", "2026-08-22 00:00:00"),
    ("8/8/2026", "2026-08-08 00:00:00"),
    # white space and case
    ("  2026-08-22\n", "2026-08-22 00:00:00"),
    ("AUG   22,  2026", "2026-08-22 00:00:00"),
    # the bounds
    ("2000-01-01", "2000-01-01 00:00:00"),
    ("2027-08-23", "2027-08-23 00:00:00"),
]

NOT_READ = [
    *("", " ", "-", "n/a", "N/A", "soon", "TBD", "rolling", "Immediate", "12:30", "Aug", "Aug 2026", "2026", "2026-08"),
    *("Posted 30+ Days Ago", "30+ days ago", "30+d", "over 30 days ago", "more than a month ago", "6 Locations"),
    *("2026-13-01", "2026-00-10", "2026-02-30", "2026-08-32", "Feb 30", "Aug 32", "Mayor 12", "Marble 3, 2026"),
    *("0000-00-00", "0000-01-01", "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31", "9999-12-31T23:59:59-12:00"),
    *("1999-12-31", "1970-01-01", "2027-08-24", "2030-01-01", "946684799", "9" * 20, "-1", "1e9", "0", "1"),
    *("2026-08-22T25:00:00", "2026-08-22T10:60", "2026-08-22T10:00:00+99:00", "2026-08-22T10:00:00 XYZ", "2026-08-22x"),
    *("08/07/2026", "8/7/26", "99/99/9999", "0/0/0", "22.13.2026", "12 parsecs ago", "5 days hence", "99999d", "9999y"),
    *("٢٠٢٦-٠٨-٢٢", "２０２６-08-22", "Aug ٢٢", "null", "None", "\x00", "\ud800", "2026-08-22" * 20, "Aug 22 " * 50),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[row[0] for row in READ])
def test_read(text: str, expected: str) -> None:
    found = read(text, AT)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", NOT_READ, ids=ascii)
def test_not_read(text: str) -> None:
    assert read(text, AT) is None
    assert read(text, AT, ahead=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aug 21", date(2026, 8, 21)),
        ("Aug 22", date(2026, 8, 22)),
        ("Aug 19", date(2027, 8, 19)),
        ("Sep 1", date(2026, 9, 1)),
        ("January 15", date(2027, 1, 15)),
        ("Closing 15 January", date(2027, 1, 15)),
        ("Apply by Dec 31", date(2026, 12, 31)),
        ("Deadline: Oct 1", date(2026, 10, 1)),
        ("2026-07-01", date(2026, 7, 1)),
    ],
)
def test_a_deadline_without_a_year_lies_ahead(text: str, expected: date) -> None:
    found = read(text, AT, ahead=True)
    assert found is not None
    assert found.date() == expected


def test_a_leap_day_that_does_not_come_is_no_deadline() -> None:
    assert read("Feb 29", AT, ahead=True) is None
    assert read("Feb 29", datetime(2028, 1, 5, tzinfo=UTC), ahead=True) == datetime(2028, 2, 29, tzinfo=UTC)


def test_the_day_is_that_of_utc() -> None:
    late = datetime(2026, 8, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert read("today", late) == datetime(2026, 8, 23, tzinfo=UTC)
    assert read("0d", late) == datetime(2026, 8, 23, tzinfo=UTC)


def test_around_the_turn_of_the_year() -> None:
    january = datetime(2027, 1, 3, 8, tzinfo=UTC)
    assert read("Dec 30", january) == datetime(2026, 12, 30, tzinfo=UTC)
    assert read("Jan 2", january) == datetime(2027, 1, 2, tzinfo=UTC)
    assert read("Jan 1", datetime(2026, 12, 31, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)


# ------------------------------------------------------------------------------------------------ properties
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
BITS = st.sampled_from(
    [
        "aug",
        "Feb",
        "22",
        "2026",
        ",",
        ":",
        "-",
        "T",
        "Z",
        "+02:00",
        "d",
        "ago",
        "30+",
        "posted",
        " ",
        "/",
        ".",
        "1787400000",
    ]
)


@given(
    st.text(max_size=40) | st.lists(BITS, max_size=8).map("".join) | st.lists(BITS, max_size=8).map(" ".join), MOMENTS
)
@example("29 feb", datetime(2100, 3, 1, tzinfo=UTC))
@settings(max_examples=400)
def test_nothing_raises_and_what_is_read_is_in_bounds(text: str, at: datetime) -> None:
    for ahead in (False, True):
        found = read(text, at, ahead=ahead)
        assert found is None or EARLIEST <= found <= at + FURTHEST


@given(st.datetimes(datetime(2000, 1, 2), datetime(2027, 8, 1), timezones=st.just(UTC)), st.integers(-14, 14))
@settings(max_examples=100)
def test_one_moment_is_read_alike_in_every_form(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0)
    there = moment.astimezone(timezone(timedelta(hours=hours)))
    for text in (
        there.isoformat(),
        there.isoformat(" ", timespec="milliseconds"),
        there.strftime("%a, %d %b %Y %H:%M:%S %z"),
        moment.strftime("%Y-%m-%d %H:%M:%S UTC"),
        moment.strftime("%a %b %d %H:%M:%S UTC %Y"),
        *((str(int(moment.timestamp())), str(int(moment.timestamp()) * 1000)) if moment.year > 2001 else ()),
    ):
        assert read(text, AT) == moment


@given(st.dates(date(2001, 1, 1), date(2035, 1, 1)), MOMENTS)
@settings(max_examples=100)
def test_a_date_without_a_year_is_the_nearest_on_its_side(day: date, at: datetime) -> None:
    text = f"{day:%b} {day.day}"
    past, ahead = read(text, at), read(text, at, ahead=True)
    if (day.month, day.day) != (2, 29):
        assert past is not None
        assert ahead is not None
    if past:
        assert (past.month, past.day) == (day.month, day.day)
        assert past <= at + SLACK
    if ahead:
        assert (ahead.month, ahead.day) == (day.month, day.day)
        assert at - SLACK <= ahead <= at + FURTHEST


@given(st.integers(0, 400))
@settings(max_examples=50)
def test_older_ages_are_earlier(days: int) -> None:
    younger, older = read(f"{days}d", AT), read(f"{days + 1}d", AT)
    assert younger is not None
    assert older == younger - timedelta(days=1)


@pytest.mark.parametrize("worst", ["1" * 100_000, " " * 100_000, "a" * 100_000, "posted " * 20_000, "1:" * 50_000])
def test_long_texts_take_no_time(worst: str) -> None:
    assert read(worst, AT) is None
