"""Redirects: which are followed, and what travels along."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from _fetching import Result, fetcher, forget_environment, get, led, problem, run, secured
from _origin import Asked, Reply, pages, reply, serving, to
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.errors import FetchError, Refused
from finder.model import Fetched, Validators


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


# ------------------------------------------------------------------------------------------------ followed
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status: int) -> None:
    doc, origin = led(pages(page=to("/new", status), new=reply(200, b"[1]", ETag='"n"')))
    assert isinstance(doc, Fetched)
    assert (doc.body, doc.validators.etag) == (b"[1]", '"n"')
    assert doc.request.url == f"{origin.url}/page"
    assert origin.paths == ["/robots.txt", "/page", "/new"]


@pytest.mark.parametrize("location", ["new", "./new", "//{host}/new", "http://{host}/new", "/x/../new", "/new#part"])
def test_any_form_of_the_target_is_read(location: str) -> None:
    async def test() -> Result:
        host = ""

        def script(asked: Asked) -> Reply:
            return to(location.format(host=host)) if asked.path == "/page" else pages(new=reply(200, b"[]"))(asked)

        async with serving(script) as origin, fetcher() as fetch:
            host = origin.url.removeprefix("http://")
            return await get(fetch, f"{origin.url}/page")

    assert isinstance(run(test()), Fetched)


def test_validators_travel_along() -> None:
    def script(asked: Asked) -> Reply:
        if asked.path == "/page":
            return to("/new")
        return reply(304) if asked.headers.get("if-none-match") == '"n"' else reply(404)

    doc, _ = led(script, validators=Validators('"n"'))
    assert isinstance(doc, Fetched)
    assert doc.status == 304


def test_five_redirects_are_followed_and_no_more() -> None:
    def script(asked: Asked) -> Reply:
        step = int(asked.path[5:] or 0) if asked.path.startswith("/page") else 0
        return reply(404) if asked.path == "/robots.txt" else reply(200) if step == hops else to(f"/page{step + 1}")

    hops = 5
    assert isinstance(led(script)[0], Fetched)
    hops = 6
    result, origin = led(script)
    assert problem(result) == "more than 5 redirects"
    assert len(origin.pages) == 6


def test_where_redirects_led_is_told_and_nothing_where_there_were_none() -> None:
    result, origin = led(pages(page=to("/new"), new=reply(200, b"[]", location="https://elsewhere.example/")))
    assert isinstance(result, Fetched)
    assert result.location == f"{origin.url}/new"
    assert result.request.url == f"{origin.url}/page"
    result, _ = led(pages(page=reply(200, b"[]", location="https://elsewhere.example/")))
    assert isinstance(result, Fetched)
    assert result.location == ""
    assert "location" not in result.headers


def test_a_circle_ends_at_once() -> None:
    result, origin = led(pages(page=to("/new"), new=to("/page")))
    assert problem(result) == "redirected in a circle"
    assert origin.pages == ["/page", "/new"]
    assert problem(led(pages(page=to("")))[0]) == "redirected in a circle"


def test_each_host_on_the_way_is_asked_for_its_rules() -> None:
    async def test() -> tuple[Result, list[str]]:
        forbidding = pages(robots=reply(200, b"User-agent: *\nDisallow: /"), page=reply(200, b"[]"))
        async with (
            serving(forbidding) as second,
            serving(pages(page=to(f"{second.url}/page"))) as first,
            fetcher() as f,
        ):
            return await get(f, f"{first.url}/page"), second.paths

    result, paths = run(test())
    assert isinstance(result, Refused)
    assert paths == ["/robots.txt"]


# ------------------------------------------------------------------------------------------------ not followed
def _only_loopback_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if str(host) not in ("127.0.0.1", "b'127.0.0.1'"):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "file: is not http"),
        ("FILE:/etc/passwd", "file: is not http"),
        ("ftp://127.0.0.1/x", "ftp: is not http"),
        ("javascript:alert(1)", "javascript: is not http"),
        ("data:text/html,x", "data: is not http"),
        ("gopher://x/", "gopher: is not http"),
        ("mailto:a@b", "mailto: is not http"),
        ("view-source:http://x/", "view-source: is not http"),
        ("http://user:pw@127.0.0.1/", "user name"),
        ("http://a\\@b/", "backslash"),
        ("http:\\\\127.0.0.1\\x", "backslash"),
        ("http://127.0.0.1 /", "white space"),
        ("http://xn--/", "usable address"),
        ("http://xn--a-/", "usable address"),
        ("http://\udce2\udc98/", "usable address"),
        ("http://[::1/", "usable address"),
        ("http://[zz]/", "usable address"),
        ("http://127.0.0.1:port/", "usable address"),
        ("http://127.0.0.1:99999999/", ""),
        ("http://0177.0.0.1/", "usable address"),
        ("http://256.256.256.256/", "usable address"),
        ("http:///x", "no host"),
        ("http:/x", "no host"),
        ("http:", "no host"),
        ("http://", "no host"),
        ("https://", "no host"),
        ("http://#", "no host"),
        ("http://?", "no host"),
        ("http://%00/", ""),
        ("http://" + "a" * 70 + "/", ""),
        ("http://" + "a." * 200 + "/", ""),
        ("http://" + "a" * 70_000, ""),
        ("//", ""),
        ("//[", ""),
        (":", ""),
        ("http://..", ""),
        ("http://.", ""),
        ("http://a..b/", ""),
        ("http://127.0.0.1:0/", ""),
        ("http://-/", ""),
    ],
)
def test_no_target_escapes_as_another_error(location: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _only_loopback_is_known(monkeypatch)
    result, _ = led(pages(page=to(location)))
    assert words in problem(result)


@given(location=st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30))
@settings(max_examples=25)
def test_no_target_at_all_escapes(location: str) -> None:
    answer = b"HTTP/1.1 302 moved\r\nlocation: " + location.encode("latin-1") + b"\r\ncontent-length: 0\r\n\r\n"
    with pytest.MonkeyPatch.context() as patch:
        _only_loopback_is_known(patch)
        result, _ = led(pages(page=answer))
    assert isinstance(result, Fetched | FetchError)


def test_https_is_not_left_for_http() -> None:
    async def test() -> tuple[Result, list[str]]:
        async with serving(pages(page=reply())) as plain:
            script = pages(page=to(f"{plain.url}/page"))
            async with serving(script, tls=secured()) as origin, fetcher() as fetch:
                return await get(fetch, f"{origin.url}/page"), plain.paths

    result, paths = run(test())
    assert problem(result) == "redirect refused: from https to http"
    assert paths == []


@pytest.mark.parametrize(
    ("status", "same", "followed"), [(307, True, True), (308, True, True), (302, True, False), (307, False, False)]
)
def test_a_post_is_repeated_only_at_its_origin(status: int, same: bool, followed: bool) -> None:
    async def test() -> tuple[Result, list[str]]:
        async with serving(pages(new=reply(200, b"[]"))) as other:
            target = "/new" if same else f"{other.url}/new"
            script = pages(page=to(target, status), new=reply(200, b"[]"))
            async with serving(script) as origin, fetcher() as fetch:
                result = await get(fetch, f"{origin.url}/page", method="POST", body=b"CANARY")
                return result, [asked.text for asked in other.asked]

    result, seen = run(test())
    assert isinstance(result, Fetched) is followed
    assert "CANARY" not in " ".join(seen)


def test_secrets_stay_with_the_first_origin() -> None:
    kept = ("Authorization", "X-Api-Key", "Private-Token", "Cookie", "Proxy-Authorization", "X-Anything", "Referer")

    async def test() -> tuple[Result, list[Asked], list[Asked]]:
        async with serving(pages(page=reply(200, b"[]")), host="127.0.0.2") as second:
            script = pages(page=to(f"{second.url}/page"))
            async with serving(script) as first, fetcher() as fetch:
                headers = (*((name, "CANARY") for name in kept), ("Accept", "text/plain"))
                others = {"headers": headers, "token": "CANARY", "token_origin": first.url}
                return await get(fetch, f"{first.url}/page?api_key=CANARY", **others), first.asked, second.asked

    result, at_first, at_second = run(test())
    assert isinstance(result, Fetched)
    assert all(at_first[-1].headers[name.lower()].endswith("CANARY") for name in kept)
    assert "CANARY" not in " ".join(asked.text for asked in at_second)
    assert at_second[-1].headers["accept"] == "text/plain"
