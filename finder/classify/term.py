"""When it takes place: term and start; and the other times that a listing names, graduation and the last day to apply.

Each time in a text belongs to one of them, by the words before it: a graduation date or a posting date is no term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from finder.classify.moments import (
    MONTH,
    SEASON,
    Point,
    points,
    runs,
    season_of,
    seasons_between,
)
from finder.classify.spelling import Piece
from finder.classify.text import folded
from finder.model import Stated

# ------------------------------------------------------------------------------------------------ titles
_WORDS_APART = 4
_SPAN = re.compile(r"(?:[–—-]|\b(?:to|through|thru|until|till|bis|à|a|al|hasta|tot|t/m|au|até)\b)")


def terms_named(title: str) -> tuple[str, ...]:
    """Terms in a title, in English, in its order, each once ("Summer 2027"); empty where it names none with a year.
    Months are told as the terms they take up."""
    low = folded(title)
    groups = runs(low, [point for point in points(low) if point.season or _is_time(point, low)])
    found: list[str] = []
    for at, group in enumerate(groups):
        after = groups[at + 1] if at + 1 < len(groups) else []
        if not group[-1].year and after and _apart(low, group[-1], after[0]):  # Summer Data Science Internship - 2027
            group = [replace(point, year=after[0].year) for point in group]
        found += _terms(low, [point for point in group if point.year])
    return tuple(dict.fromkeys(found))


def _apart(low: str, point: Point, year: Point) -> bool:
    """Whether a bare year stands a few words behind."""
    between = low[point.end : year.start]
    return not (year.month or year.season) and len(between) < 60 and len(between.split()) <= _WORDS_APART


def _terms(low: str, run: Sequence[Point]) -> list[str]:
    """The terms of times that belong together: of months the span that they make up, of seasons each."""
    named = [f"{point.season} {point.year or ''}".strip() for point in run if point.season]
    months = [point for point in run if point.month]
    if not months or named:
        return named
    if len(months) > 1 and (
        _SPAN.search(low, months[0].end, months[-1].start) or low[months[0].end : months[-1].start].isspace()
    ):
        return seasons_between(months[0], months[-1])
    return [term for month in months for term in seasons_between(month, month)]


# ------------------------------------------------------------------------------------------------ texts
_GRADUATES = re.compile(
    r"\b(?:graduat(?:es|ed|ing|ion)|graduate (?:in|by|between|from|after|before|on|no|during|(?:the )?(?:spring"
    r"|summer|fall|winter|may|december|june))\b|(?:will|to|must|should|you|who) (?:have )?graduate|have graduate"
    r"|degree (?:or higher )?(?:obtained|conferred|received|earned)|graduation date|degree completion"
    r"|completing (?:your|their|an?) \w+|class of|commencement"
    r"|expected completion|finish(?:ing)? (?:your|their) (?:degree|studies)|complete (?:your|their) (?:degree"
    r"|studies)|degree conferral"
    r"|(?:dein|ihr|das) studium|studienabschluss|abschluss|diplômation|fin d'études|graduación|graduados?|afstuderen"
    r"|afgestudeerd"
    r"|formatura|conclusão|laurea prevista|you (?:will )?graduate)\b[^;!?]{0,70}$"
)
_GRADUATES_AFTER = re.compile(
    r"(?:\s{1,2}|\b)(?:\w{1,20}\s)?(?:graduates?\b(?=\s{0,2}(?:$|[.,;:)!]|only|are|who|or|and))|graduation|grads\b"
    r"|ab$|ab\W)"
)
_NO_GRADUATION = re.compile(
    r"\b(?:founded|our graduates|alumni|alumnus|accelerator|undergraduates? have|ranked|graduate (?:program|programme"
    r"|role|scheme|intake)|since)\b"
)
_CLOSES = re.compile(
    r"\b(?:appl(?:y|ications?|ying|ication period)\b[^.;!?]{0,30}\b(?:by|before|until|close[sd]?|closing|due|deadline"
    r"|end|ends|no later than|through|is)"
    r"|apply (?:by|before|until|no later than)|deadline|closing date|remains? open until|open until|closes on"
    r"|submit[^.;!?]{0,30}\b(?:by|before|until|no later than)"
    r"|bewerbungsfrist|bewerbungsschluss|bewirb dich bis|bewerbung(?:en)?\b[^.;!?]{0,12}\bbis|date limite"
    r"|candidat[^.;!?]{0,20}\bavant|fecha límite|hasta el|plazo"
    r"|solliciteer (?:vóór|voor)|sluitingsdatum|scadenza|candidati entro|prazo|candidata\w* até"
    r"|inscri\w+ até)\b[^.;!?]{0,40}$"
)
_STARTS = re.compile(
    r"\b(?:start(?:s|ing)?(?: date)?|beg(?:in|ins|inning)|commenc\w+|from|as of|available from|join us in|ab|beginn"
    r"|startdatum|eintritt(?:stermin)?|zum|einstieg"
    r"|à partir d[eu']|dès|début|desde|a partir de|inicio|início|com início|vanaf|startend|ingang|inizio|da"
    r"|decorrenza|dal|runs|takes place|runs? between|between)\b"
    r"(?!\s(?:founded|scratch))[^.;!?]{0,34}$"
)
_PLACEMENT = re.compile(
    r"\b(?:intern(?:s|ship|ships)?|co ?ops?|program(?:me)?s?|placements?|position|role|term|semester|working student"
    r"|werkstudent\w*|praktik\w+|prácticas"
    r"|stage|stagiaire|stagiair|tirocinio|estágio|fellowship|apprenticeship|start date|starting|join us|opportunity"
    r"|availab\w+|cohort|residency|traineeship"
    r"|weeks?|months?|wochen|monate?|mois|meses|mesi|maanden|hiring|start|begin\w*|dates?)\b"
)
_PAST = re.compile(
    r"\b(?:posted|published|updated|founded|since|raised|won|voted|award\w*|best place|posting|classes begin"
    r"|review of applications|interviews?|moved|closed|series [a-f]|launched|acquired|ipo|copyright|ranked"
    r"|released|established|named|recognized|last (?:summer|year|fall|spring|winter)|previous|party|festival|holiday"
    r"|was|were|built|worked|joined us|our interns of|graduated|prize|ended|conference)\b"
)
_YEARLESS = re.compile(
    rf"\b(?P<season>{SEASON}) (?:intern(?:ship|s)?|co op|analyst|term|semester|placement|program|session|position"
    rf"|associate)\b"
    rf"|\b(?:im|for the|during the|in the|this|nächste[sn]?|kommende[sn]?|over the) (?P<coming>wintersemester"
    rf"|sommersemester|winter|summer)\b(?= semester|$|\W{{0,3}}(?:months|break|$))"
)
_RETURNS = re.compile(r"\b(?:return\w*|school|party|enroll?ed|classes|back to|acceptance)\b")

TIME_WORDS = (
    "202, 203, '2, '3, january, february, march, april, from may,"
    " june, july, august, september, october, november, december, januar, februar, märz, juni, juli, oktober, dezember,"
    " janvier, février, avril, juillet, août, septembre, octobre, novembre, décembre, enero, febrero, marzo, julio,"
    " junio,"
    " septiembre, octubre, noviembre, diciembre, gennaio, settembre, ottobre, dicembre, giugno, luglio, janeiro,"
    " fevereiro,"
    " setembro, outubro, dezembro, september, may to, may –, may through, may august, may/june, summer intern,"
    " summer term, fall term, fall semester, spring semester, spring term, winter term, winter semester,"
    " wintersemester,"
    " sommersemester, summer semester, spring intern, fall intern, winter intern, co op, summer program, summer analyst"
)


def times_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`graduation`, `deadline`, `term` and `start` as far as the piece names their times."""
    low = piece.low
    found = [point for point in points(low) if point.season or _is_time(point, low)]
    told = 0
    for run in runs(low, found):
        before = low[max(told, run[0].start - 110) : run[0].start]
        told, after = run[-1].end, low[run[-1].end : run[-1].end + 40]
        quote = piece.quote(run[0].start, run[-1].end)
        if _GRADUATES.search(before) or _GRADUATES_AFTER.match(after):
            if (
                run[-1].year
                and "preferred" not in after[:24]
                and not _NO_GRADUATION.search(low)
                and (value := window(low, run, before, after))
            ):
                yield "graduation", Stated(value, quote)
        elif _CLOSES.search(before):
            if run[0].day:
                yield "deadline", Stated(_day(run[-1]), quote)
        elif _PLACEMENT.search(low) and not _PAST.search(before[-70:] + after):
            yield from _placement(low, run, before, quote)
    if (
        not any(map(_dated, found))
        and (match := _YEARLESS.search(low))
        and not _RETURNS.search(low)
        and _PLACEMENT.search(low)
    ):
        yield "term", Stated(season_of(match["season"] or match["coming"]), piece.quote(*match.span()))


def _dated(point: Point) -> bool:
    return point.year > 0 or point.month > 0


def _is_time(point: Point, low: str) -> bool:
    """ "You may", "a mar", "été" and a bare number of a year are no times of their own."""
    if point.year and (point.month or point.season):
        return True
    if point.month:
        return (
            point.day > 0
            or low[point.start : point.end] not in ("mar", "may", "mai", "dec", "mei")
            or _near_month(point, low)
        )
    return point.year > 0


_BESIDE = re.compile(rf"(?:\s(?:(?:to|through|until|and|or|&|–)\s)?(?:late |early |mid )?|/|–)(?=[^\W\d])(?:{MONTH})\b")
_LED = re.compile(
    r"(?:\bfrom|\bin|\bearly|\blate|\bmid|\bbetween|\bof|\bstarting|\bbeginning|\bend of|\buntil|–|/|\bto)\s?$"
)


def _near_month(point: Point, low: str) -> bool:
    return (
        _BESIDE.match(low, point.end) is not None
        or _LED.search(low[max(0, point.start - 12) : point.start]) is not None
    )


def _placement(low: str, run: Sequence[Point], before: str, quote: str) -> Iterator[tuple[str, Stated]]:
    starts = _STARTS.search(before) is not None or _SPAN.search(low, run[0].end, run[-1].end) is not None
    first = run[0]
    bare = all(not point.month and not point.season for point in run)
    spans = (
        len(run) > 1
        and first.month
        and (low[first.end : run[-1].start].isspace() or _SPAN.search(low, first.end, run[-1].start))
    )
    if bare or not (first.year or starts or spans) or _RETURNS.search(before[-60:]):
        return
    if (first.day and not (starts or spans)) or (first.season and not first.year):
        return
    if terms := _terms(low, run):
        yield "term", Stated("|".join(dict.fromkeys(terms)), quote)
    if first.month and (starts or spans):
        yield "start", Stated(_day(first), quote)


def _day(point: Point) -> str:
    """ISO 8601, `--09` and `--01-15` where the year is not said."""
    year = str(point.year) if point.year else "-"
    return f"{year}-{point.month:02}" + (f"-{point.day:02}" if point.day else "")


# ------------------------------------------------------------------------------------------------ graduation
_FIRST_MONTH = {"Spring": 1, "Summer": 6, "Fall": 9, "Winter": 12}
_LAST_MONTH = {"Spring": 6, "Summer": 8, "Fall": 12, "Winter": 12}
"""Of a graduation in that season: spring terms end by June, fall terms in December, when a winter graduation is"
" held."""
_FROM = re.compile(
    r"\b(?:after|no earlier than|no sooner than|not before|not be (?:prior to|before)|not prior to|in or after|at the"
    r" earliest|from|beyond|on or after|at least|since)\s{1,2}(?:the )?(?:end of )?$"
)
_UNTIL = re.compile(
    r"\b(?:by|(?<!not )(?<!be )before|in or before|no later than|until|prior to|on or before|not later than|at the"
    r" latest|up to|latest)\s{1,2}(?:the )?(?:end of )?$"
)
_OR_LATER = re.compile(
    r"[\s,)(]{0,3}(?:or|and)? ?(?:later|beyond|after|onwards?|thereafter|at the earliest|oder später|ou plus tard"
    r"|o posterior)\b|\s?\+"
)
_OR_EARLIER = re.compile(r"[\s,)(]{0,3}(?:or|and)? ?(?:earlier|before|sooner|at the latest)\b")


def window(low: str, run: Sequence[Point], before: str, after: str) -> str:
    """The time of graduation, such as "2026-12..2028-06"; either side may be open."""
    first, last = (
        f"{run[0].year}-{_month(run[0], _FIRST_MONTH, 1):02}",
        f"{run[-1].year}-{_month(run[-1], _LAST_MONTH, 12):02}",
    )
    if first > last:
        first, last = last, first
    if len(run) == 1 and (_FROM.search(before) or _OR_LATER.match(after)):
        return f"{first}.."
    if len(run) == 1 and (_UNTIL.search(before) or _OR_EARLIER.match(after)):
        return f"..{last}"
    return f"{first}..{last}"


def _month(point: Point, seasons: dict[str, int], otherwise: int) -> int:
    return point.month or seasons.get(point.season, otherwise)
