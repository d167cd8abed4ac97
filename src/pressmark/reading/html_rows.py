"""The rows of one table: split where cells hold whole columns, told from layout, made into a grid or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressmark.reading.document import Grid, GridCell, Lines
from pressmark.reading.html_items import Item, Piece, RawRow, RawTable
from pressmark.span import Span, Text

_NUMBER = re.compile(r"[$€£¥(\s+<–—−-]*(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?\s*[½¼¾⅛⅜⅝⅞]?\s*[)>%x*]*(?:\s*\(\w\))?")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"[-=_–—\s]{3,}")
_LONG_CELL = 400
_CHARACTERS = 0.9
_WIDEST = 400


@dataclass(frozen=True, slots=True)
class Flat:
    """A cell with text: its place, its text by line, how it looks; `leads` indents its lines beyond `indent`."""

    column: int
    colspan: int
    rowspan: int
    lines: tuple[str, ...]
    indent: int
    bold: bool
    line: int
    path: str
    leads: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The text without empty lines."""
        return "\n".join(part for part in self.lines if part)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells with text, and the rules drawn above and below it right of the first column."""

    cells: tuple[Flat, ...]
    above: str = ""
    below: str = ""


def flat_row(row: RawRow) -> Line:
    """The cells with text of a row that holds no tables."""
    cells = []
    above, below = {row.above}, {row.below}
    for cell in row.cells:
        if cell.column > 0:
            above.add(cell.above)
            below.add(cell.below)
        if not cell.items:
            continue
        lines = tuple(cell.lines())
        texts = [item for item in cell.items if isinstance(item, Piece) and item.text.text]
        if texts:
            indent, bold = max(texts[0].indent, 0), all(item.bold for item in texts)
            cells.append(
                Flat(cell.column, cell.colspan, cell.rowspan, lines, indent, bold, cell.line, cell.path, _leads(texts))
            )
    return Line(tuple(cells), _heavier(above), _heavier(below))


def _leads(texts: list[Piece]) -> tuple[int, ...]:
    """What each line of a cell is indented by, where the cell is one paragraph or each line is."""
    if len(texts) == 1:
        return texts[0].leads
    single = all("\n" not in piece.text.text for piece in texts)
    return tuple(piece.indent for piece in texts) if single else ()


def _heavier(rules: set[str]) -> str:
    return "double" if "double" in rules else "single" if "single" in rules else ""


def has_values(row: RawRow) -> bool:
    """Whether a number other than a bare year stands right of the row's first text."""
    texts = [part for cell in row.cells for part in cell.lines() if part]
    return any(_DIGIT.search(t) and _NUMBER.fullmatch(t) and not _YEAR.fullmatch(t) for t in texts[1:])


def row_items(file: str, table: RawTable, rows: list[Line], *, nested: bool) -> list[Item]:
    """What rows without tables in them give: a grid, printed lines, or a paragraph a row.

    `nested` says that they stand in a cell of another table.
    """
    filled = [row for row in rows if row.cells]
    if not filled:
        return []
    if _one_character_a_cell(filled):
        return [_typed(file, rows)]
    rows = [part for row in rows for part in _split(row)]
    if _is_data(rows, nested=nested):
        return [_grid(file, table, rows)]
    return [_paragraph(file, row) for row in rows if row.cells]


def _one_character_a_cell(rows: list[Line]) -> bool:
    lengths = [len(cell.text) for row in rows for cell in row.cells]
    if max(row.cells[-1].column for row in rows) > _WIDEST:
        return False
    single = sum(n == 1 for n in lengths)
    return len(lengths) >= 40 and single >= _CHARACTERS * len(lengths) and len(lengths) > 8 * len(rows)


def _typed(file: str, rows: list[Line]) -> Lines:
    """The rows as printed lines, a column of the grid a character."""
    lines = []
    for row in rows:
        text = ""
        for cell in row.cells:
            text = text.ljust(cell.column) + cell.text
        first = row.cells[0] if row.cells else None
        span = Span(file, first.line, 1, len(text) + 1, first.path.rpartition("/")[0]) if first else Span(file, 1)
        lines.append(Text(text, span))
    return Lines(tuple(lines))


def _split(row: Line) -> Iterator[Line]:
    """A row whose cells hold whole columns by line breaks, as the rows it stands for."""
    counts = {len(cell.lines) for cell in row.cells if len(cell.lines) > 1}
    columns = [cell for cell in row.cells if _is_column_of_numbers(cell.lines)]
    if len(row.cells) < 2 or len(counts) != 1 or not columns:
        yield row
        return
    (count,) = counts
    for i in range(count):
        cells = tuple(
            _part(cell, i)
            for cell in row.cells
            if i < len(cell.lines) and cell.lines[i] and (len(cell.lines) > 1 or i == 0)
        )
        yield Line(cells, row.above if i == 0 else "", row.below if i == count - 1 else "")


def _part(cell: Flat, i: int) -> Flat:
    """One line of a cell as a cell of its own."""
    indent = cell.indent
    if len(cell.leads) == len(cell.lines):
        indent += cell.leads[i] - next(lead for lead, part in zip(cell.leads, cell.lines, strict=True) if part)
    return Flat(cell.column, cell.colspan, 1, (cell.lines[i],), indent, cell.bold, cell.line, cell.path)


def _is_column_of_numbers(lines: tuple[str, ...]) -> bool:
    filled = [part for part in lines if part]
    return (
        len(filled) > 1
        and all(_NUMBER.fullmatch(part) or _RULE.fullmatch(part) for part in filled)
        and sum(bool(_DIGIT.search(part)) for part in filled) > 1
        and not all(_YEAR.fullmatch(part) for part in filled)
    )


def _is_data(rows: list[Line], *, nested: bool) -> bool:
    """A number stands right of a label, or rows of numbers do without one."""
    filled = [row for row in rows if row.cells]
    if nested and (len(filled) < 2 or all(len(row.cells) < 2 for row in filled)):
        return False
    numbers = 0
    for row in filled:
        if any(len(cell.text) > _LONG_CELL for cell in row.cells):
            continue
        found = [bool(_DIGIT.search(c.text) and _NUMBER.fullmatch(c.text)) for c in row.cells]
        numbers += sum(found[1:])
    return numbers > 0


def _paragraph(file: str, row: Line) -> Piece:
    first = row.cells[0]
    text = " ".join(" ".join(cell.text.split()) for cell in row.cells) if len(row.cells) > 1 else first.text
    return Piece(
        Text(text, Span(file, first.line, 1, len(text) + 1, first.path)), first.indent, all(c.bold for c in row.cells)
    )


def _grid(file: str, table: RawTable, rows: list[Line]) -> Grid:
    cells = tuple(
        GridCell(
            Text(cell.text, Span(file, cell.line, 1, len(cell.text) + 1, cell.path)),
            i,
            cell.column,
            cell.colspan,
            cell.rowspan,
            cell.indent,
            cell.bold,
        )
        for i, row in enumerate(rows)
        for cell in row.cells
        if not _RULE.fullmatch(cell.text) or len(cell.text) < 3
    )
    return Grid(cells, Span(file, table.line, 1, 0, table.path), tuple(_ruled(rows)))


def _ruled(rows: list[Line]) -> Iterator[int]:
    """The rows with a rule right above: their own, that of the row before, or one drawn by rows without text."""
    pending = False
    for i, row in enumerate(rows):
        text = [cell for cell in row.cells if not _RULE.fullmatch(cell.text) or len(cell.text) < 3]
        if text:
            if pending or row.above == "single":
                yield i
            pending = row.below == "single"
        elif row.cells:
            pending = any("-" in cell.text or "_" in cell.text for cell in row.cells)
        elif "double" in (row.above, row.below):
            pending = False
        else:
            pending = pending or row.above == "single" or row.below == "single"
