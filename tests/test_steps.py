"""Finding steps by what people type, and how far somebody is."""

from __future__ import annotations

import string
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import BEGUN, TRAINED, person

from finder.steps import Curriculum, build, load


def small(*steps: dict[str, Any], **stage: Any) -> Curriculum:
    """A curriculum of one stage."""
    table = {"id": "s", "title": "Stage", **stage}
    filled = [{"stage": "s", "title": step["id"].title(), **step} for step in steps]
    return build({"meta": {"version": 1, "as_of": "2026-08-23"}, "stage": [table], "step": filled})


CHAIN = small(
    {"id": "x.one", "grants": ["A"]},
    {"id": "x.two", "requires": ["x.one"], "grants": ["B", "A"]},
    {"id": "x.three", "requires": ["x.one"], "requires_any": [["x.two", "x.free"]], "grants": ["C"]},
    {"id": "x.free", "optional": True},
)


# ---------------------------------------------------------------------------------------- find
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("code.python", "code.python"),
        ("CODE.Python", "code.python"),
        ("python", "code.python"),
        ("  Python ", "code.python"),
        ("pyhton", "code.python"),
        ("code.pyhton", "code.python"),
        ("prolgo", "code.prolog"),
        ("java", "code.java"),
        ("r", "code.r"),
        ("sql", "code.sql"),
        ("algoritms", "code.algorithms"),
        ("linear algebra", "code.linear-algebra"),
        ("algebra linear", "code.linear-algebra"),
        ("intro to descriptive statistics", "course.descriptive-statistics"),
        ("Getting and Cleaning", "course.getting-cleaning-data"),
        ("deep lerning", "course.deep-learning"),
        ("e-81", "cert.harvard-e81"),
        ("Stanford", "cert.stanford-ai"),
        ("predictionio", "project.recreate-recommender"),
        ("pytorch", "course.deep-learning"),
        ("pull request", "project.first-contribution"),
        ("resume", "intern.prepare"),
    ],
)
def test_a_step_is_found_by(typed: str, meant: str) -> None:
    assert load().find(typed).id == meant


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("statistics", ["course.descriptive-statistics", "course.inferential-statistics"]),
        ("cert", ["cert.free", "cert.nanodegree"]),
        ("machine learning", ["course.ml-foundations"]),
    ],
)
def test_several_steps_meant_are_named(typed: str, named: list[str]) -> None:
    with pytest.raises(LookupError) as error:
        load().find(typed)
    told = str(error.value)
    assert "could be" in told
    assert all(id_ in told for id_ in named)
    assert sum(id_ in told for id_ in load().steps) <= 5


@pytest.mark.parametrize("typed", ["", "   ", "?", "q", "zzzzzz", "javascript development with frameworks"])
def test_what_is_no_step_is_said_so(typed: str) -> None:
    with pytest.raises(LookupError, match="no step is called"):
        load().find(typed)


def test_a_slip_between_two_steps_is_not_guessed() -> None:
    twins = small({"id": "x.cart"}, {"id": "x.card"})
    with pytest.raises(LookupError, match=r"did you mean x\.cart or x\.card\?"):
        twins.find("carx")


def test_a_name_that_is_merely_similar_is_asked_about() -> None:
    with pytest.raises(LookupError, match=r"no step is called 'calculator'; did you mean x\.calculus\?"):
        small({"id": "x.calculus"}).find("calculator")


def test_the_message_is_a_sentence_and_not_a_repr() -> None:
    with pytest.raises(LookupError) as error:
        load().find("kubernets cluster")
    assert str(error.value).startswith("no step is called 'kubernets cluster'")


@settings(max_examples=60)
@given(st.sampled_from(sorted(load().steps)))
def test_every_id_and_title_finds_its_step(id_: str) -> None:
    step = load().steps[id_]
    assert load().find(id_) is step
    assert load().find(step.title.upper()) is step


@settings(max_examples=80)
@given(st.text(alphabet=string.printable + "äéł漢\u0000", max_size=40))
def test_find_answers_or_says_no(text: str) -> None:
    try:
        step = load().find(text)
    except LookupError as error:
        assert str(error)
    else:
        assert load().steps[step.id] is step


@settings(max_examples=60)
@given(st.sampled_from(["python", "prolog", "algorithms", "probability", "nanodegree", "portfolio"]), st.data())
def test_one_swap_of_letters_is_forgiven(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 2))
    slip = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert load().find(slip).id.endswith(f".{name}")


# ---------------------------------------------------------------------------------------- skills and prerequisites
def test_done_steps_grant_their_skills() -> None:
    assert CHAIN.skills(["x.one", "x.three"]) == {"A", "C"}
    assert load().skills(BEGUN) == {"Bash", "Git", "Linux", "Python", "Relational databases", "SQL"}


def test_a_step_of_another_curriculum_grants_nothing() -> None:
    assert CHAIN.skills(["gone.step"]) == frozenset()


def test_a_step_is_available_once_all_it_requires_is_done() -> None:
    def ids(*done: str) -> list[str]:
        return [step.id for step in CHAIN.available(done)]

    assert ids() == ["x.one", "x.free"]
    assert ids("x.one") == ["x.two", "x.free"]
    assert ids("x.one", "x.free") == ["x.two", "x.three"]
    assert ids("x.one", "x.two") == ["x.three", "x.free"]
    assert ids("x.free") == ["x.one"]


def test_what_a_step_still_requires_is_told_by_alternatives() -> None:
    three = CHAIN.steps["x.three"]
    assert CHAIN.unmet(three, ()) == (("x.one",), ("x.two", "x.free"))
    assert CHAIN.unmet(three, {"x.free"}) == (("x.one",),)
    assert CHAIN.unmet(three, {"x.one", "x.two"}) == ()


def test_nets_are_not_open_to_a_beginner() -> None:
    assert "course.deep-learning" not in {step.id for step in load().available(TRAINED)}


def test_the_steps_that_teach_a_skill_are_found() -> None:
    assert [step.id for step in CHAIN.granting("A")] == ["x.one", "x.two"]
    assert CHAIN.granting("Z") == ()


@settings(max_examples=50)
@given(st.sets(st.sampled_from(sorted(load().steps))), st.sampled_from(sorted(load().steps)))
def test_one_more_step_takes_no_skill_and_no_other_step_away(done: set[str], one: str) -> None:
    more = done | {one}
    assert load().skills(done) <= load().skills(more)
    assert {s.id for s in load().available(done)} - {one} <= {s.id for s in load().available(more)}


# ---------------------------------------------------------------------------------------- progress
def stages(curriculum: Curriculum, *done: str, **states: Any) -> list[tuple[int, int, bool]]:
    progress = curriculum.progress(person(done, states=states.get("states")))
    return [(stage.done, stage.total, stage.satisfied) for stage in progress]


def test_optional_steps_are_in_neither_number() -> None:
    assert stages(CHAIN) == [(0, 3, False)]
    assert stages(CHAIN, "x.free") == [(0, 3, False)]
    assert stages(CHAIN, "x.one", "x.two", "x.three") == [(3, 3, True)]


def test_a_skipped_step_is_in_neither_number() -> None:
    assert stages(CHAIN, "x.one", states={"x.two": "skipped"}) == [(1, 2, False)]
    assert stages(CHAIN, "x.one", "x.three", states={"x.two": "skipped"}) == [(2, 2, True)]


def test_doing_is_not_done() -> None:
    assert stages(CHAIN, states={"x.one": "doing", "x.two": "todo"}) == [(0, 3, False)]


def test_one_of_a_group_satisfies_its_stage() -> None:
    group = small({"id": "c.a", "optional": True}, {"id": "c.b", "optional": True}, need=1)
    assert stages(group) == [(0, 1, False)]
    assert stages(group, "c.b") == [(1, 1, True)]
    assert stages(group, "c.a", "c.b") == [(1, 1, True)]


def test_a_group_skipped_altogether_leaves_nothing_to_do() -> None:
    group = small({"id": "c.a", "optional": True}, need=1)
    assert stages(group, states={"c.a": "skipped"}) == [(0, 0, True)]


def test_progress_of_somebody_with_steps_no_longer_known() -> None:
    assert stages(CHAIN, "x.one", "old.step") == [(1, 3, False)]


def test_the_whole_way_satisfies_every_stage() -> None:
    curriculum = load()
    needed = [id_ for id_, step in curriculum.steps.items() if not step.optional] + ["cert.free"]
    progress = curriculum.progress(person(needed))
    assert [stage.title for stage in progress] == [stage.title for stage in curriculum.stages]
    assert all(stage.satisfied for stage in progress)


# ---------------------------------------------------------------------------------------- imports
def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, finder.rank, finder.steps, finder.query;"
        "finder.steps.load();"
        "heavy = {'asyncio', 'sqlalchemy', 'httpx', 'rapidfuzz', 'difflib', 'rich', 'finder.places'};"
        "print(*(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
