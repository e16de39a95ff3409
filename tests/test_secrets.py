"""Where a secret comes from, and that it shows nowhere."""

from __future__ import annotations

import logging
import os
import sys
import traceback
import types
from dataclasses import dataclass
from pathlib import Path

import pytest

from finder.config import Secret, secret
from finder.errors import ConfigError

CANARY = "hunter2-canary"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "it's a secret"
    path.write_text(f"{CANARY}\n")
    path.chmod(0o600)
    return path


def refusal(env_name: str = "", file: str = "", keyring: str = "", *, required: bool = False) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        secret(env_name, file, keyring, {"EMPTY": "", "TWO_LINES": f"{CANARY}\nX: y"}, required=required)
    assert CANARY not in str(caught.value)
    return caught.value


class Ring(types.ModuleType):
    """A keyring of our own in the place of the extra."""

    class KeyringError(Exception):
        pass

    def __init__(self, entries: dict[tuple[str, str], str], broken: bool = False) -> None:
        super().__init__("keyring")
        self.entries, self.broken = entries, broken

    def get_password(self, service: str, name: str) -> str | None:
        if self.broken:
            raise self.KeyringError("no backend")
        return self.entries.get((service, name))


def with_ring(monkeypatch: pytest.MonkeyPatch, ring: Ring) -> None:
    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = Ring.KeyringError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


# ------------------------------------------------------------------------------------------------ environment
def test_from_the_environment() -> None:
    assert secret("TOKEN", "", "", {"TOKEN": CANARY}) == CANARY
    assert secret("TOKEN", "", "", {"TOKEN": f"  {CANARY}\n"}) == CANARY


@pytest.mark.parametrize("environ", [{}, {"TOKEN": ""}, {"TOKEN": " \n"}])
def test_a_variable_that_is_not_set_is_no_secret(environ: dict[str, str]) -> None:
    assert secret("TOKEN", "", "", environ) == ""


def test_a_required_one_must_be_set() -> None:
    assert str(refusal("EMPTY", required=True)) == "environment: EMPTY: not set"


def test_a_required_one_must_be_named() -> None:
    assert "is named for it" in str(refusal(required=True))


def test_nothing_named_is_no_secret() -> None:
    assert secret("", "", "", {"": "x"}) == ""


def test_a_line_break_inside_is_refused() -> None:
    error = refusal("TWO_LINES")
    assert (error.key, error.problem) == ("TWO_LINES", "must hold one line of printable text")


# ------------------------------------------------------------------------------------------------ file
def test_from_a_file(file: Path) -> None:
    assert secret("", str(file), "", {}) == CANARY


def test_the_variable_stands_over_the_file(file: Path) -> None:
    assert secret("TOKEN", str(file), "", {"TOKEN": "other"}) == "other"
    assert secret("TOKEN", str(file), "", {}) == CANARY


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601, 0o610, 0o666])
def test_a_file_that_others_can_reach_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    error = refusal(file=str(file))
    assert error.where == str(file)
    assert error.problem.startswith("others can reach it; close it with: chmod 600 ")


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_ones_own_is_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert secret("", str(file), "", {}) == CANARY


def test_the_advice_can_be_pasted(file: Path) -> None:
    file.chmod(0o644)
    command = refusal(file=str(file)).problem.split("with: ")[1]
    assert os.system(command) == 0
    assert secret("", str(file), "", {}) == CANARY


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (CANARY.encode() + b"\nsecond line", "must hold one line of printable text"),
        (CANARY.encode() + b"\x00", "must hold one line of printable text"),
        (CANARY.encode() + b"\xff\xfe", "is not UTF-8 text"),
        (CANARY.encode() * 1000, "is too long"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused(file: Path, content: bytes, problem: str) -> None:
    file.write_bytes(content)
    assert refusal(file=str(file)).problem.startswith(problem)


def test_no_traceback_carries_the_bytes(file: Path) -> None:
    file.write_bytes(CANARY.encode() + b"\xff")
    try:
        secret("", str(file), "", {})
    except ConfigError as error:
        assert CANARY not in "".join(traceback.format_exception(error))
        assert error.__suppress_context__
    else:
        pytest.fail("it was read")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    error = refusal(file=str(tmp_path / "none"))
    assert str(error) == f"{tmp_path / 'none'}: cannot be read: No such file or directory"


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    assert refusal(file=str(tmp_path)).problem == "cannot be read: Is a directory"


def test_a_device_is_no_secret() -> None:
    assert refusal(file="/dev/null").problem == "is not an ordinary file"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert refusal(file=str(tmp_path / "pipe")).problem == "is not an ordinary file"


# ------------------------------------------------------------------------------------------------ keyring
def test_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    with_ring(monkeypatch, Ring({("finder", "smtp"): CANARY}))
    assert secret("", "", "smtp", {}) == CANARY


def test_an_entry_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with_ring(monkeypatch, Ring({}))
    error = refusal(keyring="smtp")
    assert str(error) == "keyring: smtp: no such entry; add it with: keyring set finder smtp"


def test_a_keyring_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with_ring(monkeypatch, Ring({}, broken=True))
    assert refusal(keyring="smtp").problem == "the keyring does not answer: no backend"


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "pip install 'ml-finder[keyring]'" in refusal(keyring="smtp").problem


def test_the_keyring_is_not_asked_while_another_place_has_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert secret("", str(file), "smtp", {}) == CANARY


# ------------------------------------------------------------------------------------------------ shown nowhere
@dataclass(frozen=True)
class Holder:
    password: str


def test_a_repr_does_not_show_it() -> None:
    held = Secret(CANARY)
    assert CANARY not in repr(held)
    assert CANARY not in repr(Holder(held))
    assert CANARY not in f"{[held]} {held!r} {(held,)}"
    assert repr(Secret("")) == "Secret('')"


def test_a_log_with_repr_does_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("finder").debug("login with %r of %s", Secret(CANARY), Holder(Secret(CANARY)))
    assert CANARY not in caplog.text


def test_it_is_the_text_where_it_is_used() -> None:
    assert f"Bearer {Secret(CANARY)}" == f"Bearer {CANARY}"
    assert Secret(CANARY).encode() == CANARY.encode()
