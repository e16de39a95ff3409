"""Private addresses and proxies: where nothing is sent, and what goes another way."""

from __future__ import annotations

import socket

import pytest
from _fetching import Result, fetcher, forget_environment, get, led, problem, run
from _origin import Asked, Script, pages, reply, serving, to

from finder.model import Fetched


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


# ------------------------------------------------------------------------------------------------ private addresses
@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/page", "http://localhost:{port}/page", "http://2130706433:{port}/page"]
)
def test_private_addresses_are_not_asked(url: str) -> None:
    async def test() -> tuple[Result, int]:
        async with serving(pages(page=reply())) as origin, fetcher(allow_private=False) as fetch:
            return await get(fetch, url.format(port=origin.port)), origin.connections

    result, connections = run(test())
    assert problem(result) == "the address is private"
    assert connections == 0


def test_a_name_for_a_private_address_is_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *args, **kwargs: real("127.0.0.1", *args, **kwargs))

    async def test() -> tuple[Result, list[Asked]]:
        async with serving(pages(page=reply())) as origin:
            async with fetcher(allow_private=True) as fetch:  # the name works as such
                assert isinstance(await get(fetch, f"http://lists.example:{origin.port}/page"), Fetched)
            origin.asked.clear()
            async with fetcher(allow_private=False) as fetch:
                return await get(fetch, f"http://lists.example:{origin.port}/page"), origin.asked

    result, asked = run(test())
    assert "the address is private" in problem(result)
    assert asked == []


# ------------------------------------------------------------------------------------------------ proxies
def proxied(
    script: Script, monkeypatch: pytest.MonkeyPatch, *urls: str, login: str = ""
) -> tuple[list[Result], list[Asked]]:
    """Fetch by a proxy on loopback, which stands for all hosts."""

    async def test() -> tuple[list[Result], list[Asked]]:
        async with serving(script) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("://", f"://{login}"))
            monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", f"://{login}"))
            async with fetcher(allow_private=False, retries=0) as fetch:
                return [await get(fetch, url) for url in urls], proxy.asked

    return run(test())


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    (doc,), asked = proxied(pages(page=reply(200, b"[]")), monkeypatch, "http://lists.example/page")
    assert isinstance(doc, Fetched)
    assert [one.target for one in asked] == ["http://lists.example/robots.txt", "http://lists.example/page"]


def test_a_redirect_behind_a_proxy_cannot_reach_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    script = pages(page=to("http://169.254.169.254/latest"), other=to("http://localhost/x"))
    results, asked = proxied(script, monkeypatch, "http://lists.example/page", "http://lists.example/other")
    assert [problem(result) for result in results] == ["redirect refused: the address is private"] * 2
    assert {one.target.split("/")[2] for one in asked} == {"lists.example"}


def test_a_proxy_that_refuses_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    script = lambda _asked: reply(407)  # noqa: E731
    (result,), _ = proxied(script, monkeypatch, "https://lists.example/page", login="me:CANARY@")
    assert "the proxy answered 407" in problem(result)
    assert "CANARY" not in f"{result} {result!r}"


def test_hosts_can_be_kept_from_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert isinstance(led(pages(page=reply(200, b"[]")))[0], Fetched)


@pytest.mark.parametrize("proxy", ["nonsense://me:CANARY@x", "socks5://127.0.0.1:9", "://"])
def test_an_unusable_proxy_is_told(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)

    async def test() -> Result:
        async with fetcher(retries=0) as fetch:
            return await get(fetch, "http://lists.example/page")

    result = run(test())
    assert "the proxy named by the environment cannot be used" in problem(result)
    assert "CANARY" not in str(result)


def test_no_network_behind_a_closed_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    async def test() -> tuple[Result, int]:
        async with fetcher(allow_private=False) as fetch:
            return await get(fetch, "https://lists.example/page"), fetch.reached

    result, reached = run(test())
    assert "connection refused" in problem(result)
    assert reached == 0
