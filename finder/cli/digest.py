"""`finder digest`: see this week's mail, or send it."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from finder.cli.context import Context, context, reading
from finder.cli.out import say, tell
from finder.delivery import Written, deliver, preview
from finder.errors import StoreError


def digest(args: argparse.Namespace) -> int:
    """Preview (the default) or send. A second `--send` in a week sends nothing."""
    ctx = context(args)
    with reading(ctx) as reader:
        if reader is None:
            return StoreError.exit_code
    return _send(ctx) if args.send else _preview(args, ctx)


def _preview(args: argparse.Namespace, ctx: Context) -> int:
    folder = Path(args.out or ".")
    page = save(preview(ctx.config, ctx.now), folder)
    if args.open:
        webbrowser.open(page.absolute().as_uri())
    return 0


def save(written: Written, folder: Path) -> Path:
    """Write both parts to `folder` and say where; returns the HTML file."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "digest.html"
    page.write_text(written.html, encoding="utf-8")
    page.with_suffix(".txt").write_text(written.text, encoding="utf-8")
    say(f"Subject: {written.digest.headline}")
    say(f"wrote {page} and {page.with_suffix('.txt')}")
    return page


def _send(ctx: Context) -> int:
    sent = deliver(ctx.config, ctx.environ, ctx.now)
    if sent is None:
        tell("finder: this week's digest was sent before; nothing was sent")
    else:
        say(f"sent to {ctx.config.mail.to}: {sent.subject}")
    return 0
