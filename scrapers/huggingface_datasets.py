"""Data sets of the Hugging Face Hub, the most downloaded first. Needs no key within 500 requests in five minutes. Each
page links the next one in its header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._feed import bare, between
from scrapers._json import Record, filled, flag, moment, record, text_or, texts, whole
from scrapers._page import believable, distinct

LARGEST = 1000
"""Data sets of one page, at most."""

_NEXT = re.compile(r'<([^<>]*)>;[^<>]*rel="next"')
_NOTICE = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]")
_KEPT = {
    "task_categories": "task",
    "modality": "modality",
    "size_categories": "size",
    "license": "license",
    "language": "languages",
}
"""What a tag `name:value` tells, and under which name it is kept."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which data sets."""

    tags: tuple[str, ...] = ()
    """Each is asked once, such as "task_categories:text-classification"; empty: all data sets together."""
    search: str = ""
    """Words that the name must have."""
    count: Annotated[int, between(1, 10 * LARGEST)] = 200
    """For each tag, at most."""
    base: str = "https://huggingface.co"


def start(o: Options) -> list[Request]:
    """The first page for each tag."""
    size = min(o.count, LARGEST)
    common = {"search": o.search, "sort": "downloads", "limit": size, "full": "true"}
    asked = [{"filter": tag, **common} for tag in o.tags or ("",)]
    pages = -(-o.count // size)
    return [
        Request(
            f"{o.base}/api/datasets?{urlencode({name: word for name, word in query.items() if word})}",
            context=str(pages),
        )
        for query in asked
    ]


def parse(doc: Fetched, o: Options) -> Page:
    """Read one page. Raises ParseError for anything else, such as `{"error": …}`."""
    rows = bare(doc, "a list of data sets of Hugging Face")
    page = believable(Page.of(rows, lambda row: _read(record(row), o)), doc.request.url)
    left = int(doc.request.context or 1) - 1
    link = _NEXT.search(doc.headers.get("link", ""))
    follows = link is not None and link[1].startswith(f"{o.base}/")
    more = (Request(link[1], context=str(left)),) if link and follows and left > 0 else ()
    return replace(page, found=distinct(page.found), next=more, complete=link is None or bool(more))


def _read(row: Record, o: Options) -> Found | None:
    """Data sets that cannot be had any more are left out."""
    if flag(row, "disabled", False) or flag(row, "private", False):
        return None
    key = filled(row, "id").strip()
    owner, _, name = key.rpartition("/")
    tags = _tags(texts(row, "tags"))
    gated = row.get("gated")
    counted = {"downloads": whole(row, "downloads"), "likes": whole(row, "likes")}
    return Found(
        kind="dataset",
        key=key,
        title=name or key,
        url=f"{o.base}/datasets/{key}",
        organization=owner,
        posted=moment(row, "createdAt"),
        updated=moment(row, "lastModified"),
        description=" ".join(_NOTICE.sub(" ", text_or(row, "description")).split()),
        skills=tuple(value.replace("-", " ") for value in tags.get("task", [])),
        extra={**tags, **counted, **({"access": f"on request ({gated})"} if gated else {})},
    )


def _tags(tags: tuple[str, ...]) -> Mapping[str, Any]:
    """`("task_categories:x", "size_categories:1K<n<10K", …)` → `{"task": ["x"], "size": "1K<n<10K"}`."""
    told: dict[str, list[str]] = {}
    for tag in tags:
        name, _, value = tag.partition(":")
        if value and name in _KEPT:
            told.setdefault(_KEPT[name], []).append(value)
    single = ("size", "license")
    return {name: ", ".join(values) if name in single else values for name, values in told.items()}


ADAPTER = Adapter(kind="huggingface_datasets", options=Options, start=start, parse=parse, windowed=lambda o: True)
