"""Full text: what people type finds what it should, no text is an error, and the index is always in step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _store import OSLO, facets, item, new_store, problems, reader, record, rows
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.read import STATES, Reader
from db.search import MAX_WORDS, expression, searchable
from db.store import Store
from finder.model import Place

TITLES = (
    "C++ Intern",
    "C# Intern",
    "C Programming Intern",
    ".NET Developer Intern",
    "AI/ML Research Intern",
    "Machine-Learning Engineer Intern",
    "R&D Intern, Data+AI",
    "Node.js Intern",
    "Café Robotics Intern — Zürich",
    "Java Intern",
    "JavaScript Intern",
    "Stagiaire Apprentissage Automatique",
    "機械学習 Intern",
    "#NowHiring Vision Intern",
    "Intern (f/m/d) – NLP",
    "AND OR NOT Intern",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        record(opened, *(item(str(n), title=title, organization="") for n, title in enumerate(TITLES)))
        yield opened


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("search")
    with new_store(folder) as opened:
        record(opened, *(item(str(n), title=title, organization="") for n, title in enumerate(TITLES)))
    with Reader.open(folder / "finder.db") as opened_again:
        yield opened_again


def titles(reading: Reader, text: str) -> set[str]:
    return {opening.title for opening in reading.openings(text=text)}


# ------------------------------------------------------------------------------------------------ what is found
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++", {"C++ Intern"}),
        ("c++", {"C++ Intern"}),
        ("C#", {"C# Intern"}),
        ("C", {"C Programming Intern"}),
        (".NET", {".NET Developer Intern"}),
        ("net", {".NET Developer Intern"}),
        ("AI/ML", {"AI/ML Research Intern"}),
        ("ML/AI", {"AI/ML Research Intern"}),
        ("AI", {"AI/ML Research Intern", "R&D Intern, Data+AI"}),
        ("data", {"R&D Intern, Data+AI"}),
        ("Data+AI", {"R&D Intern, Data+AI"}),
        ("R&D", {"R&D Intern, Data+AI"}),
        ("machine-learning", {"Machine-Learning Engineer Intern"}),
        ("learning machine", {"Machine-Learning Engineer Intern"}),
        ("learning-machine", set()),
        ("node.js", {"Node.js Intern"}),
        ("cafe zurich", {"Café Robotics Intern — Zürich"}),
        ("CAFÉ", {"Café Robotics Intern — Zürich"}),
        ("java", {"Java Intern"}),
        ("機械学習", {"機械学習 Intern"}),
        ("nowhiring", {"#NowHiring Vision Intern"}),
        ("#nowhiring", {"#NowHiring Vision Intern"}),
        ("AND", {"AND OR NOT Intern"}),
        ("intern AND", {"AND OR NOT Intern"}),
        ("NOT OR", {"AND OR NOT Intern"}),
        ("(f/m/d)", {"Intern (f/m/d) – NLP"}),
        ('"NLP"', {"Intern (f/m/d) – NLP"}),
        ('vision "', {"#NowHiring Vision Intern"}),
        ("title:nlp", set()),
        ("nl*", set()),
        ("nothing of this", set()),
    ],
)
def test_what_people_type_finds_what_they_mean(reading: Reader, text: str, found: set[str]) -> None:
    assert titles(reading, text) == found


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_no_text_asks_for_nothing_in_particular(reading: Reader, text: str) -> None:
    assert titles(reading, text) == set(TITLES)


@pytest.mark.parametrize("text", ['"', "'", "()", "*", "+", "#", "++", "…", "\0", "\ud800", "- -", "^", ":", "😀"])
def test_text_without_a_word_finds_nothing(reading: Reader, text: str) -> None:
    assert titles(reading, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "intern " * 20_000,
        '"' * 100_000,
        "x\0y",
        "NEAR(a b, 3)",
        "{title}: a",
        "a NOT b",
        "-a",
        "^a",
        "a + b",
        "'; DROP TABLE opening; --",
        "%",
        "_",
        "\\",
        "50%",
        "a AND (b OR",
        "rank",
        "bm25(search)",
        "\u0301",
        "\ue000",
        "½ ² Ⅷ",
        "\ufeff",
        "ß ẞ ı İ",
    ],
)
def test_no_text_is_an_error(reading: Reader, text: str) -> None:
    reading.openings(text=text)


@settings(max_examples=300)
@given(st.text() | st.text(st.sampled_from("\"'*+#^:(){}-~&|/,.; \0ANDORTab\ud800é")))
@example('""')
@example('"a""b"')
def test_random_text_is_never_an_error(reading: Reader, text: str) -> None:
    reading.openings(text=text)


@given(st.text(st.characters(categories=("L", "N")), min_size=1))
def test_every_word_is_quoted_and_no_operator_gets_through(word: str) -> None:
    assert re.fullmatch(r'"[^"]+"( AND "[^"]+")*', expression(f'{word} "{word}* ({word}')) is None
    assert all(part.startswith('"') and part.endswith('"') for part in expression(f"{word} OR {word}").split(" AND "))


def test_words_beyond_the_limit_do_not_count() -> None:
    assert expression("a " * 100).count('"a"') == MAX_WORDS
    assert expression(" " * 5000 + "late") == ""


# ------------------------------------------------------------------------------------------------ where it looks
def test_every_part_of_an_opening_is_searched(store: Store) -> None:
    told = item(
        "x",
        title="Applied Scientist",
        organization="Grey Seal Robotics",
        places=(OSLO, Place("NYC", "New York", "NY", "US")),
        terms=("Summer 2031",),
        skills=("jax",),
        description="You will train flow models.",
        extra={"language": "Rust", "topics": ["segmentation"]},
    )
    record(store, told, source="board")
    with reader(store) as reading:
        for text in (
            "scientist",
            "grey seal",
            "oslo",
            "new york",
            "2031",
            "jax",
            "flow models",
            "rust",
            "segmentation",
        ):
            assert titles(reading, text) == {"Applied Scientist"}, text
        assert titles(reading, "scientist oslo jax flow segmentation") == {"Applied Scientist"}
        assert titles(reading, "scientist berlin") == set()


def test_a_word_in_the_title_counts_for_more_than_one_in_the_text(store: Store) -> None:
    filler = "We build things with people. " * 5
    record(
        store,
        item("a", title="Data Intern", description=filler + "perception " + filler),
        item("b", title="Perception Intern", description=filler + filler),
        source="board",
    )
    with reader(store) as reading:
        assert [o.title for o in reading.openings(text="perception")] == ["Perception Intern", "Data Intern"]


def test_text_goes_together_with_the_other_conditions(store: Store) -> None:
    record(store, item("a", title="Java Intern", organization="Grey Seal", kind="job", closed="filled"), source="board")
    with reader(store) as reading:
        assert len(reading.openings(text="java")) == 1
        assert len(reading.openings(text="java", states=("open", "closed"))) == 2
        assert len(reading.openings(text="java", states=("closed",), kinds=["job"], company="seal")) == 1
        assert reading.openings(text="java", kinds=["project"]) == []


# ------------------------------------------------------------------------------------------------ in step
def test_the_index_follows_every_change(store: Store) -> None:
    def found(*words: str) -> list[int]:
        with reader(store) as reading:
            return [len(reading.openings(text=word, states=STATES)) for word in words]

    record(store, item("x", title="Zebra", description="stripes"), source="board")
    assert found("zebra", "stripes") == [1, 1]
    record(store, item("x", title="Okapi", description="stripes"), source="board", hours=1)
    assert found("zebra", "okapi", "stripes") == [0, 1, 1]
    record(store, item("x", title="Okapi", description=""), source="board", hours=2)
    assert found("okapi", "stripes") == [1, 0]
    record(store, item("x", title="Okapi", closed="filled"), source="board", hours=3)
    assert found("okapi") == [1]
    store.save_facets((number, facets()) for number, _ in store.unclassified("1"))
    assert found("okapi") == [1]
    assert problems(store) == []


def test_the_index_says_the_same_as_looking_at_every_row(store: Store) -> None:
    for hours in range(4):
        shown = [item(str(n), title=f"{TITLES[(n + hours) % len(TITLES)]} {hours % 2}") for n in range(hours, 12)]
        record(store, *shown, hours=hours)
    with reader(store) as reading:
        for word in ("intern", "java", "vision", "cafe", "0", "1"):
            found = {opening.id for opening in reading.openings(text=word)}
            every = rows(store, "SELECT id, title || ' ' || organization FROM opening")
            plain = {n for n, text in every if word in re.findall(r"\w+", text.lower().replace("é", "e"))}
            assert found == plain or word == "1"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain words, no signs", ""),
        ("C++ and C# and F#", ""),
        ("Python+SQL", "Python SQL"),
        ("#robotics #robotics", "robotics"),
        ("C++/C# developer", ""),
        ("C++11", "C++ 11"),
        ("a+b+c #1", "a b c 1"),
        ("+ # ++", ""),
    ],
)
def test_words_joined_by_plus_are_also_found_apart(text: str, parts: str) -> None:
    assert searchable(text) == parts


def test_splitting_long_text_takes_no_time() -> None:
    assert searchable("a" * 1_000_000 + "+") == "a" * 1_000_000
    assert searchable("+" * 1_000_000) == ""
