"""`finder search`, `show` and `why`, as a person or a program types them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from _cli import ROOT, run, shell

from finder.rank import words as sentences

PUBLIC = {
    "id", "kind", "title", "organization", "url", "locations", "remote", "terms", "posted_at", "first_seen",
    "last_seen", "state", "score", "parts", "readiness", "skills_required", "skills_held", "skills_missing", "reasons",
    "sources",
}  # fmt: skip
"""Names that programs rely on."""


def found(capsys, *argv: str) -> list[dict]:
    code, out, _ = run(capsys, "search", *argv, "--json")
    assert code == 0
    return json.loads(out)


def test_the_ten_best_of_each_kind(collected, capsys):
    kinds = [item["kind"] for item in found(capsys)]
    assert kinds == ["internship"] * 10 + ["project"] * 10


def test_a_public_object_has_the_public_names(collected, capsys):
    for item in found(capsys):
        assert item.keys() >= PUBLIC
        assert item["readiness"] in ("ready", "one step away", "stretch", "not eligible", "unknown")
        assert item["reasons"]
        assert all(place.keys() == {"text", "city", "region", "country"} for place in item["locations"])
        assert all(source.keys() == {"name", "url"} for source in item["sources"])
        for name in ("posted_at", "first_seen", "last_seen"):
            assert item[name] is None or datetime.fromisoformat(item[name]).utcoffset().total_seconds() == 0


def test_only_what_is_shown_is_explained(collected, capsys, monkeypatch):
    """Telling takes longer than ranking."""
    told = []
    about = sentences.about_skills
    monkeypatch.setattr(sentences, "about_skills", lambda *given: told.append(given) or about(*given))
    items = found(capsys, "--limit", "2")
    assert len(told) == len(items) == 4
    assert all(item["reasons"] and item["sources"] for item in items)
    assert items == [item for item in found(capsys, "--limit", "9") if item["id"] in {one["id"] for one in items}]


def test_the_score_is_the_product_of_its_parts(collected, capsys):
    for item in found(capsys, "--limit", "50"):
        product = 1.0
        for part in item["parts"].values():
            product *= part
        assert item["score"] == pytest.approx(product, abs=1e-4)


def test_best_first_and_newest_first(collected, capsys):
    """No organization takes more than two places in ten, so a score may stand below a lower one of somebody else."""
    items = found(capsys, "--kind", "internship", "--limit", "99")
    assert items[0]["score"] == max(item["score"] for item in items)
    for name in {item["organization"] for item in items}:
        scores = [item["score"] for item in items if item["organization"] == name]
        assert scores == sorted(scores, reverse=True)
    dates = [item["posted_at"] for item in found(capsys, "--kind", "internship", "--sort", "date")]
    assert dates == sorted(dates, reverse=True)


def test_the_same_question_has_the_same_answer(collected, capsys):
    assert run(capsys, "search", "--json") == run(capsys, "search", "--json")


@pytest.mark.parametrize(
    "word", ["C++", "AI/ML", '"', "'", "AND", "OR NOT", "*", "(", "x" * 5000, "\x00", "R&D", "50%", "-"]
)
def test_no_word_is_an_error(collected, capsys, word):
    code, out, _ = run(capsys, "search", "--json", "--", word)
    assert code == 0
    assert isinstance(json.loads(out), list)


def test_words_are_found(collected, capsys):
    items = found(capsys, "computer", "vision", "--kind", "internship")
    assert items
    for item in items:
        _, told, _ = run(capsys, "show", item["id"], "--json")
        assert {"computer", "vision"} <= set(re.findall(r"\w+", told.lower()))


def test_filters_hold(collected, capsys):
    remote = found(capsys, "--remote", "--kind", "internship")
    assert remote
    assert all(item["remote"] or "Remote" in item["locations"][0]["text"] for item in remote)
    germans = found(capsys, "--location", "Germany", "--limit", "99")
    assert germans
    assert all("DE" in {place["country"] for place in item["locations"]} for item in germans)
    assert {item["organization"] for item in found(capsys, "--company", "quarrybyte", "--kind", "internship")} == {
        "Quarrybyte"
    }
    terms = found(capsys, "--term", "Summer 2027", "--limit", "99")
    assert terms
    assert all("Summer 2027" in item["terms"] for item in terms)


def test_in_asks_for_a_distance(collected, capsys):
    germans = found(capsys, "--location", "Berlin", "--kind", "internship", "--limit", "99")
    near = found(capsys, "--in", "within 50 km of Berlin", "--kind", "internship", "--limit", "99")
    assert {item["id"] for item in germans} <= {item["id"] for item in near}
    everywhere = found(capsys, "--kind", "internship", "--limit", "99")
    assert len(near) < len(everywhere)


def test_a_profile_near_nowhere_is_a_mistake_of_the_configuration(collected, capsys, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[profile]\nlocations = ["within 50 km of Smallville"]\n', "utf-8")
    code, out, err = run(capsys, "--config", str(path), "search")
    assert (code, out) == (2, "")
    assert "profile.locations: 'Smallville' is no city" in err


def test_closed_openings_are_shown_only_when_asked_for(collected, capsys):
    assert {item["state"] for item in found(capsys, "--limit", "999")} == {"open"}
    closed = found(capsys, "--state", "closed")
    assert {item["state"] for item in closed} == {"closed"}
    assert all(item["evidence"] for item in closed)


def test_since_is_by_first_seen(collected, capsys):
    assert found(capsys, "--since", "1d")
    assert found(capsys, "--since", "2026-08-24") == []


def runs_of(store: str, *statements: str) -> None:
    with closing(sqlite3.connect(store)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def test_since_last_is_since_the_latest_refresh_that_heard_anything_began(collected, capsys):
    everything = found(capsys, "--limit", "9999")
    assert found(capsys, "--since", "last", "--limit", "9999") == everything, "the only refresh found all of it"
    kept = everything[3]["id"]
    runs_of(
        collected["FINDER_DB"],
        "UPDATE opening SET first_seen = '2026-08-01T09:00:00Z' WHERE id <> '" + kept + "'",
        "INSERT INTO run (started_at, finished_at) VALUES ('2026-08-23T10:00:00Z', '2026-08-23T10:00:01Z')",
        "INSERT INTO run (no, started_at) VALUES (99, '2026-08-23T11:00:00Z')",
        "UPDATE source_run SET run = 99 WHERE rowid = 1",
    )
    assert [item["id"] for item in found(capsys, "--since", "last")] == [kept], (
        "one nothing was due in, one interrupted"
    )


def test_a_person_without_steps_may_be_mistyped(collected, capsys, monkeypatch):
    assert "mistyped?" in run(capsys, "search", "--profile", "smm")[2]
    assert "mistyped?" not in run(capsys, "search", "--profile", "sam")[2]
    monkeypatch.delenv("FINDER_PROFILE")
    assert "mistyped?" not in run(capsys, "search")[2], "nobody named one"


def test_nothing_found_is_no_error_and_names_why(collected, capsys):
    code, out, err = run(capsys, "search", "zeppelin")
    assert (code, out) == (0, "")
    assert "zeppelin" in err
    code, out, err = run(capsys, "search", "--location", "Atlantis")
    assert (code, out) == (0, "")
    assert "--location" in err


def test_json_is_a_list_even_without_a_store(capsys, own_home):
    code, out, err = run(capsys, "search", "--json")
    assert (code, out) == (0, "[]\n")
    assert "finder refresh" in err


def test_lines_and_csv_tell_the_same_rows(collected, capsys):
    ids = [item["id"] for item in found(capsys)]
    _, lines, _ = run(capsys, "search", "--nl")
    assert [json.loads(line)["id"] for line in lines.splitlines()] == ids
    _, table, _ = run(capsys, "search", "--csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == ids


def test_plain_text_for_a_pipe_says_what_json_says(collected, capsys):
    _, out, _ = run(capsys, "search", "--kind", "internship", "--limit", "3")
    for item in found(capsys, "--kind", "internship", "--limit", "3"):
        assert f"[{item['id']}]" in out
        assert item["url"] in out
        assert item["readiness"] in out
    assert "\x1b" not in out


def test_an_old_store_says_so(collected, capsys, monkeypatch):
    monkeypatch.setenv("FINDER_NOW", "2026-09-10")
    assert "17 days ago" in run(capsys, "search")[2]
    monkeypatch.setenv("FINDER_NOW", "2026-08-24")
    assert "days ago: run" not in run(capsys, "search")[2]


def test_show_tells_all_of_one(collected, capsys, an_id):
    code, out, _ = run(capsys, "show", an_id[:6])
    assert code == 0
    for words in ("Score", "Why", "What it asks for", "first seen", "Seen at ", "Description", an_id):
        assert words in out
    _, told, _ = run(capsys, "show", an_id, "--json")
    item = json.loads(told)
    assert item["id"] == an_id
    assert {"description", "needs", "conclusions", "sightings", "history"} <= item.keys()
    assert item["history"][0]["change"] == "first told"


def test_an_id_is_known_in_either_case(collected, capsys, an_id):
    assert an_id in run(capsys, "why", an_id.upper())[1]


def test_why_tells_the_parts(collected, capsys, an_id):
    code, out, _ = run(capsys, "why", an_id)
    assert code == 0
    assert "= 100 ×" in out
    assert "Seen at" not in out


@pytest.mark.parametrize("verb", ["show", "why"])
def test_one_opening_of_no_store_ends_with_5(capsys, own_home, verb):
    code, out, err = run(capsys, verb, "abcdefgh")
    assert (code, out) == (5, "")
    assert "finder refresh" in err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["show", "zzzzzzzz"], "no opening"),
        (["show", ""], "no opening"),
        (["search", "--since", "soon"], "14d"),
        (["search", "--limit", "0"], "1 or more"),
        (["search", "--limit", "ten"], "not 'ten'"),
        (["search", "--kind", "jobs"], "did you mean 'job'?"),
        (["search", "--jsn"], "did you mean '--json'?"),
        (["search", "--jso=1"], "did you mean '--json'?"),
        (["search", "--in", "within 50 km of Smallville"], "'Smallville' is no city that is known"),
        (["search", "--loc", "Berlin"], "did you mean '--location'?"),
        (["search", "-C++"], "finder search -- -C++"),
        (["search", "vision", "--remot", "graph"], "did you mean '--remote'?"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_ends_with_2(collected, capsys, argv, words):
    code, out, err = run(capsys, *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_words_may_stand_before_and_after_flags(collected, capsys):
    expected = found(capsys, "computer", "vision", "--kind", "internship")
    assert expected
    assert found(capsys, "computer", "--kind", "internship", "vision") == expected
    assert found(capsys, "vision", "--kind=internship", "computer") == expected
    assert found(capsys, "computer vision", "--kind", "internship") == expected


def test_what_follows_two_dashes_is_no_flag(collected, capsys):
    code, _, err = run(capsys, "search", "vision", "--remote", "--", "--json")
    assert code == 0
    assert "'vision --json'" in err


def test_an_ambiguous_id_names_the_candidates(collected, capsys):
    initials = [item["id"][0] for item in found(capsys, "--limit", "99")]
    twice = max(initials, key=initials.count)
    code, _, err = run(capsys, "show", twice)
    assert code == 2
    assert "several ids" in err


def test_a_reader_that_has_enough_is_no_error(collected):
    ran = shell("set -o pipefail; finder search --limit 99 --json 2>&1 | head -1", collected)
    assert (ran.returncode, ran.stdout) == (0, "[\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(collected):
    ran = shell("finder search > /dev/full", collected)
    assert ran.returncode == 5
    assert "could not be written" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "line", ["finder search >&-", "finder status >&- 2>&-", "LC_ALL=C finder search", "cd / && finder steps"]
)
def test_odd_surroundings_are_survived(collected, line):
    ran = shell(line, collected | {"PYTHONPATH": str(ROOT)})
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr


def test_no_home_no_path_no_locale(collected):
    env = {"FINDER_DB": collected["FINDER_DB"], "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "finder", "search", "--json"], capture_output=True, env=env, cwd=os.sep, check=False
    )
    assert ran.returncode == 0
    assert json.loads(ran.stdout)
