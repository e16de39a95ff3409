"""Secrets are named in the configuration, never written there: this is where a name becomes the secret."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from finder.errors import ConfigError

SERVICE = "finder"
"""Under which the keyring keeps our entries."""

LONGEST = 8192
"""Bytes of a secret; no token or password comes near, and a wrong file name should not be read whole."""


class Secret(str):
    """A text that does not show in a repr: of a dataclass that holds it, of a log's %r, of a traceback's locals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(•••)" if self else "Secret('')"


def secret(
    env_name: str, file: str, keyring_name: str, environ: Mapping[str, str], *, required: bool = False
) -> Secret:
    """The secret from the first of these that has it: environment variable, file of mode 0600, keyring entry.

    Empty names are passed over; a variable that is not set, too. Empty if none has it, unless it is `required`.
    Raises ConfigError for a file that cannot be used, a keyring that is not there, and for a required secret missing.
    The message names the place, never the secret.
    """
    if env_name and (text := environ.get(env_name, "").strip()):
        return _one_line(text, env_name, "environment")
    if file:
        return _from_file(Path(file))
    if keyring_name:
        return _from_keyring(keyring_name)
    if required:
        raise (
            ConfigError("environment", env_name, "not set")
            if env_name
            else ConfigError("secret", "", "no environment variable, file or keyring entry is named for it")
        )
    return Secret("")


def _one_line(text: str, name: str, where: str) -> Secret:
    """A line break inside could end a header and begin another."""
    if not text:
        raise ConfigError(where, name, "is empty")
    if not text.isprintable():
        raise ConfigError(where, name, "must hold one line of printable text")
    return Secret(text)


def _from_file(path: Path) -> Secret:
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            _check_mode(path, os.fstat(file.fileno()).st_mode)
            text = file.read(LONGEST + 1).decode()
    except OSError as error:
        raise ConfigError(str(path), "", f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise ConfigError(str(path), "", "is not UTF-8 text") from None  # it carries the bytes
    if len(text) > LONGEST:
        raise ConfigError(str(path), "", f"is too long for a secret (more than {LONGEST} bytes)")
    return _one_line(text.strip(), "", str(path))


def _without_waiting(path: str, flags: int) -> int:
    """A named pipe would keep us until someone writes to it."""
    return os.open(path, flags | os.O_NONBLOCK)


def _check_mode(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ConfigError(str(path), "", "is not an ordinary file")
    if mode & 0o077:
        from shlex import quote

        raise ConfigError(str(path), "", f"others can reach it; close it with: chmod 600 {quote(str(path))}")


def _from_keyring(name: str) -> Secret:
    try:
        import keyring  # an extra; a dozen packages that few need
        from keyring.errors import KeyringError
    except ImportError as error:
        raise ConfigError("keyring", name, "the keyring is an extra: pip install 'ml-finder[keyring]'") from error
    try:
        text = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise ConfigError("keyring", name, f"the keyring does not answer: {error}") from error
    if text is None:
        raise ConfigError("keyring", name, f"no such entry; add it with: keyring set {SERVICE} {name}")
    return _one_line(text, name, "keyring")
