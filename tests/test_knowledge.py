"""Words that name knowledge: what is found, what is only a name of a job or a team, and how it is learnt."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from finder.classify.knowledge import (
    LEARNT_FILE,
    LISTED_FILE,
    SIGNS,
    UNTELLING,
    also_named,
    knowledge,
    listed,
    reader,
    seen_around,
    shipped,
)
from finder.classify.text import folded, outline
from finder.skills import skills

SCRIPT = Path(__file__).parents[1] / "bench" / "learn_skills.py"


def words(text: str) -> list[str]:
    return [text[one.start : one.end] for one in knowledge(outline(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Knowledge of Python, SQL and nginx", ["Python", "SQL", "nginx"]),
        ("Experience with Docker", ["Docker"]),
        ("Fluent in English and German", ["English", "German"]),
        ("Pursuing a degree in computer science or physics", ["computer science", "physics"]),
        ("Experience with Terraform, Packer and Vagrant", ["Terraform", "Packer", "Vagrant"]),
        ("Strong communication skills", []),
        ("", []),
    ],
)
def test_words_for_knowledge_are_found(text: str, found: list[str]) -> None:
    assert all(any(one in mine for mine in words(text)) for one in found)
    assert bool(words(text)) == bool(found)


@pytest.mark.parametrize(
    "text",
    ["Senior Java Developer", "Cloud Engineer", "Join our Data Science team", "Our DevOps Engineers welcome you"],
)
def test_names_of_jobs_and_teams_are_none(text: str) -> None:
    assert words(text) == []


def test_a_name_beside_known_words_is_one_too() -> None:
    by = reader([], {"(name)": 9.0}, {})
    found = knowledge(outline("Docker, Quollwork and Kafka"), by)
    assert [(one.origin, one.skill) for one in found if one.origin == "name"] == [("name", "")]
    assert "Quollwork" in {"Docker, Quollwork and Kafka"[one.start : one.end] for one in found}


def test_candidates_do_not_overlap_and_are_rated_by_trust_and_signs() -> None:
    text = "Experience with computer science and Python"
    by = reader([], {"computer science": 2.0, "python": -1.0}, {"before=and": 3.0})
    assert [text[one.start : one.end] for one in knowledge(outline(text), by)] == ["computer science", "Python"]
    assert [text[one.start : one.end] for one in knowledge(outline(text), reader([], {"python": -1.0}, {}))] == []


def test_signs_of_a_candidate() -> None:
    ((one, signs),) = seen_around(outline("We hire. Good knowledge of Python for engineers."), reader([], {}, {}))
    assert one.skill == "Python"
    seen = dict(zip(SIGNS, signs, strict=True))
    assert seen == {
        "opens": "good",
        "length": "0",
        "origin": "skill",
        "list": "--",
        "case": "A",
        "before": "of",
        "after": "for",
        "next": "a",
        "role": "2",
        "cue": "knowledge",
        "cue at": "0",
    }


def test_nothing_beyond_the_sentence_counts() -> None:
    alone = words("Knowledge of nginx and Docker.")
    assert (
        words("We are a team of engineers. Knowledge of nginx and Docker. Our cloud team hires.")[: len(alone)] == alone
    )


def test_what_is_no_skill_is_also_named_each_once_in_the_order_of_the_text() -> None:
    text = "Fluent in English. Knowledge of WordPress and Python. Experience with wordpress and Photoshop."
    assert also_named(outline(text)) == ("English", "WordPress", "Photoshop")


def test_vague_words_are_not_told() -> None:
    assert also_named(outline("Experience in programming and testing, a bachelor's degree")) == ()


def test_words_listed_by_hand_are_folded_and_no_skills() -> None:
    aliases = {alias for skill in skills().values() for alias in skill.aliases}
    assert all(folded(phrase) == phrase for phrase in listed())
    assert not aliases & set(listed())
    assert set(UNTELLING) < set(listed().values())
    assert sum(map(len, tomllib.loads(LISTED_FILE.read_text("utf-8")).values())) == len(listed())


def test_what_was_learnt_is_small_and_names_its_source() -> None:
    text = LEARNT_FILE.read_text("utf-8")
    assert len(text) < 60_000
    assert "SkillSpan" in text.splitlines()[0]
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert {row[0] for row in rows} == {"term", "trust", "sign"}
    assert all(len(row[1].split()) <= 3 for row in rows if row[0] == "term")
    assert len(rows) == len({(row[0], row[1]) for row in rows})


def test_it_is_read_once() -> None:
    assert shipped() is shipped()


# ------------------------------------------------------------------------------------------------ learning
ADS = [
    ("tech", 1, "Knowledge of Quollwork and Python", "OOBOB"),
    ("tech", 2, "Knowledge of Quollwork", "OOB"),
    ("tech", 3, "Knowledge of Quollwork and tea", "OOBOO"),
    ("tech", 4, "We drink tea", "OOO"),
    ("house", 5, "Our quiet corner", "OOO"),
    ("house", 6, "Knowledge of double entry bookkeeping", "OOBII"),
]


@pytest.fixture(scope="module")
def learner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("learn_skills", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    sys.modules["learn_skills"] = module
    spec.loader.exec_module(module)
    sys.path[:] = path
    return module


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "train.json"
    rows = [
        {"source": source, "idx": idx, "tokens": text.split(), "tags_knowledge": list(tags)}
        for source, idx, text, tags in ADS
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_phrases_of_several_ads_are_learnt(learner: ModuleType, labelled: Path) -> None:
    learnt = learner.learn(learner.read(labelled))
    assert learnt.terms == ["quollwork"]
    assert learnt.trust["quollwork"] > learnt.trust["(learnt)"]
    assert {"(skill)", "(listed)", "(learnt)", "(name)"} <= set(learnt.trust)


def test_spans_are_put_together_from_their_tags(learner: ModuleType, labelled: Path) -> None:
    last = learner.read(labelled)[-1]
    assert [last.layout.text[start:end] for start, end in last.gold] == ["double entry bookkeeping"]


def test_the_same_ads_teach_the_same(learner: ModuleType, labelled: Path) -> None:
    first, second = (learner.text_of(learner.learn(learner.read(labelled))) for _ in range(2))
    assert first == second
    assert "term\tquollwork\t1\n" in first
    assert "entry" not in first


def test_learning_is_measured_on_other_ads(
    learner: ModuleType, labelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learner.main(["--train", str(labelled), "--folds", "3"]) == 0
    assert capsys.readouterr().out.startswith("precision ")


def test_writing_is_asked_for(
    learner: ModuleType, labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "learnt.tsv"
    monkeypatch.setattr(learner, "LEARNT_FILE", target)
    learner.main(["--train", str(labelled)])
    assert not target.exists()
    learner.main(["--train", str(labelled), "--write"])
    assert target.read_text("utf-8").startswith("# Learnt by")


# ------------------------------------------------------------------------------------------------ real data
def test_sentences_of_other_ads_are_read_as_well_as_promised(learner: ModuleType, shared: Path) -> None:
    path = shared / "eval" / "skills" / "skillspan-dev.json"
    if not path.exists():
        pytest.skip("no labelled sentences here")
    sentences = [one for one in learner.read(path) if one.ad[0] == "tech"]
    right, ours, found, gold = learner.measured(sentences, shipped())
    precision, recall = right / ours, found / gold
    assert precision >= 0.70
    assert 2 * precision * recall / (precision + recall) >= 0.70


def test_a_text_is_read_in_a_few_milliseconds() -> None:
    text = "You have experience with Python, SQL and Docker, and knowledge of nginx, English and the cloud. " * 45
    knowledge(outline(text))
    began = time.process_time()
    for _ in range(20):
        knowledge(outline(text))
    assert (time.process_time() - began) / 20 < 0.02


@pytest.mark.parametrize("mark", ["/", "|", "•", "*", '"', "(", ";", ",", ":", "\n", "\t", ".", "!"])
def test_marks_between_listed_words_are_no_bug(mark: str) -> None:
    """Marks count as blanks where words are looked for, so they may stand within what is found."""
    for words in (phrase for phrase in listed() if " " in phrase):
        text = f"Experience with {words.replace(' ', mark, 1)} and {words.replace(' ', mark)}."
        assert all(named in text for named in also_named(outline(text)))
