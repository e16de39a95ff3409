"""`finder serve`: the hours of a foreground process. The room that knows APScheduler; cron users never load it.

What is due is asked of the store, hour by hour: a run that was missed (the machine slept, the process was killed) is
due still, and is caught up once. The scheduler only rings, in UTC, with nothing stored of its own, so its DST
arithmetic and its grace for late jobs (1 s, then a run is dropped) never matter. The work is done on the main thread:
that is where signals arrive, and where they end it at once.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from queue import Full, Queue

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK = timedelta(hours=1)

TERMINATED = 128 + signal.SIGTERM
"""Exit code, as shells report it."""


def serve(tick: Callable[[], object], every: timedelta = TICK) -> None:
    """Call `tick` now and then `every` so often; ends only by what `tick` or a signal raises: KeyboardInterrupt for
    SIGINT, SystemExit for SIGTERM. Ticks never overlap, and those that were missed are one. To be called on the main
    thread."""
    bell: Queue[None] = Queue(maxsize=1)

    def ring() -> None:
        with suppress(Full):  # the last one has not been heard yet
            bell.put_nowait(None)

    scheduler = BackgroundScheduler(timezone="UTC", daemon=True)
    trigger = IntervalTrigger(seconds=every.total_seconds(), timezone="UTC")
    scheduler.add_job(ring, trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
    with _terminable():
        scheduler.start()
        try:
            while True:
                tick()
                bell.get()
        finally:
            scheduler.shutdown(wait=False)


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM as an exception, so that files are closed, transactions rolled back and locks let go on the way out."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
