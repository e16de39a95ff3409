"""The store against a model of a few lines: random looks at two sources, and after each the same openings in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from _store import at, dump, everything, item, look, new_store, problems, reader, rows, the_run
from hypothesis import given, settings
from hypothesis import strategies as st

from db.look import Recorded, Sighted
from db.read import STATES
from db.store import Store
from finder.model import State

KEYS = "1234"
IDENTITIES = "abc"
TITLES = ("Perception Intern", "Speech Intern")


# ------------------------------------------------------------------------------------------------ the model
@dataclass(frozen=True)
class Shown:
    """One item of a random look."""

    identity: str
    title: str = TITLES[0]
    closed: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Round:
    """One random look, some hours after the one before."""

    source: str
    hours: int
    shown: Mapping[str, Shown]
    missing: frozenset[str]
    closed: frozenset[str]
    touched: frozenset[str]


@dataclass(frozen=True)
class Sight:
    identity: str
    state: State
    evidence: str
    hidden: bool
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Whole:
    state: State
    hidden: bool
    first_seen: datetime
    last_seen: datetime
    state_at: datetime


@dataclass
class Model:
    """What the store must hold, kept in two dictionaries."""

    sights: dict[tuple[str, str], Sight] = field(default_factory=dict)
    wholes: dict[str, Whole] = field(default_factory=dict)

    def apply(self, one: Round, now: datetime) -> Recorded:
        for key in KEYS:
            old = self.sights.get((one.source, key))
            new = self._after(one, key, old, now)
            if new is not None:
                self.sights[one.source, key] = new
        return self._openings(now)

    def _after(self, one: Round, key: str, old: Sight | None, now: datetime) -> Sight | None:
        if key in one.shown:
            shown = one.shown[key]
            state: State = "closed" if shown.closed else "open"
            first = old.first_seen if old else now
            return Sight(shown.identity, state, shown.closed, shown.hidden, first, now)
        if old is None:
            return None
        if key in one.touched:
            return replace(old, last_seen=now, state="open" if old.state == "missing" else old.state)
        if key in one.closed and old.state != "closed":
            return replace(old, state="closed", evidence=f"absent at {now}")
        if key in one.missing and old.state != "closed":
            return replace(old, state="missing", evidence="")
        return old

    def _openings(self, now: datetime) -> Recorded:
        added = closed = reopened = 0
        for identity in IDENTITIES:
            sights = [s for s in self.sights.values() if s.identity == identity]
            old = self.wholes.pop(identity, None)
            if not sights:
                continue
            states = {s.state for s in sights}
            state: State = "open" if "open" in states else "missing" if "missing" in states else "closed"
            same = old is not None and old.state == state
            first = min(s.first_seen for s in sights)
            last = max(s.last_seen for s in sights)
            self.wholes[identity] = Whole(
                state,
                all(s.hidden for s in sights),
                min(first, old.first_seen) if old else first,
                max(last, old.last_seen) if old else last,
                old.state_at if old and same else now,
            )
            added += old is None and first == now
            closed += old is not None and old.state != "closed" and state == "closed"
            reopened += old is not None and old.state == "closed" and state != "closed"
        return Recorded(added=added, closed=closed, reopened=reopened)


# ------------------------------------------------------------------------------------------------ random looks
items = st.builds(
    Shown,
    identity=st.sampled_from(IDENTITIES),
    title=st.sampled_from(TITLES),
    closed=st.sampled_from(["", "", "", "active: false"]),
    hidden=st.sampled_from([False, False, True]),
)
some_keys = st.frozensets(st.sampled_from(KEYS), max_size=3)
rounds = st.lists(
    st.builds(
        Round,
        source=st.sampled_from(["list", "board"]),
        hours=st.sampled_from([0, 1, 24]),
        shown=st.dictionaries(st.sampled_from(KEYS), items, max_size=4),
        missing=some_keys,
        closed=some_keys,
        touched=some_keys,
    ),
    max_size=7,
)


def _items(one: Round) -> list[Sighted]:
    return [
        item(
            key,
            identity=s.identity,
            title=s.title,
            closed=s.closed,
            hidden=s.hidden,
            url=f"https://{s.identity}.example",
        )
        for key, s in one.shown.items()
    ]


def _in_the_store(store: Store) -> dict[str, Whole]:
    identities = dict(rows(store, "SELECT id, identity FROM opening"))
    hidden = dict(rows(store, "SELECT id, hidden FROM opening"))
    return {
        identities[o.id]: Whole(o.state, bool(hidden[o.id]), o.first_seen, o.last_seen, o.state_at or at(-1))
        for o in everything(store).values()
    }


def _evidence_holds(store: Store) -> bool:
    """Evidence stands on openings that are not open, and is that of one of their sightings."""
    return all(
        opening.evidence in {s.evidence for s in opening.sightings} if opening.state != "open" else not opening.evidence
        for opening in everything(store).values()
    )


def _turns_lead_to_the_state(store: Store) -> bool:
    """The last turn of an opening is its state, of that time and evidence; without a turn it is as it came."""
    told = {number: turn for number, *turn in rows(store, "SELECT opening, at, state, evidence FROM turn ORDER BY no")}
    now = rows(store, "SELECT id, state_at, state, evidence FROM opening")
    return all(told.get(number, state) == state for number, *state in now)


def _full_text_is_in_step(store: Store) -> bool:
    with reader(store) as reading:
        for word in ("perception", "speech"):
            found = {o.id for o in reading.openings(states=STATES, text=word)}
            like = rows(store, "SELECT id FROM opening WHERE title LIKE ? AND NOT hidden", f"%{word}%")
            if found != {number for (number,) in like}:
                return False
    return True


@settings(max_examples=30)
@given(rounds)
def test_the_store_holds_what_the_model_holds(looks: list[Round]) -> None:
    model, hours = Model(), 0
    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        run = the_run(store)
        for one in looks:
            hours += one.hours
            told = look(
                *_items(one),
                source=one.source,
                run=run,
                missing=one.missing,
                closed={key: f"absent at {at(hours)}" for key in one.closed},
                touched=one.touched,
            )
            counts = store.record(told, at(hours))
            assert replace(counts, changed=0) == model.apply(one, at(hours))
            assert _in_the_store(store) == model.wholes
            assert _evidence_holds(store)
            assert _turns_lead_to_the_state(store)
            assert _full_text_is_in_step(store)
            before = dump(store)
            assert store.record(told, at(hours)) == Recorded()
            assert dump(store) == before
        assert problems(store) == []


@settings(max_examples=15)
@given(rounds)
def test_the_order_of_items_in_a_look_does_not_matter(looks: list[Round]) -> None:
    states = []
    for order in (1, -1):
        with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
            run = the_run(store)
            for hours, one in enumerate(looks):
                store.record(look(*_items(one)[::order], run=run, source=one.source), at(hours))
            states.append((_in_the_store(store), sorted(rows(store, "SELECT id FROM opening"))))
    assert states[0] == states[1]
