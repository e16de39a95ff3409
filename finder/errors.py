"""Every error that finder raises on purpose. Each class knows the exit code it ends a command with.

FinderError                                                      1
├── ConfigError      a file, variable or flag is wrong           2
├── AmbiguousId      the beginning of several ids (db.read)      2
├── SourceError      one source failed; the run goes on          3 (4 when every source failed)
│   ├── FetchError   no usable answer
│   │   ├── Refused  robots.txt says no, or could not be asked
│   │   ├── Gone     the host has nothing there
│   │   ├── NoHost   there is no such host
│   │   └── NotYet   a Retry-After or a minimum interval still runs
│   └── ParseError   an answer, but not the page the adapter knows
│       ├── EmptyAnswer  nothing at all where a document was due
│       └── WebPage      a page for people where data was due
├── StoreError       the store could not be used                 5
│   └── StoreMissing  there is none yet (db.files)
├── DeliveryError    the mail was not taken; it is kept          6
│   └── Rejected     never will be (finder.mail)
└── Busy             another refresh is running                 75
"""

from __future__ import annotations

from datetime import datetime

ALL_FAILED = 4
"""The exit code of a refresh of which every source failed: no error of its own."""


class FinderError(Exception):
    """Base of all errors with a message meant for the person who ran the command."""

    exit_code = 1


class ConfigError(FinderError):
    """A setting is wrong. The message names where it stands, the key's path, and what would be right."""

    exit_code = 2

    def __init__(self, where: str, key: str, problem: str) -> None:
        super().__init__(f"{where}: {key}: {problem}" if key else f"{where}: {problem}")
        self.where, self.key, self.problem = where, key, problem


class SourceError(FinderError):
    """One source failed at one address. Never ends a run; is reported by name."""

    exit_code = 3

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{problem} ({url})")
        self.url, self.problem = url, problem


class FetchError(SourceError):
    """No usable answer came. `retry_at` (UTC) is set when the host named a time before which not to ask again."""

    def __init__(self, url: str, problem: str, retry_at: datetime | None = None) -> None:
        super().__init__(url, problem)
        self.retry_at = retry_at


class Refused(FetchError):
    """robots.txt or the host's terms forbid the address, or robots.txt could not be asked (then assume that it forbids:
    RFC 9309 §2.3.1.4)."""


class Gone(FetchError):
    """The host has nothing at this address: 404 or 410."""


class NoHost(FetchError):
    """No host of this name: the name is not found, or a proxy cannot reach it (which may be the proxy's own fault)."""


class NotYet(FetchError):
    """A Retry-After of an earlier answer, or the source's own minimum interval, still runs until `retry_at`."""


class ParseError(SourceError):
    """An answer came, but not the document that the adapter knows; `problem` names the first thing that did not fit."""


class EmptyAnswer(ParseError):
    """Nothing at all (no bytes, `{}`, `null`) where a document was due: held rather than failed if much was known."""


class WebPage(ParseError):
    """A page for people where data was due: a captcha, a login or a notice, which may stand there for an hour."""


class StoreError(FinderError):
    """The store could not be opened, read or written."""

    exit_code = 5


class DeliveryError(FinderError):
    """The digest could not be handed over; it stays in the outbox."""

    exit_code = 6


class Busy(FinderError):
    """Another refresh holds the lock of this store."""

    exit_code = 75


def cause(error: BaseException) -> str:
    """What went wrong in one line: our own message as it is, any other with its type, as `str(KeyError('x'))` is `'x'`.

    Secrets are for the raiser to leave out: the text of a foreign exception is given whole.
    """
    text = " ".join(str(error).split())
    if isinstance(error, FinderError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
