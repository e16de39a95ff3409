"""Opening the store for writing: SQLAlchemy's engine, told to leave transactions to us."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from db import dialect, files
from db.backup import backup, beside
from db.migrations import CURRENT, migrate
from finder.errors import StoreError


def connect(path: Path) -> Connection:
    """The store at `path`, made if nothing is there, brought to the current version.

    A store of an older version is first copied to `<name>.v<version>.bak` beside it. Raises StoreError for anything
    that is not a store, is damaged, is of a newer finder, or cannot be written; such a file is left as it is.
    """
    if not files.exists(path):
        _create(path)
    elif (version := files.stored_version(path)) < CURRENT:
        copy = path.with_name(f"{path.name}.v{version}.bak")
        if not copy.exists():
            backup(path, copy)
    return _connection(path)


def _create(path: Path) -> None:
    """Built beside its place, then linked into it whole. If another process was faster, its store stands."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; choose another place with FINDER_DB or --db") from error
    with beside(path) as fresh:
        _build(fresh)
        with suppress(FileExistsError):
            os.link(fresh, path)


def _build(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in dialect.ON_CREATE:
            raw.execute(statement)
    _connection(path).close()


def _connection(path: Path) -> Connection:
    with translated(path):
        connection = _engine(path).connect()
        try:
            migrate(connection)
            with connection.begin():
                connection.exec_driver_sql(dialect.TRY_WRITING)
        except BaseException:
            connection.close()
            raise
        return connection


def _engine(path: Path) -> Engine:
    def opened() -> sqlite3.Connection:
        address = files.uri(path, "rw")
        raw = sqlite3.connect(address, uri=True, isolation_level=None, timeout=dialect.BUSY_TIMEOUT)
        for statement in dialect.ON_CONNECT:
            raw.execute(statement)
        return raw

    # hide_parameters: values of the person's profile and mail never stand in an error or a log
    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> Any:
    connection.exec_driver_sql(dialect.BEGIN)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Like `files.translated`, for what SQLAlchemy passes on from the driver."""
    try:
        with files.translated(path):
            yield
    except DBAPIError as error:
        explained = files.explained(path, error.orig)
        if explained is None:
            raise
        raise explained from error
