"""Weeks of a person with a digest: a store that collects something now and then, and what its outbox holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _store import facets, item, look

from db import dialect
from db.read import Reader
from db.status import Parcel
from db.store import Store

MONDAY = datetime(2026, 8, 24, 9, tzinfo=UTC)
"""In week 35, an hour after the digest is due."""
WEEK = timedelta(days=7)


def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power: nothing need wait for the disk."""
    monkeypatch.setattr(dialect, "ON_CONNECT", tuple(one.replace("FULL", "OFF") for one in dialect.ON_CONNECT))


def collect(db: Path, *names: str, at: datetime, source: str = "list", problem: str = "") -> None:
    """One refresh that shows these and nothing else, and concludes that all are machine learning."""
    with Store.open(db) as store:
        run = store.begin_run(at)
        told = look(*(item(name, title=f"{name} Intern", organization=f"{name} Labs") for name in names),
                    source=source, run=run, started=at)  # fmt: skip
        if problem:
            store.fail(replace(told, outcome="failed", problem=problem, items=()), at)
        else:
            store.record(told, at)
        store.save_facets((number, facets()) for number, _ in store.unclassified("1"))
        store.end_run(run, at)


def outbox(db: Path, name: str = "me") -> list[Parcel]:
    with Reader.open(db) as reader:
        return reader.outbox(name)
