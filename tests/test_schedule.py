"""`finder digest`, `run` and `serve` as a person or cron calls them: what is due is done, no failure is hidden."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from _smtp import Postbox, postbox
from _store import new_store
from _weekly import MONDAY, WEEK, collect, outbox, without_waiting
from test_crontab import CRONTAB, run_by_cron

from db.read import Reader
from finder import schedule as hours
from finder.app import Report
from finder.cli import schedule
from finder.cli.main import main
from finder.crontab import installed
from finder.demo.server import pages, serving
from finder.errors import Busy, ConfigError, StoreError
from finder.lock import locked
from finder.model import SourceResult

ROOT = Path(__file__).parents[1]
QUIET = "[sources]\ndefaults = false\n"
"""A configuration that asks nobody."""


class Desk:
    """Somebody's machine: a store with three openings, a clock, a configuration, a mail server."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.db, self.config = folder, folder / "finder.db", folder / "mine.toml"
        self.monkeypatch, self.capsys = monkeypatch, capsys
        with new_store(folder):
            pass
        collect(self.db, "Vision", "Speech", "Ranking", at=MONDAY - timedelta(hours=1))
        monkeypatch.setenv("FINDER_CONFIG", str(self.config))
        (folder / "cwd").mkdir()
        monkeypatch.chdir(folder / "cwd")
        self.told()
        self.at(MONDAY)

    def at(self, now: datetime) -> Desk:
        self.monkeypatch.setenv("FINDER_NOW", now.isoformat())
        return self

    def told(self, box: Postbox | None = None, more: str = "", **mail: object) -> Desk:
        """The configuration, with [mail] for that server."""
        text = f'{QUIET}[digest]\nzone = "UTC"\n'
        if box:
            told = {"to": "ada@example.org", "host": "127.0.0.1", "port": box.port, "security": "none", **mail}
            text += "[mail]\n" + "".join(f"{key} = {value!r}\n" for key, value in told.items())
        self.config.write_text(text + more)
        return self

    def refreshing(self, does: Callable[[], Report] | Exception | Report) -> Desk:
        """What every refresh comes to from now on."""

        def refresh(*_: object) -> Report:
            if isinstance(does, Exception):
                raise does
            return does if isinstance(does, Report) else does()

        self.monkeypatch.setattr(schedule, "refresh", refresh)
        return self

    def __call__(self, *argv: str) -> tuple[int, str, str]:
        code = main(argv)
        told = self.capsys.readouterr()
        return code, told.out, told.err


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    without_waiting(monkeypatch)
    return Desk(tmp_path, monkeypatch, capsys)


def ended(outcome: str = "ok") -> Report:
    problem = "" if outcome == "ok" else "HTTP 503"
    return Report((SourceResult(name="list", outcome=outcome, problem=problem),))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ digest
def test_a_preview_is_two_files_and_opens_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webbrowser, "open", lambda url: pytest.fail(f"opened {url}"))
    code, out, err = desk("digest", "--preview", "--out", "see/here")
    assert (code, err) == (0, "")
    assert out == "Subject: 3 worth a look (week 35)\nwrote see/here/digest.html and see/here/digest.txt\n"
    assert "Vision Intern" in Path("see/here/digest.html").read_text()
    assert "Vision Intern" in Path("see/here/digest.txt").read_text()
    assert outbox(desk.db) == []


def test_without_a_flag_it_is_a_preview_here(desk: Desk):
    assert desk("digest")[0] == 0
    assert sorted(path.name for path in Path().iterdir()) == ["digest.html", "digest.txt"]


def test_a_preview_is_opened_if_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    desk("digest", "--open")
    assert opened == [Path("digest.html").absolute().as_uri()]


def test_a_preview_that_cannot_be_written(desk: Desk):
    Path("file").write_text("")
    code, _, err = desk("digest", "--out", "file/inside")
    assert code == 2
    assert "--out: cannot write to file/inside" in err


@pytest.mark.parametrize("flag", ["--preview", "--send"])
def test_a_digest_needs_a_store(desk: Desk, flag: str):
    with postbox() as box:
        desk.told(box)
        code, out, err = desk("digest", flag, "--db", "none.db")
    assert (code, out) == (5, "")
    assert "none.db: no store yet; run `finder refresh`" in err
    assert list(Path().iterdir()) == []


def test_send_says_what_to_set_before_it_builds_anything(desk: Desk):
    code, out, err = desk("digest", "--send")
    assert (code, out) == (2, "")
    assert "mail.host" in err
    assert "[mail]" in err
    assert outbox(desk.db) == []


def test_send_once_and_a_second_time_nothing(desk: Desk):
    with postbox() as box:
        desk.told(box)
        first, second = desk("digest", "--send"), desk("digest", "--send")
    assert first == (0, "sent to ada@example.org: 3 worth a look (week 35)\n", "")
    assert second == (0, "", "finder: this week's digest was sent before; nothing was sent\n")
    assert len(box.taken) == 1


def test_a_failure_ends_in_6_and_the_next_send_repeats_it(desk: Desk):
    with postbox(at_data="451 later") as box:
        code, out, err = desk.told(box)("digest", "--send")
    assert (code, out) == (6, "")
    assert err == "finder: mail of 2026-W35 not delivered, kept: 127.0.0.1: 451 later\n"
    (kept,) = outbox(desk.db)
    with postbox() as box:
        assert desk.told(box)("digest", "--send")[0] == 0
    assert box.bytes == [kept.body]


# ------------------------------------------------------------------------------------------------ run
def test_run_refreshes_first_and_mails_what_that_brought(desk: Desk):
    def refresh() -> Report:
        collect(desk.db, "Robots", at=MONDAY - timedelta(minutes=1))
        return ended()

    with postbox() as box:
        code, out, err = desk.told(box).refreshing(refresh)("run")
    assert (code, err) == (0, "")
    assert "sent to ada@example.org: 4 worth a look (week 35)" in out
    assert b"Robots Intern" in box.bytes[0]


def test_run_quietly_says_nothing_when_all_is_well(desk: Desk):
    with postbox() as box:
        assert desk.told(box).refreshing(ended())("run", "--quiet") == (0, "", "")
    assert len(box.taken) == 1


def test_run_mails_once_a_week_and_not_before_its_hour(desk: Desk):
    taken = []
    with postbox() as box:
        desk.told(box).refreshing(ended())
        for hours_later in (-2, 0, 1, 24, 100, 165, 168):
            assert desk.at(MONDAY + timedelta(hours=hours_later))("run", "-q")[0] == 0
            taken.append(len(box.taken))
    assert taken == [0, 1, 1, 1, 1, 1, 2]


def test_run_catches_up_once(desk: Desk):
    """The machine slept from Sunday to Thursday."""
    with postbox() as box:
        desk.told(box).refreshing(ended())
        for day in (3, 3.1, 4):
            desk.at(MONDAY + timedelta(days=day))("run", "-q")
    assert len(box.taken) == 1


@pytest.mark.parametrize("mail", [{}, {"host": ""}, {"to": ""}])
def test_run_without_mail_set_only_refreshes(desk: Desk, mail: dict[str, str]):
    with postbox() as box:
        desk.told(*([box] if mail else []), **mail).refreshing(ended())
        assert desk("run", "-q") == (0, "", "")
    assert outbox(desk.db) == []


@pytest.mark.parametrize(
    ("outcome", "reply", "code"),
    [("ok", "250 OK", 0), ("ok", "451 no", 6), ("failed", "250 OK", 4), ("failed", "451 no", 4), ("held", "451 no", 3)],
)
def test_a_mail_failure_does_not_mask_the_refresh(desk: Desk, outcome: str, reply: str, code: int):
    with postbox(at_data=reply) as box:
        ran, out, err = desk.told(box).refreshing(ended(outcome))("run", "--quiet")
    assert (ran, out) == (code, "")
    assert ("source list: " in err) == (outcome != "ok")
    assert ("not delivered, kept" in err) == (reply != "250 OK")
    assert box.seen[-1] == "QUIT" if reply == "250 OK" else "DATA" in box.seen


def test_run_tries_waiting_mail_again_and_builds_no_other_before_its_time(desk: Desk):
    with postbox(at_data="451 later") as box:
        desk.told(box).refreshing(ended())
        assert desk("run", "-q")[0] == 6
        assert desk.at(MONDAY + timedelta(hours=1))("run", "-q")[0] == 6
    night = MONDAY + WEEK - timedelta(hours=6)
    with postbox() as box:
        assert desk.told(box).at(night)("run", "-q")[0] == 0
    assert [parcel.period for parcel in outbox(desk.db)] == ["2026-W35"]
    assert len(box.taken) == 1


def test_mail_settings_that_do_not_work_leave_the_refresh_alone(desk: Desk):
    with postbox() as box:
        desk.told(box, username="ada", password_env="MAILPASS").refreshing(ended("held"))
        code, _, err = desk("run", "-q")
        assert (code, desk.refreshing(ended())("run", "-q")[0]) == (3, 2)
    assert "MAILPASS" in err
    assert outbox(desk.db) == []


@pytest.mark.parametrize(
    "error", [StoreError("damaged"), ConfigError("mine.toml", "source", "wrong"), Busy("another refresh is running")]
)
def test_what_ends_the_refresh_ends_the_run(desk: Desk, error: Exception):
    with postbox() as box:
        code, _, err = desk.told(box).refreshing(error)("run", "-q")
    assert code == error.exit_code  # type: ignore[attr-defined]
    assert str(error) in err
    assert box.seen == []


def test_run_beside_a_refresh_is_told_so(desk: Desk):
    with locked(desk.db):
        code, _, err = desk("run", "-q")
    assert code == 75
    assert "running" in err


def test_data_of_yesterday_is_told_to_be_old(desk: Desk):
    with postbox() as box:
        desk.told(box).refreshing(ended("failed")).at(MONDAY + timedelta(days=3))("run", "-q")
    assert b"Careful: the data is 3 days old" in box.bytes[0]


# ------------------------------------------------------------------------------------------------ serve
class Enough(Exception):
    """Raised by a tick to end the hours."""


def test_the_first_tick_is_now_and_the_next_come_by_the_clock():
    ticks: list[float] = []

    def tick() -> None:
        ticks.append(time.monotonic())
        if len(ticks) == 3:
            raise Enough

    with pytest.raises(Enough):
        hours.serve(tick, timedelta(seconds=0.05))
    assert all(0.02 < later - sooner < 2 for sooner, later in pairwise(ticks))


def test_ticks_are_on_the_main_thread_and_never_overlap():
    """A tick that takes five times its interval is followed by one, not by five."""
    seen: list[tuple[float, float]] = []

    def tick() -> None:
        assert threading.current_thread() is threading.main_thread()
        start = time.monotonic()
        threading.Event().wait(0.15)
        seen.append((start, time.monotonic()))
        if len(seen) == 3:
            raise Enough

    with pytest.raises(Enough):
        hours.serve(tick, timedelta(seconds=0.03))
    assert all(later[0] >= sooner[1] for sooner, later in pairwise(seen))


def test_nothing_is_left_running(capsys: pytest.CaptureFixture[str]):
    before = signal.getsignal(signal.SIGTERM)

    def tick() -> None:
        raise Enough

    with pytest.raises(Enough):
        hours.serve(tick)
    assert signal.getsignal(signal.SIGTERM) is before
    assert [thread for thread in threading.enumerate() if "APScheduler" in thread.name] == []


@pytest.mark.parametrize(
    ("number", "end", "code"), [(signal.SIGTERM, SystemExit, 143), (signal.SIGINT, KeyboardInterrupt, None)]
)
def test_a_signal_ends_it_between_ticks_and_within_one(number: int, end: type[BaseException], code: int | None):
    for wait in (0, 30):

        def tick(wait: int = wait) -> None:
            threading.Timer(0.05, lambda: os.kill(os.getpid(), number)).start()
            if wait:
                time.sleep(wait)

        start = time.monotonic()
        with pytest.raises(end) as caught:
            hours.serve(tick)
        assert time.monotonic() - start < 5
        assert getattr(caught.value, "code", None) == code


def test_serve_tells_what_fails_and_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    ends = iter([StoreError("locked"), ZeroDivisionError("a slip"), ended("held"), ended()])

    def refresh(*_: object) -> Report:
        end = next(ends, None)
        if end is None:
            raise KeyboardInterrupt
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(schedule, "refresh", refresh)
    monkeypatch.setattr(hours, "serve", lambda tick: [tick() for _ in range(9)])
    code, out, err = desk("serve", "--quiet")
    assert (code, out) == (130, "")
    told = err.splitlines()
    assert told[0] == "finder: locked"
    assert told[1].startswith("finder: a bug: ZeroDivisionError: a slip; ")
    assert told[2] == "source list: held: HTTP 503"
    assert len(told) == 4


def test_a_mistake_in_the_configuration_ends_serve_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hours, "serve", lambda tick: pytest.fail("served"))
    desk.config.write_text("[digest]\nhour = 25\n")
    code, _, err = desk("serve")
    assert code == 2
    assert "digest.hour" in err


def test_serve_reads_the_configuration_anew_each_hour(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def serve(tick: Callable[[], object]) -> None:
        tick()
        desk.told(box)
        tick()

    monkeypatch.setattr(hours, "serve", serve)
    with postbox() as box:
        desk.refreshing(ended())("serve", "-q")
    assert len(box.taken) == 1


def test_no_other_command_loads_the_scheduler(desk: Desk):
    code = "import sys; from finder.cli.main import main; main(['run', '-q']); sys.exit('apscheduler' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=desk.folder, env=as_python(), timeout=60, check=False)
    assert done.returncode == 0


def as_python() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_process_that_serves_ends_by_a_signal(desk: Desk, number: int, code: int):
    command = [sys.executable, "-m", "finder", "serve"]
    with subprocess.Popen(
        command, cwd=desk.folder, env=as_python(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as served:
        assert served.stdout is not None
        assert served.stdout.readline().startswith(b"Nothing is due.")
        served.send_signal(number)
        assert served.wait(5) == code


# ------------------------------------------------------------------------------------------------ by cron, really
@pytest.fixture
def sample_host() -> Iterator[str]:
    with serving(pages(datetime.now(UTC))) as host:
        yield host


def test_the_installed_line_refreshes_the_right_store_in_an_empty_world(desk: Desk, sample_host: str):
    """Installed by the real command, undone as cron does, run by sh with no environment at all, from another folder."""
    place = desk.folder / "a place, 100% odd"
    place.mkdir()
    script = place / "finder"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m finder "$@"\n')
    script.chmod(0o755)
    (place / "crontab").write_text(CRONTAB.format(file=desk.folder / "spool"))
    (place / "crontab").chmod(0o755)
    source = f'[[source]]\nname = "grabs"\nadapter = "up_for_grabs"\nurl = "{sample_host}/up-for-grabs.json"\n'
    desk.config.rename(place / "my config.toml")
    (place / "my config.toml").write_text(f"{QUIET}[fetch]\nallow_private = true\npace = 0\n{source}")
    desk.monkeypatch.setenv("FINDER_CONFIG", str(place / "my config.toml"))
    desk.monkeypatch.setenv("FINDER_DB", str(place / "new.db"))
    desk.monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    desk.monkeypatch.setattr(sys, "argv", [str(script)])
    desk.monkeypatch.delenv("FINDER_NOW")
    assert desk("schedule", "install")[0] == 0
    line = installed((desk.folder / "spool").read_text())
    before = shutil.copy(desk.db, desk.folder / "copy.db")
    done = run_by_cron(line)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Reader.open(place / "new.db") as reader:
        assert [status.name for status in reader.sources()] == ["grabs"]
        assert reader.counts()[("project", "open")] > 10
    assert desk.db.read_bytes() == Path(before).read_bytes()
