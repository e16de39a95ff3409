"""Which adapter reads a board, what it is called as a source, and the boards known from the start."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scrapers
from finder import doors, urls
from finder.boards import REGISTERED
from finder.companies import agree, initials_agree
from finder.config import bind_options
from finder.config.checks import a_label
from finder.discovery import registered

ADAPTERS = scrapers.load()
REGISTRY = Path(doors.__file__).parent / "data" / doors.REGISTRY


def options(system: str, board: str, host: str = "") -> tuple[str, Any]:
    door = doors.door(system, board, host)
    assert door is not None
    return door.adapter, bind_options(ADAPTERS[door.adapter].options, door.options, "test", "board")


# ------------------------------------------------------------------------------------------------ doors
@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://job-boards.greenhouse.io/acme/jobs/4012345", "https://boards-api.greenhouse.io/v1/boards/acme/jobs"),
        ("https://job-boards.eu.greenhouse.io/acme/jobs/4012345", "https://boards-api.greenhouse.io/v1/boards/acme/jobs"),
        ("https://jobs.lever.co/acme/0a1b2c3d-0000-4000-8000-000000000001", "https://api.lever.co/v0/postings/acme"),
        ("https://jobs.eu.lever.co/acme", "https://api.eu.lever.co/v0/postings/acme"),
        ("https://jobs.ashbyhq.com/Acme%20Labs", "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs"),
        ("https://acme.wd5.myworkdayjobs.com/en-US/Interns/job/Oslo/ML-Intern_R1", "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Interns/jobs"),
        ("https://wd1.myworkdaysite.com/recruiting/acme/Interns/job/Oslo/ML-Intern_R1", "https://wd1.myworkdaysite.com/wday/cxs/acme/Interns/jobs"),
        ("https://apply.workable.com/acme/j/0123456789", "https://apply.workable.com/api/v1/widget/accounts/acme"),
        ("https://acme.recruitee.com/o/ml-intern", "https://acme.recruitee.com/api/offers/"),
        ("https://acme.jobs.personio.de/job/123", "https://acme.jobs.personio.de/xml"),
        ("https://acme.jobs.personio.com/job/123", "https://acme.jobs.personio.com/xml"),
        ("https://acme.teamtailor.com/jobs/123-intern", "https://acme.teamtailor.com/jobs.json"),
        ("https://acme.na.teamtailor.com/jobs/123-intern", "https://acme.na.teamtailor.com/jobs.json"),
        ("https://ats.rippling.com/acme/jobs/0a1b2c3d-0000-4000-8000-000000000001", "https://api.rippling.com/platform/api/ats/v2/board/acme/jobs"),
        ("https://acme.applytojob.com/apply/aBc123/ML-Intern", "https://app.jazz.co/feeds/export/jobs/acme"),
        ("https://careers-acme.icims.com/jobs/123/ml-intern/job", "https://careers-acme.icims.com/jobs/search"),
        ("https://jobs.smartrecruiters.com/Acme/743999000000001-ml-intern", "https://careers.smartrecruiters.com/Acme"),
    ],
)  # fmt: skip
def test_from_the_address_of_a_posting_to_the_first_request_of_its_board(url: str, asked: str) -> None:
    posting = urls.posting(url)
    assert posting is not None
    kind, told = options(posting.system, posting.board, urls.urlsplit(url).hostname or "")
    first = ADAPTERS[kind].start(told)[0].url
    assert first.partition("?")[0] == asked


@pytest.mark.parametrize(
    ("system", "board"),
    [
        ("greenhouse", ""),
        ("greenhouse", "a/b"),
        ("greenhouse", ".."),
        ("lever", "us:acme"),
        ("lever", "eu:"),
        ("workday", "acme.wd5"),  # no site
        ("workday", "acme/Interns"),  # no host
        ("workday", "a@evil.example/x.wd5/Interns"),
        ("workday", "acme.wd5/Inter?ns"),
        ("icims", "careers.acme.example"),  # a domain of its own
        ("personio", "a.b"),
        ("recruitee", "evil.example#"),
        ("oracle", "acme.fa.us2.oraclecloud.com/CX_1"),
        ("eightfold", "acme"),
        ("bamboohr", "acme"),
        ("no such system", "acme"),
    ],
)
def test_what_is_no_board_has_no_door(system: str, board: str) -> None:
    assert doors.door(system, board) is None


def test_every_system_leads_to_an_adapter_that_reads_employers_boards() -> None:
    known = {system.name for system in urls.SYSTEMS}
    assert doors.systems() <= known
    for system in doors.systems():
        door = doors.door(system, "acme.wd5/Interns" if system == "workday" else "acme")
        assert door is not None
        assert ADAPTERS[door.adapter].employer


@given(
    st.sampled_from(sorted(doors.systems())),
    st.text(max_size=60),
    st.sampled_from(["", "x.example", "a.na.teamtailor.com"]),
)
def test_no_board_leads_anywhere_but_to_its_systems_hosts(system: str, board: str, host: str) -> None:
    door = doors.door(system, board, host)
    if door is None:
        return
    adapter = ADAPTERS[door.adapter]
    request = adapter.start(bind_options(adapter.options, door.options, "test", "board"))[0]
    parts = urls.urlsplit(request.url)
    assert parts.scheme == "https"
    assert re.fullmatch(r"[a-z0-9.-]+", parts.hostname or "")
    assert (parts.hostname or "").rpartition(".")[2] in ("io", "co", "com", "de")
    assert "/../" not in parts.path


# ------------------------------------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("system", "board", "names"),
    [
        ("greenhouse", "acme", ["greenhouse-acme"]),
        ("ashby", "Acme Labs", ["ashby-acme-labs"]),
        ("lever", "eu:acme", ["lever-eu-acme"]),
        ("workday", "acme.wd5/Interns", ["workday-acme", "workday-acme-interns"]),
        ("ashby", "鷺", ["ashby"]),
    ],
)
def test_names(system: str, board: str, names: list[str]) -> None:
    assert doors.labels(system, board) == names


@given(st.sampled_from(sorted(doors.systems())), st.text(min_size=1, max_size=90))
def test_every_name_can_be_that_of_a_source(system: str, board: str) -> None:
    for name in doors.labels(system, board):
        assert a_label(name) == ""


# ------------------------------------------------------------------------------------------------ the registry
def test_the_registry_is_large_enough_and_every_row_can_be_asked() -> None:
    rows = list(doors.registry())
    assert len(rows) >= 150
    for system, board, company in rows:
        kind, told = options(system, board)
        assert ADAPTERS[kind].start(told)
        assert company == company.strip() != ""


def test_the_registry_is_sorted_and_holds_no_board_twice() -> None:
    document = tomllib.loads(REGISTRY.read_text("utf-8"))
    assert list(document) == sorted(document)
    for system, rows in document.items():
        assert list(rows) == sorted(rows, key=str.casefold), system
    keys = [candidate.key for candidate in registered()]
    assert len(keys) == len(set(keys)) == sum(map(len, document.values()))


def test_a_board_of_the_registry_that_says_no_name_can_be_told_by_its_slug() -> None:
    """Otherwise it could never be believed: no link tells of its postings."""
    for candidate in registered():
        slugs = [value for name, value in candidate.options.items() if name not in ("host", "base", "domain")]
        named = any(agree(slug, candidate.company) or initials_agree(slug, candidate.company) for slug in slugs)
        assert named, candidate.key


def test_boards_of_the_registry_are_candidates_like_any_other() -> None:
    for candidate in registered():
        assert (candidate.origin, candidate.ml_links, candidate.links) == (REGISTERED, 1, 0)
        written = doors.door(candidate.system, candidate.board)
        assert written is not None and written.options == candidate.options
