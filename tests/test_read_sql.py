"""The SQL of the reading path names only what the schema has, and needs nothing heavy to run."""

from __future__ import annotations

import inspect
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from _store import (
    path_of,
)

from db import dialect, files, queries, read, schema
from db.queries import Wanted
from db.store import Store


# ------------------------------------------------------------------------------------------------ the statements
def _used(path: Path, use: Callable[[sqlite3.Connection], object]) -> set[tuple[str, str]]:
    """Every table and column that SQLite is asked to read while `use` runs."""
    seen: set[tuple[str, str]] = set()

    def watch(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table:
            seen.add((table, column or ""))
        return sqlite3.SQLITE_OK

    with closing(read._opened(path, "ro")) as connection:
        connection.set_authorizer(watch)
        use(connection)
        connection.set_authorizer(None)
    return seen


def _statements() -> dict[str, str]:
    """Every statement of the reading path, with each condition of `openings` on."""
    plain = {
        name: value
        for name, value in vars(queries).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, str)
    }
    wanted = Wanted(["internship"], ["open"], '"a"', "a", "2026", ["a"])
    bare = Wanted([], [], "", "", None, None)
    plain |= {f"openings {describe}": queries.openings(wanted, describe)[0] for describe in (True, False)}
    return plain | {f"bare openings {describe}": queries.openings(bare, describe)[0] for describe in (True, False)}


SCHEMA = {(table.name, column.name) for table in schema.metadata.tables.values() for column in table.columns}
VIRTUAL = {"search", "json_each", "sqlite_master"}


@pytest.mark.parametrize("name", sorted(_statements()))
def test_every_statement_names_only_what_the_schema_has(tmp_path: Path, name: str) -> None:
    Store.open(tmp_path / "finder.db").close()
    statement = _statements()[name]
    blanks = ["[]"] * statement.count("?")
    used = _used(tmp_path / "finder.db", lambda raw: raw.execute(f"EXPLAIN {statement}", blanks))
    of_ours = {(table, column) for table, column in used if table not in VIRTUAL and not table.startswith("search_")}
    assert of_ours - {(table, column) for table, column in of_ours if column in ("", "ROWID")} <= SCHEMA
    assert of_ours


def test_all_statements_of_the_reader_stand_in_queries() -> None:
    source = inspect.getsource(read)
    assert not re.search(r"\b(SELECT|JOIN|WHERE|UPDATE|INSERT)\b", source)
    assert set(re.findall(r"\bq\.([A-Z_]+)\b", source)) == {
        name for name in _statements() if name.isupper() and name not in ("SIGHTING",)
    } | {"LOOKALIKES"}


def test_what_is_read_covers_the_tables_that_are_shown(tmp_path: Path) -> None:
    Store.open(tmp_path / "finder.db").close()
    used: set[str] = set()
    for statement in _statements().values():
        blanks = ["[]"] * statement.count("?")
        used |= {
            table
            for table, _ in _used(
                tmp_path / "finder.db", lambda raw, s=statement, b=blanks: raw.execute(f"EXPLAIN {s}", b)
            )
        }
    writing = {"alias", "held", "hold", "listing", "migration", "page", "parted"}
    shown = {table.name for table in schema.metadata.tables.values()} - writing
    assert shown <= used


def test_bound_values_are_all_there() -> None:
    wanted = Wanted(["internship"], ["open"], '"a"', "b", "2026", ["c"])
    statement, values = queries.openings(wanted, describe=False)
    assert statement.count("?") == len(values) == 6


def test_no_statement_is_built_from_what_is_typed() -> None:
    evil = "'); DROP TABLE opening; --"
    wanted = Wanted([evil], [evil], evil, evil, evil, [evil])  # type: ignore[list-item]
    statement, _ = queries.openings(wanted, describe=True)
    assert "DROP" not in statement


# ------------------------------------------------------------------------------------------------ weight
def test_reading_starts_without_what_is_heavy(full: Store) -> None:
    """In an interpreter of its own: what a reading command would load."""
    full.close()
    program = (
        "import sys; from pathlib import Path; from db.read import Reader\n"
        f"with Reader.open(Path({str(path_of(full))!r})) as r:\n"
        "    print(len(r.openings(text='intern')), len(r.sources()))\n"
        "heavy = {'sqlalchemy', 'httpx', 'asyncio', 'jinja2', 'rich', 'apscheduler', 'selectolax', 'tempfile'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    here = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["3 2", "[]"]


def test_both_doors_check_the_same_things() -> None:
    assert files.check_version.__module__ == "db.files"
    assert dialect.ON_READ[-1] == "PRAGMA query_only = ON"
