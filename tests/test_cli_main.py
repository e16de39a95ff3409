"""The command as a whole: exit codes, errors in a line, help, and what it says of a slip."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from _cli import ROOT, run, shell

from finder.cli import main as main_module
from finder.cli.args import EXIT_CODES, parser
from finder.cli.main import main
from finder.errors import Busy, ConfigError, DeliveryError, FinderError, StoreError

COMMANDS = parser().commands()


def fails_with(monkeypatch, error: BaseException) -> None:
    def verb(_args):
        raise error

    monkeypatch.setattr(main_module, "_verb", lambda _target: verb)


# ------------------------------------------------------------------------------------------------ exit codes
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyError("x"), 1),
        (RecursionError("too deep"), 1),
        (ConfigError("config.toml", "fetch.pace", "must be a number"), 2),
        (StoreError("/x/finder.db: damaged"), 5),
        (DeliveryError("the server said no"), 6),
        (Busy("another refresh is running"), 75),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_every_error_has_its_exit_code_and_one_line(capsys, monkeypatch, error, code):
    fails_with(monkeypatch, error)
    ended, out, err = run(capsys, "status")
    assert (ended, out) == (code, "")
    assert err.startswith("finder: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "code", [error.exit_code for error in (FinderError, ConfigError, StoreError, DeliveryError, Busy)]
)
def test_every_exit_code_is_in_the_help(code):
    assert re.search(rf"^ +{code} ", EXIT_CODES, re.MULTILINE)


def test_a_bug_says_how_to_report_it(capsys, monkeypatch):
    fails_with(monkeypatch, ZeroDivisionError("division\nby zero"))
    _, _, err = run(capsys, "status")
    assert err == (
        "finder: a bug: ZeroDivisionError: division by zero; run it again with --debug and report what it prints\n"
    )


@pytest.mark.parametrize("argv", [["status", "--debug"], ["--debug", "status"]], ids=" ".join)
def test_debug_shows_where(capsys, monkeypatch, argv):
    fails_with(monkeypatch, ZeroDivisionError("nothing"))
    with pytest.raises(ZeroDivisionError):
        main(argv)


def test_a_traceback_reaches_the_person_who_asks_for_it(own_home):
    code = "import finder.cli.main as m; m._verb = lambda t: 1/0; m.main(['status', '--debug'])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" in ran.stderr
    assert "ZeroDivisionError" in ran.stderr


def test_an_error_cannot_forge_lines_or_move_the_cursor(capsys, monkeypatch):
    fails_with(monkeypatch, StoreError("bad\r\x1b[2Jfinder: all is well\nfinder: really\u202e"))
    _, _, err = run(capsys, "status")
    assert err.count("\n") == 1
    assert err[:-1].isprintable()


def test_interrupted_from_outside(collected):
    """A real signal to a real process, while it reads stdin."""
    code = (
        "import os, signal, sys; import finder.cli.main as m\n"
        "m._verb = lambda t: lambda args: os.kill(os.getpid(), signal.SIGINT) or sys.stdin.read()\n"
        "sys.exit(m.main(['status']))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, input="", check=False)
    assert ran.returncode == 130
    assert "interrupted" in ran.stderr
    assert "Traceback" not in ran.stderr


# ------------------------------------------------------------------------------------------------ no store, bad stores
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["search"], 0),
        (["steps"], 0),
        (["sources"], 0),
        (["status"], 0),
        (["doctor"], 0),
        (["config"], 0),
        (["db", "path"], 0),
        (["show", "abcd"], 5),
        (["why", "abcd"], 5),
        (["db", "check"], 5),
        (["db", "backup", "copy.db"], 5),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_command_without_a_store_answers_or_ends_with_5(capsys, own_home, monkeypatch, argv, code):
    monkeypatch.chdir(own_home)
    ended, _, err = run(capsys, *argv)
    assert ended == code
    if code or argv[0] in ("search", "sources", "status"):
        assert "finder refresh" in err
    assert not (own_home.parent / "finder.db").exists(), "asking makes no store"


@pytest.mark.parametrize("body", [b"", b"hello, I am a text file", b"SQLite format 3\0" + b"\xff" * 4000])
@pytest.mark.parametrize("argv", [["search"], ["show", "abcd"], ["status"], ["steps"], ["db", "check"]], ids=" ".join)
def test_what_is_no_store_is_told_and_left_alone(capsys, tmp_path, argv, body):
    path = tmp_path / "finder.db"
    path.write_bytes(body)
    code, out, err = run(capsys, *argv)
    assert (code, out) == (5, "")
    assert str(path) in err
    assert "a bug" not in err
    assert path.read_bytes() == body


def test_a_folder_is_no_store(capsys, tmp_path):
    code, _, err = run(capsys, "search", "--db", str(tmp_path))
    assert code == 5
    assert "not a file" in err


# ------------------------------------------------------------------------------------------------ usage
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["serch"], "there is no command 'serch'; did you mean 'search'?"),
        (["zzz"], "there is no command 'zzz' ("),
        (["status", "now"], "'now' is one word too many"),
        (["status", "--jsn"], "did you mean '--json'?"),
        (["show"], "needs ID"),
        (["db"], "say which: path, backup, restore, check"),
        (["db", "bakup", "x"], "did you mean 'backup'?"),
        (["schedule"], "say which: show, install, remove"),
        (["completion", "fish"], "'fish' is none of bash, zsh"),
        (["steps", "python"], "as in: finder steps show python"),
        (["steps", "don", "python"], "did you mean 'done'?"),
        (["search", "--json", "--csv"], "not allowed with"),
        (["search", "--limit"], "expected one argument"),
        (["search", "--db"], "expected one argument"),
        (["refresh", "--soruce", "x"], "did you mean '--source'?"),
        (["--dbb", "x", "status"], "did you mean '--db'?"),
    ],
)
def test_a_slip_is_one_line_with_the_way_out(capsys, own_home, argv, words):
    code, out, err = run(capsys, *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert "--help)" in err


def test_no_command_at_all_shows_what_there_is(capsys):
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    for name in COMMANDS:
        assert f"    {name} " in err


def test_a_slip_cannot_smuggle_escapes(capsys):
    _, _, err = run(capsys, "search", "--x\x1b[31m\u202e")
    assert err[:-1].isprintable()


def test_version(capsys):
    code, out, _ = run(capsys, "--version")
    assert code == 0
    assert re.fullmatch(r"finder (\d+\.\d+\.\d+|\(a checkout that is not installed\))\n", out)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_flag_has_help(capsys, name):
    code, out, err = run(capsys, name, "--help")
    assert (code, err) == (0, "")
    sub = COMMANDS[name]
    assert sub.description
    assert sub.description[0].isupper()
    undocumented = [a.dest for a in sub._actions if not a.help and not a.choices]
    assert undocumented == []
    assert "==" not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name):
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"`{name}`|finder {name}\b", readme)


def test_every_verb_is_a_function_that_is_there():
    for sub in COMMANDS.values():
        assert callable(main_module._verb(sub.get_default("verb")))


def test_help_fits_a_terminal_of_80_columns(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for argv in ([], *([name] for name in COMMANDS)):
        _, out, _ = run(capsys, *argv, "--help")
        wide = [line for line in out.splitlines() if len(line) > 80]
        assert wide == [], argv


def test_common_flags_stand_before_or_after_the_command(capsys, collected, tmp_path):
    other = str(tmp_path / "other.db")
    assert run(capsys, "--db", other, "db", "path")[1] == f"{other}\n"
    assert run(capsys, "db", "path", "--db", other)[1] == f"{other}\n"


HARMLESS = [name for name in COMMANDS if name not in ("refresh", "run", "serve", "schedule", "demo", "digest", "init")]
"""Commands that neither ask the network nor write outside the store."""
VALUES = [
    "python",
    "a",
    "",
    "--",
    "-",
    "-1",
    "0",
    "3",
    "14d",
    "last",
    "C++",
    '"',
    "\x1b[2J",
    "\u202e",
    "ä" * 99,
    "=",
    "bash",
]
DOCUMENTED = {int(code) for code in re.findall(r"^  (\d+) ", EXIT_CODES, re.MULTILINE)}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_ends_as_documented_and_never_as_a_bug(collected, capsys, monkeypatch, tmp_path, seed):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    for _ in range(25):
        name = chance.choice(HARMLESS)
        words = [*COMMANDS[name].flags(), *(w for some in COMMANDS[name].choices().values() for w in some), *VALUES]
        argv = [name, *chance.choices(words, k=chance.randrange(5))]
        if "--debug" in argv:  # asks for the traceback of an error that is none of ours
            continue
        code, _, err = run(capsys, *argv)
        assert code in DOCUMENTED - {1, 130}, argv
        assert "a bug" not in err, argv


# ------------------------------------------------------------------------------------------------ streams
def test_lost_messages_do_not_end_a_command(collected):
    """stderr goes to a reader that has left; what was asked for still comes."""
    ran = shell("{ finder search --json --profile nobody-yet; } 2> >(exec true) | tail -1", collected)
    assert ran.stdout.strip() == "]"


def test_messages_go_to_stderr_and_data_to_stdout(collected, capsys):
    _, out, err = run(capsys, "search", "--json", "zeppelin")
    assert out == "[]\n"
    assert "zeppelin" in err


def test_another_distribution_in_the_way_is_named(capsys, monkeypatch):
    import db

    monkeypatch.setattr(db, "HOME", "somebody-else")
    code, _, err = run(capsys, "status")
    assert code == 2
    assert "another package of this name" in err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(collected, encoding):
    ran = shell("finder steps && finder search --limit 2", collected | {"PYTHONIOENCODING": encoding}, encoding)
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr
    assert ("▸" in ran.stdout) == (encoding == "utf-8")
    assert (r"\u25b8" in ran.stdout) == (encoding != "utf-8")


def test_python_warnings_are_none(collected):
    ran = shell(
        "finder search && finder steps && finder sources", collected | {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"}
    )
    assert ran.returncode == 0
    assert "Warning" not in ran.stderr


def test_a_relative_store_is_found_from_its_folder(collected, capsys, monkeypatch):
    store = Path(collected["FINDER_DB"])
    monkeypatch.chdir(store.parent)
    monkeypatch.setenv("FINDER_DB", store.name)
    assert run(capsys, "db", "path")[1].strip() == str(store)
