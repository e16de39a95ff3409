"""One exchange: a request out, its answer in, within a time and a size. No redirects, no retries, no opinions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import httpx

from finder.fetch import address
from finder.fetch.body import Body
from finder.fetch.faults import FOREIGN, Failure, translate

SMALL = 64 * 1024
"""The body of an answer that is not used is read up to here, so that its connection can be used again."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `cap`: bytes of body taken; `cut`: more is left unread instead of being an error."""

    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cap: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came. The body is empty unless the status is 2xx."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; values byte for byte (as Latin-1), repeated ones joined by a comma."""
    body: bytes

    @property
    def location(self) -> str | None:
        """Where it redirects to; None if it does not."""
        return self.headers.get("location") if self.status in (301, 302, 303, 307, 308) else None

    @property
    def line(self) -> str:
        """The status in words: '404 Not Found'. The host's own words for it are not shown."""
        try:
            words = f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            words = f"{self.status}"
        return words + (": a Cloudflare challenge, for browsers only" if "cf-mitigated" in self.headers else "")


async def set_location_aside(response: httpx.Response) -> None:
    """A hook for the clients: httpx reads the target of any redirect, followed or not, and fails on a bad one."""
    if "location" in response.headers:
        response.extensions["location"] = response.headers.pop("location")


class Wire:
    """Sends messages by the clients it is handed, and counts the answers."""

    def __init__(self, timeout: float, *, allow_private: bool) -> None:
        self._timeout, self._allow_private = timeout, allow_private
        self.reached = 0

    async def exchange(self, client: httpx.AsyncClient, message: Message) -> Answer:
        """Send and receive, all within the timeout. Raises Failure, and nothing else that the network can cause."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(client, message)
        except TimeoutError:
            raise Failure(f"no answer within {self._timeout:g} s") from None
        except FOREIGN as error:
            raise translate(error) from error

    async def _exchange(self, client: httpx.AsyncClient, message: Message) -> Answer:
        request = client.build_request(
            message.method,
            message.url,
            headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in message.headers],
            content=message.body or None,
            extensions={} if self._allow_private else {"trace": _Guard(message.url)},
        )
        response = await client.send(request, stream=True)
        self.reached += 1
        try:
            body = await _body(response, message)
        finally:
            await response.aclose()
        return Answer(response.status_code, _headers(response), body)


async def _body(response: httpx.Response, message: Message) -> bytes:
    if not 200 <= response.status_code < 300:
        await _pass_over(response)
        return b""
    encodings = response.headers.get_list("content-encoding", split_commas=True)
    body = Body(encodings, message.cap, cut=message.cut)
    try:
        async with aclosing(cast(AsyncGenerator[bytes, None], response.aiter_raw())) as pieces:
            async for raw in pieces:
                body.feed(raw)
                if body.full:
                    break
        return body.finish()
    finally:
        body.drop()


async def _pass_over(response: httpx.Response) -> None:
    """Read what is not used, where it is small or (304) nothing; otherwise closing ends the connection."""
    length = response.headers.get("content-length", "")
    if response.status_code == 304 or (
        length.isascii() and length.isdigit() and len(length) <= 5 and int(length) <= SMALL
    ):
        with suppress(httpx.HTTPError):  # the status is all that counts
            async for _ in response.aiter_raw():
                pass


def _headers(response: httpx.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    if "location" in response.extensions:
        headers["location"] = response.extensions["location"]
    return headers


class _Guard:
    """Called by the transport at each step: looks at the address of a new connection before a byte is sent on it.

    A name may resolve to a private address, and to another one a moment later; the connected address cannot lie.
    Behind a proxy it is the proxy that resolves, and what it may reach is the proxy's business: not covered here.
    """

    def __init__(self, url: httpx.URL) -> None:
        self._host = url.raw_host.decode("ascii")
        self._direct = False

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            self._direct = info["host"].strip("[]") == self._host.strip("[]")
        elif event == "connection.connect_tcp.complete" and self._direct:
            stream = info["return_value"]
            peer = stream.get_extra_info("server_addr")[0]
            if address.is_private(peer):
                await stream.aclose()
                raise Failure("the address is private")
