"""iCIMS, SmartRecruiters, Oracle and Eightfold: search pages and the postings behind them, over invented sites."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from _crawled import AT, crawled, gathered, read, recorded

from finder.crawl import MAX_PAGES
from finder.dates import read as read_date
from finder.errors import EmptyAnswer, FetchError, ParseError
from finder.model import Adapter, Found, Page, Request
from finder.urls import posting
from scrapers import _details, eightfold, icims, oracle, smartrecruiters


def query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query, keep_blank_values=True).items()}


# ------------------------------------------------------------------------------------------------ four invented sites
def icims_page(rows: list[str], number: int = 1, pages: int = 1) -> str:
    counted = f"<h2>Search Results Page {number} of {pages}</h2>"
    return f'<html><body>{counted}<div class="iCIMS_JobsTable">{"".join(rows)}</div></body></html>'


def icims_row(number: int, title: str = "Candle Intern", labels: str = "") -> str:
    link = f"https://careers-wick.icims.com/jobs/{number}/candle-intern/job?in_iframe=1"
    return f'<div class="row"><a class="iCIMS_Anchor" href="{link}"><h3>{title}</h3></a><dl>{labels}</dl></div>'


def label(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt> <dd><span>{value}</span></dd></div>"


def job_page(key: str) -> str:
    told = {"@type": "JobPosting", "title": "Candle Intern", "description": f"<p>All of {key}</p>"}
    return f'<html><head><script type="application/ld+json">{json.dumps(told)}</script></head><body>x</body></html>'


def icims_site(count: int, per_page: int = 20) -> Callable[[Request], Any]:
    def reply(request: Request) -> Any:
        if "/search" not in request.url:
            return job_page(request.url.split("/")[-2])
        number, pages = int(query(request)["pr"]), -(-count // per_page)
        rows = [icims_row(n) for n in range(number * per_page, min(count, (number + 1) * per_page))]
        return icims_page(rows, number + 1, pages) if rows else "<html><body>Sorry, no jobs were found</body></html>"

    return reply


def smart_row(number: int, title: str = "Candle Intern", place: str = "") -> str:
    link = f"https://jobs.smartrecruiters.com/Wick/{744000000000000 + number}-candle-intern"
    where = f'<p class="job-desc">{place}</p>' if place else ""
    return f'<li class="opening-job job"><a href="{link}"><h4 class="job-title">{title}</h4>{where}</a></li>'


def smart_page(rows: list[str]) -> str:
    return f'<html><body><section class="openings-section"><ul>{"".join(rows)}</ul></section></body></html>'


def smart_site(count: int, per_page: int = 10) -> Callable[[Request], Any]:
    def reply(request: Request) -> Any:
        if "/Wick/7" in request.url:
            key = request.url.split("/")[-1].partition("-")[0]
            text = f'<p itemprop="description">All of {key}</p>'
            return f'<main itemscope itemtype="http://schema.org/JobPosting">{text}</main>'
        first = int(query(request).get("page", 0)) * per_page
        rows = [smart_row(n) for n in range(first, min(count, first + per_page))]
        return smart_page(rows) if "/api/more" not in request.url else "".join(rows)

    return reply


def oracle_row(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "Id": str(number),
        "Title": "Candle Intern",
        "PostedDate": "2026-08-01",
        "PrimaryLocation": "Bergen",
        **fields,
    }


def oracle_list(rows: list[Any], total: int | None = None) -> dict[str, Any]:
    return {"items": [{"TotalJobsCount": len(rows) if total is None else total, "requisitionList": rows}]}


def oracle_site(count: int) -> Callable[[Request], Any]:
    def reply(request: Request) -> Any:
        finder = query(request)["finder"]
        if finder.startswith("ById"):
            found = re.search(r'Id="(\d+)"', finder)
            assert found
            return {"items": [{"ExternalDescriptionStr": f"<p>All of {found[1]}</p>"}]}
        first = int(finder.partition("offset=")[2].partition(",")[0])
        return oracle_list([oracle_row(n) for n in range(first, min(count, first + oracle.LIMIT))], count)

    return reply


def eightfold_row(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": 1000 + number, "name": "Candle Intern", "locations": ["Bergen"], "postedTs": 1785542400, **fields}


def eightfold_list(rows: list[Any], count: int | None = None) -> dict[str, Any]:
    return {"status": 200, "data": {"positions": rows, "count": len(rows) if count is None else count}}


def eightfold_site(count: int) -> Callable[[Request], Any]:
    def reply(request: Request) -> Any:
        if "position_details" in request.url:
            return {"data": {"jobDescription": f"<p>All of {query(request)['position_id']}</p>"}}
        first = int(query(request)["start"])
        return eightfold_list([eightfold_row(n) for n in range(first, min(count, first + 10))], count)

    return reply


@dataclass(frozen=True)
class Site:
    """One system: its adapter, a site's options, how it answers with so many postings, and one page of rows."""

    adapter: Adapter
    options: Any
    of: Callable[[int], Callable[[Request], Any]]
    row: Callable[..., Any]
    wrap: Callable[[list[Any]], Any]
    per_page: int
    most: int
    """Postings that a run sees at the most."""

    def one(self, row: Any) -> Found:
        page = read(self.adapter, self.options, self.wrap([row]))
        assert not page.skipped, page.skipped
        return page.found[0]


SITES = {
    "icims": Site(icims.ADAPTER, icims.Options("careers-wick"), icims_site, icims_row, icims_page, 20, 2000),
    "smartrecruiters": Site(
        smartrecruiters.ADAPTER, smartrecruiters.Options("Wick"), smart_site, smart_row, smart_page, 10, 1000
    ),
    "oracle": Site(
        oracle.ADAPTER,
        oracle.Options("wick.fa.us2.oraclecloud.com", "CX_1"),
        oracle_site,
        oracle_row,
        oracle_list,
        100,
        10_000,
    ),
    "eightfold": Site(
        eightfold.ADAPTER,
        eightfold.Options("wick.eightfold.ai", "wick.example"),
        eightfold_site,
        eightfold_row,
        eightfold_list,
        10,
        600,
    ),
}
each = pytest.mark.parametrize("site", SITES.values(), ids=SITES)


# ------------------------------------------------------------------------------------------------ alike for all sites
@each
def test_what_is_asked_for(site: Site) -> None:
    (request,) = site.adapter.start(site.options)
    assert (request.method, request.optional) == ("GET", False)
    assert "intern" in request.url
    (whole,) = site.adapter.start(replace(site.options, search=""))
    assert "intern" not in whole.url
    (mirror,) = site.adapter.start(replace(site.options, base="http://127.0.0.1:9"))
    assert mirror.url.startswith("http://127.0.0.1:9/")
    assert site.adapter.employer


@each
@pytest.mark.parametrize("pages", [0, 0.5, 1, 1.5, 2, 3.1])
def test_every_posting_is_found(site: Site, pages: float) -> None:
    count = int(pages * site.per_page)
    visits = crawled(site.adapter, replace(site.options, details=0), site.of(count))
    assert len(gathered(visits)) == count
    assert all(visit.complete for visit in visits)
    extra = site.adapter.kind == "smartrecruiters" and count  # the page after the last is asked for too
    assert len(visits) == max(1, -(-count // site.per_page)) + bool(extra)


@each
def test_a_very_large_board_is_cut_within_the_bound_of_a_crawl(site: Site) -> None:
    visits = crawled(site.adapter, replace(site.options, details=_details.MOST), site.of(site.most + 500))
    found = gathered(visits)
    assert len(found) == site.most
    assert sum(bool(item.description) for item in found) == _details.MOST
    assert len(visits) <= MAX_PAGES
    assert not any(visit.problem for visit in visits)
    told_all = all(visit.complete for visit in visits)
    assert not told_all or site.adapter.windowed(site.options)


@each
def test_a_detail_stands_over_the_row_and_may_fail(site: Site) -> None:
    reply = site.of(3)

    def partly(request: Request) -> Any:
        return None if request.optional and "api/more" not in request.url and next(calls) == 1 else reply(request)

    calls = iter(range(9))
    found = gathered(crawled(site.adapter, site.options, partly))
    assert sorted(bool(item.description) for item in found) == [False, True, True]
    assert all(item.description in ("", f"All of {item.key}") for item in found)
    assert {item.title for item in found} == {"Candle Intern"}


@each
def test_students_jobs_are_read_first(site: Site) -> None:
    name = {"oracle": "Title", "eightfold": "name"}.get(site.adapter.kind, "title")
    rows = [site.row(n, **{name: "Weaver" if n != 2 else "Candle Intern"}) for n in range(4)]
    page = read(site.adapter, replace(site.options, details=1), site.wrap(rows))
    asked = [request for request in page.next if "api/more" not in request.url]
    assert [json.loads(request.context)["key"] for request in asked] == [page.found[2].key]
    assert all(request.optional for request in asked)


@each
def test_the_address_of_a_posting_is_known_as_one_of_this_system(site: Site) -> None:
    found = site.one(site.row(123456))
    told = posting(found.url)
    assert told is not None
    assert (told.system, told.job_id) == (site.adapter.kind, found.key)


@each
def test_a_name_of_ours_stands_over_the_sites_own(site: Site) -> None:
    page = read(site.adapter, replace(site.options, company="Wick & Daughters"), site.wrap([site.row(1)]))
    assert page.found[0].organization == "Wick & Daughters"


@each
@pytest.mark.parametrize("body", ["", " \n"])
@pytest.mark.parametrize("context", [{}, {"key": "1"}])
def test_nothing_at_all_is_told_from_something_else(site: Site, body: str, context: dict[str, Any]) -> None:
    with pytest.raises(EmptyAnswer):
        read(site.adapter, site.options, body, **context)


@each
@pytest.mark.parametrize("body", ["<html>", "Not Found", '{"error": "x"}', "[]", "7", '{"items": [], "data": []}'])
@pytest.mark.parametrize("context", [{}, {"key": "1"}])
def test_any_other_document_is_refused(site: Site, body: str, context: dict[str, Any]) -> None:
    with pytest.raises(ParseError):
        read(site.adapter, site.options, body, **context)


@each
def test_a_failed_first_page_fails_the_source(site: Site) -> None:
    with pytest.raises(FetchError):
        crawled(site.adapter, site.options, lambda request: None)


# ------------------------------------------------------------------------------------------------ iCIMS
ICIMS = SITES["icims"]


@pytest.mark.parametrize("name", ["Location", "Locations", "Job Location", "Job Locations"])
def test_icims_places_stand_under_their_label(name: str) -> None:
    found = ICIMS.one(icims_row(1, labels=label(name, "US-ME-Portland | US-MA-Boston | ")))
    assert found.locations == ("US-ME-Portland", "US-MA-Boston")


def test_icims_other_labels() -> None:
    labels = (
        label("Category", "Wax")
        + label("Posted Date", "8/19/2026")
        + label("Position Type", "Intern")
        + label("ID", "9")
    )
    found = ICIMS.one(icims_row(1, labels=labels))
    assert (found.category, found.posted, found.employment, found.locations) == ("Wax", "8/19/2026", "Intern", ())


def test_icims_links_that_are_no_postings_are_passed_over() -> None:
    others = '<a href="/jobs/intro">Home</a><a href="/jobs/1/login">Log in</a>'
    page = read(icims.ADAPTER, ICIMS.options, icims_page([icims_row(1), others, icims_row(1)]))
    assert [found.key for found in page.found] == ["1"]


def test_icims_a_posting_outside_the_table_is_not_of_the_search() -> None:
    body = icims_page([icims_row(1)]).replace("</body>", icims_row(2) + "</body>")
    assert len(read(icims.ADAPTER, ICIMS.options, body).found) == 1


@pytest.mark.parametrize(
    "words",
    ["Sorry, no jobs were found that match", "There are no results", "No openings at this time", "no matching jobs"],
)
def test_icims_emptiness_has_to_be_said(words: str) -> None:
    assert read(icims.ADAPTER, ICIMS.options, f"<html><body><p>{words}</p></body></html>") == Page()
    with pytest.raises(ParseError, match="neither a posting"):
        read(icims.ADAPTER, ICIMS.options, "<html><body><iframe id=icims_content_iframe></iframe>Jobs</body></html>")


@pytest.mark.parametrize(
    ("counted", "link", "more"),
    [
        ("Page 1 of 3", "", True),
        ("Page 1 of 1", "next", False),
        ("", "next", True),
        ("", "", False),
        ("Page 1", "", False),
    ],
)
def test_icims_pages_end_by_their_count_or_their_link(counted: str, link: str, more: bool) -> None:
    body = icims_page([icims_row(1)]).replace("Search Results Page 1 of 1", counted)
    body = body.replace("<html>", f'<html><head><link rel="{link}" href="x"></head>')
    page = read(icims.ADAPTER, replace(ICIMS.options, details=0), body, page=0)
    assert [query(request)["pr"] for request in page.next] == (["1"] if more else [])


def test_icims_postings_tell_the_company_only_where_we_have_no_name_for_it() -> None:
    body = job_page("1").replace('"title"', '"hiringOrganization": {"name": "Wick, LLC"}, "title"')
    (detail,) = read(icims.ADAPTER, ICIMS.options, body, key="1").details
    assert detail.fields["organization"] == "Wick, LLC"
    (detail,) = read(icims.ADAPTER, replace(ICIMS.options, company="Wick"), body, key="1").details
    assert "organization" not in detail.fields


def test_icims_the_recorded_posting(shared: Path) -> None:
    body = recorded(shared, "icims-job_jsonld_sig_intern.html")
    listed = icims_page([icims_row(9471, "Trading System Engineering Internship")])
    options = icims.Options("careers-sig")
    found = gathered(crawled(icims.ADAPTER, options, lambda request: listed if "/search" in request.url else body))
    assert [(item.key, item.url) for item in found] == [("9471", "https://careers-sig.icims.com/jobs/9471/job")]
    assert found[0].organization == "Susquehanna International Group, LLP"
    assert found[0].locations == ("Hong Kong, HK",)
    assert read_date(found[0].deadline, AT, ahead=True)


# ------------------------------------------------------------------------------------------------ SmartRecruiters
SMART = SITES["smartrecruiters"]


def test_smartrecruiters_never_asks_its_api() -> None:
    asked: list[str] = []
    reply = smart_site(25)
    crawled(smartrecruiters.ADAPTER, SMART.options, lambda request: (asked.append(request.url), reply(request))[1])
    assert {urlsplit(url).hostname for url in asked} == {"careers.smartrecruiters.com", "jobs.smartrecruiters.com"}


def test_smartrecruiters_absence_says_nothing() -> None:
    assert smartrecruiters.ADAPTER.windowed(SMART.options)


def test_smartrecruiters_details_are_bounded_over_all_pages() -> None:
    visits = crawled(smartrecruiters.ADAPTER, replace(SMART.options, details=13), smart_site(45))
    assert sum(bool(item.description) for item in gathered(visits)) == 13


def test_smartrecruiters_pages_that_repeat_themselves_end() -> None:
    rows = "".join(smart_row(n) for n in range(5))
    visits = crawled(
        smartrecruiters.ADAPTER,
        replace(SMART.options, details=0),
        lambda request: rows if "api/more" in request.url else smart_page([rows]),
    )
    assert len(visits) == 2


def test_smartrecruiters_a_board_without_openings_is_still_a_board() -> None:
    assert read(smartrecruiters.ADAPTER, SMART.options, smart_page([]), page=0) == Page()
    with pytest.raises(ParseError, match="no postings"):
        read(smartrecruiters.ADAPTER, SMART.options, "<html><body>Not found</body></html>", page=0)
    with pytest.raises(ParseError, match="no postings"):
        read(smartrecruiters.ADAPTER, SMART.options, smart_page([]), page=1)


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://jobs.smartrecruiters.com/Wick/744000000000001-a-b?oga=true", "744000000000001"),
        ("https://jobs.smartrecruiters.com/Wick/744000000000001", "744000000000001"),
        ("/Wick/0a0b0c0d-1111-4222-8333-444455556666-intern", "0a0b0c0d-1111-4222-8333-444455556666"),
        ("https://jobs.smartrecruiters.com/Wick/about", None),
        ("https://jobs.smartrecruiters.com.evil.example/Wick/744000000000001", None),
        ("https://evilsmartrecruiters.com/Wick/744000000000001", None),
        ("https://[", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_smartrecruiters_links(link: str, key: str | None) -> None:
    row = re.sub(r'href="[^"]*"', f'href="{link}"', smart_row(1))
    request = Request("https://careers.smartrecruiters.com/Wick", context=json.dumps({"page": 0}))
    body = smart_page([row])
    visit = crawled(smartrecruiters.ADAPTER, replace(SMART.options, details=0), lambda asked: body)[0]
    assert visit.request.url.startswith(request.url)
    assert visit.page is not None
    assert [found.key for found in visit.page.found] == ([key] if key else [])
    assert len(visit.page.skipped) == (key is None)


def test_smartrecruiters_places() -> None:
    assert SMART.one(smart_row(1, place="Bergen, Norway")).locations == ("Bergen, Norway",)
    assert SMART.one(smart_row(1)).locations == ()


@pytest.mark.parametrize(
    ("element", "fields"),
    [
        ('<spl-job-location formattedAddress="Oslo" workplaceType="remote">', {"locations": ("Oslo",), "remote": True}),
        ('<spl-job-location formattedAddress=" " workplaceType="hybrid">', {"remote": False}),
        ("<spl-job-location>", {}),
        ("", {}),
    ],
)
def test_smartrecruiters_postings_tell_where(element: str, fields: dict[str, Any]) -> None:
    item = '<main itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Intern</h1></main>'
    (detail,) = read(
        smartrecruiters.ADAPTER, SMART.options, f"<html><body>{item}{element}</body></html>", key="1"
    ).details
    assert detail.fields == {"title": "Intern", **fields}


# ------------------------------------------------------------------------------------------------ Oracle
ORACLE = SITES["oracle"]


def test_oracle_pages_stand_inside_the_finder() -> None:
    (request,) = oracle.start(ORACLE.options)
    asked = query(request)
    assert asked["finder"] == 'findReqs;siteNumber=CX_1,limit=100,offset=0,keyword="intern",sortBy=POSTING_DATES_DESC'
    assert (asked["expand"], asked["onlyData"]) == ("requisitionList.secondaryLocations", "true")
    assert "offset" not in asked


def test_oracle_hits_that_are_counted_but_not_told_are_an_error() -> None:
    with pytest.raises(ParseError, match="2273 postings are counted and none is told"):
        read(oracle.ADAPTER, ORACLE.options, oracle_list([], 2273), offset=0)
    with pytest.raises(ParseError, match="counted and none is told"):
        read(oracle.ADAPTER, ORACLE.options, {"items": [{"TotalJobsCount": 9}]})


@pytest.mark.parametrize(
    ("fields", "remote"),
    [
        ({"WorkplaceTypeCode": "ORA_REMOTE"}, True),
        ({"WorkplaceTypeCode": "ORA_HYBRID", "WorkplaceType": "Remote"}, False),
        ({"WorkplaceType": "Remote"}, True),
        ({"WorkplaceType": "On-site"}, False),
        ({"WorkplaceType": None}, None),
    ],
)
def test_oracle_remote(fields: dict[str, Any], remote: bool | None) -> None:
    assert ORACLE.one(oracle_row(1, **fields)).remote is remote


def test_oracle_rows() -> None:
    places = [{"Name": "Oslo"}, {"Name": None}, {"Name": "Bergen"}]
    found = ORACLE.one(
        oracle_row(7, Id=7, secondaryLocations=places, ShortDescriptionStr="<p>Wax</p>", JobSchedule="Full time")
    )
    assert (found.key, found.locations, found.description, found.employment) == (
        "7",
        ("Bergen", "Oslo"),
        "Wax",
        "Full time",
    )
    assert found.organization == "wick"


@pytest.mark.parametrize(
    "broken", [{"Id": None}, {"Id": " "}, {"Id": True}, {"Title": None}, {"secondaryLocations": [1]}]
)
def test_oracle_rows_that_do_not_fit_cost_themselves_alone(broken: dict[str, Any]) -> None:
    page = read(oracle.ADAPTER, ORACLE.options, oracle_list([oracle_row(1, **broken), oracle_row(2)]))
    assert ([found.key for found in page.found], len(page.skipped)) == (["2"], 1)


def test_oracle_postings_in_the_order_of_their_page() -> None:
    body = {
        "ExternalQualificationsStr": "<p>c</p>",
        "ExternalDescriptionStr": "<p>a</p>",
        "ExternalResponsibilitiesStr": "<p>b</p>",
        "ExternalPostedStartDate": "2026-08-02",
    }
    (detail,) = read(oracle.ADAPTER, ORACLE.options, {"items": [body]}, key="1").details
    assert detail.fields == {"description": "a\n\nb\n\nc", "posted": "2026-08-02"}


# ------------------------------------------------------------------------------------------------ Eightfold
EIGHTFOLD = SITES["eightfold"]


def test_eightfold_searches_newest_first_by_the_companys_domain() -> None:
    asked = query(eightfold.start(EIGHTFOLD.options)[0])
    assert asked == {"domain": "wick.example", "query": "intern", "location": "", "start": "0", "sort_by": "timestamp"}


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/careers/job/1001", "https://wick.eightfold.ai/careers/job/1001"),
        ("https://wick.eightfold.ai/careers?pid=1001", "https://wick.eightfold.ai/careers?pid=1001"),
        ("https://evil.example/careers/job/1001", "https://wick.eightfold.ai/careers/job/1001"),
        ("//evil.example/x", "https://wick.eightfold.ai/careers/job/1001"),
        (None, "https://wick.eightfold.ai/careers/job/1001"),
    ],
)
def test_eightfold_addresses_stay_on_the_site(path: str | None, url: str) -> None:
    assert EIGHTFOLD.one(eightfold_row(1, positionUrl=path)).url == url


@pytest.mark.parametrize(
    ("fields", "posted"),
    [({}, "2026-08-01"), ({"postedTs": None, "creationTs": 1785628800}, "2026-08-02"), ({"postedTs": None}, "")],
)
def test_eightfold_dates(fields: dict[str, Any], posted: str) -> None:
    date = read_date(EIGHTFOLD.one(eightfold_row(1, **fields)).posted, AT)
    assert (date.date().isoformat() if date else "") == posted


@pytest.mark.parametrize(
    ("word", "remote"), [("remote_global", True), ("remote", True), ("onsite", False), ("hybrid", False), ("", None)]
)
def test_eightfold_remote(word: str, remote: bool | None) -> None:
    assert EIGHTFOLD.one(eightfold_row(1, workLocationOption=word)).remote is remote


def test_eightfold_an_empty_page_before_the_end_proves_nothing() -> None:
    page = read(eightfold.ADAPTER, EIGHTFOLD.options, eightfold_list([], 12), start=10)
    assert (page.next, page.complete) == ((), False)
