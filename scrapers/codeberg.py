"""Codeberg, and any other forge that runs Forgejo: public repositories by topic, the most starred first. It lives from
donations: one answer a day is asked for, not more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import envelope
from scrapers._forge import once
from scrapers._json import Record, filled, flag, moment, record, text_or, texts, whole
from scrapers._page import believable

PER_PAGE = 50
_COUNTS = {"stars_count": "stars", "forks_count": "forks", "open_issues_count": "open_issues"}


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topic: str = "machine-learning"
    base: str = "https://codeberg.org"


def start(o: Options) -> list[Request]:
    """The first fifty."""
    asked = {"q": o.topic, "topic": "true", "archived": "false", "sort": "stars", "order": "desc", "limit": PER_PAGE}
    return [Request(f"{o.base}/api/v1/repos/search?{urlencode(asked)}")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the answer. Raises ParseError for anything else, and where the answer itself says that it is not ok."""
    body, rows = envelope(doc, "data", "an answer of Forgejo")
    if body.get("ok") is not True:
        raise ParseError(doc.request.url, "not an answer of Forgejo: 'ok' is not true")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    return replace(page, found=once(page.found), complete=len(rows) < PER_PAGE)


def _read(repo: Record) -> Found | None:
    """Read-only repositories, copies and those without issues are left out."""
    shut = any(flag(repo, name, False) for name in ("archived", "fork", "mirror", "private", "template", "empty"))
    if shut or not flag(repo, "has_issues", True):
        return None
    url, name, language = filled(repo, "html_url").strip(), filled(repo, "full_name").strip(), text_or(repo, "language")
    topics = texts(repo, "topics")
    counted: dict[str, Any] = {
        kept: whole(repo, count) for count, kept in _COUNTS.items() if repo.get(count) is not None
    }
    return Found(
        kind="project",
        key=str(whole(repo, "id")),
        title=filled(repo, "name").strip(),
        url=url,
        organization=name.rpartition("/")[0],
        updated=moment(repo, "updated_at"),
        description=text_or(repo, "description").strip(),
        skills=tuple(dict.fromkeys(filter(None, (language, *topics)))),
        extra={
            "full_name": name,
            "language": language,
            "topics": list(topics),
            "created_at": moment(repo, "created_at"),
            "pushed_at": moment(repo, "updated_at"),
            "archived": False,
            "issues_url": f"{url}/issues",
            **counted,
        },
    )


ADAPTER = Adapter(
    kind="codeberg",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
    min_interval=timedelta(days=1),
)
