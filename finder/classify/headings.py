"""The words that stand over the parts of a job text, in seven languages, and what they say of the skills below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

_MUST = """
requirements, minimum requirements, basic requirements, job requirements, position requirements, technical
requirements, key requirements, general requirements, qualifications, minimum qualifications, basic qualifications,
key qualifications, required qualifications, general qualifications, qualifications and skills, required skills,
required experience, required knowledge, required education, skills required, required skills and experience,
skills, your skills, technical skills, core skills, key skills, skills and qualifications, skills & qualifications,
skills and experience, skills & experience, experience and skills, education and experience, education & experience,
knowledge and skills, knowledge, skills and abilities, experience, minimum experience, education, competencies,
prerequisites, must have, must haves, eligibility, eligibility requirements, what you'll need, what you will need,
what you need, what you need to have, what you'll bring, what you will bring, what you bring, what you should have,
what you have, what we need, what we require, what we expect, what we're looking for, what we are looking for, what
we look for, who we're looking for, who we are looking for, we're looking for, we are looking for, who you are,
about you, you have, you'll have, you should have, you must have, you bring, you are, your profile, your background,
your experience, candidate profile, ideal candidate, the ideal candidate, who should apply, who can apply, what it
takes, to be successful in this role, anforderungen, anforderungsprofil, dein profil, ihr profil, was du mitbringst,
was sie mitbringen, das bringst du mit, das bringen sie mit, voraussetzungen, qualifikationen, profil, profil
recherché, votre profil, ton profil, compétences, compétences requises, compétences techniques, prérequis,
requisitos, requisitos mínimos, requisitos obrigatórios, perfil, perfil buscado, qué buscamos, lo que buscamos,
conocimientos, functie eisen, jouw profiel, profiel, wat vragen wij, wij vragen, wat breng je mee, wat wij vragen,
requisiti, il tuo profilo, competenze, competenze richieste, profilo, o que buscamos, o que esperamos, o que
esperamos de você, qualificações
"""
_SHOULD = """
preferred qualifications, preferred requirements, preferred skills, preferred experience, preferred education,
preferred skills and experience, preferred, preferences, desired qualifications, desired skills, desired experience,
desired, desirable, desirable skills, additional qualifications, additional skills, nice to have, nice to haves, nice
to have skills, good to have, great to have, bonus, bonus points, bonus points if, bonus skills, bonus qualifications,
bonuses, plus, pluses, a plus, big plus, would be a plus, ideally, ideally you have, optional, optional skills, extra
credit, extra points, even better, even better if, it'd be great if you also have, it would be great if you also have,
you may also have, what sets you apart, what would set you apart, it's a plus if, it would be great if, we'd love it
if, you might also have, wünschenswert, idealerweise, von vorteil, das wäre super, souhaité, un plus, les plus,
atouts, serait un plus, deseable, deseables, se valora, se valorará, valorable, requisitos deseables, pré, pluspunten,
mooi meegenomen, gradito, requisiti preferenziali, diferenciais, diferencial, desejável, desejáveis, requisitos
desejáveis
"""
_OTHER = """
responsibilities, key responsibilities, your responsibilities, roles and responsibilities, role and responsibilities,
job responsibilities, primary responsibilities, duties, essential duties, essential functions, job duties, duties and
responsibilities, what you'll do, what you will do, what you'll be doing, what you will be doing, what you do, what
you'll work on, what you will work on, what you'll own, your role, the role, role, about the role, about the job,
about the team, about the position, about the program, about the internship, the team, position summary, job summary,
summary, job description, description, overview, role overview, position overview, program overview, the opportunity,
opportunity, about us, about the company, company overview, company description, who we are, our company, our mission,
our team, our stack, tech stack, our tech stack, technologies, technologies we use, tools we use, what we offer, we
offer, what you'll get, what you get, what you'll learn, what you will learn, you will learn, what you'll gain, what
you will gain, what will you gain, learning outcomes, benefits, perks, perks and benefits, benefits and perks, why
join us, why us, compensation, salary, pay, pay range, location, duration, schedule, start date, how to apply,
application process, to apply, next steps, equal opportunity, diversity, note, tasks, your tasks, projects, example
projects, possible projects, program details, keywords, tags, day to day, aufgaben, deine aufgaben, ihre aufgaben, das
erwartet dich, das erwartet sie, wir bieten, das bieten wir, was wir bieten, über uns, unser angebot, missions, vos
missions, votre mission, tes missions, ce que nous offrons, nous offrons, avantages, à propos, description du poste,
funciones, responsabilidades, tareas, qué ofrecemos, ofrecemos, beneficios, sobre nosotros, taken, werkzaamheden, wat
ga je doen, wij bieden, wat bieden wij, over ons, attività, responsabilità, mansioni, cosa offriamo, offriamo, chi
siamo, atividades, atribuições, o que oferecemos, oferecemos, benefícios, sobre nós
"""


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in table.split(",") if phrase.strip())


HEADINGS: Mapping[Literal["must", "should", "other"], tuple[str, ...]] = MappingProxyType(
    {"must": _phrases(_MUST), "should": _phrases(_SHOULD), "other": _phrases(_OTHER)}
)
"""Folded phrases: lower case, hyphens as blanks."""

BOILERPLATE = (
    "equal opportunity",
    "equal employment",
    "affirmative action",
    "reasonable accommodation",
    "without regard to race",
    "celebrate diversity",
    "background check",
)
"""Where one of these stands, the list of requirements has ended."""

SHOULD_WORDS = re.compile(r"\b(?:preferred|desired|desirable|additional|bonus|nice|optional|plus)\b")
"""One of these before a heading's words makes it a wish: "Additional, optional skills:"."""
