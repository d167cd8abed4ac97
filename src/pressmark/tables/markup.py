"""Finds the table in a marked-up grid: value columns, heads over them, labels with their depth.

The ladder: join the cells of each row; find the value columns from the numbers; tell heads, lines of
values and text rows apart; put every piece over its value columns; join labels that wrap.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest
from operator import attrgetter

from pressmark.reading.document import Grid, GridCell
from pressmark.span import Text
from pressmark.tables.breaks import broken
from pressmark.tables.markup_cells import Piece, join_cells
from pressmark.tables.markup_columns import ValueColumn, covered, value_columns
from pressmark.tables.markup_rows import (
    Line,
    depths,
    is_note_reference,
    joined_labels,
    kinds,
    label_of,
    line_of,
    second_labels,
)
from pressmark.tables.table import Cell, Row, RowKind, Table


def grid_table(grid: Grid, caption: tuple[Text, ...], notes: tuple[Text, ...]) -> Table | None:
    """The table of a grid, or None where no row holds a number (bullets, prose, a page's layout).

    `caption` and `notes` are passed on. A HEAD row's cells stand over the value columns they span; a
    body cell without a number keeps its text.
    """
    lines = [line_of(row, pieces) for row, cells in _rows(grid) if (pieces := tuple(join_cells(cells)))]
    if second := second_labels(lines):
        return _stacked(grid, second, caption, notes)
    numbers = [piece for line in lines for piece in line.values]
    if not numbers:
        return None
    start = min(piece.row for piece in numbers)
    heads = [piece for line in lines if line.row < start for piece in line.pieces]
    taken = {id(piece) for piece in numbers}
    words = [p for line in lines if line.values for p in line.pieces[1:] if id(p) not in taken]
    columns = value_columns(numbers, words, heads)
    if not columns:
        return None
    kind = kinds(lines, columns)
    rows = joined_labels(_body(grid, lines, kind, columns))
    if not any(row.kind is RowKind.BODY for row in rows):
        return None
    return Table(caption, tuple(rows), len(columns), notes)


def _stacked(grid: Grid, second: int, caption: tuple[Text, ...], notes: tuple[Text, ...]) -> Table | None:
    """Two tables side by side, assets left and liabilities right, as one table with one below the other."""
    left = Grid(tuple(cell for cell in grid.cells if cell.column < second), grid.span, grid.ruled)
    right = Grid(
        tuple(cell._replace(column=cell.column - second) for cell in grid.cells if cell.column >= second),
        grid.span,
        grid.ruled,
    )
    found = [table for part in (left, right) if (table := grid_table(part, caption, notes)) is not None]
    if not found:
        return None
    rows = tuple(row for table in found for row in table.rows)
    return Table(caption, rows, max(table.width for table in found), notes)


def _body(grid: Grid, lines: list[Line], kinds_of: dict[int, RowKind], columns: list[ValueColumn]) -> list[Row]:
    """The rows of the table. A rule counts only between values: under heads it is decoration."""
    own = {id(piece): i for i, column in enumerate(columns) for piece in column.numbers.values()}
    ruled = frozenset(grid.ruled)
    rows = []
    above: RowKind | None = None
    for line, depth in zip(lines, depths(lines, kinds_of, columns), strict=True):
        kind = kinds_of[line.row]
        labels, rest = line.divided(columns, kind)
        if kind is RowKind.TEXT and _across(labels, columns):
            rows += [Row(kind, title, depth, ()) for title in broken(Text(labels[0].text, labels[0].span))]
        else:
            cells = _values(rest, columns, own) if kind is RowKind.BODY else _heads(rest, columns)
            between = above is RowKind.BODY and kind is RowKind.BODY
            rows.append(Row(kind, label_of(labels), depth, tuple(cells), between and line.row in ruled))
        above = kind
    return rows


def _across(labels: list[Piece], columns: list[ValueColumn]) -> bool:
    """Whether a text is a title of several lines in a cell that reaches across the table."""
    return len(labels) == 1 and "\n" in labels[0].text and labels[0].last >= columns[-1].first


def _rows(grid: Grid) -> list[tuple[int, list[GridCell]]]:
    """The cells by row; they come in the order of the document."""
    return [(row, list(cells)) for row, cells in groupby(grid.cells, key=attrgetter("row"))]


def _values(pieces: list[Piece], columns: list[ValueColumn], own: dict[int, int]) -> Iterator[Cell]:
    """The cells of a line of values; `own` tells the column of each number by its id."""
    for piece in pieces:
        column = own.get(id(piece))
        if column is not None:
            first = last = column
        elif is_note_reference(piece, columns) or (piece.number is not None and not piece.year):
            continue
        else:
            first, last = covered(columns, piece.first, piece.last)
        yield Cell(piece.text.replace("\n", " "), piece.span, first, last, piece.number)


def _heads(pieces: list[Piece], columns: list[ValueColumn]) -> list[Cell]:
    """The cells of a line of heads."""
    return _apart([Cell(p.text.replace("\n", " "), p.span, *covered(columns, p.first, p.last), None) for p in pieces])


def _apart(cells: list[Cell]) -> list[Cell]:
    """Heads of one row that reach over the same column: each ends where the next begins."""
    return [
        cell._replace(last=after.first - 1) if after is not None and cell.first < after.first <= cell.last else cell
        for cell, after in zip_longest(cells, cells[1:])
        if cell is not None
    ]
