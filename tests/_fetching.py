"""Fetching in tests: a fetcher for loopback that neither paces nor sleeps, and short ways to ask with it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import trustme
from _origin import Asked, Origin, Reply, Script, pages, reply, serving

from finder.config.settings import FetchSettings
from finder.errors import FetchError
from finder.fetch import Fetcher, Terms
from finder.fetch.wire import Answer, Message, Wire
from finder.model import Fetched, Request, Validators

T = TypeVar("T")
Result = Fetched | FetchError

NOON = datetime(2026, 8, 24, 12, 0, tzinfo=UTC)
"""The time in every test of fetching."""

ENVIRONMENT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""What the environment may say about fetching."""


AUTHORITY = trustme.CA()
"""Trusted in tests unless they say otherwise: one certificate is read faster than the 140 of the world."""


def forget_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that this machine sets for fetching reaches the test."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    file = Path.home() / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


NONE = Validators()

TERMS = tuple(term.name for term in fields(Terms))


def secured(name: str = "127.0.0.1", *, authority: trustme.CA = AUTHORITY, **others: Any) -> ssl.SSLContext:
    """What a server needs for TLS under this name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **others).configure_cert(context)
    return context


@dataclass
class Time:
    """A monotonic clock that only sleeping moves: whoever sleeps the least wakes first."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)
    alarms: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        until = self.now + seconds
        self.alarms.append(until)
        try:
            while self.now < until:
                await asyncio.sleep(0.001)
                if until == min(self.alarms):
                    self.now = max(self.now, until)
        finally:
            self.alarms.remove(until)


def starts(monkeypatch: pytest.MonkeyPatch, time: Time) -> list[tuple[str, float]]:
    """Path and time of each request as it starts; fills up while requests are made."""
    found: list[tuple[str, float]] = []
    exchange = Wire.exchange

    async def noted(wire: Wire, client: httpx.AsyncClient, message: Message) -> Answer:
        found.append((message.url.path, time.now))
        return await exchange(wire, client, message)

    monkeypatch.setattr(Wire, "exchange", noted)
    return found


def fetcher(
    *, time: Time | None = None, holds: dict[str, datetime] | None = None, now: datetime = NOON, **settings: Any
) -> Fetcher:
    """A fetcher that may ask loopback, does not pace and does not sleep, unless told otherwise."""
    time = time or Time()
    given = FetchSettings(
        **{"allow_private": True, "pace": 0.0, "timeout": 5.0, "contact": "mailto:me@example.org"} | settings
    )
    return Fetcher(
        given, now=lambda: now, holds=holds or {}, sleep=time.sleep, monotonic=time.monotonic, jitter=lambda: 0.0
    )


async def get(fetcher: Fetcher, url: str, validators: Validators = NONE, **others: Any) -> Fetched | FetchError:
    """What came of asking once: the answer, or the error instead of raising it."""
    terms = {name: others.pop(name) for name in TERMS if name in others}
    terms.setdefault("max_bytes", 32 * 1024 * 1024)
    try:
        return await fetcher.fetch(Request(url, **others), validators, Terms(**terms))
    except FetchError as error:
        return error


def run(test: Coroutine[Any, Any, T]) -> T:
    """Run an async test; one that hangs fails."""
    return asyncio.run(asyncio.wait_for(test, 20))


def problem(result: Result) -> str:
    """The words of an error; fails for an answer."""
    assert isinstance(result, FetchError), result
    return result.problem


def ask(answer: Reply, *, tls: ssl.SSLContext | None = None, timeout: float = 5.0, **others: Any) -> Result:
    """What comes of one answer to one request for /page, without retries."""

    async def test() -> Result:
        async with serving(pages(page=answer), tls=tls) as origin, fetcher(timeout=timeout, retries=0) as fetch:
            return await get(fetch, f"{origin.url}/page", **others)

    return run(test())


def ask_all(script: Script, *paths: str, time: Time | None = None, **settings: Any) -> tuple[list[Result], Origin]:
    """What comes of asking for the paths one after the other, and the origin that was asked."""

    async def test() -> tuple[list[Result], Origin]:
        async with serving(script) as origin, fetcher(time=time, **settings) as fetch:
            return [await get(fetch, f"{origin.url}{path}") for path in paths], origin

    return run(test())


def in_turn(*replies: Reply) -> Script:
    """Answers in this order, the last one for ever; robots.txt is 404."""
    left = list(replies)

    def script(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return reply(404)
        return left.pop(0) if len(left) > 1 else left[0]

    return script


def told(answer: Reply, **others: Any) -> str:
    """The words for one answer that is not accepted."""
    return problem(ask(answer, **others))


def led(script: Script, **others: Any) -> tuple[Result, Origin]:
    """What comes of asking for /page."""

    async def test() -> tuple[Result, Origin]:
        async with serving(script) as origin, fetcher(retries=0) as fetch:
            return await get(fetch, f"{origin.url}/page", **others), origin

    return run(test())
