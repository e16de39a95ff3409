"""Profiles, steps, and digests that are kept until a server has taken them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from _store import NOW, at, everything, item, problems, reader, record, rows, the_opening

from db.openings import MOVED
from db.status import Parcel
from db.store import Store
from finder.model import Progress


def parcel(period: str = "2026-W34", profile: str = "me", body: bytes = b"From: a\r\n\r\n\xff\x00") -> Parcel:
    return Parcel(
        profile=profile,
        period=period,
        message_id=f"<{period}.{profile}@finder>",
        subject="3 new, 1 closing",
        body=body,
        created_at=NOW,
    )


# ------------------------------------------------------------------------------------------------ steps
def test_a_profile_is_made_once(store: Store) -> None:
    for hours in range(3):
        store.ensure_profile("me", at(hours))
    store.ensure_profile("you", NOW)
    assert rows(store, "SELECT name, created_at FROM profile ORDER BY no") == [
        ("me", "2026-08-22T10:00:00Z"),
        ("you", "2026-08-22T10:00:00Z"),
    ]


def test_steps_are_kept_by_person(store: Store) -> None:
    store.set_step("me", "python", Progress("doing", at(0)))
    store.set_step("me", "python", Progress("done", at(1), "https://x.example/cert"))
    store.set_step("me", "statistics", Progress("skipped", at(2)))
    store.set_step("you", "python", Progress("todo", at(3)))
    with reader(store) as reading:
        assert reading.profile("me") == {
            "python": Progress("done", at(1), "https://x.example/cert"),
            "statistics": Progress("skipped", at(2)),
        }
        assert reading.profile("you") == {"python": Progress("todo", at(3))}
        assert reading.profile("nobody") == {}


def test_text_of_a_person_that_no_database_takes_is_mended(store: Store) -> None:
    store.set_step("m\0e", "st\ud800ep", Progress("done", NOW, "e\0v"))
    with reader(store) as reading:
        assert reading.profile("me") == {"st?ep": Progress("done", NOW, "ev")}


# ------------------------------------------------------------------------------------------------ the outbox
def test_a_digest_is_kept_as_it_was_built(store: Store) -> None:
    record(store, item("1"), item("2"))
    ids = [opening.id for opening in everything(store).values()]
    kept = store.put(parcel(), [*ids, ids[0]])
    assert replace(kept, number=0) == parcel()
    assert store.pending("me") == [kept]
    with reader(store) as reading:
        assert reading.outbox("me") == [kept]
        assert reading.listed(kept.number) == frozenset(ids)


def test_there_is_one_digest_a_person_and_week(store: Store) -> None:
    first = store.put(parcel(body=b"first"), [])
    again = store.put(replace(parcel(body=b"second"), message_id="<other>"), [])
    assert again == first
    assert again.body == b"first"
    others = [store.put(parcel("2026-W35"), []), store.put(parcel(profile="you"), [])]
    assert len({first.number, *(other.number for other in others)}) == 3


def test_a_digest_that_was_sent_stands_in_the_way_of_a_second(store: Store) -> None:
    first = store.put(parcel(), [])
    store.mark_sent(first.number, at(1))
    again = store.put(parcel(body=b"again"), [])
    assert (again.state, again.sent_at, again.attempts) == ("sent", at(1), 1)
    assert store.pending("me") == []


def test_a_digest_is_tried_until_it_is_taken(store: Store) -> None:
    kept = store.put(parcel(), [])
    store.mark_failed(kept.number, "451 try later")
    store.mark_failed(kept.number, "connection \0 lost")
    (waiting,) = store.pending("me")
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("built", 2, "connection  lost")
    assert (waiting.body, waiting.message_id, waiting.created_at) == (kept.body, kept.message_id, NOW)
    store.mark_sent(kept.number, at(2))
    with reader(store) as reading:
        (sent,) = reading.outbox("me")
    assert (sent.state, sent.attempts, sent.last_error, sent.sent_at) == ("sent", 3, "", at(2))


def test_a_parked_digest_is_not_tried_again(store: Store) -> None:
    record(store, item())
    kept = store.put(parcel(), [the_opening(store).id])
    store.mark_failed(kept.number, "550 no such user", park=True)
    assert store.pending("me") == []
    with reader(store) as reading:
        assert reading.outbox("me")[0].state == "parked"


def test_waiting_digests_come_oldest_first_and_by_person(store: Store) -> None:
    numbers = [store.put(parcel(period), []).number for period in ("2026-W36", "2026-W34", "2026-W35")]
    store.put(parcel(profile="you"), [])
    assert [one.number for one in store.pending("me")] == numbers
    with reader(store) as reading:
        assert [one.number for one in reading.outbox("me")] == numbers[::-1]
        assert reading.outbox("nobody") == []


def test_a_digest_and_its_list_are_kept_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.put(parcel(), ["nosuchid"])
    assert store.pending("me") == []
    assert rows(store, "SELECT count(*) FROM outbox_item") == [(0,)]


def test_an_opening_that_a_digest_lists_is_closed_and_not_removed(store: Store) -> None:
    record(store, item("1", identity="old"), item("2", identity="stays"))
    old = next(o for o in everything(store).values() if o.url.endswith("/1")).id
    store.put(parcel(), [old])
    counts = record(store, item("1", identity="new"), item("2", identity="stays"), hours=9)
    assert counts.closed == 1
    with reader(store) as reading:
        left = reading.opening(old)
    assert left is not None
    assert (left.state, left.evidence, left.state_at, left.sightings) == ("closed", MOVED, at(9), ())
    assert record(store, item("1", identity="new"), item("2", identity="stays"), hours=10).closed == 0
    assert record(store, item("1", identity="old"), item("2", identity="stays"), hours=11).reopened == 1
    assert problems(store) == []
