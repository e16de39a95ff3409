"""XML feeds: the only door to the XML parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, tostring

from finder import errors
from finder.model import Fetched

MAX_DEPTH = 64

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Guarded(TreeBuilder):
    """Refuses a document type, which entities could be defined in, and nesting that no feed needs."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise ValueError(f"refused: a document type, {name}")

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError(f"refused: tags nested more than {MAX_DEPTH} deep")
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def root(doc: Fetched, *names: str) -> Element:
    """The document's root, which must have one of these names. Raises ParseError, EmptyAnswer for no document at all.

    Control characters, which XML forbids and feeds send all the same, are taken for spaces.
    """
    url, text = doc.request.url, _CONTROL.sub(" ", doc.text).strip()
    if not text:
        raise errors.EmptyAnswer(url, "the answer is empty")
    if text[:14].lower().startswith(("<!doctype html", "<html")):
        raise errors.WebPage(url, "looks like an HTML page, not XML")
    parser = XMLParser(target=_Guarded())  # noqa: S314 - see _Guarded
    try:
        parser.feed(text)
        top: Element = parser.close()
    except (ParseError, ValueError) as error:
        raise errors.ParseError(url, f"not XML: {error}"[:200]) from error
    if local(top) not in names:
        raise errors.ParseError(url, f"expected <{names[0]}>, found <{local(top)[:40]}>")
    return top


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a feed, which shows its source where it has to be told why it was skipped."""

    element: Element

    def __repr__(self) -> str:
        return " ".join(tostring(self.element, "unicode").split())


def rows(top: Element, name: str) -> list[Row]:
    """The children of this name."""
    return [Row(element) for element in top.findall(name)]


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def words(element: Element, *path: str) -> str:
    """The text of the first child along `path`, stripped; '' where there is none."""
    for name in path:
        found = element.find(name)
        if found is None:
            return ""
        element = found
    return "".join(element.itertext()).strip()


def needed(element: Element, name: str) -> str:
    """The text of a child that must be there and say something. Raises ValueError."""
    if not (told := words(element, name)):
        raise ValueError(f"{name}: is missing or blank")
    return told
