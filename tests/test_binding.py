"""From a [[source]] table to something that can be visited, and every mistake before the first request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

import scrapers
from finder.binding import bind
from finder.config import Config, FetchSettings, SourceSettings, load
from finder.errors import ConfigError
from finder.model import Adapter, Page


def table(name: str = "one", adapter: str = "json_list", **others: Any) -> SourceSettings:
    options = others.pop("options", {"url": "https://list.example/a.json"})
    return SourceSettings(name, adapter, options=options, origin="mine.toml", **others)


def config(*sources: SourceSettings, **fetch: Any) -> Config:
    return Config(sources=sources, fetch=FetchSettings(**fetch))


def names(*only: str, of: Config) -> list[str]:
    return [bound.name for bound in bind(of, {}, only)]


def error(*sources: SourceSettings, only: tuple[str, ...] = (), environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        bind(config(*sources), environ or {}, only)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_table_becomes_an_adapter_with_its_options():
    (bound,) = bind(config(table(every="90m", options={"url": "https://list.example/a.json", "windowed": True})), {})
    assert (bound.name, bound.adapter.kind, bound.every) == ("one", "json_list", timedelta(minutes=90))
    assert (bound.options.url, bound.options.windowed, bound.token) == ("https://list.example/a.json", True, "")


def test_every_shipped_source_can_be_visited(tmp_path):
    shipped = load({"HOME": str(tmp_path), "FINDER_DB": str(tmp_path / "finder.db")}, tmp_path)
    bound = bind(shipped, {})
    assert [one.name for one in bound] == [source.name for source in shipped.sources if source.enabled]
    for one in bound:
        assert one.adapter.start(one.options)[0].url.startswith(("https://", "package:"))
    keys = {source.token_env: "a-key" for source in shipped.sources if source.token_env}
    assert bind(shipped, keys, [source.name for source in shipped.sources if not source.enabled])


def test_those_enabled_are_visited_or_those_named():
    of = config(table("one"), table("two", enabled=False), table("three"))
    assert names(of=of) == ["one", "three"]
    assert names("two", of=of) == ["two"]
    assert names("three", "one", "one", of=of) == ["one", "three"]


@pytest.mark.parametrize(
    ("only", "told"),
    [
        ("greenhouse-gitlub", "--source: greenhouse-gitlub: no such source; did you mean 'greenhouse-gitlab'?"),
        ("xyz", "--source: xyz: no such source; there are greenhouse-gitlab, one"),
    ],
)
def test_an_unknown_name_is_answered_with_a_known_one(only, told):
    assert error(table("greenhouse-gitlab"), table("one"), only=(only,)) == told


def test_where_there_is_no_source_at_all_none_is_suggested():
    assert error(only=("one",)) == "--source: one: no such source; there are none"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (
            {"adapter": "jsonlist"},
            """mine.toml: source "bad".adapter: no such adapter: 'jsonlist'; did you mean 'json_list'?""",
        ),
        ({"adapter": "telepathy"}, "no such adapter: 'telepathy'; there are a"),
        ({"options": {"uri": "https://x.example"}}, 'mine.toml: source "bad".uri: '),
        ({"options": {}}, 'mine.toml: source "bad".url: '),
        ({"options": {"url": 7}}, 'mine.toml: source "bad".url: '),
        ({"options": {"url": "https://x.example", "windowed": "yes"}}, 'mine.toml: source "bad".windowed: '),
    ],
)
@pytest.mark.parametrize("enabled", [True, False])
def test_a_mistake_is_found_with_its_file_and_path_even_in_a_source_that_is_off(broken, told, enabled):
    assert told in error(table("good"), table("bad", enabled=enabled, **broken))
    assert told in error(table("good"), table("bad", enabled=enabled, **broken), only=("good",))


# ------------------------------------------------------------------------------------------------ tokens and sizes
def test_a_token_comes_from_the_environment_or_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text("of-the-file\n")
    file.chmod(0o600)
    of = config(table("one", token_env="LIST_TOKEN"), table("two", token_file=str(file)), table("three"))
    assert [one.token for one in bind(of, {"LIST_TOKEN": "of-the-environment"})] == [
        "of-the-environment",
        "of-the-file",
        "",
    ]
    assert [one.token for one in bind(of, {})] == ["", "of-the-file", ""]


def test_a_token_does_not_show():
    (bound,) = bind(config(table(token_env="LIST_TOKEN")), {"LIST_TOKEN": "hush"})
    assert "hush" not in repr(bound)


def test_a_token_of_a_source_that_is_not_visited_is_not_looked_for(tmp_path):
    of = config(table("one"), table("two", enabled=False, token_file=str(tmp_path / "nothing")))
    assert names(of=of) == ["one"]
    with pytest.raises(ConfigError, match="nothing"):
        bind(of, {}, ["two"])


ANSWERS_NOBODY = "usajobs answers nobody without a key, to be had at https://developer.usajobs.gov"
NAME_IT = "name the variable that holds yours here, or the file that does by token_file"


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ({}, f"missing: {ANSWERS_NOBODY}; {NAME_IT}"),
        ({"token_env": "USAJOBS_KEY"}, f"the variable USAJOBS_KEY is not set: {ANSWERS_NOBODY}"),
    ],
)
def test_a_key_that_a_source_cannot_do_without_is_asked_for(named, problem):
    federal = table("federal", "usajobs", options={"email": "ada@example.org"}, **named)
    assert error(federal) == f'mine.toml: source "federal".token_env: {problem}'
    assert error(federal, environ={"USAJOBS_KEY": "  "}) == f'mine.toml: source "federal".token_env: {problem}'
    assert names(of=config(replace(federal, enabled=False), table())) == ["one"]


@pytest.mark.parametrize("adapter", ["recruitee", "themuse", "github_repos"])
def test_a_key_may_be_left_out_where_the_service_answers_without(adapter):
    (bound,) = bind(config(table(adapter=adapter, options={"subdomain": "a"} if adapter == "recruitee" else {})), {})
    assert bound.token == ""


def test_what_no_key_is_made_of_is_told_before_it_is_sent():
    told = error(table(token_env="LIST_TOKEN"), environ={"LIST_TOKEN": "schl\u00fcssel"})
    assert told.startswith('mine.toml: source "one".token_env: what it names is no key: ')
    assert "schl" not in told


def test_an_adapter_that_asks_is_told_that_there_is_a_token():
    github = table("github", "github_repos", token_env="GITHUB_TOKEN", options={})
    (without,), (with_one,) = bind(config(github), {}), bind(config(github), {"GITHUB_TOKEN": "hush"})
    assert (without.options.authenticated, with_one.options.authenticated) == (False, True)
    assert replace(with_one.options, authenticated=False) == without.options


@dataclass(frozen=True)
class Nothing:
    """No options."""


@pytest.mark.parametrize(
    ("adapter", "options", "is_one"),
    [
        ("json_list", {"url": "https://list.example/a.json"}, False),
        ("lever", {"site": "acme"}, True),
        ("careers_page", {"url": "https://acme.example"}, True),
        ("careers_page", {"url": "https://jobs.example", "employer": False}, False),
    ],
)
def test_whether_it_is_an_employers_own_board(adapter, options, is_one):
    (bound,) = bind(config(table(adapter=adapter, options=options)), {})
    assert bound.employer is is_one


def test_the_narrowest_size_stands(monkeypatch):
    adapter = Adapter(kind="big", options=Nothing, start=lambda _: [], parse=lambda *_: Page(), max_bytes=64_000)
    monkeypatch.setattr(scrapers, "load", lambda: scrapers_with(adapter))
    of = config(
        table("of the table", "big", options={}, max_bytes=9_000),
        table("of the adapter", "big", options={}),
        table("of the settings"),
        max_bytes=32_000,
    )
    assert [one.max_bytes for one in bind(of, {})] == [9_000, 64_000, 32_000]


ADAPTERS = scrapers.load()


def scrapers_with(adapter: Adapter) -> dict[str, Adapter]:
    return ADAPTERS | {adapter.kind: adapter}
