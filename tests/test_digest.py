"""The weekly digest: what is chosen, and that text, HTML and subject tell the same of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, at, days, facets, opening, project
from selectolax.lexbor import LexborHTMLParser

from finder.digest import Collected, Digest, Earlier, Room, Section, choose, iso_week
from finder.model import Match, Readiness
from finder.render.digest import REASONS, WIDTH, html, link, text

FRESH = Collected(NOW - timedelta(hours=1), 3)


def seen(id_: str = "a1", /, readiness: Readiness = "ready", reasons: Sequence[str] = (), **changes: Any) -> Match:
    """An internship as the ranking hands it on; each at an organization of its own."""
    told = {"organization": f"Company {id_}", **changes}
    return Match(opening=opening(id_, **told), score=0.5, parts={}, readiness=readiness, reasons=tuple(reasons))


def repository(id_: str = "p1", /, readiness: Readiness = "ready", **changes: Any) -> Match:
    told = {"organization": f"owner-{id_}", **changes}
    return Match(opening=project(id_, **told), score=0.5, parts={}, readiness=readiness)


def digest(matches: Sequence[Match] = (), earlier: Sequence[Earlier] = (), **others: Any) -> Digest:
    told = {"profile": "me", "week": "2026-W34", "now": NOW, "room": Room(), "collected": FRESH, **others}
    return choose(matches, earlier, **told)


def ids(made: Digest) -> list[str]:
    return [match.opening.id for match in made.shown]


def shape(made: Digest) -> list[tuple[str, int, int]]:
    """Title, rows and total of each section."""
    return [(section.title, len(section.matches), section.total) for section in made.sections]


LAST_WEEK = Earlier(NOW - days(7), frozenset({"told"}))


# ------------------------------------------------------------------------------------------------ what is chosen
def test_sections_by_readiness_best_first():
    made = digest([seen("l", "unknown"), seen("n", "one step away"), repository(), seen("r2"), seen("s", "stretch")])
    assert shape(made) == [("Ready", 1, 1), ("One step away", 1, 1), ("Worth a look", 2, 2), ("Projects", 1, 1)]
    assert ids(made) == ["r2", "n", "l", "s", "p1"]


def test_what_the_person_may_not_do_or_is_no_machine_learning_is_left_out():
    off_topic = seen("b", facets=facets(role="none"))
    made = digest([seen("a", "not eligible"), off_topic, seen("c", facets=None), repository("d", "not eligible")])
    assert made.shown == ()
    assert made.still_open == 0


def test_other_kinds_have_no_place_in_it():
    made = digest([seen("j", kind="job", facets=facets(kind="job")), seen("c", facets=facets(kind="course"))])
    assert made.shown == ()


def test_the_first_digest_is_the_best_of_what_is_open():
    old = [seen(f"o{n}", first_seen=NOW - days(90)) for n in range(30)]
    made = digest(old)
    assert made.since is None
    assert ids(made) == [f"o{n}" for n in range(10)]
    assert made.still_open == 20


def test_what_was_there_at_the_first_digest_is_never_news():
    backlog = [seen(f"o{n}", first_seen=LAST_WEEK.at - days(1)) for n in range(30)]
    made = digest([*backlog, seen("same", first_seen=LAST_WEEK.at)], [LAST_WEEK])
    assert made.shown == ()
    assert made.headline == "Nothing new (week 34)"
    assert made.still_open == 31


def test_what_was_told_is_not_told_again():
    made = digest([seen("told", first_seen=NOW - days(1)), seen("news", first_seen=NOW - days(1))], [LAST_WEEK])
    assert ids(made) == ["news"]


def test_what_there_was_no_room_for_is_still_news():
    month = [Earlier(NOW - days(28), ()), Earlier(NOW - days(21), ("told",)), Earlier(NOW - days(7), ())]
    made = digest([seen("late", first_seen=NOW - days(24))], month)
    assert ids(made) == ["late"]
    assert made.since == NOW - days(7)


def test_the_order_of_earlier_digests_does_not_matter():
    month = [Earlier(NOW - days(7), ("a",)), Earlier(NOW - days(28), ("b",))]
    matches = [seen(n, first_seen=NOW - days(age)) for n, age in (("a", 3), ("b", 3), ("c", 3), ("d", 30))]
    assert digest(matches, month) == digest(matches, month[::-1])
    assert ids(digest(matches, month)) == ["c"]


def test_a_long_band_leaves_a_place_for_each_later_one():
    ready = [seen(f"r{n}") for n in range(20)]
    made = digest([*ready, seen("n", "one step away"), seen("n2", "one step away"), seen("u", "unknown")])
    assert shape(made) == [("Ready", 8, 20), ("One step away", 1, 2), ("Worth a look", 1, 1)]


@pytest.mark.parametrize(("room", "rows"), [(0, []), (1, [1, 0, 0]), (2, [1, 1, 0]), (3, [1, 1, 1]), (4, [2, 1, 1])])
def test_a_small_room_goes_by_priority(room: int, rows: list[int]):
    bands: tuple[Readiness, ...] = ("ready", "one step away", "unknown")
    made = digest([seen(f"{band[0]}{n}", band) for band in bands for n in range(5)], room=Room(room, 0))
    assert [len(section.matches) for section in made.sections] == rows


def test_one_organization_does_not_fill_a_section():
    same = [seen(f"s{n}", organization="Quillmark" if n % 2 else "QUILLMARK") for n in range(5)]
    made = digest([*same, seen("other")])
    assert ids(made) == ["s0", "s1", "other"]
    assert made.sections[0].total == 6


def test_unnamed_organizations_are_not_the_same_one():
    assert len(digest([seen(f"s{n}", organization="") for n in range(5)]).shown) == 5


def test_no_room_for_projects_is_no_section():
    assert shape(digest([repository()], room=Room(10, 0))) == []


def test_room_shrinks_to_nothing():
    room, steps = Room(100, 100), 0
    while room != room.smaller():
        room, steps = room.smaller(), steps + 1
    assert room == Room(0, 0)
    assert steps < 25


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-08-17", "2026-W34"), ("2026-08-23", "2026-W34"), ("2027-01-01", "2026-W53"), ("2024-12-30", "2025-W01")],
)
def test_iso_weeks(day: str, week: str):
    assert iso_week(NOW.fromisoformat(day)) == week


@pytest.mark.parametrize(
    ("matches", "headline"),
    [
        ([], "Nothing new (week 34)"),
        ([seen()], "1 ready (week 34)"),
        ([seen(), seen("b"), repository()], "2 ready, 1 project (week 34)"),
        ([seen("n", "one step away"), repository("p"), repository("q")], "1 one step away, 2 projects (week 34)"),
    ],
)
def test_the_headline_has_the_numbers_first(matches: list[Match], headline: str):
    assert digest(matches).headline == headline


def test_the_headline_does_not_count_what_is_not_shown():
    made = digest([seen(), seen("n", "one step away")], room=Room(1, 0))
    assert made.headline == "1 ready (week 34)"
    assert "One step away: 0 of 1" in text(made)


# ------------------------------------------------------------------------------------------------ text and HTML
def page(made: Digest) -> LexborHTMLParser:
    return LexborHTMLParser(html(made))


def rows_of_text(made: Digest) -> dict[str, int]:
    """Section → numbered entries under it."""
    rows: dict[str, int] = {}
    current = ""
    for row in text(made).splitlines():
        if found := re.match(r"(Ready|One step away|Worth a look|Projects): (\d+)", row):
            current = found[0]
            rows[current] = 0
        elif re.match(r"\d+\. ", row):
            rows[current] += 1
    return rows


def rows_of_html(made: Digest) -> dict[str, int]:
    rows: dict[str, int] = {}
    current = ""
    for node in page(made).css("h2, h3"):
        if node.tag == "h2":
            current = re.match(r"[^:]+: \d+", node.text())[0]  # type: ignore[index]
            rows[current] = 0
        else:
            rows[current] += 1
    return rows


WORDS = st.text(st.characters(), max_size=40)
MATCHES = st.lists(
    st.builds(
        lambda number, readiness, kind, title, company, day, why: (repository if kind else seen)(
            f"{number:06}", readiness, title=title, organization=company, first_seen=NOW - days(day), description=why
        ),
        st.integers(0, 999_999),
        st.sampled_from(["ready", "one step away", "stretch", "unknown", "not eligible"]),
        st.booleans(),
        WORDS,
        st.one_of(WORDS, st.sampled_from(["Quillmark", "quillmark", ""])),
        st.integers(0, 20),
        WORDS,
    ),
    max_size=30,
    unique_by=lambda match: match.opening.id,
)
EARLIER = st.lists(
    st.builds(Earlier, st.integers(1, 30).map(lambda n: NOW - days(n)), st.just(frozenset({"000001"}))), max_size=3
)


@settings(max_examples=100)
@given(MATCHES, EARLIER, st.integers(0, 12), st.integers(0, 4))
def test_counts_are_rows(matches: list[Match], earlier: list[Earlier], internships: int, projects: int):
    made = digest(matches, earlier, room=Room(internships, projects))
    counts = {f"{section.title}: {len(section.matches)}": len(section.matches) for section in made.sections}
    assert rows_of_text(made) == counts == rows_of_html(made)
    assert all((section.count in made.headline) == bool(section.matches) for section in made.sections)
    shown = ids(made)
    assert len(shown) == len(set(shown))
    assert len(shown) <= internships + projects
    assert not earlier or "000001" not in shown
    assert all(len(row) <= WIDTH or row.strip().startswith("http") for row in text(made).splitlines())


def test_both_parts_name_the_same_things():
    made = digest(
        [
            seen("a1", "unknown", ["Machine-learning work", "You hold Python"], title="Vision Intern", pay="$40"),
            repository("p1", "one step away", title="gradient-garden", updated_at=NOW - days(3)),
        ]
    )
    plain, shown = text(made), page(made).body.text()  # type: ignore[union-attr]
    for words in ("Vision Intern — Company a1", "requirements unknown", "posted 2026-08-23", "$40", "finder show a1",
                  "Machine-learning work", "You hold Python", "gradient-garden — owner-p1", "one step away",
                  "last active 2026-08-20", "finder show p1", "Sources that answered well: 3 of 3"):  # fmt: skip
        assert words in plain
        assert words in shown
    assert "https://jobs.quillmark.example/a1" in plain
    assert [a.attributes["href"] for a in page(made).css("a")] == [
        f"https://jobs.quillmark.example/{n}" for n in ("a1", "p1")
    ]
    assert "jobs.quillmark.example" in shown


def test_readiness_is_told_where_the_heading_does_not():
    plain = text(digest([seen("r"), seen("s", "stretch"), seen("n", "one step away")]))
    assert "a stretch · posted" in plain
    assert "   posted 2026-08-23" in plain
    assert plain.count("one step away") == 1  # the headline


def test_only_the_first_reasons_are_told():
    plain = text(digest([seen(reasons=[f"reason {n}" for n in range(9)])]))
    assert plain.count("- reason") == REASONS


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"posted_at": None, "first_seen": NOW - days(2)}, "seen since 2026-08-21"),
        ({"deadline": NOW + days(9)}, "apply by 2026-09-01"),
        ({"state": "missing", "evidence": "absent from one fetch"}, "absent from one fetch"),
        ({"places": (at("Oslo"), at("Bergen"))}, "Oslo; Bergen"),
        ({"remote": True}, "Remote"),
        ({"title": ""}, "1. (no title) — Company a1"),
        ({"organization": ""}, "1. Machine Learning Intern\n"),
    ],
)
def test_facts_of_an_entry(changes: dict[str, Any], words: str):
    assert words in text(digest([seen(**changes)]))


def test_the_first_digest_says_so_and_the_second_does_not():
    assert "This is your first digest" in " ".join(text(digest([seen()])).split())
    assert "first digest" not in text(digest([seen()], [LAST_WEEK]))


def test_an_empty_week_says_so_and_how_the_sources_are():
    made = digest([seen(first_seen=NOW - days(30))], [LAST_WEEK])
    for words in ("Nothing new for you since the digest of 2026-08-16.", "Sources that answered well: 3 of 3.",
                  "Also open and not in this mail: 1 internship in or near machine learning."):  # fmt: skip
        assert words in " ".join(text(made).split())
        assert words in html(made)


def test_an_empty_first_digest_does_not_speak_of_an_earlier_one():
    assert "Nothing yet." in text(digest())
    assert "since the digest" not in text(digest())


def test_sources_that_were_down_stand_at_the_foot():
    down = tuple((f"source-{n}", f"HTTP {500 + n}\x1b[31m\nsecond line " + "x" * 300) for n in range(8))
    made = digest([seen()], collected=Collected(NOW, 20, down))
    plain = text(made)
    assert "Sources that answered well: 12 of 20." in plain
    assert [f"Down: source-{n}:" in plain for n in range(8)] == [True] * 5 + [False] * 3
    assert "And 3 more: `finder sources`." in plain
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= WIDTH
    assert plain.index("finder show a1") < plain.index("Down: source-0")
    assert page(made).css(".foot")[2].text().startswith("Down: source-0: HTTP 500")


def test_what_is_unusual_stands_behind_what_is_down():
    told = Collected(
        NOW, 9, (("a", "failed 3 times"),), tuple((f"s{n}", "0 items, where 90 are usual") for n in range(6))
    )
    lines = text(digest(collected=told)).splitlines()
    at = lines.index("Sources that answered well: 8 of 9.")
    assert lines[at + 1 : at + 7] == [
        "Down: a: failed 3 times",
        *(f"Unusual: s{n}: 0 items, where 90 are usual" for n in range(4)),
        "And 2 more: `finder sources`.",
    ]


def test_boards_that_did_not_answer_are_one_line():
    assert "followed board" not in text(digest(collected=Collected(NOW, 3, boards=41)))
    told = "3 of 41 followed boards did not answer well."
    assert told in text(digest(collected=Collected(NOW, 3, boards=41, boards_down=3))).splitlines()


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0, ""),
        (24, ""),
        (25, "the data is 25 hours old"),
        (49, "the data is 2 days old"),
        (240, "the data is 10 days old"),
    ],
)
def test_old_data_says_how_old_it_is(hours: int, told: str):
    made = digest([seen()], collected=Collected(NOW - timedelta(hours=hours), 3))
    assert ("Careful" in text(made)) == bool(told)
    assert told in text(made)
    assert told in html(made)


def test_data_that_never_came_is_told():
    assert "no source has answered yet" in text(digest(collected=Collected(None, 3)))


def test_how_to_stop_it_is_visible_in_both():
    for part in (" ".join(text(digest()).split()), page(digest()).body.text()):  # type: ignore[union-attr]
        assert "To stop these mails: `finder schedule remove`" in part


# ------------------------------------------------------------------------------------------------ hostile words
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a href="https://evil.example">', "{{ 7*7 }}",
    "</h3></div><style>body{display:none}</style>", "&lt;b&gt;", "' onclick='x", "\x1b[31mred\x07", "a\r\nb\nc\x00d",
    "\u202egnp.exe", "\ud800", "x" * 5000, "\u2028\u2029\x85", "<!--", "{% raw %}", "]]>",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_text(words: str):
    evil = seen("e1", reasons=[words], title=words, organization=words, pay=words, places=(at(words),), url=words)
    made = digest([evil, seen("good")], collected=Collected(NOW, 2, ((words, words),)))
    sober, shown = page(digest([seen("e1"), seen("good")])), page(made)
    assert {node.tag for node in shown.css("*")} <= {node.tag for node in sober.css("*")} | {"ul", "li"}
    assert len(shown.css("style")) == 1
    assert [a.attributes["href"] for a in shown.css("a")] == ["https://jobs.quillmark.example/good"]
    assert not re.search(r"<[^>]* on\w+=", html(made))
    plain = text(made)
    assert len(re.findall(r"^\d+\. ", plain, re.M)) == 2
    assert not set(plain) & set("\x1b\x07\x00\r\u202e\u2028\u2029\x85")
    assert max(map(len, plain.splitlines())) <= WIDTH
    assert "{{ 7*7 }}" not in html(made) or "49" not in html(made)
    plain.encode("utf-8")
    html(made).encode("utf-8")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://files.example/x",
        "//jobs.example/x",
        "mailto:a@b.example",
        "",
        "https://",
        "https://[",
        "https://user@evil.example/",
        "https://jobs.example@evil.example/",
        "http://a b.example/",
        "https://jobs.example/a\nb",
        "https://jobs.example/\x00",
        "https://jobs.example/" + "a" * 2001,
        "file:///etc/passwd",
    ],
)
def test_only_addresses_that_may_be_followed_are_links(url: str):
    made = digest([seen(url=url)])
    assert link(made.shown[0]) == ""
    assert page(made).css("a") == []
    assert "(no address given)" in text(made)
    assert "no address given" in html(made)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://jobs.example/a?b=1&c=<x>", "jobs.example"),
        ("HTTPS://JOBS.EXAMPLE/A", "jobs.example"),
        ("http://jobs.example:8080/a", "jobs.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://аррӏе.example/", "xn--80ak6aa92e.example"),
    ],
)
def test_a_link_tells_its_host(url: str, host: str):
    made = digest([seen(url=url)])
    (a,) = page(made).css("a")
    assert a.attributes["href"] == url
    assert page(made).css_first(".host").text().startswith(host)
    assert f"   {url}\n" in text(made)


def test_nothing_is_loaded_from_anywhere():
    shown = page(digest([seen(f"a{n}") for n in range(5)]))
    assert {
        node.tag for node in shown.css("img, script, link, iframe, object, video, audio, form, input, svg")
    } == set()
    assert "url(" not in html(digest([seen()]))
    assert "@import" not in html(digest([seen()]))
    external = re.findall(r"https?://[^\s\"<]+", html(digest([seen()])))
    assert external == ["https://jobs.quillmark.example/a1"]


def test_light_and_dark_are_both_offered():
    shown = page(digest([seen()]))
    metas = {meta.attributes.get("name"): meta.attributes.get("content") for meta in shown.css("meta")}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"
    assert "prefers-color-scheme: dark" in shown.css_first("style").text()
    assert "background" not in html(digest([seen()]))  # a client that inverts colours has nothing to get wrong
    assert shown.css_first("html").attributes["lang"] == "en"
    assert "color: #1a5fb4" in (shown.css_first("a").attributes["style"] or "")  # styles stand at the elements too


def test_the_preview_line_of_mail_lists_names_the_best():
    hidden = page(digest([seen("a1", title="Vision Intern")])).css_first(".preheader")
    assert hidden.text() == "Vision Intern — Company a1"
    assert "display: none" in (hidden.attributes["style"] or "")


def test_a_section_made_by_hand_counts_what_it_holds():
    assert Section("Projects", (repository(),), 1).count == "1 project"
    assert Section("Projects", (repository("a"), repository("b")), 9).count == "2 projects"


def test_a_digest_at_a_size_that_mail_clients_show_whole():
    long = {"title": "Machine Learning Intern " * 9, "places": tuple(at(f"Somewhere {n}") for n in range(30))}
    matches = [seen(f"i{n}", reasons=["A reason of the usual length, with words in it"] * 5, **long) for n in range(20)]
    made = digest([*matches, *(repository(f"p{n}") for n in range(9))])
    assert len(made.shown) == 13
    assert len(html(made).encode()) < 40_000
    assert replace(made, since=NOW).headline == made.headline
