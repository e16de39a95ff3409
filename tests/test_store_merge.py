"""One opening out of several sightings: who speaks first, what is gathered, and that no order of them matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from _store import item
from hypothesis import given
from hypothesis import strategies as st

from db.merge import Content, Seen, View, content, merge, words
from finder.checks import OWN_PAGE
from finder.model import State


def said(**others: Any) -> Content:
    """What a sighting says: little, if not told otherwise."""
    blank: dict[str, Any] = dict.fromkeys(("title", "organization", "url", "pay", "description"), "")
    blank |= dict.fromkeys(("remote", "posted_at", "updated_at", "deadline"))
    blank |= {"kind": "internship", "places": [], "terms": [], "extra": {}}
    return Content(**(blank | others))  # type: ignore[typeddict-item]


def view(number: int, state: State = "open", authority: int = 0, **others: Any) -> View:
    dates = (f"2026-08-0{number}", "2026-08-01", "2026-08-09")
    return View(number, f"source {number}", state, "", *dates, False, authority, said(**others))


def merged(*views: View) -> Content:
    return merge(views).content


# ------------------------------------------------------------------------------------------------ who speaks first
def test_one_sighting_is_the_opening() -> None:
    only = view(1, title="ML Intern", description="Text", extra={"a": 1})
    assert merged(only) == only.content


def test_open_before_missing_before_closed() -> None:
    views = [view(1, "closed", 9, title="C"), view(2, "missing", 5, title="M"), view(3, "open", 0, title="O")]
    assert merged(*views)["title"] == "O"
    assert merged(*views[:2])["title"] == "M"


def test_authority_before_length_before_age() -> None:
    assert (
        merged(view(1, title="List", description="much longer"), view(2, authority=1, title="Board"))["title"]
        == "Board"
    )
    assert merged(view(1, title="Short"), view(2, title="Long", description="text"))["title"] == "Long"
    assert merged(view(2, title="Second"), view(1, title="First"))["title"] == "First"


@pytest.mark.parametrize("name", ["title", "organization", "url", "pay", "description"])
def test_what_the_first_does_not_tell_another_does(name: str) -> None:
    assert merged(view(1, authority=9), view(2, **{name: "told"}))[name] == "told"  # type: ignore[literal-required]


def test_a_plain_no_is_told_and_nothing_is_not() -> None:
    assert merged(view(1, authority=9, remote=False), view(2, remote=True))["remote"] is False
    assert merged(view(1, authority=9), view(2, remote=True))["remote"] is True


def test_the_longest_description_of_equals_is_taken() -> None:
    assert (
        merged(view(1, description="aa"), view(2, description="aaaa"), view(3, description="aaa"))["description"]
        == "aaaa"
    )


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("job", "internship"), "internship"),
        (("internship", "job"), "internship"),
        (("project", "internship"), "project"),
        (("job", "project"), "job"),
        (("job", "job"), "job"),
    ],
)
def test_a_list_that_calls_a_job_an_internship_knows_more(kinds: tuple[str, str], kind: str) -> None:
    assert merged(view(1, authority=1, kind=kinds[0]), view(2, kind=kinds[1]))["kind"] == kind


# ------------------------------------------------------------------------------------------------ what is gathered
def test_the_earliest_posting_and_the_latest_update_count() -> None:
    views = [
        view(1, posted_at="2026-08-03", updated_at="2026-08-04"),
        view(2, posted_at="2026-08-01", updated_at="2026-08-09"),
        view(3, "closed", posted_at="2026-07-01"),
        view(4),
    ]
    assert (merged(*views)["posted_at"], merged(*views)["updated_at"]) == ("2026-07-01", "2026-08-09")


def test_places_of_open_sightings_are_gathered_once() -> None:
    berlin, same, oslo = (
        ["Berlin", "Berlin", "", "DE"],
        ["Berlin (hybrid)", "Berlin", "", "DE"],
        ["Oslo", "Oslo", "", "NO"],
    )
    vague, loud = ["Remote in Europe", "", "", ""], ["REMOTE IN EUROPE", "", "", ""]
    closed = ["Rome", "Rome", "", "IT"]
    views = [
        view(1, authority=1, places=[berlin, vague]),
        view(2, places=[same, loud, oslo]),
        view(3, "closed", places=[closed]),
    ]
    assert merged(*views)["places"] == [berlin, vague, oslo]
    assert merged(view(1, "closed", places=[berlin]), view(2, "closed", places=[closed]))["places"] == [berlin, closed]


def test_terms_are_gathered_without_regard_to_case() -> None:
    views = [view(1, authority=1, terms=["Summer 2027"]), view(2, terms=["SUMMER 2027", "Fall 2027"])]
    assert merged(*views)["terms"] == ["Summer 2027", "Fall 2027"]


def test_extra_facts_are_gathered_and_lists_joined() -> None:
    one = view(1, authority=1, extra={"stars": 5, "skills": ["python", "c++"], "issues": [{"n": 1}], "mixed": "text"})
    two = view(
        2, extra={"stars": 4, "skills": ["sql", "python"], "issues": [{"n": 1}, {"n": 2}], "mixed": ["l"], "more": True}
    )
    assert merged(one, two)["extra"] == {
        "stars": 5,
        "skills": ["python", "c++", "sql"],
        "issues": [{"n": 1}, {"n": 2}],
        "mixed": "text",
        "more": True,
    }
    assert one.content["extra"]["skills"] == ["python", "c++"]


def test_state_evidence_dates_and_hiding_follow_from_all() -> None:
    first = replace(view(1, "closed"), evidence="filled", state_at="2026-08-05", hidden=True, first_seen="2026-07-30")
    second = replace(view(2, "closed"), evidence="absent", state_at="2026-08-07", hidden=True, last_seen="2026-08-20")
    whole = merge([first, second])
    assert (whole.state, whole.evidence, whole.hidden) == ("closed", "absent", True)
    assert (whole.first_seen, whole.last_seen) == ("2026-07-30", "2026-08-20")
    whole = merge([first, second, view(3)])
    assert (whole.state, whole.evidence, whole.hidden) == ("open", "", False)
    assert merge([first, view(2, "missing")]).state == "missing"


# ------------------------------------------------------------------------------------------------ properties
short = st.text("ab ", max_size=3)
contents = st.builds(
    said,
    kind=st.sampled_from(["job", "internship", "project"]),
    title=short,
    description=short,
    remote=st.sampled_from([None, True, False]),
    places=st.lists(st.lists(short, min_size=4, max_size=4), max_size=2),
    terms=st.lists(short, max_size=2),
    posted_at=st.sampled_from([None, "2026-08-01", "2026-08-02"]),
    extra=st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2) | st.lists(short, max_size=2), max_size=2),
)
views_of = st.lists(
    st.builds(
        View,
        number=st.integers(1, 99),
        source=short,
        state=st.sampled_from(["open", "missing", "closed"]),
        evidence=short,
        state_at=st.sampled_from(["2026-08-01", "2026-08-02"]),
        first_seen=st.sampled_from(["2026-08-01", "2026-08-02"]),
        last_seen=st.sampled_from(["2026-08-03", "2026-08-04"]),
        hidden=st.booleans(),
        authority=st.integers(0, 2),
        content=contents,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one.number,
)


@given(views_of, st.randoms(use_true_random=False))
def test_no_order_of_sightings_matters(views: list[View], random: Any) -> None:
    shuffled = list(views)
    random.shuffle(shuffled)
    assert merge(shuffled) == merge(views)


@given(views_of)
def test_nothing_is_said_that_no_sighting_says(views: list[View]) -> None:
    whole = merge(views)
    for name in ("title", "remote", "posted_at"):
        assert whole.content[name] in [one.content[name] for one in views]  # type: ignore[literal-required]
    assert {tuple(place) for place in whole.content["places"]} <= {
        tuple(p) for one in views for p in one.content["places"]
    }
    assert whole.state in {one.state for one in views}
    assert whole.evidence in {one.evidence for one in views if one.state == whole.state}


# ------------------------------------------------------------------------------------------------ its own page
def page(verdict: str, at: str = "2026-08-20", missing: bool = False) -> Seen:
    return Seen(at, verdict, f"the page: {verdict}", missing)


def test_its_own_page_closes_what_lists_show() -> None:
    whole = merge([view(1), view(2, "missing")], page("closed"))
    assert (whole.state, whole.evidence, whole.source) == ("closed", "the page: closed", OWN_PAGE)


def test_a_page_that_is_not_there_makes_what_is_open_missing() -> None:
    whole = merge([view(1), view(2, "closed")], page("unknown", missing=True))
    assert (whole.state, whole.evidence, whole.source) == ("missing", "the page: unknown", OWN_PAGE)


@pytest.mark.parametrize("state", ["missing", "closed"])
def test_a_page_that_is_not_there_adds_nothing_to_what_sources_say(state: State) -> None:
    whole = merge([view(1, state)], page("unknown", missing=True))
    assert (whole.state, whole.evidence, whole.source) == (state, "", "source 1")


def test_a_page_that_is_there_speaks_for_what_sources_lost_sight_of_before() -> None:
    whole = merge([view(1, "missing"), view(2, "closed")], page("open"))
    assert (whole.state, whole.evidence, whole.source) == ("open", "the page: open", OWN_PAGE)


def test_a_page_that_was_there_says_nothing_of_what_went_missing_later() -> None:
    assert merge([view(4, "missing")], page("open", at="2026-08-03")).state == "missing"
    assert merge([view(4, "missing")], page("open", at="2026-08-04")).state == "open"


def test_a_page_that_is_there_does_not_speak_against_a_source() -> None:
    assert merge([view(1, "closed")], page("open")).state == "closed"
    whole = merge([view(1)], page("open"))
    assert (whole.state, whole.evidence, whole.source) == ("open", "", "source 1")


@pytest.mark.parametrize("verdict", ["unknown", "taken"])
def test_a_page_that_tells_nothing_changes_nothing(verdict: str) -> None:
    for state in ("open", "missing", "closed"):
        assert merge([view(1, state)], page(verdict)) == merge([view(1, state)])  # type: ignore[arg-type]


@pytest.mark.parametrize("told", [page("closed"), page("unknown", missing=True)])
def test_the_employers_board_outdoes_a_look_before_its_own(told: Seen) -> None:
    list_, board = view(1), view(2, authority=1)
    assert merge([list_, board], replace(told, at="2026-08-08")).state == "open"
    assert merge([list_, board], replace(told, at="2026-08-09")).state != "open"
    assert merge([list_, view(2)], replace(told, at="2026-08-08")).state != "open"


def test_what_the_board_says_later_stands_also_when_it_goes_missing_there() -> None:
    board = replace(view(2, "missing", authority=1), state_at="2026-08-09")
    assert merge([board], page("closed", at="2026-08-08")).state == "missing"


looks_of = st.builds(
    Seen,
    at=st.sampled_from(["2026-08-01", "2026-08-05"]),
    verdict=st.sampled_from(["open", "closed", "unknown"]),
    evidence=short,
    missing=st.booleans(),
)


@given(views_of, looks_of)
def test_a_page_changes_the_state_alone(views: list[View], told: Seen) -> None:
    without, whole = merge(views), merge(views, told)
    assert replace(whole, state=without.state, evidence=without.evidence, source=without.source) == without
    assert whole.source in {OWN_PAGE, without.source}


# ------------------------------------------------------------------------------------------------ from a listing
def test_a_listing_is_said_with_what_only_its_found_knows() -> None:
    shown = item(
        description="Text",
        pay="30",
        skills=("python",),
        degrees=("MSc",),
        employment="Intern",
        sponsorship="no",
        category="",
    )
    assert content(shown.listing)["extra"] == {
        "skills": ("python",),
        "degrees": ("MSc",),
        "employment": "Intern",
        "sponsorship": "no",
    }
    assert content(shown.listing)["description"] == "Text"


def test_the_sources_own_extra_facts_stand_over_those_carried_along() -> None:
    shown = item(category="from the list", extra={"category": "own", "empty": "", "none": None, "zero": 0, "no": False})
    assert content(shown.listing)["extra"] == {"category": "own", "zero": 0, "no": False}


def test_places_terms_and_topics_are_found_by_full_text() -> None:
    said_words = words(
        said(
            places=[["SF", "San Francisco", "CA", "US"], ["Remote", "", "", ""]],
            terms=["Summer 2027"],
            extra={"topics": ["vision", 3], "language": "Rust", "stars": 4, "issue": "unindexed"},
            description="Data+AI",
        )
    )
    assert said_words == "SF San Francisco CA US · Remote · Summer 2027 · Rust · vision Data AI"
