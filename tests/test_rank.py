"""What the ranking says of single openings: parts, readiness, skills, reasons."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from making import BEFORE_NETS, BEGUN, NOW, TRAINED, at, days, facets, need, of_kind, opening, person, project

from finder.model import Match, Need, Opening, Profile, Stated
from finder.rank import DEFAULTS, Weights, rank
from finder.steps import load


def seen(one: Opening, who: Profile | None = None, now: datetime = NOW, weights: Weights = DEFAULTS) -> Match:
    (match,) = rank([one], who or person(), now, load(), weights)
    return match


def ids(*openings: Opening, who: Profile | None = None) -> list[str]:
    return [match.opening.id for match in rank(openings, who or person(), NOW, load())]


def told(match: Match, words: str) -> bool:
    return any(words in reason for reason in match.reasons)


# ---------------------------------------------------------------------------------------- the score
def test_the_score_is_the_product_of_its_parts() -> None:
    match = seen(opening("a", need("Python"), need("Rust")), person(BEGUN, locations=("Berlin",), terms=("Fall 2026",)))
    assert set(match.parts) == {"relevance", "match", "freshness", "place", "term", "state"}
    assert match.score == pytest.approx(math.prod(match.parts.values()), abs=1e-9)


def test_all_that_suits_gives_one() -> None:
    who = person(BEGUN)
    match = seen(opening("a", need("Python"), need("SQL")), who, weights=Weights(doubt_told=0.0))
    assert match.score == pytest.approx(1.0)


def test_the_match_is_the_sum_that_its_reason_names() -> None:
    match = seen(opening("a", need("Python"), need("COBOL")), person(BEGUN))
    coverage = (0.25 * 0.25 + 1.0) / (0.25 + 2.0)
    assert match.parts["match"] == pytest.approx(0.65 * coverage + 0.20)
    assert match.reasons[-1] == (
        f"The match of {0.65 * coverage + 0.2:.2f} is {0.65 * coverage:.2f} for your skills, "
        "0.00 for being ready or one step away and 0.20 for its level"
    )


def test_an_opening_without_facets_is_ranked_low_and_says_so() -> None:
    match = seen(opening("a", facets=None))
    assert match.parts["relevance"] == DEFAULTS.irrelevant
    assert match.readiness == "unknown"
    assert told(match, "Not classified yet")


@pytest.mark.parametrize(("relevance", "value"), [(0.0, 0.05), (0.5, 0.525), (1.0, 1.0), (7.0, 1.0), (-1.0, 0.05)])
def test_relevance_has_a_floor(relevance: float, value: float) -> None:
    assert seen(opening("a", read={"relevance": relevance})).parts["relevance"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("role", "quote", "reason"),
    [
        ("core", "Machine Learning", "Machine-learning work: the title says “Machine Learning”"),
        ("data", "data pipelines", "Data work, close to machine learning: its text says “data pipelines”"),
        ("adjacent", "", "Next to machine learning"),
        ("none", "", "Not machine-learning work, as far as can be told"),
    ],
)
def test_the_role_is_told_with_the_words_that_say_so(role: str, quote: str, reason: str) -> None:
    match = seen(opening("a", read={"role": role, "evidence": {"role": quote} if quote else {}}))
    assert match.reasons[0] == reason


# ---------------------------------------------------------------------------------------- coverage and readiness
def test_ready_when_every_must_have_is_held() -> None:
    match = seen(opening("a", need("Python"), need("SQL"), need("Rust", "should")), person(BEGUN))
    assert match.readiness == "ready"
    assert (match.required, match.held, match.missing) == (("Python", "SQL", "Rust"), ("Python", "SQL"), ("Rust",))


def test_one_of_the_alternatives_is_enough() -> None:
    match = seen(opening("a", need("Python", group=1), need("R", group=1), need("SQL")), person(BEGUN))
    assert match.readiness == "ready"
    assert match.required == ("Python or R", "SQL")
    assert match.held == ("Python or R", "SQL")
    assert told(match, "You hold both skills it asks for: Python and SQL")


def test_alternatives_count_once() -> None:
    grouped = seen(opening("a", need("Rust", group=1), need("Go", group=1), need("Python")), person(BEGUN))
    single = seen(opening("a", need("Rust"), need("Python")), person(BEGUN))
    assert grouped.parts["match"] == single.parts["match"]


def test_a_skill_named_twice_counts_once_and_by_the_stronger_word() -> None:
    twice = seen(opening("a", need("SQL", "mentioned"), need("SQL"), need("Rust")), person(BEGUN))
    once = seen(opening("a", need("SQL"), need("Rust")), person(BEGUN))
    assert twice.parts["match"] == once.parts["match"]
    assert twice.required == ("SQL", "Rust")


def test_alternatives_say_nothing_new_where_one_is_asked_for_by_itself() -> None:
    either = (need("Python", group=1), need("R", group=1))
    both, alone = seen(opening("a", need("R"), *either), person(BEGUN)), seen(opening("a", need("R")), person(BEGUN))
    assert both.required == alone.required == ("R",)
    weaker = seen(opening("a", need("R", "should"), *either), person(BEGUN))
    assert weaker.required == ("Python or R", "R")


def test_one_more_must_have_never_lightens_what_is_asked_for() -> None:
    before = (need(".NET", group=1), need("Deep learning", group=1), need("Deep learning", "should"))
    for described in (True, False):
        read = {"described": described}
        assert (
            seen(opening("a", *before, need("Deep learning"), read=read)).score
            < seen(opening("a", *before, read=read)).score
        )


def test_a_held_skill_gives_half_of_what_it_implies() -> None:
    match = seen(opening("a", need("Python"), need("Statistics")), person(["project.recreate-scikit-learn"]))
    assert match.readiness == "ready"
    assert match.held == ()
    assert match.missing == ("Python", "Statistics")
    assert match.parts["match"] == pytest.approx(0.65 * (0.0625 + 1.0) / 2.25 + 0.35)
    assert told(match, "Python: close to scikit-learn, which you hold")


def test_a_held_tool_gives_half_of_another_for_the_same_purpose() -> None:
    match = seen(opening("a", need("Power BI"), need("Azure")), person(["course.cloud"]))
    assert match.readiness == "stretch"
    assert told(match, "Azure: close to AWS, which you hold; the step “Use Azure” (learn.azure) teaches it")
    assert told(match, "Power BI: the step “Build dashboards with Tableau and Power BI” (learn.dashboards) teaches it")


def test_what_implies_a_skill_is_not_given_by_it() -> None:
    assert seen(opening("a", need("TensorFlow")), person(TRAINED)).readiness == "stretch"


def test_one_available_step_away() -> None:
    match = seen(opening("a", need("Python"), need("PyTorch"), need("Deep learning")), person(BEFORE_NETS))
    assert match.readiness == "one step away"
    assert told(match, "One step away: the step “Train neural networks” (course.deep-learning) would make you ready")


def test_one_step_has_its_share_and_keeps_it_when_done() -> None:
    one = opening("a", need("SQL"))
    near, stretch, ready = seen(one), seen(one, person(states={"code.sql": "skipped"})), seen(one, person(["code.sql"]))
    assert near.parts["match"] - stretch.parts["match"] == pytest.approx(0.15)
    assert ready.parts["match"] - near.parts["match"] == pytest.approx(0.65 / 1.25)


def test_a_step_that_cannot_be_begun_yet_is_no_step_away() -> None:
    match = seen(opening("a", need("Python"), need("PyTorch")), person(TRAINED))
    assert match.readiness == "stretch"
    assert told(match, "teaches it, after 2 others")
    assert told(
        seen(opening("a", need("Probability"))),
        "“Learn probability” (code.probability) teaches it, after “Learn calculus”",
    )


def test_two_lacks_of_two_steps_are_a_stretch() -> None:
    who = person(["code.python"])
    assert seen(opening("a", need("SQL")), who).readiness == "one step away"
    assert seen(opening("a", need("Git")), who).readiness == "one step away"
    assert seen(opening("a", need("SQL"), need("Git")), who).readiness == "stretch"


def test_a_skipped_step_is_not_proposed() -> None:
    one = opening("a", need("SQL"))
    assert seen(one, person(["code.python"], states={"code.sql": "skipped"})).readiness == "stretch"
    assert seen(one, person(["code.python"], states={"code.sql": "doing"})).readiness == "one step away"


def test_the_easier_of_two_steps_is_named() -> None:
    match = seen(
        opening("a", need("Regression")), person([*BEGUN, "course.descriptive-statistics", "code.numpy-pandas"])
    )
    assert told(match, "One step away: the step “Introduction to Inferential Statistics")


def test_a_certificate_is_not_sent_for_where_a_step_of_the_path_will_do() -> None:
    who = person([*BEFORE_NETS, "code.probability", "code.algorithms", "code.testing", "course.deep-learning"])
    match = seen(opening("a", need("Docker"), need("GCP", "should")), person([*who.done, "course.cloud"]))
    assert told(match, "One step away: the step “Run models as a service (MLOps)” (course.mlops)")


def test_names_of_the_field_are_close_to_each_other() -> None:
    match = seen(opening("a", need("Data science"), need("Artificial intelligence")), person(TRAINED))
    assert match.readiness == "ready"
    assert told(match, "Data science: close to Machine learning, which you hold; the step “Carry a project")


def test_half_of_a_must_have_is_as_good_for_readiness() -> None:
    assert seen(opening("a", need("GCP")), person(["course.cloud"])).readiness == "ready"


def test_preferred_skills_do_not_gate() -> None:
    match = seen(opening("a", need("Python"), need("Redis", "should")), person(BEGUN))
    assert match.readiness == "ready"
    assert told(match, "Redis: no step here teaches it (preferred: “You know Redis”)")


def test_mentioned_skills_are_neither_required_nor_missing() -> None:
    match = seen(opening("a", need("Python"), need("Kafka", "mentioned")), person(BEGUN))
    assert match.required == ("Python",)
    assert match.missing == ()
    assert not told(match, "Kafka")
    assert match.score < seen(opening("a", need("Python")), person(BEGUN)).score


def test_teamwork_keeps_nobody_out() -> None:
    match = seen(opening("a", need("Python"), need("Teamwork")), person(BEGUN))
    assert match.readiness == "ready"
    assert (match.required, match.missing) == (("Python",), ())
    mentioned = seen(opening("a", need("Python"), need("Teamwork", "mentioned")), person(BEGUN))
    assert match.score == mentioned.score


def test_a_title_alone_leaves_readiness_unknown() -> None:
    match = seen(opening("a", read={"described": False}), person(BEGUN))
    assert match.readiness == "unknown"
    assert told(match, "No requirements could be read: what it asks for is unknown")
    assert match.parts["match"] == pytest.approx(0.65 * 0.25 + 0.20)


def test_skills_of_a_title_count_with_reserve() -> None:
    def score(*needs: Need, described: bool) -> float:
        return seen(opening("a", *needs, read={"described": described}), person(BEGUN)).score

    plain = score(described=False)
    assert score(need("Rust"), described=False) < plain < score(need("Python"), described=False)
    assert score(need("Python"), described=False) < score(need("Python"), described=True)
    titled = seen(opening("a", need("Rust"), read={"described": False}), person(BEGUN))
    assert titled.readiness == "unknown"
    assert told(titled, "its title names Rust")


def test_unknown_stands_between_one_step_away_and_having_nothing() -> None:
    unknown = opening("unknown", read={"described": False})
    ready = opening("ready", need("Python"))
    near = opening("near", need("Unit testing"))
    stretch = opening("stretch", need("Rust"), need("Kubernetes"))
    assert ids(stretch, unknown, near, ready, who=person(BEGUN)) == ["ready", "near", "unknown", "stretch"]


@pytest.mark.parametrize("needs", [(), (need("Python", "mentioned"),), (need("Communication"),)])
def test_a_text_that_requires_nothing_readable_is_never_called_ready(needs: tuple[Need, ...]) -> None:
    match = seen(opening("a", *needs), person(BEGUN))
    assert match.readiness == "unknown"


def test_a_need_that_no_list_knows_is_missing() -> None:
    match = seen(opening("a", need("Basket weaving")), person(BEGUN))
    assert (match.readiness, match.missing) == ("stretch", ("Basket weaving",))


# ---------------------------------------------------------------------------------------- level
@pytest.mark.parametrize(
    ("level", "share", "reason"),
    [
        ("other", 0.3, "A job, not an internship"),
        ("new grad", 0.6, "A first job after a degree, not an internship"),
        ("working student", 1.0, ""),
    ],
)
def test_level_is_a_share_of_the_match(level: str, share: float, reason: str) -> None:
    job = seen(opening("a", read={"kind": "job", "level": level}))
    intern = seen(opening("a"))
    assert intern.parts["match"] - job.parts["match"] == pytest.approx(0.20 * (1 - share))
    assert told(job, reason or "Machine")


# ---------------------------------------------------------------------------------------- freshness and deadline
@pytest.mark.parametrize(
    ("age", "value", "reason"),
    [
        (0, 1.0, "Posted today"),
        (1, 0.4 + 0.6 * 2 ** (-1 / 28), "Posted 1 day ago"),
        (28, 0.7, "Posted 28 days ago"),
        (2800, 0.4, "Posted 2800 days ago"),
        (-3, 1.0, "Posted today"),
    ],
)
def test_freshness_halves_in_28_days(age: float, value: float, reason: str) -> None:
    match = seen(opening("a", posted_at=NOW - days(age)))
    assert match.parts["freshness"] == pytest.approx(value)
    assert told(match, reason)


def test_without_a_posting_date_the_first_sight_counts() -> None:
    match = seen(opening("a", posted_at=None, first_seen=NOW - days(28)))
    assert match.parts["freshness"] == pytest.approx(0.7)
    assert told(match, "First seen 28 days ago; no source says when it was posted")


@pytest.mark.parametrize(
    ("left", "reason"),
    [
        (9.2, "Apply by 2026-09-01: 9 days left"),
        (1.5, "Apply by 2026-08-24: 1 day left"),
        (0.5, "Apply by 2026-08-23: today is the last day"),
        (-2, "The last day to apply was 2026-08-21"),
    ],
)
def test_the_deadline_is_told(left: float, reason: str) -> None:
    assert reason in seen(opening("a", deadline=NOW + days(left))).reasons


def test_a_last_day_that_is_past_costs_nearly_as_much_as_a_closing() -> None:
    before, after = (seen(opening("a", deadline=NOW + days(left))) for left in (0, -1))
    assert (before.parts["state"], after.parts["state"]) == (1.0, DEFAULTS.overdue)
    assert after.score == pytest.approx(before.score * DEFAULTS.overdue)


# ---------------------------------------------------------------------------------------- place, term, state
BERLIN = at("Berlin, Germany", "Berlin", "", "DE")
AUSTIN = at("Austin, TX", "Austin", "TX", "US")
ANY, NEAR = at("6 Locations"), "within 50 km of Berlin"


@pytest.mark.parametrize(
    ("wishes", "posting", "value", "reason"),
    [
        ({}, {"places": (AUSTIN,)}, 1.0, ""),
        ({}, {}, 1.0, ""),
        ({}, {"remote": True}, 1.0, "Remote, as you prefer"),
        ({"remote": False}, {"remote": True}, 0.4, "Remote, and you prefer to work on site"),
        ({"locations": ("Berlin",)}, {"places": (AUSTIN, BERLIN)}, 1.0, "In Berlin, where you look"),
        ({"locations": ("Germany", "Berlin")}, {"places": (BERLIN,)}, 1.0, "In Germany, where you look"),
        ({"locations": ("Berlin",)}, {"places": (AUSTIN,)}, 0.4, "In Austin, TX, not in Berlin, where you look"),
        ({"locations": ("Berlin",)}, {}, 0.85, "Where it is could not be read"),
        ({"locations": (NEAR,)}, {"places": (BERLIN,)}, 1.0, "Within 50 km of Berlin, where you look"),
        (
            {"locations": (NEAR,)},
            {"places": (AUSTIN,)},
            0.4,
            "In Austin, TX, not within 50 km of Berlin, where you look",
        ),
        ({"locations": (NEAR,)}, {"places": (ANY,)}, 0.85, "whether that is within 50 km of Berlin, where you look"),
        ({"locations": ("Berlin",)}, {"remote": True}, 1.0, "Remote, as you prefer"),
        ({"locations": ("Berlin",), "remote": False}, {"remote": True, "places": (BERLIN,)}, 1.0, "In Berlin"),
        ({"locations": ("Berlin",)}, {"places": (at("Remote - Europe"),)}, 1.0, "Remote, as you prefer"),
    ],
)
def test_place(wishes: dict[str, Any], posting: dict[str, Any], value: float, reason: str) -> None:
    match = seen(opening("a", **posting), person(**wishes))
    assert match.parts["place"] == value
    assert told(match, reason or "Machine")


@pytest.mark.parametrize(
    ("wished", "posting", "value", "reason"),
    [
        ((), ("Summer 2027",), 1.0, ""),
        (("Summer 2027",), ("Summer 2027", "Fall 2027"), 1.0, "For Summer 2027, as you prefer"),
        (("Fall 2026", "Summer 2027"), ("Spring 2027",), 0.4, "For Spring 2027, not for Fall 2026 or Summer 2027"),
        (("Summer 2027",), (), 0.85, "Whether it is for Summer 2027 could not be read"),
        (("Summer 2027",), ("Summer",), 0.85, "Whether it is for Summer 2027 could not be read"),
        (("Fall 2027",), ("Summer",), 0.4, "For Summer, not for Fall 2027"),
    ],
)
def test_term(wished: tuple[str, ...], posting: tuple[str, ...], value: float, reason: str) -> None:
    match = seen(opening("a", terms=posting), person(terms=wished))
    assert match.parts["term"] == value
    assert told(match, reason or "Machine")


def test_a_term_read_out_of_the_text_counts_too() -> None:
    match = seen(
        opening("a", read={"stated": {"term": Stated("Fall 2026|Summer 2027", "")}}), person(terms=("summer 2027",))
    )
    assert match.parts["term"] == 1.0


@pytest.mark.parametrize(
    ("state", "value", "first"),
    [
        ("open", 1.0, "Machine-learning work"),
        ("missing", 0.9, "Its source does not show it at present; it may be closed: absent once"),
        ("closed", 0.05, "Closed: absent once"),
    ],
)
def test_state_lowers_and_warns_first(state: Any, value: float, first: str) -> None:
    match = seen(opening("a", state=state, evidence="absent once"))
    assert match.parts["state"] == value
    assert match.reasons[0] == first


# ---------------------------------------------------------------------------------------- reasons
def test_a_full_example_reads_as_sentences() -> None:
    one = opening(
        "a",
        need("Python"),
        need("SQL"),
        need("pandas"),
        need("PyTorch", quote="Hands-on experience with   PyTorch or similar"),
        posted_at=NOW - days(12),
        remote=True,
        read={"evidence": {"role": "Machine Learning"}},
    )
    assert seen(one, person(BEFORE_NETS)).reasons[:-1] == (
        "Machine-learning work: the title says “Machine Learning”",
        "You hold 3 of the 4 skills it asks for: Python, SQL and pandas; missing PyTorch",
        "One step away: the step “Train neural networks” (course.deep-learning) would make you ready",
        (
            "PyTorch: the step “Train neural networks” (course.deep-learning) teaches it "
            "(asked for: “Hands-on experience with PyTorch or similar”)"
        ),
        "Remote, as you prefer",
        "Posted 12 days ago",
    )


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        ((), "You do not hold the one skill it asks for: SQL"),
        (("code.sql",), "You hold the one skill it asks for: SQL"),
    ],
)
def test_one_skill_is_told_in_the_singular(done: tuple[str, ...], sentence: str) -> None:
    assert sentence in seen(opening("a", need("SQL")), person(done)).reasons


def test_none_of_several_is_told_as_none() -> None:
    assert (
        "You hold none of the 2 skills it asks for: Go and Rust" in seen(opening("a", need("Go"), need("Rust"))).reasons
    )


def test_a_long_list_of_skills_is_cut_and_counted() -> None:
    match = seen(opening("a", *(need(f"Skill {number}") for number in range(20))))
    assert told(match, "Skill 11 and 8 more")
    assert len(match.missing) == 20


def test_a_long_quote_is_cut_at_a_word() -> None:
    match = seen(opening("a", need("Rust", quote="rusty " * 200)))
    (line,) = [reason for reason in match.reasons if reason.startswith("Rust:")]
    assert line.endswith("rusty …”)")
    assert len(line) < 200


def test_conditions_are_told_and_cost_nothing() -> None:
    said = {
        "sponsorship": Stated("no", "we are unable to sponsor visas"),
        "degree": Stated("phd", "pursuing a PhD"),
        "enrolment": Stated("required", "pursuing a PhD"),
        "citizenship": Stated("US", "US citizens only"),
    }
    match = seen(opening("a", need("Python"), read={"stated": said}), person(BEGUN))
    for reason in (
        "It does not sponsor a work visa: “we are unable to sponsor visas”",
        "You must be a student; Degree: PhD: “pursuing a PhD”",
        "For citizens of US only: “US citizens only”",
    ):
        assert reason in match.reasons
    assert match.readiness == "ready"
    assert match.score == seen(opening("a", need("Python")), person(BEGUN)).score


# ---------------------------------------------------------------------------------------- order
def test_ties_go_to_the_newer_then_to_the_id() -> None:
    old = NOW - days(28_000)
    a, b = opening("a", posted_at=old), opening("b", posted_at=old)
    c = opening("c", posted_at=old + days(1))
    assert seen(a).score == seen(c).score
    assert ids(b, a, c) == ["c", "a", "b"]


def test_what_is_no_machine_learning_comes_last_but_comes() -> None:
    cook = opening("cook", need("Python"), read={"role": "none", "relevance": 0.0})
    intern = opening("intern", need("Rust"), need("Go"))
    assert ids(cook, intern, who=person(BEGUN)) == ["intern", "cook"]


def test_an_opening_given_twice_is_ranked_once() -> None:
    one = opening("a", need("Python"))
    newer = opening("a", need("Python"), last_seen=NOW + days(1), title="Later title")
    for given in ([one, newer], [newer, one], [one, newer, one]):
        assert [match.opening.title for match in rank(given, person(), NOW, load())] == ["Later title"]


def test_two_openings_of_one_id_are_told_apart_the_same_way_every_time() -> None:
    one, other = opening("a", title="One title"), opening("a", title="Another title")
    assert rank([one, other], person(), NOW, load()) == rank([other, one], person(), NOW, load())


def test_nothing_to_rank() -> None:
    assert rank([], person(), NOW, load()) == []


@pytest.mark.parametrize("kind", ["course", "dataset"])
def test_courses_and_data_sets_do_not_age(kind: Any) -> None:
    match = seen(of_kind(kind, posted_at=NOW - days(900)))
    assert set(match.parts) == {"relevance", "match", "state"}


# ---------------------------------------------------------------------------------------- projects
def repository(**changes: Any) -> Opening:
    extra = {"stars": 800, "free_issues": 4, "label": "good first issue", "pushed_at": "2026-08-13T08:00:00Z"}
    return project("p", need("Python"), extra={**extra, **changes})


PLAIN = 0.30 + 0.30 + 0.12 + 0.20 * 0.5
"""Friendliness of `repository()`: enough issues, a good size, in no list, and nothing told of how it is cared for."""


def test_a_good_first_project() -> None:
    match = seen(repository(), person(BEGUN))
    assert set(match.parts) == {"relevance", "match", "friendly", "alive", "state"}
    assert match.readiness == "ready"
    assert match.parts["friendly"] == pytest.approx(PLAIN)
    assert match.parts["alive"] == 1.0
    assert match.held == ("Python",)
    for words in (
        "You hold the one skill it uses: Python",
        "4 issues are marked “good first issue” and free",
        "Last worked on 10 days ago",
        "Contributing here would evidence the step “Have a first pull request merged” and work with Python",
    ):
        assert words in match.reasons


def test_after_the_first_contribution_only_the_skills_are_evidenced() -> None:
    match = seen(repository(), person([*BEGUN, "project.first-contribution"]))
    assert "Contributing here would evidence work with Python" in match.reasons


def test_what_a_project_is_written_in_is_quoted_as_it_stands() -> None:
    match = seen(project("p", need("COBOL", quote="main language: COBOL")), person(BEGUN))
    assert "You do not hold the one skill it uses: COBOL" in match.reasons
    assert "COBOL: no step here teaches it (“main language: COBOL”)" in match.reasons


def test_a_project_without_a_language_or_a_text_is_unknown() -> None:
    match = seen(project("p", read={"described": False}), person(BEGUN))
    assert match.readiness == "unknown"
    assert "What it is written in is not known" in match.reasons


@pytest.mark.parametrize(
    ("signals", "value", "reason"),
    [
        ({"free_issues": 0}, PLAIN - 0.27, "No open issue is marked “good first issue” at present"),
        ({"free_issues": 1}, PLAIN - 0.12, "1 issue is marked “good first issue” and free"),
        ({"free_issues": None, "issue_count": 2}, PLAIN - 0.12, "2 issues are marked “good first issue”"),
        ({"free_issues": None}, PLAIN - 0.15, "Its issues for beginners are marked “good first issue”"),
        ({"free_issues": True, "label": ["x"]}, PLAIN - 0.15, ""),
        ({"free_issues": 3, "label": ""}, PLAIN, "3 issues are marked for beginners and free"),
        ({"stars": 10}, PLAIN - 0.12 * 0.4, ""),
        ({"stars": 50_000}, PLAIN - 0.12 * 0.4, ""),
        ({"stars": 0}, PLAIN - 0.12 * 0.8, ""),
        ({"stars": None}, PLAIN - 0.12 * 0.4, ""),
        ({"stars": -5}, PLAIN - 0.12 * 0.4, ""),
    ],
)
def test_friendliness(signals: dict[str, Any], value: float, reason: str) -> None:
    match = seen(repository(**signals))
    assert match.parts["friendly"] == pytest.approx(value)
    assert told(match, reason or "Machine")


@pytest.mark.parametrize(
    ("pushed", "value", "reason"),
    [
        ("2026-05-25T08:00:00Z", 1.0, "Last worked on 90 days ago"),
        ("2025-11-26T08:00:00Z", 0.6, "Last worked on 270 days ago: it has gone quiet"),
        ("2016-08-23", 0.2, "it has gone quiet"),
        ("last spring", 0.7, ""),
        (None, 0.7, ""),
        (1_700_000_000, 0.7, ""),
    ],
)
def test_a_quiet_project_ranks_lower(pushed: object, value: float, reason: str) -> None:
    match = seen(repository(pushed_at=pushed))
    assert match.parts["alive"] == pytest.approx(value, abs=0.001)
    assert told(match, reason or "Machine")


def test_without_a_push_the_last_change_counts() -> None:
    match = seen(project("p", updated_at=datetime(2025, 11, 26, 8, tzinfo=UTC)))
    assert match.parts["alive"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": {"archived": True, "stars": 900}},
        {"url": "https://github.com/apache/predictionio"},
        {"url": "https://GitHub.com/apache/PredictionIO/"},
        {"url": "https://github.com/apache/predictionio.git"},
    ],
)
def test_an_archived_project_is_never_recommended(changes: dict[str, Any]) -> None:
    match = seen(project("p", need("Scala"), **changes), person(BEGUN))
    assert match.readiness == "not eligible"
    assert match.missing == ("Scala",)
    assert not told(match, "Scala: ")
    assert match.parts["alive"] == 0.01
    assert match.reasons[0] == "Archived: read-only, takes no contribution; good for reading"
    assert not told(match, "Contributing here")
    poor = project("poor", extra={"stars": 0, "free_issues": 0, "pushed_at": "2016-01-01T00:00:00Z"})
    assert ids(project("p", **changes), poor, who=person(BEGUN)) == ["poor", "p"]


def test_a_flag_that_is_not_true_does_not_archive() -> None:
    assert seen(repository(archived=False)).parts["alive"] == 1.0
    assert seen(repository(archived="no")).parts["alive"] == 1.0


def test_beginner_level_counts_for_projects() -> None:
    other = seen(project("p", read={"level": "other"}))
    assert seen(project("p")).parts["match"] - other.parts["match"] == pytest.approx(0.10)


def test_a_project_named_by_several_lists_is_friendlier() -> None:
    one = project("p", extra={"lists": ["up-for-grabs", "my-own"]})
    two = project("p", extra={"lists": ["up-for-grabs", "good-first-issue"]})
    assert seen(two).parts["friendly"] - seen(one).parts["friendly"] == pytest.approx(0.08)
    assert seen(project("p", extra={"lists": "up-for-grabs"})).parts == seen(one).parts


def test_facets_decide_over_the_kind_of_the_source() -> None:
    assert "alive" in seen(opening("a", kind="job", facets=facets(kind="project"))).parts


@pytest.mark.parametrize(
    ("kind", "held", "untold"),
    [
        ("course", "You hold the one skill it is about: Python", "Which skills it is about could not be read"),
        (
            "dataset",
            "You hold the one skill it is good to practise: Python",
            "Which skills it is good to practise could not be read",
        ),
    ],
)
def test_courses_and_data_sets_ask_for_nothing(kind: Any, held: str, untold: str) -> None:
    read = {"kind": kind, "level": "other"}
    assert held in seen(opening("k", need("Python"), kind=kind, read=read), person(BEGUN)).reasons
    lacking = seen(opening("k", need("Rust"), kind=kind, read=read), person(BEGUN))
    assert told(lacking, "Rust: ")
    assert not told(lacking, "asked for")
    assert untold in seen(opening("k", kind=kind, read={**read, "described": False}), person(BEGUN)).reasons
