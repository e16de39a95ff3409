"""No regular expression of the reading rules takes more than 50 ms on 100 kB of what suits it worst."""

from __future__ import annotations

import importlib
import re
from types import ModuleType

import pytest
from _patterns import LIMIT, patterns_of, slowest

MODULES = ("cues", "headings", "knowledge", "mentions", "needs", "tags", "text")
PATTERNS = {
    f"{name}.{label}": pattern
    for name in MODULES
    for label, pattern in patterns_of(importlib.import_module(f"finder.classify.{name}")).items()
}


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_linear(name: str) -> None:
    taken, begins = slowest(PATTERNS[name])
    assert taken <= LIMIT, f"{taken * 1e3:.0f} ms on {begins!r} …"


def test_patterns_are_found_wherever_they_stand() -> None:
    module = ModuleType("example")
    module.__dict__.update(plain=re.compile("a"), listed=(re.compile("b"), {"x": re.compile("c")}), other="d")
    assert set(patterns_of(module)) == {"plain", "listed[0]", "listed[1]['x']"}
    assert len(PATTERNS) >= 20


def test_a_careless_pattern_is_caught() -> None:
    assert slowest(re.compile(r"x*y"))[0] > LIMIT
