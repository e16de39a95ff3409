"""Columns as every table of `schema` has them: short names for the types that every database has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Integer, Text


def text(name: str, *constraints: Any, null: bool = False) -> Column[Any]:
    """Words, times and JSON."""
    return Column(name, Text, *constraints, nullable=null)


def texts(*names: str) -> list[Column[Any]]:
    """Several of them."""
    return [text(name) for name in names]


def number(name: str, *constraints: Any) -> Column[Any]:
    """A whole number that is always there."""
    return Column(name, Integer, *constraints, nullable=False)


def flag(name: str, null: bool = False) -> Column[Any]:
    """True or false; or, if `null`, not told."""
    return Column(name, Boolean, nullable=null)


def key() -> Column[Any]:
    """The number that a row is known by."""
    return Column("no", Integer, primary_key=True)
