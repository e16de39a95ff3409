"""The life of one opening: what is drawn from the store, and how `finder show` tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from _cli import run
from _store import BERLIN, OSLO, at, facets, item, new_store, path_of, reader, record
from making import NOW, days, opening

from db.store import Store
from finder.biography import Biography, biography
from finder.checks import OWN_PAGE, Checked, Turn
from finder.life import life_of
from finder.lifespan import ENOUGH, ApplyBy, Duration, Life, estimates
from finder.model import Opening, Sighting
from finder.render.life import record as as_record
from finder.render.life import rows, turns
from finder.render.records import iso

LASTING = estimates(Life("lever", NOW, Duration(10, closed=True)) for _ in range(ENOUGH))
PAGE = "https://jobs.quillmark.example/a1"


# ------------------------------------------------------------------------------------------------ what is drawn
def test_of_nothing_known_nothing_is_told():
    assert biography(opening(), NOW) == Biography()


def test_an_estimate_is_told_of_what_is_open_and_names_no_date_itself():
    late = biography(opening(), NOW, lifespans=LASTING, system="lever").apply_by
    assert late == ApplyBy(NOW + days(10), ENOUGH, ENOUGH, "lever", "summer")
    for changes in ({"state": "closed"}, {"deadline": NOW + days(3)}):
        assert biography(opening(**changes), NOW, lifespans=LASTING, system="lever").apply_by is None
    assert biography(opening(state="missing"), NOW, lifespans=LASTING).apply_by is not None


def test_it_counts_from_when_it_appeared():
    posted = opening(posted_at=NOW - days(4), first_seen=NOW)
    seen = opening(posted_at=NOW, first_seen=NOW - days(4))
    undated = opening(posted_at=None, first_seen=NOW - days(4))
    for one in (posted, seen, undated):
        late = biography(one, NOW, lifespans=LASTING).apply_by
        assert late is not None
        assert late.by == NOW + days(6)


def test_the_last_look_at_any_of_its_pages_counts():
    looks = [Checked("https://a.example", NOW - days(2), "open"), Checked("https://b.example", NOW, "unknown")]
    assert biography(opening(), NOW, checks=looks).check == looks[1]


# ------------------------------------------------------------------------------------------------ in words
def test_rows_say_what_there_is():
    old = opening("b2", state="closed", first_seen=NOW - days(90), last_seen=NOW - days(20))
    life = Biography(
        check=Checked(PAGE, NOW - days(3), "unknown", "its page answers 404 Not Found"),
        repeats=old,
        apply_by=ApplyBy(NOW + days(10), 1234, 400, "lever", "summer"),
    )
    assert rows(life, NOW) == {
        "its page": "unknown, looked at 2026-08-20 08:00 UTC, 3 days ago: its page answers 404 Not Found",
        "repost": "posted again: first seen 2026-05-25 as b2",
        "apply by": "2026-09-02, when a quarter of those still open at its age were closed "
        "(of 1,234 summer lever ones on record)",
    }
    assert set(rows(Biography(), NOW).values()) == {""}


@pytest.mark.parametrize(
    ("system", "season", "like"),
    [("", "", "of 40 on record"), ("lever", "", "of 40 lever ones"), ("", "fall", "of 40 fall ones")],
)
def test_what_the_estimate_is_from_is_said(system, season, like):
    life = Biography(apply_by=ApplyBy(NOW, 40, 30, system, season))
    assert like in rows(life, NOW)["apply by"]


def test_turns_tell_when_why_and_by_whom():
    seen = (
        Sighting("late", PAGE, "open", NOW - days(2), NOW),
        Sighting("early", PAGE, "open", NOW - days(9), NOW),
    )
    life = Biography(
        (
            Turn(NOW - days(3), "missing", "absent from a complete look", "early"),
            Turn(NOW - days(2), "open", "", "late"),
            Turn(NOW, "closed", "its page says “Position filled”", OWN_PAGE),
            Turn(NOW, "closed", "", ""),
        )
    )
    assert turns(opening(first_seen=NOW - days(9), sightings=seen), life) == [
        "2026-08-14 08:00 UTC  first seen, at early",
        "2026-08-20 08:00 UTC  missing (by early): absent from a complete look",
        "2026-08-21 08:00 UTC  open (by late): shown again",
        "2026-08-23 08:00 UTC  closed (by its own page): its page says “Position filled”",
        "2026-08-23 08:00 UTC  closed",
    ]
    assert turns(opening(), life)[0] == "2026-08-23 08:00 UTC  first seen"


def test_without_a_turn_there_is_no_life_to_tell():
    assert turns(opening(), Biography()) == []


def test_programs_are_told_the_same():
    old = opening("b2", first_seen=NOW - days(90), last_seen=NOW - days(20))
    life = Biography(
        (Turn(NOW, "closed", "filled", "list"),),
        Checked(PAGE, NOW, "closed", "filled"),
        old,
        ApplyBy(NOW + timedelta(hours=20), 40, 30, "", "fall"),
    )
    told = json.loads(json.dumps(as_record(life, iso)))
    assert told == {
        "warnings": [],
        "turns": [{"at": "2026-08-23T08:00:00Z", "state": "closed", "evidence": "filled", "source": "list"}],
        "page_check": {"url": PAGE, "at": "2026-08-23T08:00:00Z", "verdict": "closed", "evidence": "filled"},
        "posted_again": {"id": "b2", "first_seen": "2026-05-25T08:00:00Z", "last_seen": "2026-08-03T08:00:00Z"},
        "apply_by": {"date": "2026-08-24", "n": 40, "closed": 30, "system": "", "season": "fall"},
    }
    assert as_record(Biography(), iso) == {
        "warnings": [],
        "turns": [],
        "page_check": None,
        "posted_again": None,
        "apply_by": None,
    }


# ------------------------------------------------------------------------------------------------ from the store
@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        record(opened, item("old", places=(OSLO,)), item("far", places=(BERLIN,)), item("sales", title="Sales Intern"))
        gone = {"old": "absent", "far": "absent", "sales": "absent"}
        record(opened, closed=gone, hours=24 * 5)
        record(opened, item("new", places=(OSLO,)), hours=24 * 20)
        opened.save_checks([Checked("https://jobs.example/new", at(24 * 21), "open", "its page shows it")])
        opened.save_facets((number, facets()) for number, _ in opened.unclassified("1"))
        yield opened


def found(store: Store, key: str) -> Opening:
    with reader(store) as reading:
        told = reading.opening(reading.find("list", key))
    assert told is not None
    return told


def test_a_life_is_read_from_the_store(store):
    with reader(store) as reading:
        new = life_of(reading, found(store, "new"), at(24 * 22))
        old = life_of(reading, found(store, "old"), at(24 * 22))
    assert (new.repeats and new.repeats.id) == found(store, "old").id
    assert new.check == Checked("https://jobs.example/new", at(24 * 21), "open", "its page shows it")
    assert (new.turns, new.apply_by) == ((), None)
    assert [turn.state for turn in old.turns] == ["closed"]
    assert old.repeats is None


def test_projects_are_not_posted_again(store):
    record(store, item("p1", kind="project"), hours=24 * 30)
    record(store, closed={"p1": "absent"}, hours=24 * 31)
    record(store, item("p2", kind="project"), hours=24 * 60)
    with reader(store) as reading:
        assert life_of(reading, found(store, "p2"), at(24 * 61)) == Biography()


def test_show_tells_it(store, capsys, monkeypatch):
    store.save_checks([Checked("https://jobs.example/new", at(24 * 22), "closed", "its page says “Position filled”")])
    monkeypatch.setenv("FINDER_DB", str(path_of(store)))
    monkeypatch.setenv("FINDER_NOW", at(24 * 23).isoformat())
    new, old = found(store, "new"), found(store, "old")
    code, out, _ = run(capsys, "show", new.id)
    assert code == 0
    told = " ".join(out.split())
    assert f"posted again: first seen 2026-08-22 as {old.id}" in told
    assert "its page closed, looked at 2026-09-13 10:00" in told
    assert "first seen, at list" in told
    assert "closed (by its own page): its page says “Position filled”" in told
    code, out, _ = run(capsys, "show", new.id, "--json")
    record_ = json.loads(out)
    assert record_["posted_again"]["id"] == old.id
    assert record_["page_check"]["verdict"] == "closed"
    assert [turn["source"] for turn in record_["turns"]] == [OWN_PAGE]
    assert record_["apply_by"] is None
