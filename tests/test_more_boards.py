"""Workable, Recruitee, Teamtailor, Rippling, Personio, JazzHR: what each board says, and what is not read out of it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from _crawled import AT, JSON, answer, crawled, gathered, read, recorded, sound
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.dates import read as read_date
from finder.errors import EmptyAnswer, FetchError, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from finder.urls import posting
from scrapers import _details, _xml, jazzhr, personio, recruitee, rippling, teamtailor, workable


def as_xml(name: str, value: Any) -> str:
    """Nested records as elements; a list repeats its name."""
    if isinstance(value, list):
        return "".join(as_xml(name, item) for item in value)
    inner = "".join(as_xml(key, held) for key, held in value.items()) if isinstance(value, dict) else f"{value or ''}"
    return f"<{name}>{inner}</{name}>"


@dataclass(frozen=True)
class Board:
    """One system: its adapter, a board's options, one good posting, and the document round its postings."""

    adapter: Adapter
    options: Any
    posting: dict[str, Any]
    needed: tuple[str, ...]
    wrap: Callable[[list[Any]], Any]
    address: str

    def parse(self, postings: list[Any], options: Any = None) -> Page:
        return read(self.adapter, options or self.options, self.wrap(postings))

    def one(self, **fields: Any) -> Found:
        """The posting with other fields, read."""
        page = self.parse([{**self.posting, **fields}])
        assert not page.skipped, page.skipped
        return page.found[0]

    def with_id(self, number: int) -> dict[str, Any]:
        return {
            **self.posting,
            self.needed[0]: number if self.adapter.kind in ("recruitee", "personio") else f"k{number}",
        }


WORKABLE = Board(
    workable.ADAPTER,
    workable.Options("wick"),
    {
        "shortcode": "C0FFEE",
        "title": "Candle Intern",
        "url": "https://apply.workable.com/wick/j/C0FFEE",
        "employment_type": "Internship",
        "telecommuting": False,
        "department": "Wax",
        "published_on": "2026-08-01",
        "locations": [{"city": "Bergen", "region": "Vestland", "country": "Norway", "hidden": False}],
        "description": "<h3>Requirements</h3><ul><li>Python</li></ul>",
    },
    ("shortcode", "title", "url"),
    lambda jobs: {"name": "Wick ASA", "jobs": jobs},
    "https://apply.workable.com/api/v1/widget/accounts/wick?details=true",
)
RECRUITEE = Board(
    recruitee.ADAPTER,
    recruitee.Options("wick"),
    {
        "id": 11,
        "title": "Candle Intern",
        "careers_url": "https://wick.recruitee.com/o/candle-intern",
        "company_name": "Wick ASA",
        "status": "published",
        "locations": [{"city": "Bergen", "state": "Vestland", "country": "Norway"}],
        "on_site": True,
        "description": "<p>Wax.</p>",
        "requirements": "<h3>Requirements</h3><ul><li>Python</li></ul>",
        "employment_type_code": "internship",
        "published_at": "2026-08-01 10:10:39 UTC",
        "salary": {"min": "20", "max": "25", "period": "hour", "currency": "NOK"},
        "mailbox_email": "somebody@wick.example",
    },
    ("id", "title", "careers_url"),
    lambda offers: {"offers": offers},
    "https://wick.recruitee.com/api/offers/",
)
TEAMTAILOR = Board(
    teamtailor.ADAPTER,
    teamtailor.Options("wick"),
    {
        "id": "a-1",
        "title": "Candle Intern",
        "url": "https://wick.teamtailor.com/jobs/11-candle-intern",
        "date_published": "2026-08-01T09:00:00+02:00",
        "content_html": "<h3>Requirements</h3><ul><li>Python</li></ul>",
        "_jobposting": {
            "@type": "JobPosting",
            "hiringOrganization": {"name": "Wick ASA"},
            "employmentType": "INTERN",
            "jobLocation": {"address": {"addressLocality": "Bergen", "addressCountry": "NO"}},
        },
    },
    ("id", "title", "url"),
    lambda items: {"version": "https://jsonfeed.org/version/1.1", "title": "Wick", "items": items},
    "https://wick.teamtailor.com/jobs.json",
)
RIPPLING = Board(
    rippling.ADAPTER,
    rippling.Options("wick"),
    {
        "id": "r-1",
        "name": "Candle Intern",
        "url": "https://ats.rippling.com/wick/jobs/5f0e0001-0000-4000-8000-000000000000",
        "department": {"name": "Wax"},
        "locations": [{"name": "Bergen, Norway", "workplaceType": "ON_SITE"}],
    },
    ("id", "name", "url"),
    lambda items: {"items": items, "page": 0, "totalPages": 1},
    "https://api.rippling.com/platform/api/ats/v2/board/wick/jobs?page=0&pageSize=1000",
)
PERSONIO = Board(
    personio.ADAPTER,
    personio.Options("wick"),
    {
        "id": 11,
        "name": "Candle Intern",
        "subcompany": "Wick ASA",
        "office": "Bergen",
        "employmentType": "intern",
        "createdAt": "2026-08-01T08:00:00+0200",
        "jobDescriptions": {
            "jobDescription": [{"name": "Requirements", "value": "<![CDATA[<ul><li>Python</li></ul>]]>"}],
        },
    },
    ("id", "name"),
    lambda positions: f"<workzag-jobs>{as_xml('position', positions)}</workzag-jobs>",
    "https://wick.jobs.personio.de/xml?language=en",
)
JAZZHR = Board(
    jazzhr.ADAPTER,
    jazzhr.Options("wick"),
    {
        "id": "job_20260801093000_AB",
        "title": "Candle Intern",
        "url": "http://wick.applytojob.com/apply/q1Wz/Candle-Intern",
        "status": "Open",
        "city": "Bergen",
        "country": "Norway",
        "type": "Internship",
        "description": "<![CDATA[<h3>Requirements</h3><ul><li>Python</li></ul>]]>",
    },
    ("id", "title", "url"),
    lambda jobs: f"<jobs>{as_xml('job', jobs)}</jobs>",
    "https://app.jazz.co/feeds/export/jobs/wick",
)
BOARDS = {board.adapter.kind: board for board in (WORKABLE, RECRUITEE, TEAMTAILOR, RIPPLING, PERSONIO, JAZZHR)}
JSON_BOARDS = {kind: board for kind, board in BOARDS.items() if board not in (PERSONIO, JAZZHR)}
each = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
each_json = pytest.mark.parametrize("board", JSON_BOARDS.values(), ids=JSON_BOARDS)
each_xml = pytest.mark.parametrize("board", (PERSONIO, JAZZHR), ids=("personio", "jazzhr"))


# ------------------------------------------------------------------------------------------------ alike for all boards
@each
def test_a_board_starts_with_one_request(board: Board) -> None:
    (request,) = board.adapter.start(board.options)
    assert (request.method, request.url) == ("GET", board.address)
    assert board.adapter.employer


@each
def test_a_posting_is_a_job_with_the_boards_own_words(board: Board) -> None:
    found = board.one()
    assert (found.kind, found.title, found.closed) == ("job", "Candle Intern", "")
    assert found.key == str(board.posting[board.needed[0]])
    assert found.locations[0].startswith("Bergen")
    assert found.organization in ("Wick ASA", "wick")
    if board is not RIPPLING:
        assert "intern" in found.employment.lower()
        lines = found.description.split("\n")
        assert lines[lines.index("Requirements") + 1] == "- Python"
        posted = read_date(found.posted, AT)
        assert posted is not None
        assert posted.date().isoformat() == "2026-08-01"


@each
def test_the_address_of_a_posting_is_known_as_one_of_this_system(board: Board) -> None:
    told = posting(board.one().url)
    assert told is not None
    assert told.system == board.adapter.kind
    assert told.job_id


@each
def test_a_name_of_ours_stands_over_the_boards_own(board: Board) -> None:
    named = replace(board.options, company="Wick & Daughters")
    assert board.parse([board.posting], named).found[0].organization == "Wick & Daughters"


@each
def test_a_board_without_openings_is_a_page_not_an_error(board: Board) -> None:
    assert board.parse([]) == Page()


@each
@pytest.mark.parametrize("body", ["<html>", "Not Found", '{"jobs": [', '{"error": "x"}', "[]", "7", "<jobs", "<a></a>"])
def test_any_other_document_is_refused(board: Board, body: str) -> None:
    with pytest.raises(ParseError):
        read(board.adapter, board.options, body)


@each
@pytest.mark.parametrize("body", ["", " \r\n "])
def test_nothing_at_all_is_told_from_something_else(board: Board, body: str) -> None:
    with pytest.raises(EmptyAnswer):
        read(board.adapter, board.options, body)


@each
def test_a_posting_without_what_it_needs_costs_itself_alone(board: Board) -> None:
    for name in board.needed:
        for broken in ({**board.posting, name: " "}, {k: v for k, v in board.posting.items() if k != name}):
            page = board.parse([broken, board.posting])
            assert [name in skipped.why for skipped in page.skipped] == [True], name
            assert len(page.found) == 1


@each_json
@pytest.mark.parametrize("broken", [None, 1.5, True, [], {}])
def test_a_needed_field_of_another_type_costs_its_posting_alone(board: Board, broken: Any) -> None:
    for name in board.needed:
        page = board.parse([{**board.posting, name: broken}, board.posting])
        assert (len(page.found), len(page.skipped)) == (1, 1), (name, broken)


@each
@pytest.mark.parametrize(("good", "bad", "believed"), [(18, 2, True), (17, 3, False), (0, 19, True)])
def test_more_than_a_tenth_of_twenty_misfits_is_drift(board: Board, good: int, bad: int, believed: bool) -> None:
    rows = [board.with_id(100 + n) for n in range(good)] + [{"id": n} for n in range(bad)]
    if believed:
        assert len(board.parse(rows).found) == good
    else:
        with pytest.raises(ParseError, match="schema drift: 3 of 20"):
            board.parse(rows)


@each
def test_a_posting_with_nothing_but_what_it_needs_is_read(board: Board) -> None:
    (found,) = board.parse([{name: board.posting[name] for name in board.needed}]).found
    assert (found.locations, found.remote, found.description, found.pay, found.employment) == ((), None, "", "", "")


def padded(value: Any) -> Any:
    """The same with stray spaces round every text."""
    if isinstance(value, dict):
        return {name: padded(held) for name, held in value.items()}
    if isinstance(value, list):
        return [padded(item) for item in value]
    return f" {value} " if isinstance(value, str) else value


@each_json
def test_stray_spaces_are_lost(board: Board) -> None:
    kept = ("status", "published_on", "published_at", "date_published", "employment_type_code", "salary", "locations")
    posting_ = {name: value if name in kept else padded(value) for name, value in board.posting.items()}
    assert board.one(**posting_) == board.one()
    assert board.one(locations=padded(board.posting.get("locations"))).locations == board.one().locations


@each
def test_an_id_used_twice_still_gives_each_posting_a_key_of_its_own(board: Board) -> None:
    other = {**board.posting, board.needed[1]: "Candle Engineer"}
    keys = [found.key for found in board.parse([board.posting, other, board.posting]).found]
    assert len(keys) == len(set(keys)) == 2


@each_json
@settings(max_examples=80)
@given(data=st.data())
def test_whatever_stands_in_a_field_the_posting_is_read_or_skipped(board: Board, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(board.posting)))
    assert sound(board.parse([{**board.posting, name: data.draw(JSON)}]))


# ------------------------------------------------------------------------------------------------ Workable
@pytest.mark.parametrize(
    ("fields", "locations"),
    [
        ({"locations": [{"city": "", "region": "Vestland", "country": "Norway"}]}, ("Vestland, Norway",)),
        ({"locations": [{"city": "Oslo", "region": "Oslo", "country": "Norway"}]}, ("Oslo, Norway",)),
        ({"locations": [{"city": "Oslo", "hidden": True}], "city": "Oslo"}, ()),
        ({"locations": [], "city": "Oslo", "state": None, "country": "Norway"}, ("Oslo, Norway",)),
        ({"locations": None, "city": " "}, ()),
    ],
)
def test_workable_places(fields: dict[str, Any], locations: tuple[str, ...]) -> None:
    assert WORKABLE.one(**fields).locations == locations


@pytest.mark.parametrize(("told", "remote"), [(True, True), (False, False), (None, None)])
def test_workable_remote(told: bool | None, remote: bool | None) -> None:
    assert WORKABLE.one(telecommuting=told).remote is remote


def test_workable_dates_are_of_publishing_before_making() -> None:
    assert WORKABLE.one(created_at="2026-07-01").posted == "2026-08-01"
    assert WORKABLE.one(published_on=None, created_at="2026-07-01").posted == "2026-07-01"


@pytest.mark.parametrize("name", [None, " ", 7, ["Wick"]])
def test_workable_without_a_name_is_told_by_its_account(name: Any) -> None:
    (found,) = read(workable.ADAPTER, WORKABLE.options, {"name": name, "jobs": [WORKABLE.posting]}).found
    assert found.organization == "wick"


def test_workable_encodes_its_account() -> None:
    assert workable.start(workable.Options("wick & co"))[0].url.endswith("/accounts/wick%20%26%20co?details=true")


# ------------------------------------------------------------------------------------------------ Recruitee
@pytest.mark.parametrize(
    ("ticks", "remote"),
    [
        ({"remote": True, "hybrid": True}, True),
        ({"hybrid": True, "on_site": False}, False),
        ({"on_site": True}, False),
        ({"remote": False, "hybrid": False, "on_site": False}, None),
        ({"remote": None, "on_site": None}, None),
    ],
)
def test_recruitee_remote(ticks: dict[str, Any], remote: bool | None) -> None:
    assert RECRUITEE.one(**{"on_site": False, **ticks}).remote is remote


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ({"min": "20", "max": "25", "period": "hour", "currency": "EUR"}, "20–25 EUR per hour"),
        ({"min": 20, "max": 20, "period": "hour", "currency": "EUR"}, "20 EUR per hour"),
        ({"min": None, "max": "1700", "period": None, "currency": "EUR"}, "1700 EUR"),
        ({"min": "", "max": None, "period": "month", "currency": "EUR"}, ""),
        (None, ""),
    ],
)
def test_recruitee_pay(salary: Any, pay: str) -> None:
    assert RECRUITEE.one(salary=salary).pay == pay


@pytest.mark.parametrize("status", ["internal", "draft", "closed", "archived"])
def test_recruitee_offers_that_are_not_published_are_left_out(status: str) -> None:
    page = RECRUITEE.parse([{**RECRUITEE.posting, "status": status}])
    assert (page.found, page.skipped) == ((), ())


def test_recruitee_mailboxes_go_nowhere() -> None:
    assert "somebody@" not in repr(RECRUITEE.parse([RECRUITEE.posting]))


def test_recruitee_names_the_token_it_wants() -> None:
    with pytest.raises(ParseError, match="X-Careers-Sites-Token"):
        read(recruitee.ADAPTER, RECRUITEE.options, {"error": "X-Careers-Sites-Token is missing"})
    with pytest.raises(FetchError):
        crawled(recruitee.ADAPTER, RECRUITEE.options, lambda request: None)


def test_recruitee_places_fall_back_on_their_names() -> None:
    assert RECRUITEE.one(locations=[{"name": "Remote, Europe"}, {"name": ""}]).locations == ("Remote, Europe",)
    assert RECRUITEE.one(locations=[], location="Oslo, Norway").locations == ("Oslo, Norway",)


# ------------------------------------------------------------------------------------------------ Teamtailor
def test_teamtailor_pages_are_followed_to_the_end() -> None:
    def reply(request: Request) -> Any:
        number = int(request.url.partition("page=")[2] or 1)
        rows = [
            {**TEAMTAILOR.posting, "id": f"a-{number}-{n}"} for n in range(teamtailor.PER_PAGE if number < 3 else 4)
        ]
        more = {"next_url": f"https://wick.teamtailor.com/jobs.json?page={number + 1}"} if number < 3 else {}
        return {"items": rows, **more}

    visits = crawled(teamtailor.ADAPTER, TEAMTAILOR.options, reply)
    assert len(gathered(visits)) == 204
    assert [visit.complete for visit in visits] == [True, True, True]


@pytest.mark.parametrize(("count", "complete"), [(99, True), (100, False)])
def test_teamtailor_a_full_page_without_a_next_may_not_be_all(count: int, complete: bool) -> None:
    assert TEAMTAILOR.parse([TEAMTAILOR.with_id(n) for n in range(count)]).complete is complete


@pytest.mark.parametrize(
    "link", ["https://evil.example/jobs.json", "https://wick.teamtailor.com.evil.example/", 7, None]
)
def test_teamtailor_links_elsewhere_are_not_followed(link: Any) -> None:
    page = read(teamtailor.ADAPTER, TEAMTAILOR.options, {"items": [TEAMTAILOR.posting], "next_url": link})
    assert page.next == ()


def test_teamtailor_sites_of_their_own_name() -> None:
    assert (
        teamtailor.start(teamtailor.Options("careers.wick.example"))[0].url == "https://careers.wick.example/jobs.json"
    )


def test_teamtailor_says_less_where_the_posting_is_missing() -> None:
    found = TEAMTAILOR.one(_jobposting=None)
    assert (found.organization, found.locations, found.employment) == ("Wick", (), "")


# ------------------------------------------------------------------------------------------------ Rippling
def place(name: str, kind: str = "ON_SITE") -> dict[str, Any]:
    return {"name": name, "workplaceType": kind}


def test_rippling_rows_of_one_posting_are_one_posting() -> None:
    rows = [{**RIPPLING.posting, "locations": [place(name)]} for name in ("Bergen", "Oslo", "Bergen")]
    (found,) = RIPPLING.parse([*rows]).found
    assert (found.key, found.locations, found.remote) == ("r-1", ("Bergen", "Oslo"), False)


@pytest.mark.parametrize(
    ("kinds", "remote"),
    [(["REMOTE"], True), (["HYBRID", "ON_SITE"], False), (["REMOTE", "HYBRID"], None), (["X"], None), ([], None)],
)
def test_rippling_remote_is_what_all_places_say(kinds: list[str], remote: bool | None) -> None:
    assert RIPPLING.one(locations=[place("Oslo", kind) for kind in kinds]).remote is remote


def test_rippling_places_without_a_name() -> None:
    assert RIPPLING.one(locations=[{"city": "Oslo", "state": "", "country": "Norway"}, {}]).locations == (
        "Oslo, Norway",
    )


def test_rippling_reads_the_most_promising_postings_in_full() -> None:
    rows = [{**RIPPLING.posting, "id": f"r-{n}", "name": "Weaver" if n != 3 else "Intern"} for n in range(5)]

    def reply(request: Request) -> Any:
        key = request.url.rpartition("/")[2]
        if "?" in key:
            return RIPPLING.wrap(rows)
        return {"name": "x", "description": {"company": "We.", "role": "You."}, "createdOn": "2026-08-02"}

    found = gathered(crawled(rippling.ADAPTER, replace(RIPPLING.options, details=2), reply))
    assert {item.key: item.description for item in found if item.description} == {
        "r-3": "You.\n\nWe.",
        "r-0": "You.\n\nWe.",
    }


def test_rippling_pages_carry_what_is_worth_reading() -> None:
    def reply(request: Request) -> Any:
        asked.append(request.url)
        if "?" not in request.url:
            return None
        number = int(request.url.partition("page=")[2].partition("&")[0])
        return {"items": [{**RIPPLING.posting, "id": f"r-{number}"}], "totalPages": 3}

    asked: list[str] = []
    visits = crawled(rippling.ADAPTER, RIPPLING.options, reply)
    assert [url.rpartition("/")[2] for url in asked[3:]] == ["r-0", "r-1", "r-2"]
    assert len(gathered(visits)) == 3
    assert sum(bool(visit.problem) for visit in visits) == 3


def test_rippling_an_empty_page_before_the_end_proves_nothing() -> None:
    page = read(rippling.ADAPTER, RIPPLING.options, {"items": [], "totalPages": 4}, page=1)
    assert (page.next, page.complete) == ((), False)


@pytest.mark.parametrize(
    ("span", "pay"),
    [
        ({"rangeStart": 18, "rangeEnd": 25, "currency": "USD", "frequency": "HOUR"}, "18–25 USD per hour"),
        ({"rangeStart": 60000.5, "rangeEnd": None, "currency": "USD", "frequency": "YEAR"}, "60000.5 USD per year"),
        ({"currency": "USD", "frequency": "YEAR"}, ""),
    ],
)
def test_rippling_pay(span: dict[str, Any], pay: str) -> None:
    (detail,) = read(rippling.ADAPTER, RIPPLING.options, {"name": "x", "payRangeDetails": [span]}, key="r-1").details
    assert detail.fields.get("pay", "") == pay


def test_rippling_tells_the_company_only_where_we_have_no_name_for_it() -> None:
    body = {"name": "x", "companyName": "Wick ASA"}
    named = replace(RIPPLING.options, company="Wick")
    assert read(rippling.ADAPTER, RIPPLING.options, body, key="r-1").details[0].fields == {"organization": "Wick ASA"}
    assert read(rippling.ADAPTER, named, body, key="r-1").details[0].fields == {}


# ------------------------------------------------------------------------------------------------ XML
def entities(count: int) -> str:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, count))
    return (
        f'<?xml version="1.0"?><!DOCTYPE jobs [<!ENTITY a0 "x">{lines}]><jobs><job><id>&a{count - 1};</id></job></jobs>'
    )


@each_xml
@pytest.mark.parametrize("count", [2, 12])
def test_entities_of_the_feeds_own_are_refused(board: Board, count: int) -> None:
    with pytest.raises(ParseError, match="a document type"):
        read(board.adapter, board.options, entities(count))


@each_xml
def test_no_outside_file_is_read(board: Board) -> None:
    body = '<!DOCTYPE jobs SYSTEM "file:///etc/hostname"><jobs><job><id>1</id></job></jobs>'
    with pytest.raises(ParseError, match="a document type"):
        read(board.adapter, board.options, body)


@pytest.mark.parametrize(("depth", "read_"), [(60, True), (70, False), (50_000, False)])
def test_nesting_is_bounded(depth: int, read_: bool) -> None:
    body = f"<jobs>{'<a>' * depth}{'</a>' * depth}</jobs>"
    if read_:
        assert _xml.root(answer(body), "jobs").tag == "jobs"
    else:
        with pytest.raises(ParseError, match="nested more than 64 deep"):
            _xml.root(answer(body), "jobs")


@pytest.mark.parametrize("body", ["<jobs>&nbsp;</jobs>", "<jobs><job></jobs>", "<jobs/><jobs/>", "jobs", "<jobs a=1/>"])
def test_what_is_no_xml_is_refused(body: str) -> None:
    with pytest.raises(ParseError, match="not XML"):
        _xml.root(answer(body), "jobs")


@pytest.mark.parametrize("body", ["\n \t<?xml version='1.0'?><jobs/>", "\ufeff<jobs/>", "<jobs>\x0c\x01</jobs>"])
def test_what_feeds_get_wrong_in_front_and_between_is_forgiven(body: str) -> None:
    assert _xml.root(answer(body), "jobs").tag == "jobs"


def test_a_namespace_is_no_part_of_a_name() -> None:
    assert _xml.local(_xml.root(answer('<jobs xmlns="https://feeds.example"/>'), "jobs")) == "jobs"


def test_a_skipped_record_of_a_feed_shows_its_source() -> None:
    (skipped,) = JAZZHR.parse([{**JAZZHR.posting, "title": ""}]).skipped
    assert skipped.excerpt.startswith("<job><id>job_20260801093000_AB</id><title /><url>http://wick")


# ------------------------------------------------------------------------------------------------ Personio
def test_personio_places_are_all_offices_each_once() -> None:
    found = PERSONIO.one(additionalOffices={"office": ["Oslo", "Bergen", ""]})
    assert found.locations == ("Bergen", "Oslo")


def test_personio_parts_stand_under_their_headings_and_empty_ones_nowhere() -> None:
    parts = [
        {"name": "Tasks &amp; more", "value": "<![CDATA[<p>Dip.</p>]]>"},
        {"name": "Benefits", "value": " "},
        {"name": "", "value": "R&amp;amp;D"},
    ]
    assert PERSONIO.one(jobDescriptions={"jobDescription": parts}).description == "Tasks & more\nDip.\n\nR&D"


@pytest.mark.parametrize(("code", "words"), [("working_student", "working student"), ("intern", "intern"), ("", "")])
def test_personio_codes_become_words(code: str, words: str) -> None:
    assert PERSONIO.one(employmentType=code).employment == words


def test_personio_in_another_country_and_language() -> None:
    options = personio.Options("wick", domain="com", language="de")
    assert personio.start(options)[0].url == "https://wick.jobs.personio.com/xml?language=de"
    assert PERSONIO.parse([PERSONIO.posting], options).found[0].url == "https://wick.jobs.personio.com/job/11"


def test_personio_accounts_that_do_not_exist_answer_a_page() -> None:
    with pytest.raises(ParseError, match="looks like an HTML page"):
        read(personio.ADAPTER, PERSONIO.options, "<!DOCTYPE html><html><body>Personio</body></html>")


# ------------------------------------------------------------------------------------------------ JazzHR
@pytest.mark.parametrize(
    ("fields", "posted"),
    [
        ({}, "2026-08-01 09:30:00"),
        ({"original_open_date": "2026-07-01"}, "2026-07-01"),
        ({"id": "12345"}, ""),
        ({"id": "job_2026_AB"}, ""),
    ],
)
def test_jazzhr_dates_stand_in_the_id(fields: dict[str, Any], posted: str) -> None:
    assert JAZZHR.one(**fields).posted == posted


@pytest.mark.parametrize(("status", "closed"), [("Open", ""), ("", ""), ("Filled", "status: Filled")])
def test_jazzhr_status_is_evidence(status: str, closed: str) -> None:
    assert JAZZHR.one(status=status).closed == closed


# ------------------------------------------------------------------------------------------------ which to read
@pytest.mark.parametrize(
    "title",
    [
        "ML Intern",
        "Interns 2027",
        "Data Science Internship",
        "Co-op, Software",
        "Werkstudent:in Daten",
        "Praktikum KI",
        "Summer Trainee",
        "Graduate Researcher",
        "Stage - apprentissage",
        "Estágio em Dados",
        "PhD Fellowship",
    ],
)
def test_students_jobs_are_known_by_their_titles(title: str) -> None:
    assert _details.best([], [replace(WORKABLE.one(), title=title)], 1)[0][0] is False


@pytest.mark.parametrize("title", ["Internal Auditor", "International Sales", "Stagehand", "Data Scientist", "Cooper"])
def test_other_jobs_are_not(title: str) -> None:
    assert _details.best([], [replace(WORKABLE.one(), title=title)], 1)[0][0] is True


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=30), st.integers(0, 8), st.integers(1, 5))
def test_choosing_page_by_page_is_choosing_over_all(rows: list[tuple[bool, int]], count: int, pages: int) -> None:
    items = [
        replace(WORKABLE.one(), key=f"{n}", title="Intern" if student else "Weaver", posted=str(age))
        for n, (student, age) in enumerate(rows)
    ]
    carried: list[Any] = []
    for start in range(0, len(items), pages):
        carried = _details.best(carried, items[start : start + pages], count, lambda item: int(item.posted))
    wanted = sorted(items, key=lambda item: (item.title != "Intern", int(item.posted)))[:count]
    assert [key for _, _, key in carried] == [item.key for item in wanted]
    assert json.loads(json.dumps(carried)) == carried


# ------------------------------------------------------------------------------------------------ recorded
def test_the_recorded_workable_board(shared: Path) -> None:
    body = recorded(shared, "workable-vasion_2.json")
    page = read(workable.ADAPTER, workable.Options("vasion"), body)
    assert len(page.found) == body.count(b'"shortcode"') == 2
    assert not page.skipped
    assert {found.organization for found in page.found} == {json.loads(body)["name"]}
    assert sum(found.remote is True for found in page.found) == body.count(b'"telecommuting": true')
    assert all(found.description and found.locations and read_date(found.posted, AT) for found in page.found)


def test_the_recorded_recruitee_board(shared: Path) -> None:
    body = recorded(shared, "recruitee-offers_2_full.json")
    page = read(recruitee.ADAPTER, recruitee.Options("acme"), body)
    assert len(page.found) == body.count(b'"careers_url"') == 2
    assert not page.skipped
    assert all(found.pay.endswith("EUR per year") and found.remote is False for found in page.found)
    assert all(read_date(found.posted, AT) and read_date(found.updated, AT) for found in page.found)


def test_the_recorded_teamtailor_feed(shared: Path) -> None:
    body = recorded(shared, "teamtailor-teamtailor.json")
    page = read(teamtailor.ADAPTER, teamtailor.Options("career"), body)
    assert len(page.found) == body.count(b'"_jobposting"') == 2
    assert sum(len(found.locations) for found in page.found) == body.count(b'"addressLocality"') == 3
    assert all(found.url.startswith("https://career.teamtailor.com/jobs/") for found in page.found)


def test_the_recorded_personio_feed(shared: Path) -> None:
    body = recorded(shared, "personio-feed_bsdevda.xml")
    page = read(personio.ADAPTER, personio.Options("bsdevda"), body)
    positions = ET.fromstring(body).findall("position")
    assert [found.key for found in page.found] == [position.findtext("id") for position in positions] == ["4103"]
    assert page.found[0].description.count("\n\n") == body.count(b"<jobDescription>") - 1
    assert read_date(page.found[0].posted, AT)


def test_a_recorded_answer_comes_with_its_request(shared: Path) -> None:
    doc: Fetched = answer(
        recorded(shared, "personio-feed_bsdevda.xml"), Request("https://bsdevda.jobs.personio.de/xml")
    )
    assert personio.parse(doc, personio.Options("bsdevda")).found[0].url == "https://bsdevda.jobs.personio.de/job/4103"
