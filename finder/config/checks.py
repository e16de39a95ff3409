"""What a value must be beyond its type. A check gives the problem in words that follow a key, or '' when all is well.

Checks stand in the annotations of the settings, `Annotated[int, within(1, 65535)]`; `finder.config.typed` runs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

Check = Callable[[Any], str]

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST = timedelta(days=3660)
"""Ten years: longer is a slip of the finger, and the sum of a date and it must stay a date."""

_DURATION = re.compile(r"([0-9]{1,9})([smhdw])", re.ASCII)
_SECRET = re.compile(
    r"(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|token|credentials?|authorization|cookie|api[_-]?key|"
    r"(?:access|private|client|app)[_-]?key)(?:$|[_.-])"
)
REFERENCE = ("_env", "_file", "_keyring")
"""How keys end that name where a secret is. What stands there is never echoed: it might be the secret after all."""
_URL = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&;]([^=&;#]+)=")


def duration(text: str) -> timedelta:
    """A whole number and a unit: '90s', '30m', '12h', '7d', '2w'. Raises ValueError for all else, and for 0."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"must be a number and one of s, m, h, d, w, such as '12h', not {shown(text)}")
    number = int(match[1])
    if not 0 < number <= LONGEST / timedelta(**{UNITS[match[2]]: 1}):
        raise ValueError(f"must be more than nothing and at most ten years, not {shown(text)}")
    return timedelta(**{UNITS[match[2]]: number})


def a_duration(text: str) -> str:
    try:
        duration(text)
    except ValueError as error:
        return str(error)
    return ""


def within(low: float, high: float) -> Check:
    """From `low` to `high`, both allowed; NaN never is."""
    return lambda value: "" if low <= value <= high else f"must be between {low} and {high}, not {shown(value)}"


def one_of(*words: str) -> Check:
    def check(word: str) -> str:
        return "" if word in words else f"must be one of {', '.join(words)}, not {shown(word)}{meant(word, words)}"

    return check


def or_zero(check: Check) -> Check:
    """0 stands for 'not set'; anything else is checked."""
    return lambda value: "" if value == 0 else check(value)


def or_empty(check: Check) -> Check:
    """The empty text stands for 'not set'; anything else is checked."""
    return lambda text: "" if text == "" else check(text)


def a_label(text: str) -> str:
    """A name that can stand in a table, a file name and a command line without quotes."""
    if re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text):
        return ""
    return f"must be made of a-z, 0-9, '.', '_' and '-' (at most 64, a letter or digit first), not {shown(text)}"


def one_line(text: str) -> str:
    """Text that stands in one line, as a header of a request or a mail does."""
    if text.strip() and text.isprintable():
        return ""
    return f"must be one line of printable text, not {shown(text)}"


def a_contact(text: str) -> str:
    """It goes into the User-Agent (RFC 9110 §10.1.5), whose comment the parentheses end."""
    if text.isascii() and not set(text) & set("()\\") and not one_line(text):
        return ""
    return f"must be an address in plain ASCII without brackets or backslash, not {shown(text)}"


def a_mailbox(text: str) -> str:
    """'me@example.org' or 'My Name <me@example.org>'; the server has the last word on it."""
    if text.isprintable() and re.fullmatch(r"[^@<>,]*<[^@\s<>,]+@[^@\s<>,]+>|[^@\s<>,]+@[^@\s<>,]+", text.strip()):
        return ""
    return f"must be one mail address, not {shown(text)}"


def a_variable(text: str) -> str:
    """The name of an environment variable. Who writes the secret itself here must not read it in the message."""
    if re.fullmatch(r"[A-Z_][A-Z0-9_]*", text):
        return ""
    return (
        "must be the name of an environment variable in capitals, such as FINDER_SMTP_PASSWORD, never the secret itself"
    )


def a_hiding_place(text: str) -> str:
    """The name of a file or keyring entry that holds a secret; likewise not echoed."""
    if one_line(text):
        return "must be the name of what holds the secret, in one line, never the secret itself"
    return ""


def a_zone(text: str) -> str:
    """A time zone of the IANA database."""
    from zoneinfo import ZoneInfo  # 8 ms, and most leave the zone to the machine

    try:
        ZoneInfo(text)
    except (ValueError, LookupError, OSError):
        return f"must be a time zone such as 'Europe/Berlin', not {shown(text)}"
    return ""


def secret_key(name: str) -> bool:
    """Whether a key of this name would hold a secret; one that names where the secret is (`password_env`) does not."""
    return bool(_SECRET.search(name.lower())) and not name.lower().endswith(REFERENCE)


def a_clean_address(text: str) -> str:
    """Refuse an address that is not http(s), or carries a user name, a password or a key. Other text passes."""
    match = _URL.match(text)
    if match is None:
        return ""
    if match[1].lower() not in ("http", "https"):
        return f"must be an http or https address, not {match[1]}"
    if "@" in match[2]:
        return "holds a user name or password; secrets are never written in an address"
    for name in _PARAMETER.findall(text):
        if secret_key(name):
            return f"holds a secret ('{name}='); secrets are never written in an address"
    return ""


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that `word` was probably meant to be, or ''."""
    from difflib import get_close_matches  # 8 ms, and only for a mistake

    return next(iter(get_close_matches(word.lower(), sorted(known), 1)), "")


def meant(word: str, known: Collection[str]) -> str:
    """'; did you mean 'board'?' or ''."""
    near = nearest(word, known)
    return f"; did you mean '{near}'?" if near else ""


def shown(value: Any) -> str:
    """A value as a message names it: short, in one line, in the words of someone who writes TOML."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 2**63:
            return "a number of more than 64 bits"
        case int():
            return f"the whole number {value}"
        case float():
            return f"the number {value}"
        case str():
            return f"the text {value!r}" if len(value) <= 60 else f"the text {value[:57] + '…'!r}"
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"
