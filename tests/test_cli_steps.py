"""`finder steps` and `init`, and what finishing steps does to a ranking."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from _cli import run

from finder.steps import load


def test_the_roadmap_shows_every_step(capsys, own_home):
    code, out, _ = run(capsys, "steps")
    assert code == 0
    for step in load().steps.values():
        assert step.id in out


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
        out = run(capsys, "search", "--json", "--limit", "9999", "--level", "all")[1]
        return {item["id"]: item["score"] for item in json.loads(out)}

    before = scores()
    steps = ("course.ml-foundations", "course.deep-learning", "course.cloud", "code.testing", "code.r")
    assert run(capsys, "steps", "done", *steps)[0] == 0
    after = scores()
    assert before.keys() == after.keys()
    assert all(after[id_] >= score for id_, score in before.items())
    assert any(after[id_] > score for id_, score in before.items())


# ------------------------------------------------------------------------------------------------ init
def test_init_writes_a_configuration_and_marks_steps(capsys, own_home):
    code, out, _ = run(
        capsys,
        "init",
        "--yes",
        "--location",
        "Berlin",
        "--term",
        "Summer 2027",
        "--mail",
        "a@b.example",
        "--done",
        "git",
    )
    assert code == 0
    path = Path(out.split()[1])
    assert path.is_relative_to(own_home)
    assert path.stat().st_mode & 0o777 == 0o600
    told = tomllib.loads(path.read_text("utf-8"))
    assert told["profile"] == {"locations": ["Berlin"], "remote": True, "terms": ["Summer 2027"]}
    assert told["mail"] == {"to": "a@b.example"}
    assert "[x] code.shell-git" in run(capsys, "steps")[1]


def test_init_keeps_what_is_there(capsys, own_home):
    assert run(capsys, "init", "--yes")[0] == 0
    code, _, err = run(capsys, "init", "--yes")
    assert code == 2
    assert "exists already" in err


def test_init_with_an_unknown_step_writes_nothing(capsys, own_home):
    assert run(capsys, "init", "--yes", "--done", "quantum-gardening")[0] == 2
    assert run(capsys, "init", "--yes")[0] == 0


def test_init_survives_odd_answers(capsys, own_home):
    code, out, _ = run(capsys, "init", "--yes", "--location", 'quo"te\\\n# [x]')
    assert code == 0
    assert tomllib.loads(Path(out.split()[1]).read_text("utf-8"))["profile"]["locations"] == ['quo"te\\ # [x]']
    assert run(capsys, "config", "validate")[0] == 0
