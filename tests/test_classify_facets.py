"""What is concluded from a whole opening: kinds and levels, where needs come from, and what must not change them."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import opening

from finder.classify import LISTED, RULES, classify
from finder.model import Facets, Kind, Opening, Stated
from finder.skills import skills


def job(title: str = "Machine Learning Intern", description: str = "", kind: Kind = "job", **extra: Any) -> Opening:
    return opening(title=title, description=description, kind=kind, extra=extra, facets=None)


AD = """Quillmark builds quiet robots for greenhouses. We grow by listening to growers.

What you'll do
- Train computer vision models that count fruit
- Improve our deep learning pipelines in PyTorch

Requirements
- Currently pursuing a Master's degree in Computer Science or Statistics
- Proficiency in Python or C++
- Experience with PyTorch, TensorFlow or JAX
- Working with Git and Linux
- No prior robotics experience needed

Nice to have
- Docker
- Familiarity with ROS is a plus

Benefits
Free cucumbers. We will not sponsor visas for this position.
"""


def test_whole_ad() -> None:
    read = classify(job("Software Engineer Intern - Summer 2027", AD))
    assert (read.kind, read.level, read.role, read.rules) == ("internship", "internship", "adjacent", RULES)
    assert read.described
    assert {(need.skill, need.strength) for need in read.needs} == {
        ("Software engineering", "must"),
        ("Python", "must"),
        ("C++", "must"),
        ("PyTorch", "must"),
        ("TensorFlow", "must"),
        ("JAX", "must"),
        ("Git", "must"),
        ("Linux", "must"),
        ("Docker", "should"),
        ("ROS", "should"),
        ("Computer vision", "mentioned"),
        ("Deep learning", "mentioned"),
        ("Statistics", "mentioned"),
    } - {("Software engineering", "must")}
    assert read.evidence == {
        "role": "Train computer vision models that count fruit",
        "level": "Intern",
        "also named": "Computer Science",
    }
    studies = "Currently pursuing a Master's degree in Computer Science or Statistics"
    assert read.stated == {
        "term": Stated("Summer 2027", "Software Engineer Intern - Summer 2027"),
        "sponsorship": Stated("no", "We will not sponsor visas for this position."),
        "degree": Stated("master", studies),
        "enrolment": Stated("required", studies),
        "field": Stated("machine learning", "computer vision"),
    }


def test_groups_of_the_whole_ad() -> None:
    groups: dict[int, set[str]] = {}
    for need in classify(job(description=AD)).needs:
        groups.setdefault(need.group, set()).add(need.skill)
    assert {frozenset(members) for number, members in groups.items() if number} == {
        frozenset({"Python", "C++"}),
        frozenset({"PyTorch", "TensorFlow", "JAX"}),
    }


@pytest.mark.parametrize(
    ("kind", "title", "employment", "expected"),
    [
        ("job", "Data Intern", "", ("internship", "internship")),
        ("job", "Data Co-op", "", ("internship", "co-op")),
        ("job", "Werkstudent Data", "", ("internship", "working student")),
        ("job", "Data Apprentice", "", ("internship", "apprenticeship")),
        ("job", "Summer Fellow, Data", "", ("internship", "fellowship")),
        ("job", "Policy Fellow, Data", "", ("job", "fellowship")),
        ("job", "Postdoctoral Fellow, Data", "", ("job", "other")),
        ("job", "Data Engineer, New Grad", "", ("job", "new grad")),
        ("job", "Data Engineer", "", ("job", "other")),
        ("job", "Internal Auditor", "", ("job", "other")),
        ("job", "Data Engineer", "Intern", ("internship", "internship")),
        ("job", "Data Engineer", "INTERNSHIP", ("internship", "internship")),
        ("job", "Data Engineer", "FullTime", ("job", "other")),
        ("job", "Data Co-op", "Intern", ("internship", "co-op")),
        ("internship", "Machine Learning", "", ("internship", "internship")),
        ("internship", "Senior Data Engineer", "", ("internship", "other")),
        ("internship", "Data Engineer, New Grad", "", ("internship", "new grad")),
        ("internship", "Co-op, Data", "", ("internship", "co-op")),
        ("course", "Internship preparation", "", ("course", "other")),
        ("dataset", "Fruit images", "", ("dataset", "other")),
    ],
)
def test_kind_and_level(kind: Kind, title: str, employment: str, expected: tuple[str, str]) -> None:
    read = classify(job(title, kind=kind, employment=employment))
    assert (read.kind, read.level) == expected


def test_level_known_only_from_the_list_says_so() -> None:
    assert classify(job("Machine Learning", kind="internship")).evidence["level"] == LISTED
    assert "level" not in classify(job("Senior Data Engineer", kind="internship")).evidence
    assert classify(job("Data Engineer", employment="Intern")).evidence["level"] == "Intern"


def _needs(read: Facets) -> list[tuple[str, str, str]]:
    return [(need.skill, need.strength, need.quote) for need in read.needs]


def test_skills_that_the_list_names() -> None:
    read = classify(job("Intern", skills=["Python", "machine-learning", "R", "c", "Rowing", "SQL and Tableau"]))
    assert _needs(read) == [
        ("Python", "must", "named by the list: Python"),
        ("Machine learning", "must", "named by the list: machine-learning"),
        ("R", "must", "named by the list: R"),
        ("SQL", "must", "named by the list: SQL and Tableau"),
        ("Tableau", "must", "named by the list: SQL and Tableau"),
    ]
    assert read.described


def test_the_ad_speaks_louder_than_the_list() -> None:
    read = classify(job("Intern", "Python is required.", skills=["Python"]))
    assert _needs(read) == [("Python", "must", "Python is required.")]


def test_title_alone_is_no_description() -> None:
    read = classify(job("PyTorch Intern"))
    assert _needs(read) == [("PyTorch", "must", "PyTorch Intern")]
    assert not read.described


@pytest.mark.parametrize("text", ["   ", "We make maps.", "We use Python at sea."])
def test_text_without_requirements_is_no_description(text: str) -> None:
    assert not classify(job("Intern", text)).described


def test_requirements_without_skills_are_a_description() -> None:
    read = classify(job("Intern", "Requirements:\nA good sense of humour."))
    assert (read.described, read.needs) == (True, ())


def test_odd_extras_do_no_harm() -> None:
    read = classify(job("Intern", skills=None, category=None, employment=None, degrees=None, sponsorship=None))
    assert read.needs == ()


# ---------------------------------------------------------------------------------------------- properties
NEUTRAL = (
    "The canteen opens at noon.",
    "Our building stands beside the river and has a garden with benches.",
    "On Fridays somebody brings cake, and nobody asks who.",
    "The tram stops in front of the door every ten minutes.",
    "A choir meets in the hall each winter evening.",
    "Dogs are welcome on the ground floor.",
)
ADS = (AD, AD.replace("\n- ", " ").replace("\n", " "), "You must know SQL. Docker is a plus. We use Kafka.", "")


def _conclusions(read: Facets) -> tuple[Any, ...]:
    needs = {(need.skill, need.strength, need.group > 0) for need in read.needs}
    return (read.kind, read.role, read.relevance, read.level, needs, read.described, set(read.evidence))


@pytest.mark.parametrize("text", ADS, ids=range(len(ADS)))
@pytest.mark.parametrize("paragraph", NEUTRAL, ids=range(len(NEUTRAL)))
def test_neutral_paragraphs_around_change_no_conclusion(text: str, paragraph: str) -> None:
    plain = _conclusions(classify(job("Software Engineer Intern", text)))
    for around in (f"{paragraph}\n\n{text}", f"{text}\n\n{paragraph}", f"{paragraph}\n\n{text}\n\n{paragraph}"):
        assert _conclusions(classify(job("Software Engineer Intern", around))) == plain


SENTENCES = (
    "You must know Python.",
    "Experience with PyTorch or TensorFlow is required.",
    "Go, Rust and C are our languages.",
    "R is a plus.",
    "No Java experience needed.",
    "Spring 2027 is our season.",
    "Excel in what you do.",
    "Docker preferred.",
    "We are an equal opportunity employer.",
    "Statistics, SQL, and Tableau.",
    "Requirements: Linux.",
    "Nice to have: Kafka.",
)


@given(st.permutations(SENTENCES))
@settings(max_examples=30)
def test_set_of_skills_does_not_depend_on_the_order_of_sentences(order: list[str]) -> None:
    def named(sentences: tuple[str, ...] | list[str]) -> set[str]:
        return {need.skill for need in classify(job("Intern", " ".join(sentences))).needs}

    meant = "Python PyTorch TensorFlow Go Rust C R Docker Statistics SQL Tableau Linux Kafka"
    assert named(order) == named(SENTENCES) == set(meant.split())


def test_strengths_do_not_depend_on_the_order_within_a_section() -> None:
    lines = ["Python", "Docker is a plus", "Experience with SQL or R", "no Java experience needed", "Git and Linux"]
    rng = random.Random(4)
    seen = set()
    for _ in range(20):
        rng.shuffle(lines)
        read = classify(job("Intern", "Requirements:\n- " + "\n- ".join(lines)))
        seen.add(frozenset((need.skill, need.strength) for need in read.needs))
    assert len(seen) == 1


WORDS = sorted({word for skill in skills().values() for word in (*skill.aliases, *skill.cased)})
SIGNS = [*",;./-•()", "\n", "\n\n"]
PHRASES = "must|required|a plus|no experience with|or|and|Requirements:|Nice to have:|you will learn|degree in|one of|İ"
PIECES = [*SIGNS, *PHRASES.split("|")]


@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS), max_size=30))
@settings(max_examples=150)
def test_every_quote_is_found_and_no_need_is_said_twice(pieces: list[str]) -> None:
    text = " ".join(pieces)
    read = classify(job("Data Intern", text, skills=pieces[:3]))
    named = {f"named by the list: {piece}" for piece in pieces[:3]}
    for need in read.needs:
        assert need.quote in text or need.quote == "Data Intern" or need.quote in named
        assert len(need.quote) <= 240 or need.quote in named
    keys = [(need.skill, need.group) for need in read.needs]
    assert len(set(keys)) == len(keys)
    groups = [number for _, number in keys if number]
    assert all(groups.count(number) > 1 for number in groups)


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_is_classified_and_twice_the_same(text: str, title: str) -> None:
    once = classify(job(title, text))
    assert once == classify(job(title, text))
    assert 0 <= once.relevance <= 1


LONG = [
    "python " * 14_000,
    "python, but " * 8_000,
    "python or sql " * 7_000,
    "python/" * 14_000,
    "python required " * 6_000,
    "requirements: python\n" * 5_000,
    "requirements " * 7_500,
    "Machine learning " * 6_000,
    "Go " * 33_000,
    "no experience " * 7_000,
    "we do not " * 10_000,
    "pursuing a " * 9_000,
    "sponsorship " * 8_000,
    "Experience " * 9_000,
    " " * 100_000,
    "\n" * 100_000,
    "a" * 100_000,
    ". A" * 33_000,
    "• " * 50_000,
    "e.g. A" * 16_000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_hundred_thousand_characters_are_read_in_time(text: str) -> None:
    subject = job("Software Engineer Intern", text)
    began = time.process_time()
    classify(subject)
    assert time.process_time() - began < 3


def test_reading_leaves_the_opening_as_it_was() -> None:
    subject = job("Intern", AD, skills=["Python"])
    copy = replace(subject)
    classify(subject)
    assert subject == copy
