"""`finder serve`: the hours of a foreground process. The one room that knows APScheduler; cron users never load it.

What is due is asked of the store, hour by hour: a run that was missed (the machine slept, the process was killed) is due
still, and is caught up once. The scheduler only ticks, in UTC, with nothing stored of its own: its DST arithmetic and its
grace for late jobs (both faulty or narrow in 3.11) never matter.
"""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK_MINUTES = 60


def serve(tick: Callable[[], object], minutes: int = TICK_MINUTES) -> None:
    """Call `tick` now and then every `minutes`, until interrupted. A tick that is late runs once; two never overlap."""
    scheduler = BlockingScheduler(timezone="UTC")
    trigger = IntervalTrigger(minutes=minutes, timezone="UTC")
    scheduler.add_job(tick, trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
    tick()
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=False)
        raise
