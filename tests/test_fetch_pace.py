"""Pace, connections and retries."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from _fetching import Result, Time, ask_all, fetcher, forget_environment, get, in_turn, run, starts
from _origin import Origin, Reply, broken, pages, reply, serving

from finder.errors import FetchError
from finder.model import Fetched


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


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
    (result,), origin = ask_all(in_turn(fault, fault, reply(200, b"[]")), "/page", time=time, retries=2)
    assert isinstance(result, Fetched)
    assert origin.pages == ["/page"] * 3
    assert time.slept == [1.0, 2.0]


def test_retries_end() -> None:
    (result,), origin = ask_all(in_turn(reply(502)), "/page", retries=2)
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
