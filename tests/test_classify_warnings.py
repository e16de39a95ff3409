"""Sentences of our own that ask for money or for a messenger, and those that only look so."""

from __future__ import annotations

import pytest
from making import opening

from finder.classify import classify
from finder.classify.text import QUOTE_LIMIT

PAYS = (
    "A registration fee of $50 is required.",
    "Selected candidates must pay a registration fee before joining.",
    "There is a non-refundable processing fee of 1,500 rupees.",
    "Pay $99 to secure your place in the cohort.",
    "Please pay a refundable deposit to confirm your spot.",
    "A training fee applies and is payable in advance.",
    "We charge an onboarding fee of 30 euros.",
    "Interns pay for the kit and pay the training fee in the first week.",
    "A security deposit is required from every intern.",
    "No experience needed, just pay the enrollment fee.",
    "The selection process requires a registration fee.",
    "You pay a fee to apply.",
    "Make a payment of 20 pounds to reserve your seat.",
    "Vor Beginn ist eine Anmeldegebühr von 50 Euro fällig.",
    "Bewerber zahlen eine Bearbeitungsgebühr.",
    "Sie müssen eine Kaution zahlen.",
    "Debes pagar una cuota de inscripción.",
    "La tasa de matrícula es obligatoria.",
    "Hay que abonar una fianza.",
    "Des frais de dossier sont exigés.",
    "Vous devez payer les frais d'inscription.",
    "Il faut verser un acompte.",
    "É preciso pagar a taxa de inscrição.",
    "A taxa de matrícula é obrigatória.",
    "A refundable laptop deposit is required.",
    "Candidates are required to pay Rs 2000 as training fee.",
    "Confirm your internship by paying a fee of 999.",
    "Pague 50 reais para garantir sua vaga.",
)
WRITES = (
    "Contact us on WhatsApp +44 7700 900123.",
    "DM us on Telegram to apply.",
    "To apply, message our recruiter on Telegram.",
    "Interested candidates can text HR via WhatsApp.",
    "Send your CV by WhatsApp to 0770 0900 456.",
    "WhatsApp: +44 7700 900123",
    "Apply via Telegram only.",
    "Kontaktiere uns über WhatsApp.",
    "Schreib uns auf Telegram, wenig Aufwand.",
    "Bewerbung bitte per WhatsApp an uns senden.",
    "Contáctanos por WhatsApp y envía tu CV.",
    "Escríbenos por Telegram para enviar tu solicitud.",
    "Contactez-nous sur WhatsApp.",
    "Envoyez votre CV par WhatsApp.",
    "Envie seu currículo pelo WhatsApp.",
    "Join our Telegram group to apply.",
    "Ping me on Telegram with your CV.",
    "Bewirb dich per WhatsApp.",
    "Entre em contato conosco pelo Telegram.",
)
NEITHER = (
    "There is no fee to apply.",
    "We never charge candidates a registration fee.",
    "The application fee is waived for students.",
    "We pay the training fee for you.",
    "Tuition fees are reimbursed, certification fees too.",
    "We match your 401(k) and offer direct deposit.",
    "No deposit is required.",
    "Beware of anyone who asks you to pay a processing fee.",
    "If somebody asks you to pay a deposit, it is a scam.",
    "We do not ask for payments, deposits, or registration fees at any stage.",
    "You will calculate registration fees for events.",
    "Automate how we process enrollment fees.",
    "Our bank holds deposits of small firms.",
    "We charge our clients a placement fee.",
    "Do I have to pay a registration fee?",
    "The registration fee is not required.",
    "Your conference registration fee is covered.",
    "Apply early to secure your place.",
    "Pay: 30 dollars an hour.",
    "Wir übernehmen die Kursgebühr.",
    "Es fällt keine Anmeldegebühr an.",
    "No hay cuota de inscripción.",
    "Cubrimos los gastos de formación.",
    "Aucun frais de dossier n'est exigé.",
    "Les frais de formation sont pris en charge.",
    "Sem taxa de inscrição.",
    "A taxa de inscrição é isenta.",
    "Proceed with caution.",
    "We give feedback and pay a stipend.",
    "You must have knowledge of deposits and loans.",
    "A placement fee is required from recruitment agencies.",
    "Agencies: we do not pay referral fees.",
    "Exercise caution before opening links.",
    "Experience with vapor deposit tools is required.",
    "The deposit of minerals required years.",
    "Compensation includes a security deposit for housing paid by us.",
    "Apply machine learning to Telegram messages.",
    "Contact us by phone or WhatsApp.",
    "Our interns chat on WhatsApp about lunch.",
    "We build a WhatsApp bot.",
    "Telegram is our product.",
    "You answer customers who contact us on WhatsApp.",
    "We never contact applicants on WhatsApp.",
    "Messages on Telegram in our name are fraud: report them.",
    "You will integrate WhatsApp and send messages through its API.",
    "Follow the news on Telegram.",
    "We will contact you on WhatsApp.",
    "Bitte nicht per WhatsApp bewerben.",
    "Wir entwickeln einen Bot für Telegram.",
    "Nous développons un bot WhatsApp pour nos clients.",
    "Desarrollamos un chatbot de WhatsApp.",
    "Não entramos em contato por WhatsApp.",
)


def warned(text: str) -> dict[str, str]:
    found = classify(opening(title="Carver", description=text, kind="job", facets=None)).stated
    return {name: said.quote for name, said in found.items() if name.startswith("warning:")}


def test_the_sentences_are_many_and_all_different():
    told = [*PAYS, *WRITES, *NEITHER]
    assert len(set(told)) == len(told) >= 80


@pytest.mark.parametrize(
    ("sentence", "names"),
    [(text, {"warning:pay to apply"}) for text in PAYS]
    + [(text, {"warning:messenger only"}) for text in WRITES]
    + [(text, set()) for text in NEITHER],
)
def test_sentence(sentence, names):
    found = warned(sentence)
    assert set(found) == names
    assert all(quote in sentence and len(quote) <= QUOTE_LIMIT for quote in found.values())


@pytest.mark.parametrize(
    "way",
    [
        "Or write to jobs@quillmark.example.",
        "Apply online.",
        "See https://quillmark.example/jobs.",
        "You find the form on our careers page.",
        "Bewirb dich über unser Karriereportal.",
    ],
)
def test_a_messenger_beside_another_way_is_no_warning(way):
    assert warned("Contact us on WhatsApp.\nWe carve wood.") != {}
    assert warned(f"Contact us on WhatsApp.\nWe carve wood.\n{way}") == {}


def test_both_may_be_said_among_much_else():
    text = "We carve wood.\nPay a registration fee.\nYou like wood.\nMessage us on Telegram.\nSee you."
    assert set(warned(text)) == {"warning:pay to apply", "warning:messenger only"}
