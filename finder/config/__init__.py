"""What finder was told, what time it is, and where its secrets are. The only reader of environment and config files."""

from __future__ import annotations

from finder.config.checks import duration
from finder.config.clock import clock, now
from finder.config.describe import describe
from finder.config.load import environment, load
from finder.config.paths import default_store, files, shipped_config, user_config
from finder.config.secrets import Secret, secret
from finder.config.settings import (
    Config,
    DigestSettings,
    DiscoverySettings,
    FetchSettings,
    MailSettings,
    ProfileSettings,
    SourceSettings,
    SourcesSettings,
    StoreSettings,
    VerifySettings,
)
from finder.config.typed import bind_options, build

__all__ = [
    "Config",
    "DigestSettings",
    "DiscoverySettings",
    "FetchSettings",
    "MailSettings",
    "ProfileSettings",
    "Secret",
    "SourceSettings",
    "SourcesSettings",
    "StoreSettings",
    "VerifySettings",
    "bind_options",
    "build",
    "clock",
    "default_store",
    "describe",
    "duration",
    "environment",
    "files",
    "load",
    "now",
    "secret",
    "shipped_config",
    "user_config",
]
