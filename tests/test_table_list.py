"""Table lists: columns by their words, and what a row tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched, Found, Page, Request
from scrapers import table_list
from scrapers._table import read
from scrapers.table_list import ADAPTER, COLUMNS, Options

URL = "https://raw.example.net/list/README.md"
NOW = datetime(2026, 8, 22, tzinfo=UTC)
HEADER = "| Company | Role | Location | Application | Age |\n|---|---|---|---|---|\n"


def parse(text: str, **options: bool | str) -> Page:
    return ADAPTER.parse(Fetched(Request(URL), 200, text.encode(), NOW), Options(URL, **options))  # type: ignore[arg-type]


def one(row: str, header: str = HEADER) -> Found:
    page = parse(header + row + "\n")
    assert not page.skipped
    (found,) = page.found
    return found


def refusal(text: str) -> str:
    with pytest.raises(ParseError) as caught:
        parse(text)
    return caught.value.problem


def test_the_document_is_asked_for_once_and_may_be_a_window() -> None:
    assert ADAPTER.start(Options(URL)) == [Request(URL)]
    assert ADAPTER.windowed(Options(URL)) is False
    assert ADAPTER.windowed(Options(URL, windowed=True)) is True


def test_the_configuration_says_what_the_rows_are() -> None:
    text = HEADER + "| C | T | NYC | [a](https://c.example) | 1d |\n"
    assert parse(text).found[0].kind == "internship"
    assert parse(text, lists="job").found[0].kind == "job"


# --------------------------------------------------------------------------------------------- tables and columns
@pytest.mark.parametrize("word", COLUMNS["title"])
@pytest.mark.parametrize("company", COLUMNS["company"])
def test_columns_are_told_by_their_words_in_any_order(word: str, company: str) -> None:
    header = f"| Age | 🏢 **{word.upper()}** | [{company.title()}](#top) |\n|-|-|-|\n"
    found = one("| 3d | Data Intern | Quillon |", header)
    assert (found.title, found.organization, found.posted) == ("Data Intern", "Quillon", "3d")


def test_no_word_names_two_columns() -> None:
    words = [word for words in COLUMNS.values() for word in words]
    assert len(set(words)) == len(words)


def test_a_title_column_wins_over_a_role_column() -> None:
    found = one("| Builds pipelines | Q | ML Intern |", "| Role | Company | Title |\n|---|---|---|\n")
    assert found.title == "ML Intern"


def test_legends_and_indexes_are_passed_over() -> None:
    legend = "| Emoji | Meaning |\n|:-:|---|\n| 🔥 | hot |\n\n<table><tr><td>Index</td></tr></table>\n\n"
    assert len(parse(legend + HEADER + "| C | T | | | |\n" + legend).found) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Moved\n", "there is no table at all"),
        ("| Name | Status |\n|---|---|\n| a | b |\n", "there are tables of 'name, status'"),
        ("| Company | Link |\n|---|---|\n| a | b |\n", "there are tables of 'company, link'"),
        ("```\n" + HEADER + "```\n", "no table at all"),
        ("<!--\n" + HEADER + "-->\n", "no table at all"),
        ("| Company | Role |\nno rule under the header\n| a | b |\n", "no table at all"),
        ("<!doctype html><table><tr><th>Company<th>Role</table>", "looks like an HTML page"),
        ("<HTML>" + HEADER, "looks like an HTML page"),
        ("| Név\u0000 | \x1b[31m |\n|---|---|\n", r"'n\xe9v\x00, \x1b[31m'"),
    ],
)
def test_a_document_without_a_listing_is_refused_by_what_it_has(text: str, words: str) -> None:
    assert words in refusal(text)


def test_nothing_at_all_is_an_empty_answer() -> None:
    for text in ("", " \n", "\ufeff"):
        with pytest.raises(EmptyAnswer):
            parse(text)


def test_a_listing_without_rows_is_an_empty_page() -> None:
    assert parse(HEADER) == parse(HEADER + "\n_No roles currently_\n") == Page()


def test_an_empty_line_or_a_comment_does_not_end_a_table_but_text_does() -> None:
    row = "| C | {} | NYC | [a](https://c.example/{}) | 1d |\n"
    text = (
        HEADER + row.format("T1", 1) + "\n<!-- a mark -->\n" + row.format("T2", 2) + "The end.\n" + row.format("T3", 3)
    )
    assert [found.title for found in parse(text).found] == ["T1", "T2"]


def test_tables_that_follow_each_other_without_a_gap_are_two() -> None:
    text = HEADER + "| C | T1 | | | |\n| Role | Firm |\n|---|---|\n| T2 | D |\n"
    assert [(found.title, found.organization) for found in parse(text).found] == [("T1", "C"), ("T2", "D")]


def test_rows_may_lack_their_outer_pipes_or_their_last_cells() -> None:
    text = "Company | Role | Location\n--- | --- | ---\nC | T1 | NYC\n | C | T2\n| C | T3 | | | |\n"
    assert [(found.title, found.locations) for found in parse(text).found] == [("T1", ("NYC",)), ("T2", ()), ("T3", ())]


def test_html_and_pipe_tables_are_read_in_the_order_of_the_document() -> None:
    markup = "<table><tr><th>Company</th><th>Role</th></tr><tr><td>C</td><td>{}</td></tr></table>\n\n"
    text = markup.format("T1") + HEADER + "| C | T2 | | | |\n\n" + markup.format("T3")
    assert [found.title for found in parse(text).found] == ["T1", "T2", "T3"]


def test_an_html_table_that_is_cut_off_gives_the_rows_it_has() -> None:
    text = "<table><tr><th>Company</th><th>Role</th></tr><tr><td>C</td><td>T1</td></tr><tr><td>C"
    page = parse(text)
    assert [found.title for found in page.found] == ["T1"]
    assert [skipped.why for skipped in page.skipped] == ["ValueError: title: is blank"]


def test_markup_that_would_stop_the_html_parser_is_refused() -> None:
    assert "refused before parsing" in refusal(HEADER + "\n<table>" + "<div>" * 1000)


# --------------------------------------------------------------------------------------------- rows
def test_an_arrow_stands_for_the_company_above_in_its_own_table() -> None:
    rows = "| ↳ | T0 | | | |\n| **[C](https://c.example)** | T1 | | | |\n| **↳** | T2 | | | |\n| ⤷ | T3 | | | |\n"
    page = parse(HEADER + rows + "\nText.\n\n" + HEADER + "| ↳ | T4 | | | |\n")
    assert [(found.organization, found.title) for found in page.found] == [("C", "T1"), ("C", "T2"), ("C", "T3")]
    assert [skipped.why for skipped in page.skipped] == ["ValueError: company: is blank"] * 2


@pytest.mark.parametrize("cell", ["🔒", "Closed🔒", "❌ Closed", "CLOSED", "[closed](https://c.example/1)"])
def test_a_closed_row_is_kept_with_the_words_that_close_it(cell: str) -> None:
    closed = one(f"| C | T | NYC | {cell} | 1d |").closed
    assert closed == f"marked closed ({read(cell).text})"


@pytest.mark.parametrize("cell", ["", "soon", "[Apply](https://disclosed.example)", "undisclosed"])
def test_other_words_close_nothing(cell: str) -> None:
    assert not one(f"| C | T | NYC | {cell} | 1d |").closed


def test_a_lock_closes_wherever_it_stands() -> None:
    assert one("| C | T 🔒 | NYC | [a](https://c.example) | 1d |").closed


def test_the_key_is_the_link_without_what_tells_the_way_here() -> None:
    cell = "[a](https://Jobs.Example/One/?gh_jid=7&utm_source=x&ref=y&Source=z&src=w&UTM_medium=v#apply)"
    found = one(f"| C | T | NYC | {cell} | 1d |")
    assert found.key == "jobs.example/One?gh_jid=7#apply"
    assert found.url == "https://Jobs.Example/One/?gh_jid=7&utm_source=x&ref=y&Source=z&src=w&UTM_medium=v#apply"


def test_without_a_link_the_key_is_made_of_words_that_marks_and_ages_do_not_change() -> None:
    keys = {
        one(f"| C | {title} | NYC</br>LA | 🔒 | {age} |").key
        for title, age in (("T", "1d"), ("🆕 T", "2d"), ("T 🛂", ""))
    }
    assert len(keys) == 1
    assert keys != {one("| C | T | NYC | 🔒 | 1d |").key}
    assert keys != {one("| D | T | NYC</br>LA | 🔒 | 1d |").key}


def test_the_employers_own_link_is_taken_before_that_of_an_aggregator() -> None:
    own, other = "[a](https://q.example/1)", "[b](https://simplify.jobs/p/1)"
    assert one(f"| C | T | | {other} {own} | |").url == "https://q.example/1"
    assert one(f"| C | T | | {other} | |").url == "https://simplify.jobs/p/1"


def test_without_a_link_column_the_link_is_that_of_the_title_or_else_of_the_company() -> None:
    header = "| Company | Role |\n|---|---|\n"
    company, title = "[C](https://c.example/)", "[T](https://t.example/)"
    assert one(f"| {company} | {title} |", header).url == "https://t.example/"
    assert one(f"| {company} | T |", header).url == "https://c.example/"
    assert one(f"| {company} | T | NYC | 🔒 | |").url == ""


@pytest.mark.parametrize(
    ("location", "model", "remote"),
    [
        ("NYC", "Remote", True),
        ("NYC", "On Site", False),
        ("NYC", "Hybrid", None),
        ("Remote", "", True),
        ("Delta, Canada (Onsite)", "", False),
        ("Toronto (Remote)", "", True),
        ("Toronto (Hybrid)", "", None),
        ("Remote in USA", "", None),
        ("NYC</br>Remote", "", None),
        ("", "", None),
    ],
)
def test_remote_is_only_what_a_cell_says_plainly(location: str, model: str, remote: bool | None) -> None:
    header = "| Company | Role | Location | Work Model |\n|---|---|---|---|\n"
    assert one(f"| C | T | {location} | {model} |", header).remote is remote


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("Montreal, QC / Toronto, ON/Ottawa", ("Montreal, QC", "Toronto, ON/Ottawa")),
        ("NYC</br>LA / SF", ("NYC", "LA", "SF")),
        ("San Francisco, CA, Austin, TX", ("San Francisco, CA, Austin, TX",)),
        ("", ()),
    ],
)
def test_places_are_parted_only_where_the_list_parts_them(cell: str, places: tuple[str, ...]) -> None:
    assert one(f"| C | T | {cell} | | |").locations == places


def test_the_signs_behind_a_title_are_read_and_taken_off() -> None:
    found = one("| 🔥 C™ | 🆕 T (a) 🇺🇸 🛂 🎓 | | | |")
    assert (found.organization, found.title) == ("C™", "T (a)")
    assert found.sponsorship == "does not offer sponsorship; requires U.S. citizenship"
    assert found.degrees == ("advanced degree",)


def test_a_column_of_details_is_taken_apart() -> None:
    header = "| Title | Company | Details |\n|---|---|---|\n"
    found = one("| T | C | Co-op · 8mo · $45,700 - $74,400 CAD · Fall 2026 |", header)
    assert (found.employment, found.pay, found.terms) == ("Co-op", "$45,700 - $74,400 CAD", ("Fall 2026",))
    assert one("| T | C | |", header).employment == ""


def test_the_columns_that_only_some_lists_have() -> None:
    header = "| Company | Role | Terms | Salary | Deadline | Visa | Category |\n|---|---|---|---|---|---|---|\n"
    found = one("| C | T | Winter 2026, Spring 2027 | $62/hr | Sep 1 | 🏛 H-1B Co. | Quant |", header)
    assert (found.terms, found.pay, found.deadline) == (("Winter 2026", "Spring 2027"), "$62/hr", "Sep 1")
    assert (found.sponsorship, found.category) == ("H-1B Co.", "Quant")
    assert one("| C | T | N/A | | | | |", header).terms == ()


def test_rows_of_one_link_are_both_kept_and_an_equal_one_is_one() -> None:
    row = "| C | {} | NYC | [a](https://c.example/1) | 1d |\n"
    keys = [found.key for found in parse(HEADER + row.format("T1") + row.format("T2") + row.format("T1")).found]
    assert len(keys) == len(set(keys)) == 2
    assert all(key.startswith("c.example/1#") for key in keys)


def test_rows_alike_but_for_their_age_keep_their_keys_as_they_age() -> None:
    def keys(*ages: str) -> set[str]:
        return {found.key for found in parse(HEADER + "".join(f"| C | T | NYC | 🔒 | {age} |\n" for age in ages)).found}

    assert len(keys("1d", "9d", "3mo")) == 3
    assert keys("1d", "9d", "3mo") == keys("4mo", "2d", "10d")


@given(st.lists(st.tuples(st.sampled_from("CD"), st.sampled_from("TU"), st.integers(0, 2)), max_size=9), st.randoms())
def test_no_row_is_lost_and_no_key_depends_on_the_order(drawn: list[tuple[str, str, int]], random: object) -> None:
    def keys(rows: list[tuple[str, str, int]]) -> dict[str, str]:
        text = "".join(f"| {c} | {t} | | [a](https://c.example/{link}) | |\n" for c, t, link in rows)
        return {found.key: found.organization + found.title for found in parse(HEADER + text).found}

    assert len(keys(drawn)) == len(set(drawn))
    assert keys(random.sample(drawn, len(drawn))) == keys(drawn)  # type: ignore[attr-defined]


# --------------------------------------------------------------------------------------------- lists of programs
PROGRAMS = "| Name | Status/Open Date | Year | Note |\n|---|---|---|---|\n"


def program(status: str, name: str = "[Tern Launch](https://tern.example/launch)") -> tuple[Found, ...]:
    """This program of a list that has another one, which is open."""
    first, *others = parse(f"{PROGRAMS}| Skua | Open | | |\n| {name} | {status} | Sophomore | Two weeks |\n").found
    assert first.title == "Skua"
    return tuple(others)


@pytest.mark.parametrize("status", ["✅ Open", "✅ Open year-round", "Open", "open now", "✅"])
def test_a_program_that_is_said_to_be_open(status: str) -> None:
    (found,) = program(status)
    assert (found.title, found.organization, found.closed) == ("Tern Launch", "", "")
    assert (found.url, found.key) == ("https://tern.example/launch", "tern.example/launch")
    assert dict(found.extra) == {"for": "Sophomore"}
    assert found.description == "Two weeks"


@pytest.mark.parametrize("status", ["❌ Closed", "Closed", "🔒", "❌"])
def test_a_program_that_is_said_to_be_closed(status: str) -> None:
    (found,) = program(status)
    assert found.closed == f"marked closed ({status})"


@pytest.mark.parametrize(
    "status", ["?", "", "Soon", "March 18", "Open 10/15", "mid-January", "Reopens", "Opening soon"]
)
def test_a_program_of_which_the_list_does_not_know_is_left_out(status: str) -> None:
    assert program(status) == ()


def test_a_program_without_a_link_is_known_by_its_name() -> None:
    (before,), (after,) = program("✅ Open", "Tern Launch"), program("❌ Closed", "Tern Launch")
    assert before.key == after.key != program("✅ Open", "Tern Launches")[0].key
    assert before.url == ""


def test_a_list_of_companies_is_never_taken_for_one_of_programs() -> None:
    found = one("| C | T | | [a](https://c.example) | ❌ |", "| Company | Role | Name | Link | Status |\n|-|-|-|-|-|\n")
    assert (found.organization, found.closed) == ("C", "")


def test_names_alone_are_no_list_of_programs() -> None:
    assert "no table with columns" in refusal("| Name | Year |\n|---|---|\n| A | 1 |\n")


def test_the_module_has_the_four_names_of_an_adapter() -> None:
    assert (table_list.start, table_list.parse) == (ADAPTER.start, ADAPTER.parse)
    assert ADAPTER.options is Options
    assert ADAPTER.kind == "table_list"
