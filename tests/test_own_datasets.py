"""The data sets of scikit-learn that ship as data: each whole, each once, each a Found that can be recorded."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from test_boards import well_typed

from finder.fetch.packaged import packaged
from finder.model import Found, Validators
from finder.skills import canonical
from scrapers import own_datasets

FILE = Path(__file__).parents[1] / "finder" / "data" / "datasets.toml"
SHIPPED = tomllib.loads(FILE.read_text("utf-8"))
DATASETS: list[dict[str, Any]] = SHIPPED["dataset"]
TASKS = {"classification", "regression", "density estimation"}
COUNTS = ("rows", "features", "classes")

each = pytest.mark.parametrize("dataset", DATASETS, ids=[dataset["load"] for dataset in DATASETS])


def collected() -> dict[str, Found]:
    """Them all, by their function, as the source tells them."""
    (request,) = own_datasets.ADAPTER.start(own_datasets.Options())
    doc = packaged(request, Validators(), lambda: datetime(2026, 8, 24, tzinfo=UTC))
    page = own_datasets.ADAPTER.parse(doc, own_datasets.Options())
    assert not page.skipped
    return {item.key: item for item in page.found}


@each
def test_it_can_be_recorded(dataset: dict[str, Any]) -> None:
    item = collected()[dataset["load"]]
    assert well_typed(item)
    assert (item.title, item.description, item.skills) == (
        dataset["title"],
        dataset["description"],
        tuple(dataset["skills"]),
    )
    assert {name: item.extra.get(name) for name in COUNTS} == {name: dataset.get(name) for name in COUNTS}
    assert item.kind == "dataset"
    assert item.url.startswith("https://scikit-learn.org/stable/modules/generated/sklearn.datasets.")


@each
def test_it_tells_what_it_is_for(dataset: dict[str, Any]) -> None:
    known = {"load", "title", "description", "task", "skills", *COUNTS}
    assert known >= dataset.keys() >= {"load", "title", "description", "task", "skills"}
    assert dataset["task"] in TASKS
    assert dataset["description"].endswith(".")
    assert ("classes" in dataset) == (dataset["task"] == "classification")
    assert all(isinstance(dataset[name], int) and dataset[name] > 0 for name in COUNTS if name in dataset)


@each
def test_its_skills_are_known(dataset: dict[str, Any]) -> None:
    assert [canonical(skill) for skill in dataset["skills"]] == dataset["skills"]


def test_all_are_told() -> None:
    assert len(collected()) == 15


def test_each_stands_once() -> None:
    loads = [dataset["load"] for dataset in DATASETS]
    assert len(set(loads)) == len(loads) == 15
    assert all(re.fullmatch(r"(?:load|fetch)_[a-z0-9_]+", load) for load in loads)
    assert len({dataset["title"] for dataset in DATASETS}) == len(loads)


def test_what_is_in_the_package_comes_first() -> None:
    prefixes = [dataset["load"].partition("_")[0] for dataset in DATASETS]
    assert prefixes == sorted(prefixes, reverse=True)
    assert prefixes.count("load") == 6
