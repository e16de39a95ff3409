"""Sentences and short ads of our own, and exactly what is to be read from each: skills, how firmly, which alternatives.

The expectation is written `must: Python | R, SQL; should: Docker; mentioned: AWS`; a bar joins alternatives.
"""

from __future__ import annotations

import pytest

from finder.classify.needs import asks_of_text, merged
from finder.classify.text import outline
from finder.skills import skills

LOOKALIKES = [
    ("Experience with Java.", "must: Java"),
    ("Experience with JavaScript.", "must: JavaScript"),
    ("Experience with Java and JavaScript.", "must: Java, JavaScript"),
    ("Knowledge of Java Script frameworks such as React.js.", "must: JavaScript, React"),
    ("Javanese art is shown on Fridays.", ""),
    ("Knowledge of R.", "must: R"),
    ("Proficiency in R, SQL and Excel.", "must: R, SQL, Excel"),
    ("Our R&D team has twelve members.", ""),
    ("You support R & D with Python.", "mentioned: Python"),
    ("Experience in R&D and Python is required.", "must: Python"),
    ("Ages R-rated content.", ""),
    ("Toys R Us runs on Kafka.", "mentioned: Kafka"),
    ("Statistical analysis in R or SAS is required.", "must: R | SAS, Statistics"),
    ("Experience with Go.", "must: Go"),
    ("Experience with Go-to-market plans.", ""),
    ("You are ready to go and learn.", ""),
    ("Go above and beyond with Python.", "mentioned: Python"),
    ("Backend services in Go, gRPC and Kafka.", "mentioned: Go, gRPC, Kafka"),
    ("Golang experience required.", "must: Go"),
    ("Knowledge of C.", "must: C"),
    ("Knowledge of C++.", "must: C++"),
    ("Knowledge of C#.", "must: C#"),
    ("Knowledge of C, C++ and C#.", "must: C, C++, C#"),
    ("Knowledge of C/C++.", "must: C | C++"),
    ("You report to a C-level executive.", ""),
    ("We closed our Series C in May and use Docker.", "mentioned: Docker"),
    ("A temperature of 20 °C must be kept.", ""),
    ("Vitamin C and Python.", "mentioned: Python"),
    ("Knowledge of .NET.", "must: .NET"),
    ("Knowledge of ASP.NET Core and C#.", "must: .NET, C#"),
    ("We sell at shop.net and love nets.", ""),
    ("Experience with Java and Spring.", "must: Java, Spring"),
    ("Experience with Spring Boot.", "must: Spring"),
    ("We hire for Spring 2027 and know Python.", "mentioned: Python"),
    ("Spring, summer and fall cohorts learn Python.", "mentioned: Python"),
    ("Internship in the Spring semester; Java is required.", "must: Java"),
    ("Advanced Excel is required.", "must: Excel"),
    ("You excel at Python.", "mentioned: Python"),
    ("Excel in a fast-moving team that ships Docker images.", "mentioned: Docker"),
    ("Must excel under pressure.", ""),
    ("Experience with React and Redux.", "must: React"),
    ("React fast when Kafka fails.", "mentioned: Kafka"),
    ("Experience with Swift and Kotlin.", "must: Swift, Kotlin"),
    ("Swift answers about Python.", "mentioned: Python"),
    ("Experience with Rust or C++.", "must: Rust | C++"),
    ("Rust belt cities.", ""),
    ("Experience with Spark and Hadoop.", "must: Spark, Hadoop"),
    ("Spark joy in our customers.", ""),
    ("Experience with SAS and SPSS.", "must: SAS, SPSS"),
    ("Flights with SAS to Oslo.", ""),
    ("Experience with Scheme and Lisp.", "must: Lisp"),
    ("Our bonus Scheme is generous.", ""),
    ("Knowledge of REST APIs.", "must: REST APIs"),
    ("The REST of the day is free.", ""),
    ("Experience with Unity and C#.", "must: Unity, C#"),
    ("Unity and diversity matter to us.", ""),
    ("Experience with Ruby on Rails.", "must: Ruby"),
    ("Ruby Quill leads the team.", ""),
    ("Experience with Julia and MATLAB.", "must: Julia, MATLAB"),
    ("Julia will call you.", ""),
    ("Knowledge of Oracle and MySQL.", "must: Oracle Database, MySQL"),
    ("An X-ray image and a Ray of light.", ""),
    ("Experience with SAP or Salesforce.", "must: ERP systems | CRM systems"),
    ("Please send it asap.", ""),
    ("You must know PostgreSQL. SQLite is no MySQL.", "must: PostgreSQL; mentioned: SQLite, MySQL"),
    ("Visit www.python.org or write to r@go.example.", ""),
    ("Experience with scikit-learn, NumPy and pandas.", "must: scikit-learn, NumPy, pandas"),
    ("Spring/Summer interns use Git.", "mentioned: Git"),
    ("Go and Rust are used side by side.", "mentioned: Go, Rust"),
]
NEGATIONS = [
    ("No prior ML experience needed.", ""),
    ("No prior machine learning experience is needed, but Python is a must.", "must: Python"),
    ("Prior experience with Docker is not required.", ""),
    ("Docker is not required, but helpful.", "should: Docker"),
    ("Experience with Kubernetes is not necessary; Linux is.", "mentioned: Linux"),
    ("You don't need to know Rust.", ""),
    ("You need not be an expert in PyTorch.", ""),
    ("We do not expect knowledge of Spark.", ""),
    ("There is no need for deep learning experience.", ""),
    ("Python is required, Java is not.", "must: Python"),
    ("Not required: AWS.", ""),
    ("No degree needed, but solid SQL skills.", "must: SQL"),
    ("We use PyTorch rather than TensorFlow.", "mentioned: PyTorch"),
    ("We use PyTorch instead of TensorFlow.", "mentioned: PyTorch"),
    ("No less than two years of Python experience.", "must: Python"),
    ("Tools including, but not limited to, Python and SQL are required.", "must: Python, SQL"),
    ("Not only Python but also SQL is required.", "must: Python, SQL"),
    ("You can't go without Git.", "mentioned: Git"),
    ("Without Python this job cannot be done.", "mentioned: Python"),
    ("Experience with Java, not JavaScript, is required.", "must: Java"),
    ("Keine Erfahrung mit Docker nötig, Python erforderlich.", "must: Python"),
    ("Aucune connaissance de Java requise.", ""),
    ("No se requiere experiencia con Java.", ""),
    ("Geen ervaring met Java vereist.", ""),
    ("Kubernetes experience optional.", "should: Kubernetes"),
]
ALTERNATIVES = [
    ("Python or R is required.", "must: Python | R"),
    ("Python and/or R is required.", "must: Python | R"),
    ("Experience with Python, R, or Julia.", "must: Python | R | Julia"),
    ("Experience with either Python or Java.", "must: Python | Java"),
    ("Experience with one or more of Python, Java, C++.", "must: Python | Java | C++"),
    ("Experience with one or more of the following: Python, Java and C++.", "must: Python | Java | C++"),
    ("Proficiency in at least one of: Python, Scala, Java.", "must: Python | Scala | Java"),
    ("Proficiency in at least one programming language (Python, Java, C++).", "must: Python | Java | C++"),
    ("Experience in any of AWS, Azure, GCP.", "must: AWS | Azure | GCP"),
    ("Experience with PyTorch/TensorFlow.", "must: PyTorch | TensorFlow"),
    ("Experience with AWS/GCP/Azure.", "must: AWS | GCP | Azure"),
    ("Experience with PyTorch (or TensorFlow).", "must: PyTorch | TensorFlow"),
    ("Experience with a framework such as PyTorch or TensorFlow.", "must: PyTorch | TensorFlow"),
    ("Experience with Python, PyTorch or TensorFlow, and Docker.", "must: Python, Docker, PyTorch | TensorFlow"),
    ("Experience with Python and PyTorch or TensorFlow.", "must: Python, PyTorch | TensorFlow"),
    ("Python, Java or similar languages are required.", "must: Python | Java"),
    ("Python or similar is required.", "must: Python"),
    ("Experience with Tableau, Power BI, or another tool.", "must: Tableau | Power BI"),
    ("Python or Java required; Docker or Kubernetes preferred.", "must: Python | Java; should: Docker | Kubernetes"),
    ("A language like Java, C++ or Python is required.", "must: Java | C++ | Python"),
    ("Experience with HTML/CSS.", "must: HTML/CSS"),
    ("Experience with CI/CD.", "must: CI/CD"),
    ("Knowledge of TCP/IP and Linux.", "must: Computer networks, Linux"),
    ("Experience with AI/ML.", "must: Machine learning"),
    ("Kenntnisse in Python oder R erforderlich.", "must: Python | R"),
    ("Maîtrise de Python ou R.", "must: Python | R"),
    ("Dominio de Python o R.", "must: Python | R"),
    ("Experience with Python and SQL, or R.", "must: Python, SQL | R"),
    ("Experience with Python, R or Julia, and SQL.", "must: SQL, Python | R | Julia"),
    ("One year of experience with Python, SQL.", "must: Python, SQL"),
    ("An understanding of languages like Python, Java.", "must: Python | Java"),
    ("Experience with packages such as R, MATLAB, SPSS, SAS, Stata, etc.", "must: R | MATLAB | SPSS | SAS | Stata"),
    ("Experience with cloud platforms (e.g., AWS, Azure and GCP).", "must: Cloud computing, AWS | Azure | GCP"),
    ("Coding in languages such as C, C++, C #, Java or Perl is a must.", "must: C | C++ | C# | Java | Perl"),
    ("Knowledge of methods such as time series, NLP.", "must: Time series, NLP"),
    ("Whether Python or Java, you write clean code.", "mentioned: Python | Java"),
    ("You know Python as well as SQL.", "mentioned: Python, SQL"),
    ("One of our projects uses Python, Kafka and Docker.", "mentioned: Python, Kafka, Docker"),
]
STRENGTHS = [
    ("You must have experience with Python.", "must: Python"),
    ("Must: Python. Nice to have: Docker.", "must: Python; should: Docker"),
    ("Strong Python skills, Docker a plus.", "must: Python; should: Docker"),
    ("Docker is a plus; Python is essential.", "must: Python; should: Docker"),
    ("Ideally, you know Kafka.", "should: Kafka"),
    ("Preferably with experience in Spark.", "should: Spark"),
    ("Bonus: experience with Rust.", "should: Rust"),
    ("Experience with Kubernetes would be an advantage.", "should: Kubernetes"),
    ("Knowledge of SQL is desirable.", "should: SQL"),
    ("We'd love it if you knew Julia programming.", "should: Julia"),
    ("Interest in computer vision.", "mentioned: Computer vision"),
    ("You will learn PyTorch.", "mentioned: PyTorch"),
    ("You'll gain experience with Docker and Kubernetes.", "mentioned: Docker, Kubernetes"),
    ("Willing to learn Scala.", "mentioned: Scala"),
    ("We offer training in AWS.", "mentioned: AWS"),
    ("Our stack: Python, Django, PostgreSQL.", "mentioned: Python, Django, PostgreSQL"),
    ("We build our platform on AWS.", "mentioned: AWS"),
    ("Pursuing a degree in Statistics; Python is required.", "must: Python; mentioned: Statistics"),
    ("3+ years of Python.", "must: Python"),
    ("At least one year of experience with SQL.", "must: SQL"),
    ("Working knowledge of Linux and Git.", "must: Linux, Git"),
    ("Basic understanding of neural networks.", "must: Neural networks"),
    ("Comfortable with Git.", "must: Git"),
    ("Coursework in linear algebra and probability.", "must: Linear algebra, Probability"),
    ("Python (required), Java (preferred).", "must: Python; should: Java"),
    ("Required: Python, SQL. Preferred: Spark, Kafka.", "must: Python, SQL; should: Spark, Kafka"),
    ("We prefer Python but accept Java.", "should: Python; mentioned: Java"),
    ("Proficient in Python, with exposure to Docker.", "must: Python, Docker"),
    ("Hands-on experience with PyTorch is highly desired.", "should: PyTorch"),
    ("A good command of MATLAB is expected.", "must: MATLAB"),
    ("Some experience with Spark, Hadoop, SQL is a plus.", "should: Spark, Hadoop, SQL"),
    ("Python is required, SQL is a plus.", "must: Python; should: SQL"),
    ("We would like some experience in Kotlin and Swift.", "should: Kotlin, Swift"),
    ("Apply analytical minds to data with skill and Develop models in PyTorch.", "mentioned: PyTorch"),
    ("Experts apply their own expertise to machine learning.", "mentioned: Machine learning"),
    ("Excellent Java skills.", "must: Java"),
    ("We are looking for students with knowledge of Java.", "must: Java"),
    ("Our clients have experience with Java.", "mentioned: Java"),
    ("Experience with Python, Experience with PyTorch a plus", "must: Python; should: PyTorch"),
    ("Python programming skills and a driving licence.", "must: Python"),
    ("👉Knowledge of Python 👉Docker is a plus", "must: Python; should: Docker"),
]
ADS = [
    (
        "About us\nWe run Kafka.\n\nRequirements\n- Python\n- SQL\n\nNice to have\n- Docker\n\nBenefits\nTableau.",
        "must: Python, SQL; should: Docker; mentioned: Kafka, Tableau",
    ),
    (
        "We map rivers. Requirements: Python and SQL. Nice to have: Docker or Kubernetes. Benefits: AWS exams.",
        "must: Python, SQL; should: Docker | Kubernetes; mentioned: AWS",
    ),
    (
        "We map. Basic Qualifications Experience with Python Preferred Qualifications Git About The Team We use Go.",
        "must: Python; should: Git; mentioned: Go",
    ),
    (
        "What you'll do:\nBuild dashboards in Tableau.\nWhat you'll bring:\nStrong SQL.\nBonus points:\nLooker.",
        "must: SQL; should: Looker; mentioned: Data visualization, Tableau",
    ),
    (
        "Requirements:\nGood humour.\n\nPython, SQL, Docker, Kafka, AWS, Terraform",
        "mentioned: Python, SQL, Docker, Kafka, AWS, Terraform",
    ),
    (
        "You count salmon. You must know R. Keywords: Python, SQL, Docker, Kafka, AWS",
        "must: R; mentioned: Python, SQL, Docker, Kafka, AWS",
    ),
    (
        "Requirements: a driving licence. Tags: Python, SQL, Docker, Kafka, AWS",
        "mentioned: Python, SQL, Docker, Kafka, AWS",
    ),
    (
        "Minimum requirements: Python or R. A plus if you know Spark and Hadoop. Equal opportunity, Kafka.",
        "must: Python | R; should: Spark, Hadoop; mentioned: Kafka",
    ),
    (
        "What you need: Python. It'd be great if you also have: Docker. What will you gain? Skills in Kafka.",
        "must: Python; should: Docker; mentioned: Kafka",
    ),
    (
        "Requirements 👉Python 👉SQL Responsibilities 👉Train models in PyTorch",
        "must: Python, SQL; mentioned: PyTorch",
    ),
    (
        "Dein Profil:\nPython und SQL\nWünschenswert:\nDocker\nWir bieten:\nTableau-Kurse",
        "must: Python, SQL; should: Docker; mentioned: Tableau",
    ),
    (
        "Profil recherché :\nPython et SQL\nLes plus :\nDocker\nNous offrons :\nAWS",
        "must: Python, SQL; should: Docker; mentioned: AWS",
    ),
    (
        "Requisitos:\nPython y SQL\nDeseable:\nDocker\nOfrecemos:\nAWS",
        "must: Python, SQL; should: Docker; mentioned: AWS",
    ),
    (
        "Responsibilities\nTrain models with PyTorch\nQualifications\nNo prior PyTorch experience needed\nPython",
        "must: Python; mentioned: PyTorch",
    ),
    (
        "Skills: Python, PyTorch or TensorFlow, Git. Python is used all day.",
        "must: Python, PyTorch | TensorFlow, Git",
    ),
    (
        "Our Data Science team seeks an intern. Knowledge of statistics helps.",
        "must: Statistics; mentioned: Data science",
    ),
]
TABLE = [*LOOKALIKES, *NEGATIONS, *ALTERNATIVES, *STRENGTHS, *ADS]


def read(text: str) -> dict[tuple[str, ...], str]:
    """Alternatives as one entry, each with its strength."""
    needs = merged(asks_of_text(outline(text))[0])
    found: dict[tuple[str, ...], str] = {}
    for need in needs:
        group = tuple(sorted(other.skill for other in needs if other.group == need.group))
        found[group if need.group else (need.skill,)] = need.strength
    return found


def told(words: str) -> dict[tuple[str, ...], str]:
    expected: dict[tuple[str, ...], str] = {}
    for part in filter(None, words.split("; ")):
        strength, _, names = part.partition(": ")
        for name in names.split(", "):
            expected[tuple(sorted(name.split(" | ")))] = strength
    return expected


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_sentence_is_read_exactly(text: str, expected: str) -> None:
    assert read(text) == told(expected)


def test_the_table_is_large_and_names_skills_that_exist() -> None:
    assert len(TABLE) >= 150
    assert len({text for text, _ in TABLE}) == len(TABLE)
    assert {skill for _, expected in TABLE for group in told(expected) for skill in group} <= set(skills())
