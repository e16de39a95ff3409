"""Boards learnt from links: asked once, followed or dead, and visited like any source from then on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _boards import open_here, postings, told, uuid
from _line import DROP, HTML, Line, Site, a_list, after, row, site, source
from _origin import reply
from _store import rows

from db.read import Reader
from db.store import Store
from finder import doors, follow
from finder.app import Plan, explore, refresh
from finder.binding import Bound
from finder.boards import Board, Candidate
from finder.cli.refresh import Silent
from finder.collect import Harvest
from finder.config import Config, DiscoverySettings, SourcesSettings
from finder.errors import ConfigError, NoHost
from finder.follow import GIVE_UP, Discovered
from finder.visit import Visitor
from finder.watch import with_boards


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A list that tells of three boards, of which one is as told, one somebody else's, and one not there."""
    rows_ = [*told("acme", 1, 2), *told("stranger", 3, company="Quite Another"), *told("nowhere", 4)]
    with site(list=json.dumps(rows_)) as made:
        made["/v0/postings/acme"] = postings("acme", 1, 7)
        made["/v0/postings/stranger"] = postings("stranger", 8)
        open_here(monkeypatch, made.origin.url)
        yield made


@pytest.fixture
def line(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [a_list("a-list", world.url("/list"))])


def candidate(board: str, **others: Any) -> Candidate:
    return Candidate(system="lever", board=board, adapter="lever", company="Acme", origin="a-list", **others)


def boards(line: Line) -> dict[str, Board]:
    with Reader.open(line.db) as reader:
        return {board.name: board for board in reader.boards()}


def states(line: Line) -> dict[str, str]:
    return {name.removeprefix("lever-"): board.state for name, board in boards(line).items()}


def asked(world: Site) -> list[str]:
    """Boards that were asked since the last time, in order of name."""
    names = sorted(path.rpartition("/")[2] for path in world.paths if path.startswith("/v0/postings/"))
    world.forget()
    return names


def discovering(line: Line, **settings: Any) -> Config:
    return replace(line.config, discovery=DiscoverySettings(**settings))


def run(line: Line, hours: float = 0, **settings: Any) -> Discovered:
    """A refresh of everything with these settings of [discovery]."""
    return refresh(discovering(line, **settings), {}, lambda: after(hours), Plan(everything=True), Silent()).discovered


# ------------------------------------------------------------------------------------------------ one refresh
def test_boards_are_followed_or_dead_and_no_source_failed(line, world):
    results = line.refresh()
    assert states(line) == {"acme": "followed", "stranger": "dead", "nowhere": "dead"}
    assert {name: result.outcome for name, result in results.items()} == {"a-list": "ok", "lever-acme": "ok"}
    assert line.report.exit_code == 0
    assert asked(world) == ["acme", "nowhere", "stranger"]
    assert boards(line)["lever-nowhere"].problem.startswith("404 Not Found")
    assert "another company?" in boards(line)["lever-stranger"].problem


def test_what_was_asked_is_reported(line):
    line.refresh()
    found = line.report.discovered
    assert (found.new, found.known, found.count("followed"), found.count("dead")) == (3, {"lever": 3}, 1, 2)
    assert [result.name for result in found.results] == ["lever-acme"]
    assert [one.board.candidate.board for one in found.asked] == ["acme", "nowhere", "stranger"]


def test_the_first_visit_is_recorded_and_classified_with_the_rest(line):
    result = line.refresh()["lever-acme"]
    assert (result.found, result.added) == (2, 1)  # the other one stood in the list
    opening = line.openings()["Data Science Intern 7"]
    assert [(s.source, s.state) for s in opening.sightings] == [("lever-acme", "open")]
    assert opening.facets is not None and opening.facets.kind == "internship"
    assert rows(line.db, "SELECT origin, authority FROM source WHERE name = 'lever-acme'") == [
        ("discovered from a-list", 1)
    ]
    shared = line.openings()["Data Science Intern 1"]  # the board's own title stands over the list's
    assert {sighting.source for sighting in shared.sightings} == {"a-list", "lever-acme"}


def test_a_followed_board_is_visited_like_any_source_and_the_dead_are_left_alone(line, world):
    line.refresh()
    asked(world)
    world["/v0/postings/acme"] = postings("acme", 1, 7, 9)
    result = line.refresh(30)["lever-acme"]
    assert (result.outcome, result.found, result.added, result.changed) == ("ok", 3, 1, 0)
    assert asked(world) == ["acme"]
    assert line.report.discovered == Discovered((), 0, {"lever": 3})


def test_a_followed_board_rests_until_it_is_due(line, world):
    line.refresh()
    asked(world)
    assert "lever-acme" not in line.refresh(13, everything=False)
    assert "lever-acme" in line.refresh(27, everything=False)


def test_a_board_that_does_not_say_its_name_is_shown_under_the_one_of_the_links(line, world):
    world["/list"] = json.dumps(told("acme-2", 1, company="Ackme Robots"))
    world["/v0/postings/acme-2"] = postings("acme-2", 1, 7)
    line.refresh()
    assert boards(line)["lever-acme-2"].options["company"] == "Ackme Robots"
    assert line.openings()["Data Science Intern 7"].organization == "Ackme Robots"
    before = line.content()
    assert line.refresh(30)["lever-acme-2"].changed == 0
    assert line.content() == before


def test_a_board_that_says_its_name_keeps_it(line, world):
    url = "https://boards.greenhouse.io/acme/jobs/"
    world["/list"] = json.dumps([row(1, url=f"{url}4000001", company_name="Acme")])
    job = {
        "id": 4000007,
        "internal_job_id": 1,
        "title": "ML Intern",
        "absolute_url": f"{url}4000007",
        "company_name": "Acme Inc.",
    }
    world["/v1/boards/acme/jobs"] = json.dumps({"jobs": [job]})
    line.refresh()
    assert boards(line)["greenhouse-acme"].state == "followed"
    assert "company" not in boards(line)["greenhouse-acme"].options
    assert line.openings()["ML Intern"].organization == "Acme Inc."


def test_details_go_under_the_same_name(line, world):
    """Rippling names the company in the details alone."""
    url = f"https://ats.rippling.com/acme-jobs/jobs/{uuid(1)}"
    world["/list"] = json.dumps([row(1, url=url, company_name="Ackme")])
    items = [
        {"id": uuid(n), "name": f"ML Intern {n}", "url": url.replace(uuid(1), uuid(n)), "locations": []} for n in (1, 2)
    ]
    world["/platform/api/ats/v2/board/acme-jobs/jobs"] = json.dumps({"items": items, "totalPages": 1})
    detail = {
        "uuid": uuid(1),
        "name": "ML Intern 1",
        "companyName": "Ackme Incorporated",
        "description": {"role": "<p>Python</p>"},
    }
    world[f"/platform/api/ats/v2/board/acme-jobs/jobs/{uuid(1)}"] = json.dumps(detail)
    line.refresh()
    names = {opening.organization for opening in line.openings().values()}
    assert names == {"Ackme"}


# ------------------------------------------------------------------------------------------------ bounds
def test_the_budget_bounds_a_refresh_and_the_best_come_first(line, world):
    world["/list"] = json.dumps([*told("best", 1, 2, 3), *told("good", 4, 5), *told("fair", 6)])
    run(line, budget=2)
    assert asked(world) == ["best", "good"]
    run(line, 1, budget=2)
    assert asked(world) == ["fair"]
    run(line, 2, budget=2)
    assert asked(world) == []


def test_no_more_boards_are_followed_than_allowed(line, world):
    run(line, max_boards=1)
    assert (asked(world), states(line)["acme"]) == (["acme"], "followed")
    run(line, 30, max_boards=1)
    assert asked(world) == ["acme"]
    run(line, 60, max_boards=0)
    assert asked(world) == []


def test_nothing_is_asked_where_discovery_is_off(line, world):
    assert run(line, enabled=False) == Discovered()
    assert run(line, 1, budget=0) == Discovered()
    assert (asked(world), boards(line)) == ([], {})


def test_where_discovery_is_switched_off_later_the_boards_are_no_sources(line, world):
    line.refresh()
    asked(world)
    run(line, 30, enabled=False)
    assert asked(world) == []


def test_nothing_is_asked_where_nothing_is_due_or_one_source_was_named(line, world):
    line.refresh(0, "a-list")
    assert asked(world) == []
    line.refresh(1, everything=False)
    assert asked(world) == []


def test_a_followed_board_can_be_named(line, world):
    line.refresh()
    asked(world)
    assert line.refresh(1, "lever-acme").keys() == {"lever-acme"}
    with pytest.raises(ConfigError, match="lever-nowhere: no such source; did you mean 'lever-acme'"):
        line.refresh(1, "lever-nowhere")


def test_what_a_configured_source_reads_is_not_followed(line, world):
    line.sources.append(source("mine", "lever", site="ACME", base=world.origin.url, enabled=False))
    line.refresh()
    assert asked(world) == ["nowhere", "stranger"]
    assert states(line)["acme"] == "candidate"


def test_a_followed_board_that_is_configured_later_is_visited_once(line, world):
    line.refresh()
    asked(world)
    line.sources.append(source("mine", "lever", site="acme", base=world.origin.url))
    assert line.refresh(30).keys() == {"a-list", "mine"}
    assert asked(world) == ["acme"]


def test_a_configured_name_stands_over_that_of_a_board(line, world):
    line.refresh()
    line.sources.append(a_list("lever-acme", world.url("/list")))
    assert line.refresh(30).keys() == {"a-list", "lever-acme"}


def test_what_this_finder_cannot_read_any_more_is_left_out(line, monkeypatch):
    line.refresh()
    board = boards(line)["lever-acme"]
    for broken in (
        replace(board, candidate=replace(board.candidate, adapter="telepathy")),
        replace(board, candidate=replace(board.candidate, options={"slug": "acme"})),
    ):
        assert with_boards(line.config, [broken]) == line.config
    assert len(with_boards(line.config, [board]).sources) == 2


# ------------------------------------------------------------------------------------------------ what comes to nothing
@pytest.mark.parametrize("answer", [reply(500), DROP, HTML, reply(429, Retry_After="7200")])
def test_a_board_that_cannot_be_asked_now_is_asked_again_tomorrow(line, world, answer):
    world["/v0/postings/acme"] = answer
    line.refresh()
    assert states(line)["acme"] == "candidate"
    assert line.report.exit_code == 0
    world["/v0/postings/acme"] = postings("acme", 1)
    line.refresh(20)
    assert states(line)["acme"] == "candidate"
    line.refresh(25)
    assert states(line)["acme"] == "followed"


@pytest.mark.parametrize("answer", [reply(410), "{}", '{"ok": false, "error": "Document not found"}'])
def test_what_is_no_board_is_dead_for_a_month_and_then_two(line, world, answer):
    world["/v0/postings/acme"] = answer
    line.refresh()
    assert states(line)["acme"] == "dead"
    days = {}
    for day in (29, 31, 89, 92):
        asked(world)
        line.refresh(24 * day)
        days[day] = "acme" in asked(world)
    assert days == {29: False, 31: True, 89: False, 92: True}
    assert boards(line)["lever-acme"].misses == 3


def test_an_empty_board_is_followed_if_its_slug_is_the_companys_else_asked_again(line, world):
    world["/v0/postings/acme"] = world["/v0/postings/stranger"] = "[]"
    results = line.refresh()
    assert (states(line)["acme"], results["lever-acme"].outcome) == ("followed", "empty")
    assert states(line)["stranger"] == "candidate"
    world["/v0/postings/acme"] = postings("acme", 7)
    line.refresh(30)
    assert line.openings()["Data Science Intern 7"].organization == "Acme"


def test_no_board_is_asked_where_no_source_answers(line, world):
    line.refresh(0, "a-list")
    world["/list"] = reply(503)
    line.refresh(30)
    assert (asked(world), boards(line)) == ([], {})


def test_where_no_host_answers_at_all_the_boards_are_asked_again_tomorrow(line, world, monkeypatch):
    """Even if a host seems not to exist: there may be no network."""
    line.refresh(0, "a-list")
    monkeypatch.setattr(Visitor, "reach", unreached)
    found = explore(discovering(line), lambda: after(1), 9, Silent())
    assert [one.standing.state for one in found.asked] == ["candidate"] * 3
    assert {board.next_check for board in boards(line).values()} == {after(25)}
    assert boards(line)["lever-acme"].problem.startswith("no host answered: host name not found")
    assert boards(line)["lever-acme"].misses == 0


async def unreached(_visitor: Visitor, source: Bound, *, afresh: bool) -> tuple[Harvest, Exception]:
    return Harvest(after(1)), NoHost(source.name, "host name not found")


def test_a_followed_board_that_brings_nothing_for_long_is_given_up(line, world):
    line.refresh()
    world["/v0/postings/acme"] = reply(404)
    for visit in range(1, GIVE_UP):
        line.refresh(30 * visit)
        assert (states(line)["acme"], line.report.exit_code) == ("followed", 3)
    line.refresh(30 * GIVE_UP)
    assert states(line)["acme"] == "dead"
    assert boards(line)["lever-acme"].problem == f"given up after {GIVE_UP} visits in vain"
    assert line.refresh(30 * GIVE_UP + 1).keys() == {"a-list"}
    left = line.openings()["Data Science Intern 7"]  # nothing is closed by that
    assert (left.state, left.evidence) == ("missing", f"lever-acme is not watched since {after(30 * GIVE_UP):%Y-%m-%d}")


def test_a_board_that_was_given_up_can_come_back(line, world):
    line.refresh()
    kept = world.documents["/v0/postings/acme"]
    world["/v0/postings/acme"] = reply(404)
    for visit in range(1, GIVE_UP + 1):
        line.refresh(30 * visit)
    world["/v0/postings/acme"] = kept  # as it was: its ETag is remembered, yet all of it must be seen
    line.refresh(24 * 60)
    assert states(line)["acme"] == "followed"


def test_no_board_is_given_up_while_nothing_else_answers_either(line, world):
    line.refresh()
    world["/v0/postings/acme"] = world["/list"] = reply(503)
    for visit in range(1, GIVE_UP + 3):
        line.refresh(30 * visit)
    assert states(line)["acme"] == "followed"


def test_one_answer_of_any_host_is_enough_to_hold_silence_against_a_board(line, world, monkeypatch):
    run(line, budget=0)
    with Store.open(line.db) as store:  # the first to be asked, and the first to fail
        first = candidate("aaa", options={"site": "aaa", "base": "http://127.0.0.1:1"}, ml_links=9)
        store.save_candidates([first], (), after(0))
    explore(discovering(line), lambda: after(1), 9, Silent())
    assert boards(line)["lever-aaa"].checked_at == after(1)
    assert boards(line)["lever-aaa"].problem.startswith("robots.txt of 127.0.0.1:1 could not be asked")


# ------------------------------------------------------------------------------------------------ on demand
def test_boards_can_be_asked_without_visiting_anything_else(line, world):
    run(line, budget=0)
    world.forget()
    found = explore(discovering(line, budget=0), lambda: after(1), 2, Silent())
    assert (found.new, len(found.asked)) == (3, 2)
    assert world.paths == ["/v0/postings/acme", "/v0/postings/nowhere"]
    assert line.openings()["Data Science Intern 7"].facets is not None
    assert rows(line.db, "SELECT count(*) FROM run WHERE finished_at IS NULL") == [(0,)]


def test_what_is_switched_off_is_not_done_on_demand(line):
    with pytest.raises(ConfigError, match=r"discovery\.enabled: is false"):
        explore(discovering(line, enabled=False), lambda: after(0), 2, Silent())


def test_boards_known_from_the_start_are_candidates_unless_own_sources_alone_count(line, world, monkeypatch):
    monkeypatch.setattr(doors, "registry", lambda: iter([("lever", "acme", "Acme"), ("lever", "fresh", "Fresh")]))
    world["/v0/postings/fresh"] = postings("fresh", 11)
    line.refresh()
    assert "lever-fresh" not in boards(line)
    shipped = replace(line.config, collection=SourcesSettings(defaults=True))
    refresh(shipped, {}, lambda: after(30), Plan(everything=True), Silent())
    origins = {name: board.candidate.origin for name, board in boards(line).items()}
    assert (origins["lever-fresh"], origins["lever-acme"]) == ("registry", "a-list")
    assert rows(line.db, "SELECT origin FROM source WHERE name = 'lever-fresh'") == [("known from the start",)]


def test_a_surprise_at_one_board_costs_only_that_board(line, world, monkeypatch):
    def broken(visitor, config, board, links, harvest):
        if board.candidate.board == "stranger":
            raise KeyError("jobs")
        return answered(visitor, config, board, links, harvest)

    answered = follow._answered
    monkeypatch.setattr(follow, "_answered", broken)
    run(line)
    assert boards(line)["lever-acme"].state == "followed"
    assert boards(line)["lever-stranger"].state != "followed"
    assert boards(line)["lever-stranger"].problem == "KeyError: 'jobs'"


def test_a_board_whose_first_visit_cannot_be_recorded_is_not_followed(line, world, monkeypatch):
    def surprised(*_: object, **__: object) -> None:
        raise KeyError("places")

    run(line, budget=0)
    monkeypatch.setattr(Harvest, "items", surprised)
    found = explore(discovering(line), lambda: after(1), 9, Silent())
    assert found.results == ()
    assert states(line) == {"acme": "candidate", "stranger": "dead", "nowhere": "dead"}
    assert boards(line)["lever-acme"].problem == "KeyError: 'places'"


def test_a_candidate_that_this_finder_cannot_read_is_not_asked(line, world):
    run(line, budget=0)
    with Store.open(line.db) as store:
        store.save_candidates(
            [replace(candidate("older", options={"site": "older"}), adapter="gone")], ["a-list"], after(0)
        )
    run(line, hours=48)
    assert "older" not in asked(world)
