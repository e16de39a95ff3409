"""Places, remote work and terms as people type them, against openings as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import at, opening, project

from finder.model import Place, Stated
from finder.places import parse
from finder.wishes import in_place, is_remote, lies_in, misread, near_wish, of_term, public_kind, says, terms_of, words


# ---------------------------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("text", "wanted", "answer"),
    [
        ("New York, NY", "york", True),
        ("North Yorkshire", "york", False),
        ("Yorkshire", "York", False),
        ("NVIDIA Corporation", "nvidia", True),
        ("J.P. Morgan Chase & Co.", "jp morgan", True),
        ("J.P. Morgan Chase & Co.", "JPMorgan", True),
        ("J.P. Morgan Chase & Co.", "morgan chase", True),
        ("J.P. Morgan Chase & Co.", "organ", False),
        ("Nestlé S.A.", "nestle", True),
        ("Łódź Robotics", "lodz robotics", True),
        ("Ørsted", "orsted", True),
        ("Straßenbahn", "strassenbahn", True),
        ("深度学习", "深度学习", True),
        ("Quillmark", "", False),
        ("Quillmark", " - ", False),
        ("", "quillmark", False),
        ("Intel", "intelligence", False),
        ("c3.ai", "C3 AI", True),
    ],
)
def test_whole_words_in_a_row(text: str, wanted: str, answer: bool) -> None:
    assert says(text, wanted) is answer


@settings(max_examples=80)
@given(st.text(max_size=30), st.text(max_size=10))
def test_a_text_says_itself_and_each_of_its_words(text: str, other: str) -> None:
    assert says(f"{other} {text}", text) is bool(words(text))
    for word in words(text):
        assert says(text, word)


# ---------------------------------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("place", "yes", "no"),
    [
        ("New York, NY", "NYC|new york|New York City|NY|US|usa|United States|New York, US", "Yorkshire|Jersey|CA"),
        (
            "San Francisco, CA",
            "SF|sf|san francisco|California|CA|San Francisco, California",
            "Canada|Francis|San Diego",
        ),
        ("Toronto, ON", "CA|Canada|Ontario|toronto, canada", "California|US|London, ON"),
        ("München", "Munich|munich|münchen|MUENCHEN|Germany|DE|Deutschland", "Delaware|Berlin"),
        ("Wilmington, Delaware", "DE|Delaware|wilmington", "Germany"),
        ("Albuquerque, New Mexico", "New Mexico|NM", "Mexico|MX"),
        ("Mexico City, Mexico", "Mexico|MX|mexico city", "New Mexico"),
        ("London, UK", "UK|GB|United Kingdom|London|London, UK", "London, ON|Ontario"),
        ("Rio de Janeiro, Brazil", "Brazil|Rio de Janeiro|rio", "DE|de|Germany"),
        ("Bengaluru, India", "Bangalore|bengaluru|IN|India", "Indiana"),
        ("Indianapolis, IN", "IN|Indiana", "India"),
        ("Paris, TX", "Paris|Paris, TX|Texas", "Paris, France|France"),
        ("Paris, France", "Paris|paris, fr|France", "Paris, TX"),
        ("Atlanta, Georgia", "Georgia|GA|atlanta", "Georgian"),
        ("Seattle, WA", "Washington|WA", "DC"),
        ("Washington, DC", "DC|Washington", "WA"),
        ("Łódź, Poland", "lodz|Łódź|Poland", "Poll"),
        ("Smallville Heights", "smallville|Smallville Heights", "small|heights smallville"),
    ],
)
def test_a_place_is_found_by(place: str, yes: str, no: str) -> None:
    one = opening("a", places=parse(place))
    assert [wanted for wanted in yes.split("|") if not in_place(one, wanted)] == []
    assert [wanted for wanted in no.split("|") if in_place(one, wanted)] == []


def test_any_of_several_places_will_do_but_all_parts_must_be_of_one() -> None:
    one = opening("a", places=(*parse("Paris, France"), *parse("Austin, TX")))
    assert in_place(one, "Austin")
    assert in_place(one, "France")
    assert not in_place(one, "Paris, TX")


@pytest.mark.parametrize("wanted", ["", "  ", ",", "?,!"])
def test_no_words_are_no_place(wanted: str) -> None:
    assert not in_place(opening("a", places=parse("Berlin")), wanted)


def test_without_a_place_nothing_is_there() -> None:
    assert not in_place(opening("a"), "Berlin")
    assert not in_place(opening("a", places=(at(""),)), "Berlin")


def test_a_place_that_could_not_be_read_is_found_by_its_words() -> None:
    one = opening("a", places=(at("Campus Nord, Halle 7"),))
    assert in_place(one, "campus nord")
    assert not in_place(one, "campus sued")


def test_two_letters_are_a_code_and_no_word() -> None:
    assert not in_place(opening("a", places=(at("Campo de Fora"),)), "de")


def test_a_nickname_means_one_city_and_not_its_namesakes() -> None:
    assert not in_place(opening("a", places=(at("Washington, PA", "Washington", "PA", "US"),)), "DC")


def test_remote_is_a_place_too() -> None:
    assert in_place(opening("a", remote=True), "remote")
    assert not in_place(opening("a", remote=False, places=(at("Remote"),)), "Remote")


@settings(max_examples=60)
@given(st.text(max_size=25), st.builds(Place, *[st.text(max_size=12)] * 4))
def test_any_wish_gets_an_answer(wanted: str, place: Place) -> None:
    assert in_place(opening("a", places=(place,)), wanted) in (True, False)


# ---------------------------------------------------------------------------------------- remote
@pytest.mark.parametrize(
    ("said", "text", "answer"),
    [
        (True, "", True),
        (True, "Berlin", True),
        (None, "", False),
        (None, "Berlin", False),
        (None, "Remote - US", True),
        (None, "REMOTE", True),
        (None, "Remoteville", False),
        (None, "Anywhere", True),
        (False, "Remote", False),
    ],
)
def test_remote(said: bool | None, text: str, answer: bool) -> None:
    assert is_remote(opening("a", remote=said, places=(at(text),) if text else ())) is answer


# ---------------------------------------------------------------------------------------- terms
@pytest.mark.parametrize(
    ("terms", "wanted", "answer"),
    [
        (("Summer 2027",), "Summer 2027", True),
        (("Summer 2027",), "2027 summer", True),
        (("Summer 2027",), "2027", True),
        (("Summer 2027",), "summer", True),
        (("Summer 2027",), "Summer 2026", False),
        (("Summer 2026", "Fall 2027"), "Summer 2027", False),
        (("Fall 2026",), "autumn 2026", True),
        (("Autumn 2026",), "Fall 2026", True),
        ((), "Summer 2027", False),
        (("Summer 2027",), "", False),
    ],
)
def test_term(terms: tuple[str, ...], wanted: str, answer: bool) -> None:
    assert of_term(opening("a", terms=terms), wanted) is answer


def test_what_the_source_says_of_the_term_stands_over_what_was_read() -> None:
    read = {"stated": {"term": Stated("Fall 2026|Spring 2027", "")}}
    assert terms_of(opening("a", read=read)) == ("Fall 2026", "Spring 2027")
    assert terms_of(opening("a", read=read, terms=("Summer 2027",))) == ("Summer 2027",)
    assert terms_of(opening("a", facets=None)) == ()


def test_the_public_kind_is_what_was_concluded() -> None:
    assert public_kind(opening("a", kind="job")) == "internship"
    assert public_kind(opening("a", kind="job", facets=None)) == "job"
    assert public_kind(project("p")) == "project"


@pytest.mark.parametrize(
    ("source", "stated", "answer"),
    [
        (None, "yes", True),
        (None, "country:US", True),
        (None, "near", True),
        (None, "hybrid:3 days", False),
        (None, "no", False),
        (True, "no", True),
        (False, "anywhere", False),
    ],
)
def test_what_is_stated_of_remote_counts_where_the_source_says_nothing(
    source: bool | None, stated: str, answer: bool
) -> None:
    one = opening("a", remote=source, read={"stated": {"remote": Stated(stated, "words")}})
    assert is_remote(one) is answer


# ---------------------------------------------------------------------------------------- near a city
@pytest.mark.parametrize(
    ("places", "answer"),
    [
        ("Potsdam, Germany", True),
        ("Munich; Potsdam, Germany", True),
        ("Munich", False),
        ("6 Locations", None),
        ("Munich, Germany", False),
        ("Remote", False),
        ("", False),
    ],
)
def test_near_a_city(places: str, answer: bool | None) -> None:
    one = opening("a", places=parse(places))
    assert lies_in(one, "within 50 km of Berlin") is answer
    assert in_place(one, "within 50 km of Berlin") is (answer is not False)


def test_what_may_be_near_is_not_hidden_by_what_is_far() -> None:
    one = opening("a", places=(*parse("Munich"), at("6 Locations")))
    assert lies_in(one, "30 miles from Berlin") is None
    assert lies_in(one, "within 30 miles of Munich") is True


@pytest.mark.parametrize(
    ("wanted", "named"),
    [("within 50 km of Smallville", "Smallville"), ("within 50 km of Berlin", ""), ("Smallville", ""), ("K9", "")],
)
def test_a_wish_near_nowhere_is_told(wanted: str, named: str) -> None:
    assert (named in misread(wanted)) if named else misread(wanted) == ""
    assert (near_wish(wanted) is not None) is (wanted == "within 50 km of Berlin")
