"""What projects say about contributions made by programs: the table that ships, and their own words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from making import opening, person, project

from finder.model import Opening
from finder.policies import SAYS, _table, policy_of, read
from finder.rank import rank
from finder.steps import load


def at(url: str, **changes: Any) -> Opening:
    return project("p", url=url, **changes)


# ------------------------------------------------------------------------------------------------ the table
def test_every_project_of_the_table_has_a_rule_and_its_page() -> None:
    assert len(_table()) >= 25
    for repository, policy in _table().items():
        assert re.fullmatch(r"[a-z.]+/[\w.-]+/[\w.-]+", repository), repository
        assert policy.text.partition(";")[0] in SAYS.values()
        assert policy.where.startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/scikit-learn/scikit-learn",
        "https://github.com/Scikit-Learn/scikit-learn/",
        "https://www.github.com/scikit-learn/scikit-learn.git",
    ],
)
def test_scikit_learn_is_known_however_its_address_is_written(url: str) -> None:
    policy = policy_of(at(url))
    assert policy is not None
    assert "use has to be told" in policy.text
    assert policy.where.startswith("https://scikit-learn.org/")


def test_an_unknown_project_has_none_that_is_known() -> None:
    assert policy_of(at("https://github.com/quillmark/garden")) is None
    assert policy_of(at("https://github.com/scikit-learn/scikit-learn-extra")) is None
    assert policy_of(opening("a", url="https://github.com/scikit-learn/scikit-learn")) is None, "no project"


def test_a_row_of_another_form_is_refused() -> None:
    for row in ('says = "closed"', 'repositories = ["a"]\nsays = "sometimes"\nwhere = "x"', 'repositories = ["a"]'):
        with pytest.raises(KeyError):
            read(f"[[policy]]\n{row}")


def test_exceptions_are_told_with_the_rule() -> None:
    table = read('[[policy]]\nrepositories = ["A/b"]\nsays = "disclosed"\nexcept = "no agents"\nwhere = "w"')
    assert table["a/b"].text == f"{SAYS['disclosed']}; no agents"


# ------------------------------------------------------------------------------------------------ own words
@pytest.mark.parametrize(
    "text",
    [
        "Seeds. We do not accept AI-generated contributions.",
        "No AI-generated code, please",
        "Please refrain from LLM-generated pull requests!",
        "LLM? Never open AI written PRs here",
        "This project forbids AI-assisted contributions.",
    ],
)
def test_a_description_that_refuses_them_is_quoted(text: str) -> None:
    policy = policy_of(at("https://github.com/quillmark/garden", description=text))
    assert policy is not None
    assert policy.text == SAYS["closed"]
    assert policy.where.startswith("its description: “")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No code AI platform",
        "No-code machine learning for everyone",
        "AI-generated code, reviewed",
        "Detects AI-generated code that does not compile",
        "An AI that writes pull requests",
        "Never train a model twice. AI contributions welcome",
        "Not another LLM framework",
    ],
)
def test_other_words_are_no_rule(text: str) -> None:
    assert policy_of(at("https://github.com/quillmark/garden", description=text)) is None


@pytest.mark.parametrize(
    ("extra", "where"),
    [
        ({"topics": ["python", "no-ai"]}, "its topic “no-ai”"),
        ({"topics": ["No-LLM"]}, "its topic “No-LLM”"),
        ({"issues": [{"labels": ["No AI"]}]}, "its label “No AI”"),
    ],
)
def test_a_topic_or_label_says_so(extra: dict[str, Any], where: str) -> None:
    policy = policy_of(at("https://github.com/quillmark/garden", extra=extra))
    assert policy is not None
    assert (policy.text, policy.where) == (SAYS["closed"], where)


@tuned(max_examples=60)
@given(
    st.text(max_size=200),
    st.dictionaries(st.sampled_from(["topics", "skills", "issues"]), st.none() | st.integers() | st.lists(st.none())),
)
def test_whatever_a_source_sent_can_be_read(text: str, extra: dict[str, Any]) -> None:
    policy_of(at("https://github.com/quillmark/garden", description=text, extra=extra))


# ------------------------------------------------------------------------------------------------ shown
def test_the_rule_is_among_the_reasons_of_a_project() -> None:
    (match,) = rank([at("https://github.com/scikit-learn/scikit-learn")], person(), *_now())
    assert any(
        reason.startswith("Its rules: AI tools may help") and "scikit-learn.org" in reason for reason in match.reasons
    )


def _now() -> tuple[Any, ...]:
    from making import NOW

    return NOW, load()
