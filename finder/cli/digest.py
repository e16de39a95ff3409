"""`finder digest`: see this week's mail, or send it."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from finder.cli.context import Context, context
from finder.cli.out import say, tell
from finder.delivery import Written, deliver, preview
from finder.errors import ConfigError


def digest(args: argparse.Namespace) -> int:
    """Preview (the default) or send. A second `--send` in a week sends nothing."""
    ctx = context(args)
    return _send(ctx) if args.send else _preview(args, ctx)


def _preview(args: argparse.Namespace, ctx: Context) -> int:
    page = save(preview(ctx.config, ctx.now), Path(args.out or "."))
    if args.open:
        webbrowser.open(page.absolute().as_uri())
    return 0


def save(written: Written, folder: Path) -> Path:
    """Write both parts to `folder` and say where; returns the HTML file. Raises ConfigError if that cannot be."""
    page = folder / "digest.html"
    plain = page.with_suffix(".txt")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(written.html, encoding="utf-8", errors="replace")
        plain.write_text(written.text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ConfigError("--out", "", f"cannot write to {folder}: {error.strerror or error}") from error
    say(f"Subject: {written.digest.headline}")
    say(f"wrote {page} and {plain}")
    return page


def _send(ctx: Context) -> int:
    sent = deliver(ctx.config, ctx.environ, ctx.now)
    for parcel in sent:
        say(f"sent to {ctx.config.mail.to}: {parcel.subject}")
    if not sent:
        tell("finder: this week's digest was sent before; nothing was sent")
    return 0
