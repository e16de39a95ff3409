"""The store as a file: what may stand there, and what is said when it cannot be used. No SQLAlchemy.

A store is only ever made where nothing is. What is there and is not a sound store is never touched: the person decides.
"""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from db import dialect
from db.migrations import CURRENT
from finder.errors import StoreError

_MAGIC = b"SQLite format 3\0"


class Opened:
    """What is open until it is closed; `with` closes it."""

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class StoreMissing(StoreError):
    """There is no store yet. Nothing is wrong: the first refresh makes one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no store yet; run `finder refresh`")


def uri(path: Path, mode: str) -> str:
    """The address by which SQLite opens a file as `mode` says: ro, rw, or immutable (no locks, no write-ahead log)."""
    return f"{path.absolute().as_uri()}?{'immutable=1' if mode == 'immutable' else f'mode={mode}'}"


def exists(path: Path) -> bool:
    """Whether something is there that may be a store. Raises StoreError for anything that cannot be one."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            _check_header(path)
    except FileNotFoundError:
        if path.is_symlink():
            raise StoreError(f"{path}: a link that leads nowhere; remove it or mend it") from None
        return False
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; choose another place with FINDER_DB or --db") from error
    if not stat.S_ISREG(mode):
        raise StoreError(f"{path}: not a file; choose another place with FINDER_DB or --db")
    return True


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if not start:
        raise StoreError(f"{path}: an empty file, not a store; restore a backup, or remove it to begin anew")
    if start != _MAGIC:
        raise StoreError(f"{path}: not a finder store; move it away, or choose another place with FINDER_DB or --db")


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a store. Raises StoreError if it is not a store of finder, or one of a newer finder."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != dialect.APPLICATION_ID:
        raise StoreError(f"{path}: a database, but not a finder store; choose another place with FINDER_DB or --db")
    row = connection.execute("SELECT max(version) FROM migration").fetchone()
    version = int(row[0] or 0)
    if version > CURRENT:
        raise StoreError(
            f"{path}: written by a newer finder (schema {version}, this one knows {CURRENT}); upgrade finder"
        )
    return version


def stored_version(path: Path) -> int:
    """The schema version, read without changing a byte of the file."""
    with translated(path), closing(sqlite3.connect(uri(path, "ro"), uri=True, timeout=dialect.BUSY_TIMEOUT)) as reader:
        return check_version(reader, path)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Tell what the driver says as StoreError, with the path and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        explanation = explained(path, error)
        if explanation is None:
            raise
        raise explanation from error
    except UnicodeDecodeError as error:
        raise damaged(path) from error


def damaged(path: Path) -> StoreError:
    """What is read from the store cannot have been written by us."""
    return StoreError(f"{path}: {_DAMAGED}")


def explained(path: Path, error: BaseException | None) -> StoreError | None:
    """What an error of the driver means for the person. None where it is a bug of ours, not the store's state."""
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)):
        return None
    said = str(error)
    advice = next((advice for words, advice in _ADVICE if words in said), said)
    return StoreError(f"{path}: {advice}")


_DAMAGED = "damaged; `finder db check` tells more; restore a backup, or move it away to begin anew"

_ADVICE = (
    ("locked", f"another program holds it locked (waited {dialect.BUSY_TIMEOUT:.0f} s); close it and try again"),
    ("full", "the disk is full; nothing of this step was saved, what was there before still is"),
    (
        "readonly",
        "cannot be written; make the file and its folder writable, or choose another place with FINDER_DB or --db",
    ),
    ("malformed", _DAMAGED),
    ("not a database", "damaged or not a store; restore a backup, or move it away to begin anew"),
    ("no such module: fts5", "this Python's SQLite has no full-text search (FTS5); use a Python built with it"),
    ("Could not decode", _DAMAGED),
    ("unable to open", "cannot be opened; check the permissions of the file and its folder"),
    ("disk I/O", "the disk reports an error while reading or writing it; check the disk, then `finder db check`"),
)
