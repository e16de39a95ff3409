"""Every setting as the TOML that would set it, each with the place that did."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from finder.render.words import safe

NOT_SET = "default"
"""Origin of what no file, variable or flag sets."""


def as_toml(rows: Sequence[tuple[str, Any, str]], shipped: str) -> str:
    """`rows`: (key path, value, origin), first where the store is. What nobody set is a comment; of a source only what
    is set is told."""
    (_, store, origin), *settings = rows
    blocks = [f"# The store is {store} ({origin}).\n# What has no origin beside it is as shipped in {shipped}"]
    for table, members in groupby(settings, key=lambda row: row[0].rpartition(".")[0]):
        of_source = table.startswith("source ")
        lines = [_line(key.rpartition(".")[2], value, origin, shipped) for key, value, origin in members
                 if not (of_source and origin == NOT_SET)]  # fmt: skip
        blocks.append("\n".join(["[[source]]" if of_source else f"[{table}]", *lines]))
    return "\n\n".join(blocks)


def _line(key: str, value: Any, origin: str, shipped: str) -> str:
    told = f"{_key(key)} = {toml(value)}"
    if origin == NOT_SET:
        return f"# {told}"
    return told if origin == shipped else f"{told}  # {safe(origin)}"


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else toml(name)


def toml(value: Any) -> str:
    """A value as TOML on one line: JSON's strings, numbers and truth values are TOML's as well."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(safe(value) if isinstance(value, str) else value, ensure_ascii=False)
    return str(value)
