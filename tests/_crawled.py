"""Adapters walked over an invented site: every request is answered by a function, none leaves the process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from finder.crawl import Visit, crawl
from finder.errors import FetchError
from finder.model import Adapter, Fetched, Found, Page, Request, Validators
from finder.normalise import combine, to_facts

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)
Reply = Callable[[Request], Any]
"""What a site answers: bytes, text, or anything to be sent as JSON; None for 404."""


def sent(body: Any) -> bytes:
    """A body as it comes over the wire."""
    return body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()


def answer(body: Any, request: Request | None = None) -> Fetched:
    return Fetched(request or Request("https://board.example"), 200, sent(body), AT)


def read(adapter: Adapter, options: Any, body: Any, **context: Any) -> Page:
    """One answer, parsed. The context is that of the request it answers."""
    request = Request("https://board.example/page", context=json.dumps(context) if context else "")
    return adapter.parse(answer(body, request), options)


def crawled(adapter: Adapter, options: Any, reply: Reply) -> list[Visit]:
    """All visits of a crawl. Raises what the crawl raises."""

    async def fetch(request: Request, _: Validators) -> Fetched:
        body = reply(request)
        if body is None:
            raise FetchError(request.url, "404 Not Found")
        return answer(body, request)

    async def walk() -> list[Visit]:
        return [visit async for visit in crawl(adapter, options, fetch, {})]

    return asyncio.run(walk())


def gathered(visits: Iterable[Visit]) -> list[Found]:
    """The items of a crawl as they are recorded: each with what its details add."""
    pages = [visit.page for visit in visits if visit.page]
    details: dict[str, dict[str, Any]] = {}
    for page in pages:
        for detail in page.details:
            details.setdefault(detail.key, {})[detail.part] = detail.fields
    items = {found.key: found for page in reversed(pages) for found in page.found}
    return [combine({"": to_facts(found), **details.get(key, {})}) for key, found in items.items()]


def recorded(shared: Path, name: str) -> bytes:
    """A recorded answer of a board; the test is skipped where it is not there."""
    path = shared / "internet" / "sites" / "boards" / name
    if not path.is_file():
        pytest.skip(f"{name} is not recorded here")
    return path.read_bytes()


# ------------------------------------------------------------------------------------------------ one posting
TEXTS = [name for name in Found.__dataclass_fields__ if Found.__dataclass_fields__[name].type == "str"]
LISTS = ("locations", "terms", "degrees", "skills")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
"""Whatever JSON can hold, in small."""


def well_typed(found: Found) -> bool:
    """Whether every field is what Found declares: nothing of the payload's own types gets through."""
    plain = all(isinstance(getattr(found, name), str) for name in TEXTS)
    lists = all(isinstance(item, str) for name in LISTS for item in getattr(found, name))
    return plain and lists and found.remote in (None, True, False) and json.dumps(dict(found.extra)) != ""


def sound(page: Page) -> bool:
    """Whether a page of one posting, which may be broken, is what it should be."""
    few = len(page.found) + len(page.skipped) <= 1
    return few and all(well_typed(found) and found.key and found.title.strip() for found in page.found)
