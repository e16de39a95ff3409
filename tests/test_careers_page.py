"""Any careers site: from robots.txt over sitemaps to the JobPosting of each page, and what is not followed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from _crawled import answer, crawled, gathered, read

from finder.config.typed import bind_options
from finder.crawl import MAX_PAGES
from finder.errors import ConfigError, EmptyAnswer, FetchError, ParseError
from finder.model import Page, Request
from scrapers import careers_page
from scrapers.careers_page import ADAPTER, Options, start

FRONT = "https://www.wick.example"
SITE = Options(FRONT)


def job(title: str = "Candle Intern", **fields: Any) -> str:
    told = {"@type": "JobPosting", "title": title, "hiringOrganization": {"name": "Wick ASA"}, **fields}
    return f'<html><head><script type="application/ld+json">{json.dumps(told)}</script></head><body>x</body></html>'


def sitemap(*urls: str, **changed: str) -> str:
    entries = (
        f"<url><loc>{url}</loc><lastmod>{changed.get(url.rpartition('/')[2], '')}</lastmod></url>" for url in urls
    )
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'
    )


def index(*urls: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>"


def site(pages: Mapping[str, Any]) -> Any:
    """A site of these paths; everything else is 404. `asked` tells what was asked for."""

    def reply(request: Request) -> Any:
        asked.append(request.url.removeprefix(FRONT))
        return pages.get(asked[-1])

    asked: list[str] = []
    reply.asked = asked  # type: ignore[attr-defined]
    return reply


def robots(*lines: str) -> Page:
    request = Request(f"{FRONT}/robots.txt", context='{"is": "robots"}')
    return crawled_page(request, "\n".join(["User-agent: *", *lines]))


def crawled_page(request: Request, body: Any, o: Options = SITE) -> Page:
    return ADAPTER.parse(answer(body, request), o)


def listed(body: Any, share: int = 50, o: Options = SITE, url: str = f"{FRONT}/sitemap.xml") -> Page:
    return crawled_page(Request(url, context=json.dumps({"is": "sitemap", "share": share})), body, o)


def urls_of(page: Page) -> list[str]:
    return [request.url.removeprefix(FRONT) for request in page.next]


# ------------------------------------------------------------------------------------------------ the whole way
def test_from_robots_over_sitemaps_to_the_jobs() -> None:
    reply = site(
        {
            "/robots.txt": f"User-agent: *\nDisallow: /x\nSitemap: {FRONT}/index.xml\n",
            "/index.xml": index(f"{FRONT}/pages.xml", f"{FRONT}/jobs.xml"),
            "/jobs.xml": sitemap(f"{FRONT}/jobs/ml", f"{FRONT}/jobs/life", f"{FRONT}/about", f"{FRONT}/jobs/gone"),
            "/jobs/ml": job(),
            "/jobs/life": "<html><body><h1>Life at Wick</h1></body></html>",
        }
    )
    visits = crawled(ADAPTER, SITE, reply)
    assert reply.asked == ["/robots.txt", "/index.xml", "/jobs.xml", "/jobs/ml", "/jobs/life", "/jobs/gone"]
    (found,) = gathered(visits)
    assert (found.key, found.title, found.organization) == (f"{FRONT}/jobs/ml", "Candle Intern", "Wick ASA")
    skipped = [skipped for visit in visits if visit.page for skipped in visit.page.skipped]
    assert [(skip.why, skip.excerpt) for skip in skipped] == [("no JobPosting in the page", f"{FRONT}/jobs/life")]
    assert [visit.problem for visit in visits if visit.problem] == [f"404 Not Found ({FRONT}/jobs/gone)"]


def test_a_site_whose_robots_names_no_sitemap_is_asked_at_the_usual_place() -> None:
    reply = site(
        {"/robots.txt": "User-agent: *\nDisallow:\n", "/sitemap.xml": sitemap(f"{FRONT}/jobs/a"), "/jobs/a": job()}
    )
    assert len(gathered(crawled(ADAPTER, SITE, reply))) == 1


def test_a_site_without_any_says_where_it_was_looked_for() -> None:
    with pytest.raises(FetchError, match=r"404 Not Found \(https://www.wick.example/robots.txt\)"):
        crawled(ADAPTER, SITE, site({}))
    with pytest.raises(FetchError, match=r"404 Not Found \(https://www.wick.example/sitemap.xml\)"):
        crawled(ADAPTER, SITE, site({"/robots.txt": "User-agent: *\nDisallow:\n"}))


@pytest.mark.parametrize("pages", [1, 7, careers_page.MAX_PAGES])
def test_a_crawl_stays_within_its_bound(pages: int) -> None:
    maps = [f"{FRONT}/jobs{n}.xml" for n in range(40)]
    every = {f"/jobs{n}.xml": sitemap(*(f"{FRONT}/jobs/{n}-{m}" for m in range(500))) for n in range(40)}
    shown = {f"/jobs/{n}-{m}": job(f"{n} {m}") for n in range(40) for m in range(500)}
    told = "\n".join(f"Sitemap: {url}" for url in maps)
    reply = site({"/robots.txt": told, **every, **shown})
    visits = crawled(ADAPTER, replace(SITE, pages=pages), reply)
    assert len(gathered(visits)) == pages
    assert len(visits) <= MAX_PAGES
    assert not all(visit.complete for visit in visits)
    assert not any(visit.problem for visit in visits)


def test_absence_says_nothing() -> None:
    assert ADAPTER.windowed(SITE)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (FRONT, f"{FRONT}/robots.txt"),
        (f"{FRONT}/?lang=en", f"{FRONT}/robots.txt"),
        (f"{FRONT}/careers/?lang=en", f"{FRONT}/careers/?lang=en"),
        (f"{FRONT}/jobs.xml", f"{FRONT}/jobs.xml"),
        (f"{FRONT}/jobs.xml.gz?x=1", f"{FRONT}/jobs.xml.gz?x=1"),
        ("http://wick.example:8080/", "http://wick.example:8080/robots.txt"),
        ("http://wick.example:8080/x", "http://wick.example:8080/x"),
    ],
)
def test_where_it_starts(url: str, asked: str) -> None:
    assert [request.url for request in start(Options(url))] == [asked]


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("url", "ftp://x.example", "must be an address"),
        ("url", "www.wick.example", "must be an address"),
        ("url", "https://[", "must be an address"),
        ("match", "(", "must be a regular expression"),
        ("pages", 0, "must be between 1 and 170"),
        ("pages", 171, "must be between 1 and 170"),
    ],
)
def test_options_that_cannot_be(key: str, value: Any, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        bind_options(Options, {"url": FRONT, key: value}, "f", "s")


# ------------------------------------------------------------------------------------------------ robots.txt
@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([f"Sitemap: {FRONT}/a.xml"], ["/a.xml"]),
        ([f"  SITEMAP :   {FRONT}/a.xml  ", f"sitemap:{FRONT}/b.xml"], ["/a.xml", "/b.xml"]),
        ([f"Sitemap: {FRONT}/a.xml", f"Sitemap: {FRONT}/a.xml"], ["/a.xml"]),
        ([f"Sitemap: {FRONT}/a.xml", f"Sitemap: {FRONT}/careers.xml"], ["/careers.xml"]),
        (["Sitemap: https://jobs.wick.example/a.xml"], ["https://jobs.wick.example/a.xml"]),
        (["Sitemap: https://elsewhere.example/a.xml"], ["/sitemap.xml"]),
        (["Sitemap: /a.xml", "Sitemap: ftp://www.wick.example/a.xml", "Sitemap: https://["], ["/sitemap.xml"]),
        ([f"# Sitemap: {FRONT}/a.xml"], ["/sitemap.xml"]),
    ],
)
def test_sitemaps_that_robots_names(lines: list[str], asked: list[str]) -> None:
    assert urls_of(robots(*lines)) == asked


@pytest.mark.parametrize("body", ["<html><body>Welcome</body></html>", "{}", "Not Found", "<!DOCTYPE html>"])
def test_what_is_no_robots_txt_is_refused(body: str) -> None:
    with pytest.raises(ParseError, match="not a robots"):
        read(ADAPTER, SITE, body, **{"is": "robots"})


@pytest.mark.parametrize("context", [{"is": "robots"}, {"is": "sitemap", "share": 1}, {}])
@pytest.mark.parametrize("body", ["", "\r\n"])
def test_nothing_at_all_is_told_from_something_else(context: dict[str, Any], body: str) -> None:
    with pytest.raises(EmptyAnswer):
        read(ADAPTER, SITE, body, **context)


# ------------------------------------------------------------------------------------------------ sitemaps
@pytest.mark.parametrize(
    ("path", "follows"),
    [
        ("/jobs/1", True),
        ("/en/Careers/ml-intern", True),
        ("/job/ml", True),
        ("/position_17", True),
        ("/stellenangebote/ki", True),
        ("/internships/ml", True),
        ("/vacancies/1", True),
        ("/jobs", False),
        ("/about-our-jobs", False),
        ("/blog/career", False),
        ("/", False),
    ],
)
def test_which_addresses_look_like_jobs(path: str, follows: bool) -> None:
    assert urls_of(listed(sitemap(FRONT + path))) == ([path] if follows else [])


def test_a_pattern_of_ones_own() -> None:
    urls = (f"{FRONT}/jobs/1", f"{FRONT}/team/ML-Intern", f"{FRONT}/team/ceo")
    assert urls_of(listed(sitemap(*urls), o=replace(SITE, match="/team/.*intern"))) == ["/team/ML-Intern"]


def test_the_last_changed_pages_come_first_and_the_rest_is_cut() -> None:
    body = sitemap(*(f"{FRONT}/jobs/{n}" for n in "abcd"), a="2026-01-01", b="2026-08-01", d="2026-08-20")
    assert urls_of(listed(body)) == ["/jobs/d", "/jobs/b", "/jobs/a", "/jobs/c"]
    cut = listed(body, share=2)
    assert (urls_of(cut), cut.complete) == (["/jobs/d", "/jobs/b"], False)
    assert listed(body, share=4).complete


def test_pages_are_optional_and_sitemaps_are_not() -> None:
    assert all(request.optional for request in listed(sitemap(f"{FRONT}/jobs/1")).next)
    assert not any(request.optional for request in listed(index(f"{FRONT}/a.xml")).next)


def test_addresses_elsewhere_are_not_followed() -> None:
    urls = (
        "https://elsewhere.example/jobs/1",
        "https://wick.example.evil/jobs/1",
        "javascript:/jobs/1",
        "https://[/jobs/1",
    )
    assert listed(sitemap(*urls)) == Page()
    assert listed(index(*urls)) == Page()


@pytest.mark.parametrize(("share", "shares"), [(10, [4, 3, 3]), (2, [1, 1]), (1, [1])])
def test_the_pages_are_shared_out_among_the_sitemaps(share: int, shares: list[int]) -> None:
    page = listed(index(*(f"{FRONT}/jobs{n}.xml" for n in range(3))), share=share)
    assert [json.loads(request.context)["share"] for request in page.next] == shares
    assert page.complete is (len(shares) == 3)


def test_a_sitemap_may_be_packed() -> None:
    body = sitemap(f"{FRONT}/jobs/1").encode()
    assert urls_of(listed(gzip.compress(body, mtime=0))) == ["/jobs/1"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (gzip.compress(b"<urlset/>", mtime=0)[:-9], "cut short"),
        (b"\x1f\x8bnot gzip at all", "not gzip"),
        (gzip.compress(b" " * (careers_page.UNPACKED + 1), mtime=0), "larger than 32 MiB"),
        (gzip.compress(b"<html></html>", mtime=0), "looks like an HTML page"),
    ],
)
def test_a_packed_sitemap_that_is_none(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        listed(body)


@pytest.mark.parametrize("body", ["<rss/>", "{}", "https://www.wick.example/jobs/1\n", "<urlset><url></urlset>"])
def test_what_is_no_sitemap_is_refused(body: str) -> None:
    with pytest.raises(ParseError):
        listed(body)


def test_entries_without_an_address_are_passed_over() -> None:
    assert listed("<urlset><url><lastmod>2026-08-01</lastmod></url><url><loc> </loc></url></urlset>") == Page()


# ------------------------------------------------------------------------------------------------ pages
def test_a_posting_is_known_by_its_page() -> None:
    page = crawled_page(Request(f"{FRONT}/jobs/1?a=b"), job(url="https://elsewhere.example/", identifier="R-7"))
    (found,) = page.found
    assert (found.key, found.url, found.kind) == (f"{FRONT}/jobs/1?a=b", f"{FRONT}/jobs/1?a=b", "job")


def test_the_name_to_show() -> None:
    told = job(hiringOrganization=None)
    assert crawled_page(Request(f"{FRONT}/jobs/1"), told).found[0].organization == "www.wick.example"
    named = replace(SITE, company="Wick & Daughters")
    assert crawled_page(Request(f"{FRONT}/jobs/1"), job(), named).found[0].organization == "Wick & Daughters"


def test_several_postings_of_a_page_need_addresses_of_their_own() -> None:
    postings = [
        job("A", url=f"{FRONT}/jobs/a"),
        job("B", url=f"{FRONT}/jobs/b"),
        job("C"),
        job("D", url="https://x.example/"),
    ]
    page = crawled_page(Request(f"{FRONT}/jobs/"), "".join(postings))
    assert [(found.title, found.key) for found in page.found] == [("A", f"{FRONT}/jobs/a"), ("B", f"{FRONT}/jobs/b")]
    assert [skipped.why.partition(":")[0] for skipped in page.skipped] == ["ValueError", "ValueError"]


def test_a_posting_without_a_title_is_skipped() -> None:
    page = crawled_page(Request(f"{FRONT}/jobs/1"), job(""))
    assert (page.found, page.skipped[0].why) == ((), "ValueError: title: is missing")


@pytest.mark.parametrize("body", ["<html><body>Life at Wick</body></html>", "<p>Life</p>"])
def test_a_page_without_a_posting_is_skipped_with_the_reason(body: str) -> None:
    page = crawled_page(Request(f"{FRONT}/jobs/life"), body)
    assert [(skipped.why, skipped.excerpt) for skipped in page.skipped] == [
        ("no JobPosting in the page", f"{FRONT}/jobs/life")
    ]


@pytest.mark.parametrize("body", ["{}", "Too many requests", "<html>", "<html><body> </body></html>"])
def test_what_is_no_page_is_refused(body: str) -> None:
    with pytest.raises(ParseError, match="no JobPosting"):
        crawled_page(Request(f"{FRONT}/jobs/1"), body)


def test_a_page_that_would_stop_the_parser_is_skipped() -> None:
    page = crawled_page(Request(f"{FRONT}/jobs/1"), "<div>" * 2000 + "deep")
    assert "refused before parsing" in page.skipped[0].why


# ---------------------------------------------------------------------------------------- one page to begin with
LIST = Options(f"{FRONT}/careers/open")


def begun(body: str, o: Options = LIST) -> Page:
    (request,) = start(o)
    return crawled_page(request, body, o)


def links(*targets: str) -> str:
    return "<html><body><h1>Open</h1>" + "".join(f'<a href="{target}">x</a>' for target in targets) + "</body></html>"


def test_a_list_of_jobs_leads_to_their_pages() -> None:
    reply = site({"/careers/open": links("/jobs/ml", "/jobs/gone", "/about"), "/jobs/ml": job()})
    (found,) = gathered(crawled(ADAPTER, LIST, reply))
    assert (found.title, found.url) == ("Candle Intern", f"{FRONT}/jobs/ml")
    assert reply.asked == ["/careers/open", "/jobs/ml", "/jobs/gone"]


def test_a_page_may_be_the_job_itself() -> None:
    page = begun(job())
    assert [(found.title, found.url) for found in page.found] == [("Candle Intern", LIST.url)]
    assert (page.next, page.skipped) == ((), ())


def test_links_that_are_followed_are_of_the_site_and_no_place_within_the_page() -> None:
    body = links(
        "ml-jobs/1", "/jobs/1#apply", "/jobs/1", "?page=2", "#jobs/", "https://jobs.wick.example/jobs/2", "http://[x",
        "https://wax.example/jobs/3", "mailto:jobs/@wick.example", "//www.wick.example/jobs/4", " /jobs/5 ",
    )  # fmt: skip
    page = begun(body, Options(f"{FRONT}/jobs/"))
    near = ["/jobs/ml-jobs/1", "/jobs/1", "/jobs/?page=2", "https://jobs.wick.example/jobs/2", "/jobs/4", "/jobs/5"]
    assert urls_of(page) == near
    assert all(request.optional for request in page.next)
    assert page.complete
    assert page.skipped == ()


def test_more_links_than_asked_for_are_cut() -> None:
    page = begun(links("/jobs/1", "/jobs/2", "/jobs/3"), replace(LIST, pages=2))
    assert (urls_of(page), page.complete) == (["/jobs/1", "/jobs/2"], False)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (links("/about"), "no JobPosting in the page; nor a link to a job"),
        (
            "<html><script type='application/ld+json'></script><p>A job</p></html>",
            "no JobPosting in the page; JSON-LD: an empty block; nor a link to a job",
        ),
    ],
)
def test_a_page_that_tells_of_no_job_says_why(body: str, why: str) -> None:
    with pytest.raises(ParseError) as caught:
        begun(body)
    assert caught.value.problem == why


def test_a_list_whose_own_data_is_broken_says_so_and_is_followed() -> None:
    page = begun("<script type='application/ld+json'>oops</script>" + links("/jobs/1"))
    assert [skipped.why for skipped in page.skipped] == [
        "no JobPosting in the page; JSON-LD: Expecting value: line 1 column 1 (char 0)"
    ]
    assert urls_of(page) == ["/jobs/1"]


def test_links_that_a_site_disowns_are_not_followed() -> None:
    page = begun('<p>x</p><a rel="external NoFollow" href="/jobs/2">x</a><a rel="next" href="/jobs/1">y</a>')
    assert urls_of(page) == ["/jobs/1"]


def test_forms_are_not_followed() -> None:
    forms = ("/jobs/1/apply", "/jobs/1?button=apply_manually", "/jobs/login", "/jobs/1/Register", "/jobs/sign-in")
    assert urls_of(begun(links(*forms, "/jobs/applied-scientist"))) == ["/jobs/applied-scientist"]


@pytest.mark.parametrize("body", ["{}", "plain words", "<a>" * 100_000])
def test_what_is_no_page_to_begin_with_is_refused(body: str) -> None:
    with pytest.raises(ParseError):
        begun(body)
