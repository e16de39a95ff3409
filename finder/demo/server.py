"""The sample world's one host: every list, board and project list of it, on a loopback port."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from finder.demo import boards, lists, projects
from finder.demo.employers import EMPLOYERS
from finder.demo.repositories import repos
from finder.demo.world import Role, roles

OPENINGS = 230

NAMES = {employer.slug: employer.name for employer in EMPLOYERS}

LISTS: Mapping[str, lists.Form] = {
    "simplify.json": lists.simplify,
    "seasons.json": lists.seasons,
    "applyguy.json": lists.applyguy,
    "skills.json": lists.with_skills,
    "pipes.md": lists.pipes,
    "rows.md": lists.rows,
    "dated.md": lists.dated,
    "hourly.md": lists.hourly,
}
"""Each list shows every eighth internship and half of its neighbour's: a third of all stand on two lists."""

BOARDS: Mapping[str, tuple[boards.Form, str, str]] = {
    "greenhouse": (boards.greenhouse, "/greenhouse/v1/boards/{}/jobs", "board"),
    "lever": (boards.lever, "/lever/v0/postings/{}", "site"),
    "ashby": (boards.ashby, "/ashby/posting-api/job-board/{}", "org"),
}
"""Hiring system → form of its documents, their address, and what its adapter calls the employer's name there."""


def pages(now: datetime) -> dict[str, str]:
    """Path → document: all that the sample world has to say at `now`."""
    world = roles(OPENINGS, now.year + (now.month > 5))
    students = [role for role in world if role.term]
    made = {
        f"/{name}": form(students[place::8] + students[(place + 1) % 8 :: 16], now)
        for place, (name, form) in enumerate(LISTS.items())
    }
    return made | _boards(world, now) | _projects(now)


def _boards(world: list[Role], now: datetime) -> dict[str, str]:
    """Every employer's board whose hiring system is read."""
    made = {}
    for employer in EMPLOYERS:
        own = [role for role in world if role.employer is employer]
        if employer.system in BOARDS and own:
            form, path, _ = BOARDS[employer.system]
            made[path.format(employer.slug)] = form(own, now)
    return made


def _projects(now: datetime) -> dict[str, str]:
    code = repos()
    return {
        "/github/search/repositories": projects.github_search(code[::2], now),
        **{f"/github/repos/{repo.path}/issues": projects.github_issues(repo, now) for repo in code[::2]},
        "/up-for-grabs.json": projects.up_for_grabs(code[::3], now),
        "/awesome-for-beginners.json": projects.awesome_for_beginners(code[1::3]),
        "/good-first-issue.toml": projects.good_first_issue(code[2::3]),
        "/awesome-machine-learning.md": projects.awesome_machine_learning(code[::5]),
    }


def sources(made: Mapping[str, str], host: str) -> list[dict[str, Any]]:
    """The [[source]] tables for these pages at `host`: the very adapters that read the real sources."""
    tables = [_list(name, host) for name in LISTS]
    for system, (_, path, key) in BOARDS.items():
        start, _, end = path.partition("{}")
        for slug in (one.removeprefix(start).removesuffix(end) for one in made if one.startswith(start)):
            table = {"name": f"{system}-{slug}", "adapter": system, key: slug, "base": f"{host}/{system}"}
            tables.append(table if system == "greenhouse" else table | {"company": NAMES[slug]})
    tables.append({"name": "github", "adapter": "github_repos", "base": f"{host}/github", **ONE_SEARCH})
    for path in made:
        name = path.strip("/").partition(".")[0]
        if name in PROJECT_LISTS:
            tables.append({"name": name, "adapter": name.replace("-", "_"), "url": host + path})
    return tables


ONE_SEARCH = {"stars": ["50..49999"], "more_topics": []}

PROJECT_LISTS = ("up-for-grabs", "awesome-for-beginners", "good-first-issue", "awesome-machine-learning")


def _list(name: str, host: str) -> dict[str, Any]:
    kind = "json_list" if name.endswith(".json") else "table_list"
    table = {"name": f"list-{name.partition('.')[0]}", "adapter": kind, "url": f"{host}/{name}"}
    return table | ({"windowed": True} if name.startswith("hourly") else {})


@contextmanager
def serving(made: Mapping[str, str]) -> Iterator[str]:
    """The host's address, such as http://127.0.0.1:49152, while it answers."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            document = made.get(urlsplit(self.path).path)
            body = (document if document is not None else "not here").encode()
            mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if document is not None and self.headers.get("If-None-Match") == mark:
                return self._send(304, mark, b"")
            return self._send(404 if document is None else 200, mark, body)

        def _send(self, status: int, mark: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("ETag", mark)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
