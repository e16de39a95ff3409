"""Copies that are sound, restores that lose nothing, and damage that is seen."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _store import at, dump, everything, facets, item, new_store, path_of, problems, record, rows

from db import backup, dialect
from db.files import StoreMissing
from db.read import Reader
from db.store import Store
from finder.errors import StoreError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        record(opened, *(item(str(number), description=f"text {number} " * 20) for number in range(60)))
        opened.save_facets((number, facets()) for number, _ in opened.unclassified("1"))
        yield opened


def spoil(path: Path, statement: str, *values: object) -> None:
    """Change the file past all code of ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(statement, values)


# ------------------------------------------------------------------------------------------------ backup
def test_a_copy_is_the_store_in_one_file_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "finder copy.db"
    target.parent.mkdir()
    backup.backup(path_of(store), target)
    assert [file.name for file in target.parent.iterdir()] == ["finder copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    before = dump(store)
    with Store.open(target) as copy:
        assert dump(copy) == before
        assert problems(copy) == []


def test_a_copy_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "there.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match=r"there\.db: is there already; name another file"):
        backup.backup(path_of(store), target)
    assert target.read_text() == "mine"


def test_a_copy_in_a_folder_that_is_not_there_is_an_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        backup.backup(path_of(store), tmp_path / "nowhere" / "copy.db")


def test_there_is_nothing_to_copy_where_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="no store yet"):
        backup.backup(tmp_path / "finder.db", tmp_path / "copy.db")
    assert list(tmp_path.glob("*.db*")) == []


def test_a_damaged_store_is_not_copied(store: Store, tmp_path: Path) -> None:
    path = path_of(store)
    store.close()
    damage(path, 4096 * 3, bytes(4096 * 6))
    with pytest.raises(StoreError, match="damaged"):
        backup.backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert list(tmp_path.glob(".copy*")) == []


def test_copies_while_another_writes_are_whole(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        try:
            with Store.open(path_of(store)) as own:
                for hours in range(1000):
                    if stop.is_set():
                        return
                    record(own, *(item(str(n), title=f"Round {hours}") for n in range(20)), hours=hours)
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(10):
            backup.backup(path_of(store), tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        writer.join()
    assert failed == []
    for number in range(10):
        copy = tmp_path / f"copy{number}.db"
        titles = rows(copy, "SELECT count(DISTINCT title) FROM opening WHERE title LIKE 'Round%'")
        assert titles[0][0] <= 1
        assert backup.check(copy) == []


# ------------------------------------------------------------------------------------------------ restore
def test_a_copy_takes_the_place_of_the_store_which_is_kept(store: Store, tmp_path: Path) -> None:
    copy, path = tmp_path / "copy.db", path_of(store)
    backup.backup(path_of(store), copy)
    before = dump(store)
    record(store, item("later"), hours=1)
    store.close()
    kept = backup.restore(copy, path)
    with Store.open(path) as restored:
        assert dump(restored) == before
        assert path.stat().st_mode & 0o777 == 0o600
    assert kept is not None and kept.name == "finder.db.before-restore-1"
    assert rows(kept, "SELECT count(*) FROM opening") == [(61,)]
    assert copy.exists()


def test_each_restore_keeps_what_was_there(store: Store, tmp_path: Path) -> None:
    copy, path = tmp_path / "copy.db", path_of(store)
    backup.backup(path_of(store), copy)
    store.close()
    names = [kept.name for _ in range(3) if (kept := backup.restore(copy, path))]
    assert names == [f"finder.db.before-restore-{number}" for number in (1, 2, 3)]


def test_what_was_only_in_the_write_ahead_log_is_kept_too(store: Store, tmp_path: Path) -> None:
    """As after a kill: the log is there, and no one has written it back."""
    copy, path = tmp_path / "copy.db", path_of(store)
    backup.backup(path_of(store), copy)
    record(store, item("in the log"), hours=1)
    for tail in ("", "-wal"):
        shutil.copyfile(f"{path}{tail}", tmp_path / f"killed.db{tail}")
    kept = backup.restore(copy, tmp_path / "killed.db")
    assert kept is not None
    assert rows(kept, "SELECT count(*) FROM opening") == [(61,)]
    assert backup.check(tmp_path / "killed.db") == []
    assert rows(tmp_path / "killed.db", "SELECT count(*) FROM opening") == [(60,)]


def test_a_copy_can_be_restored_where_there_is_no_store(store: Store, tmp_path: Path) -> None:
    backup.backup(path_of(store), tmp_path / "copy.db")
    assert backup.restore(tmp_path / "copy.db", tmp_path / "new.db") is None
    with Reader.open(tmp_path / "new.db") as reading:
        assert len(reading.openings()) == 60


@pytest.mark.parametrize("bad", ["missing", "page of html", "cut short", "spoilt"])
def test_what_is_not_sound_is_not_restored(store: Store, tmp_path: Path, bad: str) -> None:
    copy, path = tmp_path / "copy.db", path_of(store)
    if bad == "page of html":
        copy.write_text("<html>" * 50)
    if bad in ("cut short", "spoilt"):
        backup.backup(path_of(store), copy)
    if bad == "cut short":
        damage(copy, copy.stat().st_size // 2, b"")
    if bad == "spoilt":
        spoil(copy, "UPDATE fact SET digest = 'x' WHERE no = 1")
    before = dump(store)
    with pytest.raises(StoreError):
        backup.restore(copy, path)
    assert dump(store) == before
    assert list(tmp_path.glob("*before-restore*")) == []
    assert bad != "missing" or not copy.exists()


# ------------------------------------------------------------------------------------------------ check
def damage(path: Path, offset: int, junk: bytes) -> None:
    """Write junk into the file; nothing: cut it off there."""
    with path.open("r+b") as file:
        if not junk:
            file.truncate(offset)
        file.seek(offset)
        file.write(junk)


def test_a_sound_store_has_no_problems(store: Store) -> None:
    assert problems(store) == []
    record(store, item("1", title="Changed"), hours=1, missing={"2"}, closed={"3": "absent"})
    assert problems(store) == []


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        backup.check(tmp_path / "finder.db")
    assert list(tmp_path.glob("*.db*")) == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE document SET title = 'other' WHERE no = 1", "full-text index: "),
        ("DELETE FROM document WHERE no = 1", "full-text index: "),
        ("UPDATE opening SET title = 'other' WHERE url LIKE '%/7'", "openings: "),
        ("UPDATE opening SET places = '[' WHERE url LIKE '%/7'", "openings: "),
        ("UPDATE fact SET body = x'00' WHERE no = 7", "facts: version 7 does not read as it was written"),
        ("UPDATE fact SET digest = 'x' WHERE no = 7", "facts: version 7 does not read as it was written"),
        ("DELETE FROM source", "references: a row of sighting refers to a row of source that is not there"),
    ],
)
def test_what_is_wrong_is_told(store: Store, statement: str, problem: str) -> None:
    spoil(path_of(store), statement)
    assert any(line.startswith(problem) for line in problems(store))


def test_a_torn_structure_is_told(store: Store) -> None:
    path = path_of(store)
    store.close()
    size = path.stat().st_size
    damage(path, size - size // 4, bytes(size // 4))
    assert any(line.startswith("structure: ") for line in backup.check(path))


def said(path: Path) -> object:
    """What openings say and what sources said, as far as it can still be read."""
    openings = (
        "SELECT o.title, o.organization, o.places, o.terms, o.pay, o.extra, d.description "
        "FROM opening o JOIN document d ON d.opening = o.id ORDER BY o.id"
    )
    try:
        return rows(path, openings), rows(path, "SELECT part, body FROM fact ORDER BY no")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def test_damage_that_changes_what_was_said_is_seen(store: Store) -> None:
    """64 random bytes somewhere: never another exception, and never another text without a word about it."""
    path = path_of(store)
    store.close()
    clean, before, chance = path.read_bytes(), said(path), random.Random(7)
    harmful = 0
    for _ in range(60):
        path.write_bytes(clean)
        damage(path, chance.randrange(100, len(clean) - 64), chance.randbytes(64))
        try:
            told = backup.check(path)
        except StoreError as error:
            told = [str(error)]
        if said(path) != before:
            harmful += 1
            assert told
    assert harmful > 5


def test_the_columns_of_the_check_are_those_of_the_index() -> None:
    assert all(name in dialect.INDEX and name in dialect.UNINDEX for name in dialect.INDEXED)


def test_the_index_holds_nothing_of_what_is_gone(store: Store) -> None:
    record(store, item("1", title="zebra", identity="old"), hours=1)
    record(store, item("1", title="okapi", identity="new"), hours=2)
    assert rows(store, "SELECT count(*) FROM search WHERE search MATCH 'zebra'") == [(0,)]
    assert rows(store, "SELECT count(*) FROM search WHERE search MATCH 'okapi'") == [(1,)]
    assert len(everything(store)) == 60
    assert at(0) < at(1)
