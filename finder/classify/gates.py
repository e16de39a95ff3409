"""What a text plainly says about who may apply, as quotes; where the words could mean two things, nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from finder.classify.text import Outline, folded, quoted

_NO_SPONSOR = re.compile(
    r"(?:\b(?:not|cannot|unable)\b|n't\b)(?:(?!requir|need|\bask)[^.;!?]){0,50}?\bsponsor"
    r"(?!(?:\w* [^.;!?]{0,40})?\b(?:every|all) (?:role|position|candidate|visa))"
    r"|\bno (?:visa |immigration |work |h 1b |h1b |employment )?sponsorship\b(?! (?:is )?(?:need|requir))"
    r"|\bsponsorship (?:\w+ ){0,6}?(?:(?:is|will|can|are) (?:not|un)|(?:is|wo|ca|are)n't) ?(?:be )?"
    r"(?:available|offered|provided|possible|considered|supported)\b"
    r"|\bauthori[sz]ed\b[^.;!?]{0,80}\bwithout\b[^.;!?]{0,60}\bsponsor\w*(?! for an? export)"
)
_DEGREE = re.compile(
    r"\b(?:pursuing|enrolled|working towards?|candidates? for|studying (?:for|towards?)|completing"
    r"|student in|studies in)\b"
    r"[^.;!?]{0,80}?\b(?:ph\.? ?d|doctora\w+|master\w*|m\.?sc?\b|bachelor\w*|b\.?sc?\b|b\.?a\b|undergraduate|graduate"
    r"|associate's|mba|degree)\b"
)
_DEGREE_IN_TITLE = re.compile(
    r"\b(?:ph\.?d\b\.?|(?:doctoral|master['’]?s|master(?= degree| student| level)"
    r"|bachelor['’]?s?|undergrad(?:uate)?|mba|bs/ms|ms/phd|bs|msc?)\b)"
    r"(?:\s*(?:/|or|and|,|&)\s*(?:ph\.?d\.?|master['’]?s?|ms))?",
    re.IGNORECASE,
)


def gates_of(title: str, extra: Mapping[str, Any], layout: Outline | None) -> dict[str, str]:
    """Quotes under `sponsorship` (refused), `citizenship` and `degree`; no key where nothing is plainly said."""
    found: dict[str, str] = {}
    told = str(extra.get("sponsorship") or "")
    if _NO_SPONSOR.search(folded(told)):
        found["sponsorship"] = told
    elif "citizen" in told.lower():
        found["citizenship"] = told
    elif layout and "sponsor" in layout.low and (quote := _quote(_NO_SPONSOR, layout)):
        found["sponsorship"] = quote
    if match := _DEGREE_IN_TITLE.search(title):
        found["degree"] = match.group()
    elif degrees := [str(degree) for degree in extra.get("degrees") or ()]:
        found["degree"] = ", ".join(degrees)
    elif layout and (quote := _quote(_DEGREE, layout)):
        found["degree"] = quote
    return found


def _quote(pattern: re.Pattern[str], layout: Outline) -> str:
    match = pattern.search(layout.low)
    return quoted(layout.text, layout.at(match.start()), *match.span()) if match else ""
