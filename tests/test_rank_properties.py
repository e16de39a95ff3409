"""What holds of every ranking, whoever the person and whatever the openings: order, bounds, monotony, honesty."""

from __future__ import annotations

import gzip
import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from making import BEFORE_NETS, BEGUN, NOW, at, days, facets, need, opening, person, project

from finder.model import Facets, Match, Need, Opening, Profile, Readiness, Stated
from finder.rank import DEFAULTS, explained, ordered, rank
from finder.skills import skills
from finder.steps import load

STEPS = sorted(load().steps)
SKILLS = [*sorted(skills())[::6], "Python", "SQL", "PyTorch", "Deep learning", "Machine learning", "Azure", "Teamwork"]
ORDER: list[Readiness] = ["not eligible", "stretch", "one step away", "ready"]

needs = st.builds(
    Need,
    st.sampled_from(SKILLS),
    st.sampled_from(["must", "should", "mentioned"]),
    st.sampled_from(["", "You know it well"]),
    st.sampled_from([0, 0, 0, 1, 2]),
)
read = st.none() | st.builds(
    Facets,
    rules=st.just("1"),
    kind=st.sampled_from(["internship", "job", "project", "course", "dataset"]),
    role=st.sampled_from(["core", "data", "adjacent", "none"]),
    relevance=st.floats(0, 1),
    level=st.sampled_from(["internship", "new grad", "other", "beginner"]),
    needs=st.lists(needs, max_size=8).map(tuple),
    described=st.booleans(),
    evidence=st.sampled_from([{}, {"role": "vision"}]),
    stated=st.sampled_from([{}, {"term": Stated("Fall 2026|Summer 2027", "")}, {"sponsorship": Stated("no", "no")}]),
)
classified = st.deferred(lambda: openings.filter(lambda one: one.facets is not None))
moments = st.integers(-40, 900).map(lambda number: NOW - days(number))
openings = st.builds(
    Opening,
    id=st.integers(0, 40).map(lambda number: f"id{number}"),
    kind=st.sampled_from(["internship", "job", "project"]),
    title=st.sampled_from(["Vision Intern", "", "Data Science Intern (m/f/d)"]),
    organization=st.sampled_from(["Quillmark", ""]),
    url=st.sampled_from(["", "https://example.org/1", "https://github.com/apache/predictionio"]),
    places=st.lists(st.sampled_from([at("Remote"), at("Berlin", "Berlin", "", "DE"), at("?")]), max_size=2).map(tuple),
    remote=st.sampled_from([None, True, False]),
    terms=st.sampled_from([(), ("Summer 2027",)]),
    posted_at=st.none() | moments,
    updated_at=st.none() | moments,
    deadline=st.none() | moments,
    first_seen=moments,
    last_seen=st.just(NOW),
    state=st.sampled_from(["open", "missing", "closed"]),
    extra=st.fixed_dictionaries(
        {},
        optional={
            "stars": st.none() | st.integers(0, 10**6),
            "free_issues": st.none() | st.integers(0, 50),
            "archived": st.sampled_from([True, False, None]),
            "pushed_at": st.sampled_from(["2026-08-01T00:00:00Z", "yesterday", None]),
        },
    ),
    facets=read,
)
people = st.builds(
    lambda states, locations, remote, terms: person(
        [id_ for id_, state in states.items() if state == "done"],
        states={id_: state for id_, state in states.items() if state != "done"},
        locations=locations,
        remote=remote,
        terms=terms,
    ),
    st.dictionaries(st.sampled_from(STEPS), st.sampled_from(["todo", "doing", "done", "skipped", "done"]), max_size=25),
    st.sampled_from([(), ("Berlin",), ("Austin, TX",)]),
    st.booleans(),
    st.sampled_from([(), ("Summer 2027",)]),
)


def ranked(given: list[Opening], who: Profile) -> list[Match]:
    return rank(given, who, NOW, load())


def alone(one: Opening, who: Profile) -> Match:
    (match,) = ranked([one], who)
    return match


def with_needs(one: Opening, *more: Need) -> Opening:
    assert one.facets is not None
    return replace(one, facets=replace(one.facets, needs=(*one.facets.needs, *more)))


@settings(max_examples=60)
@given(st.lists(openings, max_size=12), people)
def test_scores_are_products_of_parts_between_zero_and_one(given: list[Opening], who: Profile) -> None:
    for match in ranked(given, who):
        assert all(0.0 < value <= 1.0 + 1e-12 for value in match.parts.values()), match.parts
        assert match.score == pytest.approx(math.prod(match.parts.values()), abs=1e-9)


@settings(max_examples=60)
@given(st.lists(openings, max_size=12), people)
def test_what_is_told_later_is_told_the_same(given: list[Opening], who: Profile) -> None:
    bare = ordered(given, who, NOW, load())
    assert not any(match.reasons or match.required or match.held or match.missing for match in bare)
    assert explained(bare, who, NOW, load()) == ranked(given, who)
    assert explained(bare[:-3:-1], who, NOW, load()) == ranked(given, who)[:-3:-1]


@settings(max_examples=60)
@given(st.lists(openings, max_size=12), people, st.randoms(use_true_random=False))
def test_order_and_repetition_of_the_openings_change_nothing(given: list[Opening], who: Profile, chance: Any) -> None:
    shuffled = given + given[:5]
    chance.shuffle(shuffled)
    assert ranked(given, who) == ranked(shuffled, who)


@settings(max_examples=40)
@given(st.lists(openings, max_size=12), people)
def test_nothing_is_hidden_and_the_best_comes_first(given: list[Opening], who: Profile) -> None:
    matches = ranked(given, who)
    assert {match.opening.id for match in matches} == {one.id for one in given}
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


@settings(max_examples=150)
@given(openings, people, st.sampled_from(STEPS))
def test_a_completed_step_never_costs_anything(one: Opening, who: Profile, step: str) -> None:
    before = alone(one, who)
    after = alone(one, replace(who, steps={**who.steps, **person([step]).steps}))
    assert after.score >= before.score
    assert set(before.held) <= set(after.held)
    if before.readiness == "unknown":
        assert after.readiness == "unknown"
    else:
        assert ORDER.index(after.readiness) >= ORDER.index(before.readiness)


def test_a_completed_step_never_costs_anything_on_the_whole_way() -> None:
    """Every step in turn, over openings that ask for one and for two skills of the list."""
    hard = [skill for skill in skills() if skill not in load().soft]
    given = [opening(f"one {skill}", need(skill)) for skill in hard]
    given += [opening(f"two {skill}", need("Python"), need(skill), need("SQL", "should")) for skill in hard[::5]]
    done: list[str] = []
    before = {match.opening.id: match for match in ranked(given, person())}
    while fresh := load().available(done):
        done.append(fresh[0].id)
        after = {match.opening.id: match for match in ranked(given, person(done))}
        for id_, match in after.items():
            assert match.score >= before[id_].score, (id_, done[-1])
            assert ORDER.index(match.readiness) >= ORDER.index(before[id_].readiness), (id_, done[-1])
        before = after
    assert {match.readiness for match in before.values()} == {"ready", "stretch"}


@settings(max_examples=150)
@given(classified, people, st.sampled_from(SKILLS))
def test_a_must_have_without_credit_never_raises(one: Opening, who: Profile, skill: str) -> None:
    asked = opening("x", need(skill))
    assume(alone(asked, who).readiness in ("stretch", "one step away"))
    before, after = alone(one, who), alone(with_needs(one, need(skill)), who)
    assert after.score <= before.score
    if before.readiness != "unknown":
        assert ORDER.index(after.readiness) <= ORDER.index(before.readiness)


@settings(max_examples=100)
@given(classified, people, st.data())
def test_a_held_must_have_never_lowers(one: Opening, who: Profile, data: st.DataObject) -> None:
    """Unless it is asked for already, in weaker words or among alternatives."""
    assert one.facets is not None
    named = {known.skill for known in one.facets.needs}
    held = sorted(load().skills({*who.done, "code.python"}) - load().soft - named)
    who = replace(who, steps={**who.steps, **person(["code.python"]).steps})
    skill = data.draw(st.sampled_from(held or ["Python"]))
    assume(skill not in named)
    assert alone(with_needs(one, need(skill)), who).score >= alone(one, who).score - 1e-12


@settings(max_examples=60)
@given(openings, people, st.integers(0, 500))
def test_freshness_never_rises_with_age(one: Opening, who: Profile, later: int) -> None:
    first = rank([one], who, NOW, load())[0].parts
    second = rank([one], who, NOW + days(later), load())[0].parts
    for part in ("freshness", "alive"):
        assert second.get(part, 0.0) <= first.get(part, 0.0)


@settings(max_examples=60)
@given(openings, people)
def test_skills_are_held_or_missing_and_never_both(one: Opening, who: Profile) -> None:
    match = alone(one, who)
    assert set(match.held) | set(match.missing) == set(match.required)
    assert not set(match.held) & set(match.missing)


@settings(max_examples=100)
@given(openings, people)
def test_ready_is_never_said_of_what_could_not_be_read(one: Opening, who: Profile) -> None:
    match = alone(one, who)
    if one.facets is None or not one.facets.described:
        assert match.readiness in ("unknown", "not eligible")


@settings(max_examples=60)
@given(openings, people)
def test_every_reason_is_one_clean_line(one: Opening, who: Profile) -> None:
    for reason in alone(one, who).reasons:
        assert reason.strip() == reason
        assert reason
        assert "\n" not in reason
        assert not re.search(r"\bNone\b|\bnan\b|\(\)|  ", reason)


@settings(max_examples=80)
@given(st.lists(needs, max_size=4), people)
def test_one_step_away_is_what_trying_every_step_finds(asked: list[Need], who: Profile) -> None:
    one = opening("a", need("Python"), *asked)
    match = alone(one, who)
    skipped = {id_ for id_, progress in who.steps.items() if progress.state == "skipped"}
    tried = [
        alone(one, replace(who, steps={**who.steps, **person([step.id]).steps})).readiness
        for step in load().available(who.done)
        if step.id not in skipped
    ]
    if match.readiness != "ready":
        assert match.readiness == ("one step away" if "ready" in tried else "stretch")


# ---------------------------------------------------------------------------------------- what a reason is worth
FULL = opening(
    "full",
    need("Python"),
    need("COBOL"),
    posted_at=NOW - days(40),
    places=(at("Austin, TX", "Austin", "TX", "US"),),
    terms=("Fall 2026",),
    state="missing",
)
PICKY = person(BEGUN, locations=("Berlin",), terms=("Summer 2027",))


@pytest.mark.parametrize(
    ("part", "changed", "who"),
    [
        ("freshness", {"posted_at": NOW}, PICKY),
        ("state", {"state": "open"}, PICKY),
        ("place", {}, replace(PICKY, locations=())),
        ("term", {}, replace(PICKY, terms=())),
    ],
)
def test_without_a_reason_the_score_is_higher_by_its_part(part: str, changed: dict[str, Any], who: Profile) -> None:
    with_it, without = alone(FULL, PICKY), alone(replace(FULL, **changed), who)
    assert without.score == pytest.approx(with_it.score / with_it.parts[part], abs=1e-9)
    assert with_it.parts[part] < 1.0


def test_without_a_lack_the_match_is_higher_by_its_share() -> None:
    with_it = alone(FULL, PICKY)
    without = alone(replace(FULL, facets=facets(needs=(need("Python"),))), PICKY)
    base, met = DEFAULTS.doubt_told, DEFAULTS.doubt_told * DEFAULTS.neutral + 1.0
    gained = DEFAULTS.ready * (met / (base + 1.0) - met / (base + 2.0)) + DEFAULTS.one_step
    assert without.parts["match"] - with_it.parts["match"] == pytest.approx(gained)


# ---------------------------------------------------------------------------------------- the same everywhere
WORLD = """
import json, sys
sys.path.insert(0, "tests")
from making import *
from finder.rank import rank
from finder.skills import skills
from finder.steps import load
given = [opening(f"o{n}", need(a), need(b, "should"), posted_at=NOW - days(n % 7)) for n, (a, b) in
         enumerate(zip(skills(), reversed(list(skills()))))]
given += [project(f"p{n}", need("Python"), extra={"stars": n * 50}) for n in range(30)]
print(json.dumps([[m.opening.id, m.score, m.reasons] for m in rank(given, person(TRAINED), NOW, load())]))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    """Sets are iterated in another order in every process unless PYTHONHASHSEED is fixed."""

    def run(value: str) -> bytes:
        environ = {"PYTHONHASHSEED": value, "PATH": "", "PYTHONPATH": str(Path(__file__).parents[1])}
        root = Path(__file__).parents[1]
        return subprocess.run(
            [sys.executable, "-c", WORLD], capture_output=True, check=True, env=environ, cwd=root
        ).stdout

    first = run("0")
    assert len(json.loads(first)) > 200
    assert run(seed) == first


def test_stuffing_a_text_with_skills_does_not_help() -> None:
    honest = opening("honest", need("Python"), need("PyTorch"))
    stuffed = with_needs(honest, *(need(skill, "mentioned") for skill in sorted(skills())[:30]))
    assert alone(stuffed, person(BEFORE_NETS)).score <= alone(honest, person(BEFORE_NETS)).score


def test_a_project_is_never_raised_by_an_unread_text() -> None:
    read, unread = project("a", need("Python")), project("a", need("Python"), read={"described": False})
    assert alone(unread, person(BEGUN)).score <= alone(read, person(BEGUN)).score


# ---------------------------------------------------------------------------------------- real advertisements
def test_the_way_through_the_curriculum_never_lowers_a_real_advertisement(shared: Path) -> None:
    classify = pytest.importorskip("finder.classify").classify
    with gzip.open(shared / "eval" / "ads" / "ads-2021.jsonl.gz", "rt") as file:
        rows = [json.loads(line) for line, _ in zip(file, range(120), strict=False)]
    given = [opening(f"{n}", title=row["title"], description=row["description"]) for n, row in enumerate(rows)]
    given = [replace(one, facets=classify(replace(one, kind="job", facets=None))) for one in given]
    before: dict[str, Match] = {}
    done: list[str] = []
    while fresh := load().available(done):
        done.append(fresh[len(done) % len(fresh)].id)
        after = {match.opening.id: match for match in ranked(given, person(done))}
        for id_, earlier in before.items():
            assert after[id_].score >= earlier.score
            assert earlier.readiness == "unknown" or ORDER.index(after[id_].readiness) >= ORDER.index(earlier.readiness)
        before = after
    assert sum(match.readiness == "ready" for match in before.values()) >= 5
