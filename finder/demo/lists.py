"""Internship lists of the sample world, each in the form that a real one has. Pure: roles in, documents out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from finder.demo.world import Role

Form = Callable[[Sequence[Role], datetime], str]


def address(role: Role) -> str:
    """Where the employer itself has the posting, in the address form of its hiring system."""
    system = role.employer.system
    if system == "greenhouse":
        return f"https://job-boards.greenhouse.io/{role.slug}/jobs/{4000000000 + role.number}"
    if system == "lever":
        return f"https://jobs.lever.co/{role.slug}/{identifier(role)}"
    if system == "ashby":
        return f"https://jobs.ashbyhq.com/{role.slug}/{identifier(role)}"
    return f"https://{role.slug}.wd5.myworkdayjobs.com/Careers/job/Somewhere/Intern_R{1000 + role.number}"


def identifier(role: Role) -> str:
    """A UUID that is the same every time."""
    return str(uuid5(NAMESPACE_URL, f"{role.slug}/{role.number}"))


def _day(role: Role, now: datetime) -> datetime:
    return (now - timedelta(days=role.age)).replace(microsecond=0)


def simplify(roles: Sequence[Role], now: datetime) -> str:
    """A JSON list with category, terms and degrees; every ninth row is marked inactive."""
    return json.dumps(
        [
            {
                "id": identifier(role),
                "source": "sample",
                "company_name": role.company,
                "company_url": f"https://{role.slug}.example",
                "title": role.title,
                "category": "Data Science, AI & Machine Learning",
                "active": role.number % 9 != 8,
                "is_visible": True,
                "terms": [role.term],
                "date_posted": int(_day(role, now).timestamp()),
                "date_updated": int(_day(role, now).timestamp()),
                "url": address(role) + "?utm_source=sample",
                "locations": [role.place],
                "sponsorship": "Other",
                "degrees": ["Bachelor's"],
            }
            for role in roles
        ]
    )


def seasons(roles: Sequence[Role], now: datetime) -> str:
    """The same without category, terms and degrees: one `season` instead."""
    rows = json.loads(simplify(roles, now))
    for row, role in zip(rows, roles, strict=True):
        for name in ("category", "terms", "degrees"):
            del row[name]
        row["season"] = role.term.split()[0]
    return json.dumps(rows)


def applyguy(roles: Sequence[Role], now: datetime) -> str:
    """Rows under `jobs`, with the list's own page beside the employer's."""
    return json.dumps(
        {
            "updatedAt": now.isoformat(),
            "jobs": [
                {
                    "id": identifier(role),
                    "company": role.company,
                    "title": role.title,
                    "category": "Software Engineering",
                    "location": role.place,
                    "season": role.term,
                    "posted": f"{_day(role, now):%Y-%m-%d}",
                    "age": f"{role.age}d",
                    "url": f"https://list.example/jobs?job={identifier(role)}",
                    "listingUrl": address(role),
                }
                for role in roles
            ],
        }
    )


def with_skills(roles: Sequence[Role], now: datetime) -> str:
    """Rows under `jobs` that carry what was read out of the posting: pay and skills."""
    return json.dumps(
        {
            "generated_at": now.isoformat(),
            "count": len(roles),
            "jobs": [
                {
                    "id": f"sample:{role.slug}:{role.number}",
                    "company": role.company,
                    "title": role.title,
                    "season": role.term,
                    "seasons": [role.term],
                    "season_inferred": False,
                    "category": "Data & ML/AI",
                    "location": role.place,
                    "url": address(role),
                    "posted_at": _day(role, now).isoformat(),
                    "posted_at_source": "exact",
                    "first_seen_at": _day(role, now).isoformat(),
                    "sponsorship": "unknown",
                    "salary": role.pay,
                    "skills": role.skills,
                    "source": "sample",
                    "program": "Internship",
                    "remote": role.remote,
                }
                for role in roles
            ],
        }
    )


def pipes(roles: Sequence[Role], now: datetime) -> str:
    """A Markdown table with HTML anchors in its cells, a salary column, and ages."""
    rows = [
        f'| <a href="https://{role.slug}.example"><strong>{role.company}</strong></a> | {role.title} | {role.place} '
        f'| {role.pay} | <a href="{address(role)}"><img src="https://list.example/apply.png" alt="Apply"/></a> '
        f"| {role.age}d |"
        for role in roles
    ]
    head = "| Company | Position | Location | Salary | Posting | Age |\n|---|---|---|---|---|---|"
    return "\n".join(["# Sample AI internships", "", "<!-- TABLE_START -->", head, *rows, "<!-- TABLE_END -->", ""])


def rows(roles: Sequence[Role], now: datetime) -> str:
    """An HTML table; a company is named once and then by an arrow."""
    told, last = [], ""
    for role in sorted(roles, key=lambda role: role.company):
        company = "↳" if role.company == last else f"<strong>{role.company}</strong>"
        last = role.company
        link = f'<a href="{address(role)}?utm_source=sample"><img src="https://list.example/a.png" alt="Apply"></a>'
        age = f"{role.age}d" if role.age < 30 else f"{role.age // 30}mo"
        cells = (company, role.title, role.place, f'<div align="center">{link}</div>', age)
        told.append("<tr>\n" + "\n".join(f"<td>{cell}</td>" for cell in cells) + "\n</tr>")
    head = "".join(f"<th>{name}</th>\n" for name in ("Company", "Role", "Location", "Application", "Age"))
    body = "\n".join(told)
    return f"# Sample\n\n<table>\n<thead>\n<tr>\n{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"


def dated(roles: Sequence[Role], now: datetime) -> str:
    """A Markdown table with badges, full dates, and closed rows without a link."""
    told = []
    for role in roles:
        badge = f"[![Apply](https://list.example/badge.svg)]({address(role)})"
        apply = "Closed🔒" if role.number % 7 == 6 else badge
        day = _day(role, now)
        told.append(f"| {role.company} | {role.title} | {role.place} | {apply} | {day:%b} {day.day}, {day.year} |")
    head = "| Company | Role | Location | Apply | Date Posted |\n|---|---|---|:-:|---|"
    return "\n".join(["# Sample", "", head, *told, ""])


def hourly(roles: Sequence[Role], now: datetime) -> str:
    """A windowed Markdown table with a work model, bold links and dates without a year."""
    told = []
    for role in roles:
        day, model = _day(role, now), "Remote" if role.remote else "On Site"
        company = f"**[{role.company}](https://{role.slug}.example)**"
        title = f"**[{role.title}](https://list.example/jobs/{identifier(role)})**"
        told.append(f"| {company} | {title} | {role.place} | {model} | {day:%b} {day.day} |")
    head = "| Company | Job Title | Location | Work Model | Date Posted |\n|---|---|---|---|---|"
    return "\n".join(["# Sample", "", head, *told, ""])
