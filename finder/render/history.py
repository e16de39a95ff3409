"""What the sources of an opening said otherwise than before, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.status import FactVersion
from finder.render.words import listed

SHORT = 40
"""Characters of a value that is told with its change; of a longer one only that it changed."""
MOST = 6
"""Fields told of one change."""


def changes(versions: Sequence[FactVersion]) -> Iterator[tuple[FactVersion, str]]:
    """Each version with what it changed against the one before it of the same source. `versions`: oldest first."""
    before: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for version in versions:
        known = (version.source, version.key, version.part)
        old, before[known] = before.get(known), version.fields
        part = f" ({version.part})" if version.part else ""
        yield version, f"first told{part}" if old is None else listed(list(_differences(old, version.fields)), MOST)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for field in sorted(old.keys() | new.keys()):
        was, becomes = old.get(field), new.get(field)
        if was == becomes:
            continue
        brief = all(value is None or (isinstance(value, str) and len(value) <= SHORT) for value in (was, becomes))
        yield f"{field} “{was or ''}” → “{becomes or ''}”" if brief else f"{field} changed"
