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
    """Hold the lock file beside `store`, by whatever name that is reached.

    Raises Busy at once if someone holds it already, StoreError where no lock can be had.
    """
    handle = _hold(store)
    try:
        yield
    finally:
        os.close(handle)


def _hold(store: Path) -> int:
    """The descriptor whose closing, by us or by the kernel, frees the lock."""
    real = Path(os.path.realpath(store))
    path = real.with_name(real.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # not inherited: PEP 446
    except OSError as error:
        raise _impossible(path, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise Busy(f"another refresh of {store} is running; nothing was done") from error
        raise _impossible(path, error) from error  # a file system without locks
    return handle


def _impossible(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: {error.strerror}; choose another place with FINDER_DB or --db")
