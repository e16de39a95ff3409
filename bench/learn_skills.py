"""Learn which words name knowledge, and by which signs.

    python bench/learn_skills.py --train FILE [--folds N] [--write]

FILE holds labelled sentences of job ads (JSON lines: tokens, tags_knowledge, source, idx), as the training part of
SkillSpan does (Zhang et al., NAACL 2022). Learnt are words (phrases of up to three words that several ads have inside a
labelled span), how far each spelling is to be trusted, and a weight for each sign that `finder.classify.knowledge` sees
around a candidate. No sentence is kept. `--folds N` measures on tech ads that were left out of learning; `--write`
writes finder/data/learnt.tsv. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import exp, log, log1p, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from finder.classify.knowledge import LEARNT_FILE, SIGNS, Candidate, Reader, knowledge, listed, reader, seen_around
from finder.classify.text import Outline, outline
from finder.skills import skills

Ad = tuple[str, str]
Span = tuple[int, int]
Signs = Sequence[tuple[str, float]]

LONGEST = 3
"""Words of a learnt phrase."""
LEAST_ADS = 2
"""Ads that must have a phrase inside a labelled span: what one alone says is nothing learnt."""
LEAST_SHARE = 0.3
"""Share of a phrase's occurrences that lie inside a labelled span."""
LEAST_SEEN = 5
"""Ads in which a sign must occur to be weighed."""
EPOCHS, RATE, DECAY = 12, 0.15, 0.01
PRIOR: Mapping[str, float] = {"skill": 0.6, "listed": 0.5, "learnt": 0.45, "name": 0.45}
"""Share of labelled occurrences that a spelling never seen is presumed to have; counts as three occurrences."""

HEADER = """\
# Learnt by bench/learn_skills.py from the training part of SkillSpan (Zhang et al., NAACL 2022). No sentence is kept.
#   term   words that are no skill of skills.toml and none of knowledge.toml
#   trust  what a spelling adds to the rating; in brackets: any other of this origin
#   sign   what a sign around a candidate adds to it
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence. `ad` says which ad it is of."""

    ad: Ad
    layout: Outline
    gold: tuple[Span, ...]

    def labelled(self, one: Candidate) -> bool:
        """Whether a candidate touches a labelled span."""
        return any(one.start < end and start < one.end for start, end in self.gold)


@dataclass(slots=True)
class Counts:
    """How often each phrase occurs, and how often inside a labelled span."""

    seen: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    ads: defaultdict[str, set[Ad]] = field(default_factory=lambda: defaultdict(set))


def read(path: Path) -> list[Sentence]:
    """The labelled sentences of a file."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Sentence((row["source"], str(row["idx"])), *_marked(row["tokens"], row["tags_knowledge"])) for row in rows]


def _marked(tokens: Sequence[str], tags: Sequence[str]) -> tuple[Outline, tuple[Span, ...]]:
    spans: list[Span] = []
    place = 0
    for token, tag in zip(tokens, tags, strict=True):
        if tag == "I" and spans:
            spans[-1] = (spans[-1][0], place + len(token))
        elif tag != "O":
            spans.append((place, place + len(token)))
        place += len(token) + 1
    return outline(" ".join(tokens)), tuple(spans)


# ------------------------------------------------------------------------------------------------ words
_WORD = re.compile(r"[^\s,;()/|•\"“”*!?<>]+")
_EMPTY = frozenset(
    """a an and or the of to in for with on at by from as is are be we you our your us it its this that will have has
    i.e e.g etc their them they who all any more most not no than other such both via into across new""".split()  # noqa: SIM905
)


def phrases(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Every run of up to three words without a mark between, folded, that begins and ends with a word of content."""
    low = sentence.layout.low
    words = [_trimmed(*match.span(), low) for match in _WORD.finditer(low)]
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and low[words[last - 1][1] : words[last][0]] != " ":
                break
            start, end = words[first][0], words[last][1]
            if start < end and not _EMPTY & {low[slice(*words[first])], low[slice(*words[last])]}:
                yield start, end, low[start:end]


def _trimmed(start: int, end: int, low: str) -> Span:
    while start < end and low[end - 1] in ".:'–":
        end -= 1
    while start < end and low[start] in "'–":
        start += 1
    return start, end


def count(sentences: Iterable[Sentence]) -> Counts:
    """How often phrases occur in labelled spans and elsewhere."""
    counts = Counts()
    for sentence in sentences:
        for start, end, words in phrases(sentence):
            counts.seen[words] += 1
            if any(left <= start and end <= right for left, right in sentence.gold):
                counts.inside[words] += 1
                counts.ads[words].add(sentence.ad)
    return counts


def terms(counts: Counts) -> list[str]:
    """Phrases that often name knowledge, in several ads, and are no skill and not listed by hand."""
    known = {*listed(), *chain.from_iterable((skill.name.lower(), *skill.aliases) for skill in skills().values())}
    return sorted(
        words
        for words, inside in counts.inside.items()
        if len(counts.ads[words]) >= LEAST_ADS
        and inside >= LEAST_SHARE * counts.seen[words]
        and len(words) > 1
        and any(letter.isalpha() for letter in words)
        and (words[-1].isalnum() or words[-1] in "+#")
        and words not in known
    )


# ------------------------------------------------------------------------------------------------ weights
def _trust(words: str, origin: str, counts: Counts, without: Counts | None) -> Signs:
    seen, inside = counts.seen[words], counts.inside[words]
    if without:  # an ad must not vouch for itself
        seen, inside = seen - without.seen[words], inside - without.inside[words]
    share = (inside + 3 * PRIOR[origin]) / (seen + 3)
    return ("share", log(share / (1 - share + 1e-9))), ("support", min(3.0, log1p(seen)))


def fit(rows: Sequence[tuple[Signs, bool]]) -> dict[str, float]:
    """Weights of a logistic model by adaptive gradient descent, always in the same order."""
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-6)
    order = list(range(len(rows)))
    chance = random.Random(0)
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for place in order:
            signs, true = rows[place]
            total = sum(weights[name] * value for name, value in signs)
            error = 1 / (1 + exp(-max(-30.0, min(30.0, total)))) - true
            for name, value in signs:
                slope = error * value + DECAY * weights[name]
                squares[name] += slope * slope
                weights[name] -= RATE * slope / sqrt(squares[name])
    return dict(weights)


def named_signs(layout: Outline, by: Reader) -> Iterator[tuple[Candidate, list[str]]]:
    """Each candidate with its signs, as `before=our`."""
    for one, signs in seen_around(layout, by):
        yield one, [f"{name}={value}" for name, value in zip(SIGNS, signs, strict=True)]


@dataclass(frozen=True, slots=True)
class Learnt:
    """The three tables of the file."""

    terms: Sequence[str]
    trust: Mapping[str, float]
    signs: Mapping[str, float]

    def reader(self) -> Reader:
        """What reads by them."""
        return reader(self.terms, self.trust, self.signs)


def learn(sentences: Sequence[Sentence]) -> Learnt:
    """Everything that is learnt from some sentences."""
    counts = count(sentences)
    by_ad: defaultdict[Ad, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_ad[sentence.ad].append(sentence)
    alone = {ad: count(own) for ad, own in by_ad.items()}
    words = terms(counts)
    first = reader(words, {}, {})
    rows: list[tuple[Signs, bool]] = []
    spread: defaultdict[str, set[Ad]] = defaultdict(set)
    spellings: dict[str, str] = {}
    for sentence in sentences:
        for one, signs in named_signs(sentence.layout, first):
            spelling = sentence.layout.low[one.start : one.end]
            spellings.setdefault(spelling, one.origin)
            for sign in signs:
                spread[sign].add(sentence.ad)
            trust = _trust(spelling, one.origin, counts, alone[sentence.ad])
            rows.append(([*((sign, 1.0) for sign in signs), *trust], sentence.labelled(one)))
    known = {sign for sign, ads in spread.items() if sign and len(ads) >= LEAST_SEEN} | {"share", "support"}
    weights = fit([([pair for pair in signs if pair[0] in known], true) for signs, true in rows])
    return _tables(words, weights, counts, spellings)


def _tables(words: Sequence[str], weights: Mapping[str, float], counts: Counts, spellings: Mapping[str, str]) -> Learnt:
    def said(spelling: str, origin: str) -> float:
        return sum(weights[name] * value for name, value in _trust(spelling, origin, counts, None))

    trust = {
        spelling: said(spelling, origin)
        for spelling, origin in spellings.items()
        if len(counts.ads[spelling]) >= LEAST_ADS
    }
    trust |= {f"({origin})": said("", origin) for origin in PRIOR}
    signs = {sign: weight for sign, weight in weights.items() if sign not in ("share", "support")}
    return Learnt(words, trust, signs)


def text_of(learnt: Learnt) -> str:
    """The file: words, then numbers, each table in order."""
    rows = [f"term\t{words}\t1" for words in learnt.terms]
    rows += [f"trust\t{words}\t{number:.2f}" for words, number in sorted(learnt.trust.items())]
    rows += [f"sign\t{sign}\t{number:.2f}" for sign, number in sorted(learnt.signs.items())]
    return HEADER + "\n".join(rows) + "\n"


# ------------------------------------------------------------------------------------------------ measuring
def measured(sentences: Iterable[Sentence], by: Reader) -> tuple[int, int, int, int]:
    """Right spans, all our spans, labelled spans found, all labelled spans."""
    right = ours = found = gold = 0
    for sentence in sentences:
        mine = knowledge(sentence.layout, by)
        right += sum(map(sentence.labelled, mine))
        ours += len(mine)
        found += sum(any(one.start < end and start < one.end for one in mine) for start, end in sentence.gold)
        gold += len(sentence.gold)
    return right, ours, found, gold


def crossed(sentences: Sequence[Sentence], folds: int) -> tuple[float, float, float]:
    """Precision, recall and F1 on tech ads that were left out of learning, pooled over folds by ad."""
    ads = sorted({sentence.ad for sentence in sentences})
    random.Random(1).shuffle(ads)
    fold = {ad: place % folds for place, ad in enumerate(ads)}
    total = [0, 0, 0, 0]
    for number in range(folds):
        by = learn([one for one in sentences if fold[one.ad] != number]).reader()
        part = measured((one for one in sentences if fold[one.ad] == number and one.ad[0] == "tech"), by)
        total = [sum(pair) for pair in zip(total, part, strict=True)]
    precision, recall = total[0] / max(1, total[1]), total[2] / max(1, total[3])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE")
    parser.add_argument("--folds", type=int, metavar="N", help="measure on ads left out, in N parts")
    parser.add_argument("--write", action="store_true", help="write finder/data/learnt.tsv")
    given = parser.parse_args(arguments)
    sentences = read(given.train)
    if given.folds:
        print("precision {:.3f} recall {:.3f} F1 {:.3f}".format(*crossed(sentences, given.folds)))
    if given.write:
        LEARNT_FILE.write_text(text_of(learn(sentences)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
