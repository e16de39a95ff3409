"""HTML cut into tags and text in linear time, and a look at the tags for what would stop the HTML parser.

Lexbor takes quadratic time in the depth of a document, in the attributes of one tag and in the options of a list (100
kB of nested <div>: 5 s), copies open formatting into every later block, and nothing in the process can stop it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 512
"""Where browsers stop nesting too."""
MAX_ATTRIBUTES = 256
MAX_OPTIONS = 4096
MAX_FORMATTING = 2048
"""Formatting elements left open: the parser looks through all of them at each further one."""
MAX_REOPENED = 100_000
"""Copies of formatting elements left open, which the standard has the parser make again in every later block."""

_WS = "\\t\\n\\f\\r "
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^{_WS}>"'][^{_WS}>]*+)"""
_ATTRIBUTE = rf"[{_WS}/]*+[^{_WS}/>][^{_WS}/>=]*+(?:[{_WS}]*+=[{_WS}]*+(?:{_VALUE})?+)?+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][^{_WS}/>]*+)((?:{_ATTRIBUTE})*+)[{_WS}/]*+>?+")
"""A tag as the HTML standard reads it (13.2.5): a quote matters only where a value begins. Possessive, hence linear."""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}(?=[{_WS}/>])", re.IGNORECASE) for name in ("script", "style")}

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_CELLS = frozenset(("td", "th", "p"))
_ENDED_BY = {
    "li": frozenset(("li", "p")),
    "p": frozenset(("p",)),
    "dd": frozenset(("dd", "dt", "p")),
    "dt": frozenset(("dd", "dt", "p")),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS | {"tr"},
    "tbody": _CELLS | {"tr", "thead", "tbody"},
    "tfoot": _CELLS | {"tr", "thead", "tbody"},
    "option": frozenset(("option",)),
}
"""What an opening tag ends without a closing tag, if it stands innermost."""
_OPTIONAL_END = frozenset().union(*_ENDED_BY.values())
_LOOK_UP = 32
"""How far out a closing tag looks for its own; what stays open by this only counts as deeper than it is."""


@dataclass(frozen=True, slots=True)
class Token:
    """Either text, or a tag by its name in lower case with what stands between name and end."""

    name: str = ""
    closing: bool = False
    raw: str = ""


def tokens(text: str, skip_raw: bool = True) -> Iterator[Token]:
    """Cut a document. Comments are left out; so is the content of script and style, unless `skip_raw` is false."""
    at = 0
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield Token(raw=text[at:start])
        tag = _TAG.match(text, start)
        if tag:
            name, closing, at = tag[2].lower(), bool(tag[1]), tag.end()
            yield Token(name, closing, tag[3])
            if skip_raw and not closing and name in _RAW_END:
                at = _end_of_raw(text, name, at)
        elif text.startswith(("<!", "<?", "</"), start):
            at = _end_of_comment(text, start)
        else:
            at = start + 1
            yield Token(raw="<")
    if at < len(text):
        yield Token(raw=text[at:])


def _end_of_raw(text: str, name: str, at: int) -> int:
    end = _RAW_END[name].search(text, at)
    return end.start() if end else len(text)


def _end_of_comment(text: str, start: int) -> int:
    if not text.startswith("<!--", start):
        end = text.find(">", start)
        return end + 1 if end >= 0 else len(text)
    if text.startswith((">", "->"), start + 4):
        return text.index(">", start) + 1
    found = _COMMENT_END.search(text, start + 4)
    return found.end() if found else len(text)


def danger(text: str) -> str:
    """Why the HTML parser must not see this document; '' if it may. Errs on the side of refusing."""
    seen = _Seen()
    foreign = "<svg" in text.lower() or "<math" in text.lower()
    for token in tokens(text, skip_raw=not foreign):
        if token.name and (reason := _look(seen, token)):
            return reason
    return ""


@dataclass(slots=True)
class _Seen:
    stack: list[str] = field(default_factory=list)
    formatting: dict[str, list[bool]] = field(default_factory=dict)
    """Open formatting elements by name, innermost last: True for those with attributes. Of those without any, the
    parser keeps three alike."""
    open: int = 0
    marked: int = 0
    """How many of the open ones there are in all, and with attributes."""
    reopened: int = 0
    options: int = 0


def _look(seen: _Seen, token: Token) -> str:
    if len(token.raw) > 2 * MAX_ATTRIBUTES and len(_ONE_ATTRIBUTE.findall(token.raw)) > MAX_ATTRIBUTES:
        return f"a <{token.name[:20]}> tag with more than {MAX_ATTRIBUTES} attributes"
    if token.name in _FORMATTING:
        _format(seen, token)
    elif token.closing:
        _close(seen.stack, token.name)
    elif token.name not in _VOID:
        _open(seen, token.name)
    return _over(seen)


def _format(seen: _Seen, token: Token) -> None:
    if token.name == "a":  # ends the one before it
        return
    same = seen.formatting.setdefault(token.name, [])
    if not token.closing:
        same.append(bool(token.raw))
        seen.open += 1
        seen.marked += same[-1]
    elif same:
        seen.open -= 1
        seen.marked -= same.pop()


def _open(seen: _Seen, name: str) -> None:
    ended = _ENDED_BY.get(name, frozenset())
    while seen.stack and seen.stack[-1] in ended:
        seen.stack.pop()
    seen.stack.append(name)
    seen.options += name == "option"
    seen.reopened += seen.marked


def _close(stack: list[str], name: str) -> None:
    for up in range(1, min(len(stack), _LOOK_UP) + 1):
        if stack[-up] == name:
            del stack[-up:]
            return
        if stack[-up] not in _OPTIONAL_END:
            return


def _over(seen: _Seen) -> str:
    if len(seen.stack) > MAX_DEPTH:
        return f"tags nested more than {MAX_DEPTH} deep"
    if seen.options > MAX_OPTIONS:
        return f"more than {MAX_OPTIONS} options"
    if seen.reopened > MAX_REOPENED or seen.open > MAX_FORMATTING:
        return "formatting tags left open"
    return ""
