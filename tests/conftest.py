"""What every test gets: a home of its own, and a way to the recorded internet that skips where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from _store import NOW, OSLO, at, everything, facets, item, new_store, record, the_run
from hypothesis import settings

from db.read import Reader
from db.status import Parcel
from db.store import Store
from finder.cli.refresh import Silent
from finder.demo.run import sample
from finder.model import Progress

MUTATIONS = 200
"""Mutated pages for one adapter in a normal run."""

settings.register_profile("finder", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--mutations",
        type=int,
        metavar="N",
        help=f"mutated pages for one adapter: {MUTATIONS} fixed ones by default, N new ones with this",
    )
    parser.addoption(
        "--accept",
        action="store_true",
        help="write expected.json of the saved pages anew, to be read before a commit",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("finder" if config.getoption("--mutations") is None else "search")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the files of the person who runs it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (("DATA", "data"), ("CONFIG", "config"), ("CACHE", "cache"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("FINDER_DB", str(tmp_path / "finder.db"))
    monkeypatch.delenv("FINDER_NOW", raising=False)
    return home


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, open for writing."""
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something in every table."""
    record(store, item("1", description="Long text.", skills=("jax",)), item("2", title="Data Intern"), found=2)
    record(store, item("3", kind="project", organization="Grey Seal", places=(OSLO,)), source="board", hours=24)
    record(store, item("1"), item("2", title="Data Intern"), item("4", closed="filled"), hours=48)
    store.save_facets((number, facets()) for number, _ in store.unclassified("1"))
    store.set_step("me", "python", Progress("done", NOW))
    parcel = Parcel(profile="me", period="2026-W34", message_id="<a>", subject="s", body=b"b", created_at=NOW)
    store.put(parcel, [next(iter(everything(store).values())).id])
    store.end_run(the_run(store), at(1))
    return store


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the recorded internet."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the recorded internet is not here")
    return folder


SAMPLE_DAY = datetime(2026, 8, 23, 9, tzinfo=UTC)
"""When the sample store was collected."""


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample world, collected once by the real adapters. Not to be written to: see `collected`."""
    folder = tmp_path_factory.mktemp("sample")
    with sample(SAMPLE_DAY, Silent(), folder) as (config, report):
        assert report.exit_code == 0
    return config.db


@pytest.fixture
def collected(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of somebody with a store of their own: a copy of the sample, and its day as the clock."""
    store = tmp_path / "own.db"
    shutil.copyfile(sample_store, store)
    for name, value in (("FINDER_DB", str(store)), ("FINDER_PROFILE", "sam"), ("FINDER_NOW", SAMPLE_DAY.isoformat())):
        monkeypatch.setenv(name, value)
    return dict(os.environ)


@pytest.fixture(scope="session")
def an_id(sample_store: Path) -> str:
    """The id of an open internship of the sample whose description is known."""
    with Reader.open(sample_store) as reader:
        openings = reader.openings(kinds=("internship",), describe=True)
        return next(opening.id for opening in openings if opening.description)
