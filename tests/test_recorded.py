"""The program as it is, as a process of its own, against recordings of the real sources."""

from __future__ import annotations

import json
import os
import shlex
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _store import rows

ROOT = Path(__file__).parents[1]
NOW = "2026-08-23T09:00:00Z"
SETTINGS = """
[fetch]
pace = 0.05
[[source]]
name = "github-ml"
enabled = false
[[source]]
name = "summer2025"
adapter = "json_list"
url = "https://raw.githubusercontent.com/SimplifyJobs/Summer2025-Internships/dev/.github/scripts/listings.json"
"""
"""GitHub's search keeps a pace of its own, which would take a minute. The list of 2025 is nearly all closed."""

SMALL = """
[sources]
defaults = false
[fetch]
pace = 0.05
retries = 0
timeout = 10.0
[[source]]
name = "vanshb03"
adapter = "json_list"
url = "https://raw.githubusercontent.com/vanshb03/Summer2026-Internships/dev/.github/scripts/listings.json"
[[source]]
name = "zshah101"
adapter = "json_list"
url = "https://raw.githubusercontent.com/zshah101/Automated-List-Of-Summer-2027-and-Fall-2026-Tech-Internships/main/docs/api/jobs.json"
[[source]]
name = "spotify"
adapter = "lever"
site = "spotify"
[[source]]
name = "gitlab"
adapter = "greenhouse"
board = "gitlab"
"""
LEVER, RAW = "api.lever.co", "raw.githubusercontent.com"


@dataclass(frozen=True)
class Internet:
    """The recorded internet while it is served, and where a person of this test works."""

    folder: Path
    environ: dict[str, str]
    log: Path

    def finder(self, *args: str, now: str = NOW) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "finder", *args, now=now)

    def _run(self, *args: str, now: str = NOW) -> subprocess.CompletedProcess[str]:
        env = self.environ | {"FINDER_NOW": now, "FINDER_DB": str(self.folder / "finder.db")}
        command = [sys.executable, *args]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=120)

    def refreshed(self, *args: str, now: str = NOW) -> tuple[int, dict[str, dict[str, Any]], str]:
        """Exit code, result by source, and what was said on stderr."""
        ran = self.finder("refresh", "--json", *args, now=now)
        assert ran.stdout, ran.stderr
        return ran.returncode, {one["name"]: one for one in json.loads(ran.stdout)}, ran.stderr

    def peak(self, *args: str) -> int:
        """The most memory that a command took, in MiB."""
        code = "import resource, sys; from finder.cli.main import main; main(sys.argv[1:]); "
        code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        ran = self._run("-c", code, *args, "--quiet")
        return int(ran.stdout.split()[-1]) // 1024

    def requests(self, skip: int = 0) -> list[dict[str, Any]]:
        """Requests in the order of the log, those before `skip` left out; no CONNECT."""
        told = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()[skip:]]
        return [one for one in told if one["method"] != "CONNECT"]

    def lines(self) -> int:
        return len(self.log.read_text("utf-8").splitlines())


@contextmanager
def served(shared: Path, folder: Path, settings: str, faults: Sequence[str] = ()) -> Iterator[Internet]:
    """Serve the recordings on a free port, with faults as serve.py takes them."""
    pytest.importorskip("trustme")
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(settings)
    script = shared / "internet" / "serve.py"
    log = folder / "log.jsonl"
    place = ["--port", str(_free_port()), "--ca", str(folder / "ca.pem")]
    told = [word for fault in faults for word in ("--fault", fault)]
    with subprocess.Popen([sys.executable, script, *place, *told, "--log", log], stdout=-1, text=True) as serving:
        try:
            assert serving.stdout is not None
            assert serving.stdout.readline().startswith("export ")
            exports = subprocess.run(
                [sys.executable, script, *place, "--env"], capture_output=True, text=True, check=True
            )
            named = dict(word.split("=", 1) for word in shlex.split(exports.stdout)[1:])
            home = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
            yield Internet(folder, home | named, log)
        finally:
            serving.terminate()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# ------------------------------------------------------------------------------------------------ all default sources
@pytest.fixture(scope="module")
def internet(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Internet]:
    with served(shared, tmp_path_factory.mktemp("internet"), SETTINGS) as made:
        yield made


@pytest.fixture(scope="module")
def first(internet: Internet) -> tuple[int, dict[str, dict[str, Any]], str]:
    """The first refresh of an empty store."""
    return internet.refreshed()


def test_every_default_source_is_well(internet, first):
    code, results, said = first
    assert {name: one["problem"] for name, one in results.items() if one["outcome"] != "ok"} == {}
    assert code == 0, said
    assert len(results) >= 32


def test_it_brings_as_much_as_there_is(internet, first):
    found = json.loads(internet.finder("status", "--json").stdout)["open"]
    assert found["internship"] >= 2000
    assert found["project"] >= 500
    core = "kind = 'internship' AND role = 'core' AND opening IN (SELECT id FROM opening WHERE state = 'open')"
    assert rows(internet.folder / "finder.db", f"SELECT count(*) >= 300 FROM facets WHERE {core}") == [(1,)]


def test_hosts_are_treated_well(internet, first):
    requests = internet.requests()
    hosts = {one["host"] for one in requests}
    assert {next(one["url"] for one in requests if one["host"] == host).rpartition("/")[2] for host in hosts} == {
        "robots.txt"
    }
    assert max(one["live"] for one in requests) <= 2
    assert {"finder/" in one["ua"] and "+http" in one["ua"] for one in requests} == {True}


def test_a_second_refresh_is_told_that_nothing_changed(internet, first):
    tagged = {one["url"] for one in internet.requests() if one["status"] == 200 and "robots.txt" not in one["url"]}
    before = internet.lines()
    code, results, said = internet.refreshed("--all", now="2026-08-24T09:00:00Z")
    again = [one for one in internet.requests(before) if one["url"] in tagged]
    assert code == 0, said
    assert len(again) == len(tagged)
    assert sum(one["status"] == 304 for one in again) >= 0.9 * len(again)
    assert {(one["added"], one["changed"], one["closed"]) for one in results.values()} == {(0, 0, 0)}
    assert {name: one["found"] for name, one in results.items()} == {n: one["found"] for n, one in first[1].items()}


@pytest.mark.parametrize(("words", "least"), [("machine learning", 20), ("computer vision --remote", 0), ("C++", 1)])
def test_a_search_answers_in_json(words, least, internet, first):
    ran = internet.finder("search", *words.split(), "--limit", "10", "--json", now="2026-08-24T10:00:00Z")
    assert ran.returncode == 0, ran.stderr
    kinds = Counter(one["kind"] for one in json.loads(ran.stdout))
    assert least <= kinds.total()
    assert all(number <= 10 for number in kinds.values())


def test_a_list_of_last_year_is_kept_and_closed(internet, first):
    store = internet.folder / "finder.db"
    of_it = "FROM sighting WHERE source = (SELECT no FROM source WHERE name = 'summer2025')"
    assert rows(store, f"SELECT count(*) {of_it} AND state = 'closed' AND evidence LIKE '%inactive%'") == [(4884,)]
    assert rows(store, "SELECT count(*) >= 7000 FROM opening") == [(1,)]
    assert rows(store, "SELECT count(*) >= 4800 FROM opening WHERE state = 'closed'") == [(1,)]
    shown = json.loads(internet.finder("search", "--limit", "9999", "--json").stdout)
    assert {one["state"] for one in shown} <= {"open", "missing"}


# ------------------------------------------------------------------------------------------------ faults
CAUSES = {
    "html": "looks like an HTML page, not JSON",
    "drop": "connection closed without an answer",
    "truncate": "the answer was cut short",
    "bomb:64": "answer is larger than 32 MiB",
    "status:503": "503 Service Unavailable",
    "garbage": "not JSON",
    "loop": "redirected in a circle",
}


@pytest.mark.parametrize("fault", CAUSES)
def test_one_bad_host_is_named_and_the_others_are_saved(fault, shared, tmp_path):
    """robots.txt is not recorded for this host, so the fault begins at the second request."""
    with served(shared, tmp_path / "away", SMALL, [f"{LEVER}={fault}@2-"]) as internet:
        code, results, said = internet.refreshed()
    assert {name: one["outcome"] for name, one in results.items()} == {
        "vanshb03": "ok",
        "zshah101": "ok",
        "spotify": "failed",
        "gitlab": "ok",
    }
    assert (code, said.count("\n")) == (3, 1)
    assert said.startswith("source spotify: failed: ")
    assert CAUSES[fault] in said


def test_a_bomb_costs_little_memory(shared, tmp_path):
    def peak(folder: str, *faults: str) -> int:
        with served(shared, tmp_path / folder, SMALL, faults) as internet:
            return internet.peak("refresh")

    assert peak("bad", f"{LEVER}=bomb:512@2-") - peak("good") < 64


@pytest.mark.parametrize("fault", ["half", "empty"])
def test_lists_that_lose_too_much_are_held_and_nothing_closes(fault, shared, tmp_path):
    folder = tmp_path / "away"
    with served(shared, folder, SMALL) as internet:
        assert internet.refreshed()[0] == 0
    states = "SELECT state, count(*) FROM sighting GROUP BY state ORDER BY state"
    before = rows(folder / "finder.db", states)
    with served(shared, folder, SMALL, [f"{RAW}={fault}@2-"]) as internet:
        code, results, said = internet.refreshed("--all", now="2026-08-25T09:00:00Z")
    held = {name for name, one in results.items() if one["outcome"] == "held"}
    assert held == ({"vanshb03", "zshah101"} if fault == "empty" else {"vanshb03"}), "half spoils bare lists alone"
    assert code == 3
    assert said.count("known open items") == len(held)
    assert rows(folder / "finder.db", states) == before
