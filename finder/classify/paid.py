"""Whether it is paid. Paid leave and paid search say nothing of that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.rights import NOT
from finder.classify.spelling import Piece, lexicon, spell
from finder.model import Stated

_PAID = lexicon(
    K=r"(?:coffee|development|book|training|conference|remote|home|mobile|fitness|parking|transport\w*|health|food"
    r"|cell)_stipends? (?:bonus|bonuses|is|are)_(?:of_)?[$€£][\d,.]+_(?:is|are)_paid paid_(?:time|parental|maternity"
    r"|paternity|sick"
    r"|vacation|holidays?|leave|lunch|search|media|social|advertis\w+|pto|days?|volunteer\w*|family|off|weeks?"
    r"|medical|breaks?|campaigns?|ads|by|users?|customers?|attention|for_by|acquisition|marketing)"
    r" unpaid_(?:leave|time|invoices?|overtime"
    r"|bills?) paid_attention get_paid highly_paid well_paid volunteer_(?:days?|time|hours|opportunit\w+|program\w*)"
    r" bezahlter?_urlaub"
    r" congés?_payés? vacaciones_pagadas (?:lunch|housing|relocation|wellness|travel|internet|educational|meal"
    r"|equipment|office|learning|commuter|phone|gym|education)_stipends? bonuses_paid (?:into"
    r"|become)_an?_(?:\w+_){0,2}paid paid_and_unpaid unpaid_and_paid paid_or_unpaid academic_credit_(?:may|can|is)_\w+",
    U=r"unpaid unbezahlt\w* unvergütet\w* non_rémunérée?s? no_remunerad\w+ onbetaalde? non_retribuit\w+"
    r" não_remunerad\w+ uncompensated"
    r" non_paid volunteer_(?:basis|positions?|roles?|internships?) as_a_volunteer credit_only (?:academic|course"
    r"|college|school)_credit_only for_(?:academic|course|school|college)_credit_only"
    r" without_(?:pay|compensation) ohne_vergütung sin_remuneración non_compensated no_pay",
    P=r"paid compensated stipends? hourly_wage competitive_(?:pay|salary|compensation|wage|stipend) vergütet\w*"
    r" vergütung bezahlt\w* rémunérée?s? gratification gratifiée?"
    r" remunerad\w+ retribuit\w+ betaalde? stagevergoeding rimborso_spese bolsa_(?:de_estágio|auxílio|de) remunerado"
    r" salary",
    J=r"intern(?:s|ship|ships)? position role program(?:me)? placement co_ops? opportunity fellowship stage"
    r" praktik\w+ pflichtpraktikum prácticas tirocinio estágio job work"
    r" werkstudent\w* apprenticeship this traineeship summer_internship students",
    C=r"compensation pay salary remuneration",
    N=NOT,
    R=r"receiv\w+ offer\w* provid\w+ get gets fully be is wird erhalt\w+ krijgt receb\w+ recibe\w* bieten includes?"
    r" earn competitive attractive",
    O=r"only",
)
_UNPAID = re.compile(r"(?<!N)(?<!N.)(?<!N..)(?<!N...)U|N[^;KC]{0,3}P|NR?C")
_IS_PAID = re.compile(r"C;P|P[^;KN]{0,5}J|J[^;KNU]{0,7}P|R[^;KN]{0,4}P|^[^;N]{0,2}P[^;N]{0,2}$")

PAID_WORDS = (
    "paid, unpaid, unbezahlt, unvergüt, non paid, no remunerad, onbetaald, não remunerad, compensat, stipend,"
    " volunteer, credit only, without pay, no pay, vergüt, bezahlt, rémunér, gratifi, remunerad, retribuit, betaald,"
    " stagevergoeding, rimborso, bolsa, wage, competitive pay, competitive salary, uncompensated"
)


def paid_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`paid`: "yes" or "no"."""
    said = spell(_PAID, piece.low)
    if "?" in said.letters:
        return
    for value, pattern in (("no", _UNPAID), ("yes", _IS_PAID)):
        if rule := pattern.search(said.letters):
            yield "paid", Stated(value, piece.quote(*said.span(rule)))
            return
