"""The rows of one table: split where cells hold whole columns, told from layout, made into a grid or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pressmark.reading.document import Grid, GridCell, Lines
from pressmark.reading.html_items import Flat, Item, Piece, RawCell, RawRow, RawTable, text_of
from pressmark.span import Span, Text

_NUMBER = re.compile(r"[$€£¥(\s+<–—−-]*(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?\s*[½¼¾⅛⅜⅝⅞]?\s*[)>%x*]*(?:\s*\(\w\))?")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"[-=_–—\s]{3,}")
_RULES = frozenset("-=_–—")
_LONG_CELL = 400
_CHARACTERS = 0.9
_WIDEST = 400


class Line(NamedTuple):
    """A row: its cells with text, and the rules drawn above and below it right of the first column.

    `wrapped` says that a cell has several lines.
    """

    cells: tuple[Flat, ...]
    above: str = ""
    below: str = ""
    wrapped: bool = False


def flat_row(row: RawRow) -> Line | None:
    """The cells with text of a row; None where one of its cells holds more than paragraphs."""
    cells = [cell for cell in row.cells if isinstance(cell, Flat)]
    if len(cells) == len(row.cells):
        return Line(tuple(cells), row.above, row.below)
    cells = []
    wrapped = False
    for cell in row.cells:
        if isinstance(cell, Flat):
            cells.append(cell)
        elif cell.items:
            pieces = cell.pieces()
            if len(pieces) < len(cell.items):
                return None
            flat = _flat(cell, pieces)
            if flat.text:
                cells.append(flat)
                wrapped = wrapped or bool(flat.lines)
    return Line(tuple(cells), row.above, row.below, wrapped)


def _flat(cell: RawCell, pieces: list[Piece]) -> Flat:
    """A cell of nothing but paragraphs."""
    texts = [piece for piece in pieces if piece.text] or pieces[:1]
    leads = texts[0].leads if len(texts) == 1 else _leads(texts)
    lines = cell.texts()
    text = "\n".join([part for part in lines if part])
    place = (cell.column, cell.colspan, cell.rowspan)
    bold = all(piece.bold for piece in texts)
    several = tuple(lines) if len(lines) > 1 else ()
    return Flat(text, several, *place, texts[0].indent, bold, cell.line, cell.path, leads)


def _leads(texts: list[Piece]) -> tuple[int, ...]:
    """What each line of a cell is indented by, where each is a paragraph."""
    return () if any("\n" in piece.text for piece in texts) else tuple(piece.indent for piece in texts)


def has_values(row: RawRow) -> bool:
    """Whether a number other than a bare year stands right of the row's first text."""
    texts = [part for cell in row.cells for part in cell.texts() if part]
    return any(_is_number(text) and not _YEAR.fullmatch(text) for text in texts[1:])


def row_items(file: str, table: RawTable, rows: list[Line], *, nested: bool) -> list[Item]:
    """What rows without tables in them give: a grid, printed lines, or a paragraph a row.

    `nested` says that they stand in a cell of another table.
    """
    filled = [row for row in rows if row.cells]
    if not filled:
        return []
    if _one_character_a_cell(filled):
        return [_typed(file, rows)]
    if any(row.wrapped for row in filled):
        rows = [part for row in rows for part in _split(row)]
    if _is_data(rows, nested=nested):
        return [_grid(file, table, rows)]
    return [_paragraph(row) for row in rows if row.cells]


def _one_character_a_cell(rows: list[Line]) -> bool:
    count = sum(len(row.cells) for row in rows)
    if count < 40 or count <= 8 * len(rows) or max(row.cells[-1].column for row in rows) > _WIDEST:
        return False
    single = sum(len(cell.text) == 1 for row in rows for cell in row.cells)
    return single >= _CHARACTERS * count


def _typed(file: str, rows: list[Line]) -> Lines:
    """The rows as printed lines, a column of the grid a character."""
    lines = []
    for row in rows:
        text = ""
        parts = []
        for cell in row.cells:
            text = text.ljust(cell.column)
            parts.append((len(text), text_of(file, cell.text, cell.line, cell.path).span))
            text += cell.text
        if row.cells:
            first = row.cells[0]
            whole = text_of(file, text, first.line, first.path.rpartition("/")[0])
            lines.append(whole._replace(parts=tuple(parts)))
        else:
            lines.append(Text(text, Span(file, 1)))
    return Lines(tuple(lines))


def _split(row: Line) -> Iterator[Line]:
    """A row whose cells hold whole columns by line breaks, as the rows it stands for."""
    counts = {len(cell.lines) for cell in row.cells if cell.lines}
    if len(row.cells) < 2 or len(counts) != 1 or not any(_is_column_of_numbers(cell.lines) for cell in row.cells):
        yield row
        return
    (count,) = counts
    for i in range(count):
        cells = tuple(_part(cell, i) for cell in row.cells if (cell.lines[i] if cell.lines else i == 0))
        yield Line(cells, row.above if i == 0 else "", row.below if i == count - 1 else "")


def _part(cell: Flat, i: int) -> Flat:
    """One line of a cell as a cell of its own."""
    indent = max(cell.indent, 0)
    if cell.lines and len(cell.leads) == len(cell.lines):
        indent += cell.leads[i] - next(lead for lead, part in zip(cell.leads, cell.lines, strict=True) if part)
    text = cell.texts()[i]
    offset = sum(len(before) + 1 for before in cell.lines[:i] if before)
    return Flat(text, (), cell.column, cell.colspan, 1, indent, cell.bold, cell.line, cell.path, offset=offset)


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
    return any(
        any(_is_number(cell.text) for cell in row.cells[1:])
        for row in filled
        if all(len(cell.text) <= _LONG_CELL for cell in row.cells)
    )


def _is_number(text: str) -> bool:
    return _DIGIT.search(text) is not None and _NUMBER.fullmatch(text) is not None


def _paragraph(row: Line) -> Piece:
    first = row.cells[0]
    text = " ".join(" ".join(cell.text.split()) for cell in row.cells) if len(row.cells) > 1 else first.text
    bold = all(cell.bold for cell in row.cells)
    return Piece(text, first.line, None, max(first.indent, 0), bold, known=first.path)


def _grid(file: str, table: RawTable, rows: list[Line]) -> Grid:
    printed = [
        [cell for cell in row.cells if cell.text[0] not in _RULES or not _RULE.fullmatch(cell.text)] for row in rows
    ]
    cells = [
        tuple.__new__(  # as in `text_of`
            GridCell, (text_of(file, text, line, path, offset), i, column, colspan, rowspan, max(0, indent), bold)
        )
        for i, row in enumerate(printed)
        for text, _, column, colspan, rowspan, indent, bold, line, path, _, offset, _, _ in row
    ]  # fmt: skip
    path = table.entry.path() if table.entry is not None else next(cell.path for row in rows for cell in row.cells)
    span = Span(file, table.line, 1, 0, path)
    return Grid(tuple(cells), span, tuple(_ruled(rows, printed)))


def _ruled(rows: list[Line], printed: list[list[Flat]]) -> Iterator[int]:
    """The rows with a rule right above: their own, that of the row before, or one drawn by rows without text.

    `printed` holds the cells of each row that draw no rule.
    """
    pending = False
    for i, row in enumerate(rows):
        if printed[i]:
            if pending or row.above == "single":
                yield i
            pending = row.below == "single"
        elif row.cells:
            pending = any("-" in cell.text or "_" in cell.text for cell in row.cells)
        elif "double" in (row.above, row.below):
            pending = False
        else:
            pending = pending or row.above == "single" or row.below == "single"
