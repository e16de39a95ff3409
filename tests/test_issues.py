"""Looks at issues before they are recommended: what is asked, what is remembered, and when the round ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from _fetching import NOON as NOW
from _store import item, path_of, record

from db.read import Reader
from db.store import Store
from finder.biography import Biography
from finder.checks import Checked
from finder.conclusions import conclude
from finder.config import Config
from finder.errors import FetchError, Gone, NotYet, ParseError
from finder.fetch import Fetcher, Terms
from finder.issues import API, EVENTS, Way, check_best, check_issues
from finder.matching import everything, one
from finder.model import Fetched, Request, Validators
from finder.render.page import page
from finder.render.records import detail
from finder.tasks import BUDGET

HOME = "https://github.com/brook/weir"
ISSUE = f"{HOME}/issues/7"
PATH = f"{API}/repos/brook/weir/issues/7"
TIMELINE = f"{PATH}/timeline?per_page={EVENTS}"

Answer = Any


class Host:
    """A GitHub that answers from a table; an exception in it is raised, what is not in it is not there."""

    def __init__(self, answers: dict[str, Answer], links: dict[str, str] | None = None) -> None:
        self.answers, self.links = answers, links or {}
        self.asked: list[str] = []
        self.tokens: set[tuple[str, str]] = set()
        self.accepted: set[str] = set()

    async def fetch(self, request: Request, validators: Validators, terms: Terms) -> Fetched:
        self.asked.append(request.url)
        self.tokens.add((terms.token, terms.token_origin))
        self.accepted.add(dict(request.headers)["X-GitHub-Api-Version"])
        answer = self.answers.get(request.url, Gone(request.url, "404 Not Found"))
        if isinstance(answer, Exception):
            raise answer
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        link = self.links.get(request.url)
        return Fetched(request, 200, body, NOW, {"link": link} if link else {})


def issue(number: int = 7, **fields: Any) -> dict[str, Any]:
    return {"number": number, "html_url": f"{HOME}/issues/{number}", "state": "open", "assignees": [], **fields}


def claim(text: str = "I'll take this") -> dict[str, Any]:
    return {"event": "commented", "user": {"login": "a-name"}, "created_at": f"{NOW:%Y-%m-%dT%H:%M:%SZ}", "body": text}


@pytest.fixture
def check(store: Store) -> Callable[..., list[Checked]]:
    def run(host: Host, *urls: str, token: str = "") -> list[Checked]:
        way = Way(cast(Fetcher, host), token)
        return asyncio.run(check_issues(way, store, urls or (ISSUE,), NOW))

    return run


Check = Callable[..., list[Checked]]


def test_a_free_issue_costs_two_requests_and_is_remembered(check: Check, store: Store) -> None:
    host = Host({PATH: issue(), TIMELINE: []})
    assert check(host) == [Checked(ISSUE, NOW, "open")]
    assert host.asked == [PATH, TIMELINE]
    assert store.checks([ISSUE]) == {ISSUE: Checked(ISSUE, NOW, "open")}


@pytest.mark.parametrize(
    ("fields", "verdict", "evidence"),
    [
        ({"assignees": [{"login": "a-name"}]}, "taken", "assigned to somebody"),
        ({"state": "closed", "closed_at": "2026-08-01T00:00:00Z"}, "closed", "closed on 2026-08-01"),
        ({"state": 7}, "unknown", "not an issue of GitHub: no state or address"),
    ],
)
def test_what_the_issue_says_of_itself_costs_one(
    check: Check, fields: dict[str, Any], verdict: str, evidence: str
) -> None:
    host = Host({PATH: issue(**fields)})
    (told,) = check(host)
    assert (told.verdict, told.evidence) == (verdict, evidence)
    assert host.asked == [PATH]


def test_a_claim_in_the_timeline_takes_it(check: Check) -> None:
    (told,) = check(Host({PATH: issue(), TIMELINE: [claim()]}))
    assert (told.verdict, told.evidence) == ("taken", "claimed on 2026-08-24: “I'll take this”")


def test_the_end_of_a_long_timeline_is_read_too(check: Check) -> None:
    last = f"{API}/repositories/1/issues/7/timeline?per_page=100&page=3"
    links = {TIMELINE: f'<{API}/x?page=2>; rel="next", <{last}>; rel="last"'}
    host = Host({PATH: issue(), TIMELINE: [], last: [claim()]}, links)
    assert check(host)[0].verdict == "taken"
    assert host.asked == [PATH, TIMELINE, last]


def test_a_link_to_another_host_is_not_followed(check: Check) -> None:
    links = {TIMELINE: '<https://elsewhere.example/x>; rel="last"'}
    host = Host({PATH: issue(), TIMELINE: []}, links)
    assert check(host)[0].verdict == "open"
    assert host.asked == [PATH, TIMELINE]


def test_an_issue_that_is_gone_is_closed(check: Check) -> None:
    assert check(Host({})) == [Checked(ISSUE, NOW, "closed", "404 Not Found")]


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"", b"7", ParseError(PATH, "odd")])
def test_another_answer_tells_nothing(check: Check, answer: Answer) -> None:
    (told,) = check(Host({PATH: answer}))
    assert told.verdict == "unknown"
    assert told.evidence


@pytest.mark.parametrize(
    "error", [NotYet(PATH, "asked to wait"), FetchError(PATH, "429"), FetchError(PATH, "no network")]
)
def test_where_github_cannot_be_asked_the_round_ends_and_what_is_known_stands(
    check: Check, store: Store, error: Exception
) -> None:
    store.save_checks([Checked(ISSUE, NOW, "open", "before")])
    host = Host({PATH: error})
    assert check(host, ISSUE, f"{HOME}/issues/8") == []
    assert host.asked == [PATH]
    assert store.checks([ISSUE])[ISSUE].evidence == "before"


def test_what_was_told_before_the_round_ended_is_kept(check: Check, store: Store) -> None:
    eighth = f"{API}/repos/brook/weir/issues/8"
    check(Host({PATH: issue(), TIMELINE: [], eighth: FetchError(eighth, "429")}), ISSUE, f"{HOME}/issues/8")
    assert store.checks([ISSUE, f"{HOME}/issues/8"]).keys() == {ISSUE}


def test_the_token_goes_to_github_and_the_version_is_named(check: Check) -> None:
    host = Host({PATH: issue(), TIMELINE: []})
    check(host, token="a-token")
    assert host.tokens == {("a-token", API)}
    assert host.accepted == {"2022-11-28"}


def test_another_address_is_a_mistake_of_the_caller(check: Check) -> None:
    with pytest.raises(ValueError, match="not an issue of GitHub"):
        check(Host({}), "https://gitlab.com/a/b/-/issues/1")


# ------------------------------------------------------------------------------------------------ what to recommend
def project(name: str, *numbers: int, **extra: Any) -> Any:
    """A project of machine learning with these issues, as a source tells it."""
    url = f"https://github.com/brook/{name}"
    rows = [
        {"title": f"Explain gate {number}", "url": f"{url}/issues/{number}", "labels": ["docs"], "words": 80 - number}
        for number in numbers
    ]
    told = {
        "topics": ["machine-learning"],
        "language": "Python",
        "issues": rows,
        "free_issues": len(rows),
        "stars": 800,
    }
    return item(name, kind="project", title=name, url=url, places=(), extra={**told, **extra})


def stored(store: Store, *items: Any) -> Config:
    record(store, *items)
    conclude(store)
    return Config(db=path_of(store))


def best(host: Host, store: Store, config: Config, **others: Any) -> list[Checked]:
    return asyncio.run(check_best(cast(Fetcher, host), store, config, NOW, **others))


def answering(*numbers: int, taken: tuple[int, ...] = (), name: str = "weir") -> dict[str, Answer]:
    base = f"{API}/repos/brook/{name}/issues"
    told: dict[str, Answer] = {}
    for number in numbers:
        told[f"{base}/{number}"] = issue(number, html_url=f"https://github.com/brook/{name}/issues/{number}")
        told[f"{base}/{number}/timeline?per_page={EVENTS}"] = [claim()] if number in taken else []
    return told


def shown(config: Config) -> tuple[str, dict[str, Any]]:
    """What `finder show` prints and tells programs of the one project."""
    with Reader.open(config.db) as reader:
        match = everything(reader, config, NOW)[0]
        match = one(reader, config, match.opening.id, NOW)
    return page(match, (), NOW), detail(match, (), Biography())


def test_what_is_taken_is_dropped_and_the_next_one_is_taken(store: Store) -> None:
    config = stored(store, project("weir", 1, 2, 3))
    told = best(Host(answering(1, 2, 3, taken=(1,))), store, config)
    assert [(look.url[-1], look.verdict) for look in told] == [("1", "taken"), ("2", "open")]
    text, data = shown(config)
    assert "Begin with “Explain gate 2”, which is about documentation or tests: free when seen 2026-08-24" in text
    assert "2 issues are marked for beginners and free" in text
    assert "Explain gate 1 (taken when seen" in " ".join(text.split())
    assert "claimed on 2026-08-24: “I'll take this”" in " ".join(text.split())
    verdicts = {one["url"][-1]: (one["verdict"], one["checked_at"]) for one in data["issues"]}
    assert verdicts == {"1": ("taken", "2026-08-24T12:00:00Z"), "2": ("open", "2026-08-24T12:00:00Z"), "3": ("", None)}


def test_nothing_is_asked_again_where_it_was_looked_at_lately(store: Store) -> None:
    config = stored(store, project("weir", 1))
    assert len(best(Host(answering(1)), store, config)) == 1
    again = Host(answering(1))
    assert best(again, store, config) == []
    assert again.asked == []


def test_a_refresh_looks_at_a_few_issues_only(store: Store) -> None:
    numbers = tuple(range(1, 10))
    config = stored(store, project("weir", *numbers))
    host = Host(answering(*numbers, taken=numbers))
    assert [look.verdict for look in best(host, store, config)] == ["taken"] * BUDGET
    assert len(host.asked) == 2 * BUDGET


def test_the_best_project_comes_first_and_then_the_next(store: Store) -> None:
    config = stored(store, project("pond", 1, stars=2), project("weir", 1))
    told = best(Host(answering(1) | answering(1, name="pond")), store, config)
    assert [look.url.split("/")[4] for look in told] == ["weir", "pond"]


def test_what_nobody_is_sent_to_is_not_looked_at(store: Store) -> None:
    other = project("weir", 1, topics=["gardening"])
    archived = project("pond", 1, archived=True)
    host = Host({})
    assert best(host, store, stored(store, other, archived, item("1"))) == []
    assert host.asked == []


def test_the_round_ends_where_github_wants_to_be_left_alone(store: Store) -> None:
    config = stored(store, project("weir", 1), project("pond", 1, stars=2))
    host = Host({PATH.replace("/7", "/1"): NotYet(PATH, "asked to wait")})
    assert best(host, store, config) == []
    assert len(host.asked) == 1


def test_another_server_can_stand_in(store: Store) -> None:
    config = stored(store, project("weir", 1))
    host = Host({})
    best(host, store, config, base="http://127.0.0.1:9", token="t")
    assert host.asked == ["http://127.0.0.1:9/repos/brook/weir/issues/1"]
    assert host.tokens == {("t", "http://127.0.0.1:9")}
