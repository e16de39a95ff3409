"""Every source that the recorded internet holds: its [[source]] table, its file, and the count of the rows there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counted import (
    Count,
    best_of,
    courses,
    html_rows,
    offers_linked,
    one_posting,
    pipe_rows,
    positions,
    posting_by_script,
    programs,
    repositories_linked,
    rows_of,
    tables_of_toml,
    thread,
    titled,
    without,
)

RAW = "https://raw.githubusercontent.com/"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One source: its [[source]] table, its file below `sites/`, and the count of its rows."""

    name: str
    adapter: str
    file: str
    count: Callable[[str], Count]
    options: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    """What the source must fail with, word by word; empty: it must not fail."""


def _listed(name: str, file: str, path: str, count: Callable[[str], Count], **options: Any) -> Recorded:
    """A list of a repository on GitHub; JSON or tables by its name."""
    adapter = "json_list" if path.endswith(".json") else "table_list"
    return Recorded(name, adapter, f"lists/{file}", count, {"url": f"{RAW}{path}", **options})


_SIMPLIFY = "SimplifyJobs/Summer2026-Internships/dev"
_ZAPPLY = "zapplyjobs/New-Grad-Internships-2026/main/.github/data"
_SURYA = "SuryaHarikrishnan/2027-internship-tracker/main/listings"
_EUROPE = "LorenzoLaCorte/european-tech-internships-2025/main"
_NEW: Mapping[str, Any] = {"lists": "job"}

LISTS = (
    _listed(
        "simplify-2026", "simplify-summer2026-listings.json", f"{_SIMPLIFY}/.github/scripts/listings.json", rows_of()
    ),
    _listed("simplify-2026-html", "simplify_summer2026_README_html_head.md", f"{_SIMPLIFY}/README.md", html_rows),
    _listed(
        "simplify-off-season",
        "simplify_summer2026_README-Off-Season_pipe.md",
        f"{_SIMPLIFY}/README-Off-Season.md",
        pipe_rows,
    ),
    _listed(
        "simplify-2025",
        "simplify_summer2025_listings.json",
        "SimplifyJobs/Summer2025-Internships/dev/.github/scripts/listings.json",
        rows_of(),
    ),
    _listed(
        "simplify-2025-pipe",
        "simplify_summer2025_README_pipe.md",
        "SimplifyJobs/Summer2025-Internships/dev/README.md",
        pipe_rows,
    ),
    _listed(
        "simplify-new-grad",
        "simplify_newgrad_listings.json",
        "SimplifyJobs/New-Grad-Positions/dev/.github/scripts/listings.json",
        rows_of(),
        **_NEW,
    ),
    _listed(
        "vanshb03-2026",
        "vanshb03-summer2026-listings.json",
        "vanshb03/Summer2026-Internships/dev/.github/scripts/listings.json",
        rows_of(),
    ),
    _listed(
        "applyguy", "applyguy_internships.json", "ApplyGuy/2027-Internships/main/data/internships.json", rows_of("jobs")
    ),
    _listed(
        "zshah101",
        "zshah_api_jobs.json",
        "zshah101/Automated-List-Of-Summer-2027-and-Fall-2026-Tech-Internships/main/docs/api/jobs.json",
        rows_of("jobs"),
    ),
    _listed("hanzili", "canada_hanzili_README.md", "hanzili/canada_sde_intern_position/main/README.md", pipe_rows),
    _listed(
        "negarprh", "canada_negarprh_README.md", "negarprh/Canadian-Tech-Internships-2026/main/README.md", pipe_rows
    ),
    _listed("lacorte", "europe_lacorte_README.md", f"{_EUROPE}/README.md", pipe_rows),
    _listed(
        "lacorte-scraped",
        "europe_lacorte_internships_table.md",
        f"{_EUROPE}/scraped/internships_table.md",
        pipe_rows,
    ),
    _listed(
        "jobright",
        "jobright_data_README.md",
        "jobright-ai/2026-Data-Analysis-Internship/master/README.md",
        pipe_rows,
        windowed=True,
    ),
    _listed("speedyapply", "speedyapply_AI_README.md", "speedyapply/2026-AI-College-Jobs/main/README.md", pipe_rows),
    _listed(
        "speedyapply-new-grad",
        "speedyapply_AI_NEW_GRAD_USA.md",
        "speedyapply/2026-AI-College-Jobs/main/NEW_GRAD_USA.md",
        pipe_rows,
        **_NEW,
    ),
    *(
        _listed(f"surya-{field}", f"surya_{field}.md", f"{_SURYA}/{field}.md", pipe_rows)
        for field in (
            "data-science-ai-machine-learning",
            "product-management",
            "quantitative-finance",
            "software-engineering",
        )
    ),
    _listed(
        "zapply-archive",
        "zapply_internships_archive_2025-12.json",
        f"{_ZAPPLY}/archive/2025-12.json",
        rows_of(),
    ),
    _listed(
        "zapply-new-jobs",
        "zapply_internships_new_jobs.json",
        f"{_ZAPPLY}/new_jobs.json",
        without(lambda row: not row["job_title"], "it has no title"),
    ),
    _listed(
        "zapply-new-grad",
        "zapply_newgrad_swe_README.md",
        "zapplyjobs/New-Grad-Software-Engineering-Jobs-2026/main/README.md",
        pipe_rows,
        **_NEW,
    ),
    _listed(
        "zapply-underclassmen",
        "zapply_underclassmen_README.md",
        "zapplyjobs/underclassmen-internships/main/README.md",
        programs,
    ),
)


def _prospect(row: Any) -> bool:
    return "internal_job_id" in row and row["internal_job_id"] is None


_WHY_PROSPECT = "it invites to leave an address, without a job"
_GREENHOUSE = without(_prospect, _WHY_PROSPECT, "jobs")
_ASHBY = without(lambda row: row.get("isListed") is False, "its board does not list it", "jobs")

BOARDS = (
    Recorded(
        "greenhouse-amplitude",
        "greenhouse",
        "boards/greenhouse-amplitude_content_2.json",
        _GREENHOUSE,
        {"board": "amplitude"},
    ),
    Recorded(
        "greenhouse-gitlab", "greenhouse", "boards/greenhouse-gitlab_content_3.json", _GREENHOUSE, {"board": "gitlab"}
    ),
    Recorded(
        "greenhouse-smarterdx",
        "greenhouse",
        "boards/greenhouse-jobs_content_2_eric.json",
        _GREENHOUSE,
        {"board": "smarterdx"},
    ),
    Recorded("lever-spotify", "lever", "boards/lever-postings_4.json", rows_of(), {"site": "spotify"}),
    Recorded("lever-jumpcloud", "lever", "boards/lever-postings_2_michael.json", rows_of(), {"site": "jumpcloud"}),
    Recorded("lever-matchgroup", "lever", "boards/lever-matchgroup_2.json", rows_of(), {"site": "matchgroup"}),
    Recorded("ashby-ramp", "ashby", "boards/ashby-jobs_4_compensation.json", _ASHBY, {"org": "ramp"}),
    Recorded("ashby-linear", "ashby", "boards/ashby-linear_2.json", _ASHBY, {"org": "linear"}),
    Recorded("ashby-highlight", "ashby", "boards/ashby-highlightta_2.json", _ASHBY, {"org": "HighlightTA"}),
    Recorded("workable-vasion", "workable", "boards/workable-vasion_2.json", rows_of("jobs"), {"account": "vasion"}),
    Recorded(
        "recruitee-acme", "recruitee", "boards/recruitee-offers_2_full.json", rows_of("offers"), {"subdomain": "acme"}
    ),
    Recorded("personio-bsdevda", "personio", "boards/personio-feed_bsdevda.xml", positions, {"account": "bsdevda"}),
    Recorded(
        "teamtailor", "teamtailor", "boards/teamtailor-teamtailor.json", rows_of("items"), {"subdomain": "career"}
    ),
    Recorded(
        "workday-gdit",
        "workday",
        "boards/workday-gdit_search_page.json",
        rows_of("jobPostings"),
        {"tenant": "gdit", "host": "wd5", "site": "External_Career_Site", "search": ""},
    ),
    Recorded(
        "workday-internradar",
        "workday",
        "boards/workday-list_4_kern.json",
        titled("intern", "jobPostings"),
        {"tenant": "internradar", "host": "wd1", "site": "Careers"},
    ),
    Recorded(
        "page-icims",
        "careers_page",
        "boards/icims-job_jsonld_sig_intern.html",
        one_posting,
        {"url": "https://careers-sig.icims.com/jobs/9471/job"},
    ),
    Recorded(
        "page-meta",
        "careers_page",
        "boards/jsonld_html-meta_software_engineer.html",
        one_posting,
        {"url": "https://www.metacareers.com/jobs/1"},
    ),
    Recorded(
        "page-decathlon",
        "careers_page",
        "boards/html_pages-decathlon_talentclue_jobpage.html",
        posting_by_script,
        {"url": "https://www.decathlon.example/job/1"},
        "no JobPosting in the page; JSON-LD: an empty block; nor a link to a job",
    ),
    Recorded(
        "page-emploitunisie",
        "careers_page",
        "boards/html_pages-emploitunisie_listing.html",
        offers_linked,
        {"url": "https://www.emploitunisie.com/recherche-jobs-tunisie", "employer": False},
        "none of 25 pages could be read, the first for 404 Not Found",
    ),
)

FEEDS = (
    Recorded("hn-who-is-hiring", "hn_hiring", "boards/hn-whoishiring.json", thread),
    Recorded(
        "remoteok",
        "remoteok",
        "boards/remoteok-api_100.json",
        without(lambda row: "legal" in row, "it is the legal notice"),
    ),
    Recorded("remotive", "remotive", "boards/remotive-remote-jobs_18.json", rows_of("jobs")),
    Recorded("himalayas", "himalayas", "boards/himalayas-jobs_api_page0_20.json", rows_of("items")),
    Recorded("jobicy", "jobicy", "boards/jobicy-remote-jobs_5.json", rows_of("jobs")),
    Recorded("arbeitnow", "arbeitnow", "boards/arbeitnow-job-board-api_5.json", rows_of("items")),
    Recorded(
        "themuse-internships",
        "themuse",
        "boards/themuse-jobs.json",
        without(lambda row: row["levels"][0]["name"] != "Internship", "it is of another level", "items"),
    ),
    Recorded("themuse-all", "themuse", "boards/themuse-jobs.json", rows_of("items"), {"levels": []}),
)


def _not_asked(row: Any) -> bool:
    return "machine-learning" not in row["topics"] or not (
        1000 <= row["stargazers_count"] <= 4999 and row["good_first_issues"] > 2 and not row["archived"]
    )


_GITHUB = {"topics": ["machine-learning"], "stars": ["1000..4999"], "more_topics": [], "searches": 10, "details": 0}

PROJECTS = (
    Recorded(
        "github",
        "github_repos",
        "github/search-repositories.json",
        without(_not_asked, "the search does not ask for it", "items"),
        _GITHUB,
    ),
    Recorded("up-for-grabs", "up_for_grabs", "projects/up-for-grabs.json", rows_of()),
    Recorded(
        "awesome-for-beginners", "awesome_for_beginners", "projects/awesome-for-beginners.json", rows_of("repositories")
    ),
    Recorded("good-first-issue", "good_first_issue", "projects/good-first-issue.toml", tables_of_toml),
    Recorded(
        "awesome-machine-learning",
        "awesome_machine_learning",
        "projects/awesome-machine-learning.md",
        repositories_linked,
    ),
    Recorded("best-of-ml-python", "best_of_ml", "projects/best-of-projects.yaml", best_of),
    Recorded("gsoc", "gsoc", "projects/gsoc-2026.json", rows_of("organizations")),
    Recorded(
        "huggingface-datasets",
        "huggingface_datasets",
        "projects/huggingface-datasets.json",
        rows_of("items"),
        {"count": 1000},
    ),
    Recorded("free-courses", "free_programming_books", "projects/free-courses-en.md", courses),
)

EVERY = (*LISTS, *BOARDS, *FEEDS, *PROJECTS)
