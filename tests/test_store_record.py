"""What a look at a source does to openings: known, changed, moved, missing, closed, seen from two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from _store import (
    BERLIN,
    LIST_PAGE,
    NOW,
    OSLO,
    at,
    dump,
    everything,
    item,
    look,
    new_store,
    path_of,
    reader,
    record,
    remembered,
    rows,
    the_opening,
    the_run,
)

from db import openings
from db.look import Recorded
from db.store import Store
from finder.lifecycle import Known
from finder.model import Place


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


# ------------------------------------------------------------------------------------------------ one source
def test_an_item_becomes_an_opening_with_all_that_is_known_of_it(store: Store) -> None:
    shown = item(
        terms=("Summer 2027",),
        remote=False,
        pay="30 $/h",
        description="Train models.",
        skills=("pytorch",),
        degrees=("MSc",),
        extra={"stars": 3},
        posted_at=at(-48),
        updated_at=at(-24),
        deadline=at(240),
    )
    assert record(store, shown) == Recorded(added=1)
    opening = the_opening(store)
    assert (opening.kind, opening.title, opening.organization) == (
        "internship",
        "Machine Learning Intern",
        "Blue Heron Labs",
    )
    assert (opening.places, opening.terms, opening.remote) == ((BERLIN,), ("Summer 2027",), False)
    assert (opening.posted_at, opening.updated_at, opening.deadline) == (at(-48), at(-24), at(240))
    assert (opening.description, opening.pay) == ("Train models.", "30 $/h")
    assert opening.extra == {"stars": 3, "skills": ["pytorch"], "degrees": ["MSc"]}
    assert (opening.state, opening.evidence) == ("open", "")
    assert opening.first_seen == opening.last_seen == opening.state_at == NOW
    (sighting,) = opening.sightings
    assert (sighting.source, sighting.url, sighting.state) == ("list", "https://jobs.example/1", "open")


def test_remote_is_told_apart_from_not_said(store: Store) -> None:
    record(store, item("1", remote=True), item("2", remote=False), item("3", remote=None))
    assert [everything(store)[f"https://jobs.example/{key}"].remote for key in "123"] == [True, False, None]


def test_the_same_look_again_changes_nothing_but_last_seen(store: Store) -> None:
    shown = [item("1", description="a"), item("2", closed="active: false"), item("3", hidden=True)]
    record(store, *shown, pages={LIST_PAGE: remembered()})
    before = dump(store)
    assert record(store, *shown, pages={LIST_PAGE: remembered()}) == Recorded()
    assert dump(store) == before
    assert record(store, *shown, hours=5, pages={LIST_PAGE: remembered()}) == Recorded()
    for opening in everything(store).values():
        assert (opening.first_seen, opening.last_seen) == (NOW, at(5))
    assert dump(store, "opening", "sighting") == {k: v for k, v in before.items() if k not in ("opening", "sighting")}


def test_an_unchanged_item_costs_no_new_version_and_no_indexing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, item())

    def never(*_: object) -> None:
        raise AssertionError("an unchanged opening was computed anew")

    monkeypatch.setattr(openings, "merge", never)
    assert record(store, item(), hours=1) == Recorded()
    assert rows(store, "SELECT count(*) FROM fact") == [(1,)]


def test_a_changed_item_is_a_change_and_a_new_version(store: Store) -> None:
    record(store, item(title="ML Intern"))
    number = the_opening(store).id
    assert record(store, item(title="AI Intern"), hours=24) == Recorded(changed=1)
    opening = the_opening(store)
    assert (opening.id, opening.title, opening.first_seen) == (number, "AI Intern", NOW)
    with reader(store) as reading:
        versions = reading.history(number)
    assert [(v.fields["title"], v.seen_at) for v in versions] == [("ML Intern", NOW), ("AI Intern", at(24))]


def test_a_source_that_goes_back_to_an_old_word_makes_a_third_version(store: Store) -> None:
    for hours, title in enumerate(("A", "B", "A", "A")):
        record(store, item(title=title), hours=hours)
    with reader(store) as reading:
        assert [v.fields["title"] for v in reading.history(the_opening(store).id)] == ["A", "B", "A"]


def test_each_part_has_versions_of_its_own(store: Store) -> None:
    told = {"key": "1", "title": "ML Intern"}
    record(store, item(parts={"": told, "detail": {"pay": "20"}}))
    record(store, item(pay="25", parts={"": told, "detail": {"pay": "25"}}), hours=1)
    with reader(store) as reading:
        versions = reading.history(the_opening(store).id)
    assert [(v.part, v.fields.get("pay")) for v in versions] == [("", None), ("detail", "20"), ("detail", "25")]


def test_a_part_that_was_not_asked_this_time_is_kept(store: Store) -> None:
    record(store, item(parts={"": {"title": "T"}, "detail": {"pay": "20"}}))
    record(store, item(parts={"": {"title": "T"}}), hours=1)
    assert store.parts("list", ["1"]) == {"1": {"": {"title": "T"}, "detail": {"pay": "20"}}}


@pytest.mark.parametrize("empty", [None, "", (), [], {}])
def test_a_new_field_that_is_empty_is_no_new_version(store: Store, empty: object) -> None:
    record(store, item(parts={"": {"title": "T"}}))
    record(store, item(parts={"": {"title": "T", "invented_later": empty}}), hours=1)
    assert rows(store, "SELECT count(*) FROM fact") == [(1,)]


def test_a_false_value_says_something(store: Store) -> None:
    record(store, item(parts={"": {"title": "T"}}))
    record(store, item(parts={"": {"title": "T", "remote": False}}), hours=1)
    assert rows(store, "SELECT count(*) FROM fact") == [(2,)]


@pytest.mark.parametrize("ages", [("11d", "12d"), ("30+ days ago", "2 months ago"), ("1mo", "2mo"), ("3 h", "4 h")])
def test_an_age_that_grows_is_no_new_version(store: Store, ages: tuple[str, str]) -> None:
    for hours, age in enumerate(ages):
        record(store, item(parts={"": {"title": "T", "posted": age}}), hours=hours)
    assert rows(store, "SELECT count(*) FROM fact") == [(1,)]


@pytest.mark.parametrize("dates", [("Aug 21", "Aug 22"), ("1755820800", "1755907200"), ("2026-08-21", "2026-08-22")])
def test_a_date_that_moves_is_a_new_version(store: Store, dates: tuple[str, str]) -> None:
    for hours, date in enumerate(dates):
        record(store, item(parts={"": {"title": "T", "posted": date}}), hours=hours)
    assert rows(store, "SELECT count(*) FROM fact") == [(2,)]


def test_a_date_that_moves_does_not_make_facets_old(store: Store) -> None:
    record(store, item(posted_at=at(-10)))
    assert record(store, item(posted_at=at(-9), url="https://jobs.example/1"), hours=1) == Recorded()
    assert the_opening(store).posted_at == at(-9)


def test_of_two_items_with_one_key_the_first_counts(store: Store) -> None:
    record(store, item("1", title="First"), item("1", title="Second"))
    assert the_opening(store).title == "First"


def test_many_items_go_through_in_batches(store: Store) -> None:
    shown = [item(str(number)) for number in range(1201)]
    again = item("3", title="Shown again in a later batch")
    assert record(store, *shown, again) == Recorded(added=1201)
    assert record(store, *shown, hours=1) == Recorded()
    assert rows(store, "SELECT count(*), count(DISTINCT id) FROM opening") == [(1201, 1201)]
    assert rows(store, "SELECT count(*) FROM opening WHERE last_seen = '2026-08-22T11:00:00Z'") == [(1201,)]


def test_a_kind_in_the_store_is_the_kind_of_the_found(store: Store) -> None:
    record(store, item("1", kind="project"), item("2", kind="dataset"))
    assert {opening.kind for opening in everything(store).values()} == {"project", "dataset"}


# ------------------------------------------------------------------------------------------------ states
def test_absent_missing_closed_and_back(store: Store) -> None:
    record(store, item())
    assert record(store, hours=24, missing={"1"}) == Recorded()
    assert (the_opening(store).state, the_opening(store).state_at) == ("missing", at(24))
    assert store.known("list") == {"1": Known("missing", at(24), "")}
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
    assert store.known("list") == {"1": Known("open", None, LIST_PAGE)}


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
    assert {key: known.page for key, known in store.known("list").items()} == {"1": LIST_PAGE, "2": ""}
    assert store.known("list")["2"].state == "open"


def test_a_page_that_was_not_asked_still_stands_for_its_items(store: Store) -> None:
    second = "GET https://list.example/2"
    record(store, item("1"), item("2", page=second), pages={LIST_PAGE: remembered(), second: remembered()})
    record(store, item("1"), hours=1, pages={LIST_PAGE: remembered()})
    assert store.known("list")["2"].page == second


def test_an_item_moves_to_the_page_that_shows_it(store: Store) -> None:
    record(store, item("1"))
    assert record(store, item("1", page="GET https://list.example/2"), hours=1) == Recorded()
    assert store.known("list")["1"].page == "GET https://list.example/2"


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


# ------------------------------------------------------------------------------------------------ whole or not at all
def test_a_look_that_breaks_off_leaves_everything_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, item("1"), pages={LIST_PAGE: remembered('"v1"')})
    before = dump(store)
    after = look(item("1", title="New"), item("2"), run=1, pages={LIST_PAGE: remembered('"v2"')})
    for broken in ("refresh_openings", "touch_openings"):
        with monkeypatch.context() as patch:
            patch.setattr(f"db.record.{broken}", lambda *_: (_ for _ in ()).throw(KeyError("broken")))
            with pytest.raises(KeyError):
                store.record(after, at(1))
        assert dump(store) == before
    assert store.record(after, at(1)) == Recorded(added=1, changed=1)


def test_an_item_that_cannot_be_written_saves_nothing_of_its_look(store: Store) -> None:
    run = the_run(store)
    bad = item("2", extra={"when": NOW})
    with pytest.raises(TypeError):
        store.record(look(item("1"), bad, run=run), NOW)
    assert everything(store) == {}
    assert store.memory("list") == {}


def test_the_run_of_a_look_must_exist(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.record(look(item(), run=99), NOW)
    assert rows(store, "SELECT count(*) FROM sighting") == [(0,)]


# ------------------------------------------------------------------------------------------------ hostile text
HOSTILE = "half \ud800 a pair, \0 nothing, \u202e turned, \U0001f600"


def test_text_that_no_database_takes_is_mended(store: Store) -> None:
    shown = item(
        "k\0\ud800",
        title=HOSTILE,
        organization=HOSTILE,
        description=HOSTILE,
        pay=HOSTILE,
        terms=(HOSTILE,),
        places=(Place(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        closed=HOSTILE,
        extra={"topics": [HOSTILE], HOSTILE: HOSTILE, "huge": 2**70},
        page=HOSTILE,
        identity=HOSTILE,
        url="https://jobs.example/" + HOSTILE,
        parts={"": {"title": HOSTILE, "number": 2**70}, HOSTILE: {"pay": HOSTILE}},
    )
    record(store, shown, pages={HOSTILE: remembered(HOSTILE)}, problem=HOSTILE)
    opening = the_opening(store)
    assert opening.title == "half ? a pair,  nothing, \u202e turned, \U0001f600"
    assert opening.extra["huge"] == 2**70
    assert store.parts("list", ["k?"])["k?"][""] == {"title": HOSTILE, "number": 2**70}
    assert record(store, shown, hours=1, pages={HOSTILE: remembered(HOSTILE)}) == Recorded()
    with reader(store) as reading:
        assert reading.openings(states=("closed",), text=HOSTILE)[0].id == opening.id
    assert store.check() == []


def test_the_largest_texts_go_in(store: Store) -> None:
    record(store, item(title="x" * 100_000, description="word " * 200_000))
    assert len(the_opening(store).description) == 1_000_000


def test_a_replaced_look_is_as_good_as_the_first(store: Store) -> None:
    first = look(item("1"), run=the_run(store))
    store.record(first, NOW)
    assert store.record(replace(first, items=(), touched={"1"}), at(1)) == Recorded()
    assert path_of(store).exists()
