"""`finder steps` and `init`, and what finishing steps does to a ranking."""

from __future__ import annotations

import json

import pytest
from _cli import run

from finder.steps import load


def test_the_roadmap_shows_every_step_of_the_path(capsys, own_home):
    code, out, _ = run(capsys, "steps")
    assert code == 0
    for step in load().path:
        assert step.id in out
    assert "learn." not in out


def test_steps_are_marked_and_unmarked(capsys, own_home):
    assert run(capsys, "steps", "done", "python", "code.shell-git")[0] == 0
    assert "[x] code.python" in run(capsys, "steps")[1]
    run(capsys, "steps", "todo", "python")
    assert "[ ] code.python" in run(capsys, "steps")[1]


@pytest.mark.parametrize(("verb", "mark"), [("done", "[x]"), ("doing", "[~]"), ("skip", "[-]"), ("todo", "[ ]")])
def test_every_state_has_a_mark(capsys, own_home, verb, mark):
    code, out, _ = run(capsys, "steps", verb, "java")
    assert (code, out.split()[0:1]) == (0, [mark.split()[0]])
    assert f"{mark} code.java" in run(capsys, "steps")[1]


def test_a_typo_is_forgiven(capsys, own_home):
    assert "code.python" in run(capsys, "steps", "done", "pyhton")[1]


def test_an_unknown_step_changes_nothing(capsys, own_home):
    code, _, err = run(capsys, "steps", "done", "python", "quantum-gardening")
    assert code == 2
    assert "quantum-gardening" in err
    assert "[x]" not in run(capsys, "steps")[1].partition("[x] done")[0]


def test_marking_needs_a_step(capsys, own_home):
    code, _, err = run(capsys, "steps", "done")
    assert code == 2
    assert "names no step" in err


def test_what_a_step_builds_on_is_told(capsys, own_home):
    _, _, err = run(capsys, "steps", "done", "course.deep-learning")
    assert "builds on" in err


def test_one_step_has_a_card(capsys, own_home):
    code, out, _ = run(capsys, "steps", "show", "python")
    assert code == 0
    assert "grants" in out
    assert "https://" in out


def test_steps_as_json(capsys, own_home):
    run(capsys, "steps", "done", "python")
    steps = {step["id"]: step for step in json.loads(run(capsys, "steps", "--json")[1])}
    assert steps.keys() == load().steps.keys()
    assert steps["code.python"]["state"] == "done"
    assert steps["code.r"] == steps["code.r"] | {"state": "todo", "at": None}


def test_steps_belong_to_a_profile(capsys, own_home):
    run(capsys, "steps", "done", "python", "--profile", "ada")
    assert "[x] code.python" not in run(capsys, "steps")[1]
    assert "[x] code.python" in run(capsys, "steps", "--profile", "ada")[1]


def test_no_opening_loses_by_a_finished_step(collected, capsys):
    def scores() -> dict[str, float]:
        out = run(capsys, "search", "--json", "--each", "--limit", "9999", "--level", "all")[1]
        return {item["id"]: item["score"] for item in json.loads(out)}

    before = scores()
    steps = ("course.ml-foundations", "course.deep-learning", "course.cloud", "code.testing", "code.r")
    assert run(capsys, "steps", "done", *steps)[0] == 0
    after = scores()
    assert before.keys() == after.keys()
    assert all(after[id_] >= score for id_, score in before.items())
    assert any(after[id_] > score for id_, score in before.items())


def test_a_step_named_twice_is_marked_once(capsys, own_home):
    out = run(capsys, "steps", "done", "python", "code.python", "--json", "git")[1]
    assert [line.split()[1] for line in out.splitlines()] == ["code.python:", "code.shell-git:"]


def test_the_day_of_a_step_is_told(capsys, own_home, monkeypatch):
    monkeypatch.setenv("FINDER_NOW", "2026-08-01")
    run(capsys, "steps", "done", "python")
    monkeypatch.setenv("FINDER_NOW", "2026-08-20")
    assert "(2 weeks ago)" in next(line for line in run(capsys, "steps")[1].splitlines() if "code.python" in line)
    assert "done, 2 weeks ago" in run(capsys, "steps", "show", "python")[1]


def test_steps_show_as_json_tells_only_these(capsys, own_home):
    told = json.loads(run(capsys, "steps", "show", "python", "git", "--json")[1])
    assert [step["id"] for step in told] == ["code.python", "code.shell-git"]


def test_an_empty_name_is_no_step(capsys, own_home):
    code, _, err = run(capsys, "steps", "done", "")
    assert code == 2
    assert "finder steps lists all" in err


def test_reading_steps_makes_no_store(capsys, own_home, tmp_path):
    run(capsys, "steps")
    run(capsys, "steps", "show", "python", "--json")
    assert not (tmp_path / "finder.db").exists()


def test_a_profile_without_steps_is_told_where_it_was_named(capsys, collected):
    assert "mistyped?" in run(capsys, "steps", "--profile", "smm")[2]
    assert "mistyped?" not in run(capsys, "steps")[2]


@pytest.mark.parametrize("words", [["python,git"], ["python, git"], ["Python and Git"], ["python", "git,"]])
def test_several_steps_in_one_breath(capsys, own_home, words):
    assert run(capsys, "steps", "done", *words)[0] == 0
    roadmap = run(capsys, "steps")[1]
    assert "[x] code.python" in roadmap
    assert "[x] code.shell-git" in roadmap
