"""Whether a description shows machine-learning work behind a title that does not say what it is about.

Only sentences about the work count ("You will train …", "Build models …"), never what a firm says of itself.
"""

from __future__ import annotations

import re

from finder.classify.role import Reading, is_open
from finder.classify.text import Outline, quoted

_FIELD = re.compile(
    r"\b(?:machine learning|deep learning|neural net(?:work)?s?|computer vision|natural language processing|nlp"
    r"|reinforcement learning"
    r"|large language models?|llms?|generative models?|predictive models?"
    r"|ml (?:models?|algorithms?|systems?|pipelines?)|ai models?"
    r"|data science|recommender systems?|foundation models?|pytorch|tensorflow)\b"
)
_WORK = re.compile(
    r"\b(?:train|fine tun|develop|build|design|implement|evaluat|deploy|research|improv|appl(?:y|ies)|creat|prototyp"
    r"|experiment|optimi[sz]|"
    r"explor|analy[sz]|integrat|scal|investigat|work(?:ing)? (?:on|with))\w{0,5}\b"
)
_ABOUT_THE_WORK = re.compile(
    r"\b(?:you|your|you'll|interns?|students?|candidates?|this (?:role|position|project|internship)"
    r"|the (?:role|project|intern))\b"
)
_OF_ITSELF = re.compile(r"^\W*(?:we|our|at \w+|founded|\w+ is (?:a|an|the)|as (?:a|an) \w+ company)\b")
_LADDER = ((3, "core", 0.65), (2, "adjacent", 0.5), (1, "none", 0.3))
"""How many sentences make which role: a description raises a vague title, and only so far."""


def raised(title: Reading, words: str, layout: Outline) -> Reading:
    """The reading of a title (`words`) after its description; unchanged where the title tells its own trade."""
    if not is_open(title, words):
        return title
    quotes = _work_sentences(layout)
    for enough, role, relevance in _LADDER:
        if len(quotes) >= enough:
            return Reading(role, relevance, quotes[0])  # type: ignore[arg-type]
    return title


def _work_sentences(layout: Outline) -> list[str]:
    quotes: list[str] = []
    read = 0
    for match in _FIELD.finditer(layout.low):
        if match.start() < read:
            continue
        sentence = layout.at(match.start())
        read = sentence.end
        if sentence.section != "must" and _is_work(layout.low[sentence.start : read]):
            quotes.append(quoted(layout.text, sentence, *match.span()))
    return quotes


def _is_work(low: str) -> bool:
    verb = _WORK.search(low)
    if verb is None:
        return False
    leads = not low[: verb.start()].strip(" \t*•-–")
    return leads or (_ABOUT_THE_WORK.search(low) is not None and _OF_ITSELF.match(low) is None)
