"""From links to boards, which to ask, and what an answer says of whose board it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.boards import Board, Candidate, Link, Standing
from finder.discovery import (
    DEAD_FOR,
    LONGEST_REST,
    RETRY_AFTER,
    answered,
    candidates,
    is_covered,
    merged,
    names,
    plausible,
    rest,
    to_ask,
    unanswered,
    unreached,
)
from finder.errors import FetchError, Gone, NoHost, NotYet, ParseError, Refused, WebPage, cause
from finder.model import Found

NOW = datetime(2026, 8, 22, 10, tzinfo=UTC)
UUIDS = [f"0a1b2c3d-0000-4000-8000-{n:012d}" for n in range(9)]


def link(url: str, organization: str = "Acme", source: str = "list-a", ml: bool = False) -> Link:
    return Link(url, organization, source, ml)


def lever(site: str, number: int = 0) -> str:
    return f"https://jobs.lever.co/{site}/{UUIDS[number]}"


def candidate(system: str = "lever", board: str = "acme", **others: Any) -> Candidate:
    told = {"adapter": system, "options": {"site": board}, "company": "Acme", "origin": "list-a"}
    return Candidate(system=system, board=board, **(told | others))


def found(url: str = "https://acme.example/jobs/1", organization: str = "acme") -> Found:
    return Found(kind="job", key=url, title="ML Intern", url=url, organization=organization)


# ------------------------------------------------------------------------------------------------ candidates
def test_links_of_one_board_are_one_candidate() -> None:
    (one,) = candidates([link(lever("acme", n), ml=n == 1) for n in range(3)])
    assert (one.system, one.board, one.adapter, one.options) == ("lever", "acme", "lever", {"site": "acme"})
    assert (one.company, one.origin, one.links, one.ml_links, one.key) == ("Acme", "list-a", 3, 1, "lever:acme")
    assert one.urls == tuple(lever("acme", n) for n in range(3))


def test_those_with_most_ml_internships_come_first_then_those_with_most_links() -> None:
    told = [link(lever("many", n)) for n in range(5)] + [link(lever("some", n)) for n in range(2)]
    told += [link(lever("ml"), ml=True), link(lever("few")), link(lever("also"))]
    assert [one.board for one in candidates(told)] == ["ml", "many", "some", "also", "few"]


def test_the_company_and_source_said_most_often_count_and_a_spelling_with_capitals() -> None:
    told = [
        *(link("https://jobs.ashbyhq.com/acme/" + UUIDS[n], "ACME", "list-b") for n in range(4, 8)),
        *(link("https://jobs.ashbyhq.com/Acme/" + UUIDS[n], "Acme", "list-a") for n in range(5)),
        link("https://jobs.ashbyhq.com/ACME", "Acme", "list-b"),
        *(link("https://jobs.ashbyhq.com/acme", "", "list-b") for _ in range(9)),
    ]
    (one,) = candidates(told)
    assert (one.options, one.company, one.origin) == ({"org": "Acme"}, "Acme", "list-b")


def test_of_two_said_equally_often_the_first_by_the_alphabet_counts() -> None:
    (one,) = candidates([link(lever("acme", 1), "Beta", "list-b"), link(lever("acme", 2), "Acme", "list-a")])
    assert (one.company, one.origin) == ("Acme", "list-a")


def test_what_is_known_otherwise_says_best_how_a_board_is_asked() -> None:
    told = candidates([link(lever("acme"), "Acme Ltd", ml=True), link(lever("other"), "Other")])
    known = [candidate(board="ACME", options={"site": "Acme"}, company="Acme", origin="registry", ml_links=1)]
    known.append(candidate(board="third", options={"site": "third"}, origin="registry", ml_links=1))
    both = merged(told, known)
    assert [one.key for one in both] == ["lever:acme", "lever:third", "lever:other"]
    assert (both[0].options, both[0].company, both[0].board) == ({"site": "Acme"}, "Acme", "ACME")
    assert (both[0].origin, both[0].links, both[0].ml_links, both[0].urls) == ("list-a", 1, 1, (lever("acme"),))
    assert both[1] == known[1]
    assert both[2] == told[1]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://acme.example/jobs/1",
        "https://acme.example/jobs?gh_jid=4012345",  # a known system, but whose board?
        "https://www.linkedin.com/jobs/view/1",
        "https://acme.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/1",  # not followed by itself
        "https://acme.bamboohr.com/careers/1",  # no adapter
        "https://careers.acme.example/jobs/1234?icims=1",  # a domain of its own
        "https://wd1.myworkdaysite.com/snap/job/Oslo/ML_R1",  # no tenant
        "https://apply.workable.com/j/0123456789",
        "https://github.com/acme/models",
    ],
)
def test_what_tells_of_no_board_that_can_be_followed_is_no_candidate(url: str) -> None:
    assert candidates([link(url)]) == []


LINKS = st.lists(
    st.builds(
        Link,
        st.one_of(
            st.sampled_from(
                [lever("acme"), lever("Acme", 1), lever("other"), "https://boards.greenhouse.io/acme/jobs/1"]
            ),
            st.text(max_size=30),
            st.from_regex(r"https://(jobs\.lever\.co|a\.wd5\.myworkdayjobs\.com)/[^\n]{0,30}", fullmatch=True),
        ),
        st.text(max_size=10),
        st.sampled_from(["list-a", "list-b"]),
        st.booleans(),
    ),
    max_size=30,
)


@given(LINKS, st.randoms())
def test_candidates_do_not_depend_on_the_order_of_the_links(links: list[Link], chance: Any) -> None:
    shuffled = list(links)
    chance.shuffle(shuffled)
    first, second = candidates(links), candidates(shuffled)
    assert [(one.key, one.options, one.company, one.origin, one.links, one.ml_links) for one in first] == [
        (one.key, one.options, one.company, one.origin, one.links, one.ml_links) for one in second
    ]
    assert [sorted(one.urls) for one in first] == [sorted(one.urls) for one in second]


@given(LINKS)
def test_every_link_is_counted_at_most_once_and_boards_are_distinct(links: list[Link]) -> None:
    made = candidates(links)
    assert len({one.key for one in made}) == len(made)
    assert sum(one.links for one in made) <= len(links)
    assert all(0 <= one.ml_links <= one.links == len(one.urls) > 0 for one in made)
    assert made == sorted(made, key=lambda one: (-one.ml_links, -one.links, one.key))


# ------------------------------------------------------------------------------------------------ sources there are
@pytest.mark.parametrize(
    ("adapter", "options", "covered"),
    [
        ("lever", {"site": "acme"}, True),
        ("lever", {"site": "Acme", "company": "Acme Ltd"}, True),
        ("lever", {"site": "acme", "base": "http://127.0.0.1:1"}, True),
        ("lever", {"site": "other"}, False),
        ("lever", {}, False),
        ("greenhouse", {"site": "acme"}, False),
    ],
)
def test_a_configured_source_covers_its_board(adapter: str, options: dict[str, Any], covered: bool) -> None:
    assert is_covered(candidate(), adapter, options) is covered


def test_a_site_of_a_company_does_not_cover_another_site() -> None:
    (one,) = candidates([link("https://acme.wd5.myworkdayjobs.com/Interns/job/Oslo/ML_R1")])
    assert is_covered(one, "workday", {"tenant": "acme", "host": "wd5", "site": "interns"})
    assert not is_covered(one, "workday", {"tenant": "acme", "host": "wd5", "site": "Staff"})


# ------------------------------------------------------------------------------------------------ whom to ask
def board(name: str, ml: int = 0, **others: Any) -> Board:
    return Board(name=name, candidate=candidate(board=name, ml_links=ml), **others)


def asked(known: list[Board], budget: int = 20, most: int = 300) -> list[str]:
    return [one.name for one in to_ask(known, budget, most, NOW)]


def test_the_best_come_first_within_the_budget() -> None:
    known = [board("c", 1), board("b", 3), board("a", 1), board("d")]
    assert asked(known) == ["b", "a", "c", "d"]
    assert asked(known, budget=2) == ["b", "a"]
    assert asked(known, budget=0) == []


def test_boards_never_asked_come_before_those_asked_again() -> None:
    known = [board("again", 9, state="dead", checked_at=NOW - DEAD_FOR, next_check=NOW), board("new", 1)]
    assert asked(known) == ["new", "again"]


def test_what_rests_or_is_followed_is_not_asked() -> None:
    later = NOW + timedelta(seconds=1)
    known = [
        board("followed", state="followed"),
        board("dead", state="dead", next_check=later),
        board("held", next_check=later),
    ]
    assert asked(known) == []
    assert asked([board("over", state="dead", next_check=NOW)]) == ["over"]


def test_no_more_are_asked_than_may_be_followed() -> None:
    known = [*(board(f"followed{n}", state="followed") for n in range(3)), board("a", 2), board("b", 1)]
    assert asked(known, most=4) == ["a"]
    assert asked(known, most=3) == []
    assert asked(known, most=2) == []


# ------------------------------------------------------------------------------------------------ whose board it is
def test_a_posting_in_common_is_enough() -> None:
    one = candidate(urls=(lever("acme", 1) + "/apply?utm_source=list", "https://acme.example"), company="Somebody Else")
    assert plausible(one, [found(lever("acme", 2)), found(lever("acme", 1))]) == ""


def test_a_posting_of_the_employers_own_domain_is_the_same_posting() -> None:
    one = candidate("greenhouse", options={"board": "acme"}, urls=("https://boards.greenhouse.io/acme/jobs/4012345",))
    assert plausible(one, [found("https://acme.example/careers?gh_jid=4012345", "Quite Another Name")]) == ""


@pytest.mark.parametrize("called", ["Acme", "ACME GmbH", "Acme Labs", "acmé"])
def test_the_name_that_the_board_says_is_enough(called: str) -> None:
    assert plausible(candidate(board="slug", options={"site": "slug"}), [found(organization=called)]) == ""


def test_another_name_is_refused_though_the_slug_is_right() -> None:
    why = plausible(candidate("personio", options={"account": "acme"}), [found(organization="Anna Cmentowski GmbH")])
    assert "'Anna Cmentowski GmbH'" in why and "'Acme'" in why and "another company?" in why


def test_a_board_that_says_no_name_is_known_by_its_slug() -> None:
    assert plausible(candidate(options={"site": "acme-2"}), [found(organization="acme-2")]) == ""
    refused = plausible(candidate(options={"site": "blueheron"}), [found(organization="blueheron")])
    assert "says no name" in refused and "'Acme'" in refused


def test_initials_are_a_slug_too() -> None:
    one = candidate(
        "workday",
        options={"tenant": "ghit", "host": "wd5", "site": "External"},
        company="Grey Heron Information Technology",
    )
    assert plausible(one, [found(organization="ghit")]) == ""


def test_where_a_board_is_held_is_no_name() -> None:
    one = candidate("workday", options={"tenant": "heron", "host": "wd5", "site": "External"}, company="WD5")
    assert plausible(one, [found(organization="heron")]) != ""


def test_an_address_of_the_whole_board_is_no_posting_in_common() -> None:
    front = "https://jobs.lever.co/acme"
    assert plausible(candidate(company="Other", urls=(front,)), [found(front, "Acme Careers")]) != ""


@pytest.mark.parametrize(
    ("system", "slug", "believed"),
    [("lever", "acme", True), ("lever", "other", False), ("ashby", "acme", False), ("smartrecruiters", "acme", False)],
)
def test_an_empty_board_is_believed_by_its_slug_where_no_other_name_is_answered(
    system: str, slug: str, believed: bool
) -> None:
    why = plausible(candidate(system, options={"site": slug}), [])
    assert (why == "") is believed
    assert believed or "no openings" in why


def test_slugs_are_no_names() -> None:
    one = candidate("workday", options={"tenant": "Heron", "host": "wd5", "site": "External"})
    assert names(one, [found(organization=name) for name in ("heron", "EXTERNAL", "", "Heron AG")]) == {"Heron AG"}


@given(st.text(max_size=20), st.text(max_size=20), st.lists(st.text(max_size=20), max_size=4))
def test_nothing_is_believed_without_a_reason(company: str, slug: str, told: list[str]) -> None:
    """Property: no posting in common, and no name or slug that shares its first letters with the company: refused."""
    one = candidate(options={"site": slug}, company="qq" + company)
    shown = [found(f"https://acme.example/{n}", "zz" + name) for n, name in enumerate(told)]
    assert plausible(one, shown) != ""


@given(st.sampled_from(range(9)), st.sampled_from(range(9)), st.text(max_size=9))
def test_the_same_posting_is_always_believed_and_another_never_by_itself(mine: int, theirs: int, name: str) -> None:
    one = candidate(urls=(lever("acme", mine),), company="qqqq")
    assert (plausible(one, [found(lever("acme", theirs), "zz" + name)]) == "") is (mine == theirs)


# ------------------------------------------------------------------------------------------------ what came of asking
URL = "https://api.lever.co/v0/postings/acme"


@pytest.mark.parametrize(
    ("error", "state", "after"),
    [
        (Gone(URL, "404 Not Found"), "dead", DEAD_FOR),
        (NoHost(URL, "host name not found"), "dead", DEAD_FOR),
        (ParseError(URL, "not a Lever board"), "dead", DEAD_FOR),
        (WebPage(URL, "looks like an HTML page, not JSON"), "candidate", RETRY_AFTER),
        (Refused(URL, "robots.txt does not allow it"), "dead", DEAD_FOR),
        (Refused(URL, "robots.txt could not be asked", NOW + timedelta(days=3)), "candidate", timedelta(days=3)),
        (FetchError(URL, "503 Service Unavailable"), "candidate", RETRY_AFTER),
        (FetchError(URL, "429 Too Many Requests", NOW + timedelta(hours=1)), "candidate", RETRY_AFTER),
        (FetchError(URL, "429 Too Many Requests", NOW + timedelta(days=2)), "candidate", timedelta(days=2)),
        (NotYet(URL, "asked not to be asked", NOW + timedelta(minutes=5)), "candidate", timedelta(minutes=5)),
        (ZeroDivisionError("a bug"), "candidate", RETRY_AFTER),
    ],
)
def test_a_board_that_does_not_answer(error: Exception, state: str, after: timedelta) -> None:
    standing = unanswered(error, 0, NOW)
    assert (standing.state, standing.next_check, standing.problem) == (state, NOW + after, cause(error))
    assert standing.misses == (0 if isinstance(error, NotYet) else 1), "what was not asked did not miss"
    assert unanswered(error, 3, NOW).misses == standing.misses + 3


def test_what_a_bug_says_is_told_with_its_kind() -> None:
    assert unanswered(KeyError("title"), 0, NOW).problem == "KeyError: 'title'"


def test_where_nothing_could_be_reached_it_is_not_held_against_the_board() -> None:
    standing = unreached(NoHost(URL, "host name not found"), 4, NOW)
    assert (standing.state, standing.next_check, standing.misses) == ("candidate", NOW + RETRY_AFTER, 4)
    assert standing.problem == f"no host answered: host name not found ({URL})"


def test_a_board_that_answers_is_followed_refused_or_asked_again() -> None:
    assert answered(candidate(), [found()], 3, NOW) == Standing("followed")
    refused = answered(candidate(company="Other"), [found()], 0, NOW)
    assert (refused.state, refused.next_check) == ("dead", NOW + DEAD_FOR)
    empty = answered(candidate("ashby"), [], 1, NOW)
    assert (empty.state, empty.next_check) == ("candidate", NOW + 2 * RETRY_AFTER)


def test_each_time_in_vain_doubles_the_rest() -> None:
    spans = [rest(DEAD_FOR, misses) for misses in range(9)]
    assert spans == [min(DEAD_FOR * 2**n, LONGEST_REST) for n in range(9)]
    assert spans[0] == timedelta(days=30) and spans[-1] == LONGEST_REST
    assert rest(DEAD_FOR, 10**9) == LONGEST_REST
