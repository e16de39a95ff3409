"""The roadmap and the card of a step."""

from __future__ import annotations

import re

import pytest
from making import BEGUN, NOW, TRAINED, days, person

from finder.model import Profile, Progress, Step
from finder.render.steps import LEGEND, MARKS, card, roadmap
from finder.steps import build, load

CURRICULUM = load()
NOBODY = person()


def rows(text: str) -> dict[str, str]:
    """Row of each step by its id."""
    found = {}
    for line in text.splitlines():
        if match := re.match(r"  . \[.\] (\S+)", line):
            found[match[1]] = line
    return found


def test_every_step_has_its_row_and_every_stage_its_head():
    text = roadmap(CURRICULUM, NOBODY, NOW)
    assert list(rows(text)) == [
        s.id for stage in CURRICULUM.stages for s in CURRICULUM.steps.values() if s.stage == stage.id
    ]
    for number, stage in enumerate(CURRICULUM.stages, 1):
        assert re.search(rf"^{number}\. {re.escape(stage.title)}: 0 of \d+$", text, re.MULTILINE)
    assert text.endswith(LEGEND)


def test_titles_stand_under_each_other_whatever_the_ids():
    told = rows(roadmap(CURRICULUM, NOBODY, NOW))
    starts = {line.index(CURRICULUM.steps[id_].title, len(id_) + 8) for id_, line in told.items()}
    assert len(starts) == 1


@pytest.mark.parametrize("width", [70, 80, 100])
def test_a_roadmap_fits_and_titles_go_on_under_each_other(width):
    text = roadmap(CURRICULUM, person(TRAINED), NOW, width)
    assert max(map(len, text.splitlines())) <= width
    title = CURRICULUM.steps["cert.columbia-data-sciences"].title
    assert title in " ".join(text.split())
    start = rows(text)["code.python"].index("Program in Python")
    assert all(line.startswith(" " * start) for line in text.splitlines() if re.match(r" {10}", line))


def test_what_can_be_begun_is_marked():
    told = rows(roadmap(CURRICULUM, person(BEGUN), NOW))
    available = {step.id for step in CURRICULUM.available(person(BEGUN).done) if step in CURRICULUM.path}
    assert {id_ for id_, line in told.items() if line.startswith("  ▸")} == available


@pytest.mark.parametrize(
    ("state", "note"), [("done", "(3 days ago)"), ("doing", "(3 days ago)"), ("skipped", ""), ("todo", "")]
)
def test_states_have_marks_and_dates(state, note):
    told = Profile(steps={"code.python": Progress(state, NOW - days(3))})
    row = rows(roadmap(CURRICULUM, told, NOW))["code.python"]
    assert MARKS[state] in row
    assert row.endswith(note or CURRICULUM.steps["code.python"].title)


def test_optional_steps_say_so_with_their_date():
    assert rows(roadmap(CURRICULUM, NOBODY, NOW))["code.r"].endswith("(optional)")
    told = Profile(steps={"code.r": Progress("done", NOW)})
    assert rows(roadmap(CURRICULUM, told, NOW))["code.r"].endswith("(optional, today)")


def test_progress_counts_and_a_stage_is_satisfied():
    stage = CURRICULUM.stages[0]
    own = [step.id for step in CURRICULUM.steps.values() if step.stage == stage.id and not step.optional]
    text = roadmap(CURRICULUM, person(own), NOW)
    assert f"1. {stage.title}: {len(own)} of {len(own)}, satisfied" in text
    assert f"1. {stage.title}: 1 of {len(own)}\n" in roadmap(CURRICULUM, person(own[:1]), NOW)


def test_the_legend_explains_every_mark():
    assert all(mark in LEGEND for mark in MARKS.values() if mark != "[ ]")
    assert "▸" in LEGEND


# ------------------------------------------------------------------------------------------------ cards
def test_a_card_tells_what_is_before_and_after():
    text = card(CURRICULUM, CURRICULUM.steps["course.deep-learning"], person(TRAINED), NOW)
    lines = text.splitlines()
    assert lines[0] == "course.deep-learning: Train neural networks"
    assert lines[1] == "  state   todo"
    assert "  after   course.ml-foundations (done)" in lines
    assert "  after   code.calculus" in lines
    assert any(line.startswith("  opens   ") and "course.computer-vision" in line for line in lines)
    assert any(line.startswith("  grants  ") and "PyTorch" in line for line in lines)


def test_a_card_tells_since_when():
    told = Profile(steps={"code.python": Progress("doing", NOW - days(15))})
    assert "  state   doing, 2 weeks ago" in card(CURRICULUM, CURRICULUM.steps["code.python"], told, NOW)


@pytest.mark.parametrize("step", CURRICULUM.steps.values(), ids=lambda step: step.id)
def test_every_card_has_its_resources_with_cost_and_standing(step: Step):
    text = card(CURRICULUM, step, NOBODY, NOW)
    for resource in step.resources:
        line = next(line for line in text.splitlines() if line.endswith(resource["url"]))
        assert resource["name"] in line
        assert resource["cost"] in line
        assert resource["status"] in line
    assert ("(optional)" in text.splitlines()[0]) == step.optional
    assert "\n\n" not in text


@pytest.mark.parametrize("width", [50, 80, 100])
def test_a_card_fits(width):
    for step in CURRICULUM.steps.values():
        lines = card(CURRICULUM, step, NOBODY, NOW, width).splitlines()
        assert max(len(line) for line in lines[1:] if "http" not in line) <= width


def test_one_of_several_is_enough():
    told = build(
        {
            "meta": {"version": 1, "as_of": "2026-01-01"},
            "stage": [{"id": "a", "title": "A"}],
            "step": [
                {"id": "a.one", "stage": "a", "title": "One"},
                {"id": "a.two", "stage": "a", "title": "Two"},
                {"id": "a.then", "stage": "a", "title": "Then", "requires_any": [["a.one", "a.two"]]},
            ],
        }
    )
    assert "  after   a.one or a.two\n" in card(told, told.steps["a.then"], NOBODY, NOW) + "\n"
    assert "  after   a.one or a.two (done)" in card(told, told.steps["a.then"], person(["a.two"]), NOW)
    assert "  opens   a.then" in card(told, told.steps["a.one"], NOBODY, NOW)
    assert "learn" not in card(told, told.steps["a.one"], NOBODY, NOW)


def test_an_empty_curriculum_is_only_a_legend():
    empty = build({"meta": {"version": 1, "as_of": "2026-01-01"}, "stage": [], "step": []})
    assert roadmap(empty, NOBODY, NOW) == LEGEND
