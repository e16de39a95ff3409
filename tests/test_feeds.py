"""Feeds of jobs: what each says, what must not be read out of it, and how far it is followed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from test_boards import well_typed

from finder.errors import EmptyAnswer, ParseError
from finder.model import Adapter, Fetched, Found, Page, Request, TokenAs
from scrapers import adzuna, arbeitnow, himalayas, jobicy, recruitee, remoteok, remotive, themuse, usajobs
from scrapers._feed import bare, complaint, envelope, kind_of, numbered, page_number, pay

AT = datetime(2026, 8, 22, 12, tzinfo=UTC)
NOTICE = {"legal": "Link back."}


@dataclass(frozen=True)
class Feed:
    """One source: its adapter, one good row, the document round its rows, and the fields no row can do without."""

    adapter: Adapter
    row: dict[str, Any]
    document: Callable[[list[Any]], Any]
    needed: tuple[str, ...]
    attribution: str
    windowed: bool = True
    min_interval: timedelta = timedelta(0)
    pace: float = 0.0
    options: Mapping[str, Any] = field(default_factory=dict)

    def parse(self, rows: list[Any], context: str = "", **options: Any) -> Page:
        return self.read(json.dumps(self.document(rows)), context, **options)

    def read(self, body: str, context: str = "", **options: Any) -> Page:
        doc = Fetched(Request("https://feed.example", context=context), 200, body.encode(), AT)
        return self.adapter.parse(doc, self.adapter.options(**self.options | options))

    def one(self, **fields: Any) -> Found:
        (found,) = self.parse([{**self.row, **fields}]).found
        return found


FEEDS = {
    "themuse": Feed(
        themuse.ADAPTER,
        {
            "id": 1,
            "name": "Glass Data Intern",
            "contents": "<ul><li>Python</li></ul>",
            "publication_date": "2026-08-04T23:37:38Z",
            "locations": [{"name": "Lyon, France"}],
            "categories": [{"name": "Data Science"}],
            "levels": [{"name": "Internship"}],
            "refs": {"landing_page": "https://muse.example/1"},
            "company": {"name": "Ovenbird"},
        },
        lambda rows: {"results": rows, "page": 1, "page_count": 1, "total": len(rows)},
        ("id", "name", "refs", "company"),
        attribution="via The Muse",
        windowed=False,
        min_interval=timedelta(hours=1),
    ),
    "arbeitnow": Feed(
        arbeitnow.ADAPTER,
        {
            "slug": "glass-1",
            "title": "Glass Data Intern",
            "company_name": "Ovenbird",
            "description": "<ul><li>Python</li></ul>",
            "remote": False,
            "url": "https://arbeitnow.example/1",
            "tags": ["Data"],
            "job_types": ["Internship"],
            "location": "Lyon, France",
            "created_at": 1785792634,
        },
        lambda rows: {"data": rows},
        ("slug", "title", "company_name", "url"),
        attribution="via Arbeitnow",
    ),
    "himalayas": Feed(
        himalayas.ADAPTER,
        {
            "guid": "https://himalayas.example/1",
            "title": "Glass Data Intern",
            "companyName": "Ovenbird",
            "description": "<ul><li>Python</li></ul>",
            "employmentType": "Intern",
            "locationRestrictions": ["Lyon, France"],
            "parentCategories": ["Data"],
            "seniority": ["Entry-level"],
            "pubDate": 1785792634,
            "expiryDate": 1790792634,
            "minSalary": 10,
            "maxSalary": 20,
            "currency": "EUR",
            "applicationLink": "https://himalayas.example/1",
        },
        lambda rows: {"jobs": rows, "totalCount": len(rows)},
        ("guid", "title", "companyName"),
        attribution="via Himalayas",
    ),
    "remotive": Feed(
        remotive.ADAPTER,
        {
            "id": 1,
            "title": "Glass Data Intern",
            "company_name": "Ovenbird",
            "description": "<ul><li>Python</li></ul>",
            "url": "https://remotive.example/1",
            "tags": ["python"],
            "job_type": "internship",
            "candidate_required_location": "Lyon, France",
            "publication_date": "2026-08-15T14:00:51",
            "category": "Data",
            "salary": "$20 /hour",
        },
        lambda rows: {"jobs": rows},
        ("id", "title", "company_name", "url"),
        attribution="via Remotive",
        min_interval=timedelta(hours=6),
        pace=30.0,
    ),
    "jobicy": Feed(
        jobicy.ADAPTER,
        {
            "id": 1,
            "jobTitle": "Glass Data Intern",
            "companyName": "Ovenbird",
            "jobDescription": "<ul><li>Python</li></ul>",
            "url": "https://jobicy.example/1",
            "jobType": ["Internship"],
            "jobGeo": "Lyon, France",
            "jobIndustry": ["Data"],
            "pubDate": "2026-08-03T18:45:05+00:00",
            "salaryMin": 10,
            "salaryMax": 20,
            "salaryCurrency": "EUR",
            "salaryPeriod": "yearly",
        },
        lambda rows: {"jobs": rows},
        ("id", "jobTitle", "companyName", "url"),
        attribution="via Jobicy",
        min_interval=timedelta(hours=1),
    ),
    "remoteok": Feed(
        remoteok.ADAPTER,
        {
            "id": "1",
            "position": "Glass Data Intern",
            "company": "Ovenbird",
            "description": "<ul><li>Python</li></ul>",
            "url": "https://remoteok.example/1",
            "tags": ["python"],
            "location": "Lyon, France",
            "date": "2026-08-03T18:45:05+00:00",
            "salary_min": 10,
            "salary_max": 20,
        },
        lambda rows: [NOTICE, *rows],
        ("id", "position", "company", "url"),
        attribution="via Remote OK",
    ),
    "adzuna": Feed(
        adzuna.ADAPTER,
        {
            "id": "1",
            "title": "Glass Data Intern",
            "company": {"display_name": "Ovenbird"},
            "location": {"display_name": "Lyon, France"},
            "description": "<ul><li>Python</li></ul>",
            "redirect_url": "https://adzuna.example/1",
            "created": "2026-08-20T08:00:00Z",
            "contract_type": "internship",
            "category": {"label": "Data"},
            "salary_min": 10,
            "salary_max": 20,
            "salary_is_predicted": "0",
        },
        lambda rows: {"results": rows, "count": len(rows)},
        ("id", "title", "redirect_url"),
        attribution="Jobs by Adzuna",
        min_interval=timedelta(hours=6),
        pace=2.5,
        options={"country": "gb", "app_id": "2b1c9f"},
    ),
}
each = pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)


# ------------------------------------------------------------------------------------ what all have in common
@each
def test_a_job_is_told_whole(feed: Feed) -> None:
    found = feed.one()
    assert (found.title, found.organization, found.locations) == ("Glass Data Intern", "Ovenbird", ("Lyon, France",))
    assert found.url.endswith(".example/1")
    assert (found.description, bool(found.posted)) == ("- Python", True)
    assert found.kind == ("job" if feed.adapter is remoteok.ADAPTER else "internship")
    assert well_typed(found)


@each
def test_the_terms_of_a_source_are_kept(feed: Feed) -> None:
    found = feed.one()
    assert found.extra["attribution"] == [{"text": feed.attribution, "url": found.url}]
    assert (feed.adapter.min_interval, feed.adapter.pace) == (feed.min_interval, feed.pace)
    assert feed.adapter.windowed(feed.adapter.options(**feed.options)) is feed.windowed
    assert not feed.adapter.employer


@each
def test_an_answer_without_jobs_is_a_page(feed: Feed) -> None:
    assert feed.parse([]) == Page()


@each
def test_a_row_that_lacks_something_costs_itself(feed: Feed) -> None:
    for name in feed.needed:
        lacking = {key: value for key, value in feed.row.items() if key != name}
        page = feed.parse([lacking, feed.row])
        assert [found.title for found in page.found] == ["Glass Data Intern"]
        assert name in page.skipped[0].why


@each
@pytest.mark.parametrize("wrong", [None, 7.5, [], {"a": 1}, True])
def test_what_is_needed_must_be_of_its_type(feed: Feed, wrong: Any) -> None:
    for name in feed.needed:
        page = feed.parse([{**feed.row, name: wrong}])
        assert (len(page.found), len(page.skipped)) == (0, 1), name


@each
def test_what_is_not_needed_may_be_null_or_missing(feed: Feed) -> None:
    bare_row = {name: value for name, value in feed.row.items() if name in feed.needed}
    (found,) = feed.parse([bare_row]).found
    assert well_typed(found)
    assert (found.description, found.posted, found.pay, found.locations) == ("", "", "", ())
    (nulls,) = feed.parse([dict.fromkeys(feed.row) | bare_row]).found
    assert nulls == found


@each
def test_a_changed_form_is_refused(feed: Feed) -> None:
    name = feed.needed[0]
    rows = [{**feed.row, f"{name}_2": feed.row[name]} for _ in range(20)]
    for row in rows[:3]:
        del row[name]
    with pytest.raises(ParseError, match=r"schema drift: 3 of 20 .*" + name):
        feed.parse(rows)


@each
@pytest.mark.parametrize("body", ['{"error": "Rate limited"}', '{"message": "Rate limited"}', "[3]", "true", "<html>"])
def test_anything_else_is_refused(feed: Feed, body: str) -> None:
    with pytest.raises(ParseError) as caught:
        feed.read(body)
    if "Rate limited" in body:
        assert "it says Rate limited" in caught.value.problem


@each
def test_nothing_is_refused_as_nothing(feed: Feed) -> None:
    for body in ("", "{}", "null"):
        with pytest.raises(EmptyAnswer):
            feed.read(body)


@each
def test_a_job_told_twice_is_one(feed: Feed) -> None:
    assert len(feed.parse([feed.row, feed.row]).found) == 1


# ------------------------------------------------------------------------------------ what is asked for
@pytest.mark.parametrize(
    ("adapter", "options", "url"),
    [
        (themuse, {}, "https://www.themuse.com/api/public/jobs?level=Internship&page=1"),
        (
            themuse,
            {"levels": (), "categories": ("Data Science", "Design"), "locations": ("Lyon",)},
            "https://www.themuse.com/api/public/jobs?category=Data+Science&category=Design&location=Lyon&page=1",
        ),
        (arbeitnow, {}, "https://www.arbeitnow.com/api/job-board-api?page=1"),
        (himalayas, {}, "https://himalayas.app/jobs/api?limit=20&offset=0"),
        (himalayas, {"employment": "Intern"}, "https://himalayas.app/jobs/api/search?employment_type=Intern&page=1"),
        (remotive, {}, "https://remotive.com/api/remote-jobs"),
        (remotive, {"search": "a&b"}, "https://remotive.com/api/remote-jobs?search=a%26b"),
        (jobicy, {}, "https://jobicy.com/api/v2/remote-jobs?count=100"),
        (jobicy, {"count": 5, "tag": "ml"}, "https://jobicy.com/api/v2/remote-jobs?count=5&tag=ml"),
        (remoteok, {}, "https://remoteok.com/api"),
        (remoteok, {"tag": "ml ops"}, "https://remoteok.com/api?tag=ml+ops"),
        (
            adzuna,
            {"country": "gb", "app_id": "2b1c9f", "words": "nlp", "place": "Leeds"},
            "https://api.adzuna.com/v1/api/jobs/gb/search/1?app_id=2b1c9f&what=nlp&where=Leeds&max_days_old=30&results_per_page=50&sort_by=date",
        ),
        (
            usajobs,
            {"email": "ada@example.org", "path": ""},
            "https://data.usajobs.gov/api/Search?Keyword=machine+learning&ResultsPerPage=500&Page=1",
        ),
    ],
)
def test_the_first_question(adapter: Any, options: dict[str, Any], url: str) -> None:
    (request,) = adapter.start(adapter.Options(**options))
    assert (request.url, request.method, request.headers) == (url, "GET", ())


# ------------------------------------------------------------------------------------ one page after the other
def answer(module: Any, document: Any, number: int, **options: Any) -> Page:
    request = Request("https://feed.example", context=str(number))
    return module.parse(Fetched(request, 200, json.dumps(document).encode(), AT), module.Options(**options))


@pytest.mark.parametrize(
    ("number", "count", "pages", "follows", "complete"),
    [(1, 3, 40, "page=2", True), (3, 3, 40, "", True), (1, 3, 1, "", False), (2, 3, 2, "", False), (1, 0, 1, "", True)],
)
def test_the_muse_is_followed_to_its_last_page(
    number: int, count: int, pages: int, follows: str, complete: bool
) -> None:
    page = answer(themuse, {"results": [], "page_count": count}, number, pages=pages)
    assert [request.url.rpartition("&")[2] for request in page.next] == ([follows] if follows else [])
    assert page.complete is complete


def test_the_muse_without_a_count_is_one_page() -> None:
    assert answer(themuse, {"results": [], "page_count": "many"}, 1) == Page()


def test_arbeitnow_is_followed_while_it_links_on() -> None:
    links = {"next": "https://elsewhere.example/?page=2"}
    rows = [FEEDS["arbeitnow"].row]
    (request,) = answer(arbeitnow, {"data": rows, "links": links}, 1).next
    assert request == Request("https://www.arbeitnow.com/api/job-board-api?page=2", context="2")
    for last in ({"next": None}, {}, None, [], "x"):
        page = answer(arbeitnow, {"data": rows, "links": last}, 1)
        assert (page.next, page.complete) == ((), True)
    assert not answer(arbeitnow, {"data": rows, "links": links}, 5).complete
    assert answer(arbeitnow, {"data": [], "links": links}, 2) == Page()


def test_himalayas_is_followed_by_offset_or_by_page() -> None:
    rows = [FEEDS["himalayas"].row]
    (request,) = answer(himalayas, {"jobs": rows, "totalCount": 90}, 2).next
    assert request == Request("https://himalayas.app/jobs/api?limit=20&offset=40", context="3")
    (request,) = answer(himalayas, {"jobs": rows, "totalCount": 90}, 2, employment="Intern").next
    assert request.url.endswith("?employment_type=Intern&page=3")
    assert answer(himalayas, {"jobs": rows, "totalCount": 40}, 2).next == ()
    assert not answer(himalayas, {"jobs": rows, "totalCount": 900}, 5).complete
    assert answer(himalayas, {"jobs": rows}, 1).complete
    assert answer(himalayas, {"jobs": rows * 20}, 1).next


def test_adzuna_is_followed_to_the_last_page_asked_for() -> None:
    rows = [FEEDS["adzuna"].row]
    (request,) = answer(adzuna, {"results": rows, "count": 51}, 1, country="gb", app_id="2b1c9f").next
    assert "/gb/search/2?" in request.url
    assert answer(adzuna, {"results": rows, "count": 100}, 2, country="gb", app_id="2b1c9f").complete
    assert not answer(adzuna, {"results": rows, "count": 101}, 2, country="gb", app_id="2b1c9f").complete
    assert answer(adzuna, {"results": rows}, 1, country="gb", app_id="2b1c9f").complete


@each
def test_no_source_is_ever_asked_more_than_a_crawl_allows(feed: Feed) -> None:
    checks = {name: hint.__metadata__[0] for name, hint in hints(feed.adapter.options).items()}
    for name in {"pages", "count"} & checks.keys():
        assert checks[name](1) == ""
        assert "must be between" in checks[name](0)
        assert checks[name](200)


def hints(options: type[Any]) -> dict[str, Any]:
    told = get_type_hints(options, include_extras=True)
    return {name: hint for name, hint in told.items() if hasattr(hint, "__metadata__")}


# ------------------------------------------------------------------------------------ single facts
def test_the_muse_tells_remote_work_by_its_place() -> None:
    muse = FEEDS["themuse"]
    assert muse.one().remote is None
    assert muse.one(locations=[{"name": "Flexible / Remote"}]).remote is True
    assert muse.one(levels=[{"name": "Mid Level"}]).kind == "job"


def test_arbeitnow_knows_german_words_for_internships() -> None:
    feed = FEEDS["arbeitnow"]
    assert feed.one(job_types=["Praktikum"]).kind == feed.one(job_types=["werkstudent"]).kind == "internship"
    assert feed.one(job_types=["berufserfahren"]).kind == "job"
    assert feed.one(remote=True).remote is True
    assert feed.one().remote is None


def test_salaries() -> None:
    assert FEEDS["himalayas"].one().pay == "10–20 EUR"
    assert FEEDS["himalayas"].one(salaryPeriod="annual", maxSalary=None).pay == "10 EUR annual"
    assert FEEDS["jobicy"].one(salaryMin=0, salaryMax=0).pay == ""
    assert FEEDS["jobicy"].one(salaryMax=10).pay == "10 EUR yearly"
    assert FEEDS["remoteok"].one(salary_min=70000).pay == "70000–20"
    assert FEEDS["remotive"].one(salary="-").pay == ""


def test_remote_ok_is_mended_where_its_letters_were_encoded_twice() -> None:
    feed = FEEDS["remoteok"]
    assert feed.one(description="tidal â\x80\x93 CafÃ©").description == "tidal – Café"
    assert feed.one(position="Mud &amp; Marsh  Intern ").title == "Mud & Marsh Intern"
    for untouched in ("Ã alone", "à\x80\x80", "garçon · Š", "â€“"):
        assert feed.one(company=f"x{untouched}x").organization == f"x{untouched}x"
    assert feed.one(description="ð\x9f\x90\x9f").description == "🐟"


def test_remote_ok_ids_may_be_numbers() -> None:
    assert FEEDS["remoteok"].one(id=7).key == FEEDS["remoteok"].one(id=" 7 ").key == "7"


def test_jobicy_decodes_its_entities() -> None:
    found = FEEDS["jobicy"].one(
        jobTitle="R&amp;D Intern", jobIndustry=["Data &amp; more"], jobDescription="", jobExcerpt="x"
    )
    assert (found.title, found.category, found.description) == ("R&D Intern", "Data & more", "x")


def test_adzuna_guesses_no_salary_and_names_no_account() -> None:
    feed = FEEDS["adzuna"]
    assert (feed.one().pay, feed.one(salary_is_predicted="1").pay) == ("10–20", "")
    link = "https://adzuna.example/land/1?se=a&utm_source=me&v=b"
    assert feed.one(redirect_url=link).url == "https://adzuna.example/land/1?se=a&v=b"
    assert feed.one(redirect_url="https://adzuna.example/1?utm_source=me").url == "https://adzuna.example/1"
    (check,) = [hint.__metadata__[0] for name, hint in hints(adzuna.Options).items() if name == "country"]
    assert check("gb") == ""
    assert all("two small letters" in check(word) for word in ("", "GB", "gbr", "g/"))


def test_adzuna_keeps_within_its_quotas_twice_over() -> None:
    """25 requests a minute, 250 a day, 1,000 a week and 2,500 a month, for all sources of one key together."""
    adapter, most = adzuna.ADAPTER, 10
    (check,) = [hint.__metadata__[0] for name, hint in hints(adzuna.Options).items() if name == "pages"]
    assert (check(most), bool(check(most + 1))) == ("", True)
    days = timedelta(days=1) / adapter.min_interval * most
    assert 60 / adapter.pace <= 25
    assert (2 * days <= 250, 2 * 7 * days <= 1000, 2 * 31 * days <= 2500) == (True, True, True)


def test_himalayas_is_linked_at_its_own_page() -> None:
    feed, elsewhere = FEEDS["himalayas"], "https://jobs.example/7"
    assert feed.one(applicationLink=elsewhere).url == "https://himalayas.example/1"
    assert feed.one(guid="7", applicationLink=elsewhere).url == elsewhere
    assert feed.one(guid="7", applicationLink="").url == "7"


# ------------------------------------------------------------------------------------ keys
@pytest.mark.parametrize(
    ("adapter", "token_as"),
    [
        (usajobs, TokenAs("header", "authorization-key", "{}", "https://developer.usajobs.gov")),
        (adzuna, TokenAs("query", "app_key", "{}", "https://developer.adzuna.com")),
        (themuse, TokenAs("query", "api_key", "{}")),
        (recruitee, TokenAs("header", "x-careers-sites-token", "{}")),
        (remotive, TokenAs("header", "authorization", "Bearer {}")),
    ],
)
def test_a_key_is_shown_as_the_service_documents(adapter: Any, token_as: TokenAs) -> None:
    assert adapter.ADAPTER.token_as == token_as


def test_usajobs_is_told_whose_key_it_is() -> None:
    options = usajobs.Options("ada@example.org")
    assert usajobs.ADAPTER.agent(options) == "ada@example.org"
    assert "ada" not in str(usajobs.start(options))
    assert remotive.ADAPTER.agent(remotive.Options()) == ""
    (check,) = [hint.__metadata__[0] for name, hint in hints(usajobs.Options).items() if name == "email"]
    assert check("ada@example.org") == ""
    wrong = ("", "ada", "ada@example", "a da@example.org", "ada@example.org\r\nx: y", "ädå@example.org", "@example.org")
    assert all("e-mail address" in check(text) for text in wrong)


# ------------------------------------------------------------------------------------ usajobs
def federal(key: str = "1", details: Any = None, **fields: Any) -> dict[str, Any]:
    job = {"PositionTitle": "Trainee", "PositionURI": "https://jobs.example:443/1", "OrganizationName": "Tides"}
    return {"MatchedObjectId": key, "MatchedObjectDescriptor": {**job, "UserArea": {"Details": details}, **fields}}


def federal_page(rows: list[Any], total: Any = None, number: int = 1, **options: Any) -> Page:
    result = {"SearchResultItems": rows, "SearchResultCountAll": len(rows) if total is None else total}
    return answer(usajobs, {"SearchResult": result}, number, email="ada@example.org", **options)


def federal_job(details: Any = None, **fields: Any) -> Found:
    (found,) = federal_page([federal(details=details, **fields)]).found
    assert well_typed(found)
    return found


def test_a_federal_job() -> None:
    found = federal_job(
        {
            "JobSummary": "Model tides.",
            "MajorDuties": ["Read.", "Write."],
            "RemoteIndicator": True,
            "HiringPath": ["student"],
        },
        PositionOfferingType=[{"Name": "Internships"}],
        PositionSchedule=[{"Name": "Full-time"}],
        QualificationSummary="Enrolled.",
        PositionLocation=[{"LocationName": "Boulder, Colorado"}],
        ApplicationCloseDate="2026-09-15",
    )
    assert (found.kind, found.remote, found.url) == ("internship", True, "https://jobs.example/1")
    assert found.description == "Model tides.\n\nDuties\n- Read.\n- Write.\n\nQualifications\nEnrolled."
    assert (found.employment, found.locations) == ("Internships, Full-time", ("Boulder, Colorado",))
    assert (found.deadline, found.extra) == ("2026-09-15", {"hiring_paths": ["student"]})
    assert (federal_job().kind, federal_job().description, federal_job().remote) == ("job", "", None)


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ({"MinimumRange": "21.5", "MaximumRange": "30.0", "RateIntervalCode": "PH"}, "21.5–30 USD an hour"),
        ({"MinimumRange": "50000", "MaximumRange": "50000", "RateIntervalCode": "PA"}, "50000 USD a year"),
        ({"MinimumRange": "0", "MaximumRange": "0", "RateIntervalCode": "WC"}, ""),
        ({"MaximumRange": "9"}, "9 USD"),
        ({}, ""),
    ],
)
def test_federal_pay(span: dict[str, str], told: str) -> None:
    assert federal_job(PositionRemuneration=[span]).pay == told


@pytest.mark.parametrize(
    ("total", "number", "pages", "follows", "complete"),
    [
        (501, 1, 2, True, True),
        ("501", 1, 2, True, True),
        (1000, 2, 2, False, True),
        (1001, 2, 2, False, False),
        (12_000, 20, 20, False, False),
        ("many", 1, 2, False, True),
        (True, 1, 2, False, True),
    ],
)
def test_federal_pages(total: Any, number: int, pages: int, follows: bool, complete: bool) -> None:
    page = federal_page([federal()], total, number, pages=pages)
    assert [request.context for request in page.next] == ([str(number + 1)] if follows else [])
    assert page.complete is complete


def test_federal_misfits() -> None:
    page = federal_page(
        [federal(), {"MatchedObjectId": "2"}, federal("3", PositionTitle=" "), federal("4", UserArea=7)]
    )
    assert (len(page.found), len(page.skipped)) == (1, 3)
    for body in ({"SearchResult": []}, {"SearchResult": {"SearchResultItems": None}}, {"error": "Unauthorized"}):
        with pytest.raises(ParseError, match=r"not a page of USAJOBS"):
            answer(usajobs, body, 1, email="ada@example.org")


# ------------------------------------------------------------------------------------ the helpers
def doc(body: Any) -> Fetched:
    return Fetched(Request("https://feed.example"), 200, json.dumps(body).encode(), AT)


def test_rows_of_an_answer() -> None:
    assert envelope(doc({"a": [1], "b": 2}), "a", "x") == ({"a": [1], "b": 2}, [1])
    assert bare(doc([1]), "x") == [1]
    with pytest.raises(ParseError, match=r"^not the list: no list of 'a': it says 412 "):
        envelope(doc({"a": {}, "error": {"code": 3, "message": "412 gone"}}), "a", "the list")
    with pytest.raises(ParseError, match=r"^not the list: no list of rows"):
        bare(doc({"a": 1}), "the list")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"message": "a"}, ": it says a"),
        ({"error": {"message": "b"}}, ": it says b"),
        ({"status": 404}, ": it says 404"),
        ({"error": "", "detail": "c"}, ": it says c"),
        ({"error": [1]}, ""),
        ({"error": {}}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_complaints(body: Any, says: str) -> None:
    assert complaint(body) == says
    assert len(complaint({"message": "x" * 999})) == 200


def test_words_for_students() -> None:
    for words in (
        "Internship",
        "INTERN",
        "Co-op",
        "coop",
        "Praktikantin",
        "Pflichtpraktikum x Praktikum",
        "Working Student",
    ):
        assert kind_of([words]) == "internship", words
    for words in ("Full Time", "International", "internal", "", "Trainer"):
        assert kind_of([words]) == "job", words


def test_pay_refuses_what_is_no_number() -> None:
    with pytest.raises(TypeError):
        pay({"a": "much"}, ("a", "b"))
    assert pay({"a": 1.50, "b": 1.5}, ("a", "b"), "", "EUR") == "1.5 EUR"


def test_numbered_requests_know_their_number() -> None:
    request = numbered("https://x.example/list", 7, [("q", "a b")])
    assert (request.url, page_number(request)) == ("https://x.example/list?q=a+b&page=7", 7)
    assert page_number(Request("https://x.example")) == 1


# ------------------------------------------------------------------------------------ the recorded feeds
def recorded(shared: Path, name: str) -> Any:
    path = shared / "internet" / "sites" / "boards" / name
    if not path.is_file():
        pytest.skip(f"{name} is not recorded here")
    return json.loads(path.read_bytes())


def test_the_recorded_muse(shared: Path) -> None:
    rows = recorded(shared, "themuse-jobs.json")["items"]
    page = FEEDS["themuse"].parse(rows)
    assert len(page.found) == len({row["id"] for row in rows}) == 140
    levels = Counter(level["name"] for row in rows for level in row["levels"])
    assert sum(found.kind == "internship" for found in page.found) == levels["Internship"] == 1
    assert all(found.description and found.organization and found.locations for found in page.found)


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [
        ("arbeitnow", "arbeitnow-job-board-api_5.json", 5),
        ("himalayas", "himalayas-jobs_api_page0_20.json", 20),
        ("remotive", "remotive-remote-jobs_18.json", 18),
        ("jobicy", "jobicy-remote-jobs_5.json", 5),
        ("remoteok", "remoteok-api_100.json", 99),
    ],
)
def test_the_recorded_feeds(shared: Path, kind: str, name: str, count: int) -> None:
    body = recorded(shared, name)
    rows = body[1:] if kind == "remoteok" else body.get("jobs") or body["items"]
    page = FEEDS[kind].parse(rows)
    assert (len(page.found), page.skipped) == (len(rows), ()) == (count, ())
    assert all(found.description and found.organization and found.posted for found in page.found)
    assert sum(bool(found.pay) for found in page.found) == sum(map(pays, rows))
    assert all(map(well_typed, page.found))


def pays(row: dict[str, Any]) -> bool:
    """Whether a recorded row tells a salary, whatever it calls it."""
    told = [value for name, value in row.items() if name.lower().startswith(("salary", "minsalary", "maxsalary"))]
    words = " ".join(str(value) for value in told if value)
    return any(sign.isdigit() for sign in words)
