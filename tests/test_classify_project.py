"""Facets of repositories: field, skills, and whether a beginner finds work there. All invented."""

from __future__ import annotations

from typing import Any

import pytest
from making import of_kind, project

from finder.classify import classify
from finder.classify.role import RELEVANT
from finder.model import Facets


def read(title: str = "quillmark/gradient-garden", description: str = "", **extra: Any) -> Facets:
    return classify(project(title=title, description=description, extra=extra, facets=None))


@pytest.mark.parametrize(
    "topic",
    [
        "machine-learning",
        "deep-learning",
        "nlp",
        "computer-vision",
        "data-science",
        "pytorch",
        "Machine Learning",
        "LLM",
    ],
)
def test_core_topics_make_a_core_project(topic: str) -> None:
    found = read(topics=["python", topic])
    assert found.role == "core"
    assert found.relevance >= 0.8
    assert found.evidence["role"] == topic


@pytest.mark.parametrize(
    ("topics", "role"),
    [
        (["pandas"], "data"),
        (["data-visualization", "javascript"], "data"),
        (["ai"], "adjacent"),
        (["robotics"], "adjacent"),
        (["hacktoberfest", "python"], "none"),
        (["kontent-ai"], "none"),
        (["r", "c"], "none"),
        (["javascript", "java"], "none"),
        ([], "none"),
    ],
)
def test_other_topics(topics: list[str], role: str) -> None:
    found = read(topics=topics)
    assert found.role == role
    assert (found.relevance >= RELEVANT) == (role != "none")


def test_tags_of_a_list_count_like_topics() -> None:
    assert read(skills=["machine-learning"]).role == "core"


@pytest.mark.parametrize(
    ("title", "description", "role"),
    [
        ("quillmark/tools", "A library for deep learning on graphs", "core"),
        ("quillmark/machine-learning-recipes", "", "core"),
        ("quillmark/deep_learning.notes", "", "core"),
        ("quillmark/tools", "Data visualization for the terminal", "data"),
        ("quillmark/kontent-ai-gatsby", "Source plugin for Gatsby", "none"),
        ("quillmark-ai/editor", "A text editor", "none"),
        ("quillmark/r", "Reminders", "none"),
        ("quillmark/javascript-guide", "Learn to write for the web", "none"),
        ("quillmark/research", "Recipes", "none"),
        ("quillmark/tools", "Powered by AI", "none"),
    ],
)
def test_words_of_name_and_description(title: str, description: str, role: str) -> None:
    found = read(title, description)
    assert found.role == role
    if role != "none":
        assert found.evidence["role"] in f"{title} {description}"
        assert found.relevance < read(topics=["machine-learning"]).relevance


@pytest.mark.parametrize(
    "extra",
    [
        {"label": "good first issue"},
        {"label": "good-first-issue", "issue_count": 3},
        {"label": "Good First Issue", "issue_count": None},
        {"label": "beginner friendly"},
        {"label": "E-Easy"},
        {"label": "up-for-grabs"},
        {"label": "first-timers-only"},
        {"free_issues": 2},
        {"free_issues": [{"title": "Fix a typo"}]},
        {"good_first_issues": 5},
    ],
)
def test_work_for_beginners(extra: dict[str, Any]) -> None:
    found = read(**extra)
    assert found.level == "beginner"
    assert found.evidence["level"]
    assert found.kind == "project"


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"label": ""},
        {"label": "help wanted"},
        {"label": "hacktoberfest"},
        {"label": "good first issue", "issue_count": 0},
        {"free_issues": 0},
        {"free_issues": []},
        {"free_issues": None, "good_first_issues": 0},
    ],
)
def test_no_known_work_for_beginners(extra: dict[str, Any]) -> None:
    found = read(**extra)
    assert found.level == "other"
    assert "level" not in found.evidence


def test_main_language_is_a_must_and_topics_are_mentioned() -> None:
    found = read(language="Python", topics=["pytorch", "nlp", "hacktoberfest", "c"])
    assert [(need.skill, need.strength, need.quote) for need in found.needs] == [
        ("Python", "must", "main language: Python"),
        ("PyTorch", "mentioned", "topic: pytorch"),
        ("NLP", "mentioned", "topic: nlp"),
    ]
    assert found.described


@pytest.mark.parametrize(
    ("language", "skill"),
    [("C++", "C++"), ("C#", "C#"), ("R", "R"), ("Go", "Go"), ("Java", "Java"), ("JavaScript", "JavaScript"), ("C", "C"),
     ("Jupyter Notebook", "Jupyter")],
)  # fmt: skip
def test_languages(language: str, skill: str) -> None:
    assert [need.skill for need in read(language=language).needs] == [skill]


def test_unknown_language_leaves_a_project_undescribed() -> None:
    assert not read(language="Brainwave").described
    assert not read(topics=["pytorch"]).described
    assert not read(language=None, topics=None, skills=None).described


# ---------------------------------------------------------------------------------------- data sets
def test_a_data_set_is_data_work_whatever_it_is_called() -> None:
    found = classify(of_kind("dataset", title="Iris plants", facets=None, extra={"task": ["classification"]}))
    assert (found.kind, found.role, found.relevance) == ("dataset", "data", 0.6)
    assert found.evidence["role"] == "classification"
    bare = classify(of_kind("dataset", title="Iris plants", facets=None))
    assert (bare.role, bare.relevance) == ("data", 0.6)
    assert "role" not in bare.evidence


def test_a_title_that_says_more_stands() -> None:
    found = classify(
        of_kind("dataset", title="Machine learning benchmarks", facets=None, extra={"task": ["regression"]})
    )
    assert found.role == "core"
    assert found.evidence["role"] != "regression"
