"""schema.org JobPosting of a page, JSON-LD or microdata, as fields of Found. Lenient: what says nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from finder.errors import ParseError
from scrapers._html import plain, tree, unescape
from scrapers._jsonld import Node, named, nodes, read

BLOCKS = 50
"""JSON-LD blocks read of one page."""
PROPERTIES = 1000
"""Elements with `itemprop` read of one page."""

NO_POSTING = "no JobPosting in the page"
"""Why a page is skipped that tells nothing of a job."""

_DEPTH = 4
_NOTHING = frozenset(("unavailable", "n/a", "none", "null", "undefined", "unknown", "not specified", "-", "other"))
"""What hiring systems write where they have nothing to say."""
_SECTIONS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "experiencerequirements": "Experience",
    "educationrequirements": "Education",
    "incentives": "",
}
"""Parts of a posting beside its description, and the heading to show each under."""
_TAG = re.compile(r"<[a-zA-Z/!]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Posting:
    """One JobPosting. `fields`: names of Found's fields, only those that it says something of."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


def postings(url: str, text: str) -> tuple[Posting, ...]:
    """Every JobPosting of an HTML page; its microdata only where no JSON-LD has one.

    Raises ParseError for a page without any, saying what there was instead.
    """
    page = tree(url, text)
    problems: list[str] = []
    found = [node for value in _values(page, problems) for node in nodes(value, "jobposting")]
    found = found or _microdata(page)
    if not found:
        raise ParseError(url, "; ".join([NO_POSTING, *problems[:1]])[:200])
    return tuple(posting(node) for node in found)


def _values(page: LexborHTMLParser, problems: list[str]) -> Iterator[Any]:
    blocks = [script for script in page.css("script[type]") if "ld+json" in (script.attributes["type"] or "").lower()]
    for block in blocks[:BLOCKS]:
        try:
            yield read(block.text())
        except ValueError as error:
            problems.append(f"JSON-LD: {error}")


def posting(node: Node) -> Posting:
    """A JobPosting from its node (see `scrapers._jsonld.named`)."""
    organization = _text(node.get("hiringorganization"))
    told = {
        "title": _text(node.get("title")) or _text(node.get("name")),
        "organization": organization,
        "locations": _locations(node, organization),
        "remote": _remote(node),
        "posted": _text(node.get("dateposted")),
        "updated": _text(node.get("datemodified")),
        "deadline": _text(node.get("validthrough")),
        "description": _description(node),
        "employment": ", ".join(_texts(node.get("employmenttype"))),
        "category": ", ".join(_texts(node.get("occupationalcategory")) or _texts(node.get("industry"))),
        "pay": _pay(node),
    }
    return Posting(
        fields={name: value for name, value in told.items() if value},
        url=_text(node.get("url")),
    )


# ------------------------------------------------------------------------------------------------ plain values
def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any, depth: int = _DEPTH) -> str:
    """A text, a number, the name of an object, or the first of a list that says something."""
    if isinstance(value, dict) and depth:
        node = named(value)
        return _text(node.get("name"), depth - 1) or _text(node.get("@value", node.get("value")), depth - 1)
    if isinstance(value, list) and depth:
        return next(filter(None, (_text(item, depth - 1) for item in value[:10])), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    words = " ".join(_decoded(value).split()) if isinstance(value, str) else ""
    return "" if words.lower() in _NOTHING else words


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_text, _many(value)))))


def _decoded(text: str) -> str:
    for _ in range(3):
        if not _REFERENCE.search(text):
            break
        text = unescape(text)
    return text


# ------------------------------------------------------------------------------------------------ text
def _description(node: Node) -> str:
    main = _prose(node.get("description"))
    parts = [main] if main else []
    for name, heading in _SECTIONS.items():
        words = _prose(node.get(name))
        if words and words not in main:
            parts.append(f"{heading}\n{words}".strip())
    return "\n\n".join(parts)


def _prose(value: Any) -> str:
    """HTML, escaped HTML or plain text as lines to read; of an object (a credential) its category."""
    items = (named(item).get("credentialcategory") if isinstance(item, dict) else item for item in _many(value))
    text = "\n".join(item for item in items if isinstance(item, str))
    if not _TAG.search(text):
        text = _decoded(text)
    if _TAG.search(text):
        return _decoded(plain(text))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


# ------------------------------------------------------------------------------------------------ places
def _remote(node: Node) -> bool | None:
    told = " ".join(_texts(node.get("joblocationtype"))).lower()
    return True if "telecommute" in told or "remote" in told else None


def _locations(node: Node, organization: str) -> tuple[str, ...]:
    """The places of work; of a remote job without any, where applicants must live."""
    places = _many(node.get("joblocation")) or [{"address": node.get("address", node)}]
    told = [name for place in places for name in _place(place) if name and name.casefold() != organization.casefold()]
    if not told and _remote(node):
        told = [_text(area) for area in _many(node.get("applicantlocationrequirements"))]
    return tuple(dict.fromkeys(filter(None, told)))


def _place(place: Any) -> list[str]:
    if not isinstance(place, dict):
        return [_text(place)]
    node = named(place)
    addresses = _many(node.get("address")) or [place]
    return list(filter(None, map(_address, addresses))) or [_text(node.get("name"))]


def _address(address: Any) -> str:
    if not isinstance(address, dict):
        return _text(address)
    node = named(address)
    parts = [_text(node.get(f"address{part}")) for part in ("locality", "region", "country")]
    street = _text(node.get("streetaddress"))
    if not parts[0] and not parts[1] and not re.search(r"\d", street):
        parts.insert(0, street)
    return ", ".join(dict.fromkeys(filter(None, parts)))


# ------------------------------------------------------------------------------------------------ pay
def _pay(job: Node) -> str:
    """`{"currency": "EUR", "value": {"minValue": 20, "maxValue": 25, "unitText": "HOUR"}}` → '20–25 EUR per hour'."""
    salary = next(iter(_many(job.get("basesalary"))), None)
    outer = named(salary) if isinstance(salary, dict) else {"value": salary}
    value = outer.get("value")
    inner = named(value) if isinstance(value, dict) else outer
    ends = [_amount(inner.get(name)) for name in ("minvalue", "maxvalue")]
    told = "–".join(dict.fromkeys(filter(None, ends))) or _amount(inner.get("value"))
    if not told:
        return ""
    currency = _text(outer.get("currency")) or _text(job.get("salarycurrency"))
    unit = next(filter(None, (_text(node.get("unittext")) for node in (inner, outer, job))), "").lower()
    return " ".join(filter(None, (told, currency, unit and f"per {unit}")))


def _amount(value: Any) -> str:
    """A number without useless zeros, other words as they are; '' for none and for zero."""
    words = _text(value)
    if _NUMBER.fullmatch(words):
        return f"{float(words):.10g}" if float(words) else ""
    return words if len(words) <= 80 else ""


# ------------------------------------------------------------------------------------------------ microdata
def _microdata(page: LexborHTMLParser) -> list[Node]:
    """Every item of type JobPosting; a property belongs to the nearest item around its element."""
    items: dict[int, Node] = {}
    jobs: dict[int, Node] = {}
    for element in page.css("[itemscope]")[:PROPERTIES]:
        items[element.mem_id] = {}
        if "jobposting" in (element.attributes.get("itemtype") or "").lower():
            jobs[element.mem_id] = items[element.mem_id]
    for element in page.css("[itemprop]")[:PROPERTIES] if jobs else ():
        owner = _owner(element, items)
        if owner is not None:
            value = items[element.mem_id] if element.mem_id in items else _value(element)
            for name in (element.attributes["itemprop"] or "").lower().split():
                owner.setdefault(name, []).append(value)
    return [job for job in jobs.values() if job]


def _owner(element: LexborNode, items: Mapping[int, Node]) -> Node | None:
    above = element.parent
    while above is not None:
        if above.mem_id in items:
            return items[above.mem_id]
        above = above.parent
    return None


def _value(element: LexborNode) -> Any:
    told = element.attributes.get("content") or element.attributes.get("datetime")
    if told is not None:
        return told
    if (element.attributes["itemprop"] or "").lower() in (*_SECTIONS, "description"):
        return element.html or ""
    return element.attributes.get("href") or re.sub(r"\s++(?=[,;.])", "", element.text(separator=" "))
