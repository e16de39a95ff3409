"""What the visits of a crawl add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from _store import item, look
from hypothesis import given
from hypothesis import strategies as st

from db.look import Sighted
from finder.collect import Harvest, posted_between
from finder.crawl import Remembered, Visit
from finder.lifecycle import Known, judge
from finder.model import Detail, Found, Page, Request, Skipped, Validators
from finder.normalise import to_facts

NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
ONE, TWO, MORE = (Request(f"https://acme.example/{name}") for name in ("one", "two", "more"))
ETAG = Validators('"1"')


def found(key: str, **others: Any) -> Found:
    told = {"title": f"Job {key}", "url": f"https://acme.example/jobs/{key}"} | others
    return Found(kind="job", key=key, **told)


def page(*keys: str | Found, request: Request = ONE, **others: Any) -> Visit:
    """A page that was read anew and shows these."""
    items = tuple(key if isinstance(key, Found) else found(key) for key in keys)
    made = Page(items, **others)
    return Visit(request, NOON, made, Remembered(ETAG, made.next, made.complete), complete=made.complete)


def unchanged(request: Request = ONE, *, leads_to: tuple[Request, ...] = (), complete: bool = True) -> Visit:
    return Visit(request, NOON, None, Remembered(ETAG, leads_to, complete), complete=complete)


def lost(problem: str, request: Request = MORE) -> Visit:
    return Visit(request, None, None, None, problem)


def detail(key: str, part: str = "more", **fields: Any) -> Visit:
    return page(request=MORE, details=(Detail(key, part, fields),))


def harvest(*visits: Visit) -> Harvest:
    made = Harvest(NOON)
    for visit in visits:
        made.add(visit)
    return made


def known(**pages: Request | None) -> dict[str, Known]:
    """Open items by key, with the page that showed them last."""
    return {key: Known("open", None, (request.key,) if request else ()) for key, request in pages.items()}


def recorded(
    made: Harvest,
    before: Mapping[str, Known] | None = None,
    parts: Mapping[str, Any] | None = None,
    posted: Mapping[str, datetime] | None = None,
) -> dict[str, Sighted]:
    items = made.items("acme", before or {}, parts or {}, posted or {})
    assert len({one.listing.found.key for one in items}) == len(items)
    return {one.listing.found.key: one for one in items}


# ------------------------------------------------------------------------------------------------ adding up
def test_pages_add_up():
    made = harvest(page("a", "b"), page("c", request=TWO))
    items = recorded(made)
    assert {key: one.pages for key, one in items.items()} == {"a": (ONE.key,), "b": (ONE.key,), "c": (TWO.key,)}
    assert items["a"].parts == {"": to_facts(found("a"))}
    assert made.pages == {ONE.key: Remembered(ETAG), TWO.key: Remembered(ETAG)}
    assert not made.all_unchanged


def test_what_turns_up_twice_counts_as_first_shown():
    made = harvest(page("a", "b"), page(found("b", title="Later"), "c", request=TWO))
    items = recorded(made)
    assert sorted(items) == ["a", "b", "c"]
    assert (items["b"].pages, items["b"].listing.title) == ((ONE.key, TWO.key), "Job b")


def test_what_an_unchanged_page_showed_is_touched():
    before = known(a=ONE, b=TWO, c=TWO, d=None)
    made = harvest(unchanged(TWO), page("c", request=ONE))
    assert made.touched(before) == {"b"}
    assert made.look(before, False, None).shown == {"b": "", "c": ""}
    assert recorded(made, before).keys() == {"c"}


def test_what_was_marked_closed_on_an_unchanged_page_is_shown_as_closed():
    before = {"a": Known("closed", None, (ONE.key,)), "b": Known("closed")}
    assert harvest(unchanged()).look(before, False, None).shown == {"a": "closed before"}


@pytest.mark.parametrize(
    ("visits", "all_unchanged"),
    [((), False), ((unchanged(),), True), ((unchanged(), unchanged(TWO)), True), ((unchanged(), page("a")), False)],
)
def test_all_is_unchanged_if_every_answer_was(visits, all_unchanged):
    assert (
        harvest(*visits[:1], *(Visit(TWO, v.at, v.page, v.memory) for v in visits[1:])).all_unchanged is all_unchanged
    )


@pytest.mark.parametrize("partial", [page("a", complete=False), unchanged(complete=False)])
def test_one_page_that_is_not_all_makes_the_look_incomplete(partial):
    assert harvest(page("b", request=TWO)).look({}, False, None).complete
    assert not harvest(page("b", request=TWO), partial).look({}, False, None).complete
    assert not harvest(partial, page("b", request=TWO)).look({}, False, None).complete


def test_a_look_carries_what_it_is_judged_by():
    made = harvest(page(found("a", closed="marked"), skipped=(Skipped("x", "{}"),)))
    error = ValueError("surprise")
    look = made.look({}, True, error)
    assert (look.shown, look.windowed, look.skipped, look.error) == ({"a": "marked"}, True, 1, error)


def test_what_was_not_brought_is_said_in_words():
    misfit = page(skipped=(Skipped("KeyError: 'id'", "{}"), Skipped("other", "{}")))
    assert harvest(page("a")).note == ""
    assert harvest(misfit).note == "skipped 2, the first for KeyError: 'id'"
    assert harvest(lost("404 (x)")).note == "404 (x)"
    told = harvest(misfit, lost("404 (x)"), lost("late (y)"), lost("late (z)")).note
    assert told == "skipped 2, the first for KeyError: 'id'; 404 (x); 2 more like it"


def test_it_is_said_where_no_page_that_the_source_leads_to_could_be_read():
    spare = replace(MORE, optional=True)
    other = replace(spare, url=f"{MORE.url}/2")
    gone, late = lost("404 (x)", spare), lost("late (y)", other)
    assert harvest(page(), gone, late).unread == "none of 2 pages could be read, the first for 404 (x)"
    assert harvest(page(), gone, page(request=other)).unread == ""
    assert harvest(page(), gone, unchanged(other)).unread == ""
    assert harvest(page()).unread == ""


def test_a_look_of_which_no_page_could_be_read_failed_unless_something_is_shown_all_the_same():
    gone = lost("404 (x)", replace(MORE, optional=True))
    verdict = judge({}, harvest(page(), gone).look({}, False, None), NOON)
    assert (verdict.outcome, verdict.problem) == ("failed", "none of 1 pages could be read, the first for 404 (x)")
    assert judge({}, harvest(page("a"), gone).look({}, False, None), NOON).outcome == "ok"


# ------------------------------------------------------------------------------------------------ details
OLD = {"a": {"": to_facts(found("a")), "more": {"description": "old"}}}


def leading(*keys: str) -> Visit:
    return page(*keys, next=(MORE,))


def test_details_stand_over_what_the_list_says():
    made = harvest(leading("a"), detail("a", description="new", title="Full title"))
    one = recorded(made)["a"]
    assert (one.listing.title, one.listing.found.description) == ("Full title", "new")
    assert one.parts == {"": to_facts(found("a")), "more": {"description": "new", "title": "Full title"}}


def test_details_told_before_are_kept_until_told_anew():
    before = known(a=ONE, b=ONE)
    made = harvest(leading("a", "new"), unchanged(MORE))
    assert made.told_in_parts(before) == {"a"}
    assert recorded(made, before, OLD)["a"].listing.found.description == "old"
    anew = harvest(leading("a"), detail("a", description="new"))
    assert recorded(anew, before, OLD)["a"].parts == {"": to_facts(found("a")), "more": {"description": "new"}}


def test_a_source_of_one_page_asks_the_store_for_nothing():
    before = known(a=ONE)
    assert harvest(page("a", "b")).told_in_parts(before) == frozenset()
    assert harvest(page("a", "b")).told_by_age(before) == frozenset()


def test_details_alone_are_merged_with_the_stored_facts():
    before = known(a=ONE)
    made = harvest(unchanged(leads_to=(MORE,)), detail("a", description="new"))
    assert made.told_in_parts(before) == {"a"}
    one = recorded(made, before, OLD)["a"]
    assert (one.pages, one.listing.title, one.listing.found.description) == ((ONE.key,), "Job a", "new")


@pytest.mark.parametrize("before", [{}, known(a=None), known(a=TWO), {"a": Known("closed")}])
def test_details_of_what_is_not_shown_are_dropped(before):
    made = harvest(unchanged(leads_to=(MORE,)), detail("a", description="new"))
    assert recorded(made, before, OLD if before else {}) == {}


# ------------------------------------------------------------------------------------------------ ages
DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "oldest", "newest"),
    [
        ("12d", 13, 12),
        ("0d", 1, 0),
        ("Today", 1, 0),
        ("yesterday", 2, 1),
        ("2w", 21, 14),
        ("1mo", 60, 30),
        ("Posted 3 Days Ago", 4, 3),
        ("a month ago", 31, 30),
    ],
)
def test_an_age_stands_for_a_span(text, oldest, newest):
    midnight = NOON.replace(hour=0)
    assert posted_between(text, NOON) == (midnight - oldest * DAYS, midnight - newest * DAYS)


def test_hours_stand_for_an_hour():
    assert posted_between("5h", NOON) == (NOON - timedelta(hours=6), NOON - timedelta(hours=5))


@pytest.mark.parametrize(
    "text",
    ["", "Aug 22", "22 Aug", "Feb 29", "2026-08-22", "20260822", "1787000000", "30+ days ago", "soon", "12 parsecs"],
)
@pytest.mark.parametrize("at", [NOON, datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)])
def test_a_date_is_no_age(text, at):
    assert posted_between(text, at) is None


@given(st.text(max_size=20), st.integers(0, 4000))
def test_no_text_is_too_odd(text, days):
    span = posted_between(text, NOON + days * DAYS)
    assert span is None or span[0] < span[1] <= NOON + (days + 1) * DAYS


@given(st.integers(0, 400), st.integers(0, 90), st.integers(0, 23), st.sampled_from(["d", " days ago", "mo", "w"]))
def test_a_second_look_never_knows_less_about_the_date(born, later, hour, unit):
    """A list that counts right in whole units tells at each look how old something is."""
    size = {"mo": 30, "w": 7}.get(unit, 1)
    posted = NOON - born * DAYS
    first, second = NOON, NOON + later * DAYS + timedelta(hours=hour)
    told = [f"{(at - posted) // DAYS // size}{unit}" for at in (first, second)]
    date = recorded(_told(told[0], first))["a"].listing.posted_at
    assert date is not None
    again = recorded(_told(told[1], second), known(a=ONE), posted={"a": date})["a"].listing.posted_at
    assert again is not None
    assert abs(again - posted) <= max(abs(date - posted), DAYS)
    assert again == date or size > 1


def _told(age: str, at: datetime) -> Harvest:
    visit = page(found("a", posted=age))
    return harvest(replace(visit, at=at))


def test_an_age_that_does_not_fit_the_date_is_news():
    made = harvest(page(found("a", posted="2d"), found("b", posted="1mo"), found("c", posted="Aug 1")))
    before = known(a=ONE, b=ONE, c=ONE)
    assert made.told_by_age(before) == {"a", "b"}
    dates = dict.fromkeys("abc", NOON - 40 * DAYS)
    items = recorded(made, before, posted=dates)
    assert {key: str(one.listing.posted_at)[:10] for key, one in items.items()} == {
        "a": "2026-08-20",
        "b": "2026-07-13",
        "c": "2026-08-01",
    }


def test_an_age_told_long_ago_is_not_read_as_of_today():
    """The list page did not change since it said "2d"; only a detail is new."""
    before = known(a=ONE)
    made = harvest(unchanged(leads_to=(MORE,)), detail("a", description="new"))
    assert made.told_by_age(before) == {"a"}
    date = NOON - 20 * DAYS
    parts = {"a": {"": to_facts(found("a", posted="2d"))}}
    assert recorded(made, before, parts, {"a": date})["a"].listing.posted_at == date


# ------------------------------------------------------------------------------------------------ from the store
def test_the_store_knows_when_items_were_posted(store):
    store.begin_run(NOON)
    many = [item(str(n), posted_at=NOON - n * DAYS if n % 2 else None) for n in range(1201)]
    store.record(look(*many), NOON)
    store.record(look(item("1", posted_at=NOON), source="other"), NOON)
    asked = [str(n) for n in range(1201)] + ["nowhere"]
    dates = store.posted("list", asked)
    assert dates == {str(n): NOON - n * DAYS for n in range(1201) if n % 2}
    assert store.posted("list", ["1"]) == {"1": NOON - DAYS}
    assert store.posted("list", []) == store.posted("nobody", ["1"]) == {}
