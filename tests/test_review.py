"""The page to judge by, without a browser: what is on it, that both sides name each other, and that nothing runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pressmark.finding import finding
from pressmark.pipeline import extraction
from pressmark.render.review import render_review
from pressmark.render.review.footing import draw
from pressmark.report.cells import count_cells
from pressmark.report.extraction import Extraction
from pressmark.statements.statement import Total

TOP = Path(__file__).resolve().parents[1]
FIXTURES = TOP / "tests" / "fixtures" / "review"
RELEASES = [FIXTURES / "pellworm-2012-q3.txt", FIXTURES / "hostile-2012-q3.htm", TOP / "samples" / "allos-2003-q4.txt"]
SHARED = TOP.parent / "shared" / "releases"


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.stem)
def made(request: pytest.FixtureRequest) -> Extraction:
    return extraction(request.param)


def sides(page: bytes) -> tuple[list[html.HtmlElement], list[html.HtmlElement]]:
    """The marked numbers of the release, and the buttons of the statements."""
    root = html.fromstring(page)
    return root.xpath("//*[@id='release']//*[@data-n]"), root.xpath("//*[@id='statements']//*[@data-n]")


def test_each_side_has_what_the_other_names(made: Extraction) -> None:
    release, statements = sides(render_review(made))
    here, there = {e.get("data-n") for e in release}, {e.get("data-n") for e in statements}
    assert here == there
    assert len(release) == len(here)


def test_every_numeric_cell_is_on_both_sides(made: Extraction) -> None:
    report = made.report
    cells = count_cells(report.statements, report.facts, report.skipped)
    root = html.fromstring(render_review(made))
    shown = root.xpath("//section[contains(@class,'sheet')]//button[@data-n]")
    parentheticals = sum(len(li.values) for s in report.statements if s.gaap for li in s.lines if li.parenthetical)
    assert len(shown) - parentheticals == cells.numeric
    assert f"{cells.numeric} = {cells.facts} facts + {cells.skipped} left out" in " ".join(root.text_content().split())


def test_rows_say_concept_confidence_and_what_is_reported(made: Extraction) -> None:
    root = html.fromstring(render_review(made))
    facts = {fact.id: fact for fact in made.report.facts}
    for number, fact in enumerate(facts.values(), 1):
        for button in root.xpath(f"//*[@id='statements']//button[@data-f='{number}']"):
            row = button.xpath("ancestor::tr")[0]
            assert fact.concept.qname in row.get("data-q").split(" + ")
            if fact.unit is not None:
                assert button.get("data-v").split()[0] == f"{fact.value.normalize():,f}"
                assert button.get("data-p") == fact.context.period.words


def test_a_number_of_two_periods_is_the_fact_of_each() -> None:
    made = extraction(TOP / "tests" / "fixtures" / "industries" / "harrow-point-2022-q4.htm")
    stated = Counter((place, fact.concept) for fact in made.report.facts for place in fact.places)
    assert max(stated.values()) == 2
    facts = dict(enumerate(made.report.facts, 1))
    for button in html.fromstring(render_review(made)).xpath("//*[@id='statements']//button[@data-f]"):
        assert facts[int(button.get("data-f"))].context.period.words == button.get("data-p")


def test_only_its_own_script_may_run_and_nothing_may_load(made: Extraction) -> None:
    page = render_review(made).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert allowed.pop("default-src") == "'none'"
    assert allowed.pop("style-src") == "'unsafe-inline'"
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[-1].encode()).digest()).decode()
    assert allowed.pop("script-src") == f"'sha256-{digest}'"
    assert allowed == {"base-uri": "'none'", "form-action": "'none'"}
    root = html.fromstring(page)
    assert len(root.xpath("//script")) == 1
    assert not root.xpath("//a[not(starts-with(@href, '#'))]/@href")
    assert not root.xpath("//@src | //link | //iframe | //object | //img | //form | //*[starts-with(name(@*), 'on')]")
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def test_words_of_a_hostile_release_stay_words() -> None:
    page = render_review(extraction(FIXTURES / "hostile-2012-q3.htm")).decode()
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "url(" not in page
    release, rest = page[: page.index("</template>")], page[page.index("</template>") :]
    assert "costs [U+202E]txet" in rest
    assert release.count("\u202e") == 1
    labels = [e.text_content() for e in html.fromstring(page).xpath("//*[@id='statements']//*[@class='t']")]
    assert 'Cost of revenues "><script>alert(21)</script>' in labels
    assert "\u202e" not in rest


def test_findings_come_gravest_first_and_lead_to_their_place(made: Extraction) -> None:
    place = made.report.facts[-1].places[0]
    extra = [*made.report.findings, finding("cells.lost", "made up <b>for</b> the test", place)]
    root = html.fromstring(render_review(made, extra))
    first = root.xpath("//section[@id='findings']//li")[0]
    assert "made up <b>for</b> the test" in first.text_content()
    assert first.xpath(".//button/@data-go")
    order = [e.get("class").split()[-1] for e in root.xpath("//section[@id='findings']//li")]
    assert order == sorted(order, key=["error", "warning", "info"].index)


def test_a_finding_about_no_number_leads_to_its_row() -> None:
    made = extraction(FIXTURES / "quayside-2014-q2.htm")
    label = made.mapped[0].statement.lines[2].label.span
    root = html.fromstring(render_review(made, [finding("cells.lost", "made up", label)]))
    number = root.xpath("//section[@id='findings']//button/@data-go")[0]
    assert root.xpath(f"//*[@id='release']//*[@data-n='{number}']")[0].text_content() == "74,344"
    made = extraction(RELEASES[0])
    label = made.mapped[0].statement.lines[2].label.span
    root = html.fromstring(render_review(made, [finding("cells.lost", "made up", label)]))
    assert root.xpath("//section[@id='findings']//button/@data-line") == [str(label.line)]


def test_a_report_without_findings_or_sentences_has_a_page() -> None:
    made = extraction(RELEASES[0])
    made = replace(made, figures=(), report=replace(made.report, findings=()))
    assert "Nothing was found" in render_review(made).decode()


@st.composite
def totals(draw_: st.DrawFn) -> list[Total]:
    lines = draw_(st.integers(2, 30))
    found = []
    for line in draw_(st.lists(st.integers(0, lines - 1), unique=True, max_size=12)):
        others = [n for n in range(lines) if n != line]
        parts = draw_(st.lists(st.sampled_from(others), unique=True, min_size=1, max_size=6))
        found.append(Total(line, tuple((n, draw_(st.sampled_from((1, -1)))) for n in parts), foots=(0,)))
    return found


@given(totals())
def test_brackets_join_parts_and_total_and_never_cross_in_a_lane(found: list[Total]) -> None:
    drawn = draw(found, 30)
    taken = Counter((number, piece.lane) for number, pieces in enumerate(drawn.pieces) for piece in pieces)
    assert set(taken.values()) <= {1}
    roles = Counter(piece.role for pieces in drawn.pieces for piece in pieces)
    if drawn.lanes < 8:
        assert roles["total"] == len(found)
        assert roles["part"] + roles["minus"] == sum(len(total.parts) for total in found)
    for number, pieces in enumerate(drawn.pieces):
        for piece in pieces:
            beside = {p.lane: p for p in drawn.pieces[number + 1]} if number + 1 < len(drawn.pieces) else {}
            assert piece.down == (piece.lane in beside and beside[piece.lane].up)


@pytest.mark.slow
def test_fifty_thousand_numbers_stand_on_both_sides(tmp_path: Path) -> None:
    lines = RELEASES[0].read_text(encoding="utf-8").split("\n")
    start, end = (
        next(n for n, line in enumerate(lines) if words in line) for words in ("  Products", "Operating income")
    )
    more = [f"  Harbor line {n:<5}{n + 1:>26,}{n + 2:>11,}{n + 3:>13,}{n + 4:>11,}" for n in range(12_500)]
    path = tmp_path / "long.txt"
    path.write_text("\n".join([*lines[:start], *more, *lines[end:]]), encoding="utf-8")
    release, statements = sides(render_review(extraction(path)))
    assert len(release) > 50_000
    assert {e.get("data-n") for e in release} == {e.get("data-n") for e in statements}


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs the labelled releases of ../shared")
def test_both_sides_agree_on_every_release() -> None:
    for path in sorted([*SHARED.glob("html/*.htm"), *SHARED.glob("ascii/*.txt"), *SHARED.glob("statements/*.htm")]):
        release, statements = sides(render_review(extraction(path)))
        lost = {e.get("data-n") for e in statements} - {e.get("data-n") for e in release}
        assert len(lost) <= len(statements) * 0.01, path.name
