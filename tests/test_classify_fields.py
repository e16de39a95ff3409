"""The field of a position: the narrowest that its title or its work names, with the words. All invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import opening

from finder.classify import classify
from finder.classify.fields import FIELDS, field_of
from finder.classify.role import Reading, read_title

TITLES = """
machine learning                 | Machine Learning | Machine Learning Intern, Lakes Team
machine learning                 | ML               | Software Engineer Intern - ML
machine learning                 | Apprentissage automatique | Stage - Apprentissage automatique
computer vision                  | Computer Vision  | Machine Learning Intern (Computer Vision)
computer vision                  | Bildverarbeitung | Praktikum KI und Bildverarbeitung
language                         | NLP              | NLP Engineer Intern
speech                           | Speech           | Machine Learning Intern, Speech Recognition
reinforcement learning           | Reinforcement Learning | Research Intern - Reinforcement Learning
generative models                | LLM              | LLM Evaluation Intern
generative models                | Generative       | Generative AI Developer Intern
recommendation                   | Recommender      | Recommender Systems Intern
machine learning infrastructure  | MLOps            | MLOps Engineer Working Student
data science                     | Data Scientist   | Data Scientist Intern
data science                     | Ciencia de Datos | Prácticas en Ciencia de Datos
data engineering                 | Data Engineer    | Data Engineer Co-op
data engineering                 | ETL              | ETL and Reporting Intern
data analysis                    | Data Analyst     | Data Analyst Intern
data analysis                    | Business Intelligence | Business Intelligence Intern
statistics                       | Biostatistics    | Biostatistics Summer Intern
data management                  | Data Governance  | Data Governance Intern
quant                            | Quantitative     | Quantitative Research Intern
robotics                         | Robotics         | Robotics Intern
bio                              | Bioinformatics   | Bioinformatics Intern
perception                       | Perception       | Perception Engineer Intern
operations research              | Operations Research | Operations Research Intern
accelerated computing            | GPU              | GPU Programming Intern
machine learning                 | AI               | AI Product Manager Intern
"""


@pytest.mark.parametrize("row", TITLES.strip().splitlines())
def test_a_title_names_its_field(row: str) -> None:
    field, quote, title = (part.strip() for part in row.split("|"))
    told = field_of(title, read_title(title))
    assert told is not None
    assert (told.value, told.quote) == (field, quote)


@pytest.mark.parametrize("title", ["Tax Intern", "Software Engineer Intern", "Research Intern", "Stage Manager", ""])
def test_other_work_has_no_field(title: str) -> None:
    assert field_of(title, read_title(title)) is None


def test_the_field_stands_among_what_a_listing_states() -> None:
    read = classify(opening(title="Computer Vision Intern", description="", facets=None))
    assert (read.stated["field"].value, read.stated["field"].quote) == ("computer vision", "Computer Vision")
    assert "field" not in classify(opening(title="Tax Intern", description="", facets=None)).stated
    assert "field" not in classify(opening(title="Iris flowers, data", kind="dataset", facets=None)).stated


def test_a_vague_title_has_the_field_that_its_work_names() -> None:
    work = (
        "You will train computer vision models that count seeds. "
        "Build machine learning pipelines for the greenhouse. "
        "Deploy neural networks on the harvester. "
    )
    read = classify(opening(title="Software Engineer Intern", description=work, facets=None))
    assert read.stated["field"].value == "computer vision"
    assert read.stated["field"].quote in work


def test_every_field_has_words_and_no_word_stands_twice_under_a_role() -> None:
    for fields in FIELDS.values():
        words = [" ".join(word.split()) for table in fields.values() for word in table.split(",")]
        assert all(words)
        assert len(words) == len(set(words))


@given(st.text(max_size=80), st.sampled_from(["core", "data", "adjacent"]))
def test_a_quote_is_found_in_the_title(title: str, role: str) -> None:
    told = field_of(title, Reading(role, 0.5, title))  # type: ignore[arg-type]
    assert told is None or told.quote in title
