"""The recorded lists, whole, with their rows counted another way. Skipped where there is no recording."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from finder.model import Fetched, Page, Request
from scrapers import json_list, table_list

URL = "https://raw.example.net/list"


def recorded(shared: Path, name: str) -> bytes:
    path = shared / "internet" / "sites" / "lists" / name
    if not path.is_file():
        pytest.skip(f"{name} is not recorded here")
    return path.read_bytes()


def answer(body: bytes) -> Fetched:
    return Fetched(Request(URL), 200, body, datetime(2026, 8, 22, tzinfo=UTC))


# --------------------------------------------------------------------------------------------- JSON
DOCUMENTS = {
    "simplify-summer2026-listings.json": 1728,
    "simplify_newgrad_listings.json": 1594,
    "simplify_summer2025_listings.json": 6000,
    "vanshb03-summer2026-listings.json": 328,
    "applyguy_internships.json": 207,
    "zshah_api_jobs.json": 250,
    "zapply_internships_archive_2025-12.json": 1205,
    "zapply_internships_new_jobs.json": 3,
}


def document(shared: Path, name: str) -> tuple[Page, list[dict[str, Any]]]:
    body = recorded(shared, name)
    rows = json.loads(body)
    return json_list.parse(answer(body), json_list.Options(URL)), rows["jobs"] if isinstance(rows, dict) else rows


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_row_of_a_recorded_list_is_found_or_said_to_be_skipped(shared: Path, name: str) -> None:
    page, rows = document(shared, name)
    assert len(page.found) + len(page.skipped) == len(rows) == DOCUMENTS[name]
    assert len(page.skipped) == sum(row.get("job_title") == "" for row in rows)
    assert sum(bool(found.closed) for found in page.found) == sum(row.get("active") is False for row in rows)
    assert sum(found.hidden for found in page.found) == sum(row.get("is_visible") is False for row in rows)
    assert len({found.key for found in page.found}) == len(page.found)


def test_the_recorded_list_of_2025_keeps_its_odd_rows(shared: Path) -> None:
    page, rows = document(shared, "simplify_summer2025_listings.json")
    ids = Counter(row["id"] for row in rows)
    assert sum(bool(found.closed) for found in page.found) == 4884
    assert sum(not found.url for found in page.found) == 20
    assert sum("#" in found.key for found in page.found) == sum(n for n in ids.values() if n > 1) == 4
    assert {found.key.partition("#")[0] for found in page.found} == set(ids)


def test_recorded_lists_keep_their_skills_and_terms(shared: Path) -> None:
    page, rows = document(shared, "zshah_api_jobs.json")
    assert sum(len(found.skills) for found in page.found) == sum(len(row["skills"] or ()) for row in rows)
    assert sum(found.remote is True for found in page.found) == sum(row["remote"] for row in rows)
    assert sum(not found.terms for found in page.found) == sum(row["season"] == "Not stated" for row in rows)


# --------------------------------------------------------------------------------------------- tables
TABLES = {
    "canada_hanzili_README.md": 17,
    "canada_negarprh_README.md": 62,
    "europe_lacorte_README.md": 124,
    "europe_lacorte_internships_table.md": 132,
    "jobright_data_README.md": 100,
    "simplify_summer2025_README_pipe.md": 2723,
    "simplify_summer2026_README-Off-Season_pipe.md": 1560,
    "speedyapply_AI_NEW_GRAD_USA.md": 234,
    "speedyapply_AI_README.md": 143,
    "surya_data-science-ai-machine-learning.md": 710,
    "surya_product-management.md": 75,
    "surya_quantitative-finance.md": 149,
    "surya_software-engineering.md": 571,
    "zapply_newgrad_swe_README.md": 434,
}


def table(shared: Path, name: str) -> tuple[Page, str]:
    body = recorded(shared, name)
    return table_list.parse(answer(body), table_list.Options(URL)), body.decode()


def data_lines(text: str) -> list[str]:
    """Lines of pipe tables that are neither header nor rule nor legend, the arrow's company put in."""
    lines, company = [], ""
    for line in re.findall(r"^[ \t]*\|.*$", text, re.MULTILINE):
        first = line.strip().strip("|").split("|")[0].strip()
        if re.fullmatch(r"[\s|:-]+", line) or first.lower() in ("company", "title", "emoji", "🔥", "💤", "🆕"):
            continue
        company = company if first == "↳" else first
        lines.append(line.strip().replace("↳", company))
    return lines


@pytest.mark.parametrize("name", TABLES)
def test_each_row_of_a_recorded_list_is_found(shared: Path, name: str) -> None:
    page, text = table(shared, name)
    lines = data_lines(text)
    assert not page.skipped
    assert len(page.found) == len(set(lines)) == TABLES[name]
    assert len({found.key for found in page.found}) == len(page.found)
    assert sum(bool(found.closed) for found in page.found) == sum("🔒" in line for line in set(lines))
    assert all(bool(found.url) != bool(found.closed) for found in page.found)


def test_the_recorded_html_table_is_read(shared: Path) -> None:
    page, text = table(shared, "simplify_summer2026_README_html_head.md")
    assert len(page.found) == text.count("<tr>\n<td>") == 7
    assert not page.skipped
    assert all(found.url and found.posted for found in page.found)


def test_the_recorded_list_of_programs_tells_only_what_it_knows_to_be_open_or_closed(shared: Path) -> None:
    page, text = table(shared, "zapply_underclassmen_README.md")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in re.findall(r"^\|.*$", text, re.MULTILINE)]
    told = {row[0]: row[1] for row in rows if row[1].startswith(("✅", "❌"))}
    assert not page.skipped
    assert len(page.found) == len(told) == 23
    assert sum(bool(found.closed) for found in page.found) == sum("❌" in status for status in told.values()) == 8
    assert not any(found.organization for found in page.found)
    assert all(any(found.title in name for name in told) for found in page.found)
