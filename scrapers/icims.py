"""iCIMS job boards: search pages of HTML, and one page more for the text of each posting, which holds a JobPosting.

Both are asked as their inner frame (`in_iframe=1`): the page round it is empty. How many postings a page holds is up to
the company. Search pages are read by what public descriptions say of them; of postings a recording was at hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Detail, Fetched, Found, Page, Request
from scrapers._details import Budget, Candidate, led_on
from scrapers._html import tree
from scrapers._jobposting import postings
from scrapers._page import believable

MAX_LISTS = 100
"""Search pages of one run; with the details they stay within the bound of a crawl."""

_JOB = re.compile(r"/jobs/(\d+)/")
_PAGES = re.compile(r"\bPage\s+\d+\s+of\s+(\d+)\b", re.IGNORECASE)
_NONE = re.compile(r"\bno (?:jobs|results|openings|positions|matching|matches)\b", re.IGNORECASE)
_ROW = frozenset(("row", "iCIMS_JobsTableRow", "iCIMS_JobCardItem"))


@dataclass(frozen=True, slots=True)
class Options:
    """One portal."""

    subdomain: str
    """The NAME in `NAME.icims.com`, such as `careers-acme`."""
    company: str = ""
    """The name to show; empty: what the postings say, else the sub-domain."""
    search: str = "intern"
    """Words that the portal searches for; empty: the whole board."""
    details: Budget = 60
    """Postings a run whose own page is read."""
    base: str = ""


def _origin(o: Options) -> str:
    return o.base or f"https://{o.subdomain}.icims.com"


def start(o: Options) -> list[Request]:
    """The first search page."""
    return [_list(o, 0, [])]


def _list(o: Options, page: int, best: list[Candidate]) -> Request:
    asked = {"ss": 1, "in_iframe": 1, "searchKeyword": o.search, "pr": page}
    plan = json.dumps({"page": page, "best": best})
    return Request(f"{_origin(o)}/jobs/search?{urlencode(asked)}", context=plan)


def parse(doc: Fetched, o: Options) -> Page:
    """Read a search page, or the page of one posting. Raises ParseError for anything else."""
    plan = json.loads(doc.request.context or "{}")
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    return _posting(doc, o, plan["key"]) if "key" in plan else _search(doc, o, plan)


# ------------------------------------------------------------------------------------------------ a search page
def _search(doc: Fetched, o: Options, plan: Mapping[str, Any]) -> Page:
    page = tree(doc.request.url, doc.text)
    rows = _rows(page)
    text = page.body.text(separator=" ") if page.body else ""
    if not rows and not _NONE.search(text):
        raise ParseError(doc.request.url, "neither a posting nor a word that there is none")
    told = believable(Page.of(rows, lambda row: _read(row, o)), doc.request.url)
    number = plan.get("page", 0)
    following = bool(rows) and _more(page, text, number)
    more = partial(_list, o, number + 1) if following and number + 1 < MAX_LISTS else None
    return led_on(told, plan.get("best", ()), o.details, more, partial(_detail, o), complete=not following)


def _more(page: LexborHTMLParser, text: str, number: int) -> bool:
    counted = _PAGES.search(text)
    return number + 1 < int(counted[1][:9]) if counted else page.css_first('link[rel="next"]') is not None


def _rows(page: LexborHTMLParser) -> list[dict[str, str]]:
    """The words of each posting of the table: its address, title, and labelled fields with their labels."""
    rows: dict[str, dict[str, str]] = {}
    for link in page.css(".iCIMS_JobsTable a[href]"):
        job = _JOB.search(link.attributes["href"] or "")
        if job and job[1] not in rows:
            heading = link.css_first("h1, h2, h3, h4")
            title = (heading or link).text(separator=" ").strip()
            rows[job[1]] = {"id": job[1], "title": title, **_labelled(_row_of(link))}
    return list(rows.values())


def _row_of(link: LexborNode) -> LexborNode:
    node: LexborNode | None = link
    for _ in range(6):
        node = node.parent if node is not None else None
        if node is not None and _ROW & set((node.attributes.get("class") or "").split()):
            return node
    return link


def _labelled(row: LexborNode) -> dict[str, str]:
    told: dict[str, str] = {}
    for label in row.css("dt, .field-label")[:50]:
        value = label.next
        while value is not None and (value.tag or "-").startswith("-"):  # text and comments between the two
            value = value.next
        if value is not None:
            told.setdefault(f"{label.text().strip().lower()}:", " ".join(value.text(separator=" ").split()))
    return told


def _read(row: Mapping[str, str], o: Options) -> Found:
    if not row["title"]:
        raise ValueError("title: is blank")
    places = next((row[name] for name in row if re.fullmatch(r"(?:job )?locations?:", name)), "")
    return Found(
        kind="job",
        key=row["id"],
        title=" ".join(row["title"].split()),
        url=f"{_origin(o)}/jobs/{row['id']}/job",
        organization=o.company or o.subdomain,
        locations=tuple(dict.fromkeys(filter(None, (place.strip() for place in places.split("|"))))),
        posted=row.get("posted date:", row.get("date posted:", "")),
        category=row.get("category:", row.get("job category:", "")),
        employment=row.get("position type:", row.get("type:", "")),
    )


# ------------------------------------------------------------------------------------------------ one posting
def _detail(o: Options, key: str) -> Request:
    address = f"{_origin(o)}/jobs/{key}/job?in_iframe=1"
    return Request(address, context=json.dumps({"key": key}), optional=True)


def _posting(doc: Fetched, o: Options, key: str) -> Page:
    told = postings(doc.request.url, doc.text)[0].fields
    return Page(
        details=(
            Detail(key, "posting", {name: told[name] for name in told if name != "organization" or not o.company}),
        )
    )


ADAPTER = Adapter(kind="icims", employer=True, options=Options, start=start, parse=parse)
