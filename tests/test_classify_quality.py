"""The measuring script on a small invented data folder: its figures, its predictions, and what it says is missing."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "bench" / "quality.py"

JUDGED = (
    "grade\tcompany\ttitle\n2\tQuillmark\tMachine Learning Intern\n0\tQuillmark\tTax Intern\n2\tOakfen\tBotany Intern\n"
)
TITLES = (
    "label\ttier\tcompany\ttitle\tlocation\torigins\tjudged\n"
    "1\tagreed_rule\tOakfen\tData Scientist Intern\tOslo\ta:1\t\n"
    "0\tagreed_rule\tOakfen\tAI Intern\tOslo\ta:0\t\n"
    "1\tsingle\tQuillmark\tTax Intern\tOslo\ta:1\t0\n"
)
SPANS = [
    {
        "idx": 1,
        "tokens": ["Knowledge", "of", "Python", "and", "rowing"],
        "tags_knowledge": ["O", "O", "B", "O", "B"],
        "source": "tech",
    },
    {"idx": 1, "tokens": ["Experience", "with", "Kafka"], "tags_knowledge": ["O", "O", "O"], "source": "tech"},
    {"idx": 1, "tokens": ["Senior", "Java", "Developer"], "tags_knowledge": ["O", "O", "O"], "source": "tech"},
    {"idx": 2, "tokens": ["Java"], "tags_knowledge": ["O"], "source": "house"},
]
ADS = [
    {
        "title": "Intern",
        "organization": "Oakfen",
        "url": "https://oakfen.example/1",
        "description": "Python is required.",
    }
]


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = path
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("titles", "skills", "ads"):
        (folder / name).mkdir(parents=True)
    (folder / "titles" / "judged.tsv").write_text(JUDGED, encoding="utf-8")
    (folder / "titles" / "titles.tsv").write_text(TITLES, encoding="utf-8")
    (folder / "skills" / "small.json").write_text("\n".join(map(json.dumps, SPANS)), encoding="utf-8")
    with gzip.open(folder / "ads" / "ads.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, ADS)))
    return folder


def test_figures_of_each_task(quality: ModuleType, data: Path) -> None:
    report, _ = quality.measure(data)
    assert {"judged", "titles", "skills", "ads"}.isdisjoint(_names(report["skipped"]))
    assert report["judged"]["equal_2"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "ap": 0.8333}
    assert report["judged"]["at_least_1"]["f1"] == 0.6667
    assert report["titles"]["agreed_rule"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "rows": 2}
    assert "single" not in report["titles"]
    small = report["skills"]["small"]
    assert (small["precision"], small["recall"], small["sentences"]) == (0.5, 0.5, 3)
    assert (report["ads"]["rows"], report["ads"]["described"], report["ads"]["needs_per_ad"]) == (1, 1, 1.0)


def test_absent_data_is_named(quality: ModuleType, data: Path) -> None:
    (data / "titles" / "judged.tsv").unlink()
    (data / "ads" / "ads.jsonl.gz").unlink()
    report, predictions = quality.measure(data)
    assert {"judged: no titles/judged.tsv", "ads: no ads/*.jsonl.gz"} <= set(report["skipped"])
    assert set(predictions) == {"titles", "skills", "levels"}
    assert report["titles"]["single"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "rows": 1}


def test_nothing_at_all_is_still_a_report(quality: ModuleType, tmp_path: Path) -> None:
    report, predictions = quality.measure(tmp_path)
    assert list(report) == ["levels", "skipped"]
    assert _names(report["skipped"]) == list(quality.TASKS)
    assert set(predictions) == {"levels"}


def _names(skipped: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in skipped]


def test_levels_are_measured_on_titles_of_our_own(quality: ModuleType) -> None:
    report, predictions = quality.levels()
    assert report["self_made"]
    assert report["rows"] == len(predictions) >= 700
    assert report["lookalikes"] >= 0.4 * report["rows"]
    assert report["f1"] >= 0.995
    assert min(report[language] for language in ("en", "de", "fr", "es", "nl", "it", "pt")) >= 0.98


def test_relevance_is_told_beside_the_grades_it_was_given(quality: ModuleType, data: Path) -> None:
    report, _ = quality.judged(data)
    bins = report["reliability"]
    assert sum(rows for rows, _, _ in bins) == report["rows"]
    assert bins[-1][2] == 1.0


def test_json_and_predictions(
    quality: ModuleType, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert quality.main(["--data", str(data), "--json", "--predictions", str(out)]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"judged", "titles", "skills", "ads", "levels", "skipped"}
    rows = (out / "judged.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.split("\t")[:4] for row in rows] == [
        ["2", "Quillmark", "Machine Learning Intern", "0"],
        ["0", "Quillmark", "Tax Intern", "1"],
        ["2", "Oakfen", "Botany Intern", "2"],
    ]
    assert [row.split("\t")[4].split()[0] for row in rows] == ["2", "0", "0"]
    spans = (out / "skills.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert spans.endswith("Knowledge of Python and rowing\t0\t[[13, 19]]")


def test_lines_for_people(quality: ModuleType, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quality.main(["--data", str(data)])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "judged",
        "titles",
        "skills",
        "ads",
        "levels",
        "skipped",
    ]


def test_average_precision_is_that_of_the_book(quality: ModuleType) -> None:
    measures = sys.modules["measures"]
    assert measures.average_precision([0.9, 0.8, 0.7, 0.6], [True, False, True, False]) == pytest.approx(0.8333)
    assert measures.average_precision([0.1, 0.2], [False, False]) == 0.0


def test_real_titles_are_read_as_well_as_promised(quality: ModuleType, shared: Path) -> None:
    data = shared / "eval"
    if not (data / "titles" / "judged.tsv").exists():
        pytest.skip("no labelled titles here")
    report, _ = quality.judged(data)
    assert report["at_least_1"]["f1"] >= 0.95
    assert report["at_least_1"]["ap"] >= 0.97
    assert report["equal_2"]["f1"] >= 0.88
    assert report["equal_2"]["ap"] >= 0.83
