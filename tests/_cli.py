"""Ways to run the command: inside this process, and by a shell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from finder.cli.main import main

ROOT = Path(__file__).parents[1]


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command."""
    capsys.readouterr()
    code = main(argv)
    told = capsys.readouterr()
    return code, told.out, told.err


def shell(line: str, env: dict[str, str], encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Run a shell line in which `finder` is this checkout's."""
    finder = f'finder() {{ "{sys.executable}" -m finder "$@"; }}; '
    return subprocess.run(
        ["bash", "-c", finder + line], capture_output=True, encoding=encoding, cwd=ROOT, env=env, check=False
    )
