"""Openings' own pages in a refresh: which are asked, how politely, and what that may change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from _line import DROP, START, Line, Site, a_list, after, lines_adapter, row, site, source
from _origin import reply, silent
from _store import rows

import scrapers
from db.read import Reader
from db.store import Store
from finder.checks import Checked, Doubt
from finder.cli.refresh import looked, summary
from finder.config import FetchSettings
from finder.verify import Verified, look_now

SHOWN = "<html><title>Heron</title><h1>Machine Learning Intern {n}</h1><a href='/apply'>Apply now</a></html>"
FILLED = "<html><title>Heron</title><h1>Machine Learning Intern</h1><p>This position has been filled.</p></html>"


@pytest.fixture
def world() -> Iterator[Site]:
    with site() as made:
        for number in range(30):
            made[f"/jobs/{number}"] = SHOWN.format(n=number)
        show(made, range(3))
        yield made


def show(world: Site, numbers: Any, **others: Any) -> None:
    """The list shows these, with links to pages of the same site."""
    told = [row(n, url=world.url(f"/jobs/{n}"), **others) for n in numbers]
    world["/list"] = json.dumps(told)


@pytest.fixture
def line(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [a_list("list", world.url("/list"))], pages=20)


def states(line: Line) -> dict[str, str]:
    """State by the number in the title."""
    return {title.rpartition(" ")[2]: opening.state for title, opening in line.openings().items()}


def evidence(line: Line, number: int) -> str:
    return line.openings()[f"Machine Learning Intern {number}"].evidence


def pages_asked(world: Site) -> list[str]:
    asked = [path.removeprefix("/jobs/") for path in world.paths if path.startswith("/jobs/")]
    world.forget()
    return sorted(asked)


def check(line: Line, world: Site, number: int) -> Checked | None:
    url = world.url(f"/jobs/{number}")
    with Reader.open(line.db) as reader:
        return reader.checks([url]).get(url)


# ------------------------------------------------------------------------------------------------ what follows
def test_pages_that_show_their_openings_change_nothing(line, world):
    line.refresh()
    assert pages_asked(world) == ["0", "1", "2"]
    assert states(line) == {"0": "open", "1": "open", "2": "open"}
    assert (line.report.verified.asked, line.report.verified.closed, line.report.exit_code) == (3, 0, 0)
    told = check(line, world, 1)
    assert told is not None
    assert (told.verdict, told.at) == ("open", START)


def test_a_banner_closes_at_once_with_page_date_and_words(line, world):
    world["/jobs/1"] = FILLED
    line.refresh()
    assert states(line) == {"0": "open", "1": "closed", "2": "open"}
    assert evidence(line, 1) == "its page says “This position has been filled.”, on 2026-08-22 10:00 UTC"
    assert line.report.verified.closed == 1


def test_a_page_that_is_gone_is_missing_first_and_closed_a_day_later(line, world):
    world["/jobs/1"] = reply(404)
    line.refresh()
    assert states(line)["1"] == "missing"
    assert evidence(line, 1) == "its page answers 404 Not Found, on 2026-08-22 10:00 UTC"
    line.refresh(12)
    assert states(line)["1"] == "missing"
    line.refresh(24.1)
    assert states(line)["1"] == "closed"
    assert evidence(line, 1).endswith("on 2026-08-22 10:00 UTC and on 2026-08-23 10:06 UTC")


def test_a_page_that_is_back_a_day_later_opens_it(line, world):
    world["/jobs/1"] = reply(410)
    line.refresh()
    world["/jobs/1"] = SHOWN.format(n=1)
    line.refresh(25)
    assert states(line)["1"] == "open"


def test_a_page_that_leads_to_its_board_is_gone(line, world):
    world["/jobs/1"] = b"HTTP/1.1 302 Found\r\nlocation: /jobs\r\ncontent-length: 0\r\n\r\n"
    world["/jobs"] = "<html><title>Jobs</title><h1>Our jobs</h1></html>"
    line.refresh()
    assert states(line)["1"] == "missing"
    assert evidence(line, 1).startswith(f"its page leads to {world.url('/jobs')}")


def test_a_list_that_goes_on_showing_it_does_not_open_it(line, world):
    world["/jobs/1"] = FILLED
    line.refresh()
    show(world, range(3), locations=["Bergen"])
    line.refresh(30)
    assert states(line)["1"] == "closed"


@pytest.mark.parametrize(
    "answer",
    [
        reply(403),
        reply(429, retry_after="86400"),
        reply(503),
        reply(200),
        reply(200, b"<h1>Are you human?</h1>"),
        DROP,
        b"HTTP/1.1 302 Found\r\nlocation: /login\r\ncontent-length: 0\r\n\r\n",
    ],
    ids=["forbidden", "busy", "down", "empty", "captcha", "lost", "login"],
)
def test_a_page_that_cannot_be_read_changes_nothing_and_fails_nobody(line, world, answer):
    world["/login"] = "<h1>Page not found</h1>"
    world["/jobs/1"] = answer
    for hours in (0, 30, 24 * 8):
        line.refresh(hours)
        assert set(states(line).values()) == {"open"}
        assert line.report.exit_code == 0
        assert [result.problem for result in line.report.results] == [""]


def test_nothing_is_asked_that_robots_forbid_and_that_costs_no_page(line, world):
    line.pages = 3
    with site(**{"robots.txt": "User-agent: *\nDisallow: /jobs/"}) as closed:
        told = [row(1, url=closed.url("/jobs/1"))]  # its title puts it before the others
        told += [row(n, title=f"Data Analyst Intern {n}", url=world.url(f"/jobs/{n}")) for n in range(2, 9)]
        world["/list"] = json.dumps(told)
        line.refresh()
        assert closed.paths == []
    assert len(pages_asked(world)) == line.report.verified.asked == 3
    assert len(line.report.verified.looks) == 4
    assert set(states(line).values()) == {"open"}


# ------------------------------------------------------------------------------------------------ how many, how often
def test_no_more_than_the_budget_is_asked_and_the_rest_next_time(line, world):
    show(world, range(30))
    line.pages = 12
    line.refresh()
    first = pages_asked(world)
    line.refresh(1)
    second = pages_asked(world)
    line.refresh(2)
    third = pages_asked(world)
    assert [len(first), len(second), len(third)] == [12, 12, 6]
    assert len({*first, *second, *third}) == 30
    line.refresh(3)
    assert pages_asked(world) == []


def test_a_page_is_asked_again_after_a_week(line, world):
    line.refresh()
    world.forget()
    line.refresh(24 * 6.9)
    assert pages_asked(world) == []
    line.refresh(24 * 7)
    assert pages_asked(world) == ["0", "1", "2"]


def test_with_a_budget_of_none_nothing_is_asked(line, world):
    line.pages = 0
    line.refresh()
    assert pages_asked(world) == []
    assert rows(line.db, "SELECT count(*) FROM checked") == [(0,)]


def test_sources_asked_by_name_ask_no_pages(line, world):
    line.refresh(0, "list")
    assert pages_asked(world) == []


def test_where_nothing_is_due_nothing_is_asked(line, world):
    line.refresh()
    world.forget()
    line.refresh(24 * 30, everything=True)
    world.forget()
    line.refresh(24 * 30 + 0.2, everything=False)
    assert world.asked == []


def test_what_a_board_shows_is_not_doubtful(line, world, monkeypatch):
    adapters = scrapers.load() | {"lines": lines_adapter(employer=True)}
    monkeypatch.setattr(scrapers, "load", lambda: adapters)
    world["/words"] = "a=Machine-Learning-Intern b=Machine-Learning-Intern"
    line.sources = [source("words", "lines", url=world.url("/words"))]
    line.refresh()
    assert line.report.verified.asked == 0


def test_where_no_source_answers_no_page_is_asked(line, world):
    line.refresh()
    world.forget()
    world["/list"] = reply(503)
    line.refresh(24 * 8)
    assert pages_asked(world) == []


def test_pages_that_take_too_long_are_left_for_another_time(line, world, monkeypatch):
    monkeypatch.setattr("finder.verify.verify.__defaults__", (0.3,))
    world["/jobs/1"] = silent()
    line.refresh()
    assert check(line, world, 1) is None
    assert set(states(line).values()) == {"open"}


def test_a_second_refresh_of_everything_closes_nothing(line, world):
    show(world, range(10))
    for number in range(10):
        world[f"/jobs/{number}"] = reply(404)
    line.refresh()
    assert set(states(line).values()) == {"missing"}
    line.refresh()
    line.refresh(23)
    assert set(states(line).values()) == {"missing"}


# ------------------------------------------------------------------------------------------------ not watched
def test_what_nobody_watches_is_missing_until_its_page_decides(line, world):
    show(world, range(3), date_posted=int(START.timestamp()))
    with site(list=json.dumps([row(n, date_posted=int(START.timestamp())) for n in range(90, 93)])) as other:
        more = a_list("other", other.url("/list"))
        line.sources.append(more)
        line.refresh()
        world.forget()
        world["/jobs/1"] = FILLED
        line.sources[0] = replace(line.sources[0], enabled=False)
        line.refresh(24 * 3)
        assert pages_asked(world) == ["0", "1", "2"]
        told = {number: state for number, state in states(line).items() if int(number) < 90}
        assert told == {"0": "open", "1": "closed", "2": "open"}
        assert evidence(line, 0).startswith("its page shows “Machine Learning Intern 0”")
        line.sources.pop(0)
        line.refresh(24 * 4)
        assert states(line)["0"] == "open"
        line.sources.append(a_list("list", world.url("/list")))
        line.refresh(24 * 5)
        told = {number: state for number, state in states(line).items() if int(number) < 90}
    assert told == {"0": "open", "1": "closed", "2": "open"}
    assert evidence(line, 0) == ""


def test_a_source_that_is_not_watched_and_whose_pages_nobody_asks_leaves_all_missing(line, world):
    line.refresh()
    line.pages = 0
    line.sources = [a_list("other", world.url("/empty"))]
    world["/empty"] = json.dumps([row(90)])
    line.refresh(24 * 2)
    assert [state for number, state in states(line).items() if number != "90"] == ["missing"] * 3
    assert evidence(line, 0) == "list is not watched since 2026-08-22"
    line.refresh(24 * 30)
    assert [state for number, state in states(line).items() if number != "90"] == ["missing"] * 3


def test_a_refresh_of_one_source_leaves_the_others_watched(line, world):
    line.sources.append(a_list("other", world.url("/list")))
    line.refresh()
    line.refresh(1, "other")
    assert rows(line.db, "SELECT count(*) FROM sighting WHERE state <> 'open'") == [(0,)]


# ------------------------------------------------------------------------------------------------ by address
def look(line: Line, world: Site, *numbers: int, at: datetime = START) -> Any:
    settings = FetchSettings(pace=0, retries=0, allow_private=True, timeout=5)
    pages = [Doubt(world.url(f"/jobs/{n}"), f"Machine Learning Intern {n}") for n in numbers]
    with Store.open(line.db) as store:
        return look_now(settings, store, lambda: at, pages)


def test_pages_can_be_looked_at_by_address_however_short_ago_that_was_done(line, world):
    line.refresh()
    world.forget()
    world["/jobs/2"] = FILLED
    told = look(line, world, 1, 2, at=after(1))
    assert pages_asked(world) == ["1", "2"]
    assert {url[-1]: one.verdict for url, one in told.looks.items()} == {"1": "open", "2": "closed"}
    assert (told.asked, told.closed) == (2, 1)
    assert states(line)["2"] == "closed"


def test_what_is_not_verified_is_told_and_does_not_undo_what_was(line, world):
    world["/jobs/1"] = FILLED
    line.refresh()
    world["/jobs/1"] = reply(403)
    told = look(line, world, 0, 1, at=after(1))
    assert {url[-1] for url in told.looks} == {"0"}
    assert states(line)["1"] == "closed"


def test_a_hold_of_its_host_is_kept_and_obeyed(line, world):
    line.refresh()
    world["/jobs/1"] = reply(429, retry_after="7200")
    look(line, world, 1, at=after(1))
    world.forget()
    assert look(line, world, 0, at=after(2)).looks == {}
    assert world.asked == []
    assert look(line, world, 0, at=after(4)).asked == 1


def test_a_hold_that_a_refresh_learnt_is_kept(line, world):
    with site(**{"jobs/1": reply(429, retry_after="7200")}) as busy:
        world["/list"] = json.dumps([row(1, url=busy.url("/jobs/1"))])
        line.refresh()
        with Reader.open(line.db) as reader:
            assert list(reader.holds().values()) == [after(2)]


def test_what_it_came_to_is_told(line, world):
    world["/jobs/0"], world["/jobs/1"] = FILLED, reply(404)
    line.refresh()
    assert summary(line.report).splitlines()[1] == "3 pages of openings looked at: 1 closed, 1 not there."
    assert looked(replace(line.report.verified, looks={}, closed=0)) == "3 pages of openings looked at: 3 told nothing."
    line.refresh(1)
    assert "looked at" not in summary(line.report)


def test_no_pages_need_no_network(line, world):
    line.refresh()
    world.forget()
    assert look(line, world).looks == {}
    assert world.asked == []


def test_where_there_is_no_network_nothing_is_remembered(line, world):
    line.refresh()
    settings = FetchSettings(pace=0, retries=0, allow_private=True, timeout=2)
    with Store.open(line.db) as store:
        told = look_now(settings, store, lambda: after(1), [Doubt("http://127.0.0.1:9/jobs/1", "Intern")])
        assert (told.looks, told.closed) == ({}, 0)
        assert store.checks(["http://127.0.0.1:9/jobs/1"]) == {}


def test_a_page_that_told_nothing_is_counted_as_such():
    look = Checked("https://acme.example/jobs/1", START, "unknown", "its page could not be read")
    assert looked(Verified({look.url: look}, asked=2)) == "2 pages of openings looked at: 2 told nothing."
