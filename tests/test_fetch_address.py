"""Addresses: which may be asked, and how they are shown."""

from __future__ import annotations

import ipaddress

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.fetch import address
from finder.fetch.faults import Failure
from finder.fetch.hosts import quota

PRIVATE = """
    127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0177.1 017700000001 0.0.0.0 0 10.0.0.1
    10.1 167772161 172.16.0.1 172.31.255.255 192.168.0.1 192.168.257 169.254.169.254 0xa9fea9fe 2852039166
    100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1
    240.0.0.1 255.255.255.255 localhost LOCALHOST localhost. a.localhost 127.0.0.1. :: ::1 [::1] 0:0:0:0:0:0:0:1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe [::ffff:7f00:1] ::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1
    fd12:3456::1 fec0::1 ff02::1 2001:db8::1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 2002:7f00:1:: 2002:a00:1:: 100::1
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


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("2130706433", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("one.localhost", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("93.184.216.34", False),
        ("lists.example", False),
        ("localhost.example", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(host: str, here: bool) -> None:
    assert address.is_this_machine(host) is here


@pytest.mark.parametrize(
    "host",
    [
        "linkedin.com",
        "de.LinkedIn.com",
        "lnkd.in",
        "www.indeed.com",
        "indeed.co.uk",
        "de.indeed.com",
        "www.glassdoor.com",
        "glassdoor.co.uk",
        "glassdoor.de",
        "app.joinhandshake.com.",
    ],
)
def test_hosts_whose_terms_forbid_programs(host: str) -> None:
    assert address.is_barred(httpx.URL(f"https://{host}/jobs/view/1"))


@pytest.mark.parametrize(
    "host", ["linkedin.com.example", "notlinkedin.com", "indeed.example", "myglassdoor.com", "lnkd.in.example"]
)
def test_their_namesakes_are_asked(host: str) -> None:
    assert not address.is_barred(httpx.URL(f"https://{host}/linkedin.com"))
