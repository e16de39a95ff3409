"""Every number of the ranking, with its reason. Values lie in [0, 1] unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from finder.model import Strength

RULES = "2"
"""Version of the ranking: changes whenever the same facts may get another score."""

HALF = 0.5
"""Credit for a skill that a held one implies or is an alternative to; also what each must-have needs for `ready`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What makes a score. A factor of 1 means "nothing against it"; no factor is 0, so that nothing is ever hidden."""

    ready: float = 0.65
    one_step: float = 0.15
    level: float = 0.20
    """Shares of the match; they add to 1. On real advertisements with skills named by the employer, their coverage
    ordered best, so it has the largest share. The one-step share is kept once ready: finishing never costs it."""

    strength: Mapping[Strength, float] = field(default_factory=lambda: {"must": 1.0, "should": 0.4, "mentioned": 0.1})
    """How much a skill counts in the coverage, by how strongly it is asked for."""
    neutral: float = 0.25
    """Coverage taken for what no text tells: the unknown stands below one step away and above having nothing."""
    doubt: float = 6.0
    """How many must-haves that neutral value weighs against what a title alone names: it mostly names the field, and
    skills guessed from titles made rankings of real advertisements worse."""
    doubt_told: float = 0.25
    """The same where requirements could be read, so that a single mention does not decide."""

    irrelevant: float = 0.05
    """Relevance factor of what is no machine-learning work at all: last, but not gone."""

    other_level: float = 0.3
    new_grad: float = 0.6
    """Level share of an ordinary job and of a first job after the degree, against 1 for every kind of internship."""
    not_beginner: float = 0.5
    """Level share of a project that nobody calls fit for beginners."""

    half_life: float = 28.0
    """Days. Of postings followed from their first day on two independent sources half were gone after 28 days."""
    stale: float = 0.40
    """What remains of the freshness factor in the end: old postings are answered too, only less often."""

    elsewhere: float = 0.40
    nowhere: float = 0.85
    """Place factor outside every place asked for, and where no place is given."""
    other_term: float = 0.40
    no_term: float = 0.85
    """Term factor likewise."""

    missing: float = 0.90
    overdue: float = 0.10
    closed: float = 0.05
    """State factor of what its source no longer shows, of what is past its last day to apply, and of what is closed."""

    archived: float = 0.01
    """A repository that takes no contribution is never recommended."""
    farm: float = 0.10
    """Friendliness of one that makes issues in bulk in order to be seen."""
    quiet_after: float = 90.0
    quiet_half_life: float = 180.0
    quiet: float = 0.20
    """Days without a push from which a project counts as quiet (a beginners' list drops it there), days in which the
    rest halves, and what remains."""
    unknown_push: float = 0.70


DEFAULTS = Weights()
