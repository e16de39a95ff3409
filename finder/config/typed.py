"""From a TOML table to a frozen dataclass, by its annotations. A key that does not fit is a ConfigError with its path.

Understood are str, int, float, bool, Any, Literal, unions, tuple[X, ...], tuple[X, Y], Mapping[str, X], dataclasses,
and Annotated[X, check, …] with checks of `finder.config.checks`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from finder.config.checks import REFERENCE, meant, shown
from finder.config.settings import SourceSettings
from finder.errors import ConfigError

T = TypeVar("T")

COMMON = tuple(f.name for f in fields(SourceSettings) if f.name not in ("options", "origin"))
"""The keys that every [[source]] has; the others are its adapter's."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a value stands: a file (or variable, or flag) and the path of its key."""

    where: str
    path: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key path → where, for a table put together from several files."""

    def key(self, name: str) -> At:
        path = f"{self.path}.{name}" if self.path else name
        return At(self.origins.get(path, self.where), path, self.origins)

    def item(self, index: int) -> At:
        """People count from 1."""
        return At(self.where, f"{self.path}[{index + 1}]", self.origins)

    def error(self, problem: str) -> ConfigError:
        return ConfigError(self.where, self.path, problem)


def build(cls: type[T], table: Mapping[str, Any], where: str, path: str = "") -> T:
    """`cls` made of `table`, which stands at `path` of `where`. Raises ConfigError for the first misfit."""
    return _build(cls, table, At(where, path))


def bind_options(
    cls: type[T], table: Mapping[str, Any], where: str, key_path: str, origins: Mapping[str, str] | None = None
) -> T:
    """The options of one [[source]] as its adapter's `cls`.

    `origins` (of Config) names the right file for each key where several files had a hand in the source.
    """
    return _build(cls, table, At(where, key_path, origins or {}), COMMON)


def read(cls: type[Any], table: Any, at: At, also: Collection[str] = ()) -> dict[str, Any]:
    """The keys of `table`, typed as the fields of `cls` are; none is required. `also` are keys only suggested."""
    if not isinstance(table, Mapping):
        raise at.error(f"must be a table, not {shown(table)}")
    hints = _hints(cast(Any, cls))
    values = {}
    for name, value in table.items():
        if name not in hints:
            raise unknown(at.key(name), name, [*hints, *also])
        values[name] = convert(value, hints[name], at.key(name))
    return values


def unknown(at: At, name: str, known: Collection[str]) -> ConfigError:
    """The error for a name that nobody knows, with the nearest known one, else all of them."""
    return at.error("unknown" + (meant(name, known) or f"; known here: {', '.join(known) or 'nothing'}"))


def convert(value: Any, hint: Any, at: At) -> Any:
    """`value` as `hint` wants it. Raises ConfigError at `at`."""
    if hint is Any:
        return value
    if hint in _SCALARS:
        return _scalar(value, hint, at)
    if isinstance(hint, type) and is_dataclass(hint):
        return _build(hint, value, at)
    origin = get_origin(hint)
    for kinds, reader in _READERS:
        if origin in kinds:
            return reader(value, hint, at)
    raise TypeError(f"{at.path}: a setting cannot be a {hint}")


def _build(cls: type[T], table: Any, at: At, also: Collection[str] = ()) -> T:
    values = read(cls, table, at, also)
    for f in fields(cast(Any, cls)):
        if f.name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise at.key(f.name).error("missing")
    return cls(**values)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


_SCALARS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _scalar(value: Any, kind: type, at: At) -> Any:
    if kind is float and type(value) is int and abs(value) < 2**63:
        return float(value)
    if type(value) is kind and not (isinstance(value, int) and abs(value) >= 2**63):
        return value
    given = "what stands there" if at.path.endswith(REFERENCE) else shown(value)
    raise at.error(f"must be {_SCALARS[kind]}, not {given}")


def _annotated(value: Any, hint: Any, at: At) -> Any:
    kind, *checks = get_args(hint)
    value = convert(value, kind, at)
    for check in checks:
        if problem := check(value):
            raise at.error(problem)
    return value


def _literal(value: Any, hint: Any, at: At) -> Any:
    words = get_args(hint)
    if any(value == word and type(value) is type(word) for word in words):
        return value
    near = meant(value, [str(word) for word in words]) if isinstance(value, str) else ""
    raise at.error(f"must be one of {', '.join(map(str, words))}, not {shown(value)}{near}")


def _union(value: Any, hint: Any, at: At) -> Any:
    """TOML has no null, so None only means that the key may be left out."""
    problems = []
    for kind in get_args(hint):
        if kind is not type(None):
            try:
                return convert(value, kind, at)
            except ConfigError as error:
                problems.append(error)
    raise problems[0] if len(problems) == 1 else at.error(" or ".join(dict.fromkeys(e.problem for e in problems)))


def _tuple(value: Any, hint: Any, at: At) -> tuple[Any, ...]:
    kinds = get_args(hint)
    if not isinstance(value, list):
        raise at.error(f"must be a list, not {shown(value)}")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise at.error(f"must be a list of {len(kinds)}, not of {len(value)}")
    return tuple(convert(item, kind, at.item(i)) for i, (item, kind) in enumerate(zip(value, kinds, strict=True)))


def _mapping(value: Any, hint: Any, at: At) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise at.error(f"must be a table, not {shown(value)}")
    kind = get_args(hint)[1]
    return {name: convert(item, kind, at.key(name)) for name, item in value.items()}


_READERS: tuple[tuple[tuple[Any, ...], Callable[[Any, Any, At], Any]], ...] = (
    ((Annotated,), _annotated),
    ((tuple,), _tuple),
    ((Mapping, dict), _mapping),
    ((Literal,), _literal),
    ((Union, types.UnionType), _union),
)
