"""The words for levels in seven languages, and their look-alikes, as regular expressions for any case.

Each is one alternative of a larger pattern; none repeats a group that repeats, so that all are linear.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LOOKALIKES = (
    (
        r"\b(?:intern(?:ship)?s?|co-?op(?:erative)?s?|fellowships?|apprentice(?:ship)?s?|trainee(?:ship)?s?"
        r"|new grad(?:uate)?s?|working students?)(?:\s*(?:&|and|/)\s*\w+)?\s+(?:programs?|programmes?|hiring"
        r"|recruit(?:ing|ment)|placements?)\s+(?:\w+\s+)?(?:managers?|coordinators?|directors?|recruiters?"
        r"|supervisors?|administrators?|advis[eo]rs?|mentors?|specialists?|counsell?ors?|instructors?"
        r"|teachers?|leaders?|leads?|liaisons?|officers?|head|coach(?:es)?|partners?|sourcers?|consultants?)\b"
    ),
    (
        r"\b(?:intern(?:ship)?s?|co-?op|fellowship|apprenticeship|traineeship)\s+(?:coordinator|supervisor"
        r"|recruiter|administrator|advis[eo]r|mentor|liaison|director|counsell?or|instructor|coach|specialist"
        r"|officer|lead)\b"
    ),
    (
        r"\b(?:managers?|coordinators?|directors?|recruiters?|supervisors?|administrators?|advis[eo]rs?"
        r"|mentors?|specialists?|counsell?ors?|instructors?|teachers?|leaders?|leads?|liaisons?|officers?|head"
        r"|coach(?:es)?|partners?|sourcers?|consultants?)\b\s*(?:[,:(–-]|of|for|to)\s*(?:the |our |university "
        r"|campus |student |global |summer )*(?:(?:intern(?:ship)?|co-?op|fellowship|apprentice(?:ship)?"
        r"|trainee(?:ship)?)s?\s+program(?:me)?s?|interns\b|internships\b|apprenticeships\b|fellowships\b"
        r"|co-?ops\b)"
    ),
    (
        r"\b(?:head|lead|manager|director|recruiter)\s+(?:of\s+)?(?:interns|internships|apprenticeships"
        r"|early careers)\b"
    ),
    (
        r"\bprogram(?:me)? (?:manager|coordinator|director|lead)\b[^|]{0,20}\b(?:internships|interns|fellows"
        r"|fellowships?)\b"
    ),
    r"\b(?:praktikant\w*|praktik\w*|werkstudent\w*|studenten)(?:betreu|koordin|verwalt|programm)\w*",
    (
        r"\b(?:betreuer|betreuung|leit\w+|koordinat\w+|referent)(?:\s*(?:in|/in|:in|\*in))?\s+(?:für |der "
        r"|von |des )?(?:praktik\w+|werkstud\w+|ausbildung)"
    ),
    r"\bausbild(?:er|erin|ungs(?:leit|koordin|beauftrag|verantwort)\w+)\b",
    r"\bpraxisanleit\w+",
    r"\bpraktiker\w*",
    r"\bpraktisch\w*",
    (
        r"\b(?:responsable|chargée?|gestionnaire|coordinat\w+|tut\w+|ma[iî]tre|r[ée]f[ée]rente?|directeur"
        r"|directrice|conseill\w+)\b[^|,(]{0,20}\b(?:stages?|stagiaires?|alternances?|apprentissage"
        r"|alternants)\b"
    ),
    r"\b(?:buenas|mejores|boas|melhores) pr[áa]cticas?\b",
    r"\b(?:boas|melhores) práticas\b",
    (
        r"\bpr[áa]cticas (?:de|comerciales|laborales|agr\w+|m[ée]dicas)\b(?! (?:verano|empresa|ingenier|datos"
        r"|desarrollo|marketing|machine|inform|software|investigaci))"
    ),
    (
        r"\b(?:coordinador\w*|responsable|supervisor\w*|coordenador\w*|tutor\w*|coordinat\w+|gestor\w*"
        r"|respons[áa]vel|formador\w*|jefe|jefa|chefe)\b[^|,(]{0,20}\b(?:pr[áa]cticas|practicantes|becari\w+"
        r"|becas|est[áa]gi\w+|tirocini?\w*|stage|stagisti|pasant\w+|aprendi\w+)\b"
    ),
    r"\bstage(?:co[öo]rdinator|begeleid\w*|bureau|coach)\w*",
    r"\bco[öo]rdinator\s+stages?\b",
    (
        r"\bintern(?:al|als|ally|ational|ationale?s?|ationalization|et|ist|ists|istin|iste|a|o|os|as|e|en|er"
        r"|es|i)\b(?!\s*:)"
    ),
    (
        r"\b(?:summer|junior|student|trainee) (?:camp|school|house|success|services?|affairs|loans?|life"
        r"|housing|engagement|recruit\w*|support|records?|accounts?)\b"
    ),
    r"\b(?:food|housing|grocery|farm\w*|electric|dairy|credit|consumer|worker|agricultural|energy) co-?op\b",
    r"\bco-?operatives?\b(?! education)(?=\s+(?:bank|extension|society))",
    r"\bco-?op (?:store|market|bank|food|group|academ\w+|insurance)\b",
    r"\bfellowship (?:church|pastor|hall|village|square|health)\b",
    r"\b(?:technical|engineering|senior|principal|distinguished|corporate|chief|staff|managing|emeritus) fellow\b",
    r"\bfellow (?:engineer|architect|scientist|in charge)\b",
    (
        r"\b(?:graduate|undergraduate|student) (?:school|admissions?|studies|medical education"
        r"|programs? (?:manager|coordinator|director|administrator)|faculty|recruit\w+)\b"
    ),
    r"\bgraduate[ -]level\b",
    r"\b(?:post|under)-?graduate (?:teaching|program)\b",
    r"\bapprenticeship (?:standards|training agent|sales)\b",
    (
        r"\b(?:early|late|later|mid|multi|single|two|three|first|second|third|final|seed|growth|pre|post|main"
        r"|center|centre|next|any|clinical|life|sound|off|on|full|one|upper|lower|initial|advanced|each|all"
        r"|high|low|dual|concept|power|output|input|gate|back|down|up|theat\w+|live|world"
        r"|global)[ -]?stages?\b"
    ),
    (
        r"\bstage (?:managers?|management|hands?|technicians?|directors?|lighting|crew|design\w*|actors?|gate"
        r"|combat|carpenters?|rigg\w+|show|play|door|props?|production|electrician|operations?|supervisor"
        r"|automation tech\w*|audio|artist|dancer|performer|company|startups?|compan\w+|drug|assets?"
        r"|development|of|i+\b|iv|\d|one|two|three)\b"
    ),
)
"""People who run such programmes, other meanings of the same letters, and stages to stand on or to be at."""

LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "working student": (
            r"\bwerk-?student\w*(?:\s*[(/:*]?\s*(?:in|innen)\b\)?)?",
            r"\bworking[ -]students?\b",
            r"\bstudentische\w* (?:hilfskr\w+|mitarbeit\w+|aushilf\w+)",
            r"\bhiwi\b",
            r"\bstudent (?:assistant|worker)s?\b",
            r"\bétudiante? (?:salariée?|jobiste)\b",
            r"\bstudente lavoratore\b",
            r"\bwerkstudentschap\b",
            r"\bbijbaan\b",
        ),
        "apprenticeship": (
            r"\bapprentice(?:ship)?s?\b",
            r"\balternan(?:ce|te?)s?\b",
            r"\bapprenti(?:e|s|es|\(e\)|·e)?\b",
            r"\bapprentissage\b",
            r"\bausbildung\w*",
            r"\bauszubildende\w*",
            r"\bazubi\w*",
            r"\bduales? stud(?:ium|ent\w*)\b",
            r"\bdual (?:study|degree) (?:program|student)\w*",
            r"\blehrling\w*",
            r"\blernende[rn]?\b",
            r"\baprendi(?:z|ces|zes|zaje|zagem)\b",
            r"\bapprendist\w+",
            r"\bcontrat pro(?:fessionnalisation)?\b",
            r"\bcontrat de professionnalisation\b",
            r"\bleerling\b",
            r"\bleerwerk\w*",
            r"\bbbl\b",
            r"\bformación dual\b",
            r"\bfp dual\b",
        ),
        "co-op": (
            r"\bco[- ]?ops?\b",
            r"\bco-?operative education\b",
        ),
        "fellowship": (r"\bfellow(?:ship)?s?\b",),
        "internship": (
            r"\bintern(?:ship)?s?\b",
            r"\bexternships?\b",
            r"\binterne?ships\b",
            r"\bpraktik(?:um|a|ant\w*)\b",
            r"\b\w*praktik(?:um|ant\w*)\b",
            r"\b(?:abschluss|bachelor|master|diplom)-?\s?arbeit\w*",
            r"\bdiplomand\w*",
            r"\b(?:master|bachelor|msc|bsc|diploma)(?:['’]?s)? thesis\b",
            r"\bthesis (?:student|project|worker|internship)\b",
            r"\bstagiair(?:e|es|s)?\b",
            r"\bstagista\b",
            r"\bstagisti\b",
            r"\b(?:afstudeer|meewerk|snuffel|onderzoeks)\w*\b",
            r"\bafstuderen\b",
            r"^\W*(?:\d+[- ]mois\W+)?(?:offre de |proposition de )?stages?\b",
            (
                r"\bstages?\b(?=[^|]{0,60}\b(?:h\s*/\s*f|f\s*/\s*h|m\s*/\s*f|mois|pfe|fin d['’ ][ée]tudes|assistante?"
                r"|ing[ée]nieure?|d[ée]veloppe\w*|charg[ée]\w*)\b)"
            ),
            r"\b(?:en|de|offre de|sujet de|als|je|curricolare|in|un) stages?\b",
            r"[-–—|/(:,]\s*stages?\b",
            (
                r"\bstages?\s*(?:$|[-–—|:/()]|en\b|bij\b|m[12]\b|master\b|pfe\b|bac\b|été\b|20\d\d|curricolare"
                r"|extracurricolare|retribuito|zomer|najaar|voorjaar|hbo|wo\b|mbo|data|machine|marketing|it\b)"
            ),
            r"\bpr[áa]cticas?\b",
            r"\bpracticantes?\b",
            r"\bbecari[oa]s?\b",
            r"\bbecari[oa]/[oa]\b",
            r"\bbeca de (?:pr[áa]cticas|formaci[óo]n|colaboraci[óo]n)\b",
            r"\bpasant(?:e|es|ía|ia|ías)\b",
            r"\btirocin(?:io|i|ante|anti)\b",
            r"\best[áa]gi[oa]s?\b",
            r"\bestagi[áa]ri[oa]s?\b",
            r"\bestagi[áa]ri[oa]\([oa]\)",
            (
                r"\bsummer (?:analyst|associate|student|researcher|scholar|trainee|placement|engineer|scientist"
                r"|research (?:program|programme|assistant|student|experience)|vacation)\w*\b"
            ),
            r"\b(?:winter|spring|fall|autumn|off-?cycle) (?:analyst|associate)s?\b",
            r"\bvacation(?:er| student| scheme)\b",
            r"\bspring (?:week|insight)\b",
            (
                r"\bstudent (?:researcher|trainee|engineer|developer|analyst|technician|intern|employee|placement"
                r"|scientist|consultant|programmer)s?\b"
            ),
            r"\b(?:undergrad(?:uate)?|graduate|grad|phd|doctoral|master'?s?) (?:student|research student)\b",
            (
                r"\b(?:industrial|student|undergraduate|research|work|summer|engineering|technology|software|sandwich"
                r"|12[- ]month|year) placements?\b"
            ),
            r"\bplacement (?:student|year)\b",
            r"\byear in industry\b",
            r"\bplacement\s*(?:$|[-–—(|])",
            r"\btraineeships?\b",
            r"\breu\b",
            r"\bresearch experience for (?:undergraduates|teachers)\b",
            r"\bsummer 20\d\d (?:analyst|associate|program)\w*",
            r"\bsummer program(?:me)?s?\b(?! (?:manager|director|coordinator|staff))",
        ),
        "new grad": (
            r"\bnew[ -]?grad(?:uate)?s?\b",
            r"\b(?:recent|university|college|young|fresh|campus) grad(?:uate)?s?\b",
            r"\bgraduates?\b(?! (?:degree|research assist|school))",
            r"\bgrads?\b",
            r"\bcampus hires?\b",
            r"\bearly[ -]careers?\b",
            r"\bentry[ -]level\b",
            r"\bclass of 20\d\d\b",
            r"\bberufseinsteiger\w*",
            r"\babsolvent\w*",
            r"\bjunge absolvent\w*",
            r"\btrainees?\b",
            r"\btraineeprogram\w*",
            r"\bjeunes? diplôm[ée]{1,2}s?\b",
            r"\bdébutante?s?\b",
            r"\breci[ée]n (?:graduad|titulad|egresad)[oa]s?\b",
            r"\bneo-?laureat[oaie]\b",
            r"\brec[ée]m[ -]formad[oa]s?\b",
            r"\bpas afgestudeerd\w*",
            r"\bstarter\b",
            r"\bstartersfunctie\b",
        ),
    }
)
