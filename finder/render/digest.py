"""A digest as text (72 columns) and as HTML: the same content and the same counts, from one object.

Every scraped word passes `line`, so that it is one line of text and nothing else; Jinja escapes it for HTML.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from finder.clean import line
from finder.digest import Digest, Section
from finder.model import Match
from finder.render.health import boards_down
from finder.render.search import state_words
from finder.render.words import counted, credited, moment, where
from finder.wishes import deadline_of, public_kind

WIDTH = 72
"""Columns of the text part: what every mail client shows unwrapped."""
REASONS = 3
TROUBLES = 5
"""Lines about sources that are down or unusual; the rest is a number, and `finder sources` tells all."""

LONGEST_TITLE, LONGEST_REASON, LONGEST_CAUSE = 160, 240, 160
LONGEST_LINK = 2000
"""Characters; what is longer is no address that a mail client follows."""

BASELINE = "This is your first digest: the best of what is open today. From now on it brings what is new."
BANDS = {"unknown": "requirements unknown", "stretch": "a stretch"}
"""Readiness in words, where the word alone does not tell."""

_TEMPLATES = Path(__file__).parents[1] / "data" / "templates"


def text(digest: Digest) -> str:
    """The plain part. No line is longer than WIDTH, but for addresses."""
    return "\n".join(_lines(digest)) + "\n"


def html(digest: Digest) -> str:
    """The HTML part: styles inline, nothing loaded from anywhere, every scraped word escaped."""
    page = _template().render(
        digest=digest,
        preheader=preheader(digest),
        greeting=tuple(greeting(digest)),
        notes=tuple(notes(digest)),
        heading=heading,
        name=name,
        facts=facts,
        reasons=reasons,
        link=link,
        host=host,
        credit_links=credit_links,
    )
    return css_inline.inline(page, keep_style_tags=True, load_remote_stylesheets=False)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("digest.html.j2")


# ------------------------------------------------------------------------------------------------ words of both parts
def preheader(digest: Digest) -> str:
    """What mail programs show after the subject in their lists: the best of the news by name."""
    return "; ".join(name(match) for match in digest.shown[:3]) or next(iter(greeting(digest)), "")


def greeting(digest: Digest) -> Iterator[str]:
    """What stands before the first section: the first time what this is, without news that there are none, and a
    warning where the data is old."""
    if digest.since is None:
        yield BASELINE
    if not digest.shown:
        yield f"Nothing new for you since the digest of {digest.since:%Y-%m-%d}." if digest.since else "Nothing yet."
    if digest.is_stale:
        yield f"Careful: {_staleness(digest)}. What stands here may be closed by now."


def _staleness(digest: Digest) -> str:
    refreshed = digest.collected.refreshed
    if refreshed is None:
        return "no source has answered yet"
    hours = int((digest.at - refreshed).total_seconds() // 3600)
    age = counted(hours // 24, "day") if hours >= 48 else counted(hours, "hour")
    return f"the data is {age} old, of {moment(refreshed)}"


def heading(section: Section) -> str:
    """`Ready: 4 of 19`: the number shown, and where that is not all, how many there are."""
    shown = len(section.matches)
    return f"{section.title}: {shown}" + (f" of {section.total:,}" if section.total > shown else "")


def name(match: Match) -> str:
    """`Machine Learning Intern — Lumenfold`."""
    title = line(match.opening.title, LONGEST_TITLE) or "(no title)"
    organization = line(match.opening.organization, LONGEST_TITLE)
    return f"{title} — {organization}" if organization else title


def facts(match: Match, section: Section) -> str:
    """Readiness where the heading does not tell it, where, when, and its state where it is not simply open."""
    one = match.opening
    band = "" if match.readiness == section.title.lower() else BANDS.get(match.readiness, match.readiness)
    last = deadline_of(one)
    deadline = f"apply by {last:%Y-%m-%d}" if last else ""
    parts = (band, where(one), _dated(match), deadline, one.pay, state_words(match))
    return " · ".join(line(part, LONGEST_REASON) for part in parts if part)


def _dated(match: Match) -> str:
    """A mail is read later than it was written: dates, not ages."""
    one = match.opening
    if public_kind(one) == "project":
        return f"last active {one.updated_at:%Y-%m-%d}" if one.updated_at else ""
    return f"posted {one.posted_at:%Y-%m-%d}" if one.posted_at else f"seen since {one.first_seen:%Y-%m-%d}"


def reasons(match: Match) -> list[str]:
    """The first few, each on one line."""
    return [line(reason, LONGEST_REASON) for reason in match.reasons[:REASONS]]


def link(match: Match) -> str:
    """Its address if it may be a link in a mail: http or https, without user name, blanks and controls; else ''."""
    return _linked(match.opening.url)


def _linked(url: str) -> str:
    try:
        parts = urlsplit(url)
        plain = parts.hostname and parts.username is None and url.isprintable() and " " not in url
    except ValueError:
        return ""
    return url if plain and parts.scheme in ("http", "https") and len(url) <= LONGEST_LINK else ""


def credit_links(match: Match) -> list[tuple[str, str]]:
    """What the terms of its sources ask to be shown beside it, each with its link ('' if it may not be one)."""
    return [(line(words, LONGEST_TITLE), _linked(url)) for words, url in credited(match.opening).items()]


def host(match: Match) -> str:
    """Where the link leads, for the reader to see before following it; foreign letters as DNS writes them (xn--…)."""
    found = urlsplit(link(match)).hostname
    if not found:
        return "no address given"
    try:
        return found.encode("idna").decode("ascii")
    except UnicodeError:
        return found.encode("ascii", "backslashreplace").decode("ascii")


def notes(digest: Digest) -> Iterator[str]:
    """What stands at the foot of both parts."""
    more = f"{counted(digest.still_open, 'internship')} in or near machine learning"
    yield f"Also open and not in this mail: {more}. See them with `finder search`."
    yield from _sources(digest)
    yield f"Collected {moment(digest.collected.refreshed)} for {line(digest.profile)}, week {digest.week}."
    yield "To stop these mails: `finder schedule remove`, or empty `to` in [mail] of your configuration."


def _sources(digest: Digest) -> Iterator[str]:
    one = digest.collected
    yield f"Sources that answered well: {one.asked - len(one.troubles)} of {one.asked}."
    told = [("Down", *trouble) for trouble in one.troubles] + [("Unusual", *finding) for finding in one.findings]
    for word, source, cause in told[:TROUBLES]:
        yield f"{word}: {line(source)}: {line(cause, LONGEST_CAUSE)}"
    if len(told) > TROUBLES:
        yield f"And {len(told) - TROUBLES} more: `finder sources`."
    if one.boards_down:
        yield f"{boards_down(one.boards_down, one.boards)}."


# ------------------------------------------------------------------------------------------------ the plain part
def _lines(digest: Digest) -> Iterator[str]:
    yield from _wrap(digest.headline)
    for paragraph in greeting(digest):
        yield from ("", *_wrap(paragraph))
    for section in digest.sections:
        yield from ("", "", heading(section), "-" * WIDTH)
        for number, match in enumerate(section.matches, 1):
            yield from ("", *_entry(number, match, section))
    yield from ("", "", "-" * WIDTH)
    for note in notes(digest):
        yield from _wrap(note)


def _entry(number: int, match: Match, section: Section) -> Iterator[str]:
    yield from _wrap(name(match), f"{number}. ")
    yield from _wrap(facts(match, section), "   ")
    for reason in reasons(match):
        yield from _wrap(reason, "   - ")
    yield f"   {link(match) or '(no address given)'}"
    for words, url in credit_links(match):
        yield from _wrap(words, "   ")
        if url not in ("", link(match)):
            yield f"   {url}"
    yield f"   finder show {match.opening.id}"


def _wrap(words: str, lead: str = "") -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
