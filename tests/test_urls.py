"""Addresses: which posting they name, how they are written, when two are the same."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder.systems import SYSTEMS
from finder.urls import MAX_LENGTH, Posting, canonical, identity, is_front, posting

UUID = "3f2a9c1e-7b54-4d0a-9e61-2c8d5f70ab13"

KNOWN = [
    # address, system, board, job id
    ("https://boards.greenhouse.io/lumenfold/jobs/4012345", "greenhouse", "lumenfold", "4012345"),
    ("https://job-boards.greenhouse.io/lumenfold/jobs/4012345", "greenhouse", "lumenfold", "4012345"),
    ("https://job-boards.eu.greenhouse.io/lumenfold/jobs/4012345101", "greenhouse", "lumenfold", "4012345101"),
    ("https://boards.greenhouse.io/lumenfold", "greenhouse", "lumenfold", ""),
    ("https://boards.greenhouse.io/lumenfold/", "greenhouse", "lumenfold", ""),
    ("https://boards.greenhouse.io/lumenfold?gh_jid=4012345", "greenhouse", "lumenfold", "4012345"),
    ("https://boards.greenhouse.io/embed/job_app?token=4012345", "greenhouse", "", "4012345"),
    ("https://boards.greenhouse.io/embed/job_app?for=lumenfold&token=4012345", "greenhouse", "lumenfold", "4012345"),
    ("https://boards.greenhouse.io/embed/job_board?for=lumenfold", "greenhouse", "lumenfold", ""),
    ("https://boards-api.greenhouse.io/v1/boards/lumenfold/jobs?content=true", "greenhouse", "lumenfold", ""),
    ("https://boards-api.greenhouse.io/v1/boards/lumenfold/jobs/4012345", "greenhouse", "lumenfold", "4012345"),
    ("https://boards.greenhouse.io/agencyone/jobs/4012345", "greenhouse", "agencyone", "4012345"),
    ("https://careers.lumenfold.example/open?gh_jid=4012345", "greenhouse", "", "4012345"),
    ("https://careers.lumenfold.example/open?GH_JID=4012345", "greenhouse", "", "4012345"),
    ("https://careers.lumenfold.example/open?gh_jid=4012345&gh_src=abc", "greenhouse", "", "4012345"),
    (f"https://jobs.lever.co/quarrybyte/{UUID}", "lever", "quarrybyte", UUID),
    (f"https://jobs.lever.co/quarrybyte/{UUID}/apply?lever-source=x", "lever", "quarrybyte", UUID),
    (f"https://jobs.eu.lever.co/quarrybyte/{UUID}", "lever", "eu:quarrybyte", UUID),
    ("https://jobs.lever.co/quarrybyte", "lever", "quarrybyte", ""),
    ("https://jobs.lever.co/quarrybyte?commitment=Intern", "lever", "quarrybyte", ""),
    ("https://api.lever.co/v0/postings/quarrybyte?mode=json", "lever", "quarrybyte", ""),
    ("https://api.eu.lever.co/v0/postings/quarrybyte", "lever", "eu:quarrybyte", ""),
    (f"https://jobs.ashbyhq.com/Northquill/{UUID}", "ashby", "Northquill", UUID),
    (f"https://jobs.ashbyhq.com/Northquill/{UUID}/application?embed=true", "ashby", "Northquill", UUID),
    (f"https://jobs.ashbyhq.com/north%20quill/{UUID}", "ashby", "north quill", UUID),
    (f"https://jobs.ashbyhq.com/north.quill/{UUID}", "ashby", "north.quill", UUID),
    ("https://jobs.ashbyhq.com/Northquill", "ashby", "Northquill", ""),
    ("https://api.ashbyhq.com/posting-api/job-board/Northquill?includeCompensation=true", "ashby", "Northquill", ""),
    (f"https://northquill.example/careers?ashby_jid={UUID}", "ashby", "", UUID),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML-Intern_R-1234",
        "workday",
        "saltmarsh.wd5/Jobs",
        "R-1234",
    ),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/en-US/Jobs/job/Leeds/ML-Intern_R-1234-1/apply",
        "workday",
        "saltmarsh.wd5/Jobs",
        "R-1234-1",
    ),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/details/ML-Intern_JR77?q=ml",
        "workday",
        "saltmarsh.wd5/Jobs",
        "JR77",
    ),
    ("https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/_JR77", "workday", "saltmarsh.wd5/Jobs", "JR77"),
    ("https://saltmarsh.wd5.myworkdayjobs.com/au/job/Leeds/ML_R_00077", "workday", "saltmarsh.wd5/au", "00077"),
    ("https://saltmarsh.wd103.myworkdayjobs.com/Jobs", "workday", "saltmarsh.wd103/Jobs", ""),
    ("https://saltmarsh.wd103.myworkdayjobs.com/", "workday", "saltmarsh.wd103", ""),
    ("https://saltmarsh.wd1.myworkdayjobs.com/wday/cxs/saltmarsh/Jobs/jobs", "workday", "saltmarsh.wd1/Jobs", ""),
    ("https://wd3.myworkdaysite.com/recruiting/saltmarsh/Jobs/job/Hull/ML_R9", "workday", "saltmarsh.wd3/Jobs", "R9"),
    ("https://wd3.myworkdaysite.com/en-US/recruiting/saltmarsh/Jobs", "workday", "saltmarsh.wd3/Jobs", ""),
    ("https://careers-fernhollow.icims.com/jobs/10234/ml-intern/job", "icims", "careers-fernhollow", "10234"),
    ("https://careers-fernhollow.icims.com/jobs/10234/job?mobile=true", "icims", "careers-fernhollow", "10234"),
    ("https://careers-fernhollow.icims.com/jobs/search?ss=1&in_iframe=1", "icims", "careers-fernhollow", ""),
    ("https://careers-fernhollow.icims.com/jobs/intro", "icims", "careers-fernhollow", ""),
    ("https://jobs.fernhollow.example/jobs/10234?icims=1", "icims", "jobs.fernhollow.example", "10234"),
    (
        "https://jobs.smartrecruiters.com/Brackenlight/744000012345678",
        "smartrecruiters",
        "Brackenlight",
        "744000012345678",
    ),
    (
        "https://jobs.smartrecruiters.com/Brackenlight/744000012345678-ml-intern?oga=true",
        "smartrecruiters",
        "Brackenlight",
        "744000012345678",
    ),
    (
        f"https://jobs.smartrecruiters.com/oneclick-ui/company/Brackenlight/publication/{UUID}",
        "smartrecruiters",
        "Brackenlight",
        UUID,
    ),
    ("https://careers.smartrecruiters.com/Brackenlight", "smartrecruiters", "Brackenlight", ""),
    ("https://api.smartrecruiters.com/v1/companies/Brackenlight/postings", "smartrecruiters", "Brackenlight", ""),
    (
        "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/52001",
        "oracle",
        "abcd.fa.us2.oraclecloud.com/CX_1",
        "52001",
    ),
    (
        "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX/requisitions/preview/52001/apply/email",
        "oracle",
        "abcd.fa.us2.oraclecloud.com/CX",
        "52001",
    ),
    (
        "https://abcd.fa.ocs.oraclecloud26.com/hcmUI/CandidateExperience/en/sites/Tides/jobs/job/52001/",
        "oracle",
        "abcd.fa.ocs.oraclecloud26.com/Tides",
        "52001",
    ),
    (
        "https://abcd.fa.oraclecloud.com/hcmUI/CandidateExperience/en/job/52001",
        "oracle",
        "abcd.fa.oraclecloud.com",
        "52001",
    ),
    (
        "https://abcd.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs?mode=location",
        "oracle",
        "abcd.fa.oraclecloud.com/CX_1",
        "",
    ),
    ("https://apply.workable.com/tidewrack/j/3A99EB88CF/apply", "workable", "tidewrack", "3A99EB88CF"),
    ("https://apply.workable.com/tidewrack/", "workable", "tidewrack", ""),
    ("https://apply.workable.com/j/3A99EB88CF", "workable", "", "3A99EB88CF"),
    ("https://apply.workable.com/api/v1/widget/accounts/tidewrack?details=true", "workable", "tidewrack", ""),
    ("https://jobs.workable.com/view/abcDEF123/ml-intern", "workable", "", "abcDEF123"),
    ("https://jobs.workable.com/company/gtYQ/jobs-at-tidewrack", "workable", "tidewrack", ""),
    ("https://tidewrack.workable.com/j/3A99EB88CF", "workable", "tidewrack", "3A99EB88CF"),
    ("https://ollivane.recruitee.com/o/ml-intern-2", "recruitee", "ollivane", "ml-intern-2"),
    ("https://ollivane.recruitee.com/en/o/ml-intern-2", "recruitee", "ollivane", "ml-intern-2"),
    ("https://ollivane.recruitee.com/api/offers/", "recruitee", "ollivane", ""),
    ("https://ollivane.recruitee.com", "recruitee", "ollivane", ""),
    ("https://copperfinch-gmbh.jobs.personio.de/job/120456?language=en", "personio", "copperfinch-gmbh", "120456"),
    ("https://copperfinch.jobs.personio.com/xml?language=en", "personio", "copperfinch", ""),
    ("https://driftmoor.teamtailor.com/jobs/4471234-ml-intern", "teamtailor", "driftmoor", "4471234"),
    ("https://driftmoor.na.teamtailor.com/en-GB/jobs/4471234-ml-intern", "teamtailor", "driftmoor", "4471234"),
    ("https://driftmoor.teamtailor.com/jobs.rss", "teamtailor", "driftmoor", ""),
    ("https://peatstone.bamboohr.com/careers/46/", "bamboohr", "peatstone", "46"),
    ("https://peatstone.bamboohr.com/jobs/view.php?id=46", "bamboohr", "peatstone", "46"),
    ("https://peatstone.bamboohr.com/careers", "bamboohr", "peatstone", ""),
    (f"https://ats.rippling.com/hazelgrid/jobs/{UUID}", "rippling", "hazelgrid", UUID),
    (f"https://ats.rippling.com/en-GB/hazelgrid/jobs/{UUID}", "rippling", "hazelgrid", UUID),
    ("https://ats.rippling.com/hazelgrid/jobs", "rippling", "hazelgrid", ""),
    ("https://kestrelwork.eightfold.ai/careers/job/446714867461", "eightfold", "kestrelwork", "446714867461"),
    (
        "https://kestrelwork.eightfold.ai/careers?pid=446714867461&domain=k.example",
        "eightfold",
        "kestrelwork",
        "446714867461",
    ),
    ("https://kestrelwork.eightfold.ai/careers", "eightfold", "kestrelwork", ""),
    ("https://mossgate.applytojob.com/apply/o7r6gV8IMh/ML-Intern", "jazzhr", "mossgate", "o7r6gV8IMh"),
    ("https://mossgate.applytojob.com/apply/jobs/details/o7r6gV8IMh", "jazzhr", "mossgate", "o7r6gV8IMh"),
    ("https://mossgate.applytojob.com/apply", "jazzhr", "mossgate", ""),
    ("https://app.jazz.co/feeds/export/jobs/mossgate", "jazzhr", "mossgate", ""),
    (
        "https://career4.successfactors.com/sfcareer/jobreqcareerpvt?jobId=41730&company=UMBER",
        "successfactors",
        "UMBER",
        "41730",
    ),
    (
        "https://career5.successfactors.eu/careers?company=umber&career_job_req_id=169295",
        "successfactors",
        "umber",
        "169295",
    ),
    (
        "https://jobs.umberline.example/job/Ghent-ML-Intern/1350745900/?ats=successfactors",
        "successfactors",
        "jobs.umberline.example",
        "1350745900",
    ),
    ("https://jobs.jobvite.com/vellichor/job/o8Hqofwn?nl=1&fr=false", "jobvite", "vellichor", "o8Hqofwn"),
    ("https://jobs.jobvite.com/careers/vellichor/job/o8Hqofwn", "jobvite", "vellichor", "o8Hqofwn"),
    ("https://app.jobvite.com/CompanyJobs/Job.aspx?j=o8Hqofwn&", "jobvite", "", "o8Hqofwn"),
    ("https://vellichor.example/work?jvi=o8Hqofwn,Job", "jobvite", "", "o8Hqofwn"),
    ("https://wickerby.breezy.hr/p/197a61daf6b6-ml-intern", "breezy", "wickerby", "197a61daf6b6-ml-intern"),
    ("https://wickerby.breezy.hr/p/197a61daf6b6/apply", "breezy", "wickerby", "197a61daf6b6"),
    (f"https://yarrowtech.pinpointhq.com/en/postings/{UUID}", "pinpoint", "yarrowtech", UUID),
    ("https://yarrowtech.pinpointhq.com", "pinpoint", "yarrowtech", ""),
    ("https://jobs.gem.com/zephyrloom/am9icG9zdDphdm_", "gem", "zephyrloom", "am9icG9zdDphdm_"),
    ("https://jobs.dayforcehcm.com/en-US/ashgrove/CANDIDATEPORTAL/jobs/38827", "dayforce", "ashgrove", "38827"),
    ("https://us61.dayforcehcm.com/CandidatePortal/en-US/ashgrove/Posting/View/820", "dayforce", "ashgrove", "820"),
    (
        f"https://recruiting2.ultipro.com/BIR1000BIRC/JobBoard/{UUID}/OpportunityDetail?opportunityId={UUID}",
        "ukg",
        "BIR1000BIRC",
        UUID,
    ),
    (
        "https://www.paycomonline.net/v4/ats/web.php/jobs/ViewJobDetails?job=1483&clientkey=4689D9",
        "paycom",
        "4689D9",
        "1483",
    ),
    ("https://www.paycomonline.net/v4/ats/web.php/portal/4689D9/jobs/1483", "paycom", "4689D9", "1483"),
    ("https://recruiting.paylocity.com/recruiting/jobs/Details/2084229/Cinderpath/ML", "paylocity", "", "2084229"),
    (f"https://recruiting.paylocity.com/recruiting/jobs/All/{UUID}/Cinderpath", "paylocity", UUID, ""),
    ("https://duskfield.taleo.net/careersection/ex/jobdetail.ftl?job=2400619&tz=GMT", "taleo", "duskfield", "2400619"),
    ("https://phh.tbe.taleo.net/phh01/ats/careers/v2/viewRequisition?org=DUSK&cws=37&rid=4486", "taleo", "phh", "4486"),
    ("https://emberlane.phenompeople.com/us/en/job/EM123", "phenom", "emberlane", "EM123"),
    (
        "https://flintmere.csod.com/ux/ats/careersite/4/home/requisition/2138?c=flintmere",
        "cornerstone",
        "flintmere",
        "2138",
    ),
    ("https://gorsefield.avature.net/careers/JobDetail/14096", "avature", "gorsefield", "14096"),
    ("https://gorsefield.avature.net/careers/FolderDetail/ML-Intern/14096?ref=x", "avature", "gorsefield", "14096"),
    ("https://gorsefield.avature.net/en_US/careers/JobDetail?jobId=14096", "avature", "gorsefield", "14096"),
    (
        "https://heathrow-moor.tal.net/vx/lang-en-GB/candidate/so/pm/1/pl/2/opp/2397-ML/en-GB",
        "tal.net",
        "heathrow-moor",
        "2397",
    ),
    (
        "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?partnerid=25037&siteid=5010&jobid=759270",
        "brassring",
        "25037",
        "759270",
    ),
    (
        "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?cid=50-55&ccId=1&jobId=472432",
        "adp",
        "50-55",
        "472432",
    ),
    ("https://myjobs.adp.com/inkwell/?r=5001", "adp", "myjobs.adp.com", "5001"),
    ("https://join.com/companies/junipergate/9912345-ml-intern", "join", "junipergate", "9912345"),
    ("https://join.com/companies/junipergate", "join", "junipergate", ""),
    ("https://www.ycombinator.com/companies/kilnwood/jobs/ommmQqU-ml-engineer", "yc", "", "ommmQqU"),
]

EMPLOYERS = (
    "lumenfold.example",
    "careers.quarrybyte.example",
    "www.northquill.example",
    "jobs.saltmarsh.example",
    "fernhollow.example.org",
)
PATHS = """/careers
/careers/
/jobs
/jobs/10234
/jobs/10234/ml-intern
/careers/ml-intern
/careers/job?id=10234
/careers?job_id=10234&lang=en
/careers?token=4012345
/careers?for=lumenfold
/positions/ml-engineer-intern
/en/job/R-1234
/en-US/Jobs/job/Leeds/ML-Intern_R-1234
/o/ml-intern
/apply/o7r6gV8IMh/ML-Intern
/lumenfold/jobs/4012345
/recruiting/jobs/Details/2084229
/hcmUI/CandidateExperience/en/sites/CX_1/job/52001
/careersection/ex/jobdetail.ftl?job=2400619
/p/197a61daf6b6-ml-intern
/companies/kilnwood/jobs/ommmQqU
/jobs?gh_jid=
/jobs?gh_jid=soon
/jobs?ashby_jid=4012345
/jobs?icims=0
/jobs?ats=other
/jobs?gh_src=4012345
/postings/3f2a9c1e-7b54-4d0a-9e61-2c8d5f70ab13
/#/job/10234
/?utm_source=greenhouse
/internships/2027""".splitlines()

LOOKALIKES = """https://greenhouse.io.example/lumenfold/jobs/4012345
https://boards.greenhouse.io.example/lumenfold/jobs/4012345
https://boards-greenhouse.io/lumenfold/jobs/4012345
https://boardsgreenhouse.io/lumenfold
https://www.greenhouse.io/pricing
https://support.greenhouse.io/hc/en-us/articles/200
https://boards.greenhouse.io/
https://boards.greenhouse.io/embed/job_board/js
https://notlever.co/quarrybyte
https://jobs.lever.company/quarrybyte
https://www.lever.co/demo
https://help.lever.co/quarrybyte
https://jobs.lever.co/
https://api.lever.co/
https://api.lever.co/v1/users
https://www.ashbyhq.com/customers
https://jobs.ashbyhq.com/
https://api.ashbyhq.com/job.list
https://ashbyhq.com.example/Northquill
https://www.myworkday.com/saltmarsh/d/home.htmld
https://myworkdayjobs.com/
https://www.workday.com/en-us/company/careers.html
https://www.icims.com/products
https://www.smartrecruiters.com/recruiting-software/
https://smartrecruiters.example/Brackenlight/744000012345678
https://www.oracle.com/careers/
https://cloud.oraclecloud.example/hcmUI/CandidateExperience/en/job/1
https://abcd.fa.us2.oraclecloud.com/fscmUI/faces/FuseWelcome
https://www.workable.com/pricing
https://help.workable.com/hc/en-us
https://recruitee.com/
https://www.recruitee.com/features
https://docs.recruitee.com/reference
https://www.personio.de/preise/
https://support.personio.de/hc/de
https://www.teamtailor.com/en/
https://www.bamboohr.com/careers/
https://www.rippling.com/recruiting
https://app.rippling.com/login
https://eightfold.ai/careers/
https://www.eightfold.ai/careers/job/12
https://www.jazzhr.com/
https://www.jazz.co/
https://www.applytojob.com/
https://www.successfactors.com.example/careers?company=x
https://www.jobvite.com/blog
https://breezy.hr/pricing
https://www.breezy.hr/
https://www.pinpointhq.com/
https://www.gem.com/blog
https://gem.com/jobs
https://www.dayforce.com/
https://www.ukg.com/careers
https://www.paycom.com/careers
https://www.paylocity.com/careers
https://access.paylocity.com/
https://www.taleo.net/
https://www.csod.com/
https://www.avature.net/
https://www.tal.net/
https://www.adp.com/what-we-offer.aspx
https://online.adp.com/signin
https://join.com/pricing
https://join.community/companies/junipergate
https://www.ycombinator.com/blog
https://www.ycombinator.com/companies/kilnwood
https://news.ycombinator.com/item?id=40000001
https://www.linkedin.com/jobs/view/4012345678
https://uk.linkedin.com/jobs/view/ml-intern-at-lumenfold-4012345678
https://www.indeed.com/viewjob?jk=e35b465c20d1a7c2
https://www.glassdoor.com/job-listing/ml-intern-JV_IC1.htm?jl=100923
https://joinhandshake.com/jobs/9123456
https://simplify.jobs/p/3f2a9c1e-7b54-4d0a-9e61-2c8d5f70ab13
https://jobright.ai/jobs/info/66f0
https://wellfound.com/jobs/3012345-ml-intern
https://www.amazon.jobs/en/jobs/2705684/ml-intern
https://www.google.com/about/careers/applications/jobs/results/85564713261245126
https://lifeattiktok.com/search/7669943120351906053
https://github.com/lumenfold/jobs
https://bit.ly/3abcDEF
https://forms.gle/abcDEF
ftp://boards.greenhouse.io/lumenfold/jobs/4012345
boards.greenhouse.io/lumenfold/jobs/4012345
//jobs.lever.co/quarrybyte""".splitlines()

NEGATIVES = [f"https://{host}{path}" for host in EMPLOYERS for path in PATHS] + LOOKALIKES


def test_at_least_24_systems_are_known() -> None:
    assert len({system.name for system in SYSTEMS}) >= 24
    assert {system.name for system in SYSTEMS} == {row[1] for row in KNOWN}


@pytest.mark.parametrize(("url", "system", "board", "job"), KNOWN, ids=[row[0] for row in KNOWN])
def test_posting_of_a_known_system(url: str, system: str, board: str, job: str) -> None:
    assert posting(url) == Posting(system, board, job)


@pytest.mark.parametrize(("url", "system", "board", "job"), KNOWN, ids=[row[0] for row in KNOWN])
def test_the_canonical_address_names_the_same_posting(url: str, system: str, board: str, job: str) -> None:
    assert posting(canonical(url)) == Posting(system, board, job)
    assert identity(canonical(url), "") == identity(url, "") != ""


def test_no_system_is_claimed_for_others() -> None:
    assert len(NEGATIVES) >= 200
    assert [url for url in NEGATIVES if posting(url)] == []


CANONICAL = [
    ("https://Jobs.Lever.CO/Quarrybyte", "https://jobs.lever.co/Quarrybyte"),
    (f"https://jobs.lever.co/quarrybyte/{UUID}/apply?utm_source=a&ref=b", f"https://jobs.lever.co/quarrybyte/{UUID}"),
    (f"https://jobs.ashbyhq.com/Nq/{UUID}/application?embed=true", f"https://jobs.ashbyhq.com/Nq/{UUID}"),
    ("https://apply.workable.com/tw/j/3A99EB88CF/apply/", "https://apply.workable.com/tw/j/3A99EB88CF"),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_R-1/apply/autofillWithResume?source=x",
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_R-1",
    ),
    (
        "https://c-f.icims.com/jobs/10234/job?mobile=true&needsRedirect=false&width=1",
        "https://c-f.icims.com/jobs/10234/job",
    ),
    (
        "https://boards.greenhouse.io/embed/job_app?for=lf&token=4012345&b=https://x.example&gh_src=1",
        "https://boards.greenhouse.io/embed/job_app?for=lf&token=4012345",
    ),
    ("https://m.applytojob.com/apply/o7r6gV8IMh/ML?source=x", "https://m.applytojob.com/apply/o7r6gV8IMh/ML"),
    ("HTTPS://Example.ORG:443/Jobs/1", "https://example.org/Jobs/1"),
    ("http://example.org:80/jobs", "http://example.org/jobs"),
    ("http://example.org:8080/jobs", "http://example.org:8080/jobs"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org.", "https://example.org/"),
    ("https://user:secret@example.org/jobs", "https://example.org/jobs"),
    ("  https://example.org/jobs \n", "https://example.org/jobs"),
    ("https://example.org//jobs///1", "https://example.org/jobs/1"),
    ("https://example.org/jobs/1?utm_source=Simplify&ref=Simplify", "https://example.org/jobs/1"),
    ("https://example.org/jobs?b=2&a=1&utm_campaign=x", "https://example.org/jobs?b=2&a=1"),
    ("https://example.org/jobs?a=1&a=1&a=2", "https://example.org/jobs?a=1&a=2"),
    ("https://example.org/jobs?a=1&amp;b=2", "https://example.org/jobs?a=1&b=2"),
    ("https://example.org/jobs?a=1&amp;amp;b=2", "https://example.org/jobs?a=1&b=2"),
    ("https://example.org/jobs?flag", "https://example.org/jobs?flag"),
    ("https://example.org/jobs?", "https://example.org/jobs"),
    ("https://example.org/jobs?gh_jid=12&gh_src=x", "https://example.org/jobs?gh_jid=12"),
    ("https://example.org/jobs/91181?icims=1&lang=en-us", "https://example.org/jobs/91181?icims=1"),
    ("https://example.org/jobs#team", "https://example.org/jobs"),
    ("https://example.org/#/job/10234", "https://example.org/#/job/10234"),
    ("https://example.org/#job-10234", "https://example.org/#job-10234"),
    ("https://example.org/work#jobDetails=759270_5010&utm_source=x", "https://example.org/work#jobDetails=759270_5010"),
    ("https://example.org/#en/sites/s/job/211119/?utm_medium=x", "https://example.org/#en/sites/s/job/211119/"),
    ("https://example.org/#jobs", "https://example.org/"),
    ("https://example.org/a b", "https://example.org/a%20b"),
    ("https://example.org/caf\u00e9", "https://example.org/caf%C3%A9"),
    ("https://example.org/a%2fb%zz", "https://example.org/a%2Fb%25zz"),
    ("https://b\u00fccher.example/jobs", "https://xn--bcher-kva.example/jobs"),
    ("https://news.ycombinator.com/item?id=40000001", "https://news.ycombinator.com/item?id=40000001"),
    ("https://127.0.0.1:8765/jobs/1", "https://127.0.0.1:8765/jobs/1"),
    ("http://localhost/jobs", "http://localhost/jobs"),
]


@pytest.mark.parametrize(("url", "expected"), CANONICAL)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


UNUSABLE = [
    "",
    " ",
    "n/a",
    "#",
    "/jobs/1",
    "//example.org/jobs",
    "example.org/jobs",
    "www.example.org",
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://example.org",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://example.org/jobs",
    "mailto:jobs@example.org",
    "https:/example.org",
    "https://",
    "https:///jobs",
    "https://none",
    "https://-/",
    "https://a..b.example/",
    "https://exa mple.org/",
    "https://example.org\\@evil.example/",
    "https:\\\\example.org",
    "https://example.org/\x00",
    "https://example.org/a\tb",
    "https://example.org/a\nb",
    "https://example.org/\u202ejobs",
    "https://example.org/\ud800",
    "https://example.org:99999/",
    "https://example.org:port/",
    "https://[::1/",
    "https://[::1]/",
    "https://[zz]/",
    "https://\u2100.example/",
    f"https://{'a' * 70}\u00fc.example/",
    "https://example.org/" + "a" * MAX_LENGTH,
]


@pytest.mark.parametrize("url", UNUSABLE, ids=ascii)
def test_unusable_addresses(url: str) -> None:
    assert canonical(url) == ""
    assert posting(url) is None
    assert identity(url, "list:7") == "list:7"
    assert not is_front(url)


SAME = {
    "greenhouse:4012345": [
        "https://boards.greenhouse.io/lumenfold/jobs/4012345",
        "https://job-boards.greenhouse.io/lumenfold/jobs/4012345?gh_src=x",
        "https://boards.greenhouse.io/embed/job_app?token=4012345",
        "https://lumenfold.example/careers/?gh_jid=4012345",
        "http://www.lumenfold.example/apply/4012345?gh_jid=4012345&utm_source=x",
    ],
    f"lever:{UUID}": [
        f"https://jobs.lever.co/quarrybyte/{UUID}",
        f"http://jobs.lever.co/Quarrybyte/{UUID.upper()}/apply?lever-source=LinkedIn",
    ],
    f"ashby:{UUID}": [
        f"https://jobs.ashbyhq.com/Northquill/{UUID}/application",
        f"https://northquill.example/careers?ashby_jid={UUID}#open-positions",
    ],
    "workday:saltmarsh:r-12345": [
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML-Intern_R-12345",
        "https://saltmarsh.wd5.myworkdayjobs.com/en-US/Early/job/Leeds/ML-Intern_R-12345-1?source=x",
        "https://saltmarsh.wd5.myworkdayjobs.com/en-US/Jobs/details/ML-Intern_R-12345-2",
        "https://wd5.myworkdaysite.com/recruiting/saltmarsh/Jobs/job/Leeds/ML-Intern_R-12345",
    ],
    "icims:careers-fernhollow:10234": [
        "https://careers-fernhollow.icims.com/jobs/10234/job?mobile=true&needsRedirect=false",
        "https://careers-fernhollow.icims.com/jobs/10234/ml-intern%3a-2027/job",
    ],
    "oracle:abcd.fa.oraclecloud.com:52001": [
        "https://abcd.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/52001",
        "https://abcd.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1002/jobs/job/52001/",
    ],
    "jazzhr:mossgate:o7r6gV8IMh": [
        "http://mossgate.applytojob.com/apply/o7r6gV8IMh/ML-Intern",
        "https://mossgate.applytojob.com/apply/o7r6gV8IMh",
    ],
    "bamboohr:peatstone:46": [
        "https://peatstone.bamboohr.com/careers/46",
        "https://peatstone.bamboohr.com/careers/46/",
    ],
    "jobvite:o8Hqofwn": [
        "https://jobs.jobvite.com/vellichor/job/o8Hqofwn?nl=1&nl=1&fr=false",
        "https://app.jobvite.com/CompanyJobs/Job.aspx?j=o8Hqofwn",
    ],
    "bytedance:7668464504736876853": [
        "https://joinbytedance.com/search/7668464504736876853",
        "https://jobs.bytedance.com/en/position/7668464504736876853/detail?spread=X",
        "https://lifeattiktok.com/search/7668464504736876853",
        "https://careers.tiktok.com/position/7668464504736876853/detail",
    ],
    "tesla:222189": [
        "https://www.tesla.com/careers/search/job/222189",
        "https://www.tesla.com/careers/search/job/ml-intern-fall-222189/",
    ],
    "google:85564713261245126": [
        "https://www.google.com/about/careers/applications/jobs/results/85564713261245126",
        "https://www.google.com/about/careers/applications/jobs/results/85564713261245126-ml-intern",
    ],
    "apple:200664320": [
        "https://jobs.apple.com/en-us/details/200664320-3810",
        "https://jobs.apple.com/en-us/details/200664320/ml-internships?team=STDNT",
    ],
    "url:amazon.jobs/*/3136266": [
        "https://www.amazon.jobs/jobs/3136266/apply",
        "https://amazon.jobs/en/jobs/3136266/ml-intern?no_int_redir=1",
    ],
    "url:jobs.fernhollow.example/*/10234": [
        "https://jobs.fernhollow.example/jobs/10234?icims=1",
        "https://jobs.fernhollow.example/jobs/10234/ml-intern",
    ],
    "url:lumenfold.example/roles/ml-intern": [
        "https://lumenfold.example/roles/ml-intern",
        "http://www.lumenfold.example/roles/ml-intern/?utm_source=x#apply",
        "https://lumenfold.example/roles/ml-intern/apply",
    ],
    "url:lumenfold.example/careers?id=77": [
        "https://lumenfold.example/careers?id=77&team=ml&view=2",
        "https://lumenfold.example/careers/?view=1&id=77",
    ],
    "url:lumenfold.example/careers?a=1&b=2": [
        "https://lumenfold.example/careers?b=2&a=1",
        "https://lumenfold.example/careers?a=1&utm_medium=m&b=2",
    ],
    "github:lumenfold/tensor-kit": [
        "https://github.com/Lumenfold/tensor-kit",
        "https://github.com/lumenfold/tensor-kit/",
        "http://www.github.com/lumenfold/tensor-kit.git",
        "https://github.com/lumenfold/tensor-kit/issues?q=label%3Aeasy",
        "https://github.com/lumenfold/tensor-kit/labels/good%20first%20issue",
        "https://github.com/lumenfold/tensor-kit/tree/main",
        "https://github.com/lumenfold/tensor-kit#readme",
        "https://github.com/lumenfold/tensor-kit/contribute",
    ],
    "gitlab:lumenfold/tools/tensor-kit": [
        "https://gitlab.com/lumenfold/tools/tensor-kit",
        "https://gitlab.com/lumenfold/tools/tensor-kit/-/issues",
    ],
    "gitlab:lumenfold/tensor-kit": ["https://gitlab.com/lumenfold/tensor-kit"],
    "codeberg:lumenfold/tensor-kit": ["https://codeberg.org/lumenfold/tensor-kit/issues"],
    "bitbucket:lumenfold/tensor-kit": ["https://bitbucket.org/lumenfold/tensor-kit"],
}


@pytest.mark.parametrize(("expected", "urls"), SAME.items(), ids=list(SAME))
def test_the_same_posting_has_one_identity(expected: str, urls: list[str]) -> None:
    assert {identity(url, "other") for url in urls} == {expected}


DIFFERENT = [
    ("https://boards.greenhouse.io/lumenfold/jobs/4012345", "https://boards.greenhouse.io/lumenfold/jobs/4012346"),
    ("https://peatstone.bamboohr.com/careers/46", "https://hazelgrid.bamboohr.com/careers/46"),
    ("https://a-b.icims.com/jobs/10234/job", "https://c-d.icims.com/jobs/10234/job"),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_R-12345",
        "https://fernhollow.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_R-12345",
    ),
    (
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_2026-1",
        "https://saltmarsh.wd5.myworkdayjobs.com/Jobs/job/Leeds/ML_2026-2",
    ),
    ("https://ollivane.recruitee.com/o/intern-2026-1", "https://ollivane.recruitee.com/o/intern-2026-2"),
    ("https://jobs.jobvite.com/v/job/oAbcdfwX", "https://jobs.jobvite.com/v/job/oabcdfwX"),
    ("https://mossgate.applytojob.com/apply/o7r6gV8IMh", "https://mossgate.applytojob.com/apply/O7R6gV8IMh"),
    (
        "https://abcd.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/52001",
        "https://efgh.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/52001",
    ),
    ("https://lumenfold.example/careers?id=77", "https://lumenfold.example/careers?id=78"),
    ("https://lumenfold.example/careers?position=a", "https://lumenfold.example/careers?position=b"),
    ("https://lumenfold.example/jobs/ml-intern", "https://lumenfold.example/jobs/ml-engineer"),
    ("https://lumenfold.example/jobs/10234", "https://quarrybyte.example/jobs/10234"),
    ("https://lumenfold.example/jobs/10234/20001", "https://lumenfold.example/jobs/10234/20002"),
    ("https://lumenfold.example/job/ml-10234", "https://lumenfold.example/job/nlp-10234"),
    ("https://lumenfold.example/#/job/10234", "https://lumenfold.example/#/job/10235"),
    ("https://lumenfold.example:8080/x", "https://lumenfold.example/x"),
    ("https://careers.lumenfold.example/x", "https://lumenfold.example/x"),
    ("https://github.com/lumenfold/tensor-kit", "https://github.com/lumenfold/tensor-kit/issues/12"),
    ("https://github.com/lumenfold/tensor-kit", "https://github.com/quarrybyte/tensor-kit"),
    ("https://github.com/lumenfold/tensor-kit", "https://gitlab.com/lumenfold/tensor-kit"),
    ("https://github.com/lumenfold/jobs/blob/main/a.md", "https://github.com/lumenfold/jobs/blob/main/b.md"),
    ("https://github.com/topics/nlp", "https://github.com/topics/vision"),
    ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abd"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_postings_stay_apart(one: str, other: str) -> None:
    assert identity(one, "same") != identity(other, "same")


@pytest.mark.parametrize(
    "url", ["https://github.com/topics/nlp", "https://github.com/lumenfold", "https://gitlab.com/explore"]
)
def test_not_every_page_of_a_forge_is_a_repository(url: str) -> None:
    assert identity(url, "").startswith("url:")


FRONTS = """https://lumenfold.example
https://lumenfold.example/
https://lumenfold.example/index.html
https://lumenfold.example/careers
https://lumenfold.example/en/careers/
https://lumenfold.example/en-us/about/careers
https://lumenfold.example/company/jobs?team=ml
https://lumenfold.example/careers/students/internships
https://lumenfold.example/join-us?utm_source=x
https://jobs.lever.co/quarrybyte
https://boards.greenhouse.io/lumenfold
https://saltmarsh.wd5.myworkdayjobs.com/Jobs
https://careers-fernhollow.icims.com/jobs/search?ss=1""".splitlines()

NOT_FRONTS = f"""https://lumenfold.example/careers/ml-intern
https://lumenfold.example/careers?id=77012
https://lumenfold.example/jobs/10234
https://lumenfold.example/careers/#/job/10234
https://lumenfold.example/careers?gh_jid=4012345
https://jobs.lever.co/quarrybyte/{UUID}
https://kestrelwork.eightfold.ai/careers?query=R0106013
https://news.ycombinator.com/item?id=40000001""".splitlines()


def test_fronts() -> None:
    assert [url for url in FRONTS if not is_front(url)] == []
    assert [url for url in NOT_FRONTS if is_front(url)] == []


# ------------------------------------------------------------------------------------------------ properties
HOSTS = [
    *(f"x.{domain}" for system in SYSTEMS for domain in system.domains),
    "example.org",
    "WWW.Example.org:443",
    "github.com",
    "jobs.lever.co",
    "boards.greenhouse.io",
    "\u00fcber.example",
    "u:p@h.example",
]
STEPS = [
    "jobs",
    "job",
    "en-US",
    "apply",
    "application",
    "embed",
    "4012345",
    UUID,
    "R-12345-1",
    "a_b",
    "%41",
    "%zz",
    "",
    ".",
    "\u00e9",
    "o",
]
QUERIES = [
    "gh_jid=1",
    "utm_source=x",
    "id=7",
    "icims=1",
    "ats=successfactors",
    "a",
    "=",
    "a=b=c",
    "&",
    "amp;",
    "ref=z",
    "b=\u00e9",
]
urls = st.builds(
    lambda scheme, host, steps, query, fragment: scheme + host + "/".join(["", *steps]) + query + fragment,
    st.sampled_from(["https://", "http://", "HTTPS://"]),
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(STEPS) | st.text(max_size=6), max_size=6),
    st.lists(st.sampled_from(QUERIES) | st.text(max_size=6), max_size=4).map(lambda parts: "?" + "&".join(parts)),
    st.sampled_from(["", "#", "#/job/12", "#jobs", "#job-1&utm_source=x"]),
)


@given(urls | st.text())
@example("https://x.test/?a=&amp;amp;b")
@example("https://jobs.lever.co/%2F")
@settings(max_examples=400)
def test_nothing_raises_and_canonical_is_stable(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert posting(once) == posting(url)
    assert identity(once, "none") == identity(url, "none")
    assert once == "" or once.startswith(("http://", "https://"))
    assert once.isascii()
    assert once.isprintable()
    assert is_front(url) in (True, False)


@given(urls, st.permutations(["utm_source=a", "gclid=b", "ref=c"]))
@settings(max_examples=100)
def test_tracking_never_matters(url: str, tracking: list[str]) -> None:
    plain = url.partition("#")[0]
    tracked = f"{plain}&{'&'.join(tracking)}"
    if canonical(tracked):
        assert canonical(tracked) == canonical(plain)
        assert identity(tracked, "") == identity(plain, "")


@given(
    st.lists(st.sampled_from(["a=1", "b=2", "id=3", "c=4", "token=5"]), unique=True).flatmap(
        lambda p: st.tuples(st.just(p), st.permutations(p))
    )
)
@settings(max_examples=50)
def test_the_order_of_keys_does_not_matter(pair: tuple[list[str], list[str]]) -> None:
    one, other = (f"https://example.org/roles?{'&'.join(keys)}" for keys in pair)
    assert identity(one, "") == identity(other, "")


@pytest.mark.parametrize(
    "worst",
    [
        "&amp;" * 20_000,
        "/" * 100_000,
        "a" * 100_000,
        "%" * 100_000,
        "job" * 600,
        "/apply" * 300,
        "-1" * 900,
        "/jobs/12345" * 180,
    ],
)
def test_long_addresses_take_no_time(worst: str) -> None:
    for host in ("example.org", "a.wd5.myworkdayjobs.com", "github.com"):
        assert canonical(f"https://{host}/{worst}") in ("", canonical(canonical(f"https://{host}/{worst}")))


# ------------------------------------------------------------------------------------------------ labelled addresses
def rows(shared: Path, name: str) -> Iterator[dict[str, str]]:
    path = shared / "eval" / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_labelled_postings(shared: Path) -> None:
    """System, board and job id of 237 labelled addresses; one row writes a path word where no board is told."""
    right = total = 0
    false = []
    for row in rows(shared, "ats_urls/vectors.tsv"):
        told, label = posting(row["url"]), row["ats"]
        if label.startswith("("):
            false += [row["url"]] if told else []
            continue
        total += 1
        if told and told.system == label.rstrip("*"):
            board = label.endswith("*") or told.board.casefold() == row["token"].casefold()
            right += board and row["job_id"] in ("", told.job_id)
    assert false == []
    assert total > 200
    assert right / total >= 0.995


def test_labelled_boards(shared: Path) -> None:
    """System and board of the addresses that a working crawler is configured with."""
    domains = {domain for system in SYSTEMS for domain in system.domains}
    right = total = 0
    for row in rows(shared, "ats_urls/boards.tsv"):
        host = urlsplit(row["board_url"]).hostname or ""
        if row["ats"] == "rss" or ".".join(host.split(".")[-2:]) not in domains:
            continue
        total += 1
        told = posting(row["board_url"])
        if told and told.system == row["ats"].removesuffix("_hcm"):
            board = told.board.casefold().removeprefix("eu:")
            board = board.partition(".")[0] if told.system == "workday" else board
            right += row["token_in_config"].casefold().removeprefix("eu:") in ("", board)
    assert total > 2000
    assert right / total >= 0.999


def test_labelled_duplicates(shared: Path) -> None:
    """Equal identity, over pairs of records of two lists, against the job id of the employer's system."""
    records = {
        (row["ats"], *(row[f"{field}_{side}"] for field in ("list", "url", "title", "location", "company", "seen")))
        for row in rows(shared, "duplicates/pairs.tsv")
        for side in "ab"
    }

    def pairs(key: dict[tuple[str, ...], str]) -> set[frozenset[tuple[str, ...]]]:
        groups = defaultdict(list)
        for record, group in key.items():
            groups[group].append(record)
        return {
            frozenset(pair) for group in groups.values() for pair in combinations(group, 2) if pair[0][1] != pair[1][1]
        }

    true = pairs({record: record[0] for record in records})
    found = pairs({record: identity(record[2], record[2]) for record in records})
    precision, recall = len(true & found) / len(found), len(true & found) / len(true)
    assert precision >= 0.999
    assert 2 * precision * recall / (precision + recall) >= 0.99
