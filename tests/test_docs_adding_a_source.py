"""docs/adding-a-source.md does what it says: its adapter, pages and table are put into a copy and run from there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _line import Site, site
from _origin import reply

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding-a-source.md").read_text("utf-8")
BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> dict[str, str]:
    """File that a block stands for, named in the last paragraph before it → its text."""
    found = {}
    for match in BLOCK.finditer(PAGE):
        paragraph = PAGE[: match.end("before")].rpartition("\n\n")[2]
        if name := re.match(r"`([\w./]+\.\w+|tests/pages/[\w./]+)`", paragraph):
            found[name[1]] = match["text"]
    return found


BLOCKS = blocks()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with what the page adds to it."""
    folder = tmp_path_factory.mktemp("checkout")
    for room in ("finder", "db", "pyproject.toml", "docs"):
        (folder / room).symlink_to(ROOT / room)
    for room in ("scrapers", "tests"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "config.toml", folder / "config.toml")
    for name, text in BLOCKS.items():
        if name != "config.toml":
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def world() -> Iterator[Site]:
    """The service of the page, with two pages of a board."""
    row = {
        "employer": "Gullwing Ferries",
        "places": ["Bergen, Norway"],
        "link": "https://gullwing.harbour.example/h-16",
    }
    first = {"openings": [row | {"id": "h-16", "role": "Deckhand"}], "next": "/boards/gullwing/second"}
    with site() as made:
        made["/boards/gullwing/openings"] = json.dumps(first)
        made["/boards/gullwing/second"] = BLOCKS["tests/pages/harbour/last_page/body"]
        yield made


def finder(copy: Path, folder: Path, world: Site, *argv: str) -> subprocess.CompletedProcess[str]:
    head = "[sources]\ndefaults = false\n[verify]\nbudget = 0\n[fetch]\npace = 0\nretries = 0\nallow_private = true\n"
    table = BLOCKS["config.toml"] + f'base = "{world.origin.url}"\n'
    (folder / "config.toml").write_text(head + table, "utf-8")
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"PYTHONPATH": str(copy), "FINDER_DB": str(folder / "finder.db"), "FINDER_NOW": "2026-08-22T10:00:00Z"}
    command = [sys.executable, "-P", "-m", "finder", *argv]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_page_shows_one_file_one_folder_and_one_table() -> None:
    kinds = {re.sub(r"^tests/pages/(\w+)/.*", r"tests/pages/\1", name) for name in BLOCKS}
    assert kinds == {"scrapers/harbour.py", "tests/pages/harbour", "config.toml"}
    assert set(tomllib.loads(BLOCKS["config.toml"])) == {"source"}


def test_its_pages_pass_the_tests_that_adapters_share(copy: Path) -> None:
    tests = ["tests/test_adapters.py", "tests/test_adapters_junk.py"]
    command = [sys.executable, "-m", "pytest", "-v", "-k", "harbour", *tests]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert int(re.findall(r"(\d+) passed", ran.stdout)[-1]) > 50


def test_its_source_can_be_tried(copy: Path, tmp_path: Path, world: Site) -> None:
    ran = finder(copy, tmp_path, world, "sources", "test", "harbour-gullwing")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[:2] == ["harbour-gullwing (harbour)", "2 items, 1 record skipped, 2 pages"]
    assert world.paths == ["/boards/gullwing/openings", "/boards/gullwing/second"]


def test_its_source_is_refreshed_and_found(copy: Path, tmp_path: Path, world: Site) -> None:
    assert finder(copy, tmp_path, world, "refresh", "--source", "harbour-gullwing").returncode == 0
    ran = finder(copy, tmp_path, world, "search", "ferries", "--json")
    (opening,) = json.loads(ran.stdout)
    assert (opening["title"], opening["organization"]) == ("Machine Learning Intern", "Gullwing Ferries")


def test_an_unknown_board_is_an_error_of_that_source(copy: Path, tmp_path: Path, world: Site) -> None:
    world["/boards/gullwing/openings"] = BLOCKS["tests/pages/harbour/unknown_board/body"]
    ran = finder(copy, tmp_path, world, "sources", "test", "harbour-gullwing")
    assert (ran.returncode, "not a Harbour board" in ran.stderr) == (3, True)
    world["/boards/gullwing/openings"] = reply(404)
    assert finder(copy, tmp_path, world, "sources", "test", "harbour-gullwing").returncode == 3


def shell_lines() -> list[Any]:
    return [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("line", shell_lines())
def test_every_command_of_the_page_can_be_read(line: str) -> None:
    from finder.cli.args import parser
    from finder.cli.usage import parse

    name, *argv = line.split()
    assert name == "finder"
    assert parse(parser(), argv).command == argv[0]


def test_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists()
    for path in re.findall(r"`((?:scrapers|finder|tests)/[\w./]+\.py)`", PAGE):
        assert path in BLOCKS or (ROOT / path).exists()
