"""What a look at a source writes: openings, versions of facts; again, in part, and from hostile text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from _store import (
    BERLIN,
    LIST_PAGE,
    NOW,
    at,
    dump,
    everything,
    item,
    look,
    path_of,
    problems,
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
from finder.model import Place


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
    assert problems(store) == []


def test_the_largest_texts_go_in(store: Store) -> None:
    record(store, item(title="x" * 100_000, description="word " * 200_000))
    assert len(the_opening(store).description) == 1_000_000


def test_a_replaced_look_is_as_good_as_the_first(store: Store) -> None:
    first = look(item("1"), run=the_run(store))
    store.record(first, NOW)
    assert store.record(replace(first, items=(), touched={"1"}), at(1)) == Recorded()
    assert path_of(store).exists()
