"""Citizenship and security clearance that a listing asks for.

A sentence against discrimination names citizenship only to say that it does not matter, and "or otherwise authorized"
lets everybody in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.rights import NOT, WORK_RIGHT
from finder.classify.spelling import Piece, Spelt, lexicon, spell
from finder.model import Stated

_COUNTRIES = {
    "US": r"u\.?s\.?a?\.? united_states american états_unis estadounidense amerikan\w+ statuniten\w+",
    "CA": r"canad\w+ kanad\w+",
    "GB": r"u\.?k\.? united_kingdom british britain britisch\w*",
    "AU": r"australian? australisch\w*",
    "NZ": r"new_zealand\w*",
    "EU": r"eu european_union européenne unión_europea eea",
    "DE": r"german\w* deutsch\w* allemand\w*",
    "FR": r"french france français\w*",
    "ES": r"spanish spain español\w*",
    "IT": r"italian\w*",
    "NL": r"dutch netherlands nederland\w*",
    "PT": r"portugu[eê]s\w* portugal",
    "BR": r"brazil\w* brasil\w*",
    "CH": r"swiss switzerland schweizer\w* suisse",
    "AT": r"austrian? österreich\w*",
    "IE": r"irish ireland",
    "IN": r"indian?",
    "SG": r"singapore\w*",
    "IL": r"israeli? israel",
    "JP": r"japan\w*",
    "SE": r"swedish sweden",
    "NO": r"norwegian norway",
    "DK": r"danish denmark",
    "FI": r"finnish finland",
    "PL": r"polish poland",
    "BE": r"belgian belgium",
}
_COUNTRY = tuple(
    (code, re.compile(rf"(?:{'|'.join(words.split())})".replace("_", r"\s+"))) for code, words in _COUNTRIES.items()
)
_CITIZEN = lexicon(
    K=r"citizen_(?:scien\w+|developers?|data|journal\w+|services?|engagement|experience|facing)"
    r" (?:corporate|senior|global|good|digital|every|our)_citizens? corporate_citizenship citizens_(?:bank|financial)"
    r" citizens_of_the_world",
    H=r"u\.?s\.?_workers?(?=_only) (?:u\.?s\.?|united_states)_persons? u\.?s\.?_person_status",
    P=r"permanent_residen\w+ green_card\w*(?:_holders?)? lawful_permanent_residents? refugees? asylees?"
    r" protected_individuals?",
    D=r"race religion religious gender sex sexual age disability veteran colou?r ancestry marital genetic ethnicity"
    r" discriminat\w+ harassment",
    A=WORK_RIGHT + r" authori[sz]ed work_visas? visas? otherwise_authori[sz]ed valid_work",
    Z=r"citizens? citizenships? nationals national(?=[.,;]|$|_or|_and) nationality staatsbürger\w* staatsangehörig\w*"
    r" nationalité citoyen\w*"
    r" citoyenneté ciudadan\w+ nacionalidade? nationaliteit staatsburger\w* cittadin\w+ cidad[ãa]\w*",
    G=" ".join(_COUNTRIES.values()),
    N=NOT + r" regardless irrespective without independent(?:ly)? ohne unabhängig",
    M=r"must should only requir\w+ requisite mandatory obligator\w+ obligatoire essential necessary need\w* limited"
    r" restricted eligible exclusively solely sole hold\w* possess\w* condition due voraussetzung erforderlich zwingend"
    r" notwendig exigée? requise requiere imprescindible vereist verplicht richiest\w+ obrigatóri\w+ obrigat\w+ shall",
    F=r"prefer\w* plus priority bonus ideal\w* advantage encouraged welcome asset",
    O=r"or and_(?:all|those|others?|anyone|people|persons)",
    Q=r"may might could some certain",
    B=r"build\w* serve\w* help\w* products? services? betreu\w+",
)
_ASKED = re.compile(r"M[^;F]{0,14}[ZH]|[ZH][^;F]{0,12}M")
_WAIVED = re.compile(
    r"N[^;ZH]{0,4}[ZH]|[ZH][^;]{0,3}N[^;]{0,2}(?:M|$)|F[^;]{0,3}[ZH]|[ZH][^;]{0,5}F|[ZHP][^;]{0,3}O[^;]{0,5}A"
    r"|B[^;M]{0,6}Z|Q[^;]{0,5}M[^;]{0,4}[ZH]|[ZH][^;]{0,2}Q[^;]{0,3}M"
)
_DISCRIMINATION = re.compile(r"D[^;]{0,3}D|D[^;]{0,12}Z[^;]{0,12}D")
_BARE = 4
"""Words of a piece that is no sentence: "U.S. Citizen" among the requirements, "US Citizenship Required"."""

CITIZEN_WORDS = (
    "citizen, us person, u.s. person, united states person, national, nationality, staatsb, staatsangeh, nationalité,"
    " citoyen, ciudadan, nacionalidad, nationaliteit, cittadin, cidad"
)


def citizenship_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`citizenship` as far as the piece asks for one."""
    said = spell(_CITIZEN, piece.low)
    letters = said.letters
    who = re.search("[ZH]", letters)
    if not who or _DISCRIMINATION.search(letters) or _WAIVED.search(letters) or "?" in letters:
        return
    rule = _ASKED.search(letters)
    bare = (piece.section == "must" and who.start() < _BARE) or len(letters.strip(";,")) <= _BARE
    if not (rule or (bare and "G" in letters) or (bare and "H" in letters)):
        return
    start, end = said.span(rule or who)
    if countries := _countries(said, piece):
        plus = "+" if re.search("[HP]", letters) else ""
        yield "citizenship", Stated("|".join(f"{code}{plus}" for code in countries), piece.quote(start, end))


def _countries(said: Spelt, piece: Piece) -> list[str]:
    """Those named next to the word, in their order."""
    if "H" in said.letters:
        return ["US"]
    named = re.search(r"(?:G[^;GZ]{0,2}){1,3}[^;G]{0,3}Z|Z[^;G]{0,5}(?:G[^;G]{0,2}){1,3}", said.letters)
    if not named:
        return []
    codes: list[str] = []
    for at in range(named.start(), named.end()):
        if said.letters[at] == "G":
            word = piece.low[slice(*said.spans[at])]
            codes += [code for code, pattern in _COUNTRY if pattern.fullmatch(word)]
    return list(dict.fromkeys(codes))


# ------------------------------------------------------------------------------------------------ clearance
_CLEARANCE = lexicon(
    K=r"(?:customs|medical|rights|drug|renal|criminal|abuse|fbi|food|health|import|export|road|ground)_clearances?"
    r" clearance_(?:sale|items?|rack|prices?|of)",
    L=r"(?:top_secret|secret|security|ts/sci|ts|sc|dv|nato(?:_secret)?|government|dod|national_security|sci|bpss)"
    r"(?:_level)?(?:_security)?_clear(?:ances?|ed) top_secret(?:/sci)? ts/sci ts_sci clearances? security_cleared"
    r" sicherheitsüberprüfung sicherheitsfreigabe habilitation(?:_(?:de_)?(?:défense|sécurité|secret))?"
    r" habilitación_(?:personal_)?de_seguridad veiligheidsonderzoek nulla_osta_(?:di_)?sicurezza public_trust",
    O=r"obtain\w* capable getting receiv\w+ eligib\w+ ability able undergo acquire qualify granted willing\w* subject"
    r" get gain apply pass\w*"
    r" bereit\w* éligible obtenir obten\w+ ottenere",
    N=NOT + r" waived",
    F=r"prefer\w* plus bonus desir\w+ ideal\w* advantage\w* asset nice may might",
    M=r"must requir\w+ active current\w* hold\w* possess\w* existing need\w* mandatory already have has essential"
    r" in_scope erforderlich vorausgesetzt vorausetzung vereist obligatoire",
)
_OBTAIN = re.compile(r"O[^;LNF]{0,9}L|L[^;LNF]{0,6}O")
_HOLD = re.compile(r"M[^;)LNF]{0,9}L|L[^;LNF]{0,6}M")
_SPARED = re.compile(r"N[^;,L]{0,9}L|L[^;]{0,4}N|F[^;]{0,5}L|L[^;]{0,5}F")

CLEARANCE_WORDS = (
    "clearance, security cleared, sc cleared, dv cleared, ts/sci, top secret, public trust, sicherheitsüberprüfung,"
    " sicherheitsfreigabe, habilitation, habilitación, veiligheidsonderzoek, nulla osta"
)


def clearance_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`clearance`: to be held already, or to be had."""
    said = spell(_CLEARANCE, piece.low)
    letters = said.letters
    if "L" not in letters or "?" in letters or _SPARED.search(letters):
        return
    for value, pattern in (("obtainable", _OBTAIN), ("required", _HOLD)):
        if rule := pattern.search(letters):
            yield "clearance", Stated(value, piece.quote(*said.span(rule)))
            return
