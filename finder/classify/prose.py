"""Whether a description shows machine-learning work behind a title that does not say what it is about.

Only sentences about the work count ("You will train …", "Build models …"), never what a firm says of itself; what is
asked for counts beside them, never alone.
"""

from __future__ import annotations

import re

from finder.classify.role import Reading, Role, is_open
from finder.classify.text import Outline, Sentence, quoted

_FIELD = re.compile(
    r"\b(?:machine learning|deep learning|(?:deep )?neural net(?:work)?s?|computer vision|natural language processing"
    r"|nlp|reinforcement learning|artificial intelligence|large language models?|llms?|generative (?:models?|ai)"
    r"|predictive models?|ml (?:models?|algorithms?|systems?|pipelines?|inference|frameworks?)|ai models?|ai/ml|ml/ai"
    r"|data science|recommender systems?|recommendation (?:algorithms?|systems?)|foundation models?|pytorch"
    r"|tensorflow)\b"
)
_WORK = re.compile(
    r"\b(?:train|fine tun|develop|build|design|implement|evaluat|deploy|research|improv|appl(?:y|ies)|creat|prototyp"
    r"|experiment|optimi[sz]|operationali[sz]|contribut|investigat|explor|analy[sz]|integrat|scal"
    r"|work(?:ing)? (?:on|with))"
    r"\w{0,5}\b"
)
_ORDER = re.compile(
    r"[\s*•:;.)–-]{0,9}(?:(?:(?:help|assist|support|participat|collaborat|us|leverag|utiliz|perform|conduct|advanc|deliver"
    r"|solv|stud)(?:e|y|ing)?|in|with|to|on|and)\s){0,4}"
)
_ABOUT_THE_WORK = re.compile(
    r"\b(?:you|you'll|you'd|interns?|students?|candidates?|this (?:role|position|project|internship)"
    r"|the (?:role|project|intern|position)|(?:seeking|looking for) (?:a|an)\b)"
)
_OF_ITSELF = re.compile(
    r"\W{0,4}\b(?:(?:we|our|founded)\b|at \w|\w{1,40} is (?:a|an|the)\b|as (?:a|an) \w{1,40} company\b)"
    r"(?!.{0,30}\b(?:seeking|looking for|hiring)\b)"
)
_HELPS = re.compile(r"\b(?:lets?|helps?|enables?|allows?|empowers?) (?:you|students|candidates)\b")
_ASKED = re.compile(
    r"\W{0,9}(?:experience|knowledge|familiar|understanding|exposure|expertise|background|interest|strong)"
)
_STUDIES = re.compile(r"\b(?:degree|ph\.? ?d|bachelor|master|pursuing|enrolled|majoring|coursework)")

_LADDER: tuple[tuple[float, Role, float], ...] = (
    (3, "core", 0.65),
    (2, "adjacent", 0.5),
    (1.5, "adjacent", 0.42),
    (1, "none", 0.3),
)
"""How many sentences make which role: a description raises a vague title, and only so far."""
MOST_ASKED = 2
"""Sentences asking for knowledge of the field that count, each half a sentence about the work."""


def raised(title: Reading, words: str, layout: Outline) -> Reading:
    """The reading of a title (`words`) after its description; unchanged where the title tells its own trade."""
    if not is_open(title, words):
        return title
    quotes, asked = _sentences(layout)
    told = len(quotes) + min(asked, MOST_ASKED) / 2
    for enough, role, relevance in _LADDER:
        if quotes and told >= enough and relevance > title.relevance:
            return Reading(role, relevance, quotes[0])
    return title


def _sentences(layout: Outline) -> tuple[list[str], int]:
    """Quotes of the sentences about such work, and how many others ask for knowledge of it."""
    quotes: list[str] = []
    asked = read = 0
    for match in _FIELD.finditer(layout.low):
        if match.start() < read:
            continue
        sentence = layout.at(match.start())
        read = sentence.end
        low = layout.low[sentence.start : read]
        if sentence.section != "must" and _is_work(low):
            quotes.append(quoted(layout.text, sentence, *match.span()))
        else:
            asked += _asks(sentence, low)
    return quotes, asked


def _is_work(low: str) -> bool:
    if _OF_ITSELF.match(low) or _HELPS.search(low):
        return False
    order = _ORDER.match(low)
    if order and _WORK.match(low, order.end()):
        return True
    about = _ABOUT_THE_WORK.search(low)
    return about is not None and _WORK.search(low, about.end()) is not None


def _asks(sentence: Sentence, low: str) -> bool:
    named = sentence.section in ("must", "should") or _ASKED.match(low) is not None
    return named and _STUDIES.search(low) is None
