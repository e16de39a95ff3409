"""How fast the ranking is: openings a second, and how many times a plain sort of the same openings fits into its time.

A search orders all that fits, and explains what it shows.

    python bench/rank.py [COUNT]

The ratio travels between machines better than the seconds do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from finder.model import Facets, Need, Opening, Place, Profile, Progress
from finder.rank import explained, ordered
from finder.skills import skills
from finder.steps import load

NOW = datetime(2026, 8, 23, tzinfo=UTC)
ROUNDS = 3


def world(count: int) -> list[Opening]:
    """Openings with six needs each, as a described advertisement has them; every fourth is known by its title alone."""
    names = list(skills())
    return [_opening(number, names) for number in range(count)]


def _opening(number: int, names: list[str]) -> Opening:
    asked = [names[(number * step + step) % len(names)] for step in (1, 3, 5, 7, 11, 13)]
    strengths = ("must", "must", "should", "should", "mentioned", "mentioned")
    needs = tuple(Need(skill, strength, f"You know {skill}") for skill, strength in zip(asked, strengths, strict=True))
    return Opening(
        id=f"{number:08x}",
        kind="internship",
        title=f"Machine Learning Intern {number}",
        organization=f"Company {number % 500}",
        url=f"https://jobs.example/{number}",
        places=(Place("Austin, TX", "Austin", "TX", "US"),),
        posted_at=NOW - timedelta(hours=number % 2000),
        first_seen=NOW - timedelta(days=1),
        last_seen=NOW,
        facets=Facets(
            rules="1",
            kind="internship",
            role="core",
            relevance=(number % 100) / 100,
            level="internship",
            needs=needs if number % 4 else (),
            described=bool(number % 4),
            evidence={"role": "Machine Learning"},
        ),
    )


def timed(run: Callable[[], object]) -> float:
    """The least seconds of CPU of some rounds."""
    took = []
    for _ in range(ROUNDS):
        start = process_time()
        run()
        took.append(process_time() - start)
    return min(took)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    openings, curriculum = world(count), load()
    done = ("code.python", "code.sql", "code.numpy-pandas", "course.descriptive-statistics")
    who = Profile(steps=dict.fromkeys(done, Progress("done", NOW)), locations=("Berlin",), terms=("Summer 2027",))
    ranking = timed(lambda: ordered(openings, who, NOW, curriculum))
    matches = ordered(openings, who, NOW, curriculum)
    telling = timed(lambda: explained(matches, who, NOW, curriculum))
    sorting = timed(lambda: sorted(openings, key=lambda one: (one.posted_at, one.id)))
    print(f"rank: {count / ranking:,.0f} openings/s, {ranking / count * 1e6:.0f} us each, {count:,} openings")
    print(f"explaining all of them takes {telling / count * 1e6:.0f} us each")
    print(f"a plain sort of them takes {sorting * 1e3:.1f} ms; ranking takes {ranking / sorting:.0f} times that")


if __name__ == "__main__":
    main()
