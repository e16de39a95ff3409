"""The answer of a search for a person at a terminal: fits the width, links where the terminal has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from rich import box
from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from finder.families import ALONE, Family
from finder.model import Kind, Match
from finder.render.search import REASONS, dated, grouped, heading, more, points, state_words
from finder.render.words import credited, safe, where

COLOURS = {
    "ready": "green",
    "one step away": "yellow",
    "stretch": "dark_orange",
    "not eligible": "red",
    "unknown": "cyan",
}
CUT_REASONS = 2
"""Reason lines of a table, each cut to one line, so that twenty matches stay a page or two."""
_OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"
"""Signs that stand in an address as they are; all else that is no letter or digit is encoded, as OSC 8 wants it."""


def terminal(*, colour: bool) -> Console:
    """stdout, with the abilities that rich finds it to have."""
    return Console(no_color=not colour, highlight=False)


def show_table(
    console: Console,
    matches: Sequence[Match],
    totals: Mapping[Kind, int],
    now: datetime,
    reasons: int = REASONS,
    families: Mapping[str, Family] = ALONE,
) -> None:
    """Print one table a kind. More `reasons` than REASONS are asked for on purpose, and are told in full."""
    for kind, members in grouped(matches).items():
        table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0))
        table.title, table.title_justify, table.title_style = heading(kind, members, totals), "left", "bold"
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("what, and why", ratio=1)
        table.add_column("id", no_wrap=True)
        for match in members:
            score = Text(points(match), style=COLOURS[match.readiness])
            family = families.get(match.opening.id)
            table.add_row(
                score, _cell(match, now, reasons, family), Text(match.opening.id, style="dim"), end_section=True
            )
        console.print(table)


def _cell(match: Match, now: datetime, reasons: int, family: Family | None = None) -> RenderableType:
    opening = match.opening
    link = quote(safe(opening.url), safe=_OF_ADDRESSES) if opening.url.startswith(("http://", "https://")) else None
    lines: list[RenderableType] = [Text(safe(opening.title), style=Style(bold=True, link=link))]
    facts = Text(no_wrap=True, overflow="ellipsis")
    facts.append(match.readiness, style=COLOURS[match.readiness])
    for fact in (state_words(match), safe(opening.organization), *credited(opening), where(opening), dated(match, now)):
        facts.append(f" · {fact}" if fact else "")
    lines.append(facts)
    full = reasons > REASONS
    for reason in match.reasons[: reasons if full else CUT_REASONS]:
        lines.append(Text(f"· {safe(reason)}", style="dim", no_wrap=not full, overflow="fold" if full else "ellipsis"))
    if family and family.others:
        lines.append(Text(f"+ {more(match, family)}", style="dim", overflow="fold"))
    return Group(*lines)
