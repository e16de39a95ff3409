"""Skills that a text asks for: which, how strongly, as alternatives to which others, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from finder.classify.cues import Cue, cues_of, readings
from finder.classify.mentions import Mention, mentions
from finder.classify.text import Outline, Sentence, outline, quoted
from finder.model import Need, Strength
from finder.skills import skills

ORDER: tuple[Strength, ...] = ("must", "should", "mentioned")
"""Strongest first."""

BARE_LIST = 4
"""So many skills and hardly another word, in a paragraph of their own: keywords, not requirements."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One place that asks for one skill. `choice` holds all skills of its alternative, none where there is none."""

    skill: str
    strength: Strength
    quote: str
    choice: frozenset[str] = frozenset()


FIELDS = frozenset({
    "Artificial intelligence", "Bioinformatics", "Business intelligence", "Cheminformatics", "Cybersecurity",
    "Data analysis", "Data engineering", "Data governance", "Data science", "DevOps", "Embedded systems",
    "Machine learning", "Marketing analytics", "MLOps", "Product analytics", "Project management",
    "Quantitative finance", "Research", "Robotics", "Software engineering", "Supply chain analytics", "UX design",
    "Web development",
})  # fmt: skip
"""Fields of work that jobs are called by: "Data Science Intern" says what the work is, its text what it requires."""


def asks_of_title(title: str, employer: str = "") -> list[Ask]:
    """Skills in a title are what the work is done with: each is a must, quoted by the whole title. The field that the
    job is called by is mentioned only."""
    found = _but_of(employer, outline(title))
    return [Ask(one.skill, "mentioned" if one.skill in FIELDS else "must", title) for one in found]


def _but_of(employer: str, layout: Outline) -> list[Mention]:
    """The mentions that are not the employer's own name: at GitLab, "GitLab" is who, not what."""
    name = employer.casefold()
    return [one for one in mentions(layout) if layout.text[one.start : one.end].casefold() != name]


def asks_of_text(layout: Outline, employer: str = "") -> tuple[list[Ask], bool]:
    """What a description asks for, and whether requirements could be read from it at all."""
    asks: list[Ask] = []
    cues = cues_of(layout)
    for start, group in groupby(_but_of(employer, layout), key=lambda one: layout.at(one.start).start):
        asks += _of_sentence(layout, cues, layout.at(start), list(group))
    stated = any(kind in ("must", "should") for _, _, kind in layout.sections)
    return asks, stated or any(ask.strength != "mentioned" for ask in asks)


def _of_sentence(layout: Outline, cues: Sequence[Cue], sentence: Sentence, found: Sequence[Mention]) -> list[Ask]:
    text = layout.text
    bare = sentence.apart and _is_bare_list(text[sentence.start : sentence.end], found)
    told = readings(layout, cues, sentence, [(one.start, one.end) for one in found])
    asks = [
        Ask(one.skill, "mentioned" if bare else how, quoted(text, sentence, one.start, one.end), choice)
        for one, how, choice in zip(found, told, _choices(text, found), strict=True)
        if how != "not needed"
    ]
    return _alike(asks)


def _alike(asks: Sequence[Ask]) -> list[Ask]:
    """Alternatives are asked for alike, by the firmest word that stands at any of them."""
    firmest: dict[frozenset[str], Strength] = {}
    for ask in asks:
        firmest[ask.choice] = min(ask.strength, firmest.get(ask.choice, ask.strength), key=ORDER.index)
    return [replace(ask, strength=firmest[ask.choice]) if ask.choice else ask for ask in asks]


def _is_bare_list(words: str, found: Sequence[Mention]) -> bool:
    named = sum(one.end - one.start for one in found)
    letters = sum(letter.isalnum() for letter in words)
    return len(found) >= BARE_LIST and named > 0.6 * letters


_OR = re.compile(r"[\s,()]{0,4}\b(?:and/or|or|oder|ou|o|of)\b[\s(]*(?:in |with |an? )?", re.IGNORECASE)
_SLASH = re.compile(r"\s{0,3}[/|]\s{0,3}")
_COMMA = re.compile(r"\s{0,3},\s{0,3}")
_ONE_OF = re.compile(
    r"\b(?:either"
    r"|(?:one|two|any|some)(?: or more| or two)? (?:of|from|among)(?! (?:our|its|their|my|your|us)\b)[^.;:]{0,40}"
    r"|(?:one|two|any|another|an?)(?: or more| or two)? (?:[\w-]+ ){0,2}"
    r"(?:language|framework|tool|platform|library|database|technology|cloud|provider|package)\b[^.;:()]{0,25}"
    r"|(?:one|two|any)(?: or more| or two)? (?:[\w-]+ ){0,2}"
    r"(?:languages|frameworks|tools|platforms|libraries|databases|technologies|providers|packages)\b[^.;:()]{0,25}"
    r"|(?:languages|frameworks|tools|platforms|libraries|databases|technologies|providers|packages|toolkits|software"
    r"|clouds|services)(?: like|,? such as|,? e\.g\.,?| \(e\.g\.,?| \(such as| \(like)"
    r"):?\s{0,3}\(?\s{0,3}$",
    re.IGNORECASE,
)
_OR_THE_LIKE = re.compile(
    r"\s?,?\s?(?:and/)?or (?:\w+ ){0,2}(?:similar|equivalent|comparable|another|others?|alike)\b", re.IGNORECASE
)


def _link(text: str, left: Mention, right: Mention) -> str:
    between = text[left.end : right.start]
    for name, pattern in (("comma", _COMMA), ("slash", _SLASH), ("or", _OR)):
        if pattern.fullmatch(between):
            return name
    return "and" if re.fullmatch(r"[\s,]{0,3}(?:and|&|und|et|y|e|en)\s{1,3}", between) else ""


def _choices(text: str, found: Sequence[Mention]) -> list[frozenset[str]]:
    """For each mention the skills of its alternative: "Python, R or Julia", "PyTorch/TensorFlow", "one of: …"."""
    links = [_link(text, left, right) for left, right in pairwise(found)]
    choices: list[frozenset[str]] = [frozenset()] * len(found)
    for first, last in _runs(text, found, links):
        members = frozenset(one.skill for one in found[first : last + 1])
        if len(members) > 1:
            choices[first : last + 1] = [members] * (last + 1 - first)
    return choices


def _runs(text: str, found: Sequence[Mention], links: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Index ranges of alternatives: an "or" reaches back over the commas before it, "one of" ahead over its list."""
    place = 0
    while place < len(links):
        joins = ("comma", "slash", "or", "and") if _announced(text, found[place]) else ("comma", "slash", "or")
        last = place
        while last < len(links) and links[last] in joins:
            last += 1
        if last > place:
            yield from [(place, last)] if "and" in joins else _split_run(text, found, links, place, last)
        place = last + 1


def _announced(text: str, first: Mention) -> bool:
    """ "One or more of the following:" stands before it."""
    return _ONE_OF.search(text, max(0, first.start - 80), first.start) is not None


def _split_run(
    text: str, found: Sequence[Mention], links: Sequence[str], first: int, last: int
) -> Iterable[tuple[int, int]]:
    """Of found[first..last], joined by comma, slash or "or" only: which stretches are alternatives."""
    goes_on = links[last - 1] != "or" or links[last : last + 1] == ["and"]
    if _OR_THE_LIKE.match(text, found[last].end) or ("or" in links[first:last] and not goes_on):
        yield first, last
        return
    start = first
    for place in range(first, last + 1):
        if place == last or links[place] == "comma":
            if place > start:
                yield _reaching_back(found, links, first, start), place
            start = place + 1


def _reaching_back(found: Sequence[Mention], links: Sequence[str], first: int, start: int) -> int:
    """In "Python, R or Julia, and SQL" all languages are alternatives; in "Python, PyTorch or Keras, and SQL" two."""
    known = skills()
    if "or" not in links[start : start + 1]:
        return start
    while start > first and known[found[start - 1].skill].group == known[found[start].skill].group:
        start -= 1
    return start


def merged(asks: Iterable[Ask]) -> tuple[Need, ...]:
    """One Need for each skill and alternative, with its strongest strength; strongest first, then in order of the text.

    Where a skill is both one of a choice and merely named elsewhere, the choice stands and the naming is dropped.
    """
    best: dict[tuple[str, frozenset[str]], Ask] = {}
    for ask in asks:
        known = best.get((ask.skill, ask.choice))
        if known is None or ORDER.index(ask.strength) < ORDER.index(known.strength):
            best[ask.skill, ask.choice] = ask
    kept = _without_echoes(_whole_choices(best.values()))
    groups = {
        choice: number for number, choice in enumerate(dict.fromkeys(ask.choice for ask in kept if ask.choice), 1)
    }
    needs = [Need(ask.skill, ask.strength, ask.quote, groups.get(ask.choice, 0)) for ask in kept]
    return tuple(sorted(needs, key=lambda need: ORDER.index(need.strength)))


def _whole_choices(asks: Iterable[Ask]) -> list[Ask]:
    """A choice of which one side was negated away is none."""
    listed = list(asks)
    present = {(ask.skill, ask.choice) for ask in listed}
    return [
        ask if all((skill, ask.choice) in present for skill in ask.choice) else replace(ask, choice=frozenset())
        for ask in listed
    ]


def _without_echoes(asks: Sequence[Ask]) -> list[Ask]:
    chosen = {ask.skill: ask.strength for ask in asks if ask.choice}
    return [
        ask
        for ask in asks
        if ask.choice or ORDER.index(ask.strength) <= ORDER.index(chosen.get(ask.skill, "mentioned"))
    ]
