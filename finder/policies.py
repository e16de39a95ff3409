"""What projects say about contributions made by programs: from a table of facts, else from their own words. Pure.

Only what collecting brings anyway is read: description, topics, labels. That nothing is known does not mean that a
project has no such rule: whoever contributes reads its guide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from finder.model import Opening

SAYS = {
    "closed": "contributions written by AI tools are not taken",
    "disclosed": "AI tools may help, but their use has to be told",
    "answered": "AI tools may help, but a person has to answer for every line",
    "stated": "it has rules for contributions made with AI tools",
}

_NO = re.compile(
    r"\b(?:no|not|never|without|zero|don['’]t|doesn['’]t|refrain|forbid\w*|ban(?:s|ned)?|prohibit\w*)\b"
    r"[\w ,/'’-]{0,40}?"
    r"\b(?:ai|llms?|gpt|ai[- ](?:generated|written|assisted)|llm[- ](?:generated|written)|machine[- ]written)\b"
    r"[\w ,/-]{0,20}?\b(?:contributions?|code|pull requests?|prs?|patches|issues)\b",
    re.IGNORECASE,
)
_TAGS = frozenset(
    {"no-ai", "no-llm", "no-llms", "ai-free", "no-ai-contributions", "human-made", "not-by-ai", "no-ai-prs"}
)
_LINE = re.compile(r"[.!?]\s+|\n")


@dataclass(frozen=True, slots=True)
class Policy:
    """A project's rule in one line, and where it is read in full: an address, or what of the project says so."""

    text: str
    where: str


def policy_of(opening: Opening) -> Policy | None:
    """What the project says about contributions made by programs, as far as it is known."""
    if opening.kind != "project":
        return None
    return _table().get(_address(opening.url)) or _told(opening)


def _told(opening: Opening) -> Policy | None:
    for name in ("topics", "skills"):
        if tag := next((tag for tag in _words(opening.extra, name) if tag.casefold() in _TAGS), ""):
            return Policy(SAYS["closed"], f"its topic “{tag}”")
    for label in _labels(opening.extra):
        if label.casefold().replace(" ", "-") in _TAGS:
            return Policy(SAYS["closed"], f"its label “{label}”")
    line = next((line for line in _LINE.split(opening.description[:4_000]) if _NO.search(line)), "")
    return Policy(SAYS["closed"], f"its description: “{' '.join(line.split())[:120]}”") if line else None


def _words(extra: Mapping[str, Any], name: str) -> list[str]:
    value = extra.get(name)
    return [word for word in value if isinstance(word, str)] if isinstance(value, (list, tuple)) else []


def _labels(extra: Mapping[str, Any]) -> list[str]:
    issues = extra.get("issues")
    rows = [row for row in issues if isinstance(row, Mapping)] if isinstance(issues, (list, tuple)) else []
    return [label for row in rows for label in _words(row, "labels")]


# ------------------------------------------------------------------------------------------------ the table
@lru_cache(maxsize=1)
def _table() -> Mapping[str, Policy]:
    return read((files("finder") / "data" / "policies.toml").read_text("utf-8"))


def read(toml: str) -> dict[str, Policy]:
    """Address of a repository (lower case, no scheme) → its policy. Raises KeyError, ValueError for another form."""
    rows = tomllib.loads(toml)["policy"]
    return {_address(name): _policy(row) for row in rows for name in row["repositories"]}


def _policy(row: Mapping[str, Any]) -> Policy:
    extra = row.get("except", "")
    return Policy(f"{SAYS[row['says']]}{f'; {extra}' if extra else ''}", row["where"])


def _address(url: str) -> str:
    return url.casefold().removeprefix("https://").removeprefix("www.").removesuffix("/").removesuffix(".git")
