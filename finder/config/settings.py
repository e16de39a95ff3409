"""What can be set, with its defaults: one frozen dataclass a table of config.toml. The loader rejects any other key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from finder.config.checks import (
    a_contact,
    a_duration,
    a_hiding_place,
    a_label,
    a_mailbox,
    a_variable,
    a_zone,
    one_line,
    one_of,
    or_empty,
    or_zero,
    within,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Bytes = within(1024, 1024**3)
Seconds = within(0.1, 86_400)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]"""

    path: Annotated[str, or_empty(one_line)] = ""
    """Empty: finder.db in the XDG data folder. Relative: to the folder of the file that says so."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """[fetch]: politeness and bounds. Times in seconds, sizes in bytes."""

    contact: Annotated[str, a_contact] = "https://github.com/ml-finder/ml-finder"
    """Stands in the User-Agent, so that a host can reach whoever runs this."""
    hosts: Annotated[int, within(1, 256)] = 16
    """Hosts asked at the same time."""
    connections: Annotated[int, within(1, 2)] = 1
    """Connections to one host (1 or 2)."""
    pace: Annotated[float, within(0, 3600)] = 1.0
    """From one request to the next at the same host; a robots.txt Crawl-delay stands if it is longer."""
    timeout: Annotated[float, Seconds] = 30.0
    """For one request in all, its body included."""
    source_timeout: Annotated[float, Seconds] = 300.0
    """For one source in all."""
    max_bytes: Annotated[int, Bytes] = 32 * 1024 * 1024
    """Decoded size of one answer: the largest real list has 11.1 MB (2026-07)."""
    retries: Annotated[int, within(0, 10)] = 2
    """After what is transient: connection lost, 429, 5xx."""
    allow_private: bool = False
    """Whether addresses such as 127.0.0.1 or 10.x may be asked."""


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """[profile]: who the ranking is for and what that person would like."""

    name: Annotated[str, a_label] = "me"
    locations: tuple[Annotated[str, one_line], ...] = ()
    remote: bool = True
    terms: tuple[Annotated[str, one_line], ...] = ()


@dataclass(frozen=True, slots=True)
class MailSettings:
    """[mail]: where the digest goes. The password is named, never written here."""

    to: Annotated[str, or_empty(a_mailbox)] = ""
    sender: Annotated[str, or_empty(a_mailbox)] = ""
    host: Annotated[str, or_empty(one_line)] = ""
    port: Annotated[int, within(1, 65_535)] = 587
    security: Annotated[str, one_of("starttls", "tls", "none")] = "starttls"
    """starttls or tls, both verified; none only for a server on this machine."""
    username: Annotated[str, or_empty(one_line)] = ""
    password_env: Annotated[str, or_empty(a_variable)] = ""
    password_file: Annotated[str, or_empty(a_hiding_place)] = ""
    password_keyring: Annotated[str, or_empty(a_hiding_place)] = ""


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """[digest]: when the weekly mail is due, and how much it holds."""

    day: Annotated[str, one_of(*DAYS)] = "monday"
    hour: Annotated[int, within(0, 23)] = 8
    zone: Annotated[str, or_empty(a_zone)] = ""
    """An IANA name such as Europe/Berlin; empty: the machine's own."""
    internships: Annotated[int, within(0, 100)] = 10
    projects: Annotated[int, within(0, 100)] = 3


@dataclass(frozen=True, slots=True)
class SourcesSettings:
    """[sources]: about all [[source]] tables together."""

    defaults: bool = True
    """Whether the shipped sources are there at all."""


@dataclass(frozen=True, slots=True)
class DiscoverySettings:
    """[discovery]: employers' boards that become sources by themselves, learnt from the links of the others."""

    enabled: bool = True
    budget: Annotated[int, within(0, 500)] = 20
    """Boards asked a refresh to find out whether they are there."""
    max_boards: Annotated[int, within(0, 10_000)] = 300
    """Boards followed at most."""
    every: Annotated[str, a_duration] = "24h"
    """How often a board that is followed is due."""


@dataclass(frozen=True, slots=True)
class VerifySettings:
    """[verify]: openings' own pages, asked whether they are still there."""

    budget: Annotated[int, within(0, 500)] = 20
    """Pages asked a refresh, within a minute in all; 0: none, nor issues of projects."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One [[source]]: a name, its adapter, and that adapter's options."""

    name: Annotated[str, a_label]
    adapter: Annotated[str, a_label]
    enabled: bool = True
    every: Annotated[str, a_duration] = "12h"
    """How often it is due."""
    max_bytes: Annotated[int, or_zero(Bytes)] = 0
    """0: the adapter's own or [fetch] max_bytes."""
    token_env: Annotated[str, or_empty(a_variable)] = ""
    """Environment variable with a token for this source's own host; sent nowhere else."""
    token_file: Annotated[str, or_empty(a_hiding_place)] = ""
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
    collection: SourcesSettings = field(default_factory=SourcesSettings)
    """[sources]"""
    discovery: DiscoverySettings = field(default_factory=DiscoverySettings)
    verify: VerifySettings = field(default_factory=VerifySettings)
    sources: tuple[SourceSettings, ...] = ()
    db: Path = Path("finder.db")
    """Where the store is, all layers considered."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key path → the layer that set it; what is not here is the default of the code."""
