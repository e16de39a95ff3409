"""Employers' boards of the sample world, each in its hiring system's form. Pure: roles in, documents out."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from finder.demo.lists import identifier
from finder.demo.world import Role

Form = Callable[[Sequence[Role], datetime], str]


def _markup(role: Role) -> str:
    parts = [f"<p>{html.escape(role.beginning)}</p>"]
    for heading, items in role.sections:
        parts += [f"<h3>{html.escape(heading)}</h3>", f"<ul>{_items(items)}</ul>"]
    return "".join([*parts, f"<p>{html.escape(role.closing)}</p>"])


def _items(lines: Sequence[str]) -> str:
    return "".join(f"<li>{html.escape(line)}</li>" for line in lines)


def greenhouse(roles: Sequence[Role], now: datetime) -> str:
    """`content` is HTML with its marks escaped once more, as the real board sends it."""
    jobs = [
        {
            "id": 4000000000 + role.number,
            "internal_job_id": 5000000000 + role.number,
            "absolute_url": f"https://job-boards.greenhouse.io/{role.slug}/jobs/{4000000000 + role.number}",
            "title": role.title,
            "company_name": role.company,
            "location": {"name": role.place},
            "metadata": None,
            "first_published": (now - timedelta(days=role.age)).isoformat(timespec="seconds"),
            "updated_at": now.isoformat(timespec="seconds"),
            "application_deadline": None,
            "content": html.escape(_markup(role)),
        }
        for role in roles
    ]
    return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}})


def lever(roles: Sequence[Role], now: datetime) -> str:
    """Times in milliseconds, requirements as separate lists."""
    return json.dumps(
        [
            {
                "id": identifier(role),
                "text": role.title,
                "hostedUrl": f"https://jobs.lever.co/{role.slug}/{identifier(role)}",
                "applyUrl": f"https://jobs.lever.co/{role.slug}/{identifier(role)}/apply",
                "createdAt": int((now - timedelta(days=role.age)).timestamp() * 1000),
                "workplaceType": "remote" if role.remote else "on-site",
                "categories": {
                    "commitment": "Intern" if role.term else "Full-time",
                    "location": role.place,
                    "allLocations": [role.place],
                    "team": "Sample",
                },
                "description": f"<div>{html.escape(role.beginning)}</div>",
                "descriptionPlain": role.beginning,
                "lists": [{"text": heading, "content": _items(items)} for heading, items in role.sections],
                "additional": f"<div>{html.escape(role.closing)}</div>",
                "additionalPlain": role.closing,
            }
            for role in roles
        ]
    )


def ashby(roles: Sequence[Role], now: datetime) -> str:
    """With a posting that is not listed, which must not be shown."""
    jobs: list[dict[str, Any]] = [
        {
            "id": identifier(role),
            "title": role.title,
            "department": "Sample",
            "team": "Sample",
            "employmentType": "Intern" if role.term else "FullTime",
            "location": role.place,
            "secondaryLocations": [],
            "publishedAt": (now - timedelta(days=role.age)).isoformat(),
            "isListed": position != 0,
            "isRemote": role.remote,
            "workplaceType": "Remote" if role.remote else "OnSite",
            "address": {"postalAddress": {}},
            "jobUrl": f"https://jobs.ashbyhq.com/{role.slug}/{identifier(role)}",
            "applyUrl": f"https://jobs.ashbyhq.com/{role.slug}/{identifier(role)}/application",
            "descriptionHtml": _markup(role),
            "descriptionPlain": role.text,
        }
        for position, role in enumerate(roles)
    ]
    return json.dumps({"jobs": jobs, "apiVersion": "1"})
