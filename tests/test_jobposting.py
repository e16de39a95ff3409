"""JobPosting of a page: JSON-LD in every form that careers pages have it in, microdata, and pages that have neither."""

from __future__ import annotations

import html
import json
import time
from pathlib import Path
from typing import Any

import pytest
from _crawled import recorded
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.errors import ParseError
from finder.model import FOUND_FIELDS
from scrapers import _jsonld
from scrapers._jobposting import Posting, posting, postings

URL = "https://careers.example/jobs/1"
JOB: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Candle Intern",
    "description": "<p>Wax.</p><ul><li>Python</li></ul>",
    "datePosted": "2026-08-01",
    "hiringOrganization": {"@type": "Organization", "name": "Wick ASA"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Bergen", "addressCountry": "NO"}},
}


def page(*blocks: Any, body: str = "<h1>Jobs</h1>") -> str:
    scripts = (
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    )
    return f"<!DOCTYPE html><html><head>{''.join(scripts)}</head><body>{body}</body></html>"


def read(*blocks: Any, body: str = "<h1>Jobs</h1>") -> tuple[Posting, ...]:
    return postings(URL, page(*blocks, body=body))


def told(**fields: Any) -> dict[str, Any]:
    """The fields of the posting with others."""
    (found,) = read({**JOB, **fields})
    return dict(found.fields)


def test_a_plain_posting() -> None:
    (found,) = read(JOB)
    assert found == Posting(
        {
            "title": "Candle Intern",
            "organization": "Wick ASA",
            "locations": ("Bergen, NO",),
            "posted": "2026-08-01",
            "description": "Wax.\n- Python",
        }
    )
    assert set(found.fields) <= FOUND_FIELDS


# ------------------------------------------------------------------------------------------------ where it stands
@pytest.mark.parametrize(
    "value",
    [
        [JOB],
        {"@graph": [{"@type": "WebPage"}, JOB]},
        {"@type": "WebPage", "mainEntity": JOB},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]},
        [[{"a": [JOB]}]],
        {**JOB, "@type": ["Thing", "JobPosting"]},
        {**JOB, "@type": "http://schema.org/JobPosting"},
        {**JOB, "@type": "schema:JobPosting"},
        {**{f"schema:{name}": value for name, value in JOB.items()}, "@type": "JobPosting"},
        {**{name[:1].upper() + name[1:]: value for name, value in JOB.items()}, "@Type": "JobPosting"},
    ],
)
def test_a_posting_is_found_wherever_it_stands(value: Any) -> None:
    (found,) = read(value)
    assert (found.fields["title"], found.fields["posted"]) == ("Candle Intern", "2026-08-01")


def test_every_posting_of_every_block_in_their_order() -> None:
    found = read({"@graph": [JOB, {**JOB, "title": "B"}]}, "oops", {"@type": "Person"}, {**JOB, "title": "C"})
    assert [item.fields["title"] for item in found] == ["Candle Intern", "B", "C"]


def test_what_lies_within_a_posting_is_its_own() -> None:
    assert len(read({**JOB, "isRelatedTo": {**JOB, "title": "Another"}})) == 1


@pytest.mark.parametrize("kind", ["application/ld+json", "Application/LD+JSON; charset=utf-8"])
def test_the_type_of_a_script_may_say_more(kind: str) -> None:
    assert postings(URL, f"<html><script nonce=x type='{kind}'>{json.dumps(JOB)}</script></html>")


# ------------------------------------------------------------------------------------------------ what has to be mended
TEXT = json.dumps(JOB)


@pytest.mark.parametrize(
    "block",
    [
        f"\n  {TEXT}\n",
        f"<!-- {TEXT} -->",
        f"<![CDATA[{TEXT}]]>",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"/*<![CDATA[*/{TEXT}/*]]>*/",
        html.escape(TEXT),
        TEXT.replace('"', "&#34;"),
        f"{TEXT};",
        f"{TEXT}</p> window.x = 1",
        TEXT.replace("Wax.", "Wax.\n\tLine"),
        TEXT.replace("Wax.", "Wax \x0b\x01."),
        TEXT.replace("Wax.", "Wax \\$5 \\' \\u12 ."),
        TEXT.replace(', "datePosted"', ' "datePosted"'),
        TEXT.replace(', "datePosted"', '\n"datePosted"').replace('", "hiring', '" "hiring'),
        TEXT[:-1] + ",}",
        TEXT[:-1] + ', "x": [1, 2, ], }',
        TEXT.replace('"2026-08-01"', '"2026-08-01", "n": NaN, "i": -Infinity'),
    ],
)
def test_a_damaged_block_is_mended(block: str) -> None:
    (found,) = read(block)
    assert (found.fields["title"], found.fields["organization"]) == ("Candle Intern", "Wick ASA")
    assert found.fields["description"].startswith("Wax")
    assert found.fields["posted"] == "2026-08-01"


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("", "an empty block"),
        (" <!-- ", "an empty block"),
        ("oops", "Expecting value"),
        (TEXT.replace("Wax.", 'The "best" wax'), "delimiter"),
        (TEXT[:60], "Unterminated|Expecting"),
        ("[" * 5000, "deep|Expecting"),
        ("[" + "1 " * 10, "delimiter"),
        ('{"a": "' + "\\" * 3 + '"', "Expecting|Unterminated"),
        ("[" + '"" ' * 200 + "]", "more than 50 faults"),
        (" " * (_jsonld.LONGEST + 1), "longer than"),
        ('{"@type": "JobPosting", "n": ' + "9" * 5000 + "}", "digits"),
    ],
)
def test_what_cannot_be_mended_says_why(block: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        _jsonld.read(block)


def test_a_page_says_what_was_wrong_with_its_block() -> None:
    with pytest.raises(ParseError, match="no JobPosting in the page; JSON-LD: Expecting value"):
        read("oops")


@pytest.mark.parametrize(
    "text", ["", "<html></html>", page({"@type": "Organization"}), page("[]"), page('"JobPosting"'), page("null")]
)
def test_a_page_without_a_posting_is_told_so(text: str) -> None:
    with pytest.raises(ParseError, match="no JobPosting in the page"):
        postings(URL, text)


# ------------------------------------------------------------------------------------------------ words
@pytest.mark.parametrize(
    ("title", "read_"),
    [
        ("R&amp;D Intern", "R&D Intern"),
        ("R&amp;amp;D Intern", "R&D Intern"),
        ("  R&D \n Intern ", "R&D Intern"),
        (["R&D Intern", "Other words"], "R&D Intern"),
        ({"@value": "R&D Intern"}, "R&D Intern"),
    ],
)
def test_titles_are_plain_words(title: Any, read_: str) -> None:
    assert told(title=title)["title"] == read_


def test_a_name_stands_in_for_a_title() -> None:
    assert told(title="", name="Candle Intern")["title"] == "Candle Intern"


@pytest.mark.parametrize("nothing", [None, "", "N/A", "UNAVAILABLE", "null", [], {}, True, "unknown"])
@pytest.mark.parametrize("name", ["title", "hiringOrganization", "datePosted", "validThrough", "employmentType"])
def test_what_says_nothing_is_left_out(name: str, nothing: Any) -> None:
    field = {"hiringOrganization": "organization", "datePosted": "posted"}.get(name, name)
    fields = told(**{name: nothing})
    assert field not in fields
    assert "employment" not in fields


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<p>a</p><ul><li>b</li></ul>", "a\n- b"),
        ("&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;", "a\nb"),
        ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "a"),
        ("a\n\n  b  c\n", "a\nb c"),
        ("a&amp;#10;b &amp;amp; c", "a\nb & c"),
        ("<p>a &amp;amp; b</p>", "a & b"),
        ("a < b and c > d", "a < b and c > d"),
        (["<p>a</p>", "<p>b</p>"], "a\nb"),
        ({"@value": "lost"}, None),
        (7, None),
    ],
)
def test_descriptions_become_lines(description: Any, text: str | None) -> None:
    assert told(description=description).get("description") == text


def test_parts_beside_the_description_stand_under_their_headings_each_once() -> None:
    fields = told(
        responsibilities="<ul><li>Dip</li></ul>",
        qualifications="Python\nSQL",
        skills=["R", "Go"],
        experienceRequirements="Wax.",
        educationRequirements={"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"},
    )
    assert fields["description"] == (
        "Wax.\n- Python\n\nResponsibilities\n- Dip\n\nQualifications\nPython\nSQL\n\nSkills\nR\nGo"
        "\n\nEducation\nbachelor degree"
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("INTERN", "INTERN"),
        (["INTERN", "FULL_TIME", "INTERN"], "INTERN, FULL_TIME"),
        ("OTHER", None),
        (["OTHER", "CONTRACTOR"], "CONTRACTOR"),
        ({"name": "Werkstudent"}, "Werkstudent"),
    ],
)
def test_employment(kind: Any, words: str | None) -> None:
    assert told(employmentType=kind).get("employment") == words


# ------------------------------------------------------------------------------------------------ places
def at(locality: Any = None, region: Any = None, country: Any = None, **others: Any) -> dict[str, Any]:
    return {"address": {"addressLocality": locality, "addressRegion": region, "addressCountry": country, **others}}


@pytest.mark.parametrize(
    ("location", "locations"),
    [
        ("Bergen, Norway", ("Bergen, Norway",)),
        (["Bergen", "Oslo", "Bergen"], ("Bergen", "Oslo")),
        (at("Bergen", "Vestland", "NO"), ("Bergen, Vestland, NO",)),
        (at("Oslo", "Oslo", {"@type": "Country", "name": "NO"}), ("Oslo, NO",)),
        (at("Oslo", None, {"name": ["NO", "NO"]}), ("Oslo, NO",)),
        (at("UNAVAILABLE", "UNAVAILABLE", "HK", streetAddress="UNAVAILABLE"), ("HK",)),
        (at("UNAVAILABLE", "n/a", ""), ()),
        (at(None, None, None, streetAddress="Utrecht, NL"), ("Utrecht, NL",)),
        (at(None, None, "NL", streetAddress="Main Street 4"), ("NL",)),
        (at("Utrecht", None, "NL", streetAddress="Dam"), ("Utrecht, NL",)),
        ({"address": "Oslo, Norway"}, ("Oslo, Norway",)),
        ({"name": "Oslo office"}, ("Oslo office",)),
        ({"name": "Wick ASA"}, ()),
        ({"name": "Oslo", "address": {}}, ("Oslo",)),
        ({"address": [at("Oslo")["address"], at("Bergen")["address"]]}, ("Oslo", "Bergen")),
        ([at("Oslo"), "Bergen", None, 7, at()], ("Oslo", "Bergen", "7")),
        ({"Address": {"AddressLocality": "Oslo"}}, ("Oslo",)),
        (None, ()),
    ],
)
def test_places(location: Any, locations: tuple[str, ...]) -> None:
    assert told(jobLocation=location).get("locations", ()) == locations


@pytest.mark.parametrize(
    ("fields", "remote", "locations"),
    [
        ({"jobLocationType": "TELECOMMUTE"}, True, ("Bergen, NO",)),
        ({"jobLocationType": ["telecommute"]}, True, ("Bergen, NO",)),
        ({"jobLocationType": "ON_SITE"}, None, ("Bergen, NO",)),
        (
            {
                "jobLocationType": "TELECOMMUTE",
                "jobLocation": None,
                "applicantLocationRequirements": [{"@type": "Country", "name": "Norway"}, {"name": "Sweden"}],
            },
            True,
            ("Norway", "Sweden"),
        ),
        ({"jobLocation": None, "applicantLocationRequirements": {"name": "Norway"}}, None, ()),
    ],
)
def test_remote_jobs(fields: dict[str, Any], remote: bool | None, locations: tuple[str, ...]) -> None:
    found = told(**fields)
    assert (found.get("remote"), found.get("locations", ())) == (remote, locations)


# ------------------------------------------------------------------------------------------------ pay
def amount(**value: Any) -> dict[str, Any]:
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": {"@type": "QuantitativeValue", **value}}


@pytest.mark.parametrize(
    ("fields", "pay"),
    [
        ({"baseSalary": amount(minValue=20, maxValue=25.5, unitText="HOUR")}, "20–25.5 EUR per hour"),
        ({"baseSalary": amount(minValue="20.00", maxValue="20", unitText="HOUR")}, "20 EUR per hour"),
        ({"baseSalary": amount(value=1700, unitText="MONTH")}, "1700 EUR per month"),
        ({"baseSalary": amount(minValue=0, maxValue=0)}, None),
        ({"baseSalary": amount()}, None),
        ({"baseSalary": 52000, "salaryCurrency": "USD", "unitText": "YEAR"}, "52000 USD per year"),
        ({"baseSalary": "25.50", "salaryCurrency": "USD"}, "25.5 USD"),
        ({"baseSalary": "$20 an hour"}, "$20 an hour"),
        ({"baseSalary": {"currency": "EUR", "value": 30, "unitText": "HOUR"}}, "30 EUR per hour"),
        ({"baseSalary": {"currency": "EUR", "minValue": 30, "maxValue": 40}}, "30–40 EUR"),
        ({"baseSalary": [amount(value=9), amount(value=10)]}, "9 EUR"),
        ({"baseSalary": "x" * 200}, None),
        ({"baseSalary": None}, None),
        ({"baseSalary": True}, None),
        ({"baseSalary": 10**400}, None),
    ],
)
def test_pay(fields: dict[str, Any], pay: str | None) -> None:
    assert told(**fields).get("pay") == pay


# ------------------------------------------------------------------------------------------------ microdata
MICRODATA = """
<div itemscope itemtype="https://schema.org/JobPosting">
 <h1 itemprop="title">Candle <b>Intern</b></h1>
 <meta itemprop="datePosted" content="Wed Aug 05 02:00:00 UTC 2026">
 <time itemprop="validThrough" datetime="2026-09-01">1 Sep</time>
 <span itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization"><b itemprop="name">Wick ASA</b>
 </span>
 <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place">
  <p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
   <span itemprop="addressLocality">Bergen</span>, <span itemprop="addressCountry">NO</span></p></div>
 <div itemprop="jobLocation" itemscope><p itemprop="address">Oslo</p></div>
 <div itemprop="description"><p>Wax.</p><ul><li>Python</li></ul></div>
 <div itemprop="qualifications"><ul><li>SQL</li></ul></div>
 <a itemprop="url" href="/jobs/1">here</a>
</div>"""


def test_microdata() -> None:
    (found,) = read(body=MICRODATA)
    assert found.fields == {
        "title": "Candle Intern",
        "organization": "Wick ASA",
        "locations": ("Bergen, NO", "Oslo"),
        "posted": "Wed Aug 05 02:00:00 UTC 2026",
        "deadline": "2026-09-01",
        "description": "Wax.\n- Python\n\nQualifications\n- SQL",
    }
    assert found.url == "/jobs/1"


def test_microdata_without_items_inside_the_posting() -> None:
    body = MICRODATA.replace(" itemscope", "").replace("<div itemtype", "<div itemscope itemtype")
    (found,) = read(body=body.replace('<p itemprop="address">Oslo</p>', "").replace('itemprop="jobLocation"', ""))
    assert found.fields["locations"] == ("Bergen, NO",)


def test_several_items_keep_their_properties_apart() -> None:
    found = read(body=MICRODATA + MICRODATA.replace("Candle", "Lamp").replace("Bergen", "Bodø"))
    assert [item.fields["title"] for item in found] == ["Candle Intern", "Lamp Intern"]
    assert found[1].fields["locations"] == ("Bodø, NO", "Oslo")


def test_json_ld_stands_over_microdata_and_microdata_over_damage() -> None:
    assert [item.fields["title"] for item in read({**JOB, "title": "From JSON"}, body=MICRODATA)] == ["From JSON"]
    assert [item.fields["title"] for item in read("oops", body=MICRODATA)] == ["Candle Intern"]


@pytest.mark.parametrize(
    "body", ['<p itemprop="title">x</p>', '<div itemscope itemtype="https://schema.org/JobPosting"></div>', "<p>x</p>"]
)
def test_properties_without_an_item_or_an_item_without_properties_are_nothing(body: str) -> None:
    with pytest.raises(ParseError):
        read(body=body)


# ------------------------------------------------------------------------------------------------ bounds
HEAVY = {
    "an unclosed script": '<script type="application/ld+json">' + '{"a": ' * 200_000,
    "many blocks": page(*['{"@type": "WebPage"}'] * 5000),
    "many faults": page("[" + '{"a" ' * 100_000),
    "a wide graph": page([{"a": n} for n in range(120_000)]),
    "many properties": "<div itemscope itemtype=JobPosting>" + "<b itemprop=title>x</b>" * 60_000,
    "deep properties": "<div itemscope itemtype=JobPosting>" + "<div>" * 400 + "<i itemprop=title>x</i>" * 5000,
    "names in names": page({**JOB, "title": json.loads('{"name": ' * 300 + '"x"' + "}" * 300)}),
    "references": page({**JOB, "description": "&amp;" * 100_000}),
    "openings of comments": page("<!-- // " * 100_000),
    "blank words": page({**JOB, "title": " " * 500_000}),
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_time_is_bounded(text: str) -> None:
    began = time.perf_counter()
    try:
        postings(URL, text)
    except ParseError as error:
        assert error.problem
    assert time.perf_counter() - began < 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("name", "value", "address", "addressLocality", "@type", "x")), inner, max_size=3
        )
    ),
    max_leaves=8,
)
NAMES = sorted(
    {*JOB, "validThrough", "employmentType", "baseSalary", "jobLocationType", "qualifications", "url"}
    | {"applicantLocationRequirements", "educationRequirements", "occupationalCategory", "unitText", "dateModified"}
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_whatever_a_posting_holds_its_fields_have_their_types(fields: dict[str, Any]) -> None:
    found = posting(_jsonld.named({**JOB, **fields}))
    assert set(found.fields) <= FOUND_FIELDS
    for name, value in found.fields.items():
        if name == "locations":
            assert all(isinstance(place, str) and place for place in value)
        else:
            assert isinstance(value, bool if name == "remote" else str), name
    assert isinstance(found.url, str)


@settings(max_examples=300)
@given(st.data())
def test_whatever_a_block_holds_it_is_read_or_refused(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 4))):
        cut = data.draw(st.integers(0, len(text)))
        scrap = data.draw(
            st.sampled_from(('"', "\\", "{", "}", ",", "\n", "&quot;", "]]>", "[", "")) | st.text(max_size=3)
        )
        text = text[:cut] + scrap + text[cut + data.draw(st.integers(0, 3)) :]
    try:
        _jsonld.read(text)
    except ValueError as error:
        assert str(error)


# ------------------------------------------------------------------------------------------------ recorded
def test_the_recorded_posting_of_icims(shared: Path) -> None:
    body = recorded(shared, "icims-job_jsonld_sig_intern.html").decode()
    (found,) = postings(URL, body)
    assert body.count("JobPosting") == 1
    assert "UNAVAILABLE" in body
    assert found.fields["locations"] == ("Hong Kong, HK",)
    assert found.fields["deadline"] == "2027-07-06T00:00:00.000Z"
    assert "employment" not in found.fields
    assert found.fields["description"].count("\n- ") == body.count("<li>")


def test_the_recorded_posting_of_a_company_of_its_own(shared: Path) -> None:
    body = recorded(shared, "jsonld_html-meta_software_engineer.html").decode()
    (found,) = postings(URL, body)
    assert len(found.fields["locations"]) >= 1
    assert all(place.endswith(", USA") for place in found.fields["locations"])
    assert "\n\nResponsibilities\n" in found.fields["description"]
    assert "&nbsp;" in body
    assert "&nbsp;" not in found.fields["description"]


@pytest.mark.parametrize(
    "name", ["html_pages-decathlon_talentclue_jobpage.html", "html_pages-emploitunisie_listing.html"]
)
def test_recorded_pages_without_a_posting_are_told_so(shared: Path, name: str) -> None:
    body = recorded(shared, name).decode("utf-8", "replace")
    assert "JobPosting" not in body
    with pytest.raises(ParseError, match="no JobPosting"):
        postings(URL, body)
