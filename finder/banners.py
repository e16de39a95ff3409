"""How pages say that a posting is closed, in the languages that employers write: a table of whole sentences. Pure.

A sentence counts only as a whole: "this position is no longer available" is one; "if this position is no longer
available", "no longer available to students abroad" and "this position is closed to agencies" are none. What may stand
around it is told by the table too, so that no words are matched somewhere in a text.
"""

from __future__ import annotations

import re

LONGEST = 240
"""Characters of a block that may be such a statement; a longer one is a text about the job."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " ", "\u202f": " "})
_END = re.compile(r"(?<=[.!?:;])\s+|\n")
_EDGES = " \t-–—*•·|.…!?:;,\"'“”„«»()[]⚠✖✕❌🚫\ufe0f"

# One form a line: text as `_plain` writes it, with the alternatives of a regular expression, and {names} of _WORDS.
_CLOSING = """
{sorry}?{this}{asked}? (is|has|was) {since}?{gone}{later}
{sorry}?{this}{asked}? no longer exists{later}
{sorry}?(the )?application{time}?{for it}? (is|are|has|have) {since}?{over}{later}
{sorry}?(we (are|have) |we're )?{since}?{refusing} {them}{for it}?{later}
(job|position|role|vacancy|posting|listing|internship|requisition)( posting| listing)? {ended}

(leider |achtung |hinweis )?{diese}{gesuchte}? {stelle} (ist|wurde) {schon}*{nicht mehr}
leider (ist|wurde) {diese}{gesuchte}? {stelle} {schon}*{nicht mehr}
(leider )?die (bewerbungs|ausschreibungs)frist( für diese {stelle})? ist {schon}*(abgelaufen|vorbei|verstrichen)
(leider )?(eine )?bewerbung(en)?( (auf|für) {diese} {stelle})? (sind|ist) {schon}*nicht mehr möglich
({diese} )?{stelle} {schon}*(besetzt|vergeben|abgelaufen|nicht mehr verfügbar)
{diese} {stelle} existiert (leider )?nicht mehr

{désolé}?{cette} ?{offre}{recherchée}? n'est {désormais}*plus {disponible}
{désolé}?{cette} ?{offre} (a|est) {désormais}*(été )?{pourvue}
{cette} ?{offre} n'existe plus
les candidatures( pour ce(tte)? {offre})? (sont|ne sont) {désormais}*{closes}
{offre} (expirée?|pourvue?|clôturée?|fermée?)

{lo siento}?(est[ea]|la|el) {oferta}{de trabajo}? ya no (está|se encuentra|es|sigue) {activa}
{lo siento}?(est[ea]|la|el) {oferta}{de trabajo}? (ya )?(ha|está|fue|se ha) (sido )?{cerrada}
(est[ea]|la|el) {oferta}{de trabajo}? ya no (existe|acepta (más )?(candidaturas|solicitudes|postulaciones))
{oferta} {cerrada}

(helaas,? )?(deze|de|dit|het)( door u gezochte)? {vacature}( die (je zoekt|u zoekt))? (is|werd) {al}*{niet meer}
helaas is (deze|de|dit|het) {vacature} {al}*{niet meer}
(helaas )?(deze|de) {vacature} bestaat (helaas )?niet meer
(solliciteren|reageren|sollicitaties)( op deze {vacature})? (is|zijn) (helaas )?niet meer mogelijk
{vacature} (is )?(gesloten|vervuld|verlopen|vervallen)

(siamo spiacenti,? |purtroppo,? )?(quest[ao]|l') ?{offerta} non è più {attiva}
(siamo spiacenti,? |purtroppo,? )?(quest[ao]|l') ?{offerta} è (stat[ao] )?{chiusa}
(infelizmente,? |lamentamos,? )?(est[ae]|a|o) {vaga} (já )?não est[áa] (mais )?(disponível|ativ[ao]|abert[ao])
(infelizmente,? |lamentamos,? )?(est[ae]|a|o) {vaga} (já )?((foi|está) (encerrad|preenchid|fechad)[ao]|expirou)
(tyvärr,? )?(den här|denna) (tjänsten?|annonsen?|platsen?) är (inte längre (tillgänglig|öppen|aktiv)|(redan )?tillsatt)
(tyvärr har )?annonsen har (gått ut|löpt ut|utgått)
(niestety,? )?t[oa] (ogłoszenie|oferta)( pracy)? (wygasł[oa]|jest (już )?nieaktualn[ea]|został[oa] zakończon[ea])
"""

_ABSENT_FORMS = """
(error )?404( error)?([ :|–-]+(page |file )?not found)?
{sorry}?((the|this|that) )?(page|{job})( posting| opening)?{asked}? {lost}
{sorry}?(we )?(could not|couldn't|cannot|can't) find (the|this|that|any) (page|{job}){asked}?
no (such )?(job|position|posting) (was )?found
(die )?(seite|{stelle}) (wurde )?(leider )?nicht gefunden
(page|offre) (introuvable|non trouvée)
(la )?(página|oferta|vacante) no (encontrada|existe)
(de )?(pagina|vacature) (is |werd )?niet gevonden
"""

_APPLYING = """
(easy |quick )?apply( now| here| online| today| (for|to) (this|the) {job})?
(submit|start) (your |an )?application
i'm interested
apply with linkedin
(jetzt |hier |online )?bewerben
(jetzt )?auf (die|diese) stelle bewerben
zur bewerbung
(je )?postuler?( maintenant| en ligne| à cette offre)?
(aplicar|postular(me|se)?|inscribirme|solicitar)( ahora| a esta oferta)?
solliciteer( nu| direct)?
solliciteren
candidati( ora)?
candidatar-?se
ansök( nu)?
aplikuj( teraz)?
"""

_WORDS = {
    # English
    "sorry": "(({sigh})[,:!.]? (but |that )?)",
    "sigh": "oops|we('re| are) (very )?sorry|sorry|unfortunately|please note( that)?|note|notice|"
    "thank(s| you) for your interest|(it )?looks like",
    "this": "(this|the) (particular |specific )?{job}( posting| opening| listing| advert| offer| description| ad)?",
    "job": "(job|position|role|vacancy|opening|opportunity|posting|requisition|listing|internship|advert|"
    "advertisement|offer|programme|program)",
    "asked": "( (that |which )?you('re| are|'ve| have| were)? ([a-z]+ ){0,3}[a-z]+)",
    "since": "(now |already |currently |unfortunately |since |being )",
    "gone": "(no longer (available|open|active|live|posted|vacant|(being )?advertised|published|accepting {them})|"
    "not (available|open|active|accepting {them}) (any ?more|any longer)|not accepting {them}|{ended})",
    "them": "(any )?(new )?(applications|applicants|candidates|submissions)",
    "ended": "(is |has )?(been )?(filled|closed|removed|taken down|withdrawn|cancell?ed|unpublished|archived|"
    "deactivated|expired|no longer available)",
    "time": "(s| period| window| process| deadline)",
    "for it": "( for (this|the) {job})",
    "over": "(been )?(closed|passed|expired|ended|no longer (being )?(accepted|open|possible))",
    "refusing": "(no longer accept(ing)?|not accepting|stopped accepting|no longer taking)",
    "later": "( at this time| at the moment| any ?more| any longer| on (our|this) (web)?site|"
    " (for|to) (new )?applica(tions|nts)?| (as of|on) [\\w ,.]{4,20})?{aside}?",
    "aside": "(,? (and|so|but|please|however|feel free|thank|check|view|see|browse|have a look)\\b.*)",
    "lost": "((could not|can(not|'t)) be found|(was )?not found|(does not|doesn't) exist|"
    "(has been|was) (moved|moved or deleted|deleted))",
    # German
    "diese": "(diese[srn]?|die|das|der)",
    "gesuchte": "( von ihnen (gesuchte|aufgerufene|gewünschte)| gesuchte)",
    "stelle": "(stelle|stellenanzeige|stellenausschreibung|stellenangebot|position|ausschreibung|anzeige|job|"
    "jobanzeige|praktikum|praktikumsstelle|vakanz|angebot)",
    "schon": "(leider |bereits |inzwischen |schon |mittlerweile )",
    "nicht mehr": "(nicht (mehr|länger) (verfügbar|online|aktiv|aktuell|offen|ausgeschrieben|vakant|zu besetzen)|"
    "(besetzt|geschlossen|abgelaufen|vergeben|deaktiviert|beendet|archiviert|entfernt)( worden)?)",
    # French
    "désolé": "((désolée?s?|malheureusement|oups),? )",
    "cette": "(cet(te)?|ce|l'|le)",
    "offre": "(offre( d'emploi| de stage| d'alternance)?|annonce|poste|stage|opportunité|mission)",
    "recherchée": "( que vous (recherchez|cherchez|consultez|avez demandée))",
    "désormais": "(malheureusement |désormais |déjà |maintenant )",
    "disponible": "(disponible|en ligne|active?|d'actualité|à pourvoir|ouverte?|valable|publiée?)",
    "pourvue": "(pourvue?|expirée?|clôturée?|close|fermée?|archivée?|désactivée?|retirée?|supprimée?)",
    "closes": "(closes|clôturées|fermées|terminées|plus acceptées|plus possibles)",
    # Spanish
    "lo siento": "((lo sentimos|lamentablemente),? )",
    "oferta": "(oferta|vacante|puesto|empleo|posición|convocatoria|plaza|práctica|anuncio)",
    "de trabajo": "(( de empleo| de trabajo| laboral| de prácticas)?( que (buscas?|está[sn]? buscando))?)",
    "activa": "(disponible|activ[oa]|vigente|abiert[oa]|publicad[oa])",
    "cerrada": "(cerrad|cubiert|expirad|caducad|finalizad|retirad)[oa]",
    # Dutch
    "vacature": "(vacature|functie|stage|stageplaats|stageplek|baan|positie|job)",
    "al": "(helaas |inmiddels |al |reeds |ondertussen )",
    "niet meer": "(niet (meer|langer) (beschikbaar|actief|online|open|vacant|zichtbaar)|gesloten|vervuld|verlopen|"
    "ingevuld|vergeven|vervallen|verwijderd)",
    # Italian, Portuguese
    "offerta": "(offerta|posizione|annuncio)( di lavoro| di stage)?",
    "attiva": "(disponibile|attiv[ao]|apert[ao])",
    "chiusa": "(scadut[ao]|chius[ao]|copert[ao])",
    "vaga": "(vaga|oferta|posição|oportunidade|anúncio)( de emprego| de estágio)?",
}


def _compiled(forms: str) -> re.Pattern[str]:
    lines = [line for line in forms.splitlines() if line]
    return re.compile("|".join(_NAME.sub(_meant, line) for line in lines))


def _meant(name: re.Match[str]) -> str:
    return _NAME.sub(_meant, _WORDS[name[1]])


_NAME = re.compile(r"\{([^\W\d][^\W\d]*(?: [^\W\d]+)*)\}")
_CLOSED, _ABSENT, _APPLY = map(_compiled, (_CLOSING, _ABSENT_FORMS, _APPLYING))


def closing(text: str) -> str:
    """The sentence of a block of text that says that the posting is closed, as it was written; '' if none does."""
    return _sentence(text, _CLOSED)


def absent(text: str) -> str:
    """The same for what says that there is no such page or posting; only in a heading is that the page's own word."""
    return _sentence(text, _ABSENT)


def applies(label: str) -> bool:
    """Whether a link or button of this label leads to an application."""
    return bool(_APPLY.fullmatch(_plain(label)))


def _sentence(text: str, forms: re.Pattern[str]) -> str:
    if len(text) > LONGEST:
        return ""
    return next((one.strip() for one in [text, *_END.split(text)] if forms.fullmatch(_plain(one))), "")


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split()).strip(_EDGES)
