"""One visit to a source that stores nothing of what it shows: what that is now, and what of it is understood."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import scrapers
from finder.binding import Bound, bind
from finder.collect import Harvest
from finder.config import Config, SourceSettings
from finder.crawl import crawl
from finder.errors import ConfigError, SourceError
from finder.fetch import Fetcher
from finder.model import Skipped
from finder.visit import Clock, fetching, too_early

FLAG = "--option"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it."""

    source: Bound
    harvest: Harvest
    requests: int = 0
    """Pages that were answered; robots.txt is not counted."""
    skipped: tuple[Skipped, ...] = ()
    error: SourceError | None = None
    holds: Mapping[str, datetime] = field(default_factory=dict)
    """Host → not before: what hosts asked for, before or now."""

    @property
    def failed(self) -> bool:
        """Whether a refresh would call it failed."""
        return self.error is not None or (bool(self.skipped) and not self.harvest.shown)


@dataclass(slots=True)
class _Seen:
    requests: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    error: SourceError | None = None


def named(config: Config, environ: Mapping[str, str], name: str) -> Bound:
    """A source by its name, switched off or not. Raises ConfigError."""
    (bound,) = bind(config, environ, (name,))
    return bound


def unnamed(config: Config, adapter: str, options: Iterable[str]) -> Bound:
    """A source that no [[source]] names: an adapter's kind and its options as `key=value`. Raises ConfigError."""
    known = scrapers.load().get(adapter)
    kinds = {field.name: str(field.type) for field in fields(known.options)} if known else {}
    told = {name: _value(text, kinds.get(name, "")) for name, text in map(_option, options)}
    table = SourceSettings("test", adapter, options=told, origin=FLAG)
    (bound,) = bind(Config(sources=(table,), fetch=config.fetch), {})
    return bound


def _option(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ConfigError(FLAG, text, "must be key=value, such as board=acme")
    return name.strip(), value


def _value(text: str, kind: str) -> Any:
    """As the option wants it: a text as it stands, all else as TOML writes it."""
    if kind.startswith(("str", "Annotated[str", "Literal")):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def attempt(
    config: Config, source: Bound, clock: Clock, holds: Mapping[str, datetime], last: datetime | None = None
) -> Trial:
    """Visit the source once, as politely as a refresh does, and store nothing.

    `last`: when a source of this adapter, whose terms may set an interval, was last asked.
    """
    now = clock()
    if error := too_early(source, last, now):
        return Trial(source, Harvest(now), error=error)
    return asyncio.run(_attempt(config, source, clock, holds))


async def _attempt(config: Config, source: Bound, clock: Clock, holds: Mapping[str, datetime]) -> Trial:
    harvest, seen = Harvest(clock()), _Seen()
    async with Fetcher(config.fetch, now=clock, holds=holds) as fetcher:
        fetch = fetching(fetcher, source, config.fetch.source_timeout)
        try:
            async for visit in crawl(source.adapter, source.options, fetch, {}):
                harvest.add(visit)
                seen.requests += visit.page is not None
                seen.skipped += visit.page.skipped if visit.page else ()
        except SourceError as error:
            seen.error = error
    return Trial(source, harvest, seen.requests, tuple(seen.skipped), seen.error, fetcher.holds)
