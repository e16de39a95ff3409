"""Bad talk on the line: what is not HTTP, what does not come, what cannot be reached or trusted."""

from __future__ import annotations

import asyncio
import socket
import ssl
import warnings

import pytest
import trustme
from _fetching import NOON, Result, ask, fetcher, forget_environment, get, run, secured, told
from _origin import Asked, Reply, broken, pages, reply, serving, silent

from finder.errors import FetchError, NoHost
from finder.model import Fetched

ROWS = b'[{"title": "Machine Learning Intern"}]' * 40


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


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
    assert told(broken(data)).startswith(words)


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
    assert told(talk, timeout=0.1) == "no answer within 0.1 s"


def test_a_source_has_a_deadline() -> None:
    async def test() -> Result:
        async with serving(pages(page=silent())) as origin, fetcher() as fetch:
            return await get(fetch, f"{origin.url}/page", deadline=asyncio.get_running_loop().time() + 0.1)

    result = run(test())
    assert isinstance(result, FetchError)
    assert result.problem == "the source's time is over"


def test_after_a_timeout_the_host_can_be_asked_again() -> None:
    def script(asked: Asked) -> Reply:
        return silent() if asked.path == "/slow" else reply(200, b"[]")

    async def test() -> list[Result]:
        async with serving(script) as origin, fetcher(timeout=0.1) as fetch:
            return [await get(fetch, f"{origin.url}/{path}") for path in ("slow", "page", "slow", "page")]

    results = run(test())
    assert [isinstance(result, Fetched) for result in results] == [False, True, False, True]


def _closed_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


def test_a_closed_port_is_told() -> None:
    async def test() -> tuple[Result, int]:
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

    async def test() -> Result:
        async with fetcher() as fetch:
            return await get(fetch, "http://lists.example/page")

    result = run(test())
    assert type(result) is NoHost  # though robots.txt was what could not be asked
    assert "robots.txt of lists.example could not be asked: host name not found" in str(result)


# ------------------------------------------------------------------------------------------------ TLS
def test_the_certificates_named_by_the_environment_are_trusted() -> None:
    doc = ask(reply(200, ROWS), tls=secured())
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS


def test_an_unknown_authority_is_not_trusted() -> None:
    assert "certificate not trusted" in told(reply(), tls=secured(authority=trustme.CA()))


def test_a_certificate_for_another_host_is_not_trusted() -> None:
    text = told(reply(), tls=secured("elsewhere.example"))
    assert "certificate not trusted" in text
    assert "127.0.0.1" in text


def test_an_expired_certificate_is_not_trusted() -> None:
    assert "certificate not trusted" in told(reply(), tls=secured(not_after=NOON.replace(year=2020)))


def test_an_old_tls_is_refused() -> None:
    context = secured()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    assert "no TLS connection" in told(reply(), tls=context)


def test_plain_http_where_tls_is_due_is_told() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def test() -> Result:
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
    assert "certificates named by the environment cannot be used" in told(reply())
