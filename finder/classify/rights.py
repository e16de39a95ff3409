"""Who may be employed: sponsorship, the right to work, student visas.

A refusal needs plain words: "must be authorized to work" refuses nobody who is, and "not for every role"
leaves this one open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.spelling import Piece, Spelt, lexicon, spell
from finder.model import Stated

NOT = (
    r"not cannot ineligible unable(?:_to)? no never neither nor none against (?:do|does|did|is|are|was|wo|ca|could"
    r"|would|should|have|has|need|must)n't isnt doesnt dont cant wont without_providing"
    r" refuse nicht keine?[rnms]? leider_kein\w* pas aucun\w* ning[uú]n\w* niet geen non(?=_(?:è|offr|sponsor|siamo"
    r"|possiamo|prev|viene|sono|retribu|necess)) nessun\w* não nenhum\w*"
)
_WHO = (
    r"candidates? applicants? individuals? persons? people anyone those interns? students? bewerber\w* candidat\w*"
    r" kandidat\w*"
)
WORK_RIGHT = (
    r"(?:legally_)?(?:authori[sz]ed|eligible|permitted|entitled|allowed|licensed)_to_(?:legally_)?work"
    r" (?:legally|lawfully)_work (?:legal(?:ly)?_|lawful_)?right_to_(?:live_and_)?work legal_authori[sz]ation_to_work"
    r" authori[sz]ation_to_(?:legally_)?work (?:employment|work)_authori[sz]ation work_eligibility work_rights"
    r" employment_eligibility eligibility_to_work able_to_(?:legally|lawfully)_work"
    r" (?:unrestricted|valid|legal)_work_(?:permit|visa|authori[sz]ation)"
    r" arbeitserlaubnis autoris\w+_à_travailler permis_de_travail permiso_de_trabajo autorizad\w+_(?:a|para)_trabaj\w+"
    r" werkvergunning recht_om_te_werken permesso_di_lavoro autorizza\w+_a_lavorare autorização_de_trabalho"
    r" autorizad\w+_a_trabalhar"
)
_RIGHT = lexicon(
    K=r"(?:confirm|verify)_work_authori[sz]ation i_9 responsible_for sponsor_relations not_only not_just"
    r" (?:with_or_without) (?:do|does|did|should)_not_hesitate don't_hesitate regardless_of"
    r" regardless no_matter without_(?:regard|discrimination) notwithstanding",
    L=r"without ohne sans sin zonder senza sem",
    A=WORK_RIGHT,
    B=r"sponsorships?(?:_support)? sponsoring (?:visa|visas|immigration|work_permit)_(?:support|assistance|help)"
    r" visumsponsoring patroc[ií]nio parrainage",
    S=r"(?:employer|company)_sponsored sponsor_licen[cs]e sponsors? visumsponsor\w* visasponsor\w* sponsern sponsert"
    r" parrain\w+"
    r" patroc[ií]n\w+ sponsori[sz]\w*"
    r" (?:visa|visas|immigration|work_permit)_(?:transfers?|petitions?|filings?)"
    r" visums?unterst\w+",
    C=r"cpt opt(?!_(?:for|in|out|to|into)) stem_opt f_?1 j_?1 opt/cpt cpt/opt student_visas? student_visa_holders?",
    J=r"international_students?",
    V=r"visas? immigration h_?1_?bs? work_permits? green_cards? tn o_1 blue_card visum visado visto"
    r" permanent_residency",
    U=r"unavailable",
    Z=r"citizens?",
    N=NOT,
    Q=r"every all each any_and_all certain some guarantee\w* case_by_case exceptional may might",
    R=r"requir(?:e|es|ed|ing|ement|ements) needs? needed needing necessary request\w* benötig\w* nötig erforderlich"
    r" nécessit\w+ besoin necesit\w+ requier\w+ nodig richied\w+ precis\w+",
    Y=r"only exclusively solely limited_to restricted_to nur uniquement",
    F=r"prefer\w* preference priority ideally bevorzugt",
    X=r"export\w* licen[cs]es? itar",
    T=r"events? teams? conferences? clubs? leagues? charit\w+ research trials? hackathons? content project projects"
    r" executive choir study studies",
    H=r"we our us company firm employer wir nous notre wij ons noi",
    E=r"accept\w* eligible welcomed? encouraged considered",
    O=r"offer\w* provid\w+ available possible consider\w* extend\w* grant\w* support\w* assist\w* help\w*"
    r" willing able happy glad open can will gladly allowed offre\w* bieten anbieten"
    r" unterstütz\w+ ofrec\w+ offr\w+ proporcion\w+ biedt bied aangeboden oferec\w+ yes hire hiring employ"
    r" proceed progress move forward interview sponsored ok okay apply file petition oui sí ja sì sim possibile"
    r" possível posible"
    r" möglich mogelijk",
    M=r"must should shall have_to has_to having holds? possess\w* proof valid unrestricted",
    I=r"if whether falls wenn si se",
    W=_WHO,
)
_REFUSALS = tuple(
    re.compile(rule)
    for rule in (
        r"L[^;]{0,9}[SB](?![^;]{0,3}X)",
        r"N[^;RQ?IHK]{0,8}[SB](?![^;]{0,3}[QTX])(?![^;,]{0,2}R)",
        r"N[^;RQ?I]{0,4}[OE][^;RQ?,]{0,7}[SB](?![^;]{0,3}[QTX])(?![^;,]{0,2}R)",
        r"[SB][^;NI]{0,7}(?:N(?![^;]{0,4}[RQ])[^;Q]{0,4}[OE]|U)",
        r"[SB][;?]N",
        r"R[^;]{0,7}[SB][^;?]{0,10}(?:N(?![^;]{0,4}[RQX])|U)",
        r"N[^;Q]{0,6}[OE][^;Q]{0,8}R[^;]{0,6}[SBV]",
        r"[MYA][^;?F]{0,14}N[^;?]{0,12}R[^;]{0,10}[SB]",
        r"N[^;RQM?ILA]{0,6}V(?![^;]{0,4}[RQX])",
        r"V[^;NRI]{0,3}N[^;RQ]{0,3}[OE]",
        r"N[^;RQ?I]{0,4}[OE][^;RQM?]{0,6}V(?![^;]{0,4}[RQX])",
    )
)
_NEEDLESS = re.compile(r"^[^;N]{0,3}N[^;]{0,4}R[^;]{0,5}[SB]")
"""Among requirements: "You do not require sponsorship"."""
_OFFERS = tuple(
    re.compile(rule)
    for rule in (
        r"(?<!Q)(?<!Q.)[OE][^;NIRQUFTL?]{0,6}[SB](?![^;]{0,2}[QTXNU])",
        r"(?:H|^)[^;NIRQULTM?,]{0,3}[SB][^;QTXNUI]{0,2}V",
        r"(?<![NR])(?<![NR].)(?<![NR]..)B[^;NIRQUFL?]{0,4}[OE](?![^;]{0,3}Q)",
        r"[SB];[OE]",
        r"(?<!N)(?<!N.)R[^;NQ]{0,6}[SB][^;NQ]{0,4}[OE]",
        r"H[^;NMRQ?I]{0,4}[OE][^;NMRQ?]{0,5}V",
    )
)
_MAY_BE_ON_STUDENT_VISA = re.compile(r"C[^;NULT]{0,8}[OE]|[OE][^;NRULTI?]{0,5}C|J[^;NULT]{0,8}E|E[^;NRULT?]{0,4}J")
_MAY_NOT_BE_ON_STUDENT_VISA = re.compile(r"N[^;RQHSB]{0,7}C|C[^;]{0,6}N[^;R]{0,4}[OE]")
_HAS_RIGHT = re.compile(r"(?:^|[^K])A")
_NO_RIGHT = re.compile(r"[SB][^;]{0,7}A|^[^M]*Z[^;M]{0,8}A|[NKL][^;]{0,3}A|A[^;]{0,3}N[^;]{0,2}R(?![^;]{0,3}[SB])")

RIGHT_WORDS = (
    "sponsor, parrain, patrocin, patrocín, visumunterst, visumsunterst, visa, visum, visado, visto, immigration, h 1b,"
    " h1b, authori, right to work, right to live, work rights, eligible to work, eligibility to work, work eligibility,"
    " employment eligibility, permitted to work, entitled to work, allowed to work, legally work, lawfully work,"
    " work permit, cpt, opt, f 1, f1, j 1, international students, student visa, arbeitserlaubnis, autoris,"
    " permis de travail, permiso de trabajo, autoriza, werkvergunning, recht om te werken, permesso di lavoro"
)


def right_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`sponsorship`, `student_visa`, `work_right` as far as the piece states them."""
    said = spell(_RIGHT, piece.low)
    asked = "?" in said.letters
    if found := _sponsorship(said, piece, asked):
        yield "sponsorship", found
    if not asked and (rule := _MAY_NOT_BE_ON_STUDENT_VISA.search(said.letters)):
        yield "student_visa", Stated("no", piece.quote(*said.span(rule)))
    elif not asked and (rule := _MAY_BE_ON_STUDENT_VISA.search(said.letters)):
        yield "student_visa", Stated("yes", piece.quote(*said.span(rule)))
    if not asked and (rule := _HAS_RIGHT.search(said.letters)) and not _NO_RIGHT.search(said.letters):
        yield "work_right", Stated("required", piece.quote(*said.span(rule)))


def _sponsorship(said: Spelt, piece: Piece, asked: bool) -> Stated | None:
    if not re.search("[SBV]", said.letters) or re.search("^[^VAW]*X[^VAW]*$", said.letters):
        return None
    rules = (*_REFUSALS, _NEEDLESS) if piece.section == "must" else _REFUSALS
    for value, patterns in (("no", rules), ("yes", () if asked else _OFFERS)):
        for pattern in patterns:
            if rule := pattern.search(said.letters):
                return Stated(value, piece.quote(*said.span(rule)))
    return None
