"""Which files and variables count, in what order, and what their sum is."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from finder.config import Config, environment, files, load, shipped_config
from finder.config import paths as places
from finder.errors import ConfigError


class World:
    """A home and a folder of one's own, and what `load` makes of them."""

    def __init__(self, root: Path) -> None:
        self.home, self.cwd = root / "home", root / "work"
        self.home.mkdir(exist_ok=True)
        self.cwd.mkdir()
        self.environ = {"HOME": str(self.home)}

    @property
    def user(self) -> Path:
        return self.home / ".config" / "finder" / "config.toml"

    def user_says(self, text: str) -> Path:
        return self._write(self.user, text)

    def project_says(self, text: str) -> Path:
        return self._write(self.cwd / "config.toml", text)

    def load(self, **flags: str) -> Config:
        return load(self.environ, self.cwd, **flags)

    @staticmethod
    def _write(path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def refusal(load: Callable[[], object]) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load()
    return caught.value


# ------------------------------------------------------------------------------------------------ layers
def test_the_shipped_file_alone_is_enough(world: World) -> None:
    told = world.load()
    assert told.fetch.pace == 1.0
    assert len(told.sources) > 15
    assert told.origins["fetch.pace"] == str(shipped_config())


def test_each_layer_overrides_the_one_before_key_by_key(world: World) -> None:
    user = world.user_says('[profile]\nname = "ada"\nlocations = ["Zürich"]\nremote = false\n')
    project = world.project_says('[profile]\nname = "bob"\nlocations = ["Oslo"]\n')
    world.environ["FINDER_PROFILE"] = "eve"
    told = world.load()
    assert told.profile.name == "eve"
    assert told.profile.locations == ("Oslo",)
    assert told.profile.remote is False
    assert told.origins["profile.name"] == "FINDER_PROFILE"
    assert told.origins["profile.locations"] == str(project)
    assert told.origins["profile.remote"] == str(user)


def test_flags_come_last(world: World) -> None:
    world.environ |= {"FINDER_DB": "/env/x.db", "FINDER_PROFILE": "eve"}
    told = world.load(db="/flag/x.db", profile="zoe")
    assert told.db == Path("/flag/x.db")
    assert told.profile.name == "zoe"
    assert (told.origins["store.path"], told.origins["profile.name"]) == ("--db", "--profile")


@pytest.mark.parametrize(
    ("variable", "value", "read"),
    [
        ("FINDER_DB", "/some/where.db", lambda told: str(told.db)),
        ("FINDER_PROFILE", "ada", lambda told: told.profile.name),
        ("FINDER_CONTACT", "ada@example.org", lambda told: told.fetch.contact),
    ],
)
def test_each_variable_sets_its_setting(world: World, variable: str, value: str, read: Callable[[Config], str]) -> None:
    before = read(world.load())
    world.environ[variable] = value
    assert read(world.load()) == value != before


@pytest.mark.parametrize("variable", ["FINDER_DB", "FINDER_PROFILE", "FINDER_CONTACT", "FINDER_CONFIG"])
def test_an_empty_variable_counts_as_not_set(world: World, variable: str) -> None:
    before = world.load()
    world.environ[variable] = ""
    assert world.load() == before


def test_an_empty_flag_counts_as_not_set(world: World) -> None:
    assert world.load(db="", profile="", config="") == world.load()


def test_a_wrong_variable_is_named_itself(world: World) -> None:
    world.environ["FINDER_PROFILE"] = "Ada Lovelace"
    error = refusal(world.load)
    assert str(error).startswith("environment: FINDER_PROFILE: must be made of a-z")


def test_a_wrong_flag_is_named_itself(world: World) -> None:
    error = refusal(lambda: world.load(profile="a/b"))
    assert str(error).startswith("--profile: must be made of a-z")


@pytest.mark.parametrize(
    ("variable", "meant"),
    [("FINDER_DBB", "FINDER_DB"), ("FINDER_CONFG", "FINDER_CONFIG"), ("FINDER_PROFILES", "FINDER_PROFILE")],
)
def test_a_near_miss_of_a_variable_is_refused(world: World, variable: str, meant: str) -> None:
    world.environ[variable] = "x"
    assert str(refusal(world.load)) == f"environment: {variable}: unknown; did you mean '{meant}'?"


@pytest.mark.parametrize("variable", ["FINDER_SMTP_PASSWORD", "FINDER_HOME", "FINDER_", "finder_db", "XFINDER_DBB"])
def test_other_variables_may_be_anything(world: World, variable: str) -> None:
    world.environ[variable] = "x"
    world.load()


def test_a_variable_that_a_setting_names_is_no_near_miss(world: World) -> None:
    world.environ["FINDER_CONTACTS"] = "hush"
    world.user_says('[mail]\npassword_env = "FINDER_CONTACTS"\n')
    world.load()


def test_environment_is_a_copy_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_SOMETHING", "1")
    told = environment()
    assert told["FINDER_SOMETHING"] == "1"
    told["FINDER_SOMETHING"] = "2"
    assert os.environ["FINDER_SOMETHING"] == "1"


def test_reading_a_good_configuration_imports_nothing_heavy(world: World) -> None:
    """It runs before every command, `finder search` included."""
    told = (
        "import sys\nfrom pathlib import Path\nfrom finder.config import environment, load\n"
        "load(environment(), Path.cwd())\nprint(*sys.modules)"
    )
    environ = world.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "FINDER_DB": "/x.db"}
    run = subprocess.run(
        [sys.executable, "-c", told], env=environ, cwd=world.cwd, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert "finder.config.load" in loaded
    assert not loaded & {"difflib", "zoneinfo", "shlex", "keyring", "platformdirs", "asyncio", "httpx", "sqlalchemy"}


# ------------------------------------------------------------------------------------------------ which files
def test_xdg_config_home_moves_the_users_file(world: World, tmp_path: Path) -> None:
    world.user_says('[profile]\nname = "home"\n')
    (tmp_path / "xdg" / "finder").mkdir(parents=True)
    (tmp_path / "xdg" / "finder" / "config.toml").write_text('[profile]\nname = "xdg"\n')
    world.environ["XDG_CONFIG_HOME"] = str(tmp_path / "xdg")
    assert world.load().profile.name == "xdg"


@pytest.mark.parametrize("value", ["", "relative/folder"])
def test_an_xdg_variable_that_is_empty_or_relative_is_ignored(world: World, value: str) -> None:
    world.user_says('[profile]\nname = "home"\n')
    world.environ |= {"XDG_CONFIG_HOME": value, "XDG_DATA_HOME": value}
    told = world.load()
    assert told.profile.name == "home"
    assert told.db == world.home / ".local/share/finder/finder.db"


def test_finder_config_stands_in_for_the_users_file(world: World, tmp_path: Path) -> None:
    world.user_says('[profile]\nname = "user"\nremote = false\n')
    other = tmp_path / "other.toml"
    other.write_text('[profile]\nname = "other"\n')
    world.environ["FINDER_CONFIG"] = str(other)
    told = world.load()
    assert told.profile.name == "other"
    assert told.profile.remote is True


def test_the_flag_stands_over_finder_config(world: World, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f'[profile]\nname = "{name}"\n')
    world.environ["FINDER_CONFIG"] = str(tmp_path / "one.toml")
    assert world.load(config=str(tmp_path / "two.toml")).profile.name == "two"


def test_a_relative_finder_config_starts_at_the_folder(world: World) -> None:
    (world.cwd / "mine.toml").write_text('[profile]\nname = "mine"\n')
    world.environ["FINDER_CONFIG"] = "mine.toml"
    assert world.load().profile.name == "mine"


def test_the_project_still_overrides_a_named_file(world: World, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('[profile]\nname = "other"\n')
    world.project_says('[profile]\nname = "project"\n')
    world.environ["FINDER_CONFIG"] = str(tmp_path / "other.toml")
    assert world.load().profile.name == "project"


def test_a_named_file_must_be_there(world: World) -> None:
    world.environ["FINDER_CONFIG"] = "/no/such/file.toml"
    assert str(refusal(world.load)) == "environment: FINDER_CONFIG: there is no /no/such/file.toml"
    assert str(refusal(lambda: world.load(config="/nor/this.toml"))) == "--config: there is no /nor/this.toml"


def test_an_empty_file_says_nothing(world: World) -> None:
    before = world.load()
    world.user_says("")
    world.project_says("# only a comment\n")
    assert world.load() == before


def test_a_byte_order_mark_is_no_mistake(world: World) -> None:
    world.user_says('\ufeff[profile]\nname = "ada"\n')
    assert world.load().profile.name == "ada"


def test_the_shipped_file_is_not_read_again_as_the_folders(world: World) -> None:
    told = load(world.environ, shipped_config().parent)
    assert told.origins == world.load().origins
    assert files(world.environ, shipped_config().parent).count(shipped_config()) == 1


def test_a_file_is_read_once_under_whatever_name(world: World) -> None:
    user = world.user_says('[[source]]\nname = "x"\nadapter = "lever"\nsite = "x"\n')
    (world.cwd / "config.toml").symlink_to(user)
    assert files(world.environ, world.cwd) == [shipped_config(), user]


def test_the_shipped_file_named_by_hand_is_read_once(world: World) -> None:
    world.environ["FINDER_CONFIG"] = str(shipped_config())
    assert files(world.environ, world.cwd) == [shipped_config(), world.cwd / "config.toml"]


def test_files_lists_also_those_that_are_not_there(world: World) -> None:
    assert files(world.environ, world.cwd) == [shipped_config(), world.user, world.cwd / "config.toml"]


def test_the_folders_file_of_another_user_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project = world.project_says('[profile]\nname = "mallory"\n')
    monkeypatch.setattr(os, "geteuid", lambda: project.stat().st_uid + 1)
    stranger = os.stat_result([0o100644, 1, 1, 1, 4242, 4242, 0, 0, 0, 0])
    real = places._status
    monkeypatch.setattr(places, "_status", lambda path: stranger if path == project else real(path))
    error = refusal(world.load)
    assert error.where == str(project)
    assert "another user" in error.problem
    assert "FINDER_CONFIG" in error.problem


def test_the_folders_file_of_another_user_is_read_when_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project = world.project_says('[profile]\nname = "bob"\n')
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    world.environ["FINDER_CONFIG"] = str(project)
    assert world.load().profile.name == "bob"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[profile\n", "is not TOML: "),
        (b'a = 1\nb = "x\n', "line 2"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"\xff\xfe[\x00", "is not UTF-8 (byte 1)"),
        (b"a = " + b"9" * 5000, "is not TOML: "),
        (b"a = " + b"[" * 100_000, "is n"),
    ],
)
def test_a_file_that_is_not_toml_is_named_with_the_place(world: World, content: bytes, problem: str) -> None:
    path = world.user_says("")
    path.write_bytes(content)
    error = refusal(world.load)
    assert error.where == str(path)
    assert problem in error.problem


def test_a_file_that_cannot_be_read_is_named(world: World) -> None:
    world.user.mkdir(parents=True)
    error = refusal(world.load)
    assert error.where == str(world.user)
    assert error.problem == "cannot be read: Is a directory"


# ------------------------------------------------------------------------------------------------ home and store
def test_the_store_is_in_the_xdg_data_folder(world: World) -> None:
    assert world.load().db == world.home / ".local/share/finder/finder.db"
    world.environ["XDG_DATA_HOME"] = "/data"
    assert world.load().db == Path("/data/finder/finder.db")


def test_without_home_the_password_database_knows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = pwd.struct_passwd(("ada", "x", 1, 1, "", str(world.home), "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: entry)
    world.user_says('[profile]\nname = "ada"\n')
    told = load({}, world.cwd)
    assert told.profile.name == "ada"
    assert told.db == world.home / ".local/share/finder/finder.db"


def test_without_any_home_the_store_must_be_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    error = refusal(lambda: load({}, world.cwd))
    assert error.key == "HOME"
    assert "--db" in error.problem
    assert load({"HOME": "", "FINDER_DB": "/x.db"}, world.cwd).db == Path("/x.db")
    assert files({}, world.cwd) == [shipped_config(), world.cwd / "config.toml"]


def test_under_pytest_the_default_store_is_refused(world: World) -> None:
    world.environ["PYTEST_CURRENT_TEST"] = "tests/test_x.py::test_y (call)"
    error = refusal(world.load)
    assert (error.key, error.exit_code) == ("FINDER_DB", 2)
    assert "tests must set it" in error.problem
    world.environ["FINDER_DB"] = "/x.db"
    assert world.load().db == Path("/x.db")


def test_a_relative_path_starts_at_the_file_that_says_it(world: World) -> None:
    user = world.user_says('[store]\npath = "mine.db"\n[mail]\npassword_file = "secret"\n')
    told = world.load()
    assert told.db == user.parent / "mine.db"
    assert told.mail.password_file == str(user.parent / "secret")


def test_a_relative_variable_or_flag_starts_at_the_folder(world: World) -> None:
    world.environ["FINDER_DB"] = "env.db"
    assert world.load().db == world.cwd / "env.db"
    assert world.load(db="flag.db").db == world.cwd / "flag.db"


def test_a_tilde_is_the_home(world: World) -> None:
    world.project_says('[store]\npath = "~/deep/x.db"\n[[source]]\nname = "github-ml"\ntoken_file = "~/token"\n')
    told = world.load()
    assert told.db == world.home / "deep/x.db"
    assert {s.name: s.token_file for s in told.sources}["github-ml"] == str(world.home / "token")


def test_an_empty_path_takes_an_earlier_one_back(world: World) -> None:
    world.user_says('[store]\npath = "/user.db"\n')
    world.project_says('[store]\npath = ""\n')
    assert world.load().db == world.home / ".local/share/finder/finder.db"


# ------------------------------------------------------------------------------------------------ two settings together
def test_mail_without_security_only_to_this_machine(world: World) -> None:
    path = world.user_says('[mail]\nhost = "smtp.example.org"\nsecurity = "none"\n')
    error = refusal(world.load)
    assert (error.where, error.key) == (str(path), "mail.security")
    assert "smtp.example.org" in error.problem


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", ""])
def test_mail_without_security_to_this_machine(world: World, host: str) -> None:
    world.user_says(f'[mail]\nhost = "{host}"\nsecurity = "none"\n')
    assert world.load().mail.security == "none"
