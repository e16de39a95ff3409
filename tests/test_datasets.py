"""Data sets to build on: Hugging Face, OpenML and UCI."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from test_boards import well_typed

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched, Found, Page, Request
from scrapers import huggingface_datasets, openml, uci

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)


def ask(module: Any, body: Any, context: str = "", headers: dict[str, str] | None = None, **options: Any) -> Page:
    text = body if isinstance(body, str) else json.dumps(body)
    doc = Fetched(Request("https://data.example", context=context), 200, text.encode(), AT, headers or {})
    return module.parse(doc, module.Options(**options))


@pytest.mark.parametrize("module", [huggingface_datasets, openml, uci])
def test_nothing_and_anything_else_are_refused(module: Any) -> None:
    for body in ("", "{}", "null"):
        with pytest.raises(EmptyAnswer):
            ask(module, body)
    for body in ('{"error": {"message": "No results"}}', "<html>", "7", '{"data": 3}', '{"data": {"dataset": 3}}'):
        with pytest.raises(ParseError):
            ask(module, body)


# ------------------------------------------------------------------------------------ Hugging Face
def card(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"id": f"heron/reeds-{number}", "downloads": 10, "likes": 2, **fields}


def cards(*rows: Any, **options: Any) -> Page:
    return ask(huggingface_datasets, list(rows), **options)


def one_card(**fields: Any) -> Found:
    (found,) = cards(card(**fields)).found
    assert well_typed(found)
    return found


def test_a_data_set_of_the_hub() -> None:
    found = one_card(
        tags=[
            "task_categories:text-classification",
            "license:mit",
            "size_categories:1K<n<10K",
            "language:en",
            "x",
            "arxiv:1",
        ],
        description="\n[!NOTE]\n Calls  of\n\treeds.",
        lastModified="2026-08-01T10:00:00.000Z",
        createdAt="2024-02-03T04:05:06.000Z",
    )
    assert (found.kind, found.key, found.title) == ("dataset", "heron/reeds-1", "reeds-1")
    assert (found.organization, found.url) == ("heron", "https://huggingface.co/datasets/heron/reeds-1")
    assert (found.description, found.skills) == ("Calls of reeds.", ("text classification",))
    assert (found.updated, found.posted) == ("2026-08-01T10:00:00.000Z", "2024-02-03T04:05:06.000Z")
    assert found.extra == {
        "task": ["text-classification"],
        "license": "mit",
        "size": "1K<n<10K",
        "languages": ["en"],
        "downloads": 10,
        "likes": 2,
    }


def test_a_data_set_without_an_owner() -> None:
    found = one_card(id="iris")
    assert (found.key, found.title, found.organization) == ("iris", "iris", "")


@pytest.mark.parametrize(
    ("gated", "access"), [(False, None), (None, None), ("auto", "on request (auto)"), (True, "on request (True)")]
)
def test_gated_data_sets_say_so(gated: Any, access: str | None) -> None:
    assert one_card(gated=gated).extra.get("access") == access


def test_what_cannot_be_had_is_left_out() -> None:
    page = cards(card(1, disabled=True), card(2, private=True), card(3))
    assert ([found.key for found in page.found], page.skipped) == (["heron/reeds-3"], ())


@pytest.mark.parametrize(
    "fields", [{"id": None}, {"id": " "}, {"downloads": "10"}, {"likes": None}, {"tags": "x"}, {"tags": [1]}]
)
def test_a_misfit_of_the_hub_costs_itself(fields: dict[str, Any]) -> None:
    page = cards(card(1), card(2, **fields))
    assert (len(page.found), len(page.skipped)) == (1, 1)


NEXT = "https://huggingface.co/api/datasets?cursor=abc"


@pytest.mark.parametrize(
    ("link", "left", "follows", "complete"),
    [
        (f'<{NEXT}>; rel="next"', "3", True, True),
        (f'<https://x.example>; rel="prev", <{NEXT}>; rel="next"', "2", True, True),
        (f'<{NEXT}>; rel="next"', "1", False, False),
        ('<https://elsewhere.example/>; rel="next"', "3", False, False),
        (f'<{NEXT}>; rel="prev"', "3", False, True),
        ("", "3", False, True),
    ],
)
def test_pages_of_the_hub(link: str, left: str, follows: bool, complete: bool) -> None:
    page = cards(card(), context=left, headers={"link": link})
    assert page.next == ((Request(NEXT, context=str(int(left) - 1)),) if follows else ())
    assert page.complete is complete


@pytest.mark.parametrize(
    ("options", "queries", "pages"),
    [
        ({}, ["sort=downloads&limit=200&full=true"], "1"),
        ({"count": 2500, "search": "a b"}, ["search=a+b&sort=downloads&limit=1000&full=true"], "3"),
        (
            {"tags": ("modality:audio", "x&y"), "count": 5},
            [
                "filter=modality%3Aaudio&sort=downloads&limit=5&full=true",
                "filter=x%26y&sort=downloads&limit=5&full=true",
            ],
            "1",
        ),
    ],
)
def test_questions_to_the_hub(options: dict[str, Any], queries: list[str], pages: str) -> None:
    requests = huggingface_datasets.start(huggingface_datasets.Options(**options))
    assert [request.url for request in requests] == [
        f"https://huggingface.co/api/datasets?{query}" for query in queries
    ]
    assert {request.context for request in requests} == {pages}
    assert huggingface_datasets.ADAPTER.windowed(huggingface_datasets.Options())


def test_the_recorded_index(shared: Path) -> None:
    path = shared / "internet" / "sites" / "projects" / "huggingface-datasets.json"
    if not path.is_file():
        pytest.skip("the index is not recorded here")
    rows = json.loads(path.read_bytes())["items"]
    page = cards(*rows)
    assert (len(page.found), page.skipped) == (len({row["id"] for row in rows}), ()) == (1000, ())
    assert [found.url for found in page.found] == [row["url"] for row in rows]
    assert Counter(found.organization for found in page.found) == Counter(row["author"] for row in rows)
    assert sum(found.extra["downloads"] for found in page.found) == sum(row["downloads"] for row in rows)
    assert not any("[!" in found.description for found in page.found)


# ------------------------------------------------------------------------------------ OpenML
def measured(did: Any = 1, status: str | None = "active", **qualities: str) -> dict[str, Any]:
    told = [{"name": name, "value": value} for name, value in qualities.items()]
    return {"did": did, "name": "pebbles", "version": 2, "status": status, "format": "ARFF", "quality": told}


def benchmark(*rows: Any, **options: Any) -> Page:
    return ask(openml, {"data": {"dataset": list(rows)}}, **options)


def test_a_data_set_of_openml() -> None:
    (found,) = benchmark(measured(NumberOfInstances="24720.0", NumberOfClasses="3.0", MajorityClassSize="9.0")).found
    assert (found.key, found.title, found.url) == ("1", "pebbles", "https://www.openml.org/d/1")
    assert found.extra == {"rows": 24720, "classes": 3, "version": "2", "format": "ARFF"}
    assert (found.skills, found.closed) == (("classification",), "")
    assert well_typed(found)


def test_numbers_of_openml_may_be_digits() -> None:
    (found,) = benchmark(measured("61") | {"version": "7"}).found
    assert (found.key, found.extra["version"]) == ("61", "7")


@pytest.mark.parametrize("did", [None, -1, True, "", "6b", "٣", 1.5])
def test_what_is_no_number_is_skipped(did: Any) -> None:
    page = benchmark(measured(did), measured(2))
    assert ([found.key for found in page.found], len(page.skipped)) == (["2"], 1)


@pytest.mark.parametrize("value", ["many", "nan", "inf", "1e999"])
def test_what_is_no_count_is_skipped(value: str) -> None:
    assert len(benchmark(measured(NumberOfInstances=value)).skipped) == 1


def test_a_data_set_that_was_withdrawn_is_closed() -> None:
    assert benchmark(measured(status="deactivated")).found[0].closed == "its status is deactivated"
    assert benchmark(measured(status=None)).found[0].closed == ""


def test_no_classes_no_task() -> None:
    assert [benchmark(measured(NumberOfClasses=count)).found[0].skills for count in ("0.0", "1.0")] == [(), ()]


def test_pages_of_openml() -> None:
    full = [measured(number) for number in range(200)]
    page = benchmark(*full, tag="", pages=2)
    assert [request.url for request in page.next] == [
        "https://www.openml.org/api/v1/json/data/list/status/active/limit/200/offset/200"
    ]
    assert (page.complete, len(page.found)) == (True, 200)
    assert not benchmark(*full, context="2", pages=2).complete
    assert benchmark(*full[:199]).next == ()
    assert benchmark(*full[:199]).complete
    (request,) = openml.start(openml.Options(tag="a/b"))
    assert request.url == "https://www.openml.org/api/v1/json/data/list/tag/a%2Fb/status/active/limit/200/offset/0"
    assert openml.ADAPTER.windowed(openml.Options(tag=""))
    assert not openml.ADAPTER.windowed(openml.Options())


def test_the_complaint_of_openml_is_told() -> None:
    with pytest.raises(ParseError, match="it says No results"):
        ask(openml, {"error": {"code": "372", "message": "No results"}})


# ------------------------------------------------------------------------------------ UCI
def listed(*rows: Any, **options: Any) -> Page:
    return ask(uci, {"status": 200, "data": list(rows)}, **options)


def told(key: str = "2", **fields: Any) -> Page:
    return ask(uci, {"status": 200, "data": {"uci_id": 2, **fields}}, context=key)


def test_the_list_of_uci_and_whose_pages_are_asked_for() -> None:
    page = listed(*({"id": number, "name": f"Moss {number}"} for number in (30, 4, 100)), details=2)
    assert [(found.key, found.title) for found in page.found] == [
        ("30", "Moss 30"),
        ("4", "Moss 4"),
        ("100", "Moss 100"),
    ]
    assert page.found[0].url == "https://archive.ics.uci.edu/dataset/30"
    assert page.next == tuple(
        Request(f"https://archive.ics.uci.edu/api/dataset?id={key}", context=key, optional=True) for key in ("4", "30")
    )
    assert all(map(well_typed, page.found))
    assert listed({"id": 1, "name": "Moss"}, details=0).next == ()


def test_the_page_of_a_data_set() -> None:
    (detail,) = told(
        abstract="Widths of <b>moss</b>.",
        area="Biology",
        tasks=["Regression"],
        characteristics=["Tabular"],
        num_instances=150,
        num_features=4,
        year_of_dataset_creation=1999,
        last_updated="Wed Aug 02 2023",
        dataset_doi="10.1/x",
        data_url="https://x.example/data.csv",
        creators=["A. Nother"],
    ).details
    assert (detail.key, detail.part) == ("2", "page")
    assert detail.fields == {
        "description": "Widths of moss.",
        "category": "Biology",
        "skills": ("regression",),
        "updated": "Wed Aug 02 2023",
        "extra": {
            "rows": 150,
            "features": 4,
            "year": 1999,
            "task": ["Regression"],
            "modality": ["Tabular"],
            "doi": "10.1/x",
            "importable": True,
        },
    }


def test_a_page_that_tells_nothing_takes_nothing_away() -> None:
    (detail,) = told().details
    assert detail.fields == {"extra": {"task": [], "modality": [], "doi": "", "importable": False}}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"uci_id": 3}, "it is of number 3"),
        ({"uci_id": None}, "uci_id"),
        ({"tasks": "Regression"}, "tasks: expected a list"),
        ({"num_instances": "150"}, "num_instances: expected a whole number"),
    ],
)
def test_a_page_that_does_not_fit_is_refused(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ParseError, match=rf"not the page of data set 2: .*{problem}"):
        told(**fields)


@pytest.mark.parametrize(
    "body",
    [
        {"status": 404, "message": "Dataset not found"},
        {"status": "200", "data": []},
        {"data": []},
        {"status": 200, "message": "Dataset not found"},
        {"status": 200, "data": {"uci_id": 1}},
        {"status": 200, "data": None},
    ],
)
def test_the_status_in_the_answer_counts(body: dict[str, Any]) -> None:
    with pytest.raises(ParseError):
        ask(uci, body)


def test_questions_to_uci() -> None:
    (request,) = uci.start(uci.Options())
    assert request.url == "https://archive.ics.uci.edu/api/datasets/list?filter=python"
    (request,) = uci.start(uci.Options(area="Health and Medicine", search="a", importable=False))
    assert request.url == "https://archive.ics.uci.edu/api/datasets/list?search=a&area=Health+and+Medicine"
    (request,) = uci.start(uci.Options(importable=False))
    assert request.url == "https://archive.ics.uci.edu/api/datasets/list"


@pytest.mark.parametrize(
    ("module", "name", "least", "most"),
    [(huggingface_datasets, "count", 1, 10_000), (openml, "pages", 1, 50), (uci, "details", 0, 150)],
)
def test_counts_are_bounded(module: Any, name: str, least: int, most: int) -> None:
    check = get_type_hints(module.Options, include_extras=True)[name].__metadata__[0]
    assert check(least) == check(most) == ""
    assert "must be between" in check(least - 1)
    assert "must be between" in check(most + 1)
