"""Where code is hosted: from any link into a repository to its own address, and from what an API tells to a project."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from finder.model import Found
from scrapers._json import Record, filled, moment, text_or, texts, whole

HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})

_NESTED = frozenset({"gitlab.com"})
"""Here a repository may stand below subgroups, and its own pages below `/-/`."""

_NOT_OWNERS = frozenset(
    {"apps", "collections", "explore", "features", "groups", "marketplace", "orgs", "search", "settings", "sponsors"}
    | {"topics", "users"}
)
_PAGES = frozenset({"issues", "labels", "merge_requests", "tree", "blob", "wikis"})
"""First path part of an older GitLab address that is a page of the repository, not a subgroup."""

_PART = re.compile(r"[\w.-]+", re.ASCII)


def repository(link: str) -> str:
    """The repository a link leads into, as `https://host/owner/name` in the link's own letter case; '' if into none.

    Pages below it (issues, labels, a folder), `.git`, `www.`, query and fragment are dropped. Raises ValueError for
    what is not an address at all.
    """
    url = urlsplit(link.strip())
    host = (url.hostname or "").removeprefix("www.")
    parts = [part for part in unquote(url.path).split("/") if part]
    if host not in HOSTS or len(parts) < 2 or parts[0].lower() in _NOT_OWNERS:
        return ""
    parts = _nested(parts) if host in _NESTED else parts[:2]
    parts[-1] = parts[-1].removesuffix(".git")
    if len(parts) < 2 or not all(_PART.fullmatch(part) for part in parts):
        return ""
    return f"https://{host}/" + "/".join(parts)


def _nested(parts: list[str]) -> list[str]:
    """Up to the first part that is a page of the repository."""
    ends = (i for i, part in enumerate(parts) if part == "-" or (i >= 2 and part in _PAGES))
    return parts[: next(ends, len(parts))]


def owner(repository_url: str) -> str:
    """`ada` of `https://github.com/ada/engine`; '' of ''."""
    return repository_url.split("/")[3] if repository_url else ""


def once(found: Iterable[Found]) -> tuple[Found, ...]:
    """One item a key, where a list names a repository in several places: the first stands, with the skills of all,
    and closed if any place says so."""
    kept: dict[str, Found] = {}
    for item in found:
        known = kept.get(item.key)
        kept[item.key] = item if known is None else _joined(known, item)
    return tuple(kept.values())


def _joined(first: Found, again: Found) -> Found:
    skills = tuple(dict.fromkeys(first.skills + again.skills))
    return replace(first, skills=skills, closed=first.closed or again.closed)


@dataclass(frozen=True, slots=True)
class Form:
    """How a forge's API names what it tells of a repository; '' is what it does not tell."""

    url: str
    full_name: str
    created: str
    pushed: str
    stars: str = ""
    name: str = ""
    """Empty: the last part of the full name."""
    issues: str = ""
    """Where below its address a repository's issues are."""


def project(repo: Record, form: Form, key: str, **extra: Any) -> Found:
    """A repository as an API tells it; counts are kept only where they are told. `extra` stands over what is read here.

    Raises LookupError, TypeError, ValueError.
    """
    link, full_name = filled(repo, form.url).strip(), filled(repo, form.full_name).strip()
    url = repository(link) or link
    language, topics = text_or(repo, "language").strip(), texts(repo, "topics")
    counts = {form.stars: "stars", "forks_count": "forks", "open_issues_count": "open_issues"}
    return Found(
        kind="project",
        key=key or url.lower(),
        title=filled(repo, form.name).strip() if form.name else full_name.rpartition("/")[2],
        url=url,
        organization=full_name.rpartition("/")[0],
        updated=moment(repo, form.pushed),
        description=text_or(repo, "description").strip(),
        skills=tuple(dict.fromkeys(filter(None, (language, *topics)))),
        extra={
            "full_name": full_name,
            "language": language,
            "topics": list(topics),
            "created_at": moment(repo, form.created),
            "pushed_at": moment(repo, form.pushed),
            "archived": False,
            **({"issues_url": f"{url}{form.issues}"} if form.issues else {}),
            **{kept: whole(repo, count) for count, kept in counts.items() if repo.get(count) is not None},
            **extra,
        },
    )


# ------------------------------------------------------------------------------------------------ whose issues to read
def best(found: Iterable[Found], at: datetime, count: int) -> list[Found]:
    """The `count` repositories that promise most, whatever order they come in."""
    return sorted(found, key=lambda item: (-promise(item, at), item.key))[:count]


def promise(item: Found, at: datetime) -> float:
    """How likely its issues are worth a request, from what a list of repositories tells: neither tiny nor a giant (best
    at about 700 stars, the middle of 100 to 5,000 on a scale of powers), pushed to lately (half after 90 days), and
    with a licence and a description."""
    size = max(0.0, 1 - abs(math.log10(max(item.extra.get("stars") or 1, 1) / 700)) / 2)
    return size + _freshness(item.updated, at) + 0.25 * bool(item.extra.get("license")) + 0.25 * bool(item.description)


def _freshness(pushed: str, at: datetime) -> float:
    try:
        days = (at - datetime.fromisoformat(pushed)).total_seconds() / 86_400
    except (ValueError, TypeError):
        return 0.0
    return float(0.5 ** (max(days, 0) / 90))
