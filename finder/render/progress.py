"""Progress bars of a refresh, for a person at a terminal. Drawn on stderr; stdout stays data."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from finder.model import SourceResult
from finder.render.words import safe


class Bars:
    """One bar over all sources, and a line for each source that has ended."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("asking sources", total=None)
        self._waiting: list[str] = []

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, names: list[str]) -> None:
        """How many sources there are to ask."""
        self._waiting = list(names)
        self._progress.update(self._task, total=len(names))

    def finished(self, result: SourceResult) -> None:
        """One source has ended: its counts, and whom we still wait for."""
        self._waiting.remove(result.name)
        told = "unchanged" if result.unchanged else f"{result.found:,} items, {result.added:,} new"
        mark = {"ok": "[green]✓[/]", "empty": "[yellow]∅[/]"}.get(result.outcome, "[red]✗[/]")
        what = told if result.outcome in ("ok", "empty") else result.outcome
        self._progress.console.print(f"{mark} {safe(result.name):<26} {what}", highlight=False)
        waiting = f"waiting for {safe(self._waiting[0])}" if self._waiting else "concluding"
        self._progress.update(self._task, advance=1, description=waiting)
