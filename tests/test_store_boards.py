"""Boards in the store: remembered once, kept up to date, named apart; and the links that tell of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from _store import NOW, at, dump, facets, item, path_of, record, rows, the_opening
from sqlalchemy.exc import IntegrityError

from db.read import Reader
from db.store import Store
from finder.boards import Board, Candidate, Link, Standing
from finder.model import Kind

DEAD = Standing("dead", "404 Not Found", NOW + timedelta(days=30), misses=1)


def candidate(board: str = "acme", system: str = "lever", **others: Any) -> Candidate:
    told = {"adapter": system, "options": {"site": board}, "company": "Acme", "origin": "list-a"}
    return Candidate(system=system, board=board, **(told | {"links": 3, "ml_links": 1} | others))


def save(store: Store, *some: Candidate, taken: tuple[str, ...] = (), hours: float = 0) -> int:
    return store.save_candidates(some, taken, at(hours))


def only(store: Store) -> Board:
    (one,) = store.boards()
    return one


# ------------------------------------------------------------------------------------------------ remembering
def test_a_candidate_comes_back_as_it_was(store: Store) -> None:
    one = candidate(options={"tenant": "acme", "host": "wd5", "site": "Interns"}, company="Ackmé")
    assert save(store, one) == 1
    assert only(store) == Board(name="lever-acme", candidate=one)


def test_its_urls_are_not_kept(store: Store) -> None:
    save(store, candidate(urls=("https://jobs.lever.co/acme",)))
    assert only(store).candidate.urls == ()


def test_saving_again_changes_nothing_and_counts_nothing(store: Store) -> None:
    save(store, candidate(), candidate("other"))
    before = dump(store)
    assert save(store, candidate(), candidate("other"), hours=5) == 0
    assert dump(store) == before


def test_what_links_say_is_brought_up_to_date(store: Store) -> None:
    save(store, candidate())
    newer = candidate("ACME", company="Acme AI", origin="list-b", links=9, ml_links=4)
    assert save(store, newer) == 0
    assert only(store).candidate == newer
    assert only(store).name == "lever-acme"


def test_how_a_followed_board_is_asked_stays(store: Store) -> None:
    save(store, candidate())
    store.mark_board("lever-acme", Standing("followed"), NOW, silent=True)
    save(store, candidate("ACME", company="Acme AI", origin="list-b", links=9, ml_links=4))
    assert only(store).candidate == candidate(links=9, ml_links=4)
    assert only(store).options == {"site": "acme", "company": "Acme"}


def test_thousands_are_saved(store: Store) -> None:
    assert save(store, *(candidate(f"board{n}") for n in range(1201))) == 1201
    assert len({board.name for board in store.boards()}) == 1201


# ------------------------------------------------------------------------------------------------ names
def test_boards_that_would_have_one_name_get_different_ones(store: Store) -> None:
    save(store, candidate("acme.wd5/Interns", "workday"), candidate("acme.wd5/Staff", "workday"))
    save(store, candidate("acme.wd1/Staff", "workday"), candidate("acme.wd3/Staff", "workday"))
    assert {board.name: board.candidate.board for board in store.boards()} == {
        "workday-acme": "acme.wd5/Interns",
        "workday-acme-staff": "acme.wd5/Staff",
        "workday-acme-staff-2": "acme.wd1/Staff",
        "workday-acme-staff-3": "acme.wd3/Staff",
    }


def test_names_of_configured_sources_are_taken(store: Store) -> None:
    save(store, candidate(), taken=("lever-acme",))
    assert only(store).name == "lever-acme-2"


def test_long_names_stay_within_the_length_of_a_label(store: Store) -> None:
    save(store, candidate("x" * 90), candidate("x" * 91), candidate("x" * 92))
    assert sorted(len(board.name) for board in store.boards()) == [58, 58, 64]


# ------------------------------------------------------------------------------------------------ what came of asking
def test_what_a_board_turned_out_to_be_is_remembered(store: Store) -> None:
    save(store, candidate(), candidate("other"))
    store.mark_board("lever-acme", DEAD, NOW)
    store.mark_board("lever-acme", replace(DEAD, problem="410 Gone", misses=2), at(1))
    first, second = store.boards()
    assert (first.state, first.misses, first.problem) == ("dead", 2, "410 Gone")
    assert (first.checked_at, first.next_check) == (at(1), DEAD.next_check)
    assert (second.state, second.misses, second.checked_at) == ("candidate", 0, None)
    store.mark_board("lever-acme", Standing("followed"), at(2), silent=True)
    first, _ = store.boards()
    assert (first.state, first.misses, first.problem, first.next_check, first.silent) == ("followed", 0, "", None, True)


def test_a_dead_board_that_is_asked_in_another_way_now_need_not_rest(store: Store) -> None:
    save(store, candidate())
    store.mark_board("lever-acme", DEAD, NOW)
    save(store, candidate(links=7))
    assert store.boards()[0].next_check == DEAD.next_check
    save(store, candidate(options={"site": "Acme"}))
    (board,) = store.boards()
    assert (board.next_check, board.state, board.misses) == (None, "dead", 1)


def test_a_dead_board_stays_dead_when_links_tell_of_it_again(store: Store) -> None:
    save(store, candidate())
    store.mark_board("lever-acme", DEAD, NOW)
    save(store, candidate(links=50, ml_links=20))
    assert (only(store).state, only(store).candidate.links) == ("dead", 50)


def test_words_of_the_net_cannot_break_the_store(store: Store) -> None:
    save(store, candidate(company="A\0c\ud800me"))
    store.mark_board("lever-acme", replace(DEAD, problem="\ud800\0!"), NOW)
    assert only(store).candidate.company == "Ac?me"
    assert only(store).problem == "?!"


def test_all_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.boards.batches", lambda rows: [rows, rows])  # the same key twice
    with pytest.raises(IntegrityError):
        save(store, candidate(), candidate("other"))
    assert store.boards() == []


def test_the_reader_reads_the_same(store: Store) -> None:
    save(store, candidate(), candidate("other"))
    store.mark_board("lever-acme", DEAD, NOW)
    with Reader.open(path_of(store)) as reader:
        assert reader.boards() == store.boards()


# ------------------------------------------------------------------------------------------------ links
def test_links_are_what_lists_gave(store: Store) -> None:
    record(store, item("1", organization="Acme"), item("2", kind="project"), item("3", kind="job"), source="a-list")
    record(store, item("4"), source="a-board", authority=1)
    assert sorted(store.links(), key=lambda link: link.url) == [
        Link("https://jobs.example/1", "Acme", "a-list"),
        Link("https://jobs.example/3", "Blue Heron Labs", "a-list"),
    ]


@pytest.mark.parametrize(
    ("kind", "role", "ml"),
    [
        ("internship", "core", True),
        ("internship", "data", True),
        ("internship", "adjacent", False),
        ("job", "core", False),
    ],
)
def test_ml_internships_are_told_by_their_facets(store: Store, kind: Kind, role: str, ml: bool) -> None:
    record(store, item("1", kind="job"))
    store.save_facets([(the_opening(store).id, facets(kind=kind, role=role))])
    assert [link.ml for link in store.links()] == [ml]


def test_what_is_closed_still_tells_of_a_board(store: Store) -> None:
    record(store, item("1", closed="active: false"))
    assert len(store.links()) == 1
    assert rows(store, "SELECT state FROM sighting") == [("closed",)]
