"""Distances between cities, and wishes for places near one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.distance import MAX_KM, centre_of, coordinates, distance_km, is_near, nearby, unknown_centre
from finder.model import Place
from finder.places import parse


def at(text: str) -> Place:
    (place,) = parse(text)
    return place


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("Berlin", "München", 504),
        ("New York", "London, UK", 5570),
        ("San Francisco, CA", "Palo Alto, CA", 44),
        ("Boston, MA", "Cambridge, MA", 4),
        ("Sydney, Australia", "Santiago, Chile", 11_340),
        ("Auckland", "Madrid", 19_600),
        ("Vancouver, WA", "Portland, OR", 13),
        ("Paris", "Paris", 0),
    ],
)
def test_distances_are_those_of_an_atlas(one: str, other: str, km: float) -> None:
    measured = distance_km(at(one), at(other))
    assert measured is not None
    assert measured == pytest.approx(km, rel=0.01, abs=2)
    assert distance_km(at(other), at(one)) == pytest.approx(measured)


@pytest.mark.parametrize("text", ["Germany", "California", "Smallville, OH", "Remote", "6 Locations"])
def test_what_has_no_known_city_has_no_distance(text: str) -> None:
    assert coordinates(at(text)) is None
    assert distance_km(at(text), at("Berlin")) is None
    assert distance_km(at("Berlin"), at(text)) is None


def test_coordinates_are_of_the_very_city() -> None:
    assert coordinates(Place("", "Portland", "ME", "US")) == (43.66, -70.26)
    assert coordinates(Place("", "Portland", "", "US")) == coordinates(Place("", "Portland", "OR", "US"))
    assert coordinates(Place("", "Portland", "TX", "DE")) is None
    assert coordinates(at("Bay Area")) == coordinates(at("San Francisco"))


WISHES = [
    ("within 50 km of Berlin", 50, "Berlin/BE/DE"),
    ("Within 50km of Berlin", 50, "Berlin/BE/DE"),
    ("50 km around Berlin", 50, "Berlin/BE/DE"),
    ("50 km Berlin", 50, "Berlin/BE/DE"),
    ("<= 50 km from Berlin", 50, "Berlin/BE/DE"),
    ("25 miles from Boston, MA", 40.2336, "Boston/MA/US"),
    ("10 mi of SF", 16.09344, "San Francisco/CA/US"),
    ("1 mile of Cambridge, UK", 1.609344, "Cambridge/ENG/GB"),
    ("30 km of Paris, Texas", 30, "Paris/TX/US"),
    ("30 km of Portland, ME, USA", 30, "Portland/ME/US"),
    ("im Umkreis von 30 km um Köln", 30, "Cologne/NW/DE"),
    ("dans un rayon de 20 km de Genève", 20, "Geneva/GE/CH"),
    ("a menos de 15,5 km de Sevilla", 15.5, "Seville/AN/ES"),
    ("  within   5 km\tof  Lund ", 5, "Lund/M/SE"),
    ("within 99999 km of Berlin", MAX_KM, "Berlin/BE/DE"),
]


@pytest.mark.parametrize(("text", "km", "where"), WISHES, ids=[row[0] for row in WISHES])
def test_a_wish_is_read(text: str, km: float, where: str) -> None:
    wish = nearby(text)
    assert wish is not None
    assert wish.km == pytest.approx(km)
    assert "/".join((wish.centre.city, wish.centre.region, wish.centre.country)) == where
    assert wish.centre.text in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Berlin",
        "within Berlin",
        "50 km",
        "within 50 km of",
        "50 km of Smallville",
        "50 km of Paris, BC",
        "50 km of Germany",
        "five km of Rome",
        "50 kmof",
    ],
)
def test_what_is_no_wish(text: str) -> None:
    assert nearby(text) is None


def test_near_and_far() -> None:
    wish = nearby("within 50 km of San Francisco")
    assert wish is not None
    assert is_near(at("Palo Alto, CA"), wish) is True
    assert is_near(at("San Jose, CA"), wish) is False
    assert is_near(at("San Francisco Bay Area"), wish) is True
    assert is_near(at("USA"), wish) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Potsdam, Germany", True),
        ("Munich", False),
        ("Germany", None),
        ("Brandenburg, Germany", None),
        ("Klein Quillow, Germany", None),
        ("6 Locations", None),
        ("Poland", None),
        ("Bavaria, Germany", False),
        ("United States", False),
        ("Smallville, OH", False),
    ],
)
def test_an_unknown_city_is_far_only_where_all_of_its_region_is(text: str, answer: bool | None) -> None:
    wish = nearby("within 50 km of Berlin")
    assert wish is not None
    assert is_near(at(text), wish) is answer


@pytest.mark.parametrize(
    ("text", "centre"),
    [("within 50 km of Smallville", "Smallville"), ("within 50 km of Berlin", ""), ("Smallville", ""), ("50 km", "")],
)
def test_the_centre_that_no_table_has_is_named(text: str, centre: str) -> None:
    assert unknown_centre(text) == centre


def test_a_centre_is_a_city() -> None:
    assert centre_of("Cambridge, UK") == Place("Cambridge, UK", "Cambridge", "ENG", "GB")
    assert centre_of("Cambridge, Mars") is None
    assert centre_of("") is None


CITIES = st.sampled_from(["Berlin", "Paris, TX", "Tokyo", "Auckland", "Lima", "Reykjavik", "Nairobi", "Honolulu"]).map(
    at
)


@given(CITIES, CITIES, CITIES)
@settings(max_examples=60)
def test_distance_is_a_metric(one: Place, other: Place, third: Place) -> None:
    def far(here: Place, there: Place) -> float:
        found = distance_km(here, there)
        assert found is not None
        return found

    assert far(one, one) == 0
    assert 0 <= far(one, other) <= MAX_KM
    assert far(one, third) <= far(one, other) + far(other, third) + 1e-6


@given(st.text(max_size=120) | st.text("within 50km of,Berlin ", max_size=60))
@settings(max_examples=200)
def test_nothing_raises(text: str) -> None:
    wish = nearby(text)
    assert wish is None or (0 <= wish.km <= MAX_KM and coordinates(wish.centre) is not None)
