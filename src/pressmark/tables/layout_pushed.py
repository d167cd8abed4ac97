"""Columns of a block where an over-long label pushes its row to the right: that row's cells are counted off.

Only a row with exactly as many numbers as the other rows have columns is read so, and only where the label ends
where its first number would have to stand: a row with an empty column is never moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low

from pressmark.tables.layout_cells import Piece, tail
from pressmark.tables.layout_columns import Column, fits, place
from pressmark.tables.layout_line import Line, LineKind, is_year
from pressmark.tables.layout_words import is_absent

_GAP = 2
"""The spaces between a label and its first number."""


def is_sure(cell: Piece) -> bool:
    """True for a cell that is a value, not a footnote mark or part of the label."""
    return not cell.tight and _is_value(cell)


def placed(
    rows: Sequence[Line], heads: Sequence[Line]
) -> tuple[tuple[Column, ...], list[tuple[Line, tuple[Column, ...]]]]:
    """The columns of the lines of values; the lines, each with the same columns as they stand around it."""
    sure = [tuple(cell for cell in row.cells if is_sure(cell)) for row in rows]
    columns, local = place(sure)
    firsts = [cells[0].end for cells in sure if cells and columns[0].overlap(cells[0])]
    edge = median_low(firsts) if firsts else 0
    long = {i for i, row in enumerate(rows) if _runs_over(row, edge)}
    usual, _ = place([cells for i, cells in enumerate(sure) if i not in long])
    pushed = {i for i in long if _is_pushed(rows[i], usual, heads)}
    if not pushed:
        return columns, list(zip(rows, local, strict=True))
    columns, local = place([cells for i, cells in enumerate(sure) if i not in pushed])
    around = iter(local)
    return columns, [_counted(row) if i in pushed else (row, next(around)) for i, row in enumerate(rows)]


def crowded(line: Line, columns: Sequence[Column]) -> tuple[Line, tuple[Column, ...]] | None:
    """A line of words that ends in as many amounts as there are columns, its label reaching over the first."""
    if len(line.pieces) != 1 or len(columns) < 2:
        return None
    label, cells = tail(line.pieces[0])
    row = replace(line, kind=LineKind.VALUES, label=label, cells=cells)
    full = len(cells) == len(columns) and all(_is_value(cell) for cell in cells)
    return _counted(row) if full and _runs_over(row, columns[0].end) else None


def _is_value(cell: Piece) -> bool:
    worded = cell.tight and is_year(cell)
    return not cell.mark and not worded and (cell.number is not None or is_absent(cell.text))


def _runs_over(row: Line, edge: int) -> bool:
    """True where the label leaves no room for the row's first number in the first column, which ends at `edge`."""
    first = row.cells[0]
    return bool(row.label) and row.label[-1].end + _GAP > edge - (first.end - first.start)


def _is_pushed(row: Line, columns: Sequence[Column], heads: Sequence[Line]) -> bool:
    """True for a full row that does not fit the columns of the others, and is off to the right."""
    if len(row.cells) != len(columns) or not all(_is_value(cell) for cell in row.cells):
        return False
    last, edge = row.cells[-1], columns[-1].end
    if any(piece.start >= edge and piece.start < last.end for head in heads for piece in head.pieces):
        return False
    sure = [cell for cell in row.cells if is_sure(cell)]
    return not fits(sure, columns) and all(c.end >= own.end for c, own in zip(row.cells, columns, strict=True))


def _counted(row: Line) -> tuple[Line, tuple[Column, ...]]:
    """The row with its cells as its columns."""
    cells = tuple(replace(cell, tight=False) for cell in row.cells)
    return replace(row, cells=cells), tuple(Column(cell.start, cell.end) for cell in cells)
