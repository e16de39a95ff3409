"""What is recorded and what is stored: the counting of files, the verdict on a source, and the whole of it in docs."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import scrapers
from finder.config import bind_options

ROOT = Path(__file__).parents[1]
COLLECT = ROOT / "bench" / "collect.py"
DOCS = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
SLOW = {"github", "simplify-2025", "simplify-2025-pipe", "simplify-off-season", "simplify-new-grad"}
"""GitHub's search keeps a pace of its own; the rows of the large lists are held one by one in test_recorded_lists."""


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """The modules of bench by their name."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module


# ------------------------------------------------------------------------------------------------ counting
PIPES = """
| Emoji | Meaning |
|---|---|
| 🔥 | hot |

| Company | Role | Link |
| --- | --- | --- |
| Coot | Intern | [a](https://coot.example) |
| ↳ | Other Intern | 🔒 |
| ↳ | Other Intern | 🔒 |
  | Tern | Intern | [a](https://tern.example) |
"""
PROGRAMS = """
| Name | Status/Open Date | Note |
| ---- | --- | --- |
| [A](https://a.example) | ✅ Open |
| B | ❌  Closed | x |
| C | ? | |
| D | Open 10/15 | |

| Name | Year |
| --- | --- |
| E | All |
"""
BULLETS = """
## Table of contents
* [Tools](#tools)
## Tools
* [One](https://github.com/ada/one) - x
* * [One again](https://www.github.com/Ada/One/tree/main) (y)
* [A site](https://one.example)
## Books
- [Book](https://github.com/ada/book)
"""


def comment(number: int, parent: int = 1) -> dict[str, object]:
    return {"objectID": str(number), "parent_id": parent, "story_id": 1}


THREAD = json.dumps({"comments": {"hits": [comment(10), comment(48012147), comment(47975882), comment(11, 10)]}})


@pytest.mark.parametrize(
    ("counting", "text", "rows", "stored"),
    [
        ("pipe_rows", PIPES, 4, 3),
        ("html_rows", "<table><tr><th>C</th></tr><tr>\n<td>x</td></tr><tr><td>y</td></tr></table>", 2, 2),
        ("programs", PROGRAMS, 5, 2),
        ("repositories_linked", BULLETS, 4, 1),
        ("courses", BULLETS + "* [One](https://one.example)", 5, 4),
        ("best_of", "projects:\n  - name: A\n    github_id: a/a\n  - name: B\n    github_id: A/a\n", 2, 1),
        ("tables_of_toml", "repositories = [\n  'github.com/a/b',\n  'github.com/c/d',\n]\n", 2, 2),
        ("positions", "<workzag-jobs><position></position><position></position></workzag-jobs>", 2, 2),
        ("thread", THREAD, 4, 1),
        ("one_posting", "", 1, 1),
        ("posting_by_script", "", 1, 0),
    ],
)
def test_rows_are_counted(bench, counting, text, rows, stored):
    count = getattr(bench("counted"), counting)(text)
    assert (count.rows, count.stored) == (rows, stored)
    assert all(count.left.values())


def test_rows_of_json_are_counted_under_their_names(bench):
    counted = bench("counted")
    text = json.dumps({"jobs": [{"title": "ML Intern"}, {"title": "Clerk"}]})
    assert counted.rows_of("jobs")(text).rows == 2
    narrowed = counted.titled("intern", "jobs")(text)
    assert (narrowed.rows, narrowed.stored) == (2, 1)
    assert dict(narrowed.left) == {"the search is for “intern”": 1}


# ------------------------------------------------------------------------------------------------ the verdict
@pytest.mark.parametrize(
    ("problem", "stored", "outcome", "told", "well"),
    [
        ("", 3, "ok", "", True),
        ("", 2, "ok", "", False),
        ("", 4, "ok", "", False),
        ("", 3, "failed", "404 Not Found", False),
        ("", 3, "held", "", False),
        ("an empty block", 3, "failed", "JSON-LD: an empty block", True),
        ("an empty block", 3, "failed", "404 Not Found", False),
        ("an empty block", 3, "ok", "", False),
    ],
)
def test_a_difference_is_no_success(bench, problem, stored, outcome, told, well):
    recorded, collect, counted = bench("recorded"), bench("collect"), bench("counted")
    source = recorded.Recorded("one", "lever", "x.json", counted.one_posting, problem=problem)
    line = collect.Line(source, counted.Count(4, {"a reason": 1}), stored, 0, outcome, told)
    assert line.well is well
    assert ("DIFFERS" in line.why) is not well
    assert line.why.startswith("1: a reason")
    assert "| one | `lever` | 4 |" in collect.table([line])


def test_every_source_can_be_configured_and_has_a_name_of_its_own(bench):
    recorded, adapters = bench("recorded"), scrapers.load()
    names = [source.name for source in recorded.EVERY]
    assert len(names) == len(set(names))
    for source in recorded.EVERY:
        adapter = adapters[source.adapter]
        assert adapter.start(bind_options(adapter.options, source.options, "bench", source.name))
    tables = tomllib.loads(bench("collect").configuration(recorded.EVERY))["source"]
    assert [table["name"] for table in tables] == names


def test_a_folder_without_recordings_is_told(tmp_path):
    ran = subprocess.run([sys.executable, COLLECT, "--internet", tmp_path], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (1, f"{tmp_path}: no serve.py here\n")


# ------------------------------------------------------------------------------------------------ docs/sources.md
def test_the_docs_tell_of_every_adapter_and_how_it_was_seen():
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| .* \| (.*) \|$", DOCS, re.MULTILINE))
    assert told.keys() == scrapers.load().keys()
    assert all(re.search("recorded|own pages|part of finder", seen) for seen in told.values())


def test_the_docs_call_recorded_what_is_recorded(bench):
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| .* \| (.*) \|$", DOCS, re.MULTILINE))
    collected = {source.adapter for source in bench("recorded").EVERY}
    assert {kind for kind, seen in told.items() if "recorded" in seen} - {"icims"} == collected


# ------------------------------------------------------------------------------------------------ the recordings
def test_every_recording_has_its_source(bench, shared):
    """What a route serves without rows of its own is left out: robots.txt, and what another one answers as well."""
    routes = [line.split("\t")[1] for line in (shared / "internet/sites/routes.tsv").read_text().splitlines()[1:]]
    files = {source.file for source in bench("recorded").EVERY}
    assert set(routes) - files == {"boards/workday-gdit_robots.txt", "github/search-issues.json"}


def test_what_is_stored_is_what_is_recorded_and_the_docs_say_so(bench, shared):
    pytest.importorskip("trustme")
    names = [source.name for source in bench("recorded").EVERY if source.name not in SLOW]
    only = [word for name in names for word in ("--only", name)]
    command = [sys.executable, str(COLLECT), "--internet", str(shared / "internet"), *only]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = ran.stdout.splitlines()[2:-1]
    assert [row for row in rows if row not in DOCS] == []
    assert len(rows) == len(names)
