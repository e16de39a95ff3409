"""Lists of repositories of the sample world, and a stand-in for GitHub's API. Pure: repositories in, documents out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from finder.demo.repositories import Repo


def github_search(repos: Sequence[Repo], now: datetime) -> str:
    """An answer of /search/repositories."""
    return json.dumps({"total_count": len(repos), "incomplete_results": False, "items": [_repo(r, now) for r in repos]})


def _repo(repo: Repo, now: datetime) -> dict[str, Any]:
    pushed = f"{now - timedelta(days=repo.age):%Y-%m-%dT%H:%M:%SZ}"
    return {
        "id": 900000000 + repo.number,
        "name": repo.name,
        "full_name": repo.path,
        "owner": {"login": repo.owner, "type": "Organization"},
        "html_url": f"https://github.com/{repo.path}",
        "description": repo.about,
        "fork": False,
        "archived": False,
        "disabled": False,
        "has_issues": True,
        "created_at": "2021-03-01T09:00:00Z",
        "updated_at": pushed,
        "pushed_at": pushed,
        "stargazers_count": repo.stars,
        "forks_count": repo.stars // 9,
        "open_issues_count": len(repo.issues),
        "language": repo.language,
        "topics": list(repo.topics),
        "license": {"spdx_id": "MIT"},
        "size": 900,
    }


def github_issues(repo: Repo, now: datetime) -> str:
    """An answer of /repos/OWNER/NAME/issues; the last one is taken."""
    return json.dumps(
        [
            {
                "id": 800000000 + 10 * repo.number + place,
                "number": place + 1,
                "title": title,
                "html_url": f"https://github.com/{repo.path}/issues/{place + 1}",
                "state": "open",
                "labels": [{"name": "good first issue"}],
                "assignees": [{"login": "somebody"}] if place + 1 == len(repo.issues) > 1 else [],
                "comments": place,
                "created_at": f"{now - timedelta(days=30 + place):%Y-%m-%dT%H:%M:%SZ}",
                "updated_at": f"{now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}",
                "body": None,
            }
            for place, title in enumerate(repo.issues)
        ]
    )


def up_for_grabs(repos: Sequence[Repo], now: datetime) -> str:
    """Projects by a short name, with the count of their labelled issues."""
    return json.dumps(
        {
            repo.name: {
                "name": repo.name,
                "desc": repo.about,
                "site": f"https://github.com/{repo.path}",
                "tags": [repo.language.lower(), *repo.topics],
                "upforgrabs": {"name": "help wanted", "link": f"https://github.com/{repo.path}/labels/help%20wanted"},
                "stats": {
                    "issue-count": len(repo.issues),
                    "last-updated": f"{now:%Y-%m-%dT%H:%M:%SZ}",
                    "fork-count": 3,
                },
            }
            for repo in repos
        }
    )


def awesome_for_beginners(repos: Sequence[Repo]) -> str:
    """Projects with a label and technologies."""
    return json.dumps(
        {
            "sponsors": [],
            "technologies": {repo.language: repo.language.lower() for repo in repos},
            "repositories": [
                {
                    "name": repo.name,
                    "link": f"https://github.com/{repo.path}",
                    "label": "good first issue",
                    "technologies": [repo.language],
                    "description": repo.about,
                }
                for repo in repos
            ],
        }
    )


def good_first_issue(repos: Sequence[Repo]) -> str:
    """Names alone."""
    return "repositories = [\n" + "".join(f"  'github.com/{repo.path}',\n" for repo in repos) + "]\n"


def awesome_machine_learning(repos: Sequence[Repo]) -> str:
    """Languages, domains, and a line a project."""
    told = ["# Awesome Machine Learning", ""]
    for language in sorted({repo.language for repo in repos}):
        anchor = language.lower().replace(" ", "-")
        told += [f'<a name="{anchor}"></a>', f"## {language}", "", "#### General-Purpose Machine Learning"]
        told += [
            f"* [{repo.name}](https://github.com/{repo.path}) - {repo.about}."
            for repo in repos
            if repo.language == language
        ]
        told.append("")
    return "\n".join(told)
