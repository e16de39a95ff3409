"""Listings added by hand: from anywhere, into the same line as everything else. They are a source named `manual`.

What was added is never closed by absence: nothing shows it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from db.look import Recorded, Sighted, SourceLook
from db.store import Store
from finder import doors, urls
from finder.boards import MANUAL, Board, board_key
from finder.conclusions import conclude
from finder.config import Config
from finder.lock import locked
from finder.model import Found
from finder.normalise import listing, to_facts
from finder.visit import LIST, Clock


@dataclass(frozen=True, slots=True)
class Told:
    """What an address alone tells of a posting; '' where it does not."""

    system: str = ""
    title: str = ""
    organization: str = ""


def add(config: Config, clock: Clock, found: Sequence[Found]) -> Recorded:
    """Record listings and conclude what follows from them. The same again changes nothing.

    Raises StoreError, and Busy while a refresh is running.
    """
    with locked(config.db), Store.open(config.db) as store:
        started = clock()
        run = store.begin_run(started)
        look = SourceLook(
            source=MANUAL,
            adapter=MANUAL,
            origin="added by hand",
            authority=LIST,
            run=run,
            started=started,
            outcome="ok",
            items=[Sighted((), listing(MANUAL, one, started), {"": to_facts(one)}) for one in found],
            found=len(found),
        )
        recorded = store.record(look, clock())
        conclude(store)
        store.end_run(run, clock())
    return recorded


def told_by(url: str, known: Iterable[Board] = ()) -> Told:
    """What the address of a posting in a known hiring system tells: words for its title, and the employer, by the name
    of the board if it is among those `known`, else by its slug."""
    posting = urls.posting(url)
    if posting is None or posting.system not in doors.systems():
        return Told()
    key = board_key(posting.system, posting.board)
    company = next((board.candidate.company for board in known if board.candidate.key == key), "")
    slug = posting.board.rpartition(":")[2].partition("/")[0].partition(".")[0]
    name = company or _words(re.sub(r"^(?:careers?|jobs?)-|-(?:careers?|jobs?|\d+)$", "", slug))
    return Told(posting.system, _title(url, posting.job_id) if posting.job_id else "", name)


def _title(url: str, job: str) -> str:
    """The words beside the job id: in its step of the path, or in the one after it."""
    steps = [unquote(step) for step in urlsplit(url).path.split("/") if step]
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        if job in step:
            beside = re.sub(_NUMBER, "", step.replace(job, "", 1).strip("-_ "))
            return next((_words(text) for text in (beside, following, step) if _tells(text)), "")
    return ""


def _tells(text: str) -> bool:
    """Two words at least: no id, no `apply`."""
    words = [part for part in re.split(_BETWEEN, text) if part.isalpha() and len(part) > 1]
    return len(words) > 1


def _words(slug: str) -> str:
    text = " ".join(filter(None, re.split(_BETWEEN, slug)))
    return re.sub(r"\b(?:Ai|Ml|Nlp)\b", lambda short: short[0].upper(), text.title()) if text.islower() else text


_BETWEEN = r"[-_+\s]+"
_NUMBER = r"_[A-Za-z]{0,4}[\d_-]*$"
"""What is left of a requisition number."""
