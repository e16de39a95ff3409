"""`finder init`: a configuration to begin with, by flags and by questions."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest
from _cli import run

from finder.cli import setup
from finder.config import load


def test_init_writes_a_configuration_and_marks_steps(capsys, own_home):
    code, out, _ = run(
        capsys,
        "init",
        "--yes",
        "--location",
        "Berlin",
        "--term",
        "Summer 2027",
        "--mail",
        "a@b.example",
        "--done",
        "git",
    )
    assert code == 0
    path = Path(out.split()[1])
    assert path.is_relative_to(own_home)
    assert path.stat().st_mode & 0o777 == 0o600
    told = tomllib.loads(path.read_text("utf-8"))
    assert told["profile"] == {"locations": ["Berlin"], "remote": True, "terms": ["Summer 2027"]}
    assert told["mail"] == {"to": "a@b.example"}
    assert "[x] code.shell-git" in run(capsys, "steps")[1]


def test_init_keeps_what_is_there(capsys, own_home):
    assert run(capsys, "init", "--yes")[0] == 0
    code, _, err = run(capsys, "init", "--yes")
    assert code == 2
    assert "exists already" in err


def test_init_with_an_unknown_step_writes_nothing(capsys, own_home):
    assert run(capsys, "init", "--yes", "--done", "quantum-gardening")[0] == 2
    assert run(capsys, "init", "--yes")[0] == 0


def test_init_survives_odd_answers(capsys, own_home):
    code, out, _ = run(capsys, "init", "--yes", "--location", 'quo"te\\\n# [x]')
    assert code == 0
    assert tomllib.loads(Path(out.split()[1]).read_text("utf-8"))["profile"]["locations"] == ['quo"te\\ # [x]']
    assert run(capsys, "config", "validate")[0] == 0


@pytest.mark.parametrize(
    ("flags", "words"),
    [(["--mail", "not an address"], "mail.to"), (["--mail", "a@b.example\x00"], None), (["--location", ""], "profile")],
)
def test_what_finder_would_not_take_is_not_written(capsys, own_home, flags, words):
    code, out, err = run(capsys, "init", "--yes", *flags)
    written = list(own_home.rglob("config.toml"))
    if words:
        assert (code, out, written) == (2, "", [])
        assert words in err
    else:
        assert (code, len(written)) == (0, 1)
        assert run(capsys, "config", "validate")[0] == 0


def test_a_folder_that_cannot_be_written_is_told(capsys, own_home):
    (own_home / "config").write_text("in the way", "utf-8")
    code, _, err = run(capsys, "init", "--yes")
    assert code == 2
    assert "cannot be written" in err


def test_no_home_at_all(capsys, monkeypatch, own_home):
    monkeypatch.setattr(setup, "user_config", lambda _environ: None)
    code, _, err = run(capsys, "init", "--yes")
    assert code == 2
    assert "XDG_CONFIG_HOME" in err


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch, *lines: str) -> None:
    monkeypatch.setattr(setup.sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))


def test_questions_at_a_terminal(capsys, own_home, monkeypatch, tmp_path):
    typed(monkeypatch, "Berlin, Oslo", "Summer 2027", "a@b.example", "pyhton, git")
    code, _, err = run(capsys, "init")
    assert code == 0
    assert err.count("? (") == 4
    told = load({"FINDER_DB": "x", "HOME": str(own_home), "XDG_CONFIG_HOME": str(own_home / "config")}, tmp_path)
    assert told.profile.locations == ("Berlin", "Oslo")
    assert told.profile.terms == ("Summer 2027",)
    assert told.mail.to == "a@b.example"
    steps = run(capsys, "steps")[1]
    assert "[x] code.python" in steps
    assert "[x] code.shell-git" in steps


def test_a_slip_in_a_step_is_asked_again(capsys, own_home, monkeypatch):
    typed(monkeypatch, "", "", "", "quantum-gardening", "python")
    code, _, err = run(capsys, "init")
    assert code == 0
    assert "quantum-gardening" in err
    assert "[x] code.python" in run(capsys, "steps")[1]


def test_what_flags_tell_is_not_asked(capsys, own_home, monkeypatch):
    typed(monkeypatch, "Summer 2027", "")
    code, _, err = run(capsys, "init", "--location", "Oslo", "--done", "python")
    assert code == 0
    assert "Where would you work" not in err
    assert "Which steps" not in err


def test_the_end_of_the_input_is_an_empty_answer(capsys, own_home, monkeypatch):
    typed(monkeypatch)
    assert run(capsys, "init")[0] == 0
    assert run(capsys, "config", "validate")[0] == 0


def test_a_program_is_asked_nothing(capsys, own_home, monkeypatch):
    monkeypatch.setattr(setup.sys, "stdin", io.StringIO("Berlin\n"))
    code, _, err = run(capsys, "init")
    assert code == 0
    assert "?" not in err


def test_leaving_before_the_end_leaves_nothing(capsys, own_home, monkeypatch):
    class Leaves(Terminal):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(setup.sys, "stdin", Leaves())
    assert run(capsys, "init")[0] == 130
    assert list(own_home.rglob("config.toml")) == []


def test_the_template_names_no_unknown_key(capsys, own_home):
    """What is commented out in it is right as well."""
    assert run(capsys, "init", "--yes")[0] == 0
    path = next(own_home.rglob("config.toml"))
    lines = [line.removeprefix("# ") if " = " in line else line for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines), "utf-8")
    assert run(capsys, "config", "validate")[0] == 0
