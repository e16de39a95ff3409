"""What holds for the records of every source: whether to believe a page, and one key for one item."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from finder.errors import ParseError
from finder.model import Found, Page

DRIFT_ROWS = 20
DRIFT_SHARE = 0.10
"""More than a tenth of at least 20 records misfit: the source has changed its form; what still fits proves nothing."""


def believable(page: Page, url: str) -> Page:
    """The page itself, unless so many of its records misfit that its form must have changed. Raises ParseError."""
    misfits, total = len(page.skipped), len(page.skipped) + len(page.found)
    if total >= DRIFT_ROWS and misfits > DRIFT_SHARE * total:
        raise ParseError(url, f"schema drift: {misfits} of {total} records do not fit; first: {page.skipped[0].why}")
    return page


def distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each item once and under a key of its own, whatever the order of the rows.

    Items alike in everything are one. Where one key stands for different items, each of them gets a suffix made from
    what lasts (address, title, organization, places), so that none is lost and none takes over the history of another.
    Items that differ only in what changes by itself, such as an age in days, are numbered: their keys stay the same.
    """
    items = {_whole(item): item for item in found}
    marked = _suffixed(items, {whole: digest(*_lasting(item)) for whole, item in items.items()})
    return tuple(_suffixed(marked, _numbers(marked)).values())


def _suffixed(items: Mapping[str, Found], marks: Mapping[str, str]) -> dict[str, Found]:
    uses = Counter(item.key for item in items.values())
    return {
        whole: item if uses[item.key] == 1 else replace(item, key=f"{item.key}#{marks[whole]}")
        for whole, item in items.items()
    }


def _numbers(items: Mapping[str, Found]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    numbers = {}
    for whole in sorted(items):
        seen[items[whole].key] += 1
        numbers[whole] = str(seen[items[whole].key])
    return numbers


def _lasting(item: Found) -> list[str]:
    return [item.url, item.title, item.organization, *sorted(item.locations)]


def _whole(item: Found) -> str:
    return digest(asdict(item))


def digest(*parts: Any) -> str:
    """Ten hexadecimal digits for JSON-able parts: enough to tell the rows of one source apart."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:10]
