"""Everything that is said to SQLite and would be said otherwise to another database. Plain text: no SQLAlchemy.

The statements of `migrations` are the exception: they are frozen, and written once for each database.
"""

from __future__ import annotations

from collections.abc import Sequence

APPLICATION_ID = 0x66_6E_64_72
"""'fndr' in the file header: how a store is told from other SQLite files (SQLite's magic.txt is the model)."""

BUSY_TIMEOUT = 30.0
"""Seconds that a writer waits for another one. Readers never wait."""

ON_CREATE = (f"PRAGMA application_id = {APPLICATION_ID}",)

ON_CONNECT = (
    f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 67108864",
)
"""A commit is on the disk when it returns (FULL): the outbox promises not to lose a digest. `trusted_schema` is off so
that a crafted file cannot make its triggers or views call functions."""

ON_CHECK = (f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}", "PRAGMA trusted_schema = OFF")
ON_READ = (*ON_CHECK, "PRAGMA query_only = ON")

BEGIN = "BEGIN IMMEDIATE"
"""Take the write lock first: a transaction that reads and then writes would fail at once, without waiting, if another
one committed between (SQLITE_BUSY_SNAPSHOT). With the driver's own transactions off, it holds DDL too."""

TRY_WRITING = "UPDATE migration SET version = version WHERE version < 0"
"""Changes nothing, and fails where nothing can be changed: BEGIN IMMEDIATE succeeds on a read-only file."""

HAS_MIGRATIONS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'"

CHECK_STRUCTURE = "PRAGMA integrity_check"
CHECK_REFERENCES = "PRAGMA foreign_key_check"
CHECK_QUICKLY = "PRAGMA quick_check"

ON_COPY = "PRAGMA journal_mode = DELETE"
"""A backup is one file: without a write-ahead log that could be left behind when it is moved."""

# ------------------------------------------------------------------------------------------------ full text
INDEXED = ("title", "organization", "words", "description")
"""Columns of `document`, and of the full-text index `search` over it."""

_COLUMNS = ", ".join(INDEXED)

UNINDEX = (
    f"INSERT INTO search (search, rowid, {_COLUMNS}) "  # noqa: S608 - constants only
    f"SELECT 'delete', no, {_COLUMNS} FROM document WHERE opening IN (SELECT value FROM json_each(?))"
)
"""Take documents, by a JSON list of openings, out of the index. Only right while they read as they were indexed: run
it before they change. One statement a batch: triggers for each row measured three to four times slower."""

INDEX = (
    f"INSERT INTO search (rowid, {_COLUMNS}) "  # noqa: S608 - constants only
    f"SELECT no, {_COLUMNS} FROM document WHERE opening IN (SELECT value FROM json_each(?))"
)
"""Put documents into the index, after they changed."""

CHECK_INDEX = "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"
"""Fails if the index does not say what the documents say."""

JOIN_SEARCH = "JOIN search ON search.rowid = d.no"
MATCHES = "search MATCH ?"
"""Documents `d` that fit an expression of db.search."""

DISTANCE = "bm25(search, 10.0, 6.0, 3.0, 1.0)"
"""The smaller, the better the match. A word in the title counts for more than one in the organization, in places and
topics, in the description."""


def upsert(table: str, keys: Sequence[str], columns: Sequence[str], source: str = "") -> str:
    """INSERT that turns into an UPDATE of the other columns where a row with these keys exists (PostgreSQL: the same).

    `source` is a SELECT (with a WHERE) for the values; without it they are parameters named as the columns.
    """
    names = (*keys, *columns)
    values = source or f"VALUES ({', '.join(f':{name}' for name in names)})"
    others = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return f"INSERT INTO {table} ({', '.join(names)}) {values} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
