"""JSON, NDJSON and CSV: valid whatever a source sent, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from _matches import PLAIN, REPOSITORY, match, ranked
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, at, opening

from db.status import FactVersion
from finder.model import Sighting
from finder.render.records import CSV_COLUMNS, as_csv, as_json, as_lines, cell, detail, iso, record

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text + "\n", newline="")))


def test_a_record_of_everything():
    told = record(match())
    assert told["id"] == "abc23xyz"
    assert told["locations"][0] == {"text": "Berlin, Germany", "city": "Berlin", "region": "BE", "country": "DE"}
    assert told["posted_at"] == "2026-08-18T08:00:00Z"
    assert told["deadline"] is None
    assert told["skills_required"] == ["Python", "PyTorch"]
    assert told["skills_held"] == ["Python"]
    assert told["sources"] == [
        {"name": "quill-board", "url": "https://jobs.quillmark.example/abc"},
        {"name": "a-list", "url": "https://list.example/abc"},
    ]
    assert json.loads(json.dumps(told)) == told


def test_an_unclassified_opening_has_a_record():
    told = record(ranked(opening("x2", facets=None))[0])
    assert (told["level"], told["role"], told["kind"]) == ("", "", "internship")


def test_scores_and_parts_are_rounded_alike():
    for told in map(record, ranked(PLAIN, REPOSITORY)):
        product = 1.0
        for part in told["parts"].values():
            product *= part
        assert told["score"] == pytest.approx(product, abs=1e-5)
        assert 0 < told["score"] <= 1


def test_detail_adds_what_a_page_needs():
    versions = [FactVersion("quill", "k", "", NOW, {"title": "a"}), FactVersion("quill", "k", "", NOW, {"title": "b"})]
    told = detail(match(), versions)
    assert record(match()).items() <= told.items()
    assert told["needs"][0] == {"skill": "Python", "strength": "must", "quote": "Good Python", "group": 0, "held": True}
    assert told["needs"][1]["held"] is False
    assert told["sightings"][1]["evidence"] == "active: false"
    assert told["history"] == [
        {"at": "2026-08-23T08:00:00Z", "source": "quill", "change": "first told"},
        {"at": "2026-08-23T08:00:00Z", "source": "quill", "change": "title “a” → “b”"},
    ]
    assert json.loads(json.dumps(told)) == told
    bare = detail(ranked(opening("x2", facets=None))[0], ())
    assert (bare["needs"], bare["conclusions"], bare["history"]) == ([], {}, [])


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (None, None),
        (datetime(2026, 8, 1, tzinfo=UTC), "2026-08-01T00:00:00Z"),
        (datetime(2026, 8, 1, 1, 2, 3, 456, timezone(timedelta(hours=2))), "2026-07-31T23:02:03Z"),
    ],
)
def test_times_are_utc_to_the_second(moment, told):
    assert iso(moment) == told


# ------------------------------------------------------------------------------------------------ JSON
def test_no_match_is_an_empty_list_no_line_and_a_header():
    assert as_json([]) == "[]"
    assert as_lines([]) == ""
    assert as_csv([]) == ",".join(CSV_COLUMNS) + "\r"


def test_lines_are_the_members_of_the_array():
    matches = ranked(PLAIN, REPOSITORY)
    assert [json.loads(line) for line in as_lines(matches).splitlines()] == json.loads(as_json(matches))


def test_json_is_ascii_so_that_no_terminal_and_no_encoding_can_break_it():
    assert as_json([match(title="Größe 東京 \x1b[31m \u202e \ud800")]).isascii()


@settings(max_examples=60)
@given(st.text(), st.text(), st.text())
def test_json_is_valid_and_tells_the_very_text(title, place, url):
    told = match(title=title, url=url, places=(at(place),), sightings=(Sighting(title, url, "open", NOW, NOW),))
    item = json.loads(as_json([told]))[0]
    assert (item["title"], item["url"]) == (title, url)
    assert item["locations"][0]["text"] == place
    assert json.loads(as_lines([told])) == item
    assert json.loads(json.dumps(detail(told, ())))["title"] == title


# ------------------------------------------------------------------------------------------------ CSV
def test_csv_has_a_row_each_and_its_columns():
    matches = ranked(PLAIN, REPOSITORY)
    told = rows(as_csv(matches))
    assert [row["id"] for row in told] == [m.opening.id for m in matches]
    row = next(row for row in told if row["id"] == "abc23xyz")
    assert row["locations"] == "Berlin, Germany; Remote in EU"
    assert row["sources"] == "quill-board; a-list"
    assert row["skills_required"] == "Python; PyTorch"
    assert row["remote"] == ""


def test_csv_lines_end_as_the_standard_says():
    text = as_csv(ranked(PLAIN)) + "\n"  # what `say` adds
    assert text.count("\r\n") == text.count("\n") == 2


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0.25, "0.25"),
        ([], ""),
        ([{"text": "Oslo"}, {"name": "list"}, {}], "Oslo; list; "),
        ("=1+1", "'=1+1"),
        ("+49 123", "'+49 123"),
        ("-2", "'-2"),
        ("@import", "'@import"),
        ("＝1", "'＝1"),
        ("  =1", "'  =1"),
        ('"=1', "'\"=1"),
        ("'=1", "''=1"),
        ("\t=1", "' =1"),
        ("\x00=1", "'=1"),
        ("\u200b=1", "'=1"),
        ("a=1", "a=1"),
        ("C++", "C++"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_cell(value, told):
    assert cell(value) == told


NASTY = st.text(st.sampled_from([*TRIGGERS, '"', "'", ",", ";", " ", "a", "ä", "\x1b", "\u202e", "\x85", "\u2028"]))


@settings(max_examples=150)
@given(NASTY, NASTY, NASTY, NASTY)
def test_csv_reparses_and_no_cell_is_a_formula(title, name, place, source):
    told = match(
        title=title,
        organization=name,
        url=title,
        places=(at(place),),
        sightings=(Sighting(source, "", "open", NOW, NOW),),
    )
    read = rows(as_csv([told, told]))
    assert len(read) == 2
    for row in read:
        assert tuple(row) == CSV_COLUMNS
        for text in row.values():
            assert not text.lstrip(' "').startswith(TRIGGERS)
            assert text.isprintable()


def test_every_column_is_a_field_of_the_record():
    assert set(CSV_COLUMNS) <= record(match()).keys()


def test_a_closed_one_keeps_its_evidence():
    told = record(ranked(replace(PLAIN, state="closed", evidence="active: false"))[0])
    assert (told["state"], told["evidence"]) == ("closed", "active: false")
