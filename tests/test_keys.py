"""A key from the configuration to the wire, by the whole command: who hears it, and where it may not be found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from _cli import run
from _line import Document, Site, site
from _origin import Asked, reply, to

KEYS = {"USAJOBS_KEY": "of-the-federation-1", "ADZUNA_KEY": "of-the-adder-2", "HERON_KEY": "of-the-heron-3"}

FEDERAL = {
    "MatchedObjectId": "1",
    "MatchedObjectDescriptor": {
        "PositionTitle": "Machine Learning Student Trainee",
        "PositionURI": "https://federal.example/1",
        "OrganizationName": "Office of Tides",
    },
}
OFFER = {
    "id": 1,
    "title": "Machine Learning Intern",
    "careers_url": "https://heron.example/o/ml-intern",
    "company_name": "Heron",
}


def ad(number: int) -> dict[str, str]:
    return {"id": str(number), "title": f"ML Intern {number}", "redirect_url": f"https://adder.example/{number}"}


def good() -> dict[str, Document]:
    """What the three services answer to whoever shows a key."""
    ads = "/v1/api/jobs/gb/search/"
    return {
        "/api/Search": json.dumps({"SearchResult": {"SearchResultItems": [FEDERAL], "SearchResultCountAll": 1}}),
        f"{ads}1": json.dumps({"results": [ad(n) for n in range(50)], "count": 51}),
        f"{ads}2": json.dumps({"results": [ad(50)], "count": 51}),
        "/api/offers/": json.dumps({"offers": [OFFER]}),
    }


SOURCES = """
[sources]
defaults = false
[fetch]
pace = 0
retries = 0
allow_private = true
[discovery]
enabled = false
[verify]
budget = 0
[[source]]
name = "federal"
adapter = "usajobs"
email = "ada@example.org"
token_env = "USAJOBS_KEY"
base = "{url}"
[[source]]
name = "ads"
adapter = "adzuna"
country = "gb"
app_id = "2b1c9f"
token_env = "ADZUNA_KEY"
base = "{url}"
[[source]]
name = "heron"
adapter = "recruitee"
subdomain = "heron"
token_env = "HERON_KEY"
base = "{url}"
"""


@contextmanager
def services(folder: Path, monkeypatch: pytest.MonkeyPatch, **documents: Document) -> Iterator[Site]:
    with site() as made:
        made.documents.update(good() | {f"/{path}": document for path, document in documents.items()})
        path = folder / "config.toml"
        path.write_text(SOURCES.format(url=made.origin.url), "utf-8")
        monkeypatch.setenv("FINDER_CONFIG", str(path))
        monkeypatch.setenv("FINDER_NOW", "2026-08-22T10:00:00Z")
        for name, key in KEYS.items():
            monkeypatch.setenv(name, key)
        yield made


def asked_at(made: Site, path: str) -> Asked:
    return next(asked for asked in made.asked if asked.path.startswith(path))


def no_key_in(text: str) -> None:
    assert not [key for key in KEYS.values() if key in text]


COMMANDS = (
    ("sources",),
    ("sources", "--json"),
    ("config", "show"),
    ("config", "validate"),
    ("search", "--json", "--limit", "99"),
    ("doctor",),
    *(("sources", "test", name, *flag) for name in ("federal", "ads", "heron") for flag in ((), ("--json",))),
)


# ------------------------------------------------------------------------------------------------ who hears it
def test_each_service_hears_its_own_key_as_it_wants_it(capsys, tmp_path, monkeypatch):
    with services(tmp_path, monkeypatch) as made:
        code, out, err = run(capsys, "refresh")
        assert (code, out) == (0, "3 sources: 3 ok. 53 new openings, 0 closed.\n"), err
        federal, heron = asked_at(made, "/api/Search"), asked_at(made, "/api/offers/")
        ads = [asked.target for asked in made.asked if "/search/" in asked.target]
        assert federal.headers["authorization-key"] == KEYS["USAJOBS_KEY"]
        assert federal.headers["user-agent"] == "ada@example.org"
        assert heron.headers["x-careers-sites-token"] == KEYS["HERON_KEY"]
        assert heron.headers["user-agent"].startswith("ml-finder/")
        assert len(ads) == 2
        assert all(f"app_key={KEYS['ADZUNA_KEY']}" in target and "app_id=2b1c9f" in target for target in ads)
        heard = [sum(key in asked.text for key in KEYS.values()) for asked in made.asked]
        assert heard == [1] * 4
        assert not [asked for asked in made.asked if "authorization" in asked.headers]
        no_key_in(" ".join(asked.text for asked in made.origin.asked if asked.path == "/robots.txt"))


def test_the_key_travels_on_the_next_day_too(capsys, tmp_path, monkeypatch):
    """What follows is remembered from the day before where a page is unchanged."""
    with services(tmp_path, monkeypatch) as made:
        run(capsys, "refresh")
        made.forget()
        monkeypatch.setenv("FINDER_NOW", "2026-08-23T10:00:00Z")
        assert run(capsys, "refresh")[0] == 0
        ads = [asked for asked in made.asked if "/search/" in asked.target]
        assert ["if-none-match" in asked.headers for asked in ads] == [True, True]
        assert all(f"app_key={KEYS['ADZUNA_KEY']}" in asked.target for asked in ads)


# ------------------------------------------------------------------------------------------------ where it is not
def test_no_command_and_no_file_holds_a_key(capsys, tmp_path, monkeypatch):
    with services(tmp_path, monkeypatch):
        no_key_in("".join(map(str, run(capsys, "refresh"))))
        for command in COMMANDS:
            no_key_in("".join(map(str, run(capsys, *command))))
        for file in tmp_path.rglob("*"):
            if file.is_file():
                no_key_in(file.read_bytes().decode("latin-1"))
        assert b"search/2?" in (tmp_path / "finder.db").read_bytes()  # what is remembered of the first page


ADDRESSES = dict(zip(("api/Search", "v1/api/jobs/gb/search/1", "api/offers/"), KEYS.values(), strict=True))
BAD: dict[str, Callable[[str], Document]] = {
    "refused": lambda key: reply(401, key.encode()),
    "repeated": lambda key: json.dumps({"error": f"who is {key}?"}),
    "sent on": lambda key: to(f"/login?key={key}"),
    "late": lambda key: reply(429, key.encode(), retry_after="9999"),
}


@pytest.mark.parametrize("how", BAD)
def test_no_failure_tells_a_key(how, capsys, tmp_path, monkeypatch):
    bad = {path: BAD[how](key) for path, key in ADDRESSES.items()}
    with services(tmp_path, monkeypatch, **bad) as made:
        code, out, err = run(capsys, "--debug", "refresh")
        assert code == 4
        assert made.asked
        no_key_in(out + err)
        for command in COMMANDS:
            no_key_in("".join(map(str, run(capsys, *command))))
        no_key_in((tmp_path / "finder.db").read_bytes().decode("latin-1"))


def test_records_of_an_answer_hold_no_key_that_it_repeats(capsys, tmp_path, monkeypatch):
    offer = OFFER | {"careers_url": "https://heron.example/o/ml?by=of-the-heron-3", "description": "of-the-heron-3"}
    with services(tmp_path, monkeypatch, **{"api/offers/": json.dumps({"offers": [offer, {"id": "of-the-heron-3"}]})}):
        assert run(capsys, "sources", "test", "heron")[1].startswith("heron (recruitee)")
        run(capsys, "refresh")
        no_key_in((tmp_path / "finder.db").read_bytes().decode("latin-1"))


# ------------------------------------------------------------------------------------------------ where it is missing
def test_a_missing_key_is_told_before_anything_is_asked(capsys, tmp_path, monkeypatch):
    with services(tmp_path, monkeypatch) as made:
        monkeypatch.delenv("ADZUNA_KEY")
        code, out, err = run(capsys, "refresh")
        assert (code, out) == (2, "")
        assert 'source "ads".token_env: the variable ADZUNA_KEY is not set: adzuna answers nobody without a key' in err
        assert made.origin.asked == []
        assert run(capsys, "refresh", "--source", "heron")[0] == 0


def test_recruitee_answers_without_a_key_until_it_does_not(capsys, tmp_path, monkeypatch):
    with services(tmp_path, monkeypatch) as made:
        monkeypatch.delenv("HERON_KEY")
        assert run(capsys, "refresh", "--source", "heron")[0] == 0
        assert "x-careers-sites-token" not in asked_at(made, "/api/offers/").headers
        made["/api/offers/"] = reply(401)
        monkeypatch.setenv("FINDER_NOW", "2027-02-11T10:00:00Z")
        code, out, err = run(capsys, "refresh", "--source", "heron")
        assert code == 4
        assert "401 Unauthorized" in out + err
