"""Every verb and flag, in one place. Builds the parser only: what a verb does is in its own module."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from finder.cli.out import say
from finder.cli.usage import Parser

EXIT_CODES = """\
exit codes:
  0    all well, also when nothing was found
  1    a bug
  2    usage or configuration
  3    some sources failed or were held; the rest is saved
  4    every source failed
  5    the store cannot be used, or a command needs one and there is none yet
  6    mail not delivered; it is kept
  75   another refresh is running, or another finder is sending the mail
  130  interrupted (143: told to end)

FINDER_DB and FINDER_PROFILE stand in for --db and --profile,
and FINDER_NOW (2026-08-22T12:00:00Z) for the clock."""

SEARCH_EXAMPLES = """\
examples:
  finder search "computer vision" --remote
  finder search --term "Summer 2027" --location Germany
  finder search --kind project pytorch
  finder search --since last --json
  finder search -- -C++            words that begin with '-' go after --"""

STEPS_EXAMPLES = """\
examples:
  finder steps                     the whole roadmap
  finder steps show pytorch        one step: needs, grants, where to learn it
  finder steps done python git     mark several at once"""

ADD_EXAMPLES = """\
example:
  finder add https://acme.example/jobs/7 --title "ML Intern" --organization Acme"""

IMPORT_COLUMNS = """\
columns: title, organization, url; and as many as there are of
  locations, remote, terms, posted_at, deadline, description, employment,
  category, degrees, sponsorship, pay, skills, kind (internship or job)
Several places, terms, degrees or skills stand in one cell with ; between."""

SOURCES_EXAMPLES = """\
examples:
  finder sources                   all of them, and where each came from
  finder sources test lever-spotify
  finder sources test --adapter greenhouse --option board=gitlab
  finder sources discover --budget 50"""

SPLIT_EXAMPLES = """\
examples:
  finder split k3m9x2ab d7q1z5cd   two postings that were taken for one
  finder split k3m9x2ab a-list     what this source shows is another posting
  finder split k3m9x2ab            joined with nothing, grouped with nothing
  finder split --undo k3m9x2ab     take it back
  finder split                     list what was decided by hand"""

JOIN_EXAMPLES = """\
examples:
  finder join k3m9x2ab d7q1z5cd
  finder join --undo k3m9x2ab d7q1z5cd"""

Sub = Callable[..., Parser]


class _Version(argparse.Action):
    """`--version`: the metadata of the installed distribution is read only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            told = version("ml-finder")
        except PackageNotFoundError:
            told = "(a checkout that is not installed)"
        say(f"finder {told}")
        parser.exit()


def parser() -> Parser:
    """The whole command line. A parsed namespace has `verb` as 'module:function' of finder.cli."""
    top = Parser(
        prog="finder",
        description="Which ML internships could you win today,\nand which step brings the next ones within reach?",
        epilog=EXIT_CODES,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version")
    _common(top)
    verbs = top.add_subparsers(dest="command", metavar="COMMAND")

    def verb(name: str, target: str, text: str, **settings: Any) -> Parser:
        sub = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", **settings)
        sub.set_defaults(verb=target)
        _common(sub)
        return sub

    for add in (_start, _search, _kin, _steps, _listings, _deliver, _health, _upkeep):
        add(verb)
    return top


def _common(sub: Parser) -> None:
    """Flags that stand before or after the verb."""
    add = partial(sub.add_argument, default=argparse.SUPPRESS)
    add("--db", metavar="FILE", help="the store (else FINDER_DB, [store] path, XDG data)")
    add("--config", metavar="FILE", help="stands in for your own config.toml")
    add("--profile", metavar="NAME", help="whose steps count (else FINDER_PROFILE, 'me')")
    add("--debug", action="store_true", help="show the traceback of an error")


def _start(verb: Sub) -> None:
    init = verb("init", "setup:init", "set up: write a configuration, mark the steps you have done")
    init.add_argument("--done", metavar="STEP", nargs="*", help="steps that you have completed")
    init.add_argument("--location", metavar="PLACE", action="append", help="where you would work (again for more)")
    init.add_argument("--term", metavar="TERM", action="append", help='such as "Summer 2027" (again for more)')
    init.add_argument("--mail", metavar="ADDRESS", help="where the weekly digest goes")
    init.add_argument("--yes", action="store_true", help="ask nothing, take the defaults")
    refresh = verb("refresh", "refresh:refresh", "visit the sources that are due and update the store")
    refresh.add_argument("--all", action="store_true", help="also what is not due (never before a Retry-After)")
    refresh.add_argument("--source", metavar="NAME", action="append", default=[], help="only this one (again for more)")
    refresh.add_argument("--quiet", "-q", action="store_true", help="say nothing unless something is wrong")
    refresh.add_argument("--json", action="store_true", help="the result of each source as JSON")
    demo = verb("demo", "demo:demo", "a sample world on this machine: no network, not your store")
    demo.add_argument("--keep", metavar="DIR", help="write the sample store and digest there and keep them")
    demo.add_argument("--json", action="store_true", help="the ranked result as JSON")


def _search(verb: Sub) -> None:
    search = verb(
        "search",
        "search:search",
        "openings and projects, ranked against your steps, with reasons",
        spare="query",
        epilog=SEARCH_EXAMPLES,
    )
    search.add_argument("query", nargs="*", metavar="QUERY", help="words to find; all must occur")
    search.add_argument("--kind", choices=("internship", "job", "project", "course", "dataset"), help="only this kind")
    search.add_argument(
        "--location", "--in", metavar="PLACE", help='city, region or country, or "within 50 km of Berlin"'
    )
    search.add_argument("--remote", action="store_true", help="only what can be done remotely")
    search.add_argument("--term", metavar="TERM", help='such as "Summer 2027"')
    search.add_argument(
        "--since", metavar="WHEN", help="first seen since: 14d, 2w, a date, or last: the latest refresh"
    )
    search.add_argument("--company", metavar="NAME", help="only this organization")
    search.add_argument("--limit", metavar="N", type=_count, default=10, help="how many of each kind (default 10)")
    search.add_argument(
        "--sort", choices=("match", "date"), default="match", help="best match (default) or newest first"
    )
    search.add_argument("--state", choices=("open", "closed", "all"), default="open", help="open includes missing")
    search.add_argument("--level", choices=("internship", "all"), default="internship", help="all: other jobs too")
    search.add_argument("--each", action="store_true", help="every opening by itself, also those of one role")
    search.add_argument("--why", action="store_true", help="every reason, not the first three")
    form = search.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON array")
    form.add_argument("--nl", action="store_true", help="one JSON object a line")
    form.add_argument("--csv", action="store_true", help="CSV with a header")
    show = verb("show", "search:show", "all that is known of one opening: facts, evidence, sources, history")
    show.add_argument("id", metavar="ID", help="as printed by search; its beginning is enough")
    show.add_argument("--json", action="store_true", help="all of it as one JSON object")
    why = verb("why", "search:why", "why one opening stands where it stands")
    why.add_argument("id", metavar="ID", help="as printed by search; its beginning is enough")


def _kin(verb: Sub) -> None:
    split = verb(
        "split", "kin:split", "keep an opening apart from others that it was joined with", epilog=SPLIT_EXAMPLES
    )
    split.add_argument("id", nargs="?", metavar="ID", help="as printed by search; empty: list what was decided by hand")
    split.add_argument(
        "other", nargs="?", metavar="FROM", help="the id of another, or a source that shows it; empty: from all others"
    )
    split.add_argument("--undo", action="store_true", help="take back what was said of these")
    join = verb("join", "kin:join", "say that two openings are one posting", epilog=JOIN_EXAMPLES)
    join.add_argument("id", nargs="?", metavar="ID", help="as printed by search; empty: list what was decided by hand")
    join.add_argument("other", nargs="?", metavar="OTHER", help="the id of the other")
    join.add_argument("--undo", action="store_true", help="take back what was said of these")


def _steps(verb: Sub) -> None:
    steps = verb(
        "steps",
        "steps:steps",
        "the roadmap with your progress; mark what you have done",
        spare="step",
        epilog=STEPS_EXAMPLES,
    )
    steps.add_argument("action", nargs="?", choices=("show", "done", "doing", "skip", "todo"), default="show")
    steps.add_argument("step", nargs="*", metavar="STEP", help="id or name of a step; typos are forgiven")
    steps.add_argument("--json", action="store_true", help="the steps with their states as one JSON array")


def _listings(verb: Sub) -> None:
    add = verb("add", "manual:add", "add a listing from anywhere by its address", epilog=ADD_EXAMPLES)
    add.add_argument("url", metavar="URL", help="where the posting is")
    add.add_argument("--title", metavar="TEXT", help="else what the address tells, or asked at a terminal")
    add.add_argument("--organization", metavar="NAME", help="likewise")
    add.add_argument("--location", metavar="PLACE", action="append", default=[], help="where (again for more)")
    add.add_argument(
        "--term", metavar="TERM", action="append", default=[], help='such as "Summer 2027" (again for more)'
    )
    add.add_argument("--deadline", metavar="DATE", help="apply by")
    add.add_argument("--description", metavar="TEXT", help="its text; - reads it from stdin")
    bring = verb("import", "manual:bring", "add the listings of a file, CSV or JSON Lines", epilog=IMPORT_COLUMNS)
    bring.add_argument("file", metavar="FILE", help="its name ends in .csv or .jsonl")


def _deliver(verb: Sub) -> None:
    digest = verb("digest", "digest:digest", "the weekly mail: preview it or send it")
    what = digest.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help="write text and HTML to files (default)")
    what.add_argument("--send", action="store_true", help="send this week's, once, by the [mail] server")
    digest.add_argument("--out", metavar="DIR", help="where a preview is written")
    digest.add_argument("--open", action="store_true", help="open the preview in the browser")
    run = verb("run", "schedule:run", "do what is due: refresh, and this week's digest (what cron runs hourly)")
    run.add_argument("--quiet", "-q", action="store_true", help="say nothing unless something is wrong")
    serve = verb("serve", "schedule:serve", "stay in the foreground: refresh and send the digest when they are due")
    serve.add_argument("--quiet", "-q", action="store_true", help="say nothing unless something is wrong")
    schedule = verb("schedule", "schedule:schedule", "run by cron: show, install or remove the lines in your crontab")
    schedule.add_argument("action", choices=("show", "install", "remove"))


def _health(verb: Sub) -> None:
    sources = verb(
        "sources",
        "health:sources",
        "each source: outcome, counts, origin, due; test one, discover more",
        epilog=SOURCES_EXAMPLES,
    )
    sources.add_argument("action", nargs="?", choices=("test", "discover"), help="empty: list them")
    sources.add_argument("name", nargs="?", metavar="NAME", help="test: the source to visit; nothing is stored")
    sources.add_argument("--adapter", metavar="KIND", help="test: a source that is not configured, by its adapter")
    sources.add_argument("--option", metavar="KEY=VALUE", action="append", default=[], help="test: one of its options")
    sources.add_argument("--budget", metavar="N", type=_count, help="discover: boards asked at most (else [discovery])")
    sources.add_argument("--json", action="store_true", help="the same as JSON")
    status = verb("status", "health:status", "what is in the store, the last refresh, mail that waits")
    status.add_argument("--json", action="store_true", help="the same as JSON")
    doctor = verb(
        "doctor", "doctor:doctor", "check the installation, configuration and store; each finding with its cure"
    )
    doctor.add_argument("--json", action="store_true", help="the same as JSON")


def _upkeep(verb: Sub) -> None:
    config = verb("config", "config:config", "show every setting with where it comes from, the files, or check them")
    config.add_argument("action", nargs="?", choices=("show", "path", "validate"), default="show")
    reclassify = verb("reclassify", "kin:reclassify", "draw every conclusion anew from what is stored, asking nobody")
    reclassify.add_argument("--quiet", "-q", action="store_true", help="say nothing unless something is wrong")
    db = verb("db", "config:db", "where the store is; back it up, restore it, or check it")
    db.add_argument("action", choices=("path", "backup", "restore", "check"))
    db.add_argument("file", nargs="?", metavar="FILE", help="for backup and restore")
    completion = verb("completion", "completion:completion", "print the completion script of a shell")
    completion.add_argument("shell", choices=("bash", "zsh"))


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of 1 or more, not {text!r}")
    return number
