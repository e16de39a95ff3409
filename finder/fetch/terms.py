"""What holds for the requests of one source, and how its key travels: to one origin, and into nothing that is kept.

An address in our own hands never holds the key. It is put in as the request leaves, and taken out of what comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

import httpx

from finder.fetch import address
from finder.fetch.faults import Failure
from finder.model import BEARER, TokenAs

Headers = tuple[tuple[str, str], ...]

SHORTEST = 8
"""Characters: a shorter token is no secret, and may be any word of an answer."""

MASK = "***"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all requests of one source in one run."""

    max_bytes: int
    """Size of one answer, as received and as inflated."""
    deadline: float | None = None
    """Monotonic instant (seconds) at which the source's time is over."""
    token: str = field(default="", repr=False)
    """Secret, sent as `token_as` says to `token_origin` and to no other."""
    token_as: TokenAs = BEARER
    token_origin: str = ""
    """scheme://host[:port]"""
    agent: str = ""
    """What stands in User-Agent at `token_origin` instead of our name; '' for our name."""
    pace: float = 0.0
    """Seconds from one such request to the next at one host."""


def is_own(terms: Terms, url: httpx.URL) -> bool:
    """Whether the address belongs to the source itself, so that it may hear the key."""
    if not terms.token_origin:
        return False
    return address.origin(url) == address.origin(address.usable(terms.token_origin, allow_private=True))


def has_token(terms: Terms, url: httpx.URL) -> bool:
    """Whether a request to this address carries the key."""
    return bool(terms.token) and is_own(terms, url)


def headers(terms: Terms, url: httpx.URL) -> Headers:
    """Headers that the source's terms add to a request to this address, names in lower case."""
    told: list[tuple[str, str]] = []
    if has_token(terms, url) and terms.token_as.where == "header":
        told.append((terms.token_as.name.lower(), terms.token_as.template.format(terms.token)))
    if terms.agent and is_own(terms, url):
        told.append(("user-agent", terms.agent))
    return tuple(told)


def keyed(terms: Terms, url: httpx.URL) -> httpx.URL:
    """The address as it is sent."""
    if has_token(terms, url) and terms.token_as.where == "query":
        return url.copy_set_param(terms.token_as.name, terms.token_as.template.format(terms.token))
    return url


def unkeyed(terms: Terms, url: httpx.URL) -> httpx.URL:
    """The target of a redirect without our key, which hosts repeat. Raises Failure where it stands there otherwise."""
    if not terms.token:
        return url
    if terms.token_as.where == "query" and terms.token_as.name in url.params:
        url = url.copy_remove_param(terms.token_as.name)
    if any(form in str(url) for form in _forms(terms.token)):
        raise Failure("redirect refused: to an address that tells the key")
    return url


def scrubbed(terms: Terms, body: bytes, kept: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """An answer's body and headers with a mask where the host repeats our key: no message, excerpt or address of a next
    page can hold it then."""
    clear = dict(kept)
    for form in _forms(terms.token) if len(terms.token) >= SHORTEST else ():
        body = body.replace(form.encode(), MASK.encode())
        clear = {name: value.replace(form, MASK) for name, value in clear.items()}
    return body, clear


def _forms(token: str) -> set[str]:
    """The key as it is, and as addresses and JSON write it."""
    return {token, quote(token, safe=""), quote(token), quote_plus(token), token.replace("/", r"\/")}
