"""Listings added by hand: into the line like any other, once, never closed by what others show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _line import START, Line, Site, a_list, after, listed, site
from _store import problems, rows
from hypothesis import given
from hypothesis import strategies as st

from db.look import Recorded
from db.read import Reader
from db.store import Store
from finder.boards import MANUAL, Board, Candidate
from finder.errors import Busy
from finder.lock import locked
from finder.manual import Told, add, told_by
from finder.model import Found
from finder.table import listing

ROW = {"title": "Machine Learning Intern", "organization": "Acme", "url": "https://acme.example/jobs/1"}


@pytest.fixture
def world() -> Iterator[Site]:
    with site(list=listed(range(3))) as made:
        yield made


@pytest.fixture
def line(world: Site, tmp_path: Path) -> Line:
    return Line(tmp_path / "finder.db", [a_list("list", world.url("/list"))])


def found(**others: Any) -> Found:
    return listing(ROW | others, START)


def added(line: Line, *some: Found, hours: float = 0) -> Recorded:
    return add(line.config, lambda: after(hours), some)


# ------------------------------------------------------------------------------------------------ adding
def test_what_is_added_goes_down_the_line(line):
    recorded = added(line, found(locations="Oslo, Norway", terms="summer '27", posted="2026-08-20"))
    assert recorded == Recorded(added=1)
    (opening,) = line.openings().values()
    assert (opening.organization, opening.places[0].city, opening.terms) == ("Acme", "Oslo", ("Summer 2027",))
    assert [(one.source, one.state) for one in opening.sightings] == [(MANUAL, "open")]
    assert opening.facets is not None
    assert (opening.facets.kind, opening.facets.role) == ("internship", "core")
    assert rows(line.db, "SELECT name, adapter, origin, authority, next_due FROM source") == [
        ("manual", "manual", "added by hand", 0, None)
    ]
    assert rows(line.db, "SELECT count(*) FROM run WHERE finished_at IS NOT NULL") == [(1,)]


def test_the_same_again_changes_nothing(line):
    added(line, found(), found(url="https://acme.example/jobs/2"))
    before = line.content()
    assert added(line, found(), found(url="https://acme.example/jobs/2"), hours=50) == Recorded()
    assert line.content() == before
    with Store.open(line.db) as store:
        assert problems(store) == []


def test_what_was_added_before_stays_when_more_is_added(line):
    added(line, found())
    added(line, found(url="https://acme.example/jobs/2", title="Data Intern"), hours=1)
    added(line, hours=60)
    assert line.states() == {"Data Intern": "open", "Machine Learning Intern": "open"}


def test_a_correction_stands(line):
    added(line, found())
    assert added(line, found(title="Computer Vision Intern"), hours=1) == Recorded(changed=1)
    assert list(line.openings()) == ["Computer Vision Intern"]


def test_a_posting_that_a_list_shows_too_is_one_opening(line, world):
    line.refresh()
    added(line, found(url="https://company1.example/jobs/1?utm_source=friend"), hours=1)
    world["/list"] = listed([0, 2])
    for hours in (2, 30, 60):
        line.refresh(hours)
    opening = line.openings()["Machine Learning Intern"]
    assert {(one.source, one.state) for one in opening.sightings} == {("list", "closed"), (MANUAL, "open")}
    assert opening.state == "open"  # whoever added it saw it


def test_listings_of_one_careers_page_are_told_apart_by_their_titles(line):
    page = "https://acme.example/careers"
    added(line, found(url=page), found(url=page, title="Data Intern"), found(url=page))
    assert line.states() == {"Data Intern": "open", "Machine Learning Intern": "open"}


def test_nothing_is_added_during_a_refresh(line):
    with locked(line.db), pytest.raises(Busy):
        added(line, found())
    assert not line.db.exists()


def test_adding_makes_nothing_else_fresh(line):
    added(line, found())
    with Reader.open(line.db) as reader:
        assert reader.last_refresh() is None
    line.refresh(1)
    added(line, found(title="Data Intern"), hours=9)
    with Reader.open(line.db) as reader:
        assert reader.last_refresh() == after(1)


def test_it_tells_of_its_board(line):
    added(line, found(url="https://jobs.lever.co/acme/0a1b2c3d-0000-4000-8000-000000000001"))
    with Store.open(line.db) as store:
        assert [(link.source, link.organization, link.ml) for link in store.links()] == [(MANUAL, "Acme", True)]


# ------------------------------------------------------------------------------------------------ what an address tells
@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "https://acme.wd5.myworkdayjobs.com/en-US/Site/job/Oslo/ML-Intern---Fall-2027_R-123-1",
            ("workday", "ML Intern Fall 2027", "Acme"),
        ),
        (
            "https://acme.wd5.myworkdayjobs.com/Interns/job/Oslo/Research-Intern_R24_0001",
            ("workday", "Research Intern", "Acme"),
        ),
        (
            "https://jobs.smartrecruiters.com/Heron/743999000000001-data-intern",
            ("smartrecruiters", "Data Intern", "Heron"),
        ),
        (
            "https://careers-heron.icims.com/jobs/1234/ai-%26-vision-intern/job",
            ("icims", "AI & Vision Intern", "Heron"),
        ),
        ("https://careers-heron.icims.com/jobs/1234/job", ("icims", "", "Heron")),
        ("https://heron.applytojob.com/apply/aBc1234567/ML-Intern", ("jazzhr", "ML Intern", "Heron")),
        ("https://heron.recruitee.com/o/ml-engineering-intern", ("recruitee", "ML Engineering Intern", "Heron")),
        ("https://heron.teamtailor.com/jobs/1234-ml-intern", ("teamtailor", "ML Intern", "Heron")),
        ("https://jobs.lever.co/blue-heron-2/0a1b2c3d-0000-4000-8000-00000000000a/apply", ("lever", "", "Blue Heron")),
        ("https://jobs.eu.lever.co/heron", ("lever", "", "Heron")),
        ("https://boards.greenhouse.io/heron/jobs/4012345", ("greenhouse", "", "Heron")),
        ("https://heron.example/careers?gh_jid=4012345", ("greenhouse", "", "")),
        ("https://heron.example/jobs/ml-intern-1234", ("", "", "")),
        ("https://heron.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/12", ("", "", "")),
        ("nonsense", ("", "", "")),
    ],
)
def test_what_an_address_tells(url: str, told: tuple[str, str, str]) -> None:
    assert told_by(url) == Told(*told)


def test_the_name_of_a_board_that_is_known_goes_before_its_slug() -> None:
    candidate = Candidate(
        system="lever", board="plus-2", adapter="lever", options={}, company="Plus Robots", origin="x"
    )
    known = [Board(name="b", candidate=candidate), Board(name="a", candidate=replace(candidate, board="other"))]
    assert (
        told_by("https://jobs.lever.co/PLUS-2/0a1b2c3d-0000-4000-8000-000000000001", known).organization
        == "Plus Robots"
    )


@given(
    st.text(max_size=40)
    | st.from_regex(r"https://(jobs\.lever\.co|a\.wd5\.myworkdayjobs\.com|a\.icims\.com)/[^\n]{0,40}")
)
def test_no_address_is_too_odd(url: str) -> None:
    told = told_by(url)
    assert told.title == " ".join(told.title.split())
    assert told.organization == " ".join(told.organization.split())
