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
