"""The openings of the sample world: who hires, for what, since when. Invented; the same every time."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from finder.demo.employers import EMPLOYERS, Employer

_T = TypeVar("_T")

SEASONS = ("Summer", "Summer", "Summer", "Fall", "Winter", "Spring")

HEADINGS = (
    ("Your tasks", "Requirements", "Nice to have"),
    ("What you will do", "What you bring", "Even better"),
    ("Responsibilities", "Minimum qualifications", "Preferred qualifications"),
    ("What you'll do", "What we look for", "Ideally"),
    ("Your role", "You have", "Bonus points"),
    ("Aufgaben", "Your profile", "A plus"),
)
"""For tasks, for what is required, for what is wished."""

STUDIES = (
    "You are enrolled at a university for the whole time",
    "You study something with numbers in it, at any level",
    "You are studying for a bachelor's or master's degree, or learn by yourself and can show it",
    "We do not ask for a degree; show us something you made",
)

CLOSINGS = (
    "You will have one mentor and one real task.",
    "We answer every application within two weeks.",
    "Interns present their work on their last day; most are asked back.",
    "Apply with a page about yourself and a link to code; no cover letter, please.",
    "The interview is a talk about something you built, not a quiz.",
    "We work four days a week, and so would you.",
)

NO_VISA = "We cannot sponsor a work visa for this position."


@dataclass(frozen=True, slots=True)
class Position:
    """A kind of opening, as positions.toml has it."""

    titles: tuple[str, ...]
    team: str
    tasks: tuple[str, ...]
    must: tuple[str, ...]
    nice: tuple[str, ...]
    weight: int
    who: str = "student"

    @property
    def student(self) -> bool:
        """Whether it is an internship."""
        return self.who in ("student", "doctoral student")


@dataclass(frozen=True, slots=True)
class Role:
    """One opening."""

    number: int
    employer: Employer
    title: str
    place: str
    term: str
    """'' for a job that is no internship."""
    pay: str
    """'' where the employer does not say."""
    team: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings with their lines: what there is to do, what is required, what is wished."""
    closing: str
    age: int
    """Days since it was posted."""

    @property
    def company(self) -> str:
        """The employer's name."""
        return self.employer.name

    @property
    def slug(self) -> str:
        """The employer's token at a hiring system."""
        return self.employer.slug

    @property
    def remote(self) -> bool:
        """Whether the work is done from anywhere."""
        return "Remote" in self.place

    @property
    def skills(self) -> list[str]:
        """What a list would name that reads the posting by machine."""
        named = [line.partition(" | ")[2] for _, lines in self.lists for line in lines]
        return [skill for names in named if names for skill in names.split(", ")]

    @property
    def beginning(self) -> str:
        """The paragraph that the posting begins with."""
        when = f" in {self.term}" if self.term else ""
        where = "You can work from home" if self.remote else f"We sit in {self.place}"
        return f"{self.company} {self.employer.about}. You would join {self.team}{when}. {where}."

    @property
    def sections(self) -> list[tuple[str, list[str]]]:
        """The lists as a reader sees them."""
        return [(heading, [line.partition(" | ")[0] for line in lines]) for heading, lines in self.lists]

    @property
    def text(self) -> str:
        """The description, a line a paragraph; lines that begin with a dash are list items."""
        lists = [line for heading, items in self.sections for line in (heading, *(f"- {item}" for item in items))]
        return "\n".join([self.beginning, *lists, self.closing])


@cache
def positions() -> tuple[Position, ...]:
    """All kinds of openings."""
    told = tomllib.loads((Path(__file__).parent / "positions.toml").read_text("utf-8"))["position"]
    return tuple(Position(**{name: _frozen(value) for name, value in one.items()}) for one in told)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def roles(count: int, year: int) -> list[Role]:
    """`count` openings for terms of `year`. A pure function: the same arguments, the same world."""
    chance = random.Random(f"roles {year}")
    kinds = [position for position in positions() for _ in range(position.weight)]
    chance.shuffle(kinds)
    return [_role(number, kinds[number % len(kinds)], year, chance) for number in range(count)]


def _role(number: int, position: Position, year: int, chance: random.Random) -> Role:
    employer = chance.choice(EMPLOYERS)
    place = chance.choice(employer.places)
    term = f"{chance.choice(SEASONS)} {year}" if position.student else ""
    return Role(
        number=number,
        employer=employer,
        title=_title(_at_home(position.titles, place, chance), term, place, chance),
        place=place,
        term=term,
        pay=_pay(place, chance) if term else "",
        team=position.team,
        lists=_lists(position, place, chance),
        closing=_closing(place, chance),
        age=min(int(chance.expovariate(1 / 18)), 75),
    )


def _at_home(words: Sequence[_T], place: str, chance: random.Random) -> _T:
    """One of them; the last is German and is heard in Germany alone."""
    return chance.choice(words if "Germany" in place else words[:-1])


def _title(title: str, term: str, place: str, chance: random.Random) -> str:
    """Titles name the term, or the law that says whom one may hire, or neither."""
    if "Germany" in place and "(" not in title:
        return title + chance.choice(("", " (m/f/d)"))
    return title + (chance.choice((f" ({term})", f" - {term}", f", {term}", "", "", "")) if term else "")


def _lists(position: Position, place: str, chance: random.Random) -> tuple[tuple[str, tuple[str, ...]], ...]:
    first, *others = position.must
    must = (first, *_some(others, max(1, len(others) - 1), chance))
    studies = (chance.choice(STUDIES),) if position.who == "student" else ()
    lines = (_some(position.tasks, 2, chance), must + studies, _some(position.nice, 2, chance))
    return tuple(zip(_at_home(HEADINGS, place, chance), lines, strict=True))


def _some(lines: Sequence[str], count: int, chance: random.Random) -> tuple[str, ...]:
    """So many of them, in their order."""
    chosen = sorted(chance.sample(range(len(lines)), min(count, len(lines))))
    return tuple(lines[place] for place in chosen)


def _pay(place: str, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return ""
    hourly = chance.randrange(22, 56)
    return f"${hourly}/hr" if _in_america(place) else f"€{hourly * 40 // 50 * 50:,}/month"


def _in_america(place: str) -> bool:
    return place.endswith((", Canada", "USA")) or place[-4:-2] == ", "


def _closing(place: str, chance: random.Random) -> str:
    told = chance.sample(CLOSINGS, 2)
    return " ".join([*told, NO_VISA] if _in_america(place) and chance.random() < 0.3 else told)
