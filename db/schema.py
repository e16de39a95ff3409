"""The tables as they are now, for SQLAlchemy Core. `migrations` brings a store to exactly this (a test compares them).

    run ──< source_run >── source ──< page, held      profile ──< profile_step
                             │       board               └──< outbox ──< outbox_item >── opening
                             └──< sighting >── opening ── document ── (full text)
                                    ├── listing  ├── facets
                                    └──< fact    └──< alias

- `fact` holds what a source said, by part, a version for each content; `listing` holds the newest made comparable;
  `opening` is computed from the listings of all its sightings. All of that is facts. `facets` is what we concluded.
- What is long (`document`, `listing`) stands apart from what every refresh touches (`last_seen`): SQLite rewrites rows
  whole.
- `document` is what the full-text index covers, column by column; its integer key is the index's row id. Openings
  themselves are known by their short text id everywhere.
- Types are those that every database has: Text, Integer, Float, Boolean, LargeBinary; times and JSON are text.
- `sighting.opening` is checked at the end of a transaction: sightings are written first, openings computed from them.
- No CHECK on states and kinds: SQLite cannot alter one, and the types of finder.model stand before every write.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _text(name: str, *constraints: Any, null: bool = False) -> Column[Any]:
    return Column(name, Text, *constraints, nullable=null)


def _number(name: str, *constraints: Any) -> Column[Any]:
    return Column(name, Integer, *constraints, nullable=False)


def _flag(name: str, null: bool = False) -> Column[Any]:
    return Column(name, Boolean, nullable=null)


def _key() -> Column[Any]:
    return Column("no", Integer, primary_key=True)


migration = Table("migration", metadata, _number("version"), _text("name"), PrimaryKeyConstraint("version"))

run = Table("run", metadata, _key(), _text("started_at"), _text("finished_at", null=True))

source = Table(
    "source",
    metadata,
    _key(),
    _text("name"),
    _text("adapter"),
    _text("origin"),
    _number("authority"),
    _text("first_seen"),
    _text("next_due", null=True),
    _number("failures"),
    UniqueConstraint("name"),
)

source_run = Table(
    "source_run",
    metadata,
    _key(),
    _number("source", ForeignKey("source.no")),
    _number("run", ForeignKey("run.no")),
    _text("started_at"),
    _text("finished_at"),
    _text("outcome"),
    _number("found"),
    _number("skipped"),
    _number("added"),
    _number("changed"),
    _number("closed"),
    _number("reopened"),
    _flag("unchanged"),
    _text("problem"),
    _text("retry_at", null=True),
    _text("fills", null=True),
    Index("source_run_source", "source"),
    Index("source_run_run", "run"),
)
"""`fills`: of the rows that new pages showed, which share told each field; NULL where there were none."""

page = Table(
    "page",
    metadata,
    _number("source", ForeignKey("source.no")),
    _text("key"),
    _text("etag"),
    _text("last_modified"),
    _text("next"),
    _flag("complete"),
    PrimaryKeyConstraint("source", "key"),
)

held = Table(
    "held",
    metadata,
    _number("source", ForeignKey("source.no")),
    _text("since"),
    _text("marks"),
    PrimaryKeyConstraint("source"),
)
"""Looks that are not believed yet: a row while a source is held. `marks` is the fingerprint of the last of them."""

hold = Table("hold", metadata, _text("host"), _text("not_before"), PrimaryKeyConstraint("host"))

opening = Table(
    "opening",
    metadata,
    _text("id"),
    _text("identity"),
    _text("kind"),
    _text("title"),
    _text("organization"),
    _text("url"),
    _text("places"),
    _flag("remote", null=True),
    _text("terms"),
    _text("posted_at", null=True),
    _text("updated_at", null=True),
    _text("deadline", null=True),
    _text("pay"),
    _text("extra"),
    _text("content"),
    _text("first_seen"),
    _text("last_seen"),
    _text("state"),
    _text("evidence"),
    _text("state_at"),
    _flag("hidden"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("identity"),
    Index("opening_first_seen", "first_seen"),
)
"""`content` is the digest of what classify sees: it changes when, and only when, facets must be computed anew."""

alias = Table(
    "alias",
    metadata,
    _text("identity"),
    _text("opening", ForeignKey("opening.id")),
    PrimaryKeyConstraint("identity"),
    Index("alias_opening", "opening"),
)
"""Further identities of an opening: its source gave it a new key and address."""

document = Table(
    "document",
    metadata,
    _key(),
    _text("opening", ForeignKey("opening.id")),
    _text("title"),
    _text("organization"),
    _text("words"),
    _text("description"),
    UniqueConstraint("opening"),
)

sighting = Table(
    "sighting",
    metadata,
    _key(),
    _number("source", ForeignKey("source.no")),
    _text("key"),
    _text("opening", ForeignKey("opening.id", deferrable=True, initially="DEFERRED")),
    _text("page"),
    _text("url"),
    _text("state"),
    _text("evidence"),
    _text("state_at"),
    _text("missing_since", null=True),
    _text("first_seen"),
    _text("last_seen"),
    _flag("hidden"),
    _text("content"),
    UniqueConstraint("source", "key"),
    Index("sighting_opening", "opening"),
)
"""`content` is the digest of its facts and its listing: where it is the same, nothing else needs to be compared."""

listing = Table(
    "listing",
    metadata,
    _number("sighting", ForeignKey("sighting.no")),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sighting"),
)

fact = Table(
    "fact",
    metadata,
    _key(),
    _number("sighting", ForeignKey("sighting.no")),
    _text("part"),
    _text("digest"),
    _text("seen_at"),
    Column("body", LargeBinary, nullable=False),
    Index("fact_sighting", "sighting"),
)

facets = Table(
    "facets",
    metadata,
    _text("opening", ForeignKey("opening.id")),
    _text("rules"),
    _text("content"),
    _text("kind"),
    _text("role"),
    Column("relevance", Float, nullable=False),
    _text("level"),
    _flag("described"),
    _text("needs"),
    _text("evidence"),
    PrimaryKeyConstraint("opening"),
)
"""`content` is the opening's at the time of the conclusion."""

board = Table(
    "board",
    metadata,
    _text("key"),
    _text("name"),
    _text("system"),
    _text("token"),
    _text("adapter"),
    _text("options"),
    _text("company"),
    _text("origin"),
    _text("state"),
    _flag("silent"),
    _number("links"),
    _number("ml_links"),
    _text("found_at"),
    _text("checked_at", null=True),
    _text("next_check", null=True),
    _number("misses"),
    _text("problem"),
    PrimaryKeyConstraint("key"),
    UniqueConstraint("name"),
)
"""Employers' boards that links told of, whether they became sources or not: those have the same `name`."""

profile = Table("profile", metadata, _key(), _text("name"), _text("created_at"), UniqueConstraint("name"))

profile_step = Table(
    "profile_step",
    metadata,
    _number("profile", ForeignKey("profile.no")),
    _text("step"),
    _text("state"),
    _text("at"),
    _text("evidence"),
    PrimaryKeyConstraint("profile", "step"),
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    _number("profile", ForeignKey("profile.no")),
    _text("period"),
    _text("message_id"),
    _text("subject"),
    Column("body", LargeBinary, nullable=False),
    _text("created_at"),
    _text("state"),
    _number("attempts"),
    _text("last_error"),
    _text("sent_at", null=True),
    UniqueConstraint("profile", "period"),
)

outbox_item = Table(
    "outbox_item",
    metadata,
    _number("outbox", ForeignKey("outbox.no")),
    _text("opening", ForeignKey("opening.id")),
    PrimaryKeyConstraint("outbox", "opening"),
    Index("outbox_item_opening", "opening"),
)
