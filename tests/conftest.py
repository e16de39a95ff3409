"""What every test gets: a home of its own, and a way to the recorded internet that skips where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

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


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the recorded internet."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the recorded internet is not here")
    return folder
