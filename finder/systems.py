"""The hiring systems and how their addresses are built: a table, read by `finder.urls`.

A row is a domain, patterns over `sub-domain/path`, and the query keys that carry the board and the job id. To know one
more system is to add one more row. Facts of the systems' public pages, checked against labelled addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    name: str
    domains: tuple[str, ...]
    patterns: tuple[str, ...]
    """Over `sub-domain/path`, from its start; the first that fits. Groups: those of `form`, and job. See `MACROS`."""
    board: tuple[str, ...] = ()
    """Query keys (lower case, as all keys here) that carry the board; they go before `form`."""
    job: tuple[str, ...] = ()
    """Query keys that carry the job id where the path has none."""
    keep: tuple[str, ...] = ()
    """Query keys besides that the page needs in order to open."""
    form: str = "{board}"
    """How the board is written, from the pattern's groups and `host`."""
    scope: str = "board"
    """What makes a job id distinct: a group, `host`, or '' where ids are distinct over the whole system."""
    cased: bool = False
    """Job ids that differ only in case are different jobs."""


MACROS = {
    "<lang>": r"(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?/)?",
    "<uuid>": r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "<sub>": r"(?P<board>(?!(?:www|api|help|support|docs|blog|status|developers?|login|info|marketing)/)[^./]+)",
}
_WORKDAY_JOB = r"(?:(?:/[^/]+){0,8}?/(?:job|details)/(?:[^/]+/)?[^/]*_(?P<job>[^/_]+))?"

SYSTEMS = (
    System(
        "greenhouse",
        ("greenhouse.io",),
        (
            r"(?:job-)?boards(?:\.eu)?/(?!(?:embed|job_app|jobs|agency|v1)(?:/|$))(?P<board>[^/]+)(?:/jobs/(?P<job>\d+))?",
            r"(?:job-)?boards(?:\.eu)?/(?:embed|job_app|jobs|agency)\b",
            r"(?:boards-)?api(?:\.eu)?/v1/boards/(?P<board>[^/]+)(?:/jobs/(?P<job>\d+))?",
        ),
        ("for",),
        ("token", "gh_jid"),
        scope="",
    ),
    System(
        "lever",
        ("lever.co",),
        (
            r"jobs(?:\.(?P<region>eu))?/(?P<board>[^/]+)(?:/(?P<job><uuid>))?",
            r"api(?:\.(?P<region>eu))?/v0/postings/(?P<board>[^/]+)(?:/(?P<job><uuid>))?",
        ),
        form="{region}:{board}",
        scope="",
    ),
    System(
        "ashby",
        ("ashbyhq.com",),
        (
            r"jobs/(?P<board>[^/]+)(?:/(?:jobs?/)?(?P<job><uuid>))?",
            r"api/posting-api/job-board/(?P<board>[^/]+)",
        ),
        job=("ashby_jid",),
        scope="",
    ),
    System(
        "workday",
        ("myworkdayjobs.com", "myworkdaysite.com"),
        (
            r"(?P<pod>wd\d+)/<lang>recruiting/(?P<tenant>[^/]+)/(?P<site>[^/]+)" + _WORKDAY_JOB,
            r"(?P<tenant>[^./]+)(?:\.(?P<pod>wd\d+))?/wday/cxs/[^/]+/(?P<site>[^/]+)" + _WORKDAY_JOB,
            r"(?P<tenant>[^./]+)(?:\.(?P<pod>wd\d+))?/(?:[a-z]{2}-[A-Za-z]{2}/)?(?P<site>[^/]+)" + _WORKDAY_JOB,
            r"(?P<tenant>[^./]+)\.(?P<pod>wd\d+)/",
        ),
        form="{tenant}.{pod}/{site}",
        scope="tenant",
    ),
    System(
        "icims",
        ("icims.com",),
        (r"<sub>/jobs/(?P<job>\d+)", r"<sub>/"),
        keep=("in_iframe",),
    ),
    System(
        "smartrecruiters",
        ("smartrecruiters.com",),
        (
            r"api/v1/companies/(?P<board>[^/]+)(?:/postings/(?P<job>\d+))?",
            r"jobs/oneclick-ui/company/(?P<board>[^/]+)/publication/(?P<job><uuid>)",
            r"(?:jobs|careers)/(?:ni/)?(?P<board>[^/]+)(?:/(?P<job><uuid>|\d{6,}))?",
        ),
        scope="",
    ),
    System(
        "oracle",
        ("oraclecloud.com", "oraclecloud26.com", "oraclecloud.eu", "oraclecloud26.eu"),
        (
            r"[^/]+/hcmUI/CandidateExperience/<lang>(?:sites/(?P<site>[^/]+))?(?:/?(?:[a-z]+/){0,2}(?:job|preview)/(?P<job>[\w-]+))?",
        ),
        form="{host}/{site}",
        scope="host",
    ),
    System(
        "workable",
        ("workable.com",),
        (
            r"(?:apply|www)/api/(?:v1/widget/|v3/)?accounts/(?P<board>[^/]+)",
            r"apply/j/(?P<job>[0-9A-Za-z]+)",
            r"apply/(?!api(?:/|$))(?P<board>[^/]+)(?:/(?:j|jobs/view)/(?P<job>[0-9A-Za-z]+))?",
            r"jobs/company/[^/]+/jobs-at-(?P<board>[^/]+)",
            r"jobs/view/(?P<job>[0-9A-Za-z]+)",
            r"(?!jobs/|apply/)<sub>/(?:jobs|j)/(?P<job>[0-9A-Za-z]+)",
        ),
        scope="",
    ),
    System("recruitee", ("recruitee.com",), (r"<sub>/<lang>(?:o/(?P<job>[^/]+))?",)),
    System(
        "personio",
        ("personio.de", "personio.com"),
        (r"(?P<board>[^./]+)\.jobs/<lang>(?:job/(?P<job>\d+))?",),
        keep=("language",),
    ),
    System(
        "teamtailor",
        ("teamtailor.com",),
        (r"(?P<board>(?!www[./])[^./]+)(?:\.(?:na|eu))?/<lang>(?:jobs/(?P<job>\d+))?",),
    ),
    System("bamboohr", ("bamboohr.com",), (r"<sub>/(?:careers|jobs)(?:/(?P<job>\d+))?", r"<sub>/"), job=("id",)),
    System(
        "rippling", ("rippling.com",), (r"ats(?:\.\w+)?/<lang>(?P<board>[^/]+)/jobs(?:/(?P<job><uuid>))?",), scope=""
    ),
    System(
        "eightfold",
        ("eightfold.ai",),
        (r"<sub>/careers(?:/job/(?P<job>\d+))?",),
        job=("pid",),
        keep=("domain", "query"),
        scope="",
    ),
    System(
        "jazzhr",
        ("applytojob.com", "jazz.co"),
        (
            r"app/feeds/export/jobs/(?P<board>[^/]+)",
            r"<sub>/apply/(?:jobs/details/)?(?!jobs(?:/|$))(?P<job>[0-9A-Za-z]+)",
            r"<sub>/",
        ),
        cased=True,
    ),
    System(
        "successfactors",
        ("successfactors.com", "successfactors.eu", "sapsf.com", "sapsf.eu"),
        (r"[^/]*/",),
        ("company", "career_company"),
        ("jobid", "career_job_req_id", "jobreqid"),
    ),
    System(
        "jobvite",
        ("jobvite.com",),
        (
            r"jobs/(?:careers/)?(?P<board>[^/]+)/job/(?P<job>\w+)",
            r"jobs/(?:careers/)?(?P<board>[^/]+)",
            r"(?:app|hire)/(?:CompanyJobs|j\b)",
        ),
        job=("j", "cj"),
        keep=("c",),
        scope="",
        cased=True,
    ),
    System("breezy", ("breezy.hr",), (r"<sub>/(?:p/(?P<job>[^/]+))?",)),
    System("pinpoint", ("pinpointhq.com",), (r"<sub>/<lang>(?:(?:postings|jobs)/(?P<job><uuid>|\d+))?",)),
    System("gem", ("gem.com",), (r"jobs/(?P<board>[^/]+)(?:/(?P<job>[^/]+))?",), scope="", cased=True),
    System(
        "dayforce",
        ("dayforcehcm.com",),
        (
            r"jobs/<lang>(?P<board>[^/]+)(?:/[^/]+(?:/jobs/(?P<job>\d+))?)?",
            r"[^/]+/CandidatePortal/<lang>(?P<board>[^/]+)(?:(?:/[^/]+){0,3}?/Posting/View/(?P<job>\d+))?",
        ),
    ),
    System(
        "ukg",
        ("ultipro.com", "ultipro.ca", "ukg.net"),
        (r"[^/]+/(?P<board>[^/]+)/JobBoard/",),
        job=("opportunityid",),
        scope="",
    ),
    System(
        "paycom",
        ("paycomonline.net", "paycomonline.com"),
        (r"www/v4/ats/web\.php/portal/(?P<board>[^/]+)(?:/jobs/(?P<job>\d+))?", r"www/v4/ats/web\.php/"),
        ("clientkey",),
        ("job",),
    ),
    System(
        "paylocity",
        ("paylocity.com",),
        (
            r"recruiting/recruiting/jobs/(?:Details|Apply)/(?P<job>\d+)",
            r"recruiting/recruiting/jobs/All/(?P<board><uuid>)",
        ),
        scope="",
    ),
    System(
        "taleo", ("taleo.net",), (r"(?P<board>(?!www[./])[^./]+)(?:\.tbe)?/",), job=("job", "rid"), keep=("org", "cws")
    ),
    System("phenom", ("phenompeople.com",), (r"<sub>/<lang>(?:[a-z]{2}/)?(?:job/(?P<job>[^/]+))?",)),
    System(
        "cornerstone",
        ("csod.com",),
        (r"<sub>/ux/ats/careersite/\d+/home(?:/requisition/(?P<job>\d+))?", r"<sub>/"),
        job=("id",),
        keep=("c", "site"),
    ),
    System(
        "avature",
        ("avature.net",),
        (r"<sub>/(?:[^/]+/){1,3}(?:JobDetail|FolderDetail)/(?:[^/]+/)?(?P<job>\d+)", r"<sub>/"),
        job=("jobid",),
    ),
    System("tal.net", ("tal.net",), (r"<sub>/(?:[^/]+/){0,20}(?:opp|apply)/(?P<job>\d+)", r"<sub>/")),
    System("brassring", ("brassring.com",), (r"[^/]+/",), ("partnerid",), ("jobid",), ("siteid", "pagetype")),
    System(
        "adp",
        ("adp.com",),
        (r"(?:workforcenow|myjobs|recruiting)/",),
        ("cid",),
        ("jobid", "r"),
        ("ccid", "c", "d", "type"),
        form="{host}",
    ),
    System("join", ("join.com",), (r"(?:www)?/companies/(?P<board>[^/]+)(?:/(?P<job>\d+))?",), scope=""),
    System("yc", ("ycombinator.com",), (r"(?:www)?/companies/[^/]+/jobs/(?P<job>[^/-]+)",), scope="", cased=True),
)

PARAMETERS = {
    "gh_jid": ("greenhouse", r"\d+"),
    "ashby_jid": ("ashby", MACROS["<uuid>"]),
    "jvi": ("jobvite", r"\w+"),
}
"""Query keys that tell the system and the job id on an employer's own domain; the board stays unknown."""

FLAGS = {
    ("icims", "1"): ("icims", r"/jobs?/(\d+)"),
    ("ats", "successfactors"): ("successfactors", r"/(\d{6,})/?$"),
}
"""Query pairs that tell the system on an employer's own domain; the job id stands in the path."""

EMPLOYERS = {
    "careers.tiktok.com": ("bytedance", r"/position/(\d+)"),
    "jobs.bytedance.com": ("bytedance", r"/position/(\d+)"),
    "joinbytedance.com": ("bytedance", r"/search/(\d+)"),
    "lifeattiktok.com": ("bytedance", r"/search/(\d+)"),
    "careers.google.com": ("google", r"/jobs/results/(\d+)"),
    "google.com": ("google", r"/careers/applications/jobs/results/(\d+)"),
    "jobs.apple.com": ("apple", r"/details/(\d+)"),
    "metacareers.com": ("meta", r"/(?:jobs|job_details)/(\d+)"),
    "tesla.com": ("tesla", r"/careers/(?:search/)?job/(?:[^/]*-)?(\d+)$"),
}
"""Employers with several addresses for one posting: host without `www.` → name, job id in the path."""

MEANINGFUL = re.compile(
    r"gh_jid|ashby_jid|jvi|token|jobs?_?id|job|j|jid|jk|id|pid|rid|req|req(?:uisition)?_?id|opportunity_?id|posting_?id|"
    r"position_?id|vacancy_?id|career_job_req_id|org|company|clientkey|cid|v|list"
)
"""Query keys that name a posting or page; where one is present the others are no part of its identity."""

TRACKING = re.compile(
    r"utm_.*|_ga|_gl|_hs.*|gclid|dclid|fbclid|msclkid|yclid|igshid|mkt_tok|mc_[ce]id|trk.*|tracking(?:id)?|trid|"
    r"ref|ref_.*|refid|referr?er|src|gh_src|source|source_?(?:id|type)|job_?(?:source|board)|lever-(?:source|origin).*|"
    r"iisn?|iieid|jr_id|from_page|oga|spread|cmpid|codes|rb|sor|indeed-apply-token|embed|mobile|needsredirect|nl|fr|"
    r"lang|locale|hl|width|height|bga|j[au]n1offset|no_int_redir|_frompublish|__tx_annotation|sort_by|job_index|"
    r"triggergobutton|location_distance_km"
)
"""Query keys that say where a reader came from or how the page shall look, never which page it is."""
