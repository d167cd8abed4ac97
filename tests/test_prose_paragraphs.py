"""Flowing text of preformatted and marked-up releases: joining, hyphens, bullets, tables left out, places."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pressmark.reading.document import Document, Grid, GridCell, Lines, Paragraph
from pressmark.reading.paragraphs import Passage, paragraphs, table_like
from pressmark.span import Span, Text

FIXTURES = Path(__file__).parent / "fixtures" / "entity"


def printed(text: str) -> Document:
    lines = tuple(Text(t, Span("x.txt", n)) for n, t in enumerate(text.split("\n"), 1))
    return Document("x.txt", (Lines(lines),))


def texts(document: Document) -> list[str]:
    return [p.text for p in paragraphs(document)]


def wire() -> tuple[Passage, ...]:
    return paragraphs(printed((FIXTURES / "wire.txt").read_text(encoding="utf-8")))


def test_wrapped_lines_are_joined_and_tables_left_out() -> None:
    found = [p.text for p in wire()]
    news = next(t for t in found if t.startswith("ST. LOUIS"))
    assert "Corvane Instruments, Inc. (Nasdaq: CRVN) today reported" in news
    assert not any("18,312" in t for t in found)


def test_a_hyphen_goes_only_where_the_joined_word_is_known() -> None:
    news = next(p.text for p in wire() if p.text.startswith("ST. LOUIS"))
    assert "cost-effective meters" in news
    assert "instruments." in news


def test_bullets_are_passages_of_their_own() -> None:
    bullets = [p.text for p in wire() if p.bullet]
    assert bullets == [
        "Corvane shipped its first flow meter to a customer in Oslo, and an upgraded model is planned.",
        "Instruments for laboratories were introduced.",
    ]


def test_an_offset_leads_back_to_its_line_and_column() -> None:
    news = next(p for p in wire() if p.text.startswith("ST. LOUIS"))
    at = news.text.index("$15.9 million")
    span = news.place(at, at + len("$15.9 million"))
    assert (span.line, span.column, span.end) == (7, 56, 69)


def test_a_page_break_does_not_tear_a_sentence() -> None:
    text = (
        "Global points of access declined to a number that is told here as 2,448, or\n\n<PAGE>\n\n"
        "13.5%, reflecting the closure of doors that was completed in the quarter.\n"
    )
    (found,) = texts(printed(text))
    assert found.endswith(
        "told here as 2,448, or 13.5%, reflecting the closure of doors that was completed in the quarter."
    )


def test_markup_gives_paragraphs_and_long_cells() -> None:
    span = Span("x.htm", 7, 1, 0, "/table[1]")
    cells = (
        GridCell(Text("•", span), 0, 0),
        GridCell(Text("Revenue for the quarter was $5.0 million, up ten per cent", span), 0, 1),
        GridCell(Text("$ 5.0", span), 1, 1),
    )
    document = Document("x.htm", (Paragraph(Text("Quarterly\n results ", span)), Grid(cells, span)))
    assert texts(document) == ["Quarterly results", "Revenue for the quarter was $5.0 million, up ten per cent"]


def test_lines_of_a_table() -> None:
    assert table_like("Net sales                 $67,655,316 $24,455,506")
    assert table_like("Total assets      $ 48,174")
    assert not table_like("revenue for the quarter was  $5.0 million, up from last year's level")
    assert not table_like("4.   The Company sold 12,000")
    assert not table_like("in 2004")


@given(st.lists(st.text(alphabet="ab 1,.$-\n", max_size=60), max_size=12))
def test_places_lie_within_the_source(pieces: list[str]) -> None:
    document = printed("\n".join(pieces))
    lines = {t.span.line: t.text for b in document.blocks if isinstance(b, Lines) for t in b.lines}
    for passage in paragraphs(document):
        for at, letter in enumerate(passage.text):
            if letter in " -":
                continue
            span = passage.place(at, at + 1)
            assert lines[span.line][span.column - 1] == letter
