"""Stores of every version become stores of this one, whole or not at all; and the steps build what the schema says."""

from __future__ import annotations

import ast
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _store import everything, item, new_store, path_of, record, rows, the_opening
from sqlalchemy import Connection, create_engine

from db import dialect, engine, files, migrations, schema
from db.migrations import CURRENT, STEPS, Step, migrate, version
from db.read import Reader
from db.store import Store
from finder.errors import StoreError

Shape = dict[str, dict[str, Any]]


def _shape(path: Path) -> Shape:
    """Tables as SQLite understands them: columns, keys, references, indexes; independent of how the SQL was written."""
    with closing(sqlite3.connect(path)) as raw:
        names = [n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: _table(raw, name) for name in names if not name.startswith(("search", "sqlite_"))}


def _table(raw: sqlite3.Connection, name: str) -> dict[str, Any]:
    indexes = {}
    for _, index, unique, origin, partial in raw.execute(f"PRAGMA index_list({name})"):
        columns = tuple(row[2] for row in raw.execute(f"PRAGMA index_info('{index}')"))
        indexes[columns] = (unique, origin, partial, index if origin == "c" else "")
    statement: str = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    return {
        "columns": raw.execute(f"PRAGMA table_xinfo({name})").fetchall(),
        "references": sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({name})")),
        "indexes": indexes,
        "deferred": re.findall(r"FOREIGN KEY\s*\((\w+)\)[^,]*?DEFERRABLE INITIALLY DEFERRED", statement),
    }


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    Store.open(tmp_path / "finder.db").close()
    return tmp_path / "finder.db"


# ------------------------------------------------------------------------------------------------ the same tables
def test_the_steps_build_what_the_schema_says(migrated: Path, tmp_path: Path) -> None:
    created = create_engine(f"sqlite:///{tmp_path / 'created.db'}")
    schema.metadata.create_all(created)
    created.dispose()
    assert _shape(migrated) == _shape(tmp_path / "created.db")


def test_the_shapes_compared_are_of_all_tables(migrated: Path) -> None:
    shape = _shape(migrated)
    assert shape.keys() == schema.metadata.tables.keys()
    assert shape["sighting"]["deferred"] == ["opening"]
    assert ("source", "key") in shape["sighting"]["indexes"]


def test_the_index_covers_the_columns_that_are_kept_in_step(migrated: Path) -> None:
    columns = tuple(row[1] for row in rows(migrated, "PRAGMA table_info(search)"))
    assert columns == dialect.INDEXED
    assert set(dialect.INDEXED) < set(schema.document.c.keys())
    ((statement,),) = rows(migrated, "SELECT sql FROM sqlite_master WHERE name = 'search'")
    assert "content='document'" in statement and "content_rowid='no'" in statement


def test_every_column_has_a_type_that_every_database_has() -> None:
    kinds = {str(column.type) for table in schema.metadata.tables.values() for column in table.columns}
    assert kinds == {"TEXT", "INTEGER", "FLOAT", "BOOLEAN", "BLOB"}


# ------------------------------------------------------------------------------------------------ the steps
def test_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [step.version for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert STEPS[-1].version == CURRENT
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_steps_are_frozen_text() -> None:
    """Nothing that a step says can change with the rest of the code: literals, and no import but the dialect."""
    tree = ast.parse(Path(migrations.__file__).read_text(encoding="utf-8"))
    imported = {
        alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert {name for name in imported if name.startswith(("db", "finder"))} == {"db.dialect"}
    texts = {n.targets[0].id: n.value for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id != "CURRENT"}  # type: ignore[attr-defined]
    assert len(texts.pop("STEPS").elts) == len(texts) == len(STEPS)  # type: ignore[attr-defined]
    for statements in texts.values():
        assert isinstance(statements, ast.Tuple)
        assert all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in statements.elts)


def test_steps_are_as_they_were_released() -> None:
    """To change the tables, add a step, and its digest here: stores of every version are out there."""
    digests = [hashlib.sha256("\0".join(step.statements).encode()).hexdigest() for step in STEPS]
    assert digests == [
        "a82f51f117b3190f97f8f03ff5fd77225327d078ff0ca3a2497715204b5c3eb0",
        "ad7ccf1cf7fecc075575b102e3e45b279f27818b9978c07e997260325546c6f0",
        "18b011dd957f43977141656ad28b70a43f7470229cae29a6a7caf18a36e9215a",
        "19abe8ab51b1aebd9a4cd8b04637179711a3619d7f0b44cb5df7944b04c96cfb",
        "63f5c41f8680e5772b940dc9e4d672b1b36297eb7abaf28fafbf6af5b3942e2d",
        "eeccb8f02219cc837d7f78b6415603cfab36144ea13036c86a7b10d66ae70edd",
        "60e8bf77a2a67a2a80cf70e3f4ab1dd888c5c6bc0267475c9678e6a2d693d805",
    ]


# ------------------------------------------------------------------------------------------------ applying them
def _second(*statements: str) -> tuple[Step, ...]:
    return (*STEPS, Step(CURRENT + 1, "a later step", statements))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with new_store(tmp_path) as store:
        record(store, item())
        yield store._connection


def _version(connection: Connection) -> int:
    with connection.begin():
        return version(connection)


def test_an_empty_store_is_of_version_0(tmp_path: Path) -> None:
    with engine._engine(_blank(tmp_path)).connect() as connection:
        assert _version(connection) == 0
        migrate(connection)
        assert _version(connection) == CURRENT


def _blank(folder: Path) -> Path:
    path = folder / "blank.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {dialect.APPLICATION_ID}")
    return path


def test_a_step_is_applied_once(connection: Connection) -> None:
    steps = _second("ALTER TABLE run ADD COLUMN note TEXT")
    for _ in range(3):
        migrate(connection, steps)
    assert _version(connection) == CURRENT + 1
    with connection.begin():
        names = connection.exec_driver_sql("SELECT version, name FROM migration").all()
    assert [tuple(row) for row in names] == [
        *((step.version, step.name) for step in STEPS),
        (CURRENT + 1, "a later step"),
    ]


@pytest.mark.parametrize("broken", ["CREATE TABLE broken (", "INSERT INTO nowhere VALUES (1)"])
def test_a_step_that_fails_leaves_the_version_before_whole(connection: Connection, broken: str, tmp_path: Path) -> None:
    before = _shape(tmp_path / "finder.db")
    steps = _second("CREATE TABLE extra (a TEXT)", "DROP TABLE hold", "DELETE FROM fact", broken)
    with pytest.raises(Exception, match=r"incomplete input|no such table"):
        migrate(connection, steps)
    assert _shape(tmp_path / "finder.db") == before
    assert _version(connection) == CURRENT
    assert rows(tmp_path / "finder.db", "SELECT count(*) FROM fact") == [(1,)]
    migrate(connection, _second("DROP TABLE hold"))
    assert _version(connection) == CURRENT + 1


def test_of_three_steps_those_before_the_broken_one_stay(connection: Connection) -> None:
    steps = (*_second("ALTER TABLE run ADD COLUMN note TEXT"), Step(CURRENT + 2, "broken", ("nonsense",)))
    with pytest.raises(Exception, match="syntax error"):
        migrate(connection, steps)
    assert _version(connection) == CURRENT + 1


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a later finder with one more step were installed."""
    later = _second("ALTER TABLE opening ADD COLUMN note TEXT NOT NULL DEFAULT ''")
    monkeypatch.setattr(migrate, "__defaults__", (later,))
    for module in (engine, files):
        monkeypatch.setattr(module, "CURRENT", CURRENT + 1)
    monkeypatch.setattr("db.read.CURRENT", CURRENT + 1)


def test_an_older_store_is_copied_and_upgraded_with_all_its_rows(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with new_store(tmp_path) as store:
        record(store, item("1"), item("2"))
        before = everything(store)
    request.getfixturevalue("upgraded")
    with Store.open(tmp_path / "finder.db") as store:
        assert rows(store, "SELECT max(version) FROM migration") == [(CURRENT + 1,)]
        assert rows(store, "SELECT count(*) FROM opening WHERE note = ''") == [(2,)]
        assert everything(store) == before
    copy = tmp_path / f"finder.db.v{CURRENT}.bak"
    assert rows(copy, "SELECT max(version) FROM migration") == [(CURRENT,)]
    assert rows(copy, "SELECT count(*) FROM opening") == [(2,)]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_an_older_store_is_not_read_before_it_is_upgraded(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with new_store(tmp_path) as store:
        record(store, item())
    request.getfixturevalue("upgraded")
    with pytest.raises(StoreError, match="made by an older finder; `finder refresh` brings it up to date"):
        Reader.open(tmp_path / "finder.db")
    Store.open(tmp_path / "finder.db").close()
    with Reader.open(tmp_path / "finder.db") as reading:
        assert len(reading.openings()) == 1


def test_a_copy_from_an_earlier_attempt_is_kept(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with new_store(tmp_path) as store:
        kept = the_copy_of(store)
    request.getfixturevalue("upgraded")
    Store.open(tmp_path / "finder.db").close()
    assert kept.read_text() == "the copy of the first attempt"


def the_copy_of(store: Store) -> Path:
    kept = path_of(store).with_name(f"finder.db.v{CURRENT}.bak")
    kept.write_text("the copy of the first attempt")
    return kept


def test_upgrading_changes_no_id(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with new_store(tmp_path) as store:
        record(store, item())
        number = the_opening(store).id
    request.getfixturevalue("upgraded")
    with Store.open(tmp_path / "finder.db") as store:
        record(store, item(), hours=1)
        assert the_opening(store).id == number
