"""The replay of lists: its own reading of a history, and a real list where the recorded data is there."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPLAY = ROOT / "bench" / "replay.py"
SHARED = Path(__file__).parents[2] / "shared" / "eval" / "list_history"
HOUR = 3600


def lines(*updates: tuple[int, str, dict[str, str]]) -> str:
    """A history of these versions: hour, id, link → title."""
    before: dict[str, str] = {}
    told = []
    for hour, name, rows in updates:
        told.append(f"={1_780_000_000 + hour * HOUR}\t{name}")
        told += [f"-\t{url}\tBlue Heron\t{title}\tOslo" for url, title in before.items() if rows.get(url) != title]
        told += [f"+\t{url}\tBlue Heron\t{title}\tOslo" for url, title in rows.items() if before.get(url) != title]
        before = rows
    return "\n".join(told) + "\n"


def rows(*numbers: int, link: str = "a") -> dict[str, str]:
    return {f"https://{link}.example/{n}": f"Intern {n}" for n in numbers}


def replayed(folder: Path, text: str, name: str = "list") -> dict[str, dict[str, object]]:
    (folder / "list_history").mkdir()
    with gzip.open(folder / "list_history" / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(text)
    return run(folder)


def run(folder: Path, *others: str) -> dict[str, dict[str, object]]:
    ran = subprocess.run(
        [sys.executable, str(REPLAY), "--data", str(folder), "--json", *others],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    told: dict[str, dict[str, object]] = json.loads(ran.stdout)
    return told


def test_a_list_that_goes_away_and_comes_back_is_held_and_closes_nothing(tmp_path):
    history = [(0, "aa", rows(*range(30))), (1, "bb", {}), (2, "cc", rows(*range(31)))]
    for told in replayed(tmp_path, lines(*history)).values():
        assert (told["updates"], told["held"], told["hold episodes"]) == (3, 1, 1)
        assert (told["announced"], told["closed by absence"], told["longest hold, hours"]) == (31, 0, 1.0)


def test_new_links_of_the_same_postings_are_recognised(tmp_path):
    history = [(0, "aa", rows(*range(30))), (1, "bb", rows(*range(40), link="b"))]
    told = replayed(tmp_path, lines(*history))["list, whole"]
    assert (told["recognised under a new link"], told["announced"], told["changed at once"]) == (30, 40, 1)
    assert (told["announced then"], told["repeated then"]) == (10, 0)


def test_a_row_that_comes_back_after_it_was_closed_was_closed_wrongly(tmp_path):
    all_rows, fewer = rows(*range(30)), rows(*range(29))
    history = [(0, "aa", all_rows), (1, "bb", fewer), (30, "cc", fewer), (60, "dd", all_rows), (61, "ee", fewer)]
    told = replayed(tmp_path, lines(*history))
    assert (told["list, whole"]["closed by absence"], told["list, whole"]["wrongly closed"]) == (1, 1)
    assert (told["list, newest only"]["closed by absence"], told["list, newest only"]["announced"]) == (0, 30)


def test_rows_are_a_multiset_and_their_changes_are_applied_together(tmp_path):
    row = "https://a.example/1\tBlue Heron\tIntern\tOslo"
    text = f"=1780000000\taa\n+\t{row}\n+\t{row}\n=1780003600\tbb\n-\t{row}\n=1780007200\tcc\n-\t{row}\n+\t{row}\n"
    told = replayed(tmp_path, text)["list, whole"]
    assert (told["updates"], told["announced"], told["closed by absence"]) == (3, 1, 0)


def test_a_folder_without_histories_is_told(tmp_path):
    ran = subprocess.run([sys.executable, str(REPLAY), "--data", str(tmp_path)], capture_output=True, text=True)
    assert ran.returncode == 1
    assert "no list_history/*.tsv.gz here" in ran.stderr


@pytest.mark.skipif(not (SHARED / "zapply.tsv.gz").exists(), reason="the recorded list histories are not here")
def test_a_real_list_that_was_never_broken_is_never_held(tmp_path):
    (tmp_path / "zapply.tsv.gz").symlink_to(SHARED / "zapply.tsv.gz")
    for told in run(tmp_path).values():
        assert told["hold episodes"] == 0
