"""What must not change what a text is read to ask for: neutral paragraphs around it, and the order of its sentences."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.classify.knowledge import also_named
from finder.classify.needs import asks_of_text, merged
from finder.classify.text import outline

NEUTRAL = (
    "Our office looks over the harbour, and the ferry stops in front of the door.",
    "Lunch is cooked by two of us every day; on Thursdays there is soup.",
    "The company was founded by four friends in a kitchen.",
    "We are forty people from eleven countries.",
    "Dogs are allowed on Mondays and Wednesdays.",
    "There are bicycles to borrow, and a shed to keep yours in.",
    "The interview takes an hour, and a second one half a day.",
    "You will hear from us within two weeks.",
    "The building has a lift and a ramp.",
    "Our founders met at a rowing club.",
    "We close between Christmas and New Year.",
    "The garden is open to all in summer.",
    "A monthly ticket for the tram is paid for.",
    "Write to us if you have questions about the position.",
    "The town is small, old and easy to like.",
    "Every intern has a mentor and a desk by the window.",
    "The contract runs for six months and may be prolonged.",
    "We read every letter ourselves.",
    "On Fridays somebody tells the others about a book.",
    "The nearest airport is an hour away by train.",
)
TEXTS = (
    "We map rivers. Requirements: Python and SQL. Nice to have: Docker or Kubernetes. Benefits: AWS exams.",
    "Requirements\n- Python or R\n- Knowledge of statistics\n\nNice to have\n- Spark\n\nWhat we offer\nTea and Kafka.",
    "You must know C++. Java is not required. Familiarity with Linux is a plus. Our team runs Go and gRPC.",
    "Dein Profil:\nKenntnisse in Python\nErfahrung mit PyTorch oder TensorFlow\nWir bieten:\nObst und Tableau-Kurse",
    "Qualifications: Experience with one or more of Python, Java, Scala. No prior machine learning experience needed.",
    "We use PyTorch. You will learn Docker. Experience with Git and Bash is required. SQL and Tableau preferred.",
    "Python, SQL, Docker, Kafka, AWS",
)


def read(text: str) -> dict[tuple[str, ...], str]:
    """Skill or alternatives → strength."""
    needs = merged(asks_of_text(outline(text))[0])
    found: dict[tuple[str, ...], str] = {}
    for need in needs:
        group = tuple(sorted(other.skill for other in needs if other.group == need.group))
        found[group if need.group else (need.skill,)] = need.strength
    return found


def named(text: str) -> set[str]:
    return {need.skill for need in merged(asks_of_text(outline(text))[0])}


@pytest.mark.parametrize("paragraph", NEUTRAL)
@pytest.mark.parametrize("text", TEXTS)
def test_a_neutral_paragraph_changes_nothing(text: str, paragraph: str) -> None:
    alone = read(text)
    assert read(f"{paragraph}\n\n{text}") == alone
    assert read(f"{text}\n\n{paragraph}") == alone
    assert read(f"{paragraph} {text}") == alone
    assert read(f"{text} {paragraph}") == alone or text.endswith("AWS")


def test_neutral_paragraphs_name_nothing() -> None:
    assert len(NEUTRAL) == len(set(NEUTRAL)) == 20
    assert read("\n\n".join(NEUTRAL)) == {}


SENTENCES = (
    "Python and SQL are required.",
    "Experience with PyTorch or TensorFlow is a must.",
    "Docker is a plus.",
    "No prior Kafka experience needed.",
    "We use Go, Rust and gRPC.",
    "You will learn Kubernetes.",
    "Knowledge of R, SAS or Stata.",
    "Swift decisions are welcome.",
    "In spring we go sailing.",
    "Familiarity with Spark and Hadoop preferred.",
    "You must know C++ and CUDA.",
    "Proficiency in Excel.",
)


@settings(max_examples=60, deadline=None)
@given(st.permutations(SENTENCES), st.integers(2, len(SENTENCES)))
def test_the_skills_and_strengths_of_plain_sentences_do_not_depend_on_their_order(order: list[str], many: int) -> None:
    chosen = order[:many]
    apart = [read(sentence) for sentence in chosen]
    together = {group: strength for one in apart for group, strength in one.items()}
    assert read(" ".join(chosen)) == together


@settings(max_examples=60, deadline=None)
@given(st.permutations(SENTENCES[:6]), st.permutations(SENTENCES[6:]))
def test_strengths_do_not_depend_on_the_order_within_a_section(musts: list[str], wishes: list[str]) -> None:
    def text(first: list[str], second: list[str]) -> str:
        return "Requirements:\n" + "\n".join(first) + "\n\nNice to have:\n" + "\n".join(second)

    assert read(text(musts, wishes)) == read(text(sorted(musts), sorted(wishes)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*SENTENCES, *NEUTRAL, *TEXTS]), min_size=1, max_size=12), st.sampled_from(" \n"))
def test_every_quote_stands_in_the_text(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert all(need.quote and need.quote in text for need in merged(asks_of_text(outline(text))[0]))
    assert all(words in text for words in also_named(outline(text)))


@pytest.fixture(scope="module")
def ads(shared: Path) -> list[str]:
    path = shared / "eval" / "ads" / "ads-2021.jsonl.gz"
    if not path.exists():
        pytest.skip("no real ads here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["description"] for line in lines][::4]


def test_quotes_of_real_ads_stand_in_them(ads: list[str]) -> None:
    for text in ads:
        layout = outline(text)
        assert all(need.quote in text for need in merged(asks_of_text(layout)[0]))
        assert all(words in text for words in also_named(layout))


def test_neutral_paragraphs_around_real_ads_change_nothing(ads: list[str]) -> None:
    chance = random.Random(4)
    for text in ads[::4]:
        before, after = chance.sample(NEUTRAL, 2)
        assert read(f"{before}\n\n{text}\n\n{after}") == read(text), text[:80]
