"""Titles in parts: what the work is stands apart from what tells two positions apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.wording import folded, wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Software Engineering Intern", "Software Engineer Internship"),
        ("SWE Intern", "Software Engineer Intern"),
        ("ML Engineer Intern", "Machine Learning Engineering Intern - Summer 2027"),
        ("Intern – Data Science", "Data Scientist Intern"),
        ("Quant Trader Intern", "Intern, Quantitative Trading"),
        ("Full-Stack Developer (R104423)", "Fullstack Development"),
        ("C++ Developer Intern", "c++ development intern, 2027"),
        ("Back End Engineer Co-op", "Backend Engineer, Coop"),
        ("Student Research Programme: Vision", "Research - Vision"),
        ("Ingénieur Données", "ingenieur donnees"),
        ("Data Engineer (REQ-88123)", "Data Engineer Job 90211"),
    ],
)
def test_two_ways_to_say_one_work(one: str, other: str) -> None:
    assert wording(one).core == wording(other).core != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C Developer", "C++ Developer"),
        ("C# Developer", "C Developer"),
        ("Data Engineer Intern", "Data Analyst Intern"),
        ("Front End Engineer", "Back End Engineer"),
        ("Software Engineer I", "Software Engineer II"),
        ("Senior Data Engineer", "Data Engineer"),
    ],
)
def test_works_that_are_two(one: str, other: str) -> None:
    assert wording(one).core != wording(other).core


def test_what_tells_positions_apart() -> None:
    told = wording("Research Scientist Intern (Ph.D., B.S. or MS) - Fall/Winter 2026, 12 weeks, JR-20431")
    assert told.degrees == {"phd", "bachelor", "master"}
    assert (told.seasons, told.years) == ({"fall", "winter"}, {"2026"})
    assert told.numbers == {"12", "20431"}
    assert told.student == "intern"
    assert told.core == {"research", "science", "or", "weeks"}


@pytest.mark.parametrize(
    ("title", "student"),
    [
        ("Data Engineer Co-op", "coop"),
        ("Data Engineer, co op", "coop"),
        ("New Grad Engineer", "newgrad"),
        ("Engineer, new-graduate", "newgrad"),
        ("Interns wanted", "intern"),
        ("International Sales", ""),
        ("", ""),
    ],
)
def test_what_kind_of_student(title: str, student: str) -> None:
    assert wording(title).student == student


def test_autumn_is_fall_and_a_year_is_no_number() -> None:
    assert wording("Autumn 2027").seasons == wording("Fall 2027").seasons == {"fall"}
    assert (wording("Autumn 2027").numbers, wording("Autumn 2027").core) == (frozenset(), frozenset())


def test_the_core_keeps_its_order() -> None:
    assert wording("Intern, Vision Models for Robots").line == "vision models robots"
    assert wording("Intern, Vision Models for Robots").words == ("intern", "vision", "models", "for", "robots")


def test_folding() -> None:
    assert folded("Zürich’s ÉCOLE") == "zurichs ecole"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_title_is_read_and_its_case_does_not_matter(title: str) -> None:
    told = wording(title)
    assert set(told.line.split()) == set(told.core)
    assert not told.core & {"intern", "internship", "summer", "2027"}
    if title.isascii():
        assert wording(title.upper()) == wording(title.lower())
