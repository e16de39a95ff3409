"""What follows from the record of an opening: when a warning is told, and that it costs nothing."""

from __future__ import annotations

import json

import pytest
from _cli import run
from _store import at, everything, facets, item, new_store, path_of, reader, record
from making import NOW, days, opening

from finder.biography import Biography, biography
from finder.checks import Checked
from finder.life import life_of
from finder.model import Profile, Sighting, Stated
from finder.rank import rank
from finder.render.life import record as as_record
from finder.render.records import iso
from finder.steps import load
from finder.warnings import warnings_of

PAGE = "https://jobs.quillmark.example/a1"
ASKS = {"warning:pay to apply": Stated("pay to apply", "Pay a deposit.")}


def seen(source: str = "list", state: str = "open") -> tuple[Sighting, ...]:
    return (Sighting(source, PAGE, state, NOW - days(200), NOW),)


def aged(number: float, **changes):
    return opening(posted_at=NOW - days(number), first_seen=NOW - days(number), **{"sightings": seen(), **changes})


def look(verdict: str, ago: float = 1) -> Checked:
    return Checked(PAGE, NOW - days(ago), verdict)


# ------------------------------------------------------------------------------------------------ unverified
@pytest.mark.parametrize(
    ("one", "known", "told"),
    [
        (aged(60), {}, ()),
        (aged(61), {}, ("unverified for 61 days",)),
        (aged(61, sightings=seen("board")), {"employers": {"board"}}, ()),
        (aged(61, sightings=seen("board", "closed") + seen()), {"employers": {"board"}}, ("unverified for 61 days",)),
        (aged(61, updated_at=NOW - days(3)), {}, ()),
        (aged(80), {"checks": [look("open", 5)]}, ()),
        (aged(80), {"checks": [look("open", 70)]}, ("unverified for 70 days",)),
        (aged(80), {"checks": [look("unknown")]}, ("unverified for 80 days",)),
        (aged(80, state="closed"), {}, ()),
        (opening(posted_at=None, first_seen=NOW - days(90)), {}, ("unverified for 90 days",)),
        (opening(posted_at=NOW - days(1), first_seen=NOW - days(90)), {}, ()),
    ],
)
def test_unverified(one, known, told):
    assert warnings_of(one, NOW, **known) == told


# ------------------------------------------------------------------------------------------------ its page, its company
def test_a_page_that_contradicts_its_source():
    closed = ("its own page says it is closed",)
    assert warnings_of(opening(sightings=seen()), NOW, checks=[look("closed")]) == closed
    assert warnings_of(opening(sightings=seen()), NOW, checks=[look("closed", 3), look("open")]) == ()
    assert warnings_of(opening(sightings=seen(state="closed")), NOW, checks=[look("closed")]) == ()


@pytest.mark.parametrize(("name", "told"), [("", 1), ("N/A", 1), ("Confidential", 1), ("Quillmark", 0)])
def test_no_company(name, told):
    assert warnings_of(opening(organization=name), NOW) == ("no company named",) * told


def test_only_positions_are_warned_of():
    assert warnings_of(aged(300, kind="project", organization=""), NOW) == ()


# ------------------------------------------------------------------------------------------------ posted again
def posted(id_: str, first: float, last: float):
    state = {"state": "closed", "state_at": NOW - days(last)} if last else {}
    return opening(id_, first_seen=NOW - days(first), last_seen=NOW - days(last), sightings=seen(), **state)


def test_posted_again_for_months():
    now, second, first = posted("n", 5, 0), posted("b", 50, 20), posted("a", 120, 80)
    life = biography(now, NOW, closed=[first, second])
    assert life.repeats == second
    assert life.warnings == (f"reposted since {NOW - days(120):%Y-%m-%d}",)
    assert biography(now, NOW, closed=[second]).warnings == ()
    assert biography(now, NOW, closed=[second, posted("a", 85, 60)]).warnings == ()


# ------------------------------------------------------------------------------------------------ where it is told
def test_what_the_text_states_is_told_with_its_words_and_costs_nothing():
    plain, asking = opening(), opening(read={"stated": ASKS})
    told = "it asks for money from those who apply: “Pay a deposit.”"
    assert warnings_of(asking, NOW) == (told,)
    ranked = [rank([one], Profile(), NOW, load())[0] for one in (plain, asking)]
    assert ranked[0].score == ranked[1].score
    assert ranked[1].reasons == (f"Warning: {told}", *ranked[0].reasons)
    assert as_record(Biography(warnings=(told,)), iso)["warnings"] == [told]


def test_show_tells_them(tmp_path, capsys, monkeypatch):
    with new_store(tmp_path) as store:
        record(store, item("1"))
        record(store, item("2", title="Robotics Intern"), source="board", authority=1)
        store.save_facets((number, facets()) for number, _ in store.unclassified("1"))
        found = {one.title: one for one in everything(store).values()}
        listed, board = found["Machine Learning Intern"], found["Robotics Intern"]
        with reader(store) as reading:
            assert life_of(reading, listed, at(24 * 70)).warnings == ("unverified for 70 days",)
            assert life_of(reading, board, at(24 * 70)).warnings == ()
        monkeypatch.setenv("FINDER_DB", str(path_of(store)))
    monkeypatch.setenv("FINDER_NOW", at(24 * 70).isoformat())
    assert "\nwarning: unverified for 70 days\n" in run(capsys, "show", listed.id)[1]
    assert json.loads(run(capsys, "show", listed.id, "--json")[1])["warnings"] == ["unverified for 70 days"]
