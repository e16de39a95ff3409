"""Whatever comes, an adapter ends in a Page or a ParseError: fixed junk, and saved pages broken at random.

`--mutations N` breaks N pages an adapter that are new in each run; without it a fixed set is tried.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MUTATIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_adapters import ADAPTERS, CASES, load_case

from finder.errors import ParseError
from finder.model import Adapter, Fetched, Found, Page

KINDS = sorted(ADAPTERS)
DEPTHS = (100, 400, 800, 900, 930, 960, 970, 980, 985, 990, 995, 1000, 5000, 100_000)
JUNK = {
    "nothing": b"",
    "spaces": b" \r\n\t ",
    "html": b"<html>",
    "html page": b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>403</h1></body></html>",
    "empty object": b"{}",
    "empty list": b"[]",
    "null": b"null",
    "true": b"true",
    "number": b"0",
    "text": b'"text"',
    "list of null": b"[null]",
    "list of lists": b"[[[]]]",
    "list of objects": b"[{}, {}]",
    "list of numbers": b"[1, 2.5, -0, 1e999]",
    "jobs is null": b'{"jobs": null}',
    "jobs is text": b'{"jobs": "none"}',
    "jobs hold null": b'{"jobs": [null], "items": [null], "data": [null]}',
    "items is a number": b'{"items": 7, "total_count": "many", "incomplete_results": 1}',
    "an error": b'{"status": 404, "error": "not found", "message": null, "ok": false}',
    "half": b'{"jobs": [{"id": 1, "title": "Data In',
    "nan": b'[{"id": NaN, "title": Infinity}]',
    "long number": b'[{"id": ' + b"7" * 5000 + b"}]",
    "huge number": b'{"jobs": [{"id": 1e400, "title": 18446744073709551616}]}',
    "lone surrogates": rb'[{"id": "\ud800", "title": "\udfff\ud83d", "url": "https://\udead.example"}]',
    "nul": b'[{"id": "\\u0000", "title": "a\\u0000b"}]\x00\x00',
    "repeated names": b'{"jobs": [], "jobs": {"jobs": []}, "id": 1, "id": 2}',
    "byte-order mark": b"\xef\xbb\xbf[]",
    "utf-16": '[{"id": 1}]'.encode("utf-16"),
    "latin-1": "Lignes : é à ü".encode("latin-1"),
    "gzip": gzip.compress(b"[]", mtime=0),
    "gzip, cut": gzip.compress(b"[1, 2, 3]" * 100, mtime=0)[:40],
    "every byte": bytes(range(256)),
    "a table of nothing": b"|\n|-|\n|\n",
    "tables in tables": b"<table>" * 2000,
    "deep tags": b"<div>" * 20_000,
    "many attributes": b"<table " + b"a=1 " * 20_000 + b">",
    "deep objects": b'{"a":' * 100_000,
    "toml": b"[a]\nb = 1979-05-27T07:32:00Z\n[[a.c]]\nd = nan\n",
    "toml, broken": b"[[repositories]]\nname = \nname = 1\n",
    **{f"{depth} deep": b"[" * depth + b"]" * depth for depth in DEPTHS},
    **{f"a record {depth} deep": b'[{"id": ' + b"[" * depth + b"]" * depth + b"}]" for depth in DEPTHS},
    **{f"jobs {depth} deep": b'{"jobs": [' + b'{"id": ' * depth + b"1" + b"}" * depth + b"]}" for depth in DEPTHS},
}


def questions(kind: str) -> list[tuple[Fetched, Any]]:
    """One saved answer for each sort of question that the adapter asks, and its options."""
    loaded = [load_case(folder) for folder in CASES if folder.parent.name == kind]
    return list({(doc.request.context, type(options)): (doc, options) for doc, options in loaded}.values())


def parsed(adapter: Adapter, doc: Fetched, options: Any, body: bytes) -> Page | None:
    """The page, or None for a ParseError; anything else is a failure of the test."""
    try:
        page = adapter.parse(dataclasses.replace(doc, body=body), options)
    except ParseError as error:
        assert error.problem
        return None
    assert isinstance(page, Page)
    for found in page.found:
        check(found)
    return page


def check(found: Found) -> None:
    """Every field has the type that the next stage relies on."""
    assert found.kind in ("internship", "job", "project", "course", "dataset")
    assert found.key
    assert found.title.strip()
    for field in dataclasses.fields(found):
        value = getattr(found, field.name)
        if field.name in ("locations", "terms", "degrees", "skills"):
            assert isinstance(value, tuple), field.name
            assert all(isinstance(item, str) for item in value), field.name
        elif field.name == "extra":
            json.dumps(value, allow_nan=False)
        elif field.name == "remote":
            assert value in (True, False, None)
        else:
            assert isinstance(value, bool if field.name == "hidden" else str), field.name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_ends_in_a_page_or_a_parse_error(kind: str, junk: bytes) -> None:
    for doc, options in questions(kind):
        page = parsed(ADAPTERS[kind], doc, options, junk)
        assert page is None or not page.found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", [b"", b"   ", b"<html>", b"{}", b"null", b"true", b"7"])
def test_what_is_no_document_is_never_an_empty_page(kind: str, body: bytes) -> None:
    for doc, options in questions(kind):
        assert parsed(ADAPTERS[kind], doc, options, body) is None


# --------------------------------------------------------------------------------------------- saved pages, broken
VALUES = (
    None,
    True,
    False,
    0,
    -1,
    2**63,
    1.5,
    1e300,
    "",
    " ",
    "x",
    "\ud800",
    "\x00",
    [],
    {},
    [None],
    {"a": None},
    ["x"],
)
SCRAPS = (
    b"|",
    b"||",
    b"\n",
    b"\n\n",
    b"<table>",
    b"</td>",
    b"<details><summary>",
    b"](",
    b"[",
    b"<!--",
    b"```\n",
    b"\\",
)
SCRAPS += (
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    "↳".encode(),
    "🔒".encode(),
    b"https://[",
    b"<a href='",
    b"= [[",
    b'"',
    b"{",
)


def paths(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON document: the container and the key or index in it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from paths(value[key])


@st.composite
def broken_json(draw: st.DrawFn, body: bytes) -> bytes:
    """A document in which a few values were dropped, replaced, wrapped, repeated or moved."""
    document = {"": json.loads(body)}
    for _ in range(draw(st.integers(1, 3))):
        places = list(paths(document))
        container, key = places[draw(st.integers(0, len(places) - 1))]
        change = draw(st.sampled_from(("drop", "replace", "wrap", "name", "repeat", "move")))
        if change == "drop":
            del container[key]
        elif change == "wrap":
            container[key] = draw(st.sampled_from(({"a": container[key]}, [container[key]])))
        elif change == "repeat" and isinstance(container, list):
            container.insert(0, container[key])
        elif change == "move" and isinstance(container[key], str):
            container[key] = container[key][::-1]
        elif change == "name" and isinstance(container, dict):
            container[f"{key}_2"] = container.pop(key)
        else:
            container[key] = draw(st.sampled_from(VALUES))
        document = json.loads(json.dumps(document))
        if not document:
            return b""
    return json.dumps(next(iter(document.values()))).encode()


@st.composite
def broken_bytes(draw: st.DrawFn, body: bytes) -> bytes:
    """A document that was cut, or in which bytes or lines were changed, lost, repeated or put in."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 80)))
        middle = draw(st.sampled_from((b"", body[start:end] * 2, *SCRAPS)) | st.binary(max_size=4))
        cut = draw(st.integers(0, 9)) == 0
        body = body[:start] if cut else body[:start] + middle + body[end:]
    return body


def broken(folder: Path) -> st.SearchStrategy[bytes]:
    """The body of a saved page, broken; JSON mostly in its structure."""
    body = (folder / "body").read_bytes()
    try:
        json.loads(body)
    except ValueError:
        return broken_bytes(body)
    return st.one_of(broken_json(body), broken_json(body), broken_bytes(body))


@pytest.mark.parametrize("kind", KINDS)
def test_broken_pages_end_in_a_page_or_a_parse_error(kind: str, request: pytest.FixtureRequest) -> None:
    folders = [folder for folder in CASES if folder.parent.name == kind]
    example = st.sampled_from(folders).flatmap(lambda folder: st.tuples(st.just(folder), broken(folder)))

    @settings(
        max_examples=request.config.getoption("--mutations") or MUTATIONS, suppress_health_check=list(HealthCheck)
    )
    @given(example)
    def attempt(drawn: tuple[Path, bytes]) -> None:
        doc, options = load_case(drawn[0])
        parsed(ADAPTERS[kind], doc, options, drawn[1])

    attempt()


def test_breaking_really_breaks() -> None:
    @settings(max_examples=50)
    @given(broken_json(b'{"jobs": [{"id": 1}]}'), broken_bytes(b"| a | b |\n|---|---|\n| c | d |\n"))
    def attempt(structure: bytes, text: bytes) -> None:
        seen.add(structure)
        seen.add(text)

    seen: set[bytes] = set()
    attempt()
    assert len(seen) > 40
