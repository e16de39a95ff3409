"""Issues for newcomers: what every forge tells of one, and what a page of them tells of the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from finder.errors import ParseError
from finder.model import Fetched, Page, Skipped
from scrapers._json import Record, filled, moment, record, records, text_or, whole

LABEL = "good first issue"
"""The one label that GitHub's `good-first-issues:` counts, and the most usual one anywhere."""

ASKED, KEPT = 30, 10

_LINK = re.compile(r"https?://|\]\(")
_CODE = re.compile(r"`[^`\n]+`|```|^(?: {4}|\t)\S", re.MULTILINE)
_NUMBER = re.compile(r"\d+")


def issue(
    *,
    title: str,
    url: str,
    labels: Sequence[str],
    created: str,
    taken: bool,
    comments: int,
    body: str,
    bot: bool = False,
) -> dict[str, Any]:
    """One issue as it is kept: no person, and of the text only its measures (words, code, links)."""
    told: dict[str, Any] = {
        "title": title.strip(),
        "url": url,
        "labels": list(labels),
        "created_at": created,
        "assigned": taken,
        "comments": comments,
        "words": len(body.split()),
        "code": bool(_CODE.search(body)),
        "links": bool(_LINK.search(body)),
    }
    return {**told, "bot": True} if bot else told


def of_github(row: Record) -> dict[str, Any]:
    """An issue in the form of GitHub, which Forgejo keeps."""
    return issue(
        title=filled(row, "title"),
        url=filled(row, "html_url"),
        labels=[filled(label, "name") for label in records(row, "labels")],
        created=moment(row, "created_at"),
        taken=bool(records(row, "assignees")),
        comments=whole(row, "comments"),
        body=text_or(row, "body"),
        bot=is_bot(record(row.get("user") or {}, "user")),
    )


def each(
    doc: Fetched, rows: Sequence[Any], read: Callable[[Record], dict[str, Any]]
) -> tuple[list[dict[str, Any]], tuple[Skipped, ...]]:
    """The issues among the rows, and what did not fit. Raises ParseError where rows are there and none fits."""
    issues: list[dict[str, Any]] = []
    skipped = Page.of(rows, lambda row: issues.append(read(record(row)))).skipped
    if skipped and len(skipped) == len(rows):
        raise ParseError(doc.request.url, f"none of {len(rows)} issues fits; first: {skipped[0].why}")
    return issues, skipped


def of_project(issues: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The issues, those still free first, as facts of their project: the best of them, and counts of all.

    What a program opened is kept out: it is its own notebook. `most_in_a_day` and `alike` (issues whose titles differ
    only in numbers or their last words) tell farms.
    """
    real = sorted((one for one in issues if not one.get("bot")), key=lambda one: bool(one["assigned"]))
    days = Counter(one["created_at"][:10] for one in real if one["created_at"])
    stems = Counter(_stem(one["title"]) for one in real)
    return {
        "issues": real[:KEPT],
        "free_issues": sum(not one["assigned"] for one in real),
        "issue_count": len(real),
        "most_in_a_day": max(days.values(), default=0),
        "alike": max(stems.values(), default=0),
    }


def _stem(title: str) -> str:
    """The first three words, numbers left out."""
    return " ".join(_NUMBER.sub("", title.casefold()).split()[:3])


def is_bot(person: Record) -> bool:
    """Whether an account is a program's, as far as its forge says so."""
    name = person.get("login")
    return (
        person.get("type") == "Bot" or person.get("bot") is True or (isinstance(name, str) and name.endswith("[bot]"))
    )
