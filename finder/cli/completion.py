"""`finder completion`: scripts by which a shell completes commands, flags, the words that these take, and steps."""

from __future__ import annotations

import argparse

from finder.cli.args import parser
from finder.cli.out import say
from finder.cli.usage import Parser
from finder.steps import load


def completion(args: argparse.Namespace) -> int:
    """A script for `eval "$(finder completion bash)"`."""
    commands = parser().commands()
    after = {name: _words(name, sub) for name, sub in commands.items()}
    values = {f"{name} {flag}": told for name, sub in commands.items() for flag, told in sub.choices().items() if flag}
    say(
        _SCRIPTS[args.shell]
        .replace("@COMMANDS@", " ".join(commands))
        .replace("@AFTER@", "\n".join(f"    {name}) choices='{' '.join(told)}' ;;" for name, told in after.items()))
        .replace("@VALUES@", "\n".join(f"    '{name}') choices='{' '.join(told)}' ;;" for name, told in values.items()))
    )
    return 0


def _words(name: str, sub: Parser) -> list[str]:
    return [*sub.flags(), *sub.choices().get("", ()), *(load().steps if name == "steps" else ())]


_FILES = "*' --db'|*' --config'|*' --keep'|*' --out'|'db backup'|'db restore'|'db check'"
"""Command and word before, where a file is meant."""

_SCRIPTS = {
    "bash": f"""_finder() {{
  local choices word=${{COMP_WORDS[COMP_CWORD]}}
  case ${{COMP_WORDS[1]}} in
@AFTER@
    *) choices='@COMMANDS@' ;;
  esac
  case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}" in
@VALUES@
    {_FILES}) compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && choices='@COMMANDS@'
  COMPREPLY=($(compgen -W "$choices" -- "$word"))
}}
complete -F _finder finder""",
    "zsh": f"""#compdef finder
_finder() {{
  local choices
  case $words[2] in
@AFTER@
    *) choices='@COMMANDS@' ;;
  esac
  case "$words[2] $words[CURRENT-1]" in
@VALUES@
    {_FILES}) _files; return ;;
  esac
  [ "$CURRENT" -eq 2 ] && choices='@COMMANDS@'
  compadd -- ${{=choices}}
}}
compdef _finder finder""",
}
