"""How well role and level are read from titles. See bench/quality.py, which asks for it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from measures import Predictions, Row, average_precision, f1, reliability, scores, table

from finder.classify.level import level_of
from finder.classify.role import RELEVANT, read_title

LEVEL_FILE = Path(__file__).resolve().parents[1] / "tests" / "level_titles.tsv"
"""Titles of our own in seven languages, half of them look-alikes: level, language, title."""


def judged(data: Path) -> tuple[dict[str, Any], Predictions]:
    """Role of blind-graded titles: F1 and average precision for grade ≥ 1 and grade = 2, and the time a title takes.

    `reliability`: by tenth of relevance the rows, the mean relevance, half the mean grade.
    """
    rows = table(data / "titles" / "judged.tsv")
    read_title("")  # reads the weights
    began = time.process_time()
    read = [read_title(row["title"], row["company"]) for row in rows]
    spent = time.process_time() - began
    grades = [int(row["grade"]) for row in rows]
    graded = [2 if one.role == "core" else int(one.relevance >= RELEVANT) for one in read]
    relevance = [one.relevance for one in read]
    result: dict[str, Any] = {"rows": len(rows), "us_per_title": round(spent / len(rows) * 1e6, 1)}
    for name, wanted in (("at_least_1", (1, 2)), ("equal_2", (2,))):
        true = [grade in wanted for grade in grades]
        result[name] = f1([grade in wanted for grade in graded], true) | {"ap": average_precision(relevance, true)}
    result["reliability"] = reliability(relevance, [grade / 2 for grade in grades])
    marks = [f"{grade} {one.relevance:.3f}" for grade, one in zip(graded, read, strict=True)]
    return result, [(tuple(row.values()), mark) for row, mark in zip(rows, marks, strict=True)]


def titles(data: Path) -> tuple[dict[str, Any], Predictions]:
    """Role against the labels of lists, by tier; rows that were graded blind are left out.

    The weights were learnt from such labels: this tells how the two agree, not how good either is.
    """
    graded = data / "titles" / "judged.tsv"
    known = {(row["company"], row["title"]) for row in table(graded)} if graded.exists() else set()
    rows = [row for row in table(data / "titles" / "titles.tsv") if (row["company"], row["title"]) not in known]
    relevance = [read_title(row["title"], row["company"]).relevance for row in rows]
    result: dict[str, Any] = {"rows": len(rows)}
    for tier in sorted({row["tier"] for row in rows}):
        here = [index for index, row in enumerate(rows) if row["tier"] == tier]
        true = [rows[index]["label"] == "1" for index in here]
        result[tier] = f1([relevance[index] >= RELEVANT for index in here], true) | {"rows": len(here)}
    return result, [(tuple(row.values()), f"{score:.3f}") for row, score in zip(rows, relevance, strict=True)]


def levels() -> tuple[dict[str, Any], Predictions]:
    """Level of our own titles. A row is right if the level is the one named, and "other" is no level."""
    rows = table(LEVEL_FILE)
    read = [level_of(row["title"]).name for row in rows]
    result: dict[str, Any] = {"self_made": True, "rows": len(rows)} | _named(rows, read)
    result["lookalikes"] = sum(row["level"] == "other" for row in rows)
    for language in sorted({row["language"] for row in rows}):
        here = [index for index, row in enumerate(rows) if row["language"] == language]
        result[language] = _named([rows[index] for index in here], [read[index] for index in here])["f1"]
    return result, [(tuple(row.values()), name) for row, name in zip(rows, read, strict=True)]


def _named(rows: list[Row], read: list[str]) -> dict[str, float]:
    right = sum(name == row["level"] != "other" for row, name in zip(rows, read, strict=True))
    return scores(right, sum(name != "other" for name in read), right, sum(row["level"] != "other" for row in rows))
