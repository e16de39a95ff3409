"""Sentences that close a posting, in many languages, and the sentences beside them that do not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.banners import LONGEST, absent, applies, closing

CLOSED = """
This position has been filled.
We're sorry, this job is no longer available.
We’re sorry, this job is no longer available!
Sorry, but the job you are looking for is no longer open.
Unfortunately, this position has been filled. Please see our other openings.
No longer accepting applications
⚠ This job is no longer accepting applications
We are no longer accepting applications for this position.
We have stopped accepting applications.
Applications for this role are now closed.
Applications are closed
The application deadline has passed.
This internship is closed.
This job posting has expired
This requisition is no longer active
The position you are trying to view has been closed.
This opportunity was withdrawn on 3 August 2026
Job closed
Position filled
Job is no longer available
This job posting is no longer available on our website.
Thank you for your interest, this position has been filled
This role is currently not accepting applications
This listing no longer exists.
THIS VACANCY IS NOW CLOSED, please check our careers page
Leider ist diese Stelle nicht mehr verfügbar.
Leider wurde diese Stelle bereits besetzt
Diese Stelle wurde bereits besetzt.
Die von Ihnen gesuchte Stelle ist leider nicht mehr online.
Die Bewerbungsfrist ist abgelaufen
Bewerbungen auf diese Stelle sind leider nicht mehr möglich
Diese Anzeige existiert nicht mehr
Stelle bereits besetzt
Cette offre n’est plus disponible
Désolé, l'offre que vous recherchez n'est plus disponible.
Ce poste a été pourvu.
Cette annonce a expiré
Les candidatures sont closes
Les candidatures pour ce stage ne sont plus acceptées
Offre expirée
Lo sentimos, esta oferta de empleo ya no está disponible.
Esta vacante ha sido cubierta
Esta oferta ya no acepta candidaturas
Oferta cerrada
Deze vacature is gesloten.
Deze vacature is helaas al vervuld
Helaas is deze vacature niet meer beschikbaar
Deze vacature bestaat niet meer
Solliciteren op deze vacature is niet meer mogelijk
Questa posizione non è più disponibile
L'offerta di lavoro è scaduta
Esta vaga foi encerrada
Esta vaga já não está disponível
Den här tjänsten är tillsatt
Annonsen har gått ut
To ogłoszenie wygasło
""".strip().splitlines()

NOT_CLOSED = """
If this position has been filled, we will let you know.
Once this position has been filled, the page is removed.
This position is no longer available to remote candidates.
This position is closed to recruiters.
This position will be closed on 5 May.
This position may be filled at any time.
This position is open until filled.
The role will remain open until it has been filled.
Apply before this position is closed
Applications close on 5 May
Applications are reviewed as they come
We are no longer accepting applications for Summer 2025.
We are not accepting applications from agencies.
This job is not available for visa sponsorship.
This job is not available in all states.
This programme is now open.
This role is filled with challenges.
This job is closed-loop control of robots.
Position: filled with people who care
No longer do you need to apply twice
Your session has expired
This offer is available for a limited time
The applications of our research are closed systems
You will close positions that are no longer open.
Diese Stelle ist ab sofort zu besetzen.
Sobald diese Stelle besetzt ist, wird sie entfernt.
Diese Stelle ist noch verfügbar
Die Bewerbungsfrist ist der 3. Mai
Cette offre est disponible
Cette offre n'est disponible que pour les étudiants
Si cette offre n'est plus disponible, consultez les autres
Esta oferta está disponible
Esta vacante es para estudiantes
Deze vacature is nog open
Als deze vacature gesloten is, verdwijnt hij
Questa posizione è aperta
Esta vaga é para estudantes
""".strip().splitlines()


@pytest.mark.parametrize("text", CLOSED)
def test_what_closes_a_posting(text):
    assert closing(text)


@pytest.mark.parametrize("text", NOT_CLOSED)
def test_what_only_sounds_like_it(text):
    assert closing(text) == ""


@pytest.mark.parametrize("text", CLOSED)
def test_letters_and_spaces_do_not_matter(text):
    assert closing(f"  {text.upper()} ".replace(" ", "\u00a0 "))


@pytest.mark.parametrize("text", CLOSED)
def test_words_before_it_in_its_sentence_may_turn_it_round(text):
    for before in ("If ", "When ", "We close the page when ", "It is not true that "):
        assert closing(before + text[0].lower() + text[1:]) == ""


def test_the_sentence_itself_is_quoted():
    text = "Thank you for looking! Sorry, this job is no longer available. See our other jobs."
    assert closing(text) == "Sorry, this job is no longer available."
    assert closing("• Position filled •") == "• Position filled •"


def test_a_long_text_is_about_the_job():
    text = "This position has been filled. "
    assert closing(text + "x" * (LONGEST - len(text)))
    assert closing(text + "x" * (LONGEST - len(text) + 1)) == ""


ABSENT = """
404
Error 404
404 - Page not found
404: Not Found
Page not found
Job not found
No job found
Sorry, we couldn't find that page
The page you are looking for does not exist.
We’re sorry, the job you are looking for could not be found
Seite nicht gefunden
Page introuvable
Página no encontrada
Pagina niet gevonden
""".strip().splitlines()


@pytest.mark.parametrize("text", ABSENT)
def test_headings_of_what_is_not_there(text):
    assert absent(text)
    assert closing(text) == ""


@pytest.mark.parametrize(
    "text",
    ["Machine Learning Intern", "404 Media hires", "Page 2", "We find the page you need", "Not found in nature", ""],
)
def test_other_headings(text):
    assert absent(text) == ""


APPLY = """
Apply
Apply now
 APPLY NOW »
Apply for this job
Submit application
I’m interested
Easy apply
Jetzt bewerben
Je postule
Postuler
Inscribirme
Solliciteer nu
Candidati ora
""".strip("\n").splitlines()


@pytest.mark.parametrize("label", APPLY)
def test_labels_that_lead_to_an_application(label):
    assert applies(label)


@pytest.mark.parametrize("label", ["How to apply", "Applied science", "Apply filters", "Log in to apply", "Share", ""])
def test_other_labels(label):
    assert not applies(label)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for one in (closing(text), absent(text)):
        assert one in text


@given(st.lists(st.sampled_from(re.findall(r"\w+|[.,!]", " ".join(CLOSED + NOT_CLOSED))), max_size=30))
def test_words_in_any_order_take_no_time(words):
    closing(" ".join(words))
