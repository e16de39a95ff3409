"""Learn what the words of a title weigh: `python bench/learn_titles.py --data DIR [--folds N] [--write]`.

DIR/titles holds titles.tsv (label, tier, company, title, location, origins) and, where there is one, judged.tsv, whose
titles are left out. `origins` says which list carries a row under which label ("jobright:0,speedyapply:1"). The lists
err each in its own way, so a title is learnt with the chance that a careful reader agrees with its lists (AGREES), not
with a bare yes or no. Learnt is a logistic model of words and of pairs of words that several companies use; no title is
kept. `--folds N` tells how well the model foretells the labels of companies it was not shown; `--write` writes
finder/data/role_weights.tsv. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from finder.classify.role_weights import BIAS, WEIGHTS_FILE, features

AGREES: Mapping[tuple[str, str], float] = {
    ("jobright", ""): 0.73,
    ("speedyapply", ""): 0.85,
    ("simplify26", ""): 0.66,
    ("", "jobright"): 0.10,
    ("", "speedyapply"): 0.20,
    ("", "simplify26"): 0.10,
    ("jobright", "other"): 0.5,
    ("speedyapply", "other"): 0.92,
    ("simplify26", "other"): 0.75,
}
"""(the list that says yes, the list that says no) → how often a reader of the bare title says yes, as counted on titles
of other companies, read blind. "other": any list."""
SEVERAL_SAY_YES, SEVERAL_SAY_NO = 0.95, 0.05

LEAST_COMPANIES = 3
"""Companies that must use a word: one firm's name is nothing learnt."""
EPOCHS, RATE, SPREAD = 12, 0.2, 0.3
"""Passes over the titles; length of a step; how far weights may go from 0 (the inverse strength of the L2 penalty)."""

_NO_IS_WRONG = re.compile(
    r"\bdata (?:engineer|platform|pipeline|warehous)|\banalytics engineer|\b(?:machine learning|ml|ai)\b", re.IGNORECASE
)
"""Titles that lists file under other work though they name it: left out where all lists say no."""

HEADER = """\
# Learnt by bench/learn_titles.py from titles of public lists of internships, labelled by which lists carry them
# (jobright-ai, speedyapply, SimplifyJobs on GitHub). Log odds that a word or a pair of words adds. No title is kept.
"""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A title's words, the company, and the chance that a careful reader says yes."""

    company: str
    words: tuple[str, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Model:
    """Log odds by word or pair of words, and under BIAS those of any title."""

    weights: Mapping[str, float]

    def chance(self, words: Iterable[str]) -> float:
        """The chance that a title of these words is about machine learning or data."""
        return _chance(self.weights.get(BIAS, 0.0) + sum(self.weights.get(word, 0.0) for word in words))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def table(path: Path) -> list[Row]:
    """A TSV with a header row, without quoting."""
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [dict(zip(header.split("\t"), line.split("\t"), strict=False)) for line in lines]


def votes(origins: str) -> tuple[list[str], list[str]]:
    """The lists that say yes and those that say no."""
    pairs = [vote.split(":") for vote in origins.split(",") if ":" in vote]
    return [name for name, vote in pairs if vote == "1"], [name for name, vote in pairs if vote == "0"]


def chance_of(origins: str) -> float:
    """How likely a careful reader says yes. A yes is nearly always right against another list's no."""
    yes, no = votes(origins)
    if len(yes) > 1 or not (yes or no):
        return SEVERAL_SAY_YES if yes else 0.5
    if yes:
        return AGREES.get((yes[0], "other" if no else ""), 0.75)
    return SEVERAL_SAY_NO if len(no) > 1 else AGREES.get(("", no[0]), 0.1)


def teaches(row: Row) -> bool:
    """Whether a row's label is good enough to learn from.

    One list alone, jobright's, says yes to analysts and researchers of any kind: wrong in 27 % of the titles read.
    """
    yes, no = votes(row["origins"])
    return (yes, no) != (["jobright"], []) and not (not yes and _NO_IS_WRONG.search(row["title"]))


def examples(data: Path) -> list[Example]:
    """The rows to learn from; titles that were graded blind are left out, whatever the company."""
    graded = data / "titles" / "judged.tsv"
    known = {row["title"].casefold() for row in table(graded)} if graded.exists() else set()
    return [
        Example(company_key(row["company"]), tuple(features(row["title"])), chance_of(row["origins"]))
        for row in table(data / "titles" / "titles.tsv")
        if teaches(row) and row["title"].casefold() not in known
    ]


def company_key(company: str) -> str:
    """A company's name without legal form and marks, so that its spellings share a fold."""
    return re.sub(r"\W+|\b(?:inc|llc|ltd|corp|corporation|company|co|gmbh|group)\b", "", company.casefold())


def learn(rows: Sequence[Example]) -> Model:
    """A logistic model with an L2 penalty, by adaptive gradient descent, always in the same order."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for word in row.words:
            users[word].add(row.company)
    known = {word for word, companies in users.items() if len(companies) >= LEAST_COMPANIES}
    taught = [([BIAS, *(word for word in row.words if word in known)], row.chance) for row in rows]
    seen = Counter(word for words, _ in taught for word in words)
    weights: dict[str, float] = dict.fromkeys([BIAS, *sorted(known)], 0.0)
    squares = dict.fromkeys(weights, 1e-6)
    pull = {word: 0.0 if word == BIAS else 1 / (SPREAD * seen[word]) for word in weights}
    chance = random.Random(0)
    for _ in range(EPOCHS):
        chance.shuffle(taught)
        for words, wanted in taught:
            error = _chance(sum(weights[word] for word in words)) - wanted
            for word in words:
                slope = error + pull[word] * weights[word]
                squares[word] += slope * slope
                weights[word] -= RATE * slope / sqrt(squares[word])
    return Model(weights)


def crossed(rows: Sequence[Example], folds: int) -> list[float]:
    """For each row the chance foretold by a model that saw no row of its company."""
    companies = sorted({row.company for row in rows})
    random.Random(1).shuffle(companies)
    fold = {company: place % folds for place, company in enumerate(companies)}
    models = [learn([row for row in rows if fold[row.company] != number]) for number in range(folds)]
    return [models[fold[row.company]].chance(row.words) for row in rows]


def reliability(foretold: Sequence[float], wanted: Sequence[float]) -> list[tuple[int, float, float]]:
    """By tenth of the foretold chance: rows, mean foretold, mean of what lists and readers make of them."""
    bins: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for pair in zip(foretold, wanted, strict=True):
        bins[min(9, int(pair[0] * 10))].append(pair)
    mean: Callable[[list[float]], float] = lambda numbers: sum(numbers) / len(numbers)  # noqa: E731
    return [
        (len(pairs), mean([one for one, _ in pairs]), mean([other for _, other in pairs]))
        for _, pairs in sorted(bins.items())
    ]


def text_of(model: Model) -> str:
    """The file: words, then numbers, in order."""
    return HEADER + "".join(f"{words}\t{number:.2f}\n" for words, number in sorted(model.weights.items()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--folds", type=int, metavar="N", help="measure on companies left out, in N parts")
    parser.add_argument("--write", action="store_true", help="write finder/data/role_weights.tsv")
    given = parser.parse_args(arguments)
    rows = examples(given.data)
    if given.folds:
        wanted = [row.chance for row in rows]
        for number, foretold, found in reliability(crossed(rows, given.folds), wanted):
            print(f"{number:6} titles  foretold {foretold:.2f}  found {found:.2f}")
    if given.write:
        WEIGHTS_FILE.write_text(text_of(learn(rows)), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
