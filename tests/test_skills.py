"""The skill list: whole, consistent, and cheap enough for the fast path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.classify.text import folded
from finder.skills import Skill, canonical, implied, skills

ROOT = Path(__file__).parents[1]
NAMES = sorted(skills())


def test_list_is_of_the_promised_size_and_every_skill_can_be_found() -> None:
    assert len(NAMES) >= 220
    assert all(skill.aliases or skill.cased for skill in skills().values())
    assert all(skill.group for skill in skills().values())


def test_key_is_the_name() -> None:
    assert all(name == skill.name for name, skill in skills().items())


def test_no_two_skills_share_a_spelling() -> None:
    spelled: dict[str, str] = {}
    for skill in skills().values():
        for word in {*skill.aliases, *skill.cased}:
            assert spelled.setdefault(word, skill.name) == skill.name
    folds = [word.lower() for skill in skills().values() for word in skill.cased]
    taken = [alias for skill in skills().values() for alias in skill.aliases]
    assert len(set(taken)) == len(taken)
    assert not set(folds) & set(taken)


def test_aliases_are_written_as_they_are_searched() -> None:
    for skill in skills().values():
        for alias in skill.aliases:
            assert alias == folded(alias) == " ".join(alias.split())


def test_cased_words_have_a_capital() -> None:
    assert all(word != word.lower() for skill in skills().values() for word in skill.cased)


def test_implications_name_known_skills_and_run_in_no_circle() -> None:
    for name, skill in skills().items():
        assert set(skill.implies) <= set(NAMES)
        assert name not in implied(name)
        assert all(name not in implied(other) for other in implied(name))


def test_implication_reaches_over_steps() -> None:
    assert set(skills()["Keras"].implies) == {"TensorFlow"}
    assert {"TensorFlow", "Python", "Deep learning", "Machine learning", "Statistics"} <= implied("Keras")
    assert implied("Python") == frozenset()
    assert implied("no such skill") == frozenset()


@given(st.sampled_from(NAMES))
def test_what_is_implied_is_closed(name: str) -> None:
    assert all(implied(skill) <= implied(name) | {name} for skill in implied(name))


@pytest.mark.parametrize(
    ("tag", "skill"),
    [
        ("Python", "Python"),
        ("python3", "Python"),
        ("scikit-learn", "scikit-learn"),
        ("Scikit_Learn", "scikit-learn"),
        ("machine-learning", "Machine learning"),
        ("JAVA", "Java"),
        ("java", "Java"),
        ("javascript", "JavaScript"),
        ("C++", "C++"),
        ("c#", "C#"),
        ("R", "R"),
        ("nlp", "NLP"),
        ("HTML/CSS", "HTML/CSS"),
        ("CI/CD", "CI/CD"),
        (" deep  learning ", "Deep learning"),
    ],
)
def test_whole_tags_are_known_in_any_case(tag: str, skill: str) -> None:
    assert canonical(tag) == skill


@pytest.mark.parametrize("tag", ["", "pythonic", "kontent-ai", "hacktoberfest", "learning", "Q"])
def test_other_tags_are_unknown(tag: str) -> None:
    assert canonical(tag) is None


@given(st.sampled_from(NAMES))
def test_every_name_stands_for_itself(name: str) -> None:
    assert canonical(name) == name


def test_the_list_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        skills()["Python"] = Skill("Python", "snakes")  # type: ignore[index]
    with pytest.raises(AttributeError):
        skills()["Python"].name = "Viper"  # type: ignore[misc]


def test_loading_the_list_loads_no_automaton() -> None:
    code = "import sys, finder.skills as s; s.implied('Keras'); print('ahocorasick_rs' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "False"
