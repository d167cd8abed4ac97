"""Random tables laid out as text are read back exactly: labels, values, columns, heads, spans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressmark.reading.document import Document
from pressmark.reading.text import parse_text
from pressmark.tables.find import find_tables
from pressmark.tables.table import RowKind, Table

WORDS = ("Revenue", "Cost", "Depreciation", "Amortization", "Interest", "Equipment", "Inventory", "Payroll", "Rent")
SMALL = ("goods", "contracts", "leases", "expense", "materials", "services", "securities")
DASHES = ("--", "-", "—", "–", "---")


@dataclass(frozen=True)
class Printed:
    """A value as printed, and what it means."""

    text: str
    value: Decimal


@dataclass(frozen=True)
class Line:
    """A row to print: its label's lines, indentation, and values (none for a heading; None: an empty cell)."""

    label: tuple[str, ...]
    indent: int
    values: tuple[Printed | None, ...]


@st.composite
def printed(draw):
    if draw(st.integers(0, 9)) == 0:
        return Printed(draw(st.sampled_from(DASHES)), Decimal(0))
    whole = draw(st.integers(0, 99_999_999))
    places = draw(st.sampled_from((0, 0, 0, 1, 2)))
    value = Decimal(whole).scaleb(-places)
    text = f"{value:,}"
    negative = draw(st.booleans()) and value != 0
    sign = draw(st.sampled_from(("", "", "$", "$ ")))
    if negative:
        text, value = draw(st.sampled_from((f"({text})", f"-{text}", f"( {text})"))), -value
    return Printed(sign + text, value)


@st.composite
def lines(draw, width):
    rows = []
    for _ in range(draw(st.integers(3, 14))):
        words = [draw(st.sampled_from(WORDS)), *draw(st.lists(st.sampled_from(SMALL), max_size=2))]
        label = " ".join(words)
        indent = draw(st.sampled_from((0, 0, 2, 4)))
        if draw(st.integers(0, 6)) == 0:
            rows.append(Line((label + ":",), indent, ()))
            continue
        wrapped = draw(st.lists(st.sampled_from(SMALL), max_size=2))
        values = tuple(draw(printed()) for _ in range(width))
        rows.append(Line((label, *(f"{word} net" for word in wrapped)), indent, values))
    full = Line(("Total",), 4, tuple(Printed("$12,345,678", Decimal(12345678)) for _ in range(width)))
    return [*rows, full]


@st.composite
def layouts(draw):
    width = draw(st.integers(1, 5))
    rows = draw(lines(width))
    label = max(len(text) + line.indent + 2 for line in rows for text in line.label) + draw(st.integers(2, 20))
    pitch = 20 + draw(st.integers(0, 6))
    hang = draw(st.sampled_from((0, 1, 2)))
    blank = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    shift = draw(st.integers(-3, 3))
    period = draw(st.sampled_from(("Three Months Ended", "Thirteen Weeks Ended", "Year Ended")))
    return width, rows, label, pitch, hang, blank, shift, period


def laid_out(width, rows, label, pitch, hang, blank, shift, period):
    """The text of the table, right-aligned columns, heads centered over all of them and shifted."""
    ends = [label + pitch * (i + 1) for i in range(width)]
    middle = (ends[0] - 10 + ends[-1]) // 2 + shift
    out = [
        "",
        " " * 10 + "EXAMPLE HOLDINGS, INC.",
        " " * 8 + "STATEMENTS OF OPERATIONS",
        " " * 10 + "(in thousands)",
        "",
    ]
    out.append(" " * (middle - len(period) // 2) + period)
    out.append(" " * (middle - 4) + "June 30,")
    out.append(
        "".join(
            f"{2004 - i:>{end - before - 2}}  " for i, (end, before) in enumerate(zip(ends, [0, *ends], strict=False))
        )
    )
    out.append("")
    for line, gap in zip(rows, blank, strict=True):
        for i, text in enumerate(line.label):
            printed = " " * (line.indent + (hang if i else 0)) + text
            if i == len(line.label) - 1 and line.values:
                for value, end in zip(line.values, ends, strict=True):
                    text_end = end + (1 if value.text.endswith(")") else 0)
                    printed = printed.ljust(text_end - len(value.text)) + value.text
            out.append(printed)
        if gap:
            out.append("")
    return "\n".join(out)


def read(text: str) -> tuple[Table, ...]:
    return find_tables(Document("t.txt", parse_text("t.txt", text)))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(layouts())
def test_a_table_is_read_back_exactly(layout):
    width, rows, *_, period = layout
    text = laid_out(*layout)
    source = text.split("\n")
    (table,) = read(text)
    assert table.width == width
    assert [c.text.strip() for c in table.caption] == [
        "EXAMPLE HOLDINGS, INC.",
        "STATEMENTS OF OPERATIONS",
        "(in thousands)",
    ]
    got = [row for row in table.rows if row.kind is not RowKind.HEAD]
    wanted = rows
    assert [row.label.text for row in got] == [" ".join(line.label) for line in wanted], text
    for row, line in zip(got, wanted, strict=True):
        assert [(c.first, c.number.value) for c in row.cells] == [(i, v.value) for i, v in enumerate(line.values)], text
        at = row.label.span
        assert source[at.line - 1][at.column - 1 : at.end - 1] == line.label[0]
        for cell, value in zip(row.cells, line.values, strict=True):
            assert source[cell.span.line - 1][cell.span.column - 1 : cell.span.end - 1] == value.text
    for column in range(width):
        heads = " ".join(
            c.text for r in table.rows if r.kind is RowKind.HEAD for c in r.cells if c.first <= column <= c.last
        )
        assert heads == f"{period} June 30, {2004 - column}", text
    depths = {line.indent: row.depth for row, line in zip(got, wanted, strict=True)}
    assert sorted(depths.values()) == [depths[i] for i in sorted(depths)]


GROUPS = ("Three Months Ended", "Six Months Ended", "Nine Months Ended")


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(-2, 2), st.integers(12, 20), st.booleans())
def test_heads_that_span_groups_of_columns(groups, each, shift, pitch, ruled):
    label = 30
    ends = [label + pitch * (i + 1) for i in range(groups * each)]
    spans = [(ends[g * each] - 10, ends[g * each + each - 1]) for g in range(groups)]
    heads = line_of((GROUPS[g], (a + b) // 2 + shift) for g, (a, b) in enumerate(spans))
    days = line_of(("March 31,", (a + b) // 2) for a, b in spans)
    rule = line_of(("-" * (b - a), (a + b) // 2) for a, b in spans)
    years = line_of((str(2004 - i % each), end - 4) for i, end in enumerate(ends))
    rows = ["Net sales", "Cost of sales", "Gross profit"]
    body = [f"{name:<{label}}" + "".join(f"{1234567 + i:>{pitch},}" for i in range(groups * each)) for name in rows]
    text = "\n".join([heads, days, *([rule] if ruled else []), years, "", *body])
    if len(GROUPS[0]) + 2 > pitch * each and each == 1:
        return
    (table,) = read(text)
    for column in range(groups * each):
        got = [c.text for r in table.rows if r.kind is RowKind.HEAD for c in r.cells if c.first <= column <= c.last]
        assert got == [GROUPS[column // each], "March 31,", str(2004 - column % each)], text


def line_of(pieces):
    """One printed line of texts, each centered at its column."""
    out = ""
    for text, center in pieces:
        out = out.ljust(max(center - len(text) // 2, len(out) + 2 if out else 0)) + text
    return out


@st.composite
def browser_rows(draw):
    """Labels with the lines they wrap over below their values, and the values."""
    rows = []
    for _ in range(draw(st.integers(3, 10))):
        words = [draw(st.sampled_from(WORDS)), *draw(st.lists(st.sampled_from(SMALL), min_size=1, max_size=2))]
        wrapped = draw(st.lists(st.sampled_from(SMALL), max_size=2))
        rows.append((" ".join(words), wrapped, [draw(printed()) for _ in range(3)]))
    return rows


@settings(deadline=None, max_examples=80)
@given(browser_rows())
def test_columns_flush_left_with_labels_that_go_on_below(rows):
    width = max(len(label) for label, _, _ in rows) + 4
    heads = [" " * width + "June 30,            June 30,            June 30,"]
    heads.append("(In millions)".ljust(width) + "2004                2003                2002")
    out = ["Statements of Operations", "", *heads]
    for label, wrapped, values in rows:
        out.append(label.ljust(width) + "".join(value.text.ljust(20) for value in values).rstrip())
        out += wrapped
    text = "\n".join([*out, "Total".ljust(width) + "$ 99,999,999        $ 99,999,999        $ 99,999,999"])
    (table,) = read(text)
    body = [row for row in table.rows if row.kind is RowKind.BODY][:-1]
    assert [row.label.text for row in body] == [" ".join([label, *wrapped]) for label, wrapped, _ in rows], text
    for row, (_, _, values) in zip(body, rows, strict=True):
        assert [(c.first, c.number.value) for c in row.cells] == [(i, v.value) for i, v in enumerate(values)], text
