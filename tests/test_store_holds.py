"""What the store remembers of looks that were held, of keys that changed, and of what a look told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from _store import LIST_PAGE, NOW, at, everything, item, look, reader, record, rows, the_opening, the_run

from db.look import Recorded
from db.store import Store
from finder.health import USUAL, Fills, Past, health
from finder.lifecycle import Hold

HOLD = Hold(at(1), ("0a", "0b"))


def not_accepted(store: Store, outcome: Any, hold: Hold | None, source: str = "list") -> None:
    store.fail(look(source=source, run=the_run(store), outcome=outcome, hold=hold), at(1))


# ------------------------------------------------------------------------------------------------ holds
def test_nothing_is_held_at_first(store: Store) -> None:
    assert store.hold("list") is None
    record(store, item())
    assert store.hold("list") is None


def test_a_hold_is_remembered_as_it_was_until_the_next_look(store: Store) -> None:
    record(store, item())
    not_accepted(store, "held", HOLD)
    assert store.hold("list") == HOLD
    not_accepted(store, "failed", Hold(at(1), ("0c",)))
    assert store.hold("list") == Hold(at(1), ("0c",))
    record(store, item(), hours=8)
    assert store.hold("list") is None
    assert rows(store, "SELECT * FROM held") == []


def test_each_source_is_held_on_its_own(store: Store) -> None:
    not_accepted(store, "held", HOLD, "a")
    not_accepted(store, "held", Hold(at(1)), "b")
    record(store, item(), source="c")
    assert (store.hold("a"), store.hold("b"), store.hold("c")) == (HOLD, Hold(at(1)), None)


def test_a_hold_and_its_outcome_are_written_together_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk went away")

    monkeypatch.setattr("db.sources.save_outcome", broken)
    with pytest.raises(RuntimeError):
        not_accepted(store, "held", HOLD)
    monkeypatch.undo()
    assert store.hold("list") is None


# ------------------------------------------------------------------------------------------------ changed keys
def test_a_posting_under_a_new_key_stays_the_same_opening(store: Store) -> None:
    record(store, item("old"))
    before = the_opening(store)
    assert record(store, item("new"), hours=1, same={"new": "old"}) == Recorded(changed=0)
    after = the_opening(store)
    assert (after.id, after.first_seen, after.state) == (before.id, NOW, "open")
    assert (after.url, [s.url for s in after.sightings]) == ("https://jobs.example/new", ["https://jobs.example/new"])
    assert rows(store, "SELECT key, first_seen, last_seen FROM sighting") == [
        ("new", "2026-08-22T10:00:00Z", "2026-08-22T11:00:00Z")
    ]
    assert rows(store, "SELECT seen_at FROM fact ORDER BY no") == [("2026-08-22T10:00:00Z",), ("2026-08-22T11:00:00Z",)]


def test_it_stays_so_at_every_later_look(store: Store) -> None:
    record(store, item("old"))
    number = the_opening(store).id
    record(store, item("new"), hours=1, same={"new": "old"})
    assert record(store, item("new"), hours=2) == Recorded()
    assert record(store, item("newer"), hours=3, same={"newer": "new"}) == Recorded()
    assert record(store, item("newer"), hours=4) == Recorded()
    assert the_opening(store).id == number
    assert store.known("list").keys() == {"newer"}


def test_an_old_key_that_comes_back_is_the_same_opening_too(store: Store) -> None:
    record(store, item("old"))
    record(store, item("new"), hours=1, same={"new": "old"})
    assert record(store, item("new"), item("old"), hours=2).added == 0
    assert len(the_opening(store).sightings) == 2


def test_another_source_knows_it_by_either_address(store: Store) -> None:
    record(store, item("old"))
    record(store, item("new"), hours=1, same={"new": "old"})
    record(store, item("a", url="https://jobs.example/new"), source="other")
    record(store, item("b", url="https://jobs.example/old"), source="third")
    assert len(the_opening(store).sightings) == 3


def test_an_address_that_is_an_opening_already_is_not_taken_away(store: Store) -> None:
    record(store, item("x", url="https://jobs.example/new"), source="other")
    record(store, item("old"))
    assert record(store, item("new"), hours=1, same={"new": "old"}).added == 0
    ((count,),) = rows(store, "SELECT count(*) FROM alias")
    assert count == 0
    (opening,) = everything(store).values()
    assert {s.source for s in opening.sightings} == {"list", "other"}


@pytest.mark.parametrize("same", [{"new": "never seen"}, {"not shown": "old"}, {"kept": "old"}])
def test_a_key_that_does_not_fit_renames_nothing(store: Store, same: dict[str, str]) -> None:
    record(store, item("old"), item("kept"))
    record(store, item("new"), item("kept"), hours=1, same=same)
    assert store.known("list").keys() == {"old", "kept", "new"}
    assert len(everything(store)) == 3


def test_an_opening_that_is_removed_takes_its_addresses_along(store: Store) -> None:
    record(store, item("old"))
    record(store, item("new"), hours=1, same={"new": "old"})
    record(store, item("new", identity="job:elsewhere"), hours=2)
    assert rows(store, "SELECT * FROM alias") == []
    assert the_opening(store).url == "https://jobs.example/new"


def test_an_address_that_stands_for_an_opening_already_keeps_standing_for_it(store: Store) -> None:
    record(store, item("old"))
    record(store, item("new"), hours=1, same={"new": "old"})
    record(store, item("p"), source="other")
    record(store, item("q", url="https://jobs.example/new"), source="other", hours=2, same={"q": "p"})
    assert rows(store, "SELECT count(*) FROM alias") == [(1,)]
    assert len(the_opening(store).sightings) == 2


def test_many_keys_change_at_once(store: Store) -> None:
    number = 1200
    record(store, *(item(f"old-{n}") for n in range(number)))
    ids = {opening.id for opening in everything(store).values()}
    same = {f"new-{n}": f"old-{n}" for n in range(number)}
    assert record(store, *(item(f"new-{n}") for n in range(number)), hours=1, same=same).added == 0
    assert {opening.id for opening in everything(store).values()} == ids


# ------------------------------------------------------------------------------------------------ what was told
def test_what_the_rows_of_a_look_told_is_kept_with_it(store: Store) -> None:
    record(store, item("1", posted="3d"), item("2", locations=("Oslo",), posted="4d"))
    ((told,),) = rows(store, "SELECT fills FROM source_run")
    count, shares = json.loads(told)
    assert count == 2
    assert (shares["posted"], shares["locations"], shares["title"]) == (1.0, 0.5, 1.0)
    assert "pay" not in shares


def test_an_unchanged_page_tells_nothing_about_fields(store: Store) -> None:
    record(store, item("1"))
    record(store, hours=1, touched={"1"}, unchanged=True, pages={})
    not_accepted(store, "held", HOLD)
    assert [told is None for (told,) in rows(store, "SELECT fills FROM source_run ORDER BY no")] == [False, True, True]


def test_the_looks_at_a_source_are_told_oldest_first(store: Store) -> None:
    record(store, item("1", posted="3d"))
    record(store, item("1", posted="3d"), hours=1)
    store.fail(look(run=the_run(store), outcome="failed", problem="status 503"), at(2))
    record(store, item("2"), source="other")
    with reader(store) as reading:
        looks = reading.looks("list")
        assert reading.looks("nobody") == []
    told = Fills(1, {"title": 1.0, "url": 1.0, "organization": 1.0, "posted": 1.0})
    assert looks == [
        Past(at(0), "ok", 1, changed=True, fills=told),
        Past(at(1), "ok", 1, changed=False, fills=told),
        Past(at(2), "failed", 0, problem="status 503"),
    ]


def test_the_looks_that_health_needs_are_told_and_no_more(store: Store) -> None:
    """All since the last good ones; and before these, those at new pages."""
    record(store, item("1"))
    store.fail(look(run=the_run(store), outcome="failed", problem="long ago"), at(1))
    for hours in range(2, 2 + 2 * USUAL):
        record(store, hours=hours, touched={"1"}, unchanged=True, pages={})
    for hours in range(100, 150):
        store.fail(look(run=the_run(store), outcome="failed"), at(hours))
    store.fail(look(run=the_run(store), outcome="not yet"), at(150))
    with reader(store) as reading:
        looks = reading.looks("list")
    assert [one.outcome for one in looks] == ["ok"] * (USUAL + 2) + ["failed"] * 50
    assert [one.fills is not None for one in looks[:3]] == [True, False, False]
    told = health(looks)
    assert told is not None
    assert (told.streak, told.since) == (50, at(100))


def test_visits_are_looks_that_asked(store: Store) -> None:
    assert (store.visits("list"), store.began()) == ([], None)
    record(store, item("1"))
    record(store, item("1"), hours=1)
    for hours, outcome in ((2, "failed"), (3, "held"), (4, "not yet")):
        store.fail(look(run=the_run(store), outcome=outcome), at(hours))
    record(store, item("2"), item("1"), hours=5)
    assert store.visits("list") == [(at(0), True), (at(1), False), (at(2), None), (at(3), None), (at(5), True)]
    assert store.visits("list", limit=2) == [(at(3), None), (at(5), True)]
    store.begin_run(at(9))
    assert store.began() == NOW


def test_a_look_at_pages_knows_when_each_item_was_last_seen(store: Store) -> None:
    record(store, item("1"), item("2"))
    record(store, item("1"), hours=5, missing={"2"})
    assert {key: one.last_seen for key, one in store.known("list").items()} == {"1": at(5), "2": at(0)}
    assert store.known("list")["1"].pages == (LIST_PAGE,)
