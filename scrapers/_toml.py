"""Documents in TOML."""

from __future__ import annotations

import tomllib
from typing import Any

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched


def document(doc: Fetched) -> dict[str, Any]:
    """The body as TOML. Raises ParseError for anything else, EmptyAnswer for an empty document."""
    if not doc.text.strip():
        raise EmptyAnswer(doc.request.url, "the answer is empty")
    try:
        return tomllib.loads(doc.text)
    except (ValueError, RecursionError) as error:
        raise ParseError(doc.request.url, f"not TOML: {error}"[:200]) from error
