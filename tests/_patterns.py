"""Every compiled pattern among the globals of a module, and inputs on which a careless one would never end."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

SIZE = 100_000
"""Characters of an input."""
LIMIT = 0.05
"""Seconds of the processor for one pattern on one input."""


def patterns_of(module: ModuleType) -> dict[str, re.Pattern[str]]:
    """Name → pattern, also from tuples, lists, sets and mappings among the globals."""
    found: dict[str, re.Pattern[str]] = {}
    for name, value in vars(module).items():
        if not name.startswith("__"):
            found |= {f"{name}{path}": pattern for path, pattern in _within(value)}
    return found


def _within(value: object, path: str = "", depth: int = 3) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield path, value
    elif depth and isinstance(value, Mapping):
        for key, part in value.items():
            yield from _within(part, f"{path}[{key!r}]", depth - 1)
    elif depth and isinstance(value, (tuple, list, frozenset, set)):
        for place, part in enumerate(value):
            yield from _within(part, f"{path}[{place}]", depth - 1)


GENERAL = ("a", " ", "a ", "A ", "1", "- ", ", ", ". ", "(", "/", "\n", "no ", "x\n")


def hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """Runs of what the pattern begins with, of what it wants whole, and of what it wants but for its end."""
    for piece in GENERAL:
        yield _run(piece)
    chance = random.Random(1)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else 0)
    for _ in range(4):
        whole = "".join(_sample(tree, chance))[:400] or "a"
        for piece in (whole, whole[:-1], whole.split(" ")[0] + " "):
            if piece:
                yield _run(piece)


def _run(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def _sample(tree: Iterable[tuple[Any, Any]], chance: random.Random) -> Iterator[str]:
    """A string that the pattern matches, but for what looks around."""
    for kind, value in tree:
        yield from _KINDS.get(kind, lambda value, chance: iter(()))(value, chance)


def _literal(value: Any, chance: random.Random) -> Iterator[str]:
    yield chr(value)


def _one_of(value: Any, chance: random.Random) -> Iterator[str]:
    if value[0][0] is code.NEGATE:
        yield chance.choice("az ")
        return
    kind, which = chance.choice(value)
    if kind is code.LITERAL:
        yield chr(which)
    elif kind is code.RANGE:
        yield chr(chance.randint(*which))
    else:
        yield {code.CATEGORY_SPACE: " ", code.CATEGORY_DIGIT: "7", code.CATEGORY_NOT_WORD: "("}.get(which, "w")


def _repeat(value: Any, chance: random.Random) -> Iterator[str]:
    least, most, tree = value
    for _ in range(min(most, least + chance.choice((0, 1, 3, 40)))):
        yield from _sample(tree, chance)


def _branch(value: Any, chance: random.Random) -> Iterator[str]:
    yield from _sample(chance.choice(value[1]), chance)


_KINDS = {
    code.LITERAL: _literal,
    code.NOT_LITERAL: lambda value, chance: iter("z"),
    code.ANY: lambda value, chance: iter("z"),
    code.IN: _one_of,
    code.MAX_REPEAT: _repeat,
    code.MIN_REPEAT: _repeat,
    code.BRANCH: _branch,
    code.SUBPATTERN: lambda value, chance: _sample(value[3], chance),
}


def slowest(pattern: re.Pattern[str]) -> tuple[float, str]:
    """Seconds that the worst input takes, and how that input begins.

    An input is given up where a part of it is too slow already, and tried again in case the machine was busy.
    """
    worst = (0.0, "")
    for text in hostile(pattern):
        taken = _timed(pattern, text)
        if taken > LIMIT:
            taken = min(taken, _timed(pattern, text), _timed(pattern, text))
        worst = max(worst, (taken, text[:60]))
    return worst


def _timed(pattern: re.Pattern[str], text: str) -> float:
    taken = 0.0
    for size in (300, 1_000, 3_000, 7_000, 15_000, 30_000, len(text)):
        began = time.process_time()
        for _ in pattern.finditer(text[:size]):
            pass
        taken = time.process_time() - began
        if taken > LIMIT:
            break
    return taken
