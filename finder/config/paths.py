"""Where files are, by the XDG Base Directory Specification 0.8, written out: it is short, and costs no import."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

from finder.errors import ConfigError

_PACKAGE = Path(__file__).parents[1]


def home(environ: Mapping[str, str]) -> Path | None:
    """The person's home: HOME, else the password database (cron jobs and `env -i` have no HOME), else None."""
    if name := environ.get("HOME"):
        return Path(name)
    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:  # a user id without an entry, as in many containers
        return None


def user_config(environ: Mapping[str, str]) -> Path | None:
    """The user's own config.toml, whether it exists or not; None if there is no home to look in."""
    folder = _base(environ, "XDG_CONFIG_HOME", ".config")
    return folder / "finder" / "config.toml" if folder else None


def default_store(environ: Mapping[str, str]) -> Path:
    """finder.db in the user's data folder. Raises ConfigError if there is no home to put it in."""
    folder = _base(environ, "XDG_DATA_HOME", ".local/share")
    if folder is None:
        raise ConfigError(
            "environment", "HOME", "not set, so there is no data folder: name the store by FINDER_DB or --db"
        )
    return folder / "finder" / "finder.db"


def shipped_config() -> Path:
    """The annotated default: inside the installed package, or in a checkout beside it."""
    installed = _PACKAGE / "data" / "config.toml"
    return installed if installed.is_file() else _PACKAGE.parent / "config.toml"


def files(environ: Mapping[str, str], cwd: Path, config: str | None = None) -> list[Path]:
    """The files that are read where they exist, in this order: the shipped default, the user's, the folder's.

    `config` (the flag) or FINDER_CONFIG stands in for the user's. A file that is two of them is read once. Raises
    ConfigError for one named by hand that is not there, and for a ./config.toml of another user, which could send our
    tokens and mail anywhere.
    """
    user, project = _named(environ, cwd, config) or user_config(environ), cwd / "config.toml"
    found = [shipped_config()]
    if user and not _among(user, found):
        found.append(user)
    if not _among(project, found):
        if (status := _status(project)) and status.st_uid not in (os.geteuid(), 0):
            problem = "belongs to another user; if you trust it, name it by FINDER_CONFIG or --config"
            raise ConfigError(str(project), "", problem)
        found.append(project)
    return found


def exists(path: Path) -> bool:
    """Whether it is there and may be looked at; never raises."""
    return _status(path) is not None


def resolve(text: str, base: Path, environ: Mapping[str, str]) -> str:
    """A path as written in a setting: `~/` is the home, a relative one starts at `base`."""
    if text.startswith("~/") and (own := home(environ)):
        return str(own / text[2:])
    return str(base / text)


def _base(environ: Mapping[str, str], variable: str, fallback: str) -> Path | None:
    """The specification: a relative path is invalid and is ignored, an empty variable counts as not set."""
    if (folder := Path(environ.get(variable, ""))).is_absolute():
        return folder
    own = home(environ)
    return own / fallback if own else None


def _named(environ: Mapping[str, str], cwd: Path, config: str | None) -> Path | None:
    name = config or environ.get("FINDER_CONFIG")
    if not name:
        return None
    path = Path(resolve(name, cwd, environ))
    if not exists(path):
        where, key = ("--config", "") if config else ("environment", "FINDER_CONFIG")
        raise ConfigError(where, key, f"there is no {path}")
    return path


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _among(path: Path, found: list[Path]) -> bool:
    status = _status(path)
    return status is not None and any((other := _status(known)) and os.path.samestat(status, other) for known in found)
