"""Any table of values, drawn as HTML in one of several styles, is read back exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from pressmark.reading.document import Grid
from pressmark.reading.html import parse_html
from pressmark.tables.markup import grid_table
from pressmark.tables.table import RowKind

WORDS = ("Sales", "Cost of goods", "Gross profit", "Interest", "Income tax", "Net loss", "Cash", "Loans", "Other, net")


@dataclass(frozen=True)
class Style:
    """How a table is drawn."""

    spacer: bool
    sign: str  # "apart", "same", "none": where the currency sign stands
    paren: bool  # a closing parenthesis in a cell of its own
    wide: bool  # a number without a sign takes the sign's cell too
    groups: bool  # a head over all columns
    nested: bool  # inside a layout table
    fonts: bool  # each text in a font element
    paragraphs: bool


@dataclass(frozen=True)
class Sample:
    """What the table says: labels and values by row, None where a cell is empty."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


STYLES = st.builds(
    Style, st.booleans(), st.sampled_from(("apart", "same", "none")), st.booleans(), st.booleans(), st.booleans(),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.integers(-9_999_999, 9_999_999).map(Decimal),
    st.integers(-99_999, 99_999).map(lambda n: Decimal(n).scaleb(-2)),
)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    width = draw(st.integers(1, 5))
    labels = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9))
    rows = [(label, draw(st.tuples(*[VALUES] * width))) for label in labels]
    first = tuple(draw(st.integers(1000, 99_999).map(Decimal)) for _ in range(width))
    return Sample(tuple(2031 - i for i in range(width)), (("Sales", first), *rows))


def printed(value: Decimal) -> str:
    text = f"{abs(value):,}"
    return f"({text})" if value < 0 else text


def drawn(sample: Sample, style: Style) -> str:
    def text(content: str) -> str:
        content = escape(content)
        if style.fonts and content:
            content = f"<font size=2>{content}</font>"
        return f"<p>{content}</p>" if style.paragraphs and content else content

    def cell(content: str, span: int = 1) -> str:
        return f"<td colspan={span}>{text(content)}</td>" if span > 1 else f"<td>{text(content)}</td>"

    width = (style.sign == "apart") + 1 + style.paren
    spacer = cell("\xa0") if style.spacer else ""

    def value(number: Decimal | None) -> str:
        if number is None:
            return cell("", width) if width > 1 else cell("")
        content = printed(number)
        tail = content[-1] == ")"
        cells = ""
        if style.sign == "apart" and not style.wide:
            cells += cell("$")
        elif style.sign == "same":
            content = "$" + content
        span = 2 if style.sign == "apart" and style.wide else 1
        cells += cell(content[:-1] if style.paren and tail else content, span)
        return cells + (cell(")" if tail else "") if style.paren else "")

    lines = []
    if style.groups:
        whole = len(sample.years) * (width + style.spacer) - style.spacer
        lines.append(cell("") + spacer + cell("Years ended March 31,", whole))
    lines.append(cell("") + "".join(spacer + cell(str(year), width) for year in sample.years))
    lines += [cell(label) + "".join(spacer + value(number) for number in numbers) for label, numbers in sample.rows]
    table = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    return f"<table><tr><td>{table}</td></tr></table>" if style.nested else table


@settings(max_examples=300, deadline=None)
@given(samples(), STYLES)
def test_any_table_is_read_back(sample: Sample, style: Style) -> None:
    blocks = parse_html("made-up.htm", f"<html><body>{drawn(sample, style)}</body></html>")
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    found = grid_table(grid, (), ())
    assert found is not None
    assert found.width == len(sample.years)
    heads = [row for row in found.rows if row.kind is RowKind.HEAD]
    assert [cell.text for cell in heads[-1].cells] == [str(year) for year in sample.years]
    assert [cell.first for cell in heads[-1].cells] == list(range(found.width))
    if style.groups:
        assert [(cell.first, cell.last) for cell in heads[0].cells] == [(0, found.width - 1)]
    read = [
        (row.label.text if row.label else "", {c.first: c.number.value for c in row.cells if c.number})
        for row in found.rows
        if row.kind is not RowKind.HEAD
    ]
    wanted = [(label, {i: n for i, n in enumerate(numbers) if n is not None}) for label, numbers in sample.rows]
    assert read == wanted
