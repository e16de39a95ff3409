"""How well the rules read labelled real data: `python bench/quality.py --data DIR [--json] [--predictions OUT]`.

DIR may hold, each of them or none:
    titles/judged.tsv     grade, company, title       graded blind: 2 core, 1 adjacent, 0 neither
    titles/titles.tsv     label, tier, company, title, …   labelled by lists; reported by tier
    skills/*.json         SkillSpan sentences (JSON lines: tokens, tags_knowledge, source)
    duplicates/pairs.tsv  one posting in two lists, its job id the label; with addresses, and blanked
    locations/pairs.tsv   normalised_by_list, as_written_by_employer   the place of one posting, written twice
    ads/*.jsonl.gz        full texts (JSON lines: title, organization, url, description)
What is absent is named under `skipped`. Levels are measured on tests/level_titles.tsv, which is our own. OUT receives
one TSV a task: input columns, the row's index, the prediction.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measures import Predictions, scores, table
from read_places import locations
from read_titles import judged, levels, titles
from same_opening import duplicates as of_rows

from finder.classify import classify
from finder.classify.knowledge import knowledge
from finder.classify.text import outline
from finder.model import Opening

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def skill_spans(data: Path) -> tuple[dict[str, Any], Predictions]:
    """Words for knowledge in sentences of tech ads: our spans that touch a gold span, gold spans that we touch."""
    result: dict[str, Any] = {}
    predictions: Predictions = []
    for path in sorted((data / "skills").glob("*.json")):
        counts = [0, 0, 0, 0]
        texts: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["source"] == "tech":
                text, gold = _gold(row["tokens"], row["tags_knowledge"])
                ours = _spans(text)
                texts.append(text)
                predictions.append(((path.stem, str(row["idx"]), text), json.dumps(ours)))
                right = sum(any(_touch(mine, true) for true in gold) for mine in ours)
                found = sum(any(_touch(mine, true) for mine in ours) for true in gold)
                counts = [sum(pair) for pair in zip(counts, (right, len(ours), found, len(gold)), strict=True)]
        result[path.stem] = scores(*counts) | {"sentences": len(texts), "texts_of_4400_per_s": _speed(texts)}
    return result, predictions


def _gold(tokens: Sequence[str], tags: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    place = 0
    for token, tag in zip(tokens, tags, strict=True):
        if tag == "B" or (tag == "I" and not spans):
            spans.append((place, place + len(token)))
        elif tag == "I":
            spans[-1] = (spans[-1][0], place + len(token))
        place += len(token) + 1
    return " ".join(tokens), spans


def _spans(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in knowledge(outline(text))]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _speed(sentences: Sequence[str]) -> int:
    """Texts of 4.4 kB a second, made by joining the sentences."""
    whole = "\n".join(sentences)
    texts = [whole[start : start + 4400] for start in range(0, len(whole), 4400)]
    began = time.process_time()
    for text in texts:
        knowledge(outline(text))
    return round(len(texts) / (time.process_time() - began))


def ads(data: Path) -> tuple[dict[str, Any], Predictions]:
    """Whole understanding of full texts: the time it takes and how much it finds. There are no labels."""
    rows = [row for path in sorted((data / "ads").glob("*.jsonl.gz")) for row in _json_lines(path)]
    openings = [_opening(row, index) for index, row in enumerate(rows)]
    began = time.process_time()
    facets = [classify(opening) for opening in openings]
    spent = time.process_time() - began
    result = {
        "rows": len(rows),
        "ms_per_ad": round(spent / max(1, len(rows)) * 1e3, 2),
        "described": sum(one.described for one in facets),
        "needs_per_ad": round(sum(len(one.needs) for one in facets) / max(1, len(rows)), 2),
    }
    columns = [(row["organization"], row["title"], row["url"]) for row in rows]
    found = [f"{one.role} {one.level} {'; '.join(sorted({need.skill for need in one.needs}))}" for one in facets]
    return result, list(zip(columns, found, strict=True))


def duplicates(data: Path) -> tuple[dict[str, Any], Predictions]:
    """Which records of different lists are one posting: with their addresses, and from text alone."""
    return of_rows(table(data / "duplicates" / "pairs.tsv"))


def _json_lines(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _opening(row: dict[str, Any], index: int) -> Opening:
    words = {key: str(row[key]) for key in ("title", "organization", "url", "description")}
    return Opening(id=str(index), kind="job", first_seen=WHEN, last_seen=WHEN, **words)


Task = Callable[[Path], tuple[dict[str, Any], Predictions]]
TASKS: dict[str, tuple[str, Task]] = {
    "judged": ("titles/judged.tsv", judged),
    "titles": ("titles/titles.tsv", titles),
    "skills": ("skills/*.json", skill_spans),
    "duplicates": ("duplicates/pairs.tsv", duplicates),
    "locations": ("locations/pairs.tsv", locations),
    "ads": ("ads/*.jsonl.gz", ads),
}


def measure(data: Path) -> tuple[dict[str, Any], dict[str, Predictions]]:
    """Every task whose data is there, our own titles for levels, and the names of what is absent under `skipped`."""
    report: dict[str, Any] = {}
    predictions: dict[str, Predictions] = {}
    skipped: list[str] = []
    for name, (pattern, task) in TASKS.items():
        if any(data.glob(pattern)):
            report[name], predictions[name] = task(data)
        else:
            skipped.append(f"{name}: no {pattern}")
    report["levels"], predictions["levels"] = levels()
    return report | {"skipped": skipped}, predictions


def write_predictions(folder: Path, predictions: dict[str, Predictions]) -> None:
    """One TSV a task: the input columns, the index of the row, the prediction."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in predictions.items():
        lines = ["\t".join((*columns, str(index), mark)) for index, (columns, mark) in enumerate(rows)]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the predictions where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--predictions", type=Path, metavar="OUT")
    given = parser.parse_args(arguments)
    report, predictions = measure(given.data)
    if given.predictions:
        write_predictions(given.predictions, predictions)
    print(json.dumps(report, ensure_ascii=False) if given.json else _lines(report))
    return 0


def _lines(report: dict[str, Any]) -> str:
    return "\n".join(f"{name:9} {json.dumps(value, ensure_ascii=False)}" for name, value in report.items())


if __name__ == "__main__":
    raise SystemExit(main())
