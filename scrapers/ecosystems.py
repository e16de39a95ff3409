"""Ecosyste.ms: repositories of every forge by topic. Needs no key within 5,000 requests an hour; its data is licensed
CC BY-SA 4.0. What it tells of a repository may be days old. Of the most promising ones it is also asked how their
issues and pull requests fared in the past year, people and bots apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._feed import between, complaint, credit, envelope, numbered
from scrapers._forge import Form, best, once, owner, project, repository
from scrapers._json import Record, flag, number, record, text_or, whole
from scrapers._page import believable

PER_PAGE = 100
HOME = "https://ecosyste.ms"
_OF = "year of "
"""How the context of a request for one repository begins; others begin with the number of a page."""
_FORM = Form(url="html_url", full_name="full_name", created="created_at", pushed="pushed_at", stars="stargazers_count")
_PAPERS = ("readme", "contributing", "code_of_conduct", "license")
_YEAR = {
    "past_year_pull_requests_count": "pulls",
    "past_year_merged_pull_requests_count": "pulls_merged",
    "past_year_bot_pull_requests_count": "pulls_by_bots",
    "past_year_issues_count": "issues_opened",
}
_WAITS = {
    "past_year_avg_time_to_close_issue": "days_to_close_issue",
    "past_year_avg_time_to_close_pull_request": "days_to_close_pull",
}
"""Told in seconds, kept in days."""
_NEWCOMERS = frozenset({"FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"})
"""Who had nothing merged there yet, in GitHub's words for the author of a pull request."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    topics: tuple[str, ...] = ("machine-learning",)
    sort: str = "stargazers_count"
    """The field to begin with the largest of."""
    pages: Annotated[int, between(1, 20)] = 1
    """Of 100 repositories each, for each topic, at most."""
    details: Annotated[int, between(0, 100)] = 20
    """Repositories a topic whose year of issues and pull requests is asked for, the most promising ones."""
    base: str = "https://repos.ecosyste.ms"
    issues: str = "https://issues.ecosyste.ms"


def start(o: Options) -> list[Request]:
    """The first page of each topic."""
    return [_page(topic, 1, o) for topic in o.topics]


def _page(topic: str, page: int, o: Options) -> Request:
    query: list[tuple[str, str | int]] = [
        ("per_page", PER_PAGE),
        ("sort", o.sort),
        ("order", "desc"),
        ("archived", "false"),
        ("fork", "false"),
    ]
    request = numbered(f"{o.base}/api/v1/topics/{quote(topic, safe='')}", page, query)
    return replace(request, context=f"{page} {topic}")


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page of a topic, or the year of one repository. Raises ParseError for anything else."""
    if doc.request.context.startswith(_OF):
        return _year(doc)
    _, rows = envelope(doc, "repositories", "a topic of Ecosyste.ms")
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    count, _, topic = (doc.request.context or "1").partition(" ")
    full = len(rows) >= PER_PAGE
    more = (_page(topic, int(count) + 1, o),) if full and int(count) < o.pages else ()
    found = once(page.found)
    asked = (_asked(item, o) for item in (best(found, doc.at, o.details) if count == "1" else ()))
    return replace(page, found=found, next=(*more, *filter(None, asked)), complete=bool(more) or not full)


def _read(repo: Record) -> Found | None:
    """Read-only repositories, copies and those without issues are left out."""
    closed = flag(repo, "archived", False) or flag(repo, "fork", False) or repo.get("mirror_url")
    if closed or not flag(repo, "has_issues", True):
        return None
    rights = {**credit("via Ecosyste.ms (CC BY-SA 4.0)", HOME), "license": text_or(repo, "license")}
    host = text_or(record(repo.get("host") or {}, "host"), "name")
    told = project(repo, _FORM, "", **rights, **({"host": host} if host else {}), **_care(repo))
    return replace(told, organization=text_or(repo, "owner") or owner(repository(told.url)))


def _care(repo: Record) -> dict[str, Any]:
    """What tells that a project is looked after: who ever committed, and the papers for contributors it has."""
    stats = record(repo.get("commit_stats") or {}, "commit_stats")
    files = record(record(repo.get("metadata") or {}, "metadata").get("files") or {}, "metadata.files")
    committers = {"contributors": whole(stats, "total_committers")} if stats.get("total_committers") is not None else {}
    return {**committers, **({"papers": [name for name in _PAPERS if files.get(name)]} if files else {})}


# ------------------------------------------------------------------------------------------------ the year of one
def _asked(item: Found, o: Options) -> Request | None:
    host, name = item.extra.get("host"), quote(item.extra["full_name"], safe="")
    if not host:
        return None
    url = f"{o.issues}/api/v1/hosts/{quote(host, safe='')}/repositories/{name}"
    return Request(url, context=f"{_OF}{item.key}", optional=True)


def _year(doc: Fetched) -> Page:
    """Counts of a year as a Detail of the repository. Raises ParseError where there are none."""
    body = doc.json()
    try:
        told = _counts(record(body, "answer"))
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise ParseError(doc.request.url, f"not a year of issues of Ecosyste.ms: {error}{complaint(body)}") from error
    return Page(details=(Detail(doc.request.context.removeprefix(_OF), "year", {"extra": told}),))


def _counts(body: Record) -> dict[str, Any]:
    """Raises LookupError, TypeError, OverflowError, ValueError."""
    authors = record(body.get("past_year_pull_request_author_associations_count") or {}, "author associations")
    told: dict[str, Any] = {kept: whole(body, name) for name, kept in _YEAR.items() if body.get(name) is not None}
    told |= {kept: round(number(body, name) / 86_400, 1) for name, kept in _WAITS.items() if body.get(name) is not None}
    if "pulls" not in told:
        raise KeyError("past_year_pull_requests_count")
    if authors:
        told["pulls_by_newcomers"] = sum(whole(authors, name) for name in sorted(_NEWCOMERS & authors.keys()))
    return told


ADAPTER = Adapter(
    kind="ecosystems",
    options=Options,
    start=start,
    parse=parse,
    windowed=lambda o: True,
)
