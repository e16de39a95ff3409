"""From a [[source]] table to something that can be visited: its adapter, its typed options, its token.

All tables are bound before the first request, so that every mistake in a configuration is found at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

import scrapers
from finder.config import Config, SourceSettings, bind_options, duration, secret
from finder.config.secrets import Secret
from finder.errors import ConfigError
from finder.model import Adapter


@dataclass(frozen=True, slots=True)
class Bound:
    """A source ready to be visited."""

    source: SourceSettings
    adapter: Adapter
    options: Any
    token: str
    max_bytes: int

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def is_local(self) -> bool:
        """Whether it ships with finder, so that no host is asked."""
        return self.adapter.start(self.options)[0].is_packaged

    @property
    def every(self) -> timedelta:
        return duration(self.source.every)

    @property
    def employer(self) -> bool:
        """Whether it is an employer's own board: by its adapter, unless its options say that this one is not."""
        return self.adapter.employer and bool(getattr(self.options, "employer", True))


def bind(config: Config, environ: Mapping[str, str], only: Collection[str] = ()) -> list[Bound]:
    """Every enabled source, or those named in `only` (enabled or not). Raises ConfigError for the first mistake.

    The options of all sources are read; the tokens, of those alone that are handed out.
    """
    known = {source.name for source in config.sources}
    for name in only:
        if name not in known:
            raise ConfigError("--source", name, "no such source" + _meant(name, known))
    adapters, options = check(config)
    return [
        _bound(source, adapters[source.adapter], options[source.name], config, environ)
        for source in config.sources
        if (source.name in only if only else source.enabled)
    ]


def check(config: Config) -> tuple[dict[str, Adapter], dict[str, Any]]:
    """All adapters, and the options of every source by its name. Raises ConfigError for the first mistake."""
    adapters = scrapers.load()
    return adapters, {source.name: _options(source, adapters, config) for source in config.sources}


def _options(source: SourceSettings, adapters: Mapping[str, Adapter], config: Config) -> Any:
    path = f'source "{source.name}"'
    if source.adapter not in adapters:
        problem = f"no such adapter: {source.adapter!r}" + _meant(source.adapter, adapters)
        raise ConfigError(source.origin, f"{path}.adapter", problem)
    return bind_options(adapters[source.adapter].options, source.options, source.origin, path, config.origins)


def _bound(source: SourceSettings, adapter: Adapter, options: Any, config: Config, environ: Mapping[str, str]) -> Bound:
    token = _token(source, adapter, environ)
    if token and any(field.name == "authenticated" for field in fields(adapter.options)):
        options = replace(options, authenticated=True)
    return Bound(source, adapter, options, token, source.max_bytes or adapter.max_bytes or config.fetch.max_bytes)


def _token(source: SourceSettings, adapter: Adapter, environ: Mapping[str, str]) -> Secret:
    """The source's key; '' where it has none and needs none. Raises ConfigError."""
    token, key = secret(source.token_env, source.token_file, "", environ), f'source "{source.name}".token_env'
    if not token.isascii():
        raise ConfigError(source.origin, key, "what it names is no key: it holds more than ASCII letters and signs")
    if not token and adapter.token_as.ask_at:
        missing = f"the variable {source.token_env} is not set" if source.token_env else "missing"
        why = f"{adapter.kind} answers nobody without a key, to be had at {adapter.token_as.ask_at}"
        how = "name the variable that holds yours here, or the file that does by token_file"
        raise ConfigError(source.origin, key, f"{missing}: {why}" + ("" if source.token_env else f"; {how}"))
    return token


def _meant(word: str, known: Collection[str]) -> str:
    if close := get_close_matches(word, known, 1):
        return f"; did you mean {close[0]!r}?"
    return f"; there are {', '.join(sorted(known)) or 'none'}"
