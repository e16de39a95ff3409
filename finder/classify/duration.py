"""How long it lasts, how many hours a week, and how old one must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.spelling import Piece
from finder.model import Stated

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "sechs": 6, "drei": 3, "six ": 6, "seis": 6, "tres": 3, "zes": 6, "sei": 6, "a": 1,
}  # fmt: skip
_COUNT = r"\d{1,2}(?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|drei|sechs|seis|tres|zes|sei"
_UNITS = {
    "weeks": r"weeks?|wks?|wochen|semaines?|semanas|weken|settimane",
    "months": r"months?|mos?|monate?n?|mois|mes(?:es)?|maanden|mesi",
    "years": r"years?|jahre?|ans?|años?|jaar|anni|anno|anos?",
}
_SPAN = re.compile(
    rf"(?<![\w.$€£])(?:(?P<low>{_COUNT})(?:\s(?:weeks?|months?))?\s{{0,3}}(?:(?:to|–|/|bis|à|a|or|and|tot|y|e|oder"
    rf"|und)\s{{0,2}})?)?"
    rf"(?P<high>{_COUNT})(?P<plus>\s?\+)?\s?(?:\(\d{{1,2}}\)\s?)?(?=[^\W\d])(?:full\s|calendar\s|consecutive\s)?"
    rf"(?:(?P<weeks>{_UNITS['weeks']})|(?P<months>{_UNITS['months']})|(?P<years>{_UNITS['years']}))(?!\w)"
)
_LENGTH_BEFORE = re.compile(
    r"\b(?:last(?:s|ing)?|spend|takes? place over|runs|rang(?:es?|ing) (?:from|between)|commit|dure|dura|dauert|duurt"
    r"|(?:stay(?: with us)?|join us|work) for|durée|duration|dauer|durée"
    r"|duración|duração|durata|stageduur|duur|length|runs? for|period of|term of|total of"
    r"|(?:internship|placement|position|role|traineeship) (?:of|for|lasting)|praktikum (?:von|für|über)|stage (?:de"
    r"|van|di)|prácticas de|estágio de|tirocinio di|program of"
    r"|available for|availability of|commit(?:ment)? (?:to|of|for)|verfügbar(?:keit)? (?:für|von)|disponibilité de"
    r"|contract(?: for| of)?|für(?: die dauer von)?|befristet auf|laufzeit|minimum of)\b[^.;]{0,28}$"
)
_LENGTH_AFTER = re.compile(
    r"[\s,)(]{0,2}(?=[^\W\d])(?:(?:paid|full time|part time|summer|fall|spring|winter|remote|on site|fixed term|long"
    r"|in person|immersive|ai|rotational"
    r"|research|machine learning|data|software|engineering|term)\s){0,2}"
    r"(?:intern(?:ship)?s?|program(?:me)?|placement|co op|contract|position|role|fellowship|apprenticeship|assignment"
    r"|stage"
    r"|praktikum|pflichtpraktikum|prácticas|tirocinio|estágio|stint|project placement|traineeship|residency"
    r"|in duration|starting|beginning"
    r"|commitment|ab\b|à partir|from\b|vanaf|a partir|desde|da\b|starting from|lang\b|long\b|in length\b|work term"
    r"|engagement"
    r"|rotation program)"
)
_NOT_LENGTH = re.compile(
    r"\b(?:experience|leave|vacation|holidays?|urlaub|probation|notice|(?:the|our|these) last|past|next|within|every"
    r"|first|previous|ago|old|parental"
    r"|maternity|paternity|pto|erfahrung|expérience|experiencia|probezeit|sprints?|warranty|relocat\w+|after|history"
    r"|since|leaves"
    r"|each|roadmap|pay|paid time|founded|funding|runway|recent|ship|rolling|over the|in the|for over)\b"
)
LENGTH_WORDS = (
    "week, wks, wochen, semaine, semanas, weken, settimane, month, monat, mois, meses, maanden, mesi, one year,"
    " 1 year, twelve month, year long, ein jahr, jahres"
)


def duration_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`duration`, such as "12..16 weeks" or "6.. months"."""
    low = piece.low
    for match in _SPAN.finditer(low):
        before, after = low[max(0, match.start() - 60) : match.start()], low[match.end() : match.end() + 60]
        if not (_LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(after)):
            continue
        if (
            _NOT_LENGTH.search(before[-30:])
            or _NOT_LENGTH.search(after[:32])
            or re.match(r"\s?(?:hours|of prior|of pro)", after)
        ):
            continue
        if value := _length(match, before):
            yield "duration", Stated(value, piece.quote(*match.span()))
            return


def _length(match: re.Match[str], before: str) -> str:
    high = _number(match["high"])
    low = _number(match["low"]) if match["low"] else high
    unit = "weeks" if match["weeks"] else "months"
    if match["years"]:
        if high > 2:
            return ""
        low, high = 12 * low, 12 * high
    if not 1 <= low <= high <= 60:
        return ""
    return f"{_bounded(low, high, before, bool(match['plus']))} {unit}"


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _WORDS[words]


_LEAST = re.compile(
    r"\b(?:at least|minimum(?: \w{1,12})?(?: of)?|min\.?|mindestens|au moins|minimum de|al menos|mínimo|minimaal"
    r"|ten minste|almeno"
    r"|no less than|pelo menos|no mínimo)\s{0,2}(?:de |di |of )?$"
)
_MOST = re.compile(
    r"\b(?:up to|maximum(?: of)?|max\.?|at most|bis zu|jusqu'à|hasta|fino a|tot|até|no more than|maximal"
    r"|höchstens)\s{0,2}(?:de |di )?$"
)


def _bounded(low: float, high: float, before: str, plus: bool = False) -> str:
    """`12`, `12..16`, `6..` for at least, `..20` for at most."""
    if low != high:
        return f"{low:g}..{high:g}"
    if plus or _LEAST.search(before):
        return f"{low:g}.."
    return f"..{low:g}" if _MOST.search(before) else f"{low:g}"


# ------------------------------------------------------------------------------------------------ hours a week
_NUMBER = r"\d{1,2}(?!\d)(?:[.,]\d{1,2})?"
_HOURS = re.compile(
    rf"(?<![\w.$€£/])(?:(?P<low>{_NUMBER})(?:\s?(?:hours?|hrs?|h|stunden))?(?:\s{{0,2}}(?:to|–|bis|à|a|or|and|tot|/"
    rf"|und|y|e)\s{{0,2}}|\s{{1,3}}))?(?P<high>{_NUMBER})(?P<plus>\s?\+)?\s?(?=[^\W\d])"
    r"(?:(?:hours?|hrs?|h|stunden|std\.?|heures?|horas|uur|uren|ore)\b[\s,(]{0,2}(?:of work\s|work\s)?"
    r"(?:(?:/|per|a|each|every|pro|die|in der|par|por|per|in|alla|à la|a la)\s?(?:the\s)?(?:week|wk|woche|semaine"
    r"|semana|settimana)\b"
    r"|weekly|wöchentlich|hebdo\w*|semanales|semanais|settimanali)"
    r"|hour (?:work\s?)?weeks?\b|wochenstunden|h/week|h/woche|stunden/woche|h/sem\w*|hpw)"
)
HOURS_WORDS = (
    "per week, a week, /week, weekly, hour week, hour work, pro woche, /woche, die woche, in der woche, wöchentlich,"
    " wochenstunden, par semaine, /semaine, hebdo, a la semana, por semana, semanal, semanais, per settimana,"
    " settimanali, hours each week, each week, hpw, /wk"
)


def hours_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`hours` a week, such as "40", "20..30", "..20"."""
    for match in _HOURS.finditer(piece.low):
        high = float(match["high"].replace(",", "."))
        low = float(match["low"].replace(",", ".")) if match["low"] else high
        if 2 <= low <= high <= 60:
            before = piece.low[max(0, match.start() - 24) : match.start()]
            yield "hours", Stated(_bounded(low, high, before, bool(match["plus"])), piece.quote(*match.span()))
            return


# ------------------------------------------------------------------------------------------------ age
_AGE = re.compile(
    r"(?:(?:at least|minimum(?: age)?(?: of| is|:)?|must be|are|be|aged?|age of|age requirement(?: of| is|:)?|over"
    r"|above|mindestens|au moins|moins|minimaal|minstens"
    r"|almeno|mínimo(?: de)?|no mínimo|mayor(?:es)? de|maior(?:es)? de|más de|plus de|reached|attained|ab|older than"
    r"|age:?|least)\s{1,2})"
    r"(?:the age of\s|age\s)?(?P<age>1[4-9]|2[01]|eighteen|sixteen|twenty one)\s?(?P<unit>\+|years? of age|years? old"
    r"|years? or older|years?|yrs|or older|or over|jahre|ans|jaar|anni|anos|años|and (?:older|over)|by)?"
    r"|\b(?P<first>1[4-9]|2[01])\s(?:years? (?:of age|old)|years? (?:or|and) older)"
)
_NOT_AGE = re.compile(
    r"\s{0,2}(?:of (?:experience|history|service)|in business|months|weeks|countries|hours|days|experience|erfahrung"
    r"|berufs|company|%|people|minutes|units|,\d|\.\d|credits?|points|percent)"
)
_OF_AGE = re.compile(r"\b(?:age|old|older|alt|18\+?$|ans|anni|anos|años|oud|by|jahre|over|mayor|maior)\b|\+|$")
_AGES = {"eighteen": "18", "sixteen": "16", "twenty one": "21"}
AGE_WORDS = (
    "years of age, years old, or older, years or older, 18+, 16+, 21+, aged, must be 18, must be 16, must be 21,"
    " eighteen,"
    " sixteen, age of,"
    " minimum age, jahre alt, ans, de 18, anni, anos, años, jaar oud, at least 18, at least 16, at least 21, age:,"
    " and older,"
    " mayor de, maior de"
)


def age_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`age`: the least."""
    low = piece.low
    for match in _AGE.finditer(low):
        age, unit = match["age"] or match["first"], match["unit"] or ""
        after = low[match.end() : match.end() + 24]
        before = low[max(0, match.start() - 24) : match.start()]
        if _NOT_AGE.match(after) or re.search(
            r"\b(?:children|under|experience|business|company)\b", before + after[:16]
        ):
            continue
        if unit in ("years", "year") and after.strip(" .!"):
            continue
        if not unit and "age" not in match.group() and after.strip(" .!)"):
            continue
        yield "age", Stated(_AGES.get(age, age), piece.quote(*match.span()))
        return
