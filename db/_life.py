"""Rows about the life of openings become the types that tell it; no SQLAlchemy here, and no search needs it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.codec import moment
from finder.checks import Checked, Turn
from finder.lifespan import Estimate


def checked(row: Sequence[Any]) -> Checked:
    """A look at one page from the columns of queries.CHECKS."""
    url, at, verdict, evidence, missing_since = row
    return Checked(url, moment(at), verdict, evidence, moment(missing_since))


def turn(row: Sequence[Any]) -> Turn:
    """A change of state from the columns of queries.TURNS."""
    at, state, evidence, source = row
    return Turn(moment(at), state, evidence, source)


def lifespan(row: Sequence[Any]) -> tuple[tuple[str, str], Estimate]:
    """The system and season, and the estimate for them, from the columns of queries.LIFESPANS."""
    system, part, n, closed, curve = row
    return (system, part), Estimate(n, closed, tuple((days, share) for days, share in json.loads(curve)))
