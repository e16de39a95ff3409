"""The one loop between fetching and parsing. Knows neither the network nor any adapter."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from finder.errors import Gone, SourceError
from finder.model import Adapter, Fetched, Page, Request, Validators

Fetch = Callable[[Request, Validators], Awaitable[Fetched]]

MAX_PAGES = 200
"""Requests of one source in one run: a paging loop, or a cursor without end, stops here and counts as incomplete."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the store keeps of an accepted page, so that a 304 can stand for it: its validators and its follow-ups."""

    validators: Validators
    next: tuple[Request, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a crawl and what came of it.

    `page` is None after a 304 (the store's memory of this request stands) and where an optional request failed.
    """

    request: Request
    at: datetime | None
    page: Page | None
    memory: Remembered | None
    """What to remember of it; None where the answer may not be remembered."""
    problem: str = ""
    complete: bool = True
    lost: bool = False
    """Whether the page may be as it was: it could not be asked. (One that is Gone shows nothing any more.)"""


async def crawl(
    adapter: Adapter, options: Any, fetch: Fetch, memory: Mapping[str, Remembered], max_pages: int = MAX_PAGES
) -> AsyncIterator[Visit]:
    """Visit what the adapter starts with and every follow-up its pages return, each once.

    Raises SourceError where a request that is not optional fails; what was yielded before is then incomplete.
    """
    queue = deque(adapter.start(options))
    seen: set[str] = set()
    while queue:
        request = queue.popleft()
        if request.key in seen:
            continue
        if len(seen) == max_pages:
            yield Visit(request, None, None, None, f"stopped after {max_pages} requests", complete=False)
            return
        seen.add(request.key)
        visit = await _visit(adapter, options, fetch, request, memory.get(request.key))
        queue.extend(visit.memory.next if visit.memory else ())
        yield visit


async def _visit(adapter: Adapter, options: Any, fetch: Fetch, request: Request, known: Remembered | None) -> Visit:
    try:
        doc = await fetch(request, known.validators if known else Validators())
        if doc.status == 304 and known:
            return Visit(request, doc.at, None, known, complete=known.complete)
        page = adapter.parse(doc, options)
    except SourceError as error:
        if not request.optional:
            raise
        return Visit(request, None, None, None, str(error), lost=not isinstance(error, Gone))
    return Visit(request, doc.at, page, Remembered(doc.validators, page.next, page.complete), complete=page.complete)
