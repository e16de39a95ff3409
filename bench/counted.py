"""The rows of recorded files, counted by themselves: no adapter of ours is asked."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

AGAIN = "the same again"
"""Why a row that repeats another is left out."""


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of a file, and how many of them are not to be stored, by the reason."""

    rows: int
    left: Mapping[str, int] = field(default_factory=dict)

    @property
    def stored(self) -> int:
        """What a store must hold of it."""
        return self.rows - sum(self.left.values())


def _count(rows: int, **left: int) -> Count:
    return Count(rows, {why.replace("_", " "): number for why, number in left.items() if number})


def rows_of(*path: str) -> Callable[[str], Count]:
    """The rows of a JSON document: a list, or the list under these names."""
    return lambda text: Count(len(_at(text, *path)))


def _at(text: str, *path: str) -> Any:
    value = json.loads(text)
    for name in path:
        value = value[name]
    return value


def without(test: Callable[[Any], bool], why: str, *path: str) -> Callable[[str], Count]:
    """The same, where rows that pass the test are left out."""

    def count(text: str) -> Count:
        rows = _at(text, *path)
        return Count(len(rows), {why: number} if (number := sum(map(test, rows))) else {})

    return count


def _repeats(keys: Iterable[object]) -> int:
    return sum(number - 1 for number in Counter(keys).values())


_NO_ROW = frozenset(("company", "title", "emoji", "🔥", "💤", "🆕"))
"""What the first cell of a header or of a legend says."""


def pipe_rows(text: str) -> Count:
    """Lines of pipe tables that are neither header nor rule nor legend; an arrow stands for the company above."""
    lines, company = [], ""
    for line in re.findall(r"^[ \t]*\|.*$", text, re.MULTILINE):
        first = line.strip().strip("|").split("|")[0].strip()
        if re.fullmatch(r"[\s|:-]+", line) or first.lower() in _NO_ROW:
            continue
        company = company if first == "↳" else first
        lines.append(line.strip().replace("↳", company))
    again = _repeats(lines)
    return Count(len(lines), {AGAIN: again} if again else {})


def html_rows(text: str) -> Count:
    """Rows of HTML tables."""
    return Count(len(re.findall(r"<tr>\s*<td", text)))


def programs(text: str) -> Count:
    """Rows of the tables of programs, by what the column of their state says."""
    lines = [line.split("|")[1:] for line in re.findall(r"^\|.*$", text, re.MULTILINE)]
    states, stateless, has_state = [], 0, False
    for first, second, *_ in ([cell.strip() for cell in line] for line in lines):
        if first == "Name":
            has_state = second.startswith("Status")
        elif not first.startswith("---"):
            states += [second] if has_state else []
            stateless += not has_state
    known = sum(state.startswith(("✅", "❌")) for state in states)
    return _count(
        len(states) + stateless,
        the_list_does_not_know_whether_it_is_open=len(states) - known,
        a_table_without_that_column=stateless,
    )


def thread(text: str) -> Count:
    """Comments right below the thread; those that offer no job were read and are named here."""
    hits = _at(text, "comments", "hits")
    top = {hit["objectID"] for hit in hits if hit["parent_id"] == hit["story_id"]}
    return _count(
        len(hits),
        answers_to_other_comments=len(hits) - len(top),
        people_who_look_for_work=len(top & SEEKERS),
        remarks=len(top & REMARKS),
    )


SEEKERS = frozenset(("48012147", "48009523", "47989541", "48087214", "47986820", "47986051"))
REMARKS = frozenset(
    ("48104036", "48099220", "48025080", "47989286", "47987473", "47982383", "47980592", "47980052", "47975882")
)
"""Comments of the recorded thread, by their number. One of the remarks has a town and a link, no company and no job."""


def positions(text: str) -> Count:
    """Positions of an XML feed."""
    return Count(len(re.findall(r"<position>", text)))


def titled(word: str, *path: str) -> Callable[[str], Count]:
    """Rows with this word in their title: all that a search for it shows."""
    return without(lambda row: word not in row["title"].lower(), f"the search is for “{word}”", *path)


def _bullets(text: str) -> list[str]:
    """Where the bullets that begin with a link lead to, those of an index left out."""
    links = re.findall(r"^\s*(?:[*-]\s+)+\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*((?:[^()\s]|\([^()]*\))+)", text, re.MULTILINE)
    return [link for link in links if not link.startswith("#")]


def courses(text: str) -> Count:
    """Bullets that lead to a course."""
    links = _bullets(text)
    return _count(len(links), the_same_course_under_another_heading=_repeats(links))


def repositories_linked(text: str) -> Count:
    """Bullets that lead to a repository of code; one of a book is a book."""
    links, books = _bullets(text), _bullets(re.sub(r"(?ms)^## (?!Books$).*?(?=^## |\Z)", "", text))
    repositories = list(filter(None, map(_repository, links)))
    again, of_books = _repeats(repositories), len(list(filter(None, map(_repository, books))))
    return _count(
        len(links),
        it_leads_to_no_repository=len(links) - len(repositories),
        the_same_repository_again=again,
        a_book=of_books,
    )


def _repository(link: str) -> str:
    host = r"(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)"
    match = re.match(rf"https?://(?:www\.)?({host}/[^/]+/[^/#?]+)", link)
    return match[1].lower().removesuffix(".git") if match else ""


def best_of(text: str) -> Count:
    """Projects of the YAML file, by the repository they name."""
    names = re.findall(r"^  - name: ", text, re.MULTILINE)
    again = _repeats(name.lower() for name in re.findall(r"^    github_id: (.*)$", text, re.MULTILINE))
    return Count(len(names), {"the same repository again": again} if again else {})


def tables_of_toml(text: str) -> Count:
    """Repositories of the TOML file."""
    return Count(len(re.findall(r"^\s*['\"]github\.com/", text, re.MULTILINE)))


def one_posting(_text: str) -> Count:
    """A page of one posting."""
    return Count(1)


def posting_by_script(_text: str) -> Count:
    """A page of one posting that a script would tell."""
    return _count(1, it_is_told_by_a_script=1)


def offers_linked(text: str) -> Count:
    """A page that links to offers, none of which is recorded."""
    number = len(set(re.findall(r'href="(https://www\.emploitunisie\.com/offre-emploi-tunisie/[^"]+)"', text)))
    return _count(number, its_page_is_not_recorded=number)
