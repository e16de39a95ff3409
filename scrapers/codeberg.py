"""Codeberg, and any other forge that runs Forgejo: public repositories by topic, the most starred first. It lives from
donations: one answer a day is asked for, and the issues of a few repositories only where the options say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote, urlencode

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._feed import bare, between, envelope
from scrapers._forge import Form, best, once, project
from scrapers._issues import ASKED, LABEL, each, of_github, of_project
from scrapers._json import Record, flag, record, whole
from scrapers._page import believable

PER_PAGE = 50
_OF, _PULL = "issues of ", "pull_request"
_FORM = Form(
    name="name",
    url="html_url",
    full_name="full_name",
    created="created_at",
    pushed="updated_at",
    stars="stars_count",
    issues="/issues",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topic: str = "machine-learning"
    details: Annotated[int, between(0, 10)] = 0
    """Repositories whose issues for newcomers are read, one request each, the most promising ones."""
    base: str = "https://codeberg.org"


def start(o: Options) -> list[Request]:
    """The first fifty."""
    asked = {"q": o.topic, "topic": "true", "archived": "false", "sort": "stars", "order": "desc", "limit": PER_PAGE}
    return [Request(f"{o.base}/api/v1/repos/search?{urlencode(asked)}")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the repositories, or the issues of one. Raises ParseError for anything else, and for an answer that itself
    says that it is not ok."""
    if doc.request.context.startswith(_OF):
        return _issues(doc)
    body, rows = envelope(doc, "data", "an answer of Forgejo")
    if body.get("ok") is not True:
        raise ParseError(doc.request.url, "not an answer of Forgejo: 'ok' is not true")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    found = once(page.found)
    asked = tuple(_asked(item, o) for item in best(found, doc.at, o.details))
    return replace(page, found=found, next=asked, complete=len(rows) < PER_PAGE)


def _read(repo: Record) -> Found | None:
    """Read-only repositories, copies and those without issues are left out."""
    shut = any(flag(repo, name, False) for name in ("archived", "fork", "mirror", "private", "template", "empty"))
    if shut or not flag(repo, "has_issues", True):
        return None
    return project(repo, _FORM, str(whole(repo, "id")))


# ------------------------------------------------------------------------------------------------ a page of issues
def _asked(item: Found, o: Options) -> Request:
    query = urlencode({"labels": LABEL, "state": "open", "type": "issues", "limit": ASKED}, quote_via=quote)
    url = f"{o.base}/api/v1/repos/{quote(item.extra['full_name'], safe='/')}/issues?{query}"
    return Request(url, context=f"{_OF}{item.key}", optional=True)


def _issues(doc: Fetched) -> Page:
    """The labelled issues as a Detail of their repository. Raises ParseError for anything else."""
    rows = [row for row in bare(doc, "a list of issues of Forgejo") if not (isinstance(row, dict) and row.get(_PULL))]
    issues, skipped = each(doc, rows, of_github)
    told = {**of_project(issues), "label": LABEL} if issues else of_project(issues)
    return Page(skipped=skipped, details=(Detail(doc.request.context.removeprefix(_OF), "issues", {"extra": told}),))


ADAPTER = Adapter(
    kind="codeberg",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
    min_interval=timedelta(days=1),
)
