"""One answer's body, taken in piece by piece and inflated within bounds.

httpx inflates a whole network chunk at once: 64 KiB of it may become 64 MiB, and 809 bytes of brotli a gigabyte. So
only gzip is asked for, the bytes are taken raw, and every step of inflating is bounded.
"""

from __future__ import annotations

import zlib

from finder.fetch.faults import Failure

STEP = 64 * 1024
"""Most bytes inflated in one step."""

MEMBERS = 64
"""Most gzip members of one body (RFC 1952 §2.2): servers send one; each costs a new inflater."""

_GZIP = 16 + zlib.MAX_WBITS


class Body:
    """Collects up to `cap` bytes, received or inflated. `cut`: keep the first `cap` bytes instead of refusing more."""

    def __init__(self, encodings: list[str], cap: int, *, cut: bool = False) -> None:
        named = [name.lower() for name in encodings if name.lower() not in ("", "identity")]
        if named not in ([], ["gzip"], ["x-gzip"]):
            raise Failure(f"encoded as {_shown(named)}, which was not asked for")
        self._gzip = zlib.decompressobj(_GZIP) if named else None
        self._cap, self._cut = cap, cut
        self._data = bytearray()
        self._received = self._members = 0

    @property
    def full(self) -> bool:
        """Whether the cap is reached, and by `cut` nothing more is wanted."""
        return self._cut and len(self._data) >= self._cap

    def feed(self, raw: bytes) -> None:
        """Take in bytes as they came. Raises Failure for too many, or for what is not gzip."""
        self._received += len(raw)
        if self._gzip is None:
            self._keep(raw)
        elif self._received > self._cap and not self._cut:
            self._refuse()
        else:
            self._inflate(raw, self._gzip)

    def finish(self) -> bytes:
        """All of it. Raises Failure if the gzip stream did not reach its end: a truncated one is no error to zlib."""
        if self._gzip is not None and not self._gzip.eof and not self.full:
            raise Failure("the gzip answer was cut short")
        return bytes(self._data)

    def drop(self) -> None:
        """Let go of the bytes, even while a traceback still holds this object."""
        self._data = bytearray()

    def _inflate(self, raw: bytes, gzip: zlib._Decompress) -> None:
        while raw and not self.full:
            if gzip.eof:
                gzip = self._gzip = self._next_member()
            try:
                self._keep(gzip.decompress(raw, STEP))
            except zlib.error:
                raise Failure("the answer says gzip and is not, or is damaged") from None
            raw = gzip.unused_data if gzip.eof else gzip.unconsumed_tail

    def _next_member(self) -> zlib._Decompress:
        self._members += 1
        if self._members == MEMBERS:
            raise Failure(f"more than {MEMBERS} gzip members")
        return zlib.decompressobj(_GZIP)

    def _keep(self, data: bytes) -> None:
        room = self._cap - len(self._data)
        if len(data) > room and not self._cut:
            self._refuse()
        self._data += data[:room]

    def _refuse(self) -> None:
        raise Failure(f"answer is larger than {size(self._cap)}")


def size(count: int) -> str:
    """Bytes as people write them: 32 MiB, 500 KiB, 1 byte."""
    for unit, name in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if count >= unit and count % unit == 0:
            return f"{count // unit} {name}"
    return f"{count} byte{'s' * (count != 1)}"


def _shown(named: list[str]) -> str:
    known = [name for name in named[:3] if name.isascii() and name.replace("-", "").isalnum() and len(name) <= 20]
    return " over ".join(known) + ("…" if len(named) > 3 else "") if known else "something unknown"
