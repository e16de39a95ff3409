"""A job offer as people write it in a forum: a first line of fields between pipes, in any order, and text below it.

    Larkspur Labs (YC S24) | https://larkspur.example | ML Engineer | Remote (EU) or Oslo | Full-time | €60–80k

Some write prose instead, which is an offer where it says that somebody hires. Nothing here raises; what cannot be told
stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from finder import places
from finder.model import Place

_POSTS = (
    r"engineer(?:s|ing)?|developers?|scientists?|researchers?|designers?|architects?|programmers?|analysts?|managers?"
    r"|directors?|leads?|head of|chief|officers?|vp|cto|ceo|cpo|coo|consultants?|administrators?|specialists?"
    r"|associates?|editors?|writers?|marketers?|professors?|post-?docs?|technicians?|executives?|advocates?"
    r"|coordinators?|recruiters?|dev-?ops|sres?|swes?|sdes?|technical staff|interns?|internships?|co-?ops?"
)
_FIELDS = (
    r"founders?|co-?founders?|founding|product|marketing|growth|sales|support|faculty|ops|operations|research|ems?|pms?"
    r"|qa|full[- ]?stack|front[- ]?end|back[- ]?end|machine learning|data|security|infrastructure|eng|staff|principal"
    r"|roles?|positions?|openings|jobs"
)
_POST = re.compile(rf"\b(?:{_POSTS})\b", re.IGNORECASE)
_ROLE = re.compile(rf"\b(?:{_POSTS}|{_FIELDS})\b", re.IGNORECASE)
_STUDENT = re.compile(r"\b(?:interns?|internships?|co-?ops?|working students?|werkstudent\w*)\b", re.IGNORECASE)
_EMPLOYMENT = re.compile(
    r"\b(?:(?:full|part)[ -]?time|contract(?:ors?|ing)?|freelance|permanent|temporary|interns?(?:hips?)?|co-ops?)\b",
    re.IGNORECASE,
)
_MODE = re.compile(r"\b(?:(?:fully |100% )?remote(?:ly)?|on-?\s?site|hybrid|in[- ](?:person|office))\b", re.IGNORECASE)
_REMOTE = re.compile(r"(?<!\bno )(?<!\bnot )(?<!\bpart )(?<!\bpartly )(?<!\bdays )\bremote", re.IGNORECASE)
_PAY = re.compile(r"[$€£¥]\s?\d|\b\d{2,3}\s?k\b|\bsalary\b|\b(?:usd|eur|gbp|cad|chf)\b", re.IGNORECASE)
_RIGHTS = re.compile(r"\bvisas?\b|\bsponsor\w*|\bcitizen\w*", re.IGNORECASE)
_EXTRAS = re.compile(r"\bequity\b|\brelocation\b|\bbenefits\b|\bpto\b|\bseries [a-f]\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://[^\s()]+|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:ai|app|build|co|com|dev|eu|fm|inc|io|jobs|org|net|tech|us)\b(?:/[^\s()]*)?",
    re.IGNORECASE,
)
_BATCH = re.compile(r"\((?:yc\s?)?[wsfx]\d\d\)|\(yc[^()]*\)|\(closed\)|\(\s*[,;]?\s*\)", re.IGNORECASE)
_CLOSED = re.compile(r"^\W*closed\b|\b(?:position|role)s? (?:is |are |has been |have been )?(?:filled|closed)\b", re.I)
_NO_OFFER = re.compile(r"^\W*(?:seeking work|not hiring|looking for work|available for|who wants)\b", re.IGNORECASE)
_SEEKER = re.compile(r"^\W*willing to relocate\s*:", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(company|employer|position|role|title|job title|location|remote)\s*:\s*(.+)", re.IGNORECASE)
_IS = re.compile(
    r"^(?:At )?(?!(?:We|I|It|My|Our|There|This|Here|You|They)\b)([A-Z][\w.&'’ -]{1,40}?)(?: ?\([^()]*\))?,?"
    r"(?: is | are |,? we[ '’])"
)
_GREETING = re.compile(r"^\W*(?:hey|hi|hello)(?: (?:hn|all|everyone|there|folks))?\s*[!,.:]\s*", re.IGNORECASE)
_HIRES = re.compile(
    r"\b(?:(?:we|i)(?: a|['’])(?:re|m)|is|are|currently|actively|and) (?:now |currently |actively |also )?hiring\b"
    r"|\bhave (?:an? |several |some |many )?(?:new |open )+(?:roles?|positions?)\b"
    r"|^\W*apply(?: here| now| at)?\s*:",
    re.IGNORECASE,
)
"""Somebody hires, in prose."""
_WANTED = re.compile(r"\b(?:who we(?:['’]re| are) looking for|what you(?:['’]ll| will) do)\b", re.IGNORECASE)
"""Below the name of a role: what it is, and for whom."""
_WANTS = re.compile(
    r"\bi(?: am|['’]m) (?:currently |actively |now )?(?:looking|seeking|available|open to)\b|^\W*looking for\s*:",
    re.IGNORECASE,
)
"""Somebody wants to be hired."""
_BULLET = re.compile(r"^[\s>*•·#–—-]*(?:\[\d+\]|\d+[.)])?\s*")
_PROSE = re.compile(
    r"\b(?:we|we're|you|you'll|our|your|is|are|will|us|they|who|if|to|please|building|apply|roles|positions)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:(?:we(?:'re| are)|now|is|currently)\s+)*hiring:?\s+(?:for\s+)?(?:an?\s+)?", re.IGNORECASE)

_AROUND = frozenset(
    ("area", "based", "bay", "city", "greater", "hq", "in", "metro", "near", "office", "offices", "region")
)
"""Words beside the name of a town that leave it one."""

_LABELLED_LINES = 8
_LONGEST_LINE, _LONGEST_PART, _LONGEST_LISTED, _LONGEST_COMPANY = 1000, 120, 80, 60
OPEN_ROLES = "Open roles"
"""The title of an offer that names a company and no role."""

Sort = Literal["role", "place", "pay", "rights", "other", ""]


@dataclass(frozen=True, slots=True)
class Headline:
    """What an offer says of itself."""

    title: str
    organization: str = ""
    locations: tuple[str, ...] = ()
    remote: bool | None = None
    employment: str = ""
    pay: str = ""
    sponsorship: str = ""
    closed: str = ""


def read(lines: Sequence[str]) -> Headline | None:
    """The headline of a post, its lines given as plain text; None for a post that offers nothing.

    A role for students that the text lists stands over the role of the first line: a post is told once.
    """
    lines = [line[:_LONGEST_LINE] for line in lines]
    if not lines or _NO_OFFER.search(lines[0]) or any(map(_SEEKER.match, lines[:_LABELLED_LINES])):
        return None
    listed = list(_listed(lines[1:]))
    student = next(filter(_STUDENT.search, listed), "")
    parts = _parts(lines[0])
    if len(parts) > 1:
        return _piped(lines, parts, student, listed)
    labels = {match[1].lower(): match[2] for line in lines[:_LABELLED_LINES] if (match := _LABEL.match(line))}
    if named := next((labels[label] for label in ("position", "role", "title", "job title") if label in labels), ""):
        where: list[tuple[str, Sort]] = [
            (labels[label], "place") for label in ("location", "remote") if label in labels
        ]
        return _made(lines, student or _role(named), labels.get("company") or labels.get("employer") or "", where)
    return _prose(lines, student, listed)


def _prose(lines: Sequence[str], student: str, listed: Sequence[str]) -> Headline | None:
    """An offer without fields: told by a role for students, by its first line, or by words that somebody hires."""
    if any(map(_WANTS.search, lines)):
        return None
    first = _GREETING.sub("", lines[0])
    organization = match[1] if (match := _IS.match(first)) else ""
    if student or (_POST.search(first) and "hiring" in first.lower()):
        return _made(lines, student or _sentence(first), organization, [])
    if any(map(_HIRES.search, lines)):
        return _made(lines, next(iter(listed), OPEN_ROLES), organization or _named(first), [])
    if (role := next(iter(_listed([first])), "")) and any(map(_WANTED.search, lines)):
        return _made(lines, role, "", [])
    return None


def _named(line: str) -> str:
    """The company of a line that is a name and at most a few words beside it."""
    words = _plain(line)
    return "" if _PROSE.search(words) or _POST.search(words) or words.endswith((".", "!", "?")) else _company(words)


def _piped(lines: Sequence[str], parts: list[str], student: str, listed: list[str]) -> Headline:
    sorted_parts = [(part, _sort(part)) for part in parts]
    organization, rest = _split(sorted_parts)
    roles = [_role(part) for part, sort in rest if sort == "role"]
    title = next(iter(filter(None, [student, *roles, *listed])), OPEN_ROLES)
    return _made(lines, title, organization, rest)


def _split(parts: list[tuple[str, Sort]]) -> tuple[str, list[tuple[str, Sort]]]:
    """The company is the first part, unless that is the only role, or a place with its country."""
    first, sort = parts[0]
    lone_role = bool(_POST.search(first)) and not any(map(_POST.search, (part for part, _ in parts[1:])))
    if not lone_role and not (sort == "place" and "," in first):
        return first, parts[1:]
    others = [part for wanted in ("other", "role") for part, other in parts[1:] if other == wanted]
    organization = others[0] if others else ""
    return organization, [pair for pair in parts if pair[0] != organization]


def _made(lines: Sequence[str], title: str, organization: str, parts: Iterable[tuple[str, Sort]]) -> Headline:
    where = [part for part, sort in parts if sort == "place"]
    terms = dict.fromkeys(match[0].lower() for match in _EMPLOYMENT.finditer(lines[0].replace(organization, "")))
    return Headline(
        title=title,
        organization=_company(organization),
        locations=tuple(part for part in where if _rest(_MODE, part)),
        remote=_is_remote(" ".join([lines[0], *where])),
        employment=", ".join(terms),
        pay=next((part for part, sort in parts if sort == "pay"), ""),
        sponsorship=next((part for part, sort in parts if sort == "rights"), ""),
        closed="the post says that it is closed" if _CLOSED.search(lines[0]) else "",
    )


# --------------------------------------------------------------------------------------------- the first line
def _parts(line: str) -> list[str]:
    """The fields of a line: between pipes outside parentheses, else between dashes where the line is short."""
    pieces, depth = [""], 0
    for sign in line:
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign == "|" and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    dashed = _POST.search(line) or (_EMPLOYMENT.search(line) and _MODE.search(line))
    if len(pieces) == 1 and len(line) <= _LONGEST_PART and dashed:
        pieces = re.split(r"\s(?:[–—·]|--)\s|;\s", line)
    pieces = [piece for piece in pieces if piece.strip().lower() not in ("seeking freelancer", "seeking freelancers")]
    first = _tidy(pieces[0]) if pieces else ""
    return list(filter(None, [_plain(pieces[0]) or first, *map(_plain, pieces[1:])])) if first else []


def _plain(piece: str) -> str:
    return _tidy(_ADDRESS.sub(" ", piece))


def _tidy(piece: str) -> str:
    return " ".join(_BATCH.sub(" ", piece).split()).strip(" *#,;:-–—")


def _sort(part: str) -> Sort:
    if len(part) > _LONGEST_PART or not _rest(_EMPLOYMENT, part):
        return ""
    if _MODE.search(part) and not _POST.search(part):
        return "place"
    if _PAY.search(part):
        return "pay"
    if _RIGHTS.search(part):
        return "rights"
    if _ROLE.search(part):
        return "role"
    if _MODE.search(part) or _is_place(part):
        return "place"
    return "" if _EXTRAS.search(part) else "other"


def _rest(words: re.Pattern[str], part: str) -> str:
    """What a part says beyond such words and what stands in parentheses."""
    return re.sub(r"\([^()]*\)|\b(?:or|and|only|possible|paid|ok)\b|[\W\d_]+", "", words.sub("", part), flags=re.I)


def _is_place(part: str) -> bool:
    return any(map(_is_told, places.parse(part)))


def _is_told(place: Place) -> bool:
    """Whether all of the words are of a place: companies are called "Boston Dynamics", and towns "Boston"."""
    city = place.city.lower().split()
    words = re.findall(r"[^\W\d_]+", place.text.lower())
    beside = [word for word in words if word not in city]
    if "," in place.text or len(beside) == len(words):  # an abbreviation of the city, or a country
        return bool(place.city or place.country)
    return all(word in _AROUND or any(one.city or one.country for one in places.parse(word)) for word in beside)


def _is_remote(text: str) -> bool | None:
    if _REMOTE.search(text):
        return True
    return False if _MODE.search(text) else None


def _company(words: str) -> str:
    name = re.split(r"\s[–—-]\s", _tidy(words))[0].strip(" ,;:-")
    return name if len(name) <= _LONGEST_COMPANY else ""


def _sentence(line: str) -> str:
    """The first sentence of a line, addresses and what is too long left out."""
    return re.split(r"(?<=[a-z)])[.!?]\s", _plain(line))[0][:_LONGEST_PART].strip() or OPEN_ROLES


def _role(words: str) -> str:
    return _LEAD.sub("", words)[:_LONGEST_PART].strip() or OPEN_ROLES


# --------------------------------------------------------------------------------------------- the text below
def _listed(lines: Iterable[str]) -> Iterable[str]:
    """Lines that are the name of a role and nothing else."""
    for line in lines:
        words = _plain(_BULLET.sub("", line).split("|")[0]).strip(" .")
        if 5 <= len(words) <= _LONGEST_LISTED and _POST.search(words) and not _PROSE.search(words):
            yield _role(words)
