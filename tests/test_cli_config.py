"""`finder config`, `db` and `completion`."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tomllib
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from _cli import run

from finder.cli.args import parser
from finder.config import load
from finder.lock import locked
from finder.steps import load as load_steps

ROW = '[[source]]\nname = "quill"\nadapter = "greenhouse"\nboard = "quillmark"\n'


@pytest.fixture
def own_config(own_home, monkeypatch) -> Path:
    """The person's config.toml, with a source of their own."""
    path = own_home / "config" / "finder" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[profile]\nlocations = ["Oslo", "Nor\\"way"]\n\n[fetch]\npace = 2.5\n\n{ROW}', "utf-8")
    monkeypatch.chdir(own_home)
    return path


# ------------------------------------------------------------------------------------------------ config
def test_show_is_toml_that_sets_the_same(capsys, own_config, monkeypatch, tmp_path):
    code, out, _ = run(capsys, "config", "show")
    assert code == 0
    told = tomllib.loads(out)
    assert told["profile"] == {"name": "me", "locations": ["Oslo", 'Nor"way'], "remote": True}
    assert told["fetch"]["pace"] == 2.5
    assert told["source"][-1] == {"name": "quill", "adapter": "greenhouse", "board": "quillmark"}
    again = tmp_path / "again.toml"
    again.write_text(out, "utf-8")
    environ = {"FINDER_DB": str(tmp_path / "finder.db"), "HOME": str(tmp_path)}
    first = load(environ, tmp_path, config=str(own_config))
    second = load(environ, tmp_path, config=str(again))
    for part in {field.name for field in fields(first)} - {"sources", "origins"}:
        assert getattr(first, part) == getattr(second, part), part
    assert [(s.name, s.adapter, s.options) for s in first.sources] == [
        (s.name, s.adapter, s.options) for s in second.sources
    ]


def test_show_names_who_set_what(capsys, own_config, monkeypatch):
    monkeypatch.setenv("FINDER_CONTACT", "https://me.example/about")
    _, out, _ = run(capsys, "config", "show", "--profile", "ada")
    lines = out.splitlines()
    assert f"pace = 2.5  # {own_config}" in lines
    assert 'contact = "https://me.example/about"  # FINDER_CONTACT' in lines
    assert 'name = "ada"  # --profile' in lines
    assert "retries = 2" in lines, "what is as shipped needs no word"
    assert '# host = ""' in lines, "what nobody set is a comment"


def test_show_masks_what_is_called_a_secret(capsys, own_home, monkeypatch):
    """No secret gets in by a file; one that came another way is still not shown."""
    from finder.cli import config as module

    monkeypatch.setattr(module, "describe", lambda config: [("db", "x", "y"), ("mail.password", "•••", "z")])
    assert 'password = "•••"' in run(capsys, "config")[1]


def test_show_is_what_is_meant_without_an_action(capsys, own_config):
    assert run(capsys, "config") == run(capsys, "config", "show")


def test_path_names_every_file_and_whether_it_is_there(capsys, own_config, own_home):
    _, out, _ = run(capsys, "config", "path")
    shipped, own, local = out.splitlines()
    assert shipped.endswith("config.toml")
    assert own == str(own_config)
    assert local == f"{own_home / 'config.toml'} (not there)"


def test_validate_counts_the_sources_that_are_on(capsys, own_config):
    _, before, _ = run(capsys, "config", "validate")
    own_config.write_text(ROW + "enabled = false\n", "utf-8")
    code, after, _ = run(capsys, "config", "validate")
    assert code == 0
    assert int(before.split(";")[1].split()[0]) == int(after.split(";")[1].split()[0]) + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[fecth]\n", "did you mean 'fetch'?"),
        ('[[source]]\nname = "a"\nadapter = "greenhous"\nboard = "b"\n', "did you mean 'greenhouse'?"),
        ('[[source]]\nname = "a"\nadapter = "greenhouse"\nboad = "b"\n', "did you mean 'board'?"),
        ("[mail]\npassword = 'x'\n", "never written"),
        ("pace = [", "TOML"),
    ],
)
def test_a_mistake_names_its_file_and_the_right_word(capsys, own_config, text, words):
    own_config.write_text(text, "utf-8")
    code, out, err = run(capsys, "config", "validate")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(own_config) in err
    assert words in err


# ------------------------------------------------------------------------------------------------ db
def titles(store: Path | str) -> int:
    with closing(sqlite3.connect(store)) as raw:
        return raw.execute("SELECT count(*) FROM opening").fetchone()[0]


def test_path_is_one_line_for_other_programs(capsys, collected):
    assert run(capsys, "db", "path") == (0, f"{collected['FINDER_DB']}\n", "")


def test_a_backup_is_a_store(capsys, collected, tmp_path):
    copy = tmp_path / "copy.db"
    code, out, _ = run(capsys, "db", "backup", str(copy))
    assert code == 0
    assert str(copy) in out
    assert titles(copy) == titles(collected["FINDER_DB"]) > 100
    assert copy.stat().st_mode & 0o777 == 0o600
    assert run(capsys, "db", "check", str(copy))[:2] == (0, f"{copy}: sound\n")


def test_a_backup_overwrites_nothing(capsys, collected, tmp_path):
    taken = tmp_path / "letter.txt"
    taken.write_text("dear all", "utf-8")
    code, _, err = run(capsys, "db", "backup", str(taken))
    assert code == 5
    assert "is there already" in err
    assert taken.read_text("utf-8") == "dear all"


def test_restore_puts_a_copy_in_place_and_keeps_what_was_there(capsys, collected, tmp_path):
    store, copy = Path(collected["FINDER_DB"]), tmp_path / "copy.db"
    run(capsys, "db", "backup", str(copy))
    run(capsys, "steps", "done", "java")
    code, out, _ = run(capsys, "db", "restore", str(copy))
    assert code == 0
    assert "[x] code.java" not in run(capsys, "steps")[1]
    kept = out.strip().rpartition(" ")[2]
    assert "[x] code.java" in run(capsys, "steps", "--db", kept)[1]
    assert titles(store) == titles(copy)


def test_restore_where_nothing_was(capsys, collected, tmp_path):
    code, out, _ = run(capsys, "db", "restore", collected["FINDER_DB"], "--db", str(tmp_path / "fresh.db"))
    assert code == 0
    assert "before" not in out
    assert run(capsys, "status", "--db", str(tmp_path / "fresh.db"))[0] == 0


def test_a_bad_copy_is_not_restored(capsys, collected, tmp_path):
    bad = tmp_path / "bad.db"
    shutil.copyfile(collected["FINDER_DB"], bad)
    with bad.open("r+b") as file:
        file.seek(bad.stat().st_size // 2)
        file.write(b"\xa5" * 8192)
    before = Path(collected["FINDER_DB"]).read_bytes()
    code, out, err = run(capsys, "db", "restore", str(bad))
    assert (code, out) == (5, "")
    assert "damaged" in err
    assert Path(collected["FINDER_DB"]).read_bytes() == before
    code, _, err = run(capsys, "db", "check", str(bad))
    assert code == 5
    assert "finder db restore" in err


def test_restore_waits_for_no_refresh(capsys, collected, tmp_path):
    copy = tmp_path / "copy.db"
    run(capsys, "db", "backup", str(copy))
    with locked(Path(collected["FINDER_DB"])):
        assert run(capsys, "db", "restore", str(copy))[0] == 75


@pytest.mark.parametrize("action", ["backup", "restore"])
def test_a_file_has_to_be_named(capsys, collected, action):
    code, _, err = run(capsys, "db", action)
    assert code == 2
    assert f"finder db {action} FILE" in err


def test_restore_from_nowhere(capsys, collected, tmp_path):
    before = Path(collected["FINDER_DB"]).read_bytes()
    assert run(capsys, "db", "restore", str(tmp_path / "none.db"))[0] == 5
    assert Path(collected["FINDER_DB"]).read_bytes() == before


def test_check_changes_nothing(capsys, collected):
    before = Path(collected["FINDER_DB"]).read_bytes()
    assert run(capsys, "db", "check")[0] == 0
    assert Path(collected["FINDER_DB"]).read_bytes() == before


# ------------------------------------------------------------------------------------------------ completion
def completed(capsys, *words: str) -> list[str]:
    """What bash offers for the last of `words`, in a folder that has a file `store.db` and a folder `db`."""
    _, script, _ = run(capsys, "completion", "bash")
    quoted = " ".join(f"'{word}'" for word in words)
    line = (
        f'COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _finder 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    ran = subprocess.run(["bash", "--norc", "-c", f"{script}\n{line}"], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.split()


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["finder", "se"], ["search", "serve"]),
        (["finder", "search", "--rem"], ["--remote"]),
        (["finder", "search", "--kind", "i"], ["internship"]),
        (["finder", "search", "--sort", ""], ["match", "date"]),
        (["finder", "steps", "d"], ["done", "doing"]),
        (["finder", "steps", "done", "code.p"], ["code.python", "code.prolog", "code.probability"]),
        (["finder", "db", "re"], ["restore"]),
        (["finder", "completion", ""], ["bash", "zsh", "-h"]),
        (["finder", "nonsense", "zz"], []),
    ],
    ids=lambda value: " ".join(value),
)
def test_bash_offers_what_fits(capsys, words, offered):
    found = completed(capsys, *words)
    assert set(offered) <= set(found)
    assert all(word.startswith(words[-1]) for word in found)
    if words[-1]:
        assert set(found) == set(offered)


@needs_bash
def test_bash_offers_files_where_a_file_is_meant(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "store.db").touch()
    assert completed(capsys, "finder", "search", "--db", "sto") == ["store.db"]
    assert completed(capsys, "finder", "db", "restore", "sto") == ["store.db"]


@needs_bash
def test_bash_offers_every_command_first(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "db").mkdir()
    assert completed(capsys, "finder", "") == list(parser().commands())


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_script_knows_every_flag_and_step(capsys, shell):
    code, out, err = run(capsys, "completion", shell)
    assert (code, err) == (0, "")
    for sub in parser().commands().values():
        assert all(flag in out for flag in sub.flags())
    assert all(step in out for step in load_steps().steps)
    assert "@" not in out.replace("[@]", "").replace("${COMP_WORDS[@]}", "")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_takes_the_script(capsys):
    _, script, _ = run(capsys, "completion", "zsh")
    subprocess.run(["zsh", "-f", "-c", f"compdef() {{ }}\n{script}"], check=True, capture_output=True)


def test_settings_as_json_would_write_them(capsys, own_config):
    """Strings are quoted as JSON quotes them, which TOML reads alike."""
    _, out, _ = run(capsys, "config")
    line = next(line for line in out.splitlines() if line.startswith("locations"))
    assert json.loads(line.partition("=")[2].partition("#")[0]) == ["Oslo", 'Nor"way']
