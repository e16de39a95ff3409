"""One file per source family. HOME is checked at start-up (finder/home.py)."""

from __future__ import annotations

import importlib
import pkgutil

from finder.model import Adapter

HOME = "ml-finder"


def load() -> dict[str, Adapter]:
    """Every adapter of this folder by its kind. Raises ValueError if two files claim one kind."""
    adapters: dict[str, Adapter] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        adapter: Adapter = importlib.import_module(f"scrapers.{module.name}").ADAPTER
        if adapters.setdefault(adapter.kind, adapter) is not adapter:
            raise ValueError(f"two adapters call themselves {adapter.kind!r}")
    return adapters
