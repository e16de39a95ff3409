"""The line from the configuration to the store: what a refresh asks for, what it records, and when it asks again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from _line import (
    DROP,
    HTML,
    START,
    Line,
    Site,
    Watch,
    a_list,
    after,
    board,
    lines_adapter,
    listed,
    row,
    site,
    source,
    table,
)
from _origin import reply, to
from _store import look as look_of
from _store import rows

import scrapers
from db.read import Reader
from db.store import Store
from finder import app, conclusions
from finder.app import Plan, Report, refresh
from finder.errors import Busy, ConfigError
from finder.lock import locked
from finder.model import SourceResult

ROOT = Path(__file__).parents[1]


@pytest.fixture
def world() -> Iterator[Site]:
    with site(list=listed(range(25)), words="a b") as made:
        yield made


@pytest.fixture
def line(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [a_list("list", world.url("/list"))])


@pytest.fixture
def words(world: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A source of the little adapter, which leads from page to page."""
    speak(monkeypatch)
    return Line(tmp_path / "finder.db", [source("words", "lines", url=world.url("/words"))])


def speak(monkeypatch: pytest.MonkeyPatch, **others: object) -> None:
    adapters = scrapers.load() | {"lines": lines_adapter(**others)}
    monkeypatch.setattr(scrapers, "load", lambda: adapters)


# ------------------------------------------------------------------------------------------------ one refresh
def test_what_a_source_shows_is_recorded_and_concluded_from(line):
    result = line.one()
    assert result == SourceResult(name="list", outcome="ok", found=25, added=25)
    opening = line.openings()["Machine Learning Intern 3"]
    assert (opening.organization, opening.url) == ("Company 3", "https://company3.example/jobs/3")
    assert (opening.first_seen, opening.last_seen, opening.state) == (START, START, "open")
    assert opening.facets is not None
    assert (opening.facets.kind, opening.facets.role) == ("internship", "core")
    assert rows(line.db, "SELECT started_at, finished_at FROM run") == [("2026-08-22T10:00:00Z",) * 2]


def test_the_same_answer_again_changes_nothing_but_when_it_was_seen(line, world):
    line.one()
    before = line.content()
    world["/list"] = reply(200, listed(range(25)).encode())  # no ETag: the whole answer comes again
    again = line.one(5)
    assert (again.outcome, again.found, again.unchanged) == ("ok", 25, False)
    assert (again.added, again.changed, again.closed) == (0, 0, 0)
    assert line.content() == before
    assert {opening.last_seen for opening in line.openings().values()} == {after(5)}


def test_an_unchanged_answer_changes_nothing_but_when_it_was_seen(line, world):
    line.one()
    before = line.content(), line.memory()
    again = line.one(5)
    assert again == SourceResult(name="list", outcome="ok", found=25, unchanged=True)
    assert (line.content(), line.memory()) == before
    assert {opening.last_seen for opening in line.openings().values()} == {after(5)}
    assert world.asked[-1].headers["if-none-match"] == line.memory()["list"]


def test_rows_marked_closed_stay_closed_on_an_unchanged_page(line, world):
    world["/list"] = json.dumps([row(n, active=n % 2 == 0) for n in range(25)])
    line.one()
    again = line.one(5)
    assert (again.outcome, again.found, again.unchanged) == ("ok", 25, True)
    assert list(line.states().values()).count("closed") == 12


def test_a_page_of_closed_rows_alone_is_not_empty(line, world):
    world["/list"] = listed(range(4), active=False)
    assert [line.one(hours).outcome for hours in (0, 1)] == ["ok", "ok"]


def test_one_posting_of_two_sources_is_open_while_either_shows_it(line, world):
    world["/other"] = listed(range(3))
    line.sources.append(a_list("other", world.url("/other")))
    first = line.refresh()
    assert first["list"].added + first["other"].added == 25
    world["/list"] = listed(range(1, 25))
    for hours in (1, 30, 60):
        line.refresh(hours)
    opening = line.openings()["Machine Learning Intern 0"]
    assert opening.state == "open"
    assert {s.source: s.state for s in opening.sightings} == {"list": "closed", "other": "open"}


def test_an_employers_own_board_speaks_before_a_list(world, tmp_path):
    number = "0f8fad5b-d9cb-469f-a165-70867728950e"
    world["/v0/postings/acme"] = board([1]).replace("posting-1", number)
    world["/list"] = json.dumps([row(1, title="something else", url=f"https://jobs.lever.co/acme/{number}/apply")])
    sources = [a_list("list", world.url("/list")), source("own", "lever", site="acme", base=world.url(""))]
    line = Line(tmp_path / "finder.db", sources)
    line.refresh()
    assert line.openings().keys() == {"Data Science Intern 1"}


def test_a_record_that_does_not_fit_is_counted_and_closes_nothing(line, world):
    line.one()
    world["/list"] = json.dumps([row(n) if n else row(n, title=None) for n in range(24)])
    result = line.one(30)
    assert (result.outcome, result.found, result.skipped) == ("ok", 23, 1)
    assert result.problem.startswith("skipped 1, the first for TypeError: title")
    assert set(line.states().values()) == {"open"}


# ------------------------------------------------------------------------------------------------ many pages
def test_follow_ups_of_an_unchanged_page_are_asked(words, world):
    world["/words"], world["/more"] = "a >/more", "b c"
    assert words.one().added == 3
    world["/more"] = "b d"
    world.forget()
    second = words.one(1)
    assert world.paths == ["/words", "/more"]
    assert (second.found, second.added, second.unchanged) == (3, 1, False)
    assert words.states() == {"a": "open", "b": "open", "c": "missing", "d": "open"}
    assert words.one(26).closed == 1


def test_an_item_that_moves_between_pages_counts_once(words, world):
    world["/words"], world["/more"] = "a b >/more", "b=twin c"
    assert (words.one().added, sorted(words.openings())) == (3, ["a", "b", "c"])
    world["/words"], world["/more"] = "a >/more", "b c"
    drifted = words.one(1)
    assert (drifted.found, drifted.added, drifted.closed) == (3, 0, 0)
    assert set(words.states().values()) == {"open"}
    world["/words"] = "a d >/more"
    assert words.one(2).found == 4, "b is on the second page now, which did not change"
    assert set(words.states().values()) == {"open"}


def test_a_page_that_says_it_is_not_all_closes_nothing_even_unchanged(words, world):
    world["/words"] = "a b"
    words.one()
    world["/words"] = "a partial"
    for hours in (1, 30, 60):
        assert words.one(hours).outcome == "ok"
    assert words.states() == {"a": "open", "b": "open"}


def test_details_are_kept_when_the_list_changes_and_they_do_not(words, world):
    world["/words"], world["/a"] = "a b ?/a", "a+first"
    words.one()
    world["/words"] = "a=A b ?/a"
    result = words.one(1)
    assert (result.found, result.changed) == (2, 1)
    assert words.openings()["A"].description == "first"


@pytest.mark.parametrize("answer", [reply(500), reply(404), DROP, "junk"])
def test_details_are_kept_when_they_cannot_be_read_this_time(answer, words, world):
    world["/words"], world["/a"] = "a b ?/a", "a+first"
    words.one()
    world["/words"], world["/a"] = "a b c ?/a", answer
    result = words.one(1)
    assert (result.outcome, result.added, result.changed) == ("ok", 1, 0)
    assert "/a)" in result.problem
    assert words.openings()["a"].description == "first"
    world["/a"] = "a+second"
    words.one(2)
    assert words.openings()["a"].description == "second"


def test_details_that_change_on_their_own_are_merged_with_the_stored_facts(words, world):
    world["/words"], world["/a"] = "a=Title b ?/a", "a+first"
    words.one()
    world["/a"] = "a+second"
    result = words.one(1)
    assert (result.found, result.changed, result.unchanged) == (2, 1, False)
    opening = words.openings()["Title"]
    assert (opening.description, opening.url) == ("second", "https://acme.example/jobs/a")
    assert words.one(2).changed == 0


def test_details_of_what_is_not_shown_bring_nothing_back(words, world):
    world["/words"], world["/more"], world["/a"] = "b >/more ?/a", "a c", "a+first"
    words.one()
    world["/more"] = "c"
    words.one(1)
    words.one(30)
    assert words.states()["a"] == "closed"
    world["/a"] = "a+second"
    words.one(31)
    assert words.states()["a"] == "closed"


def test_many_pages_lost_are_told_by_the_first(words, world):
    world["/words"] = "a ?/1 ?/2 ?/3"
    result = words.one()
    assert result.outcome == "ok"
    assert result.problem == f"404 Not Found ({world.url('/1')}); 2 more like it"


def test_endless_paging_ends_and_closes_nothing(words, world):
    words.one()
    world.documents |= {f"/{n}": f"x{n} >/{n + 1}" for n in range(1, 210)}
    world["/words"] = "a >/1"
    result = words.one(1)
    assert (result.outcome, result.found, result.problem) == ("ok", 200, "stopped after 200 requests")
    assert words.states()["b"] == "open"


# ------------------------------------------------------------------------------------------------ when to ask
def test_a_source_is_due_again_after_its_interval(line):
    line.one()
    assert line.refresh(12 * 0.89, everything=False) == {}
    assert (line.report.resting, line.report.exit_code) == (1, 0)
    assert line.refresh(12 * 1.1, everything=False).keys() == {"list"}
    assert line.refresh(13.3).keys() == {"list"}, "all"
    assert line.refresh(13.4, "list", everything=False).keys() == {"list"}, "by name"


def test_a_source_that_does_not_change_is_due_less_and_less_often(line):
    gaps, hour = [], 0.0
    for _ in range(10):
        assert line.refresh(hour, everything=False).keys() == {"list"}
        with Store.open(line.db) as store:
            due = store.due()["list"]
        gaps.append((due - after(hour)) / timedelta(hours=1))
        hour += gaps[-1]
    assert 12 * 0.9 <= gaps[0] == gaps[1] <= 12 * 1.1
    assert gaps == sorted(gaps)
    assert 60 < gaps[-1] <= 7 * 12


def test_a_source_that_fails_is_asked_less_and_less_often_until_once_a_day(line, world):
    line.one()
    world["/list"] = HTML
    visits = [hour for hour in range(20, 80) if line.refresh(hour, everything=False)]
    assert [later - sooner for sooner, later in pairwise(visits)] == [1, 2, 4, 8, 16, 24]


@pytest.mark.parametrize(("every", "hours"), [("12h", 1), ("20m", 1 / 3)])
@pytest.mark.parametrize("answer", [HTML, "[]"])
def test_what_failed_or_was_held_is_due_within_the_hour(answer, every, hours, line, world):
    line.sources = [a_list("list", world.url("/list"), every=every)]
    line.one()
    world["/list"] = answer
    line.one(24)
    assert line.refresh(24 + hours * 0.9, everything=False) == {}
    assert line.refresh(24 + hours, everything=False).keys() == {"list"}


def test_with_no_host_reached_everything_stays_due(line, world):
    line.sources = [a_list("list", "http://127.0.0.1:9/list")]
    assert "connection refused" in line.one().problem
    assert line.report.exit_code == 4
    line.sources = [a_list("list", world.url("/list"))]
    assert line.one(0.01, everything=False).outcome == "ok"


def test_what_is_switched_off_is_asked_by_name_alone(line, world):
    line.sources.append(a_list("off", world.url("/list"), enabled=False))
    assert line.refresh().keys() == {"list"}
    assert line.refresh(1, "off").keys() == {"off"}


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_gets_it_across_runs(status, line, world):
    world["/list"] = reply(status, retry_after="7200")
    first = line.one()
    assert (first.outcome, first.retry_at) == ("failed", after(2))
    world["/list"] = listed(range(25))
    world.forget()
    waiting = line.one(1.9)
    assert (waiting.outcome, waiting.retry_at, line.report.exit_code) == ("not yet", after(2), 0)
    assert world.origin.asked == [], "not even robots.txt"
    assert line.refresh(1.95, everything=False) == {}, "it is not due before"
    assert line.one(2).outcome == "ok"


def test_a_pause_is_remembered_though_the_run_is_cut_short(line, world, monkeypatch):
    world["/list"] = reply(429, retry_after="7200")

    class Unplugged(Watch):
        def finished(self, result: SourceResult) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        refresh(line.config, {}, lambda: START, Plan(), Unplugged())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert line.one(1).outcome == "not yet"


def test_a_pause_is_remembered_while_the_source_goes_on_elsewhere(words, world):
    seen = []

    async def look(writer: asyncio.StreamWriter) -> None:
        seen.extend(host for (host,) in rows(words.db, "SELECT host FROM hold"))
        writer.close()

    with site(there=reply(429, retry_after="7200")) as other:
        world["/words"], world["/away"], world["/on"] = "a ?/away ?/on", to(other.url("/there")), look
        words.one()
        assert seen == [other.origin.url.removeprefix("http://")]


def test_not_yet_is_neither_failure_nor_success():
    def code(*outcomes):
        return Report(tuple(SourceResult(name=str(n), outcome=o) for n, o in enumerate(outcomes))).exit_code

    assert [code(), code("ok"), code("empty"), code("not yet")] == [0, 0, 0, 0]
    assert [code("ok", "failed"), code("held"), code("held", "failed"), code("ok", "held")] == [3, 3, 3, 3]
    assert [code("failed"), code("failed", "not yet"), code("ok", "not yet")] == [4, 4, 0]


def test_what_github_asks_for_at_looks_at_issues_is_kept_and_its_token_is_that_of_any_source(line, world, monkeypatch):
    tokens = []

    async def look(fetcher, store, config, now, *, token):
        tokens.append(token)
        fetcher._holds["api.github.com"] = after(5)

    monkeypatch.setattr(app, "check_best", look)
    line.sources.append(replace(source("repos", "github_repos"), token_env="TOKEN"))
    line.environ["TOKEN"] = "t-o-k-e-n"
    line.pages = 1
    with Store.open(line.db) as store:
        asked = look_of(source="repos", run=store.begin_run(after(0)), outcome="failed", next_due=after(48))
        store.fail(asked, after(0))
    line.refresh(1, everything=False)
    assert tokens == ["t-o-k-e-n"], "though it is not due"
    with Store.open(line.db) as store:
        assert store.holds()["api.github.com"] == after(5)


def test_a_sources_own_interval_stands_over_all(words, world, monkeypatch):
    speak(monkeypatch, min_interval=timedelta(hours=1))
    words.one()
    world.forget()
    early = words.one(0.9)
    assert (early.outcome, early.retry_at, words.report.exit_code) == ("not yet", after(1), 0)
    assert early.problem == f"is not to be asked more often than every 1 h ({world.url('/words')})"
    assert world.origin.asked == []
    assert words.one(1).outcome == "ok", "what was not asked does not count as asking"
    assert words.one(0.5).outcome == "not yet", "a clock that is set back shortens nothing"
    assert words.one(-0.5).outcome == "ok", "a clock that ran ahead does not lock a source"


# ------------------------------------------------------------------------------------------------ ages
@pytest.fixture
def aging(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [source("readme", "table_list", url=world.url("/readme"))])


@pytest.mark.parametrize(
    "ages",
    [
        ("12d", "13d", "14d"),
        ("12d", "12d", "13d"),
        ("1mo", "1mo", "1mo"),
        ("30d", "1mo", "1mo"),
        ("5h", "1d", "2d"),
        ("0d", "1d", "2d"),
        ("2w", "2w", "2w"),
        ("3 days ago", "4 days ago", "5 days ago"),
    ],
)
def test_growing_older_is_no_change(ages, aging, world):
    world["/readme"] = table(ages[0])
    aging.one()
    before = aging.content()
    for day, age in enumerate(ages[1:], 1):
        world["/readme"] = table(age, *["1d"] * day)  # new rows, so that it is another document
        result = aging.one(24 * day)
        assert (result.added, result.changed) == (1, 0)
    now = aging.content()
    assert [[row for row in was if row in now[place]] for place, was in enumerate(before)] == before


def test_being_posted_anew_is_a_change(aging, world):
    world["/readme"] = table("40d", "1mo")
    aging.one()
    world["/readme"] = table("0d", "2d")
    aging.one(24)
    assert {str(o.posted_at)[:10] for o in aging.openings().values()} == {"2026-08-23", "2026-08-21"}


# ------------------------------------------------------------------------------------------------ the run itself
def test_the_watcher_hears_what_is_planned_and_what_came_of_it(line, world):
    line.sources.append(a_list("bad", world.url("/nothing")))
    watch = Watch()
    report = refresh(line.config, {}, lambda: START, Plan(), watch)
    assert watch.names == ["list", "bad"]
    assert sorted(watch.results, key=str) == sorted(report.results, key=str)
    assert [result.name for result in report.results] == ["list", "bad"], "in the order of the configuration"


def test_nothing_is_asked_while_the_configuration_is_wrong(line, world):
    line.sources.append(source("odd", "json_list", url=world.url("/list"), uri="x"))
    with pytest.raises(ConfigError, match="uri"):
        line.refresh()
    assert world.origin.asked == []
    assert not line.db.exists()


def test_a_second_refresh_is_turned_away_before_it_asks(line, world):
    with locked(line.db), pytest.raises(Busy, match="another refresh"):
        line.refresh()
    assert world.origin.asked == []


def test_a_refresh_of_nothing_does_nothing(line):
    line.sources.clear()
    assert (line.refresh(), line.report) == ({}, Report(()))


def test_only_what_is_new_is_concluded_from_again(line, world, monkeypatch):
    classified: list[str] = []
    classify = conclusions.classify
    monkeypatch.setattr(conclusions, "classify", lambda opening: classified.append(opening.title) or classify(opening))
    line.one()
    assert len(classified) == 25
    world["/list"] = listed(range(26))
    line.one(1)
    assert classified[25:] == ["Machine Learning Intern 25"]


def test_a_source_whose_time_is_over_fails_alone(words, line, world):
    words.settings["source_timeout"] = 0.3
    words.sources += line.sources
    world["/words"], world["/more"] = "a >/more", hang
    results = words.refresh()
    assert results["words"].problem == f"the source's time is over ({world.url('/more')})"
    assert {name: result.outcome for name, result in results.items()} == {"words": "failed", "list": "ok"}


def test_an_interrupted_refresh_keeps_what_was_recorded(world, tmp_path):
    """A real Ctrl-C: one source is done, the other does not answer."""
    world["/slow"] = hang
    settings = tmp_path / "config.toml"
    settings.write_text(
        f"[sources]\ndefaults = false\n[verify]\nbudget = 0\n[fetch]\npace = 0.0\nallow_private = true\n"
        f'[[source]]\nname = "list"\nadapter = "json_list"\nurl = "{world.url("/list")}"\n'
        f'[[source]]\nname = "slow"\nadapter = "json_list"\nurl = "{world.url("/slow")}"\n'
    )
    db = tmp_path / "finder.db"
    command = [sys.executable, "-m", "finder", "--config", str(settings), "--db", str(db), "refresh"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(20) == 130
    assert said.startswith("list: ok")
    assert rest == "finder: interrupted; what was saved is saved\n"
    with Reader.open(db) as reader:
        assert len(reader.openings()) == 25
    assert rows(db, "SELECT finished_at FROM run") == [(None,)]
    with locked(db), Store.open(db) as store:
        assert "slow" not in store.due()


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


# ----------------------------------------------------------------------------------------------- what ships with finder
def test_what_ships_with_finder_tells_nothing_of_the_network(line):
    line.sources[:] = [source("sets", "own_datasets"), a_list("gone", "http://127.0.0.1:9/list")]
    assert {name: result.outcome for name, result in line.refresh().items()} == {"sets": "ok", "gone": "failed"}
    assert line.report.exit_code == 4, "nothing outside this machine answered"
    line.sources[:] = [source("sets", "own_datasets")]
    line.refresh(1)
    assert line.report.exit_code == 0
