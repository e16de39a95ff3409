"""The sample from one end to the other: served, collected by the real adapters into a store of its own, ranked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db.store import Store
from finder.app import Plan, Report, Watcher, refresh
from finder.config import Config, DiscoverySettings, FetchSettings, ProfileSettings, SourceSettings, VerifySettings
from finder.demo.server import pages, serving, sources
from finder.model import Progress

PERSON = ProfileSettings(name="sam", locations=("Germany",), remote=True)
"""Somebody who has begun: lives in Germany, would work remotely, and has done the steps of DONE."""

DONE = (
    "code.shell-git",
    "code.python",
    "code.sql",
    "code.linear-algebra",
    "code.numpy-pandas",
    "course.descriptive-statistics",
)
"""The next step, the foundations of machine learning, brings many openings within reach."""

STORE, SETTINGS = "finder-sample.db", "config.toml"
"""What is left in a folder that is kept: the store, and who it is ranked for."""


@contextmanager
def sample(now: datetime, watcher: Watcher, keep: Path | None = None) -> Iterator[tuple[Config, Report]]:
    """A collected sample store, new each time, in `keep` or in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="finder-sample-") as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{STORE}*"):
            old.unlink()
        (folder / SETTINGS).write_text(_settings(folder / STORE), encoding="utf-8")
        made = pages(now)
        with serving(made) as host:
            config = _config(folder / STORE, sources(made, host))
            _introduce(config, now)
            report = refresh(config, {}, lambda: now, Plan(everything=True), watcher)
        yield config, report


def _config(store: Path, tables: list[dict[str, object]]) -> Config:
    told = [dict(table) for table in tables]
    return Config(
        db=store,
        profile=PERSON,
        fetch=FetchSettings(pace=0, allow_private=True, retries=0),
        discovery=DiscoverySettings(enabled=False),
        verify=VerifySettings(budget=0),
        sources=tuple(
            SourceSettings(
                name=str(table.pop("name")), adapter=str(table.pop("adapter")), options=table, origin="the sample"
            )
            for table in told
        ),
    )


def _settings(store: Path) -> str:
    """The configuration file with which the kept store is looked at as PERSON."""
    person = asdict(PERSON)
    told = {
        "store": {"path": str(store.absolute())},
        "profile": {key: person[key] for key in ("name", "locations", "remote")},
    }
    # JSON's texts, lists and booleans are TOML's too
    return "\n".join(
        "\n".join([f"[{table}]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items()), ""])
        for table, keys in told.items()
    )


def _introduce(config: Config, now: datetime) -> None:
    with Store.open(config.db) as store:
        store.ensure_profile(PERSON.name, now)
        for step in DONE:
            store.set_step(PERSON.name, step, Progress("done", now))
