"""The loop between fetching and parsing: follow-ups, memory of pages, and where it ends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from finder.crawl import Remembered, Visit, crawl
from finder.errors import FetchError, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request, Validators

NOW = datetime(2026, 8, 23, tzinfo=UTC)


@dataclass(frozen=True)
class Options:
    first: str = "https://a.example/1"


def parse(doc: Fetched, _options: Options) -> Page:
    """A page of the little test site: its lines are keys, a line '>URL' leads on, '?URL' leads on optionally."""
    if doc.body == b"junk":
        raise ParseError(doc.request.url, "not a page")
    lines = doc.body.decode().split()
    follow = tuple(Request(line[1:], optional=line[0] == "?") for line in lines if line[0] in ">?")
    found = tuple(Found(kind="job", key=k, title=k, url="https://a.example") for k in lines if k[0] not in ">?")
    return Page(found, next=follow, complete="partial" not in lines)


ADAPTER = Adapter(kind="lines", options=Options, start=lambda o: [Request(o.first)], parse=parse)


def run(site: dict[str, bytes | Exception | None], memory=None, max_pages=200) -> list[Visit]:
    """Crawl a site given as url → body, an error to raise, or None for 304. Every request is noted in `asked`."""
    run.asked = []

    async def fetch(request: Request, validators: Validators) -> Fetched:
        run.asked.append((request.url, validators.etag))
        answer = site[request.url]
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            return Fetched(request, 304, b"", NOW)
        return Fetched(request, 200, answer, NOW, {"etag": f'"{request.url[-1]}"'})

    async def collect() -> list[Visit]:
        return [visit async for visit in crawl(ADAPTER, Options(), fetch, memory or {}, max_pages)]

    return asyncio.run(collect())


def test_follow_ups_are_visited_once_each_in_order():
    visits = run(
        {
            "https://a.example/1": b"x >https://a.example/2 >https://a.example/2",
            "https://a.example/2": b"y >https://a.example/1",
        }
    )
    assert [[f.key for f in v.page.found] for v in visits] == [["x"], ["y"]]
    assert run.asked == [("https://a.example/1", ""), ("https://a.example/2", "")]


def test_validators_and_follow_ups_are_remembered():
    (visit,) = run({"https://a.example/1": b"x"})
    assert visit.memory == Remembered(Validators('"1"'), (), True)


def test_a_304_stands_for_the_remembered_page_and_its_follow_ups():
    follow = Request("https://a.example/2")
    memory = {"GET https://a.example/1": Remembered(Validators('"old"'), (follow,))}
    first, second = run({"https://a.example/1": None, "https://a.example/2": b"y"}, memory)
    assert first.page is None
    assert first.memory == memory["GET https://a.example/1"]
    assert [f.key for f in second.page.found] == ["y"]
    assert run.asked[0] == ("https://a.example/1", '"old"')


def test_a_failing_page_ends_the_crawl():
    with pytest.raises(FetchError):
        run({"https://a.example/1": b">https://a.example/2", "https://a.example/2": FetchError("u", "gone")})


@pytest.mark.parametrize("error", [FetchError("u", "rate limit"), ParseError("u", "rate limit")])
def test_a_failing_optional_page_costs_only_itself(error):
    visits = run(
        {
            "https://a.example/1": b"x ?https://a.example/2 >https://a.example/3",
            "https://a.example/2": error,
            "https://a.example/3": b"z",
        }
    )
    assert [(v.page is None, v.problem, v.complete) for v in visits] == [
        (False, "", True),
        (True, "rate limit (u)", True),
        (False, "", True),
    ]
    assert visits[1].memory is None


def test_a_page_that_is_not_the_one_we_know_ends_the_crawl():
    with pytest.raises(ParseError):
        run({"https://a.example/1": b"junk"})


def test_a_page_that_says_it_is_partial_is_remembered_as_such():
    (visit,) = run({"https://a.example/1": b"x partial"})
    assert not visit.complete
    again = run({"https://a.example/1": None}, {"GET https://a.example/1": visit.memory})
    assert not again[0].complete


def test_endless_paging_stops_and_counts_as_incomplete():
    site = {f"https://a.example/{i}": f">https://a.example/{i + 1}".encode() for i in range(1, 30)}
    visits = run(site, max_pages=5)
    assert len(run.asked) == 5
    assert (visits[-1].complete, visits[-1].problem) == (False, "stopped after 5 requests")


def test_two_bodies_to_one_address_are_two_questions():
    one, two = (Request("https://a.example", "POST", body) for body in (b"1", b"2"))
    assert one.key != two.key
    assert Request("https://a.example", headers=(("x", "y"),)).key == Request("https://a.example").key
