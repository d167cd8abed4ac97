"""`pressmark view`: a release or a report in the ixbrl-viewer, or a release on the page to judge by."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from browser import chromium, missing, opened
from pressmark.cli import main
from pressmark.validate import viewer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TESTS = Path(__file__).parent
RELEASES = {
    "text": (TESTS / "fixtures" / "review" / "pellworm-2012-q3.txt", "27,145"),
    "html": (TESTS / "fixtures" / "review" / "quayside-2014-q2.htm", "138,066"),
    "hostile": (TESTS / "fixtures" / "review" / "hostile-2012-q3.htm", "27,145"),
}
FILED = TESTS / "fixtures" / "prior" / "tarnbrook-20231230.htm"
needs_browser = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The viewer's page of each release."""
    folder = tmp_path_factory.mktemp("view")
    for name, (release, _) in RELEASES.items():
        assert main(["view", str(release), "--no-open", "-o", str(folder / f"{name}.html")]) == 0
    return {name: folder / f"{name}.html" for name in RELEASES}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as driven:
        yield driven


@needs_browser
@pytest.mark.parametrize("name", RELEASES)
def test_a_click_shows_concept_period_and_value(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with opened(browser, pages[name]) as watched:
        report = watched.page.frame_locator("iframe[title='iXBRL document view']")
        report.locator(".ixbrl-element", has_text=RELEASES[name][1]).first.click()
        said = watched.page.locator("#inspector")
        concept = "CostOfGoodsAndServicesSold" if name == "html" else "CostOfRevenue"
        said.get_by_text(concept, exact=True).first.wait_for()
        text = said.inner_text()
        assert f"{RELEASES[name][1]},000" in text
        assert ("30 Jun 2014" if name == "html" else "30 Sep 2012") in text.split("Date")[1].split("\n")[0]
        assert watched.page.url.partition("#")[0] == watched.address
        assert watched.problems == []


@needs_browser
def test_a_report_of_another_maker_is_shown_too(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["view", str(FILED), "--no-open", "-o", str(page)]) == 0
    with opened(browser, page) as watched:
        report = watched.page.frame_locator("iframe[title='iXBRL document view']")
        report.locator(".ixbrl-element").nth(5).click()
        watched.page.locator("#inspector").get_by_text("Fact Value").first.wait_for()
        assert watched.problems == []


def test_a_page_is_one_file_with_its_script(pages: dict[str, Path]) -> None:
    page = pages["text"].read_text(encoding="utf-8")
    assert " src=" not in page.partition("<body")[2].partition("document.currentScript")[0]
    assert "ixbrlviewer.js" in page
    assert len(page) > 500_000


def test_a_report_folder_is_shown_by_its_inline_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = RELEASES["text"][0]
    assert main(["convert", str(release), "-o", str(tmp_path / "out"), "--to", "inline", "-q"]) == 0
    capsys.readouterr()
    page = tmp_path / "page.html"
    assert main(["view", str(tmp_path / "out" / release.stem), "--no-open", "-o", str(page)]) == 0
    assert capsys.readouterr().out.strip() == str(page)
    assert b"us-gaap:GrossProfit" in page.read_bytes()


def test_a_report_package_is_shown(tmp_path: Path) -> None:
    release = RELEASES["text"][0]
    assert main(["convert", str(release), "-o", str(tmp_path / "out"), "--to", "inline", "-q"]) == 0
    package = tmp_path / "report.xbri"
    with ZipFile(package, "w") as archive:
        kind = {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}
        archive.writestr("report/META-INF/reportPackage.json", json.dumps(kind))
        for path in (tmp_path / "out" / release.stem).iterdir():
            if path.name != "findings.json":
                archive.write(path, f"report/reports/{path.name}")
    page = tmp_path / "page.html"
    assert main(["view", str(package), "--no-open", "-o", str(page)]) == 0
    assert b"us-gaap:GrossProfit" in page.read_bytes()


def test_the_page_is_opened_in_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) or len(asked) == 1)
    page = tmp_path / "page.html"
    command = ["view", str(RELEASES["text"][0]), "--review", "-o", str(page)]
    assert main(command) == 0
    assert asked == [page.as_uri()]
    assert capsys.readouterr().err == ""
    assert main(command) == 0
    assert "open " in capsys.readouterr().err


def test_without_a_name_the_page_is_a_temporary_file_that_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", str(RELEASES["text"][0]), "--review", "--no-open"]) == 0
    page = Path(capsys.readouterr().out.strip())
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    shutil.rmtree(page.parent)


def test_what_cannot_be_shown_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, broken = tmp_path / "empty", tmp_path / "broken.htm"
    empty.mkdir()
    broken.write_text("<p>http://www.xbrl.org/2013/inlineXBRL &nothing", encoding="utf-8")
    instance = TESTS / "golden" / "allos-2004-q1" / "alth-20040331.xml"
    page = tmp_path / "page.html"
    for source, code, words in (
        (empty, 3, "holds no Inline XBRL"),
        (instance, 3, "is not Inline XBRL"),
        (broken, 3, "Inline XBRL"),
        (tmp_path / "absent.htm", 3, "no such file"),
    ):
        assert main(["view", str(source), "--no-open", "-o", str(page)]) == code
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1
    assert main(["view", str(FILED), "--review", "--no-open", "-o", str(page)]) == 2
    assert "is a report, not a release" in capsys.readouterr().err
    assert main(["view", str(FILED), "--no-open", "-o", str(empty / "none" / "page.html")]) == 2
    assert "can't be written" in capsys.readouterr().err
    assert not page.exists()
    release = shutil.copy(RELEASES["text"][0], tmp_path / "release.txt")
    assert main(["view", str(release), "--review", "--no-open", "-o", str(release)]) == 2
    assert "the source itself" in capsys.readouterr().err
    assert Path(release).read_bytes() == RELEASES["text"][0].read_bytes()


def test_without_the_viewer_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(viewer, "find_spec", lambda name: None if name == "iXBRLViewerPlugin" else sys)
    assert main(["view", str(RELEASES["text"][0]), "--no-open"]) == 2
    said = capsys.readouterr().err
    assert "pip install 'pressmark[viewer]'" in said
    assert said.count("\n") == 1
    page = tmp_path / "page.html"  # the page to judge by does without
    assert main(["view", str(RELEASES["text"][0]), "--review", "--no-open", "-o", str(page)]) == 0
