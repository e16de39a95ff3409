"""Every setting with its value and where it comes from, for `finder config show`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from finder.config.checks import secret_key
from finder.config.layers import SECTIONS, source_path
from finder.config.settings import Config, SourceSettings
from finder.config.typed import COMMON

DEFAULT = "default"
"""Origin of what no layer set."""


def describe(config: Config) -> list[tuple[str, Any, str]]:
    """(key path, value, origin) in the order of config.toml; `db` is where the store turned out to be."""
    rows: list[tuple[str, Any, str]] = [("db", str(config.db), _origin(config, "store.path"))]
    for section in SECTIONS:
        settings = getattr(config, "collection" if section == "sources" else section)
        rows += [_row(config, f"{section}.{f.name}", getattr(settings, f.name)) for f in fields(settings)]
    for source in config.sources:
        rows += [_row(config, f"{source_path(source.name)}.{key}", value) for key, value in _keys(source).items()]
    return rows


def _keys(source: SourceSettings) -> dict[str, Any]:
    return {key: getattr(source, key) for key in COMMON} | dict(source.options)


def _row(config: Config, key: str, value: Any) -> tuple[str, Any, str]:
    """The loader lets no secret in; one that came another way is still not shown."""
    return key, "•••" if secret_key(key) else value, _origin(config, key)


def _origin(config: Config, key: str) -> str:
    return config.origins.get(key, DEFAULT)
