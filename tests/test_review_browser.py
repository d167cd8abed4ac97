"""The page to judge by in a real browser: links both ways, keys, search, filters, narrow and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import Watched, chromium, missing, opened
from pressmark.finding import finding
from pressmark.pipeline import extraction
from pressmark.render.review import render_review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

FIXTURES = Path(__file__).parent / "fixtures" / "review"
LIT = "#release [data-n].on"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as driven:
        yield driven


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "page.html"
    path.write_bytes(render_review(extraction(FIXTURES / "pellworm-2012-q3.txt")))
    return path


@pytest.fixture
def wide(browser: Browser, written: Path) -> Iterator[Watched]:
    with opened(browser, written) as watched:
        yield watched
        assert watched.problems == []


@pytest.fixture
def phone(browser: Browser, written: Path) -> Iterator[Watched]:
    with opened(browser, written, width=390, height=844) as watched:
        yield watched
        assert watched.problems == []


def cell(watched: Watched, label: str, column: int) -> Locator:
    """The number of a row in a column of the statements."""
    return watched.page.locator("tr.row", has_text=label).first.locator("td.v").nth(column).locator("button")


def printed(watched: Watched, text: str, number: int = 0) -> Locator:
    """A marked number of the release."""
    return watched.page.locator("#release [data-n]", has_text=text).nth(number)


def in_view(locator: Locator) -> bool:
    """Whether it is on the screen and not covered by another element."""
    return bool(
        locator.evaluate(
            """e => {
              const box = e.getBoundingClientRect(), root = e.getRootNode();
              const top = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return !!top && (e === top || e.contains(top));
            }"""
        )
    )


def test_a_click_in_the_statements_shows_the_number_in_the_release(wide: Watched) -> None:
    cell(wide, "Total assets", 1).click()
    lit = wide.page.locator(LIT)
    assert lit.all_text_contents() == ["$103,250"]
    assert in_view(lit.first)
    said = wide.page.locator("#inspector").inner_text()
    assert "us-gaap:Assets" in said
    assert "2011-12-31" in said
    assert "103,250,000 USD" in said


def test_a_click_in_the_release_shows_the_row(wide: Watched) -> None:
    printed(wide, "5,104").click()
    value = cell(wide, "Research and development", 0)
    assert "on" in (value.get_attribute("class") or "").split()
    assert in_view(value)
    assert "3 months to 2012-09-30" in wide.page.locator("#inspector").inner_text()


def test_a_number_of_a_sentence_lights_the_same_fact_in_the_table(wide: Watched) -> None:
    printed(wide, "$3.9 million").click()
    assert wide.page.locator("#stated .on").count() == 1
    assert "also" in (cell(wide, "Net income", 0).get_attribute("class") or "").split()
    wide.page.locator("#inspector button", has_text="3,919").click()
    assert wide.page.locator(LIT).all_text_contents() == ["$ 3,919"]


def test_a_number_that_was_left_out_says_why(wide: Watched) -> None:
    printed(wide, "9,792").click()
    assert "non-GAAP" in wide.page.locator("#inspector").inner_text()
    assert wide.page.locator("#untagged .on").inner_text() == "$ 9,792"


def test_the_footing_is_drawn_and_a_failing_column_shows(wide: Watched) -> None:
    failing = wide.page.locator("tr.row", has_text="Total operating expenses")
    assert failing.locator(".sum").all_text_contents() == ["✓", "✓", "✗", "✓"]
    failing.locator(".more").click()
    why = wide.page.locator("tr.why:not([hidden])")
    assert "✗ 90" in why.inner_text()
    parts = wide.page.locator("#s1 .lanes i.part.fails")
    assert parts.count() >= 4
    boxes = [parts.nth(n).bounding_box() for n in range(4)]
    assert all(box and box["height"] > 20 for box in boxes)


def test_the_reasons_and_candidates_open_and_close(wide: Watched) -> None:
    more = wide.page.locator("tr.row", has_text="Lantern refit program").locator(".more")
    more.click()
    assert more.get_attribute("aria-expanded") == "true"
    why = wide.page.locator(f"#{more.get_attribute('aria-controls')}")
    assert "Candidates" in why.inner_text()
    more.click()
    assert why.is_hidden()


def test_the_keyboard_reaches_everything(wide: Watched) -> None:
    page = wide.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the statements"
    page.keyboard.press("/")
    page.keyboard.type("goodwill")
    page.keyboard.press("Enter")
    assert "Goodwill" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator(LIT).all_text_contents() == ["11,400"]
    assert page.evaluate("document.activeElement.textContent") == "11,400"
    page.keyboard.press("Shift+Tab")
    inside = "document.getElementById('release').shadowRoot.activeElement"
    assert page.evaluate(f"{inside}.classList.contains('on')")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{inside}.textContent") == "$107,705"
    page.keyboard.press("Enter")
    assert page.locator("#statements .on").first.inner_text() == "$107,705"
    assert page.evaluate(f"getComputedStyle({inside}).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('on')")
    assert page.evaluate("document.activeElement.textContent") == "$107,705"


def test_search_and_filters_narrow_both_sides(wide: Watched) -> None:
    page = wide.page
    rows = page.locator("#statements .row:visible")
    every = rows.count()
    page.locator("#search").fill("nothing says this")
    page.locator("#shown", has_text="0 of").wait_for()
    assert rows.count() == 0
    page.keyboard.press("Escape")
    assert rows.count() == every
    page.get_by_text("Left out", exact=True).first.click()
    assert 0 < rows.count() < every
    assert "dim" in (printed(wide, "5,104").get_attribute("class") or "")
    printed(wide, "5,104").click()  # its row is filtered away: the filter gives way
    assert rows.count() == every


def test_a_finding_leads_to_its_place(wide: Watched) -> None:
    page = wide.page
    page.locator("#findings li", has_text="footing.inconsistent").first.locator("button").click()
    assert page.locator(LIT).all_text_contents() == ["43,541"]
    assert in_view(page.locator(LIT).first)


def test_a_finding_about_no_number_leads_to_its_line(browser: Browser, tmp_path: Path) -> None:
    made = extraction(FIXTURES / "pellworm-2012-q3.txt")
    label = next(line.label for line in made.mapped[1].statement.lines if line.label.text == "Inventories")
    path = tmp_path / "page.html"
    path.write_bytes(render_review(made, [finding("cells.lost", "made up", label.span)]))
    with opened(browser, path) as watched:
        watched.page.locator("#findings button").click()
        band = watched.page.locator("#release .band").bounding_box()
        number = printed(watched, "17,662").bounding_box()
        assert band
        assert number
        assert band["y"] <= number["y"]
        assert number["y"] + number["height"] <= band["y"] + band["height"] + 1
        assert watched.problems == []


def test_a_phone_shows_one_side_at_a_time(phone: Watched) -> None:
    page = phone.page
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 390
    assert page.locator("#release").is_hidden()
    cell(phone, "Goodwill", 0).click()
    assert page.locator("#release").is_visible()
    assert page.locator("#statements").is_hidden()
    assert in_view(page.locator(LIT).first)
    assert page.evaluate(width) <= 390
    page.get_by_role("button", name="Statements").click()
    assert page.locator("#statements").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, written: Path, scheme: str) -> None:
    """WCAG 2.1, 1.4.3: contrast of at least 4.5 to 1."""
    contrast = """() => {
      const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
      const rgb = c => { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data]; };
      const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
      const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
        if (!/^rgba.*, 0\\)$|transparent/.test(c)) return rgb(c); } return [255, 255, 255, 255]; };
      const kinds = ['h1', '.who p', 'dt', '.q', '.more .t', 'td.v button', '.pips.high', '.pips.medium', '.pips.low',
        '.skipped, .chips button', '.hint', '.about', '.parts a', '.sum.foots', '.sum.fails', '.severity.warning',
        '.severity.info', 'input:checked + span'];
      return kinds.flatMap(kind => { const e = document.querySelector(kind); if (!e) return [[kind, 0]];
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        return [[kind, (a + .05) / (b + .05)]]; });
    }"""
    with opened(browser, written, color_scheme=scheme) as watched:
        found = watched.page.evaluate(contrast)
    assert [(kind, round(ratio, 2)) for kind, ratio in found if ratio < 4.5] == []


def test_it_prints_both_sides_whole(browser: Browser, written: Path, tmp_path: Path) -> None:
    import pypdfium2

    with opened(browser, written, color_scheme="dark") as watched:
        watched.page.emulate_media(media="print")
        assert watched.page.locator(".tools").is_hidden()
        watched.page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    for words in ("Pellworm Instruments", "GrossProfit", "Findings", "TACOMA, Wash.", "Adjusted EBITDA"):
        assert words in text.replace("\r\n", "\n"), words
    assert text.count("130,118") == 0  # no number runs into another
    assert len(document) <= 12


def test_a_hostile_release_runs_and_requests_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(render_review(extraction(FIXTURES / "hostile-2012-q3.htm")))
    with opened(browser, path) as watched:
        page = watched.page
        for number in range(page.locator("#release [data-n]").count()):
            page.locator("#release [data-n]").nth(number).click()
        for link in page.locator("#release a, #release span", has_text="link").all():
            link.click()
        page.wait_for_timeout(300)
        assert page.url == watched.address
        assert page.evaluate("window.ran") is None
        assert page.evaluate("getComputedStyle(document.querySelector('.card')).display") == "block"
        over = page.locator("#release", has_text="over everything")
        assert over.evaluate("e => e.getBoundingClientRect().width") < 700
        page.locator("#search").fill("<img src=x onerror=alert(1)>")
        page.wait_for_timeout(200)
        assert watched.problems == []


def test_thousands_of_facts_stay_quick(browser: Browser, tmp_path: Path) -> None:
    """Not a stopwatch: the page must answer within the patience of the test, with each fact on both sides."""
    lines = (FIXTURES / "pellworm-2012-q3.txt").read_text(encoding="utf-8").split("\n")
    start, end = (
        next(n for n, line in enumerate(lines) if words in line) for words in ("  Products", "Operating income")
    )
    more = [
        f"  Harbor line {n:<4}                    {n + 1:>9,}  {n + 2:>9,}    {n + 3:>9,}  {n + 4:>9,}"
        for n in range(280)
    ]
    path, page_path = tmp_path / "long.txt", tmp_path / "page.html"
    path.write_text("\n".join([*lines[:start], *more, *lines[end:]]), encoding="utf-8")
    made = extraction(path)
    assert len(made.report.facts) > 1000
    page_path.write_bytes(render_review(made))
    with opened(browser, page_path) as watched:
        watched.page.locator("#release [data-n]", has_text="283").last.click()
        assert watched.page.locator("#statements .on").count() == 1
        watched.page.locator("#search").fill("line 279")
        watched.page.locator("#shown", has_text=" of ").wait_for()
        assert watched.problems == []
