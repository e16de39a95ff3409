"""Signals of a place for a first contribution, one by one: what is told counts, what is not told counts as neither."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from making import NOW, days, need, person, project

from finder.model import Match
from finder.rank import rank
from finder.rank import signals as s
from finder.rank.signals import NOT_TOLD
from finder.steps import load
from finder.tasks import Task


def seen(**extra: Any) -> Match:
    """The best possible project but for `extra`, seen by a beginner."""
    told = {"stars": 800, "free_issues": 4, "pushed_at": f"{NOW:%Y-%m-%d}", **extra}
    (match,) = rank([project("p", need("Python"), extra=told)], person(), NOW, load())
    return match


def aged(*ages: float) -> list[Task]:
    return [Task("Trim the hedge", "x", created=NOW - days(age)) for age in ages]


# -------------------------------------------------------------------------------- the age of the issues
@pytest.mark.parametrize(("ages", "value"), [((1,), 1.0), ((365,), 1.0), ((366,), 0.3), ((1, 400, 500), 0.3)])
def test_old_issues_speak_against_it(ages: tuple[float, ...], value: float) -> None:
    assert s.fresh(aged(*ages), NOW).value == value


def test_how_old_they_are_is_told() -> None:
    assert s.fresh(aged(800), NOW).told == "Its issues for beginners are old: half of them are open for 2 years or more"
    assert s.fresh(aged(800), NOW).told in seen(issues=[_row(800)]).reasons
    assert s.fresh([], NOW) == NOT_TOLD
    assert s.fresh([Task("a", "x")], NOW) == NOT_TOLD


def _row(age: float, number: int = 1, **fields: Any) -> dict[str, Any]:
    made = f"{NOW - days(age):%Y-%m-%d}"
    return {"title": f"Trim {number}", "url": f"https://x.example/{number}", "created_at": made, **fields}


# -------------------------------------------------------------------------------- people
def test_where_newcomers_are_merged_more_the_signal_is_better() -> None:
    def value(**extra: Any) -> float:
        return s.newcomers(extra).value

    assert value(pulls=100, pulls_merged=90, pulls_by_newcomers=30) > value(
        pulls=100, pulls_merged=20, pulls_by_newcomers=30
    )
    assert value(pulls=100, pulls_merged=90, pulls_by_newcomers=30) > value(
        pulls=100, pulls_merged=90, pulls_by_newcomers=1
    )
    assert value(pulls=100, pulls_merged=100, pulls_by_newcomers=25) == pytest.approx(1.0)


def test_the_year_is_told() -> None:
    told = "Of 1,200 pull requests in a year 900 were merged, 300 came from newcomers"
    assert s.newcomers({"pulls": 1200, "pulls_merged": 900, "pulls_by_newcomers": 300}).told == told
    assert told in seen(pulls=1200, pulls_merged=900, pulls_by_newcomers=300).reasons
    assert s.newcomers({"pulls": 4, "pulls_merged": 3}).told == "Of 4 pull requests in a year 3 were merged"


@pytest.mark.parametrize(
    "extra", [{}, {"pulls": 0, "pulls_merged": 0}, {"pulls": 5}, {"pulls": 5, "pulls_merged": 6}, {"pulls": "5"}]
)
def test_a_year_that_cannot_be_read_counts_as_not_told(extra: dict[str, Any]) -> None:
    assert s.newcomers(extra) == NOT_TOLD


def test_soon_answered_is_better_and_a_long_wait_is_told() -> None:
    assert s.answers({"days_to_close_pull": 0}).value == 1.0
    assert s.answers({"days_to_close_pull": 30}).value == pytest.approx(0.5)
    assert s.answers({"days_to_close_pull": 30}).told == ""
    assert s.answers({"days_to_close_issue": 90.4}).told == "It takes 90 days to close one on average"
    assert s.answers({"days_to_close_pull": 1, "days_to_close_issue": 900}).value > 0.9
    for nothing in ({}, {"days_to_close_pull": -1}, {"days_to_close_pull": "soon"}, {"days_to_close_pull": True}):
        assert s.answers(nothing) == NOT_TOLD


def test_where_programs_open_most_their_pace_tells_nothing() -> None:
    quick = {"days_to_close_pull": 0.1, "pulls": 100}
    assert s.answers({**quick, "pulls_by_bots": 51}) == NOT_TOLD
    assert s.answers({**quick, "pulls_by_bots": 50}).value > 0.9


@pytest.mark.parametrize(
    ("known", "value", "told"),
    [
        (10, 1.0, ""),
        (9, 0.3, "Only 9 people ever contributed"),
        (1, 0.3, "It is one person's work"),
        (0, 0.3, ""),
        (None, 0.5, ""),
        ("many", 0.5, ""),
    ],
)
def test_company(known: Any, value: float, told: str) -> None:
    assert s.people({"contributors": known}) == (value, told)


def test_papers() -> None:
    whole = ["readme", "contributing", "code_of_conduct", "license"]
    assert s.papers({"papers": whole}) == (1.0, "")
    assert s.papers({"papers": ["readme", "license"]}) == (0.5, "It has no guide for contributors")
    assert s.papers({"license": "MIT"}).value == 0.75
    assert s.papers({"papers": 4}) == s.papers({}) == NOT_TOLD


@pytest.mark.parametrize(
    ("lists", "number"),
    [
        (["up-for-grabs", "good-first-issue"], 2),
        (["up-for-grabs", "up-for-grabs", "gsoc-2026"], 1),
        ("up-for-grabs", 1),
        (None, 0),
        ([1, None], 0),
    ],
)
def test_lists_that_people_keep(lists: Any, number: int) -> None:
    assert s.curated({"lists": lists}) == number


@pytest.mark.parametrize(
    ("stars", "value"), [(100, 1.0), (5_000, 1.0), (10, 0.6), (50_000, 0.6), (0, 0.2), (None, 0.6)]
)
def test_size(stars: int | None, value: float) -> None:
    assert s.size(stars) == pytest.approx(value)


def test_each_signal_moves_the_score() -> None:
    plain = seen().parts["friendly"]
    for better in (
        {"contributors": 40},
        {"papers": ["readme", "contributing", "license", "code_of_conduct"]},
        {"pulls": 100, "pulls_merged": 95, "pulls_by_newcomers": 30},
        {"days_to_close_pull": 1.0},
        {"lists": ["up-for-grabs", "good-first-issue"]},
        {"issues": [_row(10)]},
    ):
        assert seen(**better).parts["friendly"] > plain, better
    for worse in (
        {"contributors": 2},
        {"papers": []},
        {"pulls": 100, "pulls_merged": 5, "pulls_by_newcomers": 0},
        {"days_to_close_pull": 300.0},
        {"issues": [_row(900)]},
        {"free_issues": 0},
        {"stars": 90_000},
    ):
        assert seen(**worse).parts["friendly"] < plain, worse


# -------------------------------------------------------------------------------- farms
FLOOD = {"most_in_a_day": 24, "issue_count": 24, "alike": 24, "open_issues": 25, "stars": 2}


def test_a_farm_is_marked_first_and_ranks_far_below() -> None:
    match = seen(**FLOOD)
    assert match.reasons[0].startswith("Looks like a farm of issues, not a place to learn: 24 of its issues")
    assert match.parts["friendly"] < 0.1
    assert seen().parts["friendly"] > 0.5


def signs(*titles: str, **extra: Any) -> str:
    return s.farm(extra, [Task(title, "x") for title in titles])


def test_issues_made_in_one_day_are_enough() -> None:
    assert signs(most_in_a_day=21) == "21 of its issues for beginners were made on one day"
    assert signs(most_in_a_day=20) == ""


@pytest.mark.parametrize(
    ("titles", "extra"),
    [
        ((), {"issue_count": 12, "alike": 12}),
        ((), {"issue_count": 12, "stars": 3}),
        ((), {"issue_count": 12, "open_issues": 14}),
        (("[Stellar Wave] Translate",), {}),
        (("Fix it (maybe rewarded)",), {}),
        (("Hacktoberfest: fix it",), {"issue_count": 3, "stars": 2}),
        (("A bounty of fish",), {"stars": 2000}),
    ],
)
def test_one_weak_sign_is_none(titles: tuple[str, ...], extra: dict[str, Any]) -> None:
    assert signs(*titles, **extra) == ""


def test_two_weak_signs_are_a_farm() -> None:
    assert signs("[Stellar Wave] Translate", issue_count=12, alike=12) == (
        "12 of them have the same title but for a word; it promises rewards (“Stellar Wave”)"
    )
    assert "it has 2 stars" in signs(issue_count=12, open_issues=14, stars=2)


def test_a_small_project_with_few_issues_is_no_farm() -> None:
    assert signs("Fix a typo", issue_count=3, open_issues=3, stars=2, alike=1, most_in_a_day=3) == ""


# -------------------------------------------------------------------------------- whatever comes
ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.lists(st.text(max_size=3), max_size=2)
)
NAMES = [
    "stars", "free_issues", "issue_count", "open_issues", "pulls", "pulls_merged", "pulls_by_newcomers",
    "pulls_by_bots", "days_to_close_pull", "days_to_close_issue", "contributors", "papers", "lists", "issues",
    "most_in_a_day", "alike", "license", "label", "topics",
]  # fmt: skip


@tuned(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), ODD))
def test_whatever_a_source_sent_the_score_is_a_share(extra: dict[str, Any]) -> None:
    (match,) = rank([project("p", extra=extra)], person(), NOW, load())
    assert 0 < match.parts["friendly"] <= 1
    assert all(isinstance(reason, str) and reason for reason in match.reasons)
