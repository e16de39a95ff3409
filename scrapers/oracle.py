"""Oracle Recruiting Cloud career sites: a search, and one more document for the text of each posting.

Oracle marks these documents as meant for its own pages, so no such source is switched on by default, and each host's
robots.txt decides whether one is asked at all. Paging stands inside the finder; without `expand` the hits are counted
and none is told. The shape is that of public descriptions; no recording was at hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from finder.errors import ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, Candidate, led_on
from scrapers._html import plain
from scrapers._json import Record, filled, moment, record, records, text_or
from scrapers._page import believable

LIMIT = 100
MAX_LISTS = 100
_RESOURCES = "hcmRestApi/resources/latest"
_REMOTE = {
    "ora_remote": True,
    "ora_hybrid": False,
    "ora_on_site": False,
    "remote": True,
    "hybrid": False,
    "on-site": False,
}
_TEXTS = ("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr")


@dataclass(frozen=True, slots=True)
class Options:
    """One site: `https://HOST/hcmUI/CandidateExperience/en/sites/SITE`."""

    host: str
    """A whole host name, such as `acme.fa.us2.oraclecloud.com`."""
    site: str
    """Such as `CX_1`."""
    company: str = ""
    """The name to show; empty: the host's first part."""
    search: str = "intern"
    """Words that the site searches for; empty: the whole board."""
    details: Budget = 40
    """Postings a run whose own document is read."""
    base: str = ""


def _origin(o: Options) -> str:
    return o.base or f"https://{o.host}"


def start(o: Options) -> list[Request]:
    """The first page of the search, newest first."""
    return [_list(o, 0, [])]


def _list(o: Options, offset: int, best: list[Candidate]) -> Request:
    keyword = f',keyword="{o.search}"' if o.search else ""
    finder = f"findReqs;siteNumber={o.site},limit={LIMIT},offset={offset}{keyword},sortBy=POSTING_DATES_DESC"
    query = f"onlyData=true&expand=requisitionList.secondaryLocations&finder={quote(finder, safe=';=,')}"
    plan = json.dumps({"offset": offset, "best": best})
    return Request(f"{_origin(o)}/{_RESOURCES}/recruitingCEJobRequisitions?{query}", context=plan)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a page of the search, or one posting's document. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    body = doc.json()
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
        raise ParseError(doc.request.url, "not an Oracle site: not one entry under 'items'")
    return _posting(doc, items[0], plan["key"]) if "key" in plan else _page(doc, items[0], o, plan)


# ------------------------------------------------------------------------------------------------ a page of the list
def _page(doc: Fetched, body: Record, o: Options, plan: Mapping[str, Any]) -> Page:
    rows, total = body.get("requisitionList", []), body.get("TotalJobsCount")
    if not isinstance(rows, list) or not isinstance(total, int):
        raise ParseError(doc.request.url, "not an Oracle search: no 'requisitionList' with its 'TotalJobsCount'")
    offset = plan.get("offset", 0)
    if not rows and total > offset:
        raise ParseError(doc.request.url, f"{total} postings are counted and none is told")
    page = believable(Page.of(rows, lambda row: _read(record(row), o)), doc.request.url)
    end, told_all = offset + LIMIT, offset + len(rows) >= total
    more = partial(_list, o, end) if end < min(total, LIMIT * MAX_LISTS) else None
    return led_on(page, plan.get("best", ()), o.details, more, partial(_detail, o), complete=told_all)


def _read(row: Record, o: Options) -> Found:
    key = moment(row, "Id").strip()
    if not key:
        raise ValueError("Id: is blank")
    places = (
        text_or(row, "PrimaryLocation"),
        *(text_or(place, "Name") for place in records(row, "secondaryLocations")),
    )
    return Found(
        kind="job",
        key=key,
        title=filled(row, "Title").strip(),
        url=f"{_origin(o)}/hcmUI/CandidateExperience/en/sites/{o.site}/job/{quote(key, safe='')}",
        organization=o.company or o.host.partition(".")[0],
        locations=tuple(dict.fromkeys(place.strip() for place in places if place.strip())),
        remote=_REMOTE.get((text_or(row, "WorkplaceTypeCode") or text_or(row, "WorkplaceType")).lower()),
        posted=text_or(row, "PostedDate"),
        deadline=text_or(row, "PostingEndDate"),
        description=plain(text_or(row, "ShortDescriptionStr")),
        employment=text_or(row, "JobType") or text_or(row, "JobSchedule"),
        category=text_or(row, "JobFamily"),
    )


# ------------------------------------------------------------------------------------------------ one posting
def _detail(o: Options, key: str) -> Request:
    finder = quote(f'ById;Id="{key}",siteNumber={o.site}', safe=";=,")
    query = f"expand=all&onlyData=true&finder={finder}"
    address = f"{_origin(o)}/{_RESOURCES}/recruitingCEJobRequisitionDetails?{query}"
    return Request(address, context=json.dumps({"key": key}), optional=True)


def _posting(doc: Fetched, body: Record, key: str) -> Page:
    try:
        texts = [plain(text_or(body, name)) for name in _TEXTS]
        told = {
            "description": "\n\n".join(filter(None, texts)),
            "posted": text_or(body, "ExternalPostedStartDate"),
            "deadline": text_or(body, "ExternalPostedEndDate"),
            "employment": text_or(body, "JobType") or text_or(body, "JobSchedule"),
            "category": text_or(body, "Category"),
        }
    except TypeError as error:
        raise ParseError(doc.request.url, f"not an Oracle posting: {error}"[:200]) from error
    return Page(details=(Detail(key, "posting", {name: value for name, value in told.items() if value}),))


ADAPTER = Adapter(kind="oracle", employer=True, options=Options, start=start, parse=parse)
