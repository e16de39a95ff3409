"""Skills in sentences: found or not, how firmly asked for, negated, or alternatives. All sentences are invented."""

from __future__ import annotations

import pytest

from finder.classify.mentions import mentions
from finder.classify.needs import FIELDS, asks_of_text, asks_of_title, merged
from finder.classify.text import QUOTE_LIMIT, outline
from finder.model import Need
from finder.skills import skills


def needs(text: str) -> tuple[Need, ...]:
    return merged(asks_of_text(outline(text))[0])


def strengths(text: str) -> dict[str, str]:
    return {need.skill: need.strength for need in needs(text)}


def found(text: str) -> set[str]:
    return {mention.skill for mention in mentions(outline(text))}


NAMED = [
    ("Experience with JavaScript and TypeScript", {"JavaScript", "TypeScript"}),
    ("Experience with Java and Scala", {"Java", "Scala"}),
    ("JAVA, PYTHON, SQL", {"Java", "Python", "SQL"}),
    ("Programming in C, C++ and C#", {"C", "C++", "C#"}),
    ("Experience with C/C++", {"C", "C++"}),
    ("You write C++ daily", {"C++"}),
    ("Our C# services", {"C#"}),
    ("Work with ASP.NET and .NET Core", {".NET"}),
    ("Statistical programming in R", {"R"}),
    ("Python, R, and SQL", {"Python", "R", "SQL"}),
    ("python/R notebooks", {"Python", "R"}),
    ("proficiency in R or SAS", {"R", "SAS"}),
    ("You write services in Go", {"Go"}),
    ("We use Go, Rust and Kafka", {"Go", "Rust", "Kafka"}),
    ("python, go, rust", {"Python", "Go", "Rust"}),
    ("Golang microservices", {"Go", "Microservices"}),
    ("Java with Spring Boot", {"Java", "Spring"}),
    ("Java, Spring, Hibernate", {"Java", "Spring"}),
    ("Proficient in Microsoft Excel", {"Excel"}),
    ("SQL, Excel and Tableau", {"SQL", "Excel", "Tableau"}),
    ("Swift or Kotlin for mobile", {"Swift", "Kotlin"}),
    ("React and Node.js", {"React", "Node.js"}),
    ("Deploy with Docker/Kubernetes on AWS", {"Docker", "Kubernetes", "AWS"}),
    ("scikit-learn, scikit learn or sklearn", {"scikit-learn"}),
    ("Fine-tuning of large language models", {"Fine-tuning", "LLMs"}),
    ("Apache Spark and PySpark", {"Spark"}),
    ("teams.Python is used", {"Python"}),
    ("Python's typing", {"Python"}),
    ("REST, GraphQL", {"REST APIs", "GraphQL"}),
    ("machine\nlearning", set[str]()),
    ("A C+ in Python", {"Python"}),
    ("Series C firm built on Python", {"Python"}),
    ("Washington D.C, Python", {"Python"}),
    ("AT&R, Python", {"Python"}),
    ("Python is fun. Swift decisions matter.", {"Python"}),
    ("Swift decisions matter. Python is fun.", {"Python"}),
]
NOT_NAMED = [
    "Join us in Spring 2027 or Summer 2027",
    "Spring, Summer and Fall cohorts",
    "Our R&D team grows",
    "R & D budgets",
    "You excel in teams",
    "Excel in a fast-paced world",
    "We go to market",
    "Our Go-to-Market team",
    "Go beyond the obvious",
    "Series C funding",
    "Vitamin C research",
    "C-level executives",
    "Washington D.C. office",
    "Plan C",
    "Swift decisions matter",
    "Rust never sleeps",
    "Ruby Quill is our founder",
    "Julia Marsh will mentor you",
    "React quickly to change",
    "Unity of purpose",
    "An X-ray of the hand",
    "At the helm of the team",
    "Spark creativity",
    "The REST of the team",
    "Write to jobs@python.example",
    "www.python.org",
    "Javanese coffee",
    "A pythonic mind",
    "gitarre und digitale Medien",
    "Escalate early",
    "Chef de partie",
    "Maintain the plant",
    "Torch relay",
]


@pytest.mark.parametrize(("text", "skills"), NAMED)
def test_skills_are_found(text: str, skills: set[str]) -> None:
    assert found(text) == skills


@pytest.mark.parametrize("text", NOT_NAMED)
def test_lookalikes_are_no_skills(text: str) -> None:
    assert found(text) == set()


STRENGTHS = [
    ("Python is required.", {"Python": "must"}),
    ("You must know SQL.", {"SQL": "must"}),
    ("Proficiency in PyTorch", {"PyTorch": "must"}),
    ("Strong knowledge of Docker", {"Docker": "must"}),
    ("Experience with Kafka", {"Kafka": "must"}),
    ("Familiarity with Linux", {"Linux": "must"}),
    ("SQL is a must.", {"SQL": "must"}),
    ("Git preferred", {"Git": "should"}),
    ("Experience with Docker is a plus.", {"Docker": "should"}),
    ("Kubernetes would be great", {"Kubernetes": "should"}),
    ("Ideally you have used Spark SQL", {"Spark": "should"}),
    ("Nice to have: Airflow", {"Airflow": "should"}),
    ("Bonus points for Kaggle results", {"Kaggle": "should"}),
    ("Terraform is not required, but a plus.", {"Terraform": "should"}),
    ("Python required, Java preferred", {"Python": "must", "Java": "should"}),
    ("Python is required; Java is a plus", {"Python": "must", "Java": "should"}),
    ("Must know Python, and Tableau is a plus", {"Python": "must", "Tableau": "should"}),
    ("Docker a plus, Python knowledge required", {"Docker": "should", "Python": "must"}),
    ("Proficiency in Python; Rust programming desired", {"Python": "must", "Rust": "should"}),
    ("We use Python and Kafka.", {"Python": "mentioned", "Kafka": "mentioned"}),
    ("Our team has experience with computer vision.", {"Computer vision": "mentioned"}),
    ("You will learn Docker with us.", {"Docker": "mentioned"}),
    ("Gain hands-on experience with PyTorch", {"PyTorch": "mentioned"}),
    ("Willingness to learn Rust programming", {"Rust": "mentioned"}),
    ("Kenntnisse in Python erforderlich", {"Python": "must"}),
    ("Erfahrung mit Docker von Vorteil", {"Docker": "should"}),
    ("La maîtrise de Python est indispensable", {"Python": "must"}),
    ("Docker serait un plus", {"Docker": "should"}),
    ("Se valorará Docker", {"Docker": "should"}),
    ("Conocimientos de SQL imprescindibles", {"SQL": "must"}),
    ("Ervaring met Python vereist", {"Python": "must"}),
    ("Docker is een pré", {"Docker": "should"}),
    ("Conoscenza di Python indispensabile", {"Python": "must"}),
    ("Docker desejável", {"Docker": "should"}),
]
NEGATED = [
    "No prior ML experience needed.",
    "No experience with Python required",
    "No prior knowledge of Java, SQL, or Docker is required.",
    "Python is not required.",
    "Experience with Docker is not necessary",
    "You do not need to know SQL.",
    "You don't need Kubernetes experience",
    "Prior machine learning coursework isn't required",
    "Deep learning background is not a must",
    "Without any knowledge of Linux you can start",
    "There is no need to know Git",
    "This is not a Java position",
    "Keine Vorkenntnisse in Python erforderlich",
    "Python ist nicht erforderlich",
    "Python n'est pas nécessaire",
    "Python no es necesario",
    "Python is niet vereist",
    "Python non è richiesto",
]


@pytest.mark.parametrize(("text", "expected"), STRENGTHS)
def test_strength_of_a_sentence(text: str, expected: dict[str, str]) -> None:
    assert strengths(text) == expected


@pytest.mark.parametrize("text", NEGATED)
def test_what_is_expressly_not_needed_is_no_need(text: str) -> None:
    assert needs(text) == ()


def test_negation_ends_with_its_clause() -> None:
    assert strengths("No Docker experience needed, but Python is required.") == {"Python": "must"}
    assert strengths("No ML background required; SQL is a must.") == {"SQL": "must"}
    assert strengths("Java is not required. Python is required.") == {"Python": "must"}
    assert strengths("Tools including but not limited to Python and SQL are required") == {
        "Python": "must",
        "SQL": "must",
    }


def test_a_skill_negated_here_and_asked_for_there_is_asked_for() -> None:
    assert strengths("No Python experience needed to apply. Must know Python by June.") == {"Python": "must"}


STUDIES = [
    ("Pursuing a degree in Computer Science, Statistics or Machine learning", {"Statistics", "Machine learning"}),
    ("A Bachelor's degree in Statistics is required", {"Statistics"}),
    ("PhD students in Robotics", {"Robotics"}),
]


@pytest.mark.parametrize(("text", "subjects"), STUDIES)
def test_subjects_of_study_are_no_requirements(text: str, subjects: set[str]) -> None:
    assert strengths(text) == dict.fromkeys(subjects, "mentioned")


def test_what_a_student_must_know_is_one() -> None:
    assert strengths("Students of Statistics with experience in Python") == {
        "Statistics": "mentioned",
        "Python": "must",
    }


def test_sentence_of_a_requirement_asks_in_any_section_but_one_about_the_firm() -> None:
    about = "About the role:\nYou draw maps.\n"
    assert strengths(about + "Experience with Docker") == {"Docker": "must"}
    assert strengths(about + "2+ years of Kafka") == {"Kafka": "must"}
    assert strengths(about + "You build Docker images") == {"Docker": "mentioned"}
    assert strengths(about + "Experience with Docker is what our clients praise us for") == {"Docker": "mentioned"}


def test_alternatives_are_asked_for_alike() -> None:
    assert strengths("Experience with MATLAB, Java or Python is fine") == {
        "MATLAB": "must",
        "Java": "must",
        "Python": "must",
    }


SECTIONS = """About us
We build tools with Scala and Kafka.

Requirements:
- Python
- Working with Linux
Preferred qualifications
- Docker
- Kubernetes

Benefits
We pay for Coursera and AWS certificates.
"""


def test_headings_on_lines_of_their_own() -> None:
    assert strengths(SECTIONS) == {
        "Python": "must",
        "Linux": "must",
        "Docker": "should",
        "Kubernetes": "should",
        "Scala": "mentioned",
        "Kafka": "mentioned",
        "AWS": "mentioned",
    }


def test_headings_inside_a_line() -> None:
    inline = " ".join(line.strip("- ") for line in SECTIONS.splitlines()).replace("Kubernetes", "Kubernetes.")
    assert strengths(inline) == strengths(SECTIONS)


@pytest.mark.parametrize(
    "heading",
    ["Requirements:", "Qualifications:", "What you'll need:", "What you’ll need:", "WHAT YOU'LL BRING", "Must have:",
     "**Requirements**", "Minimum Qualifications", "Who you are", "Your profile:", "Anforderungen:", "Dein Profil",
     "Profil recherché :",
     "Requisitos:", "Jouw profiel", "Requisiti:", "Requisitos obrigatórios:"],
)  # fmt: skip
def test_requirement_headings(heading: str) -> None:
    assert strengths(f"We make maps.\n\n{heading}\nPython\nSQL") == {"Python": "must", "SQL": "must"}


@pytest.mark.parametrize(
    "heading",
    ["Preferred:", "Nice to have:", "Nice-to-have", "Bonus points:", "Plus:", "Preferred Qualifications",
     "Desired skills:", "Additional qualifications:", "Wünschenswert:", "Les plus :", "Deseable:", "Pluspunten",
     "Diferenciais:"],
)  # fmt: skip
def test_wish_headings(heading: str) -> None:
    assert strengths(f"Requirements:\nGit\n\n{heading}\nPython\nSQL") == {
        "Git": "must",
        "Python": "should",
        "SQL": "should",
    }


def test_words_of_a_heading_inside_a_sentence_are_none() -> None:
    assert strengths("Your requirements analysis will matter. We use Python.") == {"Python": "mentioned"}


def test_requirements_end_where_the_boilerplate_begins() -> None:
    text = "Requirements: Python. We are an equal opportunity employer. Kafka moves our data."
    assert strengths(text) == {"Python": "must", "Kafka": "mentioned"}


def test_bare_list_in_a_paragraph_of_its_own_is_only_mentioned() -> None:
    listed = "Python, SQL, Docker, Kafka, AWS"
    assert set(strengths(f"Requirements:\nGood humour.\n\n{listed}").values()) == {"mentioned"}
    assert set(strengths(f"Requirements:\n\n{listed}").values()) == {"must"}
    assert set(strengths(f"Requirements:\n- Good humour\n- {listed}").values()) == {"must"}


CHOICES = [
    ("Python or R required", [{"Python", "R"}]),
    ("Python, R or Julia", [{"Python", "R", "Julia"}]),
    ("Python, Java, or C++", [{"Python", "Java", "C++"}]),
    ("either Python or Java", [{"Python", "Java"}]),
    ("Python and/or MATLAB", [{"Python", "MATLAB"}]),
    ("PyTorch/TensorFlow", [{"PyTorch", "TensorFlow"}]),
    ("PyTorch / TensorFlow / JAX", [{"PyTorch", "TensorFlow", "JAX"}]),
    ("PyTorch (or TensorFlow)", [{"PyTorch", "TensorFlow"}]),
    ("one of the following: AWS, GCP, Azure", [{"AWS", "GCP", "Azure"}]),
    ("at least one of Spark SQL, Flink, Kafka", [{"Spark", "Stream processing", "Kafka"}]),
    ("Python, and SQL or Tableau", [{"SQL", "Tableau"}]),
    ("Docker and Python or Java", [{"Python", "Java"}]),
    ("SQL, PyTorch/TensorFlow, Git", [{"PyTorch", "TensorFlow"}]),
    ("Python, SQL or similar", [{"Python", "SQL"}]),
    ("frameworks such as PyTorch, Keras, JAX or other similar tools", [{"PyTorch", "Keras", "JAX"}]),
    ("at least two of the following: AWS, GCP, Azure", [{"AWS", "GCP", "Azure"}]),
    ("Python oder Java", [{"Python", "Java"}]),
    ("Python ou Java", [{"Python", "Java"}]),
    ("Python or Java, and AWS or GCP", [{"Python", "Java"}, {"AWS", "GCP"}]),
]
NO_CHOICES = [
    "Python and SQL",
    "Python, SQL, and Docker",
    "Python, SQL",
    "Python or similar",
    "Python. Or write to us. SQL",
    "React or React Native",
    "CI/CD and HTML/CSS",
]


@pytest.mark.parametrize(("text", "groups"), CHOICES)
def test_alternatives_share_a_group(text: str, groups: list[set[str]]) -> None:
    by_number: dict[int, set[str]] = {}
    for need in needs(text):
        by_number.setdefault(need.group, set()).add(need.skill)
    by_number.pop(0, None)
    assert sorted(map(sorted, by_number.values())) == sorted(map(sorted, groups))


@pytest.mark.parametrize("text", NO_CHOICES)
def test_no_alternatives(text: str) -> None:
    assert {need.group for need in needs(text)} == {0}


def test_tables_are_large() -> None:
    assert len(STRENGTHS) + len(NEGATED) + len(CHOICES) + len(NO_CHOICES) >= 60
    assert len(NOT_NAMED) >= 30


def test_one_need_for_each_skill_with_its_strongest_words() -> None:
    read = needs("We use Python. Python is required. Python is a plus.")
    assert [(need.skill, need.strength, need.quote) for need in read] == [("Python", "must", "Python is required.")]


def test_same_choice_said_twice_is_one_group() -> None:
    read = needs("Python or R preferred. You must know Python or R.")
    assert [(need.skill, need.strength, need.group) for need in read] == [("Python", "must", 1), ("R", "must", 1)]


def test_naming_one_side_of_a_choice_elsewhere_does_not_ask_for_it() -> None:
    read = needs("You must know Python or Java. We run Python.")
    assert [(need.skill, need.group) for need in read] == [("Python", 1), ("Java", 1)]


def test_one_side_asked_for_more_firmly_stands_beside_the_choice() -> None:
    read = needs("Python or Java preferred. Python is required.")
    assert {(need.skill, need.strength, need.group > 0) for need in read} == {
        ("Python", "must", False),
        ("Python", "should", True),
        ("Java", "should", True),
    }


def test_strongest_needs_come_first() -> None:
    order = [need.strength for need in needs(SECTIONS)]
    assert order == sorted(order, key=["must", "should", "mentioned"].index)


def test_title_asks_for_what_it_names() -> None:
    title = "Python Developer Intern (PyTorch)"
    assert [(ask.skill, ask.strength, ask.quote) for ask in asks_of_title(title)] == [
        ("Python", "must", title),
        ("PyTorch", "must", title),
    ]
    assert asks_of_title("Spring 2027 Intern, R&D") == []


def test_field_that_a_job_is_called_by_is_no_requirement() -> None:
    asks = {ask.skill: ask.strength for ask in asks_of_title("Data Science & Machine Learning Intern, PyTorch")}
    assert asks == {"Data science": "mentioned", "Machine learning": "mentioned", "PyTorch": "must"}


def test_every_field_is_a_skill() -> None:
    assert skills().keys() >= FIELDS


def test_long_sentence_is_quoted_around_the_skill() -> None:
    filler = "and many other things that we do every day in the workshop " * 8
    text = f"You must know {filler} with Python {filler}."
    (need,) = needs(text)
    assert "Python" in need.quote
    assert len(need.quote) <= QUOTE_LIMIT
    assert f" {need.quote} " in text


def test_requirements_are_stated_by_a_heading_or_a_sentence_that_asks() -> None:
    assert asks_of_text(outline("Requirements:\nA driving licence."))[1]
    assert asks_of_text(outline("Experience with Python"))[1]
    assert not asks_of_text(outline("We use Python."))[1]
    assert not asks_of_text(outline("A fine place."))[1]


def test_an_employers_own_name_is_no_skill() -> None:
    text = "Requirements:\n- Lives the values of GitLab\n- Knows Git and Python"
    told = [ask.skill for ask in asks_of_text(outline(text), "GitLab")[0]]
    assert told == ["Git", "Python"]
    assert "Git" in {ask.skill for ask in asks_of_text(outline("Requirements: GitLab pipelines"), "Moorhen")[0]}
    assert asks_of_title("Intern, GitLab Duo", "gitlab") == []
