"""Workday job boards: a search of 20 postings a page, and one more document for the text of each.

The list tells titles, places and ages ("Posted 30+ Days Ago"); texts, dates and all places are read of the `details`
postings that promise most. Only the first page counts the hits. The count stops at 2,000, and pages beyond that are
the first ones again: such a search is cut there and counts as incomplete.

A company's robots.txt names its sites by the pages for people (`/SITE/`). The documents that these pages load stand
elsewhere on the same host, so each request says which page it stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, best
from scrapers._html import plain
from scrapers._json import Record, filled, record, text_or, texts
from scrapers._page import believable, distinct

LIMIT = 20
"""Postings a page; a larger number is refused."""
CAP = 2000

_HEADERS = (("Accept", "application/json"), ("Content-Type", "application/json"))
_SEVERAL = re.compile(r"\d+ locations?", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,4})(\+?)")
_REMOTE = {"remote": True, "fully remote": True, "hybrid": False, "on-site": False, "onsite": False, "on site": False}


@dataclass(frozen=True, slots=True)
class Options:
    """One site of one company: `https://TENANT.HOST.myworkdayjobs.com/SITE`."""

    tenant: str
    host: str
    """Such as `wd5`; or a whole host name, as in `https://HOST/recruiting/TENANT/SITE`."""
    site: str
    """In its own letter case."""
    company: str = ""
    """The name to show; empty: the tenant's."""
    search: str = "intern"
    """Words that Workday searches titles and texts for; empty: the whole board."""
    details: Budget = 60
    """Postings a run whose own document is read."""
    base: str = ""


def _origin(o: Options) -> str:
    host = o.host if "." in o.host else f"{o.tenant}.{o.host}.myworkdayjobs.com"
    return o.base or f"https://{host}"


def _documents(o: Options) -> str:
    return f"{_origin(o)}/wday/cxs/{o.tenant}/{o.site}"


def _seen_by_people(o: Options) -> str:
    shared = o.host.endswith("myworkdaysite.com")
    return f"{_origin(o)}/recruiting/{o.tenant}/{o.site}" if shared else f"{_origin(o)}/{o.site}"


def start(o: Options) -> list[Request]:
    """The first page of the search."""
    return [_list(o, offset=0)]


def _list(o: Options, **plan: Any) -> Request:
    asked = {"appliedFacets": {}, "limit": LIMIT, "offset": plan["offset"], "searchText": o.search}
    body = json.dumps(asked).encode()
    page = f"{_seen_by_people(o)}/"
    return Request(f"{_documents(o)}/jobs", "POST", body, _HEADERS, json.dumps(plan), stands_for=page)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the search, or one posting's document. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    body = doc.json()
    if not isinstance(body, dict):
        raise ParseError(doc.request.url, "not a Workday board: no object")
    return _posting(doc, body, plan["key"]) if "key" in plan else _page(doc, body, o, plan)


# ------------------------------------------------------------------------------------------------ a page of the list
def _page(doc: Fetched, body: Record, o: Options, plan: Mapping[str, Any]) -> Page:
    rows, total = body.get("jobPostings"), plan.get("total", body.get("total"))
    if not isinstance(rows, list) or not isinstance(total, int):
        raise ParseError(doc.request.url, f"not a Workday board: {_complaint(body)}")
    told = [row for row in rows if not _hidden(row)]
    page = believable(Page.of(told, lambda row: _read(record(row), o)), doc.request.url)
    if rows and not told:
        raise ParseError(doc.request.url, f"none of {len(rows)} postings has a title")
    found = distinct(page.found)
    end, chosen = plan.get("offset", 0) + LIMIT, best(plan.get("best", ()), found, o.details, _age)
    if rows and end < min(total, CAP):
        following: tuple[Request, ...] = (_list(o, offset=end, total=total, best=chosen),)
        complete = True
    else:
        following = tuple(_detail(o, key) for _, _, key in chosen)
        complete = total < CAP and end - LIMIT + len(rows) >= total
    return replace(page, found=found, next=following, complete=complete and len(told) == len(rows))


def _hidden(row: Any) -> bool:
    """A row of a bare requisition number is a posting that the site does not show; which one cannot be told."""
    return isinstance(row, dict) and row.keys() <= {"bulletFields"}


def _complaint(body: Record) -> str:
    told = [str(body[name]) for name in ("errorCode", "httpStatus", "message") if body.get(name)]
    return f"it answers {' '.join(told)}"[:200] if told else "no list of 'jobPostings' with its 'total'"


def _read(row: Record, o: Options) -> Found:
    path, place = filled(row, "externalPath").strip(), text_or(row, "locationsText").strip()
    if not path.startswith("/"):
        raise ValueError(f"externalPath: not a path: {path[:40]!r}")
    return Found(
        kind="job",
        key=path,
        title=filled(row, "title").strip(),
        url=_seen_by_people(o) + path,
        organization=o.company or o.tenant,
        locations=(place,) if place and not _SEVERAL.fullmatch(place) else (),
        posted=text_or(row, "postedOn").strip(),
        remote=_REMOTE.get(text_or(row, "remoteType").strip().lower()),
        extra={"requisition": texts(row, "bulletFields")[0]} if texts(row, "bulletFields") else {},
    )


def _age(item: Found) -> int:
    """Days, whatever the language: no number is 'today' or 'yesterday'."""
    days = _DAYS.search(item.posted)
    return int(days[1]) + bool(days[2]) if days else 0


# ------------------------------------------------------------------------------------------------ one posting
def _detail(o: Options, key: str) -> Request:
    context, page = json.dumps({"key": key}), _seen_by_people(o) + key
    return Request(_documents(o) + key, headers=_HEADERS[:1], context=context, optional=True, stands_for=page)


def _posting(doc: Fetched, body: Record, key: str) -> Page:
    info = body.get("jobPostingInfo")
    if not isinstance(info, dict):
        raise ParseError(doc.request.url, f"not a Workday posting: {_complaint(body)}")
    try:
        fields = _fields(info)
    except (LookupError, TypeError, ValueError) as error:
        raise ParseError(doc.request.url, f"not a Workday posting: {error}"[:200]) from error
    return Page(details=(Detail(key, "posting", fields),))


def _fields(info: Record) -> dict[str, Any]:
    places = [place.strip() for place in (text_or(info, "location"), *texts(info, "additionalLocations"))]
    told: dict[str, Any] = {
        "description": plain(text_or(info, "jobDescription")),
        "locations": tuple(dict.fromkeys(filter(None, places))),
        "posted": text_or(info, "startDate").strip(),
        "deadline": text_or(info, "endDate").strip(),
        "employment": text_or(info, "timeType").strip(),
        "remote": _REMOTE.get(text_or(info, "remoteType").strip().lower()),
    }
    return {name: value for name, value in told.items() if value not in ("", (), None)}


ADAPTER = Adapter(kind="workday", employer=True, options=Options, start=start, parse=parse)
