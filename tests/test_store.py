"""The store as a file: where it may be made, what is refused, what is said."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from _store import NOW, dump, everything, item, new_store, record, rows
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import dialect, engine, files
from db.migrations import CURRENT
from db.read import Reader
from db.store import Store
from finder.errors import StoreError


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ------------------------------------------------------------------------------------------------ making one
def test_a_store_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "finder.db"
    before = os.umask(0)
    try:
        with Store.open(path) as store:
            record(store, item())
            assert _mode(path) == 0o600
            assert {_mode(file) for file in path.parent.iterdir()} == {0o600}
    finally:
        os.umask(before)
    assert _mode(path.parent) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["finder.db"]


def test_a_store_is_opened_again_with_what_is_in_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "finder.db") as store:
        record(store, item())
        before = dump(store)
    with Store.open(tmp_path / "finder.db") as store:
        assert dump(store) == before


def test_names_that_mean_something_in_an_address_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "a ?mode=memory#b%20c" / "ö.db"
    with Store.open(path) as store:
        record(store, item())
    with Reader.open(path) as reading:
        assert len(reading.openings()) == 1
    assert path.stat().st_size > 0


def test_a_relative_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Store.open(Path("finder.db")).close()
    assert (tmp_path / "finder.db").exists()


def test_a_link_to_a_store_is_followed(tmp_path: Path) -> None:
    Store.open(tmp_path / "real.db").close()
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    with Store.open(tmp_path / "link.db") as store:
        record(store, item())
    assert (tmp_path / "link.db").is_symlink()
    assert rows(tmp_path / "real.db", "SELECT count(*) FROM opening") == [(1,)]


def test_a_store_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_connection: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(engine, "migrate", broken)
    with pytest.raises(StoreError, match="disk is full"):
        Store.open(tmp_path / "finder.db")
    assert list(tmp_path.glob("*finder*")) == []


def test_the_faster_of_two_makers_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both find nothing there; the second to finish takes the store of the first."""
    path = tmp_path / "finder.db"
    real = engine._build

    def slow(fresh: Path) -> None:
        monkeypatch.setattr(engine, "_build", real)
        with Store.open(path) as first:
            record(first, item())
        real(fresh)

    monkeypatch.setattr(engine, "_build", slow)
    with Store.open(path) as second:
        assert len(everything(second)) == 1
    assert [file.name for file in tmp_path.glob("*.db*")] == ["finder.db"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"file/finder\.db: .*FINDER_DB or --db"):
        Store.open(tmp_path / "file" / "finder.db")


# ------------------------------------------------------------------------------------------------ what is refused
def _not_a_store(path: Path) -> None:
    path.write_bytes(b"<html>Not a database, though it is long enough to be one</html>" * 100)


def _empty(path: Path) -> None:
    path.touch()


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE cookies (name TEXT)")


def _newer(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("INSERT INTO migration VALUES (?, 'from the future')", (CURRENT + 1,))


def _directory(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.db"))


def _cut_short(path: Path) -> None:
    Store.open(path).close()
    os.truncate(path, 5000)


REFUSED = [
    (_not_a_store, "not a finder store"),
    (_empty, "an empty file, not a store; restore a backup"),
    (_other_database, "a database, but not a finder store"),
    (_newer, f"written by a newer finder .schema {CURRENT + 1}, this one knows {CURRENT}.; upgrade finder"),
    (_directory, "not a file"),
    (_pipe, "not a file"),
    (_dangling, "a link that leads nowhere"),
    (_cut_short, "damaged"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_no_sound_store_is_refused_and_left_as_it_is(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "finder.db"
    assert callable(make)
    make(path)
    before = _digest(path) if path.is_file() else None
    for door in (Store.open, Reader.open):
        with pytest.raises(StoreError, match=said) as raised:
            door(path)
        assert str(path) in str(raised.value)
        assert raised.value.exit_code == 5
    assert before is None or _digest(path) == before
    assert not path.with_name("nowhere.db").exists()
    assert not [file for file in tmp_path.iterdir() if file.name.endswith((".new", ".bak"))]


def test_a_crafted_application_id_alone_makes_no_store(tmp_path: Path) -> None:
    path = tmp_path / "finder.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {dialect.APPLICATION_ID}")
        raw.execute("CREATE TABLE migration (version INTEGER, name TEXT)")
    before = _digest(path)
    with pytest.raises(StoreError):
        Reader.open(path)
    assert _digest(path) == before


def test_triggers_of_a_crafted_store_cannot_call_functions(tmp_path: Path) -> None:
    path = tmp_path / "finder.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("CREATE VIEW spy AS SELECT fts3_tokenizer('x') AS y")
        raw.execute("CREATE TRIGGER t AFTER INSERT ON run BEGIN INSERT INTO hold SELECT y, y FROM spy; END")
    with Store.open(path) as store, pytest.raises(StoreError):
        store.begin_run(NOW)
    assert rows(path, "SELECT count(*) FROM run") == [(0,)]


def test_every_connection_is_set_as_promised(tmp_path: Path) -> None:
    with new_store(tmp_path, quick=False) as store, store._transaction() as connection:
        wanted = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "synchronous": 2,
            "trusted_schema": 0,
            "busy_timeout": 30_000,
            "application_id": 0x666E6472,
        }
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert asked == wanted


# ------------------------------------------------------------------------------------------------ errors
@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("database is locked", "holds it locked .waited 30 s."),
        ("database or disk is full", "disk is full; nothing of this step was saved"),
        ("attempt to write a readonly database", "cannot be written"),
        ("database disk image is malformed", "damaged; `finder db check`"),
        ("file is not a database", "damaged or not a store"),
        ("no such module: fts5", "no full-text search"),
        ("unable to open database file", "check the permissions"),
        ("disk I/O error", "the disk reports an error"),
        ("something new", "something new"),
    ],
)
def test_what_the_driver_says_is_told_with_what_to_do(tmp_path: Path, said: str, advice: str) -> None:
    with pytest.raises(StoreError, match=advice) as raised, engine.translated(tmp_path / "finder.db"):
        raise sqlite3.OperationalError(said)
    assert str(raised.value).startswith(str(tmp_path / "finder.db"))


def test_a_bug_is_not_told_as_trouble_with_the_store(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(IntegrityError), store._transaction() as connection:
            connection.execute(text("INSERT INTO run VALUES (1, NULL, NULL)"))
        with pytest.raises(sqlite3.IntegrityError), files.translated(tmp_path):
            raise sqlite3.IntegrityError("UNIQUE")


def test_no_error_shows_what_is_in_the_store(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.ensure_profile("secret-name", NOW)
        with pytest.raises(IntegrityError) as raised, store._transaction() as connection:
            connection.execute(text("INSERT INTO profile VALUES (1, :name, '')"), {"name": "secret-name"})
    assert "secret-name" not in str(raised.value)


def test_a_disk_that_fills_up_costs_the_look_and_nothing_else(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record(store, item("1"))
        before = dump(store)
        driver = store._connection.connection.driver_connection
        assert driver is not None
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count = {pages + 2}")
        store._connection.rollback()
        huge = [item(str(number), description=f"{number} " * 3000) for number in range(50)]
        with pytest.raises(StoreError, match="the disk is full"):
            record(store, *huge, hours=1)
        assert dump(store) == before
        driver.execute("PRAGMA max_page_count = 1000000")
        assert record(store, *huge, hours=2).added == 49


def test_a_store_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anything, so the driver is told to open it as for someone who may not."""
    with new_store(tmp_path) as store:
        record(store, item())
    real = files.uri
    monkeypatch.setattr(files, "uri", lambda path, mode: real(path, "ro" if mode == "rw" else mode))
    before = _digest(tmp_path / "finder.db")
    with pytest.raises(StoreError, match="cannot be written; make the file and its folder writable"):
        Store.open(tmp_path / "finder.db")
    with Reader.open(tmp_path / "finder.db") as reading:
        assert len(reading.openings()) == 1
    assert _digest(tmp_path / "finder.db") == before
