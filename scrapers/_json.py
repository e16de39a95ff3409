"""Typed access to records read from JSON. A wrong type raises TypeError naming the field: it ends in `Skipped.why`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]


def record(value: Any, what: str = "row") -> Record:
    """`value` as a JSON object. Raises TypeError."""
    if isinstance(value, dict):
        return value
    raise _misfit(what, "an object", value)


def text(row: Record, name: str) -> str:
    """A text that must be there. Raises KeyError where it is missing, TypeError where it is something else."""
    value = row[name]
    if isinstance(value, str):
        return value
    raise _misfit(name, "text", value)


def filled(row: Record, name: str) -> str:
    """A text that must be there and say something. Raises KeyError, TypeError, or ValueError where it is blank."""
    value = text(row, name)
    if not value.strip():
        raise ValueError(f"{name}: is blank")
    return value


def text_or(row: Record, name: str, default: str = "") -> str:
    """A text, or `default` where the field is missing or null. Raises TypeError for anything else."""
    return default if row.get(name) is None else text(row, name)


def texts(row: Record, name: str) -> tuple[str, ...]:
    """A list of texts; () where the field is missing or null. Raises TypeError for anything else."""
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _misfit(name, "a list", value)
    for item in value:
        if not isinstance(item, str):
            raise _misfit(f"{name}[]", "text", item)
    return tuple(value)


def records(row: Record, name: str) -> tuple[Record, ...]:
    """A list of objects; () where the field is missing or null. Raises TypeError for anything else."""
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _misfit(name, "a list", value)
    return tuple(record(item, f"{name}[]") for item in value)


def flag(row: Record, name: str, default: bool) -> bool:
    """True or false, or `default` where the field is missing or null. Raises TypeError for anything else."""
    value = row.get(name)
    if value is None:
        return default
    if isinstance(value, bool):
        return value
    raise _misfit(name, "true or false", value)


def whole(row: Record, name: str) -> int:
    """A whole number that must be there. Raises KeyError, TypeError."""
    value = row[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _misfit(name, "a whole number", value)


def number(row: Record, name: str) -> float:
    """A number that must be there. Raises KeyError, TypeError."""
    value = row[name]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise _misfit(name, "a number", value)


def moment(row: Record, name: str) -> str:
    """A time as the source wrote it, text or epoch number; '' where it is missing or null. Raises TypeError else."""
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value))
    raise _misfit(name, "a time", value)


def _misfit(name: str, wanted: str, value: Any) -> TypeError:
    return TypeError(f"{name}: expected {wanted}, found {type(value).__name__}")
