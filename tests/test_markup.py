"""Tables found in marked-up grids: columns, heads, labels, what is no table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pressmark.reading.document import Document, Grid, Header
from pressmark.reading.html import parse_html
from pressmark.tables.find import find_tables
from pressmark.tables.markup import grid_table
from pressmark.tables.table import RowKind, Table


def table(rows: str) -> Table | None:
    blocks = parse_html("made-up.htm", f"<table>{rows}</table>")
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return grid_table(grid, (), ())


def row(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def shape(found: Table | None) -> list[tuple[str, int, str, list[str]]]:
    """Kind, depth, label and "columns:text" of each row."""
    assert found is not None
    shown = []
    for each in found.rows:
        cells = [f"{c.first}{'' if c.first == c.last else f'-{c.last}'}:{c.text}" for c in each.cells]
        shown.append((each.kind.value, each.depth, each.label.text if each.label else "", cells))
    return shown


def values(found: Table | None) -> list[list[Decimal | None]]:
    assert found is not None
    lines = []
    for each in found.rows:
        if each.kind is RowKind.BODY:
            line: list[Decimal | None] = [None] * found.width
            for cell in each.cells:
                if cell.number is not None:
                    line[cell.first] = cell.number.value
            lines.append(line)
    return lines


def test_signs_and_parentheses_in_cells_of_their_own() -> None:
    found = table(
        row("", "<td colspan=3>2031</td>", "", "<td colspan=3>2030</td>")
        + row("Sales", "$", "1,250", "", "", "$", "1,130", "")
        + row("Loss", "", "(40", ")", "", "", "(25", ")")
        + row("Margin", "", "12", "%", "", "", "(3", ")%")
    )
    assert values(found) == [[1250, 1130], [-40, -25], [12, -3]]
    assert shape(found)[2] == ("body", 0, "Loss", ["0:(40)", "1:(25)"])
    assert shape(found)[3][3] == ["0:12%", "1:(3)%"]


@pytest.mark.parametrize("unit", ["%", "bps", "pts."])
def test_a_unit_beside_a_year_heads_a_column_of_its_own(unit: str) -> None:
    heads = ("<td colspan=2>2031</td>", "<td colspan=2>2030</td>", f"<td colspan=2>{unit}</td>")
    found = table(row("", *heads) + row("Sales", "$", "5", "$", "6", "(12", ")"))
    assert shape(found) == [
        ("head", 0, "", ["0:2031", "1:2030", f"2:{unit}"]),
        ("body", 0, "Sales", ["0:$ 5", "1:$ 6", "2:(12)"]),
    ]


def test_a_note_mark_beside_a_year_leaves_it_a_head() -> None:
    found = table(row("", "2031", "(a)", "2030", "(b)") + row("Sales", "5", "(c)", "6", ""))
    assert shape(found) == [
        ("head", 0, "", ["0:2031 (a)", "1:2030 (b)"]),
        ("body", 0, "Sales", ["0:5 (c)", "1:6"]),
    ]


def test_a_number_may_take_the_cell_of_its_sign() -> None:
    found = table(
        row("", "<td colspan=3>2031</td>", "<td colspan=3>2030</td>")
        + row("Sales", "$", "1,250", "", "$", "1,130", "")
        + row("Cost", "<td colspan=2>(700</td>", ")", "<td colspan=2>650</td>", "")
        + row("None", "$", "—", "", "<td colspan=2>—</td>", "")
    )
    assert values(found) == [[1250, 1130], [-700, 650], [0, 0]]


def test_heads_stand_over_the_columns_they_span() -> None:
    found = table(
        row("", "<td colspan=3>Three months ended</td>", "", "<td colspan=3>Year ended</td>")
        + row("(In thousands)", "2031", "", "2030", "", "2031", "", "2030")
        + row("Sales", "1", "", "2", "", "3", "", "4")
    )
    assert shape(found) == [
        ("head", 0, "", ["0-1:Three months ended", "2-3:Year ended"]),
        ("head", 0, "(In thousands)", ["0:2031", "1:2030", "2:2031", "3:2030"]),
        ("body", 0, "Sales", ["0:1", "1:2", "2:3", "3:4"]),
    ]


def test_quarters_and_years_beside_a_label_are_heads() -> None:
    found = table(
        row("", "<td colspan=2></td>", "4Q31 Change", "")
        + row("REVENUE", "4Q31", "3Q31", "3Q31", "2031")
        + row("Fees", "5", "4", "25%", "18")
        + row("Open since", "2031", "2030", "", "1999")
    )
    assert [line[0] for line in shape(found)] == ["head", "head", "body", "body"]
    assert shape(found)[1][2:] == ("REVENUE", ["0:4Q31", "1:3Q31", "2:3Q31", "3:2031"])


def test_several_statements_in_one_grid() -> None:
    found = table(
        row("<td colspan=3>Statements of Operations</td>")
        + row("", "2031", "2030")
        + row("Sales", "5", "6")
        + row("<td colspan=3>Balance Sheets</td>")
        + row("", "March 31, 2031", "June 30, 2030")
        + row("Cash", "7", "8")
    )
    assert [line[0] for line in shape(found)] == ["text", "head", "body", "text", "head", "body"]


def test_inner_and_outer_columns_under_one_head_are_one() -> None:
    found = table(
        row("", "<td colspan=2>2031</td>", "<td colspan=2>2030</td>")
        + row("Cash", "5", "", "6", "")
        + row("Receivables", "7", "", "8", "")
        + row("Total", "", "12", "", "14")
    )
    assert values(found) == [[5, 6], [7, 8], [12, 14]]


def test_change_columns_stay_apart_and_words_have_their_column() -> None:
    found = table(
        row("", "2031", "2030", "<td colspan=2>Change</td>", "Trend")
        + row("Sales", "5", "4", "1", "25%", "Up 25%")
        + row("Cost", "3", "3", "—", "—", "Flat")
    )
    assert found is not None
    assert found.width == 5
    assert shape(found)[1][3] == ["0:5", "1:4", "2:1", "3:25%", "4:Up 25%"]


def test_an_empty_column_keeps_its_head_to_itself() -> None:
    found = table(row("", "2031", "2030", "2029") + row("Sales", "5", "", "4") + row("Cost", "3", "", "3"))
    assert shape(found)[0][3] == ["0:2031", "1:2030", "2:2029"]
    assert values(found) == [[5, None, 4], [3, None, 3]]


def test_note_references_are_not_values() -> None:
    found = table(
        row("", "Note", "2031", "2030")
        + row("Sales", "3", "500", "600")
        + row("Cost", "4, 5", "300", "400")
        + row("Tax", "", "30", "40")
    )
    assert values(found) == [[500, 600], [300, 400], [30, 40]]
    assert [line[2] for line in shape(found)] == ["", "Sales", "Cost", "Tax"]


def test_note_marks_beside_numbers_are_not_values() -> None:
    found = table(
        row("", "<td colspan=2>2031</td>", "<td colspan=2>2030</td>")
        + row("Sales", "500", "(1)", "600", "(2)")
        + row("Cost", "300<sup>(a)</sup>", "", "400", "(b)")
        + row("Other", "(1)", "", "2<sup>3</sup>", "")
    )
    assert values(found) == [[500, 600], [300, 400], [-1, 2]]


def test_years_as_values_and_as_labels() -> None:
    found = table(
        row("Payments due", "Leases", "Loans")
        + row("2032", "500", "60")
        + row("2033", "400", "2010")
        + row("Number of clients", "2010", "2004")
    )
    assert [line[2] for line in shape(found)] == ["Payments due", "2032", "2033", "Number of clients"]
    assert values(found) == [[500, 60], [400, 2010], [2010, 2004]]


def test_labels_wrap_over_two_rows() -> None:
    found = table(
        row("", "2031", "2030")
        + row("Net cash provided by", "", "")
        + row("operating activities", "5", "6")
        + row("Effect of exchange rates", "1", "2")
        + row("on cash", "", "")
        + row("Financing activities:", "", "")
        + row("repayment of loans", "3", "4")
    )
    assert [line[2] for line in shape(found)[1:]] == [
        "Net cash provided by operating activities",
        "Effect of exchange rates on cash",
        "Financing activities:",
        "repayment of loans",
    ]


def test_labels_split_over_columns_give_depth_and_leaders_go() -> None:
    found = table(
        row("<td colspan=3>Assets</td>", "", "")
        + row("", "<td colspan=2>Cash........</td>", "5", "6")
        + row("", "", "Total . . . .", "7", "8")
    )
    assert [line[1:3] for line in shape(found)] == [(0, "Assets"), (1, "Cash"), (2, "Total")]


def test_not_available_keeps_its_text_and_column() -> None:
    found = table(row("", "2031", "2030") + row("Sales", "5", "n/a") + row("Yield", "NM", "NM"))
    assert shape(found)[1:] == [("body", 0, "Sales", ["0:5", "1:n/a"]), ("body", 0, "Yield", ["0:NM", "1:NM"])]


def test_subtotals_without_a_label() -> None:
    found = table(row("", "2031") + row("Sales", "5") + row("<td></td>", "<td style='border-top:1px solid'>5</td>"))
    assert found is not None
    assert found.rows[-1].label is None
    assert found.rows[-1].ruled
    assert not found.rows[1].ruled


def test_a_row_shifted_by_one_cell_joins_its_columns() -> None:
    body = "".join(row(f"Line {i}", "", str(100 + i), "", "", str(200 + i), "") for i in range(5))
    found = table(body + row("Total", "", "", "510", "", "", "1,010"))
    assert values(found)[-1] == [510, 1010]


def test_two_sides_become_one_table_below_the_other() -> None:
    found = table(
        row("Assets", "2031", "2030", "Liabilities", "2031", "2030")
        + row("Cash", "5", "6", "Payables", "3", "4")
        + row("Receivables", "7", "8", "Loans", "4", "5")
        + row("Land", "1", "1", "Equity", "6", "6")
        + row("", "", "", "of which reserves", "2", "2")
        + row("Total", "13", "15", "Total", "13", "15")
    )
    assert found is not None
    assert found.width == 2
    labels = [each.label.text for each in found.rows if each.label]
    assert labels[:5] == ["Assets", "Cash", "Receivables", "Land", "Total"]
    assert labels[5:] == ["Liabilities", "Payables", "Loans", "Equity", "of which reserves", "Total"]
    assert values(found)[0] == [5, 6]
    assert values(found)[-1] == [13, 15]


def test_no_number_no_table() -> None:
    assert table(row("Item", "2031", "2030")) is None


TITLE = (
    "QUARRY LAMP CORPORATION AND<br>CONSOLIDATED SUBSIDIARIES<br>Non-GAAP Statements<br>of Operations<br>"
    "Three and Nine Months Ended September 30, 2031 and 2030<br>(In thousands, except<br>Per Share Amounts)"
)
LINES = [
    ("QUARRY LAMP CORPORATION AND CONSOLIDATED SUBSIDIARIES", 1),
    ("Non-GAAP Statements of Operations", 55),
    ("Three and Nine Months Ended September 30, 2031 and 2030", 89),
    ("(In thousands, except Per Share Amounts)", 145),
]


def test_the_lines_of_a_title_in_one_paragraph() -> None:
    page = f"<p>{TITLE}</p><table>{row('', '2031')}{row('Sales', '5')}</table>"
    (found,) = find_tables(Document("made-up.htm", parse_html("made-up.htm", page), Header()))
    assert [(" ".join(t.text.split()), t.span.column) for t in found.caption] == LINES


def test_the_lines_of_a_title_in_a_cell_across_the_table() -> None:
    found = table(row(f"<td colspan=2>{TITLE}</td>") + row("", "2031") + row("Sales<br>Abroad", "5"))
    assert found is not None
    labels = [r.label for r in found.rows if r.kind is RowKind.TEXT and r.label is not None]
    assert [(" ".join(t.text.split()), t.span.column) for t in labels] == LINES
    assert found.rows[-1].label is not None
    assert found.rows[-1].label.text == "Sales Abroad"


def test_a_dateline_is_above_no_table() -> None:
    page = f"<p>AKRON, Ohio, May 6, 2031 -- Quarry Lamp (NYSE: QL)</p><p>Income</p><table>{row('Sales', '5')}</table>"
    (found,) = find_tables(Document("made-up.htm", parse_html("made-up.htm", page), Header()))
    assert [line.text for line in found.caption] == ["Income"]


def test_a_sentence_with_line_breaks_stays_whole() -> None:
    prose = "The table shows what the company<br>Quarry Lamp and<br>its partners earned,<br>(In thousands) in all."
    page = f"<p>{prose}</p><table>{row('', '2031')}{row('Sales', '5')}</table>"
    (found,) = find_tables(Document("made-up.htm", parse_html("made-up.htm", page), Header()))
    assert len(found.caption) == 2
