"""What the own page of a posting proves, and what must prove nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.checks import Checked
from finder.errors import FetchError, Gone, NoHost, NotYet, Refused
from finder.evidence import AGAIN, QUOTED, Finding, concluded, of_error, of_page
from finder.model import Fetched, Request

NOW = datetime(2026, 8, 23, 9, tzinfo=UTC)
URL = "https://careers.heron.example/jobs/4711-machine-learning-intern"
TITLE = "Machine Learning Intern"
WORKDAY = "https://heron.wd5.myworkdayjobs.com/en-US/Careers/job/Oslo/Machine-Learning-Intern_R4711"
ASHBY = "https://jobs.ashbyhq.com/heron/0a1b2c3d-0000-4000-8000-000000000001"
GREENHOUSE = "https://boards.greenhouse.io/heron/jobs/4711001"
LEVER = "https://jobs.lever.co/heron/0a1b2c3d-0000-4000-8000-000000000001"
DESCRIPTION = "<p>You train models that count herons. " + "Tell us about something you built. " * 20 + "</p>"
APPLY = '<a href="/apply">Apply now</a>'


def doc(body: str, url: str = URL, location: str = "") -> Fetched:
    return Fetched(Request(url), 200, body.encode(), NOW, location=location)


def page(inner: str = "", heading: str = TITLE, head: str = "") -> str:
    return f"""<!doctype html><html><head><title>{heading} | Heron</title>{head}</head><body>
        <nav><a href="/">Home</a> <a href="/jobs">Jobs</a></nav>
        <main><h1>{heading}</h1>{inner}{DESCRIPTION}</main>
        <footer>This job board is run by Heron.</footer></body></html>"""


def found(body: str, url: str = URL, title: str = TITLE, location: str = "") -> Finding:
    return of_page(url, doc(body, url, location), title)


def ld(**fields: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "JobPosting", "title": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


# ------------------------------------------------------------------------------------------------ its own words
@pytest.mark.parametrize(
    "banner",
    [
        '<div class="banner">This position has been filled.</div>',
        "<p><strong>Sorry,</strong> this job is <em>no longer available</em>.</p>",
        "<h2>No longer accepting applications</h2>",
        '<div role="alert">Diese Stelle ist nicht mehr verfügbar.</div>',
        "<p>Désolé, l’offre que vous recherchez n’est plus disponible.</p>",
        "<p>Esta oferta ya no está disponible</p>",
        "<span>Deze vacature is gesloten</span>",
    ],
)
def test_a_banner_closes_with_its_words(banner):
    told = found(page(banner))
    assert told.kind == "closed"
    quoted = re.fullmatch("its page says “(.+)”", told.evidence)
    assert quoted
    assert quoted[1] in re.sub("<[^>]*>", "", banner)


def test_a_banner_stands_over_data_that_were_left_on_the_page():
    assert found(page("<p>This job is no longer available</p>", head=ld(validThrough="2027-01-01"))).kind == "closed"


@pytest.mark.parametrize(
    "inner",
    [
        "<aside><p>This position has been filled.</p></aside>",
        '<section class="related-jobs"><p>Perception Intern</p><p>This position has been filled.</p></section>',
        '<div id="similar_jobs"><p>Position filled</p></div>',
        '<div class="faq"><p>This position has been filled.</p></div>',
        "<div hidden><p>This job is no longer available</p></div>",
        '<div style="display: none"><p>This job is no longer available</p></div>',
        '<p class="d-none alert">This job is no longer available</p>',
        '<div aria-hidden="true">This job is no longer available</div>',
        "<template><p>This job is no longer available</p></template>",
        "<script>const words = {closed: 'This job is no longer available'}</script>",
        "<dialog>This job is no longer available</dialog>",
        "<footer>This job is no longer available</footer>",
        "<!-- This job is no longer available -->",
        "<p>If this job is no longer available, write to us.</p>",
        "<p>This role was created because another position has been filled. " + "More about that. " * 20 + "</p>",
    ],
)
def test_words_that_are_not_its_own_statement_prove_nothing(inner):
    assert found(page(inner)).kind == "unknown"


def test_where_somebody_may_apply_no_words_close_it():
    assert found(page(f"<p>This position has been filled.</p>{APPLY}")).kind != "closed"
    assert found(page("<p>This position has been filled.</p><button disabled>Apply now</button>")).kind == "closed"
    assert (
        found(page('<p>This position has been filled.</p><button aria-disabled="true">Apply</button>')).kind == "closed"
    )


@pytest.mark.parametrize(
    "heading", ["Page not found", "404", "Sorry, we couldn't find that job", "Seite nicht gefunden"]
)
def test_a_heading_of_no_page_is_as_good_as_404(heading):
    told = found(page(heading=heading))
    assert told.kind == "gone"
    assert heading in told.evidence


def test_the_same_words_in_the_text_are_not():
    assert found(page("<p>Page not found</p>")).kind == "unknown"


# ------------------------------------------------------------------------------------------------ its own data
@pytest.mark.parametrize("date", ["2026-08-21", "2026-08-21T23:59:59Z", "2026-08-01T00:00:00+02:00"])
def test_a_date_that_is_past_closes(date):
    told = found(page(APPLY, head=ld(validThrough=date, datePosted="2026-06-01")))
    assert told == Finding("closed", f"its page says validThrough “{date}”, which is past")


@pytest.mark.parametrize(
    "date", ["2026-08-23", "2026-08-22T20:00:00Z", "2026-12-31", "", "soon", "0001-01-01", "9999-12-31"]
)
def test_any_other_date_does_not(date):
    assert found(page(APPLY, head=ld(validThrough=date))).kind == "open"


def test_a_date_before_it_was_posted_makes_no_sense():
    assert found(page(head=ld(validThrough="2026-05-01", datePosted="2026-06-01"))).kind == "open"


def test_of_several_postings_that_of_its_title_counts():
    both = ld(validThrough="2027-01-01") + ld(title="Sales Lead", validThrough="2026-01-01", datePosted="2025-12-01")
    assert found(page(head=both)).kind == "open"
    assert found(page(head=both), title="Sales Lead", url=URL + "/2").kind == "closed"
    assert found(page(heading="Jobs", head=both), title="Data Analyst").kind == "unknown"


def test_a_posting_of_another_title_does_not_show_it():
    assert found(page(heading="Sales Lead", head=ld(title="Sales Lead"))).kind == "unknown"


def test_it_is_open_where_its_data_or_its_heading_and_a_button_show_it():
    assert (
        found(page(head=ld(validThrough="2026-12-01"))).evidence
        == f"its page shows “{TITLE}”, valid through 2026-12-01"
    )
    assert found(page(APPLY)).evidence == f"its page shows “{TITLE}” and where to apply"
    assert found(page()).kind == "unknown"
    assert found(page(APPLY, heading="Careers")).kind == "unknown"


# ------------------------------------------------------------------------------------------------ somewhere else
@pytest.mark.parametrize(
    ("url", "target"),
    [
        (GREENHOUSE, "https://boards.greenhouse.io/heron?error=true"),
        (GREENHOUSE, "https://job-boards.greenhouse.io/heron"),
        (LEVER, "https://jobs.lever.co/heron"),
        ("https://apply.workable.com/heron/j/0123456789/", "https://apply.workable.com/heron/?not_found=true"),
        (URL, "https://careers.heron.example/"),
        (URL, "https://careers.heron.example/jobs"),
        (URL, "https://careers.heron.example/jobs/search?q=machine"),
        (URL, "https://heron.example/careers"),
    ],
)
def test_a_posting_that_leads_to_its_board_or_a_search_is_gone(url, target):
    told = found("<title>Jobs at Heron</title><h1>Our jobs</h1><a href='/x'>Apply</a>", url, location=target)
    assert told == Finding("gone", f"its page leads to {target}")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (GREENHOUSE, "https://job-boards.greenhouse.io/heron/jobs/4711001"),
        (GREENHOUSE, "https://heron.example/careers/open?gh_jid=4711001"),
        (URL, URL + "/"),
        (URL, "https://www.heron.example/en/jobs/4711-machine-learning-intern"),
        ("https://heron.example/careers", "https://heron.example/careers/"),
        ("https://heron.example/careers", "https://heron.example/"),
    ],
)
def test_a_posting_that_moved_is_not(url, target):
    assert found(page(APPLY), url, location=target).kind == "open"


@pytest.mark.parametrize("path", ["/login?next=/jobs/4711", "/sign-in", "/SSO/start", "/captcha", "/users/auth/start"])
def test_a_login_proves_nothing(path):
    told = found("<h1>Page not found</h1>", location="https://heron.example" + path)
    assert told == Finding("unknown", "its page asks for a login")


def test_a_banner_at_the_board_it_leads_to_is_about_it():
    body = page("<p>The job you are looking for is no longer open.</p>", heading="Jobs at Heron")
    assert found(body, GREENHOUSE, location="https://boards.greenhouse.io/heron?error=true").kind == "closed"


# ------------------------------------------------------------------------------------------------ hiring systems
def test_a_page_made_by_scripts_may_say_so_in_its_data():
    shell = "<html><script>window.app = {tenant: 'heron', postingAvailable: %s, locale: 'en-US'}</script></html>"
    assert found(shell % "false", WORKDAY) == Finding("closed", "its page at workday says “postingAvailable: false”")
    assert found(shell % "true", WORKDAY).kind == "unknown"
    assert found(shell % "false", URL).kind == "unknown"
    data = '<html><script>window.data = {"organization": {"name": "Heron"}, "posting": null}</script></html>'
    assert found(data, ASHBY).kind == "gone"
    assert found(data, "https://jobs.ashbyhq.com/heron").kind == "unknown"


# ------------------------------------------------------------------------------------------------ no page
@pytest.mark.parametrize("line", ["404 Not Found", "410 Gone"])
def test_a_host_that_has_nothing_there_says_so(line):
    assert of_error(Gone(URL, line)) == Finding("gone", f"its page answers {line}")


@pytest.mark.parametrize(
    "error",
    [
        FetchError(URL, "403 Forbidden"),
        FetchError(URL, "503 Service Unavailable"),
        FetchError(URL, "the answer took longer than 30 seconds"),
        Refused(URL, "robots.txt of heron.example does not allow /jobs"),
        NoHost(URL, "host name not found"),
        NotYet(URL, "asked not to be asked", NOW),
    ],
)
def test_any_other_failure_proves_nothing(error):
    told = of_error(error)
    assert told.kind == "unknown"
    assert error.problem in told.evidence


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "<html></html>",
        '<html><body><div id="root"></div><script src="app.js"></script></body></html>',
        "<title>Just a moment...</title><h1>Checking that you are human</h1>",
        "<h1>Sign in to continue</h1>",
        "<div>" * 100_000,
        "<h1>" + "x" * 100_000 + "</h1>",
    ],
    ids=["empty", "json", "blank", "scripts", "captcha", "login", "bomb", "long"],
)
def test_a_page_that_tells_nothing_proves_nothing(body):
    told = found(body)
    assert told.kind == "unknown"
    assert told.evidence


def test_what_is_quoted_is_short():
    long = "Sorry, this job is no longer available, please " + "look " * 38
    told = found(page(f"<p>{long}</p>"))
    assert told.kind == "closed"
    assert len(told.evidence) <= QUOTED + 20
    assert len(of_error(FetchError(URL, "x" * 999)).evidence) <= QUOTED


markup = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div hidden>",
            "<div class='related'>",
            "</div>",
            "<h1>",
            "</h1>",
            "This position has been filled.",
            "Page not found",
            "<a href='/a'>Apply</a>",
            ld(validThrough="2026-01-01"),
            ld()[:-30],
            '<script type="application/ld+json">',
            "<aside>",
            "<!--",
            "\0",
            "&amp;",
        ]
    )
    | st.text(max_size=20),
    max_size=25,
).map("".join)


@settings(max_examples=150)
@given(
    markup, st.sampled_from([URL, WORKDAY, ASHBY, GREENHOUSE, "", "x"]), st.sampled_from(["", "https://[", URL, "x:y"])
)
def test_any_page_ends_in_a_finding(body, url, location):
    told = of_page(url, doc(body, url, location), TITLE)
    assert told.kind in ("open", "closed", "gone", "unknown")
    assert told.evidence


# ------------------------------------------------------------------------------------------------ what follows
GONE, UNKNOWN = Finding("gone", "its page answers 404 Not Found"), Finding("unknown", "its page does not tell")


def after(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def test_an_explicit_word_counts_at_once():
    told = concluded(URL, Finding("closed", "its page says “Position filled”"), NOW, None)
    assert told == Checked(URL, NOW, "closed", "its page says “Position filled”, on 2026-08-23 09:00 UTC")


def test_what_is_gone_is_missing_and_closed_only_at_a_second_look_a_day_later():
    first = concluded(URL, GONE, NOW, None)
    assert first == Checked(URL, NOW, "unknown", "its page answers 404 Not Found, on 2026-08-23 09:00 UTC", NOW)
    early = concluded(URL, GONE, after(23.9), first)
    assert (early.verdict, early.missing_since, early.at) == ("unknown", NOW, after(23.9))
    late = concluded(URL, GONE, NOW + AGAIN, early)
    assert (late.verdict, late.missing_since) == ("closed", None)
    assert late.evidence == "its page answers 404 Not Found, on 2026-08-23 09:00 UTC and on 2026-08-24 09:00 UTC"


def test_a_page_that_is_back_ends_it():
    first = concluded(URL, GONE, NOW, None)
    back = concluded(URL, Finding("open", "its page shows it"), after(5), first)
    assert (back.verdict, back.missing_since) == ("open", None)
    assert concluded(URL, GONE, after(48), back).verdict == "unknown"


def test_what_tells_nothing_neither_begins_nor_ends_it():
    first = concluded(URL, GONE, NOW, None)
    between = concluded(URL, UNKNOWN, after(12), first)
    assert (between.verdict, between.missing_since) == ("unknown", NOW)
    assert concluded(URL, GONE, after(25), between).verdict == "closed"
    assert concluded(URL, UNKNOWN, NOW, None).missing_since is None


def test_what_was_closed_stays_so_while_it_is_gone():
    closed = Checked(URL, NOW, "closed", "its page says “Position filled”")
    assert concluded(URL, GONE, after(1), closed).verdict == "closed"


def test_a_clock_that_ran_ahead_does_not_close_it():
    first = concluded(URL, GONE, after(100), None)
    second = concluded(URL, GONE, NOW, first)
    assert (second.verdict, second.missing_since) == ("unknown", NOW)


@given(st.lists(st.tuples(st.sampled_from([GONE, UNKNOWN]), st.floats(0, 30)), max_size=8))
def test_it_is_closed_only_where_it_was_gone_twice_a_day_apart(looks):
    before, now, gone = None, NOW, []
    for finding, hours in looks:
        now += timedelta(hours=hours)
        gone += [now] if finding is GONE else []
        before = concluded(URL, finding, now, before)
        if before.verdict == "closed":
            assert gone[-1] - gone[0] >= AGAIN
            return
    assert not gone or gone[-1] - gone[0] < AGAIN
