"""`make run` goes on as the exit code of the refresh says, installs nothing twice, and takes tested versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


class Make:
    """The Makefile over a virtual environment of stand-ins that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.venv, self.log = folder, folder / ".venv", folder / "calls"
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder / name)
        self.codes: dict[str, int] = {}

    def __call__(self, target: str) -> subprocess.CompletedProcess[str]:
        (self.venv / "bin").mkdir(parents=True, exist_ok=True)
        self._script("finder", "".join(f'[ "$1" = {verb} ] && exit {code}\n' for verb, code in self.codes.items()))
        for tool in ("python", "ruff", "mypy", "lint-imports"):
            self._script(tool, f"exit {self.codes.get(tool, 0)}\n")
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        command = ["make", "--no-print-directory", target, f"PYTHON={self.venv}/bin/python"]
        return subprocess.run(command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False)

    def installed(self) -> Make:
        self.venv.mkdir()
        for stamp in (".installed", ".installed-dev"):
            (self.venv / stamp).touch()
        return self

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def _script(self, name: str, end: str) -> None:
        path = self.venv / "bin" / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n{end}exit 0\n')
        path.chmod(0o755)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)


@pytest.mark.parametrize("code", [0, 3])
def test_a_refresh_that_saved_something_goes_on_to_the_search(make: Make, code: int) -> None:
    make.installed().codes["refresh"] = code
    done = make("run")
    assert done.returncode == 0
    assert make.calls == ["finder refresh", "finder search"]
    assert done.stdout == done.stderr == ""


def test_without_any_source_the_sample_is_shown(make: Make) -> None:
    make.installed().codes["refresh"] = 4
    done = make("run")
    assert done.returncode == 0
    assert make.calls == ["finder refresh", "finder demo"]
    assert done.stdout == "No source could be reached, so here is the sample:\n"


@pytest.mark.parametrize("code", [1, 2, 5, 75, 130])
def test_any_other_end_of_the_refresh_is_the_end(make: Make, code: int) -> None:
    make.installed().codes["refresh"] = code
    done = make("run")
    assert make.calls == ["finder refresh"]
    assert done.returncode != 0
    assert re.search(rf"run\] Error {code}$", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("verb", ["search", "demo"])
def test_what_comes_after_the_refresh_may_fail_too(make: Make, verb: str) -> None:
    make.installed().codes |= {"refresh": 0 if verb == "search" else 4, verb: 5}
    assert make("run").returncode != 0


def test_run_installs_finder_and_not_the_tools(make: Make) -> None:
    done = make("run")
    assert done.returncode == 0, done.stderr
    venv, pip, *others = make.calls
    assert venv == "python -m venv .venv"
    assert re.fullmatch(r"python -m pip install -qq .*--constraint constraints\.txt --editable \.", pip)
    assert others == ["finder refresh", "finder search"]


def test_nothing_is_installed_twice(make: Make) -> None:
    make("install")
    before = make.calls
    make("install")
    assert make.calls == before


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_change_of_what_is_needed_installs_again(make: Make, name: str) -> None:
    make("install")
    before = make.calls
    stamp = (make.venv / ".installed").stat().st_mtime
    os.utime(make.folder / name, (stamp + 10, stamp + 10))
    make("install")
    assert make.calls == before * 2


def test_a_failed_installation_is_tried_again(make: Make) -> None:
    make.codes["python"] = 1
    assert make("install").returncode != 0
    make.codes.clear()
    assert make("install").returncode == 0
    assert (make.venv / ".installed").exists()


def test_check_runs_every_kind_of_check(make: Make) -> None:
    assert make.installed()("check").returncode == 0
    assert make.calls == ["ruff check", "ruff format --check", "mypy --strict", "lint-imports ", "python -m pytest"]


@pytest.mark.parametrize("tool", ["ruff", "mypy", "lint-imports", "python"])
def test_check_fails_with_any_of_them(make: Make, tool: str) -> None:
    make.installed().codes[tool] = 1
    assert make("check").returncode != 0


def test_the_ci_script_checks() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("exec make check")


# ------------------------------------------------------------------------------------------------ constraints
def normal(name: str) -> str:
    """A distribution's name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_are_names_and_versions_only() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line) for line in lines)
    names = [normal(line.split("==")[0]) for line in lines]
    assert names == sorted(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("need", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
def test_every_dependency_is_constrained_within_its_range(need: str) -> None:
    specifiers = pytest.importorskip("packaging.specifiers")
    name, specifier = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", need).groups()  # type: ignore[union-attr]
    pinned = {normal(line.split("==")[0]): line.split("==")[1] for line in CONSTRAINTS.splitlines() if "==" in line[1:]}
    assert specifiers.SpecifierSet(specifier).contains(pinned[normal(name)])


def test_no_address_of_a_package_index_is_written_down() -> None:
    for text in (CONSTRAINTS, (ROOT / "Makefile").read_text(), (ROOT / ".ci" / "run").read_text()):
        assert "://" not in text
        assert "index-url" not in text
