"""What a search lets through, what it shows first, and which filter is to blame for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, at, days, of_kind, opening, person, project

from finder.model import Match, Opening, Stated
from finder.query import KINDS, Query, accepts, blamed, funnel, parse_since, pick, refused_by, spread
from finder.rank import rank
from finder.steps import load

BERLIN = at("Berlin, Germany", "Berlin", "", "DE")


def ask(**wishes: Any) -> Query:
    return Query(**wishes)


# ---------------------------------------------------------------------------------------- filters
@pytest.mark.parametrize(
    ("wishes", "changes", "passes"),
    [
        ({}, {}, True),
        ({}, {"state": "missing"}, True),
        ({}, {"state": "closed"}, False),
        ({"state": "closed"}, {"state": "closed"}, True),
        ({"state": "closed"}, {"state": "missing"}, False),
        ({"state": "all"}, {"state": "closed"}, True),
        ({"kinds": ("internship",)}, {}, True),
        ({"kinds": ("project", "course")}, {}, False),
        ({"location": "Berlin"}, {"places": (BERLIN,)}, True),
        ({"location": "berlin, de"}, {"places": (BERLIN,)}, True),
        ({"location": "Munich"}, {"places": (BERLIN,)}, False),
        ({"location": "Berlin"}, {}, False),
        ({"location": "  "}, {}, True),
        ({"remote": True}, {"remote": True}, True),
        ({"remote": True}, {"places": (at("Remote, US"),)}, True),
        ({"remote": True}, {}, False),
        ({"remote": False}, {"remote": True}, False),
        ({"remote": False}, {}, True),
        ({"term": "Summer 2027"}, {"terms": ("Summer 2027",)}, True),
        ({"term": "Summer 2027"}, {"terms": ("Summer 2026",)}, False),
        ({"term": "Summer 2027"}, {}, False),
        ({"term": "summer 2027"}, {"read": {"stated": {"term": Stated("Summer 2027", "")}}}, True),
        ({"company": "quillmark"}, {}, True),
        ({"company": "Quill"}, {}, False),
        ({"company": "Quillmark Robotics"}, {}, True),
        ({"company": "robotics"}, {"organization": ""}, False),
        ({"since": NOW - days(1)}, {"first_seen": NOW}, True),
        ({"since": NOW}, {"first_seen": NOW}, True),
        ({"since": NOW}, {"first_seen": NOW - days(1)}, False),
    ],
)
def test_a_filter(wishes: dict[str, Any], changes: dict[str, Any], passes: bool) -> None:
    assert accepts(opening("a", **changes), ask(**wishes)) is passes


@pytest.mark.parametrize("kind", ["project", "course", "dataset"])
def test_what_is_no_employment_can_be_done_from_anywhere(kind: str) -> None:
    assert accepts(of_kind(kind), ask(remote=True))
    assert not accepts(of_kind(kind), ask(remote=False))


@pytest.mark.parametrize(
    ("wishes", "kinds"),
    [
        ({}, ["internship", "project", "course", "dataset"]),
        ({"level": "all"}, ["internship", "job", "project", "course", "dataset"]),
        ({"kinds": ("job",)}, ["job"]),
        ({"kinds": ("internship", "project")}, ["internship", "project"]),
    ],
)
def test_ordinary_jobs_are_shown_only_when_asked_for(wishes: dict[str, Any], kinds: list[str]) -> None:
    assert [kind for kind in KINDS if accepts(of_kind(kind), ask(**wishes))] == kinds


def test_a_job_that_is_an_internship_by_its_level_is_shown_as_one() -> None:
    one = opening("a", kind="job")
    assert accepts(one, ask())
    assert accepts(one, ask(kinds=("internship",)))
    assert not accepts(one, ask(kinds=("job",)))


def test_an_unclassified_job_is_a_job() -> None:
    one = opening("a", kind="job", facets=None)
    assert refused_by(one, ask()) == "level"
    assert accepts(one, ask(level="all"))


def test_the_first_filter_that_refuses_is_named() -> None:
    one = opening("a", state="closed")
    assert refused_by(one, ask(company="other", remote=True)) == "state"
    assert refused_by(one, ask(company="other", remote=True, state="all")) == "company"
    assert refused_by(one, ask(remote=True, state="all")) == "remote"
    assert refused_by(one, ask(state="all")) == ""


# ---------------------------------------------------------------------------------------- the funnel
def test_the_funnel_counts_what_each_filter_takes() -> None:
    given = [
        opening("a"),
        opening("b", places=(BERLIN,)),
        opening("c", places=(BERLIN,), remote=True),
        project("p"),
        opening("d", state="closed"),
    ]
    taken = funnel(given, ask(kinds=("internship",), location="Berlin", remote=True))
    assert {name: count for name, count in taken.items() if count} == {"state": 1, "kind": 1, "remote": 2, "": 1}
    assert list(taken) == ["state", "kind", "level", "since", "term", "company", "remote", "location", ""]
    assert blamed(taken) == ()


def test_the_filters_that_took_all_are_to_blame() -> None:
    given = [opening("a"), opening("b", places=(BERLIN,)), project("p")]
    assert blamed(funnel(given, ask(kinds=("internship",), location="Madrid"))) == ("kind", "location")
    assert blamed(funnel(given[:2], ask(kinds=("internship",), location="Madrid"))) == ("location",)
    assert blamed(funnel(given, ask(term="Summer 2027", location="Madrid"))) == ("term",)
    assert blamed(funnel(given, ask(kinds=("course",)))) == ("kind",)


def test_nothing_in_is_nobodys_fault() -> None:
    assert blamed(funnel([], ask(location="Berlin"))) == ()


OPENINGS = st.lists(
    st.builds(
        opening,
        st.integers(0, 99).map(str),
        remote=st.sampled_from([None, True, False]),
        places=st.sampled_from([(), (BERLIN,), (at("Remote"),)]),
        state=st.sampled_from(["open", "missing", "closed"]),
        terms=st.sampled_from([(), ("Summer 2027",)]),
        first_seen=st.integers(0, 30).map(lambda number: NOW - days(number)),
        read=st.fixed_dictionaries({"kind": st.sampled_from(KINDS)}),
    ),
    max_size=10,
)
QUERIES = st.builds(
    Query,
    kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    location=st.sampled_from(["", "Berlin", "remote", "Atlantis"]),
    remote=st.sampled_from([None, True, False]),
    term=st.sampled_from(["", "2027"]),
    since=st.none() | st.integers(0, 30).map(lambda number: NOW - days(number)),
    company=st.sampled_from(["", "Quillmark"]),
    state=st.sampled_from(["open", "closed", "all"]),
    level=st.sampled_from(["internship", "all"]),
    sort=st.sampled_from(["match", "date"]),
    limit=st.integers(0, 4),
    offset=st.integers(0, 3),
)


@settings(max_examples=80)
@given(OPENINGS, QUERIES)
def test_the_funnel_accounts_for_every_opening(given: list[Opening], query: Query) -> None:
    taken = funnel(given, query)
    assert sum(taken.values()) == len(given)
    assert taken[""] == sum(accepts(one, query) for one in given)
    assert bool(blamed(taken)) == (bool(given) and not taken[""])


# ---------------------------------------------------------------------------------------- what is shown
def ranked(*given: Opening) -> list[Match]:
    return rank(given, person(), NOW, load())


def ids(matches: list[Match]) -> list[str]:
    return [match.opening.id for match in matches]


def test_the_best_of_each_kind_are_shown_in_the_order_of_kinds() -> None:
    given = [opening(f"i{number}", posted_at=NOW - days(number)) for number in range(4)]
    given += [project("p0"), of_kind("course", "c0"), of_kind("job", "j0")]
    assert ids(pick(ranked(*given), ask(limit=2))) == ["i0", "i1", "j0", "p0", "c0"]
    assert ids(pick(ranked(*given), ask(limit=2, offset=2))) == ["i2", "i3"]
    assert ids(pick(ranked(*given), ask(limit=0))) == []


def test_ten_of_each_kind_unless_told_otherwise() -> None:
    given = [opening(f"i{number:02}") for number in range(15)] + [project(f"p{number:02}") for number in range(15)]
    assert len(pick(ranked(*given), ask())) == 20


def of_companies(names: str) -> list[Match]:
    """A ranking of one opening a letter, best first, each of the organization of that letter; `-` has none."""
    given = enumerate(names)
    return ranked(
        *(opening(f"{name}{n:03}", organization=name.strip("-"), posted_at=NOW - days(n)) for n, name in given)
    )


def companies(matches: list[Match]) -> str:
    return "".join(match.opening.organization or "-" for match in matches)


@pytest.mark.parametrize(
    ("ranking", "shown"),
    [
        ("", ""),
        ("abc", "abc"),
        ("aaab", "aaba"),
        ("aaabcdefghij", "aabcdefghiaj"),
        ("aaaaabbbbbcccccdddddeeeee", "aabbccddeeaabbccddeeabcde"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa"),
        ("-----a-----aaa", "-----a----" + "-aaa"),
        ("aAaBbbcdefghij", "aABbcdefghabij"),
    ],
)
def test_no_organization_takes_more_than_two_places_in_ten(ranking: str, shown: str) -> None:
    assert companies(spread(of_companies(ranking))) == shown


@settings(max_examples=60)
@given(st.text(alphabet="abcde-", max_size=40))
def test_spreading_loses_nothing_and_keeps_the_order_of_each_organization(names: str) -> None:
    matches = of_companies(names)
    shown = spread(matches)
    assert sorted(ids(shown)) == sorted(ids(matches))
    for name in "abcde":
        own = [match for match in matches if match.opening.organization == name]
        assert [match for match in shown if match.opening.organization == name] == own


def test_what_is_shown_is_spread_but_not_by_date() -> None:
    matches = of_companies("aaab")
    assert companies(pick(matches, ask())) == "aaba"
    assert companies(pick(matches, ask(sort="date"))) == "aaab"


def test_by_date_the_newest_comes_first() -> None:
    old = opening("old", posted_at=NOW - days(9), first_seen=NOW)
    new = opening("new", posted_at=NOW - days(2), read={"relevance": 0.0})
    undated = opening("undated", posted_at=None, first_seen=NOW - days(5))
    assert ids(ranked(old, new, undated))[-1] == "new"
    assert ids(pick(ranked(old, new, undated), ask(sort="date"))) == ["new", "undated", "old"]


def test_a_project_is_as_new_as_its_last_push() -> None:
    quiet = project("quiet", updated_at=NOW - days(80), first_seen=NOW)
    busy = project("busy", updated_at=NOW - days(1), first_seen=NOW - days(300))
    assert ids(pick(ranked(quiet, busy), ask(sort="date"))) == ["busy", "quiet"]


def test_equal_dates_keep_the_order_of_the_ranking() -> None:
    given = [opening("z"), opening("m", read={"relevance": 0.5}), opening("a", read={"relevance": 0.7})]
    assert ids(pick(ranked(*given), ask(sort="date"))) == ["z", "a", "m"]


@settings(max_examples=60)
@given(OPENINGS, QUERIES)
def test_no_kind_shows_more_than_the_limit_and_nothing_is_invented(given: list[Opening], query: Query) -> None:
    matches = ranked(*given)
    shown = pick(matches, query)
    assert all(match in matches for match in shown)
    kinds = [match.opening.facets.kind for match in shown if match.opening.facets]
    assert all(kinds.count(kind) <= query.limit for kind in KINDS)
    assert kinds == sorted(kinds, key=KINDS.index)


def test_all_pages_together_are_everything_once() -> None:
    matches = ranked(*(opening(f"i{number}", posted_at=NOW - days(number)) for number in range(7)))
    pages = [ids(pick(matches, ask(limit=3, offset=offset))) for offset in (0, 3, 6)]
    assert [id_ for page in pages for id_ in page] == ids(matches)


# ---------------------------------------------------------------------------------------- since
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12h", NOW - timedelta(hours=12)),
        ("14d", NOW - timedelta(days=14)),
        (" 2 W ", NOW - timedelta(weeks=2)),
        ("3m", NOW - timedelta(days=90)),
        ("0d", NOW),
        ("2026-08-01", datetime(2026, 8, 1, tzinfo=UTC)),
        ("2026-08-01T12:30", datetime(2026, 8, 1, 12, 30, tzinfo=UTC)),
        ("2026-08-01t12:30z", datetime(2026, 8, 1, 12, 30, tzinfo=UTC)),
        ("2026-08-01T12:30+02:00", datetime(2026, 8, 1, 10, 30, tzinfo=UTC)),
    ],
)
def test_since(text: str, moment: datetime) -> None:
    assert parse_since(text, NOW) == moment


def test_since_the_last_refresh() -> None:
    assert parse_since("last", NOW, NOW - days(3)) == NOW - days(3)
    assert parse_since("LAST", NOW, None) < datetime(1900, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "14", "d", "-3d", "1.5d", "14 days", "999999w", "2026-13-01", "2026-08", "٣d٤"]
)
def test_what_is_no_time_is_said_with_what_would_be(text: str) -> None:
    with pytest.raises(ValueError, match="write 14d, 2w, 2026-08-01 or last"):
        parse_since(text, NOW)


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_any_text_is_a_time_or_a_plain_error(text: str) -> None:
    try:
        moment = parse_since(text, NOW, NOW)
    except ValueError as error:
        assert "is no time" in str(error)
    else:
        assert moment.tzinfo is not None
