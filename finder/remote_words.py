"""What people write in seven languages about work from elsewhere, on site or partly so: patterns for finder.remote.

Each begins with a word and repeats within bounds only, so that the time grows with the length of the text.
"""

from __future__ import annotations

import re

SITE = r"(?:on[- ]?site|in[- ]person|in[- ](?:the[- ]|our )?office|office[- ]based)"
_ROLE = (
    r"(?:role|position|job|internship|opportunity|placement|co-?op|apprenticeship|fellowship|traineeship|program(?:me)?|"
    r"stelle|praktikum|tätigkeit|poste|stage|puesto|prácticas|functie|vacature|posizione|tirocinio|ruolo|vaga|estágio)"
)
_MUCH = r"(?:fully|full|100 ?%|completely|entirely|totally|vollständig|komplett|rein|entièrement|totalement|volledig|"
_MUCH += r"totalmente|completamente|permanently|primarily)"
_COUNT = r"(?P<days{}>[1-5]|one|two|three|four|five|eine?n?|zwei|drei|vier|fünf|une?|deux|trois|quatre|cinq|"
_COUNT += r"uno?|dos|tres|cuatro|cinco|due|tre|quattro|cinque|één|twee|drie|vijf|um|dois|três|quatro)"
COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "one ein eine einen un une uno um één 1",
            "two zwei deux dos due twee dois 2",
            "three drei trois tres tre drie três 3",
            "four vier quatre cuatro quattro quatro 4",
            "five fünf cinq cinco cinque vijf 5",
        ),
        1,
    )
    for word in words.split()
}
_RANGE = r"(?:\s?(?:-|–|to|or|bis|oder|à|ou|a|o)\s?[1-5])?\+?"
_DAY = r"\s?(?:full )?(?:days?|tagen?|jours?|días?|dias?|giorni|dagen|dag)\b"


def _any(*patterns: str, begin: str = "") -> re.Pattern[str]:
    """`begin`: what each match begins with, looked at first because most places of a text have it not."""
    return re.compile(begin + "(?:" + "|".join(patterns) + ")", re.I)


_WORD = r"\b(?=\w\w)"


ON_SITE = _any(
    rf"\b{_ROLE} (?:is|will be|must be|requires?|takes place)(?: \w+){{0,3}} {SITE}\b",
    rf"\b(?:{_MUCH}|strictly|this is an?) {SITE}\b",
    rf"\b{SITE}[- ](?:role|position|job|internship|opportunity|only|placement)\b",
    r"\b(?:not|isn['’]t|non)[- ](?:an? |eligible for |open to |available for )?(?:fully )?remote\b"
    r"(?! (?:sens|team|employ|staff|work))",
    r"\bremote(?:ly)?(?: work| ok)?\s?[:?] ?(?:no|non|nein|nee)\b",
    r"\bno (?:option (?:for|of) )?remote(?: work| option)?\b",
    r"\bremote(?: work(?:ing)?| options?| position)?(?: for this \w+)? (?:is|are) (?:not|unavailable)\b",
    r"\b(?:cannot|can['’]t|can not) be (?:done |performed |carried out )?remote(?:ly)?\b",
    rf"\b(?:must|required to|expected to|available to|need to) (?:be able to |be willing to )?(?:work|be|report)"
    rf"(?: \w+){{0,2}} {SITE}\b",
    r"\b(?:kein|keine|nicht) (?:remote|home-?office)\b|\bpräsenzpflicht\b|\b(?:ausschließlich|nur) vor ort\b",
    r"\b(?:pas de|sans) télétravail\b|\ben présentiel\b|\bposte sur site\b",
    r"\b(?<!semi)(?<!semi-)(?<!no )(?:100 ?% )?presencial\b(?! y remot| e remot| o remot| ou remot)",
    r"\bsin teletrabajo\b|\b(?:lavoro|tirocinio|stage) in (?:presenza|sede)\b|\b(?:geen thuiswerk|niet remote)\b",
    begin=_WORD,
)
_AT = (
    r"(?:in|at|from|on|im|vor|au|sur|en|in sede|no|op)?[- ]?(?:the |our |la |an? )?(?:\w+ ){0,2}?"
    r"(?:office|site|on-?site|campus|person|büro|ort|bureau|présentiel|oficina|presencial(?:es)?|ufficio|presenza|sede|"
    r"kantoor|escritório|presenciais)\b"
)
_HOME = (
    r"(?:\w+ ){0,3}?(?:home-?office|remote(?:ly)?|from home|mobil|télétravail|à distance|teletrabajo|en remoto|"
    r"smart ?working|da remoto|thuis|remoto)\b"
)
OFFICE_DAYS = _any(
    rf"\b{_COUNT.format('')}{_RANGE}{_DAY}(?:(?:/| (?:a|per|each|every|pro|par|por|a la|alla) )(?:week|woche|semaine|"
    rf"semana|settimana))?[ ,]{{1,2}}{_AT}",
    rf"\b(?:{SITE}|hybrid\W{{1,3}}|im büro|au bureau|en la oficina|op kantoor)(?: \w+){{0,3}} "
    rf"{_COUNT.format('_after')}{_RANGE}{_DAY}",
)
HOME_DAYS = _any(rf"\b{_COUNT.format('')}{_RANGE}{_DAY} {_HOME}")
HYBRID = _any(
    r"\bhybrid[- ](?:role|position|work\w*|schedule|internship|job|model\b(?! of)|arrangement|setting|office|remote|"
    r"basis|opportunity|format|workplace)",
    rf"\b{_ROLE} (?:is|will be|operates|follows)(?: \w+){{0,3}} hybrid\b",
    r"\b(?:partly|partially|teilweise|partiellement|parcialmente|parzialmente|gedeeltelijk) remot\w+",
    r"\bhybrid(?:es|e|er)? (?:arbeit\w*|modell\w*)|\bmobile[sn]? arbeiten\b|\bhome-?office[- ](?:möglich\w*|anteil\w*)",
    r"\btélétravail partiel\b|\b(?:mode|travail|rythme|format) hybride\b|\bsemi-?presencial\b",
    r"\b(?:modalidad|modelo|trabajo|formato|regime|trabalho|modello|lavoro|modalità) (?:h[íi]brid[oa]|ibrid[oa])\b",
    r"\bhybride? werk\w*",
    begin=_WORD,
)
NEAR = _any(
    r"\b(?:within |in )?(?:a )?(?:reasonable )?commut(?:able|ing)(?: distance)?\b|\blocal to\b",
    r"\bpendel(?:distanz|nähe|entfernung)\b|\b(?:à|a) distan(?:ce|cia) (?:raisonnable|razonable)\b",
)
ANYWHERE = _any(
    r"\bworldwide\b|\bglobal(?:ly)?\b|\banywhere\b|\bweltweit\b|\bpartout dans le monde\b|\bcualquier (?:lugar|parte)\b"
    r"|\bqualquer lugar\b|\bovunque\b|\bwaar ook\b"
)
REMOTE_WORK = _any(
    rf"\b{_ROLE} (?:is|can be|will be|may be|ist|est|es|è)(?: \w+){{0,3}}? "
    rf"(?:{_MUCH}[- ])?remote(?:ly)?\b(?![- ]first)",
    rf"\b{_MUCH}[- ](?:en |in |da |à )?(?:remot[eao]|distance|distancia|télétravail|op afstand|home-?office)\b"
    r"(?![- ]first)",
    rf"\bremote[- ]{_ROLE}\b|\b{SITE},? or (?:fully )?remote\b|\bremote,? or {SITE}\b",
    r"\bremote[- ](?:eligible|ok\b|possible|allowed|within|in the|from anywhere|based in|\()",
    r"\bremote (?:work )?(?:option|is (?:possible|an option|available|allowed|offered))",
    r"\b(?:you|interns?|candidates?) (?:can|may|will|could) (?:also )?work(?: \w+){0,2} "
    r"(?:remotely|from (?:home|anywhere))",
    r"\bremote(?:ly)?(?: work| ok)?\s?[:?] ?(?:yes|oui|ja|sì|sí|sim)\b",
    r"\bopen to remote\b|\bwork(?:ing)? from anywhere\b|\bwork location:? remote\b",
    r"\bremote (?:möglich|innerhalb|aus ganz)|\b(?:deutschland|europa|bundes)weit remote\b|\bortsunabhängig\w*",
    r"\b(?:poste|stage) (?:en télétravail|à distance)",
    r"\b(?:trabajo|puesto|empleo|prácticas|trabalho|vaga|estágio) remot[oa]s?\b",
    r"\b(?:lavoro|tirocinio|posizione) da remoto\b",
    begin=_WORD,
)
LABEL = re.compile(r"\b(?:location|workplace(?: type)?|work (?:mode|type)|standort|lieu|ubicación)\s*:\s*", re.I)
TRIGGER = re.compile(
    r"remot|hybrid|híbrid|ibrid|on[- ]?site|in[- ]person|office|from home|télétravail|presencia|présentiel|vor ort|"
    r"from anywhere|teletrab|kantoor|büro|au bureau|oficina|ufficio|thuis|[àa] dist[aâ]nc|präsenz|ortsunab|"
    r"mobile[sn]? arb|presenza|sede\b|smart ?work|sur site|afstand",
    re.I,
)
"""A word of nearly every pattern: sentences without one are not looked at."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s|[\n\r•]")
WHERE = re.compile(
    r"\b(?i:within|in|from|across|throughout|based in|innerhalb(?: von)?|aus|dans|depuis|en|desde|binnen|em|für)\s+"
    r"(?:(?i:the|la|le|den|die|der|het|el)\s+)?"
    r"(?P<named>[A-ZÀ-Ý][\w.]*(?:(?:,? (?:and|or|und|oder|et|ou|y|o) (?:the )?|, |[ /-])[A-ZÀ-Ý][\w.]*){0,6})"
    r"|[(–-]\s?(?P<beside>[A-ZÀ-Ý][\w.]*(?:(?:, | or | and |[ /])[A-ZÀ-Ý][\w.]*){0,6})"
)
WIDE = {"deutschlandweit": "Deutschland", "bundesweit": "Deutschland", "europaweit": "Europa"}


IF = re.compile(r"\b(?:if|whether|should|when)\b[^,.]{0,20}$", re.I)
"""Before a statement: it is none."""

FOR_NOW = re.compile(r"\b(?:until|temporar\w+|for now|at the moment|due to covid|vorübergehend|temporaire\w*)\b", re.I)
RATHER = re.compile(r"\bprefer\w*\b[^.;]{0,30}$", re.I)
"""Before a place: it is a preference, not a bound."""
