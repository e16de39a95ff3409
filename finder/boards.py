"""What is known of employers' boards: the links that tell of them, and each of them as it is remembered. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MANUAL = "manual"
"""Name of the source of what people add by hand, and of the adapter that it has none of."""

BoardState = Literal["candidate", "followed", "dead"]

REGISTERED = "registry"
"""Origin of a board that no link told of yet."""


def board_key(system: str, board: str) -> str:
    """Equal for the same board, however it is spelt."""
    return f"{system}:{board}".casefold()


@dataclass(frozen=True, slots=True)
class Link:
    """One address that a source other than an employer's own board gave."""

    url: str
    organization: str
    source: str
    ml: bool = False
    """Whether it leads to an internship in machine learning or with data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A board that links tell of. `links` of them do, `ml_links` of these lead to internships in machine learning."""

    system: str
    board: str
    """As `finder.urls.Posting` writes it."""
    adapter: str
    options: Mapping[str, str]
    company: str
    origin: str
    """Whence it is known: the source that told of it most, or REGISTERED."""
    links: int = 0
    ml_links: int = 0
    urls: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Equal for the same board, however it is spelt."""
        return board_key(self.system, self.board)


def origin_of(candidate: Candidate) -> str:
    """Where a board came from, in words."""
    told = candidate.origin
    if told == REGISTERED:
        return "known from the start"
    return "discovered from what was added by hand" if told == MANUAL else f"discovered from {told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A candidate as it is remembered."""

    name: str
    """What it is called as a source."""
    candidate: Candidate
    """Without its urls."""
    state: BoardState = "candidate"
    silent: bool = False
    """It does not say its company's name: what the links say is shown."""
    misses: int = 0
    """How often asking came to nothing, in a row."""
    checked_at: datetime | None = None
    next_check: datetime | None = None
    problem: str = ""

    @property
    def options(self) -> Mapping[str, str]:
        """The options of its adapter."""
        return {**self.candidate.options, **({"company": self.candidate.company} if self.silent else {})}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a board turned out to be when it was asked, why, and when to ask again (None for one that is followed)."""

    state: BoardState
    problem: str = ""
    next_check: datetime | None = None
    misses: int = 0
    """How often asking came to nothing by now, in a row."""
