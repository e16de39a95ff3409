"""GitLab: public projects by topic, the most starred first. Needs no key within 400 requests in ten minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._feed import bare, between, numbered
from scrapers._forge import Form, best, once, project
from scrapers._issues import ASKED, LABEL, each, is_bot, issue, of_project
from scrapers._json import Record, filled, flag, moment, record, records, text_or, texts, whole
from scrapers._page import believable

PER_PAGE = 100
_OF = "issues of "
"""How the context of a request for issues begins; others begin with the number of a page."""
_FORM = Form(
    name="name",
    url="web_url",
    full_name="path_with_namespace",
    created="created_at",
    pushed="last_activity_at",
    stars="star_count",
    issues="/-/issues",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topics: tuple[str, ...] = ("machine-learning",)
    pages: Annotated[int, between(1, 20)] = 1
    """Of 100 projects each, for each topic, at most."""
    details: Annotated[int, between(0, 100)] = 10
    """Projects a topic whose issues for newcomers are read, the most promising ones."""
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
    """Read a page of projects, or the issues of one. Raises ParseError for anything else, such as `{"message": …}`."""
    if doc.request.context.startswith(_OF):
        return _issues(doc)
    rows = bare(doc, "a list of projects of GitLab")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, _, topic = (doc.request.context or "1").partition(" ")
    full = len(rows) >= PER_PAGE
    more = (_page(topic, int(number) + 1, o),) if full and int(number) < o.pages else ()
    found = once(page.found)
    asked = (_asked(item, o) for item in (best(found, doc.at, o.details) if number == "1" else ()))
    return replace(page, found=found, next=(*more, *asked), complete=bool(more) or not full)


def _read(row: Record) -> Found | None:
    """Read-only projects and copies are left out."""
    if flag(row, "archived", False) or row.get("forked_from_project") or row.get("mirror") is True:
        return None
    return project(row, _FORM, str(whole(row, "id")))


# ------------------------------------------------------------------------------------------------ a page of issues
def _asked(item: Found, o: Options) -> Request:
    query = urlencode({"labels": LABEL, "state": "opened", "per_page": ASKED}, quote_via=quote)
    url = f"{o.base}/api/v4/projects/{item.key}/issues?{query}"
    return Request(url, context=f"{_OF}{item.key}", optional=True)


def _issues(doc: Fetched) -> Page:
    """The labelled issues as a Detail of their project. Raises ParseError for anything else."""
    issues, skipped = each(doc, bare(doc, "a list of issues of GitLab"), _issue)
    told = {**of_project(issues), "label": LABEL} if issues else of_project(issues)
    return Page(skipped=skipped, details=(Detail(doc.request.context.removeprefix(_OF), "issues", {"extra": told}),))


def _issue(row: Record) -> dict[str, Any]:
    """A merge request that refers to an issue takes it: whether it is open is not told."""
    return issue(
        title=filled(row, "title"),
        url=filled(row, "web_url"),
        labels=texts(row, "labels"),
        created=moment(row, "created_at"),
        taken=bool(records(row, "assignees")) or bool(row.get("merge_requests_count")),
        comments=whole(row, "user_notes_count"),
        body=text_or(row, "description"),
        bot=is_bot(record(row.get("author") or {}, "author")),
    )


ADAPTER = Adapter(kind="gitlab", options=Options, start=start, parse=parse, windowed=lambda o: True)
