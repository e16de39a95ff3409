"""One config.toml: read once, and refused whole for the first thing in it that does not fit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from finder.config.checks import a_clean_address, a_label, meant, secret_key, shown
from finder.config.settings import (
    DigestSettings,
    DiscoverySettings,
    FetchSettings,
    MailSettings,
    ProfileSettings,
    SourceSettings,
    SourcesSettings,
    StoreSettings,
    VerifySettings,
)
from finder.config.typed import COMMON, At, read, unknown
from finder.errors import ConfigError

SECTIONS: Mapping[str, type[Any]] = {
    "store": StoreSettings,
    "fetch": FetchSettings,
    "profile": ProfileSettings,
    "mail": MailSettings,
    "digest": DigestSettings,
    "sources": SourcesSettings,
    "discovery": DiscoverySettings,
    "verify": VerifySettings,
}
"""Name of each table of config.toml → its settings class. [[source]] is apart."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One [[source]] as one file has it: the common keys, typed, and the adapter's, as they are."""

    name: str
    common: Mapping[str, Any]
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file, variable or flag sets. `base` is where its relative paths start."""

    origin: str
    base: Path
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: tuple[SourceTable, ...] = ()


def read_layer(path: Path) -> Layer:
    """One file as a layer. Raises ConfigError."""
    origin = str(path)
    document = _document(path)
    sections = {}
    for name, table in document.items():
        if name == "source":
            continue
        _refuse_secrets({name: table}, At(origin))
        if name not in SECTIONS:
            raise unknown(At(origin, name), name, [*SECTIONS, "source"])
        if name == "sources" and isinstance(table, list):
            raise ConfigError(origin, name, "must be a table; did you mean [[source]]?")
        sections[name] = read(SECTIONS[name], table, At(origin, name))
    return Layer(origin, path.parent.absolute(), sections, _sources(document.get("source", []), origin))


def source_path(name: str) -> str:
    """The key path of the [[source]] of this name."""
    return f'source "{name}"'


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(str(path), "", f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "", f"is not UTF-8 (byte {error.start + 1})") from error
    except RecursionError as error:
        raise ConfigError(str(path), "", "is nested too deeply") from error
    except ValueError as error:  # TOMLDecodeError, with line and column; and numbers that int() refuses
        raise ConfigError(str(path), "", f"is not TOML: {error}") from error


def _refuse_secrets(value: Any, at: At) -> None:
    """No key that holds a secret, no address that carries one, at any depth."""
    if isinstance(value, str):
        if problem := a_clean_address(value):
            raise at.error(problem)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_secrets(item, at.item(index))
    elif isinstance(value, dict):
        for name, item in value.items():
            if secret_key(name) and not isinstance(item, dict):
                raise at.key(name).error(
                    "a secret is never written here: name the environment variable, file of mode 0600 or keyring entry"
                    " that holds it, by a key that ends in _env, _file or _keyring"
                )
            _refuse_secrets(item, at.key(name))


def _sources(tables: Any, origin: str) -> tuple[SourceTable, ...]:
    if not isinstance(tables, list):
        raise ConfigError(origin, "source", "must be a list of tables: write [[source]], not [source]")
    sources: dict[str, SourceTable] = {}
    for index, table in enumerate(tables):
        at = At(origin, "source").item(index)
        if not isinstance(table, dict):
            raise at.error(f"must be a table, not {shown(table)}")
        source = _source(table, at)
        if source.name in sources:
            raise at.key("name").error(f"'{source.name}' stands twice in this file")
        sources[source.name] = source
    return tuple(sources.values())


def _source(table: dict[str, Any], at: At) -> SourceTable:
    name = table.get("name")
    if isinstance(name, str) and not a_label(name):
        at = At(at.where, source_path(name))
    _refuse_secrets(table, at)
    if "name" not in table:
        wrong = next((key for key in table if meant(key, ["name"])), "")
        raise at.key(wrong).error("unknown; did you mean 'name'?") if wrong else at.key("name").error("missing")
    common = read(SourceSettings, {key: value for key, value in table.items() if key in COMMON}, at)
    return SourceTable(common["name"], common, {key: value for key, value in table.items() if key not in COMMON})
