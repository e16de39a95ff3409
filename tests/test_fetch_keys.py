"""A person's key: sent as the service wants it, to its own origin, and to be found in nothing else."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from _fetching import Result, Time, fetcher, forget_environment, get, problem, run, starts
from _origin import Asked, Origin, Reply, Script, pages, reply, serving, to

from finder.errors import FetchError, NotYet, Refused
from finder.fetch import Terms
from finder.fetch.terms import MASK, keyed, scrubbed, unkeyed
from finder.model import BEARER, Fetched, TokenAs, Validators

KEY = "c4n4ry/9f+e=31"
HEADER = TokenAs("header", "Authorization-Key", "{}")
QUERY = TokenAs("query", "app_key", "{}")
each = pytest.mark.parametrize("token_as", [BEARER, HEADER, QUERY], ids=["bearer", "header", "query"])


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


def shown(token_as: TokenAs, script: Script, path: str = "/page", **others: Any) -> tuple[Result, Origin]:
    """What comes of asking with the key."""

    async def test() -> tuple[Result, Origin]:
        async with serving(script) as origin, fetcher(retries=0) as fetch:
            terms = {"token": KEY, "token_as": token_as, "token_origin": origin.url}
            return await get(fetch, origin.url + path, **terms | others), origin

    return run(test())


def key_of(asked: Asked, token_as: TokenAs) -> str:
    """The key as it came in."""
    if token_as.where == "header":
        return asked.headers.get(token_as.name.lower(), "")
    return "&".join(parse_qs(urlsplit(asked.target).query).get(token_as.name, []))


def traces(asked: Asked) -> bool:
    return any(form in asked.text for form in ("c4n4ry", "9f", "e=31", "e%3D31"))


# ------------------------------------------------------------------------------------------------ as it is wanted
@pytest.mark.parametrize(
    ("token_as", "sent"),
    [(BEARER, f"Bearer {KEY}"), (HEADER, KEY), (QUERY, KEY), (TokenAs("query", "k", "a{}"), f"a{KEY}")],
)
def test_a_key_is_sent_as_the_service_wants_it(token_as: TokenAs, sent: str) -> None:
    doc, origin = shown(token_as, pages(page=reply(200, b"[]")), "/page?what=a+b&q=c%2Cd")
    assert isinstance(doc, Fetched)
    assert key_of(origin.asked[-1], token_as) == sent
    query = parse_qs(urlsplit(origin.asked[-1].target).query)
    assert (query["what"], query["q"]) == (["a b"], ["c,d"])
    assert ("authorization" in origin.asked[-1].headers) is (token_as == BEARER)


@each
def test_nothing_is_sent_where_there_is_no_key(token_as: TokenAs) -> None:
    _, origin = shown(token_as, pages(page=reply(200, b"[]")), "/page?q=1", token="")
    assert origin.pages == ["/page?q=1"]
    assert key_of(origin.asked[-1], token_as) == ""


@each
def test_a_key_stands_over_what_a_request_brings_under_its_name(token_as: TokenAs) -> None:
    headers = ((token_as.name, "mine"),) if token_as.where == "header" else ()
    _, origin = shown(token_as, pages(page=reply(200, b"[]")), "/page?app_key=mine&app_key=other", headers=headers)
    assert key_of(origin.asked[-1], token_as) == token_as.template.format(KEY)


@each
@pytest.mark.parametrize("owner", ["http://127.0.0.1:1", "https://127.0.0.1", "https://api.example", ""])
def test_a_key_goes_to_its_origin_only(token_as: TokenAs, owner: str) -> None:
    _, origin = shown(token_as, pages(page=reply(200, b"[]")), token_origin=owner)
    assert origin.pages == ["/page"]
    assert not any(map(traces, origin.asked))


# ------------------------------------------------------------------------------------------------ and nowhere else
@each
@pytest.mark.parametrize(
    "answer", [reply(404), reply(500), reply(403, retry_after="60"), reply(200, b"[]"), to(":"), to("http://[")]
)
def test_a_key_reaches_no_message_and_no_log(
    token_as: TokenAs, answer: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result, origin = shown(token_as, pages(page=answer))
    assert traces(origin.asked[-1])  # it was sent
    assert not traces(origin.asked[0])  # robots.txt is asked without it
    told = f"{result} {result!r} {caplog.text} {getattr(result, 'request', '')} {getattr(result, 'url', '')}"
    assert "c4n4ry" not in told
    assert "app_key" not in told


@each
def test_rules_are_asked_of_the_address_that_is_sent_and_told_without_the_key(token_as: TokenAs) -> None:
    script = pages(reply(200, b"User-agent: *\nDisallow: /*app_key="), page=reply(200, b"[]"))
    result, origin = shown(token_as, script)
    assert isinstance(result, Refused) is (token_as == QUERY)
    assert "c4n4ry" not in f"{result!r}"
    assert bool(origin.pages) is (token_as != QUERY)


@each
def test_a_host_on_hold_is_not_told_the_key(token_as: TokenAs) -> None:
    async def test() -> tuple[Result, Result]:
        script = pages(page=reply(429, retry_after="600"))
        async with serving(script) as origin, fetcher(retries=0) as fetch:
            terms: dict[str, Any] = {"token": KEY, "token_as": token_as, "token_origin": origin.url}
            first = await get(fetch, f"{origin.url}/page", **terms)
            assert "c4n4ry" not in str(dict(fetch.holds))
            return first, await get(fetch, f"{origin.url}/page", **terms)

    first, second = run(test())
    assert isinstance(second, NotYet)
    assert "c4n4ry" not in f"{first!r} {second!r}"


# ------------------------------------------------------------------------------------------------ redirects
@each
@pytest.mark.parametrize("echo", ["", "?app_key={key}", "?page=2&app_key={key}&x=1"])
def test_another_origin_never_hears_the_key(token_as: TokenAs, echo: str) -> None:
    """Hosts send people on with the query that they came with."""

    async def test() -> tuple[Result, list[Asked]]:
        async with serving(pages(page=reply(200, b"[]")), host="127.0.0.2") as other:
            target = to(f"{other.url}/page" + echo.format(key="c4n4ry%2F9f%2Be%3D31"))
            async with serving(pages(page=target)) as origin, fetcher(retries=0) as fetch:
                terms: dict[str, Any] = {"token": KEY, "token_as": token_as, "token_origin": origin.url}
                return await get(fetch, f"{origin.url}/page", **terms), other.asked

    result, asked = run(test())
    assert not any(map(traces, asked))
    if token_as == QUERY or not echo:
        assert isinstance(result, Fetched)
        assert ("page=2" in asked[-1].target) is ("page=2" in echo)
    else:
        assert problem(result) == "redirect refused: to an address that tells the key"
        assert "c4n4ry" not in f"{result!r}"


@each
@pytest.mark.parametrize("place", [f"/c/{KEY}", "/?next=c4n4ry%2F9f%2Be%3D31", "/?next=c4n4ry/9f%2Be%3D31"])
def test_a_redirect_to_an_address_that_tells_the_key_is_refused(token_as: TokenAs, place: str) -> None:
    result, origin = shown(token_as, pages(page=to(place)))
    assert problem(result) == "redirect refused: to an address that tells the key"
    assert origin.pages[1:] == []


@each
@pytest.mark.parametrize("location", ["/new", "/new?app_key=c4n4ry%2F9f%2Be%3D31", "new?a=1"])
def test_the_key_is_sent_again_to_its_own_origin(token_as: TokenAs, location: str) -> None:
    if token_as != QUERY and "c4n4ry" in location:
        return
    result, origin = shown(token_as, pages(page=to(location), new=reply(200, b"[]")))
    assert isinstance(result, Fetched)
    assert key_of(origin.asked[-1], token_as) == token_as.template.format(KEY)


def test_a_circle_is_seen_through_the_key() -> None:
    result, origin = shown(QUERY, pages(page=to("/page?app_key=c4n4ry%2F9f%2Be%3D31")))
    assert problem(result) == "redirected in a circle"
    assert len(origin.pages) == 1


# ------------------------------------------------------------------------------------------------ what a host repeats
@each
@pytest.mark.parametrize("form", [KEY, "c4n4ry%2F9f%2Be%3D31", r"c4n4ry\/9f+e=31"])
def test_an_answer_that_repeats_the_key_is_masked(token_as: TokenAs, form: str) -> None:
    body = f'{{"you said": "{form}", "next": "/page?app_key={form}&page=2"}}'
    answer = reply(200, body.encode(), Link=f"</page?app_key={form}>; rel=next", ETag=f'"{form}"')
    doc, _ = shown(token_as, pages(page=answer))
    assert isinstance(doc, Fetched)
    assert doc.text == f'{{"you said": "{MASK}", "next": "/page?app_key={MASK}&page=2"}}'
    assert doc.headers["link"] == f"</page?app_key={MASK}>; rel=next"
    assert "c4n4ry" not in f"{doc!r} {doc.validators!r}"


def test_an_answer_without_the_key_is_as_it_was() -> None:
    doc, _ = shown(BEARER, pages(page=reply(200, b"\xff\x00[1]", ETag='"a"')))
    assert isinstance(doc, Fetched)
    assert (doc.body, doc.validators) == (b"\xff\x00[1]", Validators('"a"'))


def test_a_short_token_is_any_word_and_masks_nothing() -> None:
    terms = Terms(1, token="data", token_origin="https://a.example")
    assert scrubbed(terms, b"data", {"etag": "data"}) == (b"data", {"etag": "data"})
    assert scrubbed(Terms(1), b"data", {}) == (b"data", {})


def test_terms_do_not_show_the_key() -> None:
    assert "c4n4ry" not in repr(Terms(1, token=KEY, token_as=QUERY, token_origin="https://a.example"))


# ------------------------------------------------------------------------------------------------ who asks
def test_a_service_is_told_who_asks_as_it_demands_and_its_rules_are_asked_in_our_name() -> None:
    script = pages(
        reply(200, b"User-agent: ml-finder\nDisallow: /closed"), page=reply(200, b"[]"), closed=reply(200, b"[]")
    )
    _, origin = shown(HEADER, script, agent="ada@example.org")
    assert [asked.headers["user-agent"].partition("/")[0] for asked in origin.asked] == ["ml-finder", "ada@example.org"]
    result, _ = shown(HEADER, script, "/closed", agent="ada@example.org")
    assert isinstance(result, Refused)


def test_who_asks_is_told_to_no_other_origin() -> None:
    async def test() -> tuple[list[Asked], list[Asked]]:
        async with serving(pages(page=reply(200, b"[]")), host="127.0.0.2") as other:
            script = pages(page=to(f"{other.url}/page"))
            async with serving(script) as origin, fetcher() as fetch:
                await get(fetch, f"{origin.url}/page", agent="ada@example.org", token_origin=origin.url)
                return origin.asked, other.asked

    own, others = run(test())
    assert own[-1].headers["user-agent"] == "ada@example.org"
    assert others[-1].headers["user-agent"].startswith("ml-finder/")
    assert "ada@" not in " ".join(asked.text for asked in others)


# ------------------------------------------------------------------------------------------------ how often
def test_terms_pace_their_own_requests_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    started = starts(monkeypatch, time)

    async def test() -> None:
        script = pages(page=reply(200, b"[]"), other=reply(200, b"[]"))
        async with serving(script) as origin, fetcher(time=time, pace=1.0) as fetch:
            slow = (get(fetch, f"{origin.url}/page?{n}", pace=4.0) for n in range(3))
            await asyncio.gather(*slow, *(get(fetch, f"{origin.url}/other?{n}") for n in range(3)))

    run(test())
    at: dict[str, list[float]] = {}
    for path, when in started:
        at.setdefault(path, []).append(when)
    assert all(later - earlier >= 4.0 for earlier, later in pairwise(at["/page"]))
    assert max(at["/other"]) < at["/page"][2]
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(when for _, when in started))


def test_nothing_is_paced_where_politeness_is_off() -> None:
    time = Time()

    async def test() -> None:
        async with serving(pages(page=reply(200, b"[]"))) as origin, fetcher(time=time, pace=0.0) as fetch:
            await asyncio.gather(*(get(fetch, f"{origin.url}/page?{n}", pace=30.0) for n in range(3)))

    run(test())
    assert time.slept == []


# ------------------------------------------------------------------------------------------------ the pure part
def test_only_the_key_of_an_address_changes() -> None:
    terms = Terms(1, token=KEY, token_as=QUERY, token_origin="https://a.example")
    url = httpx.URL("https://a.example/x?b=1&a=%20")
    assert unkeyed(terms, keyed(terms, url)).params == url.params
    assert keyed(terms, url).params["app_key"] == KEY
    untouched = httpx.URL("https://b.example/x?b=%2c")
    assert str(keyed(terms, untouched)) == str(unkeyed(terms, untouched)) == "https://b.example/x?b=%2c"
    assert unkeyed(Terms(1), httpx.URL("https://b.example/?app_key=1")).params["app_key"] == "1"


def test_an_error_is_still_an_error_of_fetching() -> None:
    result, _ = shown(QUERY, pages(page=reply(401)))
    assert isinstance(result, FetchError)
    assert result.problem == "401 Unauthorized"
