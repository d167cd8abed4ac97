"""Turns a marked-up table into a grid, or, where it only arranges the page, into its contents in reading order.

The ladder: a table of heads, or a line that is a table of its own, is joined with the table that follows
at once; cells take their columns (rowspan and colspan worked out); rows that hold whole tables are
layout and give their contents; a table of one character a cell is preformatted text; rows whose cells
hold whole columns by line breaks are split; what then holds a number right of a label is a grid; the
rest gives one paragraph a row.
"""

from __future__ import annotations

from pressmark.reading.html_items import Item, RawRow, RawTable
from pressmark.reading.html_rows import Line, flat_row, has_values, row_items

_FEW_ROWS = 2
_MOST_HEADS = 8
_LONGEST = 120


def settle(file: str, items: list[Item], *, nested: bool) -> list[Item]:
    """The items with every table in them worked out; `nested` says that they are the contents of a cell."""
    settled: list[Item] = []
    held: RawTable | None = None
    for item in items:
        if isinstance(item, RawTable) and held is not None and _goes_on(held, item):
            held.rows.extend(item.rows)
            held.parts += 1
            continue
        if held is not None:
            settled.extend(finish(file, held, nested=nested))
        held = item if isinstance(item, RawTable) else None
        if held is None:
            settled.append(item)
    if held is not None:
        settled.extend(finish(file, held, nested=nested))
    return settled


def _goes_on(held: RawTable, table: RawTable) -> bool:
    """Whether `table`, which follows at once, goes on with the one before.

    Either that one holds nothing but heads, or both are lines that are a table each; they have as many
    grid columns, more than one.
    """
    if held.width < 2 or held.width != table.width:
        return False
    few = len(held.rows) <= _FEW_ROWS * held.parts and len(table.rows) <= _FEW_ROWS
    if few and all(_is_line(row) for row in (*held.rows[:1], *table.rows)):
        return True
    heads = len(held.rows) <= _MOST_HEADS and not any(has_values(row) for row in held.rows)
    return heads and any(has_values(row) for row in table.rows)


def _is_line(row: RawRow) -> bool:
    """Whether a row has several cells, none of them prose."""
    return row.count > 1 and all(len(part) <= _LONGEST for cell in row.cells for part in cell.texts())


def finish(file: str, table: RawTable, *, nested: bool) -> list[Item]:
    """What the table gives, in reading order: at most one Grid for each run of rows that hold no table themselves."""
    items: list[Item] = []
    run: list[Line] = []
    for row in table.rows:
        line = flat_row(row)
        if line is not None:
            run.append(line)
        else:
            items.extend(row_items(file, table, run, nested=nested))
            run = []
            for cell in row.cells:
                items.extend(cell.items)
    items.extend(row_items(file, table, run, nested=nested))
    return items
