"""Bitbucket: the public repositories of workspaces that are named. Its catalogue of all repositories was removed in
February 2026; an answer that says so is told as the error that it is. Stars and topics it does not have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote, urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, envelope
from scrapers._forge import Form, once, project
from scrapers._json import Record, filled, flag, record
from scrapers._page import believable

PER_PAGE = 100
_FORM = Form(name="name", url="url", full_name="full_name", created="created_on", pushed="updated_on", issues="/issues")


def _some(workspaces: tuple[str, ...]) -> str:
    return "" if workspaces and all(workspaces) else "must name a workspace at least"


@dataclass(frozen=True, slots=True)
class Options:
    """Which workspaces."""

    workspaces: Annotated[tuple[str, ...], _some]
    """Names as in `bitbucket.org/NAME`."""
    pages: Annotated[int, between(1, 20)] = 2
    """Of 100 repositories each, for each workspace, at most."""
    base: str = "https://api.bitbucket.org"


def start(o: Options) -> list[Request]:
    """The first page of each workspace, the latest changed repositories first."""
    query = urlencode({"q": "is_private=false", "sort": "-updated_on", "pagelen": PER_PAGE})
    return [Request(f"{o.base}/2.0/repositories/{quote(name, safe='')}?{query}", context="1") for name in o.workspaces]


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page, and follow its own link to the next. Raises ParseError for anything else."""
    body, rows = envelope(doc, "values", "a list of repositories of Bitbucket")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, link = int(doc.request.context or 1), body.get("next")
    follows = isinstance(link, str) and link.startswith(f"{o.base}/") and number < o.pages
    more = (Request(str(link), context=str(number + 1)),) if follows else ()
    return replace(page, found=once(page.found), next=more, complete=not link or bool(more))


def _read(repo: Record) -> Found | None:
    """Copies, and repositories that are private or take no issues, are left out."""
    if flag(repo, "is_private", False) or repo.get("parent") or not flag(repo, "has_issues", True):
        return None
    name = filled(repo, "full_name").strip()
    at_home = {**repo, "url": f"https://bitbucket.org/{name}", "topics": None}
    return project(at_home, _FORM, name.lower())


ADAPTER = Adapter(kind="bitbucket", options=Options, start=start, parse=parse)
