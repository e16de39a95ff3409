"""Facets of a repository: its field by topics, description and name; its skills; whether a beginner finds work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from finder.classify.needs import Ask
from finder.classify.role import Reading, Role, ruled
from finder.model import Opening
from finder.skills import canonical

_CORE_TOPICS = frozenset(
    """
    machine-learning machinelearning ml deep-learning deeplearning deep-neural-networks neural-network
    neural-networks nlp natural-language-processing computer-vision data-science datascience
    reinforcement-learning artificial-intelligence pytorch tensorflow keras scikit-learn sklearn transformers
    transformer llm llms large-language-models generative-ai rag mlops automl recommender-system
    recommendation-system speech-recognition object-detection image-classification semantic-segmentation
    federated-learning gradient-boosting xgboost graph-neural-networks huggingface diffusion-models
    language-model machine-learning-algorithms ai-agents llmops explainable-ai time-series-forecasting
    """.split()  # noqa: SIM905 (words, not a list of quoted words)
)
_DATA_TOPICS = frozenset(
    """
    data data-analysis data-analytics data-visualization visualization statistics pandas numpy dataframe
    data-engineering etl big-data spark apache-spark analytics jupyter jupyter-notebook scientific-computing
    scipy time-series data-mining bayesian bayesian-inference business-intelligence data-pipeline airflow sql
    dask
    """.split()  # noqa: SIM905 (words, not a list of quoted words)
)
_NEAR_TOPICS = frozenset(
    """
    ai robotics ros bioinformatics quantitative-finance optimization chatbot image-processing opencv gpu cuda
    """.split()  # noqa: SIM905 (words, not a list of quoted words)
)
_BEGINNER = re.compile(
    r"good[\s_-]*first|first[\s_-]*timer|beginner|newcomer|\beasy\b|starter|up[\s_-]for[\s_-]grabs|low[\s_-]hanging|junior|entry[\s_-]level|novice|e-easy|first[\s_-]issue",
    re.IGNORECASE,
)
_NAME_PARTS = re.compile(r"[-_/.\s]+")


def read_project(opening: Opening) -> Reading:
    """Role and relevance. The bare word "ai" in a name is no evidence, nor is a language."""
    tags = _tags(opening.extra)
    ladder: tuple[tuple[frozenset[str], Role, float], ...] = (
        (_CORE_TOPICS, "core", 0.9),
        (_DATA_TOPICS, "data", 0.6),
        (_NEAR_TOPICS, "adjacent", 0.5),
    )
    by_topic = [Reading(role, weight, tag) for known, role, weight in ladder for tag in tags if _slug(tag) in known][:1]
    spoken = _of_words(opening)
    readings = [*by_topic, *([spoken] if spoken else [])]
    return max(readings, key=lambda reading: reading.relevance, default=Reading("none", 0.02, ""))


def _of_words(opening: Opening) -> Reading | None:
    """Of the description and the name, read like a title but trusted less; catch-words alone ("ai") do not count."""
    name = " ".join(_NAME_PARTS.split(opening.title))
    for words, trust in ((opening.description[:400], 0.85), (name, 0.8)):
        reading = ruled(words)
        if reading.role != "none" and reading.words.casefold() not in ("ai", "ia", "ki", "research"):
            quote = reading.words if reading.words in words and words is not name else opening.title
            return Reading(reading.role, round(reading.relevance * trust, 3), quote)
    return None


DATASET_RELEVANCE = 0.6
"""Data to learn from is data work at least, whatever it is called."""


def of_dataset(reading: Reading, opening: Opening) -> Reading:
    """Role and relevance of a data set, given what its title says: by what it is for, where the title is silent."""
    if reading.relevance >= DATASET_RELEVANCE:
        return reading
    told = opening.extra.get("task") or opening.extra.get("skills")
    words = ", ".join(str(word) for word in told) if isinstance(told, (list, tuple)) else str(told or "")
    return Reading("data", DATASET_RELEVANCE, words)


def _tags(extra: Mapping[str, Any]) -> list[str]:
    return [str(tag) for key in ("topics", "skills") for tag in extra.get(key) or ()]


def _slug(tag: str) -> str:
    return "-".join(tag.casefold().split())


def beginner_words(extra: Mapping[str, Any]) -> str:
    """The evidence that a newcomer finds an issue here; '' where there is none."""
    label = str(extra.get("label") or "")
    counts = [_count(extra.get(key)) for key in ("free_issues", "good_first_issues")]
    if any(counts):
        return f"{max(counts)} issues for beginners"
    listed = _count(extra.get("issue_count")) if extra.get("issue_count") is not None else 1
    if label and listed and _BEGINNER.search(label):
        return f"label: {label}"
    return ""


def _count(value: Any) -> int:
    if isinstance(value, int):
        return value
    return len(value) if isinstance(value, (list, tuple)) else 0


def asks_of_project(opening: Opening) -> list[Ask]:
    """The main language as a must; skills among topics and tags as mentioned. A one-letter tag is no language."""
    language = str(opening.extra.get("language") or "")
    found = [Ask(skill, "must", f"main language: {language}") for skill in _known([language])]
    tags = [tag for tag in _tags(opening.extra) if len(tag) > 1]
    return found + [Ask(skill, "mentioned", f"topic: {tag}") for tag in tags for skill in _known([tag])]


def _known(tags: Iterable[str]) -> list[str]:
    return [skill for tag in tags if (skill := canonical(tag))]
