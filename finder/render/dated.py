"""Dates of an opening with their origin: which source said so, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.status import FactVersion
from finder import dates
from finder.model import Opening
from finder.render.words import when
from finder.wishes import deadline_of


def rows(opening: Opening, versions: Sequence[FactVersion], now: datetime) -> dict[str, str]:
    """Posted, updated, deadline, first and last seen, each with who says so. `versions`: what its sources said. A bound
    such as "30+ days ago" is told as one."""
    return {
        "posted": _told("posted", opening.posted_at, versions) or _bound(versions),
        "updated": _told("updated", opening.updated_at, versions),
        "deadline": _told("deadline", opening.deadline, versions) or _of_text(opening),
        "first seen": f"{when(opening.first_seen, now)} (by finder)",
        "last seen": f"{when(opening.last_seen, now)} (by finder)",
    }


def _told(field: str, moment: datetime | None, versions: Sequence[FactVersion]) -> str:
    if moment is None:
        return ""
    said = [version for version in versions if str(version.fields.get(field) or "").strip()]
    same = [one for one in said if _read(one, field, ahead=field == "deadline") == moment.date()]
    origin = next(iter(same or said[-1:]), None)
    return f"{moment:%Y-%m-%d}" + (f" ({_words(origin, field)})" if origin else "")


def _read(version: FactVersion, field: str, *, ahead: bool = False) -> object:
    found = dates.read(str(version.fields[field]), version.seen_at, ahead=ahead)
    return found.date() if found else None


def _words(version: FactVersion, field: str) -> str:
    return f"{version.source} says “{str(version.fields[field]).strip()[:40]}” under “{field}”"


def _bound(versions: Sequence[FactVersion]) -> str:
    for version in versions:
        if latest := dates.bound(str(version.fields.get("posted") or ""), version.seen_at):
            return f"{latest:%Y-%m-%d} or before ({_words(version, 'posted')})"
    return ""


def _of_text(opening: Opening) -> str:
    said = opening.facets.stated.get("deadline") if opening.facets else None
    day = deadline_of(opening)
    return f"{day:%Y-%m-%d} (its text says “{said.quote}”)" if said and day else ""
