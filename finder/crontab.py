"""One marked block in the person's crontab: put there, found again, taken away; nothing else is touched.

Cron runs a line with almost no environment and from another folder, so the line carries all that finder was told: its
own full path, the store, the configuration, and the proxy and certificates as they were at installation.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from finder.errors import ConfigError

BEGIN, END = "# finder: begin", "# finder: end"
JOINED = f"{BEGIN} (no line end before)"
ALONE = f"{BEGIN} (no crontab before)"
"""First lines of the block that remember how it was before: no end of the last line, or no crontab at all."""

PROXIES = tuple(
    spelt for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY") for spelt in (name, name.lower())
)
CARRIED = (*PROXIES, "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CONFIG_HOME", "FINDER_CONTACT")
"""Variables that a run needs as they are now and cron does not know."""

SECONDS = 30
"""For the crontab command: it only copies a file."""


# ------------------------------------------------------------------------------------------------ the line
def line(program: Path, folder: Path, told: Mapping[str, str]) -> str:
    """The crontab line: `program run` in `folder` with the variables `told`, hourly.

    The minute is this installation's own, so that not all installations ask at once. Raises ConfigError for what cannot
    stand in one line.
    """
    words = [f"{name}={shlex.quote(value)}" for name, value in sorted(told.items())]
    command = " ".join(["cd", shlex.quote(str(folder)), "&&", *words, shlex.quote(str(program)), "run", "--quiet"])
    if not command.isprintable():
        raise ConfigError("crontab", "", f"a path or variable holds a character that no crontab takes: {command!r}")
    minute = int(hashlib.sha256(command.encode()).hexdigest(), 16) % 60
    return f"{minute} * * * * {_escaped(command)}"


def _escaped(command: str) -> str:
    r"""Cron ends a command at `%`, unless a backslash stands before it, which it then drops.

    It reads `\\%` as an escaped backslash and an end, so a backslash of our own before a `%` is parted from it by '':
    it stands inside single quotes, which those interrupt.
    """
    return command.replace("\\%", "\\''%").replace("%", "\\%")


def carried(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to carry. A proxy with a password in it is none of them: see `withheld`."""
    return {name: environ[name] for name in CARRIED if environ.get(name) and name not in withheld(environ)}


def withheld(environ: Mapping[str, str]) -> list[str]:
    """Variables that hold a password: every user of the machine can see the command of a running cron job."""
    return [name for name in PROXIES if "@" in urlsplit(environ.get(name, "")).netloc]


def program(argv: str) -> Path:
    """The `finder` script, by its full path: the one that was called (`argv`, the first word of the command), else that
    of the environment that runs now. `python -m` would find another project's packages. Raises ConfigError."""
    called, beside = Path(argv).absolute(), Path(sys.executable).absolute().with_name("finder")
    for path in (called, beside):
        if path.name == "finder" and path.is_file():
            return path
    raise ConfigError("installation", "", f"the command is not where it should be: there is no {beside}")


# ------------------------------------------------------------------------------------------------ the block
def with_block(crontab: str | None, entry: str) -> str:
    """`crontab` with our block in it once: where it was, else at the end. Raises ConfigError as `without_block`."""
    if crontab is None:
        return f"{ALONE}\n{entry}\n{END}\n"
    lines = crontab.split("\n")
    if found := _block(lines):
        return "\n".join([*lines[: found[0] + 1], entry, *lines[found[1] :]])
    joined = crontab != "" and not crontab.endswith("\n")
    return f"{crontab}\n{JOINED}\n{entry}\n{END}\n" if joined else f"{crontab}{BEGIN}\n{entry}\n{END}\n"


def without_block(crontab: str | None) -> str | None:
    """`crontab` as it was before our block; None where there was none. Raises ConfigError where half of the block is
    gone: what belongs to it can then not be told."""
    lines = (crontab or "").split("\n")
    found = _block(lines)
    if not found:
        return crontab
    begin, end = found
    before, after = lines[:begin], lines[end + 1 :]
    if any(after):  # somebody wrote on below us: their lines stay lines
        return "\n".join([*before, *after])
    if lines[begin] == ALONE and not before:
        return None
    return "\n".join(before if lines[begin] == JOINED else [*before, *(after or [""])])


def _block(lines: list[str]) -> tuple[int, int] | None:
    """Where the first and the last line of our block are. Only whole lines count: others may write about us."""
    begins = [place for place, text in enumerate(lines) if text in (BEGIN, JOINED, ALONE)]
    if not begins:
        return None
    ends = [place for place, text in enumerate(lines) if text == END and place > begins[0]]
    if len(begins) > 1 or not ends:
        problem = "stands there more than once" if len(begins) > 1 else f"has lost its last line, {END!r}"
        raise ConfigError("crontab", BEGIN, f"our block {problem}; mend it with `crontab -e`")
    return begins[0], ends[0]


def installed(crontab: str | None) -> str:
    """The line of our block, '' if there is none. Raises ConfigError as `without_block`."""
    lines = (crontab or "").split("\n")
    found = _block(lines)
    return "\n".join(lines[found[0] + 1 : found[1]]) if found else ""


# ------------------------------------------------------------------------------------------------ the command
def read(environ: Mapping[str, str]) -> str | None:
    """The person's crontab, byte for byte (what is not UTF-8 as surrogates); None if there is none.

    Raises ConfigError if cron is not there or does not let us.
    """
    told = _crontab(environ, "-l")
    if told.returncode == 0:
        return told.stdout.decode("utf-8", "surrogateescape")
    said = told.stderr.decode("utf-8", "replace").strip()
    if "no crontab" in said.lower() or "no such file" in said.lower():
        return None
    raise ConfigError("crontab", "-l", said or f"ended with {told.returncode}")


def write(environ: Mapping[str, str], crontab: str | None) -> None:
    """Put `crontab` in place of the person's; None takes it away. Raises ConfigError."""
    if crontab is None:
        told = _crontab(environ, "-r")
    else:
        told = _crontab(environ, "-", crontab.encode("utf-8", "surrogateescape"))
    if told.returncode:
        said = told.stderr.decode("utf-8", "replace").strip()
        raise ConfigError("crontab", "", said or f"ended with {told.returncode}")


def _crontab(environ: Mapping[str, str], flag: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    tool = shutil.which("crontab", path=environ.get("PATH"))
    if tool is None:
        raise ConfigError("crontab", "", "not on this machine: install cron, or keep `finder serve` running")
    try:
        return subprocess.run(  # noqa: S603 - fixed words
            [tool, flag], input=text, capture_output=True, check=False, timeout=SECONDS, env={**environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError("crontab", "", f"could not be run: {error}") from error
