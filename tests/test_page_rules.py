"""The rules that hold for the records of every source: belief, keys, and typed access to JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import ParseError
from finder.model import Found, Page, Skipped
from scrapers._json import filled, flag, moment, number, record, records, text, text_or, texts, whole
from scrapers._page import DRIFT_ROWS, DRIFT_SHARE, believable, digest, distinct

URL = "https://example.org/list"


def item(key: str = "k", **fields: Any) -> Found:
    return Found(kind="job", key=key, title=fields.pop("title", "T"), url=fields.pop("url", ""), **fields)


def page(found: int, skipped: int) -> Page:
    return Page(tuple(item(str(n)) for n in range(found)), tuple(Skipped(f"why {n}", "") for n in range(skipped)))


# --------------------------------------------------------------------------------------------- belief
@pytest.mark.parametrize(("found", "skipped"), [(0, 0), (0, 19), (1, 18), (20, 0), (18, 2), (90, 10)])
def test_a_page_with_few_misfits_or_few_records_is_believed(found: int, skipped: int) -> None:
    whole_page = page(found, skipped)
    assert believable(whole_page, URL) is whole_page


@pytest.mark.parametrize(("found", "skipped"), [(0, 20), (17, 3), (89, 11)])
def test_a_page_of_misfits_is_refused_with_the_first_reason(found: int, skipped: int) -> None:
    with pytest.raises(ParseError) as caught:
        believable(page(found, skipped), URL)
    assert caught.value.problem == f"schema drift: {skipped} of {found + skipped} records do not fit; first: why 0"
    assert caught.value.url == URL


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_rule_is_the_share_and_the_size(found: int, skipped: int) -> None:
    doubtful = found + skipped >= DRIFT_ROWS and skipped > DRIFT_SHARE * (found + skipped)
    try:
        believable(page(found, skipped), URL)
        refused = False
    except ParseError:
        refused = True
    assert refused == doubtful


# --------------------------------------------------------------------------------------------- keys
def test_single_keys_stay_as_they_are_and_in_their_order() -> None:
    found = (item("b"), item("a"), item("c"))
    assert distinct(found) == found


def test_equal_items_are_one() -> None:
    assert distinct([item(), item(), item()]) == (item(),)


def test_items_of_one_key_all_get_a_suffix_of_what_lasts() -> None:
    first, second = distinct([item(title="A"), item(title="B")])
    assert {first.title: first.key, second.title: second.key} == {
        "A": f"k#{digest('', 'A', '')}",
        "B": f"k#{digest('', 'B', '')}",
    }


def test_the_order_of_places_does_not_change_a_suffix() -> None:
    def keys(*places: str) -> set[str]:
        return {found.key for found in distinct([item(locations=places), item(title="B")])}

    assert keys("X", "Y") == keys("Y", "X") != keys("X")


def test_items_that_differ_only_in_what_changes_are_numbered() -> None:
    before = {found.key for found in distinct([item(posted="1d"), item(posted="2d"), item("other")])}
    after = {found.key for found in distinct([item("other"), item(posted="3d"), item(posted="2d")])}
    assert before == after
    assert sorted(key[-2:] for key in before if key != "other") == ["#1", "#2"]


def test_a_closed_and_an_open_item_of_one_key_both_live() -> None:
    found = distinct([item(closed="yes"), item()])
    assert sorted(one.closed for one in found) == ["", "yes"]


def test_text_that_utf8_cannot_hold_gets_a_key_too() -> None:
    assert len({found.key for found in distinct([item(title="\ud800"), item(title="\udfff")])}) == 2


drawn_items = st.builds(
    item,
    key=st.sampled_from("kl"),
    title=st.sampled_from("AB"),
    url=st.sampled_from(["", "https://x.example"]),
    posted=st.sampled_from(["1d", "2d"]),
    extra=st.sampled_from([{}, {"stars": 1}]),
)


@given(st.lists(drawn_items, max_size=10), st.randoms())
def test_keys_are_unique_and_do_not_depend_on_the_order(items: list[Found], random: Any) -> None:
    found = distinct(items)
    different = [one for n, one in enumerate(items) if one not in items[:n]]
    assert len({one.key for one in found}) == len(found) == len(different)
    again = distinct(random.sample(items, len(items)))
    assert sorted(found, key=lambda one: one.key) == sorted(again, key=lambda one: one.key)


# --------------------------------------------------------------------------------------------- typed access
ROW: dict[str, Any] = {
    "text": "x",
    "blank": " ",
    "null": None,
    "true": True,
    "int": 7,
    "float": 1.5,
    "list": ["a", "b"],
    "rows": [{"a": 1}],
    "mixed": ["a", 1],
}


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        (text, "text", "x"),
        (text, "blank", " "),
        (filled, "text", "x"),
        (text_or, "text", "x"),
        (text_or, "null", ""),
        (text_or, "missing", ""),
        (texts, "list", ("a", "b")),
        (texts, "null", ()),
        (texts, "missing", ()),
        (records, "rows", ({"a": 1},)),
        (records, "missing", ()),
        (whole, "int", 7),
        (number, "int", 7),
        (number, "float", 1.5),
        (moment, "text", "x"),
        (moment, "int", "7"),
        (moment, "float", "1"),
        (moment, "null", ""),
        (moment, "missing", ""),
    ],
)
def test_a_fitting_value_is_given(read: Callable[[Any, str], Any], name: str, value: Any) -> None:
    assert read(ROW, name) == value


@pytest.mark.parametrize(
    ("read", "name", "words"),
    [
        (text, "int", "int: expected text, found int"),
        (text, "null", "null: expected text, found NoneType"),
        (filled, "blank", "blank: is blank"),
        (filled, "list", "list: expected text, found list"),
        (text_or, "true", "true: expected text, found bool"),
        (texts, "text", "text: expected a list, found str"),
        (texts, "mixed", r"mixed\[\]: expected text, found int"),
        (records, "text", "text: expected a list, found str"),
        (records, "list", r"list\[\]: expected an object, found str"),
        (whole, "true", "true: expected a whole number, found bool"),
        (whole, "float", "float: expected a whole number, found float"),
        (number, "true", "true: expected a number, found bool"),
        (number, "text", "text: expected a number, found str"),
        (moment, "true", "true: expected a time, found bool"),
        (moment, "list", "list: expected a time, found list"),
    ],
)
def test_a_misfit_names_its_field(read: Callable[[Any, str], Any], name: str, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=f"^{words}$"):
        read(ROW, name)


@pytest.mark.parametrize("read", [text, filled, whole, number])
def test_what_must_be_there_is_missed_by_name(read: Callable[[Any, str], Any]) -> None:
    with pytest.raises(KeyError, match="missing"):
        read(ROW, "missing")


def test_flags_have_a_default_and_no_other_type() -> None:
    assert flag(ROW, "true", False) is True
    assert flag(ROW, "missing", True) is True
    assert flag(ROW, "null", False) is False
    with pytest.raises(TypeError, match="int: expected true or false, found int"):
        flag(ROW, "int", True)


def test_a_record_is_an_object() -> None:
    assert record({"a": 1}) == {"a": 1}
    with pytest.raises(TypeError, match="row: expected an object, found list"):
        record([])


def test_an_infinite_time_is_no_time() -> None:
    with pytest.raises(OverflowError):
        moment({"at": float("inf")}, "at")
