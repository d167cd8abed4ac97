"""Takes the pictures of the pages for README and docs: docs/images/review.png, review-phone.png and viewer.png.

usage: python tools/screenshots.py
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from browser import Watched, chromium, missing, opened
from pressmark.cli import main as pressmark

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOP = Path(__file__).resolve().parents[1]
IMAGES = TOP / "docs" / "images"
SAMPLE = TOP / "samples" / "allos-2003-q4.txt"
COLORS = 192


def take(page: Page, name: str) -> None:
    """Writes what the page shows, with few enough colours to be small."""
    shown = Image.open(io.BytesIO(page.screenshot()))
    path = IMAGES / f"{name}.png"
    shown.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(TOP)}  {path.stat().st_size // 1024} KB")


def review(watched: Watched) -> None:
    """The page to judge by with a line chosen and its reasons open."""
    page = watched.page
    row = page.locator("tr.row", has_text="Clinical manufacturing").first
    row.locator(".more").click()
    row.locator("td.v button").first.click()


def viewer(watched: Watched) -> None:
    """The ixbrl-viewer with a fact chosen."""
    page = watched.page
    page.locator("#ixv .loader").wait_for(state="hidden")
    report = page.frame_locator("iframe[title='iXBRL document view']")
    report.locator(".ixbrl-element", has_text="29,226").first.click()


def main() -> int:
    """Makes the pages from a sample and takes their pictures."""
    if missing():
        sys.exit(missing())
    with TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "review.html"
        pressmark(["view", str(SAMPLE), "--review", "--no-open", "--cik", "1097264", "-o", str(path)])
        with opened(browser, path, height=760) as watched:
            review(watched)
            take(watched.page, "review")
        with opened(browser, path, width=390, height=760, color_scheme="dark") as watched:
            watched.page.locator("tr.row", has_text="Net loss").first.scroll_into_view_if_needed()
            take(watched.page, "review-phone")
        path = Path(folder) / "viewer.html"
        pressmark(["view", str(SAMPLE), "--no-open", "--cik", "1097264", "-o", str(path)])
        with opened(browser, path, height=760) as watched:
            viewer(watched)
            take(watched.page, "viewer")
    return 0


if __name__ == "__main__":
    sys.exit(main())
