"""`finder demo`: everything finder does, on a sample world of its own, without network and without your store."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import mkdtemp
from textwrap import fill

from db.read import Reader
from finder.cli.digest import save
from finder.cli.out import say, tell
from finder.cli.refresh import Silent, problem_line
from finder.cli.search import show_answer
from finder.config import environment
from finder.config import now as clock_now
from finder.delivery import write
from finder.demo.run import DONE, SETTINGS, sample
from finder.matching import answer
from finder.query import Query
from finder.render import records
from finder.render.search import REASONS
from finder.steps import load

WIDTH = 100

BANNER = (
    "This is a SAMPLE: invented employers and repositories, served on this machine. "
    "No network is used, and your own store is not touched."
)


def demo(args: argparse.Namespace) -> int:
    """Collect the sample, print its ranking for a sample person, and write a digest to look at."""
    environ = environment()
    now = clock_now(environ)
    (tell if args.json else say)(BANNER)
    folder = Path(args.keep) if args.keep else Path(mkdtemp(prefix="finder-digest-"))
    with sample(now, Silent(), Path(args.keep) if args.keep else None) as (config, report):
        for result in report.results:
            if result.outcome != "ok":
                tell(problem_line(result))
        with Reader.open(config.db) as reader:
            found = answer(reader, config, Query(), now)
        written = write(config, now, ())
    if args.json:
        say(records.as_json(found.matches, found.families))
        return report.exit_code
    say(_person())
    show_answer(found, now, environ, REASONS)
    say("\nThis week's digest for Sam:")
    save(written, folder)
    if args.keep:
        say(f"\nLook around in it: finder --config {config.db.with_name(SETTINGS)} search")
    say("\nYour own: `finder init` asks what you like and what you have done, `finder refresh` collects for you.")
    return report.exit_code


def _person() -> str:
    """Who the sample is ranked for."""
    curriculum = load()
    done = "; ".join(curriculum.steps[step].title for step in DONE)
    count = f"{len(DONE)} of {len(curriculum.path)} steps"
    return fill(f"Sam lives in Germany, would work from home, and has done {count}: {done}.", WIDTH) + "\n"
