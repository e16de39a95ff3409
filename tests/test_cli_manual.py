"""`finder add` and `finder import`: from the command line into the store, and what is said of slips."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from _cli import run

from db.read import Reader
from finder.lock import locked
from finder.model import Opening

URL = "https://acme.example/jobs/7"
LEVER = "https://jobs.lever.co/blue-heron/0a1b2c3d-0000-4000-8000-000000000001/apply"
WORKDAY = "https://acme.wd5.myworkdayjobs.com/en-US/Interns/job/Oslo/Machine-Learning-Intern_R-12"


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setenv("FINDER_NOW", "2026-08-22T10:00:00Z")


def openings(tmp_path: Path) -> list[Opening]:
    with Reader.open(tmp_path / "finder.db") as reader:
        return reader.openings(describe=True)


def only(tmp_path: Path) -> Opening:
    (opening,) = openings(tmp_path)
    return opening


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# ------------------------------------------------------------------------------------------------ add
def test_a_listing_is_added_and_can_be_shown(capsys, tmp_path):
    flags = [
        "--location",
        "Oslo, Norway",
        "--term",
        "summer '27",
        "--deadline",
        "2026-10-01",
        "--description",
        "We use PyTorch.",
    ]
    code, out, err = run(capsys, "add", URL, "--title", "ML Intern", "--organization", "Acme", *flags)
    opening = only(tmp_path)
    assert (code, out) == (0, f"added {opening.id}: ML Intern, Acme\n")
    assert err == f"finder show {opening.id} tells all that is known of it\n"
    assert (opening.url, opening.terms, opening.description) == (URL, ("Summer 2027",), "We use PyTorch.")
    assert (opening.places[0].city, str(opening.deadline)[:10]) == ("Oslo", "2026-10-01")
    code, out, _ = run(capsys, "show", opening.id)
    assert code == 0 and "manual" in out


def test_adding_it_again_says_so(capsys, tmp_path):
    for known in ("", " (known before)"):
        code, out, _ = run(capsys, "add", URL, "--title", "ML Intern", "--organization", "Acme")
        assert (code, out) == (0, f"added {only(tmp_path).id}: ML Intern, Acme{known}\n")


def test_what_the_address_tells_need_not_be_said(capsys, tmp_path):
    assert run(capsys, "add", WORKDAY)[0] == 0
    assert (only(tmp_path).title, only(tmp_path).organization) == ("Machine Learning Intern", "Acme")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([URL], "add: --title: missing, and the address does not tell it"),
        (["acme"], "add: url: not a usable http or https address: 'acme'"),
        ([URL, "--title", "ML Intern"], "add: --organization: missing"),
        ([LEVER], "add: --title: missing"),
        (["acme.example", "--title", "A", "--organization", "B"], "add: url: not a usable http or https address"),
        ([URL, "--title", "A", "--organization", "B", "--deadline", "soon"], "add: --deadline: not a date: 'soon'"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_stored(capsys, tmp_path, argv, told):
    code, out, err = run(capsys, "add", *argv)
    assert (code, out) == (2, "")
    assert err.startswith(f"finder: {told}")
    assert not (tmp_path / "finder.db").exists()


def test_at_a_terminal_what_is_missing_is_asked_with_what_the_address_tells(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("Vision Intern\n\n"))
    code, _, err = run(capsys, "add", LEVER)
    assert code == 0
    assert err.startswith("Title: Organization [Blue Heron]: ")
    assert (only(tmp_path).title, only(tmp_path).organization) == ("Vision Intern", "Blue Heron")


def test_a_description_can_come_from_another_program(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("You know Python.\nAnd SQL."))
    assert run(capsys, "add", WORKDAY, "--description", "-")[0] == 0
    assert only(tmp_path).description == "You know Python.\nAnd SQL."


def test_during_a_refresh_it_is_refused(capsys, tmp_path):
    with locked(tmp_path / "finder.db"):
        code, _, err = run(capsys, "add", WORKDAY)
    assert (code, err.count("\n")) == (75, 1)


# ------------------------------------------------------------------------------------------------ import
HEAD = "title,organization,url,locations,posted_at\n"


def file(tmp_path: Path, text: str, name: str = "mine.csv") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return str(path)


def test_a_sheet_is_imported_good_rows_kept_bad_ones_told(capsys, tmp_path):
    rows = [
        "ML Intern,Acme,https://acme.example/jobs/1,Berlin; Oslo,2026-08-20",
        ",Acme,https://acme.example/jobs/2,,",
        "Data Intern,Acme,https://acme.example/jobs/3,,soonish",
        'NLP Intern,"Heron, Inc.",https://heron.example/jobs/4,Remote,',
    ]
    code, out, err = run(capsys, "import", file(tmp_path, HEAD + "\n".join(rows)))
    assert (code, out) == (0, "2 listings: 2 new, 0 known before, 2 rows left out\n")
    assert err == "row 3: title: missing\nrow 4: posted: not a date: 'soonish'\n"
    assert {opening.title for opening in openings(tmp_path)} == {"ML Intern", "NLP Intern"}


def test_importing_again_changes_nothing(capsys, tmp_path):
    path = file(
        tmp_path, HEAD + "ML Intern,Acme,https://acme.example/jobs/1,,\nML Intern,Acme,https://acme.example/jobs/1,,"
    )
    assert run(capsys, "import", path)[1] == "2 listings: 1 new, 0 known before\n"
    before = openings(tmp_path)
    assert run(capsys, "import", path)[1] == "2 listings: 0 new, 1 known before\n"
    assert openings(tmp_path) == before


@pytest.mark.parametrize("name", ["mine.jsonl", "MINE.NDJSON"])
def test_lines_of_json_are_imported(capsys, tmp_path, name):
    rows = [{"title": "ML Intern", "company": "Acme", "url": URL, "rating": 5}, ["no"]]
    code, out, err = run(capsys, "import", file(tmp_path, "\n".join(map(json.dumps, rows)), name))
    assert (code, out) == (0, "1 listing: 1 new, 0 known before, 1 row left out\n")
    assert err == "row 2: expected an object, found a list\ncolumns that mean nothing here: rating\n"


def test_many_bad_rows_are_counted(capsys, tmp_path):
    text = HEAD + "ML Intern,Acme,https://acme.example/jobs/1,,\n" + ",,,x,\n" * 30
    code, out, err = run(capsys, "import", file(tmp_path, text))
    assert code == 0
    assert "30 rows left out" in out
    assert err.splitlines()[19:] == ["row 22: title: missing", "and 10 more rows that do not fit"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("mine.csv", HEAD, "no listing to add: none of 0 rows fits"),
        ("mine.csv", HEAD + ",,,,", "no listing to add"),
        ("mine.csv", HEAD + "A,,,,", "no listing to add: none of 1 row fits"),
        ("mine.csv", "", "its first row must name the columns"),
        ("mine.jsonl", "{}\n", "no listing to add"),
        ("mine.xlsx", "", "its name must end in .csv, .tsv, .jsonl, .ndjson"),
        ("absent.csv", None, "cannot be read: No such file or directory"),
        ("mine.csv", "title\udcff", "is not UTF-8 (byte 6)"),
    ],
)
def test_a_file_without_any_listing_ends_with_2_and_stores_nothing(capsys, tmp_path, name, text, told):
    path = tmp_path / name
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, err = run(capsys, "import", str(path))
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"finder: {path}: {told}")
    assert not (tmp_path / "finder.db").exists()


def test_words_of_a_file_cannot_act_on_the_terminal(capsys, tmp_path):
    path = file(tmp_path, json.dumps({"title": "ML\x1b[2J Intern", "company": "A\x07cme", "url": URL}), "mine.jsonl")
    assert run(capsys, "import", path)[0] == 0
    _, out, err = run(capsys, "add", URL, "--title", "A\x1b]0;x\x07", "--organization", "B\x1b[31m")
    assert "\x1b" not in out + err
