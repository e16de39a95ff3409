"""One fetch: what is sent, what is accepted, what is told, and what stays secret."""

from __future__ import annotations

import logging

import pytest
from _fetching import NOON, Result, ask, fetcher, forget_environment, get, run, told
from _origin import Asked, Reply, Script, gzipped, pages, reply, serving, silent

from finder.errors import FetchError, Gone
from finder.model import Fetched, Validators

ROWS = b'[{"title": "Machine Learning Intern"}]' * 40


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


def conversation(script: Script, *asks: dict[str, object]) -> tuple[list[Fetched | FetchError], list[Asked]]:
    """Several requests for /page one after the other: the results and what the origin saw."""

    async def test() -> tuple[list[Fetched | FetchError], list[Asked]]:
        async with serving(script) as origin, fetcher(retries=0) as fetch:
            results = [await get(fetch, f"{origin.url}/page", **others) for others in asks]  # type: ignore[arg-type]
            return results, [asked for asked in origin.asked if asked.path != "/robots.txt"]

    return run(test())


# ------------------------------------------------------------------------------------------------ the good way
def test_an_answer_is_inflated_and_dated_and_keeps_the_useful_headers() -> None:
    doc = ask(gzipped(ROWS, ETag='W/"a"', Set_Cookie="a=b", X_RateLimit_Remaining="7", Content_Type="application/json"))
    assert isinstance(doc, Fetched)
    assert (doc.status, doc.body, doc.at) == (200, ROWS, NOON)
    assert dict(doc.headers) == {"etag": 'W/"a"', "x-ratelimit-remaining": "7", "content-type": "application/json"}


def test_a_request_says_who_asks_and_offers_gzip_only() -> None:
    _, (asked,) = conversation(pages(page=reply()), {})
    assert asked.headers["user-agent"].startswith("ml-finder/")
    assert asked.headers["user-agent"].endswith(" (+mailto:me@example.org)")
    assert asked.headers["accept-encoding"] == "gzip"
    assert "cookie" not in asked.headers and "authorization" not in asked.headers


def test_a_request_keeps_its_own_headers_but_not_ours() -> None:
    own = (("Accept", "application/json"), ("X-Own", "1"), ("Accept-Encoding", "br"), ("User-Agent", "Browser"))
    _, (asked,) = conversation(pages(page=reply()), {"headers": own})
    assert (asked.headers["accept"], asked.headers["x-own"]) == ("application/json", "1")
    assert asked.headers["accept-encoding"] == "gzip"
    assert "Browser" not in asked.text


def test_a_post_sends_its_body() -> None:
    body = b'{"limit": 20, "offset": 0}'
    (doc,), (asked,) = conversation(
        pages(page=reply(200, b"{}")),
        {"method": "POST", "body": body, "headers": (("content-type", "application/json"),)},
    )
    assert isinstance(doc, Fetched)
    assert (asked.method, asked.body, asked.headers["content-type"]) == ("POST", body, "application/json")


@pytest.mark.parametrize("etag", ['"a"', 'W/"b-c"', "unquoted", '"sp ace"', '"\xe9\xff"'])
def test_validators_go_back_byte_for_byte(etag: str) -> None:
    date = "Mon, 24 Aug 2026 10:00:00 GMT"

    def script(asked: Asked) -> Reply:
        unchanged = asked.headers.get("if-none-match") == etag and asked.headers.get("if-modified-since") == date
        return reply(304) if unchanged else reply(200, b"[]", ETag=etag, Last_Modified=date)

    (first,), _ = conversation(script, {})
    assert isinstance(first, Fetched)
    (second,), _ = conversation(script, {"validators": first.validators})
    assert isinstance(second, Fetched)
    assert (second.status, second.body) == (304, b"")


def test_304_to_an_unconditional_request_is_no_answer() -> None:
    assert told(reply(304)) == "304 Not Modified"
    assert isinstance(ask(reply(304), validators=Validators(last_modified="then")), Fetched)


def test_cookies_are_not_kept() -> None:
    _, (_, second) = conversation(pages(page=reply(200, b"", Set_Cookie="id=1; Path=/")), {}, {})
    assert "cookie" not in second.headers


def test_one_connection_serves_many_requests() -> None:
    async def test() -> int:
        async with serving(pages(page=reply(200, b"[]"), gone=reply(404, b"gone"))) as origin, fetcher() as fetch:
            for path in ("page", "gone", "page", "page"):
                await get(fetch, f"{origin.url}/{path}")
            return origin.connections

    assert run(test()) == 1


def test_reached_counts_answers_of_any_kind() -> None:
    async def test() -> tuple[int, int]:
        async with serving(pages(page=reply(500))) as origin, fetcher(retries=0) as fetch:
            before = fetch.reached
            await get(fetch, f"{origin.url}/page")
            return before, fetch.reached

    assert run(test()) == (0, 2)  # robots.txt and the page


# ------------------------------------------------------------------------------------------------ statuses
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "204 No Content"),
        (206, "206 Partial Content"),
        (401, "401 Unauthorized"),
        (403, "403 Forbidden"),
        (404, "404 Not Found"),
        (410, "410 Gone"),
        (422, "422 Unprocessable Entity"),
        (451, "451 Unavailable For Legal Reasons"),
        (500, "500 Internal Server Error"),
        (503, "503 Service Unavailable"),
        (300, "300 Multiple Choices"),
        (302, "302 Found"),
        (599, "599"),
        (499, "499"),
    ],
)
def test_any_other_status_is_told(status: int, words: str) -> None:
    assert told(reply(status, b"words of the host")) == words


@pytest.mark.parametrize(("status", "error"), [(404, Gone), (410, Gone), (403, FetchError), (422, FetchError)])
def test_what_is_gone_is_told_apart(status: int, error: type[FetchError]) -> None:
    assert type(ask(reply(status))) is error


def test_a_challenge_is_told() -> None:
    assert told(reply(403, b"<html>", CF_Mitigated="challenge")).startswith("403 Forbidden: a Cloudflare challenge")


def test_an_endless_error_page_is_not_read() -> None:
    assert told(silent(b"HTTP/1.1 404 Not Found\r\n\r\n<html>"), timeout=2.0) == "404 Not Found"


# ------------------------------------------------------------------------------------------------ secrets
def test_secrets_reach_neither_messages_nor_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def test() -> tuple[Result, list[Asked]]:
        async with serving(pages(page=reply(404))) as origin, fetcher() as fetch:
            url = f"{origin.url}/page?app_key=CANARY1&q=ml&api_key=CANARY2"
            return await get(fetch, url, token="CANARY3", token_origin=origin.url), origin.asked

    result, asked = run(test())
    assert isinstance(result, FetchError)
    assert "q=ml" in result.url
    assert "CANARY" not in f"{result} {result!r} {caplog.text}"
    assert "CANARY1" in asked[-1].path  # it was sent, where it had to be
    assert asked[-1].headers["authorization"] == "Bearer CANARY3"
    assert "CANARY" not in asked[0].text  # robots.txt is asked without it


def test_a_token_goes_to_its_origin_only() -> None:
    async def test() -> list[Asked]:
        async with serving(pages(page=reply())) as origin, fetcher() as fetch:
            for owner in ("http://127.0.0.1:1", origin.url.replace("http", "https"), "https://api.example"):
                await get(fetch, f"{origin.url}/page", token="CANARY", token_origin=owner)
            return origin.asked

    assert "CANARY" not in " ".join(asked.text for asked in run(test()))


def test_a_header_that_cannot_be_sent_is_told() -> None:
    result = ask(reply(), validators=Validators(etag="a\r\nx: y"))
    assert isinstance(result, FetchError)
    result = ask(reply(), validators=Validators(etag="\u2028"))
    assert isinstance(result, FetchError)
