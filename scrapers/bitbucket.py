"""Bitbucket: the public repositories of workspaces that are named. Its catalogue of all repositories was removed in
February 2026; an answer that says so is told as the error that it is. Stars and topics it does not have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote, urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, envelope
from scrapers._forge import once
from scrapers._json import Record, filled, flag, moment, record, text_or
from scrapers._page import believable

PER_PAGE = 100


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
    name, language = filled(repo, "full_name").strip(), text_or(repo, "language").strip()
    url = f"https://bitbucket.org/{name}"
    return Found(
        kind="project",
        key=name.lower(),
        title=filled(repo, "name").strip(),
        url=url,
        organization=name.partition("/")[0],
        updated=moment(repo, "updated_on"),
        description=text_or(repo, "description").strip(),
        skills=(language,) if language else (),
        extra={
            "full_name": name,
            "language": language,
            "created_at": moment(repo, "created_on"),
            "pushed_at": moment(repo, "updated_on"),
            "archived": False,
            "issues_url": f"{url}/issues",
        },
    )


ADAPTER = Adapter(kind="bitbucket", options=Options, start=start, parse=parse)
