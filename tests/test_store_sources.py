"""Sources in the store: when they are due, how looks ended, which pages are remembered, which hosts wait."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from _store import (
    LIST_PAGE,
    NOW,
    at,
    dump,
    item,
    look,
    new_store,
    reader,
    record,
    remembered,
    rows,
    the_run,
)
from hypothesis import given
from hypothesis import strategies as st

from db import codec
from db.store import Store
from finder.crawl import Remembered
from finder.lifecycle import Known
from finder.model import Found, Outcome, Request, Validators


def fail(store: Store, outcome: Outcome = "failed", hours: float = 0, **others: Any) -> None:
    """A look that is not accepted, though it brings an item and a page."""
    values: dict[str, Any] = {"pages": {LIST_PAGE: remembered('"of a bad answer"')}, "problem": "status 503"}
    told = look(item("9"), run=the_run(store), outcome=outcome, **(values | others))
    store.fail(told, at(hours))


# ------------------------------------------------------------------------------------------------ looks not accepted
@pytest.mark.parametrize("outcome", ["failed", "held", "not yet"])
def test_a_look_that_is_not_accepted_changes_no_item_and_no_page(store: Store, outcome: Outcome) -> None:
    record(store, item("1"), item("2"), pages={LIST_PAGE: remembered('"good"')})
    before = dump(store, "source")
    fail(store, outcome, hours=1, missing={"1"}, closed={"2": "absent"}, touched={"1"})
    assert dump(store, "source") == {name: kept for name, kept in before.items() if name != "source"}
    assert store.memory("list")[LIST_PAGE].validators.etag == '"good"'


def test_how_a_look_ended_is_told(store: Store) -> None:
    record(store, item("1"), hours=1, skipped=2, found=7, problem="skipped 2", next_due=at(13), origin="config.toml")
    with reader(store) as reading:
        (status,) = reading.sources()
    assert (status.name, status.adapter, status.origin) == ("list", "json_list", "config.toml")
    assert (status.first_seen, status.at, status.last_good, status.next_due) == (at(1), at(1), at(1), at(13))
    assert (status.outcome, status.problem, status.retry_at, status.unchanged) == ("ok", "skipped 2", None, False)
    assert (status.found, status.skipped, status.added, status.changed, status.closed) == (7, 2, 1, 0, 0)
    assert (status.open, status.failures) == (1, 0)


def test_failures_in_a_row_are_counted_until_a_look_is_accepted(store: Store) -> None:
    def failures() -> int:
        with reader(store) as reading:
            return reading.sources()[0].failures

    counted = []
    for outcome in ("failed", "held", "not yet", "failed"):
        fail(store, outcome)  # type: ignore[arg-type]
        counted.append(failures())
    record(store, item(), outcome="empty")
    assert [*counted, failures()] == [1, 2, 2, 3, 0]


def test_a_source_shows_its_last_true_look_and_its_last_good_one(store: Store) -> None:
    record(store, item(), hours=1)
    fail(store, "failed", hours=2, problem="status 503")
    fail(store, "not yet", hours=3, problem="waits")
    with reader(store) as reading:
        (status,) = reading.sources()
    assert (status.outcome, status.at, status.problem, status.last_good) == ("failed", at(2), "status 503", at(1))


def test_a_source_that_never_did_more_than_wait_is_shown_too(store: Store) -> None:
    fail(store, "not yet", hours=3, retry_at=at(9))
    with reader(store) as reading:
        (status,) = reading.sources()
    assert (status.outcome, status.last_good, status.retry_at) == ("not yet", None, at(9))


def test_sources_are_told_by_name_and_with_their_own_counts(store: Store) -> None:
    record(store, item("1"), item("2"), source="b")
    record(store, item("3"), item("4", closed="filled"), source="a")
    with reader(store) as reading:
        assert [(status.name, status.open) for status in reading.sources()] == [("a", 1), ("b", 2)]


# ------------------------------------------------------------------------------------------------ due
def test_a_source_never_asked_is_due(store: Store) -> None:
    assert "list" not in store.due()
    assert store.visited("list") is None
    assert store.known("list") == {}
    assert store.memory("list") == {}
    assert store.parts("list", ["1"]) == {}


@pytest.mark.parametrize(
    ("next_due", "retry_at", "due"),
    [
        (at(12), None, at(12)),
        (at(12), at(40), at(40)),
        (at(12), at(3), at(12)),
        (None, at(3), at(3)),
        (None, None, None),
    ],
)
def test_a_source_is_due_when_both_we_and_its_host_want(
    store: Store, next_due: datetime | None, retry_at: datetime | None, due: datetime | None
) -> None:
    fail(store, next_due=next_due, retry_at=retry_at)
    assert store.due().get("list") == due


def test_a_source_was_visited_when_it_was_last_asked(store: Store) -> None:
    run = the_run(store)
    store.record(look(item(), run=run, started=at(1)), at(2))
    store.fail(look(run=run, started=at(5), outcome="failed"), at(6))
    store.fail(look(run=run, started=at(7), outcome="not yet"), at(7))
    assert store.visited("list") == at(6)


def test_a_visit_of_which_nothing_was_recorded_was_one(store: Store) -> None:
    assert store.visited("list") is None
    store.begin_visit("list", "json_list", "config.toml", 0, at(1))
    assert (store.visited("list"), store.due(), store.known("list")) == (at(1), {}, {})
    with reader(store) as reading:
        assert reading.sources() == []
    fail(store, "failed", hours=2)
    assert store.visited("list") == at(2)
    store.begin_visit("list", "json_list", "config.toml", 0, at(3))
    assert store.visited("list") == at(3)
    store.fail(look(run=the_run(store), started=at(3.5), outcome="not yet"), at(3.5))
    assert store.visited("list") == at(3), "what was not asked ends no visit"
    with reader(store) as reading:
        assert [(status.name, status.first_seen) for status in reading.sources()] == [("list", at(1))]
    record(store, item(), hours=4)
    assert store.visited("list") == at(4)


# ------------------------------------------------------------------------------------------------ known, parts
def test_what_is_known_is_everything_in_every_state(store: Store) -> None:
    record(store, item("1"), item("2"), item("3"), item("4", closed="filled"))
    record(store, item("1"), item("4", closed="filled"), hours=1, missing={"2"}, closed={"3": "absent"})
    assert store.known("list") == {
        "1": Known("open", None, (LIST_PAGE,), at(1)),
        "2": Known("missing", at(1), (), at(0)),
        "3": Known("closed", None, (), at(0)),
        "4": Known("closed", None, (LIST_PAGE,), at(1)),
    }


def test_parts_are_the_newest_of_each_and_make_a_found_again(store: Store) -> None:
    told = {"kind": "internship", "key": "1", "title": "T", "url": "u", "locations": ("Berlin", "Oslo")}
    told |= {"extra": {"topics": ["a", "b"], "nested": [[1, 2]]}, "remote": False}
    record(store, item("1", parts={"": told, "issues": {"skills": ("x",)}}), item("2"))
    record(store, item("1", parts={"": told, "issues": {"skills": ("x", "y")}}), item("2"), hours=1)
    stored = store.parts("list", ["1", "unknown"])
    assert stored == {"1": {"": told, "issues": {"skills": ("x", "y")}}}
    assert Found(**stored["1"][""]).locations == ("Berlin", "Oslo")


def test_parts_of_many_items_come_in_batches(store: Store) -> None:
    shown = [item(str(number)) for number in range(1100)]
    record(store, *shown)
    assert len(store.parts("list", {str(number) for number in range(1100)})) == 1100


def test_dates_of_posting_are_those_recorded_last(store: Store) -> None:
    record(store, item("1", posted_at=at(-50)), item("2", posted_at=at(-9)), item("3"), item("4", posted_at=at(-1)))
    record(store, item("1", posted_at=at(-40)), hours=1, missing={"2"})
    assert store.posted("list", ["1", "2", "3", "unknown"]) == {"1": at(-40), "2": at(-9)}
    assert store.posted("other", ["1"]) == {}


# ------------------------------------------------------------------------------------------------ pages
def test_pages_are_remembered_as_they_were(store: Store) -> None:
    after = (
        Request("https://list.example/2", context="page 2"),
        Request("https://b.example/", "POST", b'{"a": 1}\xff\x00', (("Accept", "x"), ("Accept", "y")), "", True),
        Request("https://c.example/api", stands_for="https://c.example/jobs/"),
    )
    memory = {
        LIST_PAGE: Remembered(Validators('W/"odd, \\"quoted"', ""), after, complete=False),
        "POST https://b.example/ {}": Remembered(Validators()),
    }
    record(store, item(), pages=memory)
    assert store.memory("list") == memory
    assert store.memory("other") == {}


def test_what_was_remembered_before_requests_stood_for_pages_is_read(store: Store, tmp_path: Path) -> None:
    record(store, item(), pages={LIST_PAGE: Remembered(Validators(), (Request("https://list.example/2"),))})
    fields = ["https://list.example/2", "GET", "", [], "page 2", True]
    with closing(sqlite3.connect(tmp_path / "finder.db")) as file, file:
        file.execute("UPDATE page SET next = ?", (json.dumps([fields]),))
    (after,) = store.memory("list")[LIST_PAGE].next
    assert after == Request("https://list.example/2", context="page 2", optional=True)


def test_a_page_is_replaced_and_others_stay(store: Store) -> None:
    record(store, item(), pages={"GET a": remembered('"1"'), "GET b": remembered('"1"')})
    record(store, item(), hours=1, pages={"GET a": remembered('"2"')})
    assert {key: kept.validators.etag for key, kept in store.memory("list").items()} == {"GET a": '"2"', "GET b": '"1"'}


def test_two_sources_may_remember_the_same_page(store: Store) -> None:
    record(store, source="a", pages={LIST_PAGE: remembered('"a"')})
    record(store, source="b", pages={LIST_PAGE: remembered('"b"')})
    assert store.memory("a")[LIST_PAGE].validators.etag == '"a"'


# ------------------------------------------------------------------------------------------------ holds and runs
def test_hosts_keep_waiting_over_restarts(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.save_holds({"a.example": at(1), "b.example": at(2)})
    with Store.open(tmp_path / "finder.db") as store:
        store.save_holds({"b.example": at(9)})
        store.save_holds({})
        assert store.holds() == {"a.example": at(1), "b.example": at(9)}


def test_runs_are_told_with_how_their_sources_ended(store: Store) -> None:
    first = store.begin_run(at(0))
    store.end_run(first, at(1))
    second = store.begin_run(at(2))
    for name in ("a", "b"):
        store.record(look(item(name), source=name, run=second), at(3))
    store.fail(look(source="c", run=second, outcome="held"), at(3))
    with reader(store) as reading:
        newest, oldest = reading.runs()
        assert reading.runs(1) == [newest]
        assert reading.last_refresh() == at(3)
    assert (newest.number, newest.started_at, newest.finished_at) == (second, at(2), None)
    assert newest.outcomes == {"ok": 2, "held": 1}
    assert (oldest.finished_at, oldest.outcomes) == (at(1), {})


def test_a_refresh_in_which_everything_failed_is_no_refresh(store: Store) -> None:
    fail(store)
    with reader(store) as reading:
        assert reading.last_refresh() is None


# ------------------------------------------------------------------------------------------------ how values stand
zones = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(datetime(1000, 1, 3), datetime(9998, 1, 1), timezones=zones)


@given(moments, moments)
def test_times_are_in_order_as_text(one: datetime, other: datetime) -> None:
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    assert (one < other) == (codec.stamp(one) < codec.stamp(other))
    assert codec.moment(codec.stamp(one)) == one
    assert len(codec.stamp(one)) == 20


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        codec.stamp(datetime(2026, 8, 22))
    assert codec.stamp(datetime(2026, 8, 22, 1, 2, 3, 999_999, tzinfo=UTC)) == "2026-08-22T01:02:03Z"
    assert codec.stamp(None) is None and codec.moment(None) is None


@given(st.text() | st.text(st.characters(categories=("Cs", "Cc", "L"))))
def test_cleaned_text_goes_into_a_database_and_stays_as_it_is(given_text: str) -> None:
    cleaned = codec.clean(given_text)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned == codec.clean(cleaned)


@given(st.text(max_size=50), st.text(max_size=50))
def test_digests_tell_two_texts_apart_wherever_they_are_cut(one: str, other: str) -> None:
    assert codec.digest(one, other) == codec.digest(one, other)
    assert (codec.digest(one, other) == codec.digest(one + other, "")) == (other == "")


@given(st.text())
def test_ids_are_short_plain_and_a_longer_one_begins_alike(identity: str) -> None:
    number = codec.opening_id(identity)
    assert len(number) == 8 and number[0].isalpha()
    assert not set(number) & set("ilou") and number.isalnum() and number.isascii() and number.islower()
    assert codec.opening_id(identity, 12).startswith(number)


def test_ids_are_spread_evenly_and_never_change() -> None:
    assert len({codec.opening_id(f"greenhouse:{number}") for number in range(20_000)}) == 20_000
    assert codec.opening_id("greenhouse:acme:1") == codec.opening_id("greenhouse:acme:1")
    assert [codec.opening_id(identity) for identity in ("", "greenhouse:1")] == ["kjhk43qd", "mxn4jhac"]


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.text() | st.lists(st.text())))
def test_packed_json_comes_back(fields: dict[str, Any]) -> None:
    assert codec.fields_of(codec.pack(codec.dumps(fields))) == {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }


def test_damaged_data_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="incorrect"):
        codec.unpack(b"no such thing")


def test_tables_of_history_grow_by_one_row_a_look(store: Store) -> None:
    for hours in range(5):
        record(store, item(), hours=hours)
    assert rows(store, "SELECT count(*) FROM source_run") == [(5,)]
    assert rows(store, "SELECT count(*) FROM sighting") == rows(store, "SELECT count(*) FROM fact") == [(1,)]
    assert rows(store, "SELECT finished_at FROM source_run ORDER BY no DESC LIMIT 1") == [(codec.stamp(at(4)),)]
    assert at(0) == NOW
