"""Lying sources, from the answer to the store: what is held, for how long, and what is known under a new key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from _line import Line, Site, a_list, listed, site

from db.store import Store


@pytest.fixture
def world() -> Iterator[Site]:
    with site(list=listed(range(30))) as opened:
        yield opened


@pytest.fixture
def line(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [a_list("list", world.url("/list"))])


def renamed(numbers: range) -> str:
    """The rows under other ids and addresses."""
    rows = json.loads(listed(numbers))
    for row in rows:
        row |= {"id": f"new-{row['id']}", "url": row["url"].replace("/jobs/", "/positions/")}
    return json.dumps(rows)


def outcomes(line: Line, *hours: float) -> list[str]:
    return [line.one(hour).outcome for hour in hours]


def test_a_list_that_stays_halved_is_believed_after_six_hours(line, world):
    line.one()
    before = line.content(), line.memory()
    world["/list"] = listed(range(10))
    assert outcomes(line, 30, 32, 35.9) == ["held"] * 3
    assert (line.content(), line.memory()) == before
    assert outcomes(line, 36) == ["ok"]
    assert sum(state == "missing" for state in line.states().values()) == 20
    assert line.one(59).closed == 0
    assert line.one(60).closed == 20


def test_halves_that_differ_are_not_believed(line, world):
    line.one()
    for hour, start in ((30, 0), (37, 10), (44, 0), (51, 10)):
        world["/list"] = listed(range(start, start + 10))
        assert outcomes(line, hour) == ["held"]


def test_a_list_that_stays_empty_is_believed_after_days(line, world):
    line.one()
    world["/list"] = "[]"
    assert outcomes(line, 30, 60, 101, 102) == ["held", "held", "held", "empty"]


def test_a_hold_is_forgotten_with_the_next_good_look(line, world):
    line.one()
    good, world["/list"] = world.documents["/list"], listed(range(10))
    assert outcomes(line, 30) == ["held"]
    with Store.open(line.db) as store:
        assert store.hold("list") is not None
    world["/list"] = good
    assert outcomes(line, 31) == ["ok"]
    world["/list"] = listed(range(10))
    assert outcomes(line, 37) == ["held"]


def test_a_failure_between_does_not_end_a_hold(line, world):
    line.one()
    world["/list"] = listed(range(10))
    assert outcomes(line, 30) == ["held"]
    world["/list"] = "<html>Sorry"
    assert outcomes(line, 33) == ["failed"]
    world["/list"] = listed(range(10))
    assert outcomes(line, 36) == ["ok"]


def test_a_list_with_new_ids_and_addresses_shows_the_openings_that_were_there(line, world):
    line.one()
    before = {title: opening.id for title, opening in line.openings().items()}
    world["/list"] = renamed(range(32))
    result = line.one(2)
    assert (result.outcome, result.found, result.added, result.closed) == ("ok", 32, 2, 0)
    after = line.openings()
    assert {title: after[title].id for title in before} == before
    assert all("/positions/" in opening.url for opening in after.values())
    assert set(line.states().values()) == {"open"}
    assert (line.one(4).added, line.one(30).closed, line.one(60).closed) == (0, 0, 0)


def test_a_list_of_other_things_altogether_is_held_and_then_believed(line, world):
    line.one()
    world["/list"] = listed(range(100, 160))
    held = line.one(30)
    assert (held.outcome, held.added) == ("held", 0)
    assert len(line.openings()) == 30
    taken = line.one(37)
    assert (taken.outcome, taken.added, taken.closed) == ("ok", 60, 0)


def test_a_list_that_doubles_overnight_is_held_for_hours_only(line, world):
    line.one()
    world["/list"] = listed(range(65))
    assert "new, where 30 were known" in line.one(30).problem
    assert outcomes(line, 36) == ["ok"]
