"""Thirty days of hourly refreshes, as the hosts see them: what was promised to them is kept, whatever happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from _days import DAY, HOUR, Asked, Host, Killed, World, runner
from _line import Watch, lines_adapter, source
from sqlalchemy import Connection

import db.dialect
import db.engine
import scrapers
from db.store import Store
from finder import app, visit
from finder.app import Plan, refresh
from finder.config import Config, DiscoverySettings, FetchSettings, SourceSettings, SourcesSettings, duration
from finder.fetch import Fetcher
from finder.model import Outcome

TICK = HOUR
"""`finder run` is called so often."""

STRICT = timedelta(hours=6)
"""The interval that one adapter's terms set."""

EPSILON = 1e-3
SECONDS = timedelta(minutes=1)
"""Between the beginning of a visit and its first request."""


def every(span: float, items: int = 6) -> Any:
    """A page whose items change at this rate (seconds)."""
    return lambda true: " ".join(f"k{int(true / span) + n}" for n in range(items))


def hosts() -> dict[str, Host]:
    """Busy and quiet ones, with and without robots.txt, and two that lead elsewhere."""
    paged = {f"/pages/{n}": f"p{n} >/pages/{n + 1}" for n in range(1, 6)} | {"/pages/6": "p6"}
    return {
        "busy.example": Host({"/fast": every(3 * HOUR), "/slow": every(60 * HOUR), **paged}, delay=7.0),
        "patient.example": Host({"/first": "a b c", "/second": every(DAY)}, delay=75.0, closed=("/private",)),
        "leading.example": Host(
            {
                "/start": "a ?/moved ?/closed/1 ?/inside b",
                "/moved": "https://closed.example/hidden/1",
                "/inside": "https://leading.example/closed/2",
            },
            closed=("/closed",),
        ),
        "closed.example": Host({"/hidden/1": "x", "/open": every(5 * HOUR), "/all": "y"}, closed=("/hidden", "/all")),
        "strict.example": Host({"/terms": every(HOUR)}),
        "quiet.example": Host({f"/{n}": f"q{n}" for n in range(6)}),
    }


def sources() -> list[SourceSettings]:
    def one(name: str, url: str, often: str, adapter: str = "lines") -> SourceSettings:
        return source(name, adapter, every=often, url=f"https://{url}")

    return [
        one("fast", "busy.example/fast", "2h"),
        one("slow", "busy.example/slow", "6h"),
        one("paged", "busy.example/pages/1", "12h"),
        one("first", "patient.example/first", "3h"),
        one("second", "patient.example/second", "8h"),
        one("leading", "leading.example/start", "4h"),
        one("open", "closed.example/open", "12h"),
        one("closed", "closed.example/all", "12h"),
        one("terms", "strict.example/terms", "1h", "strict"),
        *(one(f"quiet{n}", f"quiet.example/{n}", "24h") for n in range(6)),
    ]


BELIEVED = [one for one in sources() if one.name != "closed"]
"""All but the one whose page is disallowed."""


# ------------------------------------------------------------------------------------------------ the month
@dataclass
class Month:
    """What happened: the log of the hosts, and what the program said of each run."""

    world: World
    outcomes: dict[int, dict[str, Outcome]] = field(default_factory=dict)
    killed: set[int] = field(default_factory=set)
    times: dict[int, tuple[float, float]] = field(default_factory=dict)
    """When each run began and ended, by the machine's clock."""


def lived(world: World, path: Path, days: float = 30) -> Month:
    """So many days of hourly refreshes, each as a process of its own would make it, some of them killed."""
    month = Month(world)
    fetch = FetchSettings(contact="mailto:me@example.org")
    config = Config(
        db=path,
        sources=tuple(sources()),
        fetch=fetch,
        collection=SourcesSettings(defaults=False),
        discovery=DiscoverySettings(enabled=False),
    )
    while world.time.true < days * DAY:
        world.run += 1
        began = world.time.wall
        world.lives = world.chance.randint(1, 60) if world.run % 17 == 0 else float("inf")
        try:
            report = refresh(config, {}, world.time.now, Plan(), Watch())
        except Killed:
            month.killed.add(world.run)
        else:
            month.outcomes[world.run] = {result.name: result.outcome for result in report.results}
        month.times[world.run] = began, world.time.wall
        world.pause()
    return month


@contextmanager
def machine(world: World) -> Iterator[None]:
    """The program on a machine that lives by the world's time and reaches its hosts alone."""
    client, transaction = httpx.AsyncClient, Store._transaction

    @contextmanager
    def mortal(store: Store) -> Iterator[Connection]:
        world.live()
        with transaction(store) as connection:
            yield connection
            world.live()  # before the commit

    adapters = scrapers.load() | {"lines": lines_adapter(), "strict": lines_adapter(min_interval=STRICT)}
    time = world.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrapers, "load", lambda: adapters)
        patch.setattr(httpx, "create_ssl_context", lambda: None)
        patch.setattr(httpx, "AsyncClient", lambda **given: client(**given | {"transport": world, "trust_env": False}))
        patch.setattr(app, "asyncio", SimpleNamespace(run=runner(time)))
        patch.setattr(visit, "time", SimpleNamespace(monotonic=lambda: time.monotonic))
        timed = partial(Fetcher, monotonic=lambda: time.monotonic, jitter=world.chance.random)
        patch.setattr(app, "Fetcher", timed)
        patch.setattr(Store, "_transaction", mortal)
        patch.setattr(db.dialect, "ON_CONNECT", (*db.dialect.ON_CONNECT, "PRAGMA synchronous = OFF"))
        patch.setattr(db.engine, "_engine", cache(db.engine._engine))  # compiles each statement once, not in every run
        yield


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    world = World(hosts(), seed=7, fatal="strict.example")
    with machine(world):
        return lived(world, tmp_path_factory.mktemp("month") / "finder.db")


def by_host(log: list[Asked]) -> dict[tuple[int, str], list[Asked]]:
    """Requests by run and host, in their order."""
    asked: defaultdict[tuple[int, str], list[Asked]] = defaultdict(list)
    for one in log:
        asked[one.run, one.host].append(one)
    return asked


@dataclass(frozen=True)
class Called:
    """One visit to a source: when its first page was asked for, and what the program said came of it."""

    at: Asked
    outcome: Outcome | None
    """None: the process died."""

    @property
    def good(self) -> bool:
        return self.outcome in ("ok", "empty")


def calls(month: Month, name: str) -> list[Called]:
    """Visits to a source, by the log of its host."""
    (url,) = (one.options["url"] for one in sources() if one.name == name)
    host, _, path = url.removeprefix("https://").partition("/")
    first = {one.run: one for one in reversed(month.world.log) if (one.host, one.path) == (host, f"/{path}")}
    return [Called(one, month.outcomes.get(run, {}).get(name)) for run, one in sorted(first.items())]


# ------------------------------------------------------------------------------------------------ what was promised
def test_much_happened(month: Month) -> None:
    world, told = month.world, month.world.told
    assert world.time.true >= 30 * DAY
    assert world.run > 500
    assert len(world.log) > 700
    assert len(month.killed) > 20
    assert told["sour"] >= 10  # of each kind, then
    assert world.time.asleep > DAY
    assert all(any(call.good for call in calls(month, one.name)) for one in BELIEVED)


def test_requests_to_a_host_keep_its_distance(month: Month) -> None:
    delays = {"busy.example": 7.0, "patient.example": 30.0}  # 75 s are more than anybody waits for
    close = []
    for asked in by_host(month.world.log).values():
        for before, after in pairwise(asked):
            told = before.path != "/robots.txt" or before.status == 200  # until then nobody knows of a delay
            close += [after] * (after.true - before.true < (delays.get(after.host, 1.0) if told else 1.0) - EPSILON)
    assert not close


def test_robots_txt_is_asked_for_before_anything_else(month: Month) -> None:
    for asked in by_host(month.world.log).values():
        assert asked[0].path == "/robots.txt"
        assert sum(one.path == "/robots.txt" and not one.wait for one in asked) <= 1


def test_what_is_disallowed_is_not_asked_for(month: Month) -> None:
    asked = {(one.host, one.path) for one in month.world.log}
    assert {("leading.example", "/moved"), ("leading.example", "/inside")} <= asked  # and these lead there
    assert not {(host, path) for host, path in asked if path.startswith(month.world.hosts[host].closed or "?")}


def test_nobody_is_asked_before_a_retry_after_has_passed(month: Month) -> None:
    """Of what an answer told, that is: where the process died with it, nobody heard."""
    log = month.world.log
    last = {one.run: one.true for one in log}
    told = [one for one in log if one.wait and (one.run not in month.killed or one.true + 1 < last[one.run])]
    assert any(before.run < after.run for before, after in pairwise(told))
    early = [
        (before, after)
        for before in told
        for after in log
        if after.host == before.host
        and before.true < after.true < before.true + before.wait - EPSILON
        and after.wall < before.wall + before.wait - EPSILON  # a clock that is set right hides what it was wrong by
    ]
    assert not early


def gaps(month: Month, name: str) -> Iterator[tuple[Called, Called, timedelta]]:
    """Visits to a source after another, and the time between as the machine saw it."""
    for before, after in pairwise(calls(month, name)):
        yield before, after, timedelta(seconds=max(after.at.wall - before.at.wall, after.at.true - before.at.true))


def span(one: SourceSettings) -> timedelta:
    return duration(one.every)


@pytest.mark.parametrize("one", [one for one in sources() if one.adapter == "lines"], ids=lambda one: one.name)
def test_a_source_is_visited_no_more_often_than_half_its_interval(month: Month, one: SourceSettings) -> None:
    shortest = min(span(one), max(span(one) / 2, timedelta(hours=1)))
    for before, after, gap in gaps(month, one.name):
        least = shortest if before.good else min(span(one), timedelta(hours=1))
        assert gap >= least - SECONDS or before.outcome is None, (
            before,
            after,
        )  # a visit that was cut short is repeated


@pytest.mark.parametrize("one", sources(), ids=lambda one: one.name)
def test_a_source_does_not_rest_for_longer_than_seven_intervals(month: Month, one: SourceSettings) -> None:
    """Counted from its last good visit; two days where it failed since, or its host wanted a pause."""
    longest = max(min(7 * span(one), timedelta(days=7)), span(one) * 1.1).total_seconds()
    due = 0.0
    for run, (began, ended) in month.times.items():
        outcome = month.outcomes.get(run, {}).get(one.name)
        assert outcome or run in month.killed or began < due + TICK, run
        if outcome or run in month.killed:
            due = max(due if run in month.killed else 0.0, ended + (longest if outcome in ("ok", "empty") else 2 * DAY))


def test_the_terms_of_an_adapter_stand_over_all(month: Month) -> None:
    assert any(before.outcome is None for before, _, _ in gaps(month, "terms"))  # killed while it was asked
    for before, after, gap in gaps(month, "terms"):
        assert gap >= STRICT - SECONDS, (before, after)


def test_installations_and_sources_are_spread_and_stay_where_they_are(month: Month) -> None:
    """The first visits of a quiet source are `every` apart, stretched by the same factor each time."""
    factors = {}
    for number in range(6):
        first = [after.at.wall - before.at.wall for before, after, _ in gaps(month, f"quiet{number}")][:2]
        assert all(0.9 * DAY - 1 <= gap <= 1.1 * DAY + TICK for gap in first)
        assert abs(first[0] - first[1]) <= TICK + 1
        factors[number] = first[0]
    assert len(set(factors.values())) > 2


# ------------------------------------------------------------------------------------------------ a clock far off
def test_a_clock_that_ran_years_ahead_locks_nothing_for_longer_than_a_week(tmp_path: Path) -> None:
    world = World(hosts(), calm=float("inf"))
    world.hosts["quiet.example"].sour_until = 2 * HOUR
    world.time.wrong = 3650 * DAY
    with machine(world):
        ahead = lived(world, tmp_path / "finder.db", days=0.02)
        assert ahead.outcomes.keys() == {1}
        world.time.wrong = 0.0
        back = lived(world, tmp_path / "finder.db", days=9)
    again = {one.name: min(call.at.true for call in calls(back, one.name) if call.at.run > 1) for one in BELIEVED}
    assert all(asked <= 2 * HOUR for name, asked in again.items() if not name.startswith("quiet"))  # nothing waits
    assert all(asked <= 8 * DAY for asked in again.values())  # but for the pause that a host asked for, a week at most
