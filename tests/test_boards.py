"""Greenhouse, Lever and Ashby: what each board says, and what must not be read out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from _crawled import JSON, sound, well_typed
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers import ashby, greenhouse, lever

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Board:
    """One system: its adapter, the options of a board, one good posting, and the document round its postings."""

    adapter: Adapter
    options: Any
    posting: dict[str, Any]
    needed: tuple[str, ...]
    wrapped: bool = True

    def document(self, postings: list[Any]) -> Any:
        return {"jobs": postings} if self.wrapped else postings

    def parse(self, postings: list[Any], options: Any = None) -> Page:
        return self.read(json.dumps(self.document(postings)), options)

    def read(self, body: str, options: Any = None) -> Page:
        doc = Fetched(Request("https://board.example"), 200, body.encode(), AT)
        return self.adapter.parse(doc, options or self.options)

    def one(self, **fields: Any) -> Found:
        """The posting with other fields, read."""
        (found,) = self.parse([{**self.posting, **fields}]).found
        return found


GREENHOUSE = Board(
    greenhouse.ADAPTER,
    greenhouse.Options("wick"),
    {
        "id": 11,
        "internal_job_id": 12,
        "title": "Candle Scientist Intern",
        "absolute_url": "https://job-boards.greenhouse.io/wick/jobs/11",
        "location": {"name": "Bergen, Norway"},
        "content": "&lt;h2&gt;Requirements&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;/ul&gt;",
        "first_published": "2026-08-01T10:00:00-04:00",
        "updated_at": "2026-08-20T10:00:00-04:00",
        "departments": [{"id": 1, "name": "Wax"}],
        "offices": [{"id": 2, "name": "Head office"}],
        "metadata": [{"id": 3, "name": "Employment Type", "value": "Intern"}],
        "pay_input_ranges": [{"min_cents": 100, "max_cents": 200, "currency_type": "NOK", "title": "Base"}],
    },
    ("id", "title", "absolute_url"),
)
LEVER = Board(
    lever.ADAPTER,
    lever.Options("wick"),
    {
        "id": "11-a",
        "text": "Candle Scientist Intern",
        "hostedUrl": "https://jobs.lever.co/wick/11-a",
        "categories": {"location": "Bergen", "commitment": "Intern", "team": "Wax", "department": "Science"},
        "workplaceType": "onsite",
        "createdAt": 1785499200000,
        "description": "<p>We dip candles.</p>",
        "lists": [{"text": "Requirements", "content": "<li>Python</li>"}],
        "additional": "<p>Bye.</p>",
        "salaryRange": {"min": 1, "max": 2, "currency": "NOK", "interval": "per-year-salary"},
    },
    ("id", "text", "hostedUrl"),
    wrapped=False,
)
ASHBY = Board(
    ashby.ADAPTER,
    ashby.Options("wick"),
    {
        "id": "11-b",
        "title": "Candle Scientist Intern",
        "jobUrl": "https://jobs.ashbyhq.com/wick/11-b",
        "location": "Bergen",
        "secondaryLocations": [{"location": "Oslo"}],
        "isListed": True,
        "isRemote": False,
        "workplaceType": "OnSite",
        "employmentType": "Intern",
        "publishedAt": "2026-08-01T10:00:00.000+00:00",
        "descriptionHtml": "<h2>Requirements</h2><ul><li>Python</li></ul>",
        "compensation": {"compensationTierSummary": "NOK 1 – 2"},
    },
    ("id", "title", "jobUrl"),
)
BOARDS = {"greenhouse": GREENHOUSE, "lever": LEVER, "ashby": ASHBY}
each = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


# ------------------------------------------------------------------------------------------------ what is asked for
@pytest.mark.parametrize(
    ("adapter", "options", "url"),
    [
        (
            greenhouse,
            greenhouse.Options("wick & co"),
            "https://boards-api.greenhouse.io/v1/boards/wick%20%26%20co/jobs?content=true&pay_transparency=true",
        ),
        (lever, lever.Options("wick"), "https://api.lever.co/v0/postings/wick?mode=json"),
        (
            lever,
            lever.Options("wick", base="https://api.eu.lever.co"),
            "https://api.eu.lever.co/v0/postings/wick?mode=json",
        ),
        (
            ashby,
            ashby.Options("Wick.AI Ltd/Öl"),
            "https://api.ashbyhq.com/posting-api/job-board/Wick.AI%20Ltd%2F%C3%96l?includeCompensation=true",
        ),
    ],
)
def test_a_board_is_one_request_with_its_name_encoded(adapter: Any, options: Any, url: str) -> None:
    assert adapter.start(options) == [Request(url)]


# ------------------------------------------------------------------------------------------------ alike for all boards
@each
def test_a_posting_keeps_its_headings_and_lists_as_lines(board: Board) -> None:
    lines = board.one().description.split("\n")
    assert lines[lines.index("Requirements") + 1] == "- Python"


@each
def test_a_posting_is_a_job_whatever_its_level_with_the_sources_own_words(board: Board) -> None:
    found = board.one()
    assert (found.kind, found.title, found.employment) == ("job", "Candle Scientist Intern", "Intern")
    assert found.key in found.url
    assert found.locations[0].startswith("Bergen")
    assert found.pay.startswith(("Base: 1–2 NOK", "1–2 NOK per year", "NOK 1 – 2"))
    assert found.closed == ""
    assert well_typed(found)


@each
def test_the_name_to_show_is_the_configured_one_else_the_boards(board: Board) -> None:
    assert board.one().organization == "wick"
    named = type(board.options)("wick", "Wick & Daughters")
    assert board.parse([board.posting], named).found[0].organization == "Wick & Daughters"


@each
def test_a_board_without_openings_is_a_page_not_an_error(board: Board) -> None:
    assert board.parse([]) == Page()


@each
@pytest.mark.parametrize(
    "body",
    [
        "<html>",
        "Not Found",
        '{"jobs": [',
        '{"error": "x"}',
        '{"jobs": {}}',
        '"jobs"',
        "7",
        '[[{"jobs": []}]]',
        '{"x": NaN}',
    ],
)
def test_any_other_document_is_refused(board: Board, body: str) -> None:
    if board is LEVER and body.startswith("[["):
        assert len(board.read(body).skipped) == 1
        return
    with pytest.raises(ParseError):
        board.read(body)


@each
@pytest.mark.parametrize("body", ["", " \n", "{}", "null"])
def test_nothing_at_all_is_told_from_something_else(board: Board, body: str) -> None:
    with pytest.raises(EmptyAnswer):
        board.read(body)


@pytest.mark.parametrize(
    ("board", "body", "words"),
    [
        (GREENHOUSE, {"status": 404, "error": "Job not found"}, "404 Job not found"),
        (LEVER, {"ok": False, "error": "Document not found"}, "Document not found"),
        (ASHBY, {"errors": ["no such organization"]}, "no list of 'jobs'"),
    ],
)
def test_an_unknown_board_is_named_in_the_boards_own_words(board: Board, body: Any, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        board.read(json.dumps(body))


@each
@pytest.mark.parametrize("broken", [None, 1.5, True, [], {}, "  "])
def test_a_posting_without_what_it_needs_costs_itself_alone(board: Board, broken: Any) -> None:
    for name in board.needed:
        page = board.parse([{**board.posting, name: broken}, board.posting])
        assert len(page.found) == len(page.skipped) == 1, (name, broken)
        assert name in page.skipped[0].why


@each
def test_a_posting_that_lacks_a_needed_field_costs_itself_alone(board: Board) -> None:
    for name in board.needed:
        page = board.parse([{key: value for key, value in board.posting.items() if key != name}, board.posting])
        assert [name in skipped.why for skipped in page.skipped] == [True]
        assert len(page.found) == 1


@each
@pytest.mark.parametrize(("good", "bad", "believed"), [(18, 2, True), (17, 3, False), (10, 9, True), (0, 19, True)])
def test_more_than_a_tenth_of_twenty_misfits_is_drift(board: Board, good: int, bad: int, believed: bool) -> None:
    postings = [{**board.posting, "id": 100 + n if board is GREENHOUSE else f"id-{n}"} for n in range(good)]
    postings += [{"id": n} for n in range(bad)]
    if believed:
        assert len(board.parse(postings).found) == good
    else:
        with pytest.raises(ParseError, match="schema drift: 3 of 20"):
            board.parse(postings)


@each
def test_an_id_used_twice_still_gives_each_posting_a_key_of_its_own(board: Board) -> None:
    other = {**board.posting, board.needed[1]: "Candle Engineer"}
    keys = [found.key for found in board.parse([board.posting, other, board.posting]).found]
    assert len(keys) == len(set(keys)) == 2


@each
def test_a_posting_with_nothing_but_what_it_needs_is_read(board: Board) -> None:
    (found,) = board.parse([{name: board.posting[name] for name in board.needed}]).found
    assert well_typed(found)
    assert (found.locations, found.remote, found.posted, found.description, found.pay) == ((), None, "", "", "")


@each
@settings(max_examples=100)
@given(data=st.data())
def test_whatever_stands_in_a_field_the_posting_is_read_or_skipped(board: Board, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(board.posting)))
    assert sound(board.parse([{**board.posting, name: data.draw(JSON)}]))


# ------------------------------------------------------------------------------------------------ Greenhouse
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("&lt;p&gt;R&amp;amp;D, &amp;lt;5 people&lt;/p&gt;", "R&D, <5 people"),
        ("<p>R&amp;D</p>", "R&D"),
        ("&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;", "R&D"),
        ("&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&amp;nbsp;c&lt;/p&gt;", "a\nb c"),
        ("&lt;p&gt;seen&lt;/p&gt;&lt;script&gt;unseen()&lt;/script&gt;", "seen"),
        ("Just words.", "Just words."),
        (None, ""),
    ],
)
def test_greenhouse_markup_is_unescaped_as_often_as_it_was_escaped(content: str | None, text: str) -> None:
    assert GREENHOUSE.one(content=content).description == text


def test_greenhouse_prospect_posts_are_no_openings() -> None:
    page = GREENHOUSE.parse([{**GREENHOUSE.posting, "internal_job_id": None}])
    assert (page.found, page.skipped) == ((), ())


def test_greenhouse_dates_are_first_published_and_never_the_last_update() -> None:
    found = GREENHOUSE.one(first_published=None, application_deadline="2026-09-30")
    assert (found.posted, found.updated, found.deadline) == ("", "2026-08-20T10:00:00-04:00", "2026-09-30")


@pytest.mark.parametrize(
    ("location", "locations"),
    [
        ({"name": "Oslo; Bergen | Remote"}, ("Oslo", "Bergen", "Remote")),
        ({"name": "Oslo;Oslo; "}, ("Oslo",)),
        ({"name": "Bergen, Norway"}, ("Bergen, Norway",)),
        ({"name": " "}, ("Head office",)),
        ({"name": None}, ("Head office",)),
        (None, ("Head office",)),
    ],
)
def test_greenhouse_places(location: Any, locations: tuple[str, ...]) -> None:
    assert GREENHOUSE.one(location=location).locations == locations


@pytest.mark.parametrize(
    ("metadata", "employment"),
    [
        ([{"name": "Employment_Type", "value": "Intern"}], "Intern"),
        ([{"name": "Job Type", "value": ["Intern", "Temp"]}], "Intern, Temp"),
        ([{"name": "Commitment", "value": None}, {"name": "Worker type", "value": "Fixed term"}], "Fixed term"),
        ([{"name": "Quota", "value": "Intern"}], ""),
        ([], ""),
        (None, ""),
    ],
)
def test_greenhouse_employment_stands_in_the_companys_own_fields(metadata: Any, employment: str) -> None:
    assert GREENHOUSE.one(metadata=metadata).employment == employment


def test_greenhouse_company_names_lose_stray_spaces() -> None:
    assert GREENHOUSE.one(company_name=" Wick ASA ").organization == "Wick ASA"


@pytest.mark.parametrize(
    ("meta", "complete"), [({"total": 2}, True), ({"total": 3}, False), ({"total": None}, True), ({}, True), ([], True)]
)
def test_greenhouse_that_counts_more_than_it_tells_is_incomplete(meta: Any, complete: bool) -> None:
    jobs = [GREENHOUSE.posting, {**GREENHOUSE.posting, "id": 13}]
    assert GREENHOUSE.read(json.dumps({"jobs": jobs, "meta": meta})).complete is complete


@pytest.mark.parametrize(
    ("spans", "pay"),
    [
        ([{"min_cents": 2250, "max_cents": 3000, "currency_type": "EUR", "title": "Hourly"}], "Hourly: 22.5–30 EUR"),
        ([{"min_cents": 12345600, "max_cents": 20000000, "currency_type": "USD"}], "123456–200000 USD"),
        ([{"min_cents": 0, "max_cents": 100}, {"min_cents": 100, "max_cents": 200}], "0–1; 1–2"),
        ([], ""),
    ],
)
def test_greenhouse_pay_is_told_in_whole_units(spans: Any, pay: str) -> None:
    assert GREENHOUSE.one(pay_input_ranges=spans).pay == pay


# ------------------------------------------------------------------------------------------------ Lever
@pytest.mark.parametrize(
    ("word", "remote"),
    [
        ("remote", True),
        ("Remote", True),
        ("hybrid", False),
        ("onsite", False),
        ("on-site", False),
        ("unspecified", None),
    ],
)
def test_lever_workplaces(word: str, remote: bool | None) -> None:
    assert LEVER.one(workplaceType=word).remote is remote


def test_lever_text_is_put_together_in_the_order_of_its_page() -> None:
    lists = [{"text": "You will", "content": "<li>dip</li><li>wait</li>"}, {"text": "Skills & tools", "content": ""}]
    assert LEVER.one(lists=lists).description == "We dip candles.\n\nYou will\n- dip\n- wait\n\nSkills & tools\n\nBye."


def test_lever_plain_text_stands_in_where_there_is_no_markup() -> None:
    found = LEVER.one(description="", descriptionPlain=" a\n- b ", lists=None, additional=None, additionalPlain="c")
    assert found.description == "a\n- b\n\nc"


def test_lever_time_is_kept_as_milliseconds_and_the_country_beside_it() -> None:
    found = LEVER.one(country="NO")
    assert (found.posted, found.extra) == ("1785499200000", {"country": "NO"})


def test_lever_prefers_all_locations() -> None:
    assert LEVER.one(categories={"location": "Oslo", "allLocations": ["Bergen ", "Oslo", "Oslo", ""]}).locations == (
        "Bergen",
        "Oslo",
    )
    assert LEVER.one(categories={"location": "Oslo", "allLocations": []}).locations == ("Oslo",)
    assert LEVER.one(categories=None).locations == ()


@pytest.mark.parametrize(
    ("span", "pay"),
    [
        (
            {"min": 150000, "max": 180000, "currency": "USD", "interval": "per-year-salary"},
            "150000–180000 USD per year",
        ),
        ({"min": 20, "currency": "EUR", "interval": "per-hour-wage"}, "20 EUR per hour"),
        ({"min": None, "max": 40.5, "currency": "EUR"}, "40.5 EUR"),
        ({"min": 0, "max": 1}, "0–1"),
        ({"currency": "EUR"}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_lever_pay(span: Any, pay: str) -> None:
    assert LEVER.one(salaryRange=span).pay == pay


# ------------------------------------------------------------------------------------------------ Ashby
def test_ashby_unlisted_jobs_are_left_out() -> None:
    page = ASHBY.parse([{**ASHBY.posting, "isListed": False}])
    assert (page.found, page.skipped) == ((), ())


@pytest.mark.parametrize(
    ("workplace", "flagged", "remote"),
    [
        ("Remote", False, True),
        ("Hybrid", True, False),
        ("OnSite", True, False),
        (None, True, True),
        (None, False, False),
        (None, None, None),
        ("Somewhere", True, True),
    ],
)
def test_ashby_says_remote_by_workplace_first(workplace: str | None, flagged: bool | None, remote: bool | None) -> None:
    assert ASHBY.one(workplaceType=workplace, isRemote=flagged).remote is remote


def test_ashby_places_are_the_first_and_the_others_each_once() -> None:
    assert ASHBY.one(
        secondaryLocations=[{"location": " Oslo"}, {"location": None}, {"location": "Bergen"}]
    ).locations == (
        "Bergen",
        "Oslo",
    )


def test_ashby_pay_is_its_own_summary() -> None:
    assert ASHBY.one(compensation={"scrapeableCompensationSalarySummary": "$1K - $2K"}).pay == "$1K - $2K"
    assert ASHBY.one(compensation={"compensationTierSummary": None}).pay == ""
    assert ASHBY.one(compensation=None).pay == ""


def test_ashby_team_of_the_same_name_as_its_department_is_told_once() -> None:
    assert ASHBY.one(department="Wax", team="Wax").category == "Wax"
    assert ASHBY.one(department="Wax", team="Dipping").category == "Wax, Dipping"


# ------------------------------------------------------------------------------------------------ recorded boards
@pytest.mark.parametrize("system", BOARDS)
def test_recorded_boards_are_read_whole(system: str, shared: Path) -> None:
    board = BOARDS[system]
    files = sorted((shared / "internet/sites/boards").glob(f"{system}-*.json"))
    assert len(files) == 3
    for file in files:
        told = json.loads(file.read_text("utf-8"))
        page = board.read(file.read_text("utf-8"))
        assert len(page.found) == len(told["jobs"] if board.wrapped else told)
        assert (page.skipped, page.complete) == ((), True)
        for found in page.found:
            assert well_typed(found)
            assert len(found.description.splitlines()) > 5
            assert not any(mark in found.description for mark in ("<p", "<li", "&amp;", "&lt;", "&nbsp;"))
            assert found.locations
            assert found.posted
