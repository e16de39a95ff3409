"""One opening as a page of text: what `finder show` tells of it, and what `finder why` tells of its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.status import FactVersion
from finder.conditions import pay_in_words, remote_in_words, span
from finder.model import Match, Need, Opening
from finder.policies import policy_of
from finder.render import dated
from finder.render.history import changes
from finder.render.kin import posting, said, siblings
from finder.render.life import rows as rows_of_life
from finder.render.life import turns
from finder.render.search import address, facts, name
from finder.render.words import counted, credited, listed, moment, safe, when, wrapped
from finder.tasks import Task, free, tasks
from finder.wishes import public_kind, terms_of

if TYPE_CHECKING:
    from finder.biography import Biography
    from finder.families import Relations

ISSUES = 5
"""Of a project, told of each sort."""

HELD, LACKED = "✓", "·"
VERSIONS = 12
"""Changes told; a list that reorders its notes every day has many more."""


def why(match: Match, now: datetime, width: int = 0) -> str:
    """Why it stands where it stands: the parts that make its score, and every reason."""
    return _joined(_head(match, now, width), _score(match, width), _reasons(match, width))


def page(
    match: Match,
    versions: Sequence[FactVersion],
    now: datetime,
    width: int = 0,
    life: Biography | None = None,
    kin: Relations | None = None,
) -> str:
    """All that is known of it. `versions`: what its sources said, oldest first."""
    return _joined(
        _head(match, now, width),
        _warnings(life, width),
        _facts(match, versions, now, width, life),
        _score(match, width),
        _reasons(match, width),
        _issues(match, now, width),
        _needs(match, width),
        _conclusions(match, width),
        _sightings(match, now, width),
        *_kin(match, now, width, kin),
        _block("Life", [wrapped(safe(line), "  - ", width) for line in (turns(match.opening, life) if life else ())]),
        _history(versions, width),
        _description(match, width),
    )


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


def _block(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *lines]) if lines else ""


def _head(match: Match, now: datetime, width: int) -> str:
    return "\n".join(
        [
            wrapped(name(match), "", width),
            wrapped(facts(match, now), "", width),
            f"{address(match)}   [{match.opening.id}]",
        ]
    )


def _warnings(life: Biography | None, width: int) -> str:
    return "\n".join(wrapped(safe(words), "warning: ", width) for words in (life.warnings if life else ()))


def _facts(match: Match, versions: Sequence[FactVersion], now: datetime, width: int, life: Biography | None) -> str:
    opening = match.opening
    rows = {
        "kind": _kind(match),
        "places": "; ".join(place.text for place in opening.places),
        "remote": _remote(opening),
        "terms": ", ".join(terms_of(opening)),
        **_stated(opening),
        "pay": pay_in_words(opening),
        **_of_project(opening.extra),
        "rules": _rules(opening),
        **dated.rows(opening, versions, now),
        "state": f"{opening.state} since {when(opening.state_at, now)}" if opening.state_at else opening.state,
        "evidence": opening.evidence,
        **(rows_of_life(life, now) if life else {}),
    }
    told = [wrapped(safe(value), f"{label:<12}", width) for label, value in rows.items() if value]
    return "\n".join(told + [f"{'credit':<12}{words}: {url}" for words, url in credited(opening).items()])


def _remote(opening: Opening) -> str:
    """What its source says, and in brackets what its places or its text state."""
    said = opening.facets.stated.get("remote") if opening.facets else None
    stated = remote_in_words(said.value) if said else ""
    source = {True: "yes", False: "no", None: ""}[opening.remote]
    return f"{source} ({stated})" if source and stated else source or stated


def _stated(opening: Opening) -> dict[str, str]:
    """What it states of its course, one row each."""
    stated = opening.facets.stated if opening.facets else {}
    rows = {"start": "start", "duration": "lasts", "hours": "hours/week", "paid": "paid"}
    return {label: span(stated[subject].value) for subject, label in rows.items() if subject in stated}


def _kind(match: Match) -> str:
    kind, facets = public_kind(match.opening), match.opening.facets
    level = facets.level if facets else ""
    return kind if level in ("", "other", kind) else f"{kind} ({level})"


def _of_project(extra: Mapping[str, Any]) -> dict[str, str]:
    """What sources tell of a repository, as far as it is there."""
    rows = {label: str(extra.get(label) or "") for label in ("language", "license")}
    rows |= {label: f"{extra[label]:,}" for label in ("stars", "forks") if isinstance(extra.get(label), int)}
    return rows | {"archived": "yes" if extra.get("archived") else "", "issues": str(extra.get("issues_url") or "")}


def _rules(opening: Opening) -> str:
    """What a project says about contributions made by programs."""
    policy = policy_of(opening)
    return f"{policy.text} ({policy.where})" if policy else ""


def _score(match: Match, width: int) -> str:
    parts = " × ".join(f"{label} {value:.3f}" for label, value in match.parts.items())
    return wrapped(f"{match.score * 100:.1f} = 100 × {parts}", "Score  ", width)


def _reasons(match: Match, width: int) -> str:
    return _block("Why", [wrapped(safe(reason), "  - ", width) for reason in match.reasons])


def _needs(match: Match, width: int) -> str:
    """What it asks for and the words that say so, hardest first; ✓ is what the person holds."""
    needs = match.opening.facets.needs if match.opening.facets else ()
    held, order = set(match.held), ("must", "should", "mentioned")
    rows = sorted(needs, key=lambda need: order.index(need.strength))
    return _block(f"What it asks for ({HELD} you hold it)", [_need(need, needs, held, width) for need in rows])


def _need(need: Need, needs: Sequence[Need], held: set[str], width: int) -> str:
    others = [other.skill for other in needs if need.group and other.group == need.group and other != need]
    instead = f", or {listed(others, last='or')}" if others else ""
    quote = f": “{need.quote}”" if need.quote else ""
    mark = HELD if need.skill in held else LACKED
    return wrapped(safe(f"{need.skill} ({need.strength}{instead}){quote}"), f"  {mark} ", width)


def _issues(match: Match, now: datetime, width: int) -> str:
    """Issues of a project, the best to begin with first, those that are taken last and with the reason."""
    known = tasks(match.opening.extra)
    best = free(known, now)[:ISSUES] if match.readiness != "not eligible" else []
    taken = [task for task in known if task.verdict in ("taken", "closed")][:ISSUES]
    return _block("Issues for beginners", [line for task in (*best, *taken) for line in _issue(task, now, width)])


def _issue(task: Task, now: datetime, width: int) -> list[str]:
    state = {"open": "free", "taken": "taken", "closed": "closed"}.get(task.verdict, "")
    looked = f"{state} when seen {when(task.looked, now)}" if state and task.looked else ""
    unclear = f"looked at {when(task.looked, now)}, which told nothing" if task.looked else "not looked at yet"
    told = ": ".join(filter(None, (looked, task.evidence if task.taken else ""))) or unclear
    return [wrapped(safe(f"{task.title} ({told})"), "  - ", width), f"    {safe(task.url)}"]


def _conclusions(match: Match, width: int) -> str:
    facets = match.opening.facets
    told = [f"{name}: “{quote}”" for name, quote in facets.evidence.items()] if facets else []
    told += [f"{subject} ({said.value}): “{said.quote}”" for subject, said in facets.stated.items()] if facets else []
    return _block("Concluded from", [wrapped(safe(line), "  - ", width) for line in told])


def _sightings(match: Match, now: datetime, width: int) -> str:
    rows: list[str] = []
    for sighting in match.opening.sightings:
        since, last = moment(sighting.first_seen), when(sighting.last_seen, now)
        rows.append(wrapped(safe(f"{sighting.source}: {sighting.state}, {since} to {last}"), "  - ", width))
        rows += [f"    {safe(text)}" for text in (sighting.url, sighting.evidence) if text]
    return _block(f"Seen at {counted(len(match.opening.sightings), 'source')}", rows)


def _kin(match: Match, now: datetime, width: int, kin: Relations | None) -> list[str]:
    """The other sightings of its posting, its siblings, and what a person said of them."""
    if kin is None:
        return []
    return [
        _block("The same posting", posting(match.opening, kin, now, width)),
        _block("Same role, other place, term or requisition", siblings(kin, width)),
        _block("Decided by hand", said(match.opening, kin, width)),
    ]


def _history(versions: Sequence[FactVersion], width: int) -> str:
    """What was told anew; '' if everything was told but once."""
    if len({(version.source, version.key, version.part) for version in versions}) == len(versions):
        return ""
    told = [f"{moment(version.seen_at)}  {version.source}: {change}" for version, change in changes(versions)]
    left = [f"  … {counted(len(told) - VERSIONS, 'earlier change')}"] if len(told) > VERSIONS else []
    return _block("History", left + [wrapped(safe(line), "  - ", width) for line in told[-VERSIONS:]])


def _description(match: Match, width: int) -> str:
    lines = [safe(line).strip() for line in match.opening.description.splitlines()]
    return _block("Description", [wrapped(line, "  ", width) for line in lines if line])
