"""From what a person types to an expression of the full-text index, and from a text to what must be indexed beside it.

The index splits text at everything but letters, digits, + and # (so that C++, C# and F# are words). No operator of the
index is offered: every word is quoted, so AND, NEAR, *, ^ and : are text like any other and no input is an error.
"""

from __future__ import annotations

import re

MAX_WORDS = 32
"""Words of a query that count. The index nests one expression in the other and gives up far above this."""
MAX_LENGTH = 4096
"""Characters of a query that are looked at."""

_SPLIT = re.compile(r"[\s/&,;|\0]+")
"""What stands between words of a query. At other marks (machine-learning, node.js) the parts must follow each other."""
_WORD = re.compile(r"[\w+#]+")
_OWN_WORD = re.compile(r"\w+(?:\+\+|#)")
_PART = re.compile(r"\w+(?:\+\+)?")


def expression(text: str) -> str:
    """An expression that finds what has all words of `text`; '' if there is no word in it."""
    whole = text[:MAX_LENGTH].encode("utf-8", "replace").decode("utf-8")
    words = [word for word in _SPLIT.split(whole) if any(c.isalnum() for c in word)]
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in words[:MAX_WORDS])


def searchable(text: str) -> str:
    """The parts of words such as 'Python+SQL' or '#robotics', which the index would only find as they stand."""
    if "+" not in text and "#" not in text:
        return ""
    joined = [word for word in _WORD.findall(text) if ("+" in word or "#" in word) and not _OWN_WORD.fullmatch(word)]
    return " ".join(dict.fromkeys(part for word in joined for part in _PART.findall(word)))
