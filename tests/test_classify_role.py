"""How far a position is machine-learning work, by its title and, where that is vague, its description. All invented."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import opening

from finder.classify import CATEGORY_RELEVANCE, classify, fields, level, phrases, prose, role, role_weights
from finder.classify.role import CALIBRATION, LONGEST, RELEVANT, Reading, read_title, ruled, terms_of
from finder.classify.text import outline

CORE = """
Machine Learning Intern
Intern - ML Engineer
Data Scientist Intern (Forecasting)
Marketing Data Scientist Intern
Deep Learning Research Intern
Computer Vision Intern - Summer 2027
NLP Engineer, Intern
AI/ML Intern
AI Engineer Intern
Applied AI Intern
Applied Scientist Internship - Search
Applied Science Intern
Research Scientist Intern - Multimodal
Student Researcher [Reinforcement Learning]
LLM Post-Training Intern
Generative AI Developer Intern
Software Engineer Intern, Machine Learning
Software Engineering Intern - AI Platform
Data Science Intern - Product Operations Team
MLOps Engineer Working Student
Robotics Intern - Imitation Learning
Intern, Speech Recognition
Recommender Systems Intern
Summer Intern for LLM evaluation
Werkstudent Maschinelles Lernen (m/w/d)
Praktikum Künstliche Intelligenz
Stage - Apprentissage automatique
Stagiaire Science des données
Stage Intelligence artificielle - 6 mois
Prácticas en Ciencia de Datos
Becario de Inteligencia Artificial
Tirocinio Intelligenza Artificiale
Estágio em Ciência de Dados
Estágio - Aprendizado de Máquina
Stage Kunstmatige Intelligentie
"""
DATA = """
Data Analyst Intern
Data Engineering Co-op
Business Intelligence Intern
Analytics Intern, Supply Chain
Data Engineer Intern - Streaming
Statistics Intern
Biostatistics Summer Intern
Data Visualization Intern
Praktikum Datenanalyse
Stagiaire Analyste de données
Prácticas Analista de Datos
Estágio Análise de Dados
"""
ADJACENT = """
Quantitative Research Intern
Quantitative Developer Intern
Perception Engineer Intern
Bioinformatics Intern
Algorithm Engineer Intern
GPU Programming Intern
Operations Research Intern
Autonomy Intern - Flight Software
AI Product Manager Intern
AI Strategy Intern
AI Policy Intern
Business Analyst Intern - AI and Automation
Marketing Intern, AI Products
Sales Intern (AI Solutions)
QA Intern - AI Assistants
Mobile Developer Intern (AI/ML)
Frontend Intern - LLM Tools
Machine Learning Product Manager Intern
GTM Intern, Agentic AI
AI Content Writer Intern
AI Adoption Intern
Legal Intern - AI Governance
"""
NONE = """
Software Engineer Intern
Backend Developer Intern
Mechanical Engineering Intern
Civil Engineer Co-op
Data Center Technician Intern
Data Entry Clerk
Data Privacy Counsel Intern
Maintenance Intern
Email Marketing Intern
Retail Trainee
Fairness and Claims Intern
Paint Shop Intern
Aircraft Interiors Intern
HTML Email Developer Intern
Chair Assembly Intern
Human Resources Intern
Finance Summer Analyst
Tax Intern
Legal Intern
Journalism Intern - Data Protection
Video Editor Intern
Stage Manager
Nurse Intern
Polymer Chemistry Research Scientist Intern
Research Scientist Intern - Wet Lab Immunology
Plant Process Engineer Intern (Ames, IA)
Software Engineer Intern (Ames, IA)
Hardware Design Verification Intern
Analog Circuit Design Intern
Firmware Intern
Robotic Welding Technician
Quantitative Trader Intern
SQL Developer Intern
Database Administrator Intern
Backend Engineer Intern (Data Access)
Software Engineer Intern - Database Kernel
Water Modeling Intern
Search Engine Optimization Intern
SEO Intern
User Research Intern
Market Research Intern
Equity Research Summer Analyst
Clinical Research Coordinator
Research Administration Intern
AI-native Software Engineer Intern
Product Management Intern
UX Design Intern
Cybersecurity Intern
Field Service Technician
Warehouse Intern
Supply Chain Intern
Accounting Intern
Real Estate Intern
Sports Media Intern
Geology Intern
Archive and Library Intern
Network Engineer Intern
IT Support Intern
Cloud Engineer Intern
DevOps Intern
Full Stack Intern
Game Developer Intern
Web Developer Intern
Embedded Software Intern
Automotive Technician Apprentice
Auditor interno
Praktikum Maschinenbau
Praktikum Vertrieb
Stage Marketing digital
Stage Comptabilité
Prácticas Recursos Humanos
Estágio Jurídico
Tirocinio Comunicazione
Meewerkstage Inkoop
Teacher Assistant
Art History Fellow
Nutrition Intern
Packaging Engineer Co-op
Battery Cell Intern
Environmental Intern
Aerospace Structures Intern
Power Systems Intern
Welding Apprentice
"""


@pytest.mark.parametrize("title", CORE.strip().splitlines())
def test_core_work_is_core(title: str) -> None:
    read = read_title(title)
    assert read.role == "core"
    assert read.relevance >= 0.8
    assert read.words
    assert read.words in title


@pytest.mark.parametrize("title", DATA.strip().splitlines())
def test_work_on_data_is_data(title: str) -> None:
    read = read_title(title)
    assert read.role == "data"
    assert RELEVANT <= read.relevance < 0.8
    assert read.words in title


@pytest.mark.parametrize("title", ADJACENT.strip().splitlines())
def test_neighbouring_work_is_relevant_but_not_core(title: str) -> None:
    read = read_title(title)
    assert read.role == "adjacent"
    assert RELEVANT <= read.relevance < 0.8
    assert read.words in title


@pytest.mark.parametrize("title", NONE.strip().splitlines())
def test_other_work_is_below_the_line(title: str) -> None:
    read = read_title(title)
    assert read.role != "core"
    assert read.relevance < RELEVANT


def test_hard_negatives_are_many() -> None:
    assert len(NONE.strip().splitlines()) >= 80


def test_relevance_puts_core_before_data_before_neighbours_before_the_rest() -> None:
    ladder = [
        "Machine Learning Engineer Intern",
        "AI Intern",
        "Data Analyst Intern",
        "AI Sales Intern",
        "Robotics Intern",
    ]
    relevance = [read_title(title).relevance for title in [*ladder, "Research Intern", "Software Intern", "Tax Intern"]]
    assert relevance == sorted(relevance, reverse=True)
    assert len(set(relevance)) == len(relevance)


def test_a_firms_own_name_tells_nothing() -> None:
    title = "Accounting Intern, Brightmind AI"
    assert read_title(title).role == "adjacent"
    assert read_title(title, "Brightmind AI").role == "none"


def test_function_named_in_another_segment_takes_nothing_from_a_core_head() -> None:
    assert read_title("Machine Learning Intern, Sales Operations").role == "core"
    assert read_title("Sales Operations Intern, Machine Learning").role == "adjacent"


def test_of_overlapping_terms_the_longest_counts() -> None:
    assert [(term.sort, term.start) for term in terms_of("Data Center AI")] == [("void", 0), ("topic", 12)]
    assert [term.sort for term in terms_of("chairs, maize and emails")] == []


VAGUE = "Software Engineer Intern"
WORK = (
    "You will train and evaluate machine learning models on sensor data. "
    "Your project: build a neural network that predicts wear. "
    "Implement computer vision pipelines with PyTorch. "
)
BOILERPLATE = (
    "We are an AI company. Our platform builds on machine learning and computer vision. "
    "At Quillmark we develop deep learning systems for everyone. Quillmark is a leader in generative models. "
    "We build machine learning models so that you and your plants do well. "
    "Our founders trained the first neural networks of the field. We apply machine learning to farming. "
)


def _relevance(title: str, description: str, **changes: object) -> tuple[str, float]:
    read = classify(opening(title=title, description=description, facets=None, kind="job", **changes))
    return read.role, read.relevance


def test_text_about_the_work_raises_a_vague_title_modestly() -> None:
    role, relevance = _relevance(VAGUE, WORK)
    assert role == "core"
    assert RELEVANT <= relevance < read_title("Machine Learning Intern").relevance - 0.2


def test_one_sentence_about_the_work_is_not_enough() -> None:
    role, relevance = _relevance(VAGUE, "You will train machine learning models. You write web pages.")
    assert role == "none"
    assert relevance < RELEVANT


def test_what_a_firm_says_of_itself_raises_nothing() -> None:
    assert _relevance(VAGUE, BOILERPLATE * 3) == _relevance(VAGUE, "")


def test_text_does_not_raise_a_title_that_names_its_own_trade() -> None:
    for title in ("Marketing Intern", "Mechanical Engineering Intern", "Hardware Intern"):
        assert _relevance(title, WORK * 3) == _relevance(title, "")


def test_skills_required_are_not_yet_the_work() -> None:
    required = "Requirements:\n- Train neural networks\n- Build machine learning models\n- Apply computer vision"
    assert _relevance(VAGUE, required) == _relevance(VAGUE, "")


def test_quoted_work_stands_in_the_description() -> None:
    read = classify(opening(title=VAGUE, description=BOILERPLATE + WORK, facets=None))
    assert read.evidence["role"] in WORK


def test_category_of_a_list_is_weak_evidence() -> None:
    role, relevance = _relevance("Supercharger Intern", "", extra={"category": "Data Science, AI & Machine Learning"})
    assert (role, relevance) == ("none", CATEGORY_RELEVANCE)
    assert CATEGORY_RELEVANCE < RELEVANT
    assert _relevance("Supercharger Intern", "", extra={"category": "Hardware"})[1] < CATEGORY_RELEVANCE
    assert _relevance("Machine Learning Intern", "", extra={"category": "Software"})[0] == "core"


@given(st.text(max_size=200))
def test_any_title_gets_a_relevance_and_words_of_its_own(title: str) -> None:
    read = read_title(title)
    assert 0 <= read.relevance <= 1
    assert read.words in title
    assert bool(read.words) == (read.role != "none")


# ------------------------------------------------------------------------------------------------ rules and weights
def test_words_learnt_shift_the_odds_of_the_rules_and_no_more() -> None:
    reading = Reading("data", 0.5, "data")
    assert role._joined(reading, 0).relevance < role._joined(reading, 2).relevance
    assert role._joined(reading, -2).relevance < role._joined(reading, 0).relevance
    assert role._joined(reading, 9).relevance == role._joined(reading, 99).relevance
    assert role._joined(reading, 3).role == "data"


def test_a_title_that_names_nothing_stays_below_the_line() -> None:
    assert role._joined(Reading("none", 0.2, ""), 99).relevance < RELEVANT


def test_words_nobody_taught_leave_the_rules_alone() -> None:
    assert read_title("Estágio: Inteligência artificial").relevance == pytest.approx(
        role._joined(ruled("Estágio: Inteligência artificial"), 0).relevance, abs=0.05
    )


def test_calibration_rises_from_0_to_1_and_keeps_the_line() -> None:
    assert CALIBRATION[0] == (0, 0)
    assert CALIBRATION[-1] == (1, 1)
    assert list(CALIBRATION) == sorted(CALIBRATION)
    assert [low for _, low in CALIBRATION] == sorted(low for _, low in CALIBRATION)
    steps = [role._calibrated(number / 100) for number in range(101)]
    assert steps == sorted(steps)
    assert role._calibrated(RELEVANT) == pytest.approx(RELEVANT)


def test_only_the_head_of_a_very_long_title_is_read() -> None:
    assert read_title("x " * LONGEST + "Machine Learning").role == "none"
    assert read_title("Machine Learning " + "x " * LONGEST).role == "core"


@pytest.mark.parametrize("title", ["Research Intern", "Software Engineer Intern", "Engineering Co-op", "Intern"])
@pytest.mark.parametrize(
    "text",
    [
        "Responsibilities:\n- Develop deep learning models for rain\n- Evaluate neural networks\n- Deploy ML pipelines",
        "You'll design computer vision for orchards. As an intern you fine-tune LLMs. Students create generative AI.",
        "We are looking for an engineer to deploy ML systems. Help build AI models. Work on recommender systems.",
    ],
)
def test_real_work_raises_vague_titles(title: str, text: str) -> None:
    read = classify(opening(title=title, description=text, facets=None))
    assert read.relevance >= 0.6
    assert read.role == "core"
    assert read.evidence["role"] in text


@pytest.mark.parametrize("title", ["Research Intern", "Software Engineer Intern"])
@pytest.mark.parametrize(
    "text",
    [
        "Our app helps you build AI models. Fennick enables students to train LLMs. Larkmoor lets you deploy NLP.",
        "Larkmoor is a leader in artificial intelligence. We build deep learning for you. We train neural networks.",
        "You will write web pages. Pursuing a degree in computer science, machine learning or data science.",
        "Requirements:\n- Experience with machine learning\n- Knowledge of PyTorch\n- Familiar with deep learning",
        "",
    ],
)
def test_praise_and_demands_alone_raise_nothing(title: str, text: str) -> None:
    assert _relevance(title, text)[1] < RELEVANT


def test_what_is_asked_for_counts_beside_work_and_not_alone() -> None:
    work = "You will be working on machine learning for sails. "
    asked = "Requirements:\n- Experience with PyTorch\n- Knowledge of deep learning\n"
    assert _relevance(VAGUE, work)[1] < RELEVANT
    assert _relevance(VAGUE, asked)[1] < RELEVANT
    assert _relevance(VAGUE, work + asked)[1] >= RELEVANT


# ------------------------------------------------------------------------------------------------ speed
HOSTILE = (
    "machine learning ",
    "you will ",
    "a",
    " ",
    "-",
    " - ",
    "IA, ",
    "data data ",
    "intern ",
    "stage de ",
    "responsable des ",
    "praktikum",
    "1",
    "1 ",
    "\u00e9",
    "(",
    "we are ",
    "help to use ",
    "AI",
    "ai/",
    ", ",
    "h / f ",
    "2027 ",
)
PATTERNS = [
    (f"{module.__name__}.{name}", value)
    for module in (role, role_weights, phrases, prose, level, fields)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
] + [("role._VAGUE", pattern) for pattern, _ in role._VAGUE]


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_every_pattern_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    for unit in HOSTILE:
        text = (unit * (100_000 // len(unit) + 1))[:100_000]
        began = time.process_time()
        for _ in pattern.finditer(text):
            pass
        assert time.process_time() - began < 0.5, unit  # ten times what it takes: machines differ


def test_a_hostile_title_and_text_take_no_longer_than_a_plain_one() -> None:
    for unit in HOSTILE:
        text = unit * (100_000 // len(unit))
        began = time.process_time()
        read_title(text)
        level.level_of(text)
        fields.field_of(text[:LONGEST], Reading("core", 0.9, text[:1]))
        prose.raised(Reading("none", 0.1, ""), "Intern", outline(text))
        assert time.process_time() - began < 1.5, unit
