"""Every key of every table, spoilt in every way: each time the error names file, key and what would be right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.config import Config, SourceSettings, load
from finder.config.checks import secret_key
from finder.config.layers import SECTIONS
from finder.config.typed import COMMON
from finder.errors import ConfigError

WRONG: dict[type, list[str]] = {
    str: ["3", "1.5", "true", "[]", "{}", "2026-08-22"],
    int: ['"3"', "1.5", "true", "[3]", "{}", "2026-08-22"],
    float: ['"3"', "true", "[]", "{}", "2026-08-22"],
    bool: ['"true"', "0", "1.5", "[]", "{}", "2026-08-22"],
    tuple: ['"a"', "3", "true", "{}", "[3]", "[[]]", '["a", false]'],
}
"""Type of a setting's default → values of another type, as TOML."""

OUTSIDE: dict[str, list[str]] = {
    "store.path": [r'"a\u0000b"', r'"\n"', '" "'],
    "fetch.contact": ['""', r'"a\nX-Evil: 1"', '"ä"', '"a (b)"'],
    "fetch.hosts": ["0", "-1", "257"],
    "fetch.connections": ["0", "3", "-1"],
    "fetch.pace": ["-0.1", "-1", "nan", "inf", "-inf", "3601"],
    "fetch.timeout": ["0", "0.0", "-1", "nan", "inf"],
    "fetch.source_timeout": ["0", "-5", "nan", "inf"],
    "fetch.max_bytes": ["0", "-1", "1023", "1073741825"],
    "fetch.retries": ["-1", "11"],
    "profile.name": ['""', '"a b"', '"../x"', '"Ä"', r'"a\nb"'],
    "profile.locations": ['[""]', r'["a\nb"]'],
    "profile.terms": ['[""]', r'["a\u0007"]'],
    "mail.to": ['"me"', '"a@b, c@d"', r'"a@b\nBcc: c@d"', '"@"'],
    "mail.sender": ['"me"', r'"a@b\r\nX: y"'],
    "mail.host": [r'"a\nb"', '" "'],
    "mail.port": ["0", "-1", "65536"],
    "mail.security": ['""', '"ssl"', '"STARTTLS"', '"yes"'],
    "mail.username": [r'"a\nb"'],
    "mail.password_env": ['"a b"', '"pa$$word"', '"lower"'],
    "mail.password_file": [r'"a\u0000b"'],
    "mail.password_keyring": [r'"a\nb"'],
    "digest.day": ['""', '"mon"', '"Monday"', '"someday"'],
    "digest.hour": ["-1", "24"],
    "digest.zone": ['"Europe/Berln"', '"../../etc/passwd"', '"Europe"', '"CEST+2"'],
    "digest.internships": ["-1", "101"],
    "digest.projects": ["-1", "101"],
    "discovery.budget": ["-1", "501"],
    "verify.budget": ["-1", "501"],
    "discovery.max_boards": ["-1", "10001"],
    "discovery.every": ['""', '"often"', '"24"', '"0h"'],
    "source.name": ['""', '"A"', '"a/b"'],
    "source.adapter": ['""', '"A"', '"a/b"'],
    "source.every": ['""', '"12"', '"0m"'],
    "source.max_bytes": ["-1", "5", "1073741825"],
    "source.token_env": ['"a b"', '"ghp_abcdef"'],
    "source.token_file": [r'"a\nb"'],
}
"""Key → values of the right type that it must not have."""

FREE = {"fetch.allow_private", "profile.remote", "sources.defaults", "discovery.enabled", "source.enabled"}
"""Keys whose every value of the right type is good."""


def keys() -> Iterator[tuple[str, type]]:
    """Every key there is, with the type of its value."""
    for section, cls in SECTIONS.items():
        for f in fields(cls):
            yield f"{section}.{f.name}", type(getattr(cls(), f.name))
    for f in fields(SourceSettings):
        if f.name in COMMON:
            yield f"source.{f.name}", type(getattr(SourceSettings("x", "y"), f.name))


ALL = dict(keys())


def told(tmp_path: Path, text: str) -> Config:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return load({"HOME": str(tmp_path / "no-home"), "FINDER_DB": "/x.db"}, tmp_path)


def refusal(tmp_path: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        told(tmp_path, text)
    assert caught.value.where == str(tmp_path / "config.toml")
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return caught.value


def document(key: str, value: str, spelt: str = "") -> str:
    """A file with this one setting (and what a source needs besides)."""
    section, name = key.split(".")
    line = f"{spelt or name} = {value}\n"
    if section != "source":
        return f"[{section}]\n{line}"
    others = {"name": '"x"', "adapter": '"lever"'}
    others.pop(name, None)
    return "[[source]]\n" + "".join(f"{n} = {v}\n" for n, v in others.items()) + line


def path_of(key: str) -> str:
    section, name = key.split(".")
    if section != "source":
        return key
    return "source[1].name" if name == "name" else f'source "x".{name}'


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, kind in ALL.items() for value in WRONG[kind]]
)  # fmt: skip
def test_a_value_of_another_type_is_refused(tmp_path: Path, key: str, value: str) -> None:
    error = refusal(tmp_path, document(key, value))
    assert error.key.startswith(path_of(key))
    assert "must be " in error.problem


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in OUTSIDE.items() for value in values])
def test_a_value_outside_its_bounds_is_refused(tmp_path: Path, key: str, value: str) -> None:
    error = refusal(tmp_path, document(key, value))
    assert error.key.startswith(path_of(key))
    assert error.problem.startswith("must be ")


def test_every_key_has_its_bounds_tried() -> None:
    assert set(OUTSIDE) | FREE == set(ALL)


def misspelt(name: str) -> list[str]:
    """A letter lost, doubled, swapped; capitals; a dash for the underscore."""
    swapped = name[:-2] + name[-1] + name[-2]
    ways = [name[:-1], name + name[-1], swapped if len(name) > 2 else "", name.upper(), name.replace("_", "-")]
    return [way for way in dict.fromkeys(ways) if way and way != name]


@pytest.mark.parametrize(
    ("key", "spelt"),
    [(k, way) for k in ALL if not k.startswith("source.") for way in misspelt(k.split(".")[1])],
)
def test_a_misspelt_key_is_refused_with_the_right_one(tmp_path: Path, key: str, spelt: str) -> None:
    section, name = key.split(".")
    error = refusal(tmp_path, document(key, "3", json.dumps(spelt)))
    assert error.key == f"{section}.{spelt}"
    right = "a secret is never written here" if secret_key(spelt) else f"unknown; did you mean '{name}'?"
    assert error.problem.startswith(right)


NAMES = [*SECTIONS, "source"]


@pytest.mark.parametrize("spelt", sorted({way for name in NAMES for way in misspelt(name)} - set(NAMES)))
def test_a_misspelt_table_is_refused(tmp_path: Path, spelt: str) -> None:
    error = refusal(tmp_path, f'["{spelt}"]\n')
    assert error.key == spelt
    assert error.problem.startswith("unknown; did you mean '")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("value", ["3", '"x"', "true", "[]", "[[]]"])
def test_a_table_that_is_none_is_refused(tmp_path: Path, section: str, value: str) -> None:
    error = refusal(tmp_path, f"{section} = {value}\n")
    assert error.key == section
    assert error.problem.startswith("must be a table")


DEFAULTS = {
    f"{section}.{f.name}": getattr(cls(), f.name) for section, cls in SECTIONS.items() for f in fields(cls)
}  # fmt: skip


@pytest.mark.parametrize("key", DEFAULTS)
def test_every_default_may_be_written_out(tmp_path: Path, key: str) -> None:
    section, name = key.split(".")
    value = DEFAULTS[key]
    config = told(tmp_path, document(key, json.dumps(list(value) if isinstance(value, tuple) else value)))
    settings_of = getattr(config, "collection" if section == "sources" else section)
    if key == "store.path":
        assert str(config.db) == "/x.db"
    else:
        assert getattr(settings_of, name) == value
        assert config.origins[key] == str(tmp_path / "config.toml")


names = st.sampled_from([*SECTIONS, "source", "fetc", ""])
scalars = st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8)
setting_names = st.sampled_from(sorted({key.split(".")[1] for key in ALL})) | st.text(max_size=5)
tables = st.dictionaries(setting_names, scalars | st.lists(scalars, max_size=2), max_size=4)
documents = st.dictionaries(names, tables | st.lists(tables, max_size=3) | scalars, max_size=4)


def as_toml(value: Any) -> str:
    """The value in one line of TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {as_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return quoted(value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(letter):08x}" for letter in text) + '"'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(documents)
def test_any_file_is_a_config_or_a_refusal(tmp_path: Path, parts: dict[str, Any]) -> None:
    text = "".join(f"{quoted(name)} = {as_toml(part)}\n" for name, part in parts.items())
    try:
        config = told(tmp_path, text)
    except ConfigError as error:
        assert error.where == str(tmp_path / "config.toml")
        assert error.problem
    else:
        assert set(parts) <= {*SECTIONS, "source"}
        assert isinstance(config, Config)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_config_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    try:
        load({"HOME": "/nowhere", "FINDER_DB": "/x.db"}, tmp_path)
    except ConfigError as error:
        assert error.where == str(tmp_path / "config.toml")
