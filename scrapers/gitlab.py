"""GitLab: public projects by topic, the most starred first. Needs no key within 400 requests in ten minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import bare, between, numbered
from scrapers._forge import once
from scrapers._json import Record, filled, flag, moment, record, text_or, texts, whole
from scrapers._page import believable

PER_PAGE = 100
_COUNTS = {"star_count": "stars", "forks_count": "forks", "open_issues_count": "open_issues"}
"""Issues are counted only where a project has them."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topics: tuple[str, ...] = ("machine-learning",)
    pages: Annotated[int, between(1, 20)] = 1
    """Of 100 projects each, for each topic, at most."""
    base: str = "https://gitlab.com"


def start(o: Options) -> list[Request]:
    """The first page of each topic."""
    return [_page(topic, 1, o) for topic in o.topics]


def _page(topic: str, number: int, o: Options) -> Request:
    query: list[tuple[str, str | int]] = [
        ("topic", topic),
        ("archived", "false"),
        ("with_issues_enabled", "true"),
        ("order_by", "star_count"),
        ("per_page", PER_PAGE),
    ]
    return replace(numbered(f"{o.base}/api/v4/projects", number, query), context=f"{number} {topic}")


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else, such as `{"message": …}`."""
    rows = bare(doc, "a list of projects of GitLab")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, _, topic = (doc.request.context or "1").partition(" ")
    full = len(rows) >= PER_PAGE
    more = (_page(topic, int(number) + 1, o),) if full and int(number) < o.pages else ()
    return replace(page, found=once(page.found), next=more, complete=bool(more) or not full)


def _read(project: Record) -> Found | None:
    """Read-only projects and copies are left out."""
    if flag(project, "archived", False) or project.get("forked_from_project"):
        return None
    url, path, topics = (
        filled(project, "web_url").strip(),
        filled(project, "path_with_namespace"),
        texts(project, "topics"),
    )
    counted: dict[str, Any] = {
        kept: whole(project, count) for count, kept in _COUNTS.items() if project.get(count) is not None
    }
    return Found(
        kind="project",
        key=str(whole(project, "id")),
        title=filled(project, "name").strip(),
        url=url,
        organization=path.rpartition("/")[0],
        updated=moment(project, "last_activity_at"),
        description=text_or(project, "description").strip(),
        skills=topics,
        extra={
            "full_name": path,
            "topics": list(topics),
            "created_at": moment(project, "created_at"),
            "pushed_at": moment(project, "last_activity_at"),
            "archived": False,
            "issues_url": f"{url}/-/issues",
            **counted,
        },
    )


ADAPTER = Adapter(kind="gitlab", options=Options, start=start, parse=parse, windowed=lambda o: True)
