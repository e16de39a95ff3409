"""A match as a flat, public record: the JSON, NDJSON and CSV that programs read. These names do not change."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db.status import FactVersion
from finder.families import ALONE, Family
from finder.model import Match
from finder.policies import policy_of
from finder.render.history import changes
from finder.render.kin import record as record_of_kin
from finder.render.life import record as record_of_life
from finder.render.words import credited, safe
from finder.tasks import Task, tasks
from finder.wishes import deadline_of, public_kind, terms_of

if TYPE_CHECKING:
    from finder.biography import Biography
    from finder.families import Relations

CSV_COLUMNS = (
    "id", "kind", "title", "organization", "url", "locations", "remote", "terms", "posted_at", "first_seen",
    "last_seen", "state", "score", "readiness", "skills_required", "skills_held", "skills_missing", "reasons",
    "sources", "attribution",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet run a cell as a formula, full-width forms included (OWASP ASVS 1.2.10); tabs and line ends,
which do so too, are spaces by then."""


def record(match: Match, family: Family | None = None) -> dict[str, Any]:
    """The public object of one match: JSON-able, times ISO 8601 UTC. `family`: the one that it stands for."""
    opening, facets = match.opening, match.opening.facets
    return {
        "id": opening.id,
        "kind": public_kind(opening),
        "title": opening.title,
        "organization": opening.organization,
        "url": opening.url,
        "locations": [
            {"text": p.text, "city": p.city, "region": p.region, "country": p.country} for p in opening.places
        ],
        "remote": opening.remote,
        "terms": list(terms_of(opening)),
        "pay": opening.pay,
        "level": facets.level if facets else "",
        "role": facets.role if facets else "",
        "posted_at": iso(opening.posted_at),
        "deadline": iso(deadline_of(opening)),
        "first_seen": iso(opening.first_seen),
        "last_seen": iso(opening.last_seen),
        "state": opening.state,
        "evidence": opening.evidence,
        "score": round(match.score, 6),
        "parts": {name: round(value, 6) for name, value in match.parts.items()},
        "readiness": match.readiness,
        "skills_required": list(match.required),
        "skills_held": list(match.held),
        "skills_missing": list(match.missing),
        "reasons": list(match.reasons),
        "sources": [{"name": s.source, "url": s.url} for s in opening.sightings],
        "attribution": [{"text": words, "url": url} for words, url in credited(opening).items()],
        "family": family.label if family else "",
        "more_like_it": [other.id for other in family.others] if family else [],
    }


def detail(
    match: Match, versions: Sequence[FactVersion], life: Biography | None = None, kin: Relations | None = None
) -> dict[str, Any]:
    """The public object of one opening with all that is known of it: `finder show --json`."""
    opening, facets = match.opening, match.opening.facets
    return record(match) | {
        "description": opening.description,
        "needs": [
            {
                "skill": n.skill,
                "strength": n.strength,
                "quote": n.quote,
                "group": n.group,
                "held": n.skill in match.held,
            }
            for n in (facets.needs if facets else ())
        ],
        "conclusions": dict(facets.evidence) if facets else {},
        "stated": {name: {"value": s.value, "quote": s.quote} for name, s in facets.stated.items()} if facets else {},
        "policy": _policy(match),
        "issues": [_issue(task) for task in tasks(opening.extra)] if opening.kind == "project" else [],
        "sightings": [
            {
                "source": s.source,
                "url": s.url,
                "state": s.state,
                "first_seen": iso(s.first_seen),
                "last_seen": iso(s.last_seen),
                "evidence": s.evidence,
            }
            for s in opening.sightings
        ],
        "history": [{"at": iso(v.seen_at), "source": v.source, "change": change} for v, change in changes(versions)],
        **(record_of_life(life, iso) if life else {}),
        **(record_of_kin(match.opening, kin, iso) if kin else {}),
    }


def _policy(match: Match) -> dict[str, str] | None:
    """What a project says about contributions made by programs, and where it says so."""
    policy = policy_of(match.opening)
    return {"text": policy.text, "where": policy.where} if policy else None


def _issue(task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "url": task.url,
        "labels": list(task.labels),
        "created_at": iso(task.created),
        "assigned": task.assigned,
        "verdict": task.verdict,
        "checked_at": iso(task.looked),
        "evidence": task.evidence,
    }


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with a Z, to the second; None where it is not known."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def as_json(matches: Sequence[Match], families: Mapping[str, Family] = ALONE) -> str:
    """One JSON array, `[]` when there is none; control characters are escaped."""
    return json.dumps([record(match, families.get(match.opening.id)) for match in matches], indent=2)


def as_lines(matches: Sequence[Match], families: Mapping[str, Family] = ALONE) -> str:
    """One JSON object a line (NDJSON)."""
    return "\n".join(json.dumps(record(match, families.get(match.opening.id))) for match in matches)


def as_csv(matches: Sequence[Match]) -> str:
    """RFC 4180 with a header row, but for the last line feed; no cell is one that a spreadsheet would run."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    for match in matches:
        fields = record(match)
        rows.writerow([cell(fields[name]) for name in CSV_COLUMNS])
    return out.getvalue().removesuffix("\n")


def cell(value: Any) -> str:
    """One CSV cell: lists joined by '; ', None empty, printable only; an apostrophe makes a formula a text."""
    if isinstance(value, list):
        value = "; ".join(_name(item) for item in value)
    text = safe("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
    return "'" + text if text.lstrip(" \"'").startswith(_FORMULA) else text


def _name(item: Any) -> str:
    if isinstance(item, dict):
        return str(item.get("text") or item.get("name") or "")
    return str(item)
