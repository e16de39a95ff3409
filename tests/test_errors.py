"""The errors that are raised on purpose, and how any other is told."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import db
import finder
from finder import errors
from finder.errors import ConfigError, EmptyAnswer, FetchError, FinderError, StoreError, cause


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("x"), "KeyError: 'x'"),
        (ValueError("no\nsuch\t line  here"), "ValueError: no such line here"),
        (TimeoutError(), "TimeoutError"),
        (ValueError("  \n"), "ValueError"),
        (FinderError(), "FinderError"),
        (StoreError("cannot be\nwritten"), "cannot be written"),
        (ConfigError("finder.toml", "fetch.pace", "must be a number"), "finder.toml: fetch.pace: must be a number"),
        (FetchError("https://a.example/", "503 Service Unavailable"), "503 Service Unavailable (https://a.example/)"),
        (EmptyAnswer("https://a.example/", "the answer is empty"), "the answer is empty (https://a.example/)"),
        (ExceptionGroup("several", [KeyError("x")]), "ExceptionGroup: several (1 sub-exception)"),
    ],
)
def test_a_cause_is_one_line_that_says_what_it_is(error, told):
    assert cause(error) == told


def subclasses(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


def test_the_tree_shows_every_error_under_its_parent():
    for package in (finder, db):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if not module.ispkg and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    above: list[str] = []
    drawn = {}
    for line in (errors.__doc__ or "").splitlines():
        if row := re.match(r"([│├└─ ]*)([A-Z][A-Za-z]+) ", line):
            depth = len(row[1]) // 4
            above[depth:] = [row[2]]
            drawn[row[2]] = above[depth - 1] if depth else "Exception"
    drawn.pop("Every")
    ours = {kind for kind in subclasses(FinderError) if kind.__module__.startswith(("finder", "db"))}
    assert drawn == {kind.__name__: kind.__base__.__name__ for kind in ours}
