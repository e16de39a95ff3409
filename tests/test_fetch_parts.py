"""The pure parts of fetching: addresses, waits, bodies, and the words for errors."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from _origin import NOON
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.fetch import address, waits
from finder.fetch.body import STEP, Body, size
from finder.fetch.faults import Failure, plain, translate
from finder.fetch.hosts import quota

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
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "60"}, None),
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


# ------------------------------------------------------------------------------------------------ addresses
PRIVATE = """
    127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0177.1 017700000001 0.0.0.0 0 10.0.0.1 10.1 167772161 172.16.0.1 172.31.255.255 192.168.0.1 192.168.257 169.254.169.254 0xa9fea9fe 2852039166 100.64.0.1
    100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1
    255.255.255.255 localhost LOCALHOST localhost. a.localhost 127.0.0.1. :: ::1 [::1] 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    ::ffff:a9fe:a9fe [::ffff:7f00:1] ::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 fec0::1 ff02::1 2001:db8::1
    64:ff9b::7f00:1 64:ff9b::10.0.0.1 2002:7f00:1:: 2002:a00:1:: 100::1
""".split()  # noqa: SIM905

PUBLIC = """
    8.8.8.8 1.1.1.1 134744072 0x08080808 172.32.0.1 100.63.255.255 100.128.0.1 192.169.0.1 11.0.0.1 2606:4700::1111
    [2606:4700::1111] ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808:: example.org localhost.example api.github.com
    10.example 127.0.0.1.example 1e100.net 0x.example
""".split()  # noqa: SIM905


@pytest.mark.parametrize("host", PRIVATE)
def test_private_in_any_spelling(host: str) -> None:
    assert address.is_private(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_hosts_are_not_private(host: str) -> None:
    assert not address.is_private(host)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
@settings(max_examples=50)
def test_every_spelling_of_a_private_address(ip: ipaddress.IPv4Address) -> None:
    number, (a, b, c, d) = int(ip), ip.packed
    whole = (str(ip), str(number), hex(number), f"0{number:o}", f"::ffff:{ip}", f"64:ff9b::{ip}")
    for host in (*whole, f"{a}.{b}.{c * 256 + d}", f"{a}.{number & 0xFFFFFF}", f"0x{a:x}.{b}.0{c:o}.{d}"):
        assert address.is_private(host), host


@pytest.mark.parametrize("host", [*(h for h in PRIVATE if "%" not in h), "2852039166", "0xa9.0xfe.0251.0376"])
def test_no_private_address_is_usable(host: str) -> None:
    host = f"[{host}]" if ":" in host and "[" not in host else host
    for url in (f"http://{host}/", f"https://{host}:8443/x?y", f"HTTP://{host}"):
        with pytest.raises(Failure):
            address.usable(url, allow_private=False)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "not an http"),
        ("//lists.example/", "not an http"),
        ("lists.example", "not an http"),
        ("file:///etc/passwd", "file: is"),
        ("ws://lists.example/", "ws: is"),
        ("http://a\\@b/", "backslash"),
        ("http://me@lists.example/", "user name"),
        ("http://lists.example@127.0.0.1/", "user name"),
        ("http://lists.example\t/", "white space"),
        ("http://lists.example/a b", "white space"),
        ("\x00http://lists.example/", "not an http"),
        ("http://lists.example:0/", "no such port"),
        ("http://lists.example:70000/", "no such port"),
        ("http://lists.example:9x/", "not a usable"),
        ("http://xn--/", "not a usable"),
        ("http://127\u30020\u30020\u30021/", "private"),
        ("http://\uff11\uff12\uff17.0.0.1/", "not a usable"),
        ("http://" + "a" * 66_000, "not a usable"),
    ],
)
def test_addresses_that_may_not_be_asked(url: str, words: str) -> None:
    with pytest.raises(Failure, match=words):
        address.usable(url, allow_private=False)


@given(st.text(max_size=40).map(lambda text: f"http://{text}"))
@settings(max_examples=300)
def test_reading_an_address_fails_in_one_way(url: str) -> None:
    try:
        parsed = address.usable(url, allow_private=False)
    except Failure:
        return
    assert parsed.scheme == "http" and parsed.host
    assert address.host_of(parsed) and address.origin(parsed)


@pytest.mark.parametrize(
    ("url", "origin", "host"),
    [
        ("https://Lists.Example:443/a?b#c", "https://lists.example", "lists.example"),
        ("http://lists.example:443/", "http://lists.example:443", "lists.example:443"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]", "[2606:4700::1111]"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_origins_and_hosts(url: str, origin: str, host: str) -> None:
    parsed = address.usable(url, allow_private=False)
    assert (address.origin(parsed), address.host_of(parsed)) == (origin, host)
    assert "#" not in str(parsed)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://api.github.com/search/repositories?q=ml", "api.github.com/search"),
        ("https://api.github.com/repos/a/b", "api.github.com"),
        ("https://api.github.com/searching", "api.github.com"),
        ("https://lists.example/search/x", "lists.example"),
    ],
)
def test_quotas(url: str, kept: str) -> None:
    assert quota(httpx.URL(url)) == kept


@pytest.mark.parametrize(
    "url",
    [
        "https://me:CANARY@lists.example/",
        "https://CANARY@lists.example/x",
        "https://a.example/?api_key=CANARY&q=1",
        "https://a.example/?q=1&APIKEY=CANARY",
        "https://a.example/?app_key=CANARY#x",
        "https://a.example/?key=CANARY",
        "https://a.example/?x-api-key=CANARY",
        "https://a.example/?access_token=CANARY;b=1",
        "https://a.example/?authToken=CANARY",
        "https://a.example/?client_secret=CANARY",
        "https://a.example/?password=CANARY&passwd=CANARY&pwd=CANARY",
        "https://a.example/?sig=CANARY&X-Amz-Signature=CANARY",
        "https://a.example/#access_token=CANARY",
    ],
)
def test_secrets_are_masked(url: str) -> None:
    assert "CANARY" not in address.mask(url)
    assert "***" in address.mask(url)


@pytest.mark.parametrize("url", ["https://a.example/?keyword=python&monkey=1&q=token", "https://a.example/a@b?c=d@e"])
def test_nothing_else_is_masked(url: str) -> None:
    assert address.mask(url) == url


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


def test_foreign_words_are_short_and_printable() -> None:
    assert plain("a\x1b[2Jb\r\nc\u2028" + "x" * 1000).startswith("a [2Jb  c x")
    assert len(plain("x" * 1000)) == 200


def test_certificates_are_always_verified() -> None:
    """No source file of the room turns verification off."""
    room = Path(address.__file__).parent
    text = "".join(file.read_text("utf-8") for file in room.glob("*.py")).replace(" ", "")
    assert "verify=False" not in text and "CERT_NONE" not in text and "check_hostname=False" not in text
