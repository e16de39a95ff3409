"""Settings as TOML: what is told can be read back as the same."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.render.settings import NOT_SET, as_toml, toml

SHIPPED = "/opt/finder/config.toml"
STORE = ("db", "/data/finder.db", "FINDER_DB")

WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_a_value_is_read_back_as_it_was(value):
    assert tomllib.loads(f"x = {toml(value)}")["x"] == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, "true"),
        (1.0, "1.0"),
        ((), "[]"),
        (("Oslo", 'a "b"'), '["Oslo", "a \\"b\\""]'),
        ({"a": 1, "b c": [2]}, '{ a = 1, "b c" = [2] }'),
        (date(2026, 8, 1), "2026-08-01"),
        ("Größe", '"Größe"'),
        ("a\x1b[1m\nb", '"a[1m b"'),
    ],
)
def test_a_value(value, told):
    assert toml(value) == told


def test_rows_are_grouped_and_their_origin_told():
    text = as_toml(
        [
            STORE,
            ("fetch.pace", 2.0, "/home/a/config.toml"),
            ("fetch.hosts", 16, SHIPPED),
            ("mail.host", "", NOT_SET),
            ('source "a.b".name', "a.b", SHIPPED),
            ('source "a.b".every', "12h", NOT_SET),
            ('source "a.b".odd key', 1, SHIPPED),
            ('source "c".name', "c", SHIPPED),
        ],
        SHIPPED,
    )
    assert text.split("\n\n")[1:] == [
        "[fetch]\npace = 2.0  # /home/a/config.toml\nhosts = 16",
        '[mail]\n# host = ""',
        '[[source]]\nname = "a.b"\n"odd key" = 1',
        '[[source]]\nname = "c"',
    ]
    assert text.startswith("# The store is /data/finder.db (FINDER_DB).")
    assert tomllib.loads(text)["source"] == [{"name": "a.b", "odd key": 1}, {"name": "c"}]


def test_an_origin_cannot_end_its_comment():
    text = as_toml([STORE, ("fetch.pace", 2.0, "/home/a\nevil = 1\x1b[2J/config.toml")], SHIPPED)
    assert tomllib.loads(text) == {"fetch": {"pace": 2.0}}
    assert "\x1b" not in text
