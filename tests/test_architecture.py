"""Every module has a place in the layers, commands that read start light, and the rooms are ours."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import db
import finder
import scrapers
from finder import home
from finder.errors import ConfigError

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CODE = [*ROOT.glob("finder/**/*.py"), *ROOT.glob("scrapers/*.py"), *ROOT.glob("db/*.py")]

HEAVY = {"httpx", "apscheduler", "jinja2", "sqlalchemy", "asyncio", "rich", "ahocorasick_rs", "css_inline"}
"""What no command that only reads may import, and none before it knows that it needs it."""


def test_every_module_is_in_a_layer():
    contracts = SETTINGS["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    placed = {module.strip() for layer in layers for module in layer.split("|")}
    there = {module.name for module in pkgutil.iter_modules(finder.__path__, "finder.")} | {"db", "scrapers"}
    assert there == placed


def test_no_test_package_shadows_a_room():
    assert not list(ROOT.glob("tests/**/__init__.py"))
    assert not (ROOT / "tests" / "db").exists()
    assert not (ROOT / "tests" / "scrapers").exists()


def test_the_rooms_are_ours():
    home.check()
    assert {Path(room.__path__[0]).parent for room in (finder, db, scrapers)} == {ROOT}


def test_a_strangers_room_is_named(monkeypatch):
    monkeypatch.setattr(db, "HOME", "somebody-else")
    with pytest.raises(ConfigError, match="db: another package of this name"):
        home.check()


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["search"],
        ["search", "python", "--json"],
        ["steps"],
        ["steps", "show", "python"],
        ["sources"],
        ["status"],
        ["config", "path"],
    ],
    ids=" ".join,
)
def test_a_command_that_reads_starts_light(command, collected):
    assert modules_after(command, collected) & HEAVY == set()


def test_show_starts_light(collected, an_id):
    assert modules_after(["show", an_id], collected) & HEAVY == set()


@pytest.mark.parametrize("command", [["search"], ["search", "python", "--json"], ["steps"], ["--help"]], ids=" ".join)
def test_health_is_not_measured_on_the_way_to_a_search(command, collected):
    assert {"finder.health", "finder.watch", "scrapers.greenhouse"} & all_modules_after(command, collected) == set()


def test_distances_are_not_loaded_unless_asked_for(collected):
    assert "finder.distance" not in all_modules_after(["search", "--in", "Berlin"], collected)
    assert "finder.distance" in all_modules_after(["search", "--in", "within 50 km of Berlin"], collected)


def modules_after(command: list[str], env: dict[str, str]) -> set[str]:
    """Top-level modules that a command has imported when it ends."""
    return {name.partition(".")[0] for name in all_modules_after(command, env)}


def all_modules_after(command: list[str], env: dict[str, str]) -> set[str]:
    code = "import sys; from finder.cli.main import main; main(sys.argv[1:]); print('MODULES', *sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, cwd=ROOT, env=env
    )
    return set(ran.stdout.rpartition("MODULES")[2].split())


def test_files_are_short():
    long = {str(path.relative_to(ROOT)): n for path in CODE if (n := len(path.read_text("utf-8").splitlines())) > 300}
    allowed = {"finder/model.py"}
    """The vocabulary reads better in one place."""
    assert long.keys() <= allowed


def test_nothing_to_do_is_left_in_the_code():
    marked = [str(path) for path in CODE if re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text("utf-8"))]
    assert marked == []


def test_the_version_is_told_once():
    assert SETTINGS["project"]["version"] in (ROOT / "CHANGELOG.md").read_text("utf-8")
