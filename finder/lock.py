"""One refresh at a time on one store: a lock that the kernel frees when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finder.errors import Busy, StoreError


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the lock file beside `store`. Raises Busy at once if another process holds it."""
    path = store.with_name(store.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; choose another place with FINDER_DB or --db") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise Busy(f"another refresh of {store} is running; nothing was done") from error
    try:
        yield
    finally:
        os.close(handle)
