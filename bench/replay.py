"""What the hold rule makes of a real list's history: `python bench/replay.py --data DIR [--json]`.

DIR holds `list_history/*.tsv.gz` (or the files themselves). A line `=unix-time <tab> id` opens an update; `+` and `-`
rows (url, company, title, location) after it are applied together, as a multiset. Each update is one look by
`finder.lifecycle`, the same functions as in a refresh, against what it made of the looks before.

Every history is replayed twice: as a list that shows its newest rows only (leaving it is not closing), and as one that
shows all. Announced is a link never known before that is not recognised as a known posting under a new link.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from finder.lifecycle import Hold, Known, Look, Verdict, doubtful, judge, text_key

GLITCHES = {"decf9be3": "", "910ed217": "b17da74a", "9848842c": "7dfa2cac"}
"""Known glitches: the update that begins one → the one that ends it ('' = the next)."""

CHANGED = 0.5
"""Share of new links from which an update counts as one that changes them at once."""

Rows = Mapping[str, str]
"""Link → text key, of one update."""


@dataclass(frozen=True, slots=True)
class Update:
    """One version of the list."""

    id: str
    at: datetime
    rows: Rows


def updates(path: Path) -> Iterator[Update]:
    """The versions of a list in their order. A link that stands twice counts once."""
    rows: Counter[tuple[str, ...]] = Counter()
    opened, changes = ("", ""), Counter[tuple[str, ...]]()
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            mark, *fields = line.rstrip("\n").split("\t")
            if not mark.startswith("="):
                changes[tuple(fields)] += 1 if mark == "+" else -1
                continue
            if opened[0]:
                yield _update(opened, rows, changes)
            opened, changes = (mark[1:], fields[0]), Counter()
    yield _update(opened, rows, changes)


def _update(opened: tuple[str, str], rows: Counter[tuple[str, ...]], changes: Counter[tuple[str, ...]]) -> Update:
    rows.update(changes)
    for row in changes:
        if not rows[row]:
            del rows[row]
    seconds, name = opened
    shown = {url: text_key(company, title, [place]) for url, company, title, place in reversed(rows)}
    return Update(name, datetime.fromtimestamp(int(seconds), UTC), shown)


# ------------------------------------------------------------------------------------------------ one replay
@dataclass(slots=True)
class Replay:
    """A source's memory as the store keeps it, and what is counted on the way."""

    windowed: bool
    known: dict[str, Known] = field(default_factory=dict)
    hold: Hold | None = None
    holding: bool = False
    accepted: Rows = field(default_factory=dict)
    before: Rows = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    """Hours of the longest hold."""
    began: datetime | None = None
    closed: set[str] = field(default_factory=set)
    """Links closed by absence and not seen again since."""

    def look(self, update: Update) -> Counter[str]:
        """Take in one update; what this one did."""
        look = Look(dict.fromkeys(update.rows, ""), windowed=self.windowed, texts=update.rows)
        asked = {key: self.accepted.get(key, "") for key in doubtful(self.known, look)}
        verdict = judge(self.known, look, update.at, self.hold, asked)
        self.hold = verdict.hold
        did = self._accept(update, verdict) if verdict.accept else self._held(update)
        self.before = update.rows
        self.counts += did
        return did

    def _held(self, update: Update) -> Counter[str]:
        begins, self.holding = not self.holding, True
        self.began = update.at if begins else self.began
        return Counter(looks=1, held=1, episodes=begins)

    def _accept(self, update: Update, verdict: Verdict) -> Counter[str]:
        if self.holding and self.began:
            self.longest = max(self.longest, (update.at - self.began).total_seconds() / 3600)
        self.holding = False
        new = {key for key in update.rows if key not in self.known}
        announced = new - verdict.same.keys()
        back = self.closed & update.rows.keys()
        did = Counter(looks=1, announced=len(announced), linked=len(verdict.same), closed=len(verdict.closed))
        did["wrongly closed"] = len(back)
        if _new(update.rows, self.before) >= CHANGED or _new(update.rows, self.accepted) >= CHANGED:
            there = set(self.accepted.values())
            did["changed at once"] = 1 if self.accepted else 0
            did["announced then"] = len(announced) if self.accepted else 0
            did["repeated then"] = sum(update.rows[key] in there for key in announced)
        self._remember(update, verdict)
        self.closed = (self.closed - back) | verdict.closed.keys()
        return did

    def _remember(self, update: Update, verdict: Verdict) -> None:
        for old in verdict.same.values():
            del self.known[old]
        for key in verdict.missing:
            if self.known[key].state == "open":
                self.known[key] = replace(self.known[key], state="missing", missing_since=update.at)
        for key in verdict.closed:
            self.known[key] = replace(self.known[key], state="closed", missing_since=None)
        self.known |= dict.fromkeys(update.rows, Known("open", last_seen=update.at))
        self.accepted = update.rows


def _new(rows: Rows, before: Rows) -> float:
    return len(rows.keys() - before.keys()) / max(1, len(rows))


def replay(path: Path, windowed: bool) -> dict[str, object]:
    """Figures of one history."""
    state, through, until = Replay(windowed), Counter[str](), ""
    glitches: dict[str, dict[str, int]] = {}
    name = ""
    for update in updates(path):
        did = state.look(update)
        if name and (update.id.startswith(until) if until else True):
            glitches[name], name = {key: through[key] for key in ("looks", "held", "closed", "announced")}, ""
        if found := next((one for one in GLITCHES if update.id.startswith(one)), ""):
            name, until, through = found, GLITCHES[found], Counter[str]()
        if name:
            through += did
    return _figures(state) | ({"glitches": glitches} if glitches else {})


def _figures(state: Replay) -> dict[str, object]:
    c = state.counts
    return {
        "updates": c["looks"],
        "held": c["held"],
        "hold episodes": c["episodes"],
        "episodes share": round(c["episodes"] / max(1, c["looks"]), 5),
        "longest hold, hours": round(state.longest, 1),
        "announced": c["announced"],
        "recognised under a new link": c["linked"],
        "closed by absence": c["closed"],
        "wrongly closed": c["wrongly closed"],
        "wrongly closed share": round(c["wrongly closed"] / max(1, c["closed"]), 4),
        "changed at once": c["changed at once"],
        "announced then": c["announced then"],
        "repeated then": c["repeated then"],
        "repeated share": round(c["repeated then"] / max(1, c["announced then"]), 4),
    }


# ------------------------------------------------------------------------------------------------ the command
def main() -> int:
    """Print the figures of every history under --data; 1 if there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with list_history/*.tsv.gz")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    args = parser.parse_args()
    paths = sorted([*args.data.glob("list_history/*.tsv.gz"), *args.data.glob("*.tsv.gz")])
    if not paths:
        print(f"{args.data}: no list_history/*.tsv.gz here", file=sys.stderr)
        return 1
    figures: dict[str, dict[str, object]] = {}
    for path in paths:
        for windowed in (True, False):
            start = time.monotonic()
            told = replay(path, windowed) | {"seconds": round(time.monotonic() - start, 1)}
            figures[f"{path.name.partition('.')[0]}, {'newest only' if windowed else 'whole'}"] = told
    print(json.dumps(figures, indent=1) if args.json else _lines(figures))
    return 0


def _lines(figures: Mapping[str, Mapping[str, object]]) -> str:
    return "\n\n".join(
        "\n".join([name, *(f"  {key:28} {value}" for key, value in told.items())]) for name, told in figures.items()
    )


if __name__ == "__main__":
    raise SystemExit(main())
