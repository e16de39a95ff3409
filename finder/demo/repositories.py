"""Repositories of the sample world that welcome a beginner. Invented; the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass

OWNERS = (
    "opentide-sample",
    "fernhollow-sample",
    "saltmarsh-sample",
    "inkwellery-sample",
    "gannetry-sample",
    "moss-and-pine-sample",
    "reading-room-sample",
    "quarrybyte-sample",
    "north-quay-sample",
    "plain-tools-sample",
)
"""By their endings they are nobody's."""

TOLD = """
tensor-kiln | Small neural networks, explained line by line | Python | machine-learning, deep-learning, pytorch
pond-vision | Count ducks in pictures | Python | computer-vision, opencv
plain-words | Tokenise and classify short texts | Python | nlp, machine-learning
tidy-frames | Checks for data frames that say what is wrong | Python | pandas, data-science
cellar-search | A recommender for cheese | Python | recommender-system, machine-learning
hedge-trees | Decision trees that draw themselves | Python | machine-learning, decision-trees, scikit-learn
slow-gradient | Optimisers one can read in an afternoon | Python | machine-learning, optimization
fog-or-smoke | Tell fog from smoke in webcam pictures | Python | computer-vision, deep-learning
harbour-cast | Forecast tides and traffic of small harbours | Python | time-series, forecasting
answer-well | Ask questions of your own notes, without a cloud | Python | llm, rag
prompt-press | Keep prompts under version control, with tests | TypeScript | llm, testing
word-loom | Word vectors of old newspapers | Python | nlp, embeddings
bird-ledger | Recognise birds by their voices | Python | audio, deep-learning
bench-march | Compare models on many small data sets | Python | machine-learning, benchmark
fair-share | Look for unfair differences in predictions | Python | machine-learning, fairness
label-tray | Label pictures together, in a browser | TypeScript | annotation, computer-vision
drift-buoy | Notice when data are no longer what they were | Python | mlops, monitoring
knot-ops | Ship models with less fuss | Go | mlops, docker
feature-pantry | A feature store that fits into one file | Python | mlops, sqlite
graph-garden | Neural networks on graphs, from scratch | Python | machine-learning, graphs
reed-rl | Reinforcement learning in a pond | Python | reinforcement-learning
julia-brook | Stochastic gradient descent for Julia | Julia | machine-learning, optimization
crate-forest | Random forests in safe Rust | Rust | machine-learning
jam-forest | Decision trees in the browser | JavaScript | machine-learning, visualization
tiny-attention | A transformer in four hundred lines | Python | transformers, deep-learning
paper-trail | Re-run the tables of published papers | Python | machine-learning, reproducibility
loss-and-found | A gallery of training curves that went wrong | Python | machine-learning, education
quiet-kernel | Kernel methods with tests | Python | machine-learning, statistics
mixed-signals | Filters and features for sensor data | Python | signal-processing, machine-learning
seedling-ml | Forty exercises for a first course | Python | machine-learning, education
r-meadow | Plots for field ecology | R | rstats, data-visualization
tidy-herbarium | Clean data sets of pressed plants | R | rstats, data-science
bayes-bay | Bayesian models with their reasons | R | bayesian, statistics
survey-weights | Weights for surveys, worked by hand first | R | statistics
map-ferry | Maps of ferry lines, kept up to date | R | geospatial
java-juniper | Nearest neighbours for the JVM | Java | machine-learning
stream-gauge | Classify readings as they arrive | Java | streaming, machine-learning
grove-sql | Learn SQL on invented orchards | Java | sql, education
lisp-weir | Symbolic rules for stream gauges | Common Lisp | lisp, logic
prolog-postman | Routes for letters, by logic alone | Prolog | logic-programming
notebook-broom | Clean notebooks before they are committed | Python | jupyter, developer-tools
csv-customs | Declare what a CSV file must hold | Python | data-quality
query-quilt | Draw what a SQL query does | TypeScript | sql, visualization
plot-manners | Charts that are honest by default | Python | data-visualization, matplotlib
number-larder | Open data sets, each with a story | Python | open-data, datasets
page-turner | Read tables out of scanned pages | Python | ocr, computer-vision
kiln-docs | Documentation for tensor-kiln in five languages | Markdown | documentation
speech-shed | Cut long recordings into sentences | Python | speech, audio
tune-gently | Search parameters without wasting power | Python | hyperparameter-optimization, machine-learning
gpu-lodger | Share one graphics card among friends | Python | gpu, scheduling
model-cards-please | Write model cards by answering questions | Python | machine-learning, documentation
edge-of-pond | Run models on very small computers | C++ | embedded, machine-learning
stone-tensor | A tensor library for teaching | C++ | deep-learning, education
swift-sparrow | Recognise plants on a telephone | Swift | mobile, computer-vision
cold-start | Recommend to people one knows nothing about | Python | recommender-system
late-edition | Search old newspapers by meaning | Python | search, nlp
translate-lane | Translate the signs of small towns | Python | nlp, translation
score-keeper | Metrics with worked examples | Python | machine-learning, metrics
patient-parser | Parse addresses in twelve countries | Python | nlp, parsing
privacy-fence | Remove names from documents | Python | nlp, privacy
green-run | Measure the power that training takes | Python | machine-learning, energy
sample-mill | Make artificial tables that behave like real ones | Python | synthetic-data
two-arm | A/B tests for very small web sites | Python | ab-testing, statistics
causal-creek | Causal inference by simulation | Python | causal-inference, statistics
slack-tide | A chat bot that knows when to be silent | Python | chatbot, nlp
pixel-quarry | Prepare satellite images for learning | Python | remote-sensing, computer-vision
ant-farm | Simulate colonies and learn from them | Julia | simulation
letter-press | Recognise handwriting, offline | Python | ocr, deep-learning
wind-diary | Open measurements of small wind turbines | Python | open-data, energy
schema-ferry | Move tables between databases | Go | databases, sql
calm-crawler | Fetch pages slowly and politely | Python | web-scraping
bread-clock | Predict when the dough is ready | Python | time-series, hobby
"""
"""Name | what it is for | language | topics"""

TASKS = (
    "Add an example to the README", "Cover the parser with tests", "Fix a typo in the tutorial", "Accept Path objects",
    "Explain the error when a file is empty", "Port one notebook to the new interface", "Say which row is wrong",
    "Add type hints to the loader", "Describe the data set in the documentation", "Speed up the slowest test",
    "Show a progress bar", "Translate the first page", "Make the plot readable in black and white",
    "Replace print by logging", "Let the seed be set from outside", "Write down how to make a release",
)  # fmt: skip


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


def repos() -> list[Repo]:
    """All of them, in the same order every time."""
    chance = random.Random("repositories")
    return [_repo(number, line, chance) for number, line in enumerate(TOLD.strip().splitlines())]


def _repo(number: int, line: str, chance: random.Random) -> Repo:
    name, about, language, topics = line.split(" | ")
    return Repo(
        number=number,
        owner=chance.choice(OWNERS),
        name=name,
        about=about,
        language=language,
        topics=tuple(topics.split(", ")),
        stars=int(10 ** chance.uniform(1.8, 4.2)),
        age=int(chance.expovariate(1 / 30)),
        issues=tuple(chance.sample(TASKS, chance.choice((3, 3, 4, 5, 6)))),
    )
