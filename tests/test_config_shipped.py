"""The shipped config.toml and docs/config.md say exactly what the code knows: no key missing, none invented."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

import scrapers
from finder.config import Config, SourceSettings, StoreSettings, bind_options, describe, duration, load, shipped_config
from finder.config import paths as places
from finder.config.layers import SECTIONS
from finder.config.load import OTHER_VARIABLES, VARIABLES
from finder.config.typed import COMMON
from finder.errors import ConfigError

ROOT = Path(__file__).parents[1]
SHIPPED = (ROOT / "config.toml").read_text(encoding="utf-8")
DOCS = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")

PROGRAM_SETS = {"authenticated"}
"""Options that no configuration is meant to set."""


def told(cwd: Path, text: str = "") -> Config:
    if text:
        (cwd / "config.toml").write_text(text, encoding="utf-8")
    return load({"HOME": str(cwd / "no-home"), "FINDER_DB": "/x.db"}, cwd)


def uncommented(section: str) -> dict[str, Any]:
    """A table of the shipped file with its commented keys put in force."""
    table = re.search(rf"^\[{section}\].*?\n(.*?)(?=^\[|\Z|^# --)", SHIPPED, re.DOTALL | re.MULTILINE)
    assert table, f"no [{section}]"
    lines = [re.sub(r"^# (?=[a-z_]+ = )", "", line) for line in table[1].splitlines()]
    return tomllib.loads("\n".join(line for line in lines if not line.startswith("#")))


# ------------------------------------------------------------------------------------------------ config.toml
def test_the_default_of_a_checkout_is_the_top_level_file() -> None:
    assert shipped_config() == ROOT / "config.toml"


def test_the_default_of_an_installed_package_is_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "finder"
    (package / "data").mkdir(parents=True)
    (package.parent / "config.toml").write_text("stranger = true\n")
    (package / "data" / "config.toml").write_text('[profile]\nname = "installed"\n')
    monkeypatch.setattr(places, "_PACKAGE", package)
    assert shipped_config() == package / "data" / "config.toml"
    assert told(tmp_path).profile.name == "installed"


@pytest.mark.parametrize("section", SECTIONS)
def test_the_shipped_file_names_every_key_with_its_default(section: str) -> None:
    cls = SECTIONS[section]
    defaults = {f.name: getattr(cls(), f.name) for f in fields(cls)}
    assert uncommented(section) == {k: list(v) if isinstance(v, tuple) else v for k, v in defaults.items()}


def test_the_shipped_file_names_every_key_of_a_source() -> None:
    head = SHIPPED[SHIPPED.index("# One table a source") : SHIPPED.index("# To switch one off")]
    listed = dict(re.findall(r"^#   ([a-z_]+) +(?:= (\S+))?", head, re.MULTILINE))
    assert list(listed) == list(COMMON)
    for f in fields(SourceSettings):
        if f.name in listed and f.default is not MISSING:
            assert tomllib.loads(f"x = {listed[f.name]}")["x"] == f.default


def test_config_has_every_table_and_nothing_else() -> None:
    others = {"collection", "sources", "db", "origins"}
    assert {f.name for f in fields(Config)} - others == set(SECTIONS) - {"sources"}


def test_the_shipped_settings_are_the_defaults_of_the_code(tmp_path: Path) -> None:
    config, plain = told(tmp_path), Config()
    for name in SECTIONS:
        if name not in ("sources", "store"):
            assert getattr(config, name) == getattr(plain, name)
    assert config.collection == plain.collection
    assert config.store == StoreSettings("/x.db")


def test_the_shipped_sources_are_bound_to_their_adapters(tmp_path: Path) -> None:
    adapters = scrapers.load()
    config = told(tmp_path)
    for source in config.sources:
        options = bind_options(adapters[source.adapter].options, source.options, source.origin, source.name)
        assert adapters[source.adapter].start(options)


def test_the_shipped_sources_are_unlike_each_other(tmp_path: Path) -> None:
    adapters = scrapers.load()
    asked = [
        request.key
        for s in told(tmp_path).sources
        for request in adapters[s.adapter].start(bind_options(adapters[s.adapter].options, s.options, s.origin, s.name))
    ]
    assert len(asked) == len(set(asked))
    assert [key for key in asked if not key.startswith("GET https://")] == ["GET package:datasets.toml"]


def test_what_is_switched_off_says_why(tmp_path: Path) -> None:
    for source in told(tmp_path).sources:
        if not source.enabled:
            table = SHIPPED[: SHIPPED.index(f'name = "{source.name}"')].rsplit("[[source]]", 1)[1]
            assert re.search(r"# .*\boff, because ", table)


TWICE_A_DAY = {"json_list", "table_list", "greenhouse", "lever", "ashby", "themuse", "arbeitnow", "remoteok", "jobicy"}
WEEKLY = {
    "best_of_ml",
    "codeberg",
    "gsoc",
    "huggingface_datasets",
    "own_datasets",
    "openml",
    "uci",
    "free_programming_books",
    "ossu",
}
"""What changes by the month or the year."""


def test_lists_are_due_twice_a_day_projects_daily_and_catalogues_weekly(tmp_path: Path) -> None:
    for source in told(tmp_path).sources:
        expected = "12h" if source.adapter in TWICE_A_DAY else "7d" if source.adapter in WEEKLY else "24h"
        assert duration(source.every) == duration(expected), source.name


def test_no_source_is_due_more_often_than_its_terms_allow(tmp_path: Path) -> None:
    """Half of `every` is the shortest interval that a source gets by itself."""
    adapters = scrapers.load()
    for source in told(tmp_path).sources:
        assert duration(source.every) / 2 >= adapters[source.adapter].min_interval


def test_every_shipped_adapter_that_needs_nothing_of_the_user_has_a_table(tmp_path: Path) -> None:
    """Boards are named by their company, and Bitbucket by its workspaces."""
    shipped = {source.adapter for source in told(tmp_path).sources}
    for kind, adapter in scrapers.load().items():
        needed = [f.name for f in fields(adapter.options) if f.default is MISSING]
        assert kind in shipped or needed, kind


def test_what_needs_a_key_names_a_variable_for_it_and_is_off(tmp_path: Path) -> None:
    for source in told(tmp_path).sources:
        if scrapers.load()[source.adapter].token_as.ask_at:
            assert source.token_env
            assert not source.enabled


def test_a_site_that_is_no_employers_own_has_no_employers_word(tmp_path: Path) -> None:
    (one,) = (source for source in told(tmp_path).sources if source.adapter == "careers_page")
    assert (one.name, one.options["employer"]) == ("internships-com", False)


def test_only_a_windowed_list_is_called_so(tmp_path: Path) -> None:
    assert [s.name for s in told(tmp_path).sources if s.options.get("windowed")] == ["jobright-data"]


def test_no_line_of_the_shipped_file_is_wider_than_a_screen() -> None:
    assert [line for line in SHIPPED.splitlines() if len(line) > 120 and not line.startswith("url = ")] == []


# ------------------------------------------------------------------------------------------------ describe
def test_describe_tells_every_setting_once_with_its_origin(tmp_path: Path) -> None:
    config = told(tmp_path, '[fetch]\npace = 2\n[[source]]\nname = "github-ml"\nevery = "7d"\n')
    rows = {key: (value, origin) for key, value, origin in describe(config)}
    assert len(rows) == len(describe(config))
    mine = str(tmp_path / "config.toml")
    assert rows["db"] == ("/x.db", "FINDER_DB")
    assert rows["fetch.pace"] == (2.0, mine)
    assert rows["fetch.hosts"] == (16, str(shipped_config()))
    assert rows["mail.host"] == ("", "default")
    assert rows["sources.defaults"] == (True, str(shipped_config()))
    assert rows['source "github-ml".every'] == ("7d", mine)
    assert rows['source "github-ml".adapter'] == ("github_repos", str(shipped_config()))
    assert rows['source "lever-spotify".site'] == ("spotify", str(shipped_config()))
    assert {f"{section}.{f.name}" for section, cls in SECTIONS.items() for f in fields(cls)} <= set(rows)


def test_every_origin_belongs_to_a_setting(tmp_path: Path) -> None:
    config = told(tmp_path, "[profile]\nremote = false\n")
    assert set(config.origins) <= {key for key, _, _ in describe(config)}


# ------------------------------------------------------------------------------------------------ docs/config.md
BLOCKS: list[str] = re.findall(r"^```toml\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_of_the_docs_loads(tmp_path: Path, block: str) -> None:
    adapters = scrapers.load()
    config = told(tmp_path, block)
    own = [s for s in config.sources if any(f'"{s.name}"' in line for line in block.splitlines())]
    assert len(own) == block.count("[[source]]")
    for source in own:
        bind_options(adapters[source.adapter].options, source.options, source.origin, source.name, config.origins)


def rows_under(heading: str) -> dict[str, str]:
    """Key → default of the first table below a heading."""
    part = re.split(r"\n###? ", DOCS.split(f"\n### {heading}\n", 1)[1])[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", part, re.MULTILINE))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_docs_tell_every_key_with_its_default(section: str) -> None:
    cls = SECTIONS[section]
    rows = rows_under(f"[{section}]")
    assert list(rows) == [f.name for f in fields(cls)]
    for name, text in rows.items():
        default = getattr(cls(), name)
        assert tomllib.loads(f"x = {text.strip('`')}")["x"] == (
            list(default) if isinstance(default, tuple) else default
        )


def test_the_docs_tell_every_key_of_a_source() -> None:
    assert [name for name in rows_under("[[source]]") if name not in scrapers.load()] == list(COMMON)


def test_the_docs_tell_every_option_of_every_adapter() -> None:
    told_of: dict[str, list[str]] = {}
    kind = ""
    for named, option in re.findall(r"^\| (?:`(\w+)`)? ?\| `(\w+)` \| .*? \| .*?\|$", DOCS, re.MULTILINE):
        kind = named or kind
        told_of.setdefault(kind, []).append(option)
    for name, adapter in scrapers.load().items():
        options = [f.name for f in fields(adapter.options) if f.name not in PROGRAM_SETS | {"base"}]
        assert sorted(told_of.get(name, [])) == sorted(options), name


def test_the_docs_tell_every_variable() -> None:
    rows = re.findall(r"^\| `(FINDER_\w+)` \|", DOCS, re.MULTILINE)
    assert rows == [*VARIABLES, *OTHER_VARIABLES]
    assert all(variable in SHIPPED for variable in VARIABLES)


def test_the_mistakes_of_the_docs_are_the_real_messages(tmp_path: Path) -> None:
    shown = re.findall(r"^finder: \S+config\.toml: (.+)$", DOCS, re.MULTILINE)
    made = [
        "[fetch]\npase = 1\n",
        "[digest]\nhour = 25\n",
        '[[source]]\nname = "acme"\nadapter = "greenhouse"\nboad = "x"\n',
    ]
    assert len(shown) == len(made)
    for text, message in zip(made, shown, strict=True):
        with pytest.raises(ConfigError) as caught:
            for source in told(tmp_path, text).sources:
                options = scrapers.load()[source.adapter].options
                bind_options(options, source.options, source.origin, f'source "{source.name}"')
        assert str(caught.value).endswith(f"config.toml: {message}")
