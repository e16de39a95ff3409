"""States and sightings: missing, closed and back, seen from two sides, moved to another address."""

from __future__ import annotations

import pytest
from _store import (
    BERLIN,
    LIST_PAGE,
    NOW,
    OSLO,
    at,
    everything,
    item,
    reader,
    record,
    remembered,
    rows,
    the_opening,
)

from db import openings
from db.look import Recorded
from db.store import Store
from finder.lifecycle import Known
from finder.model import Place


# ------------------------------------------------------------------------------------------------ states
def test_absent_missing_closed_and_back(store: Store) -> None:
    record(store, item())
    assert record(store, hours=24, missing={"1"}) == Recorded()
    assert (the_opening(store).state, the_opening(store).state_at) == ("missing", at(24))
    assert store.known("list") == {"1": Known("missing", at(24), (), at(0))}
    assert record(store, hours=30, missing={"1"}) == Recorded()
    assert store.known("list")["1"].missing_since == at(24)
    assert record(store, hours=48, closed={"1": "absent from two looks"}) == Recorded(closed=1)
    opening = the_opening(store)
    assert (opening.state, opening.evidence, opening.state_at) == ("closed", "absent from two looks", at(48))
    assert opening.last_seen == NOW
    assert record(store, item(), hours=72) == Recorded(reopened=1)
    opening = the_opening(store)
    assert (opening.state, opening.evidence, opening.state_at) == ("open", "", at(72))
    assert (opening.first_seen, opening.last_seen) == (NOW, at(72))


def test_what_comes_back_before_it_is_closed_was_never_closed(store: Store) -> None:
    record(store, item())
    record(store, hours=24, missing={"1"})
    assert record(store, item(), hours=30) == Recorded()
    assert store.known("list") == {"1": Known("open", None, (LIST_PAGE,), at(30))}


def test_the_sources_own_word_closes_at_once(store: Store) -> None:
    assert record(store, item("1"), item("2", closed="active: false")) == Recorded(added=2)
    assert record(store, item("1", closed="active: false"), item("2", closed="active: false"), hours=1) == Recorded(
        closed=1
    )
    for opening in everything(store).values():
        since = at(1) if opening.url.endswith("/1") else NOW
        assert (opening.state, opening.evidence, opening.state_at) == ("closed", "active: false", since)


def test_closed_ones_do_not_go_missing_and_do_not_close_again(store: Store) -> None:
    record(store, item("1", closed="filled"))
    assert record(store, hours=1, missing={"1"}) == Recorded()
    assert record(store, hours=2, closed={"1": "absent"}) == Recorded()
    assert (the_opening(store).evidence, the_opening(store).state_at) == ("filled", NOW)


def test_an_item_that_is_shown_is_not_missing_whatever_is_concluded(store: Store) -> None:
    record(store, item())
    record(store, item(), hours=1, missing={"1"}, closed={"1": "absent"})
    assert the_opening(store).state == "open"


def test_an_unchanged_page_shows_its_items_again(store: Store) -> None:
    record(store, item("1"), item("2", closed="filled"), pages={LIST_PAGE: remembered()})
    assert record(store, hours=3, touched={"1", "2"}, unchanged=True) == Recorded()
    states = {o.url[-1]: (o.state, o.last_seen) for o in everything(store).values()}
    assert states == {"1": ("open", at(3)), "2": ("closed", at(3))}


def test_an_unchanged_page_can_bring_back_what_was_missing(store: Store) -> None:
    record(store, item())
    record(store, hours=1, missing={"1"})
    record(store, hours=2, touched={"1"})
    assert store.known("list")["1"].missing_since is None
    assert (the_opening(store).state, the_opening(store).state_at) == ("open", at(2))


def test_a_page_that_no_longer_shows_an_item_cannot_show_it_by_a_304(store: Store) -> None:
    """Even when the look as a whole was incomplete, so that nothing went missing."""
    pages = {LIST_PAGE: remembered()}
    record(store, item("1"), item("2"), pages=pages)
    record(store, item("1"), hours=1, pages={LIST_PAGE: remembered('"v2"')})
    assert {key: known.pages for key, known in store.known("list").items()} == {"1": (LIST_PAGE,), "2": ()}
    assert store.known("list")["2"].state == "open"


def test_a_page_that_was_not_asked_still_stands_for_its_items(store: Store) -> None:
    second = "GET https://list.example/2"
    record(store, item("1"), item("2", page=second), pages={LIST_PAGE: remembered(), second: remembered()})
    record(store, item("1"), hours=1, pages={LIST_PAGE: remembered()})
    assert store.known("list")["2"].pages == (second,)


def test_an_item_moves_to_the_page_that_shows_it(store: Store) -> None:
    record(store, item("1"))
    assert record(store, item("1", page="GET https://list.example/2"), hours=1) == Recorded()
    assert store.known("list")["1"].pages == ("GET https://list.example/2",)


def test_a_clock_that_runs_backwards_refreshes_nothing(store: Store) -> None:
    record(store, item("1"), item("2"))
    record(store, item("1"), item("2", title="Changed"), hours=-24)
    for opening in everything(store).values():
        assert (opening.first_seen, opening.last_seen) == (NOW, NOW)


# ------------------------------------------------------------------------------------------------ several sources
def test_two_sources_one_opening(store: Store) -> None:
    assert record(store, item("1", identity="greenhouse:9"), source="list").added == 1
    assert record(store, item("x", identity="greenhouse:9"), source="board", hours=5) == Recorded()
    opening = the_opening(store)
    assert [sighting.source for sighting in opening.sightings] == ["list", "board"]
    assert (opening.first_seen, opening.last_seen) == (NOW, at(5))


def test_two_keys_of_one_source_can_be_one_opening(store: Store) -> None:
    assert record(store, item("1", identity="same"), item("2", identity="same")) == Recorded(added=1)
    assert len(the_opening(store).sightings) == 2


def test_any_open_sighting_keeps_an_opening_open(store: Store) -> None:
    record(store, item("1", identity="same"), source="list")
    record(store, item("x", identity="same"), source="board")
    assert record(store, item("1", identity="same", closed="gone"), source="list", hours=1).closed == 0
    assert the_opening(store).state == "open"
    record(store, source="board", hours=2, missing={"x"})
    assert the_opening(store).state == "missing"
    assert record(store, source="board", hours=30, closed={"x": "absent twice"}) == Recorded(closed=1)
    opening = the_opening(store)
    assert (opening.state, opening.evidence, opening.state_at) == ("closed", "absent twice", at(30))
    assert {sighting.evidence for sighting in opening.sightings} == {"gone", "absent twice"}


def test_a_closed_opening_keeps_what_closed_it_when_another_list_calls_it_closed(store: Store) -> None:
    record(store, item("1", identity="same", closed="filled"), source="list")
    assert record(store, item("x", identity="same", closed="active: false"), source="other", hours=9) == Recorded()
    assert (the_opening(store).evidence, the_opening(store).state_at) == ("filled", NOW)


def test_one_source_does_not_touch_the_items_of_another(store: Store) -> None:
    record(store, item("1"), source="list")
    record(store, item("1", url="https://other.example/1"), source="other")
    record(store, source="other", hours=1, missing={"1"})
    assert store.known("list")["1"].state == "open"
    assert store.known("other")["1"].state == "missing"


def test_an_opening_is_hidden_only_where_all_hide_it(store: Store) -> None:
    record(store, item("1", identity="same", hidden=True), source="list")
    with reader(store) as reading:
        assert reading.openings() == []
        assert reading.counts() == {}
    record(store, item("x", identity="same"), source="other")
    with reader(store) as reading:
        assert len(reading.openings()) == 1
    record(store, item("x", identity="same", hidden=True), source="other", hours=1)
    with reader(store) as reading:
        assert reading.openings() == []


def test_the_employers_board_speaks_before_a_list(store: Store) -> None:
    told = {"identity": "same", "url": "https://jobs.example/9"}
    record(store, item("1", title="ML intern!!", description="short", **told), source="list", authority=0)
    record(store, item("x", title="Machine Learning Intern", pay="30", **told), source="board", authority=10, hours=1)
    opening = the_opening(store)
    assert (opening.title, opening.pay, opening.description) == ("Machine Learning Intern", "30", "short")
    record(store, item("1", title="ML INTERN!!", description="s", **told), source="list", authority=0, hours=2)
    assert the_opening(store).title == "Machine Learning Intern"


def test_places_and_terms_are_those_of_all_open_sightings(store: Store) -> None:
    berlin = Place("Berlin (Hybrid)", "Berlin", "BE", "DE")
    record(store, item("1", identity="same", places=(BERLIN,), terms=("Summer 2027",)), source="list")
    record(store, item("x", identity="same", places=(OSLO, berlin), terms=("summer 2027", "Fall 2027")), source="other")
    opening = the_opening(store)
    assert (opening.places, opening.terms) == ((BERLIN, OSLO), ("Summer 2027", "Fall 2027"))
    assert (
        record(store, item("x", identity="same", closed="gone", places=(OSLO,)), source="other", hours=1).changed == 1
    )
    assert (the_opening(store).places, the_opening(store).terms) == ((BERLIN,), ("Summer 2027",))


# ------------------------------------------------------------------------------------------------ identity
def test_an_item_whose_address_changed_moves_and_takes_its_age_with_it(store: Store) -> None:
    record(store, item("1", identity="old"))
    old = the_opening(store).id
    counts = record(store, item("1", identity="new"), hours=48)
    opening = the_opening(store)
    assert opening.id != old
    assert (opening.first_seen, counts.added) == (NOW, 0)
    with reader(store) as reading:
        assert reading.opening(old) is None
    assert rows(store, "SELECT count(*) FROM document") == [(1,)]


def test_an_item_can_move_to_an_opening_that_is_there(store: Store) -> None:
    record(store, item("1", identity="a"), item("2", identity="b"))
    record(store, item("1", identity="b"), item("2", identity="b"), hours=1)
    assert len(the_opening(store).sightings) == 2


def test_the_opening_that_an_item_leaves_goes_on_with_its_other_sightings(store: Store) -> None:
    record(store, item("1", identity="a", title="From the list"), source="list", authority=5)
    record(store, item("x", identity="a", title="From elsewhere"), source="other")
    record(store, item("1", identity="b", title="From the list"), source="list", authority=5, hours=1)
    assert rows(store, "SELECT identity, title FROM opening ORDER BY identity") == [
        ("a", "From elsewhere"),
        ("b", "From the list"),
    ]


def test_an_identity_that_comes_back_has_its_old_id(store: Store) -> None:
    ids = []
    for hours, identity in enumerate(("a", "b", "a")):
        record(store, item("1", identity=identity), hours=hours)
        ids.append(the_opening(store).id)
    assert ids[0] == ids[2] != ids[1]


def test_ids_that_collide_are_made_longer_and_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = openings.opening_id
    monkeypatch.setattr(
        openings, "opening_id", lambda identity, length=8: "abcdefgh" + real(identity, 20)[: length - 8]
    )
    record(store, item("1"), item("2"))
    record(store, item("1"), item("2"), item("3"), hours=1)
    ids = {opening.url[-1]: opening.id for opening in everything(store).values()}
    assert len(set(ids.values())) == 3
    assert ids["1"] == "abcdefgh" or ids["2"] == "abcdefgh"
    assert all(number.startswith("abcdefgh") and len(number) <= 10 for number in ids.values())
