"""What a listing states of its conditions: a table of sentences, fields, titles, and what must change none of it."""

from __future__ import annotations

import importlib
import time
from pathlib import Path
from typing import Any

import pytest
from _patterns import LIMIT, patterns_of, slowest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import at, opening

from finder.classify import classify
from finder.classify.gates import stated_of
from finder.classify.pay import pay_of_field
from finder.classify.term import terms_named
from finder.classify.text import outline
from finder.model import Opening, Stated

TABLE = Path(__file__).parent / "pages" / "conditions.tsv"
SUBJECTS = {
    "degree", "enrolment", "graduation", "year", "sponsorship", "student_visa", "citizenship", "clearance",
    "work_right", "age", "term", "start", "duration", "paid", "hours", "pay", "deadline",
}  # fmt: skip


def rows() -> list[tuple[str, str]]:
    """What is stated, and the sentence that states it."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [(said, words) for said, _, words in (line.partition("\t") for line in lines if line[:1] != "#")]


def ad(description: str = "", title: str = "Carver", **changes: Any) -> Opening:
    return opening(title=title, description=description, kind="job", facets=None, **changes)


def stated(description: str = "", title: str = "Carver", **changes: Any) -> dict[str, Stated]:
    return stated_of(ad(description, title, **changes), outline(description) if description else None)


def values(found: dict[str, Stated]) -> dict[str, str]:
    return {subject: said.value for subject, said in found.items()}


def expected(said: str) -> dict[str, str]:
    parts = [] if said == "-" else said.split("; ")
    return {subject: value for subject, _, value in (part.partition("=") for part in parts)}


# ---------------------------------------------------------------------------------------- the table
@pytest.mark.parametrize(("said", "sentence"), rows())
def test_sentence(said: str, sentence: str) -> None:
    found = stated(sentence)
    assert values(found) == expected(said)
    assert all(one.quote in sentence for one in found.values())


def test_table_holds_every_subject_and_as_many_lookalikes_as_it_should() -> None:
    table = rows()
    named = [subject for said, _ in table for subject in expected(said)]
    assert set(named) == SUBJECTS
    assert min(map(named.count, SUBJECTS)) >= 7
    assert len(table) >= 700
    assert sum(said == "-" for said, _ in table) >= 180
    assert len({sentence for _, sentence in table}) == len(table)


# ---------------------------------------------------------------------------------------- neighbours
NEUTRAL = (
    "Quillmark builds kites for children and grown-ups.",
    "Our workshop stands between two rivers.",
    "You will meet people who love wood, paper and wind.",
    "We eat together on Wednesdays.",
    "Every kite is tested on the hill before it leaves the house.",
    "You write down what you find, so that others can repeat it.",
    "The tools are old, but well kept.",
    "Our dog sleeps under the big table.",
    "We listen before we speak.",
    "You sketch, cut, glue and fly.",
    "Some of our kites have crossed a lake.",
    "There is a small library on the second floor.",
    "We repair what is broken.",
    "You help to keep the paper dry.",
    "The town is quiet and green.",
    "Colours are mixed by hand.",
    "We show our work at fairs.",
    "You learn how wind moves over a roof.",
    "The bus stops in front of the door.",
    "We write letters to those who fly our kites.",
)
"""Paragraphs that state nothing."""


def test_neutral_paragraphs_state_nothing() -> None:
    assert len(NEUTRAL) == 20
    assert stated("\n\n".join(NEUTRAL)) == {}


@pytest.mark.parametrize(("said", "sentence"), rows())
def test_neutral_paragraphs_around_a_sentence_change_nothing(said: str, sentence: str) -> None:
    text = "\n\n".join((*NEUTRAL[:10], sentence, *NEUTRAL[10:]))
    found = stated(text)
    assert values(found) == expected(said)
    assert all(one.quote in text for one in found.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(rows()), min_size=1, max_size=6), st.sampled_from(["\n", "\n\n", "\n• ", " "]))
def test_every_quote_is_found_in_the_text(chosen: list[tuple[str, str]], between: str) -> None:
    text = between.join(sentence for _, sentence in chosen)
    assert all(one.quote and one.quote in text for one in stated(text).values())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_can_be_read(description: str, title: str) -> None:
    for one in stated(description, title).values():
        assert one.quote in description or one.quote in title


def test_a_refusal_anywhere_stands_over_an_offer() -> None:
    text = "We sponsor visas in other teams.\n\nVisa sponsorship is not available for this role."
    assert stated(text)["sponsorship"].value == "no"
    assert stated("\n\n".join(reversed(text.split("\n\n"))))["sponsorship"].value == "no"


def test_the_first_words_on_a_subject_count() -> None:
    assert (
        stated("The internship lasts 12 weeks.\nThe second internship lasts 20 weeks.")["duration"].value == "12 weeks"
    )


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("Duration\n12 weeks", "duration", "12 weeks"),
        ("Compensation:\n$30/hour", "pay", "USD 30 hour"),
        ("Requirements\nU.S. Citizenship Required\nWarm hands", "citizenship", "US"),
        ("Requirements:\n- U.S. Citizen\n- Warm hands", "citizenship", "US"),
        ("Requirements:\n- You do not require visa sponsorship", "sponsorship", "no"),
        ("Requirements:\n- PhD in carving", "degree", "phd"),
        ("We carve wood Experience with saws Pursuing a BS in carving Strong arms", "degree", "bachelor"),
    ],
)
def test_what_headings_and_cut_sentences_leave(text: str, subject: str, value: str) -> None:
    found = stated(text)
    assert found[subject].value == value
    assert found[subject].quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Preferred qualifications:\n- Pursuing a PhD in carving",
        "Nice to have:\n- Master's degree",
    ],
)
def test_what_is_only_wished_for_is_not_stated(text: str) -> None:
    assert "degree" not in stated(text)


# ---------------------------------------------------------------------------------------- fields
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Does Not Offer Sponsorship", {"sponsorship": "no"}),
        ("Offers Sponsorship", {"sponsorship": "yes"}),
        ("U.S. Citizenship is Required", {"citizenship": "US"}),
        ("Other", {}),
        ("", {}),
    ],
)
def test_what_a_list_says_of_sponsorship(told: str, said: dict[str, str]) -> None:
    found = stated(extra={"sponsorship": told})
    assert values(found) == said
    assert all(one.quote == told for one in found.values())


def test_degrees_and_terms_of_a_list_stand_over_the_text() -> None:
    found = stated(
        "Pursuing a PhD for our Fall 2027 internship.",
        extra={"degrees": ["Master's", "Bachelor's"]},
        terms=("Summer 2027",),
    )
    assert found["degree"] == Stated("bachelor|master", "Master's, Bachelor's")
    assert found["term"] == Stated("Summer 2027", "Summer 2027")


@pytest.mark.parametrize("degrees", [["High school"], [], ["Associate's"]])
def test_degrees_below_a_bachelor_state_none(degrees: list[str]) -> None:
    assert stated(extra={"degrees": degrees}) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Hourly: 25–40 USD", "USD 25..40 hour"),
        ("30–40 EUR per hour", "EUR 30..40 hour"),
        ("20–25 EUR per hour", "EUR 20..25 hour"),
        ("60000–80000 USD per year", "USD 60000..80000 year"),
        ("£30K – £35K", "GBP 30000..35000 year"),
        ("$120K – $150K • Offers Equity", "USD 120000..150000 year"),
        ("$30 – $40 per hour", "USD 30..40 hour"),
        ("1200 EUR per month", "EUR 1200 month"),
        ("25-30 USD hourly", "USD 25..30 hour"),
        ("50000–70000 EUR yearly", "EUR 50000..70000 year"),
        ("$45/hr", "USD 45 hour"),
        ("CHF 2'000 monthly", "CHF 2000 month"),
        ("3000 EUR per total", "EUR 3000 total"),
    ],
)
def test_pay_of_a_field(field: str, value: str) -> None:
    assert pay_of_field(field) == Stated(value, field)
    found = stated(pay=field)
    assert (found["pay"].value, found["paid"].value) == (value, "yes")


@pytest.mark.parametrize("field", ["Competitive", "Offers Equity", "30-40", "DOE", "$$$", "9 EUR per year", "0"])
def test_no_pay_in_a_field(field: str) -> None:
    assert pay_of_field(field) is None


@pytest.mark.parametrize(
    ("countries", "currency"),
    [((), "USD"), (("US",), "USD"), (("CA",), "CAD"), (("AU",), "AUD"), (("CA", "US"), "USD")],
)
def test_dollars_are_those_of_the_place(countries: tuple[str, ...], currency: str) -> None:
    places = tuple(at(code, country=code) for code in countries)
    assert stated("Pay: $30 per hour", places=places)["pay"].value == f"{currency} 30 hour"
    assert stated("Pay: US$30 per hour", places=places)["pay"].value == "USD 30 hour"


# ---------------------------------------------------------------------------------------- titles
TERMS = [
    ("Data Intern - Summer 2027", ["Summer 2027"]),
    ("2027 Summer Data Intern", ["Summer 2027"]),
    ("Data Intern (Fall 2026 / Spring 2027)", ["Fall 2026", "Spring 2027"]),
    ("Data Intern, Winter/Spring 2027", ["Winter 2027", "Spring 2027"]),
    ("2027 Summer/Fall Intern", ["Summer 2027", "Fall 2027"]),
    ("Autumn 2026 Internship", ["Fall 2026"]),
    ("Summer '27 Intern", ["Summer 2027"]),
    ("Summer ’27 Intern", ["Summer 2027"]),
    ("Summer Internship 2027", ["Summer 2027"]),
    ("Summer Data Science Internship - 2027", ["Summer 2027"]),
    ("Intern, Spring Semester 2027", ["Spring 2027"]),
    ("Intern May–August 2027", ["Summer 2027"]),
    ("Intern (Jul-Dec 2026)", ["Fall 2026"]),
    ("Co-op January 2027 to August 2027", ["Spring 2027", "Summer 2027"]),
    ("Co-op September 2026 to April 2027", ["Fall 2026", "Spring 2027"]),
    ("Intern - Sept. 2026", ["Fall 2026"]),
    ("Praktikum Sommer 2027", ["Summer 2027"]),
    ("Stage été 2027", ["Summer 2027"]),
    ("Prácticas verano 2027", ["Summer 2027"]),
    ("Stage najaar 2026", ["Fall 2026"]),
    ("Tirocinio autunno 2026", ["Fall 2026"]),
    ("Estágio verão 2027", ["Summer 2027"]),
    ("Summer 2027, Summer 2027", ["Summer 2027"]),
    ("Summer Intern", []),
    ("Intern 2027", []),
    ("Mayor's Office Intern 2027", []),
    ("Marchand Intern 2027", []),
    ("Springboard 2027 Intern", []),
    ("Intern, may extend", []),
    ("", []),
]


@pytest.mark.parametrize(("title", "terms"), TERMS)
def test_terms_of_a_title(title: str, terms: list[str]) -> None:
    assert list(terms_named(title)) == terms
    if terms:
        assert stated(title=title)["term"].value == "|".join(terms)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Research Intern (PhD)", {"degree": "phd"}),
        ("Ph.D. Research Intern", {"degree": "phd"}),
        ("Intern - Master's", {"degree": "master"}),
        ("Intern (BS/MS)", {"degree": "bachelor|master"}),
        ("Undergraduate Intern", {"degree": "bachelor"}),
        ("MBA Intern", {"degree": "master"}),
        ("Intern, Bachelor's or Master's", {"degree": "bachelor|master"}),
        ("Summer Intern", {"term": "Summer"}),
        ("12-month internship from September", {"term": "Fall", "start": "--09", "duration": "12 months"}),
        ("6 Monate ab Oktober", {"term": "Fall", "start": "--10", "duration": "6 months"}),
        ("Intern May–August 2027", {"term": "Summer 2027", "start": "2027-05"}),
        ("Carving Intern (Unpaid)", {"paid": "no"}),
        ("Carving Intern (US Citizens Only)", {"citizenship": "US"}),
        ("Carving Intern, 20 hours/week", {"hours": "20"}),
        ("Praktikum für 6 Monate", {"duration": "6 months"}),
        ("Scrum Master Intern", {}),
        ("Master Data Intern", {}),
        ("Graduate Recruiter", {}),
        ("Junior Data Scientist", {}),
        ("Member of Technical Staff", {}),
        ("Intern", {}),
    ],
)
def test_what_a_title_states(title: str, said: dict[str, str]) -> None:
    found = stated(title=title)
    assert values(found) == said
    assert all(one.quote in title for one in found.values())


def test_a_title_stands_over_the_text() -> None:
    found = stated("Pursuing a PhD for our Fall 2027 internship.", "Undergraduate Intern, Summer 2027")
    assert (found["degree"].value, found["term"].value) == ("bachelor", "Summer 2027")


def test_what_is_stated_is_part_of_what_is_concluded() -> None:
    found = classify(ad("We do not sponsor visas.", "Intern, Summer 2027"))
    assert values(dict(found.stated)) == {"sponsorship": "no", "term": "Summer 2027"}
    assert set(found.evidence) == {"level"}


# ---------------------------------------------------------------------------------------- bounds
MODULES = (
    "spelling",
    "rights",
    "citizenship",
    "study",
    "moments",
    "term",
    "duration",
    "pay",
    "paid",
    "gates",
    "warnings",
)
PATTERNS = {
    f"{name}.{label}": pattern
    for name in MODULES
    for label, pattern in patterns_of(importlib.import_module(f"finder.classify.{name}")).items()
    if "['" not in label  # the words of a lexicon: a sample of them below
} | {
    f"{name}.{label}": pattern
    for name in ("rights", "study")
    for label, pattern in patterns_of(importlib.import_module(f"finder.classify.{name}")).items()
    if label.endswith(("['a']", "['s']", "['u']"))
}


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_linear(name: str) -> None:
    taken, begins = slowest(PATTERNS[name])
    assert taken <= LIMIT, f"{taken * 1e3:.0f} ms on {begins!r} …"


def test_patterns_of_every_module_are_measured() -> None:
    assert {name.partition(".")[0] for name in PATTERNS} == set(MODULES)
    assert len(PATTERNS) >= 80


@pytest.mark.parametrize(
    "text", ["no sponsor " * 9000, "2027 " * 20_000, "$30 " * 25_000, "master " * 14_000, "may – " * 16_000]
)
def test_long_texts_are_read_in_time(text: str) -> None:
    began = time.process_time()
    stated(text)
    assert time.process_time() - began < 3.0
