"""Learn `finder/data/duplicates.tsv`: `python bench/learn_duplicates.py --data DIR [--write]`.

DIR/duplicates/pairs.tsv holds pairs of lists that carry the same job id. Needs scikit-learn, which finder does not.
Prints what five folds come to: whole companies by fold, names that share a job id, a key or a first word together, and
pairs that are not even compared counted as missed. `--write` then learns from all pairs and writes the weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from quality import table
from same_opening import ONE_TO_ONE, Pair, Record, blanked, compared, of_pairs, one_to_one, records, truth

from finder.companies import named
from finder.duplicates import FEATURES, WEIGHTS

FOLDS, TREES, LEAVES, RATE, SMALLEST, SHRINK = 5, 40, 8, 0.2, 30, 5.0
UNDATED = 0.25
"""Share of pairs that are learned from a second time without a date, since many sources tell none."""
DOWN = {
    "days", "missing_least", "missing_most", "years", "seasons", "numbers", "degrees", "ranks", "student", "city",
    "region", "country", "alike_least", "alike_most", "across_least", "across_most", "there_least", "there_most",
}  # fmt: skip
"""Features of which more never speaks for it; of those in FREE either may be, of the others less never does."""
FREE = {"cities_most", "remote"}
DIRECTIONS = [0 if name in FREE else -1 if name in DOWN else 1 for name in FEATURES]
WANTED = (0.95, 0.98, 0.99, 0.995)
_HEAD = "# Learned by bench/learn_duplicates.py; one tree a line: see finder.duplicates.trees."


def companies(found: Sequence[Record]) -> list[int]:
    """The number of each record's company: names are one that share a job id, a key or a long first word."""
    parent = list(range(len(found)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    first: dict[tuple[str, str], int] = {}
    for one in found:
        name = named(one.company)
        marks = [("id", one.ats), ("key", name.key)]
        marks += [("word", name.core[0])] if name.core and len(name.core[0]) > 3 else []
        for mark in marks:
            parent[root(one.number)] = root(first.setdefault(mark, one.number))
    return [root(one.number) for one in found]


def learn(values: np.ndarray, true: np.ndarray) -> HistGradientBoostingClassifier:
    """Trees in which no feature can speak against its direction."""
    some = np.random.default_rng(0).random(len(values)) < UNDATED
    undated = values[some].copy()
    undated[:, FEATURES.index("days")] = np.nan
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=SMALLEST,
        l2_regularization=SHRINK,
        monotonic_cst=DIRECTIONS,
        early_stopping=False,
    )
    return model.fit(np.vstack([values, undated]), np.concatenate([true, true[some]]))


def cross_validated(values: np.ndarray, true: np.ndarray, groups: Sequence[int]) -> np.ndarray:
    """What each pair is scored by a model that saw none of its company."""
    scores = np.zeros(len(true))
    for train, test in GroupKFold(FOLDS).split(values, true, groups):
        scores[test] = learn(values[train], true[train]).predict_proba(values[test])[:, 1]
    return scores


def report(scores: dict[Pair, float], told: Sequence[Record]) -> Iterator[str]:
    """Best F1, recall at precisions, and one-to-one matching."""
    true = truth(told)
    order = sorted(scores, key=lambda pair: -scores[pair])
    hits, points = 0, []
    for taken, pair in enumerate(order, 1):
        hits += pair in true
        points.append((hits / taken, hits / len(true), scores[pair]))
    best = max(points, key=lambda point: 2 * point[0] * point[1] / max(1e-9, sum(point[:2])))
    yield f"best F1 {2 * best[0] * best[1] / sum(best[:2]):.3f}: P {best[0]:.3f} R {best[1]:.3f} from {best[2]:.2f} on"
    for least in WANTED:
        recall, score = max(((r, s) for p, r, s in points if p >= least), default=(0.0, 1.0))
        yield f"precision {least}: recall {recall:.3f} from {score:.3f} on"
    for least in (0.1, ONE_TO_ONE, 0.3, 0.4, 0.5):
        precision, recall, f1 = of_pairs(one_to_one(scores, told, least), true).values()
        yield f"one-to-one from {least}: P {precision} R {recall} F1 {f1}"


def lines(model: HistGradientBoostingClassifier) -> Iterator[str]:
    """The model as `finder.duplicates.trees` reads it."""
    yield _HEAD
    yield f"{float(np.ravel(model._baseline_prediction)[0]):.4f}"
    for (tree,) in model._predictors:
        yield " ".join(_prefix(tree.nodes, 0))


def _prefix(nodes: np.ndarray, at: int) -> Iterator[str]:
    node = nodes[at]
    if node["is_leaf"]:
        yield f"{node['value']:.4f}"
        return
    mark = "?" if node["missing_go_to_left"] else "<"
    yield f"{FEATURES[node['feature_idx']]}{mark}{node['num_threshold']:.5g}"
    yield from _prefix(nodes, node["left"])
    yield from _prefix(nodes, node["right"])


def main() -> int:
    """Measure, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    told = records(table(given.data / "duplicates" / "pairs.tsv"))
    true, whose = truth(told), companies(told)
    rows = compared([blanked(one) for one in told])
    values = np.array(list(rows.values()), float)
    wanted = np.array([pair in true for pair in rows])
    print(f"{len(told)} records, {len(true)} true pairs, {len(rows)} compared, {wanted.sum()} of them true")
    scores = cross_validated(values, wanted, [whose[one] for one, _ in rows])
    print("\n".join(report(dict(zip(rows, map(float, scores), strict=True)), told)))
    if given.write:
        WEIGHTS.write_text("\n".join(lines(learn(values, wanted))) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
