"""`finder sources`, `status` and `doctor`: what they say of a store that is well, old, troubled or not there."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _cli import run

from db.read import Reader
from db.store import Parcel, Store
from finder.cli import doctor as doctor_module
from finder.config import load
from finder.demo.run import DONE

DAY = datetime(2026, 8, 23, 9, tzinfo=UTC)


def change(env: dict[str, str], statement: str, *values: object) -> None:
    """Something that happened to the store since."""
    with closing(sqlite3.connect(env["FINDER_DB"])) as raw, raw:
        assert raw.execute(statement, values).rowcount > 0


@pytest.fixture
def configured(collected, own_home, monkeypatch) -> Path:
    """A configuration with one source of the sample, one that was never asked and one that is off."""
    path = own_home / "own.toml"
    path.write_text(
        "[sources]\ndefaults = false\n"
        '[[source]]\nname = "list-simplify"\nadapter = "json_list"\nurl = "https://list.example/a.json"\n'
        '[[source]]\nname = "never"\nadapter = "greenhouse"\nboard = "never"\n'
        '[[source]]\nname = "silent"\nadapter = "greenhouse"\nboard = "silent"\nenabled = false\n',
        "utf-8",
    )
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    return path


# ------------------------------------------------------------------------------------------------ sources
def row_of(out: str, name: str) -> str:
    return next(line for line in out.splitlines() if line.split()[0] == name)


def test_every_source_is_a_row_under_its_header(capsys, configured):
    code, out, err = run(capsys, "sources")
    assert (code, err) == (0, "")
    header, *rows = out.splitlines()
    assert header.split() == ["source", "outcome", "open", "shown", "asked", "from", "due"]
    assert row_of(out, "never").split()[1:] == ["never", "asked", "yours"]
    assert row_of(out, "silent").split()[1:] == ["off", "yours"]
    assert "not configured" in row_of(out, "github"), "known of before, and configured no more"
    at = header.index("due")
    assert {row[at : at + 3] for row in rows if row.startswith("list-simplify")} == {"in "}
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def due_at(env: dict[str, str], when: str) -> None:
    """The pace of a source is its own and jittered: set it."""
    change(env, "UPDATE source SET next_due = ? WHERE name = 'list-simplify'", when)


def test_a_due_time_is_told_both_ways(capsys, configured, collected):
    due_at(collected, "2026-08-23T21:00:00Z")
    assert row_of(run(capsys, "sources")[1], "list-simplify").endswith("in 12 hours  2026-08-23 21:00 UTC")


def test_what_is_overdue_is_due_now(capsys, configured, monkeypatch):
    monkeypatch.setenv("FINDER_NOW", "2026-08-30")
    row = row_of(run(capsys, "sources")[1], "list-simplify")
    assert row.split()[-5:] == ["6", "days", "ago", "yours", "now"]


def test_a_problem_stands_under_its_source(capsys, configured, collected):
    change(
        collected,
        "UPDATE source_run SET outcome = 'failed', problem = ?, retry_at = '2026-08-23T12:00:00Z' "
        "WHERE source = (SELECT no FROM source WHERE name = 'list-simplify')",
        "status 503\x1b[31m",
    )
    lines = run(capsys, "sources")[1].splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("list-simplify"))
    assert lines[at].split()[1] == "failed"
    assert lines[at + 1] == "    status 503[31m (not before 2026-08-23 12:00 UTC)"


def test_counts_are_flush_right(capsys, collected):
    out = run(capsys, "sources")[1].splitlines()
    end = out[0].index("open") + len("open")
    counts = [line[:end].split()[-1] for line in out[1:] if "not configured" in line]
    assert len({len(count) for count in counts}) > 1, "numbers of several lengths"
    assert all(count.isdigit() for count in counts)


def test_sources_as_json(capsys, configured, collected):
    due_at(collected, "2026-08-23T21:00:00Z")
    told = {source["name"]: source for source in json.loads(run(capsys, "sources", "--json")[1])}
    origin = str(configured)
    assert told["never"] == {
        "name": "never",
        "outcome": None,
        "enabled": True,
        "adapter": "greenhouse",
        "origin": origin,
    }
    assert told["list-simplify"]["outcome"] == "ok"
    assert told["list-simplify"]["next_due"] == "2026-08-23T21:00:00Z"
    assert told["github"]["enabled"] is False


def test_sources_without_a_store(capsys, own_home):
    code, out, err = run(capsys, "sources")
    assert code == 0
    assert "never asked" in out
    assert "finder refresh" in err


# ------------------------------------------------------------------------------------------------ status
def told_by(out: str) -> dict[str, str]:
    return {line[:14].strip(): line[14:] for line in out.splitlines()}


def counts_of(env: dict[str, str], kind: str) -> dict[str, int]:
    with Reader.open(Path(env["FINDER_DB"])) as reader:
        return {state: number for (one, state), number in reader.counts().items() if one == kind and state != "closed"}


def test_status_is_readable(capsys, collected):
    code, out, err = run(capsys, "status")
    assert (code, err) == (0, "")
    told = told_by(out)
    assert told["store"] == collected["FINDER_DB"]
    assert told["profile"] == f"sam, {len(DONE)} steps done"
    assert told["last refresh"] == "2026-08-23 09:00 UTC, just now"
    internships, projects = told["open"].split(", ")[:2]
    assert (internships.split()[1], projects) == ("internships", "72 projects")
    assert told["sources"].endswith(" ok")
    assert told["last digest"] == "none sent"
    assert told["mail waiting"] == "none"
    assert "{" not in out


def test_status_as_json(capsys, collected):
    told = json.loads(run(capsys, "status", "--json")[1])
    assert told["open"]["internship"] == sum(counts_of(collected, "internship").values()) > 100
    assert told["last_refresh"] == "2026-08-23T09:00:00Z"
    assert told["mail_waiting"] == []
    assert told["steps_done"] == len(DONE)


def test_status_without_a_store_is_still_json(capsys, own_home):
    code, out, _ = run(capsys, "status", "--json")
    told = json.loads(out)
    assert (code, told["last_refresh"], told["open"], told["sources"]) == (0, None, {}, {})
    assert told_by(run(capsys, "status")[1])["open"] == "nothing"


def parcel(period: str) -> Parcel:
    return Parcel(
        profile="sam", period=period, message_id=f"<{period}@x.example>", subject="s", body=b"b", created_at=DAY
    )


def test_mail_that_waits_is_told_and_ends_with_6(capsys, collected):
    with Store.open(Path(collected["FINDER_DB"])) as store:
        sent = store.put(parcel("2026-W33"), [])
        store.mark_sent(sent.number, DAY)
        waiting = store.put(parcel("2026-W34"), [])
        store.mark_failed(waiting.number, "the server\r\nsaid no")
    code, out, _ = run(capsys, "status")
    assert code == 6
    assert told_by(out)["last digest"] == "2026-W33"
    assert told_by(out)["mail waiting"] == "2026-W34: the server  said no"
    assert run(capsys, "status", "--profile", "ada")[0] == 0, "the mail of somebody else"


# ------------------------------------------------------------------------------------------------ doctor
def findings(capsys, code: int = 0) -> dict[str, dict]:
    ended, out, _ = run(capsys, "doctor", "--json")
    assert ended == code
    return {check["name"]: check for check in json.loads(out)}


def test_a_sound_installation(capsys, collected):
    found = findings(capsys)
    assert all(check["well"] for check in found.values())
    assert found["store"]["told"].endswith("sound")
    assert found["freshness"]["cure"] == ""
    assert "FINDER_NOW" in found["clock"]["told"]
    assert found["mail"]["cure"].startswith("set to and host in [mail]")


def test_every_finding_is_a_line_and_every_cure_another(capsys, collected):
    out = run(capsys, "doctor")[1].splitlines()
    checks = json.loads(run(capsys, "doctor", "--json")[1])
    assert [line for line in out if line.startswith("ok ")] == [line for line in out if not line.startswith(" ")]
    assert len(out) == len(checks) + sum(bool(check["cure"]) for check in checks)
    assert all("→" in line for line in out if line.startswith(" "))


def test_no_store_yet_is_no_fault(capsys, own_home):
    assert findings(capsys)["store"]["cure"] == "finder refresh"


def test_a_damaged_store_is_5_with_its_cure(capsys, collected):
    with Path(collected["FINDER_DB"]).open("r+b") as file:
        file.seek(Path(collected["FINDER_DB"]).stat().st_size // 2)
        file.write(b"\xa5" * 40_000)
    found = findings(capsys, 5)
    assert not found["store"]["well"]
    out = run(capsys, "doctor")[1]
    assert "BAD  store" in out


def test_a_file_that_is_no_store(capsys, tmp_path):
    (tmp_path / "finder.db").write_text("dear diary", "utf-8")
    assert "not a finder store" in findings(capsys, 5)["store"]["told"]


def test_an_old_store_gets_advice(capsys, collected, monkeypatch):
    monkeypatch.setenv("FINDER_NOW", (DAY + timedelta(days=3)).isoformat())
    assert findings(capsys)["freshness"]["cure"].startswith("finder refresh")
    assert findings(capsys)["freshness"]["told"] == "last refresh 3 days ago"


def test_a_source_that_fails_again_and_again_is_named(capsys, collected):
    change(collected, "UPDATE source SET failures = 2")
    assert findings(capsys)["sources"]["cure"] == ""
    change(collected, "UPDATE source SET failures = 3 WHERE name = 'github'")
    found = findings(capsys)["sources"]
    assert "github (ok 3 times in a row)" in found["told"]
    assert "finder sources" in found["cure"]


@pytest.mark.parametrize(
    ("text", "well", "words"),
    [
        ('to = "a@b.example"\n', True, "set host in [mail]"),
        ('to = "a@b.example"\nhost = "smtp.b.example"\n', True, "to a@b.example by smtp.b.example"),
        (
            'to = "a@b.example"\nhost = "smtp.b.example"\nusername = "a"\npassword_env = "NOT_SET"\n',
            False,
            "NOT_SET",
        ),
    ],
)
def test_mail_is_looked_at_without_a_letter(capsys, collected, own_home, monkeypatch, text, well, words):
    path = own_home / "own.toml"
    path.write_text(f"[mail]\n{text}", "utf-8")
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    found = findings(capsys, 0 if well else 2)["mail"]
    assert found["well"] is well
    assert words in found["told"] + found["cure"]


def test_a_source_that_cannot_be_bound_is_a_configuration_to_mend(capsys, collected, own_home, monkeypatch):
    path = own_home / "own.toml"
    path.write_text('[[source]]\nname = "x"\nadapter = "greenhous"\n', "utf-8")
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    found = findings(capsys, 2)["configuration"]
    assert "greenhouse" in found["told"]
    assert found["cure"] == "finder config path names the files"


def test_no_source_at_all(capsys, collected, own_home, monkeypatch):
    path = own_home / "own.toml"
    path.write_text("[sources]\ndefaults = false\n", "utf-8")
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    assert "defaults = true" in findings(capsys, 2)["configuration"]["cure"]


def test_cron_is_asked_and_not_touched(capsys, collected, tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    assert findings(capsys)["schedule"]["cure"] == "keep `finder serve` running"
    tool = folder / "crontab"
    tool.write_text('#!/bin/sh\necho "no crontab for you" >&2\nexit 1\n', "utf-8")
    tool.chmod(0o755)
    assert findings(capsys)["schedule"]["cure"] == "finder schedule install"
    tool.write_text('#!/bin/sh\nprintf "# finder: begin\\n5 * * * * finder run\\n# finder: end\\n"\n', "utf-8")
    assert findings(capsys)["schedule"]["told"] == "by cron"
    tool.write_text('#!/bin/sh\necho "you may not use cron" >&2\nexit 1\n', "utf-8")
    assert "may not" in findings(capsys)["schedule"]["told"]


def test_a_python_without_full_text_search(capsys, collected, monkeypatch):
    class Bare:
        def execute(self, _statement):
            return [("THREADSAFE=1",)]

    monkeypatch.setattr(doctor_module.sqlite3, "connect", lambda _path: Bare())
    assert not doctor_module._full_text().well


def test_doctor_leaves_the_store_as_it_is(capsys, collected):
    store = Path(collected["FINDER_DB"])
    before = store.read_bytes()
    run(capsys, "doctor")
    assert store.read_bytes() == before


def test_nothing_secret_is_told(capsys, collected, own_home, monkeypatch):
    path = own_home / "own.toml"
    path.write_text('[mail]\nto = "a@b.example"\nhost = "h.example"\nusername = "a"\npassword_env = "PW"\n', "utf-8")
    monkeypatch.setenv("FINDER_CONFIG", str(path))
    monkeypatch.setenv("PW", "correct horse")
    for argv in (["doctor"], ["doctor", "--json"], ["config"], ["status"]):
        assert "horse" not in "".join(map(str, run(capsys, *argv)))
    assert (
        load({"FINDER_DB": "x", "FINDER_CONFIG": str(path), "PW": "correct horse"}, own_home).mail.password_env == "PW"
    )


@pytest.mark.skipif(shutil.which("crontab") is not None, reason="this machine has cron")
def test_no_cron_is_told_with_the_other_way(capsys, collected):
    assert "finder serve" in findings(capsys)["schedule"]["cure"]


def test_mail_put_aside_is_told_until_the_next(capsys, collected):
    with Store.open(Path(collected["FINDER_DB"])) as store:
        store.mark_failed(store.put(parcel("2026-W33"), []).number, "no such user", park=True)
        assert run(capsys, "status")[0] == 6
        store.mark_sent(store.put(parcel("2026-W34"), []).number, DAY)
    code, out, _ = run(capsys, "status")
    assert (code, told_by(out)["mail waiting"]) == (0, "none")


def test_what_is_hidden_counts_as_closed_and_is_told(capsys, collected):
    before = json.loads(run(capsys, "status", "--json")[1])
    some = "SELECT id FROM opening WHERE state = 'closed' LIMIT 3"
    change(collected, f"UPDATE opening SET hidden = 1 WHERE id IN ({some})")
    after = json.loads(run(capsys, "status", "--json")[1])
    assert (after["closed"], after["hidden"]) == (before["closed"], before["hidden"] + 3)
