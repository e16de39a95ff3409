"""Which postings of a list get a request of their own, where the list alone does not tell enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Annotated, Any

from finder.model import Found, Page, Request
from scrapers._page import distinct

MOST = 80
"""Detail pages of one source in one run; with them its list pages stay within the bound of a crawl."""


def _budget(count: int) -> str:
    return "" if 0 <= count <= MOST else f"must be between 0 and {MOST}"


Budget = Annotated[int, _budget]

Candidate = list[Any]
"""[not a student's job by its title, age, key]: JSON-able, since it travels in the context of the next page."""

_STUDENT = re.compile(
    r"\b(?:intern(?:s|ships?)?|co-?ops?|trainees?(?:ships?)?|apprentice(?:s|ships?)?|students?|placements?|fellow(?:s|ships?)?"
    r"|thesis|graduates?|stage|stagiaires?|stagiair|alternan\w+|praktik\w+|werkstudent\w*|becari[oa]s?|est[aá]gio)\b",
    re.IGNORECASE,
)


def best(
    carried: Iterable[Candidate], found: Iterable[Found], count: int, age: Callable[[Found], int] = lambda _: 0
) -> list[Candidate]:
    """The `count` postings most worth reading, of those carried so far and those of a new page: what a title names as
    a student's job first, then the youngest, then in the source's own order."""
    new = [[_STUDENT.search(item.title) is None, age(item), item.key] for item in found]
    return sorted([*carried, *new], key=lambda candidate: (candidate[0], candidate[1]))[:count]


def led_on(
    page: Page,
    carried: Iterable[Candidate],
    count: int,
    more: Callable[[list[Candidate]], Request] | None,
    detail: Callable[[str], Request],
    *,
    complete: bool,
) -> Page:
    """A page of a list with what follows it: the next one (`more`), which carries the postings most worth reading so
    far; or, after the last, the documents of those (`detail`, by key). `complete`: whether that one told all."""
    found = distinct(page.found)
    chosen = best(carried, found, count)
    if more is not None:
        return replace(page, found=found, next=(more(chosen),))
    return replace(page, found=found, next=tuple(detail(key) for _, _, key in chosen), complete=complete)
