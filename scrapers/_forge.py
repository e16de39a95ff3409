"""Where code is hosted: from any link into a repository to the address of the repository itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from finder.model import Found

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
