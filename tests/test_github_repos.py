"""GitHub: which requests are made, which repositories are let in, whose issues are read."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.config.typed import bind_options
from finder.crawl import Visit, crawl
from finder.errors import ConfigError, EmptyAnswer, FetchError, ParseError
from finder.model import Fetched, Found, Page, Request, Validators
from scrapers import github_repos
from scrapers._forge import promise
from scrapers.github_repos import ADAPTER, Options, parse, start

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)
SEARCH = "https://api.github.com/search/repositories?q=x&page="
ISSUES = "https://api.github.com/repos/brook/weir/issues"


def repo(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"weir{number}",
        "full_name": f"brook/weir{number}",
        "owner": {"login": "brook"},
        "html_url": f"https://github.com/brook/weir{number}",
        "description": "Holds water.",
        "pushed_at": "2026-08-20T00:00:00Z",
        "created_at": "2020-01-01T00:00:00Z",
        "stargazers_count": 700,
        "forks_count": 3,
        "open_issues_count": 9,
        "language": "Python",
        "topics": ["machine-learning"],
        "license": {"spdx_id": "MIT"},
        "archived": False,
        "disabled": False,
        "fork": False,
        "private": False,
        "is_template": False,
        "mirror_url": None,
        "has_issues": True,
        **fields,
    }


def issue(number: int = 1, *assignees: str, **fields: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"Issue {number}",
        "html_url": f"https://github.com/brook/weir/issues/{number}",
        "labels": [{"name": "good first issue"}],
        "assignees": [{"login": login} for login in assignees],
        "user": {"login": "a-reporter"},
        "comments": 0,
        "created_at": "2026-08-01T00:00:00Z",
        "body": "three plain words",
        **fields,
    }


def searched(items: list[Any], total: int | None = None, link: str = "", o: Options | None = None, **body: Any) -> Page:
    """A page of a search, read. `page`, `pages` and `details` are its plan; the rest are other fields of the answer."""
    plan = {name: body.pop(name) for name in ("page", "pages", "details") if name in body}
    told = {"total_count": len(items) if total is None else total, "incomplete_results": False, "items": items, **body}
    request = Request(SEARCH + str(plan.get("page", 1)), context=json.dumps(plan))
    return parse(Fetched(request, 200, json.dumps(told).encode(), AT, {"link": link} if link else {}), o or Options())


def listed(rows: Any) -> Page:
    """A page of issues of the repository 7, read."""
    request = Request(ISSUES, context=json.dumps({"repository": "7"}), optional=True)
    return parse(Fetched(request, 200, json.dumps(rows).encode(), AT), Options())


def told(rows: Any) -> dict[str, Any]:
    (detail,) = listed(rows).details
    assert (detail.key, detail.part) == ("7", "issues")
    return dict(detail.fields["extra"])


# ------------------------------------------------------------------------------------------------ what is asked for
def queries(o: Options) -> list[str]:
    return [parse_qs(urlsplit(request.url).query)["q"][0] for request in start(o)]


def plans(o: Options) -> list[dict[str, int]]:
    return [json.loads(request.context) for request in start(o)]


def test_the_default_searches_slice_the_main_topic_by_stars() -> None:
    first = queries(Options())[0]
    assert first == "topic:machine-learning stars:200..999 good-first-issues:>2 archived:false"
    assert [q.split()[0] for q in queries(Options())].count("topic:machine-learning") == 4
    assert queries(Options())[-1].startswith("topic:nlp stars:50..49999 ")


def test_requests_name_the_version_of_the_interface_and_are_not_optional() -> None:
    for request in start(Options()):
        assert dict(request.headers)["X-GitHub-Api-Version"] == "2022-11-28"
        assert dict(request.headers)["Accept"] == "application/vnd.github+json"
        assert not request.optional
        assert parse_qs(urlsplit(request.url).query)["per_page"] == ["100"]


def test_defaults_stay_within_what_github_allows_without_a_token() -> None:
    assert sum(plan["pages"] for plan in plans(Options())) == 10
    assert sum(plan["details"] for plan in plans(Options())) == 20
    assert all(len(query) <= 256 for query in queries(Options()))


def test_a_token_brings_more_issue_pages_but_no_more_than_one_crawl_may_visit() -> None:
    shares = [plan["details"] for plan in plans(Options(authenticated=True))]
    assert sum(shares) == github_repos.AUTHENTICATED_DETAILS
    assert sum(shares) + 10 < 200


@settings(max_examples=60)
@given(
    st.integers(1, 6),
    st.integers(0, 6),
    st.integers(1, 40),
    st.integers(0, 60),
)
def test_the_shares_of_all_searches_add_up_and_never_exceed(
    topics: int, more: int, searches: int, details: int
) -> None:
    o = Options(tuple("abcdef"[:topics]), ("1..5", "6..9"), tuple("uvwxyz"[:more]), searches, details)
    shares = plans(o)
    assert len(shares) == min(searches, 2 * topics + more)
    assert sum(plan["pages"] for plan in shares) == searches
    assert sum(plan["details"] for plan in shares) == details
    assert all(plan["pages"] >= 1 for plan in shares)
    assert max(p["details"] for p in shares) - min(p["details"] for p in shares) <= 1


def test_a_date_of_the_last_push_can_be_asked_for() -> None:
    assert all(q.endswith(" pushed:>=2026-01-01") for q in queries(Options(pushed_after="2026-01-01")))
    assert not any("pushed" in q for q in queries(Options()))


def test_another_server_can_stand_in() -> None:
    assert all(
        request.url.startswith("http://127.0.0.1:9/search/") for request in start(Options(base="http://127.0.0.1:9"))
    )


@pytest.mark.parametrize("stars", [["50..199", "200..999"], ["200..999", "50..199"], ["1..1"], ["0..999999999"]])
def test_slices_of_stars_may_stand_in_any_order(stars: list[str]) -> None:
    assert bind_options(Options, {"stars": stars}, "config.toml", "source").stars == tuple(stars)


@pytest.mark.parametrize(
    "stars",
    [[], ["50"], ["50..199", "199..999"], ["9..1"], ["50..199", "100..120"], ["*..5"], [">50"], ["1..2..3"], ["1..x"]],
)
def test_slices_that_overlap_or_are_none_are_an_error_of_the_configuration(stars: list[str]) -> None:
    with pytest.raises(ConfigError, match="slices of stars"):
        bind_options(Options, {"stars": stars}, "config.toml", "source")


# ------------------------------------------------------------------------------------------------ which are let in
def test_a_repository_is_a_project_known_by_its_number() -> None:
    (found,) = searched([repo(5)]).found
    assert (found.kind, found.key, found.title, found.organization) == ("project", "5", "weir5", "brook")
    assert found.url == "https://github.com/brook/weir5"
    assert (found.updated, found.posted) == ("2026-08-20T00:00:00Z", "")
    assert found.skills == ("Python", "machine-learning")
    assert found.extra["stars"] == 700
    assert found.extra["license"] == "MIT"
    assert found.extra["issues_url"] == "https://github.com/brook/weir5/labels/good%20first%20issue"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("archived", True),
        ("disabled", True),
        ("fork", True),
        ("is_template", True),
        ("private", True),
        ("mirror_url", "git://elsewhere.example/weir"),
        ("has_issues", False),
    ],
)
def test_no_one_is_sent_where_no_help_is_taken(name: str, value: Any) -> None:
    page = searched([repo(**{name: value})], details=5)
    assert (page.found, page.skipped, page.next) == ((), (), ())


def test_a_repository_that_lacks_what_older_answers_lack_is_let_in() -> None:
    old = {
        name: value for name, value in repo().items() if name not in ("is_template", "mirror_url", "disabled", "topics")
    }
    assert searched([{**old, "license": None, "description": None, "language": None}]).found[0].skills == ()


@pytest.mark.parametrize("name", ["id", "name", "full_name", "owner", "html_url", "stargazers_count"])
def test_a_repository_that_does_not_fit_costs_itself_alone(name: str) -> None:
    broken = [{k: v for k, v in repo(1).items() if k != name}, {**repo(2), name: [1]}, {**repo(3), name: None}]
    page = searched([*broken, repo(4)])
    assert [found.key for found in page.found] == ["4"]
    assert len(page.skipped) == 3


def test_a_repository_shown_twice_is_one() -> None:
    assert len(searched([repo(1), repo(1), repo(2)]).found) == 2


@settings(max_examples=100)
@given(st.data())
def test_whatever_stands_in_a_field_the_repository_is_read_or_skipped(data: st.DataObject) -> None:
    junk = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.integers(), max_size=2)
    name = data.draw(st.sampled_from(sorted(repo())))
    page = searched([repo(**{name: data.draw(junk)})], details=3)
    assert len(page.found) + len(page.skipped) <= 1
    assert all(isinstance(found.extra["stars"], int) and found.title.strip() for found in page.found)


# ------------------------------------------------------------------------------------------------ paging
def link(url: str, rel: str = "next") -> str:
    return f'<{url}>; rel="{rel}"'


def test_the_next_page_is_the_one_that_github_links() -> None:
    url = "https://api.github.com/search/repositories?q=x&page=2&after=y"
    page = searched([repo()], 150, f"{link(SEARCH + '0', 'prev')}, {link(url)}, {link(SEARCH + '9', 'last')}", pages=2)
    assert [request.url for request in page.next] == [url]
    assert json.loads(page.next[0].context) == {"page": 2, "pages": 2, "details": 0}
    assert page.next[0].headers == start(Options())[0].headers
    assert page.complete


@pytest.mark.parametrize("url", ["https://api.github.com.evil.example/x", "http://api.github.com/x", "//other/x", "x"])
def test_a_link_to_elsewhere_is_not_followed_and_the_page_is_incomplete(url: str) -> None:
    page = searched([repo()], 150, link(url), pages=2)
    assert (page.next, page.complete) == ((), False)


@pytest.mark.parametrize(
    ("page", "pages", "items", "total", "linked", "complete"),
    [
        (1, 1, 3, 3, False, True),
        (1, 1, 100, 100, False, True),
        (1, 1, 100, 101, True, False),
        (1, 2, 100, 101, True, True),
        (2, 2, 1, 101, False, True),
        (2, 2, 100, 201, True, False),
        (1, 2, 100, 150, False, False),
        (1, 2, 100, 1001, True, False),
        (1, 1, 0, 0, False, True),
    ],
)
def test_a_search_is_complete_only_if_all_was_told_or_is_asked_for(
    page: int, pages: int, items: int, total: int, linked: bool, complete: bool
) -> None:
    rows = [repo(number) for number in range(items)]
    answer = searched(rows, total, link(SEARCH + str(page + 1)) if linked else "", page=page, pages=pages)
    assert answer.complete is complete
    assert bool(answer.next) is (linked and page < pages)


def test_a_search_that_github_gave_up_is_incomplete() -> None:
    assert not searched([repo()], incomplete_results=True).complete


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Validation Failed"},
        {"total_count": 1},
        {"items": []},
        {"items": {}, "total_count": 0},
        [],
        [1],
        "x",
        3,
    ],
)
def test_another_answer_to_a_search_is_refused(body: Any) -> None:
    with pytest.raises(ParseError, match="not an answer to a search"):
        parse(Fetched(Request(SEARCH + "1"), 200, json.dumps(body).encode(), AT), Options())


def test_the_words_of_an_error_are_passed_on() -> None:
    with pytest.raises(ParseError, match="rate limit exceeded"):
        parse(Fetched(Request(SEARCH + "1"), 200, b'{"message": "API rate limit exceeded"}', AT), Options())
    with pytest.raises(EmptyAnswer):
        parse(Fetched(Request(SEARCH + "1"), 200, b"{}", AT), Options())


# ------------------------------------------------------------------------------------------------ whose issues are read
def valued(**fields: Any) -> float:
    return promise(searched([repo(**fields)]).found[0], AT)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"stargazers_count": 700}, {"stargazers_count": 60}),
        ({"stargazers_count": 700}, {"stargazers_count": 40_000}),
        ({"stargazers_count": 60}, {"stargazers_count": 0}),
        ({"pushed_at": "2026-08-20T00:00:00Z"}, {"pushed_at": "2026-05-01T00:00:00Z"}),
        ({"pushed_at": "2020-01-01T00:00:00Z"}, {"pushed_at": None}),
        ({}, {"license": None}),
        ({}, {"description": " "}),
        ({"stargazers_count": 150}, {"pushed_at": "2024-08-20T00:00:00Z"}),
    ],
)
def test_better_repositories_promise_more(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert valued(**better) > valued(**worse)


@pytest.mark.parametrize("pushed", ["", "yesterday", "2026-08-20", "2026-08-20T00:00:00"])
def test_a_time_of_the_last_push_that_cannot_be_compared_counts_nothing(pushed: str) -> None:
    assert valued(pushed_at=pushed) == valued(pushed_at=None)


def test_a_push_in_the_future_is_as_good_as_one_now() -> None:
    soon = (AT + timedelta(days=400)).isoformat()
    assert valued(pushed_at=soon) == valued(pushed_at=AT.isoformat()) < 2.6


@given(st.integers(-5, 10**9), st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
@settings(max_examples=60)
def test_a_promise_is_bounded(stars: int, pushed: datetime) -> None:
    assert 0 <= valued(stargazers_count=stars, pushed_at=pushed.replace(tzinfo=UTC).isoformat()) <= 2.5


def test_the_issues_of_the_best_are_asked_for_within_the_share() -> None:
    rows = [repo(n, stargazers_count=stars) for n, stars in enumerate((60, 800, 30_000, 650, 900))]
    page = searched(rows, details=2)
    assert [json.loads(request.context)["repository"] for request in page.next] == ["3", "1"]
    assert all(request.optional for request in page.next)
    assert page.next[0].url == (
        "https://api.github.com/repos/brook/weir3/issues?labels=good%20first%20issue&state=open&per_page=30"
    )


def test_equal_promises_are_settled_by_the_number_whatever_the_order() -> None:
    rows = [repo(n) for n in (3, 1, 2)]
    assert [r.url for r in searched(rows, details=2).next] == [r.url for r in searched(rows[::-1], details=2).next]


def test_further_pages_ask_for_no_issues() -> None:
    assert searched([repo()], page=2, pages=2, details=5).next == ()
    assert searched([repo()]).next == ()


# ------------------------------------------------------------------------------------------------ a page of issues
def test_pull_requests_among_issues_are_dropped() -> None:
    assert told([issue(1), issue(2, pull_request={"url": "x"})])["issue_count"] == 1


def test_free_issues_stand_before_taken_ones() -> None:
    extra = told([issue(1, "someone"), issue(2), issue(3, "one", "two"), issue(4)])
    assert [i["title"] for i in extra["issues"]] == ["Issue 2", "Issue 4", "Issue 1", "Issue 3"]
    assert (extra["free_issues"], extra["issue_count"]) == (2, 4)


def test_ten_issues_are_kept_and_all_counted() -> None:
    extra = told([issue(n) for n in range(30)])
    assert (len(extra["issues"]), extra["free_issues"]) == (10, 30)


def test_no_person_and_no_text_of_theirs_is_kept() -> None:
    (kept,) = told([issue(1, "an-assignee")])["issues"]
    assert kept == {
        "title": "Issue 1",
        "url": "https://github.com/brook/weir/issues/1",
        "labels": ["good first issue"],
        "created_at": "2026-08-01T00:00:00Z",
        "assigned": True,
        "comments": 0,
        "words": 3,
        "code": False,
        "links": False,
    }


def test_no_issues_left_is_told_as_such() -> None:
    assert told([]) == {"issues": [], "free_issues": 0, "issue_count": 0, "most_in_a_day": 0, "alike": 0}


def test_what_programs_open_is_no_task() -> None:
    robots = [issue(1, user={"login": "renovate[bot]"}), issue(2, user={"login": "x", "type": "Bot"})]
    assert [one["title"] for one in told([*robots, issue(3)])["issues"]] == ["Issue 3"]


def test_issues_made_in_bulk_are_counted_by_day_and_by_title() -> None:
    rows = [issue(n, title=f"Translate chapter {n}") for n in range(25)]
    rows += [issue(99, title="Fix the weir", created_at="2026-07-01T00:00:00Z")]
    extra = told(rows)
    assert (extra["most_in_a_day"], extra["alike"], extra["issue_count"]) == (25, 25, 26)


def test_what_a_description_has_is_measured() -> None:
    (kept,) = told([issue(1, body="See `weir.py`.\n\n    flow()\n\nhttps://brook.example/docs")])["issues"]
    assert (kept["code"], kept["links"], kept["words"]) == (True, True, 4)


# ------------------------------------------------------------------------------------------------ by name
def named(body: Any, o: Options | None = None) -> Page:
    """The answer to a question for one repository, read."""
    request = Request("https://api.github.com/repos/brook/weir7", context=json.dumps({"named": "brook/weir7"}))
    return parse(Fetched(request, 200, json.dumps(body).encode(), AT), o or Options())


def test_repositories_are_asked_for_by_name_before_any_search() -> None:
    first, second, third, *_ = start(Options(repositories=("brook/weir", "fen/reed.py")))
    assert first.url == "https://api.github.com/repos/brook/weir"
    assert second.url == "https://api.github.com/repos/fen/reed.py"
    assert first.optional
    assert second.optional
    assert "/search/" in third.url
    assert [request.url for request in start(Options(topics=(), more_topics=(), repositories=("a/b",)))] == [
        "https://api.github.com/repos/a/b"
    ]


def test_a_repository_by_name_is_a_place_to_contribute_with_its_issues() -> None:
    page = named(repo(7))
    assert [item.key for item in page.found] == ["7"]
    assert page.found[0].extra["archived"] is False
    assert [json.loads(request.context) for request in page.next] == [{"repository": "7"}]
    assert page.next[0].optional


@pytest.mark.parametrize("name", ["archived", "disabled"])
def test_a_read_only_repository_by_name_is_told_and_asked_for_no_issues(name: str) -> None:
    page = named(repo(7, **{name: True}))
    assert page.found[0].extra["archived"] is True
    assert page.next == ()


def test_another_answer_than_the_repository_is_refused() -> None:
    for body in ({"message": "Not Found"}, [repo(7)], repo(7, id="7"), 3):
        with pytest.raises(ParseError, match=r"not a repository|the answer is"):
            named(body)
    with pytest.raises(ParseError, match="Not Found"):
        named({"message": "Not Found"})


def test_where_names_are_asked_for_absence_closes_nothing() -> None:
    assert ADAPTER.windowed(Options(repositories=("brook/weir",)))
    assert not ADAPTER.windowed(Options())


@pytest.mark.parametrize("names", [["weir"], ["brook/weir/issues"], ["brook /weir"], [""], ["https://github.com/a/b"]])
def test_names_that_are_none_are_an_error_of_the_configuration(names: list[str]) -> None:
    with pytest.raises(ConfigError, match="owner/name"):
        bind_options(Options, {"repositories": names}, "config.toml", "source")


@pytest.mark.parametrize(
    "broken", [None, 3, {}, {"title": "x"}, {**issue(9), "comments": "many"}, {**issue(9), "labels": [1]}]
)
def test_an_issue_that_does_not_fit_costs_itself_alone(broken: Any) -> None:
    page = listed([broken, issue(1)])
    assert len(page.skipped) == 1
    assert page.details[0].fields["extra"]["issue_count"] == 1


@pytest.mark.parametrize("body", [{"message": "Not Found"}, "x", 1, [{}, {}], [1]])
def test_another_answer_than_issues_is_refused(body: Any) -> None:
    with pytest.raises(ParseError):
        listed(body)


# ------------------------------------------------------------------------------------------------ a whole crawl
Answer = Callable[[Request], tuple[bytes, dict[str, str]]]


def visits(o: Options, answer: Answer) -> list[Visit]:
    async def fetch(request: Request, _validators: Validators) -> Fetched:
        body, headers = answer(request)
        return Fetched(request, 200, body, AT, headers)

    async def run() -> list[Visit]:
        return [visit async for visit in crawl(ADAPTER, o, fetch, {})]

    return asyncio.run(run())


def test_a_crawl_visits_the_pages_and_the_issues_it_planned_and_survives_a_lost_detail() -> None:
    rows = [repo(n, topics=["machine-learning", "nlp"]) for n in range(120)]

    def answer(request: Request) -> tuple[bytes, dict[str, str]]:
        if "/issues?" in request.url:
            if request.url.startswith("https://api.github.com/repos/brook/weir10/"):
                raise FetchError(request.url, "gone")
            return json.dumps([issue(1)]).encode(), {}
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        page = int(asked["page"])
        more = f"https://api.github.com/search/repositories?q={quote(asked['q'])}&per_page=100&page={page + 1}"
        body = {"total_count": 120, "incomplete_results": False, "items": rows[(page - 1) * 100 : page * 100]}
        return json.dumps(body).encode(), {"link": link(more)} if page == 1 else {}

    done = visits(Options(stars=("1..9",), more_topics=("nlp",), searches=3, details=6), answer)
    searches = [visit for visit in done if "/search/" in visit.request.url]
    details = [visit for visit in done if "/issues?" in visit.request.url]
    keys = {found.key for visit in searches if visit.page for found in visit.page.found}
    assert (len(searches), len(keys)) == (3, 120)
    assert len(details) == 3, "both topics promise the same repositories: each is asked once"
    assert [bool(visit.problem) for visit in details].count(True) == 1
    assert {d.key for visit in details if visit.page for d in visit.page.details} <= keys
    assert [visit.complete for visit in searches].count(False) == 1, "the second topic had no second page"


def test_the_recorded_search_gives_many_repositories_for_few_requests(shared: Path) -> None:
    serve = _recorded_server(shared / "internet/serve.py")
    sites = serve.Sites([shared / "internet/sites"])

    def answer(request: Request) -> tuple[bytes, dict[str, str]]:
        page = sites.find("GET", request.url, b"", {})
        assert page.status == 200, request.url
        return page.body, page.headers

    done = visits(Options(), answer)
    found: dict[str, Found] = {item.key: item for visit in done if visit.page for item in visit.page.found}
    details = [detail for visit in done if visit.page for detail in visit.page.details]
    searches = sum("/search/" in visit.request.url for visit in done)
    assert searches <= 10
    assert len(done) - searches <= 40
    assert len(found) >= 150
    assert sum(len(visit.page.skipped) for visit in done if visit.page) == 0
    assert all(50 <= item.extra["stars"] <= 49_999 and not item.extra["archived"] for item in found.values())
    assert {detail.key for detail in details} <= found.keys()
    assert any(detail.fields["extra"]["free_issues"] for detail in details)


def _recorded_server(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("recorded_internet", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
