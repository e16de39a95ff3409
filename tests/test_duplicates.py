"""How likely two postings are one, from what is written alone."""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder import duplicates
from finder.duplicates import (
    FEATURES,
    LIKELY,
    MOST_MORE,
    SURE,
    Card,
    Crowd,
    card,
    contradict,
    features,
    log_odds,
    pay_odds,
    probability,
    shingles,
    text_odds,
    trees,
    why,
)
from finder.model import Place

BERLIN = Place("Berlin, Germany", "Berlin", "BE", "DE")
OSLO = Place("Oslo", "Oslo", "", "NO")
DOWN = {
    "days", "missing_least", "missing_most", "years", "seasons", "numbers", "degrees", "ranks", "student", "city",
    "region", "country", "alike_least", "alike_most", "across_least", "across_most", "there_least", "there_most",
}  # fmt: skip
"""What never speaks for two postings being one."""
EITHER = {"cities_most", "remote"}
TEXT = " ".join(f"word{number} of an advertisement" for number in range(40))


def a_card(id_: str = "a", title: str = "Vision Research Intern", company: str = "Blue Heron", **others: Any) -> Card:
    settings = {"places": (BERLIN,), "day": 740000, "sources": (f"list-{id_}",)} | others
    return card(id_, company, title, settings.pop("places"), **settings)


def chance(one: Card, other: Card, *more: Card) -> float:
    return probability(log_odds(features(one, other, Crowd.of([one, other, *more]))))


# ------------------------------------------------------------------------------------------------ what is likely
@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "Vision Research Internship"},
        {"title": "Intern, Vision Research", "day": 740001},
        {"company": "Blue Heron Technologies, Inc."},
    ],
    ids=str,
)
def test_one_posting_in_two_lists(other: Mapping[str, Any]) -> None:
    assert chance(a_card(), a_card("b", **other)) >= LIKELY


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Payroll Intern"},
        {"title": "Vision Engineer Intern, Ponds", "places": (OSLO,)},
        {"places": (OSLO,), "day": 740399},
        {"title": "Vision Research Co-op"},
    ],
    ids=str,
)
def test_two_postings(other: Mapping[str, Any]) -> None:
    assert chance(a_card(), a_card("b", **other)) < 0.6 < SURE


def test_among_many_alike_it_is_hard_to_say_which_is_which() -> None:
    siblings = [a_card(f"s{number}", sources=("list-b",)) for number in range(5)]
    assert chance(a_card(), a_card("b"), *siblings) < chance(a_card(), a_card("b"))


def test_a_posting_without_a_date_is_compared_too() -> None:
    assert 0 < chance(a_card(day=None), a_card("b")) < 1
    assert math.isnan(features(a_card(day=None), a_card("b"), Crowd())[FEATURES.index("days")])


WORDS = st.lists(
    st.sampled_from(
        ["Vision", "Research", "Data", "Intern", "Co-op", "PhD", "2027", "Summer", "Fall", "II", "12", "of"]
    ),
    max_size=5,
).map(" ".join)
CARDS = st.builds(
    a_card,
    st.text("abcdef", min_size=1, max_size=4),
    WORDS,
    st.sampled_from(["Blue Heron", "Blue Heron Inc", "BH", "Heron Robotics", "N/A", ""]),
    places=st.lists(st.sampled_from([BERLIN, OSLO, Place("Remote"), Place("Norway", "", "", "NO")]), max_size=3),
    terms=st.lists(st.sampled_from(["Summer 2027", "Fall 2026"]), max_size=1),
    day=st.none() | st.integers(739000, 741000),
    sources=st.sets(st.sampled_from("xyz"), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(CARDS, CARDS, st.lists(CARDS, max_size=3))
def test_it_does_not_matter_which_comes_first(one: Card, other: Card, more: list[Card]) -> None:
    crowd, turned = Crowd.of([one, other, *more]), Crowd.of([*more, other, one])
    told = features(one, other, crowd)
    assert repr(told) == repr(features(other, one, turned))
    assert len(told) == len(FEATURES)
    assert 0 <= probability(log_odds(told)) <= 1
    assert contradict(one, other) == contradict(other, one)


@settings(max_examples=150, deadline=None)
@given(CARDS, CARDS, st.sampled_from([name for name in FEATURES if name not in EITHER]), st.floats(0.1, 400))
def test_no_feature_speaks_against_its_direction(one: Card, other: Card, name: str, more: float) -> None:
    values = list(features(one, other, Crowd.of([one, other])))
    at = FEATURES.index(name)
    if not math.isnan(values[at]):
        before = log_odds(values)
        values[at] += more
        after = log_odds(values)
        assert after <= before + 1e-9 if name in DOWN else after >= before - 1e-9


# ------------------------------------------------------------------------------------------------ what cannot be
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"places": (OSLO,)}),
        ({"title": "Intern 2026"}, {"title": "Intern 2027"}),
        ({"title": "Summer Intern"}, {"terms": ["Fall 2027"]}),
        ({"title": "PhD Intern"}, {"title": "Bachelor Intern"}),
        ({"day": 740000}, {"day": 740121}),
    ],
    ids=str,
)
def test_contradictions(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert contradict(a_card(**one), a_card("b", **other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"places": (OSLO, BERLIN)}),
        ({}, {"places": (Place("Remote"),)}),
        ({"title": "Summer Intern 2027"}, {"title": "Intern"}),
        ({"title": "PhD Intern"}, {"title": "Master or PhD Intern"}),
        ({"day": 740000}, {"day": 740120}),
        ({"day": None}, {"day": 1}),
    ],
    ids=str,
)
def test_what_says_more_does_not_contradict(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert not contradict(a_card(**one), a_card("b", **other))


# ------------------------------------------------------------------------------------------------ cards
def test_terms_that_a_list_states_count_where_the_title_is_silent() -> None:
    assert a_card(terms=["Summer 2027"]).seasons == {"summer"}
    assert a_card(title="Intern Fall 2026", terms=["Summer 2027"]).years == {"2026"}


def test_the_role_is_company_work_degree_and_kind() -> None:
    same = [
        a_card(title=t).role
        for t in ("Vision Research Intern", "Research Internship: Vision 2027", "intern vision research (R12345)")
    ]
    assert len(set(same)) == 1
    other = [a_card(title=t).role for t in ("Vision Research", "PhD Vision Research Intern", "Vision Engineer Intern")]
    assert len({*same, *other}) == 4
    assert a_card(company="N/A").role == a_card(company="").role == ()


def test_a_crowd_counts_by_source() -> None:
    cards = [a_card("a", sources=("x",)), a_card("b", sources=("x", "y")), a_card("c", places=(OSLO,), sources=("y",))]
    crowd = Crowd.of(cards)
    assert crowd.beside(cards[0], frozenset("x")) == 2
    assert crowd.beside(cards[0], frozenset("z")) == crowd.beside(cards[0], frozenset()) == 0
    assert [crowd.there(one) for one in cards] == [2, 2, 1]


# ------------------------------------------------------------------------------------------------ texts, pay, words
def test_descriptions() -> None:
    whole, half = shingles(TEXT), shingles(TEXT[: len(TEXT) // 2])
    assert text_odds(whole, shingles(TEXT.upper() + " more")) == (MOST_MORE, "same description")
    assert text_odds(whole, shingles(TEXT.replace("of", "off"))) == (-4.0, "another description")
    assert text_odds(whole, half) == text_odds(whole, frozenset()) == (0.0, "")
    assert shingles("four words are few") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [("$40 an hour", "USD 40-50", 0.0), ("$40", "$45.50", -4.0), ("", "$45", 0.0), ("paid", "$45", 0.0)],
)
def test_pay(one: str, other: str, odds: float) -> None:
    assert pay_odds(one, other) == pay_odds(other, one) == odds


def test_it_says_why() -> None:
    assert why(a_card(), a_card("b")) == "same title, same place, posted the same day"
    other = a_card("b", "Vision Research Internship", "BLH", places=(OSLO, BERLIN), day=740003)
    assert why(a_card(), other) == (
        "same words of the title, Blue Heron and BLH can be one, both in Berlin, posted 3 days apart"
    )
    assert why(a_card(places=(), day=None), a_card("b", "Vision Intern", places=())) == "alike in title and place"


# ------------------------------------------------------------------------------------------------ the weights
def test_the_weights_are_small_plain_and_whole() -> None:
    assert duplicates.WEIGHTS.stat().st_size < 50_000
    lines = duplicates.WEIGHTS.read_text("utf-8").splitlines()
    assert lines[0].startswith("# Learned by bench/learn_duplicates.py")
    assert len(trees()) == len(lines) - 1 > 20
    assert LIKELY < SURE < 1
    assert {feature for tree in trees() for feature in _used(tree)} <= set(range(len(FEATURES)))


def _used(tree: Any) -> list[int]:
    return [] if isinstance(tree, float) else [tree[0], *_used(tree[3]), *_used(tree[4])]


def test_a_tree_is_read_as_it_stands() -> None:
    read = duplicates._tree(iter(["core<0.5", "-1.5", "days?9", "2", "-0.25"]))
    assert read == (FEATURES.index("core"), 0.5, False, -1.5, (FEATURES.index("days"), 9.0, True, 2.0, -0.25))
    values = [0.0] * len(FEATURES)
    found = {}
    for core, days in ((0.5, 0), (0.6, 9), (0.6, 9.5), (0.6, math.nan)):
        values[FEATURES.index("core")], values[FEATURES.index("days")] = core, days
        found[core, str(days)] = duplicates._leaf(read, values)
    assert list(found.values()) == [-1.5, 2.0, -0.25, 2.0]


# ------------------------------------------------------------------------------------------------ labelled pairs
SHARED = Path(__file__).parents[2] / "shared" / "eval"


@pytest.fixture(scope="module")
def same_opening() -> ModuleType:
    path = Path(__file__).parents[1] / "bench" / "same_opening.py"
    spec = importlib.util.spec_from_file_location("same_opening", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["same_opening"] = module
    spec.loader.exec_module(module)
    return module


ROWS = [
    {"ats": ats, "list_a": "one", "company_a": "Blue Heron", "title_a": title, "location_a": "Berlin",
     "url_a": f"https://jobs.lever.co/heron/{number:08x}-0000-4000-8000-000000000000", "seen_a": "2026-08-01",
     "list_b": "two", "company_b": "Blue Heron Inc", "title_b": f"{title}ship", "location_b": "Berlin, Germany",
     "url_b": f"https://jobs.lever.co/heron/{number:08x}-0000-4000-8000-000000000000/apply", "seen_b": "2026-08-02"}
    for number, (ats, title) in enumerate([("x:1", "Vision Intern"), ("x:2", "Payroll Intern")])
]  # fmt: skip


def test_pairs_of_lists_are_scored(same_opening: ModuleType) -> None:
    report, predictions = same_opening.duplicates(ROWS)
    assert (report["records"], report["true_pairs"]) == (4, 2)
    assert report["a_with_urls"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert [mark.split()[0] for _, mark in predictions] == ["1", "1"]
    assert all(len(columns) == 14 for columns, _ in predictions)


def test_one_to_one_takes_the_surest(same_opening: ModuleType) -> None:
    told = same_opening.records(ROWS)
    first, second = [one.number for one in told if one.list == "one"]
    third, fourth = [one.number for one in told if one.list == "two"]
    scores = {(first, third): 0.9, (first, fourth): 0.8, (second, fourth): 0.7, (second, third): 0.95}
    scores = {tuple(sorted(pair)): score for pair, score in scores.items()}
    taken = same_opening.one_to_one(scores, told, 0.5)
    assert taken == {tuple(sorted(pair)) for pair in ((second, third), (first, fourth))}


def test_real_lists_reach_what_was_promised(same_opening: ModuleType) -> None:
    path = SHARED / "duplicates" / "pairs.tsv"
    if not path.exists():
        pytest.skip("the labelled pairs are not here")
    header, *lines = path.read_text("utf-8").rstrip("\n").split("\n")
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=False)) for line in lines]
    report, _ = same_opening.duplicates(rows)
    assert report["a_with_urls"]["f1"] >= 0.98
    assert report["a_with_urls"]["precision"] >= 0.995
    assert report["b_blanked"]["f1"] >= 0.7
    assert report["b_blanked_sure"]["precision"] >= 0.95
    assert report["b_blanked_sure"]["recall"] >= 0.4
    assert report["b_one_to_one"]["f1"] >= 0.82


def test_a_card_keeps_what_it_was_given() -> None:
    one = replace(a_card(remote=True, pay="$40 AN HOUR", link="@"), id="z")
    assert (one.id, one.remote, one.pay, one.link) == ("z", True, "$40 an hour", "@")
