"""How a store of any earlier version becomes one of this version: numbered steps, each in one transaction.

A step is frozen once released: literal SQL that imports nothing, so that no later change of the code rewrites history.
Its version row is written in its own transaction: a step is there whole or not at all. To change the tables, change
`schema` and add a step; a test compares what the two build. Another database would have literal statements of its
own beside these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import dialect

if TYPE_CHECKING:  # the reading path takes CURRENT from here and must not load SQLAlchemy
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """What makes version `version` out of the one before."""

    version: int
    name: str
    statements: tuple[str, ...]


FIRST = (
    """
CREATE TABLE hold (
    host TEXT NOT NULL, not_before TEXT NOT NULL, PRIMARY KEY (host)
)""",
    """
CREATE TABLE migration (
    version INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (version)
)""",
    """
CREATE TABLE opening (
    id TEXT NOT NULL, identity TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    organization TEXT NOT NULL, url TEXT NOT NULL, places TEXT NOT NULL, remote BOOLEAN,
    terms TEXT NOT NULL, posted_at TEXT, updated_at TEXT, deadline TEXT, pay TEXT NOT NULL,
    extra TEXT NOT NULL, content TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    state TEXT NOT NULL, evidence TEXT NOT NULL, state_at TEXT NOT NULL, hidden BOOLEAN NOT NULL,
    PRIMARY KEY (id), UNIQUE (identity)
)""",
    "CREATE INDEX opening_first_seen ON opening (first_seen)",
    """
CREATE TABLE profile (
    no INTEGER NOT NULL, name TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (no), UNIQUE (name)
)""",
    """
CREATE TABLE run (
    no INTEGER NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, PRIMARY KEY (no)
)""",
    """
CREATE TABLE source (
    no INTEGER NOT NULL, name TEXT NOT NULL, adapter TEXT NOT NULL, origin TEXT NOT NULL,
    authority INTEGER NOT NULL, first_seen TEXT NOT NULL, next_due TEXT, failures INTEGER NOT NULL,
    PRIMARY KEY (no), UNIQUE (name)
)""",
    """
CREATE TABLE document (
    no INTEGER NOT NULL, opening TEXT NOT NULL, title TEXT NOT NULL, organization TEXT NOT NULL,
    words TEXT NOT NULL, description TEXT NOT NULL, PRIMARY KEY (no), UNIQUE (opening),
    FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    """
CREATE TABLE facets (
    opening TEXT NOT NULL, rules TEXT NOT NULL, content TEXT NOT NULL, kind TEXT NOT NULL,
    role TEXT NOT NULL, relevance FLOAT NOT NULL, level TEXT NOT NULL, described BOOLEAN NOT NULL,
    needs TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (opening),
    FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    """
CREATE TABLE outbox (
    no INTEGER NOT NULL, profile INTEGER NOT NULL, period TEXT NOT NULL, message_id TEXT NOT NULL,
    subject TEXT NOT NULL, body BLOB NOT NULL, created_at TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, last_error TEXT NOT NULL, sent_at TEXT, PRIMARY KEY (no),
    UNIQUE (profile, period), FOREIGN KEY(profile) REFERENCES profile (no)
)""",
    """
CREATE TABLE page (
    source INTEGER NOT NULL, "key" TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    next TEXT NOT NULL, complete BOOLEAN NOT NULL, PRIMARY KEY (source, "key"),
    FOREIGN KEY(source) REFERENCES source (no)
)""",
    """
CREATE TABLE profile_step (
    profile INTEGER NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    evidence TEXT NOT NULL, PRIMARY KEY (profile, step), FOREIGN KEY(profile) REFERENCES profile (no)
)""",
    """
CREATE TABLE sighting (
    no INTEGER NOT NULL, source INTEGER NOT NULL, "key" TEXT NOT NULL, opening TEXT NOT NULL,
    page TEXT NOT NULL, url TEXT NOT NULL, state TEXT NOT NULL, evidence TEXT NOT NULL,
    state_at TEXT NOT NULL, missing_since TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    hidden BOOLEAN NOT NULL, content TEXT NOT NULL, PRIMARY KEY (no), UNIQUE (source, "key"),
    FOREIGN KEY(source) REFERENCES source (no),
    FOREIGN KEY(opening) REFERENCES opening (id) DEFERRABLE INITIALLY DEFERRED
)""",
    "CREATE INDEX sighting_opening ON sighting (opening)",
    """
CREATE TABLE source_run (
    no INTEGER NOT NULL, source INTEGER NOT NULL, run INTEGER NOT NULL, started_at TEXT NOT NULL,
    finished_at TEXT NOT NULL, outcome TEXT NOT NULL, found INTEGER NOT NULL, skipped INTEGER NOT NULL,
    added INTEGER NOT NULL, changed INTEGER NOT NULL, closed INTEGER NOT NULL, reopened INTEGER NOT NULL,
    unchanged BOOLEAN NOT NULL, problem TEXT NOT NULL, retry_at TEXT, PRIMARY KEY (no),
    FOREIGN KEY(source) REFERENCES source (no), FOREIGN KEY(run) REFERENCES run (no)
)""",
    "CREATE INDEX source_run_run ON source_run (run)",
    "CREATE INDEX source_run_source ON source_run (source)",
    """
CREATE TABLE fact (
    no INTEGER NOT NULL, sighting INTEGER NOT NULL, part TEXT NOT NULL, digest TEXT NOT NULL,
    seen_at TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (no),
    FOREIGN KEY(sighting) REFERENCES sighting (no)
)""",
    "CREATE INDEX fact_sighting ON fact (sighting)",
    """
CREATE TABLE listing (
    sighting INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (sighting),
    FOREIGN KEY(sighting) REFERENCES sighting (no)
)""",
    """
CREATE TABLE outbox_item (
    outbox INTEGER NOT NULL, opening TEXT NOT NULL, PRIMARY KEY (outbox, opening),
    FOREIGN KEY(outbox) REFERENCES outbox (no), FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    "CREATE INDEX outbox_item_opening ON outbox_item (opening)",
    """
CREATE VIRTUAL TABLE search USING fts5(
    title, organization, words, description, content='document', content_rowid='no',
    tokenize="unicode61 remove_diacritics 2 tokenchars '+#'"
)""",
)

SECOND = (
    """
CREATE TABLE alias (
    identity TEXT NOT NULL, opening TEXT NOT NULL, PRIMARY KEY (identity),
    FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    "CREATE INDEX alias_opening ON alias (opening)",
    """
CREATE TABLE held (
    source INTEGER NOT NULL, since TEXT NOT NULL, marks TEXT NOT NULL, PRIMARY KEY (source),
    FOREIGN KEY(source) REFERENCES source (no)
)""",
    "ALTER TABLE source_run ADD COLUMN fills TEXT",
)

THIRD = (
    """
CREATE TABLE board (
    "key" TEXT NOT NULL, name TEXT NOT NULL, system TEXT NOT NULL, token TEXT NOT NULL, adapter TEXT NOT NULL,
    options TEXT NOT NULL, company TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL,
    silent BOOLEAN NOT NULL, links INTEGER NOT NULL, ml_links INTEGER NOT NULL, found_at TEXT NOT NULL,
    checked_at TEXT, next_check TEXT, misses INTEGER NOT NULL, problem TEXT NOT NULL,
    PRIMARY KEY ("key"), UNIQUE (name)
)""",
)

FOURTH = (
    """
CREATE TABLE checked (
    url TEXT NOT NULL, checked_at TEXT NOT NULL, verdict TEXT NOT NULL, evidence TEXT NOT NULL, missing_since TEXT,
    PRIMARY KEY (url)
)""",
    """
CREATE TABLE lifespan (
    system TEXT NOT NULL, season TEXT NOT NULL, n INTEGER NOT NULL, closed INTEGER NOT NULL, curve TEXT NOT NULL,
    PRIMARY KEY (system, season)
)""",
    """
CREATE TABLE turn (
    no INTEGER NOT NULL, opening TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL, evidence TEXT NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (no), FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    "CREATE INDEX turn_opening ON turn (opening)",
)

FIFTH = (
    "ALTER TABLE sighting ADD COLUMN also TEXT",
    "ALTER TABLE source ADD COLUMN asked_at TEXT",
)

SIXTH = ("ALTER TABLE facets ADD COLUMN stated TEXT",)

SEVENTH = (
    """
CREATE TABLE kin (
    opening TEXT NOT NULL, rules TEXT NOT NULL, content TEXT NOT NULL, role TEXT NOT NULL, posting TEXT NOT NULL,
    family TEXT NOT NULL, PRIMARY KEY (opening), FOREIGN KEY(opening) REFERENCES opening (id)
)""",
    "CREATE INDEX kin_role ON kin (role)",
    "CREATE INDEX kin_family ON kin (family)",
    """
CREATE TABLE alike (
    one TEXT NOT NULL, other TEXT NOT NULL, score FLOAT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (one, other),
    FOREIGN KEY(one) REFERENCES opening (id), FOREIGN KEY(other) REFERENCES opening (id)
)""",
    "CREATE INDEX alike_other ON alike (other)",
    """
CREATE TABLE decision (
    no INTEGER NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, joined BOOLEAN NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (no), UNIQUE (one, other)
)""",
    """
CREATE TABLE parted (
    source INTEGER NOT NULL, "key" TEXT NOT NULL, identity TEXT NOT NULL, PRIMARY KEY (source, "key"),
    FOREIGN KEY(source) REFERENCES source (no)
)""",
)

STEPS = (
    Step(1, "openings, sources, profiles and the outbox", FIRST),
    Step(2, "holds, new keys of old postings, and what looks told", SECOND),
    Step(3, "boards that links told of", THIRD),
    Step(4, "looks at single pages, and the life of openings", FOURTH),
    Step(5, "items on several pages, and when a visit began", FIFTH),
    Step(6, "what a listing says of each condition", SIXTH),
    Step(7, "which openings are one posting, and which are of one role", SEVENTH),
)
CURRENT = STEPS[-1].version


def version(connection: Connection) -> int:
    """The version of the store; 0 for an empty one."""
    if not connection.exec_driver_sql(dialect.HAS_MIGRATIONS).first():
        return 0
    row = connection.exec_driver_sql("SELECT max(version) FROM migration").one()
    return int(row[0] or 0)


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Apply, in order, the steps that the store has not seen. The connection's transactions must hold DDL too."""
    for step in steps:
        with connection.begin():
            if version(connection) >= step.version:
                continue
            for statement in step.statements:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO migration (version, name) VALUES (?, ?)", (step.version, step.name))
