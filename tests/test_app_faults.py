"""A bad source is named in one line with its cause; the others are saved, and nothing is closed because of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from _line import DROP, HTML, Line, Site, a_list, board, lines_adapter, listed, site, source, table
from _origin import Reply, bomb, broken, closing, reply, silent, to
from _store import rows

import db.store
import scrapers
from finder.errors import StoreError
from finder.model import SourceResult

MANY = range(30)


@pytest.fixture
def world() -> Iterator[Site]:
    with site(list=listed(MANY)) as made:
        yield made


@pytest.fixture
def boards() -> Iterator[Site]:
    with site("127.0.0.2") as made:
        made["/v0/postings/board"] = board(range(3))
        yield made


@pytest.fixture
def line(world: Site, boards: Site, tmp_path: Path) -> Line:
    """A source of thirty rows that a test may spoil, and one of another host beside it."""
    beside = source("beside", "lever", site="board", base=boards.url(""))
    return Line(tmp_path / "finder.db", [a_list("list", world.url("/list")), beside], {"timeout": 1.5})


def bad(name: str) -> str | Reply:
    """An answer that must not be believed."""
    half = gzip.compress(listed(MANY).encode())
    answers: dict[str, str | Reply] = {
        "dropped": DROP,
        "silent": silent(),
        "HTML": HTML,
        "truncated": broken(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n" + listed(MANY).encode()[:2000]),
        "cut without a length": closing(listed(MANY).encode()[:2000]),
        "cut gzip": closing(half[: len(half) // 2], "content-encoding: gzip"),
        "bomb": bomb(100),
        "status": reply(500, b"oh dear"),
        "gone": reply(404),
        "loop": to("/loop"),
        "elsewhere": to("javascript:alert(1)"),
        "schema": json.dumps([{"identifier": n, "name": "x"} for n in MANY]),
        "look-alike": json.dumps({"error": "rate limited"}),
        "deep": "[" * 100_000,
        "garbage": reply(200, bytes(range(256)) * 20),
        "drift": json.dumps([*json.loads(listed(range(15))), *json.loads(listed(range(15, 30), title=None))]),
    }
    return answers[name]


CAUSES = {
    "dropped": "connection closed without an answer",
    "silent": "no answer within 1.5 s",
    "HTML": "looks like an HTML page",
    "truncated": "the answer was cut short",
    "cut without a length": "not JSON",
    "cut gzip": "the gzip answer was cut short",
    "bomb": "larger than 1 MiB",
    "status": "500",
    "gone": "404",
    "loop": "circle",
    "elsewhere": "javascript",
    "schema": "no known form of list",
    "look-alike": "expected a list of rows",
    "deep": "not JSON",
    "garbage": "not JSON",
    "drift": "schema drift: 15 of 30",
}


def failed_alone(line: Line, results: dict[str, SourceResult], cause: str) -> None:
    """One source failed for this cause, in one line; the other is saved; the code is 3."""
    assert {name: result.outcome for name, result in results.items()} == {"list": "failed", "beside": "ok"}
    assert cause.lower() in results["list"].problem.lower()
    assert results["list"].problem.isprintable()
    assert 5 < len(results["list"].problem) <= 500
    assert line.report.exit_code == 3


@pytest.fixture
def crowd(line: Line, world: Site) -> Line:
    """A list for each way to be bad, all good so far, and the board beside them."""
    line.sources[:1] = [a_list(name, world.url(f"/{quote(name)}")) for name in CAUSES]
    line.settings["max_bytes"] = 1024 * 1024
    return line


def spoil(world: Site) -> None:
    world.documents |= {f"/{quote(name)}": bad(name) for name in CAUSES}


def failed_in_their_ways(line: Line, results: dict[str, SourceResult]) -> None:
    wrong = {name: results[name] for name, cause in CAUSES.items() if cause not in results[name].problem}
    assert not wrong
    assert {name for name, result in results.items() if result.outcome == "failed"} == CAUSES.keys()
    assert all(result.problem.isprintable() and len(result.problem) <= 500 for result in results.values())
    assert (results["beside"].outcome, results["beside"].found) == ("ok", 3)
    assert line.report.exit_code == 3


def test_on_an_empty_store_the_others_are_saved(crowd, world):
    spoil(world)
    failed_in_their_ways(crowd, crowd.refresh())
    assert len(crowd.openings("open")) == 3


def test_after_a_good_refresh_faults_change_nothing_and_the_next_good_answer_counts(crowd, world):
    world.documents |= {f"/{quote(name)}": listed(MANY) for name in CAUSES}
    crowd.refresh()
    before = crowd.content(), crowd.memory()
    spoil(world)
    failed_in_their_ways(crowd, crowd.refresh(1))
    assert (crowd.content(), crowd.memory()) == before
    world.documents |= {f"/{quote(name)}": listed(range(31)) for name in CAUSES}
    again = crowd.refresh(48)
    assert {(result.outcome, result.closed) for result in again.values()} == {("ok", 0)}
    assert [result.added for result in again.values()].count(1) == 1, "one opening, whoever told it first"
    assert crowd.report.exit_code == 0


def test_a_failure_is_told_by_name_in_the_store_too(line, world):
    world["/list"] = HTML
    line.refresh()
    told = rows(line.db, "SELECT s.name, r.outcome, r.problem FROM source_run r JOIN source s ON s.no = r.source")
    assert {name: (outcome, "HTML" in problem) for name, outcome, problem in told} == {
        "list": ("failed", True),
        "beside": ("ok", False),
    }


# ------------------------------------------------------------------------------------------------ surprises
def test_a_bug_in_a_parser_costs_its_source(line, world, monkeypatch):
    adapters = scrapers.load() | {"lines": lines_adapter()}
    monkeypatch.setattr(scrapers, "load", lambda: adapters)
    world["/words"] = "a b !"
    line.sources[0] = source("list", "lines", url=world.url("/words"))
    failed_alone(line, line.refresh(), "ZeroDivisionError: a surprise in two lines")


def test_a_bug_in_a_follow_up_page_loses_the_pages_before_it(line, world, monkeypatch):
    adapters = scrapers.load() | {"lines": lines_adapter()}
    monkeypatch.setattr(scrapers, "load", lambda: adapters)
    world["/words"], world["/more"] = "a b >/more", "!"
    line.sources[0] = source("list", "lines", url=world.url("/words"))
    failed_alone(line, line.refresh(), "ZeroDivisionError")
    assert len(line.openings()) == 3
    assert line.memory().keys() == {"v0/postings/board"}


def test_a_surprise_while_recording_costs_its_source(line, monkeypatch):
    record = db.store.record

    def fail(connection, number, look, now):
        if look.source == "list":
            raise OverflowError("too large for the driver")
        return record(connection, number, look, now)

    monkeypatch.setattr(db.store, "record", fail)
    failed_alone(line, line.refresh(), "OverflowError: too large")
    assert line.memory().keys() == {"v0/postings/board"}


def test_a_store_that_cannot_be_written_ends_the_run_for_all(line, boards, monkeypatch):
    def full(*_):
        raise StoreError("disk full")

    boards["/v0/postings/board"] = silent()
    monkeypatch.setattr(db.store, "record", full)
    with pytest.raises(StoreError, match="disk full"):
        line.refresh()
    assert rows(line.db, "SELECT finished_at FROM run") == [(None,)]
    assert rows(line.db, "SELECT count(*) FROM source_run") == [(0,)]


# ------------------------------------------------------------------------------------------------ exit codes
def test_when_every_source_fails_the_code_says_so(line, world, boards):
    world["/list"], boards["/v0/postings/board"] = HTML, DROP
    line.refresh()
    assert line.report.exit_code == 4


def test_a_failure_among_sources_that_are_not_due_is_not_the_end(line, world):
    world["/list"] = HTML
    line.refresh()
    results = line.refresh(2, everything=False)
    assert results.keys() == {"list"}, "the other one is due after twelve hours"
    assert (line.report.resting, line.report.exit_code) == (1, 3)


def test_one_source_asked_by_name_that_fails_is_all_that_failed(line, world):
    world["/list"] = HTML
    line.refresh(0, "list")
    assert line.report.exit_code == 4


# ------------------------------------------------------------------------------------------------ held
HALVED = {
    "half": listed(range(15)),
    "others": listed(range(100, 130)),
    "no rows": "[]",
    "no object": "{}",
    "null": "null",
    "no bytes": "",
    "blank": " \n",
}


@pytest.mark.parametrize("name", HALVED)
def test_an_answer_that_lost_too_much_is_held(name, line, world):
    line.refresh()
    before = line.content(), line.memory()
    world["/list"] = HALVED[name]
    held = line.refresh(30)["list"]
    assert (held.outcome, held.added, held.closed) == ("held", 0, 0)
    assert "of 30 known open items" in held.problem
    assert line.report.exit_code == 3
    assert (line.content(), line.memory()) == before
    line.refresh(35)
    assert (line.content(), line.memory()) == before, "not even when it stays so for hours"
    world["/list"] = listed(range(1, 31))
    again = line.refresh(90)["list"]
    assert (again.outcome, again.found, again.added) == ("ok", 30, 1)
    assert line.states()["Machine Learning Intern 0"] == "missing"


def test_what_was_held_is_recovered_by_the_old_answer(line, world):
    line.refresh()
    good, world["/list"] = world.documents["/list"], listed(range(3))
    line.refresh(1)
    world["/list"] = good
    world.forget()
    again = line.refresh(2)["list"]
    assert (again.outcome, again.unchanged, again.found) == ("ok", True, 30)
    assert world.asked[0].headers["if-none-match"], "the memory of the good page was kept"


def test_all_held_is_not_all_failed(line, world):
    del line.sources[1]
    line.refresh()
    world["/list"] = "[]"
    line.refresh(1)
    assert line.report.exit_code == 3


def test_a_small_board_may_be_empty(line, boards):
    line.refresh()
    boards["/v0/postings/board"] = "[]"
    empty = line.refresh(1)["beside"]
    assert (empty.outcome, empty.closed, line.report.exit_code) == ("empty", 0, 0)
    assert line.states()["Data Science Intern 1"] == "missing"
    assert line.refresh(26)["beside"].closed == 3
    assert line.states()["Data Science Intern 1"] == "closed"


def test_a_list_without_a_table_is_no_empty_list(line, world, tmp_path):
    world["/readme"] = table("1d", "2d")
    line.sources[0] = source("list", "table_list", url=world.url("/readme"))
    line.refresh()
    world["/readme"] = "# We have moved\n"
    failed_alone(line, line.refresh(1), "no table")
    assert set(line.states().values()) == {"open"}


def test_rows_that_the_list_marks_are_closed_at_once(line, world):
    line.refresh()
    world["/list"] = json.dumps([*json.loads(listed(range(20), active=False)), *json.loads(listed(range(20, 30)))])
    marked = line.refresh(1)["list"]
    assert (marked.outcome, marked.closed) == ("ok", 20)
    assert line.openings()["Machine Learning Intern 3"].evidence == "marked inactive (active: false)"
