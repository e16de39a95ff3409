"""The mail as people see it: a real browser lays it out. Skipped where there is none."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest
from making import NOW, at, days
from test_digest import digest, repository, seen

from finder.digest import Collected
from finder.render.digest import html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")

PROBE = """
<script>
addEventListener("load", () => {
  const luminance = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const probe = document.createElement("i");
  probe.style.background = "Canvas";
  document.body.append(probe);
  const canvas = luminance(getComputedStyle(probe).backgroundColor);
  const contrast = query => {
    const ink = luminance(getComputedStyle(document.querySelector(query)).color);
    return (Math.max(ink, canvas) + 0.05) / (Math.min(ink, canvas) + 0.05);
  };
  const seen = {
    width: innerWidth, needed: document.documentElement.scrollWidth, dark: canvas < 0.5,
    text: contrast("h1"), link: contrast("a"), hidden: document.querySelector(".preheader").offsetHeight === 0,
    column: document.querySelector(".sheet").offsetWidth, images: document.images.length,
  };
  parent.document.body.append(Object.assign(parent.document.createElement("pre"), {textContent: JSON.stringify(seen)}));
});
</script>
"""


def full_page() -> str:
    words = {
        "title": "Machine Learning Engineering Internship with a Title that Goes on, Fall 2027",
        "places": (at("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"), at("Remote in USA")),
        "url": "https://jobs.a-company-with-a-very-long-name-indeed.careers.example/" + "0123456789abcdef" * 8,
        "pay": "$50 per hour",
        "deadline": NOW + days(20),
    }
    reasons = ("You hold 3 of the 4 skills it asks for", "x" * 200, "In Berlin, where you look")
    matches = [seen(f"i{n}", ("ready", "one step away", "unknown")[n % 3], reasons, **words) for n in range(12)]
    down = tuple((f"source-{n}", "HTTP 503 " + "y" * 80) for n in range(7))
    return html(digest([*matches, repository(updated_at=NOW)], collected=Collected(NOW - days(3), 20, down)))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_fits_and_can_be_read(tmp_path: Path, dark: bool):
    widths = (360, 1000)
    inner = escape(full_page().replace("</body>", PROBE + "</body>"))
    frames = "".join(
        f'<iframe width="{width}" height="900" style="border: 0" srcdoc="{inner}"></iframe>' for width in widths
    )
    outer = tmp_path / "frames.html"
    outer.write_text(f"<!doctype html><style>:root {{ color-scheme: light dark }}</style><body>{frames}</body>")
    told = sorted(dump(outer, dark, tmp_path), key=lambda view: view["width"])
    assert [view["width"] for view in told] == list(widths)
    for width, view in zip(widths, told, strict=True):
        assert view["needed"] <= width
        assert view["dark"] == dark
        assert view["text"] >= 7
        assert view["link"] >= 4.5  # WCAG 2.2 §1.4.3
        assert view["hidden"]
        assert view["images"] == 0
        assert 300 <= view["column"] <= 640


def dump(page: Path, dark: bool, folder: Path) -> list[dict[str, float]]:
    """What the probes on a page say. A frame each: no window is narrower than 500 pixels."""
    assert BROWSER is not None
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=1000", "--window-size=1400,900"]
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    command = [BROWSER, *flags, scheme, f"--user-data-dir={folder}/browser", "--dump-dom", page.as_uri()]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return [json.loads(unescape(told)) for told in re.findall(r"<pre>(.*?)</pre>", ran.stdout)]
