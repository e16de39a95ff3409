"""Days, months, seasons and years named in a text, in seven languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SEASONS = {
    "Spring": "spring|frühling|frühjahr|printemps|primavera|lente|voorjaar",
    "Summer": "summer|sommer(?:semester)?|été|verano|zomer|estate|verão",
    "Fall": "fall|autumn|herbst|automne|otoño|herfst|najaar|autunno|outono",
    "Winter": "winter(?:semester)?|hiver|invierno|inverno",
}
_MONTHS = (
    "jan(?:uary|uar|vier|uari)?|jänner|enero|gennaio|janeiro",
    "feb(?:ruary|ruar|ruari)?|février|febrero|febbraio|fevereiro",
    "mar(?:ch)?|märz|mars|marzo|maart|março",
    "apr(?:il|ile)?|avril|abril",
    "may|mai|mayo|mei|maggio|maio",
    "june?|juni|juin|junio|giugno|junho",
    "july?|juli|juillet|julio|luglio|julho",
    "aug(?:ust|ustus)?|août|agosto",
    "sept?(?:ember|embre|iembre)?|settembre|setembro",
    "oct(?:ober|obre|ubre)?|oktober|okt|ottobre|outubro",
    "nov(?:ember|embre|iembre)?|novembro",
    "dec(?:ember|embre)?|dezember|dez|décembre|diciembre|dicembre|dezembro",
)
SEASON = "|".join(_SEASONS.values())
MONTH = "|".join(_MONTHS)
_YEAR = r"(?:20[2-3]\d)(?!\d)|'[2-3]\d(?!\d)"
_POINT = re.compile(
    rf"\b(?:(?P<iso>20[2-3]\d[ /][01]\d(?:[ /][0-3]\d)?)(?!\w|\s(?:week|month|hour|day|intern|year))"
    rf"|(?:(?=\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?\s{{0,2}}(?:of |de |d')?)?(?=[^\W\d])(?P<month>{MONTH})\b\.?"
    rf"(?:\s{{0,2}}(?P<day_after>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[:/.]\d|\s?(?:hours|weeks|%)))?"
    rf"(?:,?\s{{0,2}}(?:de |del |di |of )?(?P<month_year>{_YEAR}))?"
    rf"|(?P<season>{SEASON})\b(?:\s{{0,2}}(?:semester|term|quarter|session|internship|of|de|del|di)\b){{0,2}}"
    rf",?\s{{0,2}}(?P<season_year>{_YEAR})?"
    rf"|(?P<dotted>[0-3]?\d\.\s?[01]?\d\.\s?20[2-3]\d|[0-3]?\d/[0-3]?\d/20[2-3]\d)(?!\d)"
    rf"|(?P<slashed>(?:0?[1-9]|1[0-2])/20[2-3]\d)(?!\d)"
    rf"|(?P<year>20[2-3]\d)(?:(?P<year_season>\s{{1,2}}(?:{SEASON}))\b)?(?!\d))"
    rf"|(?<!\w)(?P<year_short>'[2-3]\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A time named at low[start:end]; 0 or '' for what is not said."""

    start: int
    end: int
    year: int = 0
    month: int = 0
    day: int = 0
    season: str = ""


def points(low: str) -> list[Point]:
    """Every time that a folded text names, in its order. A month or season without a year counts too."""
    return [point for match in _POINT.finditer(low) if (point := _point(match))]


def _point(match: re.Match[str]) -> Point | None:
    start, end = match.span()
    if words := match["iso"] or match["dotted"] or match["slashed"]:
        return _numbered(start, end, [int(number) for number in re.findall(r"\d+", words)], "/" in words)
    if match["month"]:
        day = int(match["day"] or match["day_after"] or 0)
        return Point(start, end, _full(match["month_year"]), month_of(match["month"]), day if day <= 31 else 0)
    if season := (match["season"] or match["year_season"]):
        return Point(start, end, _full(match["season_year"] or match["year"]), season=season_of(season.strip()))
    return Point(start, end, _full(match["year"] or match["year_short"]))


def _numbered(start: int, end: int, numbers: list[int], strokes: bool) -> Point | None:
    if numbers[0] > 31:
        year, month, day = (*numbers, 0)[:3]
    elif len(numbers) == 3:
        day, month, year = numbers
        if strokes and month > 12:
            day, month = month, day
        elif strokes and day <= 12 and day != month:
            return None  # 08/07/2026 may be read in two ways
    else:
        day, (month, year) = 0, numbers
    return Point(start, end, year, month, day) if 1 <= month <= 12 and day <= 31 else None


def _full(year: str | None) -> int:
    return 0 if not year else int(year) if len(year) == 4 else 2000 + int(year[1:])


_MONTH_NUMBERS = tuple((number, re.compile(pattern)) for number, pattern in enumerate(_MONTHS, 1))
_SEASON_NAMES = tuple((name, re.compile(pattern)) for name, pattern in _SEASONS.items())


def month_of(word: str) -> int:
    """1 to 12. Raises StopIteration for what is no month."""
    return next(number for number, pattern in _MONTH_NUMBERS if pattern.fullmatch(word))


def season_of(word: str) -> str:
    """Its English name, Autumn as Fall. Raises StopIteration for what is no season."""
    return next(name for name, pattern in _SEASON_NAMES if pattern.fullmatch(word))


# ------------------------------------------------------------------------------------------------ spans
_JOINS = re.compile(
    r"[\s,]{0,3}(?:(?:and|or|to|through|thru|until|till|und|oder|bis(?:_zum)?|et|ou|à|au|a|al|hasta|y|o|e|en|of|tot"
    r"|t/m|fino_a|até)\b"
    r"(?:\s(?:the|late|early|mid|end of|before|any ?time in|in|den|zum))?"
    r"|[–—/&+-]|-)?[\s,]{0,3}".replace("_", " ")
)


def runs(low: str, found: list[Point]) -> list[list[Point]]:
    """Times that belong together: only joining words, commas or strokes stand between them."""
    groups: list[list[Point]] = []
    for point in found:
        if groups and _JOINS.fullmatch(low, groups[-1][-1].end, point.start):
            groups[-1].append(point)
        else:
            groups.append([point])
    return [with_years(group) for group in groups]


def with_years(group: list[Point]) -> list[Point]:
    """ "June and August 2027" names one year for both; "December and June 2027" two."""
    filled: list[Point] = []
    year, order = 0, 13.0
    for point in reversed(group):
        own = point.year or (year - 1 if year and _order(point) > order else year)
        year, order = own or year, _order(point)
        filled.insert(0, replace(point, year=own))
    for at in range(1, len(filled)):  # 2027 Summer/Fall
        if not filled[at].year:
            filled[at] = replace(filled[at], year=filled[at - 1].year)
    return filled


def _order(point: Point) -> float:
    seasons = {"Winter": 1.0, "Spring": 3.0, "Summer": 6.0, "Fall": 9.0}
    return point.month or seasons.get(point.season, 0.0)


_SPRING, _SUMMER, _FALL = range(1, 5), range(5, 9), range(9, 13)
_TERMS = (("Spring", _SPRING), ("Summer", _SUMMER), ("Fall", _FALL))
_LEAST = 3
"""Months of a season that make an internship one of that season."""


def seasons_between(first: Point, last: Point) -> list[str]:
    """The terms that months from `first` to `last` take up: those with at least three months in it, else the one that
    it begins in. Universities divide the year so: January to April, May to August, September to December."""
    months = [first.month]
    while months[-1] != last.month and len(months) < 12:
        months.append(months[-1] % 12 + 1)
    counts: dict[tuple[int, str], int] = {}
    for at, month in enumerate(months):
        season = next(name for name, span in _TERMS if month in span)
        later = int(first.month + at > 12)
        counts[later, season] = counts.get((later, season), 0) + 1
    kept = [key for key, count in counts.items() if count >= _LEAST] or [next(iter(counts))]
    return [f"{season} {first.year + later if first.year else ''}".strip() for later, season in kept]
