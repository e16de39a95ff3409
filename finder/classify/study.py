"""What somebody must be studying or have finished: degree, enrolment, year of study.

Levels count where a sentence speaks of the candidate, not of the team, and where they are asked for, not preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finder.classify.rights import NOT
from finder.classify.spelling import Piece, Spelt, lexicon, spell
from finder.model import Stated

LEVELS = ("bachelor", "master", "phd")

_STUDY = lexicon(
    K=r"phd_level scrum_masters? master_data master_(?:the|your|class\w*|service|plan|branch|node"
    r"|schedule) masters?_of_ceremon\w+"
    r" high_degree degree_of_(?!science|arts|bachelor|master|doctor)\w+ degrees_of_freedom bachelor_party"
    r" (?:high|graduate|summer|business)_schools? automatically_enrolled enroll?ed_in_(?:our|the|a)_(?:study|trial"
    r"|plan|savings)"
    r" patients students?_(?=who_use) ms_(?:office|excel|word|sql|teams|project|azure|windows|access|powerpoint"
    r"|dynamics|visio|outlook)"
    r" pursuing_(?:excellence|new|a_career|your|our|their_(?:goals|dreams|passion)|opportunit\w+"
    r"|growth) mastercard ba_in_the"
    r" graduate_(?:recruit\w+|develop\w+|hires?) staff students'(?=_) study_(?:data|results) masters_the",
    T=r"our tutor teach train coach help insurance benefits 401 plans? dental medical employers we_are(?!_(?:looking"
    r"|seeking|searching|hiring"
    r"|currently|interested)) team teams colleagues? mentors? mentoring alongside works?_with working_with our"
    r" founders? founded led"
    r" scientists researchers phds professors tools sell software teach build\w* analy[sz]e mentor products? who_hold"
    r" pairs?_with",
    G=r"(?:post)?graduate(?:_level)?(?=_(?:degrees?|students?|studies|programs?|programmes?|courses?"
    r"|education)) grad(?=_students?)"
    r" advanced_degrees? (?:post)?graduate_or_undergraduate_students? higher_degrees?",
    P=r"ph\.?_?d\.?(?:'s)? doctoral doctorates? doctorat dottorato doctorado"
    r" doutor\w+ promotionsstud\w+ promovierend\w* doktorand\w* d\.?phil\.? doktorat",
    M=r"master(?=_(?:degree|in|of|students?|program\w*|level|or|o|ou|oder|y|candidates?|[12]|thesis|en|informati\w+)"
    r"|[/,.)]|$)"
    r" master's masters master(?:'s|stud\w+|abschluss|degree|and\w+|opleiding\w*|programma\w*)"
    r" m\.?sc\.? m\.?s\.? m\.?eng\.? mba m\.?a\.?(?=_(?:in|degree|student)) m\.?_?tech\.? m2 m1 máster mestrado"
    r" magistrale specialistica bac_?\+?_?[45](?:/[456])? école_d'ingénieurs?"
    r" ecole_d'ingénieurs? diplomstudium",
    B=r"bachelor\w*(?:'s)? b\.?sc\.? b\.?s\.? b\.?a\.?(?=_(?:in|or|degree|student)|/) b\.?eng\.? b\.?_?tech\.?"
    r" b\.?e\.?(?=_in|/b) undergrad(?:uate)?s?(?:'s)? licenciatura grado(?=_en|_universitario|_o|_y) bac_?\+?_?3 hbo"
    r" laurea_triennale triennale bacharelado graduação licence(?=_\d|_en)",
    V=r"wo(?=_)",
    E=r"enroll?ed enroll?ment enroll?ing completing near_completing nearing_completion earning"
    r" process_of_(?:obtaining|completing|earning|getting) in_progress majoring attending laufende[ns]?_studium"
    r" vous_préparez actuellement_en je_volgt pursuing pursue(?=_(?:an?|their|your)_(?:\w+_){0,2}degree)"
    r" working_towards?(?:_an?)? working_on(?:_an?)? work_towards?_an?"
    r" studying you_study you_are_studying student_status returning_to_(?:school|university|college|\w+_studies"
    r"|studies|\w+_degree|an?_\w+)"
    r" returns?_to_(?:school|university|college|\w+_studies) student_at still_studying immatrikul\w+ eingeschrieben\w*"
    r" étudiante?s?(?=_en) estudiantes?(?=_(?:de|universitari\w+)) estudantes?(?=_(?:de|universit\w+)) studierst"
    r" studierende[rn]? werkstudent\w*"
    r" en_cours_de convention_de_stage cursando"
    r" matriculad\w+ convenio estudiando ingeschreven bent_student studeert student(?:e|essa)?_iscritt\w+"
    r" iscritt\w+ laureand\w+ cursar studente(?:ssa)? frequência frequentar befindest_dich",
    W=r"candidates?",
    S=r"students? étudiant\(e\) estudiantes? étudiante?s? estudantes?",
    L=r"looking searching seeking open designed intended aimed available suitable aus limited restricted exclusively"
    r" only"
    r" must current currently opportunity (?:is|are|meant|intended|designed|only|exclusively)_for registered"
    r" matriculated full_time active you_are_an? be_an? as_an? being_an?",
    U=r"degree degrees university college diploma accredited academic studies higher_education program programme course"
    r" school field major majoring education institution faculty studium hochschule universität universitair\w*"
    r" université universidad universitari\w+ opleiding universiteit università ensino_superior subject fach"
    r" computer_science engineering mathematics statistics discipline",
    C=r"recent(?:ly)?_(?:\w+_)?graduat\w+ new_grad\w* fresh_graduates? recent_grads? recently_graduated just_graduated"
    r" absolvent\w* jeunes?_diplômée?s? diplômée?s? recién_\w+ graduad\w+ afgestudeerd\w* neolaureat\w* laureat[oaie]"
    r" recém_\w+ already_graduated abgeschlossene[sn]?_(?:hochschul)?studium have_graduated (?:finished"
    r"|completed)_(?:your|their|the)_(?:degree|studies)",
    h=r"has have",
    H=r"hold holds holding earned obtained completed graduated abgeschlossen\w* possess\w* complete"
    r" finished terminado titulad\w+",
    N=NOT + r" without independent",
    F=r"preferr?\w* preference plus ideally bonus advantage\w* desir\w+ asset nice_to_have vorteil idealerweise"
    r" idéalement",
    R=r"requir\w+ minimum must mandatory essential education qualification\w* need\w* at_least mindestens formation"
    r" erforderlich requis\w* exigé\w*",
    O=r"higher above more beyond greater advanced",
    J=r"or and and/or oder ou o et y und e of a an in the degree_or",
    X=r"years? hours credits? semesters? courses? sophomore freshman junior work coursework level experience"
    r" knowledge skills? familiar\w* proficien\w+ gpa background understanding",
)
_LIST = re.compile(r"[BMPGV](?:[J,/(.S]{0,4}[BMPGV]){0,4}")
_TEAM = re.compile(r"T[^;R]{0,6}$")
_FIRM = re.compile(r"\b(?:must|required?|minimum|should be)\b")
_NOT_ASKED = re.compile(r"^[^;BMPGX]{0,12}F|^[^;BMPGX]{0,5}N[^;]{0,2}R")
_WISHED_BEFORE = re.compile(r"(?:N[^;,BMPE]{0,3}|F;?[^;,BMPR]{0,5})$")
_UPWARDS = re.compile(r"^[^;BMPGX]{0,4}O")
_AT_LEAST = re.compile(r"R[J.,]{0,3}$")

STUDY_WORDS = (
    "process of, return to, finished your, attending, laufende, bachelor, b.s, bs, bsc, b.sc, ba, undergrad, master,"
    " msc, m.sc, ms, m.s, mba, m.eng, meng, phd, ph.d, ph. d, doctor,"
    " dottorato, doutor, promovier, doktorand, graduate, grad, advanced degree, bac +, bac+, máster, mestrado,"
    " magistrale,"
    " specialistica, école d'ing, grado en, licenciatura, hbo, triennale, bacharelado, graduação, enrol, pursu,"
    " student,"
    " studying, you study, studier, studien, immatrikul, eingeschrieben, étudiant, convention de stage, cursa,"
    " matriculad,"
    " convenio, estudia, estudant, ingeschreven, iscritt, laurea, neolaureat, absolvent, diplôm, afgestudeerd,"
    " recién, recém,"
    " returning to, en cours de, frequência, working towards, abgeschlossen, diplomstud, doctorat, dphil"
)


def study_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`degree` and `enrolment` as far as the piece states them."""
    said = spell(_STUDY, piece.low)
    letters = said.letters
    if "?" in letters or (piece.section == "should" and not _FIRM.search(piece.low)):
        return
    levels, span = _levels(said, piece)
    if levels:
        names = [name for name in LEVELS if name in levels]
        yield "degree", Stated("|".join(names), piece.quote(*span))
    if found := _enrolment(said, piece):
        yield "enrolment", found


def _levels(said: Spelt, piece: Piece) -> tuple[set[str], tuple[int, int]]:
    letters = said.letters
    kept: set[str] = set()
    span = (0, 0)
    for found in _LIST.finditer(letters):
        before, after = letters[max(0, found.start() - 14) : found.start()], letters[found.end() : found.end() + 16]
        if (
            _TEAM.search(before)
            or _WISHED_BEFORE.search(before)
            or _NOT_ASKED.search(after)
            or not _spelt_so(said, found, piece)
        ):
            continue
        if not _about_candidate(letters, found, piece):
            continue
        levels = _named(found.group())
        if _UPWARDS.search(after) or (_AT_LEAST.search(before) and "minimum" in piece.low):
            levels |= set(LEVELS[min(map(LEVELS.index, levels)) :])
        span = said.span(found) if not kept else span
        kept |= levels
    return kept, span


def _named(letters: str) -> set[str]:
    levels = {"B": {"bachelor"}, "M": {"master"}, "P": {"phd"}, "G": {"master", "phd"}, "V": {"bachelor", "master"}}
    return set().union(*(levels.get(letter, set()) for letter in letters))


def _spelt_so(said: Spelt, found: re.Match[str], piece: Piece) -> bool:
    """Two letters are a degree in capitals only: BS, MS, MA, not "ba" or "ms"."""
    start, end = said.span(found)
    word = piece.text[start:end]
    return len(word) > 3 or (any(letter.isupper() for letter in word[:2]) and word[:2] not in ("Ms", "Ma", "Be", "Ba"))


def _about_candidate(letters: str, found: re.Match[str], piece: Piece) -> bool:
    around = letters[max(0, found.start() - 16) : found.end() + 16]
    return piece.section == "must" or re.search("[ERSHhCUL]", around) is not None


_ENROLLED = re.compile(
    r"E[^;NT]{0,14}[UBMPGV]|[BMPGUV][^;NT]{0,6}E|L[^;NTXR]{0,8}S|^[.]{0,2}S[J.]{0,1}[MBPGU]|^[.]{0,3}[BMPG]J?S"
    r"|[BMPG][J,/(]{0,3}W|E$|^[^;NT]{0,4}E|E[^;]{0,4}[RL]|[BMPG][J,/(.S]{0,5}E"
)
_NOT_ENROLLED = re.compile("T[^;R]{0,8}[ES]|N[^;]{0,6}[ES]|K[^;]{0,3}E")
_NOT_FINISHED = re.compile("[TN][^;]{0,5}[HhC]")
_WISHED = re.compile("F[^;]{0,5}[ECHh]|[EC][^;X]{0,8}F")
_EITHER = re.compile(
    r"\b(?:students?|seniors?|school|enrolled|interns|pursuing)\b[^.;]{0,40}\b(?:or|and|/|&)\s{1,2}(?:a |be a "
    r"|who have )?(?:recent|new grad)"
    r"|\brecent(?:ly)? \w+(?: or| and|/)\s{0,2}(?:a )?(?:current|student|enrolled)"
)
_FINISHED = re.compile(r"C|[Hh][^;NEX]{0,5}[BMPG]|[BMPG][^;NEXS]{0,4}H(?![^;]{0,4}X)")


def _enrolment(said: Spelt, piece: Piece) -> Stated | None:
    """A student, or a graduate; who takes both asks for neither."""
    letters = said.letters
    if _EITHER.search(piece.low) or _WISHED.search(letters):
        return None
    enrolled = None if _NOT_ENROLLED.search(letters) else _ENROLLED.search(letters)
    finished = None if _NOT_FINISHED.search(letters) else _FINISHED.search(letters)
    if (found := enrolled or finished) and not (enrolled and finished):
        return Stated("required" if enrolled else "graduated", piece.quote(*said.span(found)))
    return None


# ------------------------------------------------------------------------------------------------ year of study
_YEARS = ("freshman", "sophomore", "junior", "senior")
_YEAR = lexicon(
    A=r"fresh(?:man|men)",
    B=r"sophomores?",
    C=r"juniors?",
    D=r"seniors?",
    a=r"first_year first",
    b=r"second_year second",
    c=r"third_year third penultimate_year penultimate",
    d=r"(?:final|last|fourth)_year final fourth último_(?:año|ano) dernière_année laatste_jaar ultimo_anno"
    r" letzten_\w+jahr",
    Y=r"years? students? standing undergraduates? semesters? of_study status college class university school",
    R=r"rising current incoming",
    S=r"students? étudiant\(e\) estudiantes? étudiante?s? estudantes? studente undergraduates? of_study"
    r" of_your_(?:degree|studies)",
    O=r"above higher beyond later",
    L=r"completed finished completion_of",
    T=r"our tutor teach train coach help insurance benefits 401 plans? dental medical employers your_first"
    r" in_your_first months",
    P=r"ph\.?d\.? doctoral master'?s?",
    N=r"two_years 2_years",
    F=r"preferr?ed preference ideally",
    G=r"at_least minimum",
    E=r"engineers? developers? leadership staff managers? scientists? analysts? product data software colleagues?"
    r" leaders?"
    r" consultants? executives? management team",
)
_ROW = r"[RJ.,/&]{0,3}"

YEAR_WORDS = (
    "freshm, sophomore, junior, senior, penultimate, first year, first  and, second year, second  and, third year,"
    " third  or, fourth year, final year, last year, two years, 2 years, último año, último ano, dernière année,"
    " laatste jaar, ultimo anno, second or, first or, first and, second and, third and, third or"
)


def year_of(piece: Piece) -> Iterator[tuple[str, Stated]]:
    """`year` of study. A junior engineer is no third-year student."""
    said = spell(_YEAR, piece.low)
    letters = said.letters
    kept: dict[str, None] = {}
    span: tuple[int, int] = (0, 0)
    for at, letter in enumerate(letters):
        if letter in "ABCDabcd" and _is_year(letters, at, piece.low[slice(*said.spans[at])]):
            span = (said.spans[at][0] if not kept else span[0], said.spans[at][1])
            kept[_YEARS["abcd".index(letter.lower())]] = None
    if done := re.search(r"L[^;]{0,4}N[^;]{0,6}[YS]", letters):
        kept, span = dict.fromkeys(_YEARS[2:]), said.span(done)
    if not kept or "?" in letters or re.search(r"[A-Da-d][^;]{0,4}F", letters):
        return
    least = min(map(_YEARS.index, kept))
    if not done and re.search(r"L[^;]{0,5}[A-Da-d]", letters) and least < len(_YEARS) - 1:
        kept = dict.fromkeys(_YEARS[least + 1 :])
    elif re.search(r"[A-Da-d][^;]{0,4}O|G[^;]{0,3}[A-Da-d]", letters):
        kept = dict.fromkeys(_YEARS[least:])
    yield "year", Stated("|".join(year for year in _YEARS if year in kept), piece.quote(*span))


def _is_year(letters: str, at: int, word: str) -> bool:
    before, after = letters[max(0, at - 6) : at], letters[at + 1 : at + 8]
    if re.search("T[^;]{0,3}$", before) or re.match(r"[.]?E", after) or re.match(r"[^;]{0,2}P", after):
        return False
    letter = letters[at]
    if letter in "AB":
        return True
    if letter in "CD":
        listed = re.search(r"[ABCD][R.,/]{0,3}$", before) or re.match(r"[R.,/]{0,3}[ABCD]", after)
        worker = re.match(r"[.,/]{0,2}[CD]?[.,/]{0,1}E", after)
        return bool(re.search("[RY]$", before) or re.match("Y", after) or (listed and not worker))
    whole = " " in word
    chained = re.match(r"[.,/]{0,2}[abcd]", after) or re.search(r"[abcd][.,/]{0,2}$", before)
    return bool((whole or chained) and re.search("S|Y", letters[max(0, at - 4) : at + 10].replace(letters[at], "", 1)))
