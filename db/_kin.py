"""What openings are kin to, for reading; few ask for it. No SQLAlchemy here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.codec import moment
from finder.families import Alike, Kin, Said


def kin(row: Sequence[Any]) -> tuple[str, Kin]:
    """An opening's id and its kin, from the columns of queries.KIN."""
    number, posting, family = row
    return number, Kin(posting or number, family)


def alike(row: Sequence[Any]) -> Alike:
    """A pair from the columns of queries.ALIKE."""
    return Alike(*row)


def said(row: Sequence[Any]) -> Said:
    """A decision from the columns of queries.DECISIONS."""
    one, other, joined, at = row
    return Said(one, other, bool(joined), moment(at))
