"""What a listing states, in words: conditions, spans, pay, and where dates come from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from _matches import match
from making import NOW, days, facets, opening

from db.status import FactVersion
from finder.conditions import conditions, pay_in_words, remote_in_words, span
from finder.dates import bound
from finder.model import Opening, Stated
from finder.render import dated
from finder.render.page import page
from finder.wishes import deadline_of, may_be_of_term, terms_of


def told(**values: str) -> list[str]:
    return list(conditions({name: Stated(value, f"quote of {name}") for name, value in values.items()}).values())


@pytest.mark.parametrize(
    ("subject", "value", "words"),
    [
        ("sponsorship", "no", "It does not sponsor a work visa"),
        ("sponsorship", "yes", "It sponsors a work visa"),
        ("student_visa", "yes", "A student visa is enough"),
        ("student_visa", "no", "A student visa is not enough"),
        ("citizenship", "US", "For citizens of US only"),
        ("citizenship", "US+", "For citizens or permanent residents of US only"),
        ("citizenship", "AU|NZ", "For citizens of AU or NZ only"),
        ("clearance", "required", "You must hold a security clearance"),
        ("clearance", "obtainable", "You must be able to obtain a security clearance"),
        ("work_right", "required", "You must be allowed to work there"),
        ("enrolment", "required", "You must be a student"),
        ("enrolment", "graduated", "You must have finished your studies"),
        ("degree", "bachelor", "Degree: Bachelor's"),
        ("degree", "bachelor|master|phd", "Degree: Bachelor's, Master's or PhD"),
        ("graduation", "2026-12..2028-06", "You must graduate between 2026-12 and 2028-06"),
        ("graduation", "2027-05..2027-05", "You must graduate in 2027-05"),
        ("graduation", "2027-12..", "You must graduate in 2027-12 or later"),
        ("graduation", "..2027-06", "You must graduate by 2027-06"),
        ("year", "junior|senior", "For juniors or seniors"),
        ("year", "freshman", "For first-year students"),
        ("age", "18", "You must be 18 or older"),
        ("paid", "no", "It is not paid"),
    ],
)
def test_condition_in_words(subject: str, value: str, words: str) -> None:
    assert told(**{subject: value}) == [words]


@pytest.mark.parametrize(
    ("subject", "value"), [("paid", "yes"), ("hours", "40"), ("pay", "USD 30 hour"), ("term", "Fall")]
)
def test_what_keeps_nobody_away_is_no_condition(subject: str, value: str) -> None:
    assert told(**{subject: value}) == []


def test_unknown_says_nothing() -> None:
    assert conditions({}) == {}


def test_what_one_sentence_says_stands_together() -> None:
    said = {"degree": Stated("phd", "a PhD student"), "enrolment": Stated("required", "a PhD student")}
    assert conditions(said) == {"a PhD student": "You must be a student; Degree: PhD"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12 weeks", "12 weeks"),
        ("12..16 weeks", "12 to 16 weeks"),
        ("6.. months", "at least 6 months"),
        ("..20", "at most 20"),
        ("15..", "at least 15"),
        ("37.5", "37.5"),
        ("2027-06", "2027-06"),
    ],
)
def test_span_in_words(value: str, words: str) -> None:
    assert span(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("anywhere", "It can be done from anywhere"),
        ("country:CA|US", "It can be done remotely from CA or US"),
        ("region:EMEA", "It can be done remotely from EMEA"),
        ("hybrid", "A part of the week is on site"),
        ("hybrid:3 days", "Hybrid: 3 days a week on site"),
        ("near", "It can be done from home within reach of the place"),
        ("yes", "It can be done remotely"),
        ("no", "It is on site"),
        ("", ""),
        ("moon:far", ""),
    ],
)
def test_remote_in_words(value: str, words: str) -> None:
    assert remote_in_words(value) == words


@pytest.mark.parametrize(
    ("source", "stated", "row"),
    [
        (True, "country:US", "remote      yes (It can be done remotely from US)"),
        (None, "hybrid", "remote      A part of the week is on site"),
        (False, "", "remote      no"),
    ],
)
def test_the_page_tells_what_the_source_says_and_what_the_text_states(source: Any, stated: str, row: str) -> None:
    said = {"remote": Stated(stated, "words")} if stated else {}
    shown = page(match(remote=source, facets=facets(stated=said)), (), NOW)
    assert row in shown.splitlines()


# ---------------------------------------------------------------------------------------- pay
def paid(pay: str, quote: str, field: str = "", **others: str) -> Opening:
    said = {"pay": Stated(pay, quote)} | {name: Stated(value, "") for name, value in others.items()}
    return opening(pay=field, read={"stated": said})


FIELD = (
    "30–40 USD an hour (about 5,200–6,933.33 USD a month, at 40 hours a week), "
    "as its source's own field says: “$30 – $40 per hour”"
)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            paid("USD 30..40 hour", "$30 – $40 per hour", "$30 – $40 per hour"),
            FIELD,
        ),
        (
            paid("EUR 1040 month", "1.040 € im Monat", hours="20"),
            "1,040 EUR a month (about 12 EUR an hour, at 20 hours a week), as its text says: “1.040 € im Monat”",
        ),
        (
            paid("EUR 1040 month", "1.040 €", hours="20..30"),
            "1,040 EUR a month (about 6 EUR an hour, at 40 hours a week), as its text says: “1.040 €”",
        ),
        (paid("USD 5000 total", "a stipend of $5,000"), "5,000 USD in all, as its text says: “a stipend of $5,000”"),
        (
            paid("USD ..60 hour", "up to $60"),
            "up to 60 USD an hour (about up to 10,400 USD a month, at 40 hours a week), as its text says: “up to $60”",
        ),
        (opening(pay="Competitive"), "Competitive"),
        (opening(facets=None), ""),
    ],
)
def test_pay_in_words(found: Opening, words: str) -> None:
    assert pay_in_words(found) == words


# ---------------------------------------------------------------------------------------- terms, deadline
def test_a_term_without_its_year_may_be_of_any_year() -> None:
    one = opening(read={"stated": {"term": Stated("Summer|Fall 2027", "")}})
    assert terms_of(one) == ("Summer", "Fall 2027")
    assert may_be_of_term(one, "summer 2027")
    assert not may_be_of_term(one, "Fall 2027")
    assert not may_be_of_term(one, "Winter 2027")
    assert not may_be_of_term(opening(), "Summer 2027")


def closing(value: str, **changes: Any) -> Opening:
    return opening(read={"stated": {"deadline": Stated(value, f"apply by {value}")}}, **changes)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (closing("2027-01-15"), datetime(2027, 1, 15, tzinfo=UTC)),
        (closing("--01-15"), datetime(2027, 1, 15, tzinfo=UTC)),
        (closing("--09-15"), datetime(2026, 9, 15, tzinfo=UTC)),
        (closing("--08-23"), datetime(2026, 8, 23, tzinfo=UTC)),
        (closing("--09-15", posted_at=None, first_seen=NOW - days(365)), datetime(2025, 9, 15, tzinfo=UTC)),
        (closing("2027-01-15", deadline=NOW), NOW),
        (closing("--02-29"), None),
        (closing("2027-02-30"), None),
        (opening(), None),
        (opening(facets=None), None),
    ],
)
def test_last_day_to_apply(found: Opening, day: datetime | None) -> None:
    assert deadline_of(found) == day


# ---------------------------------------------------------------------------------------- dates
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30+ days ago", "2026-07-24"),
        ("Posted 30+ Days Ago", "2026-07-24"),
        ("over 30 days ago", "2026-07-24"),
        ("more than 2 weeks ago", "2026-08-09"),
        ("30+d", "2026-07-24"),
        ("30 days ago", None),
        ("18+ countries", None),
        ("2026-08-01", None),
        ("", None),
    ],
)
def test_a_bound_is_read_as_one(text: str, day: str | None) -> None:
    found = bound(text, NOW)
    assert (f"{found:%Y-%m-%d}" if found else None) == day


def version(source: str, at: datetime = NOW, **fields: str) -> FactVersion:
    return FactVersion(source, "1", "", at, fields)


def test_every_date_says_where_it_comes_from() -> None:
    one = opening(posted_at=NOW - days(12), deadline=NOW + days(30), updated_at=NOW)
    said = [version("list-a", posted="3d"), version("board-b", posted="2026-08-11", deadline="2026-09-22")]
    assert dated.rows(one, said, NOW) == {
        "posted": "2026-08-11 (board-b says “2026-08-11” under “posted”)",
        "updated": "2026-08-23",
        "deadline": "2026-09-22 (board-b says “2026-09-22” under “deadline”)",
        "first seen": "2026-08-23 08:00 UTC, just now (by finder)",
        "last seen": "2026-08-23 08:00 UTC, just now (by finder)",
    }


def test_a_date_that_no_words_give_now_names_the_last_that_tells_one() -> None:
    rows = dated.rows(opening(posted_at=NOW - days(2)), [version("list-a", posted="3d")], NOW)
    assert rows["posted"] == "2026-08-21 (list-a says “3d” under “posted”)"


def test_a_bound_is_shown_as_one_and_is_no_date() -> None:
    said = [version("board-b"), version("board-b", posted="Posted 30+ Days Ago")]
    rows = dated.rows(opening(posted_at=None), said, NOW)
    assert rows["posted"] == "2026-07-24 or before (board-b says “Posted 30+ Days Ago” under “posted”)"
    assert dated.rows(opening(posted_at=None), [], NOW)["posted"] == ""


def test_a_deadline_of_the_text_says_so() -> None:
    assert dated.rows(closing("--09-15"), [], NOW)["deadline"] == "2026-09-15 (its text says “apply by --09-15”)"
