"""Groups that are one posting, and families: bounded, the same in any order, and a person has the last word."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.duplicates import SURE, Card, card
from finder.kin import (
    MOST,
    PROVEN,
    Decision,
    Pair,
    candidates,
    families,
    groups,
    label_of,
    link_of,
    may_be_one,
    pairs,
)
from finder.model import Place

BERLIN = Place("Berlin, Germany", "Berlin", "BE", "DE")
OSLO = Place("Oslo", "Oslo", "", "NO")
TEXT = " ".join(f"word{number} of an advertisement" for number in range(40))


def a_card(id_: str, title: str = "Vision Research Intern", company: str = "Blue Heron", **others: Any) -> Card:
    told = {"places": (BERLIN,), "day": 740000, "sources": (f"list-{id_}",)} | others
    return card(id_, company, title, told.pop("places"), **told)


def found(*cards: Card, fresh: set[str] | None = None, texts: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    told = pairs(cards, fresh, lambda ids: {id_: text for id_, text in (texts or {}).items() if id_ in ids})
    return [(pair.one, pair.other) for pair in told]


# ------------------------------------------------------------------------------------------------ links
@pytest.mark.parametrize(
    ("identity", "link"),
    [
        ("source:list:7", ""),
        ("url:heron.example/jobs/7", "heron.example"),
        ("url:heron.example:8443/jobs", "heron.example:8443"),
        ("greenhouse:700", PROVEN),
        ("workday:heron:R7", PROVEN),
        ("split:list:7", PROVEN),
    ],
)
def test_what_an_identity_proves(identity: str, link: str) -> None:
    assert link_of(identity) == link


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (PROVEN, PROVEN, False),
        (PROVEN, "", True),
        (PROVEN, "a.example", True),
        ("a.example", "a.example", False),
        ("a.example", "b.example", True),
        ("", "", True),
    ],
)
def test_text_speaks_only_where_a_link_is_hidden(one: str, other: str, may: bool) -> None:
    a, b = a_card("a", link=one), a_card("b", link=other)
    assert may_be_one(a, b) == may_be_one(b, a) == may
    assert found(a, b) == [("a", "b")] * may


def test_what_one_source_shows_side_by_side_is_two() -> None:
    assert found(a_card("a", sources=("x", "y")), a_card("b", sources=("y", "z"))) == []


# ------------------------------------------------------------------------------------------------ pairs
@pytest.mark.parametrize("name", ["", "N/A", "Confidential", "unknown"])
def test_nobody_is_never_one_company(name: str) -> None:
    assert found(a_card("a", company=name), a_card("b", company=name)) == []
    assert label_of(a_card("a", company=name)) == ""


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"company": "Blue Heron Technologies"}, True),
        ({"title": "Vision Research Internship"}, True),
        ({"company": "Grey Goose"}, False),
        ({"title": "Vision Engineering Intern"}, False),
        ({"places": (OSLO,)}, False),
        ({"terms": ["Summer 2026"], "title": "Vision Research Intern Fall 2026"}, True),
        ({"day": 740130}, False),
    ],
    ids=str,
)
def test_which_pairs_are_sure(other: Mapping[str, Any], same: bool) -> None:
    assert found(a_card("a"), a_card("b", **other)) == [("a", "b")] * same


def test_a_pair_says_how_sure_it_is_and_why() -> None:
    (pair,) = pairs([a_card("b"), a_card("a")], None, lambda _ids: {})
    assert SURE <= pair.score <= 1
    assert (pair.one, pair.other, pair.why) == ("a", "b", "same title, same place, posted the same day")


def test_descriptions_speak_and_are_asked_for_only_where_it_matters() -> None:
    a, b, c = a_card("a"), a_card("b"), a_card("c", "Payroll Intern")
    asked: list[str] = []

    def described(ids: Any) -> dict[str, str]:
        asked.extend(sorted(ids))
        return {"a": TEXT, "b": TEXT.replace("word", "term")}

    assert pairs([a, b, c], None, described) == []
    assert asked == ["a", "b"]
    assert found(a, b, texts={"a": TEXT, "b": TEXT}) == [("a", "b")]


def test_other_pay_is_another_posting() -> None:
    assert found(a_card("a", pay="$30 an hour"), a_card("b", pay="$45 an hour")) == []


def test_only_what_is_fresh_is_compared_and_each_pair_once() -> None:
    cards = [a_card(id_, link=link) for id_, link in zip("abcd", ("", PROVEN, "", PROVEN), strict=True)]
    met = lambda fresh: sorted(tuple(sorted((a.id, b.id))) for a, b in candidates(cards, fresh))  # noqa: E731
    every = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("c", "d")]
    assert met(None) == met(set("abcd")) == every
    assert met({"b"}) == [("a", "b"), ("b", "c")]
    assert met({"a"}) == [("a", "b"), ("a", "c"), ("a", "d")]
    assert met(set()) == []


CARDS = st.lists(
    st.builds(
        lambda title, company, place, link, source, day: (title, company, place, link, source, day),
        st.sampled_from(["Vision Intern", "Vision Research Intern", "Vision Intern 2027", "Data Intern", "Intern"]),
        st.sampled_from(["Blue Heron", "Blue Heron Inc", "BLH", "Blue Lake Herons", "N/A", ""]),
        st.sampled_from([(), (BERLIN,), (OSLO,), (BERLIN, OSLO)]),
        st.sampled_from(["", PROVEN, "a.example"]),
        st.sampled_from("vwxyz"),
        st.sampled_from([None, 740000, 740010]),
    ),
    max_size=12,
).map(
    lambda rows: [
        card(f"c{number:02}", company, title, place, link=link, sources=(source,), day=day)
        for number, (title, company, place, link, source, day) in enumerate(rows)
    ]
)


@settings(max_examples=100, deadline=None)
@given(CARDS, st.randoms(use_true_random=False), st.sets(st.integers(0, 11)))
def test_the_order_and_the_way_to_it_do_not_matter(cards: list[Card], chance: random.Random, numbers: set[int]) -> None:
    whole = pairs(cards, None, lambda _ids: {})
    mixed = chance.sample(cards, len(cards))
    assert pairs(mixed, None, lambda _ids: {}) == whole
    fresh = {one.id for one in cards if int(one.id[1:]) in numbers}
    some = pairs(mixed, fresh, lambda _ids: {})
    assert some == [pair for pair in whole if {pair.one, pair.other} & fresh]


@settings(max_examples=100, deadline=None)
@given(CARDS)
def test_no_pair_is_of_nobody_of_one_source_or_of_two_proofs(cards: list[Card]) -> None:
    by_id = {one.id: one for one in cards}
    for pair in pairs(cards, None, lambda _ids: {}, least=0.0):
        one, other = by_id[pair.one], by_id[pair.other]
        assert one.role and other.role and pair.one < pair.other
        assert not one.sources & other.sources
        assert not one.link == other.link == PROVEN


# ------------------------------------------------------------------------------------------------ groups
def alike(*names: str, score: float = 0.99) -> list[Pair]:
    return [Pair(name[0], name[1], score) for name in names]


def test_each_goes_with_each() -> None:
    assert groups(alike("ab", "bc", "ac"), [], {}) == [("a", "b", "c")]
    chain = [Pair("a", "b", 0.99), Pair("b", "c", 0.98), Pair("c", "d", 0.97)]
    assert groups(chain, [], {}) == [("a", "b"), ("c", "d")]


def test_the_surest_goes_first() -> None:
    assert groups([Pair("a", "b", 0.96), Pair("b", "c", 0.97)], [], {}) == [("b", "c")]


def test_no_group_has_two_of_one_source() -> None:
    sources = {"a": frozenset("x"), "b": frozenset("y"), "c": frozenset("x")}
    assert groups(alike("ab", "bc", "ac"), [], sources) == [("a", "b")]


def test_no_group_grows_beyond_bounds() -> None:
    names = [f"n{number:03}" for number in range(3 * MOST)]
    every = [Pair(one, other, 0.99) for one, other in combinations(names, 2)]
    assert {len(group) for group in groups(every, [], {})} == {MOST}


def test_a_person_parts_what_is_alike() -> None:
    assert groups(alike("ab"), [Decision("b", "a", joined=False)], {}) == []
    assert groups(alike("ab", "bc", "ac"), [Decision("a", "b", joined=False)], {}) == [("a", "c")]
    assert groups(alike("ab", "bc", "ac"), [Decision("a", "", joined=False)], {}) == [("b", "c")]


def test_a_person_joins_what_is_not() -> None:
    by_hand = [Decision("a", "z", joined=True)]
    assert groups([], by_hand, {"a": frozenset("x"), "z": frozenset("x")}) == [("a", "z")]
    assert groups(alike("ab"), by_hand, {}) == [("a", "b", "z")]
    assert groups(alike("ab"), [*by_hand, Decision("b", "z", joined=False)], {}) == [("a", "z")]
    both = [Decision("a", "b", joined=True), Decision("b", "c", joined=True), Decision("a", "c", joined=False)]
    assert groups([], both, {}) == [("a", "b")]
    assert groups([], [Decision("a", "", joined=False), Decision("a", "b", joined=True)], {}) == [("a", "b")]


NAMES = st.sampled_from("abcdefgh")
PAIRS = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from([0.95, 0.96, 0.99])).filter(lambda one: one[0] < one[1]), max_size=20
).map(lambda rows: [Pair(*row) for row in {row[:2]: row for row in rows}.values()])
DECISIONS = st.lists(
    st.tuples(NAMES, NAMES | st.just(""), st.booleans())
    .filter(lambda one: one[0] != one[1] and (one[1] or not one[2]))
    .map(lambda one: Decision(*one)),
    max_size=5,
    unique_by=lambda one: frozenset((one.one, one.other)),
)
SOURCES = st.dictionaries(NAMES, st.frozensets(st.sampled_from("xyz"), max_size=2))


@settings(max_examples=300, deadline=None)
@given(PAIRS, DECISIONS, SOURCES, st.randoms(use_true_random=False))
def test_groups_are_bounded_whole_and_the_same_in_any_order(
    told: list[Pair], decisions: list[Decision], sources: dict[str, frozenset[str]], chance: random.Random
) -> None:
    made = groups(told, decisions, sources)
    assert groups(chance.sample(told, len(told)), decisions, sources) == made
    members = [member for group in made for member in group]
    assert len(members) == len(set(members))
    linked = {frozenset((pair.one, pair.other)) for pair in told}
    joined = {frozenset((one.one, one.other)) for one in decisions if one.joined}
    apart = {frozenset((one.one, one.other)) for one in decisions if not one.joined and one.other}
    by_hand = {member for pair in joined for member in pair}
    alone = {one.one for one in decisions if not one.joined and not one.other}
    for group in made:
        ends = [frozenset(two) for two in combinations(group, 2)]
        assert not set(ends) & apart
        for two in ends:
            if not two & by_hand:
                one, other = two
                assert two in linked
                assert not two & alone
                assert not sources.get(one, frozenset()) & sources.get(other, frozenset())


@settings(max_examples=100, deadline=None)
@given(PAIRS, NAMES, NAMES)
def test_what_a_person_says_of_two_is_so(told: list[Pair], one: str, other: str) -> None:
    if one != other:
        parted = groups(told, [Decision(one, other, joined=False)], {})
        assert not any({one, other} <= set(group) for group in parted)
        assert any({one, other} <= set(group) for group in groups(told, [Decision(one, other, joined=True)], {}))


# ------------------------------------------------------------------------------------------------ families
def test_a_posting_is_of_the_family_of_its_head() -> None:
    labels = {"a": "one", "b": "two", "c": "two"}
    assert families(labels, {"a": "b", "b": "b", "c": "c"}, []) == {"a": "two", "b": "two", "c": "two"}


def test_who_is_split_off_has_a_family_of_their_own() -> None:
    labels, heads = dict.fromkeys("abc", "one"), {"a": "a", "b": "b", "c": "b"}
    told = families(labels, heads, [Decision("b", "a", joined=False)])
    assert told == {"a": "one", "b": "one-b", "c": "one-b"}
    assert families(labels, heads, [Decision("a", "", joined=False)])["a"] == "one-a"
    assert families(labels | {"a": "x"}, heads, [Decision("a", "b", joined=False)])["a"] == "x"
    assert families(labels, heads, [Decision("a", "b", joined=True)]) == labels


def test_siblings_share_a_label() -> None:
    same = {
        label_of(a_card("a", title=title))
        for title in ("Vision Intern", "Intern, Vision (Fall 2026)", "vision internship")
    }
    assert len(same) == 1
    assert label_of(a_card("a", title="PhD Vision Intern")) not in same
    assert label_of(a_card("a", "Vision Intern", "Blue Heron, Inc.")) in same
