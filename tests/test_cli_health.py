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
from finder import crontab
from finder.cli import doctor as doctor_module
from finder.config import load
from finder.demo.run import DONE
from finder.render.words import when

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
    assert lines[at + 1 : at + 3] == [
        "    failed since 2026-08-23 09:00 UTC; last good look never",
        "    status 503[31m (not before 2026-08-23 12:00 UTC)",
    ]


def look(env: dict[str, str], hours: float, outcome: str, source: str = "list-simplify", **told: object) -> None:
    """One more look at a source."""
    columns = {"found": 0, "problem": "", "fills": None} | told
    at = f"{DAY + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
    change(
        env,
        "INSERT INTO source_run (source, run, started_at, finished_at, outcome, found, skipped, added, changed, "
        "closed, reopened, unchanged, problem, retry_at, fills) "
        "SELECT no, 1, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, NULL, ? FROM source WHERE name = ?",
        *(at, at, outcome, columns["found"], columns["problem"], columns["fills"], source),
    )


def under(out: str, name: str) -> list[str]:
    """What stands under the row of a source."""
    _, _, rest = out.partition(f"\n{name} ")
    lines = rest.splitlines()[1:]
    return [line.strip() for line in lines[: next((n for n, line in enumerate(lines) if line[0] != " "), None)]]


def test_a_streak_is_told_with_its_beginning_and_the_last_good_look(capsys, configured, collected):
    for hours, outcome in ((1, "failed"), (2, "failed"), (3, "not yet"), (5, "failed")):
        look(collected, hours, outcome, problem=f"{outcome} at {hours}")
    assert under(run(capsys, "sources")[1], "list-simplify") == [
        "failed 3 times since 2026-08-23 10:00 UTC; last good look 2026-08-23 09:00 UTC",
        "failed at 5",
    ]
    look(collected, 6, "held", problem="only 3 of 90 known open items are still there")
    assert under(run(capsys, "sources")[1], "list-simplify")[0].startswith(
        "failed or held 4 times since 2026-08-23 10:"
    )


def test_what_is_quiet_is_not_called_broken(capsys, configured, collected):
    for hours in (1, 2):
        look(collected, hours, "ok", found=60)
    look(collected, 3, "empty")
    told = under(run(capsys, "sources")[1], "list-simplify")
    assert told == ["unusual: 0 items, where 60 are usual (median of 3 looks)"]
    change(collected, "UPDATE source_run SET found = 2 WHERE outcome = 'ok'")
    assert under(run(capsys, "sources")[1], "list-simplify") == []


def test_what_a_source_does_not_tell_any_more_is_told_in_words(capsys, configured, collected):
    change(collected, "UPDATE source_run SET found = 50, fills = ?", '[50, {"title": 1.0, "posted": 0.95}]')
    for hours in (1, 2):
        look(collected, hours, "ok", found=50, fills='[50, {"title": 1.0, "posted": 0.95}]')
    look(collected, 3, "ok", found=50, fills='[50, {"title": 1.0, "posted": 0.04, "pay": 0.9}]')
    out = run(capsys, "sources")[1]
    assert under(out, "list-simplify") == [
        "unusual: posted: told for 95 % of the rows before, for 4 % now",
        "new: pay: told for 90 % of the rows now, never before",
    ]
    told = {one["name"]: one for one in json.loads(run(capsys, "sources", "--json")[1])}["list-simplify"]
    assert (told["outcome"], told["broken"], told["streak"], told["since"]) == ("ok", True, 4, "2026-08-23T09:00:00Z")
    assert told["findings"] == ["posted: told for 95 % of the rows before, for 4 % now"]
    assert told["new_fields"] == ["pay: told for 90 % of the rows now, never before"]
    assert told["fields"] == {"title": 1.0, "posted": 0.04, "pay": 0.9}
    assert told_by(run(capsys, "status")[1])["broken"] == "list-simplify: finder sources"
    check = findings(capsys)["sources"]
    assert (check["well"], check["told"]) == (True, "2 sources: list-simplify (unusual)")


def test_what_was_taken_out_is_no_trouble(capsys, configured, collected):
    for hours in range(1, 5):
        look(collected, hours, "failed", source="github", problem="status 503")
    assert "status 503" not in run(capsys, "sources")[1]
    assert told_by(run(capsys, "status")[1])["broken"] == "none"
    assert findings(capsys)["sources"]["told"] == "2 sources, none broken"
    told = {one["name"]: one for one in json.loads(run(capsys, "sources", "--json")[1])}["github"]
    assert (told["outcome"], told["enabled"], "broken" in told) == ("failed", False, False)


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
    assert told["sources"].endswith(" never asked")  # those of the sample are not configured here
    assert told["broken"] == "none"
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
    assert (code, told["last_refresh"], told["open"], told["sources"].keys()) == (0, None, {}, {"never asked"})
    assert (told["broken"], told["boards"], told["boards_broken"]) == ([], 0, 0)
    assert told_by(run(capsys, "status")[1])["open"] == "nothing"


def parcel(period: str) -> Parcel:
    return Parcel(
        profile="sam", period=period, message_id=f"<{period}@x.example>", subject="s", body=b"b", created_at=DAY
    )


def test_status_counts_the_sources_that_count(capsys, configured, collected):
    look(collected, 1, "failed")
    told = json.loads(run(capsys, "status", "--json")[1])
    assert (told["sources"], told["broken"]) == ({"failed": 1, "never asked": 1}, ["list-simplify"])
    assert told_by(run(capsys, "status")[1])["sources"] == "1 failed, 1 never asked"


def test_mail_that_waits_is_told_and_ends_with_6(capsys, collected):
    with Store.open(Path(collected["FINDER_DB"])) as store:
        sent = store.put(parcel("2026-W33"), [])
        store.mark_sent(sent.number, DAY)
        waiting = store.put(parcel("2026-W34"), [])
        store.mark_failed(waiting.number, "the server\r\nsaid no")
    code, out, _ = run(capsys, "status")
    assert code == 6
    assert told_by(out)["last digest"] == f"2026-W33, {when(DAY, DAY)}"
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


def test_an_old_store_is_not_well(capsys, collected, monkeypatch):
    monkeypatch.setenv("FINDER_NOW", (DAY + timedelta(days=3)).isoformat())
    found = findings(capsys, 2)["freshness"]
    assert (found["well"], found["told"]) == (False, "last refresh 3 days ago")
    assert found["cure"].startswith("finder refresh")
    assert "BAD  freshness" in run(capsys, "doctor")[1]


def test_a_source_that_fails_again_and_again_is_not_well(capsys, configured, collected):
    for hours, ended in ((1, 0), (2, 0), (3, 3)):
        look(collected, hours, "failed")
        found = findings(capsys, ended)["sources"]
        assert found["well"] is (ended == 0)
        times = f" {hours} times" if hours > 1 else ""
        assert found["told"] == f"2 sources: list-simplify (failed{times})"
        assert "finder sources" in found["cure"]


def test_undelivered_mail_is_not_well(capsys, collected):
    with Store.open(Path(collected["FINDER_DB"])) as store:
        kept = store.put(parcel("2026-W34"), [])
        assert findings(capsys)["outbox"]["told"] == "no mail undelivered"  # built just now, and not tried yet
        store.mark_failed(kept.number, "the server said no")
    found = findings(capsys, 6)["outbox"]
    assert (found["well"], found["told"]) == (False, "not delivered: 2026-W34 (the server said no)")
    assert found["cure"] == "finder digest --send"


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
    tool.write_text('#!/bin/sh\necho "you may not use cron" >&2\nexit 1\n', "utf-8")
    assert "may not" in findings(capsys)["schedule"]["told"]


@pytest.fixture
def cron(tmp_path, monkeypatch):
    """Set the crontab that `crontab -l` shows."""
    folder = tmp_path / "bin"
    folder.mkdir()
    tool = folder / "crontab"
    tool.write_text(f'#!/bin/sh\n{shutil.which("cat")} "{tmp_path}/crontab"\n', "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return tmp_path / "crontab"


def entry(tmp_path: Path, **told: str) -> str:
    """The line that `finder schedule install` writes for a finder installed at `tmp_path`."""
    program = tmp_path / "100% mine's" / "finder"
    program.parent.mkdir(exist_ok=True)
    program.touch()
    return crontab.line(program, Path("/"), told)


def test_the_line_in_the_crontab_is_ours(capsys, collected, tmp_path, cron):
    cron.write_text(crontab.with_block("", entry(tmp_path, FINDER_DB=collected["FINDER_DB"])) or "", "utf-8")
    assert findings(capsys)["schedule"] == {"name": "schedule", "well": True, "told": "by cron", "cure": ""}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda text: text.replace("# finder: end", ""), "has lost its last line"),
        (lambda text: text * 2, "stands there more than once"),
        (lambda text: text.replace("100", "200"), "needs what is not there any more: /"),
        (lambda text: text.replace("own.db", "other.db"), "is for another store: /"),
        (lambda text: text.replace("FINDER_DB=", "FINDER=no/"), "is for another store: none is named"),
        (lambda text: text.replace("CERT_FILE=/dev", "CERT_FILE=/gone"), "not there any more: /gone"),
        (lambda text: "# finder: begin\n5 * * * * finder run\n# finder: end\n", "is not one of ours: 5 * * * *"),
        (lambda text: "# finder: begin\nrun --quiet\n# finder: end\n", "is not one of ours: run --quiet"),
        (lambda text: "# finder: begin\nit's mine\n# finder: end\n", "is not one of ours: it's mine"),
        (lambda text: text.replace("# finder: end", "1 * * * * x run --quiet\n# finder: end"), "is not one of ours"),
    ],
)
def test_a_broken_or_foreign_line_in_the_crontab_is_not_well(capsys, collected, tmp_path, cron, broken, told):
    certificate = tmp_path / "ca.pem"
    certificate.touch()
    line = entry(tmp_path, FINDER_DB=collected["FINDER_DB"], SSL_CERT_FILE=str(certificate))
    text = broken((crontab.with_block("", line) or "").replace(str(certificate), "/dev/../etc/hostname"))
    cron.write_text(text, "utf-8")
    found = findings(capsys, 2)["schedule"]
    assert (found["well"], "finder schedule install" in found["cure"]) == (False, True)
    assert told in found["told"]


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


def test_a_look_that_failed_shows_no_number(capsys, configured, collected):
    due_at(collected, "2026-08-23T21:00:00Z")
    before = row_of(run(capsys, "sources")[1], "list-simplify").split()
    change(collected, "UPDATE source_run SET outcome = ?", "failed")
    assert row_of(run(capsys, "sources")[1], "list-simplify").split() == [before[0], "failed", before[2], *before[4:]]
