"""Files of listings kept by hand: what is understood, what is refused, and by which number it is told."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.model import Found
from finder.table import COLUMNS, Bad, Table, key, listing, read

AT = datetime(2026, 8, 22, 10, tzinfo=UTC)
ROW = {"title": "ML Intern", "organization": "Acme", "url": "https://acme.example/jobs/1"}


def jsonl(*rows: Any) -> Table:
    return read("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "jsonl", AT)


def sheet(*rows: str, at: datetime = AT) -> Table:
    return read("\n".join(rows), "csv", at)


def only(table: Table) -> Found:
    assert table.bad == ()
    (found,) = table.found
    return found


# ------------------------------------------------------------------------------------------------ what is understood
def test_a_row_with_all_columns() -> None:
    row = ROW | {
        "kind": "job",
        "locations": ["Berlin, Germany", "Remote"],
        "remote": True,
        "terms": "Summer 2027",
        "posted_at": "2026-08-20",
        "deadline": "31 October 2026",
        "description": "Python and statistics.\nA second line.",
        "employment": "Full-time",
        "category": "Research",
        "degrees": "BSc | MSc",
        "sponsorship": "yes",
        "pay": 4000,
        "skills": ["Python"],
    }
    assert only(jsonl(row)) == Found(
        kind="job",
        key="url:acme.example/jobs/1",
        title="ML Intern",
        organization="Acme",
        url="https://acme.example/jobs/1",
        locations=("Berlin, Germany", "Remote"),
        remote=True,
        terms=("Summer 2027",),
        posted="2026-08-20",
        deadline="31 October 2026",
        description="Python and statistics.\nA second line.",
        employment="Full-time",
        category="Research",
        degrees=("BSc", "MSc"),
        sponsorship="yes",
        pay="4000",
        skills=("Python",),
    )


def test_the_same_row_says_the_same_in_both_forms() -> None:
    one = only(jsonl(ROW | {"locations": ["Berlin, Germany", "Oslo"], "remote": False, "posted_at": "2026-08-20"}))
    head = "title,organization,url,locations,remote,posted_at"
    assert one == only(sheet(head, 'ML Intern,Acme,https://acme.example/jobs/1,"Berlin, Germany; Oslo",no,2026-08-20'))


@pytest.mark.parametrize("field", COLUMNS)
def test_columns_have_other_names_in_any_case(field: str) -> None:
    value = {"url": "https://x.example/jobs/7", "kind": "job", "remote": "yes", "posted": "2026-08-20"}.get(
        field, "2026-09-30"
    )
    for name in COLUMNS[field]:
        row = {column: text for column, text in ROW.items() if column != field}
        told = getattr(only(jsonl(row | {f" {name.upper()} ": value})), field)
        assert told in (value, (value,), True)


def test_what_is_left_empty_is_not_told() -> None:
    plain = only(jsonl(ROW))
    assert plain.kind == "internship"
    assert only(jsonl(ROW | dict.fromkeys(set(COLUMNS) - set(ROW), ""))) == plain
    assert only(jsonl(ROW | dict.fromkeys(set(COLUMNS) - set(ROW)))) == plain
    assert (plain.remote, plain.locations, plain.posted) == (None, (), "")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_sheets_are_separated_as_their_header_is(separator: str) -> None:
    rows = [("title", "company", "link"), ("ML Intern", "Acme", "https://acme.example/jobs/1")]
    assert only(sheet(*(separator.join(row) for row in rows))).organization == "Acme"


def test_sheets_of_other_programs_are_read() -> None:
    text = (
        '\ufefftitle,company,url,description\r\n"ML ""Intern""",Acme,https://acme.example/jobs/1,"two\r\nlines"\r\n\r\n'
    )
    found = only(read(text, "csv", AT))
    assert (found.title, found.description) == ('ML "Intern"', "two\r\nlines")


def test_a_long_description_is_read_whole() -> None:
    assert (
        len(only(sheet("title,company,url,description", f"A,B,https://a.example/jobs/1,{'x' * 500_000}")).description)
        == 500_000
    )


def test_columns_that_mean_nothing_here_are_told() -> None:
    table = sheet("title,company,url,Notes,rating", "A,B,https://a.example/jobs/1,mine,5")
    assert table.unknown == ("Notes", "rating")
    assert len(table.found) == 1


# ------------------------------------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": " "}, "title: missing"),
        ({"organization": None}, "organization: missing"),
        ({"url": ""}, "url: missing"),
        ({"url": "acme.example/jobs/1"}, "url: not a usable http or https address"),
        ({"url": "ftp://acme.example/jobs/1"}, "url: not a usable"),
        ({"title": ["A"]}, "title: expected text, found a list"),
        ({"title": True}, "title: expected text, found true or false"),
        ({"locations": {"city": "Oslo"}}, "locations: expected text, found an object"),
        ({"locations": ["Oslo", 3]}, "locations: expected a list of texts, found int in it"),
        ({"remote": "sometimes"}, "remote: must be true or false, not 'sometimes'"),
        ({"kind": "project"}, "kind: must be internship or job, not 'project'"),
        ({"posted_at": "soonish"}, "posted: not a date: 'soonish'"),
        ({"deadline": "2026-13-40"}, "deadline: not a date: '2026-13-40'"),
    ],
)
def test_a_row_that_does_not_fit_is_told_with_its_first_misfit(change: dict[str, Any], why: str) -> None:
    table = jsonl(ROW, ROW | change, ROW | {"url": "https://acme.example/jobs/2"})
    assert [found.url[-1] for found in table.found] == ["1", "2"]
    assert [(bad.number, bad.why[: len(why)]) for bad in table.bad] == [(2, why)]


def test_rows_are_numbered_as_a_sheet_or_an_editor_numbers_them() -> None:
    bad = sheet(
        "title,company,url", "A,B,https://a.example/jobs/1", "", "A,,https://a.example/jobs/2", "A,B,c,d", "A,B"
    ).bad
    assert bad == (Bad(4, "organization: missing"), Bad(5, "4 cells, but 3 columns"), Bad(6, "url: missing"))
    table = jsonl("", ROW, "{", "[1]", "3")
    assert [one.number for one in table.bad] == [3, 4, 5]
    assert table.bad[0].why.startswith("not JSON: ")
    assert table.bad[1].why == "expected an object, found a list"


@pytest.mark.parametrize(
    "text", ["", "\n", "A,B,https://a.example/jobs/1", "title,company\nA,B", "url,company\nhttps://a.example,B"]
)
def test_a_sheet_without_a_header_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="its first row must name the columns, title and url among them"):
        read(text, "csv", AT)


def test_what_the_sheet_reader_cannot_take_is_told_and_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finder.table.LARGEST", 40)
    table = sheet("title,company,url", f"{'x' * 50},B,https://a.example/jobs/1", "A,B,https://a.example/jobs/2")
    assert [one.number for one in table.bad] == [2]
    assert table.bad[0].why.startswith("not CSV: field larger")
    assert [found.url[-1] for found in table.found] == ["2"]


# ------------------------------------------------------------------------------------------------ keys
def test_one_posting_has_one_key_however_its_address_is_written() -> None:
    assert key("https://jobs.lever.co/acme/0a1b2c3d-0000-4000-8000-000000000001/apply?utm_source=x", "A") == key(
        "https://jobs.lever.co/acme/0A1B2C3D-0000-4000-8000-000000000001", "Another title"
    )


def test_on_a_whole_careers_page_titles_tell_listings_apart() -> None:
    page = "https://acme.example/careers"
    assert key(page, "ML Intern") == key(page, " ML  Intern ") != key(page, "Data Intern")


# ------------------------------------------------------------------------------------------------ any text at all
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(list(ROW.values())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([name for names in COLUMNS.values() for name in names]) | st.text(max_size=8)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=8) | st.text(max_size=30), max_size=8))
def test_every_line_is_a_listing_a_bad_row_or_blank(rows: list[Any]) -> None:
    lines = [row.replace("\n", " ") if isinstance(row, str) else json.dumps(row) for row in rows]
    table = read("\n".join(lines), "jsonl", AT)
    assert len(table.found) + len(table.bad) == sum(bool(line.strip()) for line in lines)
    assert all(found.title and found.organization and found.url for found in table.found)


@given(st.text(max_size=200) | st.text('title,url;company\t\n"\r\0', max_size=80))
def test_any_text_is_a_sheet_or_refused(text: str) -> None:
    for body in (text, "title,company,url\n" + text):
        try:
            table = read(body, "csv", AT)
        except ValueError:
            continue
        assert all(bad.number > 1 and bad.why for bad in table.bad)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=15).filter(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS, st.integers(1, 99)), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_another_program_writes_is_read_back(rows: list[tuple[str, str, int]], separator: str) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator)
    writer.writerow(["title", "company", "url"])
    writer.writerows([title, company, f"https://acme.example/jobs/{n}"] for title, company, n in rows)
    table = read(made.getvalue(), "csv", AT)
    assert table.bad == ()
    assert [(found.title, found.organization) for found in table.found] == [(a.strip(), b.strip()) for a, b, _ in rows]


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), VALUES))
def test_fields_make_a_listing_or_a_reason(told: dict[str, Any]) -> None:
    try:
        found = listing(told, AT)
    except ValueError as error:
        assert str(error).partition(":")[0] in COLUMNS
    else:
        assert found.key and found.kind in ("internship", "job")
