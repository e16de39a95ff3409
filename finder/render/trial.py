"""What one visit to a source showed, for a person who wants to know whether it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from finder import dates
from finder.health import fills
from finder.model import Found, Skipped
from finder.render.words import counted, safe

SHOWN = 3
"""Items, and skipped records, that are written out."""
EXCERPT = 160


def trial(found: Sequence[Found], skipped: Sequence[Skipped], notes: Sequence[str], now: datetime) -> Iterator[str]:
    """Counts, how many of the items tell each field, the first items, and why records were skipped; in lines."""
    yield ", ".join([counted(len(found), "item"), f"{counted(len(skipped), 'record')} skipped", *notes])
    told = fills(found)
    if told.shares:
        yield ""
        yield "fields told, of all items:"
        yield from (f"  {name:<14}{share:>5.0%}" for name, share in told.shares.items())
    if found:
        yield ""
        yield "first items:"
        yield from (line for item in found[:SHOWN] for line in _item(item, now))
    if skipped:
        yield ""
        yield "skipped:"
        yield from (line for one in skipped[:SHOWN] for line in (f"  {safe(one.why)}", f"    {_cut(one.excerpt)}"))
        if len(skipped) > SHOWN:
            yield f"  and {len(skipped) - SHOWN:,} more"


def record(found: Sequence[Found], skipped: Sequence[Skipped]) -> Mapping[str, object]:
    """The same as JSON-able data."""
    return {
        "found": len(found),
        "fields": dict(fills(found).shares),
        "first": [{"key": item.key, "title": item.title, "organization": item.organization, "url": item.url}
                  for item in found[:SHOWN]],
        "skipped": [{"why": one.why, "excerpt": one.excerpt} for one in skipped],
    }  # fmt: skip


def _item(item: Found, now: datetime) -> Iterator[str]:
    posted = dates.read(item.posted, now)
    when = f"posted {posted:%Y-%m-%d}" if posted else item.posted
    told = (item.title, item.organization, "; ".join(item.locations), when, "closed" if item.closed else "")
    yield f"  {' · '.join(safe(part) for part in told if part)}"
    yield f"    {safe(item.url)}"
    if item.description:
        yield f"    {_cut(item.description)}"


def _cut(text: str) -> str:
    line = safe(text)
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
