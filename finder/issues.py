"""A look at the issues that are about to be recommended: whether they are still free.

best projects ─▶ best issue of each ─▶ (a few) ─▶ issue + timeline ─▶ verdict ─▶ store
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db.read import Reader
from db.store import Store
from finder.checks import Checked
from finder.claims import verdict
from finder.config import Config
from finder.errors import FetchError, Gone, SourceError
from finder.fetch import Fetcher, Terms
from finder.matching import everything
from finder.model import Fetched, Match, Request, Validators
from finder.tasks import BUDGET, api_of, to_look_at, with_checks

API = "https://api.github.com"

EVENTS = 100
"""Events of one page of a timeline: the largest that GitHub gives out."""

MAX_BYTES = 4 * 1024 * 1024
"""A hundred long comments."""

_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_LAST = re.compile(r'<([^<>]*)>;[^<>]*rel="last"')


@dataclass(frozen=True, slots=True)
class Way:
    """How GitHub is asked: with a token if there is one."""

    fetcher: Fetcher
    token: str = ""
    base: str = API

    async def ask(self, url: str) -> Fetched:
        """Raises SourceError."""
        terms = Terms(MAX_BYTES, token=self.token, token_origin=self.base)
        return await self.fetcher.fetch(Request(url, headers=_HEADERS), Validators(), terms)


async def check_best(
    fetcher: Fetcher, store: Store, config: Config, now: datetime, token: str = "", base: str = API
) -> list[Checked]:
    """Look at the issues that this person would be recommended next, BUDGET at most: where one is taken, at the next
    one of its project. Nothing is asked where each was looked at lately. Raises StoreError."""
    with Reader.open(config.db) as reader:
        matches = [match for match in everything(reader, config, now) if _is_wanted(match)]
    looks: dict[str, Checked] = {}
    while len(looks) < BUDGET and (url := to_look_at(matches, now)):
        told = await check_issues(Way(fetcher, token, base), store, [url], now)
        if not told:
            break
        looks[url] = told[0]
        matches = [replace(match, opening=with_checks(match.opening, looks)) for match in matches]
    return list(looks.values())


def _is_wanted(match: Match) -> bool:
    facets = match.opening.facets
    return match.opening.kind == "project" and facets is not None and facets.role != "none"


async def check_issues(way: Way, store: Store, urls: Sequence[str], now: datetime) -> list[Checked]:
    """Look at each of these issues of GitHub and remember what they told. Where GitHub cannot be asked, or wants to be
    left alone, the round ends; what earlier looks told stands. Raises StoreError, ValueError for another address."""
    looks: list[Checked] = []
    for url in urls:
        try:
            looks.append(await _look(way, url, now))
        except Gone as error:
            looks.append(Checked(url, now, "closed", error.problem))
        except FetchError:
            break
        except SourceError as error:
            looks.append(Checked(url, now, "unknown", error.problem))
    store.save_checks(looks)
    return looks


async def _look(way: Way, url: str, now: datetime) -> Checked:
    issue = await way.ask(f"{way.base}{api_of(url)}")
    told = _verdict(url, issue.json(), [], now)
    if told.verdict != "open":  # what it says of itself is enough
        return told
    first = await way.ask(f"{way.base}{api_of(url)}/timeline?per_page={EVENTS}")
    events = _events(first)
    if (last := _LAST.search(first.headers.get("link", ""))) and last[1].startswith(f"{way.base}/"):
        events += _events(await way.ask(last[1]))
    return _verdict(url, issue.json(), events, now)


def _verdict(url: str, issue: Any, events: list[Any], now: datetime) -> Checked:
    try:
        found = verdict(issue, events, [], now)
    except ValueError as error:
        return Checked(url, now, "unknown", str(error))
    if found.free:
        return Checked(url, now, "open")
    return Checked(url, now, "closed" if issue["state"] != "open" else "taken", found.reason)


def _events(doc: Fetched) -> list[Any]:
    body = doc.json()
    return body if isinstance(body, list) else []
