"""One of each family is shown, and nothing is lost by it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import at, of_kind, opening

from finder.families import Family, Kin, Relations, Relatives, fold, places_of
from finder.model import Kind, Match
from finder.render.kin import SIBLINGS, siblings
from finder.render.search import PLACES, more


def a_match(id_: str, kind: Kind = "internship", **changes: object) -> Match:
    one = of_kind(kind, id_, **changes)
    return Match(opening=one, score=0.5, parts={}, readiness="unknown")


def test_the_first_stands_for_its_family() -> None:
    kin = {"a": Kin("a", "one"), "b": Kin("b", "one"), "c": Kin("c", "two")}
    heads, told = fold([a_match("b"), a_match("c"), a_match("a")], kin)
    assert [head.opening.id for head in heads] == ["b", "c"]
    assert [other.id for other in told["b"].others] == ["a"]
    assert (told["b"].label, told["c"]) == ("one", Family("two"))


def test_a_second_address_of_one_posting_is_no_other() -> None:
    kin = {"a": Kin("a", "one"), "b": Kin("a", "one"), "c": Kin("c", "one"), "d": Kin("c", "one")}
    heads, told = fold([a_match(id_) for id_ in "badc"], kin)
    assert [head.opening.id for head in heads] == ["b"]
    assert [other.id for other in told["b"].others] == ["d"]


def test_kinds_are_shown_apart_and_what_was_never_compared_is_by_itself() -> None:
    kin = {"a": Kin("a", "one"), "b": Kin("b", "one")}
    heads, told = fold([a_match("a"), a_match("b", "job"), a_match("p", "project")], kin)
    assert [head.opening.id for head in heads] == ["a", "b", "p"]
    assert all(not family.others for family in told.values())


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)
KIN = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.sampled_from("xyz"), st.sampled_from("pq")))


@settings(max_examples=150)
@given(IDS, KIN, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_stays(
    ids: list[str], said: dict[str, tuple[str, str]], chance: random.Random
) -> None:
    kin = {id_: Kin(posting + family, family) for id_, (posting, family) in said.items()}
    chance.shuffle(ids)
    heads, told = fold([a_match(id_) for id_ in ids], kin)
    shown = [head.opening.id for head in heads]
    assert shown == [id_ for id_ in ids if id_ in shown]
    assert told.keys() == set(shown)
    stands_for = {kin.get(id_, Kin(id_, id_)).posting for id_ in ids}
    named = [kin.get(one, Kin(one, one)).posting for id_ in shown for one in (id_, *(o.id for o in told[id_].others))]
    assert sorted(named) == sorted(stands_for)


def test_places_are_told_once() -> None:
    others = [
        opening("a", places=(at("Oslo, Norway", "Oslo"), at("Remote"))),
        opening("b", places=(at("Oslo", "Oslo"),)),
    ]
    assert places_of(others) == ("Oslo", "Remote")


@pytest.mark.parametrize(("number", "end"), [(2, "City0; City1"), (PLACES + 2, f"City{PLACES - 1}; …")])
def test_what_else_there_is_in_one_line(number: int, end: str) -> None:
    others = tuple(opening(f"o{n}", places=(at(f"City{n}", f"City{n}"),)) for n in range(number))
    told = more(a_match("a1"), Family("one", others))
    assert told.startswith(f"{number} more like it (City0; ")
    assert told.endswith(f"{end}): finder show a1")
    assert more(a_match("a1"), Family("one", (opening("b", places=()),))) == "1 more like it: finder show a1"


def test_of_a_large_family_what_is_open_is_told_first() -> None:
    openings = {f"n{n:03}": opening(f"n{n:03}", state="closed" if n < 5 else "open") for n in range(SIBLINGS + 7)}
    lines = siblings(Relations(Relatives(family=tuple(openings)), openings), 0)
    assert len(lines) == SIBLINGS + 1
    assert "[n005]" in lines[0] and not any("closed" in line for line in lines)
    assert lines[-1] == "  … 7 more"
