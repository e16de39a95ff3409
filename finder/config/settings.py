"""What can be set, with its defaults: one frozen dataclass a table of config.toml. The loader rejects every other key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]"""

    path: str = ""
    """Empty: finder.db in the XDG data folder."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """[fetch]: politeness and bounds. Times in seconds, sizes in bytes."""

    contact: str = "https://github.com/ml-finder/ml-finder"
    """Stands in the User-Agent, so that a host can reach whoever runs this."""
    hosts: int = 16
    """Hosts asked at the same time."""
    connections: int = 1
    """Connections to one host (1 or 2)."""
    pace: float = 1.0
    """From one request to the next at the same host; a robots.txt Crawl-delay stands if it is longer."""
    timeout: float = 30.0
    """For one request in all, its body included."""
    source_timeout: float = 300.0
    """For one source in all."""
    max_bytes: int = 32 * 1024 * 1024
    """Decoded size of one answer: the largest real list has 11.1 MB (2026-07)."""
    retries: int = 2
    """After what is transient: connection lost, 429, 5xx."""
    allow_private: bool = False
    """Whether addresses such as 127.0.0.1 or 10.x may be asked."""


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """[profile]: who the ranking is for and what that person would like."""

    name: str = "me"
    locations: tuple[str, ...] = ()
    remote: bool = True
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailSettings:
    """[mail]: where the digest goes. The password is named, never written here."""

    to: str = ""
    sender: str = ""
    host: str = ""
    port: int = 587
    security: str = "starttls"
    """starttls or tls, both verified; none only for a server on this machine."""
    username: str = ""
    password_env: str = ""
    password_file: str = ""
    password_keyring: str = ""


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """[digest]: when the weekly mail is due, and how much it holds."""

    day: str = "monday"
    hour: int = 8
    zone: str = ""
    """An IANA name such as Europe/Berlin; empty: the machine's own."""
    internships: int = 10
    projects: int = 3


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """[schedule]"""

    refresh_every: str = "6h"


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One [[source]]: a name, its adapter, and that adapter's options."""

    name: str
    adapter: str
    enabled: bool = True
    every: str = "12h"
    """How often it is due."""
    max_bytes: int = 0
    """0: the adapter's own or [fetch] max_bytes."""
    token_env: str = ""
    """Environment variable with a token for this source's own host; sent nowhere else."""
    token_file: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    """The file that names it; for messages."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything finder was told, read once at start-up."""

    store: StoreSettings = field(default_factory=StoreSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    profile: ProfileSettings = field(default_factory=ProfileSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    digest: DigestSettings = field(default_factory=DigestSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    sources: tuple[SourceSettings, ...] = ()
    db: Path = Path("finder.db")
    """Where the store is, all layers considered."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key path → the layer that set it; what is not here is the default of the code."""
