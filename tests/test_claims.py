"""Whether an issue is free: what its own record says, pull requests that refer to it, and who claimed it in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from finder.claims import CLAIM_DAYS, LINK_DAYS, Verdict, sentences, verdict

NOW = datetime(2026, 8, 23, 9, tzinfo=UTC)
HOME = "https://github.com/brook/weir"


def ago(days: float) -> str:
    return f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


def issue(**fields: Any) -> dict[str, Any]:
    return {
        "number": 7,
        "title": "Explain the sluice",
        "html_url": f"{HOME}/issues/7",
        "state": "open",
        "locked": False,
        "assignee": None,
        "assignees": [],
        "user": {"login": "keeper", "type": "User"},
        "created_at": ago(200),
        "closed_at": None,
        "body": "The chapter on the sluice says nothing of the gate.",
        **fields,
    }


def said(text: str, days: float = 1, who: str = "newcomer", **user: Any) -> dict[str, Any]:
    person = {"login": who, "type": "User", **user}
    return {"event": "commented", "user": person, "created_at": ago(days), "body": text}


def bot(text: str, days: float = 1) -> dict[str, Any]:
    return said(text, days, "gatekeeper[bot]", type="Bot")


def pull(state: str = "open", address: str = f"{HOME}/pull/9", **fields: Any) -> dict[str, Any]:
    told = {"html_url": address, "state": state, "pull_request": {"url": "x"}, **fields}
    return {"event": "cross-referenced", "created_at": ago(3), "source": {"type": "issue", "issue": told}}


def why(*events: Any, comments: Any = (), **fields: Any) -> str:
    """Why the issue is taken; '' where it is free."""
    told = verdict(issue(**fields), events, comments, NOW)
    assert told.free is (not told.reason)
    return told.reason


# ------------------------------------------------------------------------------------------------ of itself
def test_an_open_issue_that_nobody_spoke_of_is_free() -> None:
    assert verdict(issue(), [], [], NOW) == Verdict(True)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "closed", "closed_at": "2026-08-20T10:00:00Z"}, "closed on 2026-08-20"),
        ({"state": "closed"}, "closed"),
        ({"pull_request": {"url": "x"}}, "it is a pull request"),
        ({"locked": True}, "locked: nobody can answer there"),
        ({"assignees": [{"login": "somebody"}]}, "assigned to somebody"),
        ({"assignee": {"login": "a-name"}}, "assigned to somebody"),
    ],
)
def test_what_the_issue_says_of_itself(fields: dict[str, Any], reason: str) -> None:
    assert why(**fields) == reason


@pytest.mark.parametrize("wrong", [None, [], "open", {}, {"state": "open"}, {"state": 1, "html_url": "x"}])
def test_what_is_no_issue_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="not an issue"):
        verdict(wrong, [], [], NOW)


# ------------------------------------------------------------------------------------------------ pull requests
def test_an_open_pull_request_takes_it() -> None:
    assert why(pull()) == f"an open pull request refers to it: {HOME}/pull/9"
    assert why(pull(address="https://github.com/Brook/Weir/pull/9"))


@pytest.mark.parametrize(
    "event",
    [
        pull("closed"),
        pull("closed", pull_request={"url": "x", "merged_at": ago(2)}),
        pull(address="https://github.com/elsewhere/weir/pull/9"),
        pull(address="https://github.com/brook"),
        pull(address=None),
        pull(pull_request=None),
        {"event": "cross-referenced", "source": {"type": "issue", "issue": None}},
        {"event": "cross-referenced", "source": None},
        {"event": "labeled", "label": {"name": "help wanted"}},
        None,
        7,
    ],
)
def test_what_is_no_open_pull_request_here_takes_nothing(event: Any) -> None:
    assert why(event) == ""


def test_one_open_pull_request_among_closed_ones_takes_it() -> None:
    assert why(pull("closed", f"{HOME}/pull/1"), pull(address=f"{HOME}/pull/2")).endswith("/pull/2")


def test_a_pull_request_linked_by_hand_counts_for_a_while() -> None:
    linked = {"event": "connected", "created_at": ago(LINK_DAYS)}
    assert why(linked) == "a pull request was linked to it on 2026-05-25"
    assert why({**linked, "created_at": ago(LINK_DAYS + 1)}) == ""
    assert why(linked, {"event": "disconnected", "created_at": ago(1)}) == ""


# ------------------------------------------------------------------------------------------------ words
CLAIMS = [
    "I'll take this",
    "I’ll take this one up",
    "I will work on this",
    "I'd like to work on this issue.",
    "I would love to work on this!",
    "I am interested and would like to work on this",
    "I am currently working on this",
    "I'm working on it",
    "working on it",
    "Already working on this",
    "on it!",
    "Can I work on this?",
    "Hi, can I take this issue?",
    "May I be assigned to this?",
    "can i be assigned this",
    "Could you assign me?",
    "Please assign this to me",
    "/assign",
    "/assign me",
    "/take",
    ".take",
    "take",
    "!attempt",
    "@rustbot claim",
    "I can take this",
    "I can fix this",
    "I want to work on it",
    "Let me take this",
    "Mind if I take it?",
    "I'd be happy to work on this",
    "I've opened a PR",
    "I have started working on this",
    "I'll submit a PR soon",
    "I'll give it a try",
    "I will try to fix this",
    "I plan to work on this next week",
    "I would like to contribute to this issue",
    "Are you still working on this? If not, I'd like to take it over",
    "Is it free? If not taken I'd like to tackle this.",
    "Nice idea.\n\nI'll pick this up.",
]
NO_CLAIMS = [
    "",
    "I'll take a look",
    "Is anyone working on this?",
    "Are you still working on this?",
    "You can work on this",
    "If you want to work on this, go ahead",
    "Would you like to work on this?",
    "This works on Windows",
    "Nobody is working on this",
    "The function should take this argument",
    "I think this is a good idea",
    "I would like to know whether it works on Mac",
    "It depends on it.",
    "on this page",
    "PRs welcome",
    "Feel free to take this",
    "> I'll take this\n\nThat was years ago.",
    "```\nI'll take this\n```",
    "<!-- I'll take this -->",
    "- [ ] I would like to work on this",
]
RELEASES = [
    "I'm no longer working on this",
    "I am not working on this anymore",
    "Sorry, I don't have time to work on this",
    "/unassign",
    "I can't take this any more, feel free to take it",
    "Giving this up",
    "I won't be able to continue",
    "I'm not able to work on it",
    "This is up for grabs again",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_takes_it_and_is_quoted(text: str) -> None:
    reason = why(said(text, 2))
    assert reason.startswith("claimed on 2026-08-21: “")
    assert reason.removeprefix("claimed on 2026-08-21: “").removesuffix("”") in text


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_other_words_take_nothing(text: str) -> None:
    assert why(said(text)) == ""


@pytest.mark.parametrize("text", RELEASES)
def test_whoever_gives_it_up_sets_it_free(text: str) -> None:
    assert why(said("I'll take this", 9), said(text, 2)) == ""
    assert why(said("I'll take this", 9), said(text, 2, "somebody-else")) != "", "only one's own claim"
    assert why(said(text, 9), said("I'll take this", 2)) != "", "a claim after it stands"


def test_a_claim_counts_from_the_last_word_of_its_maker() -> None:
    claim = said("I'll take this", CLAIM_DAYS + 20)
    assert why(claim) == ""
    assert (
        why(claim, said("The gate is harder than I thought", CLAIM_DAYS)) == "claimed on 2026-07-04: “I'll take this”"
    )
    assert why(claim, said("Any news?", 1, "keeper")) == "", "the word of others keeps nobody's claim"
    assert why(said("I'll take this", CLAIM_DAYS)) != ""
    assert why(said("I'll take this", CLAIM_DAYS + 0.01)) == ""


def test_of_several_claims_the_latest_is_told() -> None:
    assert "2026-08-21" in why(said("I'll take this", 2, "b"), said("I'll take this", 5, "a"))


def test_whoever_opened_it_may_claim_it_in_it() -> None:
    assert why(created_at=ago(3), body="The gate leaks. I'll submit a PR for it.").startswith("claimed on")
    assert why(created_at=ago(90), body="The gate leaks. I'll submit a PR for it.") == ""
    assert why(body=None) == ""


def test_comments_may_come_by_either_door() -> None:
    comment = {"user": {"login": "newcomer"}, "created_at": ago(2), "body": "I'll take this"}
    assert (
        why(comments=[comment]) == why(said("I'll take this", 2)) == why(said("I'll take this", 2), comments=[comment])
    )


@pytest.mark.parametrize(
    "text",
    ["This issue has been assigned to @newcomer.", "Assigned @newcomer", "You are now assigned!", "assigned to you"],
)
def test_a_bot_that_tells_of_an_assignment_takes_it(text: str) -> None:
    assert why(bot(text)) == "claimed on 2026-08-22: “assigned”"


@pytest.mark.parametrize(
    "text", ["To work on this, comment /assign.", "I'll take this means that you work on it", "Labels: docs"]
)
def test_other_words_of_bots_take_nothing(text: str) -> None:
    assert why(bot(text)) == ""


def test_a_bot_or_an_event_that_takes_it_away_sets_it_free() -> None:
    claim = said("I'll take this", 20)
    assert why(claim, bot("Unassigned after two weeks of inactivity.", 2)) == ""
    assert why(claim, {"event": "unassigned", "created_at": ago(2), "assignee": {"login": "newcomer"}}) == ""
    assert why(claim, {"event": "unassigned", "created_at": ago(2), "assignee": {"login": "other"}}) != ""
    assert why(bot("Assigned @newcomer", 9), {"event": "unassigned", "created_at": ago(2), "assignee": None}) == ""


def test_nobody_is_named() -> None:
    text = "Hi @keeper, Ada Friend (ada@friend.example) here: I'll take this with https://github.com/friend and Bo"
    assert why(said(text, 1, "a-newcomer")) == "claimed on 2026-08-22: “I'll take this”"
    assert why(bot("Assigned Ada Friend to @friend")) == "claimed on 2026-08-22: “assigned”"


def test_only_what_is_spoken_counts() -> None:
    assert sentences("a. b! c?\n> d\n```\ne\n```\n- [x] f") == ["a", "b", "c", "- [x] f"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.sampled_from([*CLAIMS, *RELEASES, ago(3)]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["event", "user", "body", "created_at", "source", "issue", "login", "assignee", "html_url"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@tuned(max_examples=200)
@given(st.lists(JSON, max_size=5), st.lists(JSON, max_size=3))
def test_whatever_the_events_are_there_is_a_verdict(events: list[Any], comments: list[Any]) -> None:
    told = verdict(issue(), events, comments, NOW)
    assert told.free is (told.reason == "")


@tuned(max_examples=200)
@given(st.text(max_size=300))
def test_any_words_are_read(text: str) -> None:
    verdict(issue(), [said(text)], [], NOW)


def test_a_long_comment_is_read_in_no_time() -> None:
    for text in ("I " * 50_000, "assign " * 20_000, "I'll really " * 20_000, "`" * 50_000, "not a " * 20_000):
        assert len(why(said(text))) < 200
