"""Whether an issue of GitHub is still free, from what its API tells of it: the issue, its timeline, its comments. Pure.

An issue is taken where it is closed, locked or assigned, where an open pull request of the same repository refers to
it, or where somebody has claimed it. A claim stands for CLAIM_DAYS from the last word of whoever made it: most that are
made are never followed by anything, so one that nobody spoke of since is dropped. It ends sooner where its maker gives
it up, or a bot or an `unassigned` event takes it away. Closed pull requests, merged or not, take nothing: the issue is
open all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from finder.dates import iso

CLAIM_DAYS = 30
"""Bots that end stale assignments do so after two to four weeks of silence."""

LINK_DAYS = 90
"""How long a pull request linked by hand counts: the timeline does not tell which one it is, nor whether it is open."""

_NEVER = datetime.min.replace(tzinfo=UTC)

_NOT_SPOKEN = re.compile(
    r"```.*?(?:```|\Z)|<!--.*?(?:-->|\Z)|^[ \t]*>[^\n]*|^[ \t]*[-*] \[ \][^\n]*", re.DOTALL | re.MULTILINE
)
"""Code, comments that nobody sees, what others said, boxes that are not ticked."""
_SENTENCE = re.compile(r"[.?!]+\s+|\n+")

_I = r"\bi(?:['’]?ll|['’]?d|['’]?m|\s+will|\s+would|\s+am|\s+can|\s+could|\s+want|\s+plan|\s+wish)?"
_FILLED = (
    r"(?:\s+(?:also|really|definitely|gladly|happily|currently|already|now|just|like|love|want|happy|glad|willing|going"
    r"|planning|interested|in|able|would|try|be|to|and|go|ahead|start|help|please)){0,6}"
)
_IT = r"(?:it|this|that|these|the issue|this issue|issue|on this|over|up)\b"
_DOES = (
    rf"(?:(?:take|grab|claim|tackle|handle|fix|implement|resolve|solve|address|do|pick(?:\s+up)?)\s+{_IT}"
    r"|take\s+care\s+of\b|(?:work|working)\s+on\b|contribute\s+to\b|give\s+(?:it|this)\s+a\s+(?:try|go|shot)"
    r"|(?:open|submit|send|raise|create|make|prepare)\s+(?:a|the)\s+(?:draft\s+)?(?:pr|pull\s+request)\b)"
)
_CLAIM = re.compile(
    rf"(?:^\s*[/.!#](?:self-)?(?:assign|take|claim|attempt)\b|^\s*take\s*$|@rustbot\s+claim\b"
    rf"|{_I}{_FILLED}\s+{_DOES}"
    rf"|\b(?:can|could|may|might|shall)\s+i{_FILLED}\s+(?:{_DOES}|(?:be|get)\s+assigned|have\s+this)"
    rf"|\b(?:let\s+me|happy\s+to|glad\s+to|mind\s+if\s+i|allow\s+me\s+to)\s+{_DOES}"
    r"|^\s*(?:hi\W+|hey\W+|ok(?:ay)?\W+)?(?:(?:already|currently|now)\s+)?(?:working\s+on\s+(?:it|this)\b|on\s+it\W*$)"
    r"|\bi(?:['’]?ve|\s+have)?\s+(?:already\s+|just\s+)?(?:started|begun|been|opened|submitted|created|raised|made|sent)"
    r"\s+(?:to\s+work\s+on|work(?:ing)?\s+on|(?:a|the|my)\s+(?:draft\s+)?(?:pr|pull\s+request))\b"
    r"|\bassign\s+(?:this|it|the\s+issue|this\s+issue)\s+to\s+me\b|\bassign\s+me\b)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"(?:^\s*[/.!#](?:unassign|unclaim|drop|release)\b|@rustbot\s+release|\bun-?assign"
    r"|(?<!if )(?:\bnot|\bno\s+longer|n['’]t|\bstopped|\bstop)\s+(?:\w+\s+){0,4}?"
    r"(?:work|working|take|taking|claim|continue|finish|time)\b"
    r"|\b(?:feel|please\s+feel)\s+free\s+to\s+(?:take|pick|work|grab)|\b(?:giving|give|gave)\s+(?:this\s+|it\s+)?up\b"
    r"|\bup\s+for\s+grabs\b|\bsomeone\s+else\s+(?:can|may|should|is\s+welcome))",
    re.IGNORECASE,
)
_BOT_CLAIM = re.compile(
    r"\b(?:has\s+been|have\s+been|was|is\s+now|are\s+now|successfully)\s+assigned\b"
    r"|\bassigned\s+(?:\w+\s+){0,3}to\s+(?:@|you\b)|\bassigned\s+@",
    re.IGNORECASE,
)
_BOT_RELEASE = re.compile(r"\bun-?assign|\bno\s+longer\s+assigned|\binactiv|\breleased\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an issue is free, and where it is not, why, with the words that say so."""

    free: bool
    reason: str = ""


@dataclass(slots=True)
class _Claim:
    """What one person said last, and when the claim was made; `quote` is '' where none stands.

    Quoted are the words that make it a claim, and no other: what stands beside them may name people.
    """

    quote: str = ""
    made: datetime = _NEVER
    last: datetime = _NEVER


@dataclass(slots=True)
class _Claims:
    """Who has claimed an issue, event by event. Names are used to tell people apart and never handed out."""

    people: dict[str, _Claim] = field(default_factory=dict)

    def hear(self, who: str, at: datetime, text: str, *, bot: bool) -> None:
        if bot:
            self._announced(at, text)
            return
        claim = self.people.setdefault(who, _Claim())
        claim.last = at
        for sentence in sentences(text):
            if _RELEASE.search(sentence):
                claim.quote = ""
            elif said := _CLAIM.search(sentence):
                claim.quote, claim.made = " ".join(said[0].split()), at

    def _announced(self, at: datetime, text: str) -> None:
        """Bots speak of others: what they take away is taken from all, since whom they mean cannot be told for sure."""
        spoken = " ".join(sentences(text))
        if _BOT_RELEASE.search(spoken):
            self.end()
        elif _BOT_CLAIM.search(spoken):
            self.people["a bot"] = _Claim("assigned", at, at)

    def end(self, who: str = "") -> None:
        for name, claim in self.people.items():
            if not who or name in (who, "a bot"):
                claim.quote = ""

    def standing(self, now: datetime) -> _Claim | None:
        """The latest claim that is not dropped."""
        kept = [c for c in self.people.values() if c.quote and now - c.last <= timedelta(days=CLAIM_DAYS)]
        return max(kept, key=lambda claim: claim.made, default=None)


def verdict(issue: Mapping[str, Any], timeline: Sequence[Any], comments: Sequence[Any], now: datetime) -> Verdict:
    """Whether the issue is free at `now` (aware). A comment may stand in the timeline, among the comments or in both.

    What of the events has another form says nothing. Raises ValueError where `issue` is no issue.
    """
    if not isinstance(issue, Mapping) or not isinstance(issue.get("state"), str) or "html_url" not in issue:
        raise ValueError("not an issue of GitHub: no state or address")
    events = [event for event in timeline if isinstance(event, Mapping)]
    told = _of_itself(issue) or _of_links(issue, events, now) or _of_words(issue, events, comments, now)
    return Verdict(not told, told)


def _of_itself(issue: Mapping[str, Any]) -> str:
    if issue["state"] != "open":
        closed = iso(issue.get("closed_at"))
        return f"closed{f' on {closed:%Y-%m-%d}' if closed else ''}"
    if issue.get("pull_request"):
        return "it is a pull request"
    if issue.get("locked") is True:
        return "locked: nobody can answer there"
    return "assigned to somebody" if issue.get("assignees") or issue.get("assignee") else ""


# ------------------------------------------------------------------------------------------------ pull requests
def _of_links(issue: Mapping[str, Any], events: Iterable[Mapping[str, Any]], now: datetime) -> str:
    home = repository_of(str(issue["html_url"]))
    linked: datetime | None = None
    for event in events:
        if event.get("event") == "cross-referenced" and (opened := _open_pull(event, home)):
            return f"an open pull request refers to it: {opened}"
        if event.get("event") in ("connected", "disconnected"):
            linked = iso(event.get("created_at")) if event["event"] == "connected" else None
    if linked and now - linked <= timedelta(days=LINK_DAYS):
        return f"a pull request was linked to it on {linked:%Y-%m-%d}"
    return ""


def _open_pull(event: Mapping[str, Any], home: str) -> str:
    """The address of the open pull request of the same repository that the event tells of; else ''."""
    source = event.get("source")
    pull = source.get("issue") if isinstance(source, Mapping) else None
    if not isinstance(pull, Mapping) or not pull.get("pull_request") or pull.get("state") != "open":
        return ""
    address = str(pull.get("html_url") or "")
    return address if repository_of(address) == home else ""


def repository_of(address: str) -> str:
    """`https://github.com/Ada/engine/issues/7` → `ada/engine`; '' where there is none."""
    parts = address.casefold().partition("://")[2].split("/")
    return "/".join(parts[1:3]) if len(parts) > 2 else ""


# ------------------------------------------------------------------------------------------------ words
def _of_words(issue: Mapping[str, Any], events: Sequence[Any], comments: Sequence[Any], now: datetime) -> str:
    claims = _Claims()
    for at, event in sorted(_dated([issue, *events, *comments]), key=lambda one: one[0]):
        if event.get("event") == "unassigned":
            claims.end(_login(event.get("assignee")))
        elif isinstance(event.get("body"), str) and event.get("event") in (None, "commented"):
            person = event.get("user") or event.get("actor")
            claims.hear(_login(person), at, event["body"], bot=_is_bot(person))
    claim = claims.standing(now)
    return f"claimed on {claim.made:%Y-%m-%d}: “{claim.quote}”" if claim else ""


def _dated(events: Iterable[Any]) -> Iterable[tuple[datetime, Mapping[str, Any]]]:
    for event in events:
        at = iso(event.get("created_at")) if isinstance(event, Mapping) else None
        if at:
            yield at, event


def sentences(text: str) -> list[str]:
    """What somebody says in a comment, without code, quotes of others and boxes that are not ticked."""
    spoken = _NOT_SPOKEN.sub(" ", text.replace("\r", "")[:4_000])
    return [line.strip() for line in _SENTENCE.split(spoken) if line.strip()]


def _login(person: object) -> str:
    return str(person.get("login") or "") if isinstance(person, Mapping) else ""


def _is_bot(person: object) -> bool:
    return isinstance(person, Mapping) and (person.get("type") == "Bot" or _login(person).endswith("[bot]"))
