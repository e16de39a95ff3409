"""Whose turn it is: how many hosts at once, how many connections to each, how long between two requests.

Each host has a small client of its own: httpx's single pool costs ten times the CPU at 100 connections, and one slow
host cannot keep the others' connections.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from finder.config.settings import FetchSettings
from finder.fetch import address
from finder.fetch.faults import Failure
from finder.fetch.wire import set_location_aside

GITHUB_SEARCH = "api.github.com/search"
"""GitHub's search has a quota of its own, apart from that of the host."""

SEARCH_PACE, SEARCH_PACE_TOKEN = 6.0, 2.0
"""Seconds between searches: GitHub allows 10 a minute, 30 with a token."""

OPEN_FACTOR = 4
"""Clients kept open, as a multiple of the hosts asked at once: an idle one holds a socket."""

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Clock:
    """Waiting, and the seconds by which it is measured; tests bring their own."""

    monotonic: Callable[[], float]
    sleep: Sleep


class Pace:
    """When the next request of a queue may start. `interval` in seconds, from start to start."""

    def __init__(self, interval: float, clock: Clock) -> None:
        self.interval = interval
        self.queue = asyncio.Lock()
        self._clock = clock
        self._last = self._not_before = float("-inf")

    @property
    def left(self) -> float:
        """Seconds until a request may start; not above 0: now."""
        return max(self._last + self.interval, self._not_before) - self._clock.monotonic()

    async def wait(self) -> None:
        """Sleep until a request may start, be that put off meanwhile or not."""
        while (left := self.left) > 0:
            await self._clock.sleep(left)

    def started(self) -> None:
        """A request starts now."""
        self._last = self._clock.monotonic()

    def put_off(self, seconds: float) -> None:
        """Nothing may start for so long from now."""
        self._not_before = max(self._not_before, self._clock.monotonic() + seconds)


@dataclass(slots=True)
class Host:
    """One host in this run. `users`: requests that have or await their turn; with none, its client may be closed."""

    pace: Pace
    connections: asyncio.Semaphore
    client: httpx.AsyncClient | None = None
    users: int = 0


@dataclass(slots=True)
class Hosts:
    """All hosts of a run. `headers` go with every request."""

    settings: FetchSettings
    clock: Clock
    headers: dict[str, str]
    _hosts: dict[str, Host] = field(default_factory=dict)
    _search: dict[bool, Pace] = field(default_factory=dict)
    _terms: dict[tuple[str, float], Pace] = field(default_factory=dict)
    """Host and interval of sources whose terms want more time than politeness does."""
    _open: dict[str, Host] = field(default_factory=dict)
    """Hosts with a client, the longest unused first."""
    _closing: set[asyncio.Task[None]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(init=False)
    _trust: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.settings.hosts)

    @asynccontextmanager
    async def turn(
        self, url: httpx.URL, token: bool, admit: Callable[[], None], gap: float = 0.0
    ) -> AsyncIterator[httpx.AsyncClient]:
        """Wait until a request to this address may start, and keep its place until the block ends.

        `gap`: seconds after the last request to this host that asked for as much.
        `admit` is called when the waiting is over; what it raises ends the turn, and costs the next one no time.
        Raises Failure if the environment names proxies or certificates that cannot be used.
        """
        host, paces = self._host(url), self._paces(url, token, gap)
        host.users += 1
        try:
            async with AsyncExitStack() as place:
                async with AsyncExitStack() as queues:
                    for pace in paces:
                        await queues.enter_async_context(pace.queue)
                        await pace.wait()
                    await place.enter_async_context(host.connections)
                    await self._take_slot(paces)
                    place.callback(self._slots.release)
                    admit()
                    for pace in paces:
                        pace.started()
                yield self._client(url, host)
        finally:
            host.users -= 1

    def put_off(self, url: httpx.URL, token: bool, seconds: float) -> None:
        """The host asks for a pause: nothing of the same quota starts for so long."""
        self._quota_pace(url, token).put_off(seconds)

    def slow_down(self, url: httpx.URL, interval: float) -> None:
        """The host asks for at least `interval` seconds from one request to the next."""
        pace = self._host(url).pace
        pace.interval = max(pace.interval, interval)

    async def close(self) -> None:
        """Close every connection."""
        clients = [host.client.aclose() for host in self._open.values() if host.client]
        await asyncio.gather(*clients, *self._closing)

    async def _take_slot(self, paces: list[Pace]) -> None:
        while True:
            for pace in paces:
                await pace.wait()
            await self._slots.acquire()
            if all(pace.left <= 0 for pace in paces):
                return
            self._slots.release()  # put off while waiting for the slot

    def _host(self, url: httpx.URL) -> Host:
        key = address.host_of(url)
        if key not in self._hosts:
            pace = Pace(self.settings.pace, self.clock)
            self._hosts[key] = Host(pace, asyncio.Semaphore(self.settings.connections))
        return self._hosts[key]

    def _paces(self, url: httpx.URL, token: bool, gap: float) -> list[Pace]:
        """The queues to stand in, the narrowest first: whoever waits for a search does not stop the host's others."""
        paces = list({id(one): one for one in (self._quota_pace(url, token), self._host(url).pace)}.values())
        if gap and self.settings.pace:
            key = (address.host_of(url), gap)
            paces.insert(0, self._terms.setdefault(key, Pace(gap, self.clock)))
        return paces

    def _quota_pace(self, url: httpx.URL, token: bool) -> Pace:
        if quota(url) != GITHUB_SEARCH:
            return self._host(url).pace
        interval = (SEARCH_PACE_TOKEN if token else SEARCH_PACE) if self.settings.pace else 0.0
        return self._search.setdefault(token, Pace(interval, self.clock))

    def _client(self, url: httpx.URL, host: Host) -> httpx.AsyncClient:
        key = address.host_of(url)
        if host.client is None:
            self._make_room()
            host.client = self._new_client(by_proxy=not address.is_this_machine(url.host))
        self._open.pop(key, None)
        self._open[key] = host
        return host.client

    def _make_room(self) -> None:
        idle = [key for key, host in self._open.items() if not host.users]
        for key in idle[: max(0, len(self._open) + 1 - OPEN_FACTOR * self.settings.hosts)]:
            host = self._open.pop(key)
            if host.client:
                task = asyncio.create_task(host.client.aclose())
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
            host.client = None

    def _new_client(self, *, by_proxy: bool) -> httpx.AsyncClient:
        """`by_proxy`: if the environment names one. To a proxy elsewhere, this machine is another."""
        try:
            self._trust = self._trust or httpx.create_ssl_context()
            return httpx.AsyncClient(
                verify=self._trust,
                trust_env=by_proxy,
                timeout=None,  # noqa: S113 - the exchange has a deadline in all
                limits=httpx.Limits(max_keepalive_connections=self.settings.connections, keepalive_expiry=30.0),
                headers=self.headers,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                follow_redirects=False,
                event_hooks={"response": [set_location_aside]},
            )
        except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
            named = "certificates" if isinstance(error, OSError) else "proxy"
            raise Failure(f"the {named} named by the environment cannot be used") from None


def quota(url: httpx.URL) -> str:
    """What a host counts requests by, and asks for pauses for: the host, or GitHub's search."""
    host = address.host_of(url)
    return GITHUB_SEARCH if host == "api.github.com" and url.path.startswith("/search/") else host
