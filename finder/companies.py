"""Whether two names, or a name and a slug, can be one company's. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_HUNG_ON = (
    "inc|incorporated|llc|ltd|limited|gmbh|plc|corp|corporation|company|holdings?|group|technolog(?:y|ies)|labs?|"
    "careers?|jobs?|external|hiring|recruiting|university|campus|earlycareers?|site|global|international|usa|ai|hq|io|"
    r"\d{1,4}"
)
"""What is hung onto a company's name, and onto its slug, without making it another one's."""

_MORE = re.compile(f"(?:{_HUNG_ON})+")
_FORMS = re.compile(f"{_HUNG_ON}|the|and|co|ag|se|sa|bv|nv|kg|us|uk")

_BRACKETS = r"\(([^()]*)\)"

SHORTEST = 3
"""Letters of a name from which on it may have something hung onto it: `x` and `xai` are not one company."""
INITIALS = 4
"""Letters from which on initials tell a company: with three, too many share them."""


def agree(one: str, other: str) -> bool:
    """Whether two names can be one company's: alike but for case, accents, legal forms and words such as careers.

    A name with brackets is two: `Bank of Example (BEX)`.
    """
    return any(_alike(a, b) for a in _bare(one) for b in _bare(other))


def initials_agree(slug: str, name: str) -> bool:
    """Whether a slug is made of the initials of a name: `gdit` of General Dynamics Information Technology."""
    initials = "".join(word[0] for word in _words(re.sub(_BRACKETS, " ", name)))
    return len(initials) >= INITIALS and initials in _bare(slug)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST:
        return short == long
    return long.startswith(short) and (short == long or bool(_MORE.fullmatch(long[len(short) :])))


def _bare(name: str) -> set[str]:
    """The name and what stands in its brackets, in small letters alone, without what is hung on."""
    parts = (re.sub(_BRACKETS, " ", name), *re.findall(_BRACKETS, name))
    told = (_words(part) for part in parts)
    return {"".join([word for word in words if not _FORMS.fullmatch(word)] or words) for words in told} - {""}


def _words(name: str) -> list[str]:
    """Its words, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’")
    return re.findall(r"[^\W_]+", plain)


# ------------------------------------------------------------------------------------------------ how alike names are
_NOBODY = re.compile(
    r"(?:n a|na|none|null|nil|unknown|not (?:available|specified|stated|disclosed|provided)|confidential(?: .*)?|"
    r"company|company (?:name )?(?:confidential|hidden|withheld)|private|anonymous|undisclosed|"
    r"stealth(?: (?:mode|ai|start up|startup|company|employer))*|various(?: .*)?|multiple(?: .*)?|"
    r"tbd|tba|employer|hiring company|\d+)?"
)
"""What stands in the place of a name. Two of them are never one company."""

_FORM_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        "inc incorporated llc llp lp ltd limited gmbh plc corp corporation company co holding holdings group "
        "technology technologies the ag se sa bv nv kg career careers job jobs campus",
    )
)
"""Words of a name that say nothing of whose it is."""

_LOOSE = _FORM_WORDS | frozenset(
    re.findall(
        r"[a-z]+",
        "lab labs and of us usa uk system systems solution solutions software international global industries io ai "
        "com service services university external financial capital trading bank insurance health america north "
        "americas enterprises partners ventures innovation innovations digital communications website",
    )
)
"""Words that lists leave out or put in, and that tell companies apart where little else is left of the name."""

_FIRST_WORD = 4
"""Letters of a first word from which on it can stand for the whole name."""
_BEGINNING = 6
"""Letters from which on a beginning that ends within a word can."""
_BLOCK = 4
"""Letters that names in one block begin with."""
_NEARLY = 0.8
"""Likeness of two spellings from which on one may be a slip."""


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in parts; empty throughout where it names nobody."""

    key: str
    """In one word, without what says nothing: equal for two spellings of one name."""
    full: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    """The words that are not left out or put in at will; all of them where no other is there."""
    initials: str
    also: tuple[str, ...]
    """What stands in brackets."""

    block: str = ""
    """The beginning of the key: all spellings of one name have the same."""
    blocks: frozenset[str] = frozenset()
    """Two names that are alike have one of these in common, but for slips in the first letters."""


@lru_cache(maxsize=65536)
def named(text: str) -> Name:
    """The parts of a company's name."""
    words = _words(re.sub(_BRACKETS, " ", text)) or _words(text)
    if _NOBODY.fullmatch(" ".join(words)):
        return Name("", "", (), (), "", ())
    told = [word for word in words if word not in _FORM_WORDS] or words
    core = [word for word in words if word not in _LOOSE] or told
    inside = tuple("".join(_words(part)) for part in re.findall(_BRACKETS, text))
    initials = "".join(word[0] for word in words if word not in ("of", "and", "the"))
    many = initials if len(words) > 1 else ""
    key, full, also = "".join(told), "".join(words), tuple(filter(None, inside))
    starts = (key, full, "".join(core), *also, many if len(many) >= SHORTEST else "")
    blocks = frozenset(text[:_BLOCK] for text in starts if text)
    return Name(key, full, tuple(words), tuple(core), many, also, key[:_BLOCK], blocks)


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """How far two names can be one company's: 1 the same, 0 not at all. Nobody is like nobody."""
    a, b = named(one), named(other)
    if not a.key or not b.key:
        return 0.0
    if a.key == b.key or a.full == b.full:
        return 1.0
    if {a.key, a.full, *a.also} & {b.key, b.full, *b.also}:
        return 0.95
    if _is_short_for(a, b) or _is_short_for(b, a):
        return 0.9
    return _partly(a, b)


def _is_short_for(a: Name, b: Name) -> bool:
    return len(b.initials) >= SHORTEST and b.initials in (a.key, a.full, *a.also)


def _partly(a: Name, b: Name) -> float:
    """One holds the other, they begin alike, or one may be a slip of the other."""
    short, long = sorted((a, b), key=lambda name: len(name.full))
    if len(short.full) >= _FIRST_WORD and long.words[: len(short.words)] == short.words:
        return 0.85
    if set(a.core) <= set(b.core) or set(b.core) <= set(a.core):
        return 0.8
    if a.core[0] == b.core[0] and len(a.core[0]) >= _FIRST_WORD:
        return 0.7
    if len(short.full) >= _BEGINNING and long.full.startswith(short.full):
        return 0.65
    return 0.6 if fuzz.ratio(a.full, b.full) / 100 > _NEARLY else 0.0
