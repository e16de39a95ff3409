"""How much it pays: from a source's own field, else from the text.

A figure is pay where a unit of time or a word for pay stands with it, and nothing that says it is other money: funding,
a bonus, a budget, a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finder.classify.spelling import Piece
from finder.classify.text import folded
from finder.model import Place, Stated
from finder.wages import Unit, Wage

_CURRENCIES = {
    "USD": "$ us$ usd dollars dollar",
    "EUR": "€ eur euro euros",
    "GBP": "£ gbp",
    "CAD": "c$ ca$ cad cdn",
    "AUD": "a$ au$ aud",
    "SGD": "s$ sgd",
    "HKD": "hk$ hkd",
    "NZD": "nz$ nzd",
    "BRL": "r$ brl",
    "MXN": "mx$ mxn",
    "INR": "₹ inr rs",
    "CHF": "chf",
    "JPY": "¥ jpy",
    "CNY": "cny rmb",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln zł",
    "CZK": "czk",
    "KRW": "₩ krw",
    "ILS": "ils ₪",
    "TWD": "nt$ twd",
    "HUF": "huf",
    "RON": "ron",
    "TRY": "try",
    "ZAR": "zar",
    "AED": "aed",
    "PHP": "php",
    "IDR": "idr",
    "THB": "thb",
    "VND": "vnd",
    "MYR": "myr",
}
_SIGNS = {sign: code for code, signs in _CURRENCIES.items() for sign in signs.split()}
"""As they are written → ISO 4217."""
_DOLLARS = {"CA": "CAD", "AU": "AUD", "SG": "SGD", "NZ": "NZD", "HK": "HKD"}
"""Countries whose own money "$" is where every place of the listing is there."""
_UNIT_WORDS: dict[Unit, str] = {
    "hour": "hour hourly hours hr hrs h stunde stunden std stundenlohn heure horaire hora uur ora",
    "day": "day daily tag jour día dia dag giorno",
    "week": "week weekly wk woche semaine semana settimana",
    "month": "month monthly mo mth monat monatlich mois mensuel mensuels mensuelle mensual mensuales mes mês mensais"
    " mensal"
    " maand mese mensili p.m pm",
    "year": "year yearly yr annum annual annually annualized jahr jährlich an annuel annuels annuelle año anual"
    " anuales ano"
    " jaar anno annuo annui p.a pa",
    "total": "total internship stipend summer",
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_CURRENCY = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[,.' ]\d{3}){1,2}(?:[.,]\d{1,2})?(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
_AMOUNT = re.compile(
    rf"(?:(?<![a-z\d])(?P<sign>{_CURRENCY})\s?)?(?<![\w.,])(?P<number>{_NUMBER})(?:\s?(?P<scale>k\b|mm?\b|mn\b|bn?\b"
    rf"|million|billion|thousand|\+))?"
    rf"(?:\s?(?P<after>{_CURRENCY})(?![a-z\d]|\s?\d))?"
)
_RANGE = re.compile(
    r"(?:\s?(?:/hr|/hour|/h|per hour|an hour))?(?:\s{0,2}(?:[–—/-]|(?:to|und|bis|and|à|a|y|tot|e)\b)\s{0,2}"
    r"|\s{1,3})(?=\S)"
)
_PER = re.compile(
    r"[\s,(]{0,2}(?=[/\w])(?:(?:brutto|netto|bruts?|nets?|gross|base|before tax|cad|usd|us dollars|bruto|lordi"
    r"|dollars)\s{1,2})?"
    r"(?:(?:/|p/|all'|de l'|(?:per|an?|each|every|pro|im|je|par|por|al|alla|in de|au|a la|ao|paid)\s)\s?)?"
    r"(?:the\s|calendar\s)?(?P<unit>[^\W\d](?:\.?\w)*)"
)
_LEADING = re.compile(
    "|".join(
        (
            r"\b(?P<hour>hourly|per hour|an hour|stundenlohn|stundensatz|taux horaire|por hora)",
            r"(?P<day>daily|day rate)",
            r"(?P<week>weekly)",
            r"(?P<month>monthly|per month|monatlich\w*|im monat|mensuel\w*|mensual\w*|mensal|maandelijks\w*|mensile)",
            r"(?P<year>annual\w*|yearly|per year|jährlich|jahresgehalt|annuel\w*|anual\w*)",
        )
    )
)
_ABOUT_PAY = re.compile(
    r"\b(?:pay|paid|salar(?:y|ies)|compensation|wages?|stipends?|hourly|rate of pay|pay rate|earn(?:s|ings?)?"
    r"|remuneration|compensated|vergüt\w+|gehalt"
    r"|lohn|stundenlohn|entgelt|bruttogehalt|rémunér\w+|gratification|salaire|salario|remunerac\w+|gratificación|beca"
    r"|bolsa|ayuda al estudio|stagevergoeding|vergoeding|salaris"
    r"|rimborso|retribu\w+|compenso|indennità|remuneração|salário|auxílio|base|payrate|target|ote|range)\b"
)
_SAID = re.compile(
    r"\b(?:pay|salary|wage|compensation|hourly rate|vergütung|gehalt|rémunération)\b[:\s]{0,3}(?:is "
    r"|of |from )?$"
)
_OTHER_MONEY = re.compile(
    r"\b(?:rais(?:e|ed|ing)|fund(?:ed|ing|s)|investors?|revenue|valuation|assets|series [a-f]|bonus(?:es)?|referral"
    r"|reimburse\w*|budget|allowance|401|sav(?:e|es|ed|ings)|cost[s]?"
    r"|price|plans? start|worth|customers?|sales|market|grants?|prize|award\w*|fee|tuition|donat\w+|insurance"
    r"|deductible|credit|voucher|gift|relocation|housing|equipment|learning|transactions?"
    r"|processed|managed|manage|billion|million|loan|scholarship|401k|match(?:es)?|discount|spend|payments"
    r"|subscription|equity|sign on|signing|up front|wellness|wellbeing|fertility|hra|hsa|health|medical|dental|perks?"
    r"|phone|internet|commuter|lunch|meals?|"
    r"requests|users|orders|downloads|employees|people|alumni|graduates)\b"
)
_LINE = 80
"""Characters of a line that tells little beside the figure."""
_SCALE = {"k": 1_000.0, "thousand": 1_000.0}
_LEAST_OF: dict[Unit, tuple[float, float]] = {
    "hour": (2, 1_000),
    "day": (10, 10_000),
    "week": (50, 50_000),
    "month": (100, 1_000_000),
    "year": (3_000, 50_000_000),
    "total": (100, 1_000_000),
}
"""What is outside of this is a slip, or other money."""
_SMALL = {
    "JPY": 150,
    "KRW": 1500,
    "INR": 80,
    "HUF": 400,
    "IDR": 15_000,
    "VND": 25_000,
    "PHP": 60,
    "THB": 40,
    "TWD": 30,
    "CZK": 25,
}
"""Money of which a dollar buys many: how many, roughly."""

PAY_WORDS = "$, €, £, ¥, ₹, ₩, usd, eur, euro, gbp, cad , aud , chf, inr, sgd, rs., brl, zł, pln, sek, nok, dkk"


def pay_of_field(field: str, places: Sequence[Place] = ()) -> Stated | None:
    """The figure in what a source itself has in its field for pay."""
    low = folded(field)
    found = _first(low, places, trusted=True)
    return Stated(str(found[0]), field.strip()) if found else None


def pay_of(piece: Piece, places: Sequence[Place] = ()) -> Iterator[tuple[str, Stated]]:
    """`pay` as far as the piece tells a figure."""
    if found := _first(piece.low, places, trusted=False):
        yield "pay", Stated(str(found[0]), piece.quote(*found[1]))


def _first(low: str, places: Sequence[Place], *, trusted: bool) -> tuple[Wage, tuple[int, int]] | None:
    match = _AMOUNT.search(low)
    while match:
        found, end = _figure(low, match, places, trusted)
        if found:
            return found, (match.start(), end)
        match = _AMOUNT.search(low, max(end, match.end()))
    return None


def _figure(low: str, first: re.Match[str], places: Sequence[Place], trusted: bool) -> tuple[Wage | None, int]:
    second = None
    if gap := _RANGE.match(low, first.end()):
        second = _AMOUNT.match(low, gap.end())
    if second and (second["scale"] or "") not in ("", "k", "thousand", "+"):
        return None, second.end()
    end = (second or first).end()
    sign = next((s for one in (first, second) if one for s in (one["sign"], one["after"]) if s), "")
    if (not sign and not trusted) or (first["scale"] or "") not in ("", "k", "thousand", "+"):
        return None, end
    if not sign and not _CODE.search(low):
        return None, end
    unit, end = _unit(low, first.start(), end, trusted)
    amounts = _amounts(first, second)
    if not unit or amounts is None or not _likely(amounts, sign, unit):
        return None, end
    if not trusted and not _is_pay(low, first.start(), end, unit):
        return None, end
    return Wage(_currency(sign or _CODE.search(low).group(), places), *_ends(low, first, amounts), unit), end  # type: ignore[union-attr]


def _likely(amounts: tuple[float, float], sign: str, unit: Unit) -> bool:
    least, most = _LEAST_OF[unit]
    size = _SMALL.get(_SIGNS.get(sign, ""), 1)
    return least <= amounts[0] <= amounts[1] <= most * size


_CODE = re.compile(rf"(?<![a-z])(?:{_CURRENCY})(?![a-z])")


def _amounts(first: re.Match[str], second: re.Match[str] | None) -> tuple[float, float] | None:
    low = _number(first["number"])
    if not second:
        low *= _SCALE.get(first["scale"] or "", 1.0)
        return low, low
    scale = _SCALE.get(second["scale"] or "", 1.0)
    high = _number(second["number"]) * scale
    low *= _SCALE.get(first["scale"] or "", scale if low < high / 10 else 1.0)
    return (low, high) if low <= high else None


def _ends(low: str, first: re.Match[str], amounts: tuple[float, float]) -> tuple[float | None, float | None]:
    before = low[max(0, first.start() - 14) : first.start()]
    if amounts[0] == amounts[1] and re.search(
        r"\b(?:up to|bis zu|jusqu'à|hasta|fino a|tot|até|maximum of|max)\s*$", before
    ):
        return None, amounts[1]
    if amounts[0] == amounts[1] and (
        re.search(r"\b(?:from|at least|starting at|ab|minimum of|à partir de|desde)\s*$", before)
        or first["scale"] == "+"
    ):
        return amounts[0], None
    return amounts


def _number(words: str) -> float:
    """1,200 and 1.200 and 1'200 are thousands; 12.50 and 12,50 are not."""
    whole = re.sub(r"[,.' ](?=\d{3}(?!\d))", "", words)
    return float(whole.replace(",", "."))


def _currency(sign: str, places: Sequence[Place]) -> str:
    countries = {place.country for place in places}
    if sign in ("$", "dollar", "dollars") and len(countries) == 1:
        return _DOLLARS.get(next(iter(countries)), "USD")
    return _SIGNS[sign]


def _unit(low: str, start: int, end: int, trusted: bool) -> tuple[Unit | None, int]:
    if (match := _PER.match(low, end)) and (unit := _UNIT_OF.get(match["unit"])):
        return unit, match.end()
    before = low[max(0, start - 60) : start]
    if led := list(_LEADING.finditer(before)):
        return _unit_of(led[-1]), end
    behind = low[end : end + 30]
    if re.search(r"\bannual|\bper (?:year|annum)|\byearly", behind):
        return "year", end
    if re.search(r"\bstipend\b", before) or re.match(r"\s(?:one time )?stipend", behind):
        return "total", end
    return (
        ("year", end)
        if trusted or re.search(r"\b(?:salary|base|compensation|pay range|gehalt|salaire)\b", before)
        else (None, end)
    )


def _unit_of(match: re.Match[str]) -> Unit:
    return next(unit for unit in _UNIT_WORDS if unit in match.re.groupindex and match[unit])


def _is_pay(low: str, start: int, end: int, unit: Unit) -> bool:
    before = low[max(0, start - 90) : start]
    if not _SAID.search(before) and _OTHER_MONEY.search(f"{before} {low[end : end + 40]}"):
        return False
    return (
        unit == "hour"
        or len(low) - (end - start) < 12
        or _ABOUT_PAY.search(low) is not None
        or (unit in ("month", "year") and len(low) < _LINE)
    )
