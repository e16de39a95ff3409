"""Looks at single pages in the store: the last one of each address, read by either door."""

from __future__ import annotations

import pytest
from _store import NOW, at, dump, reader, rows

from db.store import Store
from finder.checks import Checked

ISSUE = "https://github.example/blue-heron/nets/issues/7"
PAGE = "https://jobs.example/1"


def test_a_look_comes_back_as_it_was_by_either_door(store: Store) -> None:
    looks = [
        Checked(PAGE, NOW, "unknown", "404 Not Found", missing_since=at(-30)),
        Checked(ISSUE, at(1), "taken", "assigned to “somebody”"),
    ]
    store.save_checks(looks)
    expected = {one.url: one for one in looks}
    assert store.checks([PAGE, ISSUE]) == expected
    with reader(store) as reading:
        assert reading.checks([ISSUE, PAGE]) == expected


def test_only_what_is_asked_for_and_known_is_told(store: Store) -> None:
    store.save_checks([Checked(PAGE, NOW, "open")])
    assert store.checks([]) == {}
    assert store.checks([ISSUE]) == {}
    assert store.checks(iter([ISSUE, PAGE])).keys() == {PAGE}


def test_the_last_look_stands(store: Store) -> None:
    store.save_checks([Checked(PAGE, NOW, "unknown", "gone", missing_since=NOW)])
    store.save_checks([Checked(PAGE, at(30), "closed", "gone for a day")])
    assert store.checks([PAGE]) == {PAGE: Checked(PAGE, at(30), "closed", "gone for a day")}
    assert rows(store, "SELECT count(*) FROM checked") == [(1,)]


def test_saving_nothing_changes_nothing(store: Store) -> None:
    before = dump(store)
    store.save_checks([])
    assert dump(store) == before


def test_thousands_are_saved_and_read(store: Store) -> None:
    looks = {f"{PAGE}{n}": Checked(f"{PAGE}{n}", NOW, "open") for n in range(1201)}
    store.save_checks(looks.values())
    assert store.checks(looks) == looks


def test_words_that_no_database_takes_are_mended(store: Store) -> None:
    store.save_checks([Checked(PAGE, NOW, "closed", "fil\0led \ud800")])
    assert store.checks([PAGE])[PAGE].evidence == "filled ?"


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        store.save_checks([Checked(PAGE, NOW.replace(tzinfo=None), "open")])
    assert rows(store, "SELECT count(*) FROM checked") == [(0,)]
