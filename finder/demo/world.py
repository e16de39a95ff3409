"""Who is hiring in the sample world, for what, and which repositories welcome a beginner. Invented; the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass

COMPANIES = (
    "Lumenfold", "Quarrybyte", "Northquill", "Saltmarsh Robotics", "Fernhollow", "Brackenlight", "Tidewrack", "Ollivane",
    "Copperfinch", "Driftmoor Analytics", "Peatstone", "Hazelgrid", "Kestrelwork", "Mossgate Health", "Umberline",
    "Vellichor Labs", "Wickerby", "Yarrowtech", "Zephyrloom", "Ashgrove Energy", "Birchwave", "Cinderpath", "Duskfield",
    "Emberlane", "Foxglove Bank", "Gannetry", "Heronsway", "Inkwellery", "Juniperlock", "Larkspurs",
)  # fmt: skip

TEAMS = (
    ("Machine Learning", ("Python", "PyTorch", "scikit-learn"), ("Docker", "SQL")),
    ("Machine Learning Engineering", ("Python", "SQL"), ("Docker", "AWS", "MLflow")),
    ("Data Science", ("Python", "pandas", "SQL"), ("R", "Tableau", "A/B testing")),
    ("Computer Vision", ("Python", "OpenCV", "PyTorch"), ("C++", "CUDA")),
    ("Natural Language Processing", ("Python", "Transformers"), ("PyTorch", "spaCy")),
    ("Data Engineering", ("Python", "SQL", "Airflow"), ("Spark", "AWS")),
    ("Applied AI", ("Python", "LLMs"), ("RAG", "Docker")),
    ("Recommender Systems Research", ("Python", "TensorFlow"), ("Spark",)),
    ("Data Analytics", ("SQL", "Excel"), ("Python", "Power BI")),
    ("Software Engineering", ("Java", "Git"), ("Kubernetes",)),
    ("Mechanical Design", ("MATLAB",), ("SolidWorks",)),
)
"""A team, what it requires, what it would like."""

PLACES = (
    "San Francisco, CA", "New York, NY", "Seattle, WA", "Austin, TX", "Boston, MA", "Remote in USA", "Toronto, ON, Canada",
    "Montreal, QC, Canada", "London, UK", "Berlin, Germany", "Munich, Germany", "Amsterdam, Netherlands", "Remote",
)  # fmt: skip

TERMS = ("Summer", "Fall", "Winter", "Spring")


@dataclass(frozen=True, slots=True)
class Role:
    """One internship."""

    number: int
    company: str
    title: str
    place: str
    term: str
    must: tuple[str, ...]
    nice: tuple[str, ...]
    pay: int
    """Dollars an hour."""
    age: int
    """Days since it was posted."""

    @property
    def slug(self) -> str:
        """The employer's token at a hiring system."""
        return self.company.lower().replace(" ", "")

    @property
    def text(self) -> str:
        """The description, a line a paragraph; lines that begin with a dash are list items."""
        return "\n".join([
            f"{self.company} is an invented employer of this sample.",
            f"You will join the team for {self.term} in {self.place}.",
            "Requirements",
            *(f"- Experience with {skill}" for skill in self.must),
            "- Currently enrolled in a university or an equivalent programme",
            "Nice to have",
            *(f"- {skill}" for skill in self.nice),
        ])


def roles(count: int, year: int) -> list[Role]:
    """`count` internships for terms of `year`. A pure function: the same arguments, the same world."""
    chance = random.Random(f"roles {year}")
    made = []
    for number in range(count):
        team, must, nice = TEAMS[number % len(TEAMS)]
        term = f"{chance.choice(TERMS)} {year}"
        made.append(
            Role(
                number=number,
                company=COMPANIES[(number * 7) % len(COMPANIES)],
                title=f"{team} {chance.choice(('Intern', 'Internship', 'Co-op'))}, {term}",
                place=chance.choice(PLACES),
                term=term,
                must=must,
                nice=nice,
                pay=chance.randrange(22, 61),
                age=chance.randrange(60),
            )
        )
    return made


@dataclass(frozen=True, slots=True)
class Repo:
    """One repository."""

    number: int
    owner: str
    name: str
    about: str
    language: str
    topics: tuple[str, ...]
    stars: int
    age: int
    """Days since the last push."""
    issues: tuple[str, ...]

    @property
    def path(self) -> str:
        """owner/name."""
        return f"{self.owner}/{self.name}"


OWNERS = ("lumenfold", "opentide", "fernhollow-oss", "saltmarsh", "inkwellery", "gannetry")
SUBJECTS = (
    ("tensor-kiln", "Small neural networks, explained line by line", "Python", ("machine-learning", "pytorch")),
    ("pond-vision", "Count ducks in pictures", "Python", ("computer-vision", "opencv")),
    ("plain-words", "Tokenise and classify short texts", "Python", ("nlp", "natural-language-processing")),
    ("tidy-frames", "Checks for data frames", "Python", ("pandas", "data-science")),
    ("r-meadow", "Plots for field ecology", "R", ("rstats", "statistics")),
    ("jam-forest", "Decision trees in the browser", "JavaScript", ("machine-learning",)),
    ("grove-sql", "Learn SQL on invented orchards", "Java", ("sql", "education")),
    ("cellar-search", "A recommender for cheese", "Python", ("recommender-system",)),
    ("lisp-weir", "Symbolic rules for stream gauges", "Common Lisp", ("lisp", "logic")),
    ("knot-ops", "Ship models with less fuss", "Go", ("mlops", "docker")),
)
TASKS = ("Add an example to the README", "Cover the parser with tests", "Fix a typo in the tutorial", "Accept Path objects")


def repos(count: int) -> list[Repo]:
    """`count` repositories, the same every time."""
    chance = random.Random("repos")
    made = []
    for number in range(count):
        name, about, language, topics = SUBJECTS[number % len(SUBJECTS)]
        issues = tuple(chance.sample(TASKS, chance.randrange(1, 5)))
        round_ = number // len(SUBJECTS)
        made.append(
            Repo(
                number=number,
                owner=OWNERS[(number + round_) % len(OWNERS)],
                name=f"{name}-{round_ + 1}" if round_ else name,
                about=about,
                language=language,
                topics=topics,
                stars=chance.choice((60, 130, 420, 900, 2400, 7000)),
                age=chance.randrange(120),
                issues=issues,
            )
        )
    return made
