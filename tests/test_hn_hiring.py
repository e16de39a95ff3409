"""The monthly thread of Hacker News: which thread, which comments, and what a free first line says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_boards import well_typed

from finder.errors import EmptyAnswer, ParseError
from finder.model import Fetched, Found, Page, Request
from scrapers import hn_hiring
from scrapers._headline import OPEN_ROLES, Headline, read

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)
STORY = 7001


def ask(hits: list[Any], story: int | None = STORY, months: int = 1, **envelope: Any) -> Page:
    request = Request("https://hn.example", context="" if story is None else str(story))
    body = {"hits": hits, "nbHits": len(hits), **envelope}
    return hn_hiring.parse(Fetched(request, 200, json.dumps(body).encode(), AT), hn_hiring.Options(months=months))


def thread(number: int, title: str, day: str = "2026-08-03", **fields: Any) -> dict[str, Any]:
    return {"objectID": str(number), "title": title, "author": "whoishiring", "created_at": day, **fields}


def comment(text: str | None, number: int = 1, parent: int = STORY, **fields: Any) -> dict[str, Any]:
    told = {"objectID": str(number), "parent_id": parent, "comment_text": text, "created_at": "2026-08-04T09:03:56Z"}
    return {**told, "author": "reedwarbler", **fields}


def offer(text: str) -> Found:
    (found,) = ask([comment(text)]).found
    return found


def line(text: str, *more: str) -> Headline:
    told = read([text, *more])
    assert told is not None
    return told


# ------------------------------------------------------------------------------------ the thread
def test_the_first_question() -> None:
    (request,) = hn_hiring.start(hn_hiring.Options())
    assert request.url == ("https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=50")
    assert request.context == ""


HIRING = [
    thread(5, "Ask HN: Who is hiring? (July 2026)", "2026-07-01T15:00:00Z"),
    thread(7, "Ask HN: Who is hiring? (August 2026)", "2026-08-03T15:00:00Z"),
    thread(8, "Ask HN: Who wants to be hired? (August 2026)", "2026-08-03T15:00:01Z"),
    thread(9, "Ask HN: Freelancer? Seeking freelancer? (August 2026)", "2026-08-03T15:00:02Z"),
    thread(6, "ASK HN: WHO IS HIRING? (June 2026)", "2026-06-01T15:00:00Z"),
]


@pytest.mark.parametrize(("months", "stories"), [(1, ["7"]), (2, ["7", "5"]), (12, ["7", "5", "6"])])
def test_the_newest_threads_of_offers_are_asked_for(months: int, stories: list[str]) -> None:
    page = ask(HIRING, None, months)
    assert page.found == ()
    assert [request.context for request in page.next] == stories
    assert page.next[0].url == ("https://hn.algolia.com/api/v1/search_by_date?tags=comment,story_7&hitsPerPage=1000")


@pytest.mark.parametrize("hits", [[], HIRING[2:4], [thread(1, "Ask HN: Who is hiring?", author="somebody")], [3]])
def test_without_a_thread_of_offers_nothing_is_believed(hits: list[Any]) -> None:
    with pytest.raises(ParseError, match=r"no thread 'Who is hiring\?' among"):
        ask(hits, None)


def test_a_thread_whose_number_is_none_is_not_asked_for() -> None:
    page = ask([*HIRING, thread(0, "Ask HN: Who is hiring? (now)", "2026-09-01", objectID="1&tags=x")], None)
    assert [request.context for request in page.next] == ["7"]
    assert page.skipped[0].why == "ValueError: objectID: is no number"


# ------------------------------------------------------------------------------------ the comments
def test_only_comments_right_below_the_thread_are_offers() -> None:
    hits = [comment("Coot | ML Engineer", 1), comment("Rail | ML Engineer", 2, parent=1), comment(None, 3)]
    assert [found.key for found in ask(hits).found] == ["1"]


def test_an_offer_is_told_whole() -> None:
    found = offer('Coot (W24) | <a href="https:&#x2F;&#x2F;coot.example&#x2F;jobs">https:...</a> | ML Engineer | Oslo')
    assert (found.kind, found.organization, found.title) == ("job", "Coot", "ML Engineer")
    assert (found.url, found.locations) == ("https://coot.example/jobs", ("Oslo",))
    assert (found.posted, found.remote) == ("2026-08-04T09:03:56Z", None)
    assert found.extra == {"discussion": "https://news.ycombinator.com/item?id=1"}
    assert well_typed(found)


def test_without_a_link_its_own_page_stands() -> None:
    assert offer("Coot | ML Engineer").url == "https://news.ycombinator.com/item?id=1"
    assert offer('Coot | ML Engineer <a href="mailto:x@coot.example">x</a>').url.endswith("item?id=1")


@pytest.mark.parametrize(
    "link",
    [
        "https://github.com/coot/birds",
        "https://www.youtube.com/watch?v=1",
        "https://youtu.be/1",
        "https://x.com/coot",
        "https://no.linkedin.com/in/wren",
        "ftp://coot.example/jobs",
    ],
)
def test_links_to_other_things_are_passed_over(link: str) -> None:
    first = f'Coot | ML Engineer<p><a href="{link}">see</a>'
    assert offer(first).url == "https://news.ycombinator.com/item?id=1"
    assert offer(first + '<p><a href="https://netflix.com/jobs">apply</a>').url == "https://netflix.com/jobs"


def test_an_answer_that_tells_not_all_is_not_complete() -> None:
    assert ask([comment("Coot | ML Engineer")]).complete
    assert not ask([comment("Coot | ML Engineer")], nbHits=1001).complete
    assert not ask([], nbHits="many").complete


@pytest.mark.parametrize("body", ["[]", '{"hits": 3}', '{"message": "slow down"}', "<p>", "7"])
@pytest.mark.parametrize("context", ["", "7001"])
def test_anything_else_is_refused(body: str, context: str) -> None:
    doc = Fetched(Request("https://hn.example", context=context), 200, body.encode(), AT)
    with pytest.raises(ParseError) as caught:
        hn_hiring.parse(doc, hn_hiring.Options())
    assert not isinstance(caught.value, EmptyAnswer)


def test_a_changed_form_is_refused() -> None:
    with pytest.raises(ParseError, match=r"schema drift: 20 of 20 .*parent_id"):
        ask([{**comment("Coot | ML Engineer", n), "parent_id": "7001"} for n in range(20)])


# ------------------------------------------------------------------------------------ people
@pytest.mark.parametrize(
    "mailbox",
    [
        "wren@coot.example",
        "wren.moor+hn@jobs.coot.example",
        "wren [at] coot [dot] example",
        "wren(at)coot.example",
        "wren at coot dot example",
        "wren@coot[dot]example",
    ],
)
def test_mail_addresses_are_left_out(mailbox: str) -> None:
    text = offer(f"Coot | ML Engineer<p>Write to {mailbox}, please.").description
    assert text == "Coot | ML Engineer\nWrite to [e-mail], please."


@pytest.mark.parametrize("text", ["Meet us at Coot in Oslo.", "We use numpy@2", "3 people at scale. Dot the i."])
def test_other_words_stay(text: str) -> None:
    assert offer(f"Coot | ML Engineer<p>{text}").description.endswith(text)


def test_pages_of_people_are_left_out() -> None:
    link = '<a href="https://www.linkedin.com/in/wren-moor/">https://www.linkedin.com/in/wren-moor/</a>'
    found = offer(f"Coot | ML Engineer<p>I am {link}")
    assert (found.url, found.description) == (
        "https://news.ycombinator.com/item?id=1",
        "Coot | ML Engineer\nI am [profile]",
    )


def test_who_wrote_it_is_nowhere() -> None:
    page = ask([comment("Coot | ML Engineer"), comment("Rail | Engineer", 2, parent_id="x")])
    assert (len(page.found), len(page.skipped)) == (1, 1)
    assert "reedwarbler" not in repr(page)


# ------------------------------------------------------------------------------------ first lines
@pytest.mark.parametrize(
    ("text", "organization", "title", "locations", "remote"),
    [
        ("Coot | ML Engineer | Oslo", "Coot", "ML Engineer", ("Oslo",), None),
        ("Coot | Oslo | ML Engineer", "Coot", "ML Engineer", ("Oslo",), None),
        ("Coot|ML Engineer|REMOTE", "Coot", "ML Engineer", (), True),
        ("ML Engineer | Coot | REMOTE (EU)", "Coot", "ML Engineer", ("REMOTE (EU)",), True),
        ("ML Engineer | Marsh Data | ONSITE", "Marsh Data", "ML Engineer", (), False),
        ("ML Engineer | Remote", "", "ML Engineer", (), True),
        ("Oslo, Norway | Coot | ML Engineer", "Coot", "ML Engineer", ("Oslo, Norway",), None),
        ("Moor Engineering | ML Developer | NYC", "Moor Engineering", "ML Developer", ("NYC",), None),
        (
            "Coot (YC W24) | Engineer (Lead | Staff) | Hybrid Oslo",
            "Coot",
            "Engineer (Lead | Staff)",
            ("Hybrid Oslo",),
            False,
        ),
        ("Coot – bird cams | Hiring an ML Engineer", "Coot", "ML Engineer", (), None),
        ("Coot.ai | coot.ai | Data Scientist", "Coot.ai", "Data Scientist", (), None),
        ("Coot (https://coot.example) | Multiple roles | Remote or onsite", "Coot", "Multiple roles", (), True),
        ("SEEKING FREELANCER | Coot | ML Engineer", "Coot", "ML Engineer", (), None),
        ("*Coot | ML Engineer | Remote (India)*", "Coot", "ML Engineer", ("Remote (India)",), True),
        ("# Coot | Oslo, Norway", "Coot", OPEN_ROLES, ("Oslo, Norway",), None),
        (
            "Coot | ONSITE & remote for some roles | ML Lead",
            "Coot",
            "ML Lead",
            ("ONSITE & remote for some roles",),
            True,
        ),
        ("Coot | Berlin, onsite (no remote) | ML Lead", "Coot", "ML Lead", ("Berlin, onsite (no remote)",), False),
        ("Coot — ML Engineer — Oslo", "Coot", "ML Engineer", ("Oslo",), None),
        ("Coot; ML Engineer; onsite", "Coot", "ML Engineer", (), False),
    ],
)
def test_the_order_of_the_fields_is_free(
    text: str, organization: str, title: str, locations: tuple[str, ...], remote: bool | None
) -> None:
    told = line(text)
    assert (told.organization, told.title, told.locations, told.remote) == (organization, title, locations, remote)


def test_terms_pay_and_rights() -> None:
    told = line(
        "Coot | ML Engineer | Full-time, Interns (paid) | $120k–$150k + equity | US citizens only | Series A | PTO"
    )
    assert told.employment == "full-time, interns"
    assert (told.pay, told.sponsorship) == ("$120k–$150k + equity", "US citizens only")
    assert (told.title, told.locations, told.closed) == ("ML Engineer", (), "")


@pytest.mark.parametrize(
    "text", ["(CLOSED) Coot | ML Engineer", "CLOSED: Coot | ML Engineer", "Coot | role filled | ML Lead"]
)
def test_a_post_may_say_that_it_is_closed(text: str) -> None:
    assert line(text).closed == "the post says that it is closed"


def test_prose_in_the_first_line_is_no_field() -> None:
    told = line("Coot | REMOTE | ML Engineer | Full-time We raised $300M and " + "grow and " * 20)
    assert (told.title, told.pay) == ("ML Engineer", "")


def test_a_role_for_students_in_the_text_stands_first() -> None:
    told = line(
        "Coot | Senior Engineer | Oslo", "We hire:", "- [1] Staff Engineer", "* Vision Intern (https://x.example/1)."
    )
    assert told.title == "Vision Intern"


def test_a_role_of_the_text_stands_in_where_the_first_line_has_none() -> None:
    told = line("Coot | Oslo, Norway", "We look for engineers who care.", "1. Data Engineer | 50k", "2. ML Engineer")
    assert told.title == "Data Engineer"
    assert line("Coot | Oslo, Norway", "Our roles are open to engineers").title == OPEN_ROLES


def test_labelled_lines() -> None:
    told = line("Company: Coot", "Location: Remote (EU)", "Role: Hiring a Data Scientist")
    assert (told.organization, told.title, told.locations, told.remote) == (
        "Coot",
        "Data Scientist",
        ("Remote (EU)",),
        True,
    )


def test_a_role_for_students_stands_over_a_labelled_one() -> None:
    told = line("Company: Coot", "Role: Data Scientist", "Also:", "- Data Science Intern")
    assert (told.organization, told.title) == ("Coot", "Data Science Intern")


def test_a_sentence_may_name_the_role() -> None:
    told = line("Coot (YC S24) is hiring a Geodata Engineer in Oslo. We map birds: https://coot.example")
    assert (told.organization, told.title) == ("Coot", "Coot is hiring a Geodata Engineer in Oslo")
    assert line("Coot is the bird app.", "Open:", "- Wing Intern: https://x.example").title == "Wing Intern"


@pytest.mark.parametrize("company", ["Boston Dynamics", "Oslo Systems", "Paris AI"])
def test_a_company_may_be_called_after_a_town(company: str) -> None:
    told = line(f"ML Engineer | {company} | REMOTE")
    assert (told.organization, told.locations) == (company, ())


@pytest.mark.parametrize(
    "place",
    ["Oslo", "NYC", "Germany", "Greater London", "Berlin office", "New York City", "San Francisco, CA", "Oslo Norway"],
)
def test_places_of_the_first_line(place: str) -> None:
    assert line(f"Coot | ML Engineer | {place}").locations == (place,)


@pytest.mark.parametrize(
    ("lines", "organization", "title"),
    [
        (["Hey HN! Coot (https://coot.example) is hiring. We map birds."], "Coot", OPEN_ROLES),
        (
            ["At Coot (https://coot.example/) we're hiring!", "- Vision Engineer: https://x.example"],
            "Coot",
            "Vision Engineer",
        ),
        (["Coot is a bird app that " + "counts " * 30, "We’re currently hiring in Oslo."], "Coot", OPEN_ROLES),
        (["Coot – Bird Counter (coot.example)", "We're hiring for both teams."], "Coot", OPEN_ROLES),
        (["I have a new role open on my team."], "", OPEN_ROLES),
        (["We are building nests.", "We have open roles in SW/EE."], "", OPEN_ROLES),
        (["Do you like birds?", "Apply:", "https://x.example/jobs/1"], "", OPEN_ROLES),
        (["By counting birds, Coot grows quickly and is hiring"], "", OPEN_ROLES),
        (["Founding Data Science Lead", "Who we’re looking for", "A maker."], "", "Founding Data Science Lead"),
        (["Coot; Fulltime; Onsite, Oslo, Norway"], "Coot", OPEN_ROLES),
    ],
)
def test_an_offer_may_be_prose(lines: list[str], organization: str, title: str) -> None:
    told = line(*lines)
    assert (told.organization, told.title) == (organization, title)


@pytest.mark.parametrize(
    "text",
    [
        "I'm currently looking for a job. Is Coot hiring? Who is hiring?",
        "Looking for: freelance contracts; we are hiring nobody",
        "I am open to new roles. Apply: nowhere",
        "Really appreciate seeing clear hiring info like this",
        "Founding Data Science Lead",
        "Thank you to everyone who submitted!",
    ],
)
def test_prose_that_offers_nothing_is_left_out(text: str) -> None:
    assert read([text]) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["SEEKING WORK | Developer | Remote"],
        ["Not hiring, but | helping"],
        ["Location: Oslo", "Remote: yes", "Willing to relocate: no", "Role: Developer"],
        ["Great thread!"],
        ["I am a full-stack developer with 3 years of experience"],
        ["[flagged]"],
        ["|"],
        ["||| |"],
        ["- ; -"],
    ],
)
def test_what_offers_nothing_is_left_out(lines: list[str]) -> None:
    assert read(lines) is None


FIELDS = st.sampled_from(
    (
        "Coot",
        "ML Engineer",
        "Oslo",
        "REMOTE",
        "|",
        "(",
        ")",
        ";",
        " – ",
        "https://",
        "(YC",
        "$",
        "Role:",
        "Intern",
        "\x00",
        " ",
    )
)


@settings(max_examples=300)
@given(st.lists(st.lists(FIELDS | st.text(max_size=5), max_size=12).map("".join), max_size=4))
def test_any_post_is_read_or_left_out(lines: list[str]) -> None:
    told = read(lines)
    if told is not None:
        assert told.title.strip()
        assert len(told.title) <= 120
        assert len(told.organization) <= 60
        assert all(place.strip() for place in told.locations)


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "(" * 100_000, "| " * 50_000, "a@" * 50_000, "<a " * 30_000, "x at " * 20_000]
)
def test_long_posts_take_no_longer_than_their_length(text: str) -> None:
    ask([comment("Coot | ML Engineer<p>" + text), comment(text, 2)])


# ------------------------------------------------------------------------------------ the recorded thread
@pytest.fixture
def recorded(shared: Path) -> dict[str, Any]:
    path = shared / "internet" / "sites" / "boards" / "hn-whoishiring.json"
    if not path.is_file():
        pytest.skip("the thread is not recorded here")
    answers: dict[str, Any] = json.loads(path.read_bytes())
    return answers


def test_the_recorded_thread(recorded: dict[str, Any]) -> None:
    (request,) = ask(recorded["stories"]["hits"], None).next
    assert request.context == "47975571"
    hits = recorded["comments"]["hits"]
    top = [hit for hit in hits if hit["parent_id"] == 47975571]
    page = ask(hits, 47975571)
    piped = {hit["objectID"] for hit in top if "|" in re.split("<p>|\n", hit["comment_text"])[0]}
    seekers = {hit["objectID"] for hit in top if hit["comment_text"].startswith("SEEKING WORK")}
    found = {item.key for item in page.found}
    assert (len(top), page.skipped, page.complete) == (335, (), True)
    assert piped - found == seekers
    assert found <= {hit["objectID"] for hit in top}
    assert len(found) == 320


def test_the_recorded_offers_are_mostly_told_in_full(recorded: dict[str, Any]) -> None:
    found = ask(recorded["comments"]["hits"], 47975571).found
    assert sum(bool(item.organization) for item in found) > 0.95 * len(found)
    assert sum(bool(item.locations) or item.remote is not None for item in found) > 0.9 * len(found)
    assert sum(item.title != OPEN_ROLES for item in found) > 0.88 * len(found)
    assert sum("ntern" in item.title + item.employment for item in found) >= 5
    assert not any(
        "@" in item.description.replace("/@", "") and "example.invalid" in item.description for item in found
    )
    assert all(map(well_typed, found))
