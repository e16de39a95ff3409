"""Request → Fetched: the one way that anything leaves for the network.

address ok? ─▶ hold over? ─▶ robots.txt ─▶ turn ─▶ exchange ─▶ again? ─▶ redirect? ─▶ accept
 address        holds         robots       hosts    wire       waits     address
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from finder.config.settings import FetchSettings
from finder.errors import FetchError, Gone, NoHost, NotYet, Refused
from finder.fetch import address, waits
from finder.fetch.faults import Failure
from finder.fetch.hosts import GITHUB_SEARCH, Clock, Hosts, Sleep, quota
from finder.fetch.packaged import packaged
from finder.fetch.robots import AGENT, CAP, HOPS, Robots
from finder.fetch.terms import Headers, Terms, has_token, headers, keyed, scrubbed, unkeyed
from finder.fetch.wire import Answer, Message, Wire
from finder.model import Fetched, Request, Validators

_KEPT = ("etag", "last-modified", "link", "content-type", "retry-after", "x-total-count")
"""Headers of a Fetched, with all x-ratelimit-*."""

_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "user-agent", "accept-encoding"})
"""Headers that a Request cannot set."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One address to be asked, by whom."""

    url: httpx.URL
    """As it may be shown; that of the message may hold a key."""
    message: Message
    deadline: float | None
    token: bool = False
    pace: float = 0.0
    """Seconds from one request of the same terms to the next."""
    held: bool = True
    """Whether a hold of the host forbids it (not where the asker's own hold was looked at)."""


class Fetcher:
    """Fetches for all sources of one run. `holds`: host → the time (UTC) before which it asked not to be asked.

    `sleep`, `monotonic` and `jitter` (in [0, 1)) are for tests.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        now: Callable[[], datetime],
        holds: Mapping[str, datetime],
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._now, self._jitter = settings, now, jitter
        latest = now() + timedelta(seconds=waits.MOST)  # more was never asked for: a clock went wrong
        self._holds = {host: min(until, latest) for host, until in holds.items()}
        self._clock = Clock(monotonic, sleep)
        self._wire = Wire(settings.timeout, allow_private=settings.allow_private)

    async def __aenter__(self) -> Self:
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)  # below it they log addresses, secrets included
        agent = f"{AGENT}/{_version()} (+{self._settings.contact})"
        self._hosts = Hosts(self._settings, self._clock, {"user-agent": agent, "accept-encoding": "gzip"})
        self._robots = Robots(self._ask_robots, allow_private=self._settings.allow_private)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._robots.close()
        await self._hosts.close()

    @property
    def holds(self) -> Mapping[str, datetime]:
        """Host → not before (UTC): what is left of the old ones, and those learnt in this run."""
        now = self._now()
        return MappingProxyType({host: until for host, until in self._holds.items() if until > now})

    @property
    def reached(self) -> int:
        """Answers received from any host, whatever they said."""
        return self._wire.reached

    async def fetch(self, request: Request, validators: Validators, terms: Terms) -> Fetched:
        """Ask for one address, following its redirects. Raises FetchError; NotYet or Refused where it was not asked."""
        if request.is_packaged:
            return packaged(request, validators, self._now)
        try:
            async with asyncio.timeout_at(terms.deadline):
                return await self._follow(request, validators, terms)
        except TimeoutError:
            raise FetchError(address.mask(request.url), "the source's time is over") from None

    async def _follow(self, request: Request, validators: Validators, terms: Terms) -> Fetched:
        shown = request.url
        try:
            url = first = address.usable(request.url, allow_private=self._settings.allow_private)
            seen = {url}
            await self._refuse_hidden(request)
            for _ in range(HOPS + 1):
                shown = str(url)
                answer = await self._ask(url, request, _headers(request, validators, terms, url, first), terms)
                if answer.location is None:
                    return self._accept(request, validators, answer, terms, str(url) if url != first else "")
                url = _redirected(request, answer, url, terms, self._settings.allow_private)
                if url in seen:
                    raise Failure("redirected in a circle")
                seen.add(url)
            raise Failure(f"more than {HOPS} redirects")
        except Failure as failure:
            raise failure.error(address.mask(shown), failure.problem) from failure

    async def _ask(self, url: httpx.URL, request: Request, headers: Headers, terms: Terms) -> Answer:
        await self._refuse(url, keyed(terms, url))
        message = Message(request.method, keyed(terms, url), headers, request.body, terms.max_bytes)
        return await self._persist(_Call(url, message, terms.deadline, has_token(terms, url), terms.pace))

    def _accept(self, request: Request, validators: Validators, answer: Answer, terms: Terms, location: str) -> Fetched:
        if answer.status != 200 and not (answer.status == 304 and validators != Validators()):
            raise Failure(answer.line, error=Gone if answer.status in (404, 410) else FetchError)
        kept = {n: v for n, v in answer.headers.items() if n in _KEPT or n.startswith("x-ratelimit-")}
        body, kept = scrubbed(terms, answer.body, kept)
        return Fetched(request, answer.status, body, self._now(), MappingProxyType(kept), location)

    # ------------------------------------------------------------------------------------------- what forbids
    def _refuse_held(self, url: httpx.URL) -> None:
        until = self._holds.get(quota(url))
        if until is not None and until > self._now():
            when = f"{until:%Y-%m-%d %H:%M:%S} UTC"
            problem = f"{address.host_of(url)} asked not to be asked before {when}"
            raise NotYet(address.mask(str(url)), problem, until)

    async def _refuse_hidden(self, request: Request) -> None:
        """What is shown to people by a page that is closed to robots is not fetched by another door."""
        if request.stands_for:
            page = address.usable(request.stands_for, allow_private=self._settings.allow_private)
            await self._refuse(page, page)

    async def _refuse(self, url: httpx.URL, sent: httpx.URL) -> None:
        """Raise NotYet or Refused where the host does not want to be asked. `sent`: the address with the key in it."""
        if address.is_barred(url):
            raise Refused(
                address.mask(str(url)), f"the terms of {address.host_of(url)} forbid programs: it is not asked"
            )
        self._refuse_held(url)
        rules = await self._robots.of(url)
        host = address.host_of(url)
        if rules.problem:
            problem = f"robots.txt of {host} could not be asked: {rules.problem}"
            error = Refused if rules.host else NoHost
            raise error(address.mask(str(url)), problem, rules.retry_at)
        if not rules.allows(sent):
            path = url.raw_path.decode("ascii").partition("?")[0]
            raise Refused(address.mask(str(url)), f"robots.txt of {host} does not allow {path}")
        self._hosts.slow_down(url, rules.delay)

    async def _ask_robots(self, url: httpx.URL, hop: int) -> Answer:
        message = Message("GET", url, (), b"", CAP, cut=True)
        return await self._persist(_Call(url, message, None, held=hop > 0))

    # ------------------------------------------------------------------------------------------- asking again
    async def _persist(self, call: _Call) -> Answer:
        """Ask until there is an answer that asking again would not change, or retries are used up."""
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            try:
                answer = await self._exchange(call)
            except Failure as failure:
                if last or not failure.transient:
                    raise failure.error(address.mask(str(call.url)), failure.problem) from failure
                wait = None
            else:
                wait = waits.asked_wait(answer.status, answer.headers, self._now())
                if not waits.transient(answer.status, wait):
                    self._mind_quota(call, answer)
                    return answer
                self._give_up_or_put_off(call, answer, wait, last)
            if wait is None:
                await self._clock.sleep(waits.back_off(attempt, self._jitter()))
        raise AssertionError("the last attempt returns or raises")

    async def _exchange(self, call: _Call) -> Answer:
        admit = partial(self._refuse_held, call.url) if call.held else _anything
        async with self._hosts.turn(call.url, call.token, admit, call.pace) as client:
            return await self._wire.exchange(client, call.message)

    def _give_up_or_put_off(self, call: _Call, answer: Answer, wait: float | None, last: bool) -> None:
        """After 429, 5xx and the like: let the host's next request wait as told, or raise and remember until when."""
        url = call.url
        if wait is not None and not last and self._is_short(call, wait):
            self._hosts.put_off(url, call.token, wait)
        elif wait is not None:
            raise FetchError(address.mask(str(url)), answer.line, self._hold(url, wait))
        elif last:
            raise FetchError(address.mask(str(url)), answer.line)

    def _mind_quota(self, call: _Call, answer: Answer) -> None:
        """An answer may be the last that the host's quota allows: then the next one waits for the reset."""
        wait = waits.spent_quota(answer.headers, self._now())
        if wait is not None and self._is_short(call, wait):
            self._hosts.put_off(call.url, call.token, wait)
        elif wait is not None:
            self._hold(call.url, wait)

    def _is_short(self, call: _Call, wait: float) -> bool:
        patience = waits.SEARCH_PATIENCE if quota(call.url) == GITHUB_SEARCH else waits.PATIENCE
        return wait <= patience and (call.deadline is None or self._clock.monotonic() + wait < call.deadline)

    def _hold(self, url: httpx.URL, wait: float) -> datetime:
        now = self._now()
        self._holds[quota(url)] = until = max(now + timedelta(seconds=wait), self._holds.get(quota(url), now))
        return until


def _headers(request: Request, validators: Validators, terms: Terms, url: httpx.URL, first: httpx.URL) -> Headers:
    """Headers of one hop. Another origin than the first gets `Accept` alone of the request's own, and no secret."""
    same = address.origin(url) == address.origin(first)
    by_terms = headers(terms, url)
    taken = _OURS.union(name for name, _ in by_terms)
    own = [(n, v) for n, v in request.headers if n.lower() not in taken and (same or n.lower() == "accept")]
    if validators.etag:
        own.append(("if-none-match", validators.etag))
    if validators.last_modified:
        own.append(("if-modified-since", validators.last_modified))
    return (*own, *by_terms)


def _redirected(request: Request, answer: Answer, url: httpx.URL, terms: Terms, allow_private: bool) -> httpx.URL:
    target = unkeyed(terms, address.joined(url, answer.location or "", allow_private=allow_private))
    same = address.origin(target) == address.origin(url)
    if request.method != "GET" and not (same and answer.status in (307, 308)):
        raise Failure("redirect refused: of a POST, to another place")
    return target


def _anything() -> None:
    """Admits."""


def _version() -> str:
    try:
        return version("ml-finder")
    except PackageNotFoundError:  # run from a folder, not installed
        return "0"
