"""What counts as the same facts: words that say how long ago something was differ every day, and say nothing new."""

from __future__ import annotations

import pytest

from db.codec import facts_digest

AGES = ["12d", "1mo", "3 days ago", "Posted 3 Days Ago", "Posted Today", "Yesterday", "Posted 30+ Days Ago", "2h"]


@pytest.mark.parametrize("word", AGES)
@pytest.mark.parametrize("field", ["posted", "updated"])
def test_an_age_makes_no_new_version(field, word):
    assert facts_digest({"title": "Intern", field: word}) == facts_digest({"title": "Intern", field: "13d"})


@pytest.mark.parametrize("word", ["22 Aug", "Aug 22", "2026-08-22", "1785840000", "12 dogs"])
def test_a_date_does(word):
    assert facts_digest({"title": "Intern", "posted": word}) != facts_digest({"title": "Intern", "posted": "13d"})


def test_an_age_elsewhere_does():
    assert facts_digest({"title": "12d"}) != facts_digest({"title": "13d"})


def test_a_field_that_is_not_told_is_as_one_that_is_not_there():
    assert facts_digest({"title": "Intern", "pay": "", "degrees": []}) == facts_digest({"title": "Intern"})
