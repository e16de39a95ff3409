"""The digest as a use case: chosen, built, kept, sent; once a person and week, whatever the mail server does."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from _smtp import Postbox, postbox
from _store import facets, item, look, new_store, rows
from _weekly import MONDAY, WEEK, collect, outbox, without_waiting

from db.read import Reader, StoreMissing
from db.status import Parcel
from db.store import Store
from finder import delivery
from finder.boards import Candidate, Standing
from finder.config import Config, DigestSettings, ProfileSettings, SourceSettings
from finder.delivery import MOST_BYTES, TRIES, deliver, due, preview
from finder.errors import Busy, ConfigError, DeliveryError, StoreError
from finder.lock import locked
from finder.rank import words as sentences


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_waiting(monkeypatch)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A store with three openings, seen an hour before."""
    with new_store(tmp_path):
        pass
    collect(tmp_path / "finder.db", "Vision", "Speech", "Ranking", at=MONDAY - timedelta(hours=1))
    return tmp_path / "finder.db"


def config(db: Path, box: Postbox | None = None, **others: object) -> Config:
    told = Config(
        db=db,
        digest=DigestSettings(zone="UTC"),
        sources=(SourceSettings(name="list", adapter="json_list"), SourceSettings(name="other", adapter="lever")),
    )
    return replace(told, **({"mail": box.settings()} if box else {}), **others)


def titles(data: bytes) -> set[str]:
    """Which of the openings a mail names."""
    plain = next(message_from_bytes(data, policy=policy.default).iter_parts()).get_content()
    return {name for name in ("Vision", "Speech", "Ranking", "Robots", "Music") if f"{name} Intern" in plain}


def ids(data: bytes) -> tuple[str, str]:
    read = message_from_bytes(data, policy=policy.default)
    return read["Message-ID"], read["Date"]


def fails(config: Config, now: datetime, environ: Mapping[str, str] | None = None) -> str:
    with pytest.raises(DeliveryError) as caught:
        deliver(config, environ or {}, now)
    assert caught.value.exit_code == 6
    return str(caught.value)


# ------------------------------------------------------------------------------------------------ once a week
def test_one_mail_and_a_second_time_none(db: Path):
    with postbox() as box:
        (sent,) = deliver(config(db, box), {}, MONDAY)
        assert deliver(config(db, box), {}, MONDAY + timedelta(days=3)) == []
    assert len(box.taken) == 1
    assert titles(box.bytes[0]) == {"Vision", "Speech", "Ranking"}
    (kept,) = outbox(db)
    assert (kept.state, kept.period, kept.sent_at, kept.attempts) == ("sent", "2026-W35", MONDAY, 1)
    assert kept.body == box.bytes[0] == sent.body
    assert ids(kept.body)[0] == kept.message_id


def test_only_what_the_mail_names_is_explained(db: Path, monkeypatch: pytest.MonkeyPatch):
    """Telling takes longer than ranking."""
    told = []
    about = sentences.about_skills
    monkeypatch.setattr(sentences, "about_skills", lambda *given: told.append(given) or about(*given))
    written = preview(config(db, digest=DigestSettings(zone="UTC", internships=2)), MONDAY)
    assert len(told) == len(written.digest.shown) == 2
    assert all(match.reasons and match.opening.sightings for match in written.digest.shown)


def test_the_next_week_brings_what_is_new(db: Path):
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY)
        collect(db, "Vision", "Speech", "Ranking", "Robots", at=MONDAY + timedelta(days=2))
        deliver(config(db, box), {}, MONDAY + WEEK)
        deliver(config(db, box), {}, MONDAY + 2 * WEEK)
    assert [titles(data) for data in box.bytes] == [{"Vision", "Speech", "Ranking"}, {"Robots"}, set()]
    assert b"Nothing new" in box.bytes[2]


def test_each_person_has_a_digest(db: Path):
    with postbox() as box:
        for name in ("ada", "bob", "ada"):
            deliver(config(db, box, profile=ProfileSettings(name=name)), {}, MONDAY)
    assert len(box.taken) == 2
    assert len({ids(data)[0] for data in box.bytes}) == 2


def test_the_week_is_the_persons_own(db: Path):
    """Sunday evening in New York is Monday in UTC."""
    night = datetime(2026, 8, 24, 1, tzinfo=UTC)
    with postbox() as box:
        deliver(config(db, box, digest=DigestSettings(zone="America/New_York")), {}, night)
        deliver(config(db, box), {}, night)
    assert [parcel.period for parcel in outbox(db)] == ["2026-W35", "2026-W34"]


def test_it_is_in_the_store_before_the_server_hears_of_it(db: Path):
    states: list[list[str]] = []
    with postbox() as box:
        box.on_data = lambda: states.append([parcel.state for parcel in outbox(db)])
        deliver(config(db, box), {}, MONDAY)
    assert states == [["built"]]


# ------------------------------------------------------------------------------------------------ what may go wrong
def test_no_server_is_said_before_anything_is_built(db: Path):
    with pytest.raises(ConfigError, match=r"mail\.host"):
        deliver(config(db), {}, MONDAY)
    with postbox() as box, pytest.raises(ConfigError, match=r"mail\.to"):
        deliver(config(db, mail=box.settings(to="")), {}, MONDAY)
    assert outbox(db) == []


def test_without_a_store_there_is_nothing_to_send_and_none_is_made(tmp_path: Path):
    with postbox() as box, pytest.raises(StoreMissing):
        deliver(config(tmp_path / "none.db", box), {}, MONDAY)
    with pytest.raises(StoreMissing):
        preview(config(tmp_path / "none.db"), MONDAY)
    assert list(tmp_path.glob("none*")) == []
    assert StoreMissing.exit_code == StoreError.exit_code == 5


@pytest.mark.parametrize(
    "does", [{"at_rcpt": "451 later"}, {"at_data": "452 full"}, {"at_data": "550 no"}, {"at_mail": "421 -"}]
)
def test_what_was_not_taken_is_kept_and_sent_again_as_it_is(db: Path, does: dict[str, str]):
    with postbox(**does) as box:
        told = fails(config(db, box), MONDAY)
    assert "mail of 2026-W35 not delivered, kept: 127.0.0.1: " in told
    (kept,) = outbox(db)
    assert (kept.state, kept.attempts) == ("built", 1)
    assert kept.last_error in told
    collect(db, "Robots", at=MONDAY + timedelta(days=1))
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY + timedelta(days=2))
    assert box.bytes == [kept.body]
    assert [(p.state, p.attempts, p.last_error) for p in outbox(db)] == [("sent", 2, "")]


def test_a_drop_after_the_data_repeats_the_same_bytes(db: Path):
    with postbox(at_data=None) as box:
        fails(config(db, box), MONDAY)
    first = box.bytes
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY + timedelta(hours=5))
    assert first == box.bytes
    assert ids(first[0]) == ids(box.bytes[0])


def test_what_breaks_while_the_store_is_told_is_sent_again_as_it_is(db: Path, monkeypatch: pytest.MonkeyPatch):
    """As after a kill: the server has it, the store does not know."""
    with postbox() as box:
        with monkeypatch.context() as patch, pytest.raises(StoreError):
            patch.setattr(Store, "mark_sent", full_disk)
            deliver(config(db, box), {}, MONDAY)
        deliver(config(db, box), {}, MONDAY + timedelta(hours=1))
        deliver(config(db, box), {}, MONDAY + timedelta(hours=2))
    assert len(box.bytes) == 2
    assert box.bytes[0] == box.bytes[1]


def full_disk(*_: object) -> None:
    raise StoreError("the disk is full")


def test_a_mail_refused_for_good_is_put_aside_after_three_tries(db: Path):
    with postbox(at_rcpt="550 no such user") as box:
        told = [fails(config(db, box), MONDAY + timedelta(hours=hour)) for hour in range(TRIES)]
        assert ["put aside" in one for one in told] == [False, False, True]
        assert "put aside: " in fails(config(db, box), MONDAY + timedelta(days=2))
    assert len([command for command in box.seen if command.startswith("RCPT")]) == TRIES
    (kept,) = outbox(db)
    assert (kept.state, kept.attempts) == ("parked", TRIES)
    assert "550 no such user" in kept.last_error


def test_what_was_put_aside_neither_blocks_the_next_week_nor_counts_as_told(db: Path):
    with postbox(at_data="552 too big") as box:
        for hour in range(TRIES):
            fails(config(db, box), MONDAY + timedelta(hours=hour))
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY + WEEK)
    assert titles(box.bytes[0]) == {"Vision", "Speech", "Ranking"}
    assert b"first digest" in box.bytes[0]


def test_a_refusal_for_now_is_never_put_aside(db: Path):
    with postbox(at_rcpt="451 greylisted") as box:
        for hour in range(TRIES + 2):
            fails(config(db, box), MONDAY + timedelta(hours=hour))
    (kept,) = outbox(db)
    assert (kept.state, kept.attempts) == ("built", TRIES + 2)


def test_last_weeks_mail_goes_first_and_this_weeks_with_it(db: Path):
    with postbox(at_data="451 later") as box:
        fails(config(db, box), MONDAY)
    collect(db, "Vision", "Robots", at=MONDAY + timedelta(days=2))
    with postbox() as box:
        sent = deliver(config(db, box), {}, MONDAY + WEEK)
    assert [parcel.period for parcel in sent] == ["2026-W35", "2026-W36"]
    assert [titles(data) for data in box.bytes] == [{"Vision", "Speech", "Ranking"}, {"Robots"}]


def test_one_that_is_refused_does_not_hold_up_the_others(db: Path):
    with postbox(at_data="451 later") as box:
        fails(config(db, box), MONDAY)
    with postbox() as box:
        replies = iter(["550 not this one", "250 OK"])
        box.on_data = lambda: setattr(box, "at_data", next(replies))
        told = fails(config(db, box), MONDAY + WEEK)
    assert "2026-W35" in told
    assert "2026-W36" not in told
    assert [(parcel.period, parcel.state) for parcel in outbox(db)] == [("2026-W36", "sent"), ("2026-W35", "built")]


def test_a_new_address_gets_what_waits(db: Path):
    with postbox(at_rcpt="550 no such user") as box:
        fails(config(db, box), MONDAY)
    with postbox() as box:
        deliver(config(db, mail=box.settings(to="ada@new.example")), {}, MONDAY)
    assert box.taken[0].rcpt_tos == ["ada@new.example"]


def test_waiting_mail_goes_without_building_this_weeks(db: Path):
    with postbox(at_data="451 later") as box:
        fails(config(db, box), MONDAY)
    with postbox() as box:
        assert len(deliver(config(db, box), {}, MONDAY + WEEK, build_now=False)) == 1
        assert deliver(config(db, box), {}, MONDAY + WEEK, build_now=False) == []
    assert len(box.taken) == len(outbox(db)) == 1


# ------------------------------------------------------------------------------------------------ two at once
def test_two_senders_at_once_send_one_mail(db: Path):
    """The second finds the store's mail in hand, whichever comes first."""
    started, go_on, ends = threading.Event(), threading.Event(), []

    def hold() -> None:
        started.set()
        assert go_on.wait(10)

    with postbox() as box:
        box.on_data = hold
        first = threading.Thread(target=lambda: ends.append(deliver(config(db, box), {}, MONDAY)))
        first.start()
        assert started.wait(10)
        with pytest.raises(Busy, match="is sending the mail"):
            deliver(config(db, box), {}, MONDAY)
        go_on.set()
        first.join()
        assert deliver(config(db, box), {}, MONDAY) == []
    assert [len(sent) for sent in ends] == [1]
    assert len(box.taken) == 1


def test_a_refresh_at_work_does_not_hold_up_the_mail(db: Path):
    with postbox() as box, locked(db):
        assert len(deliver(config(db, box), {}, MONDAY)) == 1


# ------------------------------------------------------------------------------------------------ preview
def test_a_preview_keeps_nothing_and_writes_nothing(db: Path):
    before = db.read_bytes()
    assert len(preview(config(db), MONDAY).digest.shown) == 3
    assert db.read_bytes() == before
    assert outbox(db) == []


def test_a_preview_shows_what_is_sent(db: Path):
    seen = preview(config(db), MONDAY)
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY)
    plain, rich = message_from_bytes(box.bytes[0], policy=policy.default).iter_parts()
    assert plain.get_content().split() == seen.text.split()
    assert rich.get_content().split() == seen.html.split()


def test_a_preview_after_the_sending_still_shows_this_weeks(db: Path):
    before = preview(config(db), MONDAY)
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY)
    assert preview(config(db), MONDAY) == before
    assert preview(config(db), MONDAY + WEEK).digest.shown == ()


def test_sources_that_were_down_are_those_configured_now(db: Path):
    for name in ("other", "gone"):
        collect(db, at=MONDAY - timedelta(minutes=5), source=name, problem="HTTP 503")
    collected = preview(config(db), MONDAY).digest.collected
    told = ("other", "failed since 2026-08-24 08:55 UTC: HTTP 503")
    assert (collected.asked, collected.troubles) == (2, (told,))
    assert (collected.boards, collected.boards_down, collected.findings) == (0, 0, ())
    off = SourceSettings(name="other", adapter="lever", enabled=False)
    assert preview(config(db, sources=(off,)), MONDAY).digest.collected.troubles == ()
    assert collected.refreshed == MONDAY - timedelta(hours=1)


def test_followed_boards_are_told_by_their_number(db: Path):
    names = ("lever-acme", "lever-heron", "lever-gone")
    with Store.open(db) as store:
        boards = [
            Candidate(system="lever", board=n, adapter="lever", options={"site": n}, company="X", origin="list")
            for n in ("acme", "heron", "gone")
        ]
        store.save_candidates(boards, (), MONDAY)
        for name, state in zip(names, ("followed", "followed", "dead"), strict=True):
            store.mark_board(name, Standing(state), MONDAY)
    for name, problem in zip(names, ("", "HTTP 503", "HTTP 404"), strict=True):
        collect(db, at=MONDAY - timedelta(minutes=5), source=name, problem=problem)
    collected = preview(config(db), MONDAY).digest.collected
    assert (collected.asked, collected.troubles, collected.boards, collected.boards_down) == (1, (), 2, 1)
    assert "1 of 2 followed boards did not answer well." in preview(config(db), MONDAY).text


def test_a_digest_is_cut_to_what_mail_clients_show(tmp_path: Path):
    with new_store(tmp_path) as store:
        store.record(
            look(
                *(item(str(n), title=f"Intern {n} " + "&" * 140, organization=f"Company {n}") for n in range(120)),
                run=store.begin_run(MONDAY),
            ),
            MONDAY,
        )
        store.save_facets((number, facets()) for number, _ in store.unclassified("1"))
    written = preview(config(tmp_path / "finder.db", digest=DigestSettings(internships=100, zone="UTC")), MONDAY)
    assert MOST_BYTES / 2 < len(written.html.encode()) <= MOST_BYTES
    shown = len(written.digest.shown)
    assert 0 < shown < 100
    assert f"{shown} of 120" in written.text
    assert f"{shown} of 120" in written.html


# ------------------------------------------------------------------------------------------------ when it is due
@pytest.mark.parametrize(
    ("now", "zone", "day", "hour", "is_due"),
    [
        ("2026-08-24T07:59", "UTC", "monday", 8, False),
        ("2026-08-24T08:00", "UTC", "monday", 8, True),
        ("2026-08-30T23:59", "UTC", "monday", 8, True),  # caught up, however late in the week
        ("2026-08-31T07:59", "UTC", "monday", 8, False),
        ("2026-08-30T07:59", "UTC", "sunday", 8, False),
        ("2026-08-30T08:00", "UTC", "sunday", 8, True),
        ("2026-08-24T06:00", "Europe/Berlin", "monday", 8, True),
        ("2026-08-24T05:59", "Europe/Berlin", "monday", 8, False),
        ("2026-08-24T11:59", "America/New_York", "monday", 8, False),
        ("2026-08-23T20:30", "Australia/Lord_Howe", "monday", 7, True),
        ("2026-03-29T01:30", "Europe/Berlin", "sunday", 2, True),  # 2 o'clock does not exist: it is 3:30
        ("2026-10-25T00:30", "Europe/Berlin", "sunday", 2, True),  # 2:30, the first of two
        ("2027-01-01T12:00", "UTC", "thursday", 0, True),  # Friday of week 53
    ],
)
def test_due_on_the_persons_own_clock(db: Path, now: str, zone: str, day: str, hour: int, is_due: bool):
    settings = DigestSettings(day=day, hour=hour, zone=zone)
    todo = due(config(db, digest=settings), datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (todo.digest, todo.waiting) == (is_due, False)


def test_not_due_before_anything_was_collected(tmp_path: Path):
    with new_store(tmp_path):
        assert not due(config(tmp_path / "finder.db"), MONDAY).digest


def test_due_once_a_week(db: Path):
    with postbox(at_data="451 later") as box:
        fails(config(db, box), MONDAY)
    assert due(config(db), MONDAY) == delivery.Due(waiting=True, digest=False)
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY)
    assert due(config(db), MONDAY) == delivery.Due(waiting=False, digest=False)
    assert due(config(db), MONDAY + WEEK) == delivery.Due(waiting=False, digest=True)


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Australia/Lord_Howe", "Pacific/Apia"])
def test_half_a_year_of_hours_has_a_digest_a_week(db: Path, monkeypatch: pytest.MonkeyPatch, zone: str):
    """Hourly looks over changes of the clock, new year and leap day: every ISO week once."""
    kept: list[str] = []
    monkeypatch.setattr(Reader, "outbox", lambda *_: [parcel_of(week) for week in kept[-3:]])
    reader = Reader.open(db)
    monkeypatch.setattr(Reader, "open", lambda _: reader)
    monkeypatch.setattr(Reader, "close", lambda _: None)
    told, hour = config(db, digest=DigestSettings(zone=zone, day="saturday", hour=3)), datetime(2028, 1, 3, tzinfo=UTC)
    while hour < datetime(2028, 7, 3, tzinfo=UTC):
        if due(told, hour).digest:
            kept.append(delivery._week(told, hour))
        hour += timedelta(hours=1)
    monkeypatch.undo()
    reader.close()
    assert len(kept) == len(set(kept)) == 26


def parcel_of(week: str) -> Parcel:
    return Parcel(profile="me", period=week, message_id="", subject="", body=b"", created_at=MONDAY, state="sent")


def test_a_life_with_a_server_that_fails_at_random(db: Path):
    """Ten weeks; the server fails two times of three: nothing is lost, and a repeat is the same mail."""
    fates = ["451 no", None, "250 OK", None, None, "451 no", "250 OK", "451 no", "250 OK", "250 OK", "550 no", "250 OK"]
    for week in range(10):
        collect(db, *(f"{name}{week}" for name in ("Vision", "Speech")), at=MONDAY + week * WEEK - timedelta(hours=1))
        with postbox(at_data=fates[week % len(fates)]) as box, suppress(DeliveryError):
            deliver(config(db, box), {}, MONDAY + week * WEEK)
    with postbox() as box:
        deliver(config(db, box), {}, MONDAY + 10 * WEEK)
    parcels = outbox(db)
    assert {parcel.state for parcel in parcels} == {"sent"}
    assert len({parcel.message_id for parcel in parcels}) == len(parcels) == 11
    listed = [opening for (opening,) in rows(db, "SELECT opening FROM outbox_item")]
    assert len(listed) == len(set(listed)) == 3 + 2 * 10
