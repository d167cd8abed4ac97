"""What a reader sees of an HTML release, in order: paragraphs, grids, preformatted lines."""

from __future__ import annotations

import pytest
from lxml import etree

from pressmark.reading.document import Block, Grid, Lines, Paragraph
from pressmark.reading.html import parse_html
from pressmark.reading.html_style import parse_style


def read(source: str) -> tuple[Block, ...]:
    return parse_html("made-up.htm", source)


def paragraphs(source: str) -> list[str]:
    return [block.text.text for block in read(source) if isinstance(block, Paragraph)]


def grid(source: str) -> list[tuple[int, int, str]]:
    (found,) = [block for block in read(source) if isinstance(block, Grid)]
    return [(cell.row, cell.column, cell.text.text) for cell in found.cells]


def test_headings_paragraphs_and_items_come_in_order() -> None:
    source = "<h1>Quillon Mills</h1><div>One<p>Two</p>three</div><ul><li>four<li>five</ul>"
    assert paragraphs(source) == ["Quillon Mills", "One", "Two", "three", "four", "five"]


def test_white_space_and_breaks() -> None:
    assert paragraphs("<p>net&nbsp;&#8201;loss \n of<br>$5\u200b.1</p>") == ["net loss of\n$5.1"]


def test_split_words_are_joined() -> None:
    assert paragraphs("<p><font>Reve</font><b>nue</b>s <span>ro</span>se</p>") == ["Revenues rose"]


def test_windows_quotes_and_dashes() -> None:
    assert paragraphs("<p>&#147;Up&#148; &#150; again</p>") == ["“Up” – again"]


def test_hidden_text_is_dropped() -> None:
    hidden = (
        "<p style='display:none'>a</p><p style='VISIBILITY: hidden'>b</p><div hidden>c</div>"
        "<span style='font-size:0pt'>d</span><ix:header><ix:hidden>e</ix:hidden></ix:header>"
        "<script>f</script><style>g</style><noscript>h</noscript><p class='gone'>i</p>"
    )
    source = f"<head><style>.gone {{display:none}} @media print {{ .shown {{display:none}} }}</style></head>{hidden}"
    assert paragraphs(source + "<p class='shown'>seen</p>") == ["seen"]


def test_inline_xbrl_tags_are_transparent() -> None:
    source = "<p>Cash of <ix:nonFraction name='x' scale='6'>1,2<b>34</b></ix:nonFraction> million</p>"
    assert paragraphs(source) == ["Cash of 1,234 million"]


def test_note_marks_stand_apart_and_ordinals_do_not() -> None:
    source = "<p>Sales<sup>(1)</sup> 1,234<span style='vertical-align:super'>2</span> on the 4<sup>th</sup></p>"
    assert paragraphs(source) == ["Sales (1) 1,234 2 on the 4th"]


def test_preformatted_text_keeps_its_columns_and_lines() -> None:
    (block,) = read("<html>\n<body>\n<PRE>\nNet loss   <B>$(5)</B>&nbsp;  \n\n\tCash\n</PRE>")
    assert isinstance(block, Lines)
    assert [line.text for line in block.lines] == ["", "Net loss   $(5)", "", "        Cash", ""]
    assert block.lines[1].span.line == 4
    assert block.lines[1].span.column == 1


def test_text_set_with_non_breaking_spaces_is_preformatted() -> None:
    lines = [
        "                    Three months ended",
        "                    March 31,",
        "                    2031          2030",
        "Net sales           1,200         1,100",
        "  Cost of sales       700           650",
    ]
    source = "".join(f"<p>{line.replace('  ', '&nbsp;&nbsp;')}</p>" for line in lines[2:3])
    source += "".join(f"<p>{line.replace('  ', '&nbsp;&nbsp;')}</p>\n" for line in lines)
    (block,) = read(source)
    assert isinstance(block, Lines)
    assert [line.text for line in block.lines[1:]] == lines


def test_a_bullet_set_off_by_spaces_is_prose() -> None:
    gap = "&nbsp;" * 6
    assert paragraphs(f"<p>•{gap}Sales rose 5%</p><p>(1){gap}See below</p>") == ["• Sales rose 5%", "(1) See below"]


def test_edgar_marks_inside_preformatted_text_keep_the_lines() -> None:
    lines = [
        "<TABLE>",
        "<CAPTION>",
        "               2031      2030",
        "<S>            <C>       <C>",
        "Sales         $1,250    $1,130",
    ]
    (block,) = read("<html><body><PRE>\n" + "\n".join(lines) + "\n</TABLE>\n</PRE></body></html>")
    assert isinstance(block, Lines)
    texts = [line.text for line in block.lines]
    assert "               2031      2030" in texts
    assert block.lines[texts.index("Sales         $1,250    $1,130")].span.line == 6


def test_the_path_finds_the_cell_and_the_paragraph() -> None:
    source = (
        "<html><body><div><p>a</p><p>b</p></div><div><span>\n<table><tr><td>x</td><td>1</td></tr>"
        "<tr><td></td><td><p>y</p></td><td>22</td></tr></table></span></div></body></html>"
    )
    blocks = read(source)
    tree = etree.HTML(source)
    second = blocks[1]
    assert isinstance(second, Paragraph)
    assert "".join(tree.xpath(second.text.span.path)[0].itertext()) == "b"
    assert isinstance(blocks[2], Grid)
    for cell in blocks[2].cells:
        (element,) = tree.xpath(cell.text.span.path)
        assert "".join(element.itertext()) == cell.text.text
        assert cell.text.span.line == 2
        assert cell.text.span.end == len(cell.text.text) + 1


def test_rowspan_and_colspan() -> None:
    source = (
        "<table><tr><td rowspan=2>Item</td><td colspan='2'>Year</td><td>Note</td></tr>"
        "<tr><td>2031</td><td>2030</td><td>x</td></tr><tr><td>Sales</td><td>5</td><td>6</td></tr></table>"
    )
    assert grid(source) == [
        (0, 0, "Item"), (0, 1, "Year"), (0, 3, "Note"),
        (1, 1, "2031"), (1, 2, "2030"), (1, 3, "x"),
        (2, 0, "Sales"), (2, 1, "5"), (2, 2, "6"),
    ]  # fmt: skip


def test_cells_that_are_not_displayed_take_no_place() -> None:
    source = (
        "<table><tr><td>Sales</td><td style='display:none' colspan=3>9</td><td>5</td></tr>"
        "<tr><td>Cost</td><td style='visibility:hidden'>9</td><td>3</td></tr></table>"
    )
    assert grid(source) == [(0, 0, "Sales"), (0, 1, "5"), (1, 0, "Cost"), (1, 2, "3")]


def test_a_table_of_tables_is_layout() -> None:
    inner = "<table><tr><td>Sales</td><td>5</td></tr><tr><td>Cost</td><td>3</td></tr></table>"
    source = f"<table><tr><td><p>Before</p>{inner}</td></tr><tr><td>After</td></tr></table>"
    blocks = read(source)
    assert [type(block) for block in blocks] == [Paragraph, Grid, Paragraph]


def test_a_bullet_table_is_prose() -> None:
    source = "<table><tr><td>•</td><td>Sales rose 5%.</td></tr><tr><td>(2)</td><td>Costs fell.</td></tr></table>"
    assert paragraphs(source) == ["• Sales rose 5%.", "(2) Costs fell."]


def test_a_number_in_a_table_of_its_own_is_a_cell() -> None:
    inner = "<table><tr><td>$</td><td>1,250</td></tr></table>"
    source = f"<table><tr><td>Sales</td><td>{inner}</td></tr><tr><td>Cost</td><td>700</td></tr></table>"
    assert grid(source) == [(0, 0, "Sales"), (0, 1, "$ 1,250"), (1, 0, "Cost"), (1, 1, "700")]


def test_columns_held_in_one_cell_by_breaks_are_split() -> None:
    source = (
        "<table><tr><td>Per share:<br>Basic<br>Diluted</td><td><br>.05<br>.04</td><td><p>&nbsp;<p>.03<p>.02</td></tr>"
        "<tr><td>March 31,<br>2031</td><td>7</td></tr></table>"
    )
    assert grid(source) == [
        (0, 0, "Per share:"), (1, 0, "Basic"), (1, 1, ".05"), (1, 2, ".03"),
        (2, 0, "Diluted"), (2, 1, ".04"), (2, 2, ".02"), (3, 0, "March 31,\n2031"), (3, 1, "7"),
    ]  # fmt: skip


def test_a_table_of_single_characters_is_preformatted() -> None:
    lines = ["Sales          1,250     1,130", "Cost of sales    700       650", "Gross profit     550       480"]
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in line) + "</tr>" for line in lines)
    (block,) = read(f"<table>{rows}</table>")
    assert isinstance(block, Lines)
    assert [line.text for line in block.lines] == lines


def test_heads_in_a_table_of_their_own_belong_to_the_next() -> None:
    source = (
        "<table><tr><td></td><td>March 31, 2031</td><td>December 31, 2030</td></tr></table>\n"
        "<table><tr><td>Cash</td><td>5</td><td>6</td></tr><tr><td>Debt</td><td>7</td><td>8</td></tr>"
        "<tr><td>Other</td><td>7</td><td>8</td></tr></table><p>End</p>"
    )
    assert grid(source)[:3] == [(0, 1, "March 31, 2031"), (0, 2, "December 31, 2030"), (1, 0, "Cash")]


def test_lines_that_are_tables_of_their_own_are_one_grid() -> None:
    rows = [("", "2031", "2030"), ("Sales", "5", "6"), ("Cost", "3", "4"), ("Profit", "2", "2")]
    source = "\n".join(f"<table><tr>{''.join(f'<td>{c}</td>' for c in row)}</tr></table>" for row in rows)
    assert len(grid(source)) == 11


def test_elements_placed_by_coordinates_are_laid_out_in_lines() -> None:
    def put(x: int, y: int, text: str) -> str:
        return f"<div style='position:absolute;left:{x}px;top:{y}px'>{text}</div>"

    rows = [(50, "Sales", "1,250", "1,130"), (70, "Cost of sales", "700", "650"), (90, "Gross profit", "550", "480")]
    parts = [put(x, y, text) for y, *texts in rows for x, text in zip((40, 300, 420), texts, strict=True)]
    (block,) = read("<div style='position:relative'>" + "".join(reversed(parts)) + "</div>")
    assert isinstance(block, Lines)
    texts = [line.text for line in block.lines]
    assert [text.split()[0] for text in texts] == ["Sales", "Cost", "Gross"]
    assert len({text.index(value) for text, value in zip(texts, ("1,250", "700", "550"), strict=True)}) == 1


def test_a_page_placed_as_a_whole_is_prose() -> None:
    source = "<div style='position:absolute;left:0;top:0'><p>One.</p><p>Two.</p></div>"
    assert paragraphs(source) == ["One.", "Two."]


def test_elements_beside_each_other_are_a_grid() -> None:
    def row(*texts: str) -> str:
        widths = (300, 90, 90)
        cells = zip(widths, texts, strict=True)
        return "<div>" + "".join(f"<div style='float:left;width:{w}px'>{t}</div>" for w, t in cells) + "</div>"

    source = row("", "2031", "2030") + row("Sales", "1,250", "1,130") + row("Dividend", "", "3")
    assert grid(source) == [
        (0, 1, "2031"), (0, 2, "2030"), (1, 0, "Sales"), (1, 1, "1,250"), (1, 2, "1,130"),
        (2, 0, "Dividend"), (2, 2, "3"),
    ]  # fmt: skip


def test_indentation_boldness_and_rules() -> None:
    source = (
        "<table><tr><td><b>Assets</b></td><td>9</td></tr>"
        "<tr><td><p style='margin-left:2em;text-indent:-1em'>Cash</p></td>"
        "<td style='border-bottom:1px solid'>5</td></tr>"
        "<tr><td style='padding:2px 1pt 2px 30px'>Total</td><td>5</td></tr>"
        "<tr><td></td><td><hr></td></tr><tr><td>&nbsp;&nbsp;&nbsp;All</td><td>5</td></tr>"
        "<tr><td>Next</td><td style='border-bottom:3px double #000'>6</td></tr><tr><td>Last</td><td>6</td></tr></table>"
    )
    (found,) = [block for block in read(source) if isinstance(block, Grid)]
    labels = {cell.text.text: cell for cell in found.cells if cell.column == 0}
    assert labels["Assets"].bold
    assert not labels["Cash"].bold
    assert [labels[text].indent for text in ("Assets", "Cash", "Total", "All")] == [0, 16, 30, 12]
    assert found.ruled == (2, 4)


def test_classes_tell_indentation() -> None:
    source = (
        "<style>.deep { padding-left: 3em }</style><table><tr><td class='bwpadl2'>Cash</td><td>5</td></tr>"
        "<tr><td class='x deep'>Petty cash</td><td>1</td></tr><tr><td class='bwpadl0'>Total</td><td>6</td></tr></table>"
    )
    (found,) = [block for block in read(source) if isinstance(block, Grid)]
    assert [cell.indent for cell in found.cells if cell.column == 0] == [16, 48, 0]


def test_a_note_in_a_table_of_its_own_is_prose() -> None:
    note = "Sales include those of the plant that was closed in the quarter, " * 3
    source = (
        "<table><tr><td>Sales</td><td>5</td></tr><tr><td>Cost</td><td>3</td></tr><tr><td>Tax</td><td>1</td></tr></table>"
        f"<table><tr><td>(1)</td><td>{note}</td></tr></table>"
    )
    assert [type(block) for block in read(source)] == [Grid, Paragraph]


@pytest.mark.parametrize(
    ("style", "rule"),
    [
        ("border-top:1pt solid #000000", "single"),
        ("border-top: black 0.5pt solid", "single"),
        ("border-top-style: solid; border-top-width: thin", "single"),
        ("border-top:3px double #000", "double"),
        ("border-top:2.25pt solid windowtext", "double"),
        ("border-top:0px solid", ""),
        ("border-top:1px solid #FFFFFF", ""),
        ("border-top:none", ""),
        ("border-bottom:1px solid", ""),
    ],
)
def test_rules_by_style(style: str, rule: str) -> None:
    assert parse_style(style).above == rule


def test_markup_without_text_gives_nothing() -> None:
    assert read("<html><body><table></table></body></html>") == ()
    assert read("   ") == ()
