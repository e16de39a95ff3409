"""Internship lists kept as one JSON document, mostly as a file of a GitHub repository.

Which of the known forms a document has is told by its content: a file of another form at a known address is a
ParseError that names what did not fit, never a list of nothing. An empty list is a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers._html import plain
from scrapers._json import Record, filled, flag, moment, number, record, text_or, texts
from scrapers._page import believable, distinct


@dataclass(frozen=True, slots=True)
class Options:
    """One list."""

    url: str
    lists: Literal["internship", "job"] = "internship"
    """What its rows are."""
    windowed: bool = False
    """Whether it shows only its newest rows, so that absence from it says nothing."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of list: the keys that tell it from every other, its names for what every list tells, and the reader of
    what else a row of it tells, as fields of Found."""

    name: str
    needs: frozenset[str]
    more: Callable[[Record], Mapping[str, Any]]
    id: str = "id"
    title: str = "title"
    company: str = "company"
    url: str = "url"
    posted: str = "posted"
    linkless: bool = False
    """Whether a row may be without an address."""

    def read(self, row: Record, o: Options) -> Found:
        """One row. Raises LookupError, TypeError or ValueError for one that does not fit."""
        told: dict[str, Any] = {
            "key": filled(row, self.id),
            "title": filled(row, self.title),
            "url": (text_or if self.linkless else filled)(row, self.url),
            "organization": filled(row, self.company),
            "posted": moment(row, self.posted),
        }
        return Found(kind=o.lists, **{**told, **self.more(row)})


def start(o: Options) -> list[Request]:
    """The one document."""
    return [Request(o.url)]


def parse(doc: Fetched, o: Options) -> Page:
    """Read a list of any known form. Raises ParseError for everything else."""
    rows = _rows(doc)
    if not rows:
        return Page()
    form = _form(rows, doc.request.url)
    page = Page.of(rows, lambda row: form.read(_fitting(row, form), o))
    return replace(believable(page, doc.request.url), found=distinct(page.found))


# --------------------------------------------------------------------------------------------- finding the rows
def _rows(doc: Fetched) -> list[Any]:
    """A list of rows, or rows by their ids; bare or under 'jobs' or 'listings'."""
    value = doc.json()
    for name in ("jobs", "listings"):
        if isinstance(value, dict) and isinstance(value.get(name), list | dict):
            value = value[name]
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and all(isinstance(row, dict) for row in value.values()):
        return [{"key": key, **row} for key, row in value.items()]
    raise ParseError(doc.request.url, f"expected a list of rows, found {_shape(value)}")


def _form(rows: list[Any], url: str) -> Form:
    """The form that most rows have. One broken row does not decide it, but one whole row at least is needed."""
    keys = [row.keys() for row in rows if isinstance(row, dict)]
    if not keys:
        raise ParseError(url, f"expected rows that are objects, found {_shape(rows[0])}")
    fits = {form.name: sum(form.needs <= held for held in keys) for form in FORMS}
    best = max(FORMS, key=lambda form: fits[form.name])
    if fits[best.name]:
        return best
    near = min(FORMS, key=lambda form: (len(form.needs - keys[0]), -len(form.needs)))
    lacking = ", ".join(sorted(near.needs - keys[0]))
    raise ParseError(url, f"no known form of list: its rows have {_names(keys[0])}; as {near.name} they lack {lacking}")


def _fitting(row: Any, form: Form) -> Record:
    lacking = form.needs - record(row).keys()
    if lacking:
        raise ValueError(f"{min(lacking)}: is missing")
    return record(row)


def _shape(value: Any) -> str:
    return f"an object with {_names(value)}" if isinstance(value, dict) else type(value).__name__


def _names(keys: Iterable[str]) -> str:
    return ", ".join(ascii(key[:30])[1:-1] for key in sorted(keys)[:16])


# --------------------------------------------------------------------------------------------- the forms
def _simplify(row: Record) -> Mapping[str, Any]:
    return {
        "locations": texts(row, "locations"),
        "terms": _terms(*texts(row, "terms"), text_or(row, "season")),
        "updated": moment(row, "date_updated"),
        "category": text_or(row, "category"),
        "degrees": texts(row, "degrees"),
        "sponsorship": text_or(row, "sponsorship"),
        "closed": "" if flag(row, "active", True) else "marked inactive (active: false)",
        "hidden": not flag(row, "is_visible", True),
    }


def _applyguy(row: Record) -> Mapping[str, Any]:
    return {
        "url": text_or(row, "listingUrl") or text_or(row, "url"),
        "locations": _told(row, "location"),
        "terms": _terms(text_or(row, "season")),
        "category": text_or(row, "category"),
    }


def _lifecycle(row: Record) -> Mapping[str, Any]:
    seasons = texts(row, "seasons") or (text_or(row, "season"),)
    sponsorship = text_or(row, "sponsorship")
    return {
        "locations": _told(row, "location"),
        "remote": flag(row, "remote", False) or None,
        "terms": _terms(*seasons),
        "category": text_or(row, "category"),
        "employment": text_or(row, "program"),
        "sponsorship": "" if sponsorship == "unknown" else sponsorship,
        "pay": text_or(row, "salary"),
        "skills": texts(row, "skills"),
        "closed": _ended(row),
    }


def _ended(row: Record) -> str:
    if flag(row, "is_open", True) and not moment(row, "closed_at") and not text_or(row, "closed_reason"):
        return ""
    reason, when = text_or(row, "closed_reason") or "is_open: false", moment(row, "closed_at")
    return f"marked closed ({reason}, {when})" if when else f"marked closed ({reason})"


def _dreamwork(row: Record) -> Mapping[str, Any]:
    return {
        "locations": _told(row, "location"),
        "remote": {"remote": True, "onsite": False}.get(text_or(row, "remoteType")),
        "category": text_or(row, "aiRoleKind"),
        "pay": _span(row),
    }


def _span(row: Record) -> str:
    ends = [f"{number(row, name):.15g}" for name in ("salaryMin", "salaryMax") if row.get(name) is not None]
    return " ".join(part for part in ("-".join(dict.fromkeys(ends)), text_or(row, "salaryPeriod")) if ends and part)


def _tracker(row: Record) -> Mapping[str, Any]:
    when = moment(row, "closed")
    return {
        "locations": texts(row, "locations"),
        "category": text_or(row, "category"),
        "closed": "" if flag(row, "active", True) else f"marked inactive (active: false, {when or 'undated'})",
    }


def _no_more(_row: Record) -> Mapping[str, Any]:
    return {}


def _new_jobs(row: Record) -> Mapping[str, Any]:
    """What a page of no known job system 'describes' is as often as not its style sheet: left out."""
    described = text_or(row, "description_platform", "generic") != "generic"
    place = ", ".join(part for part in (text_or(row, "job_city"), text_or(row, "job_state")) if part)
    return {
        "locations": (place,) if place else (),
        "employment": text_or(row, "job_employment_type"),
        "description": plain(text_or(row, "job_description")) if described else "",
    }


def _told(row: Record, name: str) -> tuple[str, ...]:
    value = text_or(row, name)
    return (value,) if value.strip() else ()


def _terms(*terms: str) -> tuple[str, ...]:
    return tuple(term for term in terms if term.strip().lower() not in ("", "n/a", "not specified", "not stated"))


FORMS = (
    Form(
        "Simplify",
        frozenset({"id", "title", "company_name", "url", "locations", "active"}),
        _simplify,
        company="company_name",
        posted="date_posted",
        linkless=True,
    ),
    Form("ApplyGuy", frozenset({"id", "title", "company", "location", "listingUrl"}), _applyguy, linkless=True),
    Form(
        "zshah101",
        frozenset({"id", "title", "company", "location", "url", "season", "posted_at"}),
        _lifecycle,
        posted="posted_at",
    ),
    Form(
        "dreamwork",
        frozenset({"id", "title", "company", "companyDomain", "location", "url"}),
        _dreamwork,
        posted="postedAt",
    ),
    Form("tracker", frozenset({"key", "title", "company", "locations", "url", "active"}), _tracker, id="key"),
    Form(
        "posted jobs",
        frozenset({"id", "title", "company", "sourceUrl", "sourceDate"}),
        _no_more,
        url="sourceUrl",
        posted="sourceDate",
    ),
    Form(
        "new jobs",
        frozenset({"id", "job_title", "employer_name", "job_apply_link"}),
        _new_jobs,
        title="job_title",
        company="employer_name",
        url="job_apply_link",
        posted="job_posted_at_datetime_utc",
    ),
)
"""By the project that made the form known, or by the name of its file."""

ADAPTER = Adapter(kind="json_list", options=Options, start=start, parse=parse, windowed=lambda o: bool(o.windowed))
