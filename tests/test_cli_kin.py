"""`finder split`, `join` and `reclassify`, and how search and show tell of postings and families."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from _cli import run
from _store import BERLIN, OSLO, item, new_store, record, rows

from db.store import Store
from finder import conclusions
from finder.cli import kin as verbs
from finder.conclusions import Summary, conclude
from finder.lock import locked

POSTED = datetime.fromisoformat("2026-08-20T00:00:00Z")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_NOW", "2026-08-22T12:00:00Z")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A board with one role in two cities and another role, and a list that hides its links. Name → id."""
    monkeypatch.setenv("FINDER_DB", str(tmp_path / "finder.db"))
    with new_store(tmp_path) as store:
        record(
            store,
            item("1", identity="lever:heron:1", posted_at=POSTED, places=[BERLIN]),
            item("2", identity="lever:heron:2", posted_at=POSTED, places=[OSLO]),
            item("3", identity="lever:heron:3", posted_at=POSTED, title="Data Science Intern"),
            source="board",
            authority=1,
        )
        record(store, item("7", identity="source:other:7", posted_at=POSTED, places=[BERLIN]), source="other")
        conclude(store)
        store.end_run(1, POSTED)
        names = {
            "berlin": "lever:heron:1",
            "oslo": "lever:heron:2",
            "data": "lever:heron:3",
            "hidden": "source:other:7",
        }
        ids = dict(rows(store, "SELECT identity, id FROM opening"))
    return {name: ids[identity] for name, identity in names.items()}


def found(capsys: pytest.CaptureFixture[str], *flags: str) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in json.loads(run(capsys, "search", "--json", *flags)[1])}


def same_posting(capsys: pytest.CaptureFixture[str], id_: str) -> set[str]:
    return {one["id"] for one in json.loads(run(capsys, "show", id_, "--json")[1])["same_posting"]}


# ------------------------------------------------------------------------------------------------ search
def test_a_family_is_shown_once_and_says_what_else_there_is(capsys, world):
    told = found(capsys)
    assert len(told) == 2
    head = next(one for one in told.values() if one["title"] == "Machine Learning Intern")
    other = world["oslo"] if head["id"] in (world["berlin"], world["hidden"]) else world["berlin"]
    assert head["more_like_it"] == [other] or set(head["more_like_it"]) <= {world["berlin"], world["hidden"]}
    assert head["family"] and head["family"] != told[world["data"]]["family"]
    assert told[world["data"]]["more_like_it"] == []
    text = run(capsys, "search")[1]
    assert "Internships: 2 of 2" in text
    assert f"+ 1 more like it ({'Oslo' if other == world['oslo'] else 'Berlin'}): finder show {head['id']}" in text


def test_each_shows_every_opening(capsys, world):
    assert found(capsys, "--each").keys() == set(world.values())
    assert "more like it" not in run(capsys, "search", "--each")[1]
    assert all(one["more_like_it"] == [] for one in found(capsys, "--each").values())


@pytest.mark.parametrize(("place", "names"), [("Oslo", {"oslo"}), ("Berlin", {"berlin", "hidden"})])
def test_who_can_only_work_in_one_city_sees_that_one(capsys, world, place, names):
    told = found(capsys, "--location", place)
    assert {world[name] for name in names} & told.keys()
    assert not {world[name] for name in {"berlin", "oslo", "hidden"} - names} & told.keys()
    assert all(one["more_like_it"] == [] for one in told.values())


def test_by_date_the_newest_of_a_family_stands_for_it(capsys, world):
    assert len(found(capsys, "--sort", "date")) == 2


def test_a_table_tells_the_same(capsys, world, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    assert "1 more like it" in run(capsys, "search")[1]


# ------------------------------------------------------------------------------------------------ show
def test_show_tells_the_other_sightings_the_siblings_and_why(capsys, world):
    text = run(capsys, "show", world["berlin"])[1]
    same, siblings = text[text.index("The same posting") :], text[text.index("Same role, other place") :]
    assert f"[{world['hidden']}]" in same.split("\n\n")[0]
    assert f"joined with {world['berlin']}, 9" in same
    assert "sure: same title, same place, posted the same day" in same
    assert "other: open, 2026-08-22 10:00" in same
    assert f"[{world['oslo']}] · Oslo" in siblings.split("\n\n")[0]
    told = json.loads(run(capsys, "show", world["berlin"], "--json")[1])
    assert [one["id"] for one in told["same_role"]] == [world["oslo"]]
    assert told["same_posting"][0]["sightings"][0]["source"] == "other"
    assert told["decisions"] == []


def test_show_of_one_by_itself_says_nothing_of_kin(capsys, world):
    text = run(capsys, "show", world["data"])[1]
    assert "The same posting" not in text and "Same role" not in text and "by hand" not in text


# ------------------------------------------------------------------------------------------------ split, join
def test_a_split_is_told_listed_and_taken_back(capsys, world):
    code, out, _ = run(capsys, "split", world["hidden"], world["berlin"])
    assert (code, out.count("kept apart from")) == (0, 1)
    assert same_posting(capsys, world["hidden"]) == set()
    assert (
        f"not the same as {world['hidden']}, by hand since 2026-08-22 12:00" in run(capsys, "show", world["berlin"])[1]
    )
    assert run(capsys, "split")[1] == f"2026-08-22 12:00 UTC  split {world['hidden']} from {world['berlin']}\n"
    assert run(capsys, "split", "--undo", world["berlin"], world["hidden"])[0] == 0
    assert same_posting(capsys, world["hidden"]) == {world["berlin"]}
    assert run(capsys, "split")[1] == run(capsys, "join")[1] == ""


def test_one_stands_by_itself(capsys, world):
    code, out, _ = run(capsys, "split", world["berlin"][:5])
    assert (code, out) == (0, f"{world['berlin']} (Machine Learning Intern) stands by itself\n")
    assert same_posting(capsys, world["berlin"]) == set()
    assert "stands by itself, by hand since" in run(capsys, "show", world["berlin"])[1]
    assert run(capsys, "join")[1] == f"2026-08-22 12:00 UTC  split {world['berlin']}\n"
    assert run(capsys, "split", world["berlin"], "--undo")[1] == f"taken back: {world['berlin']}\n"
    assert same_posting(capsys, world["berlin"]) == {world["hidden"]}


def test_a_join_is_told_listed_and_taken_back(capsys, world):
    code, out, _ = run(capsys, "join", world["data"], world["oslo"])
    assert (code, out.count("are one posting")) == (0, 1)
    assert same_posting(capsys, world["data"]) == {world["oslo"]}
    assert "joined by hand" in run(capsys, "show", world["data"])[1]
    assert f"one with {world['oslo']}, by hand" in run(capsys, "show", world["data"])[1]
    first, second = sorted((world["data"], world["oslo"]))
    assert run(capsys, "join")[1] == f"2026-08-22 12:00 UTC  join  {first} and {second}\n"
    assert run(capsys, "join", "--undo", world["oslo"], world["data"])[0] == 0
    assert same_posting(capsys, world["data"]) == set()


def test_what_one_source_shows_is_taken_out(capsys, world, tmp_path):
    with Store.open(tmp_path / "finder.db") as store:
        record(store, item("9", identity="lever:heron:3", title="Payroll Intern"), source="other")
        conclude(store)
    code, out, _ = run(capsys, "split", world["data"], "other")
    assert code == 0
    new = out.split()[-2]
    assert out == f"{world['data']} (Data Science Intern): what other shows of it is {new} now\n"
    told = json.loads(run(capsys, "show", new, "--json")[1])
    assert (told["title"], told["kind"], bool(told["level"])) == ("Payroll Intern", "internship", True)
    assert [s["source"] for s in json.loads(run(capsys, "show", world["data"], "--json")[1])["sightings"]] == ["board"]
    assert run(capsys, "join", new, world["data"])[0] == 0
    assert same_posting(capsys, new) == {world["data"]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["split", "zzzzzzzz"], "no opening has it"),
        (["split", "DATA", "zzzzzzzz"], "no opening has it"),
        (["split", "DATA", "DATA"], "is the same opening; name another, or one of its sources"),
        (["split", "DATA", "board"], "is the only source of"),
        (["split", "--undo", "DATA"], "nothing was decided of this by hand"),
        (["join", "DATA"], "name two openings"),
        (["join", "DATA", "DATA"], "is the same opening"),
        (["join", "--undo", "DATA", "OSLO"], "nothing was decided of this by hand"),
    ],
    ids=" ".join,
)
def test_slips_end_with_2(capsys, world, line, said):
    words = [world.get(word.lower(), word) for word in line]
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err and err.count("\n") == 1


@pytest.mark.parametrize("line", [["split", "x"], ["join", "x", "y"], ["reclassify"]], ids=" ".join)
def test_without_a_store_they_end_with_5(capsys, tmp_path, monkeypatch, line):
    monkeypatch.setenv("FINDER_DB", str(tmp_path / "none.db"))
    code, _, err = run(capsys, *line)
    assert (code, "no store yet" in err) == (5, True)
    assert run(capsys, "split") == (0, "", "")


def test_while_a_refresh_runs_they_end_with_75(capsys, world, tmp_path):
    with locked(tmp_path / "finder.db"):
        assert run(capsys, "join", world["data"], world["oslo"])[0] == 75
        assert run(capsys, "reclassify")[0] == 75


def test_at_a_terminal_the_way_back_is_told(capsys, world, monkeypatch):
    monkeypatch.setattr(verbs, "is_terminal", lambda _stream: True)
    _, _, err = run(capsys, "split", world["hidden"], world["berlin"])
    assert err == f"finder split --undo {world['hidden']} {world['berlin']} takes it back\n"


# ------------------------------------------------------------------------------------------------ reclassify
def test_nothing_changes_where_the_rules_are_the_same(capsys, world, tmp_path):
    def conclusions_of() -> list[object]:
        with closing(sqlite3.connect(tmp_path / "finder.db")) as raw:
            return (
                raw.execute("SELECT * FROM facets ORDER BY 1").fetchall()
                + raw.execute("SELECT * FROM kin ORDER BY 1").fetchall()
            )

    before = conclusions_of()
    assert run(capsys, "reclassify") == (0, "4 openings read anew; no conclusion changed\n", "")
    assert conclusions_of() == before
    assert run(capsys, "reclassify", "--quiet") == (0, "", "")


def test_it_counts_what_changed_by_subject(capsys, world, tmp_path):
    with closing(sqlite3.connect(tmp_path / "finder.db")) as raw, raw:
        raw.execute("UPDATE facets SET role = 'none', level = 'other', stated = '{\"paid\": [\"no\", \"unpaid\"]}'")
        raw.execute("UPDATE kin SET posting = '', family = opening")
    out = run(capsys, "reclassify")[1]
    assert out.splitlines()[0] == "4 openings read anew"
    counts = {line.split()[0]: int(line.split()[1]) for line in out.splitlines()[1:]}
    assert counts["role"] == counts["level"] == counts["paid"] == counts["family"] == 4
    assert counts["posting"] == 2
    assert run(capsys, "reclassify")[1] == "4 openings read anew; no conclusion changed\n"


def test_one_that_was_interrupted_goes_on(capsys, world, tmp_path, monkeypatch):
    def die(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with Store.open(tmp_path / "finder.db") as store:
        store.forget_conclusions()
        with pytest.raises(KeyboardInterrupt):
            conclude(store, die)
        first = next(iter(dict(store.unclassified(conclusions.FACET_RULES))))
        store.save_facets([(first, conclusions.classify(dict(store.unclassified("x"))[first]))])
    assert run(capsys, "reclassify")[1].startswith("3 openings read anew")


def test_a_decision_outlives_it(capsys, world):
    run(capsys, "split", world["hidden"], world["berlin"])
    run(capsys, "reclassify")
    assert same_posting(capsys, world["hidden"]) == set()


def test_progress_is_drawn_where_a_person_looks(capsys, world, monkeypatch):
    monkeypatch.setattr(verbs, "draws", lambda _environ, _stream: True)
    err = run(capsys, "reclassify")[2]
    assert "comparing openings: 4 of 4" in err
    assert err.endswith("\r\x1b[K")


def test_a_line_of_progress_is_written_seldom(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    bar = verbs._Progress()
    for done in range(1, 251):
        bar(done, 0)
    assert out.getvalue().count("reading openings") == 2


def test_a_summary_in_words():
    told = verbs.told(Summary(2000, {"role": 1, "family": 1200}))
    assert (
        told
        == "2,000 openings read anew\n  role           1 conclusion changed\n  family         1,200 conclusions changed"
    )
