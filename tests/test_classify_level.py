"""The level of a position by its title, in seven languages, against titles that only look like one. All invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.classify.level import LONGEST, level_of
from finder.classify.level_words import AROUND, LEVELS

FILE = Path(__file__).with_name("level_titles.tsv")

TRUE = """
internship        | Machine Learning Intern
internship        | Intern, Data Platform
internship        | INTERN - Perception
internship        | Data Science Internship (Summer 2027)
internship        | 2027 Summer Internships: Software
internship        | Product Manager Intern
internship        | Intern Product Manager
internship        | Intern - Program Manager
internship        | Technical Program Manager Intern
internship        | Recruiting Coordinator Intern
internship        | Internship - Project Manager
internship        | Internal Audit Intern
internship        | International Marketing Intern
internship        | Internet of Things Engineering Intern
internship        | Stage Lighting Software Intern
internship        | Early-Stage Venture Intern
internship        | Software Engineering Student Intern
internship        | Summer Analyst - Quantitative Strategies
internship        | 2027 Summer Associate, Data Science
internship        | Investment Banking Off-Cycle Analyst
internship        | Student Researcher, Language Models
internship        | Summer Student - Imaging Lab
internship        | Summer Research Program in Statistics
internship        | Student Trainee (Statistics)
internship        | Machine Learning Externship
internship        | Industrial Placement: Data Engineer
internship        | Placement Student - Robotics
internship        | Software Developer - Year in Industry
internship        | Data Analyst (12-month placement)
internship        | Traineeship Artificial Intelligence
internship        | Master's Thesis: Robust Segmentation
internship        | Graduate Student, Climate Modeling
internship        | Praktikum Maschinelles Lernen (m/w/d)
internship        | Praktikant/in Datenanalyse
internship        | Praktikantin im Bereich KI
internship        | Pflichtpraktikum Softwareentwicklung
internship        | Pflichtpraktikant (m/w/d) Robotik
internship        | Masterarbeit: Zeitreihenvorhersage
internship        | Bachelorarbeit Computer Vision
internship        | Diplomand Bildverarbeitung
internship        | Stage - Data Scientist
internship        | Stage Machine Learning (H/F)
internship        | Stage ingénieur IA - 6 mois
internship        | Stagiaire en science des données
internship        | Offre de stage : vision par ordinateur
internship        | Data Scientist - Stage de fin d'études
internship        | Assistant data en stage
internship        | Analyste de données (stage M2)
internship        | Stagiaires recherche opérationnelle
internship        | Prácticas de verano - ciencia de datos
internship        | Ingeniero de datos en prácticas
internship        | Practicas Data Analyst
internship        | Becario/a de inteligencia artificial
internship        | Becaria Desarrollo Software
internship        | Pasante de Ciencia de Datos
internship        | Pasantía en aprendizaje automático
internship        | Practicante de Analítica
internship        | Stage Data Science (hbo/wo)
internship        | Afstudeerstage Machine Learning
internship        | Meewerkstage Data Analist
internship        | Stagiair Data Engineering
internship        | Afstudeeropdracht: voorspelmodellen
internship        | Tirocinio curricolare - Analisi dati
internship        | Tirocinante Intelligenza Artificiale
internship        | Stage curricolare Machine Learning
internship        | Stagista Sviluppo Software
internship        | Estágio em Ciência de Dados
internship        | Estagiário de Engenharia de Dados
internship        | Estagiária - Aprendizado de Máquina
internship        | Estágio Verão 2027: Software
co-op             | Co-op, Machine Learning
co-op             | Software Developer Coop
co-op             | Data Engineering Co-Op (8 months)
co-op             | Electrical Engineering Co Op
co-op             | Controls Co-op/Intern
co-op             | Co-operative Education Student, Analytics
working student   | Working Student Data Engineering
working student   | Werkstudent (m/w/d) Machine Learning
working student   | Werkstudentin Softwareentwicklung
working student   | Werkstudent:in Datenanalyse
working student   | Studentische Hilfskraft Robotik
working student   | Student Assistant, Vision Lab
working student   | Student Worker - Data Entry
working student   | Working Students for AI Research
apprenticeship    | Software Engineering Apprentice
apprenticeship    | Data Analyst Apprenticeship - Level 4
apprenticeship    | Alternance Data Analyst (F/H)
apprenticeship    | Alternant Ingénieur Machine Learning
apprenticeship    | Apprenti Développeur
apprenticeship    | Contrat d'apprentissage : data
apprenticeship    | Ausbildung Fachinformatiker Daten- und Prozessanalyse
apprenticeship    | Auszubildende zur Fachinformatikerin
apprenticeship    | Duales Studium Data Science
apprenticeship    | Azubi Informatik
apprenticeship    | Aprendiz de Programación
apprenticeship    | Jovem Aprendiz - Tecnologia
apprenticeship    | Apprendistato Data Analyst
fellowship        | AI Safety Fellowship
fellowship        | Data Science Fellow
fellowship        | Summer Fellow - Public Interest Technology
new grad          | Software Engineer, New Grad
new grad          | Machine Learning Engineer (New Graduate 2027)
new grad          | Data Scientist - University Graduate
new grad          | Graduate Software Engineer
new grad          | Junge Absolventen Data & Analytics
new grad          | Trainee Data Management
new grad          | Jeune diplômé - Data Engineer
new grad          | Recién graduado - analista
new grad          | Neolaureato Data Analyst
new grad          | Recém-formado em Engenharia
new grad          | Entry-Level Data Engineer
"""
FALSE = """
Postdoctoral Fellow, Imaging
Cardiology Fellow
Manager of Internships
Recruiter, Intern and New Grad Hiring
Internal Auditor
Senior Internal Auditor, Model Risk
International Sales Representative
Internationalization Engineer
Internet Marketing Specialist
Internist (Physician)
Internals Engineer, Database Kernel
Director of International Programs
Intern Program Manager
Internship Program Manager
Internship Coordinator
Manager, Internship Programs
Manager of Internship Programs
Program Manager, Internships
Head of Internships
Campus Recruiter, Internships
University Recruiter - Interns
Intern Recruiter
Intern Supervisor
Director, Fellowship Programs
Fellowship Program Director
Apprenticeship Coordinator
Co-op Coordinator
Food Co-op Cashier
Housing Co-op Manager
Electric Co-op Lineman
Co-operative Bank Teller
Stage Manager
Assistant Stage Manager
Stage Technician
Stagehand
Stage Carpenter
Stage Designer
Backstage Crew
Stagecoach Driver
Staging Environment Engineer
Early Stage Startup Engineer
Late-Stage Investor
Multi-Stage Compressor Engineer
Second Stage Propulsion Engineer
Center Stage Producer
Stage 2 Test Engineer
Growth-Stage Account Executive
Technical Fellow, Silicon
Engineering Fellow
Principal Fellow - Compilers
Fellowship Church Pastor
Student Success Advisor
Student Services Coordinator
Student Affairs Officer
Summer Camp Counselor
Graduate School Admissions Officer
Graduate Program Coordinator
Machine Learning Engineer
Senior Data Scientist
Staff Research Scientist
Software Engineer II
Data Scientist
Interne Revision (m/w/d)
Leiter Interne Kommunikation
Internist (m/w/d)
Praktikumsbetreuer (m/w/d)
Praktikantenbetreuung
Leiterin Praktikum
Ausbilder Elektrotechnik
Ausbildungsleiter (m/w/d)
Praxisanleiterin Pflege
Praktischer Arzt
Auditeur interne
Contrôleur interne H/F
Médecin interne
Responsable des stages
Chargée de stages et d'alternance
Maître de stage
Responsable alternance
Auditor interno
Médico interno
Comercio internacional
Especialista en buenas prácticas
Mejores prácticas de ingeniería: consultor
Coordinador de prácticas
Responsable de becarios
Hoofd interne audit
Internationaal accountmanager
Stagebegeleider
Stagecoördinator
Revisore interno
Responsabile comunicazione interna
Tutor tirocini
Coordinatore stage
Auditor interna sênior
Comunicação interna
Coordenador de estágios
Supervisora de estágio
Boas práticas de fabricação - analista
"""


def _rows(table: str) -> list[tuple[str, str]]:
    pairs = [line.split("|", 1) for line in table.strip().splitlines()]
    return [(level.strip(), title.strip()) for level, title in pairs]


@pytest.mark.parametrize(("level", "title"), _rows(TRUE))
def test_level_is_read_with_the_words_that_say_so(level: str, title: str) -> None:
    found = level_of(title)
    assert found.name == level
    assert found.words
    assert found.words in title


@pytest.mark.parametrize("title", FALSE.strip().splitlines())
def test_lookalike_is_no_level(title: str) -> None:
    assert level_of(title).name == "other"


def test_tables_are_large_and_half_hard() -> None:
    assert len(_rows(TRUE)) + len(FALSE.strip().splitlines()) >= 200
    assert len(FALSE.strip().splitlines()) >= 80


@pytest.mark.parametrize(
    ("title", "student"),
    [
        ("Data Science Intern", True),
        ("Co-op, Vision", True),
        ("Werkstudent KI", True),
        ("Software Apprentice", True),
        ("Summer Fellow, Robotics", True),
        ("Graduate Fellow - AI Policy", True),
        ("Policy Fellow", False),
        ("Research Fellow", False),
        ("New Grad Software Engineer", False),
        ("Data Engineer", False),
    ],
)
def test_only_students_levels_make_an_internship(title: str, student: bool) -> None:
    assert level_of(title).student is student


def test_student_level_beats_new_grad_and_the_first_named_stands() -> None:
    assert level_of("New Grad or Intern, Data").name == "internship"
    assert level_of("Co-op / Intern").name == "co-op"
    assert level_of("Intern / Co-op").name == "internship"


def _file() -> list[list[str]]:
    return [line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:]]


def test_the_file_is_large_of_seven_languages_and_half_of_it_is_hard() -> None:
    rows = _file()
    languages = Counter(language for _, language, _ in rows)
    assert len(rows) >= 700
    assert set(languages) == {"en", "de", "fr", "es", "nl", "it", "pt"}
    assert min(languages.values()) >= 100
    assert sum(level == "other" for level, _, _ in rows) >= 0.4 * len(rows)
    assert len({title for _, _, title in rows}) == len(rows)


def test_the_file_is_read_right() -> None:
    read = [(level, level_of(title).name) for level, _, title in _file()]
    right = sum(mine == level != "other" for level, mine in read)
    named = sum(mine != "other" for _, mine in read)
    true = sum(level != "other" for level, _ in read)
    assert 2 * right / (named + true) >= 0.995


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Responsable de secteur en alternance", "apprenticeship"),
        ("Responsable alternance", "other"),
        ("Product Manager Internship", "internship"),
        ("Manager, Internships", "other"),
        ("Program Manager, Student Internships", "other"),
        ("Internship & Career Services Coordinator", "other"),
        ("Internship Marketing Manager (m/f/d)", "internship"),
        ("Trainee Recruiter", "new grad"),
        ("Trainee Coordinator", "other"),
        ("Stage Product Owner", "internship"),
        ("Stage Manager", "other"),
        ("Backend Developer (stage 6 mois)", "internship"),
        ("Late-Stage Investor", "other"),
        ("Software Engineer (Student)", "internship"),
        ("Part-Time Student - Mapping", "internship"),
        ("Student Success Engineer", "other"),
        ("Global Risk Summer 2027 Analyst", "internship"),
        ("Software Engineer - Class of 2027", "new grad"),
        ("Engineering Co-op_Summer 2027", "co-op"),
        ("Werkstudent (m/w/d) Praktikumsbetreuung", "working student"),
        ("Chargé des stages et de l'alternance", "other"),
    ],
)
def test_words_around_a_level_decide_what_it_means(title: str, level: str) -> None:
    assert level_of(title).name == level


def test_words_of_lists_stand_in_one_list_only() -> None:
    for tables in (LEVELS, AROUND):
        words = Counter(" ".join(part.split()) for table in tables.values() for part in table.split(","))
        assert [word for word, times in words.items() if times > 1 or not word] == []


def test_only_the_head_of_a_very_long_title_is_read() -> None:
    assert level_of("x " * LONGEST + "Intern").name == "other"
    assert level_of("Intern " + "x " * LONGEST).name == "internship"


@given(st.text(max_size=120))
def test_any_text_has_a_level_in_words_of_its_own(title: str) -> None:
    level = level_of(title)
    assert level.words in title
    assert bool(level.words) == (level.name != "other")
