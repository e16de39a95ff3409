"""`finder sources test` and `sources discover`, and where `finder sources` says that each source came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _boards import open_here, postings, told
from _cli import run
from _line import Site, listed, row, site
from _origin import reply
from _store import rows

from finder.config import shipped_config
from finder.render.settings import toml

NOW = "2026-08-22T10:00:00Z"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A configured list that tells of one board that is there and one that is not."""
    with site(list=json.dumps([*told("acme", 1, 2), *told("nowhere", 4)])) as made:
        made["/v0/postings/acme"] = postings("acme", 1, 7)
        open_here(monkeypatch, made.origin.url)
        configure(tmp_path, monkeypatch, made)
        yield made


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch, world: Site, more: str = "") -> None:
    path = folder / "config.toml"
    head = "[sources]\ndefaults = false\n[verify]\nbudget = 0\n[fetch]\npace = 0\nretries = 0\nallow_private = true\n"
    source = f'[[source]]\nname = "a-list"\nadapter = "json_list"\nurl = "{world.url("/list")}"\n'
    path.write_text(head + source + more, "utf-8")
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    monkeypatch.setenv("FINDER_NOW", NOW)


def records(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(run(capsys, "sources", "--json")[1])}


# ------------------------------------------------------------------------------------------------ test NAME
def test_a_source_is_tried_and_nothing_is_stored(capsys, world, tmp_path):
    code, out, err = run(capsys, "sources", "test", "a-list")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == ["a-list (json_list)", "3 items, 0 records skipped, 1 page"]
    assert "  title          100%" in lines
    assert "  Machine Learning Intern · Acme · Oslo · posted 2026-05-28" in lines
    assert not (tmp_path / "finder.db").exists()


def test_what_the_store_knows_stays_as_it_is(capsys, world, tmp_path):
    run(capsys, "refresh", "-q")
    before = (tmp_path / "finder.db").read_bytes()
    world.forget()
    code, out, _ = run(capsys, "sources", "test", "lever-acme")
    assert (code, out.splitlines()[:2]) == (
        0,
        [*("lever-acme (lever)", "2 items, 0 records skipped, 1 page, 2 open in the store")],
    )
    assert world.paths == ["/v0/postings/acme"]
    assert "if-none-match" not in world.asked[0].headers  # all of it, not what changed
    assert (tmp_path / "finder.db").read_bytes() == before


def test_a_source_that_is_off_is_tried_too(capsys, world, tmp_path, monkeypatch):
    configure(tmp_path, monkeypatch, world, "enabled = false\n")
    assert run(capsys, "sources", "test", "a-list")[0] == 0


def test_a_source_that_is_not_configured_is_tried_by_its_adapter(capsys, world):
    url, base = f"url={world.url('/list')}", f"base={world.origin.url}"
    code, out, _ = run(
        capsys, "sources", "test", "--adapter", "json_list", "--option", url, "--option", "windowed=true"
    )
    assert (code, out.splitlines()[:2]) == (
        0,
        ["test (json_list)", "3 items, 0 records skipped, 1 page, its newest only"],
    )
    code, out, _ = run(capsys, "sources", "test", "--adapter", "lever", "--option", "site=acme", "--option", base)
    assert out.splitlines()[1] == "2 items, 0 records skipped, 1 page"


def test_an_option_of_digits_stays_a_text_and_a_number_is_one(capsys, world):
    base = f"base={world.origin.url}"
    code, _, err = run(capsys, "sources", "test", "--adapter", "lever", "--option", "site=123", "--option", base)
    assert (code, world.paths) == (3, ["/v0/postings/123"])
    argv = ("tenant=acme", "host=wd5", "site=X", "details=many")
    code, _, err = run(
        capsys, "sources", "test", "--adapter", "workday", *(x for one in argv for x in ("--option", one))
    )
    assert (code, "details" in err, "whole number" in err) == (2, True, True)


@pytest.mark.parametrize(
    ("argv", "told_"),
    [
        ([], "say which: the NAME of a source, or --adapter KIND"),
        (["a-list", "--adapter", "lever"], "say which"),
        (["a-lisst"], "finder: sources test: a-lisst: no such source; did you mean 'a-list'?"),
        (["--adapter", "levr"], "no such adapter: 'levr'; did you mean 'lever'?"),
        (["--adapter", "lever"], "site: missing"),
        (["--adapter", "lever", "--option", "site"], "--option: site: must be key=value"),
        (["--adapter", "lever", "--option", "sight=acme"], "sight: unknown; did you mean 'site'?"),
    ],
)
def test_slips_are_told(capsys, world, argv, told_):
    code, out, err = run(capsys, "sources", "test", *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told_ in err
    assert world.asked == []


@pytest.mark.parametrize("answer", [reply(404), "<html>Sign in</html>", "[]x"])
def test_a_source_that_would_fail_ends_with_3(capsys, world, answer):
    world["/list"] = answer
    code, out, err = run(capsys, "sources", "test", "a-list")
    assert (code, out.splitlines()[1]) == (3, "0 items, 0 records skipped, 0 pages")
    assert err.startswith("finder: ") and err.count("\n") == 1


def test_an_empty_source_is_none_that_failed(capsys, world):
    world["/v0/postings/acme"] = "[]"
    argv = ("--adapter", "lever", "--option", "site=acme", "--option", f"base={world.origin.url}")
    code, out, err = run(capsys, "sources", "test", *argv)
    assert (code, out.splitlines()[1:], err) == (0, ["0 items, 0 records skipped, 1 page"], "")


def test_what_is_skipped_is_shown_with_why(capsys, world):
    world["/list"] = json.dumps(
        [*(row(n) for n in range(40)), *({"id": f"x{n}", "title": 3} | row(9) | {"title": n} for n in range(4))]
    )
    code, out, _ = run(capsys, "sources", "test", "a-list")
    assert code == 0
    assert out.splitlines()[1] == "40 items, 4 records skipped, 1 page"
    assert out.count("title: expected text, found int") == 3
    assert out.endswith("  and 1 more\n")


def test_only_misfits_is_a_failure(capsys, world):
    world["/list"] = json.dumps([row(1, title=3)])
    assert run(capsys, "sources", "test", "a-list")[0] == 3


def test_the_same_as_json(capsys, world):
    code, out, _ = run(capsys, "sources", "test", "a-list", "--json")
    made = json.loads(out)
    assert (code, made["source"], made["adapter"], made["found"], made["requests"]) == (0, "a-list", "json_list", 3, 1)
    assert made["fields"]["title"] == 1.0
    assert made["first"][0]["organization"] == "Acme"
    assert (made["skipped"], made["problem"]) == ([], "")


def test_what_a_host_asked_for_and_a_sources_own_terms_stand(capsys, world, tmp_path, monkeypatch):
    world["/list"] = reply(429, Retry_After="7200")
    run(capsys, "refresh", "-q")
    world.forget()
    code, _, err = run(capsys, "sources", "test", "a-list")
    assert (code, world.origin.asked) == (3, [])
    assert "asked not to be asked before 2026-08-22 12:00:00 UTC" in err


def test_what_a_host_asks_for_at_a_trial_binds_the_next_refresh(capsys, world, tmp_path):
    run(capsys, "refresh", "-q")
    world["/list"] = reply(429, Retry_After="7200")
    assert run(capsys, "sources", "test", "a-list")[0] == 3
    world.forget()
    run(capsys, "refresh", "--all", "-q")
    assert world.asked == []


def test_a_trial_counts_as_asking_where_terms_set_an_interval(capsys, world, tmp_path, monkeypatch):
    feed = f'[[source]]\nname = "feed"\nadapter = "jobicy"\nbase = "{world.origin.url}"\n'
    configure(tmp_path, monkeypatch, world, feed)
    run(capsys, "refresh", "--all", "-q")
    monkeypatch.setenv("FINDER_NOW", "2026-08-22T14:00:00Z")
    run(capsys, "sources", "test", "feed")
    world.forget()
    assert "not to be asked more often than every" in run(capsys, "sources", "test", "feed")[2]
    assert "not to be asked more often than every" in run(capsys, "refresh", "--source", "feed")[2]
    assert "not to be asked more often than every" in run(capsys, "refresh", "--source", "feed")[2]
    assert world.asked == []


def test_an_adapter_with_an_interval_is_not_asked_within_it(capsys, world, tmp_path, monkeypatch):
    feed = f'[[source]]\nname = "feed"\nadapter = "jobicy"\nbase = "{world.origin.url}"\n'
    configure(tmp_path, monkeypatch, world, feed)
    run(capsys, "refresh", "--all", "-q")
    world.forget()
    code, _, err = run(capsys, "sources", "test", "--adapter", "jobicy", "--option", f"base={world.origin.url}")
    assert (code, world.asked) == (3, [])
    assert "not to be asked more often than every" in err


# ------------------------------------------------------------------------------------------------ discover
def test_boards_are_asked_on_demand(capsys, world, tmp_path):
    run(capsys, "refresh", "-q", "--source", "a-list")
    code, out, _ = run(capsys, "sources", "discover")
    assert code == 0
    *others, last = out.splitlines()
    assert others == [
        "2 boards known, 2 new: lever 2.",
        "2 boards asked: 1 followed from now on, 1 not there.",
        "  lever-acme: followed, 2 items, 1 new (discovered from a-list)",
    ]
    assert last.startswith("  lever-nowhere: not there: 404 Not Found (http://127.0.0.1:")
    assert last.endswith(" (not again before 2026-09-21)")
    assert run(capsys, "sources", "discover")[1].splitlines()[1] == "0 boards asked."


def test_a_budget_can_be_given(capsys, world):
    run(capsys, "refresh", "-q", "--source", "a-list")
    made = json.loads(run(capsys, "sources", "discover", "--budget", "1", "--json")[1])
    assert [(one["name"], one["state"], one["links"], one["found"]) for one in made] == [
        ("lever-acme", "followed", 2, 2)
    ]
    made = json.loads(run(capsys, "sources", "discover", "--budget", "1", "--json")[1])
    assert [(one["name"], one["state"], one["next_check"]) for one in made] == [
        ("lever-nowhere", "dead", "2026-09-21T10:00:00Z")
    ]
    assert run(capsys, "sources", "discover", "--budget", "0")[0] == 2


def test_where_no_host_answers_it_is_said_and_held_against_no_board(capsys, world, monkeypatch):
    run(capsys, "refresh", "-q", "--source", "a-list")
    open_here(monkeypatch, "http://127.0.0.1:1")
    code, out, err = run(capsys, "sources", "discover")
    assert (code, err.count("\n"), "Are you online?" in err) == (4, 1, True)
    assert out.splitlines()[1] == "2 boards asked: 2 to be asked again."
    assert out.splitlines()[2].startswith("  lever-acme: asked again later: no host answered: ")
    assert out.splitlines()[2].endswith(" (not again before 2026-08-23)")


def test_without_anything_collected_there_is_nothing_to_ask(capsys, world):
    assert run(capsys, "sources", "discover")[1].splitlines() == ["0 boards known, 0 new.", "0 boards asked."]


def test_what_is_switched_off_is_said(capsys, world, tmp_path, monkeypatch):
    configure(tmp_path, monkeypatch, world, "[discovery]\nenabled = false\n")
    code, out, err = run(capsys, "sources", "discover")
    assert (code, out) == (2, "")
    assert "config.toml: discovery.enabled: is false" in err


def test_a_refresh_says_what_discovery_did(capsys, world):
    out = run(capsys, "refresh")[1]
    assert out.splitlines()[1:] == [
        "2 boards known, 2 new. 2 boards asked: 1 followed from now on, 1 not there.",
    ]
    assert "board" not in run(capsys, "refresh", "--all")[1]


# ------------------------------------------------------------------------------------------------ where each is from
def test_each_source_says_where_it_is_from(capsys, world, tmp_path):
    run(capsys, "refresh", "-q")
    run(capsys, "add", "https://jobs.lever.co/heron", "--title", "ML Intern", "--organization", "Heron")
    lines = {line.split()[0]: line for line in run(capsys, "sources")[1].splitlines()}
    assert " yours " in lines["a-list"]
    assert " ok " in lines["lever-acme"] and " a-list " in lines["lever-acme"] and " in 2" in lines["lever-acme"]
    assert " ok " in lines["manual"] and lines["manual"].endswith("added by hand")
    told_ = records(capsys)
    assert told_["lever-acme"]["origin"] == "discovered from a-list"
    assert (told_["lever-acme"]["enabled"], told_["lever-acme"]["adapter"]) == (True, "lever")
    assert told_["a-list"]["origin"] == str(tmp_path / "config.toml")
    assert "lever-nowhere" not in told_


def test_where_discovery_is_off_its_boards_are_not_configured(capsys, world, tmp_path, monkeypatch):
    run(capsys, "refresh", "-q")
    configure(tmp_path, monkeypatch, world, "[discovery]\nenabled = false\n")
    out = run(capsys, "sources")[1]
    assert "not configured" in next(line for line in out.splitlines() if line.startswith("lever-acme"))
    assert records(capsys)["lever-acme"]["enabled"] is False


def test_boards_count_and_are_told_by_their_number(capsys, world, tmp_path, monkeypatch):
    """In `sources` each stands for itself; where little is said they are folded."""
    run(capsys, "refresh", "-q")
    world["/v0/postings/acme"] = reply(503)
    assert run(capsys, "refresh", "--all", "-q")[0] == 3
    row, *told_ = run(capsys, "sources")[1].partition("lever-acme ")[2].splitlines()[:3]
    assert row.split()[0] == "failed"
    assert told_[0] == "    failed since 2026-08-22 10:00 UTC; last good look 2026-08-22 10:00 UTC"
    assert told_[1].startswith("    503 ")
    assert (records(capsys)["lever-acme"]["broken"], records(capsys)["a-list"]["broken"]) == (True, False)
    status = run(capsys, "status")[1]
    assert "sources       1 ok, 1 failed\n" in status
    assert "broken        1 of 1 followed board: finder sources\n" in status
    checks = {one["name"]: one for one in json.loads(run(capsys, "doctor", "--json")[1])}
    assert (checks["sources"]["well"], checks["sources"]["told"]) == (
        True,
        "2 sources: 1 of 1 followed board did not answer well",
    )
    run(capsys, "digest", "--preview", "--out", str(tmp_path))
    foot = next(tmp_path.glob("*.txt")).read_text("utf-8")
    assert "Sources that answered well: 1 of 1.\n1 of 1 followed board did not answer well.\n" in foot
    configure(tmp_path, monkeypatch, world, "[discovery]\nenabled = false\n")
    assert json.loads(run(capsys, "status", "--json")[1])["sources"] == {"ok": 1}


def test_shipped_sources_are_told_from_ones_own(capsys, monkeypatch):
    out = run(capsys, "sources")[1]
    assert all(line.endswith(" shipped") for line in out.splitlines()[1:])
    assert {one["origin"] for one in records(capsys).values()} == {str(shipped_config())}


def test_the_store_remembers_no_source_of_a_board_that_is_not_there(capsys, world, tmp_path):
    run(capsys, "refresh", "-q")
    assert rows(tmp_path / "finder.db", "SELECT name FROM source ORDER BY name") == [("a-list",), ("lever-acme",)]


def test_the_configuration_of_the_docs_switches_a_board_off(capsys, world, tmp_path, monkeypatch):
    run(capsys, "refresh", "-q")
    off = {"name": "lever-acme", "adapter": "lever", "site": "acme", "enabled": False}
    configure(
        tmp_path, monkeypatch, world, "[[source]]\n" + "\n".join(f"{key} = {toml(value)}" for key, value in off.items())
    )
    world.forget()
    run(capsys, "refresh", "--all", "-q")
    assert world.paths == ["/list"]
    assert " off " in next(line for line in run(capsys, "sources")[1].splitlines() if line.startswith("lever-acme"))


def test_listed_rows_are_of_lists(capsys, world):
    world["/list"] = listed(range(3))
    assert run(capsys, "sources", "test", "a-list")[1].splitlines()[1].startswith("3 items")


def test_a_source_that_gave_nothing_has_no_newest(capsys, world):
    world["/list"] = reply(404)
    argv = ("--adapter", "json_list", "--option", f"url={world.url('/list')}", "--option", "windowed=true")
    code, out, _ = run(capsys, "sources", "test", *argv)
    assert (code, out.splitlines()[1]) == (3, "0 items, 0 records skipped, 0 pages")
