"""robots.txt: asked first, once, and minded."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest
from _fetching import Result, Time, ask_all, fetcher, forget_environment, get, run
from _origin import Asked, Origin, Reply, bomb, broken, closing, pages, reply, serving, silent

from finder.errors import FetchError, Refused
from finder.model import Fetched


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


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
    (result,), origin = ask_all(pages(robots=robots, page=reply(200, b"[]")), "/page", retries=0, timeout=0.5)
    assert isinstance(result, Fetched) is allowed, result
    assert allowed or isinstance(result, Refused)
    assert origin.pages == (["/page"] if allowed else [])


def test_refusals_say_why() -> None:
    (result,), _ = ask_all(pages(robots=reply(200, ALL)), "/a%0Ab/page?x=1")
    assert "does not allow /a%0Ab/page" in str(result)
    (result,), origin = ask_all(pages(robots=reply(503)), "/page", retries=0)
    assert f"robots.txt of 127.0.0.1:{origin.port} could not be asked: 503 Service Unavailable" in str(result)


def test_terms_that_forbid_programs_stand_before_robots_txt() -> None:
    away = pages(page=reply(302, location="https://www.linkedin.com/jobs/view/1"))
    (result,), _ = ask_all(away, "/page")
    assert isinstance(result, Refused)
    assert "the terms of www.linkedin.com forbid programs: it is not asked" in str(result)


def test_robots_txt_looks_at_the_query() -> None:
    script = pages(robots=reply(200, b"User-agent: *\nDisallow: /*?q="), page=reply(200, b"[]"))
    (allowed, refused), _ = ask_all(script, "/page?p=1", "/page?q=1")
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

    (result,), _ = ask_all(script, "/page")
    assert isinstance(result, Fetched) is allowed
    assert allowed or "more than 5 redirects" in str(result)


@pytest.mark.parametrize("location", ["ftp://x/robots.txt", "http://xn--/", "javascript:1"])
def test_robots_txt_is_not_followed_anywhere(location: str) -> None:
    (result,), _ = ask_all(pages(robots=reply(301, location=location)), "/page")
    assert isinstance(result, Refused)
    assert "redirect" in result.problem


@pytest.mark.parametrize(
    ("delay", "gap"), [("3", 3.0), ("0.5", 1.0), ("3600", 30.0), ("-1", 1.0), ("nan", 1.0), ("x", 1.0)]
)
def test_a_crawl_delay_raises_the_pace(delay: str, gap: float) -> None:
    time = Time()
    robots = reply(200, f"User-agent: *\nCrawl-delay: {delay}".encode())
    ask_all(pages(robots=robots, page=reply(200, b"[]")), "/page", "/page?2", time=time, pace=1.0)
    assert time.slept == [pytest.approx(gap)] * 2


# ------------------------------------------------------------------------------------------------ by another door
DOORS = b"User-agent: *\nAllow: /open/\nDisallow: /closed/\n"


def asked_by(door: str, *, page: str = "", **others: Any) -> tuple[Result, Origin]:
    """What comes of asking for /door where `page` is what people are shown."""

    async def test() -> tuple[Result, Origin]:
        async with serving(pages(reply(200, DOORS), door=reply(200, b"[]"))) as origin, fetcher(retries=0) as fetch:
            stands_for = page if page.startswith("http") or not page else origin.url + page
            return await get(fetch, origin.url + door, stands_for=stands_for, **others), origin

    return run(test())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rule_on_a_page_binds_the_door_behind_it(method: str) -> None:
    result, origin = asked_by("/door", page="/closed/job/1", method=method)
    assert isinstance(result, Refused)
    assert str(result).endswith(f"does not allow /closed/job/1 ({origin.url}/closed/job/1)")
    assert origin.paths == ["/robots.txt"]
    for page in ("", "/open/job/1", "/elsewhere"):
        result, origin = asked_by("/door", page=page, method=method)
        assert isinstance(result, Fetched)
        assert origin.paths == ["/robots.txt", "/door"]


def test_a_door_that_is_closed_itself_stays_closed() -> None:
    assert isinstance(asked_by("/closed/door", page="/open/")[0], Refused)


def test_a_page_elsewhere_is_asked_for_its_own_rules() -> None:
    async def test() -> tuple[Result, list[str], list[str]]:
        async with serving(pages(reply(200, DOORS)), host="127.0.0.2") as people:
            script = pages(door=reply(200, b"[]"))
            async with serving(script) as origin, fetcher() as fetch:
                result = await get(fetch, f"{origin.url}/door", stands_for=f"{people.url}/closed/")
                return result, origin.paths, people.paths

    result, at_door, at_page = run(test())
    assert isinstance(result, Refused)
    assert (at_door, at_page) == ([], ["/robots.txt"])


@pytest.mark.parametrize("page", ["ftp://a.example/", "https://", "https://user:pw@a.example/"])
def test_a_page_that_cannot_be_asked_about_closes_the_door(page: str) -> None:
    result, origin = asked_by("/door", page=page if page.startswith("http") else f"http:{page}")
    assert isinstance(result, FetchError)
    assert "pw" not in str(result)
    assert origin.pages == []
