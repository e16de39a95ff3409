"""Hiring system and board → the adapter that reads it and its options: a table. And the boards known from the start.

Left out on purpose: systems that no adapter reads, and those whose door is not meant for everyone (Oracle, Eightfold):
a person may configure such a board, nothing follows it by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

REGISTRY = "boards.toml"
"""In finder/data: a table for each system, in it `board = "company"`, as `finder.urls.Posting` writes boards."""

LABEL_LENGTH = 64
"""Of a source's name, at most (`config.checks.a_label`)."""


@dataclass(frozen=True, slots=True)
class Door:
    """How a board is asked: the adapter's kind and its options."""

    adapter: str
    options: Mapping[str, str]


Opened = Callable[[str, str], Door | None]
"""From a board and the host of an address that told of it ('' where there is none); None for what is no board."""

_IN_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.I | re.A)
_IN_PATH = re.compile(r"\w[\w.&+' -]{0,79}")
"""Adapters escape it."""
_SITE = re.compile(r"(?P<tenant>[\w-]{1,63})\.(?P<pod>wd\d{1,4})/(?P<site>[\w.-]{1,80})", re.A)


def door(system: str, board: str, host: str = "") -> Door | None:
    """How a board of `finder.urls` is asked; None where no adapter can, or where the board's name cannot be one."""
    opened = _DOORS.get(system)
    return opened(board, host) if opened and board else None


def systems() -> frozenset[str]:
    """The hiring systems whose boards can be followed."""
    return frozenset(_DOORS)


def is_honest(system: str) -> bool:
    """Whether an empty board of this system is one: for a name that no company has, it says that nothing is there."""
    return system in _DOORS.keys() - _SHOW_ANY_NAME


def labels(system: str, board: str) -> list[str]:
    """Names for the board as a source, the shorter first: `workday-acme`, `workday-acme-interns`; a-z, 0-9, . _ -"""
    tenant, _, site = board.partition("/")
    parts = [system, tenant.partition(".")[0], site] if site else [system, board]
    return list(dict.fromkeys((_label(parts[:2]), _label(parts))))


def _label(parts: list[str]) -> str:
    text = re.sub(r"[^a-z0-9._]+", "-", "-".join(parts).lower())
    return text[:LABEL_LENGTH].strip("-._")


def registry() -> Iterator[tuple[str, str, str]]:
    """System, board and company of each board that is known to have hired interns for machine learning."""
    document = tomllib.loads((files("finder") / "data" / REGISTRY).read_text("utf-8"))
    return ((system, board, company) for system, boards in document.items() for board, company in boards.items())


# ------------------------------------------------------------------------------------------------ the table
def _plain(adapter: str, option: str, form: re.Pattern[str], board: str, _host: str) -> Door | None:
    return Door(adapter, {option: board}) if form.fullmatch(board) else None


def _lever(board: str, _host: str) -> Door | None:
    region, _, site = board.rpartition(":")
    if region not in ("", "eu") or not _IN_PATH.fullmatch(site):
        return None
    return Door("lever", {"site": site} | ({"base": "https://api.eu.lever.co"} if region else {}))


def _workday(board: str, host: str) -> Door | None:
    told = _SITE.fullmatch(board)
    if told is None:
        return None
    shared = host.endswith(".myworkdaysite.com")
    return Door("workday", {"tenant": told["tenant"], "host": host if shared else told["pod"], "site": told["site"]})


def _personio(board: str, host: str) -> Door | None:
    if not _IN_HOST.fullmatch(board):
        return None
    return Door("personio", {"account": board} | ({"domain": "com"} if host.endswith(".com") else {}))


def _teamtailor(board: str, host: str) -> Door | None:
    """A site held in another region (`NAME.na.teamtailor.com`) is known by its whole host."""
    if not _IN_HOST.fullmatch(board):
        return None
    return Door("teamtailor", {"subdomain": host if host.count(".") > 2 else board})


_SHOW_ANY_NAME = frozenset({"ashby", "jazzhr", "smartrecruiters"})
"""Systems that were seen to show an empty board for a name that no company has, or may do so."""

_DOORS: Mapping[str, Opened] = {
    "ashby": partial(_plain, "ashby", "org", _IN_PATH),
    "greenhouse": partial(_plain, "greenhouse", "board", _IN_PATH),
    "icims": partial(_plain, "icims", "subdomain", _IN_HOST),
    "jazzhr": partial(_plain, "jazzhr", "subdomain", _IN_HOST),
    "lever": _lever,
    "personio": _personio,
    "recruitee": partial(_plain, "recruitee", "subdomain", _IN_HOST),
    "rippling": partial(_plain, "rippling", "board", _IN_PATH),
    "smartrecruiters": partial(_plain, "smartrecruiters", "board", _IN_PATH),
    "teamtailor": _teamtailor,
    "workable": partial(_plain, "workable", "account", _IN_PATH),
    "workday": _workday,
}
