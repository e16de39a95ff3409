"""The vocabulary: one type per arrow of the line. Standard library only; imports nothing of ours but the errors.

    Request ─▶ Fetched ─▶ Page(Found) ─▶ Listing ─▶ Opening + Facets ─▶ Match ─▶ Digest ─▶ str
     start      fetch      parse        normalise   record, classify    rank    choose    render

`Found` is what a source said, in its own words, and is kept as it is. `Listing` is the same, made comparable (dates,
places, canonical address, identity). `Opening` is what the store holds of one posting over all sources. `Facets` is
what we concluded from it, with the version of the rules. `Match` is an opening seen by one person, with reasons.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from finder.errors import EmptyAnswer, ParseError, WebPage, cause

Kind = Literal["internship", "job", "project", "course", "dataset"]
"""The public kinds. What a source lists; whether a board's job is an internship is for `classify` to say."""

State = Literal["open", "missing", "closed"]
"""`missing`: absent from one complete fetch, not yet closed."""

Outcome = Literal["ok", "empty", "failed", "held", "not yet"]
"""What one source did in one run. `held`: it answered, but not believably; nothing was closed."""

StepState = Literal["todo", "doing", "done", "skipped"]
Strength = Literal["must", "should", "mentioned"]
Readiness = Literal["ready", "one step away", "stretch", "not eligible", "unknown"]


# ------------------------------------------------------------------------------------------------ fetch
PACKAGE = "package:"


@dataclass(frozen=True, slots=True)
class Request:
    """One address to ask for. `context` travels to the parser of its answer and is never sent."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    context: str = ""
    optional: bool = False
    """Its failure costs the details it would have brought, not the source (a detail page, not a list page)."""
    stands_for: str = ""
    """The page for people whose content this address serves to programs: where robots.txt forbids that one, this one is
    not asked either."""

    @property
    def is_packaged(self) -> bool:
        """Whether it names something that ships with finder, `package:NAME`: no host is asked for it."""
        return self.url.startswith(PACKAGE)

    @property
    def key(self) -> str:
        """What makes two requests the same question: validators and page memory are kept by it."""
        return f"{self.method} {self.url}" + (f" {self.body.decode('utf-8', 'replace')}" if self.body else "")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host wants to hear in order to answer 304; kept verbatim, quotes and W/ included (RFC 9110 §13.1)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An accepted answer: status 200 with its decoded body, or 304 with none."""

    request: Request
    status: int
    body: bytes
    at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    location: str = ""
    """Where redirects led to; '' where there was none."""

    @property
    def validators(self) -> Validators:
        return Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))

    @property
    def text(self) -> str:
        """The body as UTF-8, a byte-order mark dropped, unreadable bytes replaced."""
        return self.body.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """The body as JSON. Raises ParseError for anything else, EmptyAnswer for no bytes, `{}` or `null`."""
        try:
            value = json.loads(self.text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise _not_json(self, error) from error
        if value is None or value == {}:
            raise EmptyAnswer(self.request.url, f"the answer is {self.text.strip()[:10]!r}")
        return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _not_json(doc: Fetched, error: Exception) -> ParseError:
    start = doc.text.lstrip()[:200]
    if not start:
        return EmptyAnswer(doc.request.url, "the answer is empty")
    if start.startswith("<"):
        return WebPage(doc.request.url, "looks like an HTML page, not JSON")
    return ParseError(doc.request.url, f"not JSON: {error}"[:200])


# ------------------------------------------------------------------------------------------------ parse
@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the source said about one item, in the source's own words. `key` is the source's own id of it.

    Dates stay as written ("Aug 22", "12d", ISO 8601, epoch seconds or milliseconds as digits): `normalise` reads them
    against the time of the fetch. `description` is plain text. A field that the source does not tell stays empty.
    """

    kind: Kind
    key: str
    title: str
    url: str
    organization: str = ""
    locations: tuple[str, ...] = ()
    remote: bool | None = None
    terms: tuple[str, ...] = ()
    posted: str = ""
    updated: str = ""
    deadline: str = ""
    description: str = ""
    employment: str = ""
    category: str = ""
    degrees: tuple[str, ...] = ()
    sponsorship: str = ""
    pay: str = ""
    skills: tuple[str, ...] = ()
    """Skills, topics or tags that the source itself names."""
    closed: str = ""
    """The source's own evidence that it is closed (such as 'active: false'); empty means open."""
    hidden: bool = False
    """The source keeps the row but does not show it."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """JSON-able facts of one kind only. Projects: language, stars, topics, pushed_at, archived, issues, labels…"""


FOUND_FIELDS = frozenset(f.name for f in fields(Found)) - {"kind", "key"}


@dataclass(frozen=True, slots=True)
class Detail:
    """What another page of the same source adds to the item `key`: values that stand over those of its Found.

    `fields`: names of Found's fields; `extra` inside it is merged key by key. A Detail without its Found is dropped.
    """

    key: str
    part: str
    fields: Mapping[str, Any]

    def __post_init__(self) -> None:
        if unknown := set(self.fields) - FOUND_FIELDS:
            raise ValueError(f"not fields of Found: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that did not fit: why, and how it began."""

    why: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed answer. `next` are follow-up requests: returned, never made. `complete` is false where the source
    itself says that it did not tell all (a result cap, `incomplete_results`): such a page never closes anything."""

    found: tuple[Found, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    next: tuple[Request, ...] = ()
    details: tuple[Detail, ...] = ()
    complete: bool = True

    @classmethod
    def of(cls, records: Iterable[Any], read: Callable[[Any], Found | None], **others: Any) -> Page:
        """Read each record. One broken record costs itself, never the page; None leaves a record out on purpose."""
        found: list[Found] = []
        skipped: list[Skipped] = []
        for record in records:
            try:
                item = read(record)
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                skipped.append(Skipped(cause(error)[:200], repr(record)[:200]))
            else:
                if item is not None:
                    found.append(item)
        return cls(tuple(found), tuple(skipped), **others)


@dataclass(frozen=True, slots=True)
class TokenAs:
    """How a service wants to be shown a person's key: in which header, or under which name of the query."""

    where: Literal["header", "query"] = "header"
    name: str = "authorization"
    template: str = "Bearer {}"
    """`{}` stands for the key."""
    ask_at: str = ""
    """Where a person asks for a key, if nobody is answered without one; empty: it may be left out."""


BEARER = TokenAs()
"""RFC 6750 §2.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """A source family. `options` is the frozen dataclass that the rest of its [[source]] table is read into."""

    kind: str
    options: type[Any]
    start: Callable[[Any], list[Request]]
    parse: Callable[[Fetched, Any], Page]
    windowed: Callable[[Any], bool] = lambda _options: False
    """True for a source that shows only its newest items: absence from it says nothing."""
    min_interval: timedelta = timedelta(0)
    """The source's own terms: never asked more often, not even by `refresh --all`."""
    employer: bool = False
    """An employer's own board: its word stands over that of a list that repeats it."""
    max_bytes: int | None = None
    """Decoded size of one answer, where it may pass the configured cap."""
    token_as: TokenAs = BEARER
    """How the source's token is sent: to the origin of its first request, and to no other."""
    agent: Callable[[Any], str] = lambda _options: ""
    """What stands in User-Agent at that origin, where a service's documentation says what it must be; empty: our name.
    Its robots.txt is asked in our name all the same."""
    pace: float = 0.0
    """Seconds from one request of these terms to the next at a host, where they allow only so many a minute."""


# ------------------------------------------------------------------------------------------------ normalise
@dataclass(frozen=True, slots=True)
class Place:
    """One place of a listing: `text` as the source wrote it; the rest as far as it could be told ('' is unknown)."""

    text: str
    city: str = ""
    region: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One item of one source, made comparable. `found` is kept beside it untouched."""

    found: Found
    identity: str
    """Equal for the same posting from any source: system and job id, else canonical URL, else source and key."""
    url: str
    title: str
    organization: str
    places: tuple[Place, ...]
    remote: bool | None
    terms: tuple[str, ...]
    posted_at: datetime | None
    updated_at: datetime | None
    deadline: datetime | None


# ------------------------------------------------------------------------------------------------ classify
@dataclass(frozen=True, slots=True)
class Need:
    """One skill that a listing asks for or names, with the words that say so. Needs of one `group` > 0 are
    alternatives."""

    skill: str
    strength: Strength
    quote: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Stated:
    """What a listing says of one subject, in the words of our vocabulary, and the words of its own that say so."""

    value: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What we concluded from a listing's facts, by which version of the rules. Recomputed, never corrected by hand."""

    rules: str
    kind: Kind
    """The public kind: a board's job becomes `internship` when its level says so."""
    role: Literal["core", "data", "adjacent", "none"] = "none"
    relevance: float = 0.0
    """How far it is machine-learning work, in [0, 1]."""
    level: str = "other"
    """internship, co-op, working student, apprenticeship, fellowship, new grad, other; projects: beginner or other."""
    needs: tuple[Need, ...] = ()
    described: bool = False
    """True if requirements could be read (a description, or skills that the source names); a title is not enough."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Conclusion → the quoted words that caused it."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """Subject → what is said of it; a subject that is not here is unknown, which never counts against anybody."""


# ------------------------------------------------------------------------------------------------ record, read
@dataclass(frozen=True, slots=True)
class Sighting:
    """One source's view of an opening."""

    source: str
    url: str
    state: State
    first_seen: datetime
    last_seen: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One posting (or project) over all its sources, as the store holds it. `id` is short and stable."""

    id: str
    kind: Kind
    title: str
    organization: str
    url: str
    places: tuple[Place, ...] = ()
    remote: bool | None = None
    terms: tuple[str, ...] = ()
    posted_at: datetime | None = None
    updated_at: datetime | None = None
    deadline: datetime | None = None
    first_seen: datetime
    last_seen: datetime
    state: State = "open"
    evidence: str = ""
    state_at: datetime | None = None
    description: str = ""
    pay: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    facets: Facets | None = None


# ------------------------------------------------------------------------------------------------ the person
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the curriculum. `requires` are ids; `grants` are names of skills.toml."""

    id: str
    stage: str
    title: str
    requires: tuple[str, ...] = ()
    requires_any: tuple[tuple[str, ...], ...] = ()
    grants: tuple[str, ...] = ()
    optional: bool = False
    level: int = 1
    resources: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person has done about one step, since when (UTC)."""

    state: StepState
    at: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The person a ranking is for: a row of the store plus the preferences of the configuration."""

    name: str = "me"
    steps: Mapping[str, Progress] = field(default_factory=dict)
    locations: tuple[str, ...] = ()
    remote: bool = True
    terms: tuple[str, ...] = ()

    @property
    def done(self) -> frozenset[str]:
        """Ids of the completed steps."""
        return frozenset(step for step, progress in self.steps.items() if progress.state == "done")


# ------------------------------------------------------------------------------------------------ rank
@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An opening seen by one person now. `score` is the product of `parts`; never stored."""

    opening: Opening
    score: float
    parts: Mapping[str, float]
    readiness: Readiness
    required: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------ report
@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What one source did in one run: counts, and in words what went wrong, if anything did."""

    name: str
    outcome: Outcome
    found: int = 0
    skipped: int = 0
    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: bool = False
    """Every answer was 304."""
    problem: str = ""
    retry_at: datetime | None = None
