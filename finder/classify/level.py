"""The level of a position from its title, in seven languages: internship, co-op, working student, apprenticeship, fellowship,
new grad or other. Look-alikes (Internal Auditor, Stage Manager, Internship Coordinator) are taken out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STUDENT_LEVELS = frozenset({"internship", "co-op", "working student", "apprenticeship"})
"""Levels that make a board's job an internship; a fellowship does where it is for students."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the words that say so."""

    name: str
    words: str
    student: bool


OTHER = Level("other", "", False)

_STAFF = (
    r"(?:managers?|coordinators?|directors?|recruiters?|supervisors?|administrators?|advis[eo]rs?|mentors?|specialists?|counsell?ors?"
    r"|instructors?|teachers?|leaders?|leads?|liaisons?|officers?|head|coach(?:es)?|partners?|sourcers?|consultants?)"
)
_PROGRAM = r"(?:intern(?:ship)?s?|co-?op(?:erative)?s?|fellowships?|apprentice(?:ship)?s?|trainee(?:ship)?s?|new grad(?:uate)?s?|working students?)"

_LOOKALIKES = re.compile(
    "|".join(
        (
            # people who run such programmes
            rf"\b{_PROGRAM}(?:\s*(?:&|and|/)\s*\w+)?\s+(?:programs?|programmes?|hiring|recruit(?:ing|ment)|placements?)\s+(?:\w+\s+)?{_STAFF}\b",
            rf"\b(?:intern(?:ship)?s?|co-?op|fellowship|apprenticeship|traineeship)\s+(?:coordinator|supervisor|recruiter|administrator|advis[eo]r"
            r"|mentor|liaison|director|counsell?or|instructor|coach|specialist|officer|lead)\b",
            rf"\b{_STAFF}\b\s*(?:[,:(–-]|of|for|to)\s*(?:the |our |university |campus |student |global |summer )*"
            r"(?:(?:intern(?:ship)?|co-?op|fellowship|apprentice(?:ship)?|trainee(?:ship)?)s?\s+program(?:me)?s?|interns\b|internships\b|apprenticeships\b"
            r"|fellowships\b|co-?ops\b)",
            r"\b(?:head|lead|manager|director|recruiter)\s+(?:of\s+)?(?:interns|internships|apprenticeships|early careers)\b",
            r"\bprogram(?:me)? (?:manager|coordinator|director|lead)\b[^|]{0,20}\b(?:internships|interns|fellows|fellowships?)\b",
            r"\b(?:praktikant\w*|praktik\w*|werkstudent\w*|studenten)(?:betreu|koordin|verwalt|programm)\w*",
            r"\b(?:betreuer|betreuung|leit\w+|koordinat\w+|referent)(?:\s*(?:in|/in|:in|\*in))?\s+(?:für |der |von |des )?(?:praktik\w+|werkstud\w+|ausbildung)",
            r"\bausbild(?:er|erin|ungs(?:leit|koordin|beauftrag|verantwort)\w+)\b|\bpraxisanleit\w+|\bpraktiker\w*|\bpraktisch\w*",
            r"\b(?:responsable|chargée?|gestionnaire|coordinat\w+|tut\w+|ma[iî]tre|r[ée]f[ée]rente?|directeur|directrice|conseill\w+)\b[^|,(]{0,20}"
            r"\b(?:stages?|stagiaires?|alternances?|apprentissage|alternants)\b",
            r"\b(?:buenas|mejores|boas|melhores) pr[áa]cticas?\b|\b(?:boas|melhores) práticas\b|\bpr[áa]cticas (?:de|comerciales|laborales|agr\w+|m[ée]dicas)\b"
            r"(?! (?:verano|empresa|ingenier|datos|desarrollo|marketing|machine|inform|software|investigaci))",
            r"\b(?:coordinador\w*|responsable|supervisor\w*|coordenador\w*|tutor\w*|coordinat\w+|gestor\w*|respons[áa]vel|formador\w*|jefe|jefa|chefe)\b[^|,(]{0,20}"
            r"\b(?:pr[áa]cticas|practicantes|becari\w+|becas|est[áa]gi\w+|tirocini?\w*|stage|stagisti|pasant\w+|aprendi\w+)\b",
            r"\bstage(?:co[öo]rdinator|begeleid\w*|bureau|coach)\w*|\bco[öo]rdinator\s+stages?\b",
            # other meanings
            r"\bintern(?:al|als|ally|ational|ationale?s?|ationalization|et|ist|ists|istin|iste|a|o|os|as|e|en|er|es|i)\b(?!\s*:)",
            r"\b(?:summer|junior|student|trainee) (?:camp|school|house|success|services?|affairs|loans?|life|housing|engagement|recruit\w*|support|records?|accounts?)\b",
            r"\b(?:food|housing|grocery|farm\w*|electric|dairy|credit|consumer|worker|agricultural|energy) co-?op\b|\bco-?operatives?\b(?! education)(?=\s+(?:bank|extension|society))"
            r"|\bco-?op (?:store|market|bank|food|group|academ\w+|insurance)\b",
            r"\bfellowship (?:church|pastor|hall|village|square|health)\b",
            r"\b(?:technical|engineering|senior|principal|distinguished|corporate|chief|staff|managing|emeritus) fellow\b|\bfellow (?:engineer|architect|scientist|in charge)\b",
            r"\b(?:graduate|undergraduate|student) (?:school|admissions?|studies|medical education|programs? (?:manager|coordinator|director|administrator)|faculty|recruit\w+)\b",
            r"\bgraduate[ -]level\b|\b(?:post|under)-?graduate (?:teaching|program)\b",
            r"\bapprenticeship (?:standards|training agent|sales)\b",
            # a stage to stand on, to pass, to be at
            r"\b(?:early|late|later|mid|multi|single|two|three|first|second|third|final|seed|growth|pre|post|main|center|centre|next|any|clinical|life|sound|off|on|full"
            r"|one|upper|lower|initial|advanced|each|all|high|low|dual|concept|power|output|input|gate|back|down|up|theat\w+|live|world|global)[ -]?stages?\b"
            r"|\bstage (?:managers?|management|hands?|technicians?|directors?|lighting|crew|design\w*|actors?|gate|combat|carpenters?|rigg\w+|show|play|door|props?"
            r"|production|electrician|operations?|supervisor|automation tech\w*|audio|artist|dancer|performer|company|startups?|compan\w+|drug|assets?|development|of|i+\b|iv|\d|one|two|three)\b",
        )
    ),
    re.IGNORECASE,
)
_GENDER = r"(?:\s*[(/:*]?\s*(?:in|innen)\b\)?)?"
_FR = r"h\s*/\s*f|f\s*/\s*h|m\s*/\s*f|mois|pfe|fin d['’ ][ée]tudes|assistante?|ing[ée]nieure?|d[ée]veloppe\w*|charg[ée]\w*"
_LEVELS: tuple[tuple[str, str], ...] = (
    ("working student", rf"\bwerk-?student\w*{_GENDER}|\bworking[ -]students?\b|\bstudentische\w* (?:hilfskr\w+|mitarbeit\w+|aushilf\w+)|\bhiwi\b"
     r"|\bstudent (?:assistant|worker)s?\b|\bétudiante? (?:salariée?|jobiste)\b|\bstudente lavoratore\b|\bwerkstudentschap\b|\bbijbaan\b"),
    ("apprenticeship", r"\bapprentice(?:ship)?s?\b|\balternan(?:ce|te?)s?\b|\bapprenti(?:e|s|es|\(e\)|·e)?\b|\bapprentissage\b|\bausbildung\w*|\bauszubildende\w*|\bazubi\w*"
     r"|\bduales? stud(?:ium|ent\w*)\b|\bdual (?:study|degree) (?:program|student)\w*|\blehrling\w*|\blernende[rn]?\b|\baprendi(?:z|ces|zes|zaje|zagem)\b|\bapprendist\w+"
     r"|\bcontrat pro(?:fessionnalisation)?\b|\bcontrat de professionnalisation\b|\bleerling\b|\bleerwerk\w*|\bbbl\b|\bformación dual\b|\bfp dual\b"),
    ("co-op", r"\bco[- ]?ops?\b|\bco-?operative education\b"),
    ("fellowship", r"\bfellow(?:ship)?s?\b"),
    ("internship", r"\bintern(?:ship)?s?\b|\bexternships?\b|\binterne?ships\b|\bpraktik(?:um|a|ant\w*)\b|\b\w*praktik(?:um|ant\w*)\b"
     r"|\b(?:abschluss|bachelor|master|diplom)-?\s?arbeit\w*|\bdiplomand\w*|\b(?:master|bachelor|msc|bsc|diploma)(?:['’]?s)? thesis\b|\bthesis (?:student|project|worker|internship)\b"
     r"|\bstagiair(?:e|es|s)?\b|\bstagista\b|\bstagisti\b|\b(?:afstudeer|meewerk|snuffel|onderzoeks)\w*\b|\bafstuderen\b"
     rf"|^\W*(?:\d+[- ]mois\W+)?(?:offre de |proposition de )?stages?\b|\bstages?\b(?=[^|]{{0,60}}\b(?:{_FR})\b)|\b(?:en|de|offre de|sujet de|als|je|curricolare|in|un) stages?\b|[-–—|/(:,]\s*stages?\b"
     r"|\bstages?\s*(?:$|[-–—|:/()]|en\b|bij\b|m[12]\b|master\b|pfe\b|bac\b|été\b|20\d\d|curricolare|extracurricolare|retribuito|zomer|najaar|voorjaar|hbo|wo\b|mbo|data|machine|marketing|it\b)"
     r"|\bpr[áa]cticas?\b|\bpracticantes?\b|\bbecari[oa]s?\b|\bbecari[oa]/[oa]\b|\bbeca de (?:pr[áa]cticas|formaci[óo]n|colaboraci[óo]n)\b|\bpasant(?:e|es|ía|ia|ías)\b"
     r"|\btirocin(?:io|i|ante|anti)\b|\best[áa]gi[oa]s?\b|\bestagi[áa]ri[oa]s?\b|\bestagi[áa]ri[oa]\([oa]\)"
     r"|\bsummer (?:analyst|associate|student|researcher|scholar|trainee|placement|engineer|scientist|research (?:program|programme|assistant|student|experience)|vacation)\w*\b"
     r"|\b(?:winter|spring|fall|autumn|off-?cycle) (?:analyst|associate)s?\b|\bvacation(?:er| student| scheme)\b|\bspring (?:week|insight)\b"
     r"|\bstudent (?:researcher|trainee|engineer|developer|analyst|technician|intern|employee|placement|scientist|consultant|programmer)s?\b|\b(?:undergrad(?:uate)?|graduate|grad|phd|doctoral|master'?s?) (?:student|research student)\b"
     r"|\b(?:industrial|student|undergraduate|research|work|summer|engineering|technology|software|sandwich|12[- ]month|year) placements?\b|\bplacement (?:student|year)\b|\byear in industry\b|\bplacement\s*(?:$|[-–—(|])"
     r"|\btraineeships?\b|\breu\b|\bsummer 20\d\d (?:analyst|associate|program)\w*|\bsummer program(?:me)?s?\b(?! (?:manager|director|coordinator|staff))"),
    ("new grad", r"\bnew[ -]?grad(?:uate)?s?\b|\b(?:recent|university|college|young|fresh|campus) grad(?:uate)?s?\b|\bgraduates?\b(?! (?:degree|research assist|school))|\bgrads?\b"
     r"|\bcampus hires?\b|\bearly[ -]careers?\b|\bentry[ -]level\b|\bclass of 20\d\d\b|\bberufseinsteiger\w*|\babsolvent\w*|\bjunge absolvent\w*|\btrainees?\b|\btraineeprogram\w*"
     r"|\bjeunes? diplôm[ée]{1,2}s?\b|\bdébutante?s?\b|\breci[ée]n (?:graduad|titulad|egresad)[oa]s?\b|\bneo-?laureat[oaie]\b|\brec[ée]m[ -]formad[oa]s?\b|\bpas afgestudeerd\w*|\bstarter\b|\bstartersfunctie\b"),
)
_FINDER = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _LEVELS)
_FOR_STUDENTS = re.compile(
    r"\b(?:student|summer|undergrad\w*|graduate|intern\w*|ph\.?d|master'?s?|bachelor'?s?|mba|college|university|pre-?doc\w*|residency|campus|fellows? program)\b"
    r"|\b(?:spring|fall|winter|autumn)\b|20\d\d",
    re.IGNORECASE,
)
_POSTDOC = re.compile(r"\bpost-?\s?doc\w*|\bpost-?graduate\b|\bclinical\b|\bphysician\b|\bfaculty\b", re.IGNORECASE)
SENIOR = re.compile(
    r"\b(?:senior|sr\.?|staff|principal|lead|leader|manager|director|head of|vp|vice president|chief|distinguished|experienced)\b",
    re.IGNORECASE,
)
"""Words of a title that is plainly no student's."""


def level_of(title: str) -> Level:
    """The level that a title (or a source's employment type) names; the one named first where there are several."""
    plain = _LOOKALIKES.sub(lambda match: "~" * len(match.group()), title)
    found: list[tuple[int, str, str]] = []
    for name, pattern in _FINDER:
        if match := pattern.search(plain):
            found.append((match.start(), name, match.group()))
    certain = [row for row in found if row[1] in STUDENT_LEVELS] or [row for row in found if row[1] == "fellowship"] or found
    if not certain:
        return OTHER
    at, name, words = min(certain)
    return Level(name, title[at : at + len(words)].strip(" -–—|:/(),"), _student(name, title))


def _student(name: str, title: str) -> bool:
    if name == "fellowship":
        return _FOR_STUDENTS.search(title) is not None and _POSTDOC.search(title) is None
    return name in STUDENT_LEVELS
