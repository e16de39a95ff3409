"""Courses and lists of projects in files: free-programming-books, OSSU, Best of ML Python, Google Summer of Code."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_boards import well_typed

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched, Found, Page, Request
from scrapers import best_of_ml, free_programming_books, gsoc, ossu

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)


def ask(module: Any, text: str, **options: Any) -> Page:
    doc = Fetched(Request("https://list.example"), 200, text.encode("utf-8", "surrogatepass"), AT)
    return module.parse(doc, module.Options(**options))


def recorded(shared: Path, name: str) -> str:
    path = shared / "internet" / "sites" / "projects" / name
    if not path.is_file():
        pytest.skip(f"{name} is not recorded here")
    return path.read_text("utf-8")


@pytest.mark.parametrize("module", [free_programming_books, ossu, best_of_ml])
def test_nothing_and_another_document_are_refused(module: Any) -> None:
    for body in ("", " \n\t"):
        with pytest.raises(EmptyAnswer):
            ask(module, body)
    for body in ("<!DOCTYPE html><html></html>", "{}", "# A list\n\nWords.\n", "null"):
        with pytest.raises(ParseError, match=r"^not the |^not a "):
            ask(module, body)


@pytest.mark.parametrize(
    ("module", "address"),
    [
        (free_programming_books, "EbookFoundation/free-programming-books/main/courses/free-courses-en.md"),
        (ossu, "ossu/computer-science/master/README.md"),
        (best_of_ml, "ml-tooling/best-of-ml-python/main/projects.yaml"),
    ],
)
def test_one_file_is_asked_for(module: Any, address: str) -> None:
    (request,) = module.start(module.Options())
    assert request == Request(f"https://raw.githubusercontent.com/{address}")
    assert not module.ADAPTER.windowed(module.Options())


# ------------------------------------------------------------------------------------ free-programming-books
def course(bullet: str) -> Found:
    (found,) = ask(free_programming_books, f"### Bogs\n\n{bullet}\n").found
    assert well_typed(found)
    return found


@pytest.mark.parametrize(
    ("bullet", "title", "url", "authors", "provider", "notes"),
    [
        ("* [A](https://b.example)", "A", "https://b.example", "", "", ""),
        ("- [A](https://b.example) - Ada", "A", "https://b.example", "Ada", "", ""),
        ("* [A](https://b.example) - Ada, Bea (Fen)", "A", "https://b.example", "Ada, Bea", "Fen", ""),
        ("* [A](https://b.example) (Fen)", "A", "https://b.example", "", "Fen", ""),
        ("* [A](https://b.example) - Ada (Fen) (HTML)", "A", "https://b.example", "Ada", "Fen", ""),
        ("* [A](https://b.example) - Ada (PDF, EPUB)", "A", "https://b.example", "Ada", "", ""),
        ("* [A](https://b.example) - Ada *(sign-up)*", "A", "https://b.example", "Ada", "", "sign-up"),
        ("* [A](https://b.example) (e-mail *required*)", "A", "https://b.example", "", "", ""),
        ("* [A](https://b.example) **NOW**", "A", "https://b.example", "", "", "NOW"),
        (r"* [A \| B \[2024\]](https://b.example) - Ada", "A | B [2024]", "https://b.example", "Ada", "", ""),
        ("* [[New] A](https://b.example)", "[New] A", "https://b.example", "", "", ""),
        ("* [A `b`](https://b.example/c_(d) ) - Ada", "A b", "https://b.example/c_(d)", "Ada", "", ""),
        ("    * [A](http://b.example?x=1#y) -  Ada", "A", "http://b.example?x=1#y", "Ada", "", ""),
    ],
)
def test_a_bullet(bullet: str, title: str, url: str, authors: str, provider: str, notes: str) -> None:
    found = course(bullet)
    assert (found.kind, found.title, found.url, found.key) == ("course", title, url, url)
    assert (found.extra["authors"], found.organization, found.extra["notes"]) == (authors, provider, notes)
    assert found.description == (f"By {authors}." if authors else "")
    assert found.extra["attribution"] == [
        {"text": "via free-programming-books (CC BY 4.0)", "url": free_programming_books.HOME}
    ]


def test_headings_are_skills() -> None:
    page = ask(
        free_programming_books,
        "* [0](https://b.example/0)\n### Bogs\n* [1](https://b.example/1)\n#### Deep\n* [2](https://b.example/2)\n"
        "##### Deeper\n* [3](https://b.example/3)\n#### High\n* [4](https://b.example/4)\n### Fens\n* [5](https://b.example/5)\n",
    )
    assert {found.title: found.skills for found in page.found} == {
        "1": ("Bogs",),
        "2": ("Bogs", "Deep"),
        "3": ("Bogs", "Deep", "Deeper"),
        "4": ("Bogs", "High"),
        "5": ("Fens",),
    }
    assert page.found[2].category == "Bogs / Deep / Deeper"


def test_links_to_headings_are_no_courses() -> None:
    index = "### Index\n* [Bogs](#bogs)\n    * [Deep](#deep)\n"
    page = ask(free_programming_books, f"{index}### Bogs\n* [x](https://b.example)\n")
    assert (len(page.found), page.skipped) == (1, ())
    with pytest.raises(ParseError, match="no linked bullet"):
        ask(free_programming_books, index)


def test_a_course_under_two_subjects_is_one() -> None:
    page = ask(free_programming_books, "### A\n* [x](https://b.example) - Ada\n### B\n* [y](https://b.example)\n")
    assert [(found.title, found.skills) for found in page.found] == [("x", ("A", "B"))]


def test_subjects_can_be_chosen_and_must_be_there() -> None:
    text = (
        "### A\n* [x](https://b.example/x)\n#### Deep\n* [y](https://b.example/y)\n### B\n* [z](https://b.example/z)\n"
    )
    chosen = {subject: ask(free_programming_books, text, subjects=(subject,)) for subject in ("a", "DEEP", "B")}
    assert {subject: [found.title for found in page.found] for subject, page in chosen.items()} == {
        "a": ["x", "y"],
        "DEEP": ["y"],
        "B": ["z"],
    }
    with pytest.raises(ParseError, match="has no subject 'C'"):
        ask(free_programming_books, text, subjects=("A", "C"))


@pytest.mark.parametrize(
    "bullet", ["* [A](b)", "* [A]", "* [](https://b.example)", "* [A](ftp://b.example)", "* [A](https://[)"]
)
def test_a_bullet_that_does_not_fit_costs_itself(bullet: str) -> None:
    page = ask(free_programming_books, f"### A\n{bullet}\n* [x](https://b.example)\n")
    assert (len(page.found), len(page.skipped)) == (1, 1)


def test_the_recorded_courses(shared: Path) -> None:
    text = recorded(shared, "free-courses-en.md")
    bullets = [line for line in text.splitlines() if re.match(r"\s*[*-] \[", line) and "](#" not in line]
    addresses = [re.search(r"\]\(\s*(https?://\S+?)\s*\)(?: |$)", line) for line in bullets]
    page = ask(free_programming_books, text)
    assert (len(bullets), page.skipped) == (1383, ())
    assert len(page.found) == len({match[1] for match in addresses if match}) == 1366
    told = {skill for found in page.found for skill in found.skills}
    headings = {line.lstrip("# ").replace("\\", "") for line in text.splitlines() if re.match(r"#{3,5} ", line)} - {
        "Index"
    }
    assert headings - told == {".NET"}, "which has a hint instead of courses"
    assert told <= headings
    assert all(map(well_typed, page.found))
    learning = ask(free_programming_books, text, subjects=("Machine Learning", "Deep Learning"))
    assert 20 < len(learning.found) < 120


# ------------------------------------------------------------------------------------ OSSU
HEAD = "Courses | Duration | Effort | Prerequisites\n:-- | :--: | :--: | :--:\n"


def studies(rows: str, head: str = HEAD, heading: str = "## Core **mud**\n\nWords.\n\n") -> Page:
    return ask(ossu, heading + head + rows)


def study(row: str) -> Found:
    (found,) = studies(row + "\n").found
    assert well_typed(found)
    return found


def test_a_row_of_a_curriculum() -> None:
    found = study(
        "[Mud](https://mud.example/1) ([alt](https://alt.example)) | 13 weeks | 6-10 hours/week | [maths](FAQ.md), Sand"
    )
    assert (found.kind, found.title, found.url) == ("course", "Mud", "https://mud.example/1")
    assert (found.category, found.skills) == ("Core mud", ("Core mud",))
    assert (found.extra["duration"], found.extra["effort"]) == ("13 weeks", "6-10 hours/week")
    assert (found.extra["prerequisites"], found.description) == ("maths, Sand", "Prerequisites: maths, Sand.")


@pytest.mark.parametrize("nothing", ["none", "-", "", "None", "–"])
def test_a_course_without_prerequisites(nothing: str) -> None:
    found = study(f"[Mud](https://mud.example/1) | - weeks | - hours/week | {nothing}")
    assert (found.extra["prerequisites"], found.description) == ("", "")
    assert not {"duration", "effort"} & found.extra.keys()


def test_cells_left_out_at_the_end() -> None:
    assert study("[Mud](https://mud.example/1)| 3 weeks").extra["duration"] == "3 weeks"


def test_links_beside_the_page_lead_to_where_it_is_shown() -> None:
    found = study("[Mud](coursepages/mud/README.md) | - | - | -")
    assert found.url == "https://github.com/ossu/computer-science/blob/master/coursepages/mud/README.md"
    page = ask(ossu, "# A\n" + HEAD + "[Mud](/mud) | - | - | -\n", url="https://fen.example/list/index.md")
    assert page.found[0].url == "https://fen.example/mud"


def test_other_tables_and_columns_are_left_out() -> None:
    other = "\nPerson | Role\n-- | --\n[Ada](https://ada.example) | writes\n"
    page = studies("[Mud](https://mud.example/1) | - | - | -\n" + other)
    assert [found.title for found in page.found] == ["Mud"]
    notes = "Courses | Duration | Effort | Notes | Prerequisites\n-- | -- | -- | -- | --\n"
    assert (
        studies("[Mud](https://mud.example/1) | - | - | words | Sand\n", notes).found[0].extra["prerequisites"]
        == "Sand"
    )


@pytest.mark.parametrize(
    "cell", ["Mud", "[Mud](mailto:x@mud.example)", "[](https://mud.example)", "(*) [Mud](https://m.example)"]
)
def test_a_row_that_does_not_fit_costs_itself(cell: str) -> None:
    page = studies(f"{cell} | 1 week | 1 hour | -\n[Sand](https://sand.example) | - | - | -\n")
    assert (len(page.found), len(page.skipped)) == (1, 1)


def test_a_table_without_its_columns_is_no_curriculum() -> None:
    with pytest.raises(ParseError, match="no table with the columns Courses, Duration and Effort"):
        studies("[Mud](https://mud.example/1) | - | - | -\n", HEAD.replace("Duration", "Time"))


# ------------------------------------------------------------------------------------ Best of ML Python
CATEGORIES = 'categories:\n  - category: "nlp"\n    title: "Text & Words"\n'


def projects(items: str, categories: str = CATEGORIES) -> Page:
    return ask(best_of_ml, f"{categories}\nprojects:\n{items}")


def project(*lines: str) -> Found:
    (found,) = projects("\n".join(("  - name: Heather", "    github_id: moor/Heather", *lines))).found
    assert well_typed(found)
    return found


def why(*lines: str) -> str:
    (skipped,) = projects("\n".join(("  - name: Heather", "    github_id: moor/Heather", *lines))).skipped
    return skipped.why


def test_a_project() -> None:
    found = project("    category: nlp", '    labels: ["jax", "pytorch"]', "    license: MIT", "    pypi_id: heather")
    assert (found.kind, found.title, found.key) == ("project", "Heather", "https://github.com/moor/heather")
    assert (found.url, found.organization, found.category) == (
        "https://github.com/moor/Heather",
        "moor",
        "Text & Words",
    )
    assert found.skills == ("jax", "pytorch", "Text & Words", "machine learning")
    assert found.extra == {
        "attribution": [{"text": "via Best of ML Python (CC BY-SA 4.0)", "url": best_of_ml.HOME}],
        "lists": ["best-of-ml-python"],
        "language": "Python",
        "license": "MIT",
    }


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Grows words.", "Grows words."),
        ("'It''s: fine # yes'", "It's: fine # yes"),
        (r'"\u2AF6 and \"more\""', '⫶ and "more"'),
        ("https://x.example/a#b:c", "https://x.example/a#b:c"),
        ("a\n      folded\n        line", "a folded line"),
        ("", ""),
        ("3.5", "3.5"),
    ],
)
def test_texts_as_the_file_writes_them(written: str, means: str) -> None:
    assert project(f"    description: {written}".rstrip()).description == means


@pytest.mark.parametrize(
    "written",
    [
        "&a b",
        "*a",
        "!tag x",
        "|",
        ">",
        "{a: b}",
        "[a, b]",
        '["a"',
        '["a",]',
        "'open",
        '"open',
        "a: b",
        "a #b",
        "@x",
        "`x`",
        "%x",
        "- x",
        "? x",
    ],
)
def test_what_is_of_another_form_is_skipped(written: str) -> None:
    assert "a value of another form" in why(f"    description: {written}")


@pytest.mark.parametrize(
    "line",
    [
        "   category: nlp",
        "\tcategory: nlp",
        "    Category: nlp",
        "    category:nlp",
        "    github_id: moor/again",
        "category",
    ],
)
def test_a_line_of_another_form_costs_its_item(line: str) -> None:
    assert "a line of another form" in why(line)


def test_labels_may_be_one_word() -> None:
    assert project("    labels: others").skills == ("others", "machine learning")
    assert project("    labels: []").skills == ("machine learning",)
    assert "labels" in why("    labels: true")


def test_what_the_list_does_not_show_is_hidden() -> None:
    assert project("    show: false").hidden
    assert not project("    show: true").hidden
    assert "show: expected true or false" in why("    show: no")


def test_a_repository_listed_twice_is_one() -> None:
    page = projects(
        '  - name: A\n    github_id: m/A\n    labels: ["x"]\n  - name: B\n    github_id: M/a\n    labels: ["y"]\n'
    )
    assert [(found.title, found.skills) for found in page.found] == [("A", ("x", "machine learning", "y"))]


def test_categories_that_do_not_fit_keep_their_names() -> None:
    page = projects(
        "  - name: A\n    github_id: m/a\n    category: nlp\n", "categories:\n  - category: nlp\n     title: x\n"
    )
    assert page.found[0].category == "nlp"


@pytest.mark.parametrize(
    "text", ["categories:\nprojects:\n", CATEGORIES, CATEGORIES + "projects:\n", "projects:\n  - name: x\n"]
)
def test_a_file_without_its_sections_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match=r"no items under '(?:categories|projects):'"):
        ask(best_of_ml, text)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            (
                "  - name: ",
                "    github_id: ",
                "      ",
                "x/y",
                "\n",
                "projects:\n",
                "'",
                '"',
                "[",
                "]",
                "\\",
                "#",
                ": ",
                "\ud800",
            )
        )
    )
)
def test_any_file_is_read_or_refused(pieces: list[str]) -> None:
    try:
        page = projects("".join(pieces))
    except ParseError:
        return
    assert all(map(well_typed, page.found))


def test_the_recorded_projects(shared: Path) -> None:
    text = recorded(shared, "best-of-projects.yaml")
    page = ask(best_of_ml, text)
    ids = [match[1].lower() for match in re.finditer(r"^    github_id: (\S+)$", text, re.MULTILINE)]
    assert (len(ids), page.skipped) == (925, ())
    assert len(page.found) == len(set(ids)) == 919
    titles = set(re.findall(r'^    title: "(.*)"$', text, re.MULTILINE))
    assert {found.category for found in page.found if found.category} <= titles | {"others"}
    assert sum(bool(found.category) for found in page.found) > 850
    items = {
        re.findall(r"github_id: (\S+)", item)[0].lower(): item for item in reversed(text.split("\n  - name: ")[1:])
    }
    described = [item for item in items.values() if "\n    description: " in item]
    assert sum(bool(found.description) for found in page.found) == len(described)


# ------------------------------------------------------------------------------------ Google Summer of Code
def organization(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Mudmap",
        "url": "https://mud.example",
        "description": "Maps of mud.",
        "category": "Science",
        **fields,
    }


def summer(*rows: Any, **options: Any) -> Page:
    return ask(gsoc, json.dumps({"year": 2026, "organizations": list(rows)}), **options)


def test_an_organization() -> None:
    (found,) = summer(
        organization(
            projects_url="https://soc.example/mudmap",
            ideas_url="https://mud.example/ideas",
            guide_url=None,
            topics=["maps", " ml "],
            technologies=["python", "ml", ""],
            contact_email="someone@mud.example",
            mailing_list="list@mud.example",
            num_projects=3,
        )
    ).found
    assert (found.kind, found.title, found.url) == ("project", "Mudmap", "https://soc.example/mudmap")
    assert (found.category, found.skills) == ("Science", ("python", "ml", "maps"))
    assert found.extra == {
        "attribution": [{"text": "via gsocorganizations.dev", "url": "https://www.gsocorganizations.dev"}],
        "lists": ["gsoc-2026"],
        "year": 2026,
        "home": "https://mud.example",
        "topics": ["maps", "ml"],
        "ideas_url": "https://mud.example/ideas",
        "projects": 3,
    }
    assert "@" not in repr(found)
    assert well_typed(found)


def test_keys_that_a_year_does_not_have() -> None:
    (found,) = summer(organization(), year=2024).found
    assert (found.url, found.extra["lists"]) == ("https://mud.example", ["gsoc-2024"])


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"url": None}, {"topics": "ml"}, {"technologies": [3]}, {"num_projects": "3"}]
)
def test_an_organization_that_does_not_fit_costs_itself(fields: dict[str, Any]) -> None:
    page = summer(organization(**fields), organization(name="Silt"))
    assert ([found.title for found in page.found], len(page.skipped)) == (["Silt"], 1)


def test_a_year_not_announced_and_other_answers() -> None:
    assert summer() == Page()
    with pytest.raises(EmptyAnswer):
        ask(gsoc, "{}")
    for body in ('{"organizations": {}}', '{"message": "Not Found"}', "[]", "<html>"):
        with pytest.raises(ParseError):
            ask(gsoc, body)
    (request,) = gsoc.start(gsoc.Options(year=2027))
    assert request.url == "https://api.gsocorganizations.dev/2027.json"


def test_the_recorded_organizations(shared: Path) -> None:
    rows = json.loads(recorded(shared, "gsoc-2026.json"))["organizations"]
    page = summer(*rows)
    assert (len(page.found), page.skipped) == (len({row["name"] for row in rows}), ()) == (185, ())
    assert Counter(found.category for found in page.found) == Counter(row["category"] for row in rows)
    assert {found.url for found in page.found} == {row["projects_url"] for row in rows}
    assert sum("ideas_url" in found.extra for found in page.found) == sum(bool(row["ideas_url"]) for row in rows)
    mail = {row["contact_email"] for row in rows if row["contact_email"]}
    assert not any(address in repr(page.found) for address in mail if "@" in address)
