"""One marked block in the person's crontab: put there, found again, taken away; nothing else is touched.

Cron runs a line with almost no environment and from another folder, so the line carries all that finder was told: its own
full path, the store, the configuration, and the proxy and certificates as they were at installation.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from finder.errors import ConfigError

BEGIN, END = "# finder: begin", "# finder: end"
JOINED = " (no line end before)"
"""Stands on the first line of the block where the crontab did not end with a line end, so that removal can restore it."""

CARRIED = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "FINDER_CONTACT")


def line(config: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """The crontab line: hourly, at a minute of this installation's own (so that not all installations ask at once).

    `config` are FINDER_ variables that stand for flags and files; a `%` would end the command, so it is escaped.
    """
    told = {**config, **{name: environ[name] for name in CARRIED if environ.get(name)}}
    words = [f"{name}={shlex.quote(value)}" for name, value in sorted(told.items())]
    command = " ".join([*words, shlex.quote(str(program())), "run", "--quiet"])
    minute = int(hashlib.sha256(command.encode()).hexdigest(), 16) % 60
    return f"{minute} * * * * {command}".replace("%", r"\%")


def program() -> Path:
    """The `finder` script of the environment that runs now: `python -m` would find another project's packages."""
    return Path(sys.executable).absolute().with_name("finder")


def with_block(crontab: str, entry: str) -> str:
    """`crontab` with our block as the last thing in it, once."""
    rest = without_block(crontab)
    joined = bool(rest) and not rest.endswith("\n")
    return f"{rest}{chr(10) if joined else ''}{BEGIN}{JOINED if joined else ''}\n{entry}\n{END}\n"


def without_block(crontab: str) -> str:
    """`crontab` as it was before our block. Raises ConfigError where only half of the block is there."""
    before, begin, rest = crontab.partition(BEGIN)
    if not begin:
        return crontab
    if f"\n{END}" not in rest:
        raise ConfigError("crontab", BEGIN, f"the line {END!r} is gone; mend it with `crontab -e`")
    head, _, after = rest.partition(f"\n{END}")
    if head.startswith(JOINED):
        before = before.removesuffix("\n")
    return before + after.removeprefix("\n")


def installed(crontab: str) -> str:
    """The line of our block, '' if there is none."""
    _, begin, rest = crontab.partition(BEGIN)
    return rest.partition("\n")[2].partition("\n")[0] if begin else ""


def read() -> str:
    """The person's crontab; '' if there is none. Raises ConfigError if cron is not there."""
    told = _crontab("-l")
    if told.returncode == 0:
        return told.stdout
    if "no crontab" in told.stderr.lower():
        return ""
    raise ConfigError("crontab", "-l", told.stderr.strip() or f"ended with {told.returncode}")


def write(crontab: str) -> None:
    """Put `crontab` in place of the person's; none at all where it is empty."""
    told = _crontab("-", crontab) if crontab else _crontab("-r")
    if told.returncode:
        raise ConfigError("crontab", "", told.stderr.strip() or f"ended with {told.returncode}")


def _crontab(flag: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("crontab")
    if tool is None:
        raise ConfigError(
            "crontab", "", "there is no crontab on this machine; install cron, or keep `finder serve` running"
        )
    return subprocess.run([tool, flag], input=text, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
