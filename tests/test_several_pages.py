"""Items that stand on several pages of one source: shown as long as one of these shows them, by a 304 too."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _line import Line, lines_adapter, site, source
from _origin import reply
from _store import look, new_store, path_of, rows, the_run
from hypothesis import given, settings
from hypothesis import strategies as st

import scrapers
from db.store import Store
from finder.collect import Harvest
from finder.crawl import Remembered, Visit
from finder.lifecycle import Known, judge
from finder.model import Found, Page, Request, Validators

NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGES = [Request(f"https://acme.example/{name}") for name in ("one", "two", "three")]
KEYS = [page.key for page in PAGES]
LOST = None
"""A page that was not answered."""


def visit(request: Request, shows: str, before: str | None) -> Visit:
    """What comes of asking for a page: 304 if it shows what it did."""
    memory = Remembered(Validators('"1"'))
    if shows == before:
        return Visit(request, NOON, None, memory)
    found = [Found(kind="job", key=key, title=key, url=f"https://acme.example/{key}") for key in shows]
    return Visit(request, NOON, Page(tuple(found)), memory)


class Source:
    """A source of three pages, and its looks, an hour apart."""

    def __init__(self, store: Store) -> None:
        self.store, self.hours, self.run = store, 0, the_run(store)
        self.last: dict[str, str] = {}

    def look(self, *pages: str | None) -> dict[str, Known]:
        """What is known after a look at which the pages showed these items, one letter each."""
        self.hours += 1
        now = NOON + self.hours * HOUR
        harvest = Harvest(now)
        for request, shows in zip(PAGES, pages, strict=False):
            if shows is LOST:
                harvest.add(Visit(request, None, None, None, "timeout", lost=True))
            else:
                harvest.add(visit(request, shows, self.last.get(request.key)))
                self.last[request.key] = shows
        known = self.store.known("list")
        verdict = judge(known, harvest.look(known, False, None), now)
        assert verdict.accept
        told = look(
            *harvest.items("list", known, {}, {}),
            run=self.run,
            touched=harvest.touched(known),
            missing=verdict.missing,
            closed=verdict.closed,
            pages=harvest.pages,
            anew=harvest.anew,
        )
        self.store.record(told, now)
        return self.store.known("list")

    def open(self, *pages: str | None) -> str:
        """The items that are open after such a look."""
        return "".join(sorted(key for key, known in self.look(*pages).items() if known.state == "open"))


# ------------------------------------------------------------------------------------------------ two pages
def test_what_one_page_drops_another_still_shows(store: Store) -> None:
    source = Source(store)
    assert source.look("ab", "bc")["b"].pages == (KEYS[0], KEYS[1])
    known = source.look("a", "bc")
    assert (known["b"].state, known["b"].pages) == ("open", (KEYS[1],))
    assert source.open("a", "bc") == "abc"
    assert source.open("a", "c") == "ac"


def test_what_another_page_begins_to_show_is_on_both(store: Store) -> None:
    source = Source(store)
    source.look("ab", "c")
    assert source.look("ab", "bc")["b"].pages == (KEYS[1], KEYS[0])
    assert source.open("a", "bc") == "abc"


def test_a_page_that_drops_an_item_does_not_show_it_by_a_304(store: Store) -> None:
    source = Source(store)
    source.look("ab", "bc", "b")
    assert source.look("a", "bc", "b")["b"].pages == (KEYS[1], KEYS[2])
    assert source.look("a", "bc", "")["b"].pages == (KEYS[1],)
    known = source.look("a", "c", "")
    assert (known["b"].state, known["b"].pages) == ("missing", ())
    assert source.open("a", "c", "") == "ac"


def test_a_page_that_is_lost_while_another_shows_the_item_is_remembered(store: Store) -> None:
    source = Source(store)
    source.look("ab", "bc")
    assert source.look("abd", LOST)["b"].pages == (KEYS[0], KEYS[1])
    assert source.open("ad", "bc") == "abcd"


def test_what_stood_on_a_page_that_was_lost_is_not_missing(store: Store) -> None:
    source = Source(store)
    source.look("ab", "c", "c")
    assert source.open("ab", LOST, LOST) == "abc"
    assert source.open("ad", LOST, "") == "acd"
    assert source.look("ad", LOST, "")["c"].pages == (KEYS[1],)
    assert source.open("ad", "", "") == "ad"


def test_what_stood_on_pages_that_were_lost_has_not_vanished() -> None:
    known = {f"row-{n}": Known("open", None, (KEYS[n % 2],)) for n in range(40)}
    harvest = Harvest(NOON)
    harvest.add(visit(PAGES[0], "a", "a"))
    harvest.add(Visit(PAGES[1], None, None, None, "timeout", lost=True))
    verdict = judge(known, harvest.look(known, False, None), NOON)
    assert (verdict.outcome, verdict.missing, verdict.closed) == ("ok", frozenset(), {})


def test_a_page_that_is_not_part_of_the_source_any_more_is_forgotten(store: Store) -> None:
    source = Source(store)
    source.look("ab", "b")
    assert source.look("abc")["b"].pages == (KEYS[0],)


@settings(max_examples=60)
@given(st.lists(st.lists(st.text("abcd", max_size=4).map(lambda t: "".join(sorted(set(t)))), min_size=3, max_size=3)))
def test_open_is_what_any_page_shows(tmp_path_factory: pytest.TempPathFactory, looks: list[list[str]]) -> None:
    with new_store(tmp_path_factory.mktemp("pages")) as store:
        source = Source(store)
        for pages in looks:
            assert source.open(*pages) == "".join(sorted(set("".join(pages))))
            known: Mapping[str, Known] = store.known("list")
            on = {key: {k for k, shows in zip(KEYS, pages, strict=True) if key in shows} for key in known}
            assert {key: set(item.pages) for key, item in known.items()} == on


# ------------------------------------------------------------------------------------------------ the whole line
def speak(monkeypatch: pytest.MonkeyPatch) -> None:
    adapters = scrapers.load() | {"lines": lines_adapter()}
    monkeypatch.setattr(scrapers, "load", lambda: adapters)


def test_a_refresh_loses_nothing_that_another_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch)
    with site(first="a b >/second", second="b c") as world:
        line = Line(tmp_path / "finder.db", [source("words", "lines", url=world.url("/first"))])
        line.one()
        world["/first"] = "a >/second"
        assert line.one(30).outcome == "ok"
        assert line.one(60).closed == 0
        assert line.states() == {"a": "open", "b": "open", "c": "open"}
        world["/second"] = "c"
        line.one(90)
        assert (line.one(120).closed, line.states()["b"]) == (1, "closed")


@pytest.mark.parametrize(("answer", "state"), [(reply(500), "open"), (reply(404), "closed"), (reply(410), "closed")])
def test_a_page_that_fails_closes_nothing_and_one_that_is_gone_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, state: str
) -> None:
    speak(monkeypatch)
    with site(first="a ?/second", second="b") as world:
        line = Line(tmp_path / "finder.db", [source("words", "lines", url=world.url("/first"))])
        line.one()
        world["/second"] = answer
        line.one(30)
        line.one(60)
        assert line.states() == {"a": "open", "b": state}


# ------------------------------------------------------------------------------------------------ the cost
def test_most_items_stand_on_one_page_and_cost_no_more(store: Store) -> None:
    source = Source(store)
    source.look("abcd", "d")
    told = rows(path_of(store), "SELECT key, also FROM sighting ORDER BY key")
    assert told == [("a", None), ("b", None), ("c", None), ("d", f'["{KEYS[1]}"]')]


def test_thousands_of_items_are_touched_at_once() -> None:
    known = {f"row-{n}": Known("open", None, (KEYS[0], KEYS[1])) for n in range(15_000)}
    harvest = Harvest(NOON)
    harvest.add(visit(PAGES[0], "a", "a"))
    begun = time.process_time()
    assert len(harvest.touched(known)) == 15_000
    assert time.process_time() - begun < 0.5
