"""From where the work can be done: place strings and descriptions, in seven languages, with their look-alikes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder import distance, gazetteer, pieces, places, remote, remote_words
from finder.remote import UNKNOWN, WIDEST, Remoteness, of_place, of_text

STRINGS = [
    # the string, scope, places or areas, days on site
    ("Remote", "unstated", "", None),
    ("Fully Remote", "unstated", "", None),
    ("Work from home", "unstated", "", None),
    ("Télétravail", "unstated", "", None),
    ("Remote (US)", "country", "US", None),
    ("Remote - US", "country", "US", None),
    ("USA Remote", "country", "US", None),
    ("remote within Germany", "country", "DE", None),
    ("Remote - Anywhere in the U.S.", "country", "US", None),
    ("Remote - US or Canada", "country", "CA US", None),
    ("Remote (US, Canada)", "country", "CA US", None),
    ("Home Office, Deutschland", "country", "DE", None),
    ("Remote, Colorado", "region", "CO", None),
    ("Remote, OR", "region", "OR", None),
    ("Remote in USA, West Virginia", "region", "WV", None),
    ("Remote - EMEA", "area", "EMEA", None),
    ("Europe (Remote)", "area", "Europe", None),
    ("Remote, North America", "area", "North America", None),
    ("Anywhere", "anywhere", "", None),
    ("Fully Remote (Worldwide)", "anywhere", "", None),
    ("Global Remote", "anywhere", "", None),
    ("Austin, TX (Remote)", "unstated", "Austin", None),
    ("Austin, TX; Remote - EMEA", "area", "EMEA", None),
    ("Remote but must be within commuting distance", "near", "", None),
    ("Remote, local to Maryland", "near", "MD", None),
    ("Hybrid", "hybrid", "", None),
    ("Boston Hybrid", "hybrid", "", None),
    ("Hybrid 3 days in office", "hybrid", "", 3),
    ("Hybrid (2-3 days/week on-site), London", "hybrid", "", 2),
    ("Madrid, híbrido", "hybrid", "", None),
    ("Milano (ibrido, 2 giorni in ufficio)", "hybrid", "", 2),
    ("On-site", "on site", "", None),
    ("Austin, TX (Onsite)", "on site", "", None),
    ("San Francisco - In Office", "on site", "", None),
    ("München (vor Ort)", "on site", "", None),
    ("Office, 5 days a week in the office", "on site", "", 5),
    ("Not remote", "on site", "", None),
    ("No remote", "on site", "", None),
    ("Berlin", "unknown", "", None),
    ("Remoteville", "unknown", "", None),
    ("6 Locations", "unknown", "", None),
    ("", "unknown", "", None),
]


def named(told: Remoteness) -> str:
    return " ".join(sorted({p.city or p.region or p.country for p in told.places} | set(told.areas)))


@pytest.mark.parametrize(("text", "scope", "where", "days"), STRINGS, ids=[row[0] for row in STRINGS])
def test_place_strings(text: str, scope: str, where: str, days: int | None) -> None:
    told = of_place(text)
    assert (told.scope, named(told), told.days) == (scope, where, days)


SENTENCES = [
    # English
    ("This role is fully remote.", "unstated", "", None),
    ("This is a remote position open to candidates in the United States or Canada.", "country", "CA US", None),
    ("You can work remotely from anywhere within the EU.", "area", "Europe", None),
    ("The internship can be done remotely from anywhere in the world.", "anywhere", "", None),
    ("THIS POSITION IS ELIGIBLE TO WORK REMOTELY FROM ANYWHERE IN THE UNITED STATES", "country", "US", None),
    ("Location: Remote (US only)", "country", "US", None),
    ("Location: New York, NY (Hybrid)", "hybrid", "", None),
    ("Work Remotely: Yes", "unstated", "", None),
    ("Work Location: One location Work Remotely: No", "on site", "", None),
    ("Candidates must be within commuting distance of Austin; the role is remote.", "near", "", None),
    ("This position is hybrid: 3 days a week in our Berlin office.", "hybrid", "", 3),
    ("Interns are expected to be in the office two days per week.", "hybrid", "", 2),
    ("Our hybrid work model asks for at least 2 days per week in the office.", "hybrid", "", 2),
    ("You will spend 2 days from home each week.", "hybrid", "", 3),
    ("Must be able to work on-site 5 days a week.", "on site", "", 5),
    ("This is an in-person internship.", "on site", "", None),
    ("Applicants must be available to work in person in our Boston office.", "on site", "", None),
    ("This position is not remote.", "on site", "", None),
    ("Remote work is not possible for this role.", "on site", "", None),
    ("No remote positions; this role is on-site.", "on site", "", None),
    ("This role is on-site or remote.", "unstated", "", None),
    # look-alikes
    ("We are a remote-first company, this role is on-site.", "on site", "", None),
    ("We are a remote-first company.", "unknown", "", None),
    ("Experience with remote sensing data.", "unknown", "", None),
    ("You will work with remote teams across the globe.", "unknown", "", None),
    ("Ability to work independently in a remote environment.", "unknown", "", None),
    ("You will need remote access to our servers.", "unknown", "", None),
    ("Remote patient monitoring devices.", "unknown", "", None),
    ("Hybrid cloud infrastructure experience.", "unknown", "", None),
    ("Hybrid electric vehicles.", "unknown", "", None),
    ("Snacks for non-remote employees.", "unknown", "", None),
    ("If the position is in office, you need transportation.", "unknown", "", None),
    ("Whether you want a remote internship or an in-person internship, we have one.", "unknown", "", None),
    ("The intern will work remotely until the office opens.", "unknown", "", None),
    ("Work Remotely: Temporarily due to COVID-19", "unknown", "", None),
    ("10 days of vacation, and an office dog.", "unknown", "", None),
    ("This role is fully remote. Interns must work on-site.", "unknown", "", None),
    # German
    ("Wir bieten 2 Tage Homeoffice pro Woche.", "hybrid", "", 3),
    ("Drei Tage pro Woche im Büro.", "hybrid", "", 3),
    ("Die Stelle ist remote innerhalb Deutschlands möglich.", "country", "DE", None),
    ("Deutschlandweit remote.", "country", "DE", None),
    ("Die Tätigkeit findet ausschließlich vor Ort statt.", "on site", "", None),
    ("Kein Homeoffice.", "on site", "", None),
    # French
    ("Poste 100 % télétravail depuis la France.", "country", "FR", None),
    ("Stage en présentiel à Paris.", "on site", "", None),
    ("Poste en télétravail, 2 jours par semaine au bureau.", "hybrid", "", 2),
    ("Pas de télétravail.", "on site", "", None),
    # Spanish
    ("Puesto 100 % remoto desde España.", "country", "ES", None),
    ("Modalidad híbrida: 2 días de teletrabajo.", "hybrid", "", 3),
    ("Trabajo presencial en Madrid.", "on site", "", None),
    # Italian
    ("Tirocinio da remoto.", "unstated", "", None),
    ("3 giorni in ufficio e 2 di smart working.", "hybrid", "", 3),
    ("Tirocinio in presenza.", "on site", "", None),
    # Dutch
    ("Volledig remote binnen Nederland.", "country", "NL", None),
    ("2 dagen per week op kantoor.", "hybrid", "", 2),
    ("Geen thuiswerk.", "on site", "", None),
    # Portuguese
    ("Estágio remoto.", "unstated", "", None),
    ("Vaga híbrida, 3 dias no escritório.", "hybrid", "", 3),
    ("Estágio presencial em Lisboa.", "on site", "", None),
]


@pytest.mark.parametrize(("text", "scope", "where", "days"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_descriptions(text: str, scope: str, where: str, days: int | None) -> None:
    told = of_text(text)
    assert (told.scope, named(told), told.days) == (scope, where, days)


@pytest.mark.parametrize("text", [row[0] for row in STRINGS + SENTENCES])
def test_what_was_read_is_quoted(text: str) -> None:
    for told in (of_place(text), of_text(text)):
        assert all(word in text for word in told.words)
        assert bool(told.words) or told == UNKNOWN


def test_three_values() -> None:
    assert Remoteness("country").remote is True
    assert Remoteness("unstated").remote is True
    assert Remoteness("hybrid").remote is False
    assert Remoteness("on site").remote is False
    assert UNKNOWN.remote is None
    assert set(WIDEST) == set(remote.Scope.__args__)  # type: ignore[attr-defined]


NEUTRAL = [
    "We build tools for people who read maps.",
    "You bring curiosity and write clean code.",
    "Our founders met at university.",
    "Lunch is on us.",
    "Send us your documents until the end of May.",
]


@pytest.mark.parametrize("text", [row[0] for row in SENTENCES])
def test_text_around_changes_nothing(text: str) -> None:
    around = "\n".join([*NEUTRAL[:3], text, *NEUTRAL[3:]])
    assert of_text(around) == of_text(text)


STATED = [row[0] for row in SENTENCES]


@given(st.lists(st.sampled_from(STATED), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_sentences_does_not_matter(texts: list[str], chance: object) -> None:
    turned = list(reversed(texts))
    assert of_text("\n".join(texts)).scope == of_text("\n".join(turned)).scope
    assert of_text("\n".join(texts + texts)).scope == of_text("\n".join(texts)).scope


WORDS = st.sampled_from(
    [
        *(
            "remote",
            "Remote",
            "hybrid",
            "on-site",
            "office",
            "not",
            "US",
            "Berlin",
            "(",
            ")",
            "-",
            ";",
            "3 days",
            "in",
            "the",
        ),
        *(
            "from",
            "anywhere",
            "EMEA",
            "role",
            "is",
            "télétravail",
            "vor Ort",
            "2 Tage",
            ":",
            ".",
            "\n",
            "\x00",
            "or",
            "Location:",
        ),
    ]
)


@given(st.lists(WORDS | st.text(max_size=4), max_size=14).map(" ".join) | st.text(max_size=80))
@settings(max_examples=250)
def test_nothing_raises_and_words_are_found(text: str) -> None:
    for told in (of_place(text), of_text(text)):
        assert told.scope in WIDEST
        assert told.days is None or 0 <= told.days <= 5
        shown = " ".join(text.replace("_", " ").replace("\x00", " ").split())
        assert all(" ".join(word.replace("_", " ").replace("\x00", " ").split()) in shown for word in told.words)
        assert all(place.country for place in told.places)


# ------------------------------------------------------------------------------------------------ time
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in (pieces, places, remote_words)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
} | {"with_and": gazetteer.with_and()}
WORST = [
    "a ",
    "A/",
    "A, ",
    "aa ",
    " ",
    "\n",
    "in A, A",
    "3 days a week ",
    "role is ",
    "no remote ",
    "in in ",
    "– ",
    "1",
    "+ 1 ",
    "St ",
]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_take_time_in_proportion(name: str) -> None:
    for worst in WORST:
        text = (worst * 100_000)[:100_000]
        assert any(_seconds(PATTERNS[name], text) <= 0.05 for _ in range(9)), worst


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("worst", ["remote ", "a ", "3 days a week in the office ", "role is remote. ", "\n", "A, A "])
def test_long_texts_take_little_time(worst: str) -> None:
    text = (worst * 100_000)[:100_000]
    began = time.process_time()
    of_text(text)
    of_place(text)
    assert distance.nearby(text) is None
    assert time.process_time() - began <= 2
