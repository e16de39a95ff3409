"""HTML as tags and as text, and the look that comes before the HTML parser."""

from __future__ import annotations

import html
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.errors import ParseError
from scrapers._html import plain, tree, unescape
from scrapers._tags import MAX_ATTRIBUTES, MAX_DEPTH, MAX_FORMATTING, MAX_OPTIONS, danger, tokens

URL = "https://jobs.example.org/1"
ALPHABET = "<>/=\"' &;!-abBpdivscrtyle\n\té"


# --------------------------------------------------------------------------------------------- text
@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("just text", "just text"),
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("<h2>Needs</h2><ul><li>Python</li><li><p>C++</p></li></ul>", "Needs\n- Python\n- C++"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "- a\n- b"),
        ("a<br>b<br/>c</br>d", "a\nb\nc\nd"),
        ("one\n  two\tthree", "one two three"),
        ("Re<b>search</b> <i>Intern</i>", "Research Intern"),
        ("R&amp;D &lt;3 &nbsp; caf&eacute; &#8211; &#x1F600;", "R&D <3 café – 😀"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<script>if (1 < 2) { x('</p>') }</script>b<style>p > a {}</style>c", "abc"),
        ("a<script>never closed <p>b", "a"),
        ("a<!-- <p>no</p> -->b<!-->c<!doctype html>d<?php e ?>f", "abcdf"),
        ("a < b and c > d", "a < b and c > d"),
        ("<a href='x>y'>in</a> <a title=\"<p>\">quotes</a>", "in quotes"),
        ("<ul><li></li><li> <li>a</li></ul>end", "- a\nend"),
        ("<ul><li><p> </p><div>a</div></li></ul>", "- a"),
        ("a - b<br>-<br>c", "a - b\n- c"),
        ("<DIV>Up</DIV><Br>per", "Up\nper"),
        ("cut <a href=", "cut"),
    ],
)
def test_html_as_plain_text(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_a_reference_with_too_many_digits_is_one_unknown_character() -> None:
    assert unescape("&#" + "9" * 5000 + ";x &#65;") == "�x A"


@given(st.text(ALPHABET, max_size=60))
def test_any_text_has_a_plain_form_without_empty_lines(markup: str) -> None:
    lines = plain(markup).split("\n")
    assert lines == [""] or all(line == " ".join(line.split()) and line for line in lines)


@given(st.lists(st.text("ab é", min_size=1, max_size=8), max_size=6))
def test_paragraphs_come_back_as_lines(lines: list[str]) -> None:
    wanted = [" ".join(line.split()) for line in lines if line.strip()]
    assert plain("".join(f"<p>{html.escape(line)}</p>" for line in lines)) == "\n".join(wanted)


# --------------------------------------------------------------------------------------------- tags
def test_tags_and_text_in_their_order() -> None:
    found = list(tokens('a<B x=1 y="2>3">c</b ><br/>'))
    assert [(token.name, token.closing) for token in found] == [
        *(("", False), ("b", False), ("", False), ("b", True), ("br", False))
    ]
    assert [found[0].raw, found[2].raw] == ["a", "c"]


@given(st.text(ALPHABET, max_size=80))
def test_text_outside_tags_is_told_in_order_and_no_tag_is_without_a_name(markup: str) -> None:
    rest = markup
    for token in tokens(markup):
        if not token.name:
            assert token.raw in rest
            rest = rest[rest.index(token.raw) + len(token.raw) :]
        assert token.name == token.name.lower()


# --------------------------------------------------------------------------------------------- the look
@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * (MAX_DEPTH + 1), "nested"),
        ("<span><div></span>" * (MAX_DEPTH + 1), "nested"),
        ("<div><table></div></table>" * (MAX_DEPTH + 1), "nested"),
        ("<dd><li>" * (MAX_DEPTH + 1), "nested"),
        ("<svg><script>" + "<g>" * (MAX_DEPTH + 1), "nested"),
        ("<!--><p>" + "<div>" * (MAX_DEPTH + 1) + "-->", "nested"),
        ("<div x='>'>" * (MAX_DEPTH + 1), "nested"),
        ('<a b">' + "<div>" * (MAX_DEPTH + 1), "nested"),
        ("<a " + "x " * (MAX_ATTRIBUTES + 1) + ">", "attributes"),
        ('<a x="<b>" ' + "y=1 " * MAX_ATTRIBUTES + ">", "attributes"),
        ("<a " + "x='1' " * (MAX_ATTRIBUTES + 1), "attributes"),
        ("<select>" + "<option>x" * (MAX_OPTIONS + 1), "options"),
        ("<p>" + "".join(f"<font color={n}>" for n in range(300)) + "<p>x" * 1000, "formatting"),
        ("<p>" + "".join(f"<b x={n}><b></b>" for n in range(300)) + "<p>x" * 1000, "formatting"),
        ("</rt><i>" * (MAX_FORMATTING + 1), "formatting"),
        ("".join(f"<font color={n}>x" for n in range(MAX_FORMATTING + 1)), "formatting"),
    ],
)
def test_time_bombs_are_refused_before_parsing(markup: str, reason: str) -> None:
    assert reason in danger(markup)
    with pytest.raises(ParseError, match=f"refused before parsing: .*{reason}"):
        tree(URL, markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH,
        "<div><p>text</div>" * 5000,
        "<ul>" + "<li><p>item" * 5000 + "</ul>",
        "<table>" + "<tr><td>a<td>b" * 3000 + "</table>",
        "<b>" * MAX_FORMATTING + "text",
        "<font color=red>x</font><p>" * 5000,
        "<a href=x>y<p>" * 5000,
        "<b>" * 100 + "<font color=red>x</font><p>" * 5000,
        "<br><img src=x><hr>" * 5000,
        "<a " + "x " * MAX_ATTRIBUTES + ">",
        "<script>" + "'<div>'" * 5000 + "</script>",
        "<style>" + "<div>" * 5000,
        "<!--" + "<div>" * 5000 + "-->",
        "<select>" + "<option>x</option>" * MAX_OPTIONS + "</select>",
    ],
)
def test_large_or_sloppy_pages_are_not_refused(markup: str) -> None:
    assert danger(markup) == ""


HOSTILE = (
    "<",
    "<a",
    "<a ",
    '<a "',
    '<a x="',
    "<a x='\"",
    "<!--",
    "<!-",
    "<script",
    "<script>",
    "</",
    "&",
    "&#",
    "=",
    "<a/",
)


@pytest.mark.parametrize(
    "piece", [*HOSTILE, " ", "a=b ", "<p>", "</p>", "<li>", "<div></div>", "<svg>", "<?", "<b x>", "<a/"]
)
def test_the_look_itself_is_linear(piece: str) -> None:
    """A quadratic look takes minutes on this input; the bound leaves room for a slow machine."""
    worst = piece * (200_000 // len(piece))
    started = process_time()
    danger(worst)
    danger("<a " + worst)
    plain(worst)
    assert process_time() - started < 4


@given(
    st.lists(
        st.sampled_from(("<div>", "</div>", "<table>", "</table>", "<td>", "<li>", "<p>", "</p>", "<span>", "</span>"))
    )
)
def test_a_document_is_never_deeper_than_the_look_says(pieces: list[str]) -> None:
    """Repeated until it is refused or long, no pattern of tags gets past the look and nests deeply."""
    markup = "".join(pieces) * 600
    if pieces and not danger(markup):
        assert _depth(tree(URL, markup)) <= MAX_DEPTH + 3  # html, body, and a table's own tbody


def _depth(parsed: object) -> int:
    deepest, level = 0, [parsed.root]  # type: ignore[attr-defined]
    while level := [child for node in level for child in node.iter()]:
        deepest += 1
        assert deepest < 5000
    return deepest


# --------------------------------------------------------------------------------------------- the tree
def test_the_tree_is_that_of_the_parser() -> None:
    links = tree(URL, "<div><a href='/1'>One  <b>two</b></a>").css("div a")
    assert [(link.attributes["href"], link.text()) for link in links] == [("/1", "One  two")]


def test_a_lone_surrogate_does_not_stop_the_parser() -> None:
    assert [node.text() for node in tree(URL, "<p>a\ud800b</p>").css("p")] == ["a?b"]
