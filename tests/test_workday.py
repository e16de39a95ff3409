"""Workday: what is asked, page by page, which postings are read in full, and what counts as the whole board."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _crawled import AT, JSON, crawled, gathered, read, recorded
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.config.typed import bind_options
from finder.crawl import MAX_PAGES
from finder.dates import read as read_date
from finder.errors import ConfigError, EmptyAnswer, ParseError
from finder.model import Found, Request
from finder.urls import identity, posting
from scrapers import _details
from scrapers.workday import ADAPTER, CAP, LIMIT, Options, start

BOARD = Options("wickworks", "wd5", "Candles")
DOCUMENTS = "https://wickworks.wd5.myworkdayjobs.com/wday/cxs/wickworks/Candles"


def row(number: int = 1, title: str = "Candle Intern", **fields: Any) -> dict[str, Any]:
    return {
        "title": title,
        "externalPath": f"/job/Bergen/Candle-Intern_R{number}",
        "locationsText": "Bergen",
        "postedOn": "Posted 2 Days Ago",
        "bulletFields": [f"R{number}"],
        **fields,
    }


def page(rows: list[Any], total: int | None = None, o: Options = BOARD, **context: Any) -> Any:
    body = {"total": len(rows) if total is None else total, "jobPostings": rows}
    return read(ADAPTER, o, body, **{"offset": 0, **context})


def one(**fields: Any) -> Found:
    (found,) = page([row(**fields)]).found
    return found


def site(rows: list[dict[str, Any]], wraps: bool = False) -> Any:
    """A board as Workday serves it: counted on the first page only, at most 2,000."""

    def reply(request: Request) -> Any:
        asked.append(request)
        if request.method == "GET":
            path = request.url.removeprefix(DOCUMENTS)
            return {"jobPostingInfo": {"jobDescription": f"<p>All of {path}</p>", "startDate": "2026-08-20"}}
        ask = json.loads(request.body)
        assert ask["limit"] == LIMIT
        first = ask["offset"] % CAP if wraps else ask["offset"]
        total = min(len(rows), CAP) if ask["offset"] == 0 else 0
        return {"total": total, "jobPostings": rows[first : first + ask["limit"]], "facets": []}

    asked: list[Request] = []
    reply.asked = asked  # type: ignore[attr-defined]
    return reply


# ------------------------------------------------------------------------------------------------ what is asked for
def test_a_search_is_a_post_of_all_four_fields() -> None:
    (request,) = start(BOARD)
    assert (request.method, request.url) == ("POST", f"{DOCUMENTS}/jobs")
    assert json.loads(request.body) == {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": "intern"}
    assert dict(request.headers) == {"Accept": "application/json", "Content-Type": "application/json"}
    assert ADAPTER.employer


def test_each_page_is_a_question_of_its_own() -> None:
    (second, *_) = page([row(n) for n in range(20)], total=40).next
    assert second.key != start(BOARD)[0].key
    assert json.loads(second.body)["offset"] == 20
    assert not second.optional


@pytest.mark.parametrize(
    ("options", "documents", "seen"),
    [
        (BOARD, DOCUMENTS, "https://wickworks.wd5.myworkdayjobs.com/Candles"),
        (
            Options("wickworks", "wd3.myworkdaysite.com", "Candles"),
            "https://wd3.myworkdaysite.com/wday/cxs/wickworks/Candles",
            "https://wd3.myworkdaysite.com/recruiting/wickworks/Candles",
        ),
        (
            Options("wickworks", "wickworks.wd1.myworkdayjobs.com", "Candles"),
            "https://wickworks.wd1.myworkdayjobs.com/wday/cxs/wickworks/Candles",
            "https://wickworks.wd1.myworkdayjobs.com/Candles",
        ),
        (
            replace(BOARD, base="http://127.0.0.1:8000"),
            "http://127.0.0.1:8000/wday/cxs/wickworks/Candles",
            "http://127.0.0.1:8000/Candles",
        ),
    ],
)
def test_addresses_for_programs_and_for_people(options: Options, documents: str, seen: str) -> None:
    assert start(options)[0].url == f"{documents}/jobs"
    told = page([row()], o=options)
    assert told.found[0].url == f"{seen}/job/Bergen/Candle-Intern_R1"
    assert [request.url for request in told.next] == [f"{documents}/job/Bergen/Candle-Intern_R1"]
    assert start(options)[0].stands_for == f"{seen}/"
    assert told.next[0].stands_for == told.found[0].url


def test_every_question_says_which_page_it_stands_for() -> None:
    """So that a rule of robots.txt on the pages for people binds the documents behind them."""
    board = site([row(number) for number in range(45)])
    crawled(ADAPTER, BOARD, board)
    assert {request.method for request in board.asked} == {"GET", "POST"}
    pages = [request.stands_for.partition("/Candles/")[0] for request in board.asked]
    assert set(pages) == {"https://wickworks.wd5.myworkdayjobs.com"}


def test_the_address_for_people_is_known_as_this_posting() -> None:
    found = one()
    told = posting(found.url)
    assert told is not None
    assert (told.system, told.board, told.job_id) == ("workday", "wickworks.wd5/Candles", "R1")
    assert identity(found.url, "") == "workday:wickworks:r1"


# ------------------------------------------------------------------------------------------------ a row of the list
def test_a_row_is_a_job_in_the_sources_words() -> None:
    assert one() == Found(
        kind="job",
        key="/job/Bergen/Candle-Intern_R1",
        title="Candle Intern",
        url="https://wickworks.wd5.myworkdayjobs.com/Candles/job/Bergen/Candle-Intern_R1",
        organization="wickworks",
        locations=("Bergen",),
        posted="Posted 2 Days Ago",
        extra={"requisition": "R1"},
    )


@pytest.mark.parametrize("count", ["2 Locations", "16 locations", "1 Location"])
def test_a_number_of_places_is_no_place(count: str) -> None:
    assert one(locationsText=count).locations == ()


@pytest.mark.parametrize("place", ["3 Locations Street", "Locations", "Bergen"])
def test_other_words_are_a_place(place: str) -> None:
    assert one(locationsText=place).locations == (place,)


@pytest.mark.parametrize(
    ("words", "remote"),
    [("Fully Remote", True), ("Remote", True), ("Hybrid", False), ("On-site", False), ("Flexible", None), (None, None)],
)
def test_remote_is_what_the_row_says(words: str | None, remote: bool | None) -> None:
    assert one(remoteType=words).remote is remote


@pytest.mark.parametrize(
    ("words", "days"),
    [("Posted 30+ Days Ago", None), ("Posted Today", 22), ("Posted Yesterday", 21), ("Posted 8 Days Ago", 14)],
)
def test_an_age_goes_on_as_it_stands_and_a_bound_is_no_date(words: str, days: int | None) -> None:
    date = read_date(one(postedOn=words).posted, AT)
    assert (date.day if date else None) == days


@pytest.mark.parametrize("field", ["title", "externalPath"])
@pytest.mark.parametrize("broken", [None, " ", 7, []])
def test_a_row_without_what_it_needs_costs_itself_alone(field: str, broken: Any) -> None:
    told = page([row(1, **{field: broken}) if field != "title" else {**row(1), "title": broken}, row(2)])
    assert [found.extra["requisition"] for found in told.found] == ["R2"]
    assert field in told.skipped[0].why


def test_a_path_that_leads_elsewhere_is_no_path() -> None:
    assert "not a path" in page([row(externalPath="https://evil.example/job")]).skipped[0].why


def test_a_bare_requisition_number_is_not_shown_and_may_be_any_posting() -> None:
    told = page([row(1), {"bulletFields": ["R2"]}])
    assert (len(told.found), told.skipped, told.complete) == (1, (), False)


def test_a_page_of_nothing_but_bare_numbers_is_refused() -> None:
    with pytest.raises(ParseError, match="none of 3 postings has a title"):
        page([{"bulletFields": [str(n)]} for n in range(3)])


# ------------------------------------------------------------------------------------------------ from page to page
@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 40, 41, 199])
def test_every_posting_is_found_with_as_few_pages_as_can_be(count: int) -> None:
    reply = site([row(n) for n in range(count)])
    visits = crawled(ADAPTER, replace(BOARD, details=0), reply)
    assert len(gathered(visits)) == count
    assert len(visits) == max(1, -(-count // LIMIT))
    assert all(visit.complete for visit in visits)


@pytest.mark.parametrize(("count", "complete"), [(1999, True), (2000, False), (2600, False)])
def test_a_search_is_cut_where_its_count_ends(count: int, complete: bool) -> None:
    """2,000 may stand for any number, and what follows would be the first postings again."""
    reply = site([row(n) for n in range(count)], wraps=True)
    visits = crawled(ADAPTER, replace(BOARD, details=_details.MOST), reply)
    assert len(gathered(visits)) == min(count, CAP)
    assert max(json.loads(request.body)["offset"] for request in reply.asked if request.body) < CAP
    assert all(visit.complete for visit in visits) is complete
    assert len(visits) == CAP // LIMIT + _details.MOST <= MAX_PAGES


@pytest.mark.parametrize("missing", [1, 5, 20])
def test_fewer_postings_than_counted_close_nothing(missing: int) -> None:
    def reply(request: Request) -> Any:
        offset = json.loads(request.body)["offset"]
        return {"total": 40 if not offset else 0, "jobPostings": [row(n) for n in range(offset, 40 - missing)][:20]}

    visits = crawled(ADAPTER, replace(BOARD, details=0), reply)
    assert [visit.complete for visit in visits] == [True, False]


def test_an_empty_page_before_the_end_ends_the_search() -> None:
    told = page([], total=90, offset=20)
    assert (told.next, told.complete) == ((), False)


def test_the_count_of_the_first_page_stands_for_all() -> None:
    reply = site([row(n) for n in range(45)])
    crawled(ADAPTER, replace(BOARD, details=0), reply)
    contexts = [json.loads(request.context) for request in reply.asked]
    assert [context.get("total") for context in contexts] == [None, 45, 45]


# ------------------------------------------------------------------------------------------------ details
def test_details_go_to_students_jobs_first_then_to_the_youngest() -> None:
    rows = [
        row(1, "Internal Auditor", postedOn="Posted Today"),
        row(2, "Data Intern", postedOn="Posted 30+ Days Ago"),
        row(3, "Weaver", postedOn="Posted 9 Days Ago"),
        row(4, "ML Internship", postedOn="Posted 30 Days Ago"),
        row(5, "Weaver", postedOn="Posted 1 Day Ago"),
    ]
    asked = page(rows, o=replace(BOARD, details=4)).next
    assert [request.url.rpartition("_")[2] for request in asked] == ["R4", "R2", "R1", "R5"]
    assert all(request.optional and request.method == "GET" and not request.body for request in asked)


def test_the_choice_is_made_over_all_pages() -> None:
    rows = [row(n, "Weaver") for n in range(30)] + [row(30, "Candle Intern")]
    reply = site(rows)
    visits = crawled(ADAPTER, replace(BOARD, details=2), reply)
    read_in_full = [found.extra["requisition"] for found in gathered(visits) if found.description]
    assert sorted(read_in_full) == ["R0", "R30"]
    assert [request.method for request in reply.asked] == ["POST", "POST", "GET", "GET"]


def test_a_detail_stands_over_the_row() -> None:
    visits = crawled(ADAPTER, BOARD, site([row(locationsText="2 Locations")]))
    (found,) = gathered(visits)
    assert found.description == "All of /job/Bergen/Candle-Intern_R1"
    assert (found.posted, found.title) == ("2026-08-20", "Candle Intern")


def test_a_detail_that_fails_costs_nothing_but_itself() -> None:
    listed = site([row(1), row(2)])
    visits = crawled(ADAPTER, BOARD, lambda request: None if request.url.endswith("_R1") else listed(request))
    assert [bool(found.description) for found in gathered(visits)] == [False, True]
    assert [visit.problem for visit in visits if visit.problem] == [
        f"404 Not Found ({DOCUMENTS}{row()['externalPath']})"
    ]


@pytest.mark.parametrize(
    ("info", "fields"),
    [
        (
            {"location": "Oslo ", "additionalLocations": ["Bergen", "Oslo", ""]},
            {"locations": ("Oslo", "Bergen")},
        ),
        ({"timeType": "Part time", "remoteType": "Fully Remote"}, {"employment": "Part time", "remote": True}),
        ({"remoteType": "Hybrid"}, {"remote": False}),
        ({"startDate": "2026-08-01", "endDate": "2026-09-01"}, {"posted": "2026-08-01", "deadline": "2026-09-01"}),
        ({"jobDescription": "<p>a</p><ul><li>b</li></ul>"}, {"description": "a\n- b"}),
        ({"jobDescription": " ", "location": None, "timeType": ""}, {}),
    ],
)
def test_a_posting_tells_only_what_it_knows(info: dict[str, Any], fields: dict[str, Any]) -> None:
    (detail,) = read(ADAPTER, BOARD, {"jobPostingInfo": info}, key="/job/x_R1").details
    assert (detail.key, dict(detail.fields)) == ("/job/x_R1", fields)


@pytest.mark.parametrize(
    "body",
    [{"errorCode": "S22", "httpStatus": 403}, {"jobPostingInfo": []}, {"jobPostingInfo": {"location": 7}}, [1]],
)
def test_what_is_no_posting_is_refused(body: Any) -> None:
    with pytest.raises(ParseError, match="not a Workday"):
        read(ADAPTER, BOARD, body, key="/job/x_R1")


# ------------------------------------------------------------------------------------------------ other answers
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"errorCode": "HTTP_422", "httpStatus": 422, "message": "bad"}, "HTTP_422 422 bad"),
        ({"jobPostings": [row()]}, "no list of 'jobPostings' with its 'total'"),
        ({"total": "9", "jobPostings": []}, "no list"),
        ({"total": 9, "jobPostings": {}}, "no list"),
        ([], "no object"),
        ("<html>", "HTML page"),
    ],
)
def test_what_is_no_board_is_refused_in_its_own_words(body: Any, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(ADAPTER, BOARD, body)


@pytest.mark.parametrize("body", ["", "{}", "null"])
def test_nothing_at_all_is_told_from_something_else(body: str) -> None:
    with pytest.raises(EmptyAnswer):
        read(ADAPTER, BOARD, body)


def test_more_details_than_a_crawl_can_hold_are_refused_in_the_configuration() -> None:
    table = {"tenant": "x", "host": "wd1", "site": "y"}
    assert bind_options(Options, {**table, "details": 80}, "f", "s").details == 80
    for wrong in (-1, 81):
        with pytest.raises(ConfigError, match=r"s\.details: must be between 0 and 80"):
            bind_options(Options, {**table, "details": wrong}, "f", "s")


@settings(max_examples=150)
@given(field=st.sampled_from(sorted(row())), value=JSON)
def test_whatever_stands_in_a_field_the_row_is_read_or_skipped(field: str, value: Any) -> None:
    told = page([{**row(), field: value}])
    assert len(told.found) + len(told.skipped) == 1
    assert all(isinstance(found.posted, str) and found.key.startswith("/") for found in told.found)


# ------------------------------------------------------------------------------------------------ recorded
@pytest.mark.parametrize(
    ("name", "options", "rows", "interns", "described"),
    [
        ("workday-gdit_search_page.json", Options("gdit", "wd5", "External_Career_Site", search=""), 4, 0, 1),
        ("workday-list_4_kern.json", Options("internradar", "wd1", "Careers", search=""), 4, 2, 0),
    ],
)
def test_recorded_boards_are_told_row_by_row(
    shared: Path, name: str, options: Options, rows: int, interns: int, described: int
) -> None:
    data = json.loads(recorded(shared, name))

    def reply(request: Request) -> Any:
        if request.method == "GET":
            return next((body for path, body in data["details"].items() if request.url.endswith(path)), None)
        words = json.loads(request.body)["searchText"].lower()
        told = [posting for posting in data["jobPostings"] if words in posting["title"].lower()]
        return {"total": len(told), "jobPostings": told, "facets": []}

    found = gathered(crawled(ADAPTER, options, reply))
    assert len(found) == len(data["jobPostings"]) == rows
    assert sum(bool(item.description) for item in found) == len(data["details"]) == described
    assert {item.key for item in found} == {posting["externalPath"] for posting in data["jobPostings"]}
    narrowed = gathered(crawled(ADAPTER, replace(options, search="intern"), reply))
    assert len(narrowed) == sum("intern" in posting["title"].lower() for posting in data["jobPostings"]) == interns
