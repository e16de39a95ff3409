"""Lying sources: lists that lost half of themselves, changed all their keys, or showed something else altogether."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, FetchError, NotYet
from finder.lifecycle import (
    AGREE_AFTER,
    HOLD_KNOWN,
    MARKS,
    NOTHING_AFTER,
    STALE,
    TURNOVER,
    Hold,
    Known,
    Look,
    agreement,
    doubtful,
    fingerprint,
    judge,
    text_key,
)

NOW = datetime(2026, 8, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://list.example/rows.json"


def known(number: int, prefix: str = "old", age: timedelta = HOUR, **others) -> dict[str, Known]:
    """Open items, last seen `age` ago."""
    return {f"{prefix}-{n}": Known("open", last_seen=NOW - age, **others) for n in range(number)}


def keys(number: int, prefix: str = "old") -> list[str]:
    return [f"{prefix}-{n}" for n in range(number)]


def look(*shown: str, **others) -> Look:
    """A look that shows these keys; the text of `old-7`, `new-7` and any other `…-7` is `text 7`."""
    return Look(dict.fromkeys(shown, ""), texts=texts(*shown), **others)


def texts(*shown: str) -> dict[str, str]:
    return {key: f"text {key.rpartition('-')[2]}" for key in shown}


def decide(before, seen, now=NOW, hold=None):
    """Judge as the line does: with the texts of what `doubtful` asks for."""
    return judge(before, seen, now, hold, texts(*doubtful(before, seen)))


# ------------------------------------------------------------------------------------------------ what is new
@pytest.mark.parametrize(("new", "outcome"), [(29, "ok"), (30, "held"), (90, "held")])
def test_a_list_half_of_which_was_never_seen_is_held(new, outcome):
    verdict = judge(known(30), look(*keys(30), *keys(new, "other")), NOW)
    assert (verdict.outcome, verdict.accept) == (outcome, outcome == "ok")
    if new == 90:
        assert verdict.problem == "75 % of the items shown are new, where 30 were known"


def test_below_the_number_that_makes_a_share_meaningful_anything_may_be_new():
    assert judge(known(HOLD_KNOWN - 1), look(*keys(HOLD_KNOWN - 1), *keys(500, "x")), NOW).outcome == "ok"


def test_what_was_known_and_closed_is_not_new():
    before = known(20) | {key: Known("closed", last_seen=NOW) for key in keys(200, "back")}
    assert judge(before, look(*keys(20), *keys(200, "back")), NOW).outcome == "ok"


def test_rows_that_are_shown_as_closed_announce_nothing_and_so_are_not_counted():
    archive = dict.fromkeys(keys(500, "archive"), "marked inactive")
    assert judge(known(30), Look(dict.fromkeys(keys(30), "") | archive), NOW).outcome == "ok"


def test_an_incomplete_look_at_other_items_is_no_lie():
    assert judge(known(30), look(*keys(30, "other"), complete=False), NOW).outcome == "ok"


# ------------------------------------------------------------------------------------------------ changed keys
def test_a_list_that_changed_all_keys_shows_the_same_postings():
    verdict = decide(known(30), look(*keys(30, "new")))
    assert (verdict.outcome, verdict.accept) == ("ok", True)
    assert verdict.same == {f"new-{n}": f"old-{n}" for n in range(30)}
    assert not verdict.missing
    assert not verdict.closed


def test_without_the_texts_it_is_held():
    assert judge(known(30), look(*keys(30, "new")), NOW).outcome == "held"


def test_what_vanished_beside_changed_keys_goes_missing_and_what_came_is_new():
    shown = [*keys(25, "new"), "fresh-99"]
    verdict = decide(known(30), look(*shown))
    assert verdict.accept
    assert len(verdict.same) == 25
    assert "fresh-99" not in verdict.same
    assert verdict.missing == {f"old-{n}" for n in range(25, 30)}


def test_changed_keys_do_not_excuse_a_list_that_lost_half_of_itself():
    assert decide(known(40), look(*keys(20, "new"))).outcome == "held"


def test_changed_keys_do_not_excuse_a_list_most_of_which_is_new():
    shown = [*keys(30, "new"), *(f"x-{n}" for n in range(100, 140))]
    assert decide(known(30), look(*shown)).outcome == "held"


def test_where_several_share_a_text_as_many_are_old_as_were_there():
    before = known(30)
    seen = Look(dict.fromkeys(keys(32, "new"), ""), texts=dict.fromkeys(keys(32, "new"), "the same"))
    verdict = judge(before, seen, NOW, None, dict.fromkeys(before, "the same"))
    assert verdict.accept
    assert len(verdict.same) == len(set(verdict.same.values())) == 30


def test_items_without_a_text_are_never_the_same():
    seen = Look(dict.fromkeys(keys(30, "new"), ""), texts=dict.fromkeys(keys(30, "new"), ""))
    assert judge(known(30), seen, NOW, None, dict.fromkeys(keys(30), "")).outcome == "held"


def test_a_sibling_of_what_is_still_shown_is_new():
    shown = [*keys(30)[10:], *keys(15, "new")]  # new-10 … new-14 read like rows that are still there
    assert decide(known(30), look(*shown)).same.keys() == {f"new-{n}" for n in range(10)}


def test_a_new_row_that_is_shown_as_closed_takes_no_ones_place():
    seen = Look(dict.fromkeys(keys(30, "new"), "filled"), texts=texts(*keys(30, "new")))
    assert judge(known(30), seen, NOW, None, texts(*keys(30))).same == {}


@pytest.mark.parametrize(
    ("shown", "changed"),
    [(keys(30), False), (keys(29), True), ([*keys(30), "x-99"], True), (keys(30, "new"), True)],
)
def test_a_look_changes_something_if_items_come_or_go_or_get_other_keys(shown, changed):
    assert decide(known(30), look(*shown)).changed is changed


def test_a_missing_item_is_found_again_under_its_new_key():
    before = known(30) | {"old-3": Known("missing", NOW - 90 * HOUR, last_seen=NOW - 91 * HOUR)}
    verdict = decide(before, look(*keys(30, "new")))
    assert verdict.same["new-3"] == "old-3"
    assert not verdict.closed


def test_texts_are_asked_for_only_where_much_changed():
    assert doubtful(known(30), look(*keys(30))) == frozenset()
    assert doubtful(known(30), look(*keys(26), *keys(5, "new"))) == frozenset()
    assert doubtful(known(30), look(*keys(20))) == frozenset()
    assert doubtful(known(30), look(*keys(20), *keys(5, "x"))) == set(keys(30)[20:])
    assert doubtful(known(30), look(*keys(28), *keys(20, "x"))) == {"old-28", "old-29"}
    assert doubtful(known(19), look()) == frozenset()
    assert doubtful(known(30), Look({}, error=FetchError(URL, "x"))) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Blue Heron Labs", "ML Intern", ["Oslo"]), ("blue heron  labs", "ML  intern", ["OSLO"]), True),
        (
            ("Blue Heron, Labs", "ML-Intern", ["Oslo", "Bergen"]),
            ("Blue Heron Labs", "ML Intern", ["Bergen", "Oslo"]),
            True,
        ),
        (("Blue Heron Labs", "ML Intern", ["Oslo"]), ("Blue Heron Labs", "ML Intern", ["Bergen"]), False),
        (("Blue Heron Labs", "ML Intern", []), ("Heron Labs", "ML Intern", []), False),
        (("Blue", "Heron ML Intern", []), ("Blue Heron", "ML Intern", []), False),
    ],
)
def test_a_posting_is_known_by_organization_title_and_places(one, other, same):
    assert (text_key(*one) == text_key(*other)) is same


def test_without_a_title_there_is_no_text():
    assert text_key("Blue Heron Labs", " – ", ["Oslo"]) == ""


# ------------------------------------------------------------------------------------------------ the newest only
def window(number: int = 100, age: timedelta = HOUR) -> dict[str, Known]:
    """What a list of the newest showed `age` ago, and what left it before."""
    return known(500, "gone", age + 9 * HOUR) | known(number, age=age)


def test_what_left_a_list_of_the_newest_is_not_expected_back():
    verdict = decide(window(), look(*keys(100)[30:], *keys(30, "fresh"), windowed=True))
    assert (verdict.outcome, verdict.missing, verdict.closed) == ("ok", frozenset(), {})


def test_a_list_of_the_newest_may_make_room_for_nearly_half_at_once():
    shown = [*keys(100)[49:], *(f"x-{n}" for n in range(200, 249))]
    assert decide(window(), look(*shown, windowed=True)).outcome == "ok"


@pytest.mark.parametrize(("left", "outcome"), [(61, "ok"), (60, "held"), (1, "held"), (0, "held")])
def test_a_list_of_the_newest_that_shrinks_by_two_fifths_is_held(left, outcome):
    assert decide(window(), look(*keys(left), windowed=True)).outcome == outcome


@pytest.mark.parametrize(("age", "outcome"), [(HOUR, "held"), (TURNOVER, "held"), (TURNOVER + HOUR, "ok")])
def test_a_list_of_the_newest_may_be_all_new_after_some_hours(age, outcome):
    seen = look(*(f"x-{n}" for n in range(200, 300)), windowed=True)
    assert decide(window(age=age), seen).outcome == outcome


def test_waiting_does_not_make_what_was_held_believable():
    seen = look(*(f"x-{n}" for n in range(200, 300)), windowed=True)
    hold = Hold(NOW - 10 * HOUR, ("something else",))
    assert decide(window(age=11 * HOUR), seen, hold=hold).outcome == "held"


def test_a_list_of_the_newest_that_changed_its_keys_shows_the_same():
    verdict = decide(window(), look(*keys(100, "new"), windowed=True))
    assert verdict.accept
    assert verdict.same["new-99"] == "old-99"


# ------------------------------------------------------------------------------------------------ ending a hold
def hold_of(*shown: str, age: timedelta) -> Hold:
    return Hold(NOW - age, fingerprint(shown))


def test_what_is_held_is_remembered_with_its_time():
    verdict = decide(known(40), look(*keys(9)))
    assert verdict.hold == Hold(NOW, fingerprint(keys(9)))


def test_recovery_ends_a_hold():
    verdict = decide(known(40), look(*keys(39)), hold=hold_of(*keys(9), age=HOUR))
    assert (verdict.accept, verdict.hold, verdict.missing) == (True, None, {"old-39"})


@pytest.mark.parametrize(("age", "outcome"), [(AGREE_AFTER - HOUR / 60, "held"), (AGREE_AFTER, "ok")])
def test_agreement_ends_a_hold_after_six_hours(age, outcome):
    verdict = decide(known(40), look(*keys(9)), hold=hold_of(*keys(9), age=age))
    assert verdict.outcome == outcome
    if verdict.accept:
        assert verdict.missing == set(keys(40)[9:])
        assert verdict.hold is None
        assert not verdict.closed


@pytest.mark.parametrize(
    ("number", "outcome"), [(8, "ok"), (10, "ok"), (7, "held"), (11, "ok"), (12, "ok"), (13, "held")]
)
def test_nearly_the_same_is_agreement(number, outcome):
    verdict = decide(known(40), look(*keys(number)), hold=hold_of(*keys(10), age=AGREE_AFTER))
    assert verdict.outcome == outcome


def test_a_look_that_does_not_agree_begins_the_hold_anew():
    verdict = decide(known(40), look(*keys(5)), hold=hold_of(*keys(10), age=5 * HOUR))
    assert verdict.hold == Hold(NOW, fingerprint(keys(5)))


def test_a_look_that_agrees_prolongs_the_hold_and_is_what_the_next_is_compared_with():
    verdict = decide(known(40), look(*keys(9)), hold=hold_of(*keys(10), age=5 * HOUR))
    assert verdict.hold == Hold(NOW - 5 * HOUR, fingerprint(keys(9)))


def test_accepting_by_agreement_still_tells_changed_keys_from_new_ones():
    shown = [*keys(10, "new"), *(f"x-{n}" for n in range(100, 130))]
    verdict = decide(known(40), look(*shown), hold=hold_of(*shown, age=7 * HOUR))
    assert verdict.accept
    assert verdict.same == {f"new-{n}": f"old-{n}" for n in range(10)}


@pytest.mark.parametrize(("age", "outcome"), [(7 * HOUR, "held"), (71 * HOUR, "held"), (NOTHING_AFTER, "empty")])
def test_an_answer_of_nothing_is_believed_after_days_only(age, outcome):
    assert decide(known(40), look(), hold=Hold(NOW - age)).outcome == outcome


def test_records_none_of_which_fit_are_never_believed():
    verdict = decide(known(40), look(skipped=9), hold=Hold(NOW - 30 * 24 * HOUR))
    assert (verdict.outcome, verdict.accept) == ("failed", False)


def test_a_clock_set_back_ends_no_hold():
    verdict = decide(known(40), look(*keys(9)), hold=hold_of(*keys(9), age=-50 * HOUR))
    assert verdict.hold == Hold(NOW, fingerprint(keys(9)))


def test_a_state_of_long_ago_speaks_against_nothing_but_nothing():
    before = known(40, age=STALE)
    assert decide(before, look(*keys(5), *keys(90, "x"))).outcome == "ok"
    assert decide(before, look()).outcome == "held"
    assert decide(known(40, age=STALE - HOUR), look(*keys(5))).outcome == "held"


@pytest.mark.parametrize("error", [FetchError(URL, "503"), NotYet(URL, "wait", NOW), KeyError("jobs")])
def test_a_failure_leaves_a_hold_as_it_is(error):
    hold = hold_of("a", age=5 * HOUR)
    assert judge(known(40), Look({}, error=error), NOW, hold).hold == hold
    assert judge(known(40), Look({}, error=error), NOW).hold is None


def test_an_answer_of_no_bytes_begins_a_hold_and_prolongs_one():
    seen = Look({}, error=EmptyAnswer(URL, "the answer is empty"))
    assert judge(known(40), seen, NOW).hold == Hold(NOW)
    assert judge(known(40), seen, NOW, Hold(NOW - 900 * HOUR)).hold == Hold(NOW - 900 * HOUR)


# ------------------------------------------------------------------------------------------------ fingerprints
def test_a_fingerprint_is_small_and_independent_of_order():
    many = keys(50_000)
    assert fingerprint(many) == fingerprint(reversed(many))
    assert len(fingerprint(many)) == MARKS
    assert len(fingerprint(["a", "b", "a"])) == 2


@given(st.sets(st.text(max_size=3), max_size=30), st.sets(st.text(max_size=3), max_size=30))
def test_agreement_is_the_share_that_both_have(one, other):
    share = len(one & other) / len(one | other) if one | other else 1.0
    assert agreement(fingerprint(one), fingerprint(other)) == pytest.approx(share)


@pytest.mark.parametrize("both", [0, 2_000, 8_000, 10_000])
def test_of_large_sets_it_is_estimated(both):
    one, other = keys(10_000), [*keys(both), *keys(10_000 - both, "x")]
    share = both / (20_000 - both)
    assert agreement(fingerprint(one), fingerprint(other)) == pytest.approx(share, abs=0.05)


def test_keys_of_any_kind_have_a_digest():
    assert len(fingerprint(["\udcff", "\0", "ключ"])) == 3


# ------------------------------------------------------------------------------------------------ whatever happens
places = st.sampled_from([f"{prefix}-{n}" for prefix in ("old", "new") for n in range(30)])
states = st.builds(
    Known,
    st.sampled_from(["open", "open", "open", "missing", "closed"]),
    st.none() | st.just(NOW - 30 * HOUR),
    st.just(""),
    st.none() | st.sampled_from([NOW - HOUR, NOW - 9 * HOUR, NOW + HOUR]),
)
holds = st.none() | st.builds(
    Hold, st.sampled_from([NOW - 100 * HOUR, NOW - HOUR, NOW + HOUR]), st.sets(places).map(fingerprint)
)


@given(st.dictionaries(places, states, min_size=15), st.sets(places), st.booleans(), st.booleans(), holds)
def test_what_is_linked_is_new_here_and_gone_there_and_reads_alike(before, shown, complete, windowed, hold):
    seen = look(*shown, complete=complete, windowed=windowed)
    verdict = decide(before, seen, hold=hold)
    for new, old in verdict.same.items():
        assert new in shown and new not in before
        assert old in before and old not in shown
        assert texts(new)[new] == texts(old)[old]
    taken = verdict.missing | verdict.closed.keys()
    assert not taken & set(verdict.same.values())
    assert len(set(verdict.same.values())) == len(verdict.same)
    assert verdict.accept or not (verdict.same or taken)
    assert (verdict.hold is not None) >= (verdict.outcome == "held")
    assert verdict.hold is None or not verdict.accept
    if windowed or not complete:
        assert not taken


@given(st.integers(20, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_a_hold_ends_when_the_source_goes_on_showing_the_same(number, left, new, wait):
    """Whatever a source shows, if it goes on to show it for three days it is believed."""
    before, shown = known(number), [*keys(min(left, number)), *(f"x-{n}" for n in range(100, 100 + new))]
    hold, hours = None, 0
    for hours in range(0, 80, wait + 1):
        verdict = decide(before, look(*shown), NOW + hours * HOUR, hold)
        hold = verdict.hold
        if verdict.accept:
            break
    assert verdict.accept
    assert hours <= (NOTHING_AFTER if not shown else AGREE_AFTER) / HOUR + wait
