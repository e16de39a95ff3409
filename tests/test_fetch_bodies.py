"""Bodies: encodings, caps and ends."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib

import pytest
from _fetching import Result, ask, fetcher, forget_environment, get, run, told
from _origin import Asked, Reply, bomb, broken, closing, gzipped, reply, serving, silent

from finder.errors import FetchError
from finder.model import Fetched

ROWS = json.dumps([{"title": f"Machine Learning Intern {n}", "id": n} for n in range(400)]).encode()
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_environment(monkeypatch)


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip, br", "gzip," * 200 + "gzip", "?\x80"]
)
def test_an_encoding_not_asked_for_is_refused(encoding: str) -> None:
    assert "which was not asked for" in told(reply(200, bytes(809), content_encoding=encoding))


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

    assert told(talk, max_bytes=MIB) == "answer is larger than 1 MiB"


@pytest.mark.parametrize("packed", [True, False])
def test_the_cap_is_exact(packed: bool) -> None:
    answer = (lambda body: gzipped(body)) if packed else (lambda body: reply(200, body))
    fits = ask(answer(b"x" * 5000), max_bytes=5000)
    assert isinstance(fits, Fetched)
    assert len(fits.body) == 5000
    assert told(answer(b"x" * 5001), max_bytes=5000) == "answer is larger than 5000 bytes"


def test_a_gzip_body_cut_anywhere_is_an_error() -> None:
    packed = gzip.compress(ROWS)
    points = [*range(20), *range(20, len(packed) - 12, 97), *range(len(packed) - 12, len(packed))]

    async def test() -> list[Result]:
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
    assert "gzip" in told(reply(200, body, content_encoding="gzip"))


def test_gzip_members_are_one_body() -> None:
    doc = ask(reply(200, gzip.compress(ROWS) + gzip.compress(b"tail"), content_encoding="gzip"))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS + b"tail"


def test_a_body_cut_short_is_an_error() -> None:
    whole = reply(200, ROWS)
    head = whole.index(b"\r\n\r\n") + 4
    for cut in (head, head + 1, head + len(ROWS) // 2, len(whole) - 1):
        assert told(broken(whole[:cut])) == "the answer was cut short"
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1, 2\r\n"
    assert told(broken(chunked)) == "the answer was cut short"


def test_a_body_that_ends_with_its_connection_is_accepted() -> None:
    doc = ask(closing(ROWS))
    assert isinstance(doc, Fetched)
    assert doc.body == ROWS


@pytest.mark.parametrize("charset", ["hex", "zlib_codec", "rot13", "undefined", "idna", "no-such", "\x80"])
def test_odd_charsets_do_no_harm(charset: str) -> None:
    doc = ask(reply(200, b"[]", content_type=f"text/html; charset={charset}"))
    assert isinstance(doc, Fetched)
    assert doc.text == "[]"
