"""Employers' boards of the sample world, each in its hiring system's form. Pure: roles in, documents out."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from finder.demo.lists import identifier
from finder.demo.world import Role


def _markup(role: Role) -> str:
    told: list[str] = []
    items: list[str] = []
    for line in [*role.text.split("\n"), ""]:
        if line.startswith("- "):
            items.append(f"<li>{html.escape(line[2:])}</li>")
            continue
        if items:
            told.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line:
            told.append(f"<p>{html.escape(line)}</p>")
    return "".join(told)


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
    return json.dumps([
        {
            "id": identifier(role),
            "text": role.title,
            "hostedUrl": f"https://jobs.lever.co/{role.slug}/{identifier(role)}",
            "applyUrl": f"https://jobs.lever.co/{role.slug}/{identifier(role)}/apply",
            "createdAt": int((now - timedelta(days=role.age)).timestamp() * 1000),
            "workplaceType": "remote" if "Remote" in role.place else "on-site",
            "categories": {"commitment": "Intern", "location": role.place, "allLocations": [role.place], "team": "Sample"},
            "description": f"<div>{role.text.split(chr(10))[0]}</div>",
            "descriptionPlain": role.text.split("\n")[0],
            "lists": [
                {"text": "Requirements", "content": "".join(f"<li>{skill}</li>" for skill in role.must)},
                {"text": "Nice to have", "content": "".join(f"<li>{skill}</li>" for skill in role.nice)},
            ],
            "additional": "",
            "additionalPlain": "",
        }
        for role in roles
    ])


def ashby(roles: Sequence[Role], now: datetime) -> str:
    """With a posting that is not listed, which must not be shown."""
    jobs: list[dict[str, Any]] = [
        {
            "id": identifier(role),
            "title": role.title,
            "department": "Sample",
            "team": "Sample",
            "employmentType": "Intern",
            "location": role.place,
            "secondaryLocations": [],
            "publishedAt": (now - timedelta(days=role.age)).isoformat(),
            "isListed": position != 0,
            "isRemote": "Remote" in role.place,
            "workplaceType": "Remote" if "Remote" in role.place else "OnSite",
            "address": {"postalAddress": {}},
            "jobUrl": f"https://jobs.ashbyhq.com/{role.slug}/{identifier(role)}",
            "applyUrl": f"https://jobs.ashbyhq.com/{role.slug}/{identifier(role)}/application",
            "descriptionHtml": _markup(role),
            "descriptionPlain": role.text,
        }
        for position, role in enumerate(roles)
    ]
    return json.dumps({"jobs": jobs, "apiVersion": "1"})
