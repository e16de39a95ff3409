"""Good First Issue: the TOML document of repositories that its editors let in. It names them and says no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._forge import once, owner, repository
from scrapers._page import believable
from scrapers._toml import document


@dataclass(frozen=True, slots=True)
class Options:
    """Where the list stands."""

    url: str = "https://raw.githubusercontent.com/DeepSourceCorp/good-first-issue/master/data/repositories.toml"


def start(o: Options) -> list[Request]:
    """The whole list in one request."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list. Raises ParseError for anything else, EmptyAnswer for an empty document."""
    body = document(doc)
    rows = body.get("repositories")
    if not isinstance(rows, list):
        raise ParseError(doc.request.url, "not the list of Good First Issue: no list of 'repositories'")
    page = believable(Page.of(rows, _read), doc.request.url)
    return replace(page, found=once(page.found))


def _read(row: Any) -> Found:
    """`github.com/ada/engine`, without a scheme."""
    url = repository(f"https://{row.strip()}")
    if not url:
        raise ValueError("not the address of a repository")
    return Found(
        kind="project",
        key=url.lower(),
        title=url.rpartition("/")[2],
        url=url,
        organization=owner(url),
        extra={"lists": ["good-first-issue"]},
    )


ADAPTER = Adapter(kind="good_first_issue", options=Options, start=start, parse=parse)
