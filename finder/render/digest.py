"""A digest as text (72 columns) and as HTML: the same content and the same counts, from one object."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from finder.digest import Digest, Section
from finder.model import Match
from finder.render.search import state_words
from finder.render.words import counted, moment, safe, where

WIDTH = 72
"""Columns of the text part: what every mail client shows unwrapped."""
REASONS = 3

BASELINE = "This is your first digest: the best of what is open today. From next week on it brings what is new."

_TEMPLATES = Path(__file__).parents[1] / "data" / "templates"


def text(digest: Digest) -> str:
    """The plain part."""
    return "\n".join(_lines(digest)) + "\n"


def html(digest: Digest) -> str:
    """The HTML part: styles inline, nothing loaded from anywhere, every scraped word escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    helpers = {"facts": facts, "link": link, "host": host, "safe_text": safe}
    page = environment.get_template("digest.html.j2").render(
        digest=digest, baseline=BASELINE, notes=tuple(notes(digest)), **helpers
    )
    return css_inline.inline(page, keep_style_tags=True, load_remote_stylesheets=False)


def facts(match: Match) -> str:
    """Where, when, and its state where it is not simply open."""
    opening = match.opening
    parts = (where(opening), dated_at(match), opening.pay, state_words(match))
    return " · ".join(safe(part) for part in parts if part)


def dated_at(match: Match) -> str:
    """A mail is read later than it was written: dates, not ages."""
    opening = match.opening
    return f"posted {opening.posted_at:%Y-%m-%d}" if opening.posted_at else f"seen since {opening.first_seen:%Y-%m-%d}"


def link(match: Match) -> str:
    """Its address if it may stand as a link in a mail: http and https only."""
    return match.opening.url if match.opening.url.startswith(("http://", "https://")) else ""


def host(match: Match) -> str:
    """Where the link leads, for the reader to see before following it."""
    return safe(urlsplit(link(match)).hostname or "no address given")


def notes(digest: Digest) -> Iterator[str]:
    """What stands at the foot of both parts."""
    more = counted(digest.still_open, "more internship")
    yield f"Still open: {more}. See them with `finder search`."
    yield from (safe(trouble) for trouble in digest.troubles)
    yield f"Collected {moment(digest.refreshed)} for {safe(digest.profile)}. To stop: `finder schedule remove`."


def _lines(digest: Digest) -> Iterator[str]:
    yield from textwrap.wrap(digest.headline, WIDTH)
    yield "=" * WIDTH
    if digest.baseline:
        yield from ("", *textwrap.wrap(BASELINE, WIDTH))
    if not digest.sections:
        yield from ("", "Nothing new since the last digest.")
    for section in digest.sections:
        yield from _section(section)
    yield ""
    for note in notes(digest):
        yield from textwrap.wrap(note, WIDTH)


def _section(section: Section) -> Iterator[str]:
    of = f" of {section.total:,}" if section.total > len(section.matches) else ""
    yield from ("", f"{section.title}: {len(section.matches)}{of}", "-" * WIDTH)
    for number, match in enumerate(section.matches, 1):
        yield ""
        yield from _entry(number, match)


def _entry(number: int, match: Match) -> Iterator[str]:
    opening = match.opening
    name = f"{safe(opening.title)} — {safe(opening.organization)}" if opening.organization else safe(opening.title)
    yield from _wrap(name, f"{number}. ")
    yield from _wrap(f"{match.readiness} · {facts(match)}", "   ")
    for reason in match.reasons[:REASONS]:
        yield from _wrap(safe(reason), "   - ")
    yield f"   {link(match) or '(no address given)'}"
    yield f"   finder show {opening.id}"


def _wrap(words: str, lead: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False)
