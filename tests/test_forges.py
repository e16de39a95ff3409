"""Repositories of other forges: what each tells, what no one can contribute to, and how far a list is followed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

import pytest
from test_boards import well_typed

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers import bitbucket, codeberg, ecosystems, gitlab

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Forge:
    """One forge: its adapter, one good repository, the document round them, what one needs, and what shuts it."""

    adapter: Adapter
    row: dict[str, Any]
    document: Callable[[list[Any]], Any]
    needed: tuple[str, ...]
    shut: tuple[dict[str, Any], ...]
    options: dict[str, Any] = field(default_factory=dict)
    context: str = "1"

    def parse(self, rows: list[Any], context: str = "", **options: Any) -> Page:
        return self.read(json.dumps(self.document(rows)), context, **options)

    def read(self, body: str, context: str = "", **options: Any) -> Page:
        doc = Fetched(Request("https://forge.example", context=context or self.context), 200, body.encode(), AT)
        return self.adapter.parse(doc, self.adapter.options(**self.options | options))

    def one(self, **fields: Any) -> Found:
        (found,) = self.parse([{**self.row, **fields}]).found
        return found


FORGES = {
    "ecosystems": Forge(
        ecosystems.ADAPTER,
        {
            "full_name": "moor/Heather",
            "owner": "moor",
            "description": " Grows. ",
            "html_url": "https://github.com/moor/Heather",
            "pushed_at": "2026-08-20T10:00:00Z",
            "created_at": "2020-01-01T00:00:00Z",
            "stargazers_count": 500,
            "forks_count": 3,
            "open_issues_count": 7,
            "topics": ["machine-learning"],
            "language": "Python",
            "license": "mit",
            "has_issues": True,
        },
        lambda rows: {"name": "machine-learning", "repositories": rows},
        ("full_name", "html_url"),
        ({"archived": True}, {"fork": True}, {"mirror_url": "https://x.example"}, {"has_issues": False}),
        context="1 machine-learning",
    ),
    "gitlab": Forge(
        gitlab.ADAPTER,
        {
            "id": 5,
            "name": "Heather",
            "path_with_namespace": "moor/Heather",
            "description": " Grows. ",
            "web_url": "https://gitlab.com/moor/Heather",
            "last_activity_at": "2026-08-20T10:00:00Z",
            "created_at": "2020-01-01T00:00:00Z",
            "star_count": 500,
            "forks_count": 3,
            "open_issues_count": 7,
            "topics": ["machine-learning"],
        },
        lambda rows: rows,
        ("id", "name", "path_with_namespace", "web_url"),
        ({"archived": True}, {"forked_from_project": {"id": 1}}),
        context="1 machine-learning",
    ),
    "codeberg": Forge(
        codeberg.ADAPTER,
        {
            "id": 5,
            "name": "Heather",
            "full_name": "moor/Heather",
            "description": " Grows. ",
            "html_url": "https://codeberg.org/moor/Heather",
            "updated_at": "2026-08-20T10:00:00Z",
            "created_at": "2020-01-01T00:00:00Z",
            "stars_count": 500,
            "forks_count": 3,
            "open_issues_count": 7,
            "topics": ["machine-learning"],
            "language": "Python",
        },
        lambda rows: {"ok": True, "data": rows},
        ("id", "name", "full_name", "html_url"),
        (
            {"archived": True},
            {"fork": True},
            {"mirror": True},
            {"private": True},
            {"template": True},
            {"empty": True},
            {"has_issues": False},
        ),
    ),
    "bitbucket": Forge(
        bitbucket.ADAPTER,
        {
            "name": "Heather",
            "full_name": "moor/Heather",
            "description": " Grows. ",
            "updated_on": "2026-08-20T10:00:00Z",
            "created_on": "2020-01-01T00:00:00Z",
            "language": "Python",
        },
        lambda rows: {"values": rows},
        ("name", "full_name"),
        ({"is_private": True}, {"parent": {"full_name": "x/y"}}, {"has_issues": False}),
        options={"workspaces": ("moor",)},
    ),
}
each = pytest.mark.parametrize("forge", FORGES.values(), ids=FORGES)


# ------------------------------------------------------------------------------------ what all have in common
@each
def test_a_repository_is_told_whole(forge: Forge) -> None:
    found = forge.one()
    assert (found.kind, found.title, found.organization, found.description) == ("project", "Heather", "moor", "Grows.")
    assert found.url.endswith("/moor/Heather")
    assert found.updated == found.extra["pushed_at"] == "2026-08-20T10:00:00Z"
    assert (found.extra["full_name"], found.extra["archived"]) == ("moor/Heather", False)
    assert well_typed(found)


@each
def test_counts_stand_under_the_names_that_ranking_knows(forge: Forge) -> None:
    counts = {name: value for name, value in forge.one().extra.items() if name in ("stars", "forks", "open_issues")}
    told = {"stars": 500, "forks": 3, "open_issues": 7}
    assert counts == ({} if forge.adapter is bitbucket.ADAPTER else told)


@each
def test_skills_are_the_language_and_the_topics(forge: Forge) -> None:
    told = [name for name in (forge.row.get("language"), *forge.row.get("topics", ())) if name]
    assert list(forge.one().skills) == told


@each
def test_where_nobody_can_contribute_is_left_out(forge: Forge) -> None:
    for fields in forge.shut:
        assert forge.parse([{**forge.row, **fields}]) == Page(), fields


@each
def test_what_is_not_told_stays_empty(forge: Forge) -> None:
    bare_row = {name: value for name, value in forge.row.items() if name in forge.needed}
    (found,) = forge.parse([bare_row]).found
    assert (found.description, found.updated, found.skills) == ("", "", ())
    assert "stars" not in found.extra
    assert well_typed(found)
    (nulls,) = forge.parse([dict.fromkeys(forge.row) | bare_row]).found
    assert nulls == found


@each
@pytest.mark.parametrize("wrong", [None, 7.5, [], " ", True])
def test_a_misfit_costs_itself(forge: Forge, wrong: Any) -> None:
    for name in forge.needed:
        page = forge.parse([{**forge.row, name: wrong}, forge.row])
        assert (len(page.found), len(page.skipped)) == (1, 1), name
        assert name in page.skipped[0].why


@each
def test_a_changed_form_is_refused(forge: Forge) -> None:
    name = forge.needed[-1]
    rows = [forge.row] * 17 + [{**forge.row, name: None}] * 3
    with pytest.raises(ParseError, match=rf"schema drift: 3 of 20 .*{name}"):
        forge.parse(rows)


@each
@pytest.mark.parametrize("body", ['{"message": "401 Unauthorized"}', '{"error": "401 Unauthorized"}', "3", "<html>"])
def test_anything_else_is_refused(forge: Forge, body: str) -> None:
    with pytest.raises(ParseError) as caught:
        forge.read(body)
    assert ("it says 401 Unauthorized" in caught.value.problem) == ("401" in body)


@each
def test_nothing_is_refused_as_nothing(forge: Forge) -> None:
    for body in ("", "{}", "null"):
        with pytest.raises(EmptyAnswer):
            forge.read(body)


@each
def test_an_empty_list_is_a_list(forge: Forge) -> None:
    assert forge.parse([]) == Page()


@each
def test_a_repository_told_twice_is_one(forge: Forge) -> None:
    assert len(forge.parse([forge.row, forge.row]).found) == 1


@each
def test_only_named_workspaces_are_told_whole(forge: Forge) -> None:
    """The others show the most starred: what is not among them any more is not gone."""
    options = forge.adapter.options(**forge.options)
    assert forge.adapter.windowed(options) is (forge.adapter is not bitbucket.ADAPTER)


# ------------------------------------------------------------------------------------ what is asked for
@pytest.mark.parametrize(
    ("adapter", "options", "urls"),
    [
        (
            ecosystems,
            {"topics": ("nlp", "c/c++")},
            [
                f"https://repos.ecosyste.ms/api/v1/topics/{topic}?per_page=100&sort=stargazers_count&order=desc"
                "&archived=false&fork=false&page=1"
                for topic in ("nlp", "c%2Fc%2B%2B")
            ],
        ),
        (
            gitlab,
            {"topics": ("deep learning",)},
            [
                f"https://gitlab.com/api/v4/projects?topic={topic}&archived=false&with_issues_enabled=true"
                "&order_by=star_count&per_page=100&page=1"
                for topic in ("deep+learning",)
            ],
        ),
        (
            codeberg,
            {},
            [
                f"https://codeberg.org/api/v1/repos/search?q={topic}&topic=true&archived=false&sort=stars"
                "&order=desc&limit=50"
                for topic in ("machine-learning",)
            ],
        ),
        (
            bitbucket,
            {"workspaces": ("moor", "fen & co")},
            [
                f"https://api.bitbucket.org/2.0/repositories/{name}?q=is_private%3Dfalse&sort=-updated_on&pagelen=100"
                for name in ("moor", "fen%20%26%20co")
            ],
        ),
    ],
)
def test_the_first_questions(adapter: Any, options: dict[str, Any], urls: list[str]) -> None:
    assert [request.url for request in adapter.start(adapter.Options(**options))] == urls


def test_codeberg_is_asked_once_a_day() -> None:
    assert codeberg.ADAPTER.min_interval == timedelta(days=1)
    rows = [{**FORGES["codeberg"].row, "id": number} for number in range(50)]
    page = FORGES["codeberg"].parse(rows)
    assert (len(page.found), page.next, page.complete) == (50, (), False)


def test_an_answer_of_forgejo_must_say_that_it_is_ok() -> None:
    for ok in (False, None, 1, "true"):
        with pytest.raises(ParseError, match="'ok' is not true"):
            FORGES["codeberg"].read(json.dumps({"ok": ok, "data": []}))


@pytest.mark.parametrize("kind", ["ecosystems", "gitlab"])
def test_full_pages_are_followed_as_far_as_asked(kind: str) -> None:
    forge = FORGES[kind]
    rows = [
        {**forge.row, "id": number, "html_url": f"https://github.com/moor/heather{number}"} for number in range(100)
    ]
    page = forge.parse(rows, "1 deep learning", pages=2)
    request, *details = page.next
    assert all(one.optional for one in details)
    assert request.context == "2 deep learning"
    assert request.url.endswith("&page=2")
    assert "deep%20learning" in request.url or "deep+learning" in request.url
    assert page.complete
    last = forge.parse(rows, "2 deep learning", pages=2)
    assert (last.next, last.complete, len(last.found)) == ((), False, 100)
    short = forge.parse(rows[:99], "1 deep learning", pages=2, details=0)
    assert (short.next, short.complete) == ((), True)


def test_bitbucket_is_followed_by_its_own_links() -> None:
    forge = FORGES["bitbucket"]
    link = "https://api.bitbucket.org/2.0/repositories/moor?page=2"

    def answer(link: Any, context: str = "1") -> Page:
        return forge.read(json.dumps({"values": [forge.row], "next": link}), context)

    assert answer(link).next == (Request(link, context="2"),)
    assert (answer(link, "2").next, answer(link, "2").complete) == ((), False)
    for elsewhere in ("https://elsewhere.example/2.0/", "http://api.bitbucket.org/2.0/", 7, ["x"]):
        assert (answer(elsewhere).next, answer(elsewhere).complete) == ((), False)
    assert answer(None).complete


def test_bitbucket_needs_a_workspace() -> None:
    check = get_type_hints(bitbucket.Options, include_extras=True)["workspaces"].__metadata__[0]
    assert check(("moor",)) == ""
    assert check(()) == check(("moor", "")) == "must name a workspace at least"


# ------------------------------------------------------------------------------------ single facts
def test_one_key_for_one_repository_whatever_its_letters() -> None:
    forge = FORGES["ecosystems"]
    assert forge.one(html_url="https://GitHub.com/Moor/Heather.git").key == forge.one().key
    assert forge.one(html_url="https://git.fen.example/Moor/Heather").url == "https://git.fen.example/Moor/Heather"
    assert forge.one(owner=None).organization == "moor"


def test_subgroups_belong_to_the_organization() -> None:
    found = FORGES["gitlab"].one(
        path_with_namespace="moor/wild/heather", web_url="https://gitlab.com/moor/wild/heather"
    )
    assert (found.organization, found.extra["issues_url"]) == (
        "moor/wild",
        "https://gitlab.com/moor/wild/heather/-/issues",
    )


def test_a_removed_door_says_so() -> None:
    body = {"type": "error", "error": {"message": "Removed", "data": {"announcement_url": "https://x.example"}}}
    with pytest.raises(ParseError, match="it says Removed"):
        FORGES["bitbucket"].read(json.dumps(body))
