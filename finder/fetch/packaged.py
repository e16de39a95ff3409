"""Addresses of what ships with finder, `package:NAME`: read from the program itself, with no network and no host."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files

from finder.errors import FetchError
from finder.model import PACKAGE, Fetched, Request, Validators

_NAME = re.compile(r"[a-z_]+\.toml", re.ASCII)


def packaged(request: Request, validators: Validators, now: Callable[[], datetime]) -> Fetched:
    """The file `NAME` of finder's data, or 304 where it is as before. Raises FetchError where there is none."""
    name = request.url.removeprefix(PACKAGE)
    file = files("finder") / "data" / name
    if not _NAME.fullmatch(name) or not file.is_file():
        raise FetchError(request.url, "nothing of this name ships with finder")
    body = file.read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    same = validators.etag == etag
    return Fetched(request, 304 if same else 200, b"" if same else body, now(), {"etag": etag})
