"""Readers and writers side by side, and a kill in the middle."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from _store import NOW, at, dump, item, look, new_store, problems, reader, record, rows, the_run
from sqlalchemy import text

from db import dialect
from db.store import Store
from finder.errors import StoreError


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_reader_sees_the_store_as_it_was_while_another_writes(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record(store, item("1"))
        with reader(store) as early, store._transaction() as connection:
            connection.execute(text("UPDATE opening SET title = 'half written'"))
            assert [o.title for o in early.openings()] == ["Machine Learning Intern"]
            with reader(store) as later:
                assert [o.title for o in later.openings()] == ["Machine Learning Intern"]
        record(store, item("1", title="New"), hours=1)
        with reader(store) as early:
            assert [o.title for o in early.openings()] == ["New"]
            record(store, item("1", title="Newer"), item("2"), hours=2)
            assert [o.title for o in early.openings()] == ["New"]
            assert early.counts() == {("internship", "open"): 1}


def test_a_second_writer_waits_until_the_first_is_done(tmp_path: Path) -> None:
    with new_store(tmp_path) as first:
        run = the_run(first)
        done: list[int] = []

        def other() -> None:
            with Store.open(tmp_path / "finder.db") as second:
                done.append(second.record(look(item("2"), run=run, source="other"), NOW).added)

        writer = threading.Thread(target=other)
        with first._transaction() as connection:
            writer.start()
            writer.join(0.2)
            assert writer.is_alive() and not done
            connection.execute(text("INSERT INTO hold VALUES ('a.example', '2026-08-22T10:00:00Z')"))
        writer.join(20)
        assert done == [1]
        assert first.holds() == {"a.example": NOW}


def test_who_waits_too_long_is_told_so_and_can_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "ON_CONNECT", (*dialect.ON_CONNECT, "PRAGMA busy_timeout = 10"))
    with new_store(tmp_path) as first, Store.open(tmp_path / "finder.db") as second:
        with first._transaction(), pytest.raises(StoreError, match="another program holds it locked"):
            second.begin_run(NOW)
        assert second.begin_run(NOW) == 1


def test_writers_side_by_side_never_fail(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        run = the_run(store)
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with Store.open(tmp_path / "finder.db") as own:
                for hours in range(10):
                    own.record(look(item("1", title=f"{name} {hours}"), run=run, source=name), at(hours))
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert rows(tmp_path / "finder.db", "SELECT count(*) FROM source_run") == [(30,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from _store import NOW, at, item, look
from db import record, sources
from db.store import Store

where, path = sys.argv[1], Path(sys.argv[2])
store = Store.open(path)
real = getattr(*{"openings": (record, "refresh_openings"), "pages": (sources, "save_pages"),
                 "outcome": (sources, "save_outcome")}[where])

def die(*args):
    real(*args)
    os.kill(os.getpid(), signal.SIGKILL)

for module in (record, sources):
    if hasattr(module, real.__name__):
        setattr(module, real.__name__, die)
store.record(look(*(item(str(n), title="New") for n in range(300)), run=1), at(1))
"""


@pytest.mark.parametrize("where", ["openings", "pages", "outcome"])
def test_a_kill_in_the_middle_of_a_look_leaves_the_store_as_it_was(tmp_path: Path, where: str) -> None:
    with new_store(tmp_path, quick=False) as store:
        record(store, item("1"))
        before = dump(store)
        here = Path(__file__).parent
        paths = os.pathsep.join([str(here), str(here.parent)])
        command = [sys.executable, "-c", KILLED, where, str(tmp_path / "finder.db")]
        ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        assert dump(store) == before
        assert problems(store) == []
        assert record(store, item("1"), item("2"), hours=2).added == 1


def test_closing_twice_is_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.close()
