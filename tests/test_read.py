"""Reading: the filters, ids as people type them, history, and what is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _store import (
    at,
    everything,
    item,
    path_of,
    reader,
    record,
    rows,
    the_opening,
)

from db import read
from db.read import STATES, AmbiguousId, Reader, StoreMissing
from db.store import Store
from finder.errors import StoreError


def keys(reading: Reader, **asked: Any) -> str:
    """The last figures of the addresses found, in their order."""
    return "".join(opening.url[-1] for opening in reading.openings(**asked))


# ------------------------------------------------------------------------------------------------ openings
def test_the_newest_come_first_and_closed_ones_not_at_all(full: Store) -> None:
    with reader(full) as reading:
        assert keys(reading)[0] == "3"
        assert sorted(keys(reading)) == ["1", "2", "3"]
        assert keys(reading) == keys(reading)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "123"),
        ({"states": ["closed"]}, "4"),
        ({"states": STATES}, "1234"),
        ({"states": []}, ""),
        ({"company": "seal"}, "3"),
        ({"company": " GREY "}, "3"),
        ({"company": "%"}, ""),
        ({"company": "blue", "text": "data"}, "2"),
        ({"since": at(24)}, "3"),
        ({"since": at(25)}, ""),
        ({"since": at(48), "states": ["closed"]}, "4"),
        ({"text": "data"}, "2"),
        ({"text": "jax text"}, ""),
        ({"ids": []}, ""),
        ({"ids": ["nosuchid"]}, ""),
    ],
    ids=str,
)
def test_what_is_asked_for_is_found(full: Store, asked: dict[str, Any], found: str) -> None:
    with reader(full) as reading:
        assert "".join(sorted(keys(reading, **asked))) == found


def test_all_conditions_hold_together(full: Store) -> None:
    with reader(full) as reading:
        asked: dict[str, Any] = {"text": "intern", "company": "seal", "since": at(24), "kinds": ["internship"]}
        assert keys(reading, **asked) == "3"
        for name, other in (("text", "data"), ("company", "blue"), ("since", at(30)), ("kinds", ["course"])):
            assert keys(reading, **{**asked, name: other}) == ""


def test_company_names_fold_case_beyond_ascii(store: Store) -> None:
    record(store, item("1", organization="ÉCOLE Straße"), item("2"))
    with reader(store) as reading:
        assert keys(reading, company="école") == keys(reading, company="STRASSE") == "1"


def test_descriptions_come_when_asked_for(full: Store) -> None:
    record(full, item("1", description="Long text."), item("2", title="Data Intern"), hours=72)
    with reader(full) as reading:
        assert {opening.description for opening in reading.openings()} == {""}
        assert {opening.description for opening in reading.openings(describe=True)} == {"", "Long text."}
        assert {opening.description for opening in reading.openings(describe=True, text="long")} == {"Long text."}
        assert {opening.description for opening in reading.openings(text="long")} == {""}


def test_sightings_and_facets_come_along(full: Store) -> None:
    record(full, item("x", url="https://jobs.example/3", kind="project"), source="second", hours=60)
    with reader(full) as reading:
        opening = reading.openings(company="seal")[0] if reading.openings(company="seal") else reading.openings()[0]
        assert [sighting.source for sighting in opening.sightings] == ["board", "second"]
        assert all(opening.facets and opening.facets.needs[0].skill == "python" for opening in reading.openings())
        assert all(opening.sightings for opening in reading.openings())


def test_hidden_ones_are_found_by_id_alone(store: Store) -> None:
    record(store, item(hidden=True))
    ((number,),) = rows(store, "SELECT id FROM opening")
    with reader(store) as reading:
        assert reading.openings(states=["open"], text="machine") == []
        assert len(reading.openings(ids=[number])) == 1
        hidden = reading.opening(number)
        assert hidden is not None and hidden.id == number


def test_a_large_store_is_read_whole(store: Store) -> None:
    record(store, *(item(str(number)) for number in range(1500)))
    with reader(store) as reading:
        assert len(reading.openings()) == 1500
        ids = [opening.id for opening in reading.openings()]
        assert len(reading.openings(ids=ids)) == 1500


def test_sightings_can_be_left_for_later(full: Store) -> None:
    with reader(full) as reading:
        whole, bare = reading.openings(states=STATES), reading.openings(states=STATES, trace=False)
        assert [opening.id for opening in bare] == [opening.id for opening in whole]
        assert all(opening.sightings for opening in whole) and not any(opening.sightings for opening in bare)
        assert reading.traced(bare) == whole
        assert reading.traced(bare[2:0:-1]) == whole[2:0:-1]
        assert reading.traced([]) == []


# ------------------------------------------------------------------------------------------------ ids
@pytest.fixture
def named(store: Store) -> Reader:
    """Openings with ids of our choice."""
    record(store, *(item(str(number)) for number in range(4)))
    with closing(sqlite3.connect(path_of(store), isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for number, name in enumerate(("k0v1aaaa", "k0v1bbbb", "k0v1bbbbz", "z0000000")):
            old = raw.execute("SELECT id FROM opening WHERE url LIKE ?", (f"%/{number}",)).fetchone()[0]
            for table, column in (("opening", "id"), ("document", "opening"), ("sighting", "opening")):
                raw.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (name, old))
    return reader(store)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("k0v1aaaa", "k0v1aaaa"),
        ("k0v1a", "k0v1aaaa"),
        ("z", "z0000000"),
        (" K0V1AAAA ", "k0v1aaaa"),
        ("kOvLa", "k0v1aaaa"),
        ("koVia", "k0v1aaaa"),
        ("k0v1bbbb", "k0v1bbbb"),
        ("k0v1bbbbz", "k0v1bbbbz"),
        ("k0v1c", None),
        ("k0v1aaaaa", None),
        ("", None),
        ("  ", None),
        ("%", None),
        ("_", None),
        ("'", None),
    ],
)
def test_an_id_is_found_by_its_beginning(named: Reader, typed: str, found: str | None) -> None:
    with named as reading:
        opening = reading.opening(typed)
    assert (opening.id if opening else None) == found


@pytest.mark.parametrize(("typed", "fits"), [("k", 3), ("k0v1", 3), ("k0v1b", 2)])
def test_a_beginning_of_several_ids_is_not_guessed(named: Reader, typed: str, fits: int) -> None:
    with named as reading, pytest.raises(AmbiguousId, match=r"k0v1bbbb \(Machine Learning Intern\)") as raised:
        reading.opening(typed)
    assert len(raised.value.candidates) == fits
    assert raised.value.exit_code == 2


def test_only_the_first_of_many_candidates_are_named() -> None:
    said = str(AmbiguousId("a", [(f"a{number}", "T") for number in range(8)]))
    assert said == "a: the beginning of several ids: a0 (T), a1 (T), a2 (T), a3 (T), a4 (T) and 3 more"


def test_an_opening_comes_with_everything(full: Store) -> None:
    record(full, item("1", description="Long text."), item("2", title="Data Intern"), hours=72)
    number = everything(full)["https://jobs.example/1"].id
    with reader(full) as reading:
        opening = reading.opening(number[:6])
    assert opening is not None
    assert (opening.description, len(opening.sightings), opening.facets is not None) == ("Long text.", 1, True)


# ------------------------------------------------------------------------------------------------ history
def test_the_history_of_an_opening_is_that_of_all_its_sightings(store: Store) -> None:
    record(store, item("1", identity="same", title="A"), source="list")
    record(store, item("x", identity="same", title="B"), source="board", hours=1)
    record(store, item("1", identity="same", title="C"), source="list", hours=2)
    with reader(store) as reading:
        versions = reading.history(the_opening(store).id)
        assert reading.history("nosuchid") == []
    assert [(v.source, v.key, v.part, v.fields["title"], v.seen_at) for v in versions] == [
        ("list", "1", "", "A", at(0)),
        ("board", "x", "", "B", at(1)),
        ("list", "1", "", "C", at(2)),
    ]


def test_an_empty_store_is_empty_everywhere(store: Store) -> None:
    with reader(store) as reading:
        assert reading.openings() == reading.openings(text="intern") == []
        assert reading.sources() == reading.runs() == reading.outbox("me") == []
        assert reading.counts() == reading.profile("me") == {}
        assert reading.last_refresh() is None
        assert reading.opening("a") is None
        assert reading.listed(1) == frozenset()


# ------------------------------------------------------------------------------------------------ opening it
def test_where_there_is_no_store_the_first_refresh_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"finder\.db: no store yet; run `finder refresh`") as raised:
        Reader.open(tmp_path / "finder.db")
    assert raised.value.exit_code == 5
    assert list(tmp_path.glob("*.db*")) == []


def test_reading_changes_nothing(full: Store) -> None:
    full.close()
    path = path_of(full)
    before = path.read_bytes()
    with Reader.open(path) as reading:
        reading.openings(text="intern")
        with pytest.raises(StoreError):
            reading._all("DELETE FROM opening")
    assert path.read_bytes() == before


def test_a_store_in_a_folder_that_cannot_be_written_is_read_as_it_stands(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What SQLite says in such a folder, where it cannot make the log's index; root could make it anywhere."""
    full.close()
    real, tried = read._opened, []

    def opened(path: Path, mode: str) -> sqlite3.Connection:
        tried.append(mode)
        if mode == "ro":
            raise sqlite3.OperationalError("unable to open database file")
        return real(path, mode)

    monkeypatch.setattr(read, "_opened", opened)
    with Reader.open(path_of(full)) as reading:
        assert len(reading.openings()) == 3
    assert tried == ["ro", "immutable"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opening SET first_seen = 'yesterday'",
        "UPDATE opening SET places = '[\"'",
        "UPDATE opening SET places = '[1]'",
        "UPDATE opening SET terms = '1'",
        "UPDATE opening SET extra = X'FF'",
        "UPDATE opening SET title = CAST(X'FFFE' AS TEXT)",
        "UPDATE sighting SET last_seen = 7",
        "UPDATE facets SET needs = '[[1, 2]]'",
    ],
)
def test_a_row_that_we_cannot_have_written_is_damage_and_not_a_crash(full: Store, statement: str) -> None:
    with closing(sqlite3.connect(path_of(full), isolation_level=None)) as raw:
        raw.execute(statement)
    with reader(full) as reading, pytest.raises(StoreError, match=r"damaged; `finder db check`"):
        reading.openings(describe=True)


def test_a_file_that_vanishes_is_told_as_missing(full: Store) -> None:
    path = path_of(full)
    full.close()
    path.unlink()
    with pytest.raises(StoreMissing):
        Reader.open(path)
