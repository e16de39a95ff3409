"""The curriculum as shipped: every name in it exists, nothing runs in circles, every promise has its step."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import finder
from finder.model import Profile, Step
from finder.rank.fit import person_of
from finder.rank.words import hint_for
from finder.skills import implied, skills
from finder.steps import Curriculum, load

DATA = Path(finder.__file__).parent / "data" / "curriculum.toml"

SEEN = date.fromisoformat(tomllib.loads(DATA.read_text("utf-8"))["meta"]["as_of"])
"""When its author last looked."""

STATUS = {"listed", "changed", "retired", "unverified"}
COST = {"free", "audit", "paid"}


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load()


def before(curriculum: Curriculum, step: Step) -> set[str]:
    """Ids of all that must be done before a step, at any distance; of alternatives, all."""
    found: set[str] = set()
    queue = [step]
    while queue:
        for id_ in (*queue[0].requires, *(id_ for group in queue[0].requires_any for id_ in group)):
            if id_ not in found:
                found.add(id_)
                queue.append(curriculum.steps[id_])
        queue.pop(0)
    return found


def sure(curriculum: Curriculum, step: Step) -> set[str]:
    """Skills that whoever has done a step holds, by it and by all that it requires; of alternatives what they share."""
    held = set(step.grants)
    for id_ in step.requires:
        held |= sure(curriculum, curriculum.steps[id_])
    for group in step.requires_any:
        held |= set.intersection(*(sure(curriculum, curriculum.steps[id_]) for id_ in group))
    return held


def test_it_has_five_stages_and_about_45_steps(curriculum: Curriculum) -> None:
    assert [stage.id for stage in curriculum.stages] == ["code", "courses", "certificates", "projects", "internship"]
    assert 40 <= len(curriculum.path) <= 50
    assert {step.stage for step in curriculum.path} == {stage.id for stage in curriculum.stages}


def test_steps_stand_in_the_order_of_their_stages(curriculum: Curriculum) -> None:
    order = [stage.id for stage in curriculum.stages]
    places = [order.index(step.stage) for step in curriculum.path]
    assert places == sorted(places)


def test_ids_are_short_and_unique(curriculum: Curriculum) -> None:
    assert all(
        re.fullmatch(r"(code|course|cert|project|intern|learn)\.[a-z0-9-]{1,24}", id_) for id_ in curriculum.steps
    )
    assert len(re.findall(r"^id = ", DATA.read_text("utf-8"), re.M)) == len(curriculum.steps) + len(curriculum.stages)


def test_every_required_step_exists(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        for id_ in (*step.requires, *(id_ for group in step.requires_any for id_ in group)):
            assert id_ in curriculum.steps, f"{step.id} requires {id_}"


def test_no_step_waits_for_itself(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        assert step.id not in before(curriculum, step)


def test_every_step_can_be_reached_from_nothing(curriculum: Curriculum) -> None:
    done: set[str] = set()
    while fresh := curriculum.available(done):
        done |= {step.id for step in fresh}
    assert done == set(curriculum.steps)


def test_no_step_waits_for_an_optional_one_alone(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        if not step.optional:
            assert not any(curriculum.steps[id_].optional for id_ in step.requires), step.id


def test_no_step_outside_the_certificates_waits_for_a_certificate(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        if step.stage != "certificates":
            assert not any(id_.startswith("cert.") for id_ in before(curriculum, step)), step.id


def test_every_skill_named_exists(curriculum: Curriculum) -> None:
    known = set(skills())
    for step in curriculum.steps.values():
        assert set(step.grants) <= known, f"{step.id} grants {set(step.grants) - known}"
    assert curriculum.soft <= known
    assert frozenset().union(*curriculum.alike) <= known


def test_alternatives_are_at_least_two(curriculum: Curriculum) -> None:
    assert all(len(family) > 1 for family in curriculum.alike)


APPLIED = {"course.nlp-transformers", "course.llm-applications"}
"""They begin at using language models, of which the theory of language processing is no condition."""


def test_nobody_is_sent_to_a_step_before_what_its_skills_rest_on(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        rests_on = frozenset().union(*(implied(skill) for skill in step.grants))
        lacking = (
            rests_on - sure(curriculum, step) - ({"NLP", "Information retrieval"} if step.id in APPLIED else set())
        )
        assert not lacking, f"{step.id} teaches what rests on {sorted(lacking)}"


def test_every_skill_has_a_step_or_an_honest_none(curriculum: Curriculum) -> None:
    for skill in skills():
        ways = (bool(curriculum.granting(skill)), skill in curriculum.unlisted, skill in curriculum.soft)
        assert any(ways), f"nobody says how to come by {skill}"
        assert ways[:2] != (True, True), f"{skill} is taught by a step and said to be taught by none"


def test_most_skills_have_a_step(curriculum: Curriculum) -> None:
    assert curriculum.unlisted <= set(skills())
    assert len(curriculum.unlisted) < 0.3 * len(skills())


def test_way_to_a_skill_that_is_not_held_is_told(curriculum: Curriculum) -> None:
    nobody = person_of(Profile(), curriculum)
    for skill in skills():
        hint = hint_for(skill, nobody)
        steps = curriculum.granting(skill)
        assert any(step.id in hint for step in steps) if steps else hint == "no step here teaches it"


def test_steps_beyond_the_path_block_nothing(curriculum: Curriculum) -> None:
    beyond = [step for step in curriculum.steps.values() if step not in curriculum.path]
    assert len(beyond) >= 60
    assert all(step.optional and step.grants and step.id.startswith("learn.") for step in beyond)
    for step in curriculum.path:
        assert not any(id_.startswith("learn.") for id_ in before(curriculum, step)), step.id
    granted = {skill for step in curriculum.path for skill in step.grants}
    for step in beyond:
        assert set(step.grants) - granted, f"{step.id} teaches nothing that the path does not"


@pytest.mark.parametrize("language", ["Python", "R", "Java", "Lisp", "Prolog"])
def test_each_language_has_its_step(curriculum: Curriculum, language: str) -> None:
    assert [step.stage for step in curriculum.granting(language)] == ["code"]


@pytest.mark.parametrize(
    "words",
    [
        "Intro to Descriptive Statistics",
        "Introduction to Inferential Statistics",
        "Getting and Cleaning Data",
        "Feature Engineering for Machine Learning",
        "Nanodegree",
        "Artificial Intelligence Graduate Certificate",
        "CSCI E-81",
        "Certification of Professional Achievement in Data Sciences",
        "scikit-learn",
        "Awesome Machine Learning",
        "PredictionIO",
        "GitHub, Bitbucket",
        "open data set",
        "linear algebra",
        "Apply for an internship",
    ],
)
def test_what_the_path_promises_is_a_step(curriculum: Curriculum, words: str) -> None:
    assert any(words in step.title for step in curriculum.steps.values())


def test_every_step_has_a_resource_with_all_its_facts(curriculum: Curriculum) -> None:
    for step in curriculum.steps.values():
        assert step.resources, step.id
        for resource in step.resources:
            assert set(resource) == {"name", "url", "kind", "cost", "status", "as_of"}, step.id
            assert urlsplit(resource["url"]).scheme in ("http", "https")
            assert urlsplit(resource["url"]).hostname
            assert resource["status"] in STATUS
            assert resource["cost"] in COST
            assert date.fromisoformat(resource["as_of"]) <= SEEN


def test_predictionio_is_for_reading_only(curriculum: Curriculum) -> None:
    assert curriculum.read_only == {"https://github.com/apache/predictionio"}


def test_the_contribution_step_is_a_project(curriculum: Curriculum) -> None:
    assert curriculum.steps[curriculum.contribution].stage == "projects"


def test_one_certificate_satisfies_its_stage(curriculum: Curriculum) -> None:
    assert {stage.id: stage.need for stage in curriculum.stages if stage.need} == {"certificates": 1}
    assert all(step.optional for step in curriculum.steps.values() if step.stage == "certificates")


def test_it_is_read_once() -> None:
    assert load() is load()
