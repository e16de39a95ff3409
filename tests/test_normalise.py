"""Found → Listing, and the parts that a Found is combined from."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder import clean
from finder.model import FOUND_FIELDS, Detail, Found, Listing, Place
from finder.normalise import combine, listing, terms, to_facts

AT = datetime(2026, 8, 22, 12, 30, tzinfo=UTC)

FULL = Found(
    kind="internship",
    key="4012345",
    title="Machine Learning Intern &amp; Researcher",
    url="https://boards.greenhouse.io/lumenfold/jobs/4012345?gh_src=abc",
    organization=" Lumenfold\u200b ",
    locations=("Berlin, Germany", "Remote - US"),
    terms=("summer 27",),
    posted="12d",
    updated="2026-08-21T10:00:00-04:00",
    deadline="Oct 1",
    description="First line\r\n\r\n\r\n\r\nsecond\x00 line",
    employment="Intern",
    category="AI/ML",
    degrees=("Master's", "PhD"),
    sponsorship="Other",
    pay="$40/h",
    skills=("Python", "Python", " R "),
    closed="",
    extra={"team": "Vision", "id": 2**70},
)


def found(**changes: Any) -> Found:
    return replace(
        Found(kind="internship", key="7", title="ML Intern", url="https://lumenfold.example/roles/7"), **changes
    )


def made(**changes: Any) -> Listing:
    return listing("list", found(**changes), AT)


# ------------------------------------------------------------------------------------------------ the listing
def test_a_whole_listing() -> None:
    one = listing("list", FULL, AT)
    assert one == Listing(
        found=one.found,
        identity="greenhouse:4012345",
        url="https://boards.greenhouse.io/lumenfold/jobs/4012345",
        title="Machine Learning Intern & Researcher",
        organization="Lumenfold",
        places=(Place("Berlin, Germany", "Berlin", "BE", "DE"), Place("Remote - US", "", "", "US")),
        remote=True,
        terms=("Summer 2027",),
        posted_at=datetime(2026, 8, 10, tzinfo=UTC),
        updated_at=datetime(2026, 8, 21, 14, tzinfo=UTC),
        deadline=datetime(2026, 10, 1, tzinfo=UTC),
    )


def test_what_was_found_stays_in_clean_words() -> None:
    kept = listing("list", FULL, AT).found
    assert kept.key == FULL.key
    assert kept.title == "Machine Learning Intern & Researcher"
    assert kept.organization == "Lumenfold"
    assert kept.description == "First line\n\nsecond line"
    assert kept.skills == ("Python", "R")
    assert kept.degrees == FULL.degrees
    assert (kept.posted, kept.updated, kept.deadline) == (FULL.posted, FULL.updated, FULL.deadline)
    assert kept.terms == ("summer 27",)
    assert kept.extra == {"team": "Vision", "id": str(2**70)}


def test_the_least_that_a_source_can_tell() -> None:
    one = made()
    assert one.found == found()
    assert one.identity == "url:lumenfold.example/roles/7"
    assert (one.organization, one.places, one.terms) == ("", (), ())
    assert (one.remote, one.posted_at, one.updated_at, one.deadline) == (None, None, None, None)


@pytest.mark.parametrize(
    ("said", "locations", "expected"),
    [
        (None, (), None),
        (None, ("Berlin",), None),
        (None, ("Berlin", "Remote in Germany"), True),
        (None, ("Hybrid - Berlin",), None),
        (None, ("Not remote",), None),
        (True, ("Berlin",), True),
        (False, ("Remote",), False),
        (False, (), False),
    ],
)
def test_remote(said: bool | None, locations: tuple[str, ...], expected: bool | None) -> None:
    assert made(remote=said, locations=locations).remote is expected


def test_places_of_several_strings_are_one_list() -> None:
    one = made(locations=("NYC", "SF, NYC", "Remote", "", "New York, NY"))
    assert [(place.text, place.city) for place in one.places] == [("NYC", "New York"), ("SF", "San Francisco")]
    assert one.found.locations == ("NYC", "SF, NYC", "Remote", "New York, NY")


def test_places_are_bounded() -> None:
    one = made(
        locations=tuple(f"Place {'ABCDEFGHIJ'[n % 10]}{'ABCDEFGHIJ'[n // 10 % 10]}{n // 100}" for n in range(1000))
    )
    assert len(one.places) == clean.MAX_PLACES
    assert len(made(locations=("; ".join(["Springfield"] * 999),)).found.locations[0]) <= clean.MAX_PLACE


@pytest.mark.parametrize("kind", ["internship", "job"])
@pytest.mark.parametrize(
    "url", ["https://lumenfold.example/careers", "https://lumenfold.example", "https://jobs.lever.co/lumenfold"]
)
def test_jobs_that_share_a_careers_page_are_told_apart(kind: str, url: str) -> None:
    one, other = made(kind=kind, url=url, key="1"), made(kind=kind, url=url, key="2")
    assert (one.identity, other.identity) == ("source:list:1", "source:list:2")
    assert one.url == other.url != ""


@pytest.mark.parametrize("kind", ["project", "course", "dataset"])
def test_a_front_page_is_the_identity_of_what_is_no_job(kind: str) -> None:
    assert made(kind=kind, url="https://tensor-kit.example").identity == "url:tensor-kit.example/"


@pytest.mark.parametrize("url", ["", "n/a", "javascript:alert(1)", "//lumenfold.example"])
def test_without_an_address_the_source_and_its_key_are_the_identity(url: str) -> None:
    one = made(url=url)
    assert one.url == ""
    assert one.identity == "source:list:7"
    assert listing("other", found(url=url), AT).identity != one.identity


def test_the_same_posting_from_two_sources() -> None:
    board = listing("lumenfold", FULL, AT)
    elsewhere = listing("list", found(key="x", url="https://lumenfold.example/apply?gh_jid=4012345", title="ML"), AT)
    assert board.identity == elsewhere.identity


def test_a_repository_is_the_same_from_every_list() -> None:
    urls = [
        "https://github.com/Lumenfold/Kit",
        "https://github.com/lumenfold/kit/labels/easy",
        "http://github.com/lumenfold/kit.git",
    ]
    assert {made(kind="project", url=url).identity for url in urls} == {"github:lumenfold/kit"}


@pytest.mark.parametrize("name", ["N/A", "-", "", "  ", "\u200b", "unknown"])
def test_no_organization(name: str) -> None:
    assert made(organization=name).organization == ""


def test_long_fields_are_clipped() -> None:
    one = made(title="t" * 999, organization="o" * 999, description="d" * 99_999, pay="p" * 999, locations=("l" * 999,))
    assert len(one.title) == clean.MAX_TITLE
    assert len(one.organization) == clean.MAX_ORGANIZATION
    assert len(one.found.description) == clean.MAX_DESCRIPTION
    assert len(one.found.pay) == clean.MAX_TITLE
    assert len(one.places[0].text) == clean.MAX_PLACE


# ------------------------------------------------------------------------------------------------ terms
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        (["Summer 2027"], ["Summer 2027"]),
        (["summer 27", "SUMMER '27", "Summer2027", "2027 Summer", "Summer, 2027", "Summer ’27"], ["Summer 2027"]),
        (["Summer-2027"], ["Summer 2027"]),
        (["Autumn 2026", "fall 2026"], ["Fall 2026"]),
        (["Spring"], ["Spring"]),
        (["Winter"], ["Winter"]),
        (["Fall/Winter 2026"], ["Fall 2026", "Winter 2026"]),
        (["Winter/Spring 2025"], ["Winter 2025", "Spring 2025"]),
        (["Summer 2026, Fall 2027"], ["Summer 2026", "Fall 2027"]),
        (["Summer or Fall"], ["Summer", "Fall"]),
        (["Summer 2027 (May-August)"], ["Summer 2027"]),
        (["Fall 2027", "Summer 2027", "Fall 2027"], ["Fall 2027", "Summer 2027"]),
        (["N/A", "", "None", "Not specified", "not stated", "-", "Unknown", "TBD"], []),
        (["Year-round"], ["Year-round"]),
        (["Off-Season"], ["Off-Season"]),
        (["2027"], ["2027"]),
        (["Summery 2027"], ["Summery 2027"]),
        (["Midsummer"], ["Midsummer"]),
        (["Summer 123"], ["Summer"]),
        (["Summer\u200b  2027"], ["Summer 2027"]),
        (["Summer ٢٧"], ["Summer"]),
    ],
)
def test_terms(values: list[str], expected: list[str]) -> None:
    assert terms(values) == tuple(expected)
    assert terms(expected) == tuple(expected)


# ------------------------------------------------------------------------------------------------ parts
def test_facts_leave_out_what_is_empty() -> None:
    assert to_facts(found()) == {
        "kind": "internship",
        "key": "7",
        "title": "ML Intern",
        "url": "https://lumenfold.example/roles/7",
    }
    assert to_facts(found(title="", url="")).keys() == {"kind", "key", "title", "url"}
    assert to_facts(found(remote=False, hidden=True, terms=("Spring",)))["remote"] is False
    assert to_facts(FULL).keys() == {field.name for field in fields(Found)} - {"remote", "closed", "hidden"}


def test_a_detail_stands_over_its_found() -> None:
    detail = Detail(
        "7", "page", {"description": "Long.", "locations": ["Berlin"], "title": "ML Intern (2027)", "remote": False}
    )
    one = combine({"": to_facts(found(description="Short.", locations=("DE",), pay="x")), detail.part: detail.fields})
    assert one == found(description="Long.", locations=("Berlin",), title="ML Intern (2027)", remote=False, pay="x")


def test_extra_is_merged_key_by_key() -> None:
    parts = {
        "": to_facts(found(extra={"stars": 5, "license": "MIT"})),
        "a": {"extra": {"stars": 6, "issues": [1]}},
        "b": {"extra": {"issues": [2, 3]}, "updated": "2026-08-01"},
    }
    assert combine(parts) == found(extra={"stars": 6, "license": "MIT", "issues": [2, 3]}, updated="2026-08-01")


def test_parts_are_taken_in_the_order_of_their_names() -> None:
    parts = {"b": {"pay": "b"}, "": to_facts(found()), "a": {"pay": "a"}}
    assert combine(parts).pay == "b"
    assert combine(dict(reversed(parts.items()))) == combine(parts)


def test_combining_changes_nothing_of_its_parts() -> None:
    parts: dict[str, dict[str, Any]] = {"": {**to_facts(found()), "extra": {"a": 1}}, "x": {"extra": {"b": 2}}}
    before = json.dumps(parts)
    combine(parts)
    assert json.dumps(parts) == before


def test_what_cannot_be_combined() -> None:
    with pytest.raises(KeyError):
        combine({"detail": {"pay": "x"}})
    with pytest.raises(TypeError):
        combine({"": {"kind": "job", "key": "1"}})


# ------------------------------------------------------------------------------------------------ properties
WORDS = st.text(
    st.characters() | st.sampled_from(["\ud800", "\x00", "\u202e", "&", "\n"]), max_size=12
) | st.sampled_from(
    [
        "N/A",
        "Berlin",
        "US, CA",
        "Remote",
        "Summer 27",
        "12d",
        "2026-08-22",
        "9999-12-31",
        "https://jobs.lever.co/x",
        "https://a.b/c?id=1",
    ]
)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
EXTRA = st.dictionaries(WORDS, st.none() | st.integers() | WORDS | st.lists(WORDS, max_size=2), max_size=3)
TUPLES = {"locations", "terms", "degrees", "skills"}
FOUNDS = st.builds(
    Found,
    kind=st.sampled_from(["internship", "job", "project", "course", "dataset"]),
    key=WORDS,
    remote=st.sampled_from([None, True, False]),
    hidden=st.booleans(),
    extra=EXTRA,
    **{name: LISTS if name in TUPLES else WORDS for name in FOUND_FIELDS - {"remote", "hidden", "extra"}},
)


@given(FOUNDS)
@example(FULL)
@settings(max_examples=150)
def test_facts_give_the_found_back(one: Found) -> None:
    facts = json.loads(json.dumps(to_facts(one)))
    assert combine({"": facts}) == one
    assert combine({"": to_facts(one), "empty": {}}) == one


@given(FOUNDS)
@example(FULL)
@settings(max_examples=200)
def test_every_found_makes_a_listing_that_stays_the_same(one: Found) -> None:
    first = listing("list", one, AT)
    assert first.identity
    for text in (first.url, first.title, first.organization, *first.terms, *(place.text for place in first.places)):
        text.encode("utf-8")
        assert "\n" not in text
        assert "\x00" not in text
    json.dumps(dict(first.found.extra), allow_nan=False)
    again = listing("list", first.found, AT)
    assert replace(again, found=first.found, title="", organization="") == replace(first, title="", organization="")
    assert again.found.extra == first.found.extra


@given(st.lists(WORDS, max_size=5))
@settings(max_examples=150)
def test_terms_are_stable_and_distinct(values: list[str]) -> None:
    once = terms(values)
    assert len(set(once)) == len(once)
    assert terms(once) == once
