"""Sources that ask to be named: wherever a listing of theirs is shown, their words and a link stand beside it."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from _cli import run
from _line import site
from _matches import match
from making import NOW
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser
from test_adapters import CASES, outcome

from finder.digest import Collected, Digest, Room, choose
from finder.model import Match
from finder.render import digest as mail
from finder.render.page import page, why
from finder.render.records import as_csv, detail, record
from finder.render.search import listing
from finder.render.table import show_table
from finder.render.words import credited

ASK = {
    "adzuna": "Jobs by Adzuna",
    "arbeitnow": "via Arbeitnow",
    "best_of_ml": "via Best of ML Python (CC BY-SA 4.0)",
    "ecosystems": "via Ecosyste.ms (CC BY-SA 4.0)",
    "free_programming_books": "via free-programming-books (CC BY 4.0)",
    "gsoc": "via gsocorganizations.dev",
    "himalayas": "via Himalayas",
    "jobicy": "via Jobicy",
    "ossu": "via OSSU",
    "remoteok": "via Remote OK",
    "remotive": "via Remotive",
    "themuse": "via The Muse",
}
"""Adapter → the words that its source's terms or licence ask for."""

FEED, LIST = "https://remotive.example/jobs/1", "https://list.example/ml"
TOLD = [{"text": "via Remotive", "url": FEED}]
BOTH = [*TOLD, {"text": "via A List (CC BY 4.0)", "url": LIST}]


def thanked(told: Any = TOLD, **changes: Any) -> Match:
    return match(url=FEED, extra={"attribution": told}, **changes)


# ------------------------------------------------------------------------------------------------ where it is from
@pytest.mark.parametrize("kind", ASK)
def test_every_item_of_such_a_source_names_it_and_links_to_it(kind: str) -> None:
    found = [one for case in CASES if case.parent.name == kind for one in outcome(case).get("found", ())]
    assert found
    for one in found:
        (told,) = one["extra"]["attribution"]
        assert told["text"] == ASK[kind]
        assert told["url"].startswith("https://")


# ------------------------------------------------------------------------------------------------ where it is shown
def test_a_search_names_it() -> None:
    assert "· via Remotive" in listing([thanked()], {}, NOW)
    assert FEED in listing([thanked()], {}, NOW)
    assert "· via Remotive · via A List (CC BY 4.0)" in listing([thanked(BOTH)], {}, NOW)
    assert "via" not in listing([match()], {}, NOW)


def test_a_table_names_it_however_narrow() -> None:
    out = io.StringIO()
    show_table(Console(file=out, width=72, force_terminal=False), [thanked()], {}, NOW)
    assert "via Remotive" in out.getvalue()


def test_a_page_names_it_with_its_link() -> None:
    assert f"\ncredit      via Remotive: {FEED}\n" in page(thanked(), (), NOW, 80)
    assert f"\ncredit      via A List (CC BY 4.0): {LIST}\n" in page(thanked(BOTH), (), NOW, 80)
    assert "via Remotive" in why(thanked(), NOW)
    assert "credit" not in page(match(), (), NOW)


def test_records_hold_it() -> None:
    assert record(thanked(BOTH))["attribution"] == BOTH
    assert detail(thanked(), ())["attribution"] == TOLD
    assert record(match())["attribution"] == []
    assert as_csv([thanked(BOTH)]).rpartition(",")[2] == "via Remotive; via A List (CC BY 4.0)\r"


@pytest.mark.parametrize("extra", [{}, {"attribution": None}, {"attribution": []}, {"attribution": "Remotive"}])
def test_what_names_nobody_shows_nobody(extra: dict[str, Any]) -> None:
    assert credited(match(extra=extra).opening) == {}


def test_its_words_are_made_safe() -> None:
    told = [{"text": "via \x1b[31mRemo\u202etive", "url": "https://a.example/\x1b]8"}]
    assert credited(thanked(told).opening) == {"via [31mRemotive": "https://a.example/]8"}


# ------------------------------------------------------------------------------------------------ mail
def weekly(one: Match) -> Digest:
    return choose([one], (), profile="me", week="2026-W34", now=NOW, room=Room(), collected=Collected(NOW, 1))


def test_the_text_of_a_mail_names_it_under_its_link() -> None:
    lines = mail.text(weekly(thanked(BOTH))).splitlines()
    at = lines.index(f"   {FEED}")
    assert lines[at + 1 : at + 4] == ["   via Remotive", "   via A List (CC BY 4.0)", f"   {LIST}"]


def test_the_html_of_a_mail_links_it() -> None:
    links = LexborHTMLParser(mail.html(weekly(thanked(BOTH)))).css(".card a")
    assert [(link.text(), link.attributes["href"]) for link in links][1:] == [
        ("via Remotive", FEED),
        ("via A List (CC BY 4.0)", LIST),
    ]
    assert not [link for link in links if "nofollow" in (link.attributes.get("rel") or "")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://me:pw@a.example", "https://a.example/ b", ""])
def test_what_may_be_no_link_of_a_mail_is_words(url: str) -> None:
    one = weekly(thanked([{"text": "via <b>Remotive</b>", "url": url}]))
    tree = LexborHTMLParser(mail.html(one))
    assert "via <b>Remotive</b>" in [node.text() for node in tree.css(".card p")]
    assert len(tree.css(".card a")) == 1
    assert f"   {url}\n" not in mail.text(one)


# ------------------------------------------------------------------------------------------------ the whole line
def test_from_the_feed_to_the_person(capsys, tmp_path, monkeypatch):
    url = "https://remotive.com/remote-jobs/data/ml-intern-7"
    job = {"id": 7, "title": "Machine Learning Intern", "company_name": "Dipper", "url": url, "job_type": "internship"}
    with site() as made:
        made["/api/remote-jobs"] = json.dumps({"jobs": [job]})
        (tmp_path / "config.toml").write_text(
            "[sources]\ndefaults = false\n[verify]\nbudget = 0\n[fetch]\npace = 0\nallow_private = true\n"
            f'[[source]]\nname = "remote"\nadapter = "remotive"\nbase = "{made.origin.url}"\n',
            "utf-8",
        )
        monkeypatch.setenv("FINDER_CONFIG", str(tmp_path / "config.toml"))
        monkeypatch.setenv("FINDER_NOW", "2026-08-22T10:00:00Z")
        assert run(capsys, "refresh")[0] == 0
    (item,) = json.loads(run(capsys, "search", "--json")[1])
    assert (item["url"], item["attribution"]) == (url, [{"text": "via Remotive", "url": url}])
    assert "via Remotive" in run(capsys, "search")[1]
    assert re.search(rf"^credit +via Remotive: {re.escape(url)}$", run(capsys, "show", item["id"])[1], re.M)
