"""JSON lists: which form a document has, and what must not get lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched, Page, Request
from scrapers import json_list
from scrapers.json_list import ADAPTER, FORMS, Options

URL = "https://raw.example.net/list/listings.json"
NOW = datetime(2026, 8, 22, tzinfo=UTC)
ROW = {
    "id": "a1",
    "company_name": "Quillon",
    "title": "Data Intern",
    "url": "https://quillon.example/1",
    "locations": ["NYC"],
    "active": True,
}
MINIMAL: dict[str, dict[str, Any]] = {
    "Simplify": ROW,
    "ApplyGuy": {"id": "1", "title": "T", "company": "C", "location": "NYC", "listingUrl": "https://c.example"},
    "zshah101": {
        "id": "a:b:1",
        "title": "T",
        "company": "C",
        "location": "NYC",
        "url": "https://c.example",
        "season": "Fall 2026",
        "posted_at": "2026-08-01",
    },
    "dreamwork": {
        "id": "1",
        "title": "T",
        "company": "C",
        "companyDomain": "c.example",
        "location": "NYC",
        "url": "https://d.example/1",
    },
    "tracker": {
        "key": "c:1",
        "title": "T",
        "company": "C",
        "locations": ["NYC"],
        "url": "https://c.example",
        "active": True,
    },
    "posted jobs": {
        "id": "1",
        "title": "T",
        "company": "C",
        "sourceUrl": "https://c.example",
        "sourceDate": "2025-12-01",
    },
    "new jobs": {"id": "1", "job_title": "T", "employer_name": "C", "job_apply_link": "https://c.example"},
}


def parse(value: Any, **options: Any) -> Page:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return ADAPTER.parse(Fetched(Request(URL), 200, body, NOW), Options(URL, **options))


def refusal(value: Any) -> str:
    with pytest.raises(ParseError) as caught:
        parse(value)
    assert caught.value.url == URL
    return caught.value.problem


def test_the_document_is_asked_for_once() -> None:
    assert ADAPTER.start(Options(URL)) == [Request(URL)]


def test_a_list_is_whole_unless_the_configuration_says_that_it_is_a_window() -> None:
    assert ADAPTER.windowed(Options(URL)) is False
    assert ADAPTER.windowed(Options(URL, windowed=True)) is True


def test_the_configuration_says_what_the_rows_are() -> None:
    assert parse([ROW]).found[0].kind == "internship"
    assert parse([ROW], lists="job").found[0].kind == "job"


# --------------------------------------------------------------------------------------------- forms
def test_every_form_has_its_smallest_row_here() -> None:
    assert MINIMAL.keys() == {form.name for form in FORMS}
    for form in FORMS:
        assert MINIMAL[form.name].keys() == form.needs


@pytest.mark.parametrize("name", MINIMAL)
def test_the_smallest_row_of_each_form_is_read(name: str) -> None:
    page = parse([MINIMAL[name]])
    assert not page.skipped
    assert page.found[0].title in ("T", "Data Intern")
    assert page.found[0].organization in ("C", "Quillon")
    assert page.found[0].url.startswith("https://")
    assert not page.found[0].closed


@pytest.mark.parametrize("name", MINIMAL)
def test_a_row_of_one_form_has_no_other(name: str) -> None:
    assert [form.name for form in FORMS if form.needs <= MINIMAL[name].keys()] == [name]


@pytest.mark.parametrize("name", MINIMAL)
def test_without_any_one_of_its_keys_a_list_is_refused_by_the_name_of_the_key(name: str) -> None:
    for missing in MINIMAL[name]:
        problem = refusal([{key: value for key, value in MINIMAL[name].items() if key != missing}])
        assert "no known form of list" in problem
        assert missing in problem.split("they lack")[1]


@pytest.mark.parametrize("name", MINIMAL)
def test_rows_may_stand_bare_or_under_a_name_or_by_their_ids(name: str) -> None:
    row = MINIMAL[name]
    bare = parse([row])
    assert parse({"updated": "today", "jobs": [row]}) == bare
    assert parse({"count": 1, "listings": [row]}) == bare
    by_id = {"a": {key: value for key, value in row.items() if key != "key"}}
    found = parse({"jobs": by_id}).found
    assert [replace(item, key="") for item in found] == [replace(item, key="") for item in bare.found]


def test_the_form_is_that_of_most_rows() -> None:
    page = parse([MINIMAL["ApplyGuy"], ROW, {**ROW, "id": "a2"}, "junk"])
    assert [found.key for found in page.found] == ["a1", "a2"]
    assert [skipped.why for skipped in page.skipped] == [
        "ValueError: active: is missing",
        "TypeError: row: expected an object, found str",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "found int"),
        ("text", "found str"),
        ([7, 8], "expected rows that are objects, found int"),
        ([[ROW]], "expected rows that are objects, found list"),
        ({"rows": [ROW]}, "found an object with rows"),
        ({"error": "gone", "code": 404}, "found an object with code, error"),
        ({"\ud800\n\x1b[31m": 1}, r"found an object with \ud800\n\x1b[31m"),
        ([{"company": "C", "role": "R", "location": "L", "link": "U"}], "its rows have company, link, location, role"),
    ],
)
def test_what_is_no_list_is_refused_by_what_it_is(value: Any, words: str) -> None:
    assert words in refusal(value)


def test_an_empty_list_is_a_list_and_an_empty_object_is_nothing() -> None:
    assert parse([]) == parse({"jobs": []}) == parse({"jobs": {}}) == Page()
    for nothing in (b"{}", b"null", b""):
        with pytest.raises(EmptyAnswer):
            parse(nothing)


# --------------------------------------------------------------------------------------------- rows
def test_an_inactive_row_is_closed_and_says_by_what() -> None:
    assert parse([{**ROW, "active": False}]).found[0].closed == "marked inactive (active: false)"
    assert not parse([{**ROW, "active": None}]).found[0].closed


def test_an_invisible_row_is_kept_and_hidden() -> None:
    assert parse([{**ROW, "is_visible": False}]).found[0].hidden
    assert not parse([ROW]).found[0].hidden


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"terms": ["Summer 2027", "N/A"]}, ("Summer 2027",)),
        ({"season": "Spring"}, ("Spring",)),
        ({"season": ""}, ()),
        ({"season": "Not specified"}, ()),
        ({"terms": None, "season": None}, ()),
    ],
)
def test_terms_come_from_either_field_and_no_term_is_none(given_: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert parse([{**ROW, **given_}]).found[0].terms == expected


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({"is_open": True}, ""),
        ({"is_open": False}, "marked closed (is_open: false)"),
        ({"closed_at": "2026-08-20"}, "marked closed (is_open: false, 2026-08-20)"),
        ({"is_open": False, "closed_reason": "gone"}, "marked closed (gone)"),
        ({"closed_reason": "expired", "closed_at": "2026-08-20"}, "marked closed (expired, 2026-08-20)"),
    ],
)
def test_a_list_with_a_lifecycle_tells_the_end_of_a_row(fields: dict[str, Any], closed: str) -> None:
    assert parse([{**MINIMAL["zshah101"], **fields}]).found[0].closed == closed


@pytest.mark.parametrize(
    ("fields", "pay"),
    [
        ({"salaryMin": 40000, "salaryMax": 50000}, "40000-50000"),
        ({"salaryMin": 40000, "salaryMax": 40000, "salaryPeriod": "year"}, "40000 year"),
        ({"salaryMax": 25.5, "salaryPeriod": "hour"}, "25.5 hour"),
        ({"salaryPeriod": "hour"}, ""),
    ],
)
def test_a_span_of_pay_is_put_in_words(fields: dict[str, Any], pay: str) -> None:
    assert parse([{**MINIMAL["dreamwork"], **fields}]).found[0].pay == pay


@pytest.mark.parametrize(("said", "remote"), [("remote", True), ("onsite", False), ("hybrid", None), (None, None)])
def test_remote_is_what_the_list_says(said: str | None, remote: bool | None) -> None:
    assert parse([{**MINIMAL["dreamwork"], "remoteType": said}]).found[0].remote is remote


@pytest.mark.parametrize("name", ["id", "company_name", "title", "url", "locations", "active"])
@pytest.mark.parametrize("wrong", [7, {"a": 1}, 1.5])
def test_a_wrong_type_costs_the_row_and_names_the_field(name: str, wrong: Any) -> None:
    page = parse([{**ROW, name: wrong}, {**ROW, "id": "ok"}])
    assert [found.key for found in page.found] == ["ok"]
    assert page.skipped[0].why.startswith(f"TypeError: {name}: expected")


def test_dates_keep_the_form_they_have() -> None:
    found = parse([{**ROW, "date_posted": 1786000000, "date_updated": "2026-08-01"}]).found[0]
    assert (found.posted, found.updated) == ("1786000000", "2026-08-01")
    assert parse([{**ROW, "date_posted": True}]).skipped[0].why == "TypeError: date_posted: expected a time, found bool"


def test_rows_that_share_an_id_are_both_kept_whatever_their_order() -> None:
    rows = [ROW, {**ROW, "title": "ML Intern"}, {**ROW, "id": "b"}]
    keys = [found.key for found in parse(rows).found]
    assert [found.key for found in parse(rows[::-1]).found] == keys[::-1]
    assert keys[0].startswith("a1#")
    assert keys[1].startswith("a1#")
    assert keys[0] != keys[1]
    assert keys[2] == "b"


def test_a_row_that_stands_twice_is_one() -> None:
    assert [found.key for found in parse([ROW, ROW]).found] == ["a1"]


row_ids = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["T", "U"]), st.integers(0, 2)), max_size=12)


@given(row_ids, st.randoms())
def test_no_row_is_lost_and_no_key_depends_on_the_order(drawn: list[tuple[str, str, int]], random: Any) -> None:
    rows = [{**ROW, "id": i, "title": title, "date_posted": date} for i, title, date in drawn]
    shuffled = random.sample(rows, len(rows))
    first, second = parse(rows).found, parse(shuffled).found
    assert len(first) == len({found.key for found in first}) == len(set(drawn))
    assert (
        set(first) == set(second) if not first else {f.key: f.title for f in first} == {f.key: f.title for f in second}
    )


def test_the_module_has_the_four_names_of_an_adapter() -> None:
    assert (json_list.start, json_list.parse) == (ADAPTER.start, ADAPTER.parse)
    assert ADAPTER.options is json_list.Options
    assert ADAPTER.kind == "json_list"
