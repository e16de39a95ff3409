"""A search as plain text, and one opening as a page: everything is said, nothing is cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from _matches import PLAIN, REPOSITORY, match, ranked
from making import NOW, at, days, facets, need, of_kind, opening

from db.status import FactVersion
from finder.model import Sighting
from finder.render import search
from finder.render.history import changes
from finder.render.page import VERSIONS, page, why
from finder.render.search import ALL_REASONS, HEADINGS, REASONS, dated, entry, grouped, listing, state_words


# ------------------------------------------------------------------------------------------------ listing
def test_kinds_stand_in_their_order_with_their_totals():
    matches = ranked(REPOSITORY, PLAIN, of_kind("job", "job23456"), of_kind("course", "course23"))
    text = listing(matches, {"internship": 2308, "project": 1}, NOW)
    heads = [line for line in text.splitlines() if line.partition(":")[0] in HEADINGS.values()]
    assert heads == [
        "Internships: 1 of 2,308",
        "Other jobs: 1 of 1",
        "Projects to contribute to: 1 of 1",
        "Courses: 1 of 1",
    ]


def test_a_kind_without_matches_has_no_heading():
    assert list(grouped(ranked(PLAIN))) == ["internship"]
    assert listing([], {}, NOW) == ""


def test_every_kind_has_a_heading():
    assert len(set(HEADINGS.values())) == len(HEADINGS) == len(grouped_kinds())


def grouped_kinds() -> set[str]:
    from finder.query import KINDS

    return set(KINDS)


def test_an_entry_says_what_where_when_and_why():
    text = entry(3, match(), NOW)
    lines = text.splitlines()
    assert lines[0] == " 3. Computer Vision Intern — Quillmark Robotics"
    assert "· Berlin, Germany; Remote in EU · posted 5 days ago" in lines[1]
    assert lines[-1] == "    https://jobs.quillmark.example/abc23xyz   [abc23xyz]"
    assert len([line for line in lines if line.startswith("    - ")]) == REASONS


def test_a_pipe_is_never_wrapped():
    long = match(title="Intern " * 60)
    assert max(len(line) for line in entry(1, long, NOW).splitlines()) > 400
    assert all(len(line) <= 100 for line in entry(1, long, NOW, width=100).splitlines())


def test_more_reasons_when_asked_for():
    told = match()
    assert len(told.reasons) > REASONS
    assert entry(1, told, NOW, ALL_REASONS).count("\n    - ") == len(told.reasons)
    assert entry(1, told, NOW, 0).count("\n    - ") == 0


def test_numbers_beyond_nine_stay_in_line():
    assert entry(10, match(), NOW).startswith("10. ")


def test_no_address_is_told():
    assert "(no address given)   [abc23xyz]" in entry(1, match(url=""), NOW)


def test_no_organization_leaves_no_dash():
    assert entry(1, match(organization=""), NOW).splitlines()[0] == " 1. Computer Vision Intern"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "posted 5 days ago"),
        ({"posted_at": None}, f"seen since {NOW - days(4):%Y-%m-%d}"),
        ({"posted_at": NOW + days(1)}, "posted today"),
    ],
)
def test_dates_of_listings(changes, told):
    assert dated(match(**changes), NOW) == told


def test_a_project_is_dated_by_its_last_work():
    assert dated(ranked(REPOSITORY)[0], NOW) == "active 3 days ago"
    assert dated(ranked(replace(REPOSITORY, updated_at=None))[0], NOW) == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"state": "missing"}, "MISSING"),
        ({"state": "closed", "evidence": "active: false"}, "CLOSED: active: false"),
        ({"state": "closed", "evidence": "\x1b[1mgone\n"}, "CLOSED: [1mgone "),
    ],
)
def test_a_state_that_is_not_open_is_told(changes, told):
    assert state_words(match(**changes)) == told
    assert told in entry(1, match(**changes), NOW)


@pytest.mark.parametrize("title", ["1. First", "11 labs intern", "  . dotted", "100 % remote"])
def test_a_title_that_begins_like_a_number_is_kept(title):
    assert page(match(title=title), (), NOW).startswith(title)
    assert f". {title.strip()}" in entry(1, match(title=title), NOW).replace(".   ", ". ")


# ------------------------------------------------------------------------------------------------ why
def equation(text: str) -> tuple[float, list[float]]:
    """The score shown and the parts shown."""
    told = text.partition("Score  ")[2].partition("\n\n")[0]
    score, parts = told.replace("\n", " ").split("= 100 ×")
    return float(score), [float(number) for number in re.findall(r"\d\.\d{3}", parts)]


def test_the_score_shown_is_the_product_of_the_parts_shown():
    for told in ranked(PLAIN, REPOSITORY, opening("b2", need("CUDA"), posted_at=NOW - days(90)), of_kind("job", "j2")):
        for width in (0, 60, 100):
            score, parts = equation(why(told, NOW, width))
            product = 100.0
            for part in parts:
                product *= part
            assert len(parts) == len(told.parts)
            assert score == pytest.approx(product, abs=0.4)


def test_why_has_every_reason_whole():
    told = match()
    text = why(told, NOW)
    assert [line[4:] for line in text.splitlines() if line.startswith("  - ")] == list(told.reasons)
    assert "Seen at" not in text


# ------------------------------------------------------------------------------------------------ the page
FULL = page(match(), (), NOW)


@pytest.mark.parametrize(
    "line",
    [
        "kind        internship",
        "places      Berlin, Germany; Remote in EU",
        "terms       Summer 2027",
        "pay         €20 an hour",
        "posted      2026-08-18",
        "first seen  2026-08-19 08:00 UTC, 4 days ago (by finder)",
        "state       open",
        "  ✓ Python (must): “Good Python”",
        "  · PyTorch (should): “PyTorch is a plus”",
        "Seen at 2 sources",
        "  - quill-board: open, 2026-08-19 08:00 UTC to 2026-08-23 08:00 UTC, just now",
        "    https://list.example/abc",
        "    active: false",
        "Description",
        "  We look at leaves.",
        "  You know Python.",
    ],
)
def test_a_page_tells(line):
    assert line in FULL.splitlines()


@pytest.mark.parametrize("word", ["remote", "deadline", "updated", "evidence", "History", "language", "stars"])
def test_a_page_is_silent_about_what_is_not_known(word):
    assert not re.search(rf"^{word}", FULL, re.MULTILINE)


def test_a_page_without_anything_is_still_a_page():
    text = page(ranked(opening("x2", facets=None, organization="", url="", posted_at=None))[0], (), NOW)
    assert "kind        internship" in text
    for block in ("What it asks for", "Concluded", "Description", "History"):
        assert block not in text
    assert "\n\n\n" not in text


def test_a_repository_tells_its_own():
    lines = page(ranked(REPOSITORY)[0], (), NOW).splitlines()
    for line in (
        "kind        project (beginner)",
        "language    Python",
        "stars       12,345",
        "issues      https://git.example/i",
    ):
        assert line in lines
    assert not any(line.startswith("archived") for line in lines)
    over = ranked(replace(REPOSITORY, extra={"archived": True, "stars": "many"}))[0]
    assert "archived    yes" in page(over, (), NOW)


def test_needs_come_hardest_first_and_alternatives_together():
    told = match(
        facets=facets(
            needs=(
                need("Docker", "mentioned"),
                need("TensorFlow", "must", group=1),
                need("PyTorch", "must", group=1),
                need("SQL", "should"),
            )
        )
    )
    block = page(told, (), NOW).partition("What it asks for")[2].partition("\n\n")[0].splitlines()[1:]
    assert [line.split()[1] for line in block] == ["TensorFlow", "PyTorch", "SQL", "Docker"]
    assert "(must, or PyTorch)" in block[0]
    assert "(must, or TensorFlow)" in block[1]


def test_conclusions_have_their_words():
    told = match(facets=facets(evidence={"level": "Intern", "role": "Computer Vision"}))
    assert "Concluded from\n  - level: “Intern”\n  - role: “Computer Vision”" in page(told, (), NOW)


def test_a_page_fits_its_width():
    told = match(description="word " * 200, pay="by arrangement " * 20)
    for width in (60, 80, 100):
        lines = page(told, (), NOW, width).splitlines()
        assert max(len(line) for line in lines if "http" not in line) <= width


# ------------------------------------------------------------------------------------------------ history
def version(days_ago: float, source: str = "quill", part: str = "", **fields) -> FactVersion:
    return FactVersion(source, "k1", part, NOW - timedelta(days=days_ago), fields)


def test_a_history_names_what_changed():
    versions = [
        version(9, title="Intern", url="https://a.example"),
        version(8, source="other", title="Intern!"),
        version(7, title="ML Intern", url="https://a.example"),
        version(6, part="page", description="x" * 100),
        version(5, title="ML Intern", url="https://a.example", closed="active: false"),
        version(4, part="page", description="y" * 100),
        version(3, title="ML Intern", url="https://a.example", places=("Oslo",)),
    ]
    assert [told for _, told in changes(versions)] == [
        "first told",
        "first told",
        "title “Intern” → “ML Intern”",
        "first told (page)",
        "closed “” → “active: false”",
        "description changed",
        "closed “active: false” → “” and places changed",
    ]


def test_many_changes_at_once_are_counted():
    old = version(2, **{f"f{n}": "a" for n in range(9)})
    new = version(1, **{f"f{n}": "b" for n in range(9)})
    assert list(changes([old, new]))[1][1].endswith("and 3 more")


def test_a_page_tells_a_history_only_if_there_is_one():
    assert "History" not in page(match(), [version(3, title="a"), version(2, source="other", title="a")], NOW)
    text = page(match(), [version(3, title="a"), version(2, title="b")], NOW)
    assert "  - 2026-08-21 08:00 UTC  quill: title “a” → “b”" in text.splitlines()


def test_a_long_history_is_shortened():
    text = page(match(), [version(40 - n, title=str(n)) for n in range(VERSIONS + 3)], NOW)
    block = text.partition("History\n")[2].partition("\n\n")[0].splitlines()
    assert block[0] == "  … 3 earlier changes"
    assert len(block) == VERSIONS + 1


def test_many_sightings_are_all_told():
    seen = tuple(Sighting(f"s{n}", f"https://s{n}.example", "open", NOW, NOW) for n in range(30))
    text = page(match(sightings=seen), (), NOW)
    assert "Seen at 30 sources" in text
    assert all(f"s{n}: open" in text for n in range(30))


def test_places_are_all_on_the_page_and_three_in_a_row():
    told = match(places=tuple(at(f"Town {n}") for n in range(6)))
    assert "Town 5" in page(told, (), NOW)
    assert "Town 2 +3" in search.facts(told, NOW)
