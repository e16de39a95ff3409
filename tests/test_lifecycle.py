"""One look at a source: what it may change, and what no fault may ever change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, FetchError, NotYet, ParseError
from finder.lifecycle import CLOSE_AFTER, HOLD_KNOWN, HOLD_SHARE, Known, Look, judge

NOW = datetime(2026, 8, 23, 12, tzinfo=UTC)
URL = "https://list.example/rows.json"


def known(number: int, state="open", since=None) -> dict[str, Known]:
    return {f"row-{i}": Known(state, since) for i in range(number)}


def shown(number: int) -> dict[str, str]:
    return {f"row-{i}": "" for i in range(number)}


def test_the_first_look_is_believed():
    verdict = judge({}, Look(shown(3)), NOW)
    assert (verdict.outcome, verdict.accept, verdict.missing) == ("ok", True, frozenset())


def test_what_is_absent_once_goes_missing_and_is_not_closed():
    verdict = judge(known(3), Look(shown(2)), NOW)
    assert verdict.accept
    assert verdict.missing == {"row-2"}
    assert verdict.closed == {}


@pytest.mark.parametrize(("gap", "closed"), [(CLOSE_AFTER, True), (CLOSE_AFTER - timedelta(seconds=1), False)])
def test_a_second_absence_closes_after_a_day(gap, closed):
    before = known(3) | {"row-2": Known("missing", NOW - gap)}
    verdict = judge(before, Look(shown(2)), NOW)
    assert ("row-2" in verdict.closed) is closed
    assert ("row-2" in verdict.missing) is not closed


def test_the_evidence_of_an_absence_names_both_looks():
    since = NOW - timedelta(days=2)
    verdict = judge({"a": Known("missing", since), "b": Known("open")}, Look({"b": ""}), NOW)
    assert verdict.closed == {"a": "absent from two complete looks, 2026-08-21 12:00 and 2026-08-23 12:00 UTC"}


def test_a_clock_set_back_closes_nothing():
    before = {"a": Known("missing", NOW + timedelta(days=400)), "b": Known("open")}
    assert judge(before, Look({"b": ""}), NOW).closed == {}


def test_a_small_board_that_answers_nothing_is_empty_and_not_held():
    verdict = judge(known(3), Look({}), NOW)
    assert (verdict.outcome, verdict.accept) == ("empty", True)
    assert verdict.missing == {"row-0", "row-1", "row-2"}
    assert not verdict.closed


@pytest.mark.parametrize("left", [0, 1, int(HOLD_KNOWN * (1 - HOLD_SHARE))])
def test_a_large_share_that_vanishes_is_held(left):
    verdict = judge(known(HOLD_KNOWN), Look(shown(left)), NOW)
    assert (verdict.outcome, verdict.accept) == ("held", False)
    assert f"only {left} of {HOLD_KNOWN}" in verdict.problem
    assert not verdict.missing
    assert not verdict.closed


def test_one_item_fewer_than_the_share_is_believed():
    left = int(HOLD_KNOWN * (1 - HOLD_SHARE)) + 1
    assert judge(known(HOLD_KNOWN), Look(shown(left)), NOW).outcome == "ok"


def test_below_the_number_that_makes_a_share_meaningful_nothing_is_held():
    assert judge(known(HOLD_KNOWN - 1), Look(shown(1)), NOW).outcome == "ok"


def test_items_missing_already_do_not_count_towards_the_share():
    before = known(HOLD_KNOWN) | {f"old-{i}": Known("missing", NOW) for i in range(100)}
    assert judge(before, Look(shown(HOLD_KNOWN)), NOW).outcome == "ok"


def test_rows_that_the_source_marks_as_closed_are_shown_and_so_not_vanished():
    look = Look(dict.fromkeys(shown(HOLD_KNOWN), "marked inactive"))
    assert judge(known(HOLD_KNOWN), look, NOW).outcome == "ok"


def test_an_incomplete_look_misses_and_holds_nothing():
    verdict = judge(known(50), Look(shown(5), complete=False), NOW)
    assert (verdict.outcome, verdict.missing, verdict.closed) == ("ok", frozenset(), {})


def test_a_windowed_source_never_closes_by_absence():
    before = known(50, "missing", NOW - timedelta(days=30)) | {"new": Known("open")}
    verdict = judge(before, Look({"new": ""}, windowed=True), NOW)
    assert (verdict.accept, verdict.missing, verdict.closed) == (True, frozenset(), {})


def test_a_windowed_source_that_shows_nothing_at_all_is_held():
    assert judge(known(50), Look({}, windowed=True), NOW).outcome == "held"


def test_a_record_that_did_not_fit_may_be_any_of_the_absent_ones():
    before = known(3) | {"row-2": Known("missing", NOW - timedelta(days=9))}
    verdict = judge(before, Look(shown(1), skipped=1), NOW)
    assert (verdict.accept, verdict.missing, verdict.closed) == (True, frozenset(), {})


def test_a_list_that_lost_half_its_records_is_held_even_if_one_did_not_fit():
    assert judge(known(40), Look(shown(10), skipped=1), NOW).outcome == "held"


def test_records_none_of_which_fit_are_a_failure():
    verdict = judge({}, Look({}, skipped=7), NOW)
    assert (verdict.outcome, verdict.accept, verdict.problem) == ("failed", False, "none of 7 records fit")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (FetchError(URL, "503 Service Unavailable"), "failed"),
        (ParseError(URL, "looks like an HTML page"), "failed"),
        (EmptyAnswer(URL, "the answer is empty"), "held"),
        (NotYet(URL, "asked to wait", NOW), "not yet"),
        (RecursionError("deep"), "failed"),
    ],
)
def test_an_error_closes_nothing(error, outcome):
    before = known(40) | {"row-0": Known("missing", NOW - timedelta(days=9))}
    verdict = judge(before, Look({}, error=error), NOW)
    assert (verdict.outcome, verdict.accept) == (outcome, False)
    assert not verdict.missing
    assert not verdict.closed
    assert verdict.problem


def test_an_empty_answer_where_little_was_known_is_a_failure():
    assert judge(known(3), Look({}, error=EmptyAnswer(URL, "the answer is '{}'")), NOW).outcome == "failed"


def test_a_surprise_names_its_type():
    assert judge({}, Look({}, error=KeyError("jobs")), NOW).problem == "KeyError: 'jobs'"


keys = st.sampled_from([f"k{i}" for i in range(60)])
items = st.builds(
    Known,
    st.sampled_from(["open", "missing", "closed"]),
    st.none() | st.datetimes(datetime(2026, 8, 1), datetime(2026, 9, 1), timezones=st.just(UTC)),
)
errors = st.none() | st.sampled_from([FetchError(URL, "x"), EmptyAnswer(URL, "x"), NotYet(URL, "x")])


@given(
    st.dictionaries(keys, items),
    st.dictionaries(keys, st.sampled_from(["", "closed"])),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
    errors,
)
def test_only_a_believed_complete_look_takes_anything_away(before, now_shown, complete, windowed, skipped, error):
    verdict = judge(before, Look(now_shown, complete, windowed, skipped, error), NOW)
    taken = verdict.missing | verdict.closed.keys()
    assert taken <= {key for key, item in before.items() if item.state != "closed"} - now_shown.keys()
    if taken:
        assert verdict.accept
        assert complete
        assert not windowed
        assert not skipped
        assert error is None
    for key in verdict.closed:
        assert before[key].missing_since <= NOW - CLOSE_AFTER
    assert verdict.accept == (verdict.outcome in ("ok", "empty"))
