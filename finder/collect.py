"""What the visits of one crawl add up to: a look at the source, and its items made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from db.look import Sighted
from finder import dates
from finder.crawl import Remembered, Visit
from finder.errors import FinderError
from finder.lifecycle import Known, Look, doubtful, text_key
from finder.model import Found, Page
from finder.normalise import combine, listing, to_facts

Parts = Mapping[str, Mapping[str, Any]]
"""What the pages of a source said about one item: '' is its Found, other parts are Details."""

DAY = timedelta(days=1)
_DATED = re.compile(r"\s*\d{4}", re.ASCII)
"""A year or an epoch: most dates, told from ages at no cost."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as a new page showed it."""

    page: str
    found: Found
    at: datetime


@dataclass(slots=True)
class Harvest:
    """Fills up visit by visit; asked when the crawl is over or has failed."""

    started: datetime
    shown: dict[str, Shown] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)
    """Further new pages that showed an item."""
    details: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    pages: dict[str, Remembered] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    unasked: set[str] = field(default_factory=set)
    """Pages that the source can do without and that could not be asked: what they showed, they may show still."""
    complete: bool = True
    skipped: int = 0
    misfit: str = ""
    """Why the first record was skipped."""
    lost: list[str] = field(default_factory=list)
    """What went wrong with each page that the source can do without."""
    spared: int = 0
    """Pages that the source could do without and that answered."""
    at: datetime | None = None
    """When the last answer came."""

    def add(self, visit: Visit) -> None:
        """Take in one visit. An item that turns up twice in one crawl (paging drifts) counts as first shown."""
        self.complete &= visit.complete
        self.at = visit.at or self.at
        if visit.problem:
            self.lost.append(visit.problem)
        elif visit.request.optional:
            self.spared += 1
        if visit.lost:
            self.unasked.add(visit.request.key)
        if visit.memory is not None:
            self.pages[visit.request.key] = visit.memory
            if visit.page is None:
                self.unchanged.add(visit.request.key)
        if visit.page is None or visit.at is None:
            return
        self._show(visit.request.key, visit.page, visit.at)
        if visit.page.skipped:
            self.skipped += len(visit.page.skipped)
            self.misfit = self.misfit or visit.page.skipped[0].why

    def _show(self, page: str, told: Page, at: datetime) -> None:
        for found in told.found:
            if self.shown.setdefault(found.key, Shown(page, found, at)).page != page:
                self.also.setdefault(found.key, []).append(page)
        for detail in told.details:
            self.details.setdefault(detail.key, {})[detail.part] = detail.fields

    @property
    def found(self) -> list[Found]:
        """What new pages showed, the details of this crawl included."""
        return [
            combine({"": to_facts(one.found), **self.details[key]}) if key in self.details else one.found
            for key, one in self.shown.items()
        ]

    @property
    def all_unchanged(self) -> bool:
        """Whether every answer was 304."""
        return bool(self.pages) and self.unchanged == self.pages.keys()

    @property
    def anew(self) -> frozenset[str]:
        """Keys of the pages that were answered in full."""
        return frozenset(self.pages.keys() - self.unchanged)

    @property
    def note(self) -> str:
        """What an accepted look did not bring, in words; '' if it brought all."""
        told = [f"skipped {self.skipped}, the first for {self.misfit}"] if self.skipped else []
        told += self.lost[:1]
        if len(self.lost) > 1:
            told.append(f"{len(self.lost) - 1} more like it")
        return "; ".join(told)

    @property
    def unread(self) -> str:
        """Why none of the pages that the source can do without could be read; '' if one was, or if there is none."""
        if self.spared or not self.lost:
            return ""
        return f"none of {len(self.lost)} pages could be read, the first for {self.lost[0]}"

    def touched(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Items on pages that answered 304 and that no new page showed: still there, in the state they had."""
        return _on(self.unchanged, known) - self.shown.keys()

    def look(self, known: Mapping[str, Known], windowed: bool, error: Exception | None) -> Look:
        """The look that `lifecycle.judge` decides on."""
        shown = {key: "closed before" if known[key].state == "closed" else "" for key in self.touched(known)}
        shown |= {key: item.found.closed for key, item in self.shown.items()}
        unclear = _on(self.unasked, known) - shown.keys()
        if not shown and self.unread:
            error = error or FinderError(self.unread)
        look = Look(shown, self.complete, windowed, self.skipped, error, unclear=unclear)
        if not doubtful(known, look):
            return look
        new = (self.shown[key].found for key in self.shown.keys() - known.keys())
        return replace(look, texts={one.key: text_key(one.organization, one.title, one.locations) for one in new})

    # ------------------------------------------------------------------------------- what to ask the store for
    def told_in_parts(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Items whose stored parts are needed: other pages told more of them, now or before.

        Where no page leads on to another, none can have: most sources need nothing.
        """
        if not any(page.next for page in self.pages.values()):
            return frozenset()
        return frozenset(known) & (self.shown.keys() | self.details.keys())

    def told_by_age(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Items whose stored date is needed: they tell how long ago they were posted, or may have when last shown."""
        aging = {key for key, item in self.shown.items() if posted_between(item.found.posted, item.at)}
        return frozenset(known) & (aging | (self.details.keys() - self.shown.keys()))

    # ------------------------------------------------------------------------------------------ what to record
    def items(
        self,
        source: str,
        known: Mapping[str, Known],
        parts: Mapping[str, Parts],
        posted: Mapping[str, datetime],
    ) -> list[Sighted]:
        """What to record: items that a new page showed, and those on an unchanged page that a detail told more of.

        `parts` and `posted` are what the store has of the items asked for.
        """
        items = [
            self._sighted(source, one, self._pages(key, known), parts.get(key, {}), posted.get(key))
            for key, one in self.shown.items()
        ]
        for key in sorted(self.details.keys() & parts.keys() & self.touched(known)):
            if self.at is not None:
                one = Shown("", combine({"": parts[key][""]}), self.at)
                items.append(self._sighted(source, one, self._pages(key, known), parts[key], posted.get(key)))
        return items

    def _pages(self, key: str, known: Mapping[str, Known]) -> tuple[str, ...]:
        """Pages that show the item, by this crawl, and those that may."""
        new = (self.shown[key].page, *self.also.get(key, ())) if key in self.shown else ()
        before = known[key].pages if key in known else ()
        still = (page for page in before if page in self.unchanged or page in self.unasked)
        return tuple(dict.fromkeys((*new, *still)))

    def _sighted(
        self, source: str, item: Shown, pages: tuple[str, ...], stored: Parts, posted: datetime | None
    ) -> Sighted:
        key = item.found.key
        older = {part: fields for part, fields in stored.items() if part}
        parts: Parts = {"": to_facts(item.found), **older, **self.details.get(key, {})}
        made = listing(source, combine(parts), item.at)
        if posted and _stands(posted, made.found.posted, item.at, again=key in self.shown):
            made = replace(made, posted_at=posted)
        return Sighted(pages, made, parts)


def _on(pages: set[str], known: Mapping[str, Known]) -> frozenset[str]:
    """Items that stood on any of these pages."""
    return frozenset([key for key, item in known.items() if not pages.isdisjoint(item.pages)] if pages else ())


def text_keys(parts: Mapping[str, Parts]) -> dict[str, str]:
    """Key → what a posting is known by besides its key, from the stored facts of items."""
    told = ((key, stored[""]) for key, stored in parts.items())
    return {
        key: text_key(facts.get("organization", ""), facts.get("title", ""), facts.get("locations", ()))
        for key, facts in told
    }


# ------------------------------------------------------------------------------------------------ words that age
def _stands(posted: datetime, text: str, at: datetime, *, again: bool) -> bool:
    """Whether the date of an item stands although its age `text` reads otherwise now: "1mo" says so for a month.

    A day more on either side is allowed for: lists count days in zones and at hours of their own. An age that was not
    told `again` is as old as the date.
    """
    span = posted_between(text, at)
    return span is not None and (not again or span[0] - DAY <= posted <= span[1] + DAY)


def posted_between(text: str, at: datetime) -> tuple[datetime, datetime] | None:
    """Between which times something was posted that is of the age `text` at `at`; None if `text` is no age.

    What reads a day later if read a day later is an age; the same with a number one higher ends its span.
    """
    if _DATED.match(text):
        return None
    latest, later = dates.read(text, at), dates.read(text, at + DAY)
    if latest is None or later is None or later - latest != DAY:
        return None
    older = dates.read(re.sub(r"\d+", lambda number: str(int(number[0]) + 1), text, count=1), at)
    return (older if older and older < latest else latest - DAY), latest
