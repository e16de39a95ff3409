"""Remote OK: the newest hundred or so remote jobs in one list, whose first element is the legal notice. Its terms: link
to its page of the job, and name Remote OK beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import bare, credit, pay
from scrapers._html import plain, unescape
from scrapers._json import Record, filled, moment, record, text_or, texts
from scrapers._page import believable, distinct

_TWICE_ENCODED = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask for."""

    tag: str = ""
    """A tag of the site, such as "machine learning"; empty: any."""
    base: str = "https://remoteok.com"


def start(o: Options) -> list[Request]:
    """All it shows, in one request."""
    return [Request(f"{o.base}/api" + (f"?{urlencode({'tag': o.tag})}" if o.tag else ""))]


def parse(doc: Fetched, o: Options) -> Page:
    """Read the list; the notice alone is one without jobs. Raises ParseError for anything else."""
    rows = bare(doc, "the feed of Remote OK")
    if not rows or not isinstance(rows[0], dict) or "legal" not in rows[0]:
        raise ParseError(doc.request.url, "not the feed of Remote OK: it does not begin with the legal notice")
    page = believable(Page.of(rows[1:], lambda row: _read(record(row))), doc.request.url)
    return replace(page, found=distinct(page.found))


def _read(job: Record) -> Found:
    place = _words(text_or(job, "location"))
    url = filled(job, "url").strip()
    return Found(
        kind="job",
        key=_key(job),
        title=_words(filled(job, "position")),
        url=url,
        organization=_words(filled(job, "company")),
        locations=(place,) if place else (),
        remote=True,
        posted=text_or(job, "date") or moment(job, "epoch"),
        description=plain(_mended(text_or(job, "description"))),
        pay=pay(job, ("salary_min", "salary_max")),
        skills=texts(job, "tags"),
        extra=credit("via Remote OK", url),
    )


def _key(job: Record) -> str:
    """The id, which is a text but was a number once."""
    value: Any = job["id"]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else filled(job, "id").strip()


def _words(text: str) -> str:
    return " ".join(unescape(_mended(text)).split())


def _mended(text: str) -> str:
    """`â\x80\x93` → `–`: most of its texts had their UTF-8 taken for Latin-1 somewhere."""
    return _TWICE_ENCODED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("utf-8", "ignore") or match[0]


ADAPTER = Adapter(kind="remoteok", options=Options, start=start, parse=parse, windowed=lambda o: True)
