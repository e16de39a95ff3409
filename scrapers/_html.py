"""The only door to the HTML parser, and HTML as plain text."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser

from finder.errors import ParseError
from scrapers._tags import danger, tokens

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    )
)
_ITEM = "\n- "
_LONG_REFERENCE = re.compile(r"&#[0-9]{10,}+;?")


def tree(url: str, text: str) -> LexborHTMLParser:
    """Parse a document. Raises ParseError for one that would stop the parser (see scrapers/_tags.py)."""
    if reason := danger(text):
        raise ParseError(url, f"refused before parsing: {reason}")
    return LexborHTMLParser(text.encode("utf-8", "replace").decode("utf-8"))


def plain(markup: str) -> str:
    """HTML as text to read: a line a block, '- ' before list items, entities decoded, script and style dropped."""
    pieces: list[str] = []
    for token in tokens(markup):
        if not token.name:
            pieces.append(unescape(token.raw).replace("\n", " "))
        elif token.name == "li":
            _drop_empty_item(pieces)
            pieces.append("\n" if token.closing else _ITEM)
        elif token.name in _BLOCKS:
            pieces.append("\n")
        elif token.name in ("td", "th"):
            pieces.append(" ")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "".join(f"\n{line}" for line in lines if line).replace("\n-\n", "\n- ")[1:]


def _drop_empty_item(pieces: list[str]) -> None:
    while pieces and not pieces[-1].strip():
        pieces.pop()
    if pieces and pieces[-1] == _ITEM:
        pieces.pop()
    pieces.append("\n")


def unescape(text: str) -> str:
    """Character references decoded; one with more digits than any character has becomes U+FFFD."""
    return html.unescape(_LONG_REFERENCE.sub("�", text))
