"""Compares what a browser shows of HTML releases and of their Inline XBRL: the part of the pixels that differ.

usage: python tools/same_picture.py RELEASE... [--keep FOLDER]

Both are opened in Debian's chromium at a width of 1280 px. Pictures that a release refers to can't be had from the file
system; in both, their place and their words stand for them. --keep writes the two pictures of each band that differs.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from browser import chromium, missing, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH = 1280
BAND = 2000
"""So many lines of pixels are compared at a time: a browser draws no page of any height at once."""
MOST = 0.005
# A picture as the sanitized release shows it, so that what differs is not that one of the two could not be loaded.
STAND_IN = """() => {
  const size = text => (text || '').match(/^\\s*(\\d{1,5}(?:\\.\\d{1,4})?)\\s*(%|px|pt)?/);
  for (const image of document.querySelectorAll('img')) {
    const span = document.createElement('span');
    const sizes = ['width', 'height'].map(name => [name, size(image.getAttribute(name))]).filter(([, found]) => found)
      .map(([name, found]) => `${name}:${found[1]}${found[2] === '%' ? '%' : 'px'};`);
    span.style.cssText = `display:inline-block;overflow:hidden;${sizes.join('')}${image.getAttribute('style') || ''}`;
    span.textContent = image.getAttribute('alt') || '';
    image.replaceWith(span);
  }
}"""


def difference(browser: Browser, one: Path, other: Path, keep: Path | None = None) -> float:
    """The part of the pixels that differ between two pages, over the height of the taller one."""
    with (
        opened(browser, one, width=WIDTH, height=BAND) as first,
        opened(browser, other, width=WIDTH, height=BAND) as second,
    ):
        pages = (first.page, second.page)
        for page in pages:
            page.evaluate(STAND_IN)
        height = max(page.evaluate("document.documentElement.scrollHeight") for page in pages)
        different = 0
        for number, (left, right) in enumerate(zip(*(bands(page, height) for page in pages), strict=True)):
            found = _different(left, right)
            different += found
            if found and keep is not None:
                pair = Image.new("RGB", (2 * WIDTH, left.height))
                pair.paste(left, (0, 0))
                pair.paste(right, (WIDTH, 0))
                pair.save(keep / f"{one.stem}-{number}.png")
    return different / (WIDTH * height)


def _different(left: Image.Image, right: Image.Image) -> int:
    """How many pixels differ in any of their three colours."""
    red, green, blue = ImageChops.difference(left, right).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[1:])


def bands(page: Page, height: int) -> Iterator[Image.Image]:
    """The page's picture in bands from the top; white where it has ended."""
    for top in range(0, height, BAND):
        page.evaluate(f"document.body.style.transform = 'translateY(-{top}px)'")
        shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        yield shown.crop((0, 0, WIDTH, min(BAND, height - top)))


def inline(release: Path, folder: Path) -> Path:
    """The Inline XBRL of a release, written to a folder."""
    from pressmark.conversion import Settings, convert

    report = convert(release, folder, Settings(to=("inline",), force=True))
    return next((folder / release.stem).glob(f"{report.base}*.htm*"))


def main() -> int:
    """Prints a line a release; gives 1 where more than the allowed part differs."""
    parser = argparse.ArgumentParser(description="the pixels that differ between a release and its Inline XBRL")
    parser.add_argument("releases", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for pictures of what differs")
    arguments = parser.parse_args()
    if missing():
        sys.exit(missing())
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    worst = 0.0
    with chromium() as browser, TemporaryDirectory() as folder:
        for release in arguments.releases:
            part = difference(browser, release, inline(release, Path(folder)), arguments.keep)
            worst = max(worst, part)
            print(f"{part:8.3%}  {release.name}", flush=True)
    print(f"{worst:8.3%}  at worst, of {len(arguments.releases)} releases")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
