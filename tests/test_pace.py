"""How often a source is visited: as often as it changes, never outside its bounds, spread over installations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.pace import ENOUGH, JITTER, LAST_RETRY, LONGEST, SHORTEST, SKEW, is_due, next_due

NOW = datetime(2026, 8, 22, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY = 12 * HOUR


def visits(*changed: bool | None, apart: timedelta = EVERY) -> list[tuple[datetime, bool | None]]:
    """Visits at even distances, the last of them now."""
    return [(NOW - apart * (len(changed) - 1 - n), told) for n, told in enumerate(changed)]


def pause(history, every: timedelta = EVERY, seed: str = "one") -> timedelta:
    return next_due(every, history, NOW, seed) - NOW


def run(change_every: timedelta, every: timedelta = EVERY, days: int = 60) -> list[timedelta]:
    """Intervals between the visits to a source that changes at even distances."""
    history, at, due, intervals = [], NOW, NOW, []
    while due < NOW + days * DAY:
        since = history[-1][0] if history else NOW - DAY
        history.append((due, (due - NOW) // change_every > (since - NOW) // change_every))
        at, due = due, next_due(every, history[-30:], due, "one")
        intervals.append(due - at)
    return intervals


# ------------------------------------------------------------------------------------------------ the pace
def test_without_a_history_it_is_what_the_settings_say_but_for_the_spread():
    assert abs(pause([]) / EVERY - 1) <= JITTER
    assert pause(visits(*[True] * ENOUGH)) == pause([])


def test_a_source_that_changes_at_each_visit_is_visited_more_often():
    assert pause(visits(*[True] * 6)) < EVERY * 0.7


def test_a_source_that_never_changes_is_visited_less_often():
    assert pause(visits(True, *[False] * 5)) > EVERY * 1.5


def test_one_change_of_many_visits_is_between():
    often, seldom, never = (pause(visits(True, *row)) for row in ([True] * 8, [True, *[False] * 7], [False] * 8))
    assert often < seldom <= never


def test_an_interval_at_most_doubles_and_at_most_halves():
    assert pause(visits(True, *[False] * 9)) <= 2 * EVERY * (1 + JITTER)
    assert pause(visits(*[True] * 10, apart=4 * EVERY)) >= 2 * EVERY * (1 - JITTER)


def test_a_busy_source_ends_at_the_fast_bound_and_a_dead_one_at_the_slow_bound():
    assert max(run(HOUR)[-10:]) <= EVERY * 0.5 / (1 - JITTER) * (1 + JITTER)
    assert min(run(1000 * DAY)[-3:]) >= 7 * EVERY * (1 - JITTER) / (1 + JITTER)


def test_the_mean_time_between_changes_is_estimated_from_the_share_of_quiet_intervals():
    """Of 9 intervals of 12 hours 4 brought a change: 12 h / ln(9.5 / 5.5) = 21.96 h."""
    history = visits(True, True, False, True, False, True, False, False, True, False)
    assert pause(history) / pause([]) * EVERY / HOUR == pytest.approx(21.96, abs=0.01)


def test_only_recent_visits_count():
    assert pause(visits(*[False] * 50, *[True] * 10)) == pause(visits(*[True] * 10))


def test_a_source_that_changes_once_in_two_days_is_visited_about_so_often():
    late = run(2 * DAY, days=120)[-20:]
    assert DAY <= sum(late, timedelta(0)) / len(late) <= 3 * DAY


@pytest.mark.parametrize(("every", "shortest", "longest"), [(HOUR, HOUR, 7 * HOUR), (2 * DAY, DAY, LONGEST)])
def test_the_bounds_lie_between_an_hour_and_a_week(every, shortest, longest):
    intervals = run(HOUR, every, 200) + run(1000 * DAY, every, 200)
    assert shortest <= min(intervals)
    assert max(intervals) <= longest


@pytest.mark.parametrize("every", [timedelta(minutes=20), 30 * DAY])
def test_what_the_settings_say_is_obeyed_beyond_the_bounds(every):
    assert every * (1 - JITTER) <= pause([], every) <= every * (1 + JITTER)


def test_a_clock_that_was_set_back_does_not_stop_it():
    history = [(NOW + 400 * DAY, True), *visits(False, False, False, False)]
    assert SHORTEST <= pause(history) <= 7 * EVERY


# ------------------------------------------------------------------------------------------------ failures
def test_after_failures_the_pause_doubles_to_a_day():
    pauses = [pause(visits(True, *[None] * n)) / HOUR for n in range(1, 9)]
    assert pauses == [1, 2, 4, 8, 16, 24, 24, 24]


def test_a_source_that_is_due_within_the_hour_is_asked_again_within_it():
    assert pause(visits(True, None), timedelta(minutes=20)) == timedelta(minutes=20)


def test_failures_that_are_over_count_for_nothing():
    assert pause(visits(True, None, None, True)) == pause([])


def test_thousands_of_failures_are_no_number_too_large():
    assert pause(visits(*[None] * 5000)) == LAST_RETRY


# ------------------------------------------------------------------------------------------------ spreading
def test_an_installation_is_spread_the_same_way_each_time_and_others_otherwise():
    assert pause([], seed="a") == pause([], seed="a")
    pauses = sorted(pause([], seed=f"installation {n}") / EVERY for n in range(500))
    assert 1 - JITTER <= pauses[0] < 1 - 0.9 * JITTER
    assert 1 + 0.9 * JITTER < pauses[-1] <= 1 + JITTER
    assert abs(pauses[250] - 1) < 0.3 * JITTER


@given(
    st.timedeltas(timedelta(minutes=1), timedelta(days=60)),
    st.lists(
        st.tuples(st.timedeltas(timedelta(0), timedelta(days=30)), st.sampled_from([True, False, None])), max_size=9
    ),
    st.text(max_size=5),
)
def test_whatever_happened_the_pause_is_within_bounds(every, gaps, seed):
    at, history = NOW, []
    for gap, changed in gaps:
        at += gap
        history.append((at, changed))
    waits = next_due(every, history, at, seed) - at
    failed = bool(history) and history[-1][1] is None
    least = min(every, SHORTEST) if failed else min(max(every / 2, SHORTEST), every * (1 - JITTER))
    assert least - timedelta(seconds=1) <= waits <= max(every * (1 + JITTER), LONGEST if not failed else LAST_RETRY)


# ------------------------------------------------------------------------------------------------ due
@pytest.mark.parametrize(
    ("due", "told"),
    [
        (None, True),
        (NOW, True),
        (NOW - DAY, True),
        (NOW + timedelta(seconds=1), False),
        (NOW + LONGEST + SKEW, False),
        (NOW + LONGEST + SKEW + timedelta(seconds=1), True),
        (NOW + 3650 * DAY, True),
    ],
)
def test_what_is_due_by_a_clock_that_went_wrong_is_due_now(due, told):
    assert is_due(due, EVERY, NOW) is told


def test_a_long_interval_is_no_wrong_clock():
    assert not is_due(NOW + 40 * DAY, 40 * DAY, NOW)


@given(
    st.integers(1, 60).map(lambda n: n * DAY), st.lists(st.none() | st.booleans(), min_size=1, max_size=12), st.text()
)
def test_nothing_is_due_the_moment_it_was_visited(every, changes, seed):
    assert not is_due(next_due(every, visits(*changes, apart=every), NOW, seed), every, NOW)
