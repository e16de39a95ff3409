"""When two names, or a name and a slug, can be one company's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.companies import agree, initials_agree


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
