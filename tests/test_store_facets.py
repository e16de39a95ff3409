"""What is to be classified, and what of it is kept: conclusions, with the facts and the rules they follow from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _store import at, everything, facets, item, reader, record, rows, the_opening

from db import store as store_module
from db.store import Store
from finder.model import Facets, Need, Opening, Stated


def classify(store: Store, rules: str = "1") -> int:
    return store.save_facets((number, facets(rules)) for number, _ in store.unclassified(rules))


def test_a_new_opening_is_unclassified_and_comes_with_all_its_facts(store: Store) -> None:
    record(store, item(description="Train models.", degrees=("MSc",), pay="30", terms=("Summer 2027",)))
    ((number, opening),) = store.unclassified("1")
    assert number == opening.id == the_opening(store).id
    assert (opening.description, opening.pay, opening.terms) == ("Train models.", "30", ("Summer 2027",))
    assert opening.extra == {"degrees": ["MSc"]}
    assert opening.facets is None


def test_what_is_classified_is_done(store: Store) -> None:
    record(store, item("1"), item("2", closed="filled"), item("3", hidden=True))
    assert classify(store) == 3
    assert list(store.unclassified("1")) == []
    assert classify(store) == 0


def test_conclusions_come_back_as_they_were(store: Store) -> None:
    record(store, item())
    said = facets(
        "7",
        kind="job",
        role="data",
        relevance=0.123456789,
        level="new grad",
        described=False,
        needs=(Need("c++", "must", "C++ \ud83d or \0", 2), Need("sql", "mentioned", "", 0)),
        stated={"sponsorship": Stated("no", "we don't \ud83d sponsor"), "degree": Stated("phd", "")},
        evidence={"role": "“quoted” \ud800", "level": ""},
    )
    store.save_facets([(the_opening(store).id, said)])
    assert the_opening(store).facets == said


def test_no_needs_and_no_evidence_come_back_as_none(store: Store) -> None:
    record(store, item())
    said = Facets(rules="1", kind="project")
    store.save_facets([(the_opening(store).id, said)])
    assert the_opening(store).facets == said


def test_other_rules_make_everything_due(store: Store) -> None:
    record(store, item("1"), item("2"))
    classify(store, "1")
    (first, _) = (opening for _, opening in store.unclassified("2"))
    assert first.facets is not None and first.facets.rules == "1"
    assert classify(store, "2") == 2
    assert list(store.unclassified("2")) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"description": "More."},
        {"terms": ("Fall 2027",)},
        {"pay": "9"},
        {"remote": True},
        {"organization": "Grey Seal"},
        {"kind": "job"},
        {"places": ()},
        {"category": "AI"},
        {"extra": {"stars": 1}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_facts_makes_an_opening_due(store: Store, change: dict[str, object]) -> None:
    record(store, item("1"), item("2"))
    classify(store)
    record(store, item("1", **change), item("2"), hours=1)
    ((_, opening),) = store.unclassified("1")
    assert opening.url.endswith("/1")


def test_a_change_of_state_alone_makes_nothing_due(store: Store) -> None:
    record(store, item("1"), item("2"), item("3"))
    classify(store)
    record(store, item("3", closed="filled"), hours=1, missing={"1"}, closed={"2": "absent"})
    assert list(store.unclassified("1")) == []


def test_a_second_sighting_that_says_more_makes_an_opening_due(store: Store) -> None:
    record(store, item("1", identity="same"))
    classify(store)
    record(store, item("x", identity="same", description="More."), source="board")
    assert [opening.description for _, opening in store.unclassified("1")] == ["More."]


def test_batches_cover_everything_once_while_it_is_being_saved(store: Store) -> None:
    record(store, *(item(str(number)) for number in range(25)))
    seen: list[str] = []

    def one_by_one() -> Iterator[tuple[str, Facets]]:
        for number, _ in store.unclassified("1", batch=4):
            seen.append(number)
            yield number, facets()

    assert store.save_facets(one_by_one()) == 25
    assert len(seen) == len(set(seen)) == 25
    assert list(store.unclassified("1")) == []


def test_an_interruption_keeps_the_batches_that_were_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module.sources, "BATCH", 10)
    record(store, *(item(str(number)) for number in range(35)))

    def broken() -> Iterator[tuple[str, Facets]]:
        for count, (number, _) in enumerate(store.unclassified("1")):
            if count == 25:
                raise KeyboardInterrupt
            yield number, facets()

    with pytest.raises(KeyboardInterrupt):
        store.save_facets(broken())
    assert rows(store, "SELECT count(*) FROM facets") == [(20,)]
    assert classify(store) == 15


def test_a_conclusion_about_what_is_not_there_is_dropped(store: Store) -> None:
    store.save_facets([("nosuchid", facets())])
    assert rows(store, "SELECT count(*) FROM facets") == [(0,)]


def test_conclusions_go_with_the_opening_they_are_about(store: Store) -> None:
    record(store, item("1", identity="old"))
    classify(store)
    record(store, item("1", identity="new"), hours=1)
    assert rows(store, "SELECT count(*) FROM facets") == [(0,)]
    assert len(list(store.unclassified("1"))) == 1


def test_the_public_kind_is_the_concluded_one(store: Store) -> None:
    record(store, item("1", kind="job"), item("2", kind="job"), item("3", kind="project"))
    by_key = {opening.url[-1]: opening.id for opening in everything(store).values()}
    store.save_facets([(by_key["1"], facets(kind="internship")), (by_key["2"], facets(kind="job"))])

    def urls(*openings: Opening) -> list[str]:
        return sorted(opening.url[-1] for opening in openings)

    with reader(store) as reading:
        assert urls(*reading.openings(kinds=["internship"])) == ["1"]
        assert urls(*reading.openings(kinds=["job"])) == ["2"]
        assert urls(*reading.openings(kinds=["project"])) == ["3"]
        assert urls(*reading.openings(kinds=["internship", "project"])) == ["1", "3"]
        assert urls(*reading.openings()) == ["1", "2", "3"]
        assert reading.openings(kinds=["course"]) == []
        assert reading.counts() == {("internship", "open"): 1, ("job", "open"): 1, ("project", "open"): 1}


def test_saving_again_replaces(store: Store) -> None:
    record(store, item())
    number = the_opening(store).id
    for relevance in (0.1, 0.2):
        store.save_facets([(number, facets(relevance=relevance))])
    said = the_opening(store).facets
    assert said is not None and said.relevance == 0.2
    assert the_opening(store).last_seen == at(0)
