"""Rows of the board table, and of links, become the types of finder.boards; no SQLAlchemy here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.codec import moment
from finder.boards import Board, Candidate, Link


def link(row: Sequence[Any]) -> Link:
    """A link from the columns of boards._LINKS."""
    url, organization, source, ml = row
    return Link(url, organization, source, bool(ml))


def board(row: Sequence[Any]) -> Board:
    """A board from the columns of queries.BOARDS."""
    (name, system, token, adapter, options, company, origin, links, ml_links) = row[:9]
    (state, silent, misses, checked_at, next_check, problem) = row[9:]
    return Board(
        name=name,
        candidate=Candidate(
            system=system,
            board=token,
            adapter=adapter,
            options=json.loads(options),
            company=company,
            origin=origin,
            links=links,
            ml_links=ml_links,
        ),
        state=state,
        silent=bool(silent),
        misses=misses,
        checked_at=moment(checked_at),
        next_check=moment(next_check),
        problem=problem,
    )
