"""The pure parts of fetching: waits, bodies, and the words for errors."""

from __future__ import annotations

import gzip
import socket
import ssl
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from _fetching import NOON
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.errors import FetchError, NoHost
from finder.fetch import address, waits
from finder.fetch.body import STEP, Body, size
from finder.fetch.faults import Failure, plain, translate

WEEK = 7 * 86_400.0


# ------------------------------------------------------------------------------------------------ Retry-After
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 1),
        ("00030", 30),
        ("604800", WEEK),
        ("604801", WEEK),
        ("1000000000", WEEK),
        ("9" * 20, WEEK),
        ("9" * 10_000, WEEK),
        ("", None),
        ("-5", None),
        ("+5", None),
        ("120.5", None),
        ("1e9", None),
        ("120, 60", None),
        ("1_000", None),
        ("0x10", None),
        ("\u0661\u0662\u0660", None),
        ("\u00b2", None),
        ("soon", None),
        ("soon, or later", None),
        ("NaN", None),
        ("inf", None),
        ("Mon, 24 Aug 2026 12:02:00 GMT", 120),
        ("Monday, 24-Aug-26 12:02:00 GMT", 120),
        ("Mon Aug 24 12:02:00 2026", 120),
        ("Mon, 24 Aug 2026 11:00:00 GMT", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", WEEK),
        ("Mon, 99 Aug 2026 12:02:00 GMT", None),
        ("Mon, 24 Aug 2026 99:02:00 GMT", None),
        ("Mon, 24 Aug 99999 12:02:00 GMT", None),
        ("2026-08-24T12:02:00Z", None),
        ("Mon," + " " * 100, None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert waits.retry_after(value, NOON) == seconds


@given(
    st.text(max_size=45) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,5} [\d:]{1,10} [A-Z+\-0-9]{0,6}")
)
@settings(max_examples=300)
def test_no_retry_after_fails_or_leaves_its_bounds(value: str) -> None:
    seconds = waits.retry_after(value, NOON)
    assert seconds is None or 1 <= seconds <= WEEK


@given(st.integers(-10, 10_000_000))
@settings(max_examples=50)
def test_a_date_means_the_seconds_until_then(seconds: int) -> None:
    value = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)
    assert waits.retry_after(value, NOON) == min(max(seconds, 1), WEEK)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "7"}, 7),
        (503, {"retry-after": "7"}, 7),
        (403, {"retry-after": "7"}, 7),
        (404, {"retry-after": "7"}, None),
        (200, {"retry-after": "7"}, None),
        (429, {}, None),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{NOON.timestamp() + 90:.0f}"}, 90),
        (403, {"x-ratelimit-remaining": "1", "x-ratelimit-reset": f"{NOON.timestamp() + 90:.0f}"}, None),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{NOON.timestamp() - 90:.0f}"}, None),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "60"}, 60),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600"}, 3600),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "0"}, None),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{7 * 86_400 + 1}"}, None),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9" * 5000}, None),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, None),
        (429, {"x-ratelimit-remaining": "0"}, None),
        (
            403,
            {"retry-after": "7", "x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{NOON.timestamp() + 90:.0f}"},
            7,
        ),
    ],
)
def test_what_an_answer_asks_to_wait(status: int, headers: dict[str, str], seconds: float | None) -> None:
    assert waits.asked_wait(status, headers, NOON) == seconds


def test_back_off_doubles_and_ends() -> None:
    assert [waits.back_off(attempt, 0.0) for attempt in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert waits.back_off(2, 0.999) == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(
    ("status", "wait", "again"),
    [
        (429, None, True),
        (500, None, True),
        (503, 9.0, True),
        (403, 9.0, True),
        (403, None, False),
        (404, None, False),
        (200, None, False),
    ],
)
def test_what_may_pass(status: int, wait: float | None, again: bool) -> None:
    assert waits.transient(status, wait) is again


# ------------------------------------------------------------------------------------------------ bodies
def inflated(packed: bytes, cap: int, pieces: int, *, cut: bool = False) -> bytes:
    body = Body(["gzip"], cap, cut=cut)
    for start in range(0, len(packed), pieces):
        body.feed(packed[start : start + pieces])
    return body.finish()


@given(st.binary(max_size=3000), st.integers(1, 50), st.integers(1, 700))
@settings(max_examples=60)
def test_inflating_in_pieces_is_inflating(data: bytes, times: int, pieces: int) -> None:
    data *= times
    assert inflated(gzip.compress(data), len(data) + 64, pieces) == data


@given(st.binary(min_size=1, max_size=500), st.integers(1, 40), st.integers(1, 300), st.integers(1, 5000))
@settings(max_examples=60)
def test_a_cut_body_is_the_beginning(data: bytes, times: int, pieces: int, cap: int) -> None:
    data *= times
    assert inflated(gzip.compress(data), cap, pieces, cut=True) == data[:cap]


@pytest.mark.parametrize("extra", [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP])
def test_steps_lose_nothing(extra: int) -> None:
    data = bytes(range(256)) * (STEP // 256) + b"x" * extra
    assert inflated(gzip.compress(data), len(data), 65_536) == data
    with pytest.raises(Failure, match="larger than"):
        inflated(gzip.compress(data + b"!"), len(data), 65_536)


def test_what_is_received_is_bounded_too() -> None:
    members = gzip.compress(b"") * 30
    with pytest.raises(Failure, match="larger than 100 bytes"):
        inflated(members, 100, 50)


@pytest.mark.parametrize(
    ("count", "words"),
    [(32 * 1024 * 1024, "32 MiB"), (500 * 1024, "500 KiB"), (1, "1 byte"), (1000, "1000 bytes"), (1025, "1025 bytes")],
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words


# ------------------------------------------------------------------------------------------------ words for errors
@pytest.mark.parametrize(
    ("error", "words", "transient"),
    [
        (httpx.ReadError("x"), "connection lost", True),
        (httpx.WriteError("x"), "connection lost", True),
        (httpx.ConnectError("x"), "no connection", True),
        (httpx.ProxyError("502 Bad\x1b[31m Gateway"), "the proxy answered 502 Bad [31m Gateway", False),
        (httpx.LocalProtocolError("Illegal header value"), "not sent: Illegal header value", False),
        (httpx.InvalidURL("CANARY"), "not a usable address or answer: InvalidURL", False),
        (UnicodeError("CANARY"), "not a usable address or answer: UnicodeError", False),
        (AssertionError("CANARY"), "not a usable address or answer: AssertionError", False),
    ],
)
def test_foreign_errors_in_our_words(error: Exception, words: str, transient: bool) -> None:
    failure = translate(error)
    assert (failure.problem, failure.transient) == (words, transient)


@pytest.mark.parametrize(
    ("cause", "words", "transient"),
    [
        (ConnectionRefusedError(), "connection refused", True),
        (ExceptionGroup("all", [ConnectionRefusedError(), OSError()]), "connection refused", True),
        (OSError(113, "No route to host"), "no connection", True),
        (socket.gaierror(socket.EAI_NONAME, "x"), "host name not found", False),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "host name not found", True),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] x"), "no TLS connection: failed", False),
    ],
)
def test_the_first_cause_counts(cause: Exception, words: str, transient: bool) -> None:
    middle = OSError("All connection attempts failed")
    middle.__cause__ = cause
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = middle
    failure = translate(error)
    assert (failure.problem, failure.transient) == (words, transient)


@pytest.mark.parametrize(
    ("error", "missing"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), True),
        (socket.gaierror(socket.EAI_AGAIN, "x"), False),
        (httpx.ProxyError("502 Bad Gateway"), True),
        (httpx.ProxyError("503 Service Unavailable"), True),
        (httpx.ProxyError("504 Gateway Timeout"), False),
        (httpx.ProxyError("407 Proxy Authentication Required"), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_a_host_that_does_not_exist_is_told_apart(error: Exception, missing: bool) -> None:
    assert translate(error).error is (NoHost if missing else FetchError)


def test_foreign_words_are_short_and_printable() -> None:
    assert plain("a\x1b[2Jb\r\nc\u2028" + "x" * 1000).startswith("a [2Jb  c x")
    assert len(plain("x" * 1000)) == 200


def test_certificates_are_always_verified() -> None:
    """No source file of the room turns verification off."""
    room = Path(address.__file__).parent
    text = "".join(file.read_text("utf-8") for file in room.glob("*.py")).replace(" ", "")
    assert "verify=False" not in text and "CERT_NONE" not in text and "check_hostname=False" not in text
