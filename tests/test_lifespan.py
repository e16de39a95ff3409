"""How long openings stay open: the estimate by hand, against a second way to reckon it, and when there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.lifespan import ENOUGH, ApplyBy, Duration, Estimate, Life, apply_by, estimate, estimates, season

SUMMER, FALL = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def closed(*days: float) -> list[Duration]:
    return [Duration(number, closed=True) for number in days]


def still_open(*days: float) -> list[Duration]:
    return [Duration(number, closed=False) for number in days]


def estimated(durations) -> Estimate:
    one = estimate(durations)
    assert one is not None
    return one


# ------------------------------------------------------------------------------------------------ enough
@pytest.mark.parametrize(("number", "there"), [(0, False), (ENOUGH - 1, False), (ENOUGH, True)])
def test_nothing_is_estimated_from_few_closings(number, there):
    durations = closed(*range(number)) + still_open(*range(200))
    assert (estimate(durations) is not None) is there


def test_the_estimate_tells_how_many_it_is_from():
    one = estimated(closed(*range(30)) + still_open(5, 6))
    assert (one.n, one.closed) == (32, 30)


# ------------------------------------------------------------------------------------------------ the curve
def test_where_all_have_closed_it_is_the_share_that_lasted_longer():
    one = estimated(closed(*[1] * 10, *[2] * 10, *[4] * 20))
    assert one.curve == ((1, 0.75), (2, pytest.approx(0.5)), (4, 0.0))
    assert [one.open_after(days) for days in (0, 0.9, 1, 3, 4, 99)] == [1, 1, 0.75, pytest.approx(0.5), 0, 0]
    assert (one.closes_by(0.25), one.median, one.closes_by(0.9)) == (1, 2, 4)


def test_what_is_open_still_counts_for_as_long_as_it_was_seen():
    """By hand: of 40, 10 close at day 1; 10 leave the record open at day 2; of the 20 left, 10 close at day 3."""
    one = estimated(closed(*[1] * 10, *[3] * 10, *[5] * 10) + still_open(*[2] * 10))
    assert one.curve == ((1, 0.75), (3, pytest.approx(0.375)), (5, 0.0))


def test_a_share_that_was_never_reached_is_not_guessed():
    one = estimated(closed(*[3] * 30) + still_open(*[10] * 100))
    assert one.median is None
    assert one.closes_by(0.2) == 3


def test_one_that_has_lasted_is_measured_against_those_that_lasted_too():
    one = estimated(closed(*[1] * 20, *[10] * 10, *[20] * 10))
    assert one.closes_by(0.5) == 1
    assert one.closes_by(0.5, age=5) == 10
    assert one.closes_by(0.5, age=10) == 20
    assert one.closes_by(0.5, age=20) is None


def test_a_length_below_zero_is_no_reason_to_fail():
    assert estimated(closed(*[-3] * 30)).curve == ((0, 0.0),)


lengths = st.lists(st.integers(0, 60), min_size=ENOUGH, max_size=120)


@given(lengths)
def test_without_open_ones_the_median_is_the_median(days):
    assert estimated(closed(*days)).median == sorted(days)[(len(days) - 1) // 2] <= median(days)


@given(lengths, st.lists(st.integers(0, 60), max_size=60))
def test_the_curve_falls_from_one_and_open_ones_only_raise_it(days, opened):
    without, one = estimated(closed(*days)), estimated(closed(*days) + still_open(*opened))
    shares = [1.0, *(share for _, share in one.curve)]
    assert all(before >= after >= 0 for before, after in pairwise(shares))
    assert [length for length, _ in one.curve] == sorted(set(days))
    assert all(one.open_after(at) >= without.open_after(at) - 1e-9 for at in range(61))


@given(lengths, st.lists(st.integers(0, 60), max_size=60))
def test_it_is_the_product_over_days_of_the_share_that_stays(days, opened):
    one = estimated(closed(*days) + still_open(*opened))
    share, every = 1.0, days + opened
    for day in range(61):
        at_risk = sum(length >= day for length in every)
        share *= 1 - days.count(day) / at_risk if at_risk else 1
        assert one.open_after(day) == pytest.approx(share)


# ------------------------------------------------------------------------------------------------ groups
@pytest.mark.parametrize(
    ("month", "name"), [(12, "winter"), (2, "winter"), (3, "spring"), (6, "summer"), (9, "fall"), (11, "fall")]
)
def test_seasons_of_the_northern_year(month, name):
    assert season(datetime(2026, month, 15, tzinfo=UTC)) == name


def test_each_system_and_season_has_its_own_and_others_fall_back():
    lives = [Life("tern", SUMMER, one) for one in closed(*[3] * 30)]
    lives += [Life("tern", FALL, one) for one in closed(*[9] * 30)]
    lives += [Life("heron", FALL, one) for one in closed(*[40] * 10)]
    known = estimates(lives)
    assert known.keys() == {
        *(("tern", "summer"), ("tern", "fall"), ("tern", "")),
        *(("", "summer"), ("", "fall"), ("", "")),
    }

    def found(system: str, when: datetime) -> int:
        one = apply_by(known, system, when, when)
        return one.n if one else 0

    winter = datetime(2026, 1, 1, tzinfo=UTC)
    assert [found("tern", SUMMER), found("tern", winter), found("heron", FALL), found("heron", winter)] == [
        30,
        60,
        40,
        70,
    ]


def test_an_unknown_system_is_counted_once():
    known = estimates(Life("", SUMMER, one) for one in closed(*[3] * 30))
    assert {one.n for one in known.values()} == {30}
    assert apply_by({}, "tern", SUMMER, SUMMER) is None


# ------------------------------------------------------------------------------------------------ apply by
def test_an_application_is_late_when_a_quarter_of_its_like_has_closed():
    known = estimates(Life("tern", SUMMER, one) for one in closed(*[3] * 10, *[9] * 30))
    assert apply_by(known, "tern", SUMMER, SUMMER) == ApplyBy(SUMMER + days(3), 40, 40, "tern", "summer")


def test_of_what_has_lasted_only_those_count_that_lasted_as_long():
    known = estimates(Life("tern", SUMMER, one) for one in closed(*[3] * 30, *[20] * 9, *[50] * 3))
    late = [apply_by(known, "tern", SUMMER, SUMMER + days(age)) for age in (0, 2.9, 3, 19, 20, 49)]
    assert [one and (one.by - SUMMER).days for one in late] == [3, 3, 20, 20, 50, 50]


def test_nothing_is_told_of_what_outlasted_every_other():
    known = estimates(Life("tern", SUMMER, one) for one in closed(*[3] * 30))
    assert apply_by(known, "tern", SUMMER, SUMMER + days(3)) is None


def test_a_clock_that_runs_behind_is_no_reason_to_fail():
    known = estimates(Life("tern", SUMMER, one) for one in closed(*[0] * 10, *[3] * 30))
    one = apply_by(known, "tern", SUMMER, SUMMER - days(2))
    assert one is not None
    assert one.by == SUMMER + days(3)


@given(lengths, st.floats(0, 61))
def test_it_always_lies_ahead(lasted, age):
    known = estimates(Life("", SUMMER, one) for one in closed(*lasted))
    one = apply_by(known, "tern", SUMMER, SUMMER + days(age))
    assert one is None or one.by > SUMMER + days(age)
    assert (one is None) == (max(lasted) <= age)
