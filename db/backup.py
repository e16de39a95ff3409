"""A copy of the store that is known to be sound, and a look at whether the store itself is. Uses the driver alone."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from db import codec, dialect, files
from db.merge import mark
from finder.errors import StoreError


def backup(path: Path, target: Path) -> None:
    """Copy the store as it is now, whole, while others read and write it. The copy is checked before it takes its name.

    Raises StoreError if `target` is there already, cannot be written, or the copy is not sound.
    """
    if target.exists() or target.is_symlink():
        raise StoreError(f"{target}: is there already; name another file")
    if not files.exists(path):
        raise files.StoreMissing(path)
    with beside(target) as fresh:
        _copy(path, fresh)
        os.link(fresh, target)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A new empty file for its owner alone, in the folder of `path`: to be filled, then linked or moved into place.

    So that what stands at `path` is whole at every moment. Raises StoreError where the folder does not allow it.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".new", dir=path.parent)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; choose another place for it") from error


def _copy(path: Path, target: Path) -> None:
    with (
        files.translated(path),
        closing(sqlite3.connect(files.uri(path, "ro"), uri=True, timeout=dialect.BUSY_TIMEOUT)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        source.backup(copy)
        copy.execute(dialect.ON_COPY)
        if problems := [row[0] for row in copy.execute(dialect.CHECK_QUICKLY) if row[0] != "ok"]:
            raise StoreError(f"{path}: damaged ({problems[0]}); nothing was copied")


def check(path: Path) -> list[str]:
    """What is wrong with the store, one line each; empty if nothing is found.

    Looks at the file's structure, at references, at the full-text index, and at the digests of facts and openings
    (SQLite has no checksums: of 200 stores with 64 random bytes in each, its own check saw 133). Changes nothing.
    Raises StoreError if it cannot look.
    """
    if not files.exists(path):
        raise files.StoreMissing(path)
    with files.translated(path), closing(sqlite3.connect(files.uri(path, "rw"), uri=True, isolation_level=None)) as raw:
        for statement in dialect.ON_CHECK:
            raw.execute(statement)
        files.check_version(raw, path)
        return [*_structure(raw), *_index(raw), *_facts(raw), *_openings(raw)]


def restore(copy: Path, path: Path) -> Path | None:
    """Put a sound copy in the place of the store; where the store that was there is now. Hold the refresh lock.

    Raises StoreError, and leaves the store as it is, if the copy is not there, not a store, or not sound.
    """
    if not files.exists(copy):
        raise files.StoreMissing(copy)
    with beside(path) as fresh:
        _copy(copy, fresh)
        if problems := check(fresh):
            raise StoreError(f"{copy}: damaged ({problems[0]}); nothing was restored")
        kept = _set_aside(path) if path.exists() else None
        fresh.replace(path)
    return kept


def _set_aside(path: Path) -> Path:
    """Give the store a second name; its write-ahead log goes with it, or it would be played into the new one."""
    number = 1
    while (kept := path.with_name(f"{path.name}.before-restore-{number}")).exists():
        number += 1
    os.link(path, kept)
    for tail in ("-wal", "-shm"):
        log = path.with_name(path.name + tail)
        if log.exists():
            log.replace(kept.with_name(kept.name + tail))
    return kept


def _structure(raw: sqlite3.Connection) -> Iterator[str]:
    try:
        for (line,) in raw.execute(dialect.CHECK_STRUCTURE):
            if line != "ok":
                yield f"structure: {line}"
        for table, _row, parent, _number in raw.execute(dialect.CHECK_REFERENCES):
            yield f"references: a row of {table} refers to a row of {parent} that is not there"
    except _UNREADABLE as error:
        yield f"structure: {error}"


def _index(raw: sqlite3.Connection) -> Iterator[str]:
    try:
        raw.execute(dialect.CHECK_INDEX)
    except _UNREADABLE as error:
        yield f"full-text index: {error}"


def _facts(raw: sqlite3.Connection) -> Iterator[str]:
    try:
        for number, digest, body in raw.execute("SELECT no, digest, body FROM fact"):
            if _digest_of_facts(body) != digest:
                yield f"facts: version {number} does not read as it was written"
    except _UNREADABLE as error:
        yield f"facts: {error}"


def _digest_of_facts(body: bytes) -> str:
    try:
        return codec.facts_digest(codec.fields_of(body))
    except (ValueError, TypeError, AttributeError):
        return ""


def _openings(raw: sqlite3.Connection) -> Iterator[str]:
    try:
        for number, digest, *values in raw.execute(_OPENINGS):
            if _digest_of_opening(values) != digest:
                yield f"openings: {number} does not read as it was written"
    except _UNREADABLE as error:
        yield f"openings: {error}"


def _digest_of_opening(values: Sequence[Any]) -> str:
    said = dict(zip(_SAID, values, strict=True))
    try:
        decoded = {name: json.loads(said[name]) for name in ("places", "terms", "extra")}
    except (ValueError, TypeError):
        return ""
    return mark(said | decoded | {"remote": None if said["remote"] is None else bool(said["remote"])})


_SAID = ("kind", "title", "organization", "places", "remote", "terms", "deadline", "pay", "extra", "description")
_OPENINGS = (
    "SELECT o.id, o.content, o.kind, o.title, o.organization, o.places, o.remote, o.terms, o.deadline, o.pay, o.extra, "
    "d.description FROM opening o LEFT JOIN document d ON d.opening = o.id"
)

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
