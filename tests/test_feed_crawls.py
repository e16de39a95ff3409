"""Feeds and catalogues crawled as the program does it: against hosts without end, and through the recorded internet."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import scrapers
from finder.crawl import MAX_PAGES, Visit, crawl
from finder.model import Fetched, Request, Validators

AT = datetime(2026, 11, 22, tzinfo=UTC)
ADAPTERS = scrapers.load()
Answer = Callable[[Request], tuple[Any, dict[str, str]]]


def visits(kind: str, answer: Answer, **options: Any) -> list[Visit]:
    """Every visit of one crawl, the host's answers made by `answer`."""

    async def fetch(request: Request, _: Validators) -> Fetched:
        body, headers = answer(request)
        return Fetched(request, 200, body if isinstance(body, bytes) else json.dumps(body).encode(), AT, headers)

    async def all_of_them() -> list[Visit]:
        adapter = ADAPTERS[kind]
        return [visit async for visit in crawl(adapter, adapter.options(**options), fetch, {})]

    return asyncio.run(all_of_them())


def keys(of: list[Visit]) -> list[str]:
    return [found.key for visit in of if visit.page for found in visit.page.found]


# ------------------------------------------------------------------------------------ hosts without end
def endless(kind: str) -> Answer:
    """A host that always has a further page, full of what it had before under other numbers."""
    seen: list[Request] = []

    def answer(request: Request) -> tuple[Any, dict[str, str]]:
        seen.append(request)
        first = len(seen) * 1000
        following = f"{request.url.split('?')[0]}?cursor={len(seen)}"
        return PAGES[kind](range(first, first + 500), following), {"link": f'<{following}>; rel="next"'}

    return answer


def muse(number: int) -> dict[str, Any]:
    refs, company = {"landing_page": f"https://muse.example/{number}"}, {"name": "Coot"}
    return {"id": number, "name": "Intern", "refs": refs, "company": company}


def remote(number: int) -> dict[str, Any]:
    return {"guid": f"https://h.example/{number}", "title": "Intern", "companyName": "Coot"}


def german(number: int) -> dict[str, Any]:
    return {"slug": str(number), "title": "Intern", "company_name": "Coot", "url": "https://a.example"}


def forge(number: int) -> dict[str, Any]:
    url = f"https://git.example/moor/r{number}"
    names = dict.fromkeys(("name", "full_name", "path_with_namespace"), f"moor/r{number}")
    return {"id": number, "html_url": url, "web_url": url, **names}


PAGES: dict[str, Callable[[range, str], Any]] = {
    "themuse": lambda numbers, _: {"results": [muse(n) for n in numbers[:20]], "page_count": 10**9},
    "arbeitnow": lambda numbers, link: {"data": [german(n) for n in numbers[:100]], "links": {"next": link}},
    "himalayas": lambda numbers, _: {"jobs": [remote(n) for n in numbers[:20]], "totalCount": 10**9},
    "adzuna": lambda numbers, _: {
        "results": [{"id": str(n), "title": "Intern", "redirect_url": "https://z.example"} for n in numbers[:50]],
        "count": 10**9,
    },
    "usajobs": lambda numbers, _: {
        "SearchResult": {
            "SearchResultItems": [
                {
                    "MatchedObjectId": str(n),
                    "MatchedObjectDescriptor": {
                        "PositionTitle": "Intern",
                        "PositionURI": "https://u.example",
                        "OrganizationName": "Tides",
                    },
                }
                for n in numbers
            ],
            "SearchResultCountAll": 10**9,
        }
    },
    "huggingface_datasets": lambda numbers, _: [{"id": f"a/{n}", "downloads": 1, "likes": 1} for n in numbers],
    "openml": lambda numbers, _: {
        "data": {"dataset": [{"did": n, "name": "pebbles", "version": 1} for n in numbers[:200]]}
    },
    "ecosystems": lambda numbers, _: {"repositories": [forge(n) for n in numbers[:100]]},
    "gitlab": lambda numbers, _: [forge(n) for n in numbers[:100]],
    "codeberg": lambda numbers, _: {"ok": True, "data": [forge(n) for n in numbers[:50]]},
    "bitbucket": lambda numbers, link: {"values": [forge(n) for n in numbers[:100]], "next": link},
}


@pytest.mark.parametrize(
    ("kind", "options", "requests"),
    [
        ("themuse", {}, 40),
        ("themuse", {"pages": 99}, 99),
        ("arbeitnow", {}, 5),
        ("himalayas", {}, 5),
        ("himalayas", {"employment": "Intern", "pages": 50}, 50),
        ("adzuna", {"country": "gb", "app_id": "2b1c9f", "pages": 10}, 10),
        ("usajobs", {"email": "ada@example.org", "pages": 20}, 20),
        ("huggingface_datasets", {"count": 3000}, 3),
        ("huggingface_datasets", {"tags": ("a", "b"), "count": 10_000}, 20),
        ("openml", {"pages": 50}, 50),
        ("ecosystems", {"topics": ("a", "b"), "pages": 3}, 6),
        ("gitlab", {"pages": 20, "details": 0}, 20),
        ("codeberg", {}, 1),
        ("bitbucket", {"workspaces": ("moor", "fen"), "pages": 4}, 8),
    ],
)
def test_a_list_without_end_is_left_in_time_and_said_to_be_cut(
    kind: str, options: dict[str, Any], requests: int
) -> None:
    crawled = visits(kind, endless(kind), **options)
    assert len(crawled) == requests <= MAX_PAGES
    assert not all(visit.complete for visit in crawled)
    assert not any(visit.problem for visit in crawled)
    assert len(set(keys(crawled))) == len(keys(crawled)) > 0


def test_every_source_of_many_pages_is_tried() -> None:
    def paged(kind: str) -> bool:
        return "pages" in ADAPTERS[kind].options.__dataclass_fields__ and not ADAPTERS[kind].employer

    assert set(filter(paged, ADAPTERS)) <= PAGES.keys()


def test_one_bad_page_of_a_data_set_costs_itself() -> None:
    def answer(request: Request) -> tuple[Any, dict[str, str]]:
        if request.context == "2":
            return {"status": 500, "message": "Server error"}, {}
        if request.context:
            return {"status": 200, "data": {"uci_id": int(request.context), "abstract": "Moss."}}, {}
        return {"status": 200, "data": [{"id": number, "name": f"Moss {number}"} for number in (1, 2, 3)]}, {}

    crawled = visits("uci", answer)
    assert keys(crawled) == ["1", "2", "3"]
    assert [detail.key for visit in crawled if visit.page for detail in visit.page.details] == ["1", "3"]
    assert ["Server error" in visit.problem for visit in crawled] == [False, False, True, False]


# ------------------------------------------------------------------------------------ the recorded internet
@contextmanager
def loaded(path: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("recorded_internet", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        del sys.modules[spec.name]


@pytest.fixture(scope="module")
def recorded(shared: Path) -> Iterator[Answer]:
    """The recordings, asked without a network."""
    path = shared / "internet" / "serve.py"
    if not path.is_file():
        pytest.skip("nothing serves the recordings here")
    with loaded(path) as serve:
        sites = serve.Sites([shared / "internet" / "sites"])

        def answer(request: Request) -> tuple[Any, dict[str, str]]:
            page = sites.find(request.method, request.url, request.body, {})
            assert page is not None, f"not recorded: {request.url}"
            return page.body, page.headers

        yield answer


@pytest.mark.parametrize(
    ("kind", "options", "requests", "found"),
    [
        ("themuse", {}, 1, 1),
        ("themuse", {"levels": ()}, 7, 140),
        ("hn_hiring", {}, 2, 320),
        ("arbeitnow", {}, 1, 5),
        ("himalayas", {}, 1, 20),
        ("remotive", {}, 1, 18),
        ("jobicy", {}, 1, 5),
        ("remoteok", {}, 1, 99),
        ("gsoc", {}, 1, 185),
        ("best_of_ml", {}, 1, 919),
        ("huggingface_datasets", {"count": 1000}, 1, 1000),
        ("free_programming_books", {}, 1, 1366),
    ],
)
def test_the_recorded_internet_is_collected(
    recorded: Answer, kind: str, options: dict[str, Any], requests: int, found: int
) -> None:
    crawled = visits(kind, recorded, **options)
    assert (len(crawled), len(set(keys(crawled)))) == (requests, found)
    assert all(visit.complete and visit.page and not visit.page.skipped for visit in crawled)
