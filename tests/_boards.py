"""Lever boards on loopback, and lists that tell of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from _line import row

from finder import discovery, doors


def uuid(number: int) -> str:
    return f"0a1b2c3d-0000-4000-8000-{number:012d}"


def lever(board: str, number: int) -> str:
    return f"https://jobs.lever.co/{board}/{uuid(number)}"


def told(board: str, *numbers: int, company: str = "Acme") -> list[dict[str, Any]]:
    """Rows of a list with links to a Lever board."""
    same = {"company_name": company, "title": "Machine Learning Intern"}
    return [row(n, id=f"{board}-{n}", url=lever(board, n), **same) for n in numbers]


def postings(board: str, *numbers: int) -> str:
    """A Lever board that shows these."""
    same = {"createdAt": 1_780_000_000_000}
    shown = [{"id": uuid(n), "text": f"Data Science Intern {n}", "hostedUrl": lever(board, n)} for n in numbers]
    return json.dumps([one | same for one in shown])


def open_here(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """Let every board be held on loopback."""
    door = doors.door

    def here(system: str, board: str, host: str = "") -> doors.Door | None:
        opened = door(system, board, host)
        return opened and replace(opened, options={**opened.options, "base": base})

    monkeypatch.setattr(discovery.doors, "door", here)
