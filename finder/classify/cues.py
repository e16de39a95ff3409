"""What a sentence says about the skills in it: asked for, wished for, merely named, or expressly not needed."""

from __future__ import annotations

import re
from typing import Literal

from finder.classify.text import Section
from finder.model import Strength

Reading = Strength | Literal["not needed"]

_CUE = re.compile(
    r"(?P<ahead_must>\bmust\b|\bneeds? to (?:have|know|be)\b|\bproficien(?:t|cy) (?:in|with|using)\b|\bfluen(?:t|cy) in\b"
    r"|\b(?:strong|solid|excellent|advanced|proven|demonstrated|working|good|deep) "
    r"(?:knowledge|understanding|experience|background|command|foundation|grasp|programming|coding)\b"
    r"|\brequires?\b|\brequired:|\bkenntnisse in\b|\bmaîtrise d)"
    r"|(?P<behind_must>\b(?:is|are) (?:a must|mandatory|essential|necessary|required|needed|expected)\b|\brequired\b|\bmandatory\b"
    r"|\ba must\b|\bmust[ -]have\b|\bessential\b|\berforderlich\b|\bvorausgesetzt\b|\bexigée?s?\b|\bimprescindibles?\b|\bvereist\b"
    r"|\bindispensabili?\b|\bobrigatóri[oa]s?\b)"
    r"|(?P<ahead_should>\bideally\b|\bpreferably\b|\bpreferred:|\bbonus\b|\bnice[ -]to[ -]haves?\b|\bextra credit\b|\bwe(?:'d| would) love\b"
    r"|\beven better\b|\bidealerweise\b|\bidéalement\b|\bidealmente\b|\bpreferibilmente\b|\bpreferentemente\b|\bbij voorkeur\b)"
    r"|(?P<behind_should>\bpreferred\b|\b(?:a|big|huge|strong|definite|is|are) plus\b|\bplus\s*[.)!]?\s*$|\(plus\)|\ban? (?:strong )?(?:advantage|asset|bonus)\b"
    r"|\badvantageous\b|\bbeneficial\b|\bhelpful\b|\bdesir(?:ed|able)\b|\bwould be (?:great|nice|good|ideal|useful)\b|\bnot (?:strictly )?"
    r"(?:required|necessary|mandatory|needed),? but\b|\b(?:von|ein) vorteil\b|\bwünschenswert\b|\bun plus\b|\bun atout\b|\bdeseables?\b"
    r"|\bse valora\w{0,3}\b|\been pr[eé]\b|\bgradit[aoie]\b|\bun diferencial\b|\bdesejável\b)",
    re.IGNORECASE,
)
_LEARN = re.compile(
    r"\b(?:you(?:'ll| will|'re going to)? (?:also )?(?:learn|gain|develop|get|acquire|be exposed|be trained|pick up|build your)\b"
    r"|(?:willing|willingness|eager|eagerness|desire|opportunity|ability|able|excited|keen|interest(?:ed)?|want) (?:to|in) learn\w{0,3}\b"
    r"|(?:gain|get|receive|provide|offers?|give you)\b[^.;]{0,30}\b(?:experience|exposure|training|hands[ -]on)\b|will be trained\b|we(?:'ll| will) teach)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:experience|experienced|knowledge|familiar(?:ity)?|understanding|background|skills?|skilled|expertise|exposure|competen(?:t|cy|ce)"
    r"|comfortable|coursework|ability to|able to|looking for|kenntnisse|erfahrung|connaissances?|expérience|conocimientos?|experiencia|kennis|ervaring"
    r"|conoscenza|esperienza|conhecimentos?|experiência)\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(r"\b(?:we|our|us|team's|company|founders?|clients?|customers?|partners?)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:no|zero|without)\b(?! (?:less|fewer|more|later|matter|doubt|problem))[^.;]{0,60}?"
    r"\b(?:experience|knowledge|background|skills?|expertise|coursework|exposure|familiarity|degree)\b"
    r"|\b(?:not|never|cannot|needn't|don't|doesn't|isn't|aren't)\b (?:be |have |strictly |a |an |in any way |absolutely |even ){0,2}"
    r"(?:need|needed|require|required|necessary|mandatory|expect|expected|must|requirement|prerequisite|essential|to know|know|looking for)\b"
    r"|\b(?:need|do) not (?:have|know|need|require|be)\b|\bno need (?:to|for)\b|\bthis is not an?\b|\brather than\b|\binstead of\b"
    r"|\b(?:kein|keine|keinerlei)\b[^.;]{0,60}?(?:kenntnisse|erfahrung|vorkenntnisse)|\bnicht (?:erforderlich|nötig|notwendig)\b"
    r"|\bpas (?:nécessaire|requise?s?|obligatoire)\b|\bno (?:es necesari[oa]|se requiere)\b|\bnão é necessári[oa]\b|\bniet (?:vereist|nodig)\b"
    r"|\bnon (?:è richiest[oa]|necessari[oa])\b",
    re.IGNORECASE,
)
_WISH_AFTER_ALL = re.compile(
    r"\b(?:not|n't|isn't|aren't)\b[^.;]{0,30}\b(?:required|necessary|mandatory|needed|must)\b[^.;]{0,40}"
    r"\b(?:plus|preferred|helpful|bonus|nice|advantage|desirable|beneficial|welcome)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|,?\s+but\s+(?!not limited)|,\s+(?:however|though|although)\b|,\s+(?!or\b|and\b)(?=[^,;]{0,60}\b(?:is|are|must|should)\b)",
    re.IGNORECASE,
)


def reading(sentence: str, start: int, end: int, section: Section) -> Reading:
    """How strongly the skill at sentence[start:end] is asked for; `section` is what the heading above says."""
    if _WISH_AFTER_ALL.search(sentence):
        return "should"
    left, right = _clause(sentence, start)
    clause = sentence[left:right]
    if _NEGATION.search(clause):
        return "not needed"
    if cue := _nearest_cue(clause, start - left, end - left):
        return cue
    if _learns_it(clause, start - left):
        return "mentioned"
    if section in ("must", "should"):
        return section
    asked = section == "none" and _ASKS.search(clause) and not _ABOUT_US.search(clause)
    return "must" if asked else "mentioned"


def _clause(sentence: str, at: int) -> tuple[int, int]:
    left = 0
    for split in _CLAUSE.finditer(sentence):
        if split.start() >= at:
            return left, split.start()
        left = split.end()
    return left, len(sentence)


def _nearest_cue(clause: str, start: int, end: int) -> Strength | None:
    """A cue that points ahead counts for what follows it, one that points back for what precedes; the nearest one wins."""
    best: tuple[int, str] | None = None
    for match in _CUE.finditer(clause):
        name = match.lastgroup or ""
        behind = match.start() >= end
        distance = match.start() - end if behind else start - match.end()
        distance += 1000 * (name.startswith("ahead") == behind)
        if distance >= 0 and (best is None or distance < best[0]):
            best = (distance, name)
    if best is None:
        return None
    return "must" if best[1].endswith("must") else "should"


def _learns_it(clause: str, start: int) -> bool:
    match = _LEARN.search(clause)
    return match is not None and match.start() < start
