"""Debian's chromium for tests and tools that look at pages: headless, with a profile of its own, off the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--font-render-hinting=none",
)
PATIENCE = 10_000
"""So many milliseconds are waited for what a page should show."""


def missing() -> str:
    """Why there is no browser to drive; "" where there is one."""
    if not shutil.which("chromium"):
        return "there is no chromium here (apt-get install chromium)"
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed (the extra dev has it)"
    return ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed at the end. Its profile is a fresh one in a temporary folder."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path, *, width: int = 1280, height: int = 860, **more: str) -> Iterator[Watched]:
    """A page of a file, with what went wrong while it was open. `more` are settings of playwright's: color_scheme."""
    page = browser.new_page(viewport={"width": width, "height": height}, **more)
    page.set_default_timeout(PATIENCE)
    watched = Watched(page, path.absolute().as_uri())
    try:
        page.goto(watched.address)
        yield watched
    finally:
        page.close()


class Watched:
    """A page and everything it should not have done: errors on its console or in its scripts, requests, dialogs."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.problems: list[str] = []
        page.on("console", lambda said: self._note("console", said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note("script", str(error)))
        page.on("request", lambda request: self._note("request", request.url) if self._foreign(request.url) else None)
        page.on("dialog", lambda dialog: (self._note("dialog", dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self._note("popup", popup.url))

    def _note(self, kind: str, text: str) -> None:
        self.problems.append(f"{kind}: {text[:300]}")

    def _foreign(self, address: str) -> bool:
        return address.partition("#")[0] != self.address
