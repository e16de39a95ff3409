"""From where the work can be done, as classification states it: its value, its quote, and which field speaks first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import opening, project

from finder.classify import classify
from finder.classify.elsewhere import _holds_words
from finder.classify.text import folded
from finder.model import Opening, Stated
from finder.places import parse
from finder.remote import of_text
from finder.remote_words import TRIGGER


def ad(text: str = "", place: str = "", title: str = "Carver Intern") -> Opening:
    return opening("a", kind="internship", title=title, description=text, places=parse(place), facets=None)


def told(one: Opening) -> Stated | None:
    return classify(one).stated.get("remote")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("Remote", "yes"),
        ("Remote (US)", "country:US"),
        ("Remote - US or Canada", "country:CA|US"),
        ("Remote - EMEA", "region:EMEA"),
        ("Remote, Colorado", "region:US-CO"),
        ("Anywhere", "anywhere"),
        ("Hybrid 3 days in office", "hybrid:3 days"),
        ("Boston Hybrid", "hybrid"),
        ("Remote, local to Maryland", "near"),
        ("Austin, TX (Onsite)", "no"),
        ("Austin, TX; Remote - EMEA", "region:EMEA"),
    ],
)
def test_of_a_place_string(place: str, value: str) -> None:
    said = told(ad(place=place))
    assert said is not None
    assert said.value == value
    assert said.quote in [one.text for one in parse(place)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("This role is fully remote.", "yes"),
        ("This is a remote position open to candidates in the United States or Canada.", "country:CA|US"),
        ("You can work remotely from anywhere within the EU.", "region:Europe"),
        ("Location: New York, NY (Hybrid)", "hybrid"),
        ("You spend one day a week in the office.", "hybrid:1 day"),
        ("This is a hybrid role, 3 days per week in the office.", "hybrid:3 days"),
        ("This position is not remote.", "no"),
        ("The internship can be done remotely from anywhere in the world.", "anywhere"),
    ],
)
def test_of_a_text_with_the_sentence_as_its_quote(sentence: str, value: str) -> None:
    text = f"We carve. Our remote-first company sells spoons.\n{sentence}\nYou like wood."
    said = told(ad(text))
    assert said is not None
    assert said.value == value
    assert said.quote in text
    assert said.quote in sentence


@pytest.mark.parametrize(
    "text", ["", "We carve.", "You know remote sensing.", "A remote-first company.", "Our office."]
)
def test_what_says_nothing_is_unknown(text: str) -> None:
    assert told(ad(text, "Berlin")) is None


def test_a_contradiction_is_unknown() -> None:
    assert told(ad("This role is fully remote. This position is not remote.")) is None


def test_place_before_title_before_text() -> None:
    text = "This position is not remote."
    assert told(ad(text, "Remote (US)", "Fully remote Carver Intern")) == Stated("country:US", "Remote (US)")
    assert told(ad(text, "Berlin", "Fully remote Carver Intern")) == Stated("yes", "Fully remote Carver Intern")
    assert told(ad(text, "Berlin")) == Stated("no", text)


def test_a_hybrid_week_is_quoted_with_its_own_words() -> None:
    said = told(ad("This role is fully remote. It is a hybrid role."))
    assert said == Stated("hybrid", "It is a hybrid role.")


def test_projects_state_nothing() -> None:
    assert told(project("p", description="This role is fully remote.", facets=None)) is None


PARTS = [
    "This role is fully remote. ",
    "Hybrid work. ",
    "Job is on-site\n",
    "office ",
    "Location: Remote (US)\n",
    "x. ",
    "•",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=12), max_size=8).map("".join))
def test_reading_only_some_sentences_changes_nothing(text: str) -> None:
    said = told(ad(text))
    assert (said is None) == (of_text(text).scope == "unknown")
    assert said is None or (said.quote and said.quote in text)


@settings(max_examples=100, deadline=None)
@given(st.from_regex(TRIGGER, fullmatch=True))
def test_the_words_looked_for_first_are_those_of_the_pattern(word: str) -> None:
    assert _holds_words(folded(word))
