"""What a listing's own words warn of: that one has to pay for the place, or can only apply by messenger.

True offers ask for neither (US Federal Trade Commission, consumer advice on job scams). Many warn of those who do,
speak of fees that they waive, or are about fees and messengers: where that may be so, nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.rights import NOT
from finder.classify.spelling import Piece, lexicon, spell
from finder.model import Stated

PAY, MESSENGER = "warning:pay to apply", "warning:messenger only"

_NONE = NOT + r" without free_of zero ohne sans sin sem senza aucun\w*"
_SCAM = (
    r"scam\w* fraud\w* beware suspicious report reports anyone anybody impersonat\w+ phishing legitimate betrug\w*"
    r" betrüg\w* vorsicht arnaque\w* escroc\w* fraude\w* estafa\w* golpes? if whether falls wenn"
)
_OTHERS = (
    r"customers? clients? tenants? members? merchants? patients? players? investors? sellers? users? leads? buyers?"
    r" agency agencies conferences? parents? donors? guests? visitors? kunden kundinnen clientes? usuarios? usuários?"
    r" utilisateurs?"
)

_FEE = lexicon(
    K=r"direct_deposits? (?:selection|application|hiring|recruitment|recruiting|interview|onboarding)_process"
    r" deposit_(?:products?|accounts?|insurance) no_matter no_experience tuition_fees?",
    R=r"required requires? mandatory compulsory applies apply payable due charged charge"
    r" collected deducted we_collect must upfront in_advance before before_joining there_is fällig erhoben erheben"
    r" erforderlich beträgt obligatori[oa]s? requerid[oa]s? reembolsable cobramos cobra exigés? exigée?s?"
    r" obligatoires? à_votre_charge à_la_charge demandons demandés? obrigatóri[oa] exigid[oa] cobrada reembolsável"
    r" verlangen vorab",
    S=_SCAM,
    T=_OTHERS,
    W=r"waived? waives reimburs\w+ cover covers covered covering paid_by on_us included übernehmen übernommen"
    r" erstatt\w+ entfällt entfallen exent[oa]s? cubr\w+ cubiert\w+ reembolsamos asumimos pris_en_charge"
    r" prise_en_charge prenons_en_charge prend_en_charge offerts? remboursés? remboursons isent\w+"
    r" cobrimos cobert[oa]s? gratuit\w*"
    r" assumimos",
    V=r"process processes processing_of handle handles manage managing collect calculate calculating track reconcile"
    r" invoice model predict analy[sz]e analy[sz]ing optimi[sz]e forecast automate",
    F=r"(?:registration|training|processing|application|enrol?lment|onboarding|admin|administration|administrative"
    r"|joining|participation|program|programme|placement|certification|certificate|internship|verification"
    r"|documentation)_(?:fees?|charges?)"
    r" (?:(?:non_?)?refundable|security)_(?:\w+_)?deposits? kaution fianza"
    r" (?:anmelde|registrierungs|bearbeitungs|schulungs|teilnahme|kurs|aufnahme|vermittlungs|bewerbungs)gebühr(?:en)?"
    r" (?:cuota|tasa|tarifa|coste?|gastos)_de_(?:la_)?(?:inscripción|registro|matrícula|formación|capacitación"
    r"|tramitación|solicitud) frais_(?:d'inscription|de_dossier|de_formation|de_traitement|de_candidature)"
    r" taxa_de_(?:inscrição|matrícula|registr?o|processamento|treinamento|formação|candidatura)",
    D=r"deposits? depósito acompte dépôt_de_garantie caution caução",
    G=r"fees? gebühr(?:en)?",
    L=r"(?:secure|reserve|confirm|guarantee|hold)_(?:your|a|the)_(?:place|spot|seat|slot|internship|position|role|offer"
    r"|interview) (?:asegurar|reservar)_(?:tu|su)_(?:plaza|lugar|puesto) (?:réserver|garantir)_(?:votre|ta)_place"
    r" (?:garantir|reservar)_(?:sua|a_sua|tua)_vaga (?:deinen|ihren|den)_platz_(?:zu_)?(?:sichern|reservieren)",
    P=r"pay_(?:an?|the|this|your|us|only|just|for|to|upfront|[$€£₹]?\s?\d[\d.,]*|rs|inr|usd|eur|gbp) paying_(?:an?|the)"
    r" payment_of make_a_payment transfer_an? remit send_us zahlen bezahlen überweis\w+ entrichten zahlbar zahlung"
    r" pagar pague abonar pago_de pagamento_de payer payez verser versez régler réglez",
    H=r"we company employer wir nous nosotros",
    N=_NONE,
)
_NO_FEE = re.compile(
    r"[STW?]|V[^;]{0,6}[FDG]|N(?:[^;,PRVL]|,|(?<!,)(?<!,.)(?<!,..)[PR]){0,14}[FDGL]|[FDG][^;,]{0,4}N|H[^;FDG]{0,3}P"
)
_FEES = re.compile(r"[PR][^;]{0,8}F|F[^;]{0,8}[PR]|P[^;]{0,6}[DG]|D[^;]{0,4}P|P[^;]{0,10}L|G[^;]{0,5}L")

FEE_WORDS = (
    "fee, fees, deposit, pay to, make a payment, secure your, reserve your, confirm your, secure a, registration ch,"
    " registration fee, training ch, processing ch, gebühr, anmeldegeb, registrierungsgeb, bearbeitungsgeb,"
    " schulungsgeb, teilnahmegeb, kursgeb, aufnahmegeb, vermittlungsgeb, bewerbungsgeb, kaution, platz zu s, cuota,"
    " tasa de, tarifa de, coste de, costo de, gastos de, fianza, depósito, asegurar, reservar,"
    " frais d, acompte, dépôt de,"
    " caution, réserver, taxa de, caução, garantir"
)


def fee_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`warning:pay to apply`, where the reader is asked for a fee or a deposit."""
    said = spell(_FEE, piece.low)
    if not _NO_FEE.search(said.letters) and (rule := _FEES.search(said.letters)):
        yield PAY, Stated("pay to apply", piece.quote(*said.span(rule)))


_MESSENGER = lexicon(
    S=_SCAM,
    X=_OTHERS + r" bots? chatbots? product products platform api apis integrat\w+ build builds building develop\w*"
    r" campaigns? marketing colleagues teams? community newsletter updates features? apps? entwick\w+ équipe equipo",
    T=r"whats_?app telegram(?:_messenger)? wechat signal_messenger",
    A=r"contact message text dm ping reach chat send write join_our kontaktier\w+ schreib\w* melde\w*"
    r" send\w* contact\w+ contáct\w* escr[ií]b\w* escrev\w+ env[ií]\w+ écri\w+ envoy\w+ contat\w+ chame"
    r" mande manda",
    Y=r"apply_(?:only_)?(?:on|via|by|through|over|using) candidate_se postul\w+ bewirb bewerb\w{1,3}",
    U=r"us me hr recruiter hiring_manager uns mich nous nos conosco application applications cv cvs resume resumes"
    r" résumé lebenslauf currículum currículo curriculum candidature solicitud interested to_apply bewerbung",
    N=_NONE,
    Z=r"(?:0|1|2|3|4|5|6|7|8|9)\d{1,14}",
)
_NO_MESSENGER = re.compile(r"[SX?]|N[^;]{0,10}T")
_BY_MESSENGER = re.compile(r"A[^;]{0,10}T|T[^;]{0,4}A")
_TO_US = re.compile(r"U|Z|A[^;]{0,3}T[^;]{0,6}A")
_APPLY_BY = re.compile(r"Y[^;]{0,4}T|^T;?.{0,2}Z")

MESSENGER_WORDS = "whatsapp, whats app, telegram, wechat, signal messenger"

_OTHER_WAY = re.compile(
    r"[\w.]{1,40}@[\w ]{1,40}\.[a-z]{2}|https?:|www\.|\b(?:apply (?:now|online|here|directly|below|through|at|with us)"
    r"|apply (?:on|via) (?:our|the|this) (?!telegram|whatsapp)"
    r"|(?:careers?|application|jobs?) (?:page|portal|site|form|website)|e ?mail|google form"
    r"|by phone|call us|telefonisch|par téléphone|por tel[eé]fono"
    r"|bewerbungsformular"
    r"|online bewerb|karriereseite|karriereportal|formulaire|site carrières|formulario|formulário|correo)"
)


def messenger_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`warning:messenger only`, where the reader is to write to a messenger's account; see `other_way`."""
    said = spell(_MESSENGER, piece.low)
    if _NO_MESSENGER.search(said.letters):
        return
    rule = _BY_MESSENGER.search(said.letters)
    found = (rule if _TO_US.search(said.letters) else None) or _APPLY_BY.search(said.letters)
    if found:
        yield MESSENGER, Stated("messenger only", piece.quote(*said.span(found)))


def other_way(low: str) -> bool:
    """Whether a folded text names another way to apply than a messenger: an address, a form, a page."""
    return _OTHER_WAY.search(low) is not None
