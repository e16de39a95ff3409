"""JazzHR job boards: an XML feed that is made anew once a day, one a company, no paging.

It holds what the company lets others list, so an empty feed is no proof of an empty board; a name that does not exist
gives an empty one too. The time of posting stands in the id (`job_20260801093000_…`).
The shape is that of public descriptions; no recording was at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote
from xml.etree.ElementTree import Element

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain, unescape
from scrapers._page import believable, distinct
from scrapers._xml import needed, root, rows, words

_TIMED = re.compile(r"job_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_", re.ASCII)


@dataclass(frozen=True, slots=True)
class Options:
    """One board."""

    subdomain: str
    """The NAME in `NAME.applytojob.com`."""
    company: str = ""
    """The name to show; empty: the sub-domain."""
    base: str = "https://app.jazz.co"


def start(o: Options) -> list[Request]:
    """The whole feed in one request."""
    return [Request(f"{o.base}/feeds/export/jobs/{quote(o.subdomain, safe='')}")]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a feed. Raises ParseError for anything that is not one."""
    jobs = rows(root(doc, "jobs", "source"), "job")
    page = believable(Page.of(jobs, lambda row: _read(row.element, o)), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(job: Element, o: Options) -> Found:
    key, status = needed(job, "id"), words(job, "status")
    place = ", ".join(filter(None, (words(job, name) for name in ("city", "state", "country"))))
    return Found(
        kind="job",
        key=key,
        title=unescape(needed(job, "title")),
        url=needed(job, "url"),
        organization=o.company or o.subdomain,
        locations=(place,) if place else (),
        posted=words(job, "original_open_date") or _timed(key),
        description=plain(words(job, "description")),
        employment=", ".join(filter(None, (words(job, "type"), words(job, "experience")))),
        category=words(job, "department"),
        closed="" if status.lower() in ("", "open") else f"status: {status}",
    )


def _timed(key: str) -> str:
    found = _TIMED.match(key)
    return "{}-{}-{} {}:{}:{}".format(*found.groups()) if found else ""


ADAPTER = Adapter(kind="jazzhr", employer=True, options=Options, start=start, parse=parse)
