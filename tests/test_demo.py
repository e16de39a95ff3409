"""The sample world: as large and as varied as it says, the same every time, and of this machine alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _store import rows
from conftest import SAMPLE_DAY

import scrapers
from db.read import Reader
from finder.app import Plan, refresh
from finder.cli.main import main
from finder.cli.refresh import Silent
from finder.config import Config, ProfileSettings
from finder.demo import lists, run, server
from finder.demo.employers import EMPLOYERS
from finder.demo.repositories import TASKS, repos
from finder.demo.run import DONE, PERSON, sample
from finder.demo.server import pages, serving, sources
from finder.demo.world import positions, roles
from finder.matching import answer
from finder.model import Match
from finder.query import Query
from finder.steps import load

ROOT = Path(__file__).parents[1]
DAYS = [SAMPLE_DAY, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)]


@pytest.fixture(scope="session")
def matches(sample_store: Path) -> list[Match]:
    """Everything the sample holds that is open, as Sam sees it, ordinary jobs included."""
    config = Config(db=sample_store, profile=PERSON)
    with Reader.open(sample_store) as reader:
        return list(answer(reader, config, Query(limit=1000, level="all"), SAMPLE_DAY).matches)


def of(matches: list[Match], *kinds: str) -> list[Match]:
    return [match for match in matches if match.opening.kind in kinds]


# ------------------------------------------------------------------------------------------------ size and variety
def test_it_is_as_large_as_it_says(matches):
    assert len(of(matches, "internship", "job")) >= 150
    assert len(of(matches, "project")) >= 60


def test_it_is_read_by_ten_adapters_without_a_complaint(sample_store):
    told = rows(
        sample_store,
        "SELECT s.adapter, r.outcome, r.skipped, r.problem FROM source s JOIN source_run r ON r.source = s.no",
    )
    assert len({adapter for adapter, *_ in told}) == 10
    assert {adapter for adapter, *_ in told} <= scrapers.load().keys()
    assert {(outcome, skipped, problem) for _, outcome, skipped, problem in told} == {("ok", 0, "")}


def test_every_form_of_list_shows_something(sample_store):
    found = dict(rows(sample_store, "SELECT s.name, r.found FROM source s JOIN source_run r ON r.source = s.no"))
    shown = {name.removeprefix("list-"): number for name, number in found.items() if name.startswith("list-")}
    assert shown.keys() == {name.partition(".")[0] for name in server.LISTS}
    assert min(shown.values()) >= 15


def test_openings_are_seen_at_several_sources(matches):
    seen = Counter(len(match.opening.sightings) for match in matches)
    assert seen[2] >= 50, "an employer's board and a list, or two lists"


def test_there_are_closed_ones_and_hidden_ones(sample_store):
    closed = rows(sample_store, "SELECT evidence FROM opening WHERE state = 'closed'")
    assert any("active: false" in evidence for (evidence,) in closed)
    assert any("Closed" in evidence for (evidence,) in closed)


def test_every_readiness_occurs(matches):
    ready = Counter(match.readiness for match in of(matches, "internship"))
    assert ready.keys() >= {"ready", "one step away", "stretch", "unknown"}
    assert min(ready.values()) >= 10
    assert {match.readiness for match in of(matches, "project")} >= {"ready", "stretch"}


def test_what_is_shown_first_is_worth_showing(matches):
    first = of(matches, "internship")[:10]
    assert {match.readiness for match in first} >= {"ready", "one step away"}
    assert all(match.opening.facets and match.opening.facets.role in ("core", "data") for match in first)
    assert len({match.opening.organization for match in first}) >= 5
    assert len({match.opening.title for match in first}) >= 5


def test_boards_bring_ordinary_jobs_too(matches):
    jobs = {match.opening.title for match in matches if match.opening.facets and match.opening.facets.kind == "job"}
    assert {"Account Executive", "Staff Data Scientist"} <= jobs


def test_texts_name_alternatives_degrees_and_visas(matches):
    described = [match.opening for match in matches if match.opening.facets and match.opening.facets.described]
    facets = [opening.facets for opening in described if opening.facets]
    assert any(need.group for one in facets for need in one.needs)
    assert any(one.stated["degree"].value == "phd" for one in facets if "degree" in one.stated)
    assert any(one.stated["sponsorship"].value == "no" for one in facets if "sponsorship" in one.stated)
    assert {need.strength for one in facets for need in one.needs} >= {"must", "should"}


def test_projects_tell_their_issues(matches):
    issues = [match.opening.extra.get("issues") for match in of(matches, "project")]
    told = [issue for each in issues if each for issue in each]
    assert len(told) >= 60
    assert {issue["title"] for issue in told} <= set(TASKS)
    assert any(issue["assigned"] for issue in told)


def test_titles_and_texts_vary():
    world = roles(230, 2027)
    titles = Counter(role.title for role in world)
    assert len(titles) >= 90
    assert max(titles.values()) <= 12
    assert sum("2027" in role.title for role in world) < len(world) / 2
    assert len({role.text for role in world}) == len(world)
    assert len({role.company for role in world}) == len(EMPLOYERS)
    assert len({role.place for role in world}) >= 30


@pytest.mark.parametrize("role", roles(40, 2027), ids=str)
def test_a_text_is_a_few_sentences_and_three_lists(role):
    assert 4 <= role.text.count(". ") + role.text.count(".\n") + 1 <= 8
    assert [len(lines) for _, lines in role.sections] == [2, *[len(lines) for _, lines in role.sections][1:]]
    assert " | " not in role.text
    assert role.text.startswith(f"{role.company} ")


def test_repositories_have_names_of_their_own():
    code = repos()
    assert len({repo.name for repo in code}) == len({repo.about for repo in code}) == len(code) >= 60
    assert len({repo.language for repo in code}) >= 8


def test_skills_of_the_world_are_skills_that_the_program_knows():
    named = {skill for role in roles(230, 2027) for skill in role.skills}
    known = {skill["name"] for skill in tomllib.loads((ROOT / "finder/data/skills.toml").read_text("utf-8"))["skill"]}
    assert named <= known


def test_nobody_real_is_linked():
    """Hiring systems and GitHub are real; the names at them end so that they are nobody's."""
    assert all("-sample" in lists.address(role) for role in roles(230, 2027))
    assert all(repo.owner.endswith("-sample") for repo in repos())


# ------------------------------------------------------------------------------------------------ the same every time
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_is_the_same_every_time(day):
    assert pages(day) == pages(day)
    assert roles(230, day.year) == roles(230, day.year)
    assert repos() == repos()


def test_it_is_of_the_day_on_which_it_is_asked_for():
    year = {day: {term for (term,) in _terms(day)} for day in DAYS}
    assert [sorted({term.split()[1] for term in year[day]}) for day in DAYS] == [["2027"], ["2027"], ["2028"]]


def _terms(day: datetime) -> list[tuple[str]]:
    listed = json.loads(pages(day)["/simplify.json"])
    return [(term,) for row in listed for term in row["terms"]]


def test_a_second_refresh_of_it_finds_nothing_new(tmp_path):
    made = pages(SAMPLE_DAY)
    with serving(made) as host:
        config = run._config(tmp_path / "finder.db", sources(made, host))
        first, second = (refresh(config, {}, lambda: SAMPLE_DAY, Plan(everything=True), Silent()) for _ in "12")
    assert sum(result.added for result in first.results) > 200
    assert {(r.outcome, r.unchanged, r.added, r.changed, r.closed) for r in second.results} == {("ok", True, 0, 0, 0)}
    assert [r.found for r in second.results] == [r.found for r in first.results]


# ------------------------------------------------------------------------------------------------ the person
def test_the_sample_person_has_done_steps_that_there_are():
    curriculum = load()
    assert set(DONE) <= curriculum.steps.keys()
    assert all(set(curriculum.steps[step].requires) <= set(DONE) for step in DONE), "in an order that is possible"
    assert isinstance(PERSON, ProfileSettings)


def test_positions_are_whole():
    for position in positions():
        assert len(position.must) >= 2
        assert len(position.tasks) >= 2
        assert len(position.titles) >= 3
        assert position.weight > 0


# ------------------------------------------------------------------------------------------------ the command
def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(["demo", *args])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "here"


def test_what_is_kept_can_be_looked_around_in(capsys, monkeypatch, kept):
    monkeypatch.setenv("FINDER_NOW", SAMPLE_DAY.isoformat())
    code, out, err = said(capsys, "--keep", str(kept))
    assert (code, err) == (0, "")
    assert out.startswith("This is a SAMPLE: invented employers and repositories")
    assert "Internships: 10 of " in out
    assert "Projects to contribute to: 10 of 72" in out
    assert f"wrote {kept}/digest.html and {kept}/digest.txt\n" in out
    assert "Umberline" in (kept / "digest.txt").read_text("utf-8")
    command = next(line for line in out.splitlines() if "Look around" in line).partition("finder ")[2]
    assert main(command.split()) == 0
    again = capsys.readouterr().out.strip()
    assert again in out, "the same ranking for the same person"


def test_keeping_it_again_makes_it_anew_on_any_day(kept):
    """Even on the day that few years have; what was kept in the folder before does not shine through."""
    day = DAYS[-1]
    with sample(day, Silent(), kept) as (config, report):
        assert report.exit_code == 0
    assert rows(config.db, "SELECT DISTINCT first_seen FROM opening") == [("2028-02-29T00:00:00Z",)]
    with Reader.open(config.db) as reader:
        posted = [opening.posted_at for opening in reader.openings(kinds=("internship",)) if opening.posted_at]
    assert day - timedelta(days=92) <= min(posted)
    assert max(posted) <= day


def test_nothing_of_the_users_is_touched(capsys, own_home, tmp_path):
    (own_home / "config" / "finder").mkdir(parents=True)
    (own_home / "config" / "finder" / "config.toml").write_text("nonsense = [")
    before = sorted(tmp_path.rglob("*"))
    code, out, _ = said(capsys)
    assert code == 0, "not even a broken configuration is read"
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path(os.environ["FINDER_DB"]).exists()
    line = next(line for line in out.splitlines() if line.startswith("wrote "))
    html, text = (Path(name) for name in line.removeprefix("wrote ").split(" and "))
    assert "<html" in html.read_text("utf-8")
    assert [path.name for path in html.parent.iterdir() if path != text] == ["digest.html"], "the store is gone"
    shutil.rmtree(html.parent)


PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

WATCHED = """
import sys
def audit(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        print("NET", args[1][0] if isinstance(args[1], tuple) else args[1], file=sys.stderr)
    elif event == "socket.getaddrinfo":
        print("NET", args[0], file=sys.stderr)
sys.addaudithook(audit)
from finder.app import Plan, refresh
from finder.cli.main import main
sys.exit(main(["demo", "--json"]))
"""


def in_process_of_its_own(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Without a home, without anything that was set for us."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C"} | environ
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120)


def test_only_this_machine_is_asked_and_two_runs_of_one_moment_say_the_same(tmp_path):
    moment = {"FINDER_NOW": SAMPLE_DAY.isoformat(), "TMPDIR": str(tmp_path)}
    began = time.monotonic()
    first = in_process_of_its_own(WATCHED, **dict.fromkeys(PROXIES, "http://127.0.0.1:9"), PYTHONHASHSEED="1", **moment)
    assert time.monotonic() - began < 60
    assert first.returncode == 0, first.stderr
    assert first.stderr.startswith("This is a SAMPLE")
    asked = {line.split()[1] for line in first.stderr.splitlines() if line.startswith("NET ")}
    assert asked == {"127.0.0.1"}
    told = json.loads(first.stdout)
    assert Counter(one["kind"] for one in told) == {"internship": 10, "project": 10}
    second = in_process_of_its_own(WATCHED, TZ="Asia/Tokyo", PYTHONHASHSEED="2", **moment)
    assert second.stdout == first.stdout
