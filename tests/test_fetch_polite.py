"""How hosts are treated: robots.txt, pace, connections, retries, and times before which not to ask again."""

from __future__ import annotations

import asyncio
import gzip
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from _origin import (
    NOON,
    Asked,
    Origin,
    Reply,
    Script,
    Time,
    bomb,
    broken,
    closing,
    fetcher,
    forget_environment,
    get,
    pages,
    reply,
    run,
    serving,
    silent,
    starts,
)

from finder.errors import FetchError, NotYet, Refused
from finder.model import Fetched, Validators

Result = Fetched | FetchError


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


def asked_for(script: Script, *paths: str, time: Time | None = None, **settings: Any) -> tuple[list[Result], Origin]:
    """Ask for the paths one after the other."""

    async def test() -> tuple[list[Result], Origin]:
        async with serving(script) as origin, fetcher(time=time, **settings) as fetch:
            return [await get(fetch, f"{origin.url}{path}") for path in paths], origin

    return run(test())


def in_turn(*replies: Reply) -> Script:
    """Answers for /page, the last one for ever; robots.txt is 404."""
    left = list(replies)

    def script(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return reply(404)
        return left.pop(0) if len(left) > 1 else left[0]

    return script


# ------------------------------------------------------------------------------------------------ robots.txt
ALL = b"User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (reply(404), True),
        (reply(401), True),
        (reply(403), True),
        (reply(410), True),
        (reply(200, b""), True),
        (reply(204), True),
        (reply(200, b"<!DOCTYPE html><html><body>Not here</body></html>"), True),
        (reply(200, bytes(range(256)) * 4), True),
        (reply(200, ALL), False),
        (reply(200, b"\xef\xbb\xbf" + ALL), False),
        (reply(200, ALL.replace(b"\n", b"\r")), False),
        (reply(200, gzip.compress(ALL), content_encoding="gzip"), False),
        (reply(200, b"User-agent: ML-Finder\nDisallow: /page\n\nUser-agent: *\nAllow: /"), False),
        (reply(200, b"User-agent: ml-finder\nAllow: /\n\n" + ALL), True),
        (reply(200, b"User-agent: finder\nDisallow: /"), True),
        (reply(200, b"User-agent: *\nDisallow: /\nAllow: /page"), True),
        (reply(200, b"User-agent: *\nDisallow: /*?q="), True),
        (reply(200, b"# pad\n" * 90_000 + ALL), True),  # beyond 500 KiB it does not count
        (closing(b"User-agent: *\nDisallow: /page\n" + b"# pad\n" * 200_000), False),
        (bomb(1024), True),
        (reply(500), False),
        (reply(503), False),
        (reply(429), False),
        (reply(200, b"x", content_encoding="br"), False),
        (broken(b""), False),
        (broken(reply(200, ALL)[:-3]), False),
        (silent(), False),
        (reply(304), False),
        (reply(302), False),
    ],
    ids=lambda value: value[:40].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_robots_txt_decides(robots: Reply, allowed: bool) -> None:
    (result,), origin = asked_for(pages(robots=robots, page=reply(200, b"[]")), "/page", retries=0, timeout=0.5)
    assert isinstance(result, Fetched) is allowed, result
    assert allowed or isinstance(result, Refused)
    assert origin.pages == (["/page"] if allowed else [])


def test_refusals_say_why() -> None:
    (result,), _ = asked_for(pages(robots=reply(200, ALL)), "/a%0Ab/page?x=1")
    assert "does not allow /a%0Ab/page" in str(result)
    (result,), origin = asked_for(pages(robots=reply(503)), "/page", retries=0)
    assert f"robots.txt of 127.0.0.1:{origin.port} could not be asked: 503 Service Unavailable" in str(result)


def test_robots_txt_looks_at_the_query() -> None:
    script = pages(robots=reply(200, b"User-agent: *\nDisallow: /*?q="), page=reply(200, b"[]"))
    (allowed, refused), _ = asked_for(script, "/page?p=1", "/page?q=1")
    assert isinstance(allowed, Fetched)
    assert isinstance(refused, Refused)


def test_robots_txt_is_asked_once_by_all() -> None:
    async def test() -> tuple[list[Result], Origin]:
        async with serving(pages(page=reply(200, b"[]"))) as origin, fetcher() as fetch:
            return await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(20))), origin

    results, origin = run(test())
    assert all(isinstance(result, Fetched) for result in results)
    assert origin.paths[0] == "/robots.txt"
    assert origin.paths.count("/robots.txt") == 1


def test_one_source_out_of_time_does_not_cost_the_others_their_robots_txt() -> None:
    async def test() -> list[Result]:
        answer = asyncio.Event()

        async def late(writer: asyncio.StreamWriter) -> None:
            await answer.wait()
            writer.write(reply(404))
            await writer.drain()

        async with serving(pages(robots=late, page=reply(200, b"[]"))) as origin, fetcher() as fetch:
            url, loop = f"{origin.url}/page", asyncio.get_running_loop()
            patient = asyncio.create_task(get(fetch, url))
            hasty = await get(fetch, url, deadline=loop.time() + 0.05)
            answer.set()
            return [hasty, await patient]

    hasty, patient = run(test())
    assert "the source's time is over" in str(hasty)
    assert isinstance(patient, Fetched)


def test_ending_while_robots_txt_is_awaited_leaves_nothing_behind() -> None:
    async def test() -> set[asyncio.Task[Any]]:
        async with serving(pages(robots=silent())) as origin:
            async with fetcher() as fetch:
                await get(fetch, f"{origin.url}/page", deadline=asyncio.get_running_loop().time() + 0.05)
                before = asyncio.all_tasks()
            return {task for task in before if "_fetch" in repr(task.get_coro()) and not task.done()}

    assert run(test()) == set()


@pytest.mark.parametrize(("hops", "allowed"), [(1, True), (5, True), (6, False)])
def test_redirects_of_robots_txt(hops: int, allowed: bool) -> None:
    def script(asked: Asked) -> Reply:
        if asked.path == "/page":
            return reply(200, b"[]")
        step = int(asked.path[2:] or 0) if asked.path.startswith("/r") and asked.path != "/robots.txt" else 0
        return reply(200, b"") if step == hops else reply(301, location=f"/r{step + 1}")

    (result,), _ = asked_for(script, "/page")
    assert isinstance(result, Fetched) is allowed
    assert allowed or "more than 5 redirects" in str(result)


@pytest.mark.parametrize("location", ["ftp://x/robots.txt", "http://xn--/", "javascript:1"])
def test_robots_txt_is_not_followed_anywhere(location: str) -> None:
    (result,), _ = asked_for(pages(robots=reply(301, location=location)), "/page")
    assert isinstance(result, Refused)
    assert "redirect" in result.problem


@pytest.mark.parametrize(
    ("delay", "gap"), [("3", 3.0), ("0.5", 1.0), ("3600", 30.0), ("-1", 1.0), ("nan", 1.0), ("x", 1.0)]
)
def test_a_crawl_delay_raises_the_pace(delay: str, gap: float) -> None:
    time = Time()
    robots = reply(200, f"User-agent: *\nCrawl-delay: {delay}".encode())
    asked_for(pages(robots=robots, page=reply(200, b"[]")), "/page", "/page?2", time=time, pace=1.0)
    assert time.slept == [pytest.approx(gap)] * 2


# ------------------------------------------------------------------------------------------------ pace, connections
@pytest.mark.parametrize("connections", [1, 2])
def test_requests_to_a_host_start_a_pace_apart(connections: int, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    started = starts(monkeypatch, time)

    async def test() -> None:
        paced = fetcher(time=time, pace=1.5, connections=connections)
        async with serving(pages(page=reply(200, b"[]"))) as origin, paced as fetch:
            await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(5)))

    run(test())
    assert [path for path, _ in started] == ["/robots.txt"] + ["/page"] * 5
    assert [later - earlier for (_, earlier), (_, later) in pairwise(started)] == [pytest.approx(1.5)] * 5


def test_a_late_request_waits_for_nothing() -> None:
    async def test() -> list[float]:
        time = Time()
        async with serving(pages(page=reply(200, b"[]"))) as origin, fetcher(time=time, pace=1.0) as fetch:
            await get(fetch, f"{origin.url}/page")
            time.now += 60
            time.slept.clear()
            await get(fetch, f"{origin.url}/page")
            return time.slept

    assert run(test()) == []


@pytest.mark.parametrize("connections", [1, 2])
def test_live_requests_to_a_host_are_bounded(connections: int) -> None:
    async def test() -> Origin:
        async def slowly(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.005)
            writer.write(reply(200, b"[]"))
            await writer.drain()

        async with serving(pages(page=slowly)) as origin, fetcher(connections=connections) as fetch:
            await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(12)))
            return origin

    origin = run(test())
    assert origin.most_live == connections
    assert len(origin.pages) == 12


def test_hosts_at_once_are_bounded_and_a_slow_one_costs_only_its_own() -> None:
    async def test() -> tuple[int, float]:
        live = most = 0

        async def slowly(writer: asyncio.StreamWriter) -> None:
            nonlocal live, most
            live += 1
            most = max(most, live)
            await asyncio.sleep(0.01)
            live -= 1
            writer.write(reply(200, b"[]"))
            await writer.drain()

        hosts = [serving(pages(page=slowly)) for _ in range(6)]
        origins = [await host.__aenter__() for host in hosts]
        async with fetcher(hosts=3) as fetch:
            results = await asyncio.gather(*(get(fetch, f"{origin.url}/page") for origin in origins))
        for host in hosts:
            await host.__aexit__(None, None, None)
        return most, sum(isinstance(result, Fetched) for result in results)

    assert run(test()) == (3, 6)


def test_waiting_for_a_turn_does_not_count_as_the_hosts_delay() -> None:
    async def test() -> list[Result]:
        async def slowly(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.06)
            writer.write(reply(200, b"[]"))
            await writer.drain()

        async with serving(pages(page=slowly)) as origin, fetcher(timeout=0.15) as fetch:
            return await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}") for n in range(5)))

    assert all(isinstance(result, Fetched) for result in run(test()))


def test_idle_connections_are_given_up_when_many_hosts_are_met() -> None:
    async def test() -> tuple[int, int]:
        hosts = [serving(pages(page=reply(200, b"[]"))) for _ in range(9)]
        origins = [await host.__aenter__() for host in hosts]
        async with fetcher(hosts=1) as fetch:
            results = [await get(fetch, f"{origin.url}/page") for origin in (*origins, *origins)]
            held = len(fetch._hosts._open)
        for host in hosts:
            await host.__aexit__(None, None, None)
        return held, sum(isinstance(result, Fetched) for result in results)

    assert run(test()) == (4, 18)


# ------------------------------------------------------------------------------------------------ retries
@pytest.mark.parametrize("fault", [reply(500), reply(503), reply(429), broken(b""), broken(reply(200, b"[1, 2]")[:-2])])
def test_what_passes_is_asked_again(fault: Reply) -> None:
    time = Time()
    (result,), origin = asked_for(in_turn(fault, fault, reply(200, b"[]")), "/page", time=time, retries=2)
    assert isinstance(result, Fetched)
    assert origin.pages == ["/page"] * 3
    assert time.slept == [1.0, 2.0]


def test_retries_end() -> None:
    (result,), origin = asked_for(in_turn(reply(502)), "/page", retries=2)
    assert "502 Bad Gateway" in str(result)
    assert len(origin.pages) == 3


@pytest.mark.parametrize(
    "fault",
    [reply(404), reply(403), reply(200, b"x" * 2000), reply(200, b"x", content_encoding="br"), broken(b"x\r\n\r\n")],
)
def test_what_stays_is_asked_once(fault: Reply) -> None:
    async def test() -> tuple[Result, list[str]]:
        async with serving(pages(page=fault)) as origin, fetcher(retries=2) as fetch:
            return await get(fetch, f"{origin.url}/page", max_bytes=1000), origin.pages

    result, paths = run(test())
    assert isinstance(result, FetchError)
    assert paths == ["/page"]


def test_jitter_shortens_a_retry_by_up_to_half() -> None:
    time = Time()

    async def test() -> None:
        async with serving(in_turn(reply(500))) as origin, fetcher(time=time, retries=1) as fetch:
            fetch._jitter = lambda: 0.5
            await get(fetch, f"{origin.url}/page")

    run(test())
    assert time.slept == [0.75]


# ------------------------------------------------------------------------------------------------ Retry-After, holds
def test_a_short_retry_after_is_waited_out() -> None:
    time = Time()
    (result,), origin = asked_for(in_turn(reply(429, Retry_After="3"), reply(200, b"[]")), "/page", time=time)
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


def test_a_short_retry_after_that_does_not_end_is_kept() -> None:
    (result,), origin = asked_for(in_turn(reply(503, Retry_After="2")), "/page", retries=2)
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
    (result,), _ = asked_for(in_turn(reply(429, Retry_After="soon"), reply(200, b"[]")), "/page", time=time)
    assert isinstance(result, Fetched)
    assert time.slept == [1.0]


def test_robots_txt_may_ask_for_a_pause_too() -> None:
    script = pages(robots=reply(429, Retry_After="60"), page=reply(200, b"[]"))
    (first, second), origin = asked_for(script, "/page", "/page")
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
    assert max(github.gaps("/repos")) < gap  # they do not stand in the same queue


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
