"""What feeds and catalogues have in common: rows under a name, numbered pages, a cap on pages, spans of pay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from finder.errors import ParseError
from finder.model import Fetched, Kind, Request
from scrapers._json import Record, number

_STUDENTS = re.compile(
    r"\b(?:intern(?:s|ships?)?|co-?op|prakti(?:kum|kant)\w*|werkstudent\w*|working student|stagiaire)\b",
    re.IGNORECASE,
)
_SAYS = ("message", "error", "detail", "exception", "status", "errors")


def envelope(doc: Fetched, name: str, what: str) -> tuple[Record, list[Any]]:
    """The answer, a JSON object, and the rows in its list `name`. Raises ParseError for anything else: it says that the
    answer is no `what`, and what the answer itself gives as the reason."""
    body = doc.json()
    rows = body.get(name) if isinstance(body, dict) else None
    if not isinstance(rows, list):
        raise ParseError(doc.request.url, f"not {what}: no list of {name!r}{complaint(body)}")
    return body, rows


def bare(doc: Fetched, what: str) -> list[Any]:
    """The rows of an answer that is a list itself. Raises ParseError as `envelope` does."""
    body = doc.json()
    if not isinstance(body, list):
        raise ParseError(doc.request.url, f"not {what}: no list of rows{complaint(body)}")
    return body


def complaint(body: Any) -> str:
    """What an answer gives as the reason why it is not the expected one, after a colon; '' if it gives none."""
    if not isinstance(body, dict):
        return ""
    told = next((body[name] for name in _SAYS if body.get(name)), None)
    if isinstance(told, dict):
        return complaint(told)
    return f": it says {told}"[:200] if isinstance(told, str | int) else ""


def kind_of(words: Iterable[str]) -> Kind:
    """`internship` if a source's own words for the kind of employment say so, else `job`: then `classify` decides."""
    return "internship" if any(_STUDENTS.search(word) for word in words) else "job"


def pay(row: Record, ends: tuple[str, str], *units: str) -> str:
    """`({"min": 10, "max": 20}, ("min", "max"), "EUR", "yearly")` → '10–20 EUR yearly'. 0 and null mean: not told."""
    told = dict.fromkeys(f"{number(row, end):.15g}" for end in ends if row.get(end))
    return " ".join(("–".join(told), *filter(None, units))) if told else ""


def credit(text: str, url: str) -> dict[str, list[dict[str, str]]]:
    """The part of `extra` that names a source whose terms ask for it, in the words to be shown, and links back to it.
    A list, so that those of several sources of one opening stand side by side."""
    return {"attribution": [{"text": text, "url": url}]}


def page_number(request: Request) -> int:
    """Which page of a numbered list a request asks for: its context, 1 where there is none."""
    return int(request.context or 1)


def numbered(address: str, number: int, query: Sequence[tuple[str, str | int]] = (), name: str = "page") -> Request:
    """The request for page `number` of a list at `address`."""
    return Request(f"{address}?{urlencode([*query, (name, number)])}", context=str(number))


def between(low: int, high: int) -> Callable[[int], str]:
    """The check of an option that is a count: what is wrong with it, in words; '' if nothing is."""
    return lambda count: "" if low <= count <= high else f"must be between {low} and {high}"
