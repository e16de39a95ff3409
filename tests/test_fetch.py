"""One fetch: what is sent, what is accepted, and how each fault of an answer is told."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import socket
import ssl
import tracemalloc
import zlib

import pytest
import trustme
from _origin import (
    NOON,
    Asked,
    Reply,
    Script,
    bomb,
    broken,
    closing,
    fetcher,
    forget_environment,
    get,
    gzipped,
    pages,
    reply,
    run,
    serving,
    silent,
)

from finder.errors import FetchError
from finder.model import Fetched, Validators

MIB = 1024 * 1024
ROWS = json.dumps([{"title": f"Machine Learning Intern {n}", "id": n} for n in range(400)]).encode()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


def ask(answer: Reply, *, tls: ssl.SSLContext | None = None, **others: object) -> Fetched | FetchError:
    """What comes of one answer to one request, without retries."""

    async def test() -> Fetched | FetchError:
        settings = {"timeout": others.pop("timeout", 5.0), "retries": 0}
        async with serving(pages(page=answer), tls=tls) as origin, fetcher(**settings) as fetch:
            return await get(fetch, f"{origin.url}/page", **others)  # type: ignore[arg-type]

    return run(test())


def problem(answer: Reply, **others: object) -> str:
    result = ask(answer, **others)  # type: ignore[arg-type]
    assert isinstance(result, FetchError), result
    return result.problem


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
    assert problem(reply(304)) == "304 Not Modified"
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
    assert problem(reply(status, b"words of the host")) == words


def test_a_challenge_is_told() -> None:
    assert problem(reply(403, b"<html>", CF_Mitigated="challenge")).startswith("403 Forbidden: a Cloudflare challenge")


def test_an_endless_error_page_is_not_read() -> None:
    assert problem(silent(b"HTTP/1.1 404 Not Found\r\n\r\n<html>"), timeout=2.0) == "404 Not Found"


# ------------------------------------------------------------------------------------------------ bodies
@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip, br", "gzip," * 200 + "gzip", "?\x80"]
)
def test_an_encoding_not_asked_for_is_refused(encoding: str) -> None:
    assert "which was not asked for" in problem(reply(200, bytes(809), content_encoding=encoding))


@pytest.mark.parametrize("encoding", ["identity", "", "GZIP", "x-gzip", "identity, gzip"])
def test_encodings_that_are_gzip_or_nothing(encoding: str) -> None:
    body = gzip.compress(ROWS) if "gzip" in encoding.lower() else ROWS
    doc = ask(reply(200, body, content_encoding=encoding))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS


def test_a_bomb_is_refused_in_bounded_memory() -> None:
    tracemalloc.start()
    try:
        result = ask(bomb(1024))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(result, FetchError)
    assert result.problem == "answer is larger than 32 MiB"
    assert peak < 72 * MIB, f"{peak / MIB:.0f} MiB"
    kept = sum(len(value) for value in _held_bytes(result))
    assert kept < MIB


def _held_bytes(error: BaseException) -> list[bytes | bytearray]:
    """Every run of bytes that the frames of an error keep alive, through what they name."""
    found: list[bytes | bytearray] = []
    while error is not None:
        trace = error.__traceback__
        while trace is not None:
            for value in trace.tb_frame.f_locals.values():
                inner = vars(value).values() if hasattr(value, "__dict__") else ()
                found += [item for item in (value, *inner) if isinstance(item, bytes | bytearray)]
            trace = trace.tb_next
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return found


def test_a_cut_body_is_let_go_with_its_error() -> None:
    result = ask(silent(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(4 * MIB)), timeout=0.2)
    assert isinstance(result, FetchError)
    assert result.problem == "no answer within 0.2 s"
    assert sum(len(value) for value in _held_bytes(result)) < MIB


def test_an_endless_plain_body_ends_at_the_cap() -> None:
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(bytes(65536))
            await writer.drain()

    assert problem(talk, max_bytes=MIB) == "answer is larger than 1 MiB"


@pytest.mark.parametrize("packed", [True, False])
def test_the_cap_is_exact(packed: bool) -> None:
    answer = (lambda body: gzipped(body)) if packed else (lambda body: reply(200, body))
    fits = ask(answer(b"x" * 5000), max_bytes=5000)
    assert isinstance(fits, Fetched)
    assert len(fits.body) == 5000
    assert problem(answer(b"x" * 5001), max_bytes=5000) == "answer is larger than 5000 bytes"


def test_a_gzip_body_cut_anywhere_is_an_error() -> None:
    packed = gzip.compress(ROWS)
    points = [*range(20), *range(20, len(packed) - 12, 97), *range(len(packed) - 12, len(packed))]

    async def test() -> list[Fetched | FetchError]:
        def script(asked: Asked) -> Reply:
            if asked.path == "/robots.txt":
                return reply(404)
            return reply(200, packed[: int(asked.path[1:])], content_encoding="gzip")

        async with serving(script) as origin, fetcher(retries=0) as fetch:
            return [await get(fetch, f"{origin.url}/{point}") for point in points]

    results = run(test())
    assert len(results) > 40
    assert [result for result in results if not isinstance(result, FetchError)] == []


@pytest.mark.parametrize(
    "body",
    [
        ROWS,
        gzip.compress(ROWS) + b"and more",
        gzip.compress(ROWS)[:-8] + bytes(8),
        gzip.compress(ROWS)[:-4] + b"\xff\xff\xff\xff",
        zlib.compress(ROWS),
        b"\x1f\x8b",
        b"",
        gzip.compress(b"") * 100,
    ],
)
def test_what_says_gzip_must_be_gzip_to_the_end(body: bytes) -> None:
    assert "gzip" in problem(reply(200, body, content_encoding="gzip"))


def test_gzip_members_are_one_body() -> None:
    doc = ask(reply(200, gzip.compress(ROWS) + gzip.compress(b"tail"), content_encoding="gzip"))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS + b"tail"


def test_a_body_cut_short_is_an_error() -> None:
    whole = reply(200, ROWS)
    head = whole.index(b"\r\n\r\n") + 4
    for cut in (head, head + 1, head + len(ROWS) // 2, len(whole) - 1):
        assert problem(broken(whole[:cut])) == "the answer was cut short"
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1, 2\r\n"
    assert problem(broken(chunked)) == "the answer was cut short"


def test_a_body_that_ends_with_its_connection_is_accepted() -> None:
    doc = ask(closing(ROWS))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS


@pytest.mark.parametrize("charset", ["hex", "zlib_codec", "rot13", "undefined", "idna", "no-such", "\x80"])
def test_odd_charsets_do_no_harm(charset: str) -> None:
    doc = ask(reply(200, b"[]", content_type=f"text/html; charset={charset}"))
    assert isinstance(doc, Fetched)
    assert doc.text == "[]"


# ------------------------------------------------------------------------------------------------ broken talk
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "connection closed without an answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-le", "connection closed without an answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"a" * 200_000 + b"\r\n\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000 + b"\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "not an HTTP answer"),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "not an HTTP answer"),
    ],
)
def test_what_is_not_http_is_told(data: bytes, words: str) -> None:
    assert problem(broken(data)).startswith(words)


def test_many_interim_answers_are_passed_over() -> None:
    doc = ask(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2000 + reply(200, b"[]"))
    assert isinstance(doc, Fetched)


@pytest.mark.parametrize(
    "talk",
    [
        silent(),
        silent(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n["),
        silent(drip=b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 1000),
        silent(b"HTTP/1.1 200 OK\r\n\r\n", drip=b" " * 5000),
    ],
    ids=["nothing", "half a body", "dripping headers", "dripping body"],
)
def test_a_request_has_a_deadline_in_all(talk: Reply) -> None:
    assert problem(talk, timeout=0.1) == "no answer within 0.1 s"


def test_a_source_has_a_deadline() -> None:
    async def test() -> Fetched | FetchError:
        async with serving(pages(page=silent())) as origin, fetcher() as fetch:
            return await get(fetch, f"{origin.url}/page", deadline=asyncio.get_running_loop().time() + 0.1)

    result = run(test())
    assert isinstance(result, FetchError)
    assert result.problem == "the source's time is over"


def test_after_a_timeout_the_host_can_be_asked_again() -> None:
    def script(asked: Asked) -> Reply:
        return silent() if asked.path == "/slow" else reply(200, b"[]")

    async def test() -> list[Fetched | FetchError]:
        async with serving(script) as origin, fetcher(timeout=0.1) as fetch:
            return [await get(fetch, f"{origin.url}/{path}") for path in ("slow", "page", "slow", "page")]

    results = run(test())
    assert [isinstance(result, Fetched) for result in results] == [False, True, False, True]


def _closed_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


def test_a_closed_port_is_told() -> None:
    async def test() -> tuple[Fetched | FetchError, int]:
        async with fetcher(retries=0) as fetch:
            return await get(fetch, f"http://127.0.0.1:{_closed_port()}/page"), fetch.reached

    result, reached = run(test())
    assert isinstance(result, FetchError)
    assert "connection refused" in result.problem
    assert reached == 0


def test_an_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)

    async def test() -> Fetched | FetchError:
        async with fetcher() as fetch:
            return await get(fetch, "http://lists.example/page")

    assert "host name not found" in str(run(test()))


# ------------------------------------------------------------------------------------------------ TLS
@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _secured(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_the_certificates_named_by_the_environment_are_trusted(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    with authority.cert_pem.tempfile() as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        doc = ask(reply(200, ROWS), tls=_secured(authority))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS


def test_an_unknown_authority_is_not_trusted(authority: trustme.CA) -> None:
    assert "certificate not trusted" in problem(reply(), tls=_secured(authority))


def test_a_certificate_for_another_host_is_not_trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    with authority.cert_pem.tempfile() as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        text = problem(reply(), tls=_secured(authority, "elsewhere.example"))
    assert "certificate not trusted" in text
    assert "127.0.0.1" in text


def test_an_expired_certificate_is_not_trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", not_after=NOON.replace(year=2020)).configure_cert(context)
    with authority.cert_pem.tempfile() as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        assert "certificate not trusted" in problem(reply(), tls=context)


def test_plain_http_where_tls_is_due_is_told() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def test() -> Fetched | FetchError:
        async with await asyncio.start_server(plain, "127.0.0.1", 0) as server, fetcher(retries=0) as fetch:
            return await get(fetch, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/page")

    assert "no TLS connection" in str(run(test()))


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_unusable_certificates_in_the_environment_are_told(
    content: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    file = f"{tmp_path}/ca.pem"
    if content:
        with open(file, "w") as out:  # noqa: PTH123
            out.write(content)
    monkeypatch.setenv("SSL_CERT_FILE", file)
    assert "certificates named by the environment cannot be used" in problem(reply())


# ------------------------------------------------------------------------------------------------ secrets
def test_secrets_reach_neither_messages_nor_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def test() -> tuple[Fetched | FetchError, list[Asked]]:
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
