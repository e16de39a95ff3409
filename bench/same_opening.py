"""The pairs of `duplicates/pairs.tsv` as the program sees them, and how well it tells which are one posting.

(a) with addresses: identity first, text where one side's address proves nothing, as in the program. (b) `url` and `ats`
blanked: text alone, over all records of different lists. One-to-one matching per pair of lists is for the report only.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from finder.duplicates import LIKELY, SURE, Card, Crowd, card, features, log_odds, probability
from finder.kin import candidates, link_of, pairs
from finder.model import Found
from finder.normalise import listing
from finder.places import is_remote, parse

Row = Mapping[str, str]
Pair = tuple[int, int]
"""Numbers of two records, the smaller first."""

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
SHARED = 0.5
"""Share of the shorter title's words from which on a pair is compared here: less is never sure, but often likely."""
ONE_TO_ONE = 0.2
"""From which probability on one-to-one matching takes a pair."""
SIDES = ("a", "b")
COLUMNS = ("list", "company", "title", "location", "url", "seen")


@dataclass(frozen=True, slots=True)
class Record:
    """One posting in one list. `ats` is the label and is never read."""

    number: int
    ats: str
    list: str
    company: str
    title: str
    location: str
    url: str
    seen: str


def records(rows: Iterable[Row]) -> list[Record]:
    """Every record of the file once."""
    told = dict.fromkeys((row["ats"], *(row[f"{name}_{side}"] for name in COLUMNS)) for row in rows for side in SIDES)
    return [Record(number, *one) for number, one in enumerate(told)]


def truth(found: Sequence[Record]) -> set[Pair]:
    """Numbers of the records of different lists that are one posting."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for one in found:
        groups[one.ats].append(one)
    return {
        (a.number, b.number)
        for group in groups.values()
        for a, b in combinations(sorted(group, key=lambda one: one.number), 2)
        if a.list != b.list
    }


def blanked(one: Record) -> Card:
    """What is left of a record without its address."""
    return card(
        f"{one.number:06}",
        one.company,
        one.title,
        parse(one.location),
        remote=is_remote(one.location) or None,
        day=date.fromisoformat(one.seen[:10]).toordinal() if one.seen else None,
        sources=(one.list,),
    )


def identity(one: Record) -> str:
    """What the program knows the posting by."""
    found = Found(kind="internship", key=str(one.number), title=one.title, url=one.url)
    return listing(one.list, found, WHEN).identity


def compared(cards: Sequence[Card]) -> dict[Pair, tuple[float, ...]]:
    """The features of every pair that is worth comparing."""
    crowd = Crowd.of(cards)
    found = {}
    for a, b in candidates(cards, shared=SHARED):
        one, other = sorted((int(a.id), int(b.id)))
        found[one, other] = features(a, b, crowd)
    return found


def one_to_one(scores: Mapping[Pair, float], told: Sequence[Record], least: float) -> set[Pair]:
    """The surest pairs, each record at most once with records of each other list."""
    used: set[tuple[int, str]] = set()
    taken = set()
    for pair, score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        one, other = told[pair[0]], told[pair[1]]
        ends = {(one.number, other.list), (other.number, one.list)}
        if score >= least and not ends & used:
            used |= ends
            taken.add(pair)
    return taken


def of_pairs(predicted: set[Pair], true: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    hits = len(predicted & true)
    precision, recall = hits / max(1, len(predicted)), hits / max(1, len(true))
    both = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def with_addresses(told: Sequence[Record]) -> set[Pair]:
    """Records of different lists that the program takes for one posting: by identity, else by text."""
    names = [identity(one) for one in told]
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        by_name[name].append(number)
    same = {pair for group in by_name.values() for pair in combinations(group, 2)}
    cards = [replace(blanked(one), link=link_of(name)) for one, name in zip(told, names, strict=True)]
    sure = {(int(pair.one), int(pair.other)) for pair in pairs(cards, None, lambda _ids: {})}
    return {(a, b) for a, b in same | sure if told[a].list != told[b].list}


def duplicates(rows: Sequence[Row]) -> tuple[dict[str, Any], list[tuple[Sequence[str], str]]]:
    """Both tasks. Weights learned from these very rows flatter (b): `learn_duplicates.py` tells what folds come to."""
    told = records(rows)
    true = truth(told)
    by_address = with_addresses(told)
    began = time.process_time()
    scores = {pair: probability(log_odds(values)) for pair, values in compared([blanked(one) for one in told]).items()}
    spent = time.process_time() - began
    by_text = {least: {pair for pair, score in scores.items() if score >= least} for least in (LIKELY, SURE)}
    result = {
        "records": len(told),
        "true_pairs": len(true),
        "a_with_urls": of_pairs(by_address, true),
        "b_blanked": of_pairs(by_text[LIKELY], true),
        "b_blanked_sure": of_pairs(by_text[SURE], true),
        "b_one_to_one": of_pairs(one_to_one(scores, told, ONE_TO_ONE), true),
        "compared": len(scores),
        "seconds": round(spent, 2),
    }
    every = sorted(true | by_address | by_text[LIKELY])
    return result, [(_columns(told, pair), _mark(pair, by_address, scores)) for pair in every]


def _columns(told: Sequence[Record], pair: Pair) -> list[str]:
    return [getattr(told[number], name) for number in pair for name in ("ats", *COLUMNS)]


def _mark(pair: Pair, by_address: set[Pair], scores: Mapping[Pair, float]) -> str:
    """(a) 1 or 0, then the probability of (b)."""
    return f"{int(pair in by_address)} {scores.get(pair, 0.0):.4f}"
