"""Every saved page through its adapter: tests/pages/KIND/CASE/{body,case.json,expected.json}.

case.json: url and options; optionally method, request_body, context, headers and at (ISO 8601).
expected.json: found, skipped, next, details and complete, empty values left out; or error and problem, where the page
must be refused: the error's class and words that its message holds.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import scrapers
from finder.errors import ParseError
from finder.model import Fetched, Page, Request

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/case.json"))
ADAPTERS = scrapers.load()


def name_of(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def options_of(case: dict[str, Any], kind: str) -> Any:
    """The adapter's options as the configuration would build them: lists become tuples."""
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in case["options"].items()}
    return ADAPTERS[kind].options(**given)


def load_case(folder: Path) -> tuple[Fetched, Any]:
    """The answer and the options that a saved page stands for."""
    case = json.loads((folder / "case.json").read_text("utf-8"))
    request = Request(
        case["url"], case.get("method", "GET"), case.get("request_body", "").encode(), context=case.get("context", "")
    )
    at = datetime.fromisoformat(case.get("at", "2026-08-22T12:00:00+00:00")).astimezone(UTC)
    doc = Fetched(request, 200, (folder / "body").read_bytes(), at, case.get("headers", {}))
    return doc, options_of(case, folder.parent.name)


def plainly(value: Any) -> Any:
    """A record as JSON, what equals its default left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        filled = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: plainly(held) for field, held in filled if not _is_default(field, held)}
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name: plainly(held) for name, held in value.items()}
    return [plainly(held) for held in value] if isinstance(value, list | tuple) else value


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    made = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
    return bool(value == made) and type(value) is type(made)


def outcome(folder: Path) -> dict[str, Any]:
    """What the adapter makes of a saved page, in the form of expected.json."""
    doc, options = load_case(folder)
    try:
        page = ADAPTERS[folder.parent.name].parse(doc, options)
    except ParseError as error:
        return {"error": type(error).__name__, "problem": error.problem}
    return {"found": [], **plainly(page)}


@pytest.mark.parametrize("folder", CASES, ids=name_of)
def test_saved_page(folder: Path, request: pytest.FixtureRequest) -> None:
    got, path = outcome(folder), folder / "expected.json"
    if request.config.getoption("--accept"):
        text = json.dumps(got, indent=1, ensure_ascii=False) + "\n"
        path.write_bytes(text.encode("utf-8", "backslashreplace"))  # a lone surrogate as JSON writes it
    expected = json.loads(path.read_text("utf-8"))
    if "problem" in expected:
        assert expected["problem"] in got.get("problem", "no error"), got
        assert got["error"] == expected["error"]
    else:
        assert got == expected


@pytest.mark.parametrize("folder", CASES, ids=name_of)
def test_pages_are_told_alike_each_time_and_each_key_once(folder: Path) -> None:
    first = outcome(folder)
    assert outcome(folder) == first
    keys = [found["key"] for found in first.get("found", [])]
    assert len(set(keys)) == len(keys)
    assert all(keys)


@pytest.mark.parametrize("kind", sorted(ADAPTERS))
def test_every_adapter_has_saved_pages_and_starts_with_its_own_address(kind: str) -> None:
    folders = [folder for folder in CASES if folder.parent.name == kind]
    assert folders, f"no saved page of {kind}"
    for folder in folders:
        requests = ADAPTERS[kind].start(load_case(folder)[1])
        assert requests
        assert all(request.url.startswith(("https://", "package:")) for request in requests)


def test_no_saved_page_is_left_without_its_adapter() -> None:
    assert {folder.parent.name for folder in CASES} <= set(ADAPTERS)
    assert all((folder / "body").is_file() for folder in CASES)


def test_the_form_of_expected_leaves_only_defaults_out() -> None:
    assert plainly(Page(complete=False)) == {"complete": False}
    assert plainly(Page()) == {}
