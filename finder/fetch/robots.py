"""robots.txt (RFC 9309): asked once a host and run, before anything else is asked there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import httpx
from protego import Protego

from finder.errors import FetchError, NoHost
from finder.fetch import address
from finder.fetch.faults import Failure
from finder.fetch.wire import Answer

AGENT = "ml-finder"
"""Our product token in robots.txt groups."""

CAP = 500 * 1024
"""Bytes read of a robots.txt (RFC 9309 §2.5); the rest does not count."""

LONGEST_DELAY = 30.0
"""Seconds; a longer Crawl-delay counts as this."""

HOPS = 5
"""Redirects followed (RFC 9309 §2.3.1.2), here and for pages."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt came to. `problem`: it could not be asked, so nothing may be asked (§2.3.1.4)."""

    text: Protego | None = None
    problem: str = ""
    retry_at: datetime | None = None
    host: bool = True
    """False: there is no such host."""

    def allows(self, url: httpx.URL) -> bool:
        """Whether we may ask for this address."""
        return not self.problem and (self.text is None or self.text.can_fetch(str(url), AGENT))

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for; 0 where it does not."""
        delay = self.text.crawl_delay(AGENT) if self.text else None
        return min(delay or 0.0, LONGEST_DELAY)


Ask = Callable[[httpx.URL, int], Awaitable[Answer]]
"""Asks for an address once, with the number of redirects that led there; raises FetchError."""


class Robots:
    """The rules of the hosts met in this run. Whoever asks first sets the request going; all others wait for it."""

    def __init__(self, ask: Ask, *, allow_private: bool) -> None:
        self._ask, self._allow_private = ask, allow_private
        self._tasks: dict[str, asyncio.Task[Rules]] = {}

    async def of(self, url: httpx.URL) -> Rules:
        """The rules of this address's host. One source running out of time does not take them from the others."""
        key = address.origin(url)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._fetch(url.copy_with(raw_path=b"/robots.txt")))
        return await asyncio.shield(self._tasks[key])

    async def close(self) -> None:
        """End what nobody waits for any more."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _fetch(self, url: httpx.URL) -> Rules:
        try:
            for hop in range(HOPS + 1):
                answer = await self._ask(url, hop)
                if answer.location is None:
                    return _rules(answer)
                url = address.joined(url, answer.location, allow_private=self._allow_private)
        except Failure as failure:
            return Rules(problem=failure.problem)
        except FetchError as error:
            return Rules(problem=error.problem, retry_at=error.retry_at, host=not isinstance(error, NoHost))
        return Rules(problem=f"more than {HOPS} redirects")


def _rules(answer: Answer) -> Rules:
    if 200 <= answer.status < 300:
        return Rules(Protego.parse(answer.body.decode("utf-8-sig", "replace")))
    if 400 <= answer.status < 500:
        return Rules()
    return Rules(problem=answer.line)
