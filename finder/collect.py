"""What the visits of one crawl add up to: a look at the source, and its items made comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.look import Sighted
from finder.crawl import Remembered, Visit
from finder.lifecycle import Known, Look
from finder.model import Found
from finder.normalise import combine, listing, to_facts

Parts = Mapping[str, Mapping[str, Any]]
"""What the pages of a source said about one item: '' is its Found, other parts are Details."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as a new page showed it."""

    page: str
    found: Found
    at: datetime


@dataclass(slots=True)
class Harvest:
    """Fills up visit by visit; asked when the crawl is over or has failed."""

    shown: dict[str, Shown] = field(default_factory=dict)
    details: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    pages: dict[str, Remembered] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    skipped: int = 0
    complete: bool = True
    notes: list[str] = field(default_factory=list)
    at: datetime | None = None
    """When the last answer came."""

    def add(self, visit: Visit) -> None:
        """Take in one visit. An item that turns up twice in one crawl (paging drifts) counts as first shown."""
        self.complete &= visit.complete
        self.at = visit.at or self.at
        if visit.problem:
            self.notes.append(visit.problem)
        if visit.memory is not None:
            self.pages[visit.request.key] = visit.memory
            if visit.page is None:
                self.unchanged.add(visit.request.key)
        if visit.page is None or visit.at is None:
            return
        for found in visit.page.found:
            self.shown.setdefault(found.key, Shown(visit.request.key, found, visit.at))
        for detail in visit.page.details:
            self.details.setdefault(detail.key, {})[detail.part] = detail.fields
        if visit.page.skipped:
            self.skipped += len(visit.page.skipped)
            self.notes.append(f"skipped {len(visit.page.skipped)}, the first for {visit.page.skipped[0].why}")

    @property
    def all_unchanged(self) -> bool:
        """Whether every answer was 304."""
        return bool(self.pages) and self.unchanged == self.pages.keys()

    def touched(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Items on pages that answered 304 and that no new page showed: still there, in the state they had."""
        return frozenset(key for key, item in known.items() if item.page in self.unchanged) - self.shown.keys()

    def look(self, known: Mapping[str, Known], windowed: bool, error: Exception | None) -> Look:
        """The look that `lifecycle.judge` decides on."""
        shown = {key: "" for key in self.touched(known) if known[key].state != "closed"}
        shown |= {key: item.found.closed for key, item in self.shown.items()}
        return Look(shown, self.complete, windowed, self.skipped, error)

    def told_more(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Items whose stored facts are needed: a detail page told something new of them, or may have done so before."""
        if not self.details:
            return frozenset()
        return frozenset(known) & (self.details.keys() | self.shown.keys())

    def items(self, source: str, stored: Mapping[str, Parts], known: Mapping[str, Known]) -> list[Sighted]:
        """What to record: items that a new page showed, and those on an unchanged page that a detail told more of."""
        told = {
            key: Shown(known[key].page, combine({"": stored[key][""]}), self.at)
            for key in sorted(self.details.keys() & stored.keys() - self.shown.keys())
            if self.at is not None
        }
        return [self._sighted(source, key, item, stored.get(key, {})) for key, item in (self.shown | told).items()]

    def _sighted(self, source: str, key: str, item: Shown, stored: Parts) -> Sighted:
        older = {part: fields for part, fields in stored.items() if part}
        parts: Parts = {"": to_facts(item.found), **older, **self.details.get(key, {})}
        return Sighted(item.page, listing(source, combine(parts), item.at), parts)
