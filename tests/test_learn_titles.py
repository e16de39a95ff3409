"""Learning what words of titles weigh, on a small invented table; and reading the weights that are shipped."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from finder.classify import role_weights
from finder.classify.role_weights import BIAS, WEIGHTS_FILE, features, odds, weights, words_of

SCRIPT = Path(__file__).parents[1] / "bench" / "learn_titles.py"

COMPANIES = ("Oakfen", "Quillmark", "Brightharbour", "Fennick", "Larkmoor")
ROWS = [
    *((f"Seed Learning Intern {number}", company, "speedyapply:1") for number, company in enumerate(COMPANIES)),
    *((f"Tax Intern {number}", company, "jobright:0,speedyapply:0") for number, company in enumerate(COMPANIES)),
    ("Oakfenish Learning Intern", "Oakfen", "speedyapply:1"),
]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("learn_titles", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["learn_titles"] = module
    path = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = path
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "titles"
    folder.mkdir()
    lines = [f"1\tsingle\t{company}\t{title}\tOslo\t{origins}" for title, company, origins in ROWS]
    header = "label\ttier\tcompany\ttitle\tlocation\torigins"
    (folder / "titles.tsv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("origins", "least", "most"),
    [
        ("jobright:1,speedyapply:1", 0.95, 0.95),
        ("jobright:0,speedyapply:1", 0.9, 1),
        ("jobright:0,simplify26:1", 0.7, 0.8),
        ("jobright:1,speedyapply:0", 0.4, 0.6),
        ("speedyapply:1", 0.8, 0.9),
        ("speedyapply:0", 0.2, 0.2),
        ("jobright:0", 0.1, 0.1),
        ("jobright:0,simplify26:0", 0.05, 0.05),
        ("", 0.5, 0.5),
    ],
)
def test_a_yes_is_believed_before_a_no(script: ModuleType, origins: str, least: float, most: float) -> None:
    assert least <= script.chance_of(origins) <= most


@pytest.mark.parametrize(
    ("title", "origins", "good"),
    [
        ("Data Engineer Intern", "speedyapply:0", False),
        ("Data Engineer Intern", "speedyapply:1", True),
        ("ML Intern", "jobright:0", False),
        ("Emailing Intern", "jobright:0", True),
        ("Research Assistant", "jobright:1", False),
        ("Research Assistant", "jobright:1,simplify26:1", True),
    ],
)
def test_labels_known_to_be_wrong_teach_nothing(script: ModuleType, title: str, origins: str, good: bool) -> None:
    assert bool(script.teaches({"title": title, "origins": origins})) is good


def test_words_that_several_companies_use_are_weighed(script: ModuleType, data: Path) -> None:
    model = script.learn(script.examples(data))
    assert model.weights["learning"] > 0.3
    assert model.weights["tax"] < -0.3
    assert model.weights["tax"] == min(weight for word, weight in model.weights.items() if word != BIAS)
    assert "oakfenish" not in model.weights
    assert model.chance(["seed", "learning"]) > 0.5 > 0.4 > model.chance(["tax", "intern"])


def test_titles_graded_blind_are_left_out_whatever_the_company(script: ModuleType, data: Path) -> None:
    (data / "titles" / "judged.tsv").write_text("grade\tcompany\ttitle\n0\tElse\ttax intern 0\n", "utf-8")
    assert len(script.examples(data)) == len(ROWS) - 1


def test_no_company_helps_to_foretell_its_own_titles(script: ModuleType) -> None:
    rows = [script.Example(company, ("word",), float(company == "a")) for company in "aaaaaabcdefgh"]
    foretold = script.crossed(rows, 4)
    assert max(foretold[:6]) < 0.5


def test_spellings_of_a_company_share_a_fold(script: ModuleType) -> None:
    assert script.company_key("Oakfen, Inc.") == script.company_key("OAKFEN") != script.company_key("Oakfield")


def test_reliability_by_tenth(script: ModuleType) -> None:
    assert script.reliability([0.05, 0.06, 0.95, 1.0], [0, 1, 1, 1]) == [
        (2, pytest.approx(0.055), 0.5),
        (2, pytest.approx(0.975), 1.0),
    ]


def test_the_file_is_the_same_each_time_and_is_read_back(
    script: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "weights.tsv"
    monkeypatch.setattr(script, "WEIGHTS_FILE", out)
    monkeypatch.setattr(role_weights, "WEIGHTS_FILE", out)
    assert script.main(["--data", str(data), "--write", "--folds", "2"]) == 0
    first = out.read_text("utf-8")
    assert "foretold" in capsys.readouterr().out
    script.main(["--data", str(data), "--write"])
    assert out.read_text("utf-8") == first
    assert first.startswith("# Learnt by bench/learn_titles.py")
    weights.cache_clear()
    try:
        assert odds("Learning the ropes") == pytest.approx(weights()["learning"])
    finally:
        weights.cache_clear()


# ------------------------------------------------------------------------------------------------ what is shipped
def test_shipped_weights_are_plain_numbers_with_their_source() -> None:
    text = WEIGHTS_FILE.read_text("utf-8")
    assert len(text.encode()) < 200_000
    assert "jobright-ai, speedyapply, SimplifyJobs" in text
    assert len(weights()) > 1_000
    assert all(abs(weight) < 5 for weight in weights().values())
    assert all(len(words.split()) <= 2 for words in weights())


def test_no_title_is_kept() -> None:
    assert max(len(words) for words in weights()) < 45


def test_shipped_weights_speak_for_the_field_and_against_others() -> None:
    assert odds("Machine Learning Intern") > 1 > 0 > odds("Mechanical Maintenance Intern")
    assert odds("Zzyzx") == 0 == odds("")


def test_words_and_neighbours_once_each() -> None:
    assert words_of("C++ / AI-first: 2027 AI") == ["c++", "ai", "first", "ai"]
    assert list(features("AI, AI research")) == ["ai", "research", "ai ai", "ai research"]


def test_weights_are_read_by_no_command_that_only_reads() -> None:
    code = "import sys, finder.cli.main; print('finder.classify.role_weights' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SCRIPT.parents[1]
    )
    assert ran.stdout.strip() == "False"


def test_weights_are_read_when_first_asked_for() -> None:
    code = (
        "from finder.classify.role_weights import weights; import finder.classify; "
        "print(weights.cache_info().currsize); finder.classify.read_title('AI'); print(weights.cache_info().currsize)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SCRIPT.parents[1]
    )
    assert ran.stdout.split() == ["0", "1"]
