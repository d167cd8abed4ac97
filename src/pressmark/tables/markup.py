"""Finds the table in a marked-up grid: value columns, heads over them, labels with their depth.

The ladder: join the cells of each row; find the value columns from the numbers; tell heads, lines of
values and text rows apart; put every piece over its value columns; join labels that wrap.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from pressmark.reading.document import Grid, GridCell
from pressmark.span import Text
from pressmark.tables.markup_cells import join_cells
from pressmark.tables.markup_columns import ValueColumn, covered, value_columns
from pressmark.tables.markup_rows import Line, depths, is_note_reference, joined_labels, kinds, label_of, second_labels
from pressmark.tables.table import Cell, Row, RowKind, Table


def grid_table(grid: Grid, caption: tuple[Text, ...], notes: tuple[Text, ...]) -> Table | None:
    """The table of a grid, or None where no row holds a number (bullets, prose, a page's layout).

    `caption` and `notes` are passed on. A HEAD row's cells stand over the value columns they span; a
    body cell without a number keeps its text.
    """
    lines = [Line(row, tuple(join_cells(cells))) for row, cells in _rows(grid)]
    if second := second_labels(lines):
        return _stacked(grid, second, caption, notes)
    numbers = [piece for line in lines for piece in line.values()]
    if not numbers:
        return None
    start = min(piece.row for piece in numbers)
    heads = [piece for line in lines if line.row < start for piece in line.pieces]
    taken = {id(piece) for piece in numbers}
    words = [p for line in lines if line.values() for p in line.pieces[1:] if id(p) not in taken]
    columns = value_columns(numbers, words, heads)
    if not columns:
        return None
    ruled = frozenset(grid.ruled)
    kind = kinds(lines, columns)
    rows = [_row(line, columns, kind[line.row], ruled=line.row in ruled) for line in lines]
    rows = [replace(row, depth=depth) for row, depth in zip(rows, depths(lines, kind, columns), strict=True)]
    rows = joined_labels(_sums_ruled(rows))
    if not any(row.kind is RowKind.BODY for row in rows):
        return None
    return Table(caption, tuple(rows), len(columns), notes)


def _stacked(grid: Grid, second: int, caption: tuple[Text, ...], notes: tuple[Text, ...]) -> Table | None:
    """Two tables side by side, assets left and liabilities right, as one table with one below the other."""
    left = Grid(tuple(cell for cell in grid.cells if cell.column < second), grid.span, grid.ruled)
    right = Grid(
        tuple(replace(cell, column=cell.column - second) for cell in grid.cells if cell.column >= second),
        grid.span,
        grid.ruled,
    )
    found = [table for part in (left, right) if (table := grid_table(part, caption, notes)) is not None]
    if not found:
        return None
    rows = tuple(row for table in found for row in table.rows)
    return Table(caption, rows, max(table.width for table in found), notes)


def _sums_ruled(rows: list[Row]) -> list[Row]:
    """A rule counts only between values: under heads it is decoration."""
    before = [None, *rows]
    return [
        replace(row, ruled=row.ruled and above is not None and above.kind is RowKind.BODY and row.kind is RowKind.BODY)
        for above, row in zip(before, rows, strict=False)
    ]


def _rows(grid: Grid) -> list[tuple[int, list[GridCell]]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return sorted(rows.items())


def _row(line: Line, columns: list[ValueColumn], kind: RowKind, *, ruled: bool) -> Row:
    labels, rest = line.divided(columns, kind)
    cells = []
    for piece in rest:
        first, last = covered(columns, piece.first, piece.last)
        if kind is RowKind.BODY:
            own = next((i for i, c in enumerate(columns) if c.numbers.get(piece.row) is piece), None)
            if own is None and (is_note_reference(piece, columns) or (piece.number is not None and not piece.year)):
                continue
            first, last = (first, last) if own is None else (own, own)
        number = piece.number if kind is RowKind.BODY else None
        cells.append(Cell(" ".join(piece.text.split()), piece.span, first, last, number))
    if kind is RowKind.HEAD:
        cells = _apart(cells)
    return Row(kind, label_of(labels), 0, tuple(cells), ruled)


def _apart(cells: list[Cell]) -> list[Cell]:
    """Heads of one row that reach over the same column: each ends where the next begins."""
    return [
        replace(cell, last=after.first - 1) if after is not None and cell.first < after.first <= cell.last else cell
        for cell, after in zip_longest(cells, cells[1:])
        if cell is not None
    ]
