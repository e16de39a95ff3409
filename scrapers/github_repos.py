"""GitHub repositories with open issues for newcomers: repositories are searched, then the issues of the best are read.

Searching for issues first would bring farms: most of the newest labelled issues stand in repositories that hardly
anyone uses. One search gives out 1,000 results at most, so stars are cut into slices. Without a token GitHub allows ten
searches a minute and 60 other requests an hour: the defaults keep within that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._forge import best, once
from scrapers._issues import ASKED, LABEL, each, of_github, of_project
from scrapers._json import Record, filled, flag, moment, record, text_or, texts, whole
from scrapers._page import believable

PER_PAGE = 100
TOLD = 1000
"""Results that one search gives out, however many it counts."""

AUTHENTICATED_DETAILS = 150
"""Issue pages a run with a token: 5,000 requests an hour would allow more, the bound of one crawl does not."""

_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_SLICE = re.compile(r"(\d{1,9})\.\.(\d{1,9})", re.ASCII)
_NEXT = re.compile(r'<([^<>]*)>;[^<>]*rel="next"')


def _slices(stars: tuple[str, ...]) -> str:
    """What is wrong with the slices of stars, in words; '' if nothing is."""
    ends = [tuple(map(int, match.groups())) for text in stars if (match := _SLICE.fullmatch(text))]
    if not stars or len(ends) != len(stars):
        return 'must be slices of stars such as "50..199"'
    ends.sort()
    if any(low > high for low, high in ends) or any(a[1] >= b[0] for a, b in pairwise(ends)):
        return "slices of stars must run upwards and have no number in common: both ends belong to them"
    return ""


def _names(repositories: tuple[str, ...]) -> str:
    """What is wrong with the names of repositories, in words; '' if nothing is."""
    odd = [name for name in repositories if not _NAME.fullmatch(name)]
    return f'must be names such as "owner/name"; found {odd[0]!r}' if odd else ""


@dataclass(frozen=True, slots=True)
class Options:
    """What to search for, and with how many requests."""

    topics: tuple[str, ...] = ("machine-learning",)
    """Each is asked once a slice of stars."""
    stars: Annotated[tuple[str, ...], _slices] = ("200..999", "1000..4999", "50..199", "5000..49999")
    """Best first: spare searches go to the second pages of the first ones."""
    more_topics: tuple[str, ...] = ("deep-learning", "llm", "computer-vision", "nlp")
    """Each is asked once, over all the slices together."""
    searches: int = 10
    """Search requests a run, at most."""
    details: int = 20
    """Issue pages a run, at most, without a token."""
    authenticated: bool = False
    """Whether requests carry a token: set by the program, not in the configuration."""
    pushed_after: str = ""
    """Leave out what was not pushed to since this date (YYYY-MM-DD)."""
    repositories: Annotated[tuple[str, ...], _names] = ()
    """Each is read by its name ("owner/name"), whatever a search would say of it; an archived one is marked as such."""
    base: str = "https://api.github.com"


def start(o: Options) -> list[Request]:
    """The repositories that are named, and the first page of every search, with its share of further pages and of issue
    pages in the context."""
    named = [_request(f"{o.base}/repos/{quote(name)}", optional=True, named=name) for name in o.repositories]
    queries = _queries(o)[: o.searches]
    details = max(o.details, AUTHENTICATED_DETAILS) if o.authenticated else o.details
    shares = zip(_shared(o.searches, len(queries)), _shared(details, len(queries)), strict=True)
    searches = [
        _request(f"{o.base}/search/repositories?{urlencode(_asked(query))}", page=1, pages=pages, details=share)
        for query, (pages, share) in zip(queries, shares, strict=True)
    ]
    return named + searches


def _queries(o: Options) -> list[str]:
    ends = [int(end) for text in o.stars for end in text.split("..")]
    sliced = [f"topic:{topic} stars:{stars}" for topic in o.topics for stars in o.stars]
    whole_range = [f"topic:{topic} stars:{min(ends)}..{max(ends)}" for topic in o.more_topics]
    pushed = f" pushed:>={o.pushed_after}" if o.pushed_after else ""
    return [f"{query} good-first-issues:>2 archived:false{pushed}" for query in sliced + whole_range]


def _asked(query: str) -> dict[str, str | int]:
    return {"q": query, "sort": "updated", "order": "desc", "per_page": PER_PAGE, "page": 1}


def _shared(total: int, among: int) -> list[int]:
    """`total` in nearly equal parts, the larger first."""
    return [total // among + (place < total % among) for place in range(among)]


def _request(url: str, *, optional: bool = False, **context: Any) -> Request:
    return Request(url, headers=_HEADERS, context=json.dumps(context), optional=optional)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of a search, one repository, or its issues. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    if "repository" in plan:
        return _issues(doc, plan["repository"])
    return _named(doc, o) if "named" in plan else _search(doc, o, plan)


# ------------------------------------------------------------------------------------------------ a page of a search
def _search(doc: Fetched, o: Options, plan: Mapping[str, int]) -> Page:
    body = doc.json()
    items = body.get("items") if isinstance(body, dict) else None
    total = body.get("total_count") if isinstance(body, dict) else None
    if not isinstance(items, list) or not isinstance(total, int):
        raise ParseError(doc.request.url, f"not an answer to a search of repositories{_message(body)}")
    page = believable(Page.of(items, lambda row: _repository(record(row))), doc.request.url)
    found = once(page.found)
    number = plan.get("page", 1)
    more = _more(doc, o, plan, number)
    told_all = bool(more) or (number - 1) * PER_PAGE + len(items) >= total
    complete = told_all and total <= TOLD and body.get("incomplete_results") is not True
    details = best(found, doc.at, plan.get("details", 0)) if number == 1 else ()
    return replace(page, found=found, next=(*more, *(_details(item, o) for item in details)), complete=complete)


def _message(body: Any) -> str:
    message = body.get("message") if isinstance(body, dict) else None
    return f": {message}"[:200] if message else ""


def _more(doc: Fetched, o: Options, plan: Mapping[str, int], number: int) -> tuple[Request, ...]:
    """The next page as GitHub itself links it, while the share lasts. A link elsewhere is not followed."""
    link = _NEXT.search(doc.headers.get("link", ""))
    if link is None or number >= plan.get("pages", 1) or not link[1].startswith(f"{o.base}/"):
        return ()
    return (_request(link[1], page=number + 1, pages=plan["pages"], details=0),)


def _repository(repo: Record) -> Found | None:
    return _told(repo, archived=False) if _contributable(repo) else None


def _told(repo: Record, *, archived: bool) -> Found:
    url, language = filled(repo, "html_url"), text_or(repo, "language")
    topics = texts(repo, "topics")
    return Found(
        kind="project",
        key=str(whole(repo, "id")),
        title=filled(repo, "name").strip(),
        url=url,
        organization=filled(record(repo["owner"], "owner"), "login"),
        updated=moment(repo, "pushed_at"),
        description=text_or(repo, "description").strip(),
        skills=tuple(dict.fromkeys(filter(None, (language, *topics)))),
        extra={
            "full_name": filled(repo, "full_name"),
            "language": language,
            "stars": whole(repo, "stargazers_count"),
            "forks": whole(repo, "forks_count"),
            "open_issues": whole(repo, "open_issues_count"),
            "topics": list(topics),
            "created_at": moment(repo, "created_at"),
            "pushed_at": moment(repo, "pushed_at"),
            "archived": archived,
            "license": text_or(record(repo.get("license") or {}, "license"), "spdx_id"),
            "label": LABEL,
            "issues_url": f"{url}/labels/{quote(LABEL)}",
        },
    )


def _contributable(repo: Record) -> bool:
    """No one can help where the repository is read-only, a copy of another, or takes no issues."""
    closed = any(flag(repo, name, False) for name in ("archived", "disabled", "fork", "is_template", "private"))
    return not closed and not repo.get("mirror_url") and flag(repo, "has_issues", True)


# ------------------------------------------------------------------------------------------------ one by its name
def _named(doc: Fetched, o: Options) -> Page:
    """A repository that was asked for by name: told whatever its state, since somebody wants to see it. Where it takes
    contributions its issues are read."""
    body = doc.json()
    try:
        repo = record(body, "repository")
        found = _told(repo, archived=flag(repo, "archived", False) or flag(repo, "disabled", False))
        more = (_details(found, o),) if _contributable(repo) else ()
    except (LookupError, TypeError, ValueError) as error:
        raise ParseError(doc.request.url, f"not a repository: {error}{_message(body)}") from error
    return Page((found,), next=more)


# ------------------------------------------------------------------------------------------------ a page of issues
def _details(item: Found, o: Options) -> Request:
    name = quote(item.extra["full_name"], safe="/")
    query = urlencode({"labels": LABEL, "state": "open", "per_page": ASKED}, quote_via=quote)
    return _request(f"{o.base}/repos/{name}/issues?{query}", optional=True, repository=item.key)


def _issues(doc: Fetched, key: str) -> Page:
    """The labelled issues as a Detail of the repository `key`: those still free first, no person named."""
    body = doc.json()
    if not isinstance(body, list):
        raise ParseError(doc.request.url, f"not a list of issues{_message(body)}")
    rows = [row for row in body if not (isinstance(row, dict) and "pull_request" in row)]
    issues, skipped = each(doc, rows, of_github)
    return Page(skipped=skipped, details=(Detail(key, "issues", {"extra": of_project(issues)}),))


ADAPTER = Adapter(
    kind="github_repos", options=Options, start=start, parse=parse, windowed=lambda o: bool(o.repositories)
)
"""A name that could not be asked for once is not gone: where there are names, absence says nothing."""
