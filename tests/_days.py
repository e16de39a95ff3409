"""A month in seconds: hosts that note what they are asked, and a machine whose time only waiting moves.

There are three clocks. `monotonic` is what waiting moves. `true` is what the hosts live by: it also goes on while the
machine sleeps. `wall` is what the machine shows: the true time, plus what somebody set it wrong by.
"""

from __future__ import annotations

import asyncio
import random
import selectors
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx

START = datetime(2026, 8, 22, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


class Killed(BaseException):
    """The process is no more."""


# ------------------------------------------------------------------------------------------------ time
@dataclass
class Time:
    """Seconds since START."""

    monotonic: float = 0.0
    asleep: float = 0.0
    wrong: float = 0.0

    @property
    def true(self) -> float:
        return self.monotonic + self.asleep

    @property
    def wall(self) -> float:
        return self.true + self.wrong

    def now(self) -> datetime:
        return START + timedelta(seconds=self.wall)


class _Selector(selectors.SelectSelector):
    """Does not wait: the time of waiting has passed when it is asked for."""

    def __init__(self, time: Time) -> None:
        super().__init__()
        self._time = time

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "nothing will ever happen"
            self._time.monotonic += max(timeout, 0.0)
        return ready


def runner(time: Time) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """`asyncio.run`, on a loop that lives by this time."""

    def loop() -> asyncio.AbstractEventLoop:
        made = asyncio.SelectorEventLoop(_Selector(time))
        made.time = lambda: time.monotonic  # type: ignore[method-assign]
        return made

    def run(main: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=loop) as running:
            return running.run(main)

    return run


# ------------------------------------------------------------------------------------------------ hosts
@dataclass(frozen=True)
class Asked:
    """One request as its host noted it. `wait`: the seconds it was told to stay away, 0 for none."""

    run: int
    true: float
    wall: float
    host: str
    path: str
    status: int
    wait: float = 0.0


@dataclass
class Host:
    """What a host says. `closed`: the beginnings of paths that its robots.txt disallows."""

    pages: dict[str, str | Callable[[float], str]]
    delay: float = 0.0
    closed: tuple[str, ...] = ()
    sour_until: float = 0.0
    """True time until which it answers nobody."""
    dated: bool = False
    status: int = 429

    @property
    def robots(self) -> str:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in self.closed)]
        return "\n".join([*lines, *([f"Crawl-delay: {self.delay:g}"] if self.delay else [])])

    def page(self, path: str, true: float) -> tuple[int, str]:
        if path == "/robots.txt":
            return (200, self.robots) if self.delay or self.closed else (404, "")
        told = self.pages.get(path, "")
        told = told if isinstance(told, str) else told(true)
        return (302 if told.startswith("http") else 200 if path in self.pages else 404), told


class _Bytes(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body


@dataclass
class World(httpx.AsyncBaseTransport):
    """All hosts, and the log of what they were asked."""

    hosts: dict[str, Host]
    seed: int = 0
    time: Time = field(default_factory=Time)
    log: list[Asked] = field(default_factory=list)
    run: int = 0
    lives: float = float("inf")
    """Events until the process dies: requests, answers, and what is written to the store."""
    fatal: str = ""
    """A host at whose every 17th answer it dies too."""
    calm: float = 4 * DAY
    """Nothing happens before."""
    told: Counter[str] = field(default_factory=Counter)
    """How often each host was asked, and how often one of them went sour."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def live(self) -> None:
        """One event of the process. Once it is dead it stays so."""
        self.lives -= 1
        if self.lives <= 0:
            raise Killed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.live()
        host, path = request.url.host, request.url.path
        self._jump()
        self.told[host] += 1
        status, headers, body = self._answer(self.hosts.setdefault(host, Host({})), path, request)
        wait = float(headers.pop("wait", 0))
        self.log.append(Asked(self.run, self.time.true, self.time.wall, host, path, status, wait))
        await asyncio.sleep(self.chance.uniform(0.05, 0.6))
        self.live()
        if host == self.fatal and self.told[host] % 17 == 0:
            self.lives = 0
            raise Killed
        return httpx.Response(status, headers=headers, stream=_Bytes(body))

    def _answer(self, host: Host, path: str, request: httpx.Request) -> tuple[int, dict[str, str], bytes]:
        if self.time.true >= host.sour_until:
            self._turn_sour(host)
        if self.time.true < host.sour_until:
            return host.status, self._stay_away(host), b""
        status, text = host.page(path, self.time.true)
        mark = f'"{text}"' if path != "/robots.txt" else ""
        if status == 302:
            return status, {"location": text}, b""
        if mark and mark == request.headers.get("if-none-match"):
            return 304, {"etag": mark}, b""
        return status, {"etag": mark} if mark else {}, text.encode()

    def _turn_sour(self, host: Host) -> None:
        """Now and then a host has enough for some time, told in either form; sometimes for a few seconds only."""
        if self.chance.random() < 0.04 and self.time.true > self.calm:
            number = self.told["sour"]
            host.sour_until = self.time.true + (3.0, 20 * MINUTE, 5 * HOUR, 4.0, 40 * HOUR)[number % 5]
            host.dated, host.status = number % 2 == 0, (429, 503)[number // 2 % 2]
            self.told["sour"] += 1

    def _stay_away(self, host: Host) -> dict[str, str]:
        left = host.sour_until - self.time.true
        if not host.dated:
            wait = float(int(left) + 1)
            return {"retry-after": f"{wait:.0f}", "wait": f"{wait}"}
        until = START + timedelta(seconds=int(host.sour_until) + 1)
        wait = (until - START).total_seconds() - self.time.true
        return {"retry-after": format_datetime(until, usegmt=True), "wait": f"{wait}"}

    def _jump(self) -> None:
        """Seldom the machine sleeps in the middle of a run, or its clock is set."""
        if len(self.log) % 211 == 210:
            self.time.asleep += self.chance.uniform(MINUTE, 6 * HOUR)
        elif len(self.log) % 307 == 306:
            self.set_clock()

    def set_clock(self) -> None:
        """The clock is set: back by up to three hours, or right again."""
        self.time.wrong = self.chance.choice([0.0, -self.chance.uniform(MINUTE, 3 * HOUR)])

    def pause(self) -> None:
        """Until the next full hour the clock shows; now and then the machine is off for long, or its clock is set."""
        self.time.monotonic += HOUR - self.time.wall % HOUR
        if self.time.true < self.calm:
            return
        if self.run % 67 == 0:
            self.time.asleep += HOUR * self.chance.randint(1, 30)
        elif self.run % 41 == 0:
            self.set_clock()
