"""A scripted origin on loopback that speaks HTTP/1.1 byte by byte, so that it can do it badly."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path, also of a request to a proxy."""
        return "/" + self.target.split("/", 3)[3] if self.target.startswith("http") else self.target

    @property
    def text(self) -> str:
        return f"{self.method} {self.target} {self.headers} {self.body!r}"


Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Talk
Script = Callable[[Asked], Reply]


@dataclass
class Origin:
    """What stands at `url`, and what it was asked."""

    url: str
    port: int
    asked: list[Asked] = field(default_factory=list)
    live: int = 0
    most_live: int = 0
    connections: int = 0

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @property
    def pages(self) -> list[str]:
        return [path for path in self.paths if path != "/robots.txt"]


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A well-formed answer; header names with _ for -."""
    lines = [f"HTTP/1.1 {status} whatever", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def to(location: str, status: int = 302) -> bytes:
    """A redirect; the target as it is."""
    head = f"HTTP/1.1 {status} moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
    return head.encode("utf-8", "surrogateescape")


def gzipped(body: bytes, **headers: str) -> bytes:
    return reply(200, gzip.compress(body), content_encoding="gzip", **headers)


def closing(body: bytes, *headers: str) -> Talk:
    """An answer without a length, ended by closing the connection."""
    head = "\r\n".join(["HTTP/1.1 200 OK", "connection: close", *headers]).encode() + b"\r\n\r\n"

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(head + body)
        await writer.drain()
        writer.close()

    return talk


def broken(data: bytes) -> Talk:
    """Exactly these bytes, then the connection is closed."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return talk


def silent(data: bytes = b"", *, drip: bytes = b"", every: float = 0.01) -> Talk:
    """These bytes, then nothing, or one byte of `drip` at a time."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        for byte in drip:
            await writer.drain()
            await asyncio.sleep(every)
            writer.write(bytes([byte]))
        await asyncio.Event().wait()

    return talk


def bomb(size: int) -> Talk:
    """A gzip body that unpacks to `size` MiB of zeros; about a thousandth of it travels."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n")
        block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
        again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
        writer.write(block)
        for _ in range(size - 1):
            writer.write(again)
            await writer.drain()
        writer.close()

    return talk


@asynccontextmanager
async def serving(
    script: Script, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Origin]:
    """Serve the script until the block ends. A reply of bytes keeps the connection; a talk ends it."""
    origin = Origin("", 0)
    talks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        origin.connections += 1
        try:
            await _converse(origin, script, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has gone, or the test has ended
        finally:
            writer.close()

    server = await asyncio.start_server(connected, host, 0, ssl=tls)
    origin.port = server.sockets[0].getsockname()[1]
    origin.url = f"{'https' if tls else 'http'}://{host}:{origin.port}"
    try:
        yield origin
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await server.wait_closed()


async def _converse(origin: Origin, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while head := await reader.readuntil(b"\r\n\r\n"):
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        method, target, _ = first.split(" ")
        asked = Asked(method, target, headers, body)
        origin.asked.append(asked)
        origin.live += 1
        origin.most_live = max(origin.most_live, origin.live)
        try:
            await asyncio.sleep(0)  # lets others in, so that requests at the same time are seen
            answer = script(asked)
            if not isinstance(answer, bytes):
                await answer(writer)
                return
            writer.write(answer)
            await writer.drain()
        finally:
            origin.live -= 1


def pages(robots: Reply | None = None, **paths: Reply) -> Script:
    """A script by path: `pages(a=reply(...))` answers /a. robots.txt is 404 unless given; so is all else."""

    def script(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return reply(404) if robots is None else robots
        return paths.get(asked.path[1:].partition("?")[0], reply(404))

    return script
