"""Everything finder was told, put together once at start-up. Later layers win:

    shipped config.toml ─▶ the user's ─▶ ./config.toml ─▶ environment ─▶ flags

This package alone reads the environment and the files; everybody else is handed a Config.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from finder.config import paths
from finder.config.checks import meant, nearest
from finder.config.layers import SECTIONS, Layer, SourceTable, read_layer, source_path
from finder.config.settings import Config, MailSettings, SourceSettings
from finder.config.typed import At, read
from finder.errors import ConfigError

VARIABLES = {"FINDER_DB": "store.path", "FINDER_PROFILE": "profile.name", "FINDER_CONTACT": "fetch.contact"}
"""Environment variable → the setting that it overrides."""

FLAGS = {"--db": "store.path", "--profile": "profile.name"}
"""Flag → the setting that it overrides."""

OTHER_VARIABLES = ("FINDER_CONFIG", "FINDER_NOW")
PREFIX = "FINDER_"

PATHS = ("store.path", "mail.password_file", "token_file")
"""Settings that name a file; the last one is of every [[source]]."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def environment() -> dict[str, str]:
    """The environment of this process as it is now; the one place that looks."""
    return dict(os.environ)


def load(
    environ: Mapping[str, str],
    cwd: Path,
    *,
    db: str | None = None,
    profile: str | None = None,
    config: str | None = None,
) -> Config:
    """All layers as one Config; `db`, `profile` and `config` are the flags of these names.

    An empty variable or flag counts as not set. Raises ConfigError, naming file (or variable, or flag) and key, for the
    first thing that does not fit.
    """
    shipped, *others = paths.files(environ, cwd, config)
    layers = [read_layer(path) for path in (shipped, *filter(paths.exists, others))]
    layers += _variables(environ, cwd)
    layers += _flags({"--db": db, "--profile": profile}, cwd)
    values, origins = _settings(layers, environ)
    sections = {name: cls(**values[name]) for name, cls in SECTIONS.items()}
    collection = sections.pop("sources")
    kept = layers if collection.defaults else layers[1:]
    sources, source_origins = _sources(kept, environ)
    told = Config(**sections, collection=collection, sources=sources, origins=origins | source_origins)
    _check_mail(told.mail, origins)
    _check_variables(environ, told)
    return replace(told, db=_store(told, environ))


def _variables(environ: Mapping[str, str], cwd: Path) -> Iterator[Layer]:
    for variable, key in VARIABLES.items():
        if text := environ.get(variable):
            yield _single(variable, key, text, "environment", cwd)


def _flags(given: Mapping[str, str | None], cwd: Path) -> Iterator[Layer]:
    for flag, text in given.items():
        if text:
            yield _single(flag, FLAGS[flag], text, "", cwd)


def _single(name: str, key: str, text: str, where: str, cwd: Path) -> Layer:
    """A layer of one setting, whose errors speak of the variable or flag and not of a file."""
    section, setting = key.split(".")
    try:
        values = read(SECTIONS[section], {setting: text}, At(where))
    except ConfigError as error:
        raise ConfigError(where or name, name if where else "", error.problem) from error
    return Layer(name, cwd, {section: values})


def _settings(layers: list[Layer], environ: Mapping[str, str]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    values: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    origins: dict[str, str] = {}
    for layer in layers:
        for section, settings in layer.sections.items():
            for name, value in settings.items():
                path = f"{section}.{name}"
                values[section][name] = _absolute(path in PATHS, value, layer, environ)
                origins[path] = layer.origin
    return values, origins


def _absolute(is_path: bool, value: Any, layer: Layer, environ: Mapping[str, str]) -> Any:
    return paths.resolve(value, layer.base, environ) if is_path and value else value


def _sources(layers: list[Layer], environ: Mapping[str, str]) -> tuple[tuple[SourceSettings, ...], dict[str, str]]:
    """[[source]] tables merged by name: a known name overrides single keys, a new one is added at the end."""
    merged: dict[str, SourceSettings] = {}
    origins: dict[str, dict[str, str]] = {}
    for layer in layers:
        for table in layer.sources:
            common = {k: _absolute(k in PATHS, v, layer, environ) for k, v in table.common.items()}
            before = merged.get(table.name)
            if before is None or common.get("adapter", before.adapter) != before.adapter:
                merged[table.name] = _new(table, common, layer, merged)
                origins[table.name] = {}
            else:
                merged[table.name] = replace(before, **common, options={**before.options, **table.options})
            origins[table.name] |= dict.fromkeys([*common, *table.options], layer.origin)
    flat = {f"{source_path(name)}.{key}": origin for name, keys in origins.items() for key, origin in keys.items()}
    return tuple(merged.values()), flat


def _new(table: SourceTable, common: dict[str, Any], layer: Layer, known: Mapping[str, Any]) -> SourceSettings:
    """A source of its own; one with another adapter than before starts anew as well, for options do not carry over."""
    if "adapter" not in common:
        near = meant(table.name, known).replace("did you mean", "or did you mean the source")
        raise ConfigError(layer.origin, f"{source_path(table.name)}.adapter", f"missing: a new source needs one{near}")
    return SourceSettings(**common, options=table.options, origin=layer.origin)


def _check_mail(mail: MailSettings, origins: Mapping[str, str]) -> None:
    """What two settings of [mail] say together."""
    if mail.security == "none" and mail.host and mail.host not in LOOPBACK:
        problem = f"'none' is for a server on this machine ({', '.join(LOOPBACK)}), and host is '{mail.host}'"
        raise ConfigError(origins["mail.security"], "mail.security", problem)


def _check_variables(environ: Mapping[str, str], told: Config) -> None:
    """A mistyped FINDER_DB would quietly use another store, so a near miss is refused. Others may hold secrets."""
    known = {name.removeprefix(PREFIX).lower() for name in (*VARIABLES, *OTHER_VARIABLES)}
    named = {told.mail.password_env, *(source.token_env for source in told.sources)}
    for variable in environ.keys() - named:
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in known and (near := nearest(name, known)):
            raise ConfigError("environment", variable, f"unknown; did you mean '{PREFIX}{near.upper()}'?")


def _store(told: Config, environ: Mapping[str, str]) -> Path:
    if told.store.path:
        return Path(told.store.path)
    if "PYTEST_CURRENT_TEST" in environ:
        raise ConfigError("environment", "FINDER_DB", "tests must set it: the user's own store is not for them")
    return paths.default_store(environ)
