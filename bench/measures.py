"""Scores that the measuring scripts share, and the tables they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

Row = dict[str, str]
Predictions = list[tuple[Sequence[str], str]]


def f1(predicted: Sequence[bool], true: Sequence[bool]) -> dict[str, float]:
    """Precision, recall and their harmonic mean."""
    hits = sum(mine and theirs for mine, theirs in zip(predicted, true, strict=True))
    return scores(hits, sum(predicted), hits, sum(true))


def scores(right: int, predicted: int, found: int, true: int) -> dict[str, float]:
    """Precision from what was predicted, recall from what is true, and their harmonic mean."""
    precision, recall = right / max(1, predicted), found / max(1, true)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def average_precision(foretold: Sequence[float], true: Sequence[bool]) -> float:
    """Mean precision at each true row, best score first; equal scores keep the order of the file."""
    hits, total = 0, 0.0
    for rank, index in enumerate(sorted(range(len(foretold)), key=lambda row: -foretold[row]), 1):
        if true[index]:
            hits += 1
            total += hits / rank
    return round(total / max(1, hits), 4)


def reliability(foretold: Sequence[float], found: Sequence[float]) -> list[tuple[int, float, float]]:
    """By tenth of what was foretold: rows, mean foretold, mean found."""
    tenths: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for pair in zip(foretold, found, strict=True):
        tenths[min(9, int(pair[0] * 10))].append(pair)
    return [
        (
            len(pairs),
            round(sum(one for one, _ in pairs) / len(pairs), 2),
            round(sum(two for _, two in pairs) / len(pairs), 2),
        )
        for _, pairs in sorted(tenths.items())
    ]


def table(path: Path) -> list[Row]:
    """A TSV with a header row, without quoting."""
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=False)) for line in lines]
