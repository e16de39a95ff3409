"""URL → hiring system, board and job id; canonical form; identity. Pure, and nothing here raises on any text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from finder.systems import EMPLOYERS, FLAGS, MACROS, MEANINGFUL, PARAMETERS, SYSTEMS, TRACKING, System

MAX_LENGTH = 2048
"""Longer addresses are unusable: browsers, mail programs and servers begin to refuse them from about here on."""

_COPY = re.compile(r"^((?!20\d\d-).*\d{4})-[1-9]$")
"""Workday counts the career sites that show one requisition in a suffix (R12345-1): counted in the lists, 60 of 60
requisitions that came with two suffixes stood at the same place, while city variants share one suffix."""
_PLAIN = re.compile(r"[\w/:@!$&'()*+,;=~.-]*", re.A)
_TRAILER = re.compile(r"/(?:apply|application|submit)(?:/.*)?/?$", re.I)
_ROUTE = re.compile(r"(?:job|position|posting|opening|requisition|vacanc|req|jid).*\d", re.I)
_HUNG_ON = re.compile(r"[?&](?:utm_|ref=|src=|source=)|&")
_HOST = re.compile(r"localhost|[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_NUMBER = re.compile(r"\d{5,}|" + MACROS["<uuid>"])
_LISTS = re.compile(r"jobs?|positions?|postings?|openings?|vacanc(?:y|ies)|details|opportunit(?:y|ies)|requisitions?")
_FRONT = re.compile(
    r"/(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:(?:about|company|careers?|jobs?|join(?:-us)?|work-with-us|openings?|"
    r"open-(?:positions|roles)|positions|vacancies|internships?|students?|search|hiring)/?){0,3}(?:index\.html?)?",
    re.I,
)
_FLAG_KEYS = {key for key, _ in FLAGS}
_FORGES = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "codeberg", "bitbucket.org": "bitbucket"}
_NOT_OWNERS = re.compile(
    r"about|apps|collections|customer-stories|dashboard|enterprise|explore|features|groups|login|marketplace|orgs|"
    r"organizations|pricing|readme|search|settings|site|sponsors|topics|trending|users"
)
_REPOSITORY = re.compile(
    r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/(?:-/)?(?:issues|labels(?:/[^/]+)?|contribute|pulls|wiki|tree/[^/]+)?)?"
)
_SUBGROUP = re.compile(r"/([\w.-]+(?:/[\w.-]+)*?)/([\w.-]+?)(?:\.git)?(?:/-/(?:issues|labels|tree/[^/]+))?/?")


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a posting lives: hiring system, the employer's board in it, job id; '' where the address does not tell.

    Boards are written as the system's own interface wants them: `tenant.wdN/Site` (Workday), `host/SITE` (Oracle),
    `eu:site` (Lever's European half); elsewhere the employer's name in that system.
    """

    system: str
    board: str
    job_id: str


@dataclass(frozen=True, slots=True)
class _Address:
    """A usable http(s) address in parts. `query` holds (key, "=value") as written."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[tuple[str, str], ...]
    fragment: str

    @property
    def keys(self) -> Mapping[str, str]:
        """Decoded values by key in lower case; the first of several stands."""
        return {key.lower(): unquote(value[1:]) for key, value in reversed(self.query)}


@dataclass(frozen=True, slots=True)
class _Row:
    system: System
    patterns: tuple[re.Pattern[str], ...]


def _compile(pattern: str) -> re.Pattern[str]:
    for name, meaning in MACROS.items():
        pattern = pattern.replace(name, meaning)
    return re.compile(pattern)


_BY_DOMAIN = {
    domain: _Row(system, tuple(_compile(pattern) for pattern in system.patterns))
    for system in SYSTEMS
    for domain in system.domains
}


def posting(url: str) -> Posting | None:
    """The hiring system, board and job id that an address tells of; None where it is of no system known."""
    address = _read(url)
    if address is None:
        return None
    row = _row(address)
    read = _in_system(address, row) if row else _own_domain(address)
    return read[0] if read else None


def canonical(url: str) -> str:
    """The address without what is no part of it: user, default port, tracking, `/apply`, a fragment without an id.

    Of a known system's posting or board only the query keys of its row stay; elsewhere all but the tracking ones, so
    that the link still opens. '' for anything but a usable http(s) address. Idempotent.
    """
    address = _read(url)
    if address is None:
        return ""
    row = _row(address)
    read = _in_system(address, row) if row else None
    path, query = address.path, _telling(address.query)
    if row and read:
        kept = {*row.system.board, *row.system.job, *row.system.keep}
        path = _without_apply(address, row)
        query = [pair for pair in address.query if pair[0].lower() in kept]
    return f"{address.scheme}://{_authority(address)}{path}{_question(query)}{address.fragment}"


def identity(url: str, fallback: str) -> str:
    """What is equal for two addresses of the same posting: `system:job id`, `system:board:job id`, `github:owner/name`,
    `url:host/path?keys`; `fallback` for an address that is not usable."""
    address = _read(canonical(url))
    if address is None:
        return fallback
    row = _row(address)
    read = _in_system(address, row) if row else _own_domain(address)
    if read and read[0].job_id and (row or not read[1]):  # a job id of the employer's own domain goes with the path
        found, scope = read
        return ":".join(part for part in (found.system, scope.lower(), _job_key(found, row)) if part)
    host = address.host.removeprefix("www.")
    return _employer(host, address.path) or _repository(host, address.path) or _plain(host, address)


def is_front(url: str) -> bool:
    """True for the address of a site, a whole board or a careers page: it cannot tell one posting from another."""
    address = _read(url)
    if address is None:
        return False
    told = address.path + _question(_telling(address.query)) + address.fragment
    found = posting(url)
    whole = not found.job_id if found else bool(_FRONT.fullmatch(address.path))
    return whole and not re.search(r"\d{4}", told)


# ------------------------------------------------------------------------------------------------ reading an address
@lru_cache(maxsize=1024)
def _read(url: str) -> _Address | None:
    text = re.sub(r"&(?:amp;)+", "&", url.strip()).replace(" ", "%20")
    if len(text) > MAX_LENGTH or "\\" in text or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removesuffix(".")
        port = parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii").lower()
    except ValueError:  # also UnicodeError: a broken port, bracket or international name
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    query = tuple(_pair(piece) for piece in parts.query.split("&") if piece)
    path = _escape(re.sub("/{2,}", "/", parts.path)) or "/"
    return _Address(parts.scheme, host, None if port == default else port, path, query, _kept(parts.fragment))


def _escape(text: str, more: str = "") -> str:
    if _PLAIN.fullmatch(text):
        return text
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), text, flags=re.I)
    return quote(text, safe="/%:@!$&'()*+,;=~" + more)


def _pair(piece: str) -> tuple[str, str]:
    key, equals, value = piece.partition("=")
    return _escape(key, "?"), equals + _escape(value, "?")


def _kept(fragment: str) -> str:
    """The fragment with its `#` where it names a posting (routes of scripted pages), without what was hung onto it."""
    route = _HUNG_ON.split(fragment, 1)[0]
    return "#" + _escape(route, "?") if _ROUTE.search(route) else ""


def _authority(address: _Address) -> str:
    return address.host if address.port is None else f"{address.host}:{address.port}"


def _question(query: Iterable[tuple[str, str]]) -> str:
    text = "&".join(key + value for key, value in dict.fromkeys(query))
    return f"?{text}" if text else ""


# ------------------------------------------------------------------------------------------------ systems
def _row(address: _Address) -> _Row | None:
    return _BY_DOMAIN.get(".".join(address.host.rsplit(".", 2)[-2:]))


def _in_system(address: _Address, row: _Row) -> tuple[Posting, str] | None:
    """The posting, and what makes its job id distinct."""
    sub = address.host.rpartition(".")[0].rpartition(".")[0]
    target = f"{sub}{address.path}"
    match = next((found for pattern in row.patterns if (found := pattern.match(target))), None)
    if match is None:
        return None
    system, keys = row.system, address.keys
    told = {name: unquote(text or "") for name, text in match.groupdict().items()}
    groups = defaultdict(str, told, host=address.host)
    board = _first(keys, system.board) or _written(system.form, groups)
    job = groups["job"] or _first(keys, system.job)
    scope = board if system.scope == "board" else groups[system.scope]
    return (Posting(system.name, board, job), scope) if board or job else None


def _first(keys: Mapping[str, str], names: Iterable[str]) -> str:
    return next((keys[name] for name in names if keys.get(name)), "")


def _written(form: str, groups: Mapping[str, str]) -> str:
    return groups["board"] if form == "{board}" else form.format_map(groups).replace("./", "/").strip("/:.")


def _own_domain(address: _Address) -> tuple[Posting, str] | None:
    """A posting of a known system on the employer's own domain, told by a query key."""
    for key, value in address.keys.items():
        if key in PARAMETERS:
            system, form = PARAMETERS[key]
            job = re.match(form, value)
            return (Posting(system, "", job[0]), "") if job else None
        if (key, value) in FLAGS:
            system, form = FLAGS[key, value]
            job = re.search(form, address.path)
            return (Posting(system, address.host, job[1]), address.host) if job else None
    return None


def _without_apply(address: _Address, row: _Row) -> str:
    """The path up to `/apply`, if that is still the same posting: in some systems the word leads to it."""
    shorter = replace(address, path=_TRAILER.sub("", address.path) or "/")
    return shorter.path if _in_system(shorter, row) == _in_system(address, row) else address.path


# ------------------------------------------------------------------------------------------------ identities
def _job_key(found: Posting, row: _Row | None) -> str:
    if row and row.system.cased:
        return found.job_id
    job = found.job_id.lower()
    return _COPY.sub(r"\1", job) if found.system == "workday" else job


def _employer(host: str, path: str) -> str:
    name, form = EMPLOYERS.get(host, ("", ""))
    found = re.search(form, path.rstrip("/")) if name else None
    return f"{name}:{found[1]}" if found else ""


def _repository(host: str, path: str) -> str:
    """`github:owner/name` for a repository, its list of issues, a label or its front branch; '' for anything deeper."""
    forge = _FORGES.get(host)
    found = (_SUBGROUP if forge == "gitlab" else _REPOSITORY).fullmatch(path) if forge else None
    if found is None or _NOT_OWNERS.fullmatch(found[1].lower()):
        return ""
    return f"{forge}:{found[1]}/{found[2]}".lower()


def _telling(query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in query if not TRACKING.fullmatch(key.lower())]


def _meaningful(query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in query if MEANINGFUL.fullmatch(key.lower())]


def _plain(host: str, address: _Address) -> str:
    """Host, path and meaningful keys. A path below a word for "jobs" that holds one number or UUID is told by that."""
    steps = _TRAILER.sub("", address.path).strip("/").split("/")
    numbers = [index for index, step in enumerate(steps) if _NUMBER.fullmatch(step)]
    if len(numbers) == 1 and any(_LISTS.fullmatch(step.lower()) for step in steps[: numbers[0]]):
        steps = ["*", steps[numbers[0]].lower()]
    query = _meaningful(address.query) or [
        pair for pair in _telling(address.query) if pair[0].lower() not in _FLAG_KEYS
    ]
    port = "" if address.port is None else f":{address.port}"
    return f"url:{host}{port}/{'/'.join(steps)}{_question(sorted(query))}{address.fragment}"
