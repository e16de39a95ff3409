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
from finder.demo.world import COMPANIES, repos, roles

LISTINGS, REPOSITORIES = 190, 72

COMPANY_OF = {company.lower().replace(" ", ""): company for company in COMPANIES}

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
"""Each list shows every eighth role and its neighbour, so that half of all roles stand on two lists."""


def pages(now: datetime) -> dict[str, str]:
    """Path → document: all that the sample world has to say at `now`."""
    year = now.year + 1
    world, code = roles(LISTINGS, year), repos(REPOSITORIES)
    made = {f"/{name}": form(world[place::8] + world[(place + 1) % 8 :: 16], now) for place, (name, form) in enumerate(LISTS.items())}
    hiring = {company: [r for r in world if r.company == company] for company in dict.fromkeys(r.company for r in world)}
    for company, own in hiring.items():
        system = lists.BOARDS[len(company) % len(lists.BOARDS)]
        if system == "greenhouse":
            made[f"/greenhouse/v1/boards/{own[0].slug}/jobs"] = boards.greenhouse(own, now)
        elif system == "lever":
            made[f"/lever/v0/postings/{own[0].slug}"] = boards.lever(own, now)
        elif system == "ashby":
            made[f"/ashby/posting-api/job-board/{own[0].slug}"] = boards.ashby(own, now)
    made["/github/search/repositories"] = projects.github_search(code[::2], now)
    made |= {f"/github/repos/{repo.path}/issues": projects.github_issues(repo, now) for repo in code[::2]}
    made["/up-for-grabs.json"] = projects.up_for_grabs(code[::3], now)
    made["/awesome-for-beginners.json"] = projects.awesome_for_beginners(code[1::3])
    made["/good-first-issue.toml"] = projects.good_first_issue(code[2::3])
    made["/awesome-machine-learning.md"] = projects.awesome_machine_learning(code[::5])
    return made


def sources(made: Mapping[str, str], host: str) -> list[dict[str, Any]]:
    """The [[source]] tables for these pages at `host`: the very adapters that read the real sources."""
    tables: list[dict[str, Any]] = []
    for path in made:
        parts = path.strip("/").split("/")
        if parts[0] in ("greenhouse", "lever", "ashby"):
            board = {"greenhouse": "board", "lever": "site", "ashby": "org"}[parts[0]]
            slug = parts[-2] if parts[0] == "greenhouse" else parts[-1]
            table = {"name": f"{parts[0]}-{slug}", "adapter": parts[0], board: slug, "base": f"{host}/{parts[0]}"}
            tables.append(table | {"company": COMPANY_OF[slug]})
        elif path.endswith(".md") and "awesome" not in path or parts[0] in LISTS:
            kind = "json_list" if path.endswith(".json") else "table_list"
            tables.append({"name": f"list-{parts[0].partition('.')[0]}", "adapter": kind, "url": host + path})
    tables.append({"name": "github", "adapter": "github_repos", "base": f"{host}/github", "stars": ["50..49999"], "more_topics": []})
    for name in ("up-for-grabs", "awesome-for-beginners", "good-first-issue", "awesome-machine-learning"):
        path = next(path for path in made if path.startswith(f"/{name}."))
        tables.append({"name": name, "adapter": name.replace("-", "_"), "url": host + path})
    return tables


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
