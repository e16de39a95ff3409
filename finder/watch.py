"""Which sources count, and how each of them is: for whoever tells of sources without visiting any.

configuration + followed boards ─▶ active sources ─▶ with what the store remembers of each
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import scrapers
from db.read import Reader
from db.status import SourceStatus
from finder.boards import Board, Candidate, origin_of
from finder.config import Config, SourceSettings, bind_options
from finder.discovery import is_covered, preferred
from finder.errors import ConfigError
from finder.health import Health, health
from finder.model import Adapter


@dataclass(frozen=True, slots=True)
class Watched:
    """A source that counts, with what the store remembers of it: nothing, if it was never asked."""

    source: SourceSettings
    is_board: bool = False
    """It became a source by itself. Of many such boards some are always down: they are told by their number."""
    status: SourceStatus | None = None
    health: Health | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.source.name

    @property
    def is_down(self) -> bool:
        """Whether its last look failed or was held."""
        return self.health is not None and self.health.is_down

    @property
    def is_broken(self) -> bool:
        """Whether somebody should look: it is down, or does not tell what it told."""
        return self.health is not None and self.health.is_broken


# ------------------------------------------------------------------------------------------------ which count
def with_boards(config: Config, known: Iterable[Board]) -> Config:
    """The configuration with the boards that are followed among its sources. Its own sources go before them."""
    followed = [board for board in known if board.state == "followed"] if config.discovery.enabled else []
    names = {source.name for source in config.sources}
    free = [board for board in followed if board.name not in names and not is_configured(board.candidate, config)]
    if not free:
        return config  # without loading every adapter
    order = {one.key: index for index, one in enumerate(preferred(board.candidate for board in free))}
    best = sorted(free, key=lambda board: order[board.candidate.key])[: config.discovery.max_boards]
    adapters = scrapers.load()
    made = (as_source(board, config) for board in best)
    return replace(config, sources=(*config.sources, *(source for source in made if can_be_read(source, adapters))))


def active(config: Config, known: Iterable[Board]) -> tuple[SourceSettings, ...]:
    """The sources that count: those configured and switched on, and the boards that are followed."""
    return tuple(source for source in with_boards(config, known).sources if source.enabled)


def as_source(board: Board, config: Config) -> SourceSettings:
    """A board as if a [[source]] named it."""
    return SourceSettings(
        board.name,
        board.candidate.adapter,
        every=config.discovery.every,
        options=dict(board.options),
        origin=origin_of(board.candidate),
    )


def can_be_read(source: SourceSettings, adapters: Mapping[str, Adapter]) -> bool:
    """Whether this finder still reads what an earlier one followed."""
    adapter = adapters.get(source.adapter)
    if adapter is None:
        return False
    try:
        bind_options(adapter.options, source.options, source.origin, source.name)
    except ConfigError:
        return False
    return True


def is_configured(candidate: Candidate, config: Config) -> bool:
    """Whether a source of the configuration, on or off, is that board."""
    return any(is_covered(candidate, source.adapter, source.options) for source in config.sources)


# ------------------------------------------------------------------------------------------------ how they are
def watched(reader: Reader | None, config: Config) -> tuple[Watched, ...]:
    """Every source that counts and how it is; without a store none was ever asked. Raises StoreError."""
    boards = reader.boards() if reader else []
    known = {status.name: status for status in reader.sources()} if reader else {}
    own = {source.name for source in config.sources}
    return tuple(
        Watched(
            source,
            source.name not in own,
            known.get(source.name),
            health(reader.looks(source.name)) if reader and source.name in known else None,
        )
        for source in active(config, boards)
    )
