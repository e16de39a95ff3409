"""Times before which a host asked not to be asked, and the quotas of GitHub."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from _fetching import NOON, Result, Time, ask_all, fetcher, forget_environment, get, in_turn, run, starts
from _origin import Asked, Origin, Reply, pages, reply, serving

from finder.errors import FetchError, NotYet, Refused
from finder.model import Fetched, Validators


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


# ------------------------------------------------------------------------------------------------ Retry-After, holds
def test_a_short_retry_after_is_waited_out() -> None:
    time = Time()
    (result,), origin = ask_all(in_turn(reply(429, Retry_After="3"), reply(200, b"[]")), "/page", time=time)
    assert isinstance(result, Fetched)
    assert time.slept == [3.0]
    assert len(origin.pages) == 2


def test_all_wait_while_a_host_wants_a_pause() -> None:
    async def test() -> tuple[list[float], list[Result]]:
        time, starts = Time(), []
        left = [reply(429, Retry_After="4")]

        def script(asked: Asked) -> Reply:
            if asked.path == "/robots.txt":
                return reply(404)
            starts.append(time.now - 1000.0)
            return left.pop() if left else reply(200, b"[]")

        async with serving(script) as origin, fetcher(time=time) as fetch:
            return starts, await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(4)))

    starts, results = run(test())
    assert all(isinstance(result, Fetched) for result in results)
    assert starts[0] == 0
    assert min(starts[1:]) >= 4


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_long_retry_after_is_kept(status: int) -> None:
    async def test() -> tuple[Result, Result, dict[str, datetime], Origin]:
        async with serving(in_turn(reply(status, Retry_After="120"))) as origin, fetcher() as fetch:
            first = await get(fetch, f"{origin.url}/page")
            second = await get(fetch, f"{origin.url}/page?2")
            return first, second, dict(fetch.holds), origin

    first, second, holds, origin = run(test())
    until = NOON + timedelta(minutes=2)
    assert isinstance(first, FetchError) and not isinstance(first, NotYet)
    assert first.retry_at == until
    assert isinstance(second, NotYet)
    assert second.retry_at == until
    assert second.problem == f"127.0.0.1:{origin.port} asked not to be asked before 2026-08-24 12:02:00 UTC"
    assert holds == {f"127.0.0.1:{origin.port}": until}
    assert origin.paths == ["/robots.txt", "/page"]


def test_a_queue_before_a_host_ends_when_it_wants_a_long_pause() -> None:
    time = Time()

    async def test() -> tuple[list[Result], list[str]]:
        async with serving(in_turn(reply(429, Retry_After="600"))) as origin, fetcher(time=time, pace=1.0) as fetch:
            return await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(50))), origin.pages

    results, paths = run(test())
    assert len(paths) == 1
    assert sum(isinstance(result, NotYet) for result in results) == 49
    assert sum(time.slept) < 3  # nobody waits for a turn that will not come


def test_holds_of_earlier_runs_stand_until_they_are_over() -> None:
    async def test() -> tuple[Result, Result, list[str], dict[str, datetime]]:
        async with serving(pages(page=reply(200, b"[]"))) as origin:
            host = f"127.0.0.1:{origin.port}"
            holds = {host: NOON + timedelta(seconds=1), "old.example": NOON - timedelta(seconds=1)}
            async with fetcher(holds=holds) as fetch:
                early = await get(fetch, f"{origin.url}/page")
                paths, kept = list(origin.paths), dict(fetch.holds)
            async with fetcher(holds=kept, now=NOON + timedelta(seconds=1)) as fetch:
                return early, await get(fetch, f"{origin.url}/page"), paths, kept

    early, late, paths, kept = run(test())
    assert isinstance(early, NotYet)
    assert paths == []  # robots.txt neither
    assert isinstance(late, Fetched)
    assert len(kept) == 1


def test_a_hold_of_a_clock_that_went_wrong_ends() -> None:
    async def test() -> dict[str, datetime]:
        holds = {"far.example": NOON + timedelta(days=3650), "near.example": NOON + timedelta(days=7)}
        async with fetcher(holds=holds) as fetch:
            return dict(fetch.holds)

    assert run(test()) == dict.fromkeys(("far.example", "near.example"), NOON + timedelta(days=7))


def test_a_short_retry_after_that_does_not_end_is_kept() -> None:
    (result,), origin = ask_all(in_turn(reply(503, Retry_After="2")), "/page", retries=2)
    assert isinstance(result, FetchError)
    assert result.retry_at == NOON + timedelta(seconds=2)
    assert len(origin.pages) == 3


def test_a_retry_after_beyond_the_sources_time_is_not_waited_for() -> None:
    async def test() -> tuple[Result, list[str]]:
        time = Time()
        time.now = asyncio.get_running_loop().time()
        async with serving(in_turn(reply(429, Retry_After="4"))) as origin, fetcher(time=time) as fetch:
            return await get(fetch, f"{origin.url}/page", deadline=time.now + 3), origin.pages

    result, paths = run(test())
    assert isinstance(result, FetchError)
    assert result.retry_at == NOON + timedelta(seconds=4)
    assert paths == ["/page"]


def test_an_unreadable_retry_after_is_as_good_as_none() -> None:
    time = Time()
    (result,), _ = ask_all(in_turn(reply(429, Retry_After="soon"), reply(200, b"[]")), "/page", time=time)
    assert isinstance(result, Fetched)
    assert time.slept == [1.0]


def test_robots_txt_may_ask_for_a_pause_too() -> None:
    script = pages(robots=reply(429, Retry_After="60"), page=reply(200, b"[]"))
    (first, second), origin = ask_all(script, "/page", "/page")
    assert isinstance(first, Refused)
    assert first.retry_at == NOON + timedelta(seconds=60)
    assert isinstance(second, NotYet)
    assert origin.paths == ["/robots.txt"]


# ------------------------------------------------------------------------------------------------ GitHub
class GitHub:
    """api.github.com behind a proxy on loopback; `search` and `core` are its answers, in turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **replies: list[Reply]) -> None:
        self.replies, self.monkeypatch, self.time = replies, monkeypatch, Time()
        self.started = starts(monkeypatch, self.time)

    def script(self, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return reply(404)
        kind = "search" if asked.path.startswith("/search/") else "core"
        return self.replies[kind].pop(0) if self.replies.get(kind) else reply(200, b"[]")

    def ask(
        self, *paths: str, holds: dict[str, datetime] | None = None, **terms: Any
    ) -> tuple[list[Result], dict[str, datetime]]:
        async def test() -> tuple[list[Result], dict[str, datetime]]:
            async with serving(self.script) as proxy:
                self.monkeypatch.setenv("HTTP_PROXY", proxy.url)
                async with fetcher(time=self.time, holds=holds, pace=1.0, allow_private=False) as fetch:
                    urls = [f"http://api.github.com{path}" for path in paths]
                    return list(await asyncio.gather(*(get(fetch, url, **terms) for url in urls))), dict(fetch.holds)

        return run(test())

    def gaps(self, folder: str) -> list[float]:
        at = [start for path, start in self.started if path.startswith(folder)]
        return [later - earlier for earlier, later in pairwise(at)]


SEARCHES = [f"/search/repositories?page={n}" for n in range(4)]


@pytest.mark.parametrize(("token", "gap"), [("", 6.0), ("secret", 2.0)])
def test_searches_keep_to_githubs_rate(token: str, gap: float, monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch)
    results, _ = github.ask(*SEARCHES, "/repos/a/b", "/repos/a/c", token=token, token_origin="http://api.github.com")
    assert all(isinstance(result, Fetched) for result in results)
    assert github.gaps("/search") == [pytest.approx(gap, abs=2.1)] * 3  # others' sleep moves the clock as well
    assert min(github.gaps("/search")) >= gap


def test_others_do_not_wait_behind_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch)
    github.ask(*SEARCHES, "/repos/a/b")
    assert [path for path, _ in github.started].index("/repos/a/b") == 2


def _spent(status: int, seconds: int) -> Reply:
    reset = int((NOON + timedelta(seconds=seconds)).timestamp())
    return reply(status, b"{}", X_RateLimit_Remaining="0", X_RateLimit_Reset=str(reset))


@pytest.mark.parametrize("status", [403, 429])
def test_a_spent_quota_holds_until_its_reset(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch, core=[_spent(status, 1800)])
    (result,), holds = github.ask("/repos/a/b")
    assert isinstance(result, FetchError)
    assert result.retry_at == NOON + timedelta(seconds=1800)
    assert holds == {"api.github.com": NOON + timedelta(seconds=1800)}
    (again, search), _ = github.ask("/repos/a/b", SEARCHES[0], holds=holds)
    assert isinstance(again, NotYet)
    assert isinstance(search, Fetched)


def test_the_last_answer_of_a_quota_is_used_and_nothing_asked_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch, core=[_spent(200, 1800)])
    (first, second), holds = github.ask("/repos/a/b", "/repos/a/c")
    assert isinstance(first, Fetched)
    assert isinstance(second, NotYet)
    assert [path for path, _ in github.started] == ["/robots.txt", "/repos/a/b"]
    assert set(holds) == {"api.github.com"}


@pytest.mark.parametrize("status", [200, 403])
def test_searches_wait_for_the_next_minute(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch, search=[_spent(status, 45)])
    results, holds = github.ask(*SEARCHES[:2])
    assert all(isinstance(result, Fetched) for result in results)
    assert 45 <= github.gaps("/search")[0] <= 52
    assert holds == {}


def test_a_search_quota_spent_for_long_holds_searches_only(monkeypatch: pytest.MonkeyPatch) -> None:
    github = GitHub(monkeypatch, search=[_spent(403, 600)])
    _, holds = github.ask(SEARCHES[0])
    assert set(holds) == {"api.github.com/search"}
    (search, core), _ = github.ask(SEARCHES[1], "/repos/a/b", holds=holds)
    assert isinstance(search, NotYet)
    assert isinstance(core, Fetched)


def test_validators_and_holds_go_round_over_two_runs() -> None:
    async def test() -> list[Result]:
        def script(asked: Asked) -> Reply:
            if asked.path == "/robots.txt":
                return reply(404)
            return reply(304) if asked.headers.get("if-none-match") == '"1"' else reply(200, b"[]", ETag='"1"')

        async with serving(script) as origin:
            results: list[Result] = []
            validators = Validators()
            for _ in range(2):
                async with fetcher() as fetch:
                    results.append(await get(fetch, f"{origin.url}/page", validators))
                first = results[0]
                assert isinstance(first, Fetched)
                validators = first.validators
            return results

    assert [result.status for result in run(test()) if isinstance(result, Fetched)] == [200, 304]
