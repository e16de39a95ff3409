"""Discovery over every recorded list: boards are learnt from their links, asked within a budget, followed or dead."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from _store import rows
from test_recorded import Internet, served

HEAD = """
[sources]
defaults = false
[fetch]
pace = 0.0
retries = 0
timeout = 10.0
[discovery]
budget = 500
max_boards = 10000
"""
LINKED = {"greenhouse-gitlab", "greenhouse-amplitude", "lever-spotify", "lever-matchgroup", "ashby-ramp"}
"""Boards that are recorded, and that links of the recorded lists tell of."""

OTHERS = {
    "greenhouse-smarterdx": ("SmarterDx", "https://boards.greenhouse.io/smarterdx"),
    "lever-jumpcloud": ("JumpCloud", "https://jobs.lever.co/jumpcloud"),
    "ashby-linear": ("Linear", "https://jobs.ashbyhq.com/linear"),
    "ashby-highlightta": ("Highlight TA", "https://jobs.ashbyhq.com/HighlightTA"),
    "workable-vasion": ("Vasion", "https://apply.workable.com/vasion/"),
    "recruitee-acme": ("Acme", "https://acme.recruitee.com/"),
    "personio-bsdevda": ("SecureCo", "https://bsdevda.jobs.personio.de/"),
    "teamtailor-career": ("Teamtailor", "https://career.teamtailor.com/jobs"),
    "workday-internradar": ("Intern Radar", "https://internradar.wd1.myworkdayjobs.com/Careers"),
    "workday-gdit": ("GDIT", "https://gdit.wd5.myworkdayjobs.com/External_Career_Site"),
}
"""Boards that are recorded, and that no recorded list tells of (of the last one, in small letters)."""


def tables(shared: Path) -> str:
    """A [[source]] for each recorded list."""
    routes = (shared / "internet" / "sites" / "routes.tsv").read_text("utf-8").splitlines()
    told = []
    for url, file in (line.split("\t")[:2] for line in routes if line and not line.startswith("#")):
        if file.startswith("lists/"):
            name = re.sub(r"[^a-z0-9]+", "-", Path(file).stem.lower())
            kind = "job" if "newgrad" in name or "new-grad" in name else "internship"
            table = {"name": name, "adapter": "json_list" if file.endswith("json") else "table_list", "url": url}
            told.append("[[source]]\n" + "".join(f'{key} = "{value}"\n' for key, value in table.items()))
            told.append(f'lists = "{kind}"\nwindowed = {str("jobright" in name).lower()}\n')
    return "".join(told)


@pytest.fixture(scope="module")
def internet(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Internet]:
    """After a refresh, a few listings by hand, and discovery until nothing is left to ask."""
    with served(shared, tmp_path_factory.mktemp("boards"), HEAD + tables(shared)) as made:
        links = made.folder / "links.jsonl"
        told = ({"title": "Intern", "organization": name, "url": url} for name, url in OTHERS.values())
        links.write_text("\n".join(map(json.dumps, told)), "utf-8")
        made.log.touch()
        (made.folder / "said").mkdir()
        for number, args in enumerate(
            (("refresh",), ("import", str(links)), *[("sources", "discover", "--budget", "1000")] * 2)
        ):
            ran = made.finder(*args)
            (made.folder / "said" / str(number)).write_text(f"{ran.returncode}\n{ran.stdout}{ran.stderr}", "utf-8")
        yield made


def said(internet: Internet) -> list[list[str]]:
    """Exit code and words of each command."""
    return [(internet.folder / "said" / str(n)).read_text("utf-8").splitlines() for n in range(4)]


def states(internet: Internet) -> Counter[str]:
    return Counter(dict(rows(internet.folder / "finder.db", "SELECT state, count(*) FROM board GROUP BY state")))


def test_the_recorded_lists_name_thousands_of_boards(internet):
    assert sum(states(internet).values()) >= 2_000
    systems = dict(rows(internet.folder / "finder.db", "SELECT system, count(*) FROM board GROUP BY system"))
    assert {
        "greenhouse",
        "workday",
        "lever",
        "ashby",
        "icims",
        "smartrecruiters",
        "workable",
        "jazzhr",
    } <= systems.keys()
    assert min(systems[name] for name in ("greenhouse", "workday", "lever", "ashby")) >= 200
    assert re.match(r"[\d,]+ boards known, \d+ new: greenhouse \d+, workday \d+, ", said(internet)[2][1])


def test_those_recorded_are_followed_and_all_others_are_dead(internet):
    followed = rows(internet.folder / "finder.db", "SELECT name FROM board WHERE state = 'followed'")
    assert {name for (name,) in followed} == LINKED | OTHERS.keys()
    assert states(internet)["candidate"] == 0
    dead = "SELECT count(*) FROM board WHERE state = 'dead' AND problem <> '' AND next_check > '2026-09-2'"
    assert rows(internet.folder / "finder.db", dead) == [(states(internet)["dead"],)]


def test_each_round_keeps_to_its_budget(internet):
    asked = [re.search(r"([\d,]+) boards asked", " ".join(words)) for words in said(internet)]
    numbers = [int(one[1].replace(",", "")) if one else None for one in asked]
    assert numbers[:3] == [500, None, 1_000]
    twice = 1  # known in small letters first, and asked again when a link spelt it out
    assert sum(filter(None, numbers)) == sum(states(internet).values()) + twice


def test_no_board_is_a_failed_source(internet):
    assert [words[0] for words in said(internet)] == ["0"] * 4
    store = internet.folder / "finder.db"
    empty = "SELECT r.name FROM source_run l JOIN source r ON r.no = l.source WHERE l.outcome = 'empty'"
    assert rows(store, empty) == [("workday-gdit",)], "of all that it has, none is for interns"
    assert rows(store, "SELECT DISTINCT outcome FROM source_run ORDER BY 1") == [("empty",), ("ok",)]
    told = json.loads(internet.finder("status", "--json").stdout)
    assert told["broken"] == []
    assert (told["boards"], told["boards_broken"]) == (len(LINKED) + len(OTHERS), 0)
    assert told["sources"] == {"ok": 24 + told["boards"] - 1, "empty": 1}


def test_a_slug_that_belongs_to_another_company_is_not_followed(shared, tmp_path):
    """The page recorded for this slug calls itself by a name that has nothing to do with it."""
    with served(shared, tmp_path / "slug", HEAD) as internet:
        listing = (
            "add",
            "https://bsdevda.jobs.personio.de/",
            "--title",
            "Intern",
            "--organization",
            "Bluestone Devices",
        )
        assert internet.finder(*listing).returncode == 0
        out = internet.finder("sources", "discover").stdout
        assert "1 board asked: 1 not there." in out
        assert "while the links say 'Bluestone Devices': the slug belongs to another company?" in out
        assert rows(internet.folder / "finder.db", "SELECT name FROM source") == [("manual",)]
