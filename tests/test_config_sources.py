"""[[source]] tables: merged by name over the files, the adapter's keys carried to its options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from finder.config import Config, SourceSettings, bind_options, load, shipped_config
from finder.errors import ConfigError


class Files:
    """The user's file and the folder's, and what `load` makes of them."""

    def __init__(self, root: Path) -> None:
        self.user = root / "config" / "finder" / "config.toml"
        self.project = root / "work" / "config.toml"
        self.environ = {"HOME": "/nowhere", "XDG_CONFIG_HOME": str(root / "config"), "FINDER_DB": "/x.db"}

    def load(self, *, user: str = "", project: str = "") -> Config:
        for path, text in ((self.user, user), (self.project, project)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load(self.environ, self.project.parent)

    def refusal(self, *, user: str = "", project: str = "") -> ConfigError:
        with pytest.raises(ConfigError) as caught:
            self.load(user=user, project=project)
        return caught.value


@pytest.fixture
def given(tmp_path: Path) -> Files:
    return Files(tmp_path)


def source(told: Config, name: str) -> SourceSettings:
    return next(s for s in told.sources if s.name == name)


ALONE = "[sources]\ndefaults = false\n"
ACME = '[[source]]\nname = "acme"\nadapter = "greenhouse"\nboard = "acme"\n'


def test_a_known_name_overrides_single_keys(given: Files) -> None:
    before = source(given.load(), "lever-spotify")
    after = source(given.load(user='[[source]]\nname = "lever-spotify"\nenabled = false\n'), "lever-spotify")
    assert before.enabled and not after.enabled
    assert (after.adapter, after.options, after.every) == (before.adapter, before.options, before.every)


def test_overriding_keeps_the_order(given: Files) -> None:
    names = [s.name for s in given.load().sources]
    assert [s.name for s in given.load(user='[[source]]\nname = "github-ml"\nevery = "2d"\n').sources] == names


def test_a_new_name_is_added_after_the_others(given: Files) -> None:
    names = [s.name for s in given.load().sources]
    told = given.load(user=ACME)
    assert [s.name for s in told.sources] == [*names, "acme"]
    acme = source(told, "acme")
    assert acme.options == {"board": "acme"}
    assert acme.origin == str(given.user)
    assert (acme.enabled, acme.every, acme.max_bytes, acme.token_env) == (True, "12h", 0, "")


def test_options_are_merged_key_by_key(given: Files) -> None:
    told = given.load(user=ACME + 'company = "Acme"\n', project='[[source]]\nname = "acme"\ncompany = "ACME"\n')
    assert source(told, "acme").options == {"board": "acme", "company": "ACME"}
    assert told.origins['source "acme".board'] == str(given.user)
    assert told.origins['source "acme".company'] == str(given.project)


def test_another_adapter_starts_anew(given: Files) -> None:
    told = given.load(
        user=ACME + 'every = "1d"\n', project='[[source]]\nname = "acme"\nadapter = "lever"\nsite = "acme"\n'
    )
    acme = source(told, "acme")
    assert (acme.adapter, acme.options, acme.every) == ("lever", {"site": "acme"}, "12h")
    assert acme.origin == str(given.project)
    assert 'source "acme".board' not in told.origins
    assert 'source "acme".every' not in told.origins


def test_the_same_adapter_said_again_does_not(given: Files) -> None:
    told = given.load(user=ACME, project='[[source]]\nname = "acme"\nadapter = "greenhouse"\nevery = "1d"\n')
    assert source(told, "acme").options == {"board": "acme"}


def test_options_stay_as_they_are(given: Files) -> None:
    told = given.load(user=ACME + "lists = [1, 'two', {three = 4.0}]\ndeep = {er = {still = true}}\n")
    assert source(told, "acme").options == {
        "board": "acme",
        "lists": [1, "two", {"three": 4.0}],
        "deep": {"er": {"still": True}},
    }


def test_without_defaults_only_own_sources_count(given: Files) -> None:
    told = given.load(user=ALONE + ACME)
    assert [s.name for s in told.sources] == ["acme"]
    assert not told.collection.defaults
    assert not any("lever-spotify" in key for key in told.origins)
    assert told.fetch.pace == 1.0


def test_a_later_layer_may_want_the_defaults_back(given: Files) -> None:
    assert len(given.load(user=ALONE, project="[sources]\ndefaults = true\n").sources) == len(given.load().sources)


def test_without_defaults_an_override_has_nothing_to_override(given: Files) -> None:
    error = given.refusal(user=ALONE + '[[source]]\nname = "lever-spotify"\nenabled = false\n')
    assert error.key == 'source "lever-spotify".adapter'
    assert error.problem == "missing: a new source needs one"


def test_an_override_of_a_mistyped_name_is_refused(given: Files) -> None:
    error = given.refusal(user='[[source]]\nname = "lever-spotifi"\nenabled = false\n')
    assert error.where == str(given.user)
    assert error.problem == "missing: a new source needs one; or did you mean the source 'lever-spotify'?"


def test_a_name_may_stand_once_in_a_file(given: Files) -> None:
    error = given.refusal(user=ACME + ACME)
    assert str(error) == f"{given.user}: source[2].name: 'acme' stands twice in this file"


def test_a_name_may_stand_in_two_files(given: Files) -> None:
    assert len([s for s in given.load(user=ACME, project=ACME).sources if s.name == "acme"]) == 1


@pytest.mark.parametrize("name", ["", " ", "Acme", "a b", "a/b", "../x", ".hidden", "-x", "ä", "a\\nb", "x" * 65])
def test_a_name_is_a_label(given: Files, name: str) -> None:
    error = given.refusal(user=f'[[source]]\nname = "{name}"\nadapter = "lever"\n')
    assert error.key == "source[1].name"
    assert "must be made of a-z" in error.problem


@pytest.mark.parametrize("name", ["a", "0", "a.b", "a_b", "a-b", "x" * 64])
def test_labels(given: Files, name: str) -> None:
    told = given.load(user=f'[[source]]\nname = "{name}"\nadapter = "lever"\n')
    assert source(told, name).adapter == "lever"


def test_a_missing_name_is_told_by_position(given: Files) -> None:
    error = given.refusal(user=ACME + '[[source]]\nadapter = "lever"\n')
    assert (error.key, error.problem) == ("source[2].name", "missing")


def test_a_mistyped_name_key_is_told_by_position(given: Files) -> None:
    error = given.refusal(user=ACME + '[[source]]\nnam = "x"\nadapter = "lever"\n')
    assert (error.key, error.problem) == ("source[2].nam", "unknown; did you mean 'name'?")


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("name = 3", "source[1].name", "must be a text, not the whole number 3"),
        ('name = "x"\nadapter = 3', 'source "x".adapter', "must be a text"),
        ('name = "x"\nadapter = "A B"', 'source "x".adapter', "must be made of"),
        ('name = "x"\nadapter = ""', 'source "x".adapter', "must be made of"),
        ('name = "x"\nadapter = "lever"\nenabled = 1', 'source "x".enabled', "must be true or false"),
        ('name = "x"\nadapter = "lever"\nenabled = "no"', 'source "x".enabled', "not the text 'no'"),
        ('name = "x"\nadapter = "lever"\nevery = "often"', 'source "x".every', "such as '12h'"),
        ('name = "x"\nadapter = "lever"\nevery = 12', 'source "x".every', "must be a text"),
        ('name = "x"\nadapter = "lever"\nmax_bytes = 7', 'source "x".max_bytes', "must be between 1024"),
        ('name = "x"\nadapter = "lever"\ntoken_env = "a b"', 'source "x".token_env', "environment variable"),
        ('name = "x"\nadapter = "lever"\ntoken_file = "a\\nb"', 'source "x".token_file', "in one line"),
    ],
)
def test_the_common_keys_are_checked(given: Files, text: str, key: str, problem: str) -> None:
    error = given.refusal(project=f"[[source]]\n{text}\n")
    assert (error.where, error.key) == (str(given.project), key)
    assert problem in error.problem


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ('[source]\nname = "x"\n', "source", "write [[source]], not [source]"),
        ("source = 3\n", "source", "write [[source]]"),
        ("source = [3]\n", "source[1]", "must be a table, not the whole number 3"),
        ('[[sources]]\nname = "x"\n', "sources", "did you mean [[source]]?"),
        ('[[sourc]]\nname = "x"\n', "sourc", "unknown; did you mean 'source'?"),
        ("[sources]\ndefault = false\n", "sources.default", "unknown; did you mean 'defaults'?"),
    ],
)
def test_the_shape_is_checked(given: Files, text: str, key: str, problem: str) -> None:
    error = given.refusal(user=text)
    assert error.key == key
    assert problem in error.problem


# ------------------------------------------------------------------------------------------------ options
@dataclass(frozen=True)
class Board:
    board: str
    company: str = ""
    lists: tuple[str, ...] = ()


def bound(told: Config, name: str, origins: Mapping[str, str] | None = None) -> Board:
    s = source(told, name)
    return bind_options(Board, s.options, s.origin, f'source "{name}"', origins)


def test_options_become_the_adapters_own(given: Files) -> None:
    told = given.load(user=ACME + 'lists = ["a", "b"]\n')
    assert bound(told, "acme") == Board("acme", "", ("a", "b"))


def test_a_mistyped_option_is_named_with_file_path_and_suggestion(given: Files) -> None:
    told = given.load(user=ACME.replace("board", "boad"))
    with pytest.raises(ConfigError) as caught:
        bound(told, "acme")
    assert str(caught.value) == f"{given.user}: source \"acme\".boad: unknown; did you mean 'board'?"


def test_a_mistyped_common_key_is_suggested_too(given: Files) -> None:
    told = given.load(user=ACME + "enabeld = false\n")
    with pytest.raises(ConfigError, match=r"enabeld: unknown; did you mean 'enabled'\?"):
        bound(told, "acme")


def test_a_missing_option_is_named(given: Files) -> None:
    told = given.load(user='[[source]]\nname = "acme"\nadapter = "greenhouse"\n')
    with pytest.raises(ConfigError, match=r'source "acme"\.board: missing'):
        bound(told, "acme")


def test_with_origins_the_file_that_made_the_mistake_is_named(given: Files) -> None:
    told = given.load(user=ACME, project='[[source]]\nname = "acme"\ncompany = 3\n')
    with pytest.raises(ConfigError) as caught:
        bound(told, "acme", told.origins)
    assert caught.value.where == str(given.project)


def test_the_shipped_file_is_named_for_its_own_sources(given: Files) -> None:
    assert {s.origin for s in given.load().sources} == {str(shipped_config())}
