"""Looks at single pages in the store. Runs in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from db import _rows
from db import queries as q
from db.codec import clean, dumps, stamp
from db.dialect import upsert
from db.sources import batches
from finder.checks import Checked


def of(connection: Connection, urls: Iterable[str]) -> dict[str, Checked]:
    """The last look at each of these addresses, as far as there was one."""
    rows = connection.exec_driver_sql(q.CHECKS, (dumps(list(urls)),))
    return {one.url: one for one in map(_rows.checked, rows)}


def save(connection: Connection, looks: Sequence[Checked]) -> None:
    """Remember looks, each in place of the one before it at the same address."""
    for some in batches(looks):
        connection.execute(text(_SAVE), [_row(one) for one in some])


_SAVE = upsert("checked", ("url",), ("checked_at", "verdict", "evidence", "missing_since"))


def _row(one: Checked) -> dict[str, str | None]:
    return {
        "url": clean(one.url),
        "checked_at": stamp(one.at),
        "verdict": one.verdict,
        "evidence": clean(one.evidence),
        "missing_since": stamp(one.missing_since),
    }
