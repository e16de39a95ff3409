"""`db` and `scrapers` are common names: make sure that the ones Python finds are ours, before they are used.

Comparing paths would not do: a stranger's wheel overwrites the folder in place, so each of our packages has a mark.
"""

from __future__ import annotations

import importlib

from finder.errors import ConfigError

HOME = "ml-finder"


def check() -> None:
    """Raise ConfigError if another distribution's `db` or `scrapers` stands in front of ours."""
    for name in ("db", "scrapers"):
        package = importlib.import_module(name)
        if getattr(package, "HOME", None) != HOME:
            found = list(getattr(package, "__path__", []))
            raise ConfigError("installation", name, f"another package of this name is in the way: {found}")
