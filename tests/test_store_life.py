"""The life of openings in the store: what pages say, sources not watched any more, turns, and how long they last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from _store import NOW, at, dump, everything, facets, item, new_store, problems, reader, record, rows, the_opening

from db.look import Recorded
from db.store import Store
from finder.boards import MANUAL
from finder.checks import OWN_PAGE, Checked, Doubt, Turn
from finder.lifespan import ENOUGH

PAGE = "https://jobs.example/1"
OLD, REST = timedelta(days=60), timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened
        assert problems(opened) == []


def turns(store: Store) -> list[Turn]:
    with reader(store) as reading:
        return reading.turns(the_opening(store).id)


def look(store: Store, verdict: str, hours: float, evidence: str = "its page says so", **others: object) -> Recorded:
    return store.save_checks([Checked(PAGE, at(hours), verdict, evidence, **others)])  # type: ignore[arg-type]


def classified(store: Store, **others: object) -> None:
    store.save_facets((number, facets(**others)) for number, _ in store.unclassified("1"))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ its own page
def test_its_page_closes_an_opening_with_its_words(store: Store) -> None:
    record(store, item())
    assert look(store, "closed", 1, "its page says “Position filled”") == Recorded(closed=1)
    opening = the_opening(store)
    assert (opening.state, opening.evidence, opening.state_at) == ("closed", "its page says “Position filled”", at(1))
    assert opening.sightings[0].state == "open"
    assert turns(store) == [Turn(at(1), "closed", "its page says “Position filled”", OWN_PAGE)]


def test_a_list_that_shows_it_still_does_not_open_it_again(store: Store) -> None:
    record(store, item())
    look(store, "closed", 1)
    assert record(store, item(), hours=2) == Recorded()
    record(store, item(title="Another Title"), hours=3)
    record(store, item(key="2", url=PAGE), source="another list", hours=4)
    assert the_opening(store).state == "closed"
    assert the_opening(store).title == "Another Title"


def test_a_board_that_shows_it_later_opens_it_again(store: Store) -> None:
    record(store, item(), source="board", authority=1)
    look(store, "closed", 1)
    assert the_opening(store).state == "closed"
    assert record(store, item(), source="board", authority=1, hours=2) == Recorded(reopened=1)
    assert [(turn.state, turn.source) for turn in turns(store)] == [("closed", OWN_PAGE), ("open", "board")]


def test_a_board_that_showed_it_before_does_not(store: Store) -> None:
    record(store, item(), source="board", authority=1, hours=2)
    look(store, "closed", 1 + 1)
    record(store, item(), source="list", hours=3)
    assert the_opening(store).state == "closed"


def test_a_page_that_is_not_there_makes_it_missing_and_one_that_is_back_opens_it(store: Store) -> None:
    record(store, item())
    assert look(store, "unknown", 1, "404", missing_since=at(1)) == Recorded()
    assert (the_opening(store).state, the_opening(store).evidence) == ("missing", "404")
    look(store, "open", 5, "there it is")
    assert (the_opening(store).state, the_opening(store).evidence) == ("open", "")
    look(store, "unknown", 6, "404", missing_since=at(6))
    assert look(store, "closed", 40, "404 twice") == Recorded(closed=1)
    assert [turn.state for turn in turns(store)] == ["missing", "open", "missing", "closed"]


def test_a_look_that_told_nothing_changes_nothing(store: Store) -> None:
    record(store, item())
    before = dump(store, "checked")
    for verdict in ("unknown", "open", "taken"):
        assert look(store, verdict, 1) == Recorded()
    assert dump(store, "checked") == before


def test_a_page_of_another_opening_says_nothing_of_this_one(store: Store) -> None:
    record(store, item("1"), item("2"))
    look(store, "closed", 1)
    assert {url[-1]: one.state for url, one in everything(store).items()} == {"1": "closed", "2": "open"}


def test_an_opening_that_is_found_later_is_closed_by_what_its_page_said_before(store: Store) -> None:
    look(store, "closed", 0)
    assert record(store, item(), hours=1) == Recorded(added=1)
    assert the_opening(store).state == "closed"
    assert turns(store) == []


def test_a_page_that_is_there_speaks_for_what_went_missing_before(store: Store) -> None:
    record(store, item())
    record(store, missing=["1"], hours=1)
    assert the_opening(store).evidence == "absent from a complete look, 2026-08-22 11:00 UTC"
    look(store, "open", 2, "its page shows it")
    assert (the_opening(store).state, the_opening(store).evidence) == ("open", "its page shows it")
    record(store, closed={"1": "absent from two looks"}, hours=30)
    assert (the_opening(store).state, the_opening(store).evidence) == ("closed", "absent from two looks")


# ------------------------------------------------------------------------------------------------ which pages
def doubts(store: Store, hours: float = 0, limit: int = 9) -> str:
    """The last figures of the addresses to look at, in their order."""
    return "".join(one.url[-1] for one in store.doubts(at(hours), OLD, REST, limit))


def test_what_is_missing_and_what_lists_alone_have_shown_for_long_is_doubtful(store: Store) -> None:
    long_ago, lately = NOW - timedelta(days=61), NOW - timedelta(days=59)
    record(
        store,
        item("1", posted_at=long_ago),
        item("2", posted_at=lately),
        item("3", posted_at=long_ago, updated_at=lately),
        item("4"),
        item("5", posted_at=long_ago, closed="filled"),
        item("6", posted_at=long_ago, hidden=True),
        item("7", posted_at=long_ago),
        item("8", posted_at=lately),
    )
    record(store, item("7"), source="board", authority=1)
    record(store, missing=["8"], hours=1)
    classified(store)
    assert doubts(store, 1) == "81"
    assert doubts(store, 1, limit=1) == "8"
    later = doubts(store, 24 * 61)
    assert (later[0], sorted(later)) == ("8", list("12348"))
    assert store.doubts(at(1), OLD, REST, 1) == [Doubt("https://jobs.example/8", "Machine Learning Intern")]


def test_what_the_board_does_not_show_any_more_is_as_doubtful_as_others(store: Store) -> None:
    record(store, item("1", posted_at=NOW - timedelta(days=61)))
    record(store, item("1"), source="board", authority=1)
    classified(store)
    assert doubts(store) == ""
    record(store, source="board", authority=1, missing=["1"], hours=1)
    assert doubts(store) == "1"


def test_machine_learning_comes_first_and_only_internships(store: Store) -> None:
    record(store, *(item(str(number), posted_at=NOW - timedelta(days=61)) for number in range(1, 6)))
    told = [("none", "internship"), ("adjacent", "internship"), ("core", "internship"), ("data", "internship")]
    told.append(("core", "job"))
    known = {one.url[-1]: number for number, one in ((o.id, o) for o in everything(store).values())}
    store.save_facets(
        (known[str(place)], facets(kind=kind, role=role)) for place, (role, kind) in enumerate(told, start=1)
    )
    assert doubts(store) == "3421"


def test_none_is_looked_at_again_within_a_week_but_what_was_not_there(store: Store) -> None:
    record(store, *(item(str(number), posted_at=NOW - timedelta(days=61)) for number in (1, 2, 3)))
    classified(store)
    store.save_checks(
        [
            Checked("https://jobs.example/1", NOW, "unknown"),
            Checked("https://jobs.example/2", NOW, "unknown", "404", missing_since=NOW),
        ]
    )
    assert doubts(store, 1) == "3"
    assert doubts(store, 23.9) == "3"
    assert doubts(store, 24) == "23"
    assert doubts(store, 24 * 7) == "231"


# ------------------------------------------------------------------------------------------------ not watched
def test_what_nobody_watches_goes_missing_and_is_not_closed(store: Store) -> None:
    record(store, item())
    assert store.watch([], at(50)) == Recorded()
    opening = the_opening(store)
    assert (opening.state, opening.evidence) == ("missing", "list is not watched since 2026-08-22")
    assert opening.sightings[0].evidence == opening.evidence
    assert turns(store) == [Turn(at(50), "missing", opening.evidence, "list")]


def test_it_comes_back_when_its_source_is_watched_again(store: Store) -> None:
    record(store, item("1"), item("2"))
    record(store, item("1"), missing=["2"], hours=1)
    before = dump(store, "sighting", "opening", "turn")
    states = {url: one.state for url, one in everything(store).items()}
    store.watch([], at(50))
    store.watch(["list"], at(60))
    assert {url: one.state for url, one in everything(store).items()} == states
    assert dump(store, "sighting", "opening", "turn") == before
    known = store.known("list")
    assert (known["1"].state, known["1"].missing_since, known["2"].missing_since) == ("open", None, at(1))


def test_watching_the_same_changes_nothing(store: Store) -> None:
    record(store, item("1"), item("2", closed="filled"))
    for names in (["list"], []):
        store.watch(names, at(1))
        before = dump(store)
        assert store.watch(names, at(2)) == Recorded()
        assert dump(store) == before


def test_what_another_source_shows_stays_open(store: Store) -> None:
    record(store, item())
    record(store, item(), source="board", authority=1)
    store.watch(["board"], at(1))
    assert the_opening(store).state == "open"
    assert turns(store) == []


def test_what_people_added_stays(store: Store) -> None:
    record(store, item(), source=MANUAL, adapter=MANUAL)
    store.watch([], at(1))
    assert the_opening(store).state == "open"


def test_its_page_decides_while_nobody_watches(store: Store) -> None:
    record(store, item())
    store.watch([], at(1))
    look(store, "open", 2, "its page shows it")
    assert (the_opening(store).state, the_opening(store).evidence) == ("open", "its page shows it")
    look(store, "closed", 200)
    assert the_opening(store).state == "closed"
    store.watch(["list"], at(300))
    assert the_opening(store).state == "closed"


def test_a_look_at_a_source_that_is_watched_again_goes_on_as_before(store: Store) -> None:
    record(store, item("1"), item("2"))
    store.watch([], at(1))
    store.watch(["list"], at(48))
    record(store, item("1"), missing=["2"], hours=48)
    assert [one.state for one in everything(store).values()].count("open") == 1
    assert store.known("list")["2"].missing_since == at(48)


# ------------------------------------------------------------------------------------------------ turns
def test_each_change_of_state_is_a_turn_with_whose_word_it_was(store: Store) -> None:
    record(store, item())
    record(store, hours=1, missing=["1"])
    record(store, item(), hours=2)
    record(store, item(closed="active: false"), hours=3)
    record(store, item(), source="board", authority=1, hours=4)
    assert turns(store) == [
        Turn(at(1), "missing", "absent from a complete look, 2026-08-22 11:00 UTC", "list"),
        Turn(at(2), "open", "", "list"),
        Turn(at(3), "closed", "active: false", "list"),
        Turn(at(4), "open", "", "board"),
    ]


def test_turns_go_with_their_opening(store: Store) -> None:
    record(store, item(identity="first"))
    record(store, hours=1, missing=["1"])
    assert rows(store, "SELECT count(*) FROM turn") == [(1,)]
    record(store, item(identity="second"), hours=2)
    assert rows(store, "SELECT count(*) FROM turn") == [(0,)]


def test_an_opening_that_was_mailed_keeps_them(store: Store) -> None:
    from db.status import Parcel

    record(store, item(identity="first"))
    parcel = Parcel(profile="me", period="2026-W34", message_id="<a>", subject="s", body=b"b", created_at=NOW)
    store.put(parcel, [the_opening(store).id])
    record(store, item(identity="second"), hours=2)
    assert rows(store, "SELECT state, source FROM turn") == [("closed", "")]


# ------------------------------------------------------------------------------------------------ how long they last
def lasting(store: Store, lengths: list[int], begin: int = 1) -> None:
    """Openings that appear while their source is watched and are marked as closed after so many days."""
    shown = [
        item(str(n), identity=f"lever:{n}", url=f"https://jobs.lever.co/heron/{n}", title=f"Intern {n}")
        for n in range(len(lengths))
    ]
    record(store, item("first", url="https://jobs.example/first"))
    record(store, *shown, hours=24 * begin)
    for day in sorted(set(lengths)):
        gone = [
            replace(one, listing=replace(one.listing, found=replace(one.listing.found, closed="filled")))
            if lengths[n] <= day
            else one
            for n, one in enumerate(shown)
        ]
        record(store, *gone, hours=24 * (begin + day))
    classified(store)


def test_how_long_openings_last_is_reckoned_from_what_the_store_saw(store: Store) -> None:
    lasting(store, [3] * 10 + [9] * (ENOUGH - 10))
    store.reckon()
    with reader(store) as reading:
        known = reading.lifespans()
    assert known.keys() == {("lever", "summer"), ("lever", ""), ("", "summer"), ("", "")}
    assert {(one.n, one.closed, one.closes_by(), one.median) for one in known.values()} == {(ENOUGH, ENOUGH, 3, 9)}


def test_there_is_no_estimate_below_enough_and_an_old_one_goes(store: Store) -> None:
    lasting(store, [3] * ENOUGH)
    store.reckon()
    record(store, item("0", identity="lever:0", url="https://jobs.lever.co/heron/0"), hours=240)
    store.reckon()
    with reader(store) as reading:
        assert reading.lifespans() == {}


def test_what_was_there_at_the_first_look_does_not_count(store: Store) -> None:
    record(store, *(item(str(n)) for n in range(ENOUGH)))
    record(store, *(item(str(n), closed="filled") for n in range(ENOUGH)), hours=72)
    classified(store)
    assert rows(store, "SELECT count(*) FROM opening WHERE state = 'closed'") == [(ENOUGH,)]
    store.reckon()
    with reader(store) as reading:
        assert reading.lifespans() == {}


def test_what_was_closed_when_it_was_first_seen_does_not_count(store: Store) -> None:
    record(store, item("first"))
    record(store, *(item(str(n), closed="filled") for n in range(ENOUGH)), hours=24)
    classified(store)
    store.reckon()
    with reader(store) as reading:
        assert reading.lifespans() == {}


def test_closed_by_absence_it_lasted_until_it_was_last_seen(store: Store) -> None:
    record(store, item("first"))
    keys = [str(n) for n in range(ENOUGH)]
    record(store, *map(item, keys), hours=24)
    record(store, *map(item, keys), hours=24 * 5)
    record(store, missing=keys, hours=24 * 8)
    record(store, closed=dict.fromkeys(keys, "absent"), hours=24 * 10)
    classified(store)
    store.reckon()
    with reader(store) as reading:
        (median,) = {one.median for one in reading.lifespans().values()}
    assert median == 4
