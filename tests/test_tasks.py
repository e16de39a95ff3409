"""Issues as tasks: which is the best to begin with, what a look at one changes, and which is to be looked at next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from making import NOW, days, opening, person, project

from finder.checks import Checked, Verdict
from finder.model import Match, Opening
from finder.rank import rank
from finder.steps import load
from finder.tasks import (
    CHECK_AGAIN,
    Task,
    addresses,
    api_of,
    ease,
    free,
    is_easy,
    is_github,
    median_age,
    tasks,
    to_look_at,
    with_checks,
)

URL = "https://github.com/quillmark/garden/issues/"


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    told = {
        "title": f"Trim the hedge {number}",
        "url": f"{URL}{number}",
        "labels": ["good first issue"],
        "created_at": f"{NOW - days(30):%Y-%m-%dT%H:%M:%SZ}",
        "assigned": False,
        "words": 80,
        "code": True,
    }
    return {**told, **changes}


def garden(*rows: Any, id_: str = "p", **extra: Any) -> Opening:
    return project(id_, extra={"issues": list(rows), "free_issues": len(rows), **extra})


def seen(*projects: Opening) -> list[Match]:
    return rank(projects, person(), NOW, load())


def look(number: int, verdict: Verdict, age: float = 0, evidence: str = "") -> Checked:
    return Checked(f"{URL}{number}", NOW - days(age), verdict, evidence)


def looks(*told: Checked) -> dict[str, Checked]:
    return {one.url: one for one in told}


# ------------------------------------------------------------------------------------------------ reading
def test_an_issue_is_a_task() -> None:
    (task,) = tasks({"issues": [row(7)]})
    assert task == Task(
        "Trim the hedge 7", f"{URL}7", ("good first issue",), NOW - days(30), words=80, code=True, assigned=False
    )
    assert not task.taken


@pytest.mark.parametrize("wrong", [None, 3, "x", [], [None, 3, "x"], [{}], [{"title": "x"}], [{"url": "x"}], {"a": 1}])
def test_what_is_no_issue_is_left_out(wrong: Any) -> None:
    assert tasks({"issues": wrong}) == []
    assert tasks({}) == []


def test_odd_fields_are_as_if_not_told() -> None:
    (task,) = tasks({"issues": [row(labels="x", created_at="then", assigned="no", words=True, code=1, look=7)]})
    assert task == Task("Trim the hedge 1", f"{URL}1")


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3))


@tuned(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from([*row(), "look"]), JSON, max_size=6) | JSON, max_size=4))
def test_whatever_a_source_sent_can_be_read_and_ordered(rows: list[Any]) -> None:
    found = tasks({"issues": rows})
    assert sorted(task.url for task in free(found, NOW)) == sorted(task.url for task in found)
    median_age(found, NOW)


# ------------------------------------------------------------------------------------------------ the best
def titles(*rows: dict[str, Any]) -> list[str]:
    return [task.title for task in free(tasks({"issues": rows}), NOW)]


def test_documentation_comes_before_code_and_hard_things_last() -> None:
    rows = [row(title="Rewrite the kernel in CUDA"), row(title="Add a flag"), row(title="Fix a typo in the README")]
    assert titles(*rows) == ["Fix a typo in the README", "Add a flag", "Rewrite the kernel in CUDA"]
    assert titles(row(title="a", labels=["difficult"]), row(title="b"), row(title="c", labels=["docs"])) == [
        "c",
        "b",
        "a",
    ]


def test_a_task_is_easy_if_it_says_so_and_nothing_says_the_contrary() -> None:
    assert is_easy(Task("Add an example", "x"))
    assert is_easy(Task("x", "x", ("documentation",)))
    assert not is_easy(Task("Add a flag", "x"))
    assert not is_easy(Task("Add a test of the rewrite", "x"))


def test_a_longer_description_and_code_speak_for_it() -> None:
    good, short, bare = Task("a", "x", words=60, code=True), Task("a", "x", words=60), Task("a", "x", words=5)
    untold = Task("a", "x")
    assert ease(good, NOW) > ease(short, NOW) > ease(untold, NOW) > ease(bare, NOW)
    assert ease(Task("a", "x", words=600), NOW) == ease(short, NOW)


def test_what_is_open_for_years_is_not_easy() -> None:
    ages = [Task("a", "x", created=NOW - days(age)) for age in (1, 365, 366, 3 * 365 + 1)]
    values = [ease(task, NOW) for task in ages]
    assert values[0] == values[1] > values[2] > values[3] > 0


def test_what_somebody_has_is_not_free() -> None:
    assert titles(row(1, assigned=True), row(2)) == ["Trim the hedge 2"]


def test_the_age_in_the_middle() -> None:
    found = tasks(
        {"issues": [row(created_at=f"{NOW - days(age):%Y-%m-%d}") for age in (1, 400, 30)] + [row(created_at="")]}
    )
    assert median_age(found, NOW) == 30
    assert median_age([], NOW) is None
    assert median_age([Task("a", "x")], NOW) is None


# ------------------------------------------------------------------------------------------------ looks
def test_only_issues_of_projects_are_asked_for() -> None:
    assert addresses([garden(row(1), row(2)), opening("a", extra={"issues": [row(3)]})]) == [f"{URL}1", f"{URL}2"]


def test_a_look_is_laid_beside_its_issue() -> None:
    changed = with_checks(garden(row(1), row(2)), looks(look(2, "taken", 1, "claimed")))
    first, second = tasks(changed.extra)
    assert (first.verdict, first.looked) == ("", None)
    assert (second.verdict, second.looked, second.evidence) == ("taken", NOW - days(1), "claimed")
    assert changed.extra["free_issues"] == 1


@pytest.mark.parametrize(("verdict", "left"), [("open", 2), ("unknown", 2), ("taken", 1), ("closed", 1)])
def test_what_is_taken_is_not_counted_as_free(verdict: Verdict, left: int) -> None:
    changed = with_checks(garden(row(1), row(2)), looks(look(1, verdict)))
    assert changed.extra["free_issues"] == left
    assert len(free(tasks(changed.extra), NOW)) == left


def test_what_was_assigned_anyway_is_not_taken_off_twice() -> None:
    counted = garden(row(1, assigned=True), row(2), free_issues=1)
    assert with_checks(counted, looks(look(1, "taken"))).extra["free_issues"] == 1
    assert with_checks(garden(row(1), free_issues=0), looks(look(1, "taken"))).extra["free_issues"] == 0
    assert "free_issues" not in with_checks(project("p", extra={"issues": [row(1)]}), looks(look(1, "taken"))).extra


def test_without_looks_everything_stays_as_it_is() -> None:
    same = garden(row(1))
    assert with_checks(same, {}) is same
    assert with_checks(same, looks(look(9, "taken"))) is same
    other = opening("a", extra={"issues": [row(1)]})
    assert with_checks(other, looks(look(1, "taken"))) is other
    odd = project("p", extra={"issues": "none"})
    assert with_checks(odd, looks(look(1, "taken"))) is odd


# ------------------------------------------------------------------------------------------------ the next look
def test_the_best_issue_of_the_best_project_is_looked_at_first() -> None:
    poor = garden(row(9), id_="poor", stars=0)
    good = garden(row(1), row(2, title="Fix a typo"), id_="good", stars=900)
    matches = seen(poor, good)
    assert to_look_at(matches, NOW) == f"{URL}2"


def test_what_was_looked_at_lately_is_not_looked_at_again_and_the_next_project_comes() -> None:
    first, second = garden(row(1), id_="first", stars=900), garden(row(2), id_="second", stars=0)
    fresh = looks(look(1, "open", 1))
    assert to_look_at(seen(with_checks(first, fresh), second), NOW) == f"{URL}2"
    old = looks(look(1, "open", CHECK_AGAIN / timedelta(days=1)))
    assert to_look_at(seen(with_checks(first, old), second), NOW) == f"{URL}1"


def test_where_one_is_taken_the_next_of_the_project_comes() -> None:
    both = garden(row(1, title="Fix a typo"), row(2))
    assert to_look_at(seen(both), NOW) == f"{URL}1"
    assert to_look_at(seen(with_checks(both, looks(look(1, "taken")))), NOW) == f"{URL}2"
    assert to_look_at(seen(with_checks(both, looks(look(1, "taken"), look(2, "closed")))), NOW) == ""


def test_nobody_is_sent_to_look_where_nobody_is_sent_to_help() -> None:
    assert to_look_at(seen(garden(row(1), archived=True)), NOW) == ""
    assert to_look_at(seen(garden(row(1, url="https://gitlab.com/quillmark/garden/-/issues/1"))), NOW) == ""
    assert to_look_at(seen(opening("a", extra={"issues": [row(1)]})), NOW) == ""
    assert to_look_at([], NOW) == ""


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://github.com/ada/engine/issues/7", "/repos/ada/engine/issues/7"),
        ("https://GitHub.com/Ada/engine.py/issues/70", "/repos/Ada/engine.py/issues/70"),
    ],
)
def test_an_issue_of_github_has_an_address_for_programs(url: str, path: str) -> None:
    assert is_github(url)
    assert api_of(url) == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://github.com/ada/engine/pull/7",
        "https://github.com/ada/engine/issues/",
        "https://github.com/ada/engine/issues/7/../../x",
        "https://github.com/ada/engine/issues/٧",
        "https://evil.example/github.com/ada/engine/issues/7",
        "https://github.com.evil.example/ada/engine/issues/7",
    ],
)
def test_nothing_else_is_asked_for(url: str) -> None:
    assert not is_github(url)
    with pytest.raises(ValueError, match="not an issue of GitHub"):
        api_of(url)


@pytest.mark.parametrize(
    ("title", "labels", "easy"),
    [
        ("Add unit tests for the gate", (), True),
        ("Missing tests", (), True),
        ("x", ("tests",), True),
        ("x", ("good first issue", "testing"), True),
        ("The test result of the board is wrong", (), False),
        ("Latest build fails", (), False),
    ],
)
def test_speaking_of_a_test_is_not_writing_one(title: str, labels: tuple[str, ...], easy: bool) -> None:
    assert is_easy(Task(title, "x", labels)) is easy
