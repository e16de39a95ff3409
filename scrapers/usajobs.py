"""USAJOBS: jobs of the federal government of the United States. Needs the user's own key (token_env or token_file of
its [[source]]), and in User-Agent nothing but the e-mail address that the key was given to: so its documentation asks
who is calling. Unnarrowed questions are refused; 10,000 results of one question are told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request, TokenAs
from scrapers._feed import between, complaint, kind_of, numbered, page_number
from scrapers._html import plain
from scrapers._json import Record, filled, flag, moment, record, records, text_or, texts
from scrapers._page import believable, distinct

PER_PAGE = 500
TOLD = 10_000
_MAILBOX = re.compile(r"[!-?A-~]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PER = {
    "PA": "a year",
    "PH": "an hour",
    "PD": "a day",
    "BW": "every two weeks",
    "PM": "a month",
    "PW": "piece work",
    "WC": "without pay",
}


def _mailbox(text: str) -> str:
    return "" if _MAILBOX.fullmatch(text) else "must be an e-mail address, the one that the key was given to"


@dataclass(frozen=True, slots=True)
class Options:
    """Who searches, and for what."""

    email: Annotated[str, _mailbox]
    """The address that the key was given to."""
    keyword: str = "machine learning"
    path: str = "student"
    """Who may apply, as the source names it; empty: anybody."""
    pages: Annotated[int, between(1, TOLD // PER_PAGE)] = 2
    """Of 500 jobs each, at most."""
    base: str = "https://data.usajobs.gov"


def start(o: Options) -> list[Request]:
    """The first page."""
    return [_page(1, o)]


def _page(number: int, o: Options) -> Request:
    query: list[tuple[str, str | int]] = [("Keyword", o.keyword)]
    query += [("HiringPath", o.path)] if o.path else []
    return numbered(f"{o.base}/api/Search", number, [*query, ("ResultsPerPage", PER_PAGE)], name="Page")


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else."""
    body = doc.json()
    result = body.get("SearchResult") if isinstance(body, dict) else None
    rows = result.get("SearchResultItems") if isinstance(result, dict) else None
    if not isinstance(rows, list):
        problem = f"not a page of USAJOBS: no 'SearchResult.SearchResultItems'{complaint(body)}"
        raise ParseError(doc.request.url, problem)
    page = believable(Page.of(rows, lambda row: _read(record(row))), doc.request.url)
    number, total = page_number(doc.request), _total(record(result))
    ended = number * PER_PAGE >= total if total is not None else len(rows) < PER_PAGE
    more = () if ended or number >= o.pages else (_page(number + 1, o),)
    complete = (ended or bool(more)) and (total or 0) <= TOLD
    return replace(page, found=distinct(page.found), next=more, complete=complete)


def _total(result: Record) -> int | None:
    """It is sent as a number or as its digits."""
    value: Any = result.get("SearchResultCountAll")
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _read(row: Record) -> Found:
    job = record(row["MatchedObjectDescriptor"], "MatchedObjectDescriptor")
    details = record(record(job.get("UserArea") or {}, "UserArea").get("Details") or {}, "Details")
    offered = _names(job, "PositionOfferingType")
    return Found(
        kind=kind_of(offered),
        key=filled(row, "MatchedObjectId").strip(),
        title=filled(job, "PositionTitle").strip(),
        url=filled(job, "PositionURI").strip().replace(":443/", "/", 1),
        organization=text_or(job, "OrganizationName").strip() or filled(job, "DepartmentName").strip(),
        locations=_names(job, "PositionLocation", "LocationName"),
        remote=flag(details, "RemoteIndicator", False) or None,
        posted=moment(job, "PublicationStartDate"),
        deadline=moment(job, "ApplicationCloseDate"),
        description="\n\n".join(filter(None, _pieces(job, details))),
        employment=", ".join((*offered, *_names(job, "PositionSchedule"))),
        category=", ".join(_names(job, "JobCategory")),
        pay=_pay(records(job, "PositionRemuneration")),
        extra={"hiring_paths": list(texts(details, "HiringPath"))},
    )


def _pieces(job: Record, details: Record) -> list[str]:
    duties = details.get("MajorDuties")
    listed = "\n".join(f"- {plain(duty)}" for duty in duties) if isinstance(duties, list) else ""
    return [
        plain(text_or(details, "JobSummary")),
        f"Duties\n{listed}" if listed else "",
        f"Qualifications\n{words}" if (words := plain(text_or(job, "QualificationSummary"))) else "",
        f"Education\n{words}" if (words := plain(text_or(details, "Education"))) else "",
    ]


def _names(job: Record, name: str, field: str = "Name") -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (text_or(item, field).strip() for item in records(job, name)))))


def _pay(spans: tuple[Record, ...]) -> str:
    """`{"MinimumRange": "50000.0", "MaximumRange": "60000.0", "RateIntervalCode": "PA"}` → '50000–60000 USD a year'."""
    for span in spans:
        ends = dict.fromkeys(f"{float(text_or(span, end) or 0):.15g}" for end in ("MinimumRange", "MaximumRange"))
        told = "–".join(end for end in ends if end != "0")
        unit = text_or(span, "RateIntervalCode")
        if told:
            return " ".join(filter(None, (told, "USD", _PER.get(unit, unit.lower()))))
    return ""


ADAPTER = Adapter(
    kind="usajobs",
    options=Options,
    start=start,
    parse=parse,
    token_as=TokenAs("header", "authorization-key", "{}", ask_at="https://developer.usajobs.gov"),
    agent=lambda o: str(o.email),
)
