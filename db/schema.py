"""The tables as they are now, for SQLAlchemy Core. `migrations` brings a store to exactly this (a test compares them).

    run ──< source_run >── source ──< page, held      profile ──< profile_step
                             │       board               └──< outbox ──< outbox_item >── opening
                             └──< sighting >── opening ── document ── (full text)
                                    ├── listing  ├── facets, kin
                                    └──< fact    └──< alias, turn, alike   checked, lifespan, decision, parted

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

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from db.columns import flag, key, number, text, texts

metadata = MetaData()

migration = Table("migration", metadata, number("version"), text("name"), PrimaryKeyConstraint("version"))

run = Table("run", metadata, key(), text("started_at"), text("finished_at", null=True))

source = Table(
    "source",
    metadata,
    key(),
    *texts("name", "adapter", "origin"),
    number("authority"),
    text("first_seen"),
    text("next_due", null=True),
    number("failures"),
    text("asked_at", null=True),
    UniqueConstraint("name"),
)
"""`asked_at`: when a visit began of which nothing is recorded yet; only where the adapter sets an interval."""

source_run = Table(
    "source_run",
    metadata,
    key(),
    number("source", ForeignKey("source.no")),
    number("run", ForeignKey("run.no")),
    *texts("started_at", "finished_at", "outcome"),
    number("found"),
    number("skipped"),
    number("added"),
    number("changed"),
    number("closed"),
    number("reopened"),
    flag("unchanged"),
    text("problem"),
    text("retry_at", null=True),
    text("fills", null=True),
    Index("source_run_source", "source"),
    Index("source_run_run", "run"),
)
"""`fills`: of the rows that new pages showed, which share told each field; NULL where there were none."""

page = Table(
    "page",
    metadata,
    number("source", ForeignKey("source.no")),
    *texts("key", "etag", "last_modified", "next"),
    flag("complete"),
    PrimaryKeyConstraint("source", "key"),
)

held = Table(
    "held",
    metadata,
    number("source", ForeignKey("source.no")),
    text("since"),
    text("marks"),
    PrimaryKeyConstraint("source"),
)
"""Looks that are not believed yet: a row while a source is held. `marks` is the fingerprint of the last of them."""

hold = Table("hold", metadata, text("host"), text("not_before"), PrimaryKeyConstraint("host"))

opening = Table(
    "opening",
    metadata,
    *texts("id", "identity", "kind", "title", "organization", "url", "places"),
    flag("remote", null=True),
    text("terms"),
    text("posted_at", null=True),
    text("updated_at", null=True),
    text("deadline", null=True),
    *texts("pay", "extra", "content", "first_seen", "last_seen", "state", "evidence", "state_at"),
    flag("hidden"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("identity"),
    Index("opening_first_seen", "first_seen"),
)
"""`content` is the digest of what classify sees: it changes when, and only when, facets must be computed anew."""

turn = Table(
    "turn",
    metadata,
    key(),
    text("opening", ForeignKey("opening.id")),
    *texts("at", "state", "evidence", "source"),
    Index("turn_opening", "opening"),
)
"""Every change of an opening's state, and by whose word: a source, or `finder.checks.OWN_PAGE`."""

checked = Table(
    "checked",
    metadata,
    *texts("url", "checked_at", "verdict", "evidence"),
    text("missing_since", null=True),
    PrimaryKeyConstraint("url"),
)
"""The last look at single pages: of openings, and of tasks of a project."""

lifespan = Table(
    "lifespan",
    metadata,
    text("system"),
    text("season"),
    number("n"),
    number("closed"),
    text("curve"),
    PrimaryKeyConstraint("system", "season"),
)
"""How long openings last, computed from `opening` at the end of a refresh: it needs all of them."""

alias = Table(
    "alias",
    metadata,
    text("identity"),
    text("opening", ForeignKey("opening.id")),
    PrimaryKeyConstraint("identity"),
    Index("alias_opening", "opening"),
)
"""Further identities of an opening: its source gave it a new key and address."""

document = Table(
    "document",
    metadata,
    key(),
    text("opening", ForeignKey("opening.id")),
    *texts("title", "organization", "words", "description"),
    UniqueConstraint("opening"),
)

sighting = Table(
    "sighting",
    metadata,
    key(),
    number("source", ForeignKey("source.no")),
    text("key"),
    text("opening", ForeignKey("opening.id", deferrable=True, initially="DEFERRED")),
    *texts("page", "url", "state", "evidence", "state_at"),
    text("missing_since", null=True),
    text("first_seen"),
    text("last_seen"),
    flag("hidden"),
    text("content"),
    text("also", null=True),
    UniqueConstraint("source", "key"),
    Index("sighting_opening", "opening"),
)
"""`content` is the digest of its facts and its listing: where it is the same, nothing else needs to be compared. `page`
and the list `also`, which few have, name the requests whose last answers showed it."""

listing = Table(
    "listing",
    metadata,
    number("sighting", ForeignKey("sighting.no")),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sighting"),
)

fact = Table(
    "fact",
    metadata,
    key(),
    number("sighting", ForeignKey("sighting.no")),
    *texts("part", "digest", "seen_at"),
    Column("body", LargeBinary, nullable=False),
    Index("fact_sighting", "sighting"),
)

facets = Table(
    "facets",
    metadata,
    text("opening", ForeignKey("opening.id")),
    *texts("rules", "content", "kind", "role"),
    Column("relevance", Float, nullable=False),
    text("level"),
    flag("described"),
    text("needs"),
    text("evidence"),
    text("stated", null=True),
    PrimaryKeyConstraint("opening"),
)
"""`stated`: NULL where it was concluded by rules that knew of none."""
"""`content` is the opening's at the time of the conclusion."""

_OF_KIN = texts("rules", "content", "role", "posting", "family")
_FOR_KIN = (PrimaryKeyConstraint("opening"), Index("kin_role", "role"), Index("kin_family", "family"))
kin = Table("kin", metadata, text("opening", ForeignKey("opening.id")), *_OF_KIN, *_FOR_KIN)
"""What each position is kin to, by `finder.kin`: `role` follows from its own words; `posting` is the head of the group
that is one posting with it, '' where there is none; `family` is the same for all that are shown together. `content` is
a mark of all that this was concluded from."""

_ENDS = (text("one", ForeignKey("opening.id")), text("other", ForeignKey("opening.id")))
_FOR_ALIKE = (PrimaryKeyConstraint("one", "other"), Index("alike_other", "other"))
alike = Table("alike", metadata, *_ENDS, Column("score", Float, nullable=False), text("why"), *_FOR_ALIKE)
"""Pairs that text says are one posting."""

_SAID = (key(), *texts("one", "other"), flag("joined"), text("at"))
decision = Table("decision", metadata, *_SAID, UniqueConstraint("one", "other"))
"""What a person said of openings, by ids, which outlive an opening. `other` is '' where `one` stands by itself."""

_TAKEN_OUT = (number("source", ForeignKey("source.no")), *texts("key", "identity"))
parted = Table("parted", metadata, *_TAKEN_OUT, PrimaryKeyConstraint("source", "key"))
"""Sightings that a person took out of an opening: the identity that stands over their own."""

board = Table(
    "board",
    metadata,
    *texts("key", "name", "system", "token", "adapter", "options", "company", "origin", "state"),
    flag("silent"),
    number("links"),
    number("ml_links"),
    text("found_at"),
    text("checked_at", null=True),
    text("next_check", null=True),
    number("misses"),
    text("problem"),
    PrimaryKeyConstraint("key"),
    UniqueConstraint("name"),
)
"""Employers' boards that links told of, whether they became sources or not: those have the same `name`."""

profile = Table("profile", metadata, key(), text("name"), text("created_at"), UniqueConstraint("name"))

profile_step = Table(
    "profile_step",
    metadata,
    number("profile", ForeignKey("profile.no")),
    *texts("step", "state", "at", "evidence"),
    PrimaryKeyConstraint("profile", "step"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    number("profile", ForeignKey("profile.no")),
    *texts("period", "message_id", "subject"),
    Column("body", LargeBinary, nullable=False),
    text("created_at"),
    text("state"),
    number("attempts"),
    text("last_error"),
    text("sent_at", null=True),
    UniqueConstraint("profile", "period"),
)

outbox_item = Table(
    "outbox_item",
    metadata,
    number("outbox", ForeignKey("outbox.no")),
    text("opening", ForeignKey("opening.id")),
    PrimaryKeyConstraint("outbox", "opening"),
    Index("outbox_item_opening", "opening"),
)
