"""What one look at a source may change: pure, no clock, no store.

A source is believed when its answer is complete and plausible against the last one that was believed. Only then may
what it no longer shows go missing, and only what is still absent from a second such look at least a day later is
closed. A row that the source itself marks as closed is closed at once: that is evidence, not absence.

What is not plausible is held: it closes nothing, announces nothing, and the pages of the last good answer stay in
memory. A hold ends by recovery (a look that is plausible again) or by agreement (looks that go on showing the same).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from finder.errors import EmptyAnswer, NotYet, cause
from finder.model import Opening, Outcome, State

HOLD_KNOWN = 20
"""Below so many known open items a share of them says nothing."""

HOLD_SHARE = 0.40
"""Hold when at least this share of the known open items vanishes at once. Over 8,064 updates of a real hourly list the
share that vanished was below 0.30 in 99 % of them; the glitches (an empty file, half a list) lie far above."""

NEW_SHARE = 0.50
"""Hold when at least this share of what is shown was never seen before, under any key or text."""

DOUBT_SHARE = 0.20
"""From this share of new keys on items are compared by their texts too: their keys may have changed instead."""

TURNOVER = timedelta(hours=6)
"""How long the last look speaks against new items in a list of the newest only. Half of the list above was new after 6
hours in 2 % of cases, after 12 hours in 15 %, after 24 hours in 44 %."""

STALE = timedelta(days=14)
"""A state older than this speaks against nothing but an answer of nothing: else a source that is looked at once in a
while, and changes much in between, would be held for ever."""

AGREE_AFTER = timedelta(hours=6)
"""A held state that is shown for so long is the truth after all; each look must agree with the one before it."""

AGREE_SHARE = 0.80
"""Two looks agree when so much of what either shows is shown by both (Jaccard). 97 % of looks an hour apart do."""

NOTHING_AFTER = timedelta(hours=72)
"""The same for an answer of no items at all, which outages bring about more often than employers do: longer than a
weekend."""

CLOSE_AFTER = timedelta(hours=24)
"""Between the complete look that first missed an item and the one that closes it."""

REPOST_AFTER, REPOST_WITHIN = timedelta(days=3), timedelta(days=180)
"""Between the last sight of a closed opening and the first of the same words posted again. Less is a source that lost
sight of it, more is the next season."""

MARKS = 1024
"""Items of a held look that are remembered: all of most; of larger ones a sample that estimates the share to 3 %."""


@dataclass(frozen=True, slots=True)
class Known:
    """A sighting as the store has it before this look."""

    state: State
    missing_since: datetime | None = None
    pages: tuple[str, ...] = ()
    """Keys of the requests whose last answers showed it: a 304 to any of them shows it again."""
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What came of visiting a source once. `shown`: key of each item → the source's closing words ('' = open)."""

    shown: Mapping[str, str]
    complete: bool = True
    windowed: bool = False
    skipped: int = 0
    error: Exception | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    """Key → `text_key` of the items that are new, where `doubtful` names any."""
    unclear: frozenset[str] = frozenset()
    """Known items of which nothing is said: not shown, but a page that showed them could not be asked."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What is remembered of looks that were held: since when they agree with each other, and what the last showed."""

    since: datetime
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with a look. When `accept` is false nothing of the look is recorded but the outcome itself."""

    outcome: Outcome
    accept: bool
    missing: frozenset[str] = frozenset()
    closed: Mapping[str, str] = field(default_factory=dict)
    """Key → evidence, for what is closed by absence."""
    problem: str = ""
    same: Mapping[str, str] = field(default_factory=dict)
    """New key → the old key of the same posting, which the source does not use any more."""
    changed: bool = False
    """Whether items came, went or got other keys."""
    hold: Hold | None = None
    """What to remember for the next look; None where nothing is held."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What the source is measured by: the items it is expected to show, and when it last showed any."""

    alive: frozenset[str]
    expected: frozenset[str]
    latest: datetime | None

    @classmethod
    def of(cls, known: Mapping[str, Known], windowed: bool) -> _Before:
        latest = max([item.last_seen for item in known.values() if item.last_seen], default=None)
        if windowed and latest:  # what has left such a list before stays open, and is not expected back
            last = frozenset([k for k, item in known.items() if item.last_seen == latest and item.state == "open"])
            return cls(last, last, latest)
        alive = frozenset([key for key, item in known.items() if item.state != "closed"])
        return cls(alive, frozenset([key for key in alive if known[key].state == "open"]), latest)


def text_key(organization: str, title: str, locations: Iterable[str]) -> str:
    """What a posting is known by where its key and address have changed; '' where there is no title."""
    told = (organization, title, " ".join(sorted(locations)))
    words = [" ".join(re.findall(r"\w+", text.casefold())) for text in told]
    return "\n".join(words) if words[1] else ""


def doubtful(known: Mapping[str, Known], look: Look) -> frozenset[str]:
    """Keys of items whose texts `judge` needs: what vanished, where so much is new that keys may have changed."""
    if look.error is not None or _new_share(known, look, 0) < DOUBT_SHARE:
        return frozenset()
    before = _Before.of(known, look.windowed)
    return before.alive - look.shown.keys() - look.unclear if len(before.expected) >= HOLD_KNOWN else frozenset()


def judge(
    known: Mapping[str, Known],
    look: Look,
    now: datetime,
    hold: Hold | None = None,
    texts: Mapping[str, str] | None = None,
) -> Verdict:
    """Decide on one look. `now` (UTC) must not run backwards past `missing_since`, else nothing closes.

    `hold` is what the last verdict asked to remember, `texts` the text keys of the items that `doubtful` named.
    """
    before = _Before.of(known, look.windowed)
    if look.error is not None:
        return _after_error(look.error, before, now, hold)
    same = _same(known, look, texts or {})
    if problem := _suspicion(known, look, before, same, hold, now):
        held, waited = _prolong(look, hold, now)
        if waited < (AGREE_AFTER if look.shown else NOTHING_AFTER):
            return Verdict("held", False, problem=problem, hold=held)
    if not look.shown and look.skipped:
        return Verdict("failed", False, problem=f"none of {look.skipped} records fit", hold=hold)
    return _accept(known, look, before.alive - set(same.values()), now, same)


def _accept(
    known: Mapping[str, Known], look: Look, alive: frozenset[str], now: datetime, same: Mapping[str, str]
) -> Verdict:
    tells_all = look.complete and not look.windowed and not look.skipped  # a record that did not fit may be any of them
    gone = alive - look.shown.keys() - look.unclear if tells_all else frozenset()
    closed = {key: _absence(since, now) for key in gone if (since := known[key].missing_since) and _due(since, now)}
    changed = bool(gone) or any(key not in known for key in look.shown)
    return Verdict("ok" if look.shown else "empty", True, gone - closed.keys(), closed, same=same, changed=changed)


# ------------------------------------------------------------------------------------------------ what is not plausible
def _suspicion(
    known: Mapping[str, Known],
    look: Look,
    before: _Before,
    same: Mapping[str, str],
    hold: Hold | None,
    now: datetime,
) -> str:
    """Why a look is not to be believed, in words; '' if it is. An incomplete look proves nothing."""
    expected = len(before.expected)
    if not look.complete or expected < HOLD_KNOWN:
        return ""
    age = now - before.latest if before.latest else timedelta(0)
    if look.shown and age >= STALE:
        return ""
    if look.windowed:
        left, there = len(look.shown), "items are shown, where the last look showed"
    else:
        left, there = len(before.expected & (look.shown.keys() | set(same.values()) | look.unclear)), "of"
    if expected - left >= HOLD_SHARE * expected:
        return f"only {left} {there} {expected}" + ("" if look.windowed else " known open items are still there")
    fresh = age - (now - hold.since) if hold else age  # the age of the last state when the hold began
    if look.windowed and fresh > TURNOVER:
        return ""
    if (share := _new_share(known, look, len(same))) >= NEW_SHARE:
        return f"{100 * share:.0f} % of the items shown are new, where {expected} were known"
    return ""


def _new_share(known: Mapping[str, Known], look: Look, same: int) -> float:
    """Of the items shown as open, the share that is not known; `same` of them by another key."""
    shown = [key for key, closed in look.shown.items() if not closed]
    return (sum(key not in known for key in shown) - same) / max(1, len(shown))


def _same(known: Mapping[str, Known], look: Look, texts: Mapping[str, str]) -> dict[str, str]:
    """New key → vanished key, for items with the same text. Where several share one they are paired in their order:
    whichever is which, as many of them are old as were there before."""
    gone: defaultdict[str, list[str]] = defaultdict(list)
    for key in known.keys() & texts.keys() - look.shown.keys() if texts else ():
        gone[texts[key]].append(key)
    for keys in gone.values():
        keys.sort(reverse=True)
    new = (key for key, closed in look.shown.items() if texts and not closed and key not in known)
    return {key: gone[text].pop() for key in new if (text := look.texts.get(key, "")) and gone.get(text)}


# ------------------------------------------------------------------------------------------------ holding
def _prolong(look: Look, hold: Hold | None, now: datetime) -> tuple[Hold, timedelta]:
    """The hold with this look in it, and for how long its looks have agreed. One that does not agree begins anew."""
    marks = fingerprint(look.shown)
    agrees = hold is not None and agreement(hold.marks, marks) >= AGREE_SHARE
    since = min(hold.since, now) if hold and agrees else now
    return Hold(since, marks), now - since


def fingerprint(keys: Iterable[str]) -> tuple[str, ...]:
    """Short digests of keys, in order; the `MARKS` smallest of them if there are more."""
    return tuple(sorted({blake2b(key.encode("utf-8", "replace"), digest_size=5).hexdigest() for key in keys})[:MARKS])


def agreement(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of two sets that both have (Jaccard), of their fingerprints: exact up to `MARKS` items, above that
    estimated from the smallest digests of both (Broder, On the resemblance and containment of documents, 1997)."""
    first, second = frozenset(one), frozenset(other)
    either = sorted(first | second)[:MARKS]
    return sum(mark in first and mark in second for mark in either) / len(either) if either else 1.0


def _after_error(error: Exception, before: _Before, now: datetime, hold: Hold | None) -> Verdict:
    """A failure says nothing about what is held; an answer of nothing begins a hold, and never ends one."""
    if isinstance(error, NotYet):
        return Verdict("not yet", False, problem=str(error), hold=hold)
    problem = cause(error)
    if isinstance(error, EmptyAnswer) and (known := len(before.expected)) >= HOLD_KNOWN:
        told = f"{problem}: none of {known} known open items is there"
        return Verdict("held", False, problem=told, hold=hold or Hold(now))
    return Verdict("failed", False, problem=problem, hold=hold)


def _due(since: datetime, now: datetime) -> bool:
    return now - since >= CLOSE_AFTER


def _absence(since: datetime, now: datetime) -> str:
    return f"absent from two complete looks, {since:%Y-%m-%d %H:%M} and {now:%Y-%m-%d %H:%M} UTC"


# ------------------------------------------------------------------------------------------------ posted again
def repost_of(new: Opening, closed: Iterable[Opening]) -> Opening | None:
    """The last of these openings that `new` posts again; None if there is none.

    The same organization, words of the title and a place in common, gone for a while before the new one appeared: what
    stood beside it or was first seen with it is a sibling.
    """
    asked = text_key(new.organization, new.title, ())
    again = [
        old
        for old in closed
        if old.id != new.id and old.state == "closed" and REPOST_AFTER <= new.first_seen - _left(old) <= REPOST_WITHIN
        if asked and text_key(old.organization, old.title, ()) == asked and _share_a_place(old, new)
    ]
    return max(again, key=_left, default=None)


def _left(old: Opening) -> datetime:
    """When a closed opening was last open: a list may go on showing it as closed."""
    return min(old.last_seen, old.state_at or old.last_seen)


def _share_a_place(one: Opening, other: Opening) -> bool:
    mine, theirs = (
        {(place.city or place.text, place.region, place.country) for place in opening.places}
        for opening in (one, other)
    )
    return bool(mine & theirs) or not (mine or theirs)
