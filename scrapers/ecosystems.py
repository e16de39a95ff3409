"""Ecosyste.ms: repositories of every forge by topic. Needs no key within 5,000 requests an hour; its data is licensed
CC BY-SA 4.0. What it tells of a repository may be days old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import between, envelope, numbered
from scrapers._forge import once, owner, repository
from scrapers._json import Record, filled, flag, moment, record, text_or, texts, whole
from scrapers._page import believable

PER_PAGE = 100
_COUNTS = {"stargazers_count": "stars", "forks_count": "forks", "open_issues_count": "open_issues"}


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topics: tuple[str, ...] = ("machine-learning",)
    sort: str = "stargazers_count"
    """The field to begin with the largest of."""
    pages: Annotated[int, between(1, 20)] = 1
    """Of 100 repositories each, for each topic, at most."""
    base: str = "https://repos.ecosyste.ms"


def start(o: Options) -> list[Request]:
    """The first page of each topic."""
    return [_page(topic, 1, o) for topic in o.topics]


def _page(topic: str, number: int, o: Options) -> Request:
    query: list[tuple[str, str | int]] = [
        ("per_page", PER_PAGE),
        ("sort", o.sort),
        ("order", "desc"),
        ("archived", "false"),
        ("fork", "false"),
    ]
    request = numbered(f"{o.base}/api/v1/topics/{quote(topic, safe='')}", number, query)
    return replace(request, context=f"{number} {topic}")


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page of a topic. Raises ParseError for anything else."""
    _, rows = envelope(doc, "repositories", "a topic of Ecosyste.ms")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, _, topic = (doc.request.context or "1").partition(" ")
    full = len(rows) >= PER_PAGE
    more = (_page(topic, int(number) + 1, o),) if full and int(number) < o.pages else ()
    return replace(page, found=once(page.found), next=more, complete=bool(more) or not full)


def _read(repo: Record) -> Found | None:
    """Read-only repositories, copies and those without issues are left out."""
    closed = flag(repo, "archived", False) or flag(repo, "fork", False) or repo.get("mirror_url")
    if closed or not flag(repo, "has_issues", True):
        return None
    url = repository(filled(repo, "html_url")) or filled(repo, "html_url").strip()
    name, language, topics = filled(repo, "full_name").strip(), text_or(repo, "language"), texts(repo, "topics")
    counted: dict[str, Any] = {
        kept: whole(repo, count) for count, kept in _COUNTS.items() if repo.get(count) is not None
    }
    return Found(
        kind="project",
        key=url.lower(),
        title=name.rpartition("/")[2],
        url=url,
        organization=text_or(repo, "owner") or owner(repository(url)),
        updated=moment(repo, "pushed_at"),
        description=text_or(repo, "description").strip(),
        skills=tuple(dict.fromkeys(filter(None, (language, *topics)))),
        extra={
            "attribution": "Ecosyste.ms (CC BY-SA 4.0)",
            "full_name": name,
            "language": language,
            "topics": list(topics),
            "license": text_or(repo, "license"),
            "created_at": moment(repo, "created_at"),
            "pushed_at": moment(repo, "pushed_at"),
            "archived": False,
            **counted,
        },
    )


ADAPTER = Adapter(
    kind="ecosystems",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
)
