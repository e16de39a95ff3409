"""Progress bars of a refresh, for a person at a terminal. Drawn on stderr; stdout stays data."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from finder.model import SourceResult
from finder.render.words import gave, safe

MARKS = {"ok": ("✓", "green"), "empty": ("∅", "yellow"), "not yet": ("·", "yellow")}
FAILED = ("✗", "red")


class Bars:
    """One bar over all sources, and a line for each source that has ended."""

    def __init__(self, console: Console | None = None) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console or Console(stderr=True), transient=True)
        self._task = self._progress.add_task("asking sources", total=None)
        self._waiting: list[str] = []
        self._width = 0

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, names: list[str]) -> None:
        """How many sources there are to ask."""
        self._waiting = list(names)
        self._width = max(map(len, names), default=0)
        self._progress.update(self._task, total=len(names))

    def discovering(self) -> None:
        """All have ended; boards that links tell of are asked."""
        self._progress.update(self._task, description="asking boards that links tell of")

    def finished(self, result: SourceResult) -> None:
        """One source has ended: its counts, and whom we still wait for."""
        self._waiting.remove(result.name)
        sign, colour = MARKS.get(result.outcome, FAILED)
        told = gave(result) if result.outcome in ("ok", "empty") else result.outcome
        line = Text.assemble((sign, colour), f" {safe(result.name):<{self._width}}  {told}")
        self._progress.console.print(line, no_wrap=True, overflow="ellipsis", crop=True)
        waiting = f"waiting for {escape(safe(self._waiting[0]))}" if self._waiting else "concluding"
        self._progress.update(self._task, advance=1, description=waiting)
