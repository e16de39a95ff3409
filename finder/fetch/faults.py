"""What can go wrong on the way to an answer, in our words. Foreign exceptions are named here and nowhere else."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Iterator

import httpx

from finder.errors import FetchError, NoHost

FOREIGN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError, AssertionError, zlib.error)
"""What httpx and the layers under it raise for a bad network, a hostile answer or an unusable address. `InvalidURL`,
`UnicodeError` (IDNA; a ValueError) and `AssertionError` (odd codecs) are not httpx.HTTPErrors."""


class Failure(Exception):
    """An exchange that brought no usable answer. `transient`: asking once more may help. `error`: what it ends in."""

    def __init__(self, problem: str, *, transient: bool = False, error: type[FetchError] = FetchError) -> None:
        super().__init__(problem)
        self.problem, self.transient, self.error = problem, transient, error


def translate(error: Exception) -> Failure:
    """One of FOREIGN as a Failure. A host that does not exist or is not trusted will not change within a run."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failure(f"certificate not trusted: {plain(cause.verify_message)}")
        if isinstance(cause, ssl.SSLError):
            return Failure(f"no TLS connection: {plain(_reason(cause))}")
        if isinstance(cause, socket.gaierror):
            return _not_found(cause)
    if isinstance(error, httpx.TransportError):
        return _of_transport(error, causes)
    return Failure(f"not a usable address or answer: {type(error).__name__}")


def _not_found(error: socket.gaierror) -> Failure:
    """The resolver itself may be out of reach: then the name may exist."""
    passing = error.errno == socket.EAI_AGAIN
    return Failure("host name not found", transient=passing, error=FetchError if passing else NoHost)


def plain(text: str) -> str:
    """Foreign words, short and without control characters."""
    return "".join(char if char.isprintable() else " " for char in text[:200]).strip()


def _reason(error: ssl.SSLError) -> str:
    reason = getattr(error, "reason", None) or "failed"  # absent where Python raised it itself
    return str(reason).lower().replace("_", " ")


def _of_transport(error: httpx.TransportError, causes: tuple[BaseException, ...]) -> Failure:
    if isinstance(error, httpx.ConnectError):
        refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
        return Failure("connection refused" if refused else "no connection", transient=True)
    if isinstance(error, httpx.ProxyError):
        return Failure(f"the proxy answered {plain(str(error))}", error=_of_proxy(str(error)))
    if isinstance(error, httpx.RemoteProtocolError):
        return _of_protocol(str(error))
    if isinstance(error, httpx.NetworkError):
        return Failure("connection lost", transient=True)
    return Failure(f"not sent: {plain(str(error))}")


def _of_proxy(line: str) -> type[FetchError]:
    """502 and 503 are what proxies answer for a host that they do not find."""
    return NoHost if line.startswith(("502", "503")) else FetchError


def _of_protocol(text: str) -> Failure:
    if "disconnected without sending" in text:
        return Failure("connection closed without an answer", transient=True)
    if "closed connection" in text:
        return Failure("the answer was cut short", transient=True)
    return Failure(f"not an HTTP answer: {plain(text)}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        first = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else None
        error = first or error.__cause__ or error.__context__
