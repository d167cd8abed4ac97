"""A release in HTML looks the same as its Inline XBRL in a real browser, but for half a percent of the pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import chromium, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

if missing():
    pytest.skip(missing(), allow_module_level=True)

from same_picture import MOST, difference, inline

FIXTURES = Path(__file__).parent / "fixtures" / "review"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "releases"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as driven:
        yield driven


def test_a_release_looks_as_it_was_published(browser: Browser, tmp_path: Path) -> None:
    release = FIXTURES / "quayside-2014-q2.htm"
    assert difference(browser, release, inline(release, tmp_path)) <= MOST


def test_a_difference_is_seen(browser: Browser, tmp_path: Path) -> None:
    release = FIXTURES / "quayside-2014-q2.htm"
    changed = tmp_path / "changed.htm"
    changed.write_text(release.read_text(encoding="utf-8").replace("15,331", "15,332"), encoding="utf-8")
    assert 0 < difference(browser, release, changed) < MOST
    changed.write_text(release.read_text(encoding="utf-8").replace("<HR", "<BR><HR"), encoding="utf-8")
    assert difference(browser, release, changed) > MOST


def published() -> list[Path]:
    """Releases as they were filed, every third of the statements: not pages of a newsroom, whose style is elsewhere."""
    releases = [p for p in sorted(SHARED.glob("html/*.htm")) if b'rel="stylesheet"' not in p.read_bytes()]
    return [*releases, *sorted(SHARED.glob("statements/*.htm"))[::3]]


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs the labelled releases of ../shared")
def test_releases_look_as_they_were_published(browser: Browser, tmp_path: Path) -> None:
    releases = published()
    assert len(releases) >= 20
    parts = {path.name: difference(browser, path, inline(path, tmp_path)) for path in releases}
    assert {name: round(part, 4) for name, part in parts.items() if part > MOST} == {}
