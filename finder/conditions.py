"""What a listing states of its conditions, in words. Pure; a subject that it does not state is left out: unknown, and
held against nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finder.model import Opening, Stated
from finder.wages import HOURS_A_WEEK, Wage, hourly, monthly, wage

_LEVELS = {"bachelor": "Bachelor's", "master": "Master's", "phd": "PhD"}
_YEARS = {"freshman": "first-year students", "sophomore": "sophomores", "junior": "juniors", "senior": "seniors"}
_ENROLMENT = {"required": "You must be a student", "graduated": "You must have finished your studies"}
_CLEARANCE = {
    "required": "You must hold a security clearance",
    "obtainable": "You must be able to obtain a security clearance",
}
_SPONSORSHIP = {"no": "It does not sponsor a work visa", "yes": "It sponsors a work visa"}
_STUDENT_VISA = {"yes": "A student visa is enough", "no": "A student visa is not enough"}


def _either(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def _degree(value: str) -> str:
    return f"Degree: {_either([_LEVELS.get(level, level) for level in value.split('|')])}"


def _year(value: str) -> str:
    return f"For {_either([_YEARS.get(year, year) for year in value.split('|')])}"


def _citizenship(value: str) -> str:
    countries = value.split("|")
    whom = "citizens or permanent residents" if all(code.endswith("+") for code in countries) else "citizens"
    return f"For {whom} of {_either([code.rstrip('+') for code in countries])} only"


def _graduation(value: str) -> str:
    first, _, last = value.partition("..")
    if not last:
        return f"You must graduate in {first} or later"
    if not first:
        return f"You must graduate by {last}"
    return f"You must graduate in {first}" if first == last else f"You must graduate between {first} and {last}"


_REMOTE = {
    "anywhere": "It can be done from anywhere",
    "yes": "It can be done remotely",
    "near": "It can be done from home within reach of the place",
    "hybrid": "A part of the week is on site",
    "no": "It is on site",
}


def remote_in_words(value: str) -> str:
    """ "country:CA|US" → "It can be done remotely from CA or US"; '' for what is no value."""
    scope, _, detail = value.partition(":")
    if not detail:
        return _REMOTE.get(scope, "")
    if scope == "hybrid":
        return f"Hybrid: {detail} a week on site"
    return f"It can be done remotely from {_either(detail.split('|'))}" if scope in ("country", "region") else ""


_WORDS: Mapping[str, Callable[[str], str]] = {
    "sponsorship": lambda value: _SPONSORSHIP.get(value, ""),
    "student_visa": lambda value: _STUDENT_VISA.get(value, ""),
    "citizenship": _citizenship,
    "clearance": lambda value: _CLEARANCE.get(value, ""),
    "work_right": lambda value: "You must be allowed to work there",
    "enrolment": lambda value: _ENROLMENT.get(value, ""),
    "degree": _degree,
    "graduation": _graduation,
    "year": _year,
    "age": lambda value: f"You must be {value} or older",
    "paid": lambda value: "It is not paid" if value == "no" else "",
}
"""What may keep somebody from it, in the order in which it is told."""


def conditions(stated: Mapping[str, Stated]) -> dict[str, str]:
    """Quote → what it says of who may apply; what one sentence says stands together."""
    told: dict[str, list[str]] = {}
    for subject, words in _WORDS.items():
        if (said := stated.get(subject)) and (sentence := words(said.value)):
            told.setdefault(said.quote, []).append(sentence)
    return {quote: "; ".join(sentences) for quote, sentences in told.items()}


_WARNINGS: Mapping[str, str] = {
    "warning:pay to apply": "it asks for money from those who apply",
    "warning:messenger only": "it names no way to apply but a messenger",
}


def warnings_stated(stated: Mapping[str, Stated]) -> list[tuple[str, str]]:
    """What its own text warns of, each with its quote."""
    return [(words, stated[subject].quote) for subject, words in _WARNINGS.items() if subject in stated]


# ------------------------------------------------------------------------------------------------ facts
def span(value: str) -> str:
    """ "12..16 weeks" → "12 to 16 weeks"; "6.. months" → "at least 6 months"; "..20" → "at most 20"."""
    first, dots, rest = value.partition("..")
    if not dots:
        return value
    if not first:
        return f"at most {rest}"
    return f"at least {first}{rest}" if not rest or rest.startswith(" ") else f"{first} to {rest}"


def pay_in_words(opening: Opening) -> str:
    """The figure, what it makes an hour and a month, and whether a source's field or the text tells it; '' for none."""
    stated = opening.facets.stated if opening.facets else {}
    said = stated.get("pay")
    figure = wage(said.value) if said else None
    if not said or not figure:
        return opening.pay
    hours = _hours(stated)
    others = [_figure(one) for make in (hourly, monthly) if (one := make(figure, hours)) and one.unit != figure.unit]
    about = f" (about {' or '.join(others)}, at {hours:g} hours a week)" if others else ""
    where = "its source's own field" if said.quote in opening.pay else "its text"
    return f"{_figure(figure)}{about}, as {where} says: “{said.quote}”"


def _hours(stated: Mapping[str, Stated]) -> float:
    """Hours a week, where one number of them is stated; else a full-time week."""
    said = stated.get("hours")
    try:
        return float(said.value) if said else HOURS_A_WEEK
    except ValueError:  # a range
        return HOURS_A_WEEK


def _figure(figure: Wage) -> str:
    ends = [f"{end:,.2f}".removesuffix(".00") for end in (figure.low, figure.high) if end is not None]
    amount = "–".join(dict.fromkeys(ends))
    led = "" if None not in (figure.low, figure.high) else "up to " if figure.low is None else "from "
    each = {"total": "in all", "hour": "an hour"}.get(figure.unit, f"a {figure.unit}")
    return f"{led}{amount} {figure.currency} {each}"
