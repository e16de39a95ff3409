"""What ships with finder is read without any host."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from finder.config.settings import FetchSettings
from finder.errors import FetchError
from finder.fetch import Fetcher, Terms
from finder.fetch.packaged import packaged
from finder.model import Request, Validators

NOON = datetime(2026, 8, 24, 12, 0, tzinfo=UTC)


def read(url: str, etag: str = "") -> Any:
    return packaged(Request(url), Validators(etag), lambda: NOON)


def test_a_file_is_an_answer_with_its_validator() -> None:
    doc = read("package:datasets.toml")
    assert (doc.status, doc.at) == (200, NOON)
    assert "load_iris" in doc.text
    again = read("package:datasets.toml", doc.validators.etag)
    assert (again.status, again.body, again.validators) == (304, b"", doc.validators)
    assert read("package:datasets.toml", '"another"').status == 200


@pytest.mark.parametrize(
    "name",
    ["", "nothing.toml", "../errors.py", "datasets.toml/", "places.tsv", "/etc/passwd", "templates", "DATASETS.TOML"],
)
def test_nothing_else_can_be_read(name: str) -> None:
    with pytest.raises(FetchError, match="ships with finder"):
        read(f"package:{name}")


def test_only_such_addresses_are_of_the_package() -> None:
    assert Request("package:x").is_packaged
    assert not Request("https://package:443/x").is_packaged


def test_no_host_is_asked() -> None:
    async def run() -> Any:
        async with Fetcher(FetchSettings(), now=lambda: NOON, holds={}) as fetcher:
            doc = await fetcher.fetch(Request("package:datasets.toml"), Validators(), Terms(1024))
            return doc, fetcher.reached

    doc, reached = asyncio.run(run())
    assert doc.status == 200
    assert reached == 0
