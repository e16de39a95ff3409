"""Links → boards worth following → whether what a board answers is the company's that the links named. Pure.

A board is a candidate until it was asked. It is followed if it shows a posting that the links tell of, or calls itself
what they call it; it is dead if nothing is there or if it is somebody else's: then it rests, each time twice as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from finder import doors, urls
from finder.boards import REGISTERED, Board, Candidate, Link, Standing
from finder.companies import agree, initials_agree
from finder.errors import FetchError, Gone, NoHost, NotYet, ParseError, Refused, WebPage, cause
from finder.model import Found

DEAD_FOR = timedelta(days=30)
RETRY_AFTER = timedelta(days=1)
"""Rests of a board that is dead, and of one that could not be asked or showed nothing to tell it by. Doubled each time
that it comes to nothing again, up to LONGEST_REST."""
LONGEST_REST = timedelta(days=480)


# ------------------------------------------------------------------------------------------------ which boards
@dataclass(slots=True)
class _Told:
    """What the links say of one board."""

    spelt: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Board, and host of the address. Some lists write addresses in small letters, none invents capitals."""
    companies: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    urls: list[str] = field(default_factory=list)
    ml: int = 0

    def add(self, board: str, link: Link) -> None:
        self.spelt[board, urlsplit(link.url.strip()).hostname or ""] += 1
        self.companies[link.organization] += bool(link.organization)
        self.sources[link.source] += 1
        self.urls.append(link.url)
        self.ml += link.ml


def candidates(links: Iterable[Link]) -> list[Candidate]:
    """The boards that these links tell of and that an adapter can read, those with most ML internships first."""
    told: dict[tuple[str, str], _Told] = {}
    for link in links:
        posting = urls.posting(link.url)
        if posting and posting.board and posting.system in doors.systems():
            told.setdefault((posting.system, posting.board.casefold()), _Told()).add(posting.board, link)
    found = (_candidate(system, one) for (system, _), one in told.items())
    return preferred(candidate for candidate in found if candidate)


def _candidate(system: str, told: _Told) -> Candidate | None:
    board, host = min(told.spelt, key=lambda spelt: (spelt[0].islower(), -told.spelt[spelt], spelt))
    opened = doors.door(system, board, host)
    if opened is None:
        return None
    return Candidate(
        system=system,
        board=board,
        adapter=opened.adapter,
        options=opened.options,
        company=_most(told.companies),
        origin=_most(told.sources),
        links=len(told.urls),
        ml_links=told.ml,
        urls=tuple(told.urls),
    )


def _most(counts: Counter[str]) -> str:
    """What was said most often; of several, the first in their own order, whatever the order of the links."""
    return min(counts, key=lambda said: (-counts[said], said))


def registered() -> list[Candidate]:
    """The boards known from the start. Each counts as if it told of one internship."""
    told = ((system, board, company, doors.door(system, board)) for system, board, company in doors.registry())
    return [
        Candidate(
            system=system,
            board=board,
            adapter=opened.adapter,
            options=opened.options,
            company=company,
            origin=REGISTERED,
            ml_links=1,
        )
        for system, board, company, opened in told
        if opened
    ]


def merged(told: Iterable[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Boards that links tell of and boards `known` otherwise, which say best how one is asked and whose it is."""
    better = {one.key: one for one in known}
    found = []
    for one in told:
        other = better.pop(one.key, one)
        found.append(replace(one, board=other.board, options=other.options, company=other.company))
    return preferred([*found, *better.values()])


def preferred(some: Iterable[Candidate]) -> list[Candidate]:
    """In the order in which they are worth asking."""
    return sorted(some, key=lambda one: (-one.ml_links, -one.links, one.key))


def is_covered(candidate: Candidate, adapter: str, options: Mapping[str, object]) -> bool:
    """Whether a source with this adapter and these options is that board."""
    told = ((name, value) for name, value in candidate.options.items() if name not in _WHERE)
    return adapter == candidate.adapter and all(
        str(options.get(name, "")).casefold() == value.casefold() for name, value in told
    )


_WHERE = frozenset({"base", "host", "domain"})
"""Options that say where a board is held, not which one it is."""


def to_ask(known: Sequence[Board], budget: int, most: int, now: datetime) -> list[Board]:
    """The boards to ask now: those never asked before first, `budget` of them, and no more than would make `most`
    followed ones in all."""
    room = most - sum(board.state == "followed" for board in known)
    rested = (b for b in known if b.state != "followed" and (b.next_check is None or b.next_check <= now))
    order = {one.key: index for index, one in enumerate(preferred(board.candidate for board in known))}
    asked = sorted(rested, key=lambda board: (board.checked_at is not None, order[board.candidate.key]))
    return asked[: max(0, min(budget, room))]


# ------------------------------------------------------------------------------------------------ what came of asking
def answered(candidate: Candidate, found: Sequence[Found], misses: int, now: datetime) -> Standing:
    """What a board is that answered. `misses`: how often asking it came to nothing before, in a row."""
    problem = plausible(candidate, found)
    if not problem:
        return Standing("followed")
    return dead(problem, misses, now) if found else again(problem, misses, now)


def unanswered(error: Exception, misses: int, now: datetime) -> Standing:
    """What a board is that was asked in vain."""
    told = error.retry_at if isinstance(error, FetchError) else None
    is_no_board = isinstance(error, Gone | NoHost | ParseError) and not isinstance(error, WebPage)
    if is_no_board or (isinstance(error, Refused) and told is None):
        return dead(cause(error), misses, now)
    if isinstance(error, NotYet) and told:  # it was not asked at all
        return Standing("candidate", cause(error), told, misses)
    standing = again(cause(error), misses, now)
    return replace(standing, next_check=max(filter(None, (standing.next_check, told))))


def unreached(error: Exception, misses: int, now: datetime) -> Standing:
    """What a board is where no host answered at all: that may be the network, and is not held against the board."""
    return Standing("candidate", f"no host answered: {cause(error)}", now + RETRY_AFTER, misses)


def dead(problem: str, misses: int, now: datetime) -> Standing:
    """A board that is not there, or not the one that was meant."""
    return Standing("dead", problem, now + rest(DEAD_FOR, misses), misses + 1)


def again(problem: str, misses: int, now: datetime) -> Standing:
    """A board of which nothing can be said yet."""
    return Standing("candidate", problem, now + rest(RETRY_AFTER, misses), misses + 1)


def rest(first: timedelta, misses: int) -> timedelta:
    """How long a board rests that came to nothing for the `misses` + 1st time in a row."""
    return min(first * (1 << min(misses, 16)), LONGEST_REST)


def plausible(candidate: Candidate, found: Sequence[Found]) -> str:
    """'' if a board is the one that the links meant, else why that is not believed.

    It shows a posting that the links tell of, or calls itself what they call the company. One that does not say its
    name is known by its slug; so is one without postings, but where the system shows an empty board for any name.
    """
    if not found:
        known = doors.is_honest(candidate.system) and _slug_agrees(candidate)
        return "" if known else "shows no openings, so that it cannot be told whose it is"
    if _jobs(candidate.urls) & _jobs(item.url for item in found):
        return ""
    told = names(candidate, found)
    if any(agree(name, candidate.company) for name in told) or (not told and _slug_agrees(candidate)):
        return ""
    called = f"calls itself {sorted(told)[0]!r}" if told else "says no name"
    return f"{called}, while the links say {candidate.company!r}: the slug belongs to another company?"


def speaks(candidate: Candidate, found: Sequence[Found]) -> bool:
    """Whether the board says its company's name with every posting that it shows."""
    return bool(found) and names(candidate, found) == {item.organization for item in found}


def names(candidate: Candidate, found: Iterable[Found]) -> set[str]:
    """What the board calls its company. Adapters put the slug where it says nothing: that is no name."""
    slugs = {value.casefold() for value in candidate.options.values()}
    return {item.organization for item in found if item.organization.casefold() not in {"", *slugs}}


def _slug_agrees(candidate: Candidate) -> bool:
    slugs = [value for name, value in candidate.options.items() if name not in _WHERE]
    return any(agree(slug, candidate.company) or initials_agree(slug, candidate.company) for slug in slugs)


def _jobs(addresses: Iterable[str]) -> set[str]:
    """Identities of those addresses that tell a posting."""
    return {urls.identity(url, "") for url in addresses if (told := urls.posting(url)) and told.job_id}
