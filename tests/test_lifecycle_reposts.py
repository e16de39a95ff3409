"""What is a posting put up again, and what only looks like one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from making import NOW, at, days, opening

from finder.lifecycle import REPOST_AFTER, REPOST_WITHIN, repost_of

OSLO, BERGEN = at("Oslo", "Oslo", "", "NO"), at("Bergen", "Bergen", "", "NO")


LONG_AGO = days(20)


def old(id_="old", gone=LONG_AGO, **changes):
    """An opening that was last seen `gone` ago and is closed."""
    told = {"state": "closed", "first_seen": NOW - gone - days(30), "last_seen": NOW - gone, "places": (OSLO,)}
    return opening(id_, **{**told, **changes})


def new(**changes):
    return opening("new", **{"places": (OSLO,), **changes})


def found(*candidates, **changes) -> str:
    again = repost_of(new(**changes), candidates)
    return again.id if again else ""


def test_the_same_words_after_a_while_are_a_repost():
    assert found(old()) == "old"


def test_letters_and_signs_do_not_matter():
    assert found(old(title="machine-learning INTERN", organization="QUILLMARK Robotics")) == "old"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "open"},
        {"state": "missing"},
        {"title": "Machine Learning Intern, Summer 2027"},
        {"organization": "Quillmark Foods"},
        {"places": (BERGEN,)},
        {"places": ()},
    ],
)
def test_anything_else_is_not(changes):
    assert found(old(**changes)) == ""


@pytest.mark.parametrize(
    ("gone", "again"),
    [
        (-days(1), False),
        (days(0), False),
        (REPOST_AFTER - timedelta(seconds=1), False),
        (REPOST_AFTER, True),
        (REPOST_WITHIN, True),
        (REPOST_WITHIN + timedelta(seconds=1), False),
    ],
)
def test_what_stood_beside_it_is_a_sibling_and_what_is_long_past_another_season(gone, again):
    assert (found(old(gone=gone)) == "old") is again


def test_a_list_may_go_on_showing_it_as_closed():
    """What counts is when it was open last, and not when it was seen last."""
    assert found(old(gone=days(0), state_at=NOW - days(20))) == "old"
    assert found(old(gone=days(0), state_at=NOW - days(1))) == ""
    assert found(old(gone=days(20), state_at=NOW)) == "old"


def test_one_place_in_common_is_enough_and_none_on_both_sides_too():
    assert found(old(places=(BERGEN, OSLO))) == "old"
    assert found(old(places=()), places=()) == "old"


def test_places_without_a_city_are_compared_as_they_were_written():
    assert found(old(places=(at("Remote in Norway"),)), places=(at("Remote in Norway"),)) == "old"
    assert found(old(places=(at("Remote in Norway"),)), places=(at("Hybrid"),)) == ""


def test_the_last_of_several_is_meant():
    assert found(old("first", days(90)), old("last", days(9)), old("between", days(40))) == "last"


def test_an_opening_is_no_repost_of_itself_or_of_what_has_no_title():
    assert repost_of(new(), [old("new")]) is None
    assert found(old(title=""), title="") == ""
    assert repost_of(new(), []) is None
