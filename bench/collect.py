"""What finder makes of every recorded source: `python bench/collect.py --internet DIR [--json]`.

DIR holds `serve.py` and `sites/`. It is served on loopback, every source of `bench/recorded.py` is configured, and a
fresh store is filled by `finder refresh`, with no change to the program. The rows of each recorded file are counted
without our adapters; the table says how many there are, how many are stored, and why the others are not. Ends in 1
where the two differ for no known reason, or where a source does not end as it must.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counted import Count
from recorded import EVERY, Recorded

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-08-23T09:00:00Z"
"""When the lists were recorded, more or less."""


@dataclass(frozen=True, slots=True)
class Line:
    """One source: what is recorded, what is stored, and how its visit ended."""

    source: Recorded
    count: Count
    stored: int
    skipped: int
    outcome: str
    problem: str

    @property
    def well(self) -> bool:
        """Whether all that is recorded is stored, or left out for a known reason, and the visit ended as it must."""
        ended = self.source.problem in self.problem if self.source.problem else self.outcome in ("ok", "empty")
        return ended and self.stored == self.count.stored

    @property
    def why(self) -> str:
        """Why rows are left out, and what is wrong, in words."""
        told = [f"{number:,}: {reason}" for reason, number in self.count.left.items()]
        if not self.well:
            expected = f"{self.count.stored:,} expected, {self.outcome} {self.problem}".strip()
            told.append(f"**DIFFERS**: {expected}")
        return "; ".join(told)


# ------------------------------------------------------------------------------------------------ serving, refreshing
@contextmanager
def serving(internet: Path, folder: Path) -> Iterator[Mapping[str, str]]:
    """The environment in which every address is the recorded one."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    place = [sys.executable, str(internet / "serve.py"), "--port", str(port), "--ca", str(folder / "ca.pem")]
    with subprocess.Popen(place, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None or not process.stdout.readline().startswith("export "):
                raise SystemExit(f"{internet}/serve.py does not start; it needs the package trustme")
            told = subprocess.run([*place, "--env"], capture_output=True, text=True, check=True).stdout
            named = dict(word.split("=", 1) for word in shlex.split(told)[1:])
            home = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "FINDER_NOW": NOW}
            yield home | named | {"FINDER_DB": str(folder / "finder.db")}
        finally:
            process.terminate()


def configuration(sources: Sequence[Recorded]) -> str:
    """All these sources, and nothing else."""
    lines = [
        "[sources]",
        "defaults = false",
        "[discovery]",
        "enabled = false",
        "[verify]",
        "budget = 0",
        "[fetch]",
        "pace = 0.05",
    ]
    for source in sources:
        lines += ["[[source]]", f'name = "{source.name}"', f'adapter = "{source.adapter}"']
        lines += [f"{name} = {json.dumps(value)}" for name, value in source.options.items()]
    return "\n".join([*lines, ""])


def collected(internet: Path, sources: Sequence[Recorded]) -> list[Line]:
    """Refresh a fresh store from these sources and count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(configuration(sources), encoding="utf-8")
        with serving(internet, folder) as environ:
            command = [sys.executable, "-m", "finder", "refresh", "--json"]
            ran = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=600)
        if not ran.stdout:
            raise SystemExit(ran.stderr)
        results = {one["name"]: one for one in json.loads(ran.stdout)}
        stored = _stored(folder / "finder.db")
    return [_line(source, internet, results[source.name], stored.get(source.name, 0)) for source in sources]


def _stored(db: Path) -> Mapping[str, int]:
    """Items in the store, by source."""
    counted = "SELECT source.name, count(*) FROM sighting JOIN source ON source.no = sighting.source GROUP BY 1"
    with closing(sqlite3.connect(db)) as store:
        return dict(store.execute(counted).fetchall())


def _line(source: Recorded, internet: Path, result: Mapping[str, Any], stored: int) -> Line:
    text = (internet / "sites" / source.file).read_text(encoding="utf-8")
    outcome = result["outcome"]
    return Line(source, source.count(text), stored, result["skipped"], outcome, result["problem"])


# ------------------------------------------------------------------------------------------------ the command
def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    head = ["| source | adapter | recorded | stored | skipped | left out, and why |", "|---|---|---:|---:|---:|---|"]
    rows = [
        f"| {one.source.name} | `{one.source.adapter}` | {one.count.rows:,} | {one.stored:,} | {one.skipped:,} "
        f"| {one.why or '–'} |"
        for one in lines
    ]
    total = [sum(one.count.rows for one in lines), sum(one.stored for one in lines), sum(one.skipped for one in lines)]
    sums = " | ".join(f"{number:,}" for number in total)
    return "\n".join([*head, *rows, f"| {len(lines)} sources | | {sums} | |"])


def record(lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    """The lines as JSON-able data."""
    return [
        {
            "source": one.source.name,
            "recorded": one.count.rows,
            "stored": one.stored,
            "skipped": one.skipped,
            "left": dict(one.count.left),
            "outcome": one.outcome,
            "problem": one.problem,
            "well": one.well,
        }
        for one in lines
    ]


def main() -> int:
    """Print the table; 1 where a count differs for no known reason."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--internet", type=Path, required=True, help="folder with serve.py and sites/")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="these sources alone")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    args = parser.parse_args()
    if not (args.internet / "serve.py").is_file():
        print(f"{args.internet}: no serve.py here", file=sys.stderr)
        return 1
    chosen = [source for source in EVERY if not args.only or source.name in args.only]
    lines = collected(args.internet.resolve(), chosen)
    print(json.dumps(record(lines), indent=1) if args.json else table(lines))
    return 0 if all(one.well for one in lines) else 1


if __name__ == "__main__":
    raise SystemExit(main())
