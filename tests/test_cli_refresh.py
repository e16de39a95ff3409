"""`finder refresh` against a host on this machine: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _cli import run, shell

from finder.app import Report
from finder.cli import refresh as module
from finder.cli.refresh import problem_line, problem_lines, summary
from finder.demo.server import pages, serving
from finder.lock import locked
from finder.model import SourceResult
from finder.render.settings import toml

NOW = datetime(2026, 8, 23, 9, tzinfo=UTC)
LIST, TABLE, BOARD = "/simplify.json", "/pipes.md", "/lever/v0/postings/"


@pytest.fixture(scope="module")
def world() -> dict[str, str]:
    """A list, a table and one employer's board of the sample world."""
    made = pages(NOW)
    board = next(path for path in made if path.startswith(BOARD))
    return {LIST: made[LIST], TABLE: made[TABLE], board: made[board]}


@pytest.fixture
def served(world, tmp_path, monkeypatch):
    """The same behind a port, as the only sources of the configuration. What a test changes in it is what is served."""
    made = dict(world)
    board = next(path for path in made if path.startswith(BOARD)).removeprefix(BOARD)
    with serving(made) as host:
        tables = [
            {"name": "list", "adapter": "json_list", "url": host + LIST},
            {"name": "table", "adapter": "table_list", "url": host + TABLE},
            {"name": "board", "adapter": "lever", "site": board, "base": f"{host}/lever"},
        ]
        _configure(tmp_path / "config.toml", tables)
        monkeypatch.setenv("FINDER_CONFIG", str(tmp_path / "config.toml"))
        monkeypatch.setenv("FINDER_NOW", NOW.isoformat())
        yield made


def _configure(path: Path, tables: list[dict[str, str]]) -> None:
    head = "[sources]\ndefaults = false\n[discovery]\nenabled = false\n[verify]\nbudget = 0\n"
    head += "[fetch]\npace = 0\nretries = 0\nallow_private = true\n"
    blocks = ("[[source]]\n" + "\n".join(f"{k} = {toml(v)}" for k, v in table.items()) for table in tables)
    path.write_text(head + "\n".join(blocks), "utf-8")


def later(monkeypatch, **by: float) -> None:
    monkeypatch.setenv("FINDER_NOW", (NOW + timedelta(**by)).isoformat())


def test_the_first_refresh_tells_what_each_source_gave(capsys, served):
    code, out, err = run(capsys, "refresh")
    assert code == 0
    assert "3 sources: 3 ok." in out
    assert err.count(": ok, ") == 3
    assert "items," in err
    assert run(capsys, "status", "--json")[0] == 0


def test_a_second_finds_nothing_due_and_all_unchanged(capsys, served):
    run(capsys, "refresh")
    code, out, _ = run(capsys, "refresh")
    assert code == 0
    assert "Nothing is due" in out
    code, out, err = run(capsys, "refresh", "--all")
    assert (code, err.count("unchanged")) == (0, 3)
    assert "0 new openings, 0 closed" in out


def test_when_a_source_is_due_again(capsys, served, monkeypatch):
    run(capsys, "refresh")
    later(monkeypatch, hours=8)
    assert "Nothing is due" in run(capsys, "refresh")[1]
    later(monkeypatch, hours=16)
    assert "3 sources: 3 ok" in run(capsys, "refresh")[1]


def test_only_what_is_named_is_asked(capsys, served):
    code, out, err = run(capsys, "refresh", "--source", "list", "--source", "board")
    assert (code, out.startswith("2 sources: 2 ok.")) == (0, True)
    assert "table" not in err


def test_a_mistyped_source_is_told_before_anything_is_asked(capsys, served):
    code, out, err = run(capsys, "refresh", "--source", "lst")
    assert (code, out) == (2, "")
    assert "did you mean 'list'?" in err
    assert json.loads(run(capsys, "status", "--json")[1])["sources"] == {"never asked": 3}


def test_one_failure_is_one_line_and_3(capsys, served):
    served[LIST] = "<html>Sign in</html>"
    code, out, err = run(capsys, "refresh")
    assert code == 3
    assert [line for line in err.splitlines() if line.startswith("source ")] == [
        next(line for line in err.splitlines() if line.startswith("source list: failed: looks like an HTML page"))
    ]
    assert "1 failed" in out
    assert "2 ok" in out


def test_all_failures_are_4(capsys, served):
    for path in served:
        served[path] = "<html>Sign in</html>"
    code, _, err = run(capsys, "refresh")
    assert code == 4
    assert err.count("failed: ") == 3


def test_a_list_that_vanishes_is_held(capsys, served):
    run(capsys, "refresh")
    before = json.loads(run(capsys, "search", "--json", "--limit", "999")[1])
    served[LIST] = "[]"
    code, out, err = run(capsys, "refresh", "--all")
    assert code == 3
    assert "source list: held: " in err
    assert "1 held" in out
    assert json.loads(run(capsys, "search", "--json", "--limit", "999")[1]) == before
    assert "held" in run(capsys, "sources")[1]


def test_quiet_says_nothing_unless_something_is_wrong(capsys, served):
    assert run(capsys, "refresh", "--quiet") == (0, "", "")
    served[TABLE] = "nothing of a table"
    code, out, err = run(capsys, "refresh", "--all", "-q")
    assert (code, out) == (3, "")
    assert err.startswith("source table: ")
    assert err.count("\n") == 1


def test_quiet_leaves_out_notes_about_what_went_well(capsys, served, monkeypatch):
    told = (result(problem="one page left out"), result(name="b", outcome="failed", problem="not JSON"))

    def visit(_config, _environ, _clock, _plan, watcher) -> Report:
        for one in told:
            watcher.finished(one)
        return Report(told)

    monkeypatch.setattr(module, "run_refresh", visit)
    assert run(capsys, "refresh", "--quiet") == (3, "", "source b: failed: not JSON\n")
    assert "source quill: note: one page left out\n" in run(capsys, "refresh")[2]


def test_json_tells_each_source_and_nothing_else_on_stdout(capsys, served):
    served[LIST] = "{"
    code, out, _ = run(capsys, "refresh", "--json")
    told = {result["name"]: result for result in json.loads(out)}
    assert code == 3
    assert told.keys() == {"list", "table", "board"}
    assert told["list"]["outcome"] == "failed"
    assert told["list"]["problem"]
    assert told["board"]["added"] == told["board"]["found"] > 0


def test_json_of_nothing_due_is_an_empty_list(capsys, served):
    run(capsys, "refresh", "--quiet")
    assert run(capsys, "refresh", "--json") == (0, "[]\n", "")


def test_two_at_once_is_75(capsys, served, tmp_path):
    with locked(tmp_path / "finder.db"):
        code, out, err = run(capsys, "refresh")
    assert (code, out) == (75, "")
    assert "another refresh" in err


def test_a_store_that_cannot_be_made_is_5(capsys, served, tmp_path):
    (tmp_path / "taken").write_text("a file", "utf-8")
    code, _, err = run(capsys, "refresh", "--db", str(tmp_path / "taken" / "finder.db"))
    assert code == 5
    assert "FINDER_DB or --db" in err


def test_an_interrupted_refresh_keeps_what_was_saved(capsys, served, monkeypatch):
    class Hasty(module.Silent):
        def finished(self, result):
            os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(module, "_watcher", lambda _ctx, quiet: Hasty())
        code, _, err = run(capsys, "refresh")
    assert code == 130
    assert "what was saved is saved" in err
    assert any(source.get("open") for source in json.loads(run(capsys, "sources", "--json")[1]))


def test_messages_that_nobody_reads_do_not_stop_it(served, tmp_path):
    ran = shell("finder refresh 2>&1 >/dev/null | head -1; finder status --json", dict(os.environ))
    told = json.loads(ran.stdout.partition("\n")[2])
    assert told["sources"] == {"ok": 3}
    assert told["last_refresh"]


# ------------------------------------------------------------------------------------------------ words
def result(**told) -> SourceResult:
    return SourceResult(**{"name": "quill", "outcome": "ok", **told})


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"outcome": "failed", "problem": "not JSON"}, "source quill: failed: not JSON"),
        ({"outcome": "held", "problem": "empty"}, "source quill: held: empty"),
        ({"outcome": "ok", "problem": "one page left out"}, "source quill: note: one page left out"),
        ({"outcome": "empty", "problem": "no jobs"}, "source quill: note: no jobs"),
        (
            {"outcome": "not yet", "problem": "asked to wait", "retry_at": NOW + timedelta(hours=2)},
            "source quill: not yet: asked to wait (not before 2026-08-23 11:00 UTC, in 2 hours)",
        ),
    ],
)
def test_a_problem_in_a_line(told, line):
    assert problem_line(result(**told), NOW) == line


def test_without_a_clock_the_hour_stands_alone():
    told = result(outcome="failed", problem="busy", retry_at=NOW)
    assert problem_line(told) == "source quill: failed: busy (not before 2026-08-23 09:00 UTC)"


def test_the_summary_counts():
    report = Report((result(added=1, closed=2), result(outcome="held"), result(added=1200)))
    assert summary(report) == "3 sources: 2 ok, 1 held. 1,201 new openings, 2 closed."
    some = Report((result(added=1),), resting=19)
    assert summary(some) == "1 source: 1 ok (19 more not due). 1 new opening, 0 closed."
    one = Report((result(added=1),))
    assert summary(one) == "1 source: 1 ok. 1 new opening, 0 closed."


@pytest.mark.parametrize(
    ("term", "terminal", "bars"), [("xterm", True, True), ("dumb", True, False), ("xterm", False, False)]
)
def test_bars_are_for_a_terminal_that_can_draw_them(monkeypatch, term, terminal, bars):
    from finder.cli.context import Context
    from finder.config import Config

    monkeypatch.setattr(module.sys.stderr, "isatty", lambda: terminal, raising=False)
    watcher = module._watcher(Context(Config(), {"TERM": term, "FORCE_COLOR": "1"}, NOW), quiet=False)
    assert (type(watcher).__name__ == "Bars") == bars
    assert type(module._watcher(Context(Config(), {"TERM": term}, NOW), quiet=True)) is module.Silent


def failing(*causes: str) -> Report:
    sources = [
        f"robots.txt of h{n}.example could not be asked: {cause} (https://h{n}.example/x)"
        for n, cause in enumerate(causes)
    ]
    return Report(tuple(result(name=f"s{n}", outcome="failed", problem=told) for n, told in enumerate(sources)))


def test_no_network_is_told_in_one_line():
    told = problem_lines(failing("connection refused", "connection refused"), NOW, quiet=False)
    assert told == ["no source could be reached: connection refused (2 of 2). Are you online?"]


def test_different_causes_are_told_one_by_one():
    assert len(problem_lines(failing("connection refused", "no such host"), NOW, quiet=False)) == 2
    assert len(problem_lines(failing("connection refused"), NOW, quiet=False)) == 1
    well = replace(failing("connection refused", "connection refused"), resting=0)
    some = replace(well, results=(*well.results, result(name="fine")))
    assert len(problem_lines(some, NOW, quiet=False)) == 2
