"""The term that a title names: "Summer 2027", "May–August 2027", "12 months from September"."""

from __future__ import annotations

import re

_SEASONS = {
    "Spring": "spring|frühling|frühjahr|printemps|primavera|lente|voorjaar",
    "Summer": "summer|sommer(?:semester)?|été|verano|zomer|estate|verão",
    "Fall": "fall|autumn|herbst|automne|otoño|herfst|najaar|autunno|outono",
    "Winter": "winter(?:semester)?|hiver|invierno|inverno",
}
_MONTHS = {
    "January": "jan(?:uary|uar|vier)?|enero|januari|gennaio|janeiro",
    "February": "feb(?:ruary|ruar|ruari)?|février|febrero|febbraio|fevereiro",
    "March": "mar(?:ch)?|märz|mars|marzo|maart|março",
    "April": "apr(?:il|ile)?|avril|abril",
    "May": "may|mai|mayo|mei|maggio|maio",
    "June": "june?|juni|juin|junio|giugno|junho",
    "July": "july?|juli|juillet|julio|luglio|julho",
    "August": "aug(?:ust|ustus)?|août|agosto",
    "September": "sept?(?:ember|embre|iembre)?|settembre|setembro",
    "October": "oct(?:ober|obre|ubre)?|oktober|ottobre|outubro",
    "November": "nov(?:ember|embre|iembre)?|novembro",
    "December": "dec(?:ember|embre)?|dezember|décembre|diciembre|dicembre|dezembro",
}
_SEASON = "|".join(_SEASONS.values())
_MONTH = "|".join(_MONTHS.values())
_YEAR = r"(?:20[2-3]\d|['’][2-3]\d)"
_JOIN = r"\s*(?:[/&,+–—-]|and|or|und|to|bis|et|y|e|en)\s*"
_SEASONS_RUN = rf"(?:{_SEASON})(?:{_JOIN}(?:{_SEASON})){{0,3}}"
_SEASON_YEAR = re.compile(
    rf"\b(?P<seasons>{_SEASONS_RUN})\b[\s,:–—-]*(?:of |semester |term )?(?P<year>{_YEAR})\b"
    rf"|\b(?P<year_first>20[2-3]\d)\b[\s,:–—-]*(?P<seasons_after>{_SEASONS_RUN})\b(?!\s*{_YEAR})"
    rf"|\b(?P<seasons_apart>{_SEASONS_RUN})\b(?:[\s–—-]+[\w&/]+){{1,4}}?[\s,(–—-]+(?P<year_apart>{_YEAR})\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"\b(?P<first>{_MONTH})\b\.?(?:\s+(?P<year_between>{_YEAR}))?(?:\s*(?:[–—-]|to|through|until|bis|à|a|tot)\s*(?P<last>{_MONTH})\b\.?)?,?\s*(?P<year>{_YEAR})?\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b(?P<months>\d{{1,2}})[\s-]*(?:months?|monate?|mois|meses|mesi|maanden)\b[^|;()]{{0,20}}?"
    rf"\b(?:from|starting|start|ab|à partir de|desde|vanaf|da)\s+(?:in )?(?P<month>{_MONTH})\b",
    re.IGNORECASE,
)


def terms_named(title: str) -> tuple[str, ...]:
    """Terms in a title, in English, in its order, each once; empty where it names none with a year or a length."""
    found: list[str] = []
    for match in _SEASON_YEAR.finditer(title):
        words = match["seasons"] or match["seasons_after"] or match["seasons_apart"]
        year = match["year"] or match["year_first"] or match["year_apart"]
        found += [f"{season} {_full(year)}" for season in _named(_SEASONS, _SEASON, words)]
    found += [span for match in _MONTH_YEAR.finditer(title) if (span := _months(match))]
    found += [f"{match['months']} months from {_name(_MONTHS, match['month'])}" for match in _LENGTH.finditer(title)]
    return tuple(dict.fromkeys(found))


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year[1:]}"


def _named(names: dict[str, str], pattern: str, words: str) -> list[str]:
    return [_name(names, match.group()) for match in re.finditer(rf"\b(?:{pattern})\b", words, re.IGNORECASE)]


def _name(names: dict[str, str], word: str) -> str:
    return next(name for name, pattern in names.items() if re.fullmatch(pattern, word, re.IGNORECASE))


def _months(match: re.Match[str]) -> str:
    year = match["year"] or match["year_between"]
    if not year:
        return ""
    first = _name(_MONTHS, match["first"])
    return f"{first}–{_name(_MONTHS, match['last'])} {_full(year)}" if match["last"] else f"{first} {_full(year)}"
