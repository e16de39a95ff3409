"""Postings and families in the store: what follows from facts, what a person decided, and what stays of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from _store import BERLIN, NOW, OSLO, at, item, new_store, problems, reader, record, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import Store
from finder import conclusions
from finder.conclusions import conclude, relate
from finder.families import Kin
from finder.kin import RULES, Decision

POSTED = datetime.fromisoformat("2026-08-01T00:00:00Z")
BOARD, LIST = "lever:heron:1", "source:other:1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def an_item(identity: str, key: str = "1", **others: Any) -> Any:
    return item(key, identity=identity, posted_at=POSTED, **others)


def twice(store: Store, **others: Any) -> dict[str, str]:
    """A posting of a board and a list that hides its link; identity → id."""
    record(store, an_item(BOARD), source="board")
    record(store, an_item(LIST, **others), source="other")
    relate(store)
    return ids(store)


def ids(store: Store) -> dict[str, str]:
    return dict(rows(store, "SELECT identity, id FROM opening"))


def kin(store: Store) -> dict[str, Kin]:
    with reader(store) as reading:
        return reading.kin(ids(store).values())


def postings(store: Store) -> list[set[str]]:
    """Identities of openings that are one posting."""
    names = {number: identity for identity, number in ids(store).items()}
    groups: dict[str, set[str]] = {}
    for number, its in kin(store).items():
        groups.setdefault(its.posting, set()).add(names[number])
    return sorted((group for group in groups.values() if len(group) > 1), key=sorted)


# ------------------------------------------------------------------------------------------------ what follows
def test_a_hidden_link_joins_what_is_surely_one(store: Store) -> None:
    told = twice(store)
    assert postings(store) == [{BOARD, LIST}]
    assert {its.posting for its in kin(store).values()} == {told[BOARD]}  # the head is the one whose address tells
    assert len({its.family for its in kin(store).values()}) == 1
    with reader(store) as reading:
        relatives = reading.relatives(told[LIST])
    assert (relatives.posting, relatives.family, relatives.said) == ((told[BOARD],), (), ())
    (pair,) = relatives.pairs
    assert {pair.one, pair.other} == set(told.values())
    assert pair.why == "same title, same place, posted the same day"


def test_both_stay_in_the_store(store: Store) -> None:
    assert len(twice(store)) == 2
    assert problems(store) == []


def test_siblings_are_a_family_and_stay_apart(store: Store) -> None:
    record(store, an_item("lever:heron:1"), an_item("lever:heron:2", "2", places=[OSLO]), source="board")
    relate(store)
    assert postings(store) == []
    assert len({its.family for its in kin(store).values()}) == 1
    told = ids(store)
    with reader(store) as reading:
        assert reading.relatives(told["lever:heron:1"]).family == (told["lever:heron:2"],)


def test_another_city_is_not_the_same_posting(store: Store) -> None:
    twice(store, places=[OSLO])
    assert postings(store) == []
    assert len({its.family for its in kin(store).values()}) == 1


@pytest.mark.parametrize("name", ["", "N/A", "Confidential"])
def test_openings_of_nobody_are_kin_to_nobody(store: Store, name: str) -> None:
    record(store, an_item("lever:x:1", organization=name), source="board")
    record(store, an_item(LIST, organization=name), source="other")
    relate(store)
    assert len({its.family for its in kin(store).values()}) == 2
    assert postings(store) == []


def test_a_project_has_no_kin(store: Store) -> None:
    record(store, an_item("github:heron/nest", kind="project"), source="board")
    assert relate(store) == {"posting": 0, "family": 0}
    with reader(store) as reading:
        assert reading.kin(ids(store).values()) == {}
        assert reading.relatives(ids(store)["github:heron/nest"]).label == ""


def test_descriptions_of_two_postings_keep_them_apart(store: Store) -> None:
    text = " ".join(f"word{number} of an advertisement" for number in range(40))
    record(store, an_item(BOARD, description=text), source="board")
    record(store, an_item(LIST, description=text.replace("word", "term")), source="other")
    relate(store)
    assert postings(store) == []


def test_what_is_new_is_compared_with_what_is_there(store: Store) -> None:
    record(store, an_item(BOARD), source="board")
    relate(store)
    assert store.unrelated(RULES) == {}
    record(store, an_item(LIST), source="other", hours=1)
    assert store.unrelated(RULES).keys() == {ids(store)[LIST]}
    assert relate(store) == {"posting": 2, "family": 0}
    assert relate(store) == {"posting": 0, "family": 0}


def test_a_posting_that_says_something_else_now_leaves(store: Store) -> None:
    twice(store)
    record(store, an_item(LIST, title="Payroll Intern"), source="other", hours=1)
    assert relate(store) == {"posting": 2, "family": 1}
    assert postings(store) == []
    assert len({its.family for its in kin(store).values()}) == 2


def test_siblings_make_it_doubtful_again(store: Store) -> None:
    """With five of the same role and place at the board, nobody can say which of them the list means."""
    twice(store)
    more = [an_item(f"lever:heron:{number}", str(number)) for number in range(1, 7)]
    record(store, *more, source="board", hours=1)
    relate(store)
    assert postings(store) == []


def test_other_rules_reckon_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    twice(store)
    monkeypatch.setattr(conclusions, "KIN_RULES", "next")
    monkeypatch.setattr(conclusions, "pairs", lambda *_: [])
    assert relate(store) == {"posting": 2, "family": 0}
    assert store.unrelated("next") == {}


def test_an_opening_that_is_removed_is_nobodys_kin(store: Store) -> None:
    twice(store)
    record(store, an_item("lever:heron:9"), source="other", hours=1)
    assert LIST not in ids(store)
    relate(store)
    assert rows(store, "SELECT count(*) FROM alike") == [(0,)]
    assert postings(store) == []
    assert problems(store) == []


def test_many_are_reckoned_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}heron {letter}{letter}" for letter in "abcdefg"]
    record(store, *(an_item(f"lever:x:{name}", name, organization=name) for name in names), source="board")
    record(store, *(an_item(f"source:other:{name}", name, organization=name) for name in names), source="other")
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(conclusions, "BATCH", 3)
    relate(store, lambda done, whole: told.append((done, whole)))
    assert told == [(3, 14), (6, 14), (9, 14), (12, 14), (14, 14)]
    assert len(postings(store)) == 7


def test_what_was_interrupted_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}heron {letter}{letter}" for letter in "abcdefg"]
    record(store, *(an_item(f"lever:x:{name}", name, organization=name) for name in names), source="board")
    record(store, *(an_item(f"source:other:{name}", name, organization=name) for name in names), source="other")
    monkeypatch.setattr(conclusions, "BATCH", 4)

    def die(done: int, _whole: int) -> None:
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        relate(store, die)
    assert len(store.unrelated(RULES)) == 6
    relate(store)
    assert len(postings(store)) == 7


# ------------------------------------------------------------------------------------------------ decisions
def test_a_split_stays_through_refreshes(store: Store) -> None:
    told = twice(store)
    store.decide(Decision(told[LIST], told[BOARD], joined=False), at(1))
    assert postings(store) == []
    assert len({its.family for its in kin(store).values()}) == 2
    for hour in (2, 3):
        record(store, an_item(BOARD, pay=f"${hour}0"), source="board", hours=hour)
        record(store, an_item(LIST), source="other", hours=hour)
        conclude(store)
        assert postings(store) == []
    assert ids(store) == told


def test_a_join_stays_and_can_be_taken_back(store: Store) -> None:
    told = twice(store, title="Payroll Intern", places=[OSLO])
    assert postings(store) == []
    store.decide(Decision(*sorted(told.values()), joined=True), at(1))
    record(store, an_item(BOARD, pay="$20"), source="board", hours=2)
    conclude(store)
    assert postings(store) == [{BOARD, LIST}]
    assert len({its.family for its in kin(store).values()}) == 1
    assert store.undecide(told[LIST], told[BOARD])
    assert postings(store) == []
    assert not store.undecide(told[LIST], told[BOARD])


def test_the_last_word_on_two_stands(store: Store) -> None:
    told = twice(store)
    store.decide(Decision(told[LIST], told[BOARD], joined=False), at(1))
    store.decide(Decision(*sorted(told.values()), joined=True), at(2))
    assert postings(store) == [{BOARD, LIST}]
    with reader(store) as reading:
        (said,) = reading.decisions()
        assert (said.joined, said.at) == (True, at(2))
        assert reading.relatives(told[BOARD]).said == (said,)


def test_one_that_stands_by_itself(store: Store) -> None:
    told = twice(store)
    store.decide(Decision(told[BOARD], "", joined=False), at(1))
    record(store, an_item("source:third:1"), source="third", hours=2)
    conclude(store)
    assert postings(store) == [{LIST, "source:third:1"}]
    assert kin(store)[told[BOARD]].family not in {kin(store)[told[LIST]].family}


def test_a_decision_about_an_opening_that_is_gone_waits_for_it(store: Store) -> None:
    told = twice(store)
    store.decide(Decision(told[LIST], told[BOARD], joined=False), at(1))
    record(store, an_item("lever:heron:9", title="Payroll Intern"), source="other", hours=2)
    conclude(store)
    assert LIST not in ids(store)
    record(store, an_item(LIST), source="third", hours=3)
    conclude(store)
    assert ids(store)[LIST] == told[LIST]
    assert postings(store) == []


def test_a_sighting_is_taken_out_and_stays_out(store: Store) -> None:
    record(store, an_item(BOARD), source="board")
    record(store, an_item(BOARD, "7", title="Payroll Intern"), source="other")
    conclude(store)
    (old,) = ids(store).values()
    new = store.part(old, "other", at(1))
    assert rows(store, "SELECT opening FROM sighting ORDER BY no") == [(old,), (new,)]
    assert rows(store, "SELECT title FROM opening WHERE id = ?", new) == [("Payroll Intern",)]
    record(store, an_item(BOARD, "7", title="Payroll Intern", pay="$20"), source="other", hours=2)
    conclude(store)
    assert ids(store).keys() == {BOARD, "split:other:7"}
    assert rows(store, "SELECT title FROM opening WHERE id = ?", old) == [("Machine Learning Intern",)]
    assert postings(store) == []
    assert problems(store) == []


def test_a_sighting_taken_out_keeps_its_opening_under_a_new_key(store: Store) -> None:
    record(store, an_item(BOARD), source="board")
    record(store, an_item(BOARD, "7"), source="other")
    (old,) = ids(store).values()
    new = store.part(old, "other", at(1))
    record(store, an_item(BOARD, "8"), source="other", hours=2, same={"8": "7"})
    assert rows(store, "SELECT key, opening FROM sighting ORDER BY no") == [("1", old), ("8", new)]
    record(store, an_item(BOARD, "8", pay="$20"), source="other", hours=3)
    assert rows(store, "SELECT opening FROM sighting WHERE key = '8'") == [(new,)]
    assert rows(store, "SELECT key FROM parted") == [("8",)]


# ------------------------------------------------------------------------------------------------ any store
TITLES = st.sampled_from(["Vision Intern", "Vision Intern 2027", "Data Intern", "Intern"])
NAMES = st.sampled_from(["Blue Heron", "Blue Heron Inc", "BLH", "N/A", ""])
LOOKS = st.lists(
    st.tuples(
        st.sampled_from(["board", "other", "third"]),
        st.lists(st.tuples(st.integers(0, 3), TITLES, NAMES, st.sampled_from([BERLIN, OSLO])), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=5,
)
SAID = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.booleans()), max_size=3)


@settings(max_examples=25, deadline=None)
@given(LOOKS, SAID)
def test_step_by_step_comes_to_the_same_as_at_once(
    tmp_path_factory: pytest.TempPathFactory, looks: list[Any], said: list[tuple[int, int, bool]]
) -> None:
    with new_store(tmp_path_factory.mktemp("kin")) as store:
        for hour, (source, told) in enumerate(looks):
            items = [
                an_item(f"lever:x:{n}" if source == "board" else f"source:{source}:{n}", str(n), title=title,
                        organization=name, places=[place])
                for n, title, name, place in {row[0]: row for row in told}.values()
            ]  # fmt: skip
            record(store, *items, source=source, hours=hour)
            conclude(store)
        numbers = sorted(ids(store).values())
        for one, other, joined in said:
            ends = sorted({numbers[one % len(numbers)], numbers[other % len(numbers)]})
            if len(ends) == 2:
                store.decide(Decision(ends[0], ends[1], joined), NOW)
        before, names = kin(store), ids(store)
        store.forget_conclusions()
        conclude(store)
        assert kin(store) == before
        assert ids(store) == names
        assert problems(store) == []
        with reader(store) as reading:
            for one in reading.decisions():
                assert one.joined or before[one.one].posting != before[one.other].posting
