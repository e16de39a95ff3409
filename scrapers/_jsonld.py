"""JSON-LD as careers pages really hold it: what a parser must forgive, in bounded time.

Seen in the wild: raw line breaks in strings, a whole block with its quotes as entities, CDATA and comment wrappers,
unknown escapes, a comma missing or too many, words after the value, PascalCase names, @graph, lists at the root.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from scrapers._html import unescape

Node = dict[str, Any]
"""An object with its names in lower case and without a prefix: `schema:Title` is `title`."""

LONGEST = 2_000_000
"""Characters of one block."""
REPAIRS = 50
"""Places mended in one block; each costs reading it again."""
NODES = 50_000
"""Values looked at in one block."""

_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
_OPENING = re.compile(r"(?:\s|<!--|<!\[CDATA\[|/\*|\*/|//)+")
_ENCODED = re.compile(r"[\[{\s]*&(?:quot|#0*34|#x0*22|lbrace|lbrack|#0*123|#0*91);", re.IGNORECASE)
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')


def read(block: str) -> Any:
    """The first value of a block; what follows it is ignored. Raises ValueError in words where it cannot be mended."""
    if len(block) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    opening = _OPENING.match(block)
    text = block[opening.end() :] if opening else block
    if not text:
        raise ValueError("an empty block")
    if _ENCODED.match(text):
        text = unescape(text)
    for _ in range(REPAIRS):
        try:
            return _DECODER.raw_decode(text)[0]
        except json.JSONDecodeError as error:
            text = _mended(text, error)
        except RecursionError:
            raise ValueError("nested too deeply") from None
    raise ValueError(f"more than {REPAIRS} faults")


def _mended(text: str, error: json.JSONDecodeError) -> str:
    at = error.pos
    before, following = text[:at].rstrip(), text[at : at + 1]
    if error.msg.startswith("Invalid \\") and (escaped := _ESCAPE.sub(_escape, text)) != text:
        return escaped
    if following in ("}", "]") and before.endswith(","):
        return before[:-1] + text[at:]
    if following == "," and text[at + 1 :].lstrip()[:1] in ("}", "]"):
        return before + text[at + 1 :]
    if following in ('"', "{") and error.msg.startswith("Expecting ','"):
        return f"{before},{text[at:]}"
    raise error


def _escape(match: re.Match[str]) -> str:
    return match[0] if match[1] else "\\\\"


def nodes(value: Any, kind: str) -> Iterator[Node]:
    """Every object of a type (in lower case) within `value`, outermost first; what lies inside one is its own."""
    stack = [value]
    for _ in range(NODES):
        if not stack:
            return
        here = stack.pop()
        if isinstance(here, dict):
            node = named(here)
            if kind in types(node):
                yield node
            else:
                stack.extend(reversed(here.values()))
        elif isinstance(here, list):
            stack.extend(reversed(here))


def named(value: dict[str, Any]) -> Node:
    """An object with its names as a Node has them; of two names alike in that form the first that says something."""
    node: Node = {}
    for name, held in value.items():
        short = re.split(r"[:/#]", name)[-1].lower()
        if node.get(short) in (None, "", [], {}):
            node[short] = held
    return node


def types(node: Node) -> frozenset[str]:
    """The names of its types, in lower case and without a prefix."""
    told = node.get("@type", node.get("type"))
    names = told if isinstance(told, list) else [told]
    return frozenset(re.split(r"[:/#]", name)[-1].lower() for name in names if isinstance(name, str))
