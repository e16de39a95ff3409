"""Whether a source is well: what is unusual is told in words, and what was quiet before is not called broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.health import ENOUGH_LOOKS, ENOUGH_ROWS, USUAL, Fills, Past, fills, health, schema
from finder.model import Found

START = datetime(2026, 8, 1, 10, tzinfo=UTC)


def found(key: str = "1", **told) -> Found:
    return Found(kind="internship", key=key, title="ML Intern", url="https://jobs.example/1", **told)


def past(*looks, **others) -> list[Past]:
    """A look a day: an outcome, or the number of items of a good one."""
    return [
        Past(
            START + timedelta(days=day),
            one if isinstance(one, str) else "ok" if one else "empty",
            one if isinstance(one, int) else 0,
            **others,
        )
        for day, one in enumerate(looks)
    ]


def told(rows: int = 100, **shares: float) -> Past:
    return Past(START, "ok", 100, fills=Fills(rows, shares))


def findings(*looks: Past) -> tuple[str, ...]:
    one = health(looks)
    assert one is not None
    return one.findings


# ------------------------------------------------------------------------------------------------ how it is
def test_a_source_never_asked_has_no_health():
    assert health([]) is None
    assert health(past("not yet", "not yet")) is None


@pytest.mark.parametrize(
    ("looks", "outcome", "streak", "since", "good"),
    [
        ([5], "ok", 1, 0, 0),
        ([5, "failed", "failed"], "failed", 2, 1, 0),
        (["failed", 5, 6], "ok", 2, 1, 2),
        ([5, "failed", "held", "held", "held"], "held", 4, 1, 0),
        ([5, "held", 6, "held", "failed"], "failed", 2, 3, 2),
        ([5, "failed", "not yet", "held"], "held", 2, 1, 0),
        ([5, 0, 0], "empty", 2, 1, 2),
        (["failed"], "failed", 1, 0, None),
        ([5, "failed", "not yet", "failed", "not yet"], "failed", 2, 1, 0),
    ],
)
def test_the_last_outcome_is_told_with_its_streak(looks, outcome, streak, since, good):
    one = health(past(*looks))
    assert (one.outcome, one.streak, one.since) == (outcome, streak, START + timedelta(days=since))
    assert one.last_good == (None if good is None else START + timedelta(days=good))


def test_a_streak_of_failures_is_told_whole_and_one_of_good_looks_as_far_as_it_is_known():
    assert health(past(*[5] * 50)).streak == USUAL + 1
    assert health(past(*[5] * 50, *["failed"] * 80)).streak == 80


def test_broken_is_not_quiet_and_quiet_is_not_broken():
    assert [health(past(*looks)).is_broken for looks in ([5, 0, 0], [5, "failed"], [5, "held"], [5, 5])] == [
        *(False, True, True, False)
    ]


# ------------------------------------------------------------------------------------------------ counts
@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ([100, 110, 90, 49], ("49 items, where 100 are usual (median of 3 looks)",)),
        ([100, 110, 90, 301], ("301 items, where 100 are usual (median of 3 looks)",)),
        ([100, 110, 90, 0], ("0 items, where 100 are usual (median of 3 looks)",)),
        ([100, 110, 90, 50], ()),
        ([100, 110, 90, 300], ()),
        ([100, 110, 9], ()),
        ([9, 9, 9, 1], ()),
        ([100, 110, 90, "failed"], ()),
    ],
)
def test_a_count_is_measured_by_the_usual_one(looks, told):
    assert findings(*past(*looks)) == told


def test_looks_that_were_not_believed_are_not_what_is_usual():
    assert findings(*past(100, "failed", "held", 100, "failed", 100, 40)) != ()
    assert findings(*past(100, "failed", "held", "failed", 40)) == ()


def test_only_what_is_recent_is_usual():
    assert findings(*past(*[1000] * 50, *[100] * USUAL, 90)) == ()
    assert findings(*past(*[1000] * 50, *[100] * (USUAL // 2 - 1), 90)) != ()


# ------------------------------------------------------------------------------------------------ fields
def test_a_field_that_is_not_told_any_more_is_named():
    before = [told(posted=0.95, locations=1.0, pay=0.3)] * ENOUGH_LOOKS
    assert findings(*before, told(posted=0.03, locations=0.98)) == (
        "posted: told for 95 % of the rows before, for 3 % now",
    )


@pytest.mark.parametrize(
    ("share", "left", "lost"),
    [(0.8, 0.2, True), (0.79, 0.2, False), (0.8, 0.21, False), (1.0, 0.0, True), (0, 1, False)],
)
def test_it_takes_most_of_the_rows_to_lose_a_field(share, left, lost):
    assert bool(findings(*[told(posted=share)] * ENOUGH_LOOKS, told(posted=left))) is lost


def test_too_few_looks_or_rows_say_nothing():
    before = [told(posted=1.0)] * ENOUGH_LOOKS
    assert findings(*before[1:], told()) == ()
    assert findings(*before, told(rows=ENOUGH_ROWS - 1)) == ()
    assert findings(*[told(rows=ENOUGH_ROWS - 1, posted=1.0)] * 9, told()) == ()


def test_a_look_at_unchanged_pages_says_nothing_about_fields():
    looks = [told(posted=1.0), Past(START, "ok", 100), told(posted=1.0), told(posted=1.0)]
    assert findings(*looks, Past(START, "ok", 100)) == ()
    lost = ("posted: told for 100 % of the rows before, for 0 % now",)
    assert findings(*looks, told()) == lost
    assert findings(*looks, told(), Past(START, "ok", 100)) == lost, "what was lost stays lost"
    assert findings(*looks, told(), Past(START, "failed"), Past(START, "ok", 100)) == lost


def test_what_is_lost_for_good_becomes_what_is_usual():
    looks = [told(posted=1.0)] * USUAL
    ends = [bool(findings(*looks, *[told()] * more)) for more in (1, USUAL // 2, USUAL // 2 + 2, USUAL)]
    assert ends == [True, True, False, False]


def test_a_look_at_few_new_rows_takes_nothing_back():
    looks = [told(posted=1.0)] * ENOUGH_LOOKS
    assert findings(*looks, told(), told(rows=ENOUGH_ROWS - 1, posted=1.0)) == findings(*looks, told()) != ()


def test_a_field_never_told_before_is_news_and_no_trouble():
    looks = [told(posted=1.0)] * ENOUGH_LOOKS
    one = health([*looks, told(posted=1.0, pay=0.92)])
    assert (one.news, one.findings, one.is_broken) == (
        ("pay: told for 92 % of the rows now, never before",),
        (),
        False,
    )
    assert health([*looks, told(posted=1.0, pay=0.79)]).news == ()
    assert health([*looks[1:], told(posted=1.0, pay=0.92)]).news == ()
    assert health([told(posted=1.0, pay=0.01), *looks, told(posted=1.0, pay=0.92)]).news == ()


def test_a_renamed_column_is_a_loss_and_news():
    one = health([*[told(locations=0.97)] * ENOUGH_LOOKS, told(category=0.97)])
    assert [told.partition(":")[0] for told in (*one.findings, *one.news)] == ["locations", "category"]


def test_the_shares_of_the_last_new_pages_are_handed_on():
    looks = [told(posted=0.5), told(rows=3, posted=1.0), Past(START, "ok", 3), Past(START, "failed")]
    assert health(looks).fills == Fills(3, {"posted": 1.0})
    assert health(past("failed")).fills is None


def test_all_ways_of_being_down_are_told_in_their_order():
    assert health(past(5, "held", "failed", "held")).ways == ("held", "failed")
    assert health(past(5, 6)).ways == ("ok",)


def test_one_odd_look_before_does_not_hide_it():
    assert len(findings(*[told(posted=1.0)] * 4, told(), told())) == 1


# ------------------------------------------------------------------------------------------------ what rows tell
def test_fill_rates_are_the_shares_of_rows_that_tell_a_field():
    one = fills([found(posted="3d", remote=False), found(posted="", locations=("Oslo",)), found(extra={"a": 1})])
    assert one == Fills(3, {"title": 1.0, "url": 1.0, "posted": 0.33, "remote": 0.33, "locations": 0.33, "extra": 0.33})


def test_keys_and_marks_are_no_fields():
    assert not fills([found(closed="filled", hidden=True)]).shares.keys() & {"key", "kind", "closed", "hidden"}


def test_no_rows_tell_nothing():
    assert fills([]) == Fills(0, {})


def test_the_fingerprint_is_of_all_fields_ever_told():
    assert schema([Fills(9, {"posted": 0.5}), Fills(1, {"pay": 0.01, "terms": 0.0})]) == {"posted", "pay"}
    assert schema([]) == frozenset()


looks = st.builds(
    Past,
    st.just(START),
    st.sampled_from(["ok", "empty", "failed", "held", "not yet"]),
    st.integers(0, 500),
    fills=st.none()
    | st.builds(Fills, st.integers(0, 50), st.dictionaries(st.sampled_from(["posted", "pay"]), st.floats(0, 1))),
)


@given(st.lists(looks, max_size=12))
def test_whatever_the_history_its_health_can_be_told(history):
    one = health(history)
    asked = [look for look in history if look.outcome != "not yet"]
    assert (one is None) is (not asked)
    if one is not None:
        assert one.outcome == asked[-1].outcome
        assert 1 <= one.streak <= len(asked)
        assert {look.outcome for look in asked[-one.streak :]} == set(one.ways)
        assert one.outcome in one.ways
        assert one.is_broken or one.outcome in ("ok", "empty")
