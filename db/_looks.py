"""Rows of looks at a source become the types of finder.health, which those who search do not need."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.codec import moment
from finder.health import USUAL, Fills, Past

ENOUGH = USUAL + 1
"""Looks of a kind that health needs: the last one and what it is measured by."""


def past(row: Sequence[Any]) -> Past:
    """A look from the columns of queries.LOOKS."""
    at, outcome, found, changes, problem, fills = row
    return Past(moment(at), outcome, found, bool(changes), problem, Fills(*json.loads(fills)) if fills else None)
