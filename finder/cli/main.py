"""The command `finder`: parse, run one verb, turn every error into one line and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from finder import home
from finder.cli import out
from finder.cli.args import parser
from finder.cli.usage import parse
from finder.errors import FinderError

INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (listed in `finder --help`)."""
    out.prepare()
    debug = False
    try:
        args = parse(parser(), argv)
        debug = getattr(args, "debug", False)
        home.check()
        code = _verb(args.verb)(args)
        out.flush()
    except SystemExit as error:  # argparse has printed help (0) or usage (2)
        return int(error.code or 0)
    except BrokenPipeError:  # the reader of our output has enough (`| head`)
        out.hang_up()
        return 0
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            raise
        return _explain(error)
    else:
        return int(code)


def _explain(error: BaseException) -> int:
    """One line on stderr, and the exit code."""
    if isinstance(error, KeyboardInterrupt):
        out.tell("finder: interrupted; what was saved is saved")
        return INTERRUPTED
    if isinstance(error, FinderError):
        out.tell(f"finder: {error}")
        return error.exit_code
    out.tell(f"finder: a bug: {type(error).__name__}: {error}; run it again with --debug and report what it prints")
    return 1


def _verb(target: str) -> Any:
    """The function of a verb. Its module is imported only now, so that a search does not pay for a refresh."""
    module, _, name = target.partition(":")
    return getattr(import_module(f"finder.cli.{module}"), name)


if __name__ == "__main__":
    sys.exit(main())
