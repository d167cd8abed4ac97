"""HTML that is damaged or meant to do harm is read or refused in bounded time, and never reaches outside."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import bounded
from pressmark.errors import InputError
from pressmark.reading.document import Block, Grid, Lines, Paragraph
from pressmark.reading.html import parse_html
from pressmark.tables.markup import grid_table


def read(source: str) -> tuple[Block, ...]:
    return parse_html("made-up.htm", source)


def everything(blocks: tuple[Block, ...]) -> str:
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text.text)
        elif isinstance(block, Lines):
            texts += [line.text for line in block.lines]
        else:
            texts += [cell.text.text for cell in block.cells]
    return "\n".join(texts)


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("classified", encoding="utf-8")
    source = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">'
        '<!ENTITY % y SYSTEM "http://localhost:9/x.dtd"> %y; ]>'
        "<html><body><p>Sales &x; rose</p></body></html>"
    )
    text = everything(read(source))
    assert "classified" not in text
    assert "Sales" in text


@pytest.mark.parametrize(
    "tag", ["<embed src='a>b.swf'>", "<bgsound src=x>", '<SOURCE\nsrc="x">', "<track>", "<keygen/>"]
)
def test_an_element_without_contents_takes_nothing_in(tag: str) -> None:
    blocks = read(f"<p>Sales</p>{tag}<p>rose</p><table><tr><td>Net sales</td><td>5</td></tr></table>")
    assert everything(blocks).split() == ["Sales", "rose", "Net", "sales", "5"]
    rose = blocks[1]
    assert isinstance(rose, Paragraph)
    assert rose.text.span.line == 1 + tag.count("\n")


def test_an_entity_bomb_stays_small() -> None:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    source = f'<!DOCTYPE html [<!ENTITY l0 "ha">{levels}]><html><body><p>x &l11; y</p></body></html>'
    with bounded(1):
        assert len(everything(read(source))) < 200


@pytest.mark.parametrize("tag", ["div", "font", "table", "b", "table><tr><td"])
def test_a_million_nested_tags_are_refused(tag: str) -> None:
    with bounded(20), pytest.raises(InputError, match=r"nested|more than"):
        read("<p>Sales</p>" + f"<{tag}>" * 1_000_000 + "5")


def test_too_many_elements_are_refused() -> None:
    with bounded(10), pytest.raises(InputError, match="more than"):
        read("<p>x" * 2_100_000)


def test_deep_tables_within_the_limit_are_read() -> None:
    with bounded(5):
        assert "5" in everything(read("<table><tr><td>" * 600 + "Sales</td><td>5"))


@pytest.mark.parametrize("span", ["1000000000", "9" * 5000, "-3", "0", "x", "1e9", "²"])
def test_spans_are_bounded(span: str) -> None:
    source = (
        f"<table><tr><td colspan={span} rowspan={span}>Sales</td><td>5</td></tr>"
        f"<tr><td>Cost</td><td rowspan={span}>6</td></tr><tr><td>Tax</td><td>7</td></tr></table>"
    )
    with bounded(1):
        (grid,) = read(source)
        assert isinstance(grid, Grid)
        assert max(cell.column + cell.colspan for cell in grid.cells) < 5000
        assert grid_table(grid, (), ()) is not None


def test_many_cells_that_span_many_rows() -> None:
    rows = ("<tr>" + "<td rowspan=65534 colspan=1000>1" * 100) * 200
    with bounded(20):
        for block in read(f"<table>{rows}</table>"):
            if isinstance(block, Grid):
                grid_table(block, (), ())


@pytest.mark.slow
def test_a_table_of_100000_rows_is_read() -> None:
    rows = "".join(f"<tr><td>Line {i}</td><td>{i},000</td><td>(5)</td></tr>" for i in range(100_000))
    with bounded(60):
        (grid,) = read(f"<table>{rows}</table>")
        assert isinstance(grid, Grid)
        found = grid_table(grid, (), ())
        assert found is not None
        assert len(found.rows) == 100_000


@pytest.mark.slow
def test_100000_tables_of_one_row() -> None:
    with bounded(60):
        blocks = read("".join(f"<table><tr><td>Line {i}</td><td>{i},000</td></tr></table>" for i in range(100_000)))
        assert sum(len(block.cells) for block in blocks if isinstance(block, Grid)) == 200_000


def test_rows_that_all_differ_in_their_columns() -> None:
    rows = "".join(f"<tr><td>Line {i}</td><td colspan={i % 499 + 1}></td><td>{i},000</td></tr>" for i in range(5_000))
    with bounded(60):
        (grid,) = read(f"<table>{rows}</table>")
        assert isinstance(grid, Grid)
        grid_table(grid, (), ())


def test_nul_bytes_and_controls() -> None:
    assert everything(read("<p>Sa\0les\x01 &#0; ro\x0bse</p>")).split()[-1] == "se"


def test_a_huge_paragraph_and_a_huge_attribute() -> None:
    with bounded(10):
        text = everything(read(f"<p style='{'x:' * 1_000_000}'>" + "word " * 2_000_000 + "</p>"))
    assert len(text) == 5 * 2_000_000 - 1


@pytest.mark.parametrize("part", [" a{}=1", " a{}", " a{}='x>y'", "/a{}", 'a{}=""'])
def test_an_element_with_too_many_attributes_is_refused(part: str) -> None:
    with bounded(5), pytest.raises(InputError, match="attributes"):
        read("<p>Sales</p><p " + "".join(part.format(i) for i in range(200_000)) + ">x</p>")


def test_quotes_that_never_end() -> None:
    for part in ("<p a='<p b=\"", "<p '", '<p style="'):
        with bounded(5), suppress(InputError):
            read("<p>Sales</p>" + part * 100_001)


def test_deep_elements_that_are_looked_into() -> None:
    with bounded(5):
        read("<sup>" * 900 + "<b></b>" * 100_000)
        read("<pre>" * 900 + "<b></b>" * 100_000 + "<table><tr><td>5")


def test_style_sheets_that_never_end() -> None:
    with bounded(5):
        read("<style>" + "@media {" * 100_000 + "</style><style>" + ".a{" * 100_000 + "</style><p>x</p>")
        read("<style>" * 20_000 + "<p>x</p>")
        read("<style>" + "/* a" * 100_000 + "</style><style>" + "a " * 200_000 + "</style><p>x</p>")
        read("<!DOCTYPE [" * 20_000 + "<p>x</p>")


def test_placed_and_adjacent_elements_in_numbers() -> None:
    with bounded(20):
        read("".join(f"<p style='position:absolute;left:{i % 700};top:{i}'>a {i}</p>" for i in range(50_000)))
        read("".join(f"<p><span style='float:left;width:{i % 700}px'>a {i}</span><b>x</b></p>" for i in range(50_000)))


PARTS = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=2 rowspan=3>", "</td>", "<th>", "<caption>"),
        *("<p>", "</p>", "<br>", "<pre>", "</pre>", "<sup>", "</sup>", "<hr>", "<li>", "<!--", "-->", "<", "</div>"),
        *("<div style='display:none'>", "<td style='visibility:hidden'>", "<ix:hidden>", "&#x110000;", "&nbsp;"),
        *("<div style='position:absolute;left:5px;top:9px'>", "<span style='float:left;width:9px'>"),
        *("1,250", "(5", ")", "$", "—", "%", "Sales", " ", "2031"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=60).map("".join))
def test_any_sequence_of_parts_is_read(source: str) -> None:
    for block in read(source):
        if isinstance(block, Grid):
            found = grid_table(block, (), ())
            if found is not None:
                assert all(0 <= c.first <= c.last < found.width for row in found.rows for c in row.cells)
