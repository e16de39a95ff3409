"""The answer of a search as a table, for a person at a terminal: fits the width, links where the terminal has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich import box
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from finder.model import Kind, Match
from finder.render.search import HEADINGS, dated, grouped, state_words
from finder.render.words import safe, where

COLOURS = {
    "ready": "green",
    "one step away": "yellow",
    "stretch": "dark_orange",
    "not eligible": "red",
    "unknown": "cyan",
}


def search_table(
    matches: Sequence[Match], totals: Mapping[Kind, int], now: datetime, reasons: int, *, colour: bool
) -> None:
    """Print one table a kind to stdout."""
    console = Console(no_color=not colour, highlight=False)
    for kind, members in grouped(matches).items():
        title = f"{HEADINGS[kind]}: {len(members)} of {totals.get(kind, len(members)):,}"
        table = Table(
            title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, pad_edge=False
        )
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("what, and why", ratio=3)
        table.add_column("where", ratio=1)
        table.add_column("when", no_wrap=True)
        table.add_column("id", no_wrap=True)
        for match in members:
            table.add_row(*_cells(match, now, reasons), end_section=True)
        console.print(table)


def _cells(match: Match, now: datetime, reasons: int) -> tuple[Text, Text, Text, Text, Text]:
    opening = match.opening
    link = opening.url if opening.url.startswith(("http://", "https://")) else ""
    what = Text(safe(opening.title), style=Style(bold=True, link=link or None))
    if opening.organization:
        what.append(f"  {safe(opening.organization)}", style="not bold")
    what.append(f"\n{match.readiness}", style=f"not bold {COLOURS[match.readiness]}")
    if words := state_words(match):
        what.append(f"  {words}", style="not bold red")
    for reason in match.reasons[:reasons]:
        what.append(f"\n· {safe(reason)}", style="not bold dim")
    score = Text(f"{match.score * 100:.0f}", style=COLOURS[match.readiness])
    return score, what, Text(where(opening)), Text(dated(match, now)), Text(opening.id, style="dim")
