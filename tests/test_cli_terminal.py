"""What reaches a terminal: a real one (a pty), and whatever a hostile source put into the store."""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import struct
import subprocess
import sys
import termios
import unicodedata
from contextlib import closing, suppress
from fcntl import ioctl

import pytest
from _cli import ROOT, run, shell
from _matches import PLAIN, REPOSITORY, match, ranked
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, at, facets, need
from test_render_table import drawn

from finder.model import Sighting
from finder.render.page import page, why
from finder.render.search import listing

BOMB = "\x1b[2J\x1b]0;owned\x07\x1b]52;c;aGk=\x07\x9b31m\x08\x0d\x7f\u202egnp\u2066\u200b\ufeff\x00"
"""Clears the screen, sets the title, writes the clipboard, colours by C1, goes back, turns text around, hides."""

ALLOWED = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b\x07]*;[!-~]*\x1b\\")
"""What rich itself writes: styles, and links with an address of visible ASCII."""


def acting(text: str) -> set[str]:
    """Characters that do more than to be read; line ends are meant."""
    return {letter for letter in text if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")}


# ------------------------------------------------------------------------------------------------ hostile text
HOSTILE = st.text(
    st.one_of(st.sampled_from([*BOMB, "\n", "\t", "\u2028", "[", "]", "/"]), st.characters()), max_size=30
)


@settings(max_examples=60)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_acts_whatever_a_source_says(title, place, quote):
    told = match(
        title=title,
        organization=title,
        url=f"https://x.example/{place}",
        places=(at(place),),
        pay=quote,
        terms=(quote,),
        state="closed",
        evidence=quote,
        description=f"{title}\n{quote}",
        facets=facets(needs=(need("Python", quote=quote),), evidence={"level": quote, quote: title}),
        sightings=(Sighting(title, f"https://{place}", "closed", NOW, NOW, quote),),
    )
    for width in (0, 40):
        for text in (listing([told], {}, NOW, 99, width), page(told, (), NOW, width), why(told, NOW, width)):
            assert acting(text) == set()
    table = drawn([told], 60)
    assert acting(ALLOWED.sub("", table)) == set()
    links = {target for target in re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)", table) if target}
    assert all(link.startswith("https://x.example/") for link in links)


@pytest.fixture
def hostile(collected) -> dict[str, str]:
    """A store into which something evil got past every cleaning, in every column of text."""
    with closing(sqlite3.connect(collected["FINDER_DB"])) as raw, raw:
        for column in ("title", "organization", "url", "evidence", "pay"):
            raw.execute(f"UPDATE opening SET {column} = {column} || ?", (BOMB.replace("\x00", ""),))
        raw.execute("UPDATE opening SET state = 'missing' WHERE rowid % 3 = 0")
        raw.execute("UPDATE sighting SET url = url || ?, evidence = ?", (BOMB[:-1], BOMB[:-1]))
        raw.execute("UPDATE source_run SET problem = ?", (BOMB[:-1],))
        raw.execute("UPDATE source SET name = name || ?", (BOMB[:-1],))
        raw.execute("UPDATE document SET description = description || ?", (BOMB[:-1],))
    return collected


@pytest.mark.parametrize(
    "argv",
    [
        ["search"],
        ["search", "--why", "--limit", "30"],
        ["search", "--state", "all", "--csv"],
        ["search", "--nl"],
        ["search", "--json"],
        ["show", "ID"],
        ["show", "ID", "--json"],
        ["why", "ID"],
        ["show", "a"],
        ["sources"],
        ["sources", "--json"],
        ["status"],
        ["doctor"],
        ["steps"],
        ["search", BOMB],
        ["search", "--company", BOMB],
        ["steps", "show", BOMB],
        ["show", BOMB],
        ["--profile", "x" + BOMB, "search"],
    ],
    ids=lambda argv: " ".join(argv).replace(BOMB, "BOMB"),
)
def test_no_command_lets_anything_act(hostile, capsys, an_id, argv):
    _, out, err = run(capsys, *[an_id if word == "ID" else word for word in argv])
    assert acting(out.replace("\r\n", "\n")) == set()
    assert acting(err) == set()
    if "--json" in argv:
        json.loads(out)


# ------------------------------------------------------------------------------------------------ a real terminal
def on_terminal(argv: list[str], env: dict[str, str], width: int = 80, **more: str) -> str:
    """What a person sees: the command runs on a pty of that width."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "COLORTERM")
    env = {k: v for k, v in env.items() if k not in unset} | {"TERM": "xterm-256color", **more}
    with subprocess.Popen(
        [sys.executable, "-m", "finder", *argv], cwd=ROOT, env=env, stdin=slave, stdout=slave, stderr=slave
    ) as ran:
        os.close(slave)
        chunks = []
        with suppress(OSError):  # the other end was closed: that is how a pty says it
            while chunk := os.read(master, 65536):
                chunks.append(chunk)
        os.close(master)
        assert ran.wait() == 0
    return b"".join(chunks).decode().replace("\r\n", "\n")


def test_a_terminal_gets_a_table_with_colours_and_links(collected):
    seen = on_terminal(["search", "--limit", "2"], collected, 100)
    assert "───" in seen
    assert re.search(r"\x1b\[3[0-9]m|\x1b\[38;", seen)
    assert "\x1b]8;" in seen
    assert "more: finder show ID" in seen


@pytest.mark.parametrize("width", [60, 80, 140])
def test_it_fits(collected, width):
    seen = ALLOWED.sub("", on_terminal(["search"], collected, width))
    assert max(len(line) for line in seen.splitlines() if not line.startswith("more:")) <= width


@pytest.mark.parametrize("width", [0, 1, 12])
@pytest.mark.parametrize("argv", [["search", "--limit", "1"], ["show", "ID"], ["steps"], ["sources"]], ids=" ".join)
def test_a_terminal_of_no_width_is_no_obstacle(collected, an_id, argv, width):
    assert on_terminal([an_id if word == "ID" else word for word in argv], collected, width)


def test_no_color_is_obeyed(collected):
    seen = on_terminal(["search", "--limit", "2"], collected, NO_COLOR="1", FORCE_COLOR="1")
    codes = {code for group in re.findall(r"\x1b\[([0-9;]*)m", seen) for code in group.split(";") if code}
    assert codes <= {"0", "1", "2", "22"}


def test_a_dumb_terminal_gets_plain_text(collected):
    seen = on_terminal(["search", "--limit", "2"], collected, TERM="dumb")
    assert "\x1b" not in seen
    assert " 1. " in seen
    lines = [line for line in seen.splitlines() if "http" not in line]
    assert max(map(len, lines)) <= 80


def test_a_locale_without_letters_is_no_obstacle(collected):
    assert "Internships" in on_terminal(["search", "--limit", "2"], collected, LC_ALL="C")


def test_a_page_is_wrapped_for_a_person(collected, an_id):
    seen = on_terminal(["show", an_id], collected, 70)
    assert max(len(line) for line in seen.splitlines() if "http" not in line) <= 70


def test_a_narrow_terminal_gets_sources_without_origin_and_hour(collected):
    wide, narrow = (on_terminal(["sources"], collected, width).splitlines()[0] for width in (120, 80))
    assert narrow.split() == ["source", "outcome", "open", "shown", "asked", "due"]
    assert wide.split() == ["source", "outcome", "open", "shown", "asked", "from", "due"]
    lines = on_terminal(["sources"], collected | {"FINDER_NOW": "2026-08-23T10:00"}, 80).splitlines()
    assert max(len(line) for line in lines if not line.startswith("    ")) <= 90


@pytest.mark.parametrize(
    ("more", "rich"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True),
        ({"TERM": "xterm"}, False),
    ],
)
def test_a_pipe_gets_a_table_only_when_forced(collected, more, rich):
    env = {k: v for k, v in collected.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    ran = shell("finder search --limit 2", env | more)
    assert ("───" in ran.stdout) == rich
    assert ("\x1b[3" in ran.stdout) == (rich and "NO_COLOR" not in more)
    assert ran.stderr == ""


def test_the_renderings_agree():
    """Text, page and table tell the same of the same match."""
    for told in ranked(PLAIN, REPOSITORY):
        table = ALLOWED.sub("", drawn([told], 140))
        for word in (told.opening.id, told.readiness, told.opening.organization, told.opening.title):
            assert word in listing([told], {}, NOW)
            assert word in page(told, (), NOW)
            assert word in table
