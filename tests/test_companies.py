"""When two names, or a name and a slug, can be one company's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.companies import agree, initials_agree, likeness, named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blue Heron", "blueheron"),
        ("Blue Heron Labs", "blueheron"),
        ("Blue Heron, Inc.", "Blue Heron"),
        ("Blue Heron GmbH", "blue-heron"),
        ("The Blue Heron Company", "Blue Heron"),
        ("Blue Heron", "blueheron-2"),
        ("Blue Heron", "blueheroncareers"),
        ("Blue Heron", "BlueHeronExternalCareerSite"),
        ("Blue Heron", "careers-blueheron"),
        ("Blue Heron AI", "blueheron"),
        ("Zürcher Käse", "zurcher-kase"),
        ("O’Heron", "oheron"),
        ("Heron & Sons", "heron-and-sons"),
        ("Bank of Herons (BOH)", "boh"),
        ("Bank of Herons (BOH)", "Bank of Herons"),
        ("X", "x"),
        ("鷺研究所", "鷺研究所"),
    ],
)
def test_one_company(one: str, other: str) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blue Heron", "Blue Whale"),
        ("Heron", "Heronhealth"),  # another company may begin with the same word
        ("Heron", "Blue Heron"),
        ("Hewlett Heron Enterprise", "Hans Heron Esser GmbH"),
        ("X", "xai"),
        ("X", "x1"),
        ("AB", "AB Labs 2 Herons"),
        ("", ""),
        ("", "heron"),
        ("!!!", "???"),
        ("Heron", ""),
    ],
)
def test_two_companies(one: str, other: str) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


@pytest.mark.parametrize(
    ("slug", "name", "same"),
    [
        ("ghit", "Grey Heron Information Technology", True),
        ("GHIT-careers", "Grey Heron Information Technology", True),
        ("ghit", "Grey Heron Information Technology (GHIT)", True),
        ("ghi", "Grey Heron Information", False),  # too many share three letters
        ("ghix", "Grey Heron Information Technology", False),
        ("", "", False),
    ],
)
def test_initials(slug: str, name: str, same: bool) -> None:
    assert initials_agree(slug, name) is same


NAMES = st.text(max_size=40)


@given(NAMES, NAMES)
def test_either_may_come_first_and_no_text_is_too_odd(one: str, other: str) -> None:
    assert agree(one, other) == agree(other, one)
    assert isinstance(initials_agree(one, other), bool)


@given(
    st.text("bdfm", min_size=1, max_size=12),
    st.sampled_from(["", " Inc.", " GmbH", " Careers", ", LLC", " (Labs)"]),
)
def test_a_name_agrees_with_itself_whatever_is_hung_on(name: str, more: str) -> None:
    assert agree(name, name.upper() + more)


@given(st.text("abcdefgh", min_size=3, max_size=12), st.text("mnpqr", min_size=1, max_size=12))
def test_a_name_never_agrees_with_a_longer_one_by_its_beginning_alone(name: str, more: str) -> None:
    assert not agree(name, name + more)


# ------------------------------------------------------------------------------------------------ how alike names are
@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Blue Heron", "Blue Heron Technologies", 1.0),
        ("Blue Heron", "BlueHeron, Inc.", 1.0),
        ("The Blue Heron Company", "blue heron", 1.0),
        ("Heron's Nest", "Herons Nest", 1.0),
        ("Blue Heron (BHL)", "BHL", 0.95),
        ("BLH", "Blue Lake Herons", 0.9),
        ("Blue Heron", "Blue Heron Robotics", 0.85),
        ("Heron Capital", "Heron Trading", 0.8),
        ("Marsh Heron Labs", "Heron Marsh", 0.8),
        ("Kingfisher Energy", "Kingfisher Water", 0.7),
        ("Kingfisherbird", "Kingfisher", 0.65),
        ("Kingfisher", "Kingfischer", 0.6),
    ],
)
def test_names_that_can_be_one(one: str, other: str, least: float) -> None:
    assert likeness(one, other) == likeness(other, one) == least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meta", "Metaphor"),
        ("Bank of Lakes", "Bank of Rivers"),
        ("Blue Heron", "Grey Goose"),
        ("AB", "Alpha Beta"),
        ("", "Blue Heron"),
    ],
)
def test_names_that_cannot(one: str, other: str) -> None:
    assert likeness(one, other) == 0.0


@pytest.mark.parametrize(
    "name",
    ["", " ", "N/A", "n.a.", "None", "Unknown", "-", "???", "Confidential", "Confidential Series B start-up",
     "Stealth Startup", "Various employers", "Not disclosed", "12345", "Company Confidential", "TBD"],
)  # fmt: skip
def test_nobody_is_like_nobody(name: str) -> None:
    assert named(name).key == named(name).block == ""
    assert named(name).blocks == frozenset()
    assert likeness(name, name) == 0.0


@pytest.mark.parametrize("name", ["Stealth Robotics Inc", "Unknown Worlds", "The Private Company Ltd", "Na Pali Labs"])
def test_names_that_begin_like_nobody(name: str) -> None:
    assert named(name).key
    assert likeness(name, name) == 1.0


def test_a_name_of_nothing_but_what_is_left_out_keeps_it() -> None:
    assert named("Global Health").key == "globalhealth"
    assert likeness("Global Health", "International Health") < 1.0


WORDS = st.lists(
    st.sampled_from(["Blue", "Heron", "Lake", "Inc", "Labs", "AI", "of", "(BHL)", "Group", "&"]), max_size=5
)


@given(WORDS, WORDS)
def test_likeness_is_symmetrical_and_stays_within_blocks(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) in (0.0, 1.0)
    if likeness(a, b) >= 0.85:
        assert named(a).blocks & named(b).blocks
