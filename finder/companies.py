"""Whether two names, or a name and a slug, can be one company's. Pure."""

from __future__ import annotations

import re
import unicodedata

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
