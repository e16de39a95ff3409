"""Which addresses may be asked, and how an address may be shown. Read by httpx's own parser, so that what is checked is
what is connected to."""

from __future__ import annotations

import ipaddress
import re
import socket

import httpx

from finder.fetch.faults import Failure

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_TRICKS = re.compile(r"[\\\s\x00-\x1f\x7f]")
"""A backslash is part of the user name to one parser and ends the host to another; no address needs one."""

_USERINFO = re.compile(r"(?<=//)[^/?#]*@")
_SECRET = re.compile(
    r"(?i)([?&;#](?:[^=&;#]*(?:token|secret|passw(?:or)?d|signature)|(?:[^=&;#]*[_.-])?(?:(?:api|app|access)?key|auth|pwd|sig))=)"
    r"[^&;#]*"
)

_BARRED = re.compile(
    r"(?:^|\.)(?:linkedin\.com|lnkd\.in|indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})|glassdoor\.(?:com?|[a-z]{2}|com?\.[a-z]{2})"
    r"|joinhandshake\.com)$"
)
"""Their user agreements forbid automated access (LinkedIn's: §8.2). Their links are shown as others found them; their
pages are never read."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052 §2.1: the last 32 bits are an IPv4 address."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def usable(url: str, *, allow_private: bool) -> httpx.URL:
    """Read an address that may be asked. Raises Failure for any other, naming its scheme if that is the reason."""
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() not in ("http", "https"):
        raise Failure(f"{scheme[1].lower()}: is not http or https" if scheme else "not an http or https address")
    if _TRICKS.search(url):
        raise Failure("white space or a backslash in the address")
    try:
        parsed = httpx.URL(url)
        host = parsed.host and parsed.raw_host.decode("ascii")  # the first decodes IDNA, as the transport will
    except (httpx.InvalidURL, ValueError):
        raise Failure("not a usable address") from None  # the cause would quote the address, secrets included
    if not host:
        raise Failure("no host in the address")
    if parsed.port is not None and not 0 < parsed.port < 65_536:
        raise Failure("no such port")
    if parsed.userinfo:
        raise Failure("a user name or password in the address")
    if not allow_private and is_private(host):
        raise Failure("the address is private")
    return parsed.copy_with(fragment=None)


def joined(base: httpx.URL, location: str, *, allow_private: bool) -> httpx.URL:
    """The target of a redirect. Raises Failure where it may not be followed."""
    try:
        target = location if _SCHEME.match(location) else str(base.join(location))
    except (httpx.InvalidURL, ValueError):
        raise Failure("redirected to an unusable address") from None
    try:
        url = usable(target, allow_private=allow_private)
    except Failure as failure:
        raise Failure(f"redirect refused: {failure.problem}") from None
    if base.scheme == "https" and url.scheme == "http":
        raise Failure("redirect refused: from https to http")
    return url


def origin(url: httpx.URL) -> str:
    """scheme://host[:port], the port only where it is not the scheme's own (RFC 6454)."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def host_of(url: httpx.URL) -> str:
    """host[:port]: what is paced, held and named to people."""
    return url.netloc.decode("ascii")


def mask(url: str) -> str:
    """The address for messages: no user name or password, no value of a query key that names a secret."""
    return _SECRET.sub(r"\1***", _USERINFO.sub("***@", url))


def is_barred(url: httpx.URL) -> bool:
    """Whether the terms of the host forbid any reading by programs, so that not even its robots.txt is asked."""
    return _BARRED.search(url.host.lower().rstrip(".")) is not None


def is_private(host: str) -> bool:
    """Whether a literal IP address, in any spelling that resolvers take, is not a public one, or names this machine.

    Says False for other names: their addresses are checked once connected.
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _literal(name.strip("[]"))
    return address is not None and not is_public(address)


def is_this_machine(host: str) -> bool:
    """Whether it is a literal loopback address, or a name of one (RFC 6761 §6.3)."""
    name = host.rstrip(".").lower()
    address = _literal(name.strip("[]"))
    return address.is_loopback if address else name == "localhost" or name.endswith(".localhost")


def is_public(address: Address) -> bool:
    """Globally reachable unicast by the IANA registries; an IPv6 form that carries an IPv4 address counts as that."""
    inner = _inner(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None:
        return is_public(inner)
    local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local  # deprecated, but still routed inside
    return address.is_global and not address.is_multicast and not local


def _literal(host: str) -> Address | None:
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host.partition("%")[0])
        except ValueError:
            return None
    try:  # reads 127.1, 0x7f000001, 2130706433 and 0177.0.0.1 the way the resolver does
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64 or int(address) >> 32 == 0:  # the second: ::a.b.c.d, deprecated by RFC 4291 §2.5.5.1
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
