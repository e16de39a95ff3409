"""The lists of projects, and the addresses of repositories that they share."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request
from scrapers import awesome_for_beginners, awesome_machine_learning, good_first_issue, up_for_grabs
from scrapers._forge import once, owner, repository

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)
UFG, AFB = up_for_grabs.ADAPTER, awesome_for_beginners.ADAPTER
GFI, AML = good_first_issue.ADAPTER, awesome_machine_learning.ADAPTER
LISTS = {adapter.kind: adapter for adapter in (UFG, AFB, GFI, AML)}


def read(adapter: Adapter, body: Any) -> Page:
    text = body if isinstance(body, str) else json.dumps(body)
    return adapter.parse(Fetched(Request("https://list.example"), 200, text.encode(), AT), adapter.options())


def grabs(**fields: Any) -> dict[str, Any]:
    task = {"name": "easy", "link": "https://github.com/moor/heather/labels/easy"}
    return {
        "name": "Heather",
        "desc": "Grows.",
        "site": "https://heather.example",
        "tags": ["c"],
        "upforgrabs": task,
        **fields,
    }


def beginners(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Heather",
        "link": "https://github.com/moor/heather",
        "label": "easy",
        "technologies": ["C"],
        "description": "Grows.",
        **fields,
    }


def awesome(bullets: str, headings: str = "## Prolog\n\n#### Vision\n") -> Page:
    return read(AML, f"# A list\n\n{headings}\n{bullets}\n")


def entry(bullet: str) -> Found:
    (found,) = awesome(bullet).found
    return found


# ------------------------------------------------------------------------------------------------ addresses
@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://github.com/moor/heather", "https://github.com/moor/heather"),
        ("http://www.github.com/moor/heather/", "https://github.com/moor/heather"),
        (" https://GitHub.com/Moor/Heather.git ", "https://github.com/Moor/Heather"),
        ("https://github.com/moor/heather/labels/good%20first%20issue", "https://github.com/moor/heather"),
        ("https://github.com/moor/heather/issues?q=is%3Aopen", "https://github.com/moor/heather"),
        ("https://github.com/moor/heather/tree/main/apps/bee#readme", "https://github.com/moor/heather"),
        ("https://github.com//moor//heather.js", "https://github.com/moor/heather.js"),
        ("https://github.com/moor/heather%2Ejs", "https://github.com/moor/heather.js"),
        ("https://gitlab.com/moor/wild/heather/-/issues?label_name[]=x", "https://gitlab.com/moor/wild/heather"),
        ("https://gitlab.com/moor/heather/issues", "https://gitlab.com/moor/heather"),
        ("https://gitlab.com/moor/heather/-/tree/main", "https://gitlab.com/moor/heather"),
        ("https://gitlab.com/moor/wikis", "https://gitlab.com/moor/wikis"),
        ("https://codeberg.org/moor/heather/issues?labels=2", "https://codeberg.org/moor/heather"),
        ("https://bitbucket.org/moor/heather/src/main/", "https://bitbucket.org/moor/heather"),
    ],
)
def test_links_into_a_repository_lead_to_its_address(link: str, address: str) -> None:
    assert repository(link) == address


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#anchor",
        "heather",
        "https://github.com",
        "https://github.com/moor",
        "https://github.com/moor/.git",
        "https://github.com/topics/heather",
        "https://github.com/orgs/moor/projects",
        "https://github.com/sponsors/moor",
        "https://github.com/moor/hea ther",
        "https://github.com/moor/heather%3Fx",
        "https://gist.github.com/moor/123",
        "https://github.com.evil.example/moor/heather",
        "https://moor.github.io/heather",
        "https://gitlab.com/groups/moor/-/issues",
        "https://gitlab.com/moor/-/wikis",
        "https://heather.example/moor/heather",
        "mailto:moor@github.com",
    ],
)
def test_links_to_anything_else_are_no_repository(link: str) -> None:
    assert repository(link) == ""


@given(st.text(max_size=40) | st.text("/.:-%#?[]@agithubcom", max_size=40).map("https://github.com/".__add__))
@settings(max_examples=150)
def test_an_address_of_a_repository_is_its_own_address(link: str) -> None:
    try:
        address = repository(link)
    except ValueError:
        return
    assert repository(address) == address
    assert bool(owner(address)) is bool(address)


def test_the_owner_stands_in_the_address() -> None:
    assert owner("https://gitlab.com/moor/wild/heather") == "moor"
    assert owner("") == ""


def test_a_repository_named_twice_is_one_with_the_skills_of_both() -> None:
    def item(key: str, *skills: str, closed: str = "") -> Found:
        return Found(kind="project", key=key, title=key + "".join(skills), url="u", skills=skills, closed=closed)

    first, other = once([item("a", "C"), item("b"), item("a", "R", "C", closed="gone"), item("a")])
    assert (first.title, first.skills, first.closed) == ("aC", ("C", "R"), "gone")
    assert other == item("b")


# ------------------------------------------------------------------------------------------------ alike for all lists
@pytest.mark.parametrize("adapter", LISTS.values(), ids=LISTS)
def test_a_list_is_one_request(adapter: Adapter) -> None:
    (request,) = adapter.start(adapter.options())
    assert request == Request(adapter.options().url)
    assert adapter.start(adapter.options("https://copy.example/x"))[0].url == "https://copy.example/x"


@pytest.mark.parametrize("adapter", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("body", ["", " \n\n"])
def test_an_empty_answer_is_told_from_another_document(adapter: Adapter, body: str) -> None:
    with pytest.raises(EmptyAnswer):
        read(adapter, body)


@pytest.mark.parametrize("adapter", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><title>no</title>",
        '{"a": {"b": 1}}',
        "[]",
        "repositories = 3",
        "repositories = {}",
        '{"repositories": 1}',
        "# A list\n",
        "404: Not Found",
        "\x00\x01",
        "[" * 5000,
    ],
)
def test_another_document_is_refused(adapter: Adapter, body: str) -> None:
    with pytest.raises(ParseError):
        read(adapter, body)


GOOD: dict[str, Any] = {
    UFG.kind: json.dumps(
        {"Heather": grabs(stats={"issue-count": 2, "last-updated": "2026-01-01T00:00:00Z"}), "B": grabs()}
    ),
    AFB.kind: json.dumps({"repositories": [beginners(), beginners(link="https://gitlab.com/a/b/c")]}),
    GFI.kind: "repositories = [\n  'github.com/moor/heather',\n  'github.com/moor/bog',\n]\n",
    AML.kind: "## C\n#### Vision\n* [a](https://github.com/moor/heather) - x **[Deprecated]**\n* * [b](https://b.example)\n",
}


@pytest.mark.parametrize("adapter", LISTS.values(), ids=LISTS)
@settings(max_examples=100)
@given(data=st.data())
def test_a_damaged_list_gives_records_or_a_named_error(adapter: Adapter, data: st.DataObject) -> None:
    body: str = GOOD[adapter.kind]
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 12)))
    damaged = body[:start] + data.draw(st.text(max_size=6)) + body[end:]
    try:
        page = adapter.parse(
            Fetched(Request("https://list.example"), 200, damaged.encode("utf-8", "replace"), AT), adapter.options()
        )
    except ParseError:
        return
    keys = Counter(found.key for found in page.found)
    assert all(count == 1 and key for key, count in keys.items())
    assert all(found.url and found.kind == "project" for found in page.found)


# ------------------------------------------------------------------------------------------------ Up For Grabs
def test_up_for_grabs_gives_the_repository_and_the_page_of_its_tasks() -> None:
    stats = {"issue-count": 12, "last-updated": "2024-10-14T13:04:49Z", "fork-count": 4}
    (found,) = read(UFG, {"Heather": grabs(stats=stats)}).found
    assert (found.key, found.title, found.organization) == ("Heather", "Heather", "moor")
    assert (found.url, found.skills) == ("https://github.com/moor/heather", ("c",))
    assert found.extra == {
        "label": "easy",
        "issues_url": "https://github.com/moor/heather/labels/easy",
        "lists": ["up-for-grabs"],
        "issue_count": 12,
        "stats_at": "2024-10-14T13:04:49Z",
    }
    assert (found.posted, found.updated) == ("", ""), "when the list counted says nothing about the project"


@pytest.mark.parametrize("stats", [None, {}, {"issue-count": None, "last-updated": None}])
def test_up_for_grabs_without_counts_tells_none(stats: Any) -> None:
    (found,) = read(UFG, {"Heather": grabs(stats=stats)}).found
    assert not {"issue_count", "stats_at"} & found.extra.keys()


@pytest.mark.parametrize(
    ("link", "site", "url", "organization"),
    [
        ("https://tracker.example/?q=1", "https://github.com/moor/heather/", "https://github.com/moor/heather", "moor"),
        ("https://tracker.example/?q=1", "https://heather.example", "https://heather.example", ""),
        ("https://tracker.example/?q=1", None, "https://tracker.example/?q=1", ""),
        ("https://gitlab.com/groups/moor/-/issues", "https://moor.example", "https://moor.example", ""),
        ("https://gitlab.com/moor/a/b/-/issues", "https://moor.example", "https://gitlab.com/moor/a/b", "moor"),
    ],
)
def test_up_for_grabs_takes_the_best_address_it_is_told(
    link: str, site: str | None, url: str, organization: str
) -> None:
    (found,) = read(UFG, {"H": grabs(site=site, upforgrabs={"name": "easy", "link": link})}).found
    assert (found.url, found.organization, found.extra["issues_url"]) == (url, organization, link)


def test_up_for_grabs_labels_are_decoded() -> None:
    task = {"name": "good%20first%20issue", "link": "https://github.com/a/b/labels/good%20first%20issue"}
    assert read(UFG, {"H": grabs(upforgrabs=task)}).found[0].extra["label"] == "good first issue"


@pytest.mark.parametrize(
    "row",
    [
        None,
        [],
        grabs(name=""),
        grabs(tags="c"),
        grabs(upforgrabs=None),
        grabs(upforgrabs={"name": "x"}),
        grabs(upforgrabs={"link": "http://[", "name": "x"}),
        grabs(stats={"issue-count": "two"}),
    ],
)
def test_up_for_grabs_entries_that_do_not_fit_cost_themselves_alone(row: Any) -> None:
    page = read(UFG, {"Bad": row, "Heather": grabs(), " ": grabs()})
    assert ([found.key for found in page.found], len(page.skipped)) == (["Heather"], 2)


# ------------------------------------------------------------------------------------------------ Awesome for Beginners
def test_awesome_for_beginners_tells_label_and_technologies() -> None:
    (found,) = read(AFB, {"repositories": [beginners(link="https://github.com/Moor/Heather/")]}).found
    assert (found.key, found.url) == ("https://github.com/moor/heather", "https://github.com/Moor/Heather")
    assert (found.skills, found.description, found.organization) == (("C",), "Grows.", "Moor")
    assert found.extra == {"lists": ["awesome-for-beginners"], "label": "easy"}


@pytest.mark.parametrize("label", [None, "", " "])
def test_awesome_for_beginners_without_a_label_tells_none(label: str | None) -> None:
    (found,) = read(AFB, {"repositories": [beginners(label=label)]}).found
    assert "label" not in found.extra


def test_awesome_for_beginners_keeps_projects_that_live_elsewhere() -> None:
    (found,) = read(AFB, {"repositories": [beginners(link="https://Heather.example/join")]}).found
    assert (found.url, found.organization) == ("https://Heather.example/join", "")


@pytest.mark.parametrize("row", [None, 1, beginners(link=None), beginners(name=7), beginners(technologies=[1])])
def test_awesome_for_beginners_rows_that_do_not_fit_cost_themselves_alone(row: Any) -> None:
    page = read(AFB, {"repositories": [row, beginners()]})
    assert (len(page.found), len(page.skipped)) == (1, 1)


# ------------------------------------------------------------------------------------------------ Good First Issue
def test_good_first_issue_knows_only_names() -> None:
    (found,) = read(GFI, "repositories = ['github.com/Moor/Heather']").found
    assert (found.title, found.organization, found.description) == ("Heather", "Moor", "")
    assert (found.key, found.url) == ("https://github.com/moor/heather", "https://github.com/Moor/Heather")


@pytest.mark.parametrize("row", ["1", "true", "{name = 'x'}", "''", "'github.com/moor'", "'heather'", "'[::'"])
def test_good_first_issue_rows_without_a_repository_cost_themselves_alone(row: str) -> None:
    page = read(GFI, f"repositories = ['github.com/moor/heather', {row}]")
    assert (len(page.found), len(page.skipped)) == (1, 1)


# ------------------------------------------------------------------------------------------------ Awesome ML
@pytest.mark.parametrize(
    ("rest", "description"),
    [
        (" - Grows.", "Grows."),
        (" -> Grows.", "Grows."),
        (" – Grows.", "Grows."),
        (" — Grows.", "Grows."),
        (" -Grows.", "Grows."),
        (": Grows.", "Grows."),
        (" : Grows.", "Grows."),
        (", Grows.", "Grows."),
        (". Grows.", "Grows."),
        (" Grows.", "Grows."),
        (" - .NET grows.", ".NET grows."),
        (" .NET grows.", ".NET grows."),
        (" - Grows on [moors](https://m.example) with `bees`, **fast**.", "Grows on moors with bees, fast."),
        (' - Grows <a href="https://m.example">here</a> &amp; there.', "Grows here & there."),
        (".", ""),
        ("", ""),
    ],
)
def test_the_words_about_an_entry_follow_any_separator(rest: str, description: str) -> None:
    found = entry(f"* [Heather](https://github.com/moor/heather){rest}")
    assert (found.title, found.description) == ("Heather", description)


def test_an_entry_without_words_in_its_link_has_the_name_of_its_repository() -> None:
    assert entry("* [](https://github.com/moor/heather) - Grows.").title == "heather"


@pytest.mark.parametrize("bullet", ["* ", "- ", "* * ", " * * ", "-* ", "  * ", "*   "])
def test_bullets_are_read_with_their_typing_slips(bullet: str) -> None:
    assert (
        entry(f"{bullet}[Heather](https://github.com/moor/heather) - Grows.").key == "https://github.com/moor/heather"
    )


@pytest.mark.parametrize("mark", ["**[Deprecated]**", "*[Deprecated]*", "[deprecated]"])
def test_what_the_list_calls_deprecated_is_closed_with_that_evidence(mark: str) -> None:
    found = entry(f"* [Heather](https://github.com/moor/heather) - Grows. {mark}")
    assert (found.description, found.closed) == ("Grows.", "the list marks it deprecated")
    assert entry("* [Heather](https://github.com/moor/heather) - Was deprecated once.").closed == ""


def test_an_entry_names_its_language_and_its_field_as_skills() -> None:
    found = entry("* [Heather](https://github.com/moor/heather)")
    assert found.skills == ("Prolog", "Vision", "machine learning")
    assert (found.category, found.extra["language"]) == ("Vision", "Prolog")


@pytest.mark.parametrize(
    ("headings", "skills", "language"),
    [
        ("## R\n### Data Analysis\n", ("R", "Data Analysis", "machine learning"), "R"),
        ("## R\n#### Vision\n## C\n", ("C", "machine learning"), "C"),
        ("## Tools\n#### Misc\n", ("machine learning",), ""),
        ("## TensorFlow\n", ("TensorFlow", "machine learning"), ""),
        ("## [R](#r)\n", ("R", "machine learning"), "R"),
    ],
)
def test_headings_give_the_skills(headings: str, skills: tuple[str, ...], language: str) -> None:
    (found,) = awesome("* [Heather](https://github.com/moor/heather)", headings).found
    assert (found.skills, found.extra["language"]) == (skills, language)


@pytest.mark.parametrize(
    "bullets",
    [
        "* [Site](https://heather.example) - A web site.",
        "* [Top](#top)",
        "* [Owner](https://github.com/moor)",
        "* See [Heather](https://github.com/moor/heather).",
    ],
)
def test_what_is_no_repository_is_left_out_without_complaint(bullets: str) -> None:
    page = awesome(bullets + "\n* [Bog](https://github.com/moor/bog)")
    assert ([found.title for found in page.found], page.skipped) == (["Bog"], ())


def test_sections_that_are_no_list_of_projects_are_passed_over() -> None:
    text = "## Table of Contents\n{0}\n## Books\n{0}\n## Credits\n{0}\n## R\n* [Bog](https://github.com/moor/bog)\n"
    page = read(AML, text.format("* [Heather](https://github.com/moor/heather)"))
    assert [found.title for found in page.found] == ["Bog"]


def test_an_entry_goes_on_until_a_blank_line_a_bullet_a_heading_or_a_tag() -> None:
    for end in ("\nafter", "* prose", "## C", "<a name='c'></a>"):
        found = entry(f"* [Heath\ner](https://github.com/moor/heather) - Grows\n  slowly\n{end}")
        assert (found.title, found.description) == ("Heath er", "Grows slowly"), end


def test_a_broken_link_costs_itself_alone() -> None:
    page = awesome("* [Heather](https://github.com/moor/heather\n* [Bog](https://github.com/moor/bog)")
    assert (len(page.found), len(page.skipped)) == (1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "* [" + "[" * 100_000,
        "* [a](" + "(" * 100_000,
        "* [a](" + "b" * 200_000,
        "* [a](https://github.com/moor/heather) " + "*" * 200_000,
        "* [a](https://github.com/moor/heather)" + "[x](" * 50_000,
        "* " + " " * 200_000,
        "*" * 200_000,
        "* [a](https://github.com/moor/heather)" + "\nb" * 200_000,
    ],
    ids=range(8),
)
def test_hostile_lines_are_read_in_linear_time(line: str) -> None:
    """Quadratic work on any of them would take minutes."""
    assert awesome(f"{line}\n* [Bog](https://github.com/moor/bog)").found[-1].title == "Bog"


# ------------------------------------------------------------------------------------------------ recorded lists
def test_the_recorded_lists_are_read_whole(shared: Path) -> None:
    folder = shared / "internet/sites/projects"
    grabbed = read(UFG, (folder / "up-for-grabs.json").read_text("utf-8"))
    assert (len(grabbed.found), grabbed.skipped) == (1129, ())
    assert sum(bool(found.organization) for found in grabbed.found) > 1080
    assert sum("issue_count" in found.extra for found in grabbed.found) == 1086
    eased = read(AFB, (folder / "awesome-for-beginners.json").read_text("utf-8"))
    assert (len(eased.found), eased.skipped) == (229, ())
    assert sum("label" not in found.extra for found in eased.found) == 4
    first = read(GFI, (folder / "good-first-issue.toml").read_text("utf-8"))
    assert (len(first.found), first.skipped) == (830, ())


def test_the_recorded_page_of_awesome_machine_learning_is_read_whole(shared: Path) -> None:
    body = (shared / "internet/sites/projects/awesome-machine-learning.md").read_text("utf-8")
    page = read(AML, body)
    assert (page.skipped, page.complete) == ((), True)
    assert 840 <= len(page.found) <= 902
    assert 120 <= sum(bool(found.closed) for found in page.found) <= 166
    assert len({found.extra["language"] for found in page.found}) > 30
    assert not any(found.description.startswith(("-", "–", ":", "->")) for found in page.found)
    assert all(found.url.count("/") >= 4 and "#" not in found.url for found in page.found)
